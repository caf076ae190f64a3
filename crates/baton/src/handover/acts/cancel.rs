//! A plan is given up 作废交接方案.

use access::Need;
use kernel::{CaseId, EmployeeId, Moment, PlanId, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, AnyAct, Denied, Failure, Reader, Record, Writer};

use crate::departure::{process as leaving, store as departures};
use crate::handover::store::{self, PlanHead, PlanState};
use crate::handover::{parts, process};
use crate::people::store::{self as people, Employee};
use crate::{bounds, permissions};

/// Gives up a plan that was not executed; it stays in the books.
#[derive(Debug, Serialize, Deserialize)]
pub struct Cancel {
    /// Which plan.
    pub plan: PlanId,
    /// Why, 2..=200 characters.
    pub reason: String,
}

/// What the decision needs to know.
pub struct Facts {
    head: PlanHead,
    person: Employee,
    /// The case that asks receivers and superior.
    consent: Option<CaseId>,
    /// The case of the departure, which waits for another plan now.
    departure: Option<CaseId>,
    /// As `Loaded::kept_from`.
    kept_from: Option<EmployeeId>,
}

impl Act for Cancel {
    const NAME: &'static str = "handover.cancel";
    type Facts = Facts;
    type Outcome = ();

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let head = store::find(books, self.plan).await?;
        let head = head.ok_or_else(|| Denied::absent("handover_plan"))?;
        let person = people::find_employee(books, head.from).await?;
        let (departure, kept_from) = match head.departure {
            Some(id) => (
                departures::find(books, id).await?,
                departures::unaware_of(books, id).await?,
            ),
            None => (None, None),
        };
        // One that is withdrawn calls its plans off itself, and waits for no other.
        let departure = match departure.filter(|one| one.closed_at.is_none()) {
            Some(open) => leaving::case_of(books, open.id).await?,
            None => None,
        };
        Ok(Facts {
            consent: process::case_of(books, self.plan).await?,
            departure,
            kept_from,
            head,
            person: person.ok_or_else(|| Denied::absent("employee"))?,
        })
    }

    fn needs(&self, facts: &Facts) -> Need {
        let need = Need::on(permissions::HANDOVER_PLAN, facts.person.target());
        need.kept_from(facts.kept_from)
    }

    fn decide(&self, Facts { head, .. }: &Facts, _at: Moment) -> Result<(), Refusal> {
        bounds::length("/reason", "作废原因", &self.reason, bounds::REASON)?;
        if !matches!(head.state, PlanState::Executed | PlanState::Cancelled) {
            return Ok(());
        }
        let (zh, en) = head.state.words();
        Err(Refusal::conflict(
            "handover.plan_state",
            format!("方案「{zh}」，不能作废"),
            format!("The plan is “{en}” and cannot be cancelled"),
        )
        .remedy((
            "已执行的交接请制定反向方案",
            "Draw up a reverse plan for a handover that was executed",
        )))
    }

    async fn write(&self, _: &Facts, _: &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        Ok(store::set_state(books, self.plan, PlanState::Cancelled).await?)
    }

    fn record(&self, Facts { head, .. }: &Facts, _: &()) -> Record {
        Record::of(
            format!("plan/{}", self.plan),
            format!("作废了交接方案 {}", head.number),
            format!("Cancelled the plan {}", head.number),
        )
        .detail(serde_json::json!({
            "before": head.state,
            "after": PlanState::Cancelled,
            "reason": self.reason.trim(),
        }))
    }

    fn then(&self, facts: &Facts, _: &()) -> Vec<Box<dyn AnyAct>> {
        let end = |case| process::ends(case, self.reason.trim());
        let ends = facts.consent.map(end).into_iter();
        ends.chain(facts.departure.map(parts::process_goes_on))
            .collect()
    }
}
