//! What is advanced against later commission: draws and guarantees 预支与保底

use kernel::{CommissionPlanId, Day, EmployeeId, Fen};
use serde::{Deserialize, Serialize};

use crate::line::Line;
use crate::plan::Plan;

/// At least this much each window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draw {
    /// How much.
    pub amount: Fen,
    /// 预支: what was advanced is taken from later earnings above the draw. 保底: it is not.
    pub recoverable: bool,
}

/// One window of a draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawStep {
    /// Earned by lines; below zero after a clawback.
    pub earned: Fen,
    /// Added so that the draw is reached.
    pub added: Fen,
    /// Taken from earnings for what was advanced before.
    pub recovered: Fen,
    /// Paid.
    pub paid: Fen,
    /// Advanced and not recovered yet.
    pub balance: Fen,
}

/// Goes through windows in order of time. What is paid never falls below the draw, what is
/// recovered comes only from earnings above it, and with a recoverable draw
/// `sum of paid = sum of earned + last balance`.
#[must_use]
pub fn windows(draw: Draw, opening: Fen, earned: &[Fen]) -> Vec<DrawStep> {
    let mut balance = opening;
    let step = |&earned: &Fen| {
        let added = (draw.amount - earned).max(Fen::ZERO);
        let above = (earned - draw.amount).max(Fen::ZERO);
        let recovered = if draw.recoverable {
            above.min(balance)
        } else {
            Fen::ZERO
        };
        if draw.recoverable {
            balance = balance + added - recovered;
        }
        DrawStep {
            earned,
            added,
            recovered,
            paid: earned + added - recovered,
            balance,
        }
    };
    earned.iter().map(step).collect()
}

/// What is missing to the floor of a plan in one window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopUp {
    /// Who.
    pub payee: EmployeeId,
    /// By which plan.
    pub plan: CommissionPlanId,
    /// By which version.
    pub version: u32,
    /// First day of the window.
    pub window_start: Day,
    /// What his lines earned in it.
    pub earned: Fen,
    /// What the plan promises at least.
    pub floor: Fen,
    /// The difference, above zero.
    pub missing: Fen,
}

/// The top-up of somebody in the window of a day, when the plan has a floor and his lines stay
/// below it. Whoever calls knows that the plan counted for him; no line at all earns the whole
/// floor.
#[must_use]
pub fn top_up(plan: &Plan, payee: EmployeeId, day: Day, lines: &[Line]) -> Option<TopUp> {
    let version = plan.version_for(day)?;
    let (floor, window_start) = (version.floor?, plan.window.start(day));
    let own = lines.iter().filter(|line| {
        line.key.payee == payee
            && line.key.plan == plan.id
            && line.trace.window_start == window_start
    });
    let earned: Fen = own.map(|line| line.commission).sum();
    let missing = floor - earned;
    (missing > Fen::ZERO).then_some(TopUp {
        payee,
        plan: plan.id,
        version: version.version,
        window_start,
        earned,
        floor,
        missing,
    })
}
