//! What somebody who has left was left goes on 离职者的份额
//!
//! The newest handover ends what the one before it had left its giver: he is here and hears of it.
//! Whoever has left is not asked when the customer changes hands once more, by a plan or without
//! one, and a term that takes a person's commission needs his signature (law.md §1.7). So what
//! terms left him, of the owner's part or of the team's, goes on by its own days to its own end;
//! the newest handover divides the rest. So does the owner's part itself, of contracts signed by
//! his last day, where somebody gets his customer without a handover from him: out of the pool, by
//! hand, by a merge. A handover from him has terms, and these decide.
//!
//! - Only past handovers after his last day. What one up to then takes is decided at his exit; see
//!   [`ever_less`].
//! - Not what he was settled for at his exit, nor what comes in after the end of his tail.
//! - Of several the oldest comes first; each is a share of what those before it left.

use kernel::{Bps, Day, EmployeeId};

use crate::event::Contract;
use crate::exit::{AfterLeaving, Exit};
use crate::line::Because;
use crate::shares::WHOLE;
use crate::split_after_handover::{Part, Side, Split, Stays, Stretch, Terms, split};

/// The owner's seat on the day of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Divided {
    /// One cut after the other. The last part of each but the last cut is nobody's: the next one
    /// divides it.
    pub cuts: Vec<Cut>,
    /// Whom nothing is left, and why.
    pub without: Vec<(EmployeeId, Because)>,
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
    /// Whose owner's part goes on: it is among these parts, or was cut off before.
    pub stays: Option<Stays>,
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
    let today = begun.last()?.owner;
    let of = Of {
        contract,
        on,
        today,
        exit_of,
    };
    // A merge ends no terms: whose owner's part goes on has it beside them, as before.
    begun.dedup_by(|next, under| by_merge(under, next) && of.stays(under, next).is_some());
    let (mut cuts, mut without): (Vec<Cut>, Vec<(EmployeeId, Because)>) = (Vec::new(), Vec::new());
    let mut kept: Vec<EmployeeId> = Vec::new();
    let mut left = WHOLE * WHOLE;
    for pair in begun.windows(2) {
        let [under, next] = pair else { continue };
        let Some(mut cut) = of.going_on((*under, *next), (&kept, left)) else {
            continue;
        };
        kept.extend(cut.parts.iter().map(|part| part.payee));
        let rest = WHOLE * WHOLE - cut.parts.iter().map(|part| part.weight).sum::<i64>();
        if rest == 0 {
            without.extend(cut.why().map(|why| (today, why)));
            cuts.push(cut);
            return Some(Divided { cuts, without });
        }
        cut.parts.push(Part {
            side: Side::Owner,
            payee: today,
            weight: rest,
        });
        cuts.push(cut);
        left = left * rest / (WHOLE * WHOLE);
    }
    without.extend(of.newest(*begun.last()?, (&kept, left), &mut cuts));
    Some(Divided { cuts, without })
}

impl Cut {
    /// Why whoever gets nothing of it gets nothing.
    fn why(&self) -> Option<Because> {
        let split = self.split.clone().map(|how| Because::Split(Box::new(how)));
        self.stays.map(Because::StaysWithLeaver).or(split)
    }
}

/// Whether a stretch is the one before it, whose terms go on by a merge.
fn by_merge(under: &Stretch, next: &Stretch) -> bool {
    let terms = under.handover.as_ref().zip(next.handover.as_ref());
    terms.is_some_and(|(own, by)| {
        by.since.is_some() && (&own.record, own.from) == (&by.record, by.from)
    })
}

/// An event of a contract, who has the customer on its day, and who has left.
struct Of<'c, F> {
    contract: &'c Contract,
    on: Day,
    today: EmployeeId,
    exit_of: F,
}

