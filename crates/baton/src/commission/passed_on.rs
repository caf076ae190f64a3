//! Contracts of a leaver of which a handover leaves him less 交接条款.
//!
//! Receivers and superior agree to the terms of a plan; its giver is not asked. Terms that ever
//! leave him less of a contract take its commission only with his signature (law.md §1.7), so such
//! a contract stays among what is decided at his exit, with what he would have without the
//! handover. The same where it changes hands without a plan, and where it came back to him, or to
//! whom it had gone from him, after something had come in that left him less. Only handovers since
//! he first gave notice count, also one that was taken back: an earlier handover changed his work,
//! and each statement since has told him what became of it. What others do with it after the
//! cut-off ends nothing of what terms left him by then.

use std::collections::{BTreeMap, BTreeSet};

use ::commission::calculate::Books;
use ::commission::event::{Contract, Event, Place};
use ::commission::explain;
use ::commission::leavers::{ever_any, ever_less, weight};
use ::commission::split_after_handover::{Agreement, Handover, Stretch};
use kernel::{ContractId, CustomerId, Day, EmployeeId, PlanId, Reason};

use super::credits;
use super::leaving::imagined;

/// By which plan, and who has it now.
#[derive(Clone, Debug)]
pub(crate) struct PassedOn {
    /// None where it changed hands without a plan, or where several took something: there are no
    /// terms of one plan that he could sign.
    pub(crate) plan: Option<PlanId>,
    pub(crate) to: EmployeeId,
    /// What its terms say.
    pub(crate) terms: Reason,
    /// The first day on which something can come in by these terms: their own or the cut-off.
    pub(crate) first: Day,
    /// Whether any day from then on leaves him a part.
    pub(crate) part: bool,
    /// Whether nothing is taken any more but what came in while somebody else had it.
    pub(crate) meanwhile: bool,
}

/// Contracts that changed hands since a day and of which he was left less, and the books as if he
/// had kept them; nothing where there are none.
pub(super) fn passed_on(
    facts: &Books,
    who: EmployeeId,
    (since, cut_off): (Day, Day),
) -> Option<(BTreeMap<ContractId, PassedOn>, Books)> {
    let mut owned: BTreeMap<CustomerId, Vec<&Stretch>> = BTreeMap::new();
    for stretch in &facts.stretches {
        owned.entry(stretch.customer).or_default().push(stretch);
    }
    let mut came: BTreeMap<ContractId, Vec<Day>> = BTreeMap::new();
    for event in facts.events.iter().filter(|one| happened(one)) {
        came.entry(event.contract).or_default().push(event.on);
    }
    let mut passed = BTreeMap::new();
    // The first stretch of each customer that would not be, and what was signed under it.
    let mut ended: BTreeMap<CustomerId, (Day, u32)> = BTreeMap::new();
    let mut others: BTreeMap<ContractId, CustomerId> = BTreeMap::new();
    for contract in &facts.contracts {
        let own = owned.get(&contract.customer).map_or(&[][..], Vec::as_slice);
        let covering = own.iter().copied().filter(|one| one.covers(contract.id));
        let mut covering: Vec<&Stretch> = covering.collect();
        covering.sort_by_key(|one| place(one));
        let Some(newest) = covering.last().map(|one| one.owner) else {
            continue;
        };
        let heard = before_he_left(&covering, contract.signed_on, (who, cut_off));
        let of = Of {
            contract,
            who,
            came: came.get(&contract.id).map_or(&[][..], Vec::as_slice),
        };
        let Some((before, rest)) = of.taken(&heard, since) else {
            continue;
        };
        let Some(first) = rest.first() else {
            continue;
        };
        if contract.signed_on >= first.effective_on {
            others.insert(contract.id, contract.customer);
            continue;
        }
        let Some(found) = of.less((before, rest), (newest, cut_off)) else {
            continue;
        };
        passed.insert(contract.id, found);
        let begins = ended.entry(contract.customer).or_insert(place(first));
        *begins = place(first).min(*begins);
    }
    if passed.is_empty() {
        return None;
    }
    let mut kept = facts.clone();
    kept.stretches.retain(|one| {
        let first = ended.get(&one.customer);
        first.is_none_or(|first| place(one) < *first)
    });
    kept.events.retain(|event| {
        let customer = others.get(&event.contract);
        customer.is_none_or(|customer| !ended.contains_key(customer))
    });
    Some((passed, kept))
}

/// Whether it happened, and takes nothing back.
fn happened(event: &Event) -> bool {
    event.takes_back.is_none() && !imagined(&event.record)
}

/// In which order stretches of a customer begin.
fn place(stretch: &Stretch) -> (Day, u32) {
    (stretch.effective_on, stretch.seq)
}

/// The terms of a plan by which a stretch came.
fn by_plan(stretch: &Stretch) -> Option<(PlanId, &Handover)> {
    let handover = stretch.handover.as_ref()?;
    let plan = handover.record.0.strip_prefix("plan/")?.parse().ok()?;
    Some((plan, handover))
}

