//! What is advanced against later commission: draws and guarantees 预支与保底

use std::collections::{BTreeMap, BTreeSet};

use kernel::{CommissionPlanId, Day, EmployeeId, Fen, Refusal};
use serde::{Deserialize, Serialize};

use crate::assignment::PlanBook;
use crate::calculate::Books;
use crate::line::Line;
use crate::plan::Plan;
use crate::schedule::round_ratio;
use crate::window::Window;

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
    let turns = Turns::of(books);
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
                let days = turns.between(*who, (from, end));
                if let Some(mut one) = of_window((&book, plan), (*who, left), &days) {
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

/// The days on which another plan may begin to count for somebody; between two of them nothing
/// changes, so that one look is enough for all the days between.
struct Turns {
    /// For everybody: plans are given and end, versions begin.
    common: BTreeSet<Day>,
    /// For one: he is placed elsewhere.
    own: BTreeMap<EmployeeId, BTreeSet<Day>>,
}

impl Turns {
    fn of(books: &Books) -> Turns {
        let given = books.assignments.iter().map(|row| row.valid);
        let versions = books.plans.iter().flat_map(|plan| &plan.versions);
        let versions = versions.map(|version| version.valid);
        let days = |valid: kernel::Period| [Some(valid.from), valid.until].into_iter().flatten();
        let mut own: BTreeMap<EmployeeId, BTreeSet<Day>> = BTreeMap::new();
        for row in &books.placements {
            own.entry(row.employee).or_default().extend(days(row.valid));
        }
        Turns {
            common: given.chain(versions).flat_map(days).collect(),
            own,
        }
    }

    /// Where the days of a window turn for this person: its first day, the first day of each month
    /// (plans that decide by the first day of their window turn there), the turns between, and the
    /// first day after it.
    fn between(&self, who: EmployeeId, (from, end): (Day, Day)) -> Vec<Day> {
        let inside = (
            std::ops::Bound::Excluded(from),
            std::ops::Bound::Excluded(end),
        );
        let own = self.own.get(&who);
        let own = own.into_iter().flat_map(|days| days.range(inside));
        let mut days: BTreeSet<Day> = self.common.range(inside).chain(own).copied().collect();
        let months = (0..).map(|month| Window::Month.start(from).plus_months(month));
        days.extend(
            months
                .take_while(|day| *day < end)
                .filter(|day| *day > from),
        );
        days.extend([from, end]);
        days.into_iter().collect()
    }
}

/// What a plan promises somebody in one window; nothing when it did not count for him, or had no
/// floor. The days are where the window turns, its first day and the first day after it among them.
fn of_window(
    (book, plan): (&PlanBook<'_>, &Plan),
    (who, left): (EmployeeId, Option<Day>),
    turns: &[Day],
) -> Option<Advance> {
    let (from, end) = (*turns.first()?, *turns.last()?);
    let (mut days, mut last) = (0, None);
    for pair in turns.windows(2) {
        let until = left.map_or(pair[1], |left| pair[1].min(left.plus_days(1)));
        let chosen = book.choose(who, plan.overlay.as_deref(), pair[0]).chosen;
        if let Some(chosen) = chosen.filter(|one| pair[0] < until && one.plan.id == plan.id)
            && let Some(draw) = chosen.version.floor
        {
            days += pair[0].days_until(until);
            last = Some((draw, chosen.version));
        }
    }
    let (draw, version) = last?;
    let (to, of_days) = (end.plus_days(-1), from.days_until(end));
    let top = i128::from(draw.amount.0) * i128::from(days);
    let small = |days: i64| u32::try_from(days).unwrap_or(u32::MAX);
    Some(Advance {
        payee: who,
        plan: plan.id,
        plan_name: plan.name.clone(),
        version: version.version,
        from,
        to,
        draw,
        days: small(days),
        of_days: small(of_days),
        promised: round_ratio(top, i128::from(of_days)),
        step: one_window(draw, Fen::ZERO, Fen::ZERO),
        payable_on: version.payable.due(to),
    })
}
