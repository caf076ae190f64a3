//! Whether a first assignment takes the place of a plan that somebody had in a closed month
//! 分配与已关账月份.
//!
//! A row of a person stands before one of his post, and that before one of his department. So the
//! first row of a person may end what he had through his department, and a closed month, whose
//! lines are wages, would come out otherwise.

use std::collections::BTreeSet;

use ::commission::assignment::{Assignee, Placement, PlanAssignment, PlanBook};
use ::commission::plan::Plan;
use kernel::{CommissionPlanId, Day, EmployeeId, Fen, Period, Refusal};
use spine::{Failure, Reader};

use super::ledger;
use super::month::Month;
use super::store;

/// Plans, who has them, and where people stand.
pub(crate) struct Known {
    pub(crate) plans: Vec<Plan>,
    pub(crate) assignments: Vec<PlanAssignment>,
    pub(crate) placements: Vec<Placement>,
}

/// Reads them.
pub(crate) async fn known(books: &mut Reader<'_>) -> Result<Known, Failure> {
    let heads = store::plans(books).await?;
    let versions = store::versions(books).await?;
    let assigned = store::assigned(books, ledger::EVER).await?;
    Ok(Known {
        plans: ledger::in_order(&heads, &versions),
        assignments: ledger::spans(&assigned),
        placements: ledger::placed(books, ledger::EVER).await?,
    })
}

/// The first row of somebody for a place of deals.
pub(crate) struct First {
    pub(crate) to: Assignee,
    pub(crate) plan: CommissionPlanId,
    pub(crate) quota: Option<Fen>,
    /// The days of closed months that it reaches.
    pub(crate) days: Period,
}

impl Known {
    /// Whether somebody whom the new row covers had another plan for the same place on one of its
    /// days. Whoever had none loses nothing by it.
    ///
    /// # Errors
    /// What [`PlanBook::new`] refuses.
    pub(crate) fn replaced_by(&self, new: &First) -> Result<bool, Refusal> {
        let book = PlanBook::new(&self.plans, &self.assignments, &self.placements)?;
        let Some(plan) = book.plan(new.plan) else {
            return Ok(false);
        };
        let place = plan.overlay.as_deref();
        let turns = self.turns(new.days);
        let takes = |who: EmployeeId, own: &[&Placement], day: Day| {
            let Some(had) = book.choose(who, place, day).chosen else {
                return false;
            };
            let other = (had.plan.id, had.quota) != (new.plan, new.quota);
            // A plan that has no version yet pays nobody and leaves what was there.
            let pays = plan.version_for(day).is_some();
            other && pays && nearer((new.to, had.by), &ladder(who, own, day))
        };
        Ok(self.covered(new.to).into_iter().any(|who| {
            let own: Vec<&Placement> = self
                .placements
                .iter()
                .filter(|row| row.employee == who)
                .collect();
            let moved = own.iter().flat_map(|row| bounds(row.valid));
            let moved = moved.filter(|day| new.days.contains(*day));
            let mut days = turns.iter().copied().chain(moved);
            days.any(|day| takes(who, &own, day))
        }))
    }

    /// Whoever ever stood where the row counts.
    fn covered(&self, to: Assignee) -> BTreeSet<EmployeeId> {
        if let Assignee::Person(who) = to {
            return BTreeSet::from([who]);
        }
        let placed = self.placements.iter();
        let there = placed.filter(|row| rungs(row).any(|rung| rung == to));
        there.map(|row| row.employee).collect()
    }

    /// The days on which anybody's plan may change for another: between two of them it does not.
    fn turns(&self, days: Period) -> BTreeSet<Day> {
        let versions = self.plans.iter().flat_map(|plan| &plan.versions);
        let versions = versions.flat_map(|version| bounds(version.valid));
        let given = self.assignments.iter().flat_map(|row| bounds(row.valid));
        let mut turns: BTreeSet<Day> = versions.chain(given).collect();
        let mut month = Month::of(days.from);
        while days.until.is_some_and(|until| month.days().from < until) {
            turns.insert(month.days().from);
            month = month.next();
        }
        turns.insert(days.from);
        turns.retain(|day| days.contains(*day));
        turns
    }
}

fn bounds(days: Period) -> impl Iterator<Item = Day> {
    std::iter::once(days.from).chain(days.until)
}

/// Post and departments of a placement, the nearest first.
fn rungs(row: &Placement) -> impl Iterator<Item = Assignee> + '_ {
    let above = row.departments.iter().copied().map(Assignee::Department);
    row.post.map(Assignee::Post).into_iter().chain(above)
}

/// Through whom somebody may have a plan on a day, the nearest first.
fn ladder(who: EmployeeId, own: &[&Placement], day: Day) -> Vec<Assignee> {
    let stands = own.iter().rfind(|row| row.valid.contains(day));
    let above = stands.into_iter().flat_map(|row| rungs(row));
    std::iter::once(Assignee::Person(who))
        .chain(above)
        .collect()
}

/// Whether the first of the two stands before the second.
fn nearer((new, had): (Assignee, Assignee), ladder: &[Assignee]) -> bool {
    let at = |wanted: Assignee| ladder.iter().position(|rung| *rung == wanted);
    at(new).zip(at(had)).is_some_and(|(new, had)| new < had)
}
