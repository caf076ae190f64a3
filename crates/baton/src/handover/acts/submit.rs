//! A plan goes to its receivers 提交交接方案.

use ::handover::conflict::{Conflict, Severity, conflicts};
use access::Need;
use kernel::{Moment, PlanId, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, AnyAct, Failure, Reader, Record, Writer};

use crate::handover::loaded::{Loaded, loaded};
use crate::handover::store::{self, PlanState};
use crate::handover::{parts, process};
use crate::permissions;

/// Asks the receivers whether they accept.
#[derive(Debug, Serialize, Deserialize)]
pub struct Submit {
    /// Which plan.
    pub plan: PlanId,
    /// The version that was seen; another one is refused.
    pub version: u32,
}

/// What the decision needs to know.
pub struct Facts {
    loaded: Loaded,
    conflicts: Vec<Conflict>,
}

/// Receivers learn by a plan that somebody leaves: nobody is asked before the person knows it.
fn told_first(loaded: &Loaded) -> Result<(), Refusal> {
    if loaded.kept_from.is_none() {
        return Ok(());
    }
    let zh = "解除通知尚未送达，不能请接替人答复";
    let en = "The dismissal was not served yet; no receiver is asked before";
    Err(Refusal::conflict("handover.not_served", zh, en).remedy((
        "请先在该离职的页面登记送达，再提交方案；方案可以继续编制",
        "Record the service on the page of the departure first, then submit the plan; it can \
         be edited meanwhile",
    )))
}

impl Act for Submit {
    const NAME: &'static str = "handover.submit";
    type Facts = Facts;
    type Outcome = ();

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let loaded = loaded(books, self.plan).await?;
        let facts = loaded.conflict_facts(books).await?;
        let conflicts = conflicts(&loaded.plan, &facts);
        Ok(Facts { loaded, conflicts })
    }

    fn needs(&self, facts: &Facts) -> Need {
        Need::on(permissions::HANDOVER_PLAN, facts.loaded.target())
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<(), Refusal> {
        facts
            .loaded
            .must_be(&[PlanState::Draft], ("提交", "submit it"))?;
        facts.loaded.must_be_version(self.version)?;
        told_first(&facts.loaded)?;
        let blocking: Vec<&Conflict> = facts
            .conflicts
            .iter()
            .filter(|one| one.severity == Severity::Blocks)
            .collect();
        if blocking.is_empty() {
            return Ok(());
        }
        let join = |of: fn(&Conflict) -> &str, by: &str| {
            blocking
                .iter()
                .map(|one| of(one))
                .collect::<Vec<_>>()
                .join(by)
        };
        Err(Refusal::conflict(
            "handover.plan_blocked",
            format!("方案有未解决的冲突：{}", join(|one| &one.zh, "；")),
            format!("Conflicts stand in the way: {}", join(|one| &one.en, " ")),
        )
        .remedy((
            join(|one| &one.remedy, "；"),
            join(|one| &one.remedy_en, " "),
        )))
    }

    async fn write(&self, _: &Facts, _: &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        Ok(store::set_state(books, self.plan, PlanState::Submitted).await?)
    }

    fn record(&self, facts: &Facts, _: &()) -> Record {
        let (number, people) = (&facts.loaded.head.number, facts.loaded.plan.successors());
        let mut record = Record::of(
            facts.loaded.subject(),
            format!("交接方案 {number} 提交给 {} 位接替人确认", people.len()),
            format!("The plan {number} went to {} receivers", people.len()),
        )
        .detail(serde_json::json!({
            "before": PlanState::Draft,
            "after": PlanState::Submitted,
            "version": self.version,
            "successors": people,
        }));
        for person in people {
            record = record.about(format!("employee/{person}"));
        }
        record
    }

    fn then(&self, facts: &Facts, _: &()) -> Vec<Box<dyn AnyAct>> {
        let loaded = &facts.loaded;
        let goes_on = loaded.case.map(parts::process_goes_on);
        goes_on
            .into_iter()
            .chain([process::begins(loaded, &loaded.plan)])
            .collect()
    }
}
