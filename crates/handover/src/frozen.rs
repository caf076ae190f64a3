//! Approval: from here on a plan cannot change 方案批准.

use kernel::{EmployeeId, Moment, Refusal};
use serde::{Deserialize, Serialize};

use crate::acceptance::{Answer, Standing, standings};
use crate::conflict::{ConflictFacts, Severity, conflicts};
use crate::plan::{HandoverPlan, Scope};

/// Who approved, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// Who.
    pub by: EmployeeId,
    /// When.
    pub at: Moment,
}

/// An approved plan. It has no method that changes it: undoing is a new plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenPlan {
    plan: HandoverPlan,
    approval: Approval,
}

impl FrozenPlan {
    /// An approved plan as the books hold it. What [`freeze`] asked is not asked again: the
    /// approval has been given.
    #[must_use]
    pub fn restore(plan: HandoverPlan, approval: Approval) -> FrozenPlan {
        FrozenPlan { plan, approval }
    }

    /// What was approved.
    #[must_use]
    pub fn plan(&self) -> &HandoverPlan {
        &self.plan
    }

    /// By whom and when.
    #[must_use]
    pub fn approval(&self) -> Approval {
        self.approval
    }
}

/// Approves and fixes the plan.
///
/// # Errors
/// `handover.plan_empty`; `handover.approver_is_giver`; `handover.retroactive` when the effective
/// moment has passed; `handover.plan_blocked` naming the blocking conflicts, among them an approver
/// who gains; `handover.not_accepted` while a receiver has not accepted the present share.
pub fn freeze(
    plan: HandoverPlan,
    answers: &[Answer],
    facts: &ConflictFacts,
    approval: Approval,
) -> Result<FrozenPlan, Refusal> {
    refuse_the_approver(&plan, approval)?;
    refuse_conflicts(&plan, facts, approval.by)?;
    let standings = standings(&plan, answers);
    let open: Vec<&Standing> = standings
        .iter()
        .map(|(_, standing)| standing)
        .filter(|standing| **standing != Standing::Accepted)
        .collect();
    if open.is_empty() {
        return Ok(FrozenPlan { plan, approval });
    }
    let declined = open
        .iter()
        .filter(|s| matches!(s, Standing::Declined { .. }))
        .count();
    let waiting = open.len() - declined;
    Err(Refusal::conflict(
        "handover.not_accepted",
        format!("还有 {waiting} 位接替人未答复、{declined} 位已拒绝"),
        format!("{waiting} receivers have not answered, {declined} declined."),
    )
    .remedy((
        "请等待答复；被拒绝的事项请改派他人",
        "Wait for the answers; what was refused goes to somebody else",
    )))
}

fn refuse_the_approver(plan: &HandoverPlan, approval: Approval) -> Result<(), Refusal> {
    if plan.successors().is_empty() {
        return Err(Refusal::invalid(
            "handover.plan_empty",
            "方案没有任何要移交的事项",
            "The plan moves nothing.",
        )
        .remedy(("请先指定接替人", "Choose the successors first")));
    }
    let gives = match plan.scope() {
        Scope::EverythingOf(giver) => giver == approval.by,
        Scope::Listed => plan
            .items()
            .iter()
            .all(|item| item.holding.holder == approval.by),
    };
    if gives {
        return Err(Refusal::invalid(
            "handover.approver_is_giver",
            "移交人不能批准自己的交接方案",
            "The giver cannot approve the plan.",
        )
        .remedy(("请由直属上级审批", "Let the line manager approve it")));
    }
    if plan.effective_at() < approval.at {
        return Err(Refusal::conflict(
            "handover.retroactive",
            "生效时刻已过，交接不能追溯生效",
            "The effective moment has passed; a handover is never retroactive.",
        )
        .remedy((
            "请把生效时刻改到批准之后，并请接替人重新确认",
            "Move the effect behind the approval, and let the successors confirm again",
        )));
    }
    Ok(())
}

fn refuse_conflicts(
    plan: &HandoverPlan,
    facts: &ConflictFacts,
    approver: EmployeeId,
) -> Result<(), Refusal> {
    // The one who really approves counts, not the one who was expected to.
    let facts = ConflictFacts {
        approver: Some(approver),
        ..facts.clone()
    };
    let blocking: Vec<_> = conflicts(plan, &facts)
        .into_iter()
        .filter(|conflict| conflict.severity == Severity::Blocks)
        .collect();
    if blocking.is_empty() {
        return Ok(());
    }
    let list = |pick: fn(&crate::conflict::Conflict) -> &str, sep: &str| {
        blocking.iter().map(pick).collect::<Vec<_>>().join(sep)
    };
    Err(Refusal::conflict(
        "handover.plan_blocked",
        format!("方案有未解决的冲突：{}", list(|c| &c.zh, "；")),
        format!("Conflicts stand in the way: {}", list(|c| &c.en, " ")),
    )
    .remedy((list(|c| &c.remedy, "；"), list(|c| &c.remedy_en, " "))))
}
