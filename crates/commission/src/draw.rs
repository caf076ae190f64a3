//! What is advanced against later commission: draws and guarantees 预支与保底

use std::collections::{BTreeMap, BTreeSet};

use kernel::{CommissionPlanId, Day, EmployeeId, Fen, Refusal};
use serde::{Deserialize, Serialize};

use crate::assignment::PlanBook;
use crate::calculate::Books;
use crate::line::Line;
use crate::plan::Plan;
use crate::schedule::round_ratio;

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
        let step = one_window(draw, balance, earned);
        balance = step.balance;
        step
    };
    earned.iter().map(step).collect()
}

fn one_window(draw: Draw, balance: Fen, earned: Fen) -> DrawStep {
    let added = (draw.amount - earned).max(Fen::ZERO);
    let above = (earned - draw.amount).max(Fen::ZERO);
    let recovered = if draw.recoverable {
        above.min(balance)
    } else {
        Fen::ZERO
    };
    let owed = if draw.recoverable { added } else { Fen::ZERO };
    DrawStep {
        earned,
        added,
        recovered,
        paid: earned + added - recovered,
        balance: balance + owed - recovered,
    }
}

/// What a plan adds to somebody's lines in one window, or takes back of what it advanced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Advance {
    /// To whom.
    pub payee: EmployeeId,
    /// By which plan.
    pub plan: CommissionPlanId,
    /// As it is called.
    pub plan_name: String,
    /// The version of the last day on which it counted for him.
    pub version: u32,
    /// First day of the window.
    pub from: Day,
    /// Last day of the window: on it the advance is earned.
    pub to: Day,
    /// What the plan promises for a whole window.
    pub draw: Draw,
    /// Days of the window on which it counted for him.
    pub days: u32,
    /// Days of the window.
    pub of_days: u32,
    /// The promise for those days: half a fen is rounded up.
    pub promised: Fen,
    /// What came of it.
    pub step: DrawStep,
    /// When it falls due.
    pub payable_on: Day,
}

impl Advance {
    /// Added, less what was recovered.
    #[must_use]
    pub fn amount(&self) -> Fen {
        self.step.added - self.step.recovered
    }
}

/// What plans with a floor add or recover, window by window, for everybody for whom they counted.
/// `lines` are all lines of the same books; only windows that begin on `since` or later and end
/// before `until` are looked at. Whoever had the plan for a part of a window is promised that part,
/// by days; whoever left is promised nothing after his last day. A line counts in the window in
/// which it was earned, so that what is taken back lowers the window of its own day.
///
/// # Errors
/// As [`PlanBook::new`].
pub fn advances(
    books: &Books,
    lines: &[Line],
    (since, until): (Day, Day),
) -> Result<Vec<Advance>, Refusal> {
    let floors = |plan: &&Plan| plan.versions.iter().any(|version| version.floor.is_some());
    let plans: Vec<&Plan> = books.plans.iter().filter(floors).collect();
    if plans.is_empty() {
        return Ok(Vec::new());
    }
    let book = PlanBook::new(&books.plans, &books.assignments, &books.placements)?;
    let placed = books.placements.iter().map(|row| row.employee);
    let named = books.assignments.iter().filter_map(|row| match row.to {
        crate::assignment::Assignee::Person(id) => Some(id),
        _ => None,
    });
    let people: BTreeSet<EmployeeId> = placed.chain(named).collect();
    let left: BTreeMap<EmployeeId, Day> = books
        .exits
        .iter()
        .map(|exit| (exit.employee, exit.left_on))
        .collect();
    let mut advances = Vec::new();
    for plan in plans {
        let mut earned: BTreeMap<(EmployeeId, Day), Fen> = BTreeMap::new();
        for line in lines.iter().filter(|line| line.key.plan == plan.id) {
            let window = plan.window.start(line.earned_on);
            let sum = earned.entry((line.key.payee, window)).or_default();
            *sum = *sum + line.commission;
        }
        for who in &people {
            let left = left.get(who).copied();
            let mut balance = Fen::ZERO;
            let mut from = plan.window.start(since);
            if from < since {
                from = plan.window.end(since);
            }
            while plan.window.end(from) <= until && left.is_none_or(|left| from <= left) {
                let end = plan.window.end(from);
                let sum = earned.get(&(*who, from)).copied().unwrap_or_default();
                if let Some(mut one) = of_window(&book, plan, (*who, left), (from, end)) {
                    let amount = one.promised;
                    one.step = one_window(Draw { amount, ..one.draw }, balance, sum);
                    balance = one.step.balance;
                    advances.push(one);
                }
                from = end;
            }
        }
    }
    Ok(advances)
}

/// What a plan promises somebody in one window; nothing when it did not count for him, or had no
/// floor.
fn of_window(
    book: &PlanBook<'_>,
    plan: &Plan,
    (who, left): (EmployeeId, Option<Day>),
    (from, end): (Day, Day),
) -> Option<Advance> {
    let (mut days, mut of_days, mut last) = (0_u32, 0_u32, None);
    let mut day = from;
    while day < end {
        of_days += 1;
        let here = left.is_none_or(|left| day <= left);
        let chosen = book.choose(who, plan.overlay.as_deref(), day).chosen;
        if let Some(chosen) = chosen.filter(|chosen| here && chosen.plan.id == plan.id)
            && let Some(draw) = chosen.version.floor
        {
            days += 1;
            last = Some((draw, chosen.version));
        }
        day = day.plus_days(1);
    }
    let (draw, version) = last?;
    let to = end.plus_days(-1);
    let top = i128::from(draw.amount.0) * i128::from(days);
    Some(Advance {
        payee: who,
        plan: plan.id,
        plan_name: plan.name.clone(),
        version: version.version,
        from,
        to,
        draw,
        days,
        of_days,
        promised: round_ratio(top, i128::from(of_days)),
        step: one_window(draw, Fen::ZERO, Fen::ZERO),
        payable_on: version.payable.due(to),
    })
}
