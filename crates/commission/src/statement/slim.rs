//! What of the facts one statement stands on.
//!
//! Its own events; those of the same windows, for what was credited before; and what happened
//! earlier to the same contracts, for amounts that go pro rata.

use std::collections::BTreeSet;

use kernel::{ContractId, CustomerId, Day, EmployeeId, Refusal};

use super::{Called, Facts};
use crate::assignment::Assignee;
use crate::booking::{Entry, Kept};
use crate::calculate::{Books, calculate};
use crate::event::{Event, Record};
use crate::line::Earning;
use crate::split_after_handover::Stretch;
use crate::window::Window;

type Place = (Record, ContractId);

fn place(event: &Event) -> Place {
    (event.record.clone(), event.contract)
}

pub(super) fn slim(whole: &Facts, entries: &[Entry]) -> Result<Facts, Refusal> {
    let who = whole.payee;
    let ends = whole.month.plus_months(1);
    let mut about: BTreeSet<Place> = entries
        .iter()
        .filter_map(|entry| Some((entry.record.clone(), entry.deal?)))
        .collect();
    let settled: BTreeSet<ContractId> = entries
        .iter()
        .filter(|entry| matches!(entry.kept, Kept::Settlement { .. }))
        .filter_map(|entry| entry.deal)
        .collect();
    let everything = whole.books.events.iter().filter(|event| event.on < ends);
    about.extend(
        everything
            .clone()
            .filter(|event| settled.contains(&event.contract))
            .map(place),
    );
    let outcome = calculate(&whole.books)?;
    let own = outcome.lines.iter().filter(|line| line.key.payee == who);
    let asked = |line: &&crate::line::Line| {
        about.contains(&(line.key.record.clone(), line.key.contract))
            && line.trace.window != Window::Each
    };
    let since = own
        .clone()
        .filter(asked)
        .map(|line| line.trace.window_start)
        .min();
    let credited = own.filter(|line| since.is_some_and(|since| line.earned_on >= since));
    let mut kept: BTreeSet<Place> = credited
        .map(|line| (line.key.record.clone(), line.key.contract))
        .collect();
    kept.extend(about.iter().cloned());
    let deals: BTreeSet<ContractId> = kept.iter().map(|(_, deal)| *deal).collect();
    let events: Vec<Event> = everything
        .filter(|event| deals.contains(&event.contract))
        .cloned()
        .collect();
    Ok(Facts {
        form: whole.form,
        payee: who,
        month: whole.month,
        as_of: whole.as_of,
        periods: whole.periods.clone(),
        closed: whole
            .closed
            .iter()
            .filter(|one| about.contains(&(one.line.record.clone(), one.line.contract)))
            .cloned()
            .collect(),
        settlements: whole
            .settlements
            .iter()
            .filter(|one| settled.contains(&one.settled.deal))
            .cloned()
            .collect(),
        advanced: whole.advanced.clone(),
        called: called(&whole.called, who, entries),
        books: books(&whole.books, (who, ends), events),
        about: about.into_iter().collect(),
    })
}

fn books(whole: &Books, (who, ends): (EmployeeId, Day), events: Vec<Event>) -> Books {
    let deals: BTreeSet<ContractId> = events.iter().map(|event| event.contract).collect();
    let happened: BTreeSet<Place> = events.iter().map(place).collect();
    let contracts: Vec<_> = whole
        .contracts
        .iter()
        .filter(|one| deals.contains(&one.id))
        .cloned()
        .collect();
    let customers: BTreeSet<CustomerId> = contracts.iter().map(|one| one.customer).collect();
    let stretches = whole
        .stretches
        .iter()
        .filter(|one| customers.contains(&one.customer) && one.effective_on < ends);
    // Of contracts that are not spoken of nobody learns who has them.
    let stretches: Vec<Stretch> = stretches.filter_map(|one| about(one, &deals)).collect();
    let mut parties = parties(&stretches);
    parties.insert(who);
    let placements: Vec<_> = whole
        .placements
        .iter()
        .filter(|one| one.employee == who)
        .cloned()
        .collect();
    let ours = |to: &Assignee| match to {
        Assignee::Person(id) => *id == who,
        Assignee::Post(id) => placements.iter().any(|one| one.post == Some(*id)),
        Assignee::Department(id) => placements.iter().any(|one| one.departments.contains(id)),
    };
    let assignments: Vec<_> = whole
        .assignments
        .iter()
        .filter(|one| ours(&one.to))
        .cloned()
        .collect();
    let given: BTreeSet<_> = assignments.iter().map(|one| one.plan).collect();
    let exits = whole
        .exits
        .iter()
        .filter(|one| parties.contains(&one.employee));
    let exits = exits.map(|exit| {
        let mut exit = exit.clone();
        exit.decisions.retain(|deal, _| deals.contains(deal));
        exit
    });
    Books {
        plans: whole
            .plans
            .iter()
            .filter(|plan| given.contains(&plan.id))
            .cloned()
            .collect(),
        exits: exits.collect(),
        payments: whole
            .payments
            .iter()
            .filter(|one| one.line.payee == who && deals.contains(&one.line.contract))
            .cloned()
            .collect(),
        decided: whole
            .decided
            .iter()
            .filter(|one| happened.contains(&(one.record.clone(), one.contract)))
            .cloned()
            .collect(),
        assignments,
        placements,
        contracts,
        stretches,
        events,
    }
}