/// The stretches that may end what he is left: not those of others after the cut-off, for what
/// terms left him by then goes on, and the owner's part of what was signed by then
/// ([`::commission::leavers`]).
fn before_he_left<'a>(
    covering: &[&'a Stretch],
    signed_on: Day,
    (who, cut_off): (EmployeeId, Day),
) -> Vec<&'a Stretch> {
    let mut heard: Vec<&Stretch> = Vec::with_capacity(covering.len());
    for one in covering.iter().copied() {
        let from = one.handover.as_ref().map(|by| by.from);
        let his = one.owner == who || from == Some(who);
        let later = |last: &&Stretch| last.owner == who && signed_on > cut_off;
        if his || heard.last().is_none_or(later) || one.effective_on <= cut_off {
            heard.push(one);
        }
    }
    heard
}

/// A contract, whose part of it is asked about, and the days on which something came of it.
struct Of<'a> {
    contract: &'a Contract,
    who: EmployeeId,
    came: &'a [Day],
}

impl Of<'_> {
    /// The stretch under which he last had what was taken since a day, and those that took it: from
    /// where he handed it over himself, the last time or before something came in that was lost to
    /// him, else from where somebody else ended what an earlier handover had left him.
    fn taken<'s, 'o>(
        &self,
        covering: &'o [&'s Stretch],
        since: Day,
    ) -> Option<(&'s Stretch, &'o [&'s Stretch])> {
        let his = (0..).zip(covering).filter(|(_, one)| {
            // By a merge the terms went on; they began before it.
            let by_merge = |by: &Handover| by.since.is_some();
            one.effective_on >= since
                && by_plan(one).is_some_and(|(_, by)| by.from == self.who && !by_merge(by))
        });
        let his: Vec<usize> = his.map(|(at, _)| at).collect();
        let by_others = |pair: &[&Stretch]| match pair {
            [before, next] => {
                next.effective_on >= since && ever_less((*before, *next), self.contract, self.who)
            }
            _ => false,
        };
        let cut = |at: usize| {
            let (before, rest) = covering.split_at_checked(at)?;
            Some((*before.last()?, rest))
        };
        let Some((last, earlier)) = his.split_last() else {
            return cut(covering.windows(2).position(by_others)? + 1);
        };
        let lost = earlier.iter().filter_map(|at| cut(*at)).find(|taken| {
            let begun = taken.1.first().map(|one| one.effective_on);
            let signed = begun.is_some_and(|day| self.contract.signed_on < day);
            signed && self.meanwhile(*taken)
        });
        lost.or_else(|| cut(*last))
    }

    /// Whether something came in under one of the stretches before the last that left him less.
    fn meanwhile(&self, (before, rest): (&Stretch, &[&Stretch])) -> bool {
        let has = |stretch: &Stretch, day| weight(stretch, self.contract, (self.who, day));
        let lost = |pair: &[&Stretch]| match pair {
            [one, next] => self.came.iter().any(|day| {
                (one.effective_on..next.effective_on).contains(day)
                    && has(one, *day) < has(before, *day)
            }),
            _ => false,
        };
        rest.windows(2).any(lost)
    }

    /// What the newest terms leave him of a contract, where that is ever less than he had before,
    /// or something came in meanwhile that left him less.
    fn less(
        &self,
        (before, rest): (&Stretch, &[&Stretch]),
        (newest, cut_off): (EmployeeId, Day),
    ) -> Option<PassedOn> {
        let (contract, who) = (self.contract, self.who);
        let now = *rest.last()?;
        // Where the owner has no place in the team nothing of it changes hands.
        let mut places = contract.team.direct.parts().iter();
        if !places.any(|(place, _)| *place == Place::Owner) {
            return None;
        }
        let takes = ever_less((before, now), contract, who);
        if !takes && !self.meanwhile((before, rest)) {
            return None;
        }
        let mut plans: BTreeSet<Option<PlanId>> = BTreeSet::new();
        let mut held = before;
        for one in rest.iter().copied() {
            if ever_less((held, one), contract, who) {
                plans.insert(by_plan(one).map(|(plan, _)| plan));
            }
            held = one;
        }
        let plan = plans.pop_first().flatten().filter(|_| plans.is_empty());
        let mut of_plan = rest.iter().rev().filter_map(|one| by_plan(one));
        let by = of_plan.find(|(id, _)| Some(*id) == plan);
        let credited = credits::named(&contract.team).contains(&who);
        // A merge since began a stretch and no terms.
        let since = now.handover.as_ref().and_then(|by| by.since);
        let first = since.unwrap_or(now.effective_on).max(cut_off);
        let part = credited || ever_any(now, contract, (who, now.effective_on.max(cut_off)));
        Some(PassedOn {
            plan,
            to: newest,
            terms: by.map_or_else(no_terms, |(_, by)| agreed(by)),
            first,
            part,
            meanwhile: !takes,
        })
    }
}

fn agreed(by: &Handover) -> Reason {
    explain::agreement(&Agreement {
        terms: by.terms.clone(),
        pool: by.pool.clone(),
    })
}

fn no_terms() -> Reason {
    Reason::new(
        "commission.no_terms",
        "不是按同一份交接方案移交的，没有可供本人签字的提成条款",
        "it did not change hands by one plan, so there are no terms to sign",
    )
}

#[cfg(test)]
mod tests;
