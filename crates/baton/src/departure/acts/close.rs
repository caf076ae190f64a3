//! A departure is closed 办结离职.

use ::approval::def::NodeId;
use ::approval::state::{NodeState, Outcome};
use ::departure::gates::Gate;
use ::departure::state::{Stage, Step, may};
use access::Need;
use kernel::{DepartureId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, AnyAct, Failure, Reader, Record, Writer};

use super::advance::{Begins, after};
use crate::approval::store as cases;
use crate::departure::store::{self, Found, StepLine};
use crate::departure::{gates, parts, process};
use crate::permissions;

/// Closes the departure when employment has reached its last day and no gate is red. The person has
/// left, the login is closed; nothing is deleted.
#[derive(Debug, Serialize, Deserialize)]
pub struct Close {
    /// Which departure.
    pub departure: DepartureId,
    /// Who closes it, as the evidence names him.
    pub by: String,
}

/// What the decision needs to know.
pub struct Facts {
    found: Found,
    steps: Vec<StepLine>,
    gates: Vec<Gate>,
    /// Compensation that is due and was not paid.
    unpaid: bool,
}

/// Whether the process still waits for compensation (劳动合同法 art. 50(2): paid with the handover).
async fn unpaid(books: &mut Reader<'_>, found: &Found) -> Result<bool, Failure> {
    if !process::compensation_due(found.departure.kind) {
        return Ok(false);
    }
    let case = match found.case {
        Some(case) => cases::find_case(books, case).await?,
        None => None,
    };
    Ok(case.is_some_and(|case| {
        let paid = NodeState::Ended(Outcome::Passed);
        case.state.status(&NodeId::from("compensation")) != paid
    }))
}

fn compensation_open() -> Refusal {
    let zh = "经济补偿尚未支付，不能办结";
    Refusal::conflict(
        "departure.compensation_open",
        zh,
        "compensation was not paid",
    )
    .remedy("请财务支付后在待办中办结「支付经济补偿」；交接办完后该待办自动出现")
}

impl Act for Close {
    const NAME: &'static str = "departure.close";
    type Facts = Facts;
    type Outcome = Stage;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let found = store::found(books, self.departure).await?;
        let steps = store::steps(books, self.departure).await?;
        let gates = gates::stand(books, &found.departure, &steps).await?;
        Ok(Facts {
            unpaid: unpaid(books, &found).await?,
            found,
            steps,
            gates,
        })
    }

    fn needs(&self, facts: &Facts) -> Need {
        Need::on(permissions::DEPARTURE_RUN, facts.found.person.target())
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<Stage, Refusal> {
        super::must_be_open(&facts.found)?;
        super::acknowledge::union_was_told(&facts.found, &facts.steps)?;
        super::acknowledge::reached_the_other_side(&facts.found, &facts.steps)?;
        let ends = facts.found.departure.clocks.employment_ends;
        if facts.found.today < ends {
            let zh = format!("劳动关系至 {ends} 才终止，不能提前办结");
            let en = format!("employment ends on {ends}");
            return Err(Refusal::conflict("departure.not_ended", zh, en)
                .remedy("请在该日或之后办结，或由双方书面约定提前的日期"));
        }
        let settling = after(facts.found.departure.stage, Begins::Settlement)?;
        let gates = facts.gates.clone();
        let closed = may(settling, &Step::Close { gates })?;
        if facts.unpaid {
            return Err(compensation_open());
        }
        Ok(closed)
    }

    async fn write(
        &self,
        Facts { found, gates, .. }: &Facts,
        stage: &Stage,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let id = found.departure.id;
        store::add_step(books, (id, found.seq), ("closed", ""), &self.by, gates).await?;
        Ok(store::set_stage(books, id, *stage).await?)
    }

    fn record(&self, Facts { found, gates, .. }: &Facts, _: &Stage) -> Record {
        let who = super::who(found);
        Record::of(
            found.subject(),
            format!("{who}的离职（{}）已办结", found.departure.number),
            format!("{who}'s departure {} is closed", found.departure.number),
        )
        .why("departure")
        .about(found.employee_subject())
        .detail(serde_json::json!({
            "clocks": found.departure.clocks,
            "gates": gates,
        }))
    }

    fn then(&self, facts: &Facts, _: &Stage) -> Vec<Box<dyn AnyAct>> {
        let mut parts = parts::employment_is_over(&facts.found);
        parts.extend(parts::process_goes_on(&facts.found));
        parts
    }
}