/// Of whom it matters whether he has left: he has a part, or terms left him one.
fn parties(stretches: &[Stretch]) -> BTreeSet<EmployeeId> {
    let mut parties: BTreeSet<EmployeeId> = stretches.iter().map(|one| one.owner).collect();
    for handover in stretches.iter().filter_map(|one| one.handover.as_ref()) {
        parties.insert(handover.from);
        let team = handover.pool.iter().flat_map(|pool| pool.members.parts());
        parties.extend(team.map(|(member, _)| *member));
    }
    parties
}

/// A stretch as far as these deals are concerned; none when it is of others alone.
fn about(stretch: &Stretch, deals: &BTreeSet<ContractId>) -> Option<Stretch> {
    let among = |list: &BTreeSet<ContractId>| list.intersection(deals).copied().collect();
    let contracts: Option<BTreeSet<ContractId>> = stretch.contracts.as_ref().map(among);
    if contracts.as_ref().is_some_and(BTreeSet::is_empty) {
        return None;
    }
    Some(Stretch {
        contracts,
        except: among(&stretch.except),
        ..stretch.clone()
    })
}

/// The names that the statement speaks of.
fn called(whole: &Called, who: EmployeeId, entries: &[Entry]) -> Called {
    let mut called = Called::default();
    let mut people = BTreeSet::from([who]);
    let mut records: BTreeSet<&str> = BTreeSet::new();
    for entry in entries {
        records.insert(entry.record.0.split('#').next().unwrap_or_default());
        if let Kept::Advance { advance } = &entry.kept {
            called.plans.insert(advance.plan, advance.plan_name.clone());
        }
        if let Kept::Absence { absence } = &entry.kept {
            called.plans.extend(
                absence
                    .others
                    .iter()
                    .filter_map(|(plan, _)| Some((*plan, whole.plans.get(plan)?.clone()))),
            );
            if let Some((plan, _)) = &absence.at {
                let name = whole.plans.get(plan).cloned();
                called.plans.extend(name.map(|name| (*plan, name)));
            }
        }
        if let Some(split) = entry.kept.split() {
            people.extend([split.from, split.successor]);
            records.insert(&split.record.0);
        }
        if let Some(stays) = entry.kept.stays() {
            people.extend([stays.leaver, stays.owner]);
        }
        if let Some(Earning::TakenBack { of, .. }) = entry.kept.line().map(|one| &one.trace.earning)
        {
            records.insert(&of.0);
        }
        if let Some(deal) = entry.deal {
            let name = whole.deals.get(&deal).cloned();
            called.deals.extend(name.map(|name| (deal, name)));
        }
        if let Some((id, name)) = whole.customer(&entry.kept, entry.deal) {
            called.customers.insert(id, name);
            called.owners.extend(entry.deal.map(|deal| (deal, id)));
        }
    }
    let people = people.into_iter();
    called.people = people
        .filter_map(|id| Some((id, whole.people.get(&id)?.clone())))
        .collect();
    called.records = records
        .into_iter()
        .filter_map(|record| Some((record.to_owned(), whole.records.get(record)?.clone())))
        .collect();
    called
}