impl<'e, F: Fn(EmployeeId) -> Option<&'e Exit>> Of<'_, F> {
    /// Whether somebody had left when the next stretch began, and is still to be paid.
    fn gone(&self, who: EmployeeId, next: &Stretch) -> bool {
        (self.exit_of)(who).is_some_and(|exit| {
            exit.left_on < next.effective_on
                && exit.on(self.contract.id, self.on) == AfterLeaving::PaidWithStatement
        })
    }

    /// Whether the owner's part goes on for its owner past the next stretch.
    fn stays(&self, under: &Stretch, next: &Stretch) -> Option<Stays> {
        let by = next.handover.as_ref().map(|by| by.from);
        if by == Some(under.owner) || !self.gone(under.owner, next) {
            return None;
        }
        self.stayed(under.owner)
    }

    /// The same as long as it does: of what was signed by his last day, and not of what is his own
    /// again.
    fn stayed(&self, leaver: EmployeeId) -> Option<Stays> {
        let left_on = (self.exit_of)(leaver)?.left_on;
        let his = leaver != self.today && self.contract.signed_on <= left_on;
        his.then_some(Stays {
            leaver,
            left_on,
            owner: self.today,
        })
    }

    /// The parts of people who had left when the next stretch began, where it takes anything of
    /// them that is still to be paid.
    fn going_on(
        &self,
        (under, next): (&Stretch, &Stretch),
        (kept, left): (&[EmployeeId], i64),
    ) -> Option<Cut> {
        let stays = self.stays(under, next);
        let handover = under.handover.as_ref();
        let pool = handover.and_then(|by| by.pool.as_ref());
        let team = pool.into_iter().flat_map(|pool| pool.members.parts());
        let giver = handover.map(|by| by.from);
        let mut concerned = team.map(|(member, _)| *member).chain(giver);
        if stays.is_none() && !concerned.any(|who| self.gone(who, next)) {
            return None;
        }
        let (parts, how) = split(under, self.contract, self.on);
        let (after, _) = split(next, self.contract, self.on);
        let goes_on = |part: &Part| {
            let his = match part.side {
                Side::Owner => stays.is_some(),
                Side::Previous | Side::Pool => self.gone(part.payee, next),
            };
            let once = !kept.contains(&part.payee);
            his && once && gets(&after, part.payee) < gets(&parts, part.payee)
        };
        let going = parts.iter().copied().filter(goes_on);
        let parts: Vec<Part> = going.map(as_previous).collect();
        let stays = stays.filter(|stays| parts.iter().any(|part| part.payee == stays.leaver));
        let split = how.map(|how| Split {
            successor: self.today,
            goes_on: true,
            ..how
        });
        (!parts.is_empty()).then_some(Cut {
            parts,
            of: left,
            split,
            stays,
        })
    }

    /// What the newest stretch says of what is left, the last cut; gives whom it leaves nothing.
    fn newest(
        &self,
        stretch: &Stretch,
        (kept, left): (&[EmployeeId], i64),
        cuts: &mut Vec<Cut>,
    ) -> Vec<(EmployeeId, Because)> {
        let (parts, how) = split(stretch, self.contract, self.on);
        let mut parts = not_twice(parts, kept, stretch.owner);
        let previous = parts.iter().any(|part| part.side == Side::Previous);
        // Set where only a merge came after it.
        let stays = self.stayed(stretch.owner);
        if stays.is_some() {
            parts = parts.into_iter().map(as_previous).collect();
        }
        let before = cuts.iter().rev().find_map(|cut| cut.stays);
        // What was cut off by terms, where that is all that was.
        let of_terms = !kept.is_empty() && before.is_none();
        let how = how.map(|how| Split {
            successor: self.today,
            goes_on: stays.is_some(),
            leavers: of_terms.then_some(Bps(WHOLE - left / WHOLE)),
            ..how
        });
        let mut without = Vec::new();
        if let Some(how) = how.as_ref().filter(|how| !kept.contains(&how.from))
            && !previous
        {
            without.push((how.from, Because::Split(Box::new(how.clone()))));
        }
        without.extend(stays.map(|stays| (self.today, Because::StaysWithLeaver(stays))));
        let split = how.or_else(|| cuts.last().and_then(|cut| cut.split.clone()));
        cuts.push(Cut {
            parts,
            of: left,
            split,
            stays: stays.or(before),
        });
        without
    }
}

/// An owner's part that goes on is the previous owner's.
fn as_previous(part: Part) -> Part {
    let side = match part.side {
        Side::Owner => Side::Previous,
        side => side,
    };
    Part { side, ..part }
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
