//! A submitted plan goes back to whoever draws it up 退回交接方案.

use access::Need;
use kernel::{Moment, PlanId, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, AnyAct, Failure, Reader, Record, Writer};

use crate::handover::loaded::{Loaded, loaded};
use crate::handover::store::{self, PlanState};
use crate::handover::{parts, process};
use crate::{bounds, permissions};

/// Makes a draft of a submitted plan again: whoever asked takes it back, or the superior says no.
/// Nobody's answer outlives that; when it is submitted again everybody is asked again.
#[derive(Debug, Serialize, Deserialize)]
pub struct TakeBack {
    /// Which plan.
    pub plan: PlanId,
    /// Why, 1..=2,000 characters.
    pub reason: String,
}

impl TakeBack {
    fn next(&self, loaded: &Loaded) -> u32 {
        loaded.head.version.saturating_add(1)
    }
}

impl Act for TakeBack {
    const NAME: &'static str = "handover.take_back";
    type Facts = Loaded;
    type Outcome = ();

    async fn load(&self, books: &mut Reader<'_>) -> Result<Loaded, Failure> {
        loaded(books, self.plan).await
    }

    fn needs(&self, loaded: &Loaded) -> Need {
        Need::on(permissions::HANDOVER_PLAN, loaded.target())
    }

    fn decide(&self, loaded: &Loaded, _at: Moment) -> Result<(), Refusal> {
        bounds::length("/reason", "退回原因", &self.reason, 1..=2_000)?;
        loaded.must_be(&[PlanState::Submitted], ("退回", "take it back"))
    }

    async fn write(&self, loaded: &Loaded, _: &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        let next = self.next(loaded);
        let receivers = loaded.plan.successors().into_iter();
        store::set_version(books, self.plan, next, loaded.head.effective_on).await?;
        store::shares_moved(books, self.plan, receivers.map(|who| (who, next))).await?;
        Ok(store::set_state(books, self.plan, PlanState::Draft).await?)
    }

    fn record(&self, loaded: &Loaded, _: &()) -> Record {
        let number = &loaded.head.number;
        Record::of(
            loaded.subject(),
            format!("交接方案 {number} 退回草稿，须重新提交"),
            format!("The plan {number} is a draft again and must be submitted anew"),
        )
        .about(format!("employee/{}", loaded.head.from))
        .detail(serde_json::json!({
            "before": PlanState::Submitted,
            "after": PlanState::Draft,
            "version": self.next(loaded),
            "reason": self.reason.trim(),
        }))
    }

    fn then(&self, loaded: &Loaded, _: &()) -> Vec<Box<dyn AnyAct>> {
        let end = |case| process::ends(case, self.reason.trim());
        let ends = loaded.consent.map(end).into_iter();
        ends.chain(loaded.case.map(parts::process_goes_on))
            .collect()
    }
}
