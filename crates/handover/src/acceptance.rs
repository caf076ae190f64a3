//! Whether the receivers accept their share 接收确认.

use kernel::{EmployeeId, Moment, Refusal};
use serde::{Deserialize, Serialize};

use crate::plan::HandoverPlan;

/// What a receiver says to the share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Verdict {
    /// 接收
    Accept,
    /// 拒绝
    Decline {
        /// Why, in own words; never empty.
        reason: String,
    },
}

/// One answer, to the plan as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Who answers.
    pub successor: EmployeeId,
    /// Which version was answered.
    pub plan_version: u32,
    /// Accept or decline.
    pub verdict: Verdict,
    /// When.
    pub at: Moment,
}

/// Where a receiver stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Standing {
    /// 待答复
    Waiting,
    /// 方案有变，待重新答复: the share changed after the answer.
    Outdated,
    /// 已接收
    Accepted,
    /// 已拒绝
    Declined {
        /// Why.
        reason: String,
    },
}

/// Whether this answer may be taken down.
///
/// # Errors
/// `handover.not_a_successor`, `handover.answer_outdated` when the share changed since,
/// `handover.decline_without_reason`.
pub fn may_answer(plan: &HandoverPlan, answer: &Answer) -> Result<(), Refusal> {
    if !plan.successors().contains(&answer.successor) {
        return Err(Refusal::conflict(
            "handover.not_a_successor",
            "该方案没有交给您的事项",
            "Nothing in this plan goes to you.",
        )
        .remedy(("请刷新方案", "Reload the plan")));
    }
    if !is_current(plan, answer) {
        return Err(Refusal::conflict(
            "handover.answer_outdated",
            "您的接收内容已变更，请查看最新方案后再答复",
            "Your share has changed; look at the latest plan first.",
        )
        .remedy(("请刷新方案", "Reload the plan")));
    }
    match &answer.verdict {
        Verdict::Decline { reason } if reason.trim().is_empty() => Err(Refusal::invalid(
            "handover.decline_without_reason",
            "拒绝接收须写明理由",
            "A decline needs a reason.",
        )
        .at(
            "/verdict/reason",
            ("请填写拒绝理由", "Give the reason of the refusal"),
        )),
        _ => Ok(()),
    }
}

/// Where every successor of the plan stands, by id; the last answer counts.
#[must_use]
pub fn standings(plan: &HandoverPlan, answers: &[Answer]) -> Vec<(EmployeeId, Standing)> {
    let standing = |person| {
        let last = answers
            .iter()
            .filter(|answer| answer.successor == person)
            .max_by_key(|answer| (answer.at, answer.plan_version));
        match last {
            None => Standing::Waiting,
            Some(answer) if !is_current(plan, answer) => Standing::Outdated,
            Some(answer) => match &answer.verdict {
                Verdict::Accept => Standing::Accepted,
                Verdict::Decline { reason } => Standing::Declined {
                    reason: reason.clone(),
                },
            },
        }
    };
    let people = plan.successors().into_iter();
    people.map(|person| (person, standing(person))).collect()
}

/// An answer holds as long as what the person gets has not changed since.
fn is_current(plan: &HandoverPlan, answer: &Answer) -> bool {
    (plan.share_version(answer.successor)..=plan.version()).contains(&answer.plan_version)
}
