//! A superior approves a plan 批准交接方案.

use ::handover::acceptance::Answer;
use ::handover::conflict::ConflictFacts;
use ::handover::frozen::{Approval, freeze};
use access::Need;
use kernel::{EmployeeId, Moment, PlanId, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, AnyAct, Failure, Reader, Record, Writer};

use crate::handover::forecast::Seen;
use crate::handover::jobs;
use crate::handover::loaded::{Loaded, loaded};
use crate::handover::process;
use crate::handover::store::{self, PlanState};
use crate::permissions;

/// Approves a plan; from now on it cannot change, and at its day it is executed. Never by the
/// giver, never by somebody who gains anything.
#[derive(Debug, Serialize, Deserialize)]
pub struct Approve {
    /// Which plan.
    pub plan: PlanId,
    /// The version that was seen, another one is refused; nothing when the case asked, which moves
    /// with the plan.
    pub version: Option<u32>,
    /// Who approves.
    pub by: EmployeeId,
    /// The forecast of everybody's commission that he had before him; nothing where none was on his
    /// screen.
    #[serde(default)]
    pub seen: Option<Seen>,
}

/// What the decision needs to know.
pub struct Facts {
    loaded: Loaded,
    answers: Vec<Answer>,
    conflicts: ConflictFacts,
}

impl Act for Approve {
    const NAME: &'static str = "handover.approve";
    type Facts = Facts;
    type Outcome = ();

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let loaded = loaded(books, self.plan).await?;
        let answers = store::answers(books, self.plan).await?;
        let conflicts = loaded.conflict_facts(books).await?;
        Ok(Facts {
            loaded,
            answers,
            conflicts,
        })
    }

    fn needs(&self, facts: &Facts) -> Need {
        Need::on(permissions::HANDOVER_APPROVE, facts.loaded.target())
    }

    fn decide(&self, facts: &Facts, at: Moment) -> Result<(), Refusal> {
        let loaded = &facts.loaded;
        loaded.must_be(&[PlanState::Submitted], ("批准", "approve it"))?;
        loaded.must_be_version(self.version.unwrap_or(loaded.head.version))?;
        let approval = Approval { by: self.by, at };
        if self.by == loaded.head.from {
            let zh = "移交人不能批准自己的交接方案";
            return Err(Refusal::invalid(
                "handover.approver_is_giver",
                zh,
                "the giver cannot approve the plan",
            )
            .remedy(("请由直属上级审批", "Let the line manager approve it")));
        }
        freeze(
            loaded.plan.clone(),
            &facts.answers,
            &facts.conflicts,
            approval,
        )
        .map(|_| ())
    }

    async fn write(&self, facts: &Facts, _: &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        store::set_approved(books, self.plan, self.by).await?;
        if let Some(seen) = &self.seen {
            let version = (self.plan, facts.loaded.head.version);
            store::keep_seen(books, version, (self.by, "approve"), seen).await?;
        }
        let job = jobs::execute_on(self.plan, facts.loaded.head.effective_on, books.zone())?;
        Ok(books.enqueue(job).await?)
    }

    fn record(&self, facts: &Facts, _: &()) -> Record {
        let (number, day) = (&facts.loaded.head.number, facts.loaded.head.effective_on);
        let (seen_zh, seen_en) = Seen::words(self.seen.as_ref());
        Record::of(
            facts.loaded.subject(),
            format!("交接方案 {number} 已批准，自 {day} 起生效{seen_zh}"),
            format!("The plan {number} is approved and counts from {day}{seen_en}"),
        )
        .about(format!("employee/{}", facts.loaded.head.from))
        .detail(serde_json::json!({
            "before": PlanState::Submitted,
            "after": PlanState::Approved,
            "version": facts.loaded.head.version,
            "approved_by": self.by,
            "forecast": self.seen.as_ref().map(|seen| &seen.digest),
        }))
    }

    /// What was approved on the page the case hears; what was approved in the case it knows.
    fn then(&self, facts: &Facts, _: &()) -> Vec<Box<dyn AnyAct>> {
        let case = facts.loaded.consent.filter(|_| self.version.is_some());
        case.map(|case| Box::new(process::approved(case, self.by)) as Box<dyn AnyAct>)
            .into_iter()
            .collect()
    }
}
