//! The stages of a departure and the steps between them 离职进度.
//!
//! ```text
//! filed → acknowledged → handing_over → settling → closed
//!   └──────────┴───────────────┴───────────┴→ withdrawn (both agree, before employment ends; or
//!                                             given up before it was declared)
//! ```
//!
//! There is no step that refuses a departure: a notice takes effect by being received. Settling
//! does not wait for the handover, since wages and certificate may not; only closing does.

use kernel::Refusal;
use serde::{Deserialize, Serialize};

use crate::gates::{Gate, may_close};

/// Where a departure stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// 已提交
    Filed,
    /// 已签收
    Acknowledged,
    /// 交接中
    HandingOver,
    /// 结算中
    Settling,
    /// 已办结
    Closed,
    /// 已撤回
    Withdrawn,
}

/// What happens to it. Steps carry the facts they are judged by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum Step {
    /// HR confirms receipt; the notice runs with or without it.
    Acknowledge,
    /// The handover plan is opened.
    BeginHandover,
    /// The final settlement is opened; the handover may still be going on.
    BeginSettlement,
    /// Everything is done.
    Close {
        /// The gates as they stand.
        gates: Vec<Gate>,
    },
    /// The departure is taken back.
    Withdraw {
        /// Whether the leaver agreed in writing.
        employee_agrees: bool,
        /// Whether the company agreed in writing.
        company_agrees: bool,
        /// Whether the last day of employment has passed.
        employment_ended: bool,
    },
    /// A dismissal that was not served, or an agreement that was not reached, is given up: nothing
    /// has been declared, so the employer needs nobody's consent.
    GiveUp,
}

impl Stage {
    /// Chinese and English name.
    #[must_use]
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Filed => ("已提交", "Filed"),
            Self::Acknowledged => ("已签收", "Acknowledged"),
            Self::HandingOver => ("交接中", "Handing over"),
            Self::Settling => ("结算中", "Settling"),
            Self::Closed => ("已办结", "Closed"),
            Self::Withdrawn => ("已撤回", "Withdrawn"),
        }
    }

    /// Whether nothing can follow.
    #[must_use]
    pub fn is_final(self) -> bool {
        matches!(self, Self::Closed | Self::Withdrawn)
    }
}

impl Step {
    fn words(&self) -> (&'static str, &'static str) {
        match self {
            Self::Acknowledge => ("签收", "acknowledge"),
            Self::BeginHandover => ("开始交接", "begin the handover"),
            Self::BeginSettlement => ("开始结算", "begin the settlement"),
            Self::Close { .. } => ("办结", "close"),
            Self::Withdraw { .. } => ("撤回", "withdraw"),
            Self::GiveUp => ("放弃办理", "give it up"),
        }
    }
}

/// The stage that follows this step, or why it may not be taken.
///
/// # Errors
/// `departure.step_out_of_order` when the stage has no such step, the refusal of
/// [`may_close`], `departure.withdraw_needs_both` and `departure.withdraw_too_late`.
pub fn may(stage: Stage, step: &Step) -> Result<Stage, Refusal> {
    use Stage::{Acknowledged, Closed, Filed, HandingOver, Settling, Withdrawn};
    match (stage, step) {
        (Filed, Step::Acknowledge) => Ok(Acknowledged),
        // The handover may have begun before; the receipt is taken down all the same.
        (HandingOver | Settling, Step::Acknowledge) => Ok(stage),
        (Filed | Acknowledged, Step::BeginHandover) => Ok(HandingOver),
        (Acknowledged | HandingOver, Step::BeginSettlement) => Ok(Settling),
        (Settling, Step::Close { gates }) => may_close(gates).map(|()| Closed),
        (
            Filed | Acknowledged | HandingOver | Settling,
            Step::Withdraw {
                employee_agrees,
                company_agrees,
                employment_ended,
            },
        ) => {
            may_withdraw(*employee_agrees && *company_agrees, *employment_ended).map(|()| Withdrawn)
        }
        (Filed | Acknowledged | HandingOver | Settling, Step::GiveUp) => Ok(Withdrawn),
        _ => Err(out_of_order(stage, step)),
    }
}

/// The stage after these steps, from filing on.
///
/// # Errors
/// The first step that may not be taken.
pub fn replay(steps: &[Step]) -> Result<Stage, Refusal> {
    steps.iter().try_fold(Stage::Filed, may)
}

fn may_withdraw(both_agree: bool, employment_ended: bool) -> Result<(), Refusal> {
    if employment_ended {
        return Err(Refusal::conflict(
            "departure.withdraw_too_late",
            "劳动关系已经终止，不能撤回离职",
            "Employment has ended; the departure cannot be taken back.",
        )
        .remedy((
            "如需继续用工，请重新办理入职并订立劳动合同",
            "To employ the person further, rehire and make an employment contract",
        )));
    }
    if !both_agree {
        return Err(Refusal::conflict(
            "departure.withdraw_needs_both",
            "离职通知送达后，须双方书面同意才能撤回",
            "A notice once received is taken back only by written agreement of both sides.",
        )
        .remedy((
            "请取得员工和单位双方的书面同意",
            "Get the written consent of both the employee and the employer",
        )));
    }
    Ok(())
}

fn out_of_order(stage: Stage, step: &Step) -> Refusal {
    let ((stage_zh, stage_en), (step_zh, step_en)) = (stage.words(), step.words());
    let remedy = match stage {
        Stage::Closed | Stage::Withdrawn => (
            "该离职已结束，如需再次办理请新建离职",
            "This departure is over; file a new one if it happens again",
        ),
        Stage::Filed => (
            "请先签收或开始交接",
            "Acknowledge it or begin the handover first",
        ),
        Stage::Acknowledged | Stage::HandingOver => ("请先开始结算", "Begin the settlement first"),
        Stage::Settling => (
            "请办结或由双方同意撤回",
            "Close it, or let both sides agree to withdraw it",
        ),
    };
    Refusal::conflict(
        "departure.step_out_of_order",
        format!("离职处于「{stage_zh}」，不能{step_zh}"),
        format!("The departure is “{stage_en}”; it is not possible to {step_en} now."),
    )
    .remedy(remedy)
}
