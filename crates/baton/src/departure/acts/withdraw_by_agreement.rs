//! Both sides take the departure back 双方同意撤回.

use ::departure::state::{Stage, Step, may};
use access::Need;
use kernel::{DepartureId, Moment, PlanId, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, AnyAct, Failure, Reader, Record, Writer};

use crate::departure::parts;
use crate::departure::store::{self, Found};
use crate::{bounds, handover, permissions, told};

/// Takes the departure back. It stays in the books with everything that happened; the person works
/// as before, plans that were not executed are cancelled, executed ones stay.
#[derive(Debug, Serialize, Deserialize)]
pub struct WithdrawByAgreement {
    /// Which departure.
    pub departure: DepartureId,
    /// Whether the leaver agreed in writing.
    pub employee_agrees: bool,
    /// Whether the company agreed in writing.
    pub company_agrees: bool,
    /// Why, 2..=200 characters.
    pub reason: String,
    /// Who takes it down, as the evidence names him.
    pub by: String,
}

/// What the decision needs to know.
pub struct Facts {
    found: Found,
    open_plans: Vec<PlanId>,
    /// Whether the login was closed by this departure.
    closed_it: bool,
}

impl Act for WithdrawByAgreement {
    const NAME: &'static str = "departure.withdraw_by_agreement";
    type Facts = Facts;
    type Outcome = Stage;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let found = store::found(books, self.departure).await?;
        let open_plans = handover::store::open_plans(books, self.departure).await?;
        let closed_it = store::closed_the_login(books, &found).await?;
        Ok(Facts {
            found,
            open_plans,
            closed_it,
        })
    }

    fn needs(&self, facts: &Facts) -> Need {
        Need::on(permissions::DEPARTURE_RUN, facts.found.target())
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<Stage, Refusal> {
        super::must_be_anothers(&facts.found, &self.by)?;
        bounds::length("/reason", "撤回原因", &self.reason, bounds::REASON)?;
        let departure = &facts.found.departure;
        let step = Step::Withdraw {
            employee_agrees: self.employee_agrees,
            company_agrees: self.company_agrees,
            employment_ended: facts.found.is_declared()
                && facts.found.today > departure.clocks.employment_ends,
        };
        may(departure.stage, &step)
    }

    async fn write(
        &self,
        Facts { found, .. }: &Facts,
        stage: &Stage,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let id = found.departure.id;
        store::add_step(books, (id, found.seq), ("withdrawn", ""), &self.by, self).await?;
        Ok(store::set_stage(books, id, *stage).await?)
    }

    fn record(&self, Facts { found, .. }: &Facts, _: &Stage) -> Record {
        let who = super::who(found);
        Record::of(
            found.subject(),
            format!("双方书面同意撤回{who}的离职（{}）", found.departure.number),
            format!(
                "Both sides took {who}'s departure {} back",
                found.departure.number
            ),
        )
        .why("withdrawn")
        .about(found.employee_subject())
        .detail(serde_json::json!({
            "before": found.departure.stage,
            "after": Stage::Withdrawn,
            "reason": self.reason.trim(),
        }))
    }

    fn then(&self, facts: &Facts, _: &Stage) -> Vec<Box<dyn AnyAct>> {
        let mut parts = parts::notice_is_off(&facts.found, facts.closed_it, &facts.open_plans);
        let why = told::TAKEN_BACK.of(&[]);
        parts.extend(parts::process_ends(&facts.found, &why));
        parts
    }
}
