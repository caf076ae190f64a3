//! What terms left to somebody who has left goes on 离职者的份额
//!
//! The newest handover ends what the one before it had left its giver: he is here and hears of it.
//! Whoever has left is not asked when the customer changes hands once more, by a plan or without
//! one, and a term that takes a person's commission needs his signature (law.md §1.7). So what
//! terms left him, of the owner's part or of the team's, goes on by its own days to its own end;
//! the newest handover divides the rest.
//!
//! - Only past handovers after his last day. What one up to then takes is decided at his exit; see
//!   [`ever_less`].
//! - Not what he was settled for at his exit, nor what comes in after the end of his tail.
//! - Of several the oldest comes first; each is a share of what those before it left.

use kernel::{Bps, Day, EmployeeId};

use crate::event::Contract;
use crate::exit::{AfterLeaving, Exit};
use crate::shares::WHOLE;
use crate::split_after_handover::{Part, Side, Split, Stretch, Terms, split};

/// The owner's seat on the day of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Divided {
    /// One cut after the other. The last part of each but the last cut is nobody's: the next one
    /// divides it.
    pub cuts: Vec<Cut>,
    /// Whom a handover leaves nothing, and which.
    pub without: Vec<(EmployeeId, Split)>,
}

/// What is divided under one stretch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The parts.
    pub parts: Vec<Part>,
    /// How much of the seat it divides, of `WHOLE * WHOLE`.
    pub of: i64,
    /// The handover behind it; where the newest owner has it without one, the last whose parts go
    /// on.
    pub split: Option<Split>,
}

/// Divides the owner's seat of a contract: what goes on for people who have left, then what the
/// stretch in force says. Nothing where nobody owned the customer yet.
#[must_use]
pub fn divided<'e>(
    owned: &[&Stretch],
    contract: &Contract,
    on: Day,
    exit_of: impl Fn(EmployeeId) -> Option<&'e Exit>,
) -> Option<Divided> {
    let begun = owned.iter().copied().filter(|one| one.effective_on <= on);
    let mut begun: Vec<&Stretch> = begun.filter(|one| one.covers(contract.id)).collect();
    begun.sort_by_key(|one| (one.effective_on, one.seq));
    let newest = *begun.last()?;
    let (mut cuts, mut without): (Vec<Cut>, Vec<(EmployeeId, Split)>) = (Vec::new(), Vec::new());
    let mut kept: Vec<EmployeeId> = Vec::new();
    let mut of = WHOLE * WHOLE;
    for pair in begun.windows(2) {
        let [under, next] = pair else { continue };
        let Some((mut parts, how)) = going_on((*under, *next), contract, on, &exit_of) else {
            continue;
        };
        parts.retain(|part| !kept.contains(&part.payee));
        if parts.is_empty() {
            continue;
        }
        kept.extend(parts.iter().map(|part| part.payee));
        let rest = WHOLE * WHOLE - parts.iter().map(|part| part.weight).sum::<i64>();
        let how = Split {
            successor: newest.owner,
            goes_on: true,
            ..how
        };
        if rest == 0 {
            without.push((newest.owner, how.clone()));
        } else {
            parts.push(Part {
                side: Side::Owner,
                payee: newest.owner,
                weight: rest,
            });
        }
        let split = Some(how);
        cuts.push(Cut { parts, of, split });
        if rest == 0 {
            return Some(Divided { cuts, without });
        }
        of = of * rest / (WHOLE * WHOLE);
    }
    let (parts, how) = split(newest, contract, on);
    let parts = not_twice(parts, &kept, newest.owner);
    let leavers = (!kept.is_empty()).then_some(Bps(WHOLE - of / WHOLE));
    let how = how.map(|how| Split { leavers, ..how });
    let previous = parts.iter().any(|part| part.side == Side::Previous);
    if let Some(how) = how.as_ref().filter(|how| !kept.contains(&how.from))
        && !previous
    {
        without.push((how.from, how.clone()));
    }
    let split = how.or_else(|| cuts.last().and_then(|cut| cut.split.clone()));
    cuts.push(Cut { parts, of, split });
    Some(Divided { cuts, without })
}

