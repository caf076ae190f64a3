//! A departure is taken back: by both sides, or by the employer before it was declared 撤回离职.

use ::departure::state::{Stage, Step, may};
use access::Need;
use kernel::{DepartureId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, AnyAct, Failure, Reader, Record, Writer};

use crate::departure::parts::{self, LooseEnds};
use crate::departure::store::{self, Found};
use crate::{bounds, permissions, told};

/// Takes the departure back, by agreement of both sides; a dismissal that was not served and an
/// agreement that was not reached are given up by the employer alone, and nobody's consent is taken
/// down. It stays in the books with everything that happened; the person works as before, plans
/// that were not executed are cancelled, executed ones stay.
#[derive(Debug, Serialize, Deserialize)]
pub struct WithdrawByAgreement {
    /// Which departure.
    pub departure: DepartureId,
    /// Whether the leaver agreed in writing; not asked before the departure is declared.
    pub employee_agrees: bool,
    /// Whether the company agreed in writing; not asked then either.
    pub company_agrees: bool,
    /// Why, 2..=200 characters.
    pub reason: String,
    /// Who takes it down, as the evidence names him.
    pub by: String,
}

/// What the decision needs to know.
pub struct Facts {
    found: Found,
    ends: LooseEnds,
}

impl Act for WithdrawByAgreement {
    const NAME: &'static str = "departure.withdraw_by_agreement";
    type Facts = Facts;
    type Outcome = Stage;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let found = store::found(books, self.departure).await?;
        Ok(Facts {
            ends: LooseEnds::of(books, &found).await?,
            found,
        })
    }

    fn needs(&self, facts: &Facts) -> Need {
        Need::on(permissions::DEPARTURE_RUN, facts.found.target())
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<Stage, Refusal> {
        super::must_be_anothers(&facts.found, &self.by)?;
        bounds::length("/reason", "撤回原因", &self.reason, bounds::REASON)?;
        let found = &facts.found;
        let step = if found.is_declared() {
            Step::Withdraw {
                employee_agrees: self.employee_agrees,
                company_agrees: self.company_agrees,
                employment_ended: found.today > found.departure.clocks.employment_ends,
            }
        } else {
            Step::GiveUp
        };
        may(found.departure.stage, &step)
    }

    async fn write(
        &self,
        Facts { found, .. }: &Facts,
        stage: &Stage,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let id = found.departure.id;
        let step = (id, found.seq);
        if found.is_declared() {
            store::add_step(books, step, ("withdrawn", ""), &self.by, self).await?;
        } else {
            let reason = serde_json::json!({ "reason": self.reason.trim() });
            store::add_step(books, step, ("called_off", ""), &self.by, &reason).await?;
        }
        Ok(store::set_stage(books, id, *stage).await?)
    }

    fn record(&self, Facts { found, .. }: &Facts, _: &Stage) -> Record {
        let (who, number) = (super::who(found), &found.departure.number);
        let (zh, en, why) = if found.is_declared() {
            (
                format!("双方书面同意撤回{who}的离职（{number}）"),
                format!("Both sides took {who}'s departure {number} back"),
                "withdrawn",
            )
        } else if found.is_undisclosed() {
            (
                format!("单位放弃解除{who}（{number}），解除通知未送达"),
                format!("The employer gave {who}'s dismissal {number} up; it was not served"),
                "called_off",
            )
        } else {
            (
                format!("单位放弃与{who}协商解除（{number}），双方未达成一致"),
                format!("The employer gave the agreement {number} with {who} up; none was reached"),
                "called_off",
            )
        };
        Record::of(found.subject(), zh, en)
            .why(why)
            .about(found.employee_subject())
            .detail(serde_json::json!({
                "before": found.departure.stage,
                "after": Stage::Withdrawn,
                "reason": self.reason.trim(),
            }))
    }

    fn then(&self, facts: &Facts, _: &Stage) -> Vec<Box<dyn AnyAct>> {
        let mut parts = parts::notice_is_off(&facts.found, &facts.ends);
        let why = if facts.found.is_declared() {
            told::TAKEN_BACK
        } else {
            told::GIVEN_UP
        };
        let why = why.of(&[]);
        parts.extend(parts::process_ends(&facts.found, &why));
        parts
    }
}