/// The parts of people who had left when the next stretch began, where it takes anything of them
/// that is still to be paid.
fn going_on<'e>(
    (under, next): (&Stretch, &Stretch),
    contract: &Contract,
    on: Day,
    exit_of: &impl Fn(EmployeeId) -> Option<&'e Exit>,
) -> Option<(Vec<Part>, Split)> {
    let handover = under.handover.as_ref()?;
    let gone = |who: EmployeeId| {
        exit_of(who).is_some_and(|exit| {
            exit.left_on < next.effective_on
                && exit.on(contract.id, on) == AfterLeaving::PaidWithStatement
        })
    };
    let team = handover.pool.iter().flat_map(|pool| pool.members.parts());
    let mut concerned = team.map(|(member, _)| *member).chain([handover.from]);
    if !concerned.any(&gone) {
        return None;
    }
    let (parts, how) = split(under, contract, on);
    let (after, _) = split(next, contract, on);
    let takes = |who| gets(&after, who) < gets(&parts, who);
    let going = parts
        .iter()
        .copied()
        .filter(|part| part.side != Side::Owner && gone(part.payee) && takes(part.payee));
    let going: Vec<Part> = going.collect();
    how.filter(|_| !going.is_empty()).map(|how| (going, how))
}

/// What goes on for somebody he does not get once more by a later handover: that is the owner's.
fn not_twice(parts: Vec<Part>, kept: &[EmployeeId], owner: EmployeeId) -> Vec<Part> {
    let again = |part: &Part| part.side != Side::Owner && kept.contains(&part.payee);
    let (twice, mut once): (Vec<Part>, Vec<Part>) = parts.into_iter().partition(again);
    let more: i64 = twice.iter().map(|part| part.weight).sum();
    match once.iter_mut().find(|part| part.side == Side::Owner) {
        Some(part) => part.weight += more,
        None if more > 0 => once.push(Part {
            side: Side::Owner,
            payee: owner,
            weight: more,
        }),
        None => {}
    }
    once
}

/// How much of the owner's seat somebody has among these parts, of `WHOLE * WHOLE`.
fn gets(parts: &[Part], who: EmployeeId) -> i64 {
    let his = parts.iter().filter(|part| part.payee == who);
    his.map(|part| part.weight).sum()
}

/// Whether somebody ever has less of the owner's seat under a later stretch than he would have
/// under an earlier one. Terms step by days, so no single day tells: all days from the first of the
/// later one are looked at on which either changes.
#[must_use]
pub fn ever_less(
    (earlier, later): (&Stretch, &Stretch),
    contract: &Contract,
    who: EmployeeId,
) -> bool {
    let mut days = turns(earlier, contract);
    days.extend(turns(later, contract));
    days.retain(|day| *day > later.effective_on);
    days.push(later.effective_on);
    let has = |stretch, day| weight(stretch, contract, (who, day));
    days.into_iter()
        .any(|day| has(later, day) < has(earlier, day))
}

/// Whether somebody has anything of the owner's seat on any day from one on.
#[must_use]
pub fn ever_any(stretch: &Stretch, contract: &Contract, (who, from): (EmployeeId, Day)) -> bool {
    let mut days = turns(stretch, contract);
    days.retain(|day| *day > from);
    days.push(from);
    days.into_iter()
        .any(|day| weight(stretch, contract, (who, day)) > 0)
}

/// How much of the owner's seat somebody has on a day under a stretch, of `WHOLE * WHOLE`.
#[must_use]
pub fn weight(stretch: &Stretch, contract: &Contract, (who, on): (EmployeeId, Day)) -> i64 {
    let (parts, _) = split(stretch, contract, on);
    gets(&parts, who)
}

/// The days on which the terms of a handover leave something else than the day before.
fn turns(stretch: &Stretch, contract: &Contract) -> Vec<Day> {
    let Some(handover) = &stretch.handover else {
        return Vec::new();
    };
    let since = handover.since.unwrap_or(stretch.effective_on);
    let after = |days: u32| since.plus_days(i64::from(days));
    let over =
        |last: Option<Day>| -> Vec<Day> { last.iter().map(|day| day.plus_days(1)).collect() };
    let mut days: Vec<Day> = match &handover.terms {
        Terms::Protection { steps, .. } => {
            steps.iter().map(|step| after(step.before_day)).collect()
        }
        Terms::ByTable { steps, .. } => {
            let bounds = steps.iter().filter_map(|step| step.before_day);
            bounds.map(after).collect()
        }
        Terms::Negotiated { until, .. } => over(*until),
        Terms::ToContractEnd { .. } => over(contract.ends_on),
        Terms::ShareOfWork { .. } | Terms::NothingKept => Vec::new(),
    };
    let pool = handover.pool.as_ref().and_then(|pool| pool.before_day);
    days.extend(pool.map(after));
    days
}
