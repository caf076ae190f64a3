//! From the books to the engine and back: facts, calculation, lines 核算.

use std::collections::{BTreeMap, BTreeSet};

use ::commission::apart::{Moved, weave};
use ::commission::assignment::{Placement, PlanAssignment};
use ::commission::booking::{self, Entry, Given, Kept};
use ::commission::calculate::Books;
use ::commission::event::{Contract, Event, Record, Team, Trigger};
use ::commission::line::Because;
use ::commission::period::Stage;
use ::commission::split_after_handover::{Agreement, Handover, Stretch, Terms};
use ::rules::index::Index;
use kernel::{CustomerId, Day, EmployeeId, Fen, Moment, Period, PlanId, Refusal, RuleTableId};
use spine::{Failure, Fault, Reader};

use super::asking::{self, Asked, Traits};
use super::crediting::{self, Around};
use super::leaving;
use super::merged;
use super::month::Month;
use super::offer::plan_of;
use super::protection;
use super::store::{self, Assigned, Booked, PlanHead, Version};
use super::tables;
use crate::customer::store::stretches::{self, Kind, Merged, OwnedFrom};
use crate::people::store::{self as people, placements};
use crate::receivable::store::earning::{self, Happening};
use crate::receivable::store::holder;
use crate::rules::ready::{self, Voice};
use crate::rules::store::Decision;

/// Everything the engine looks at, and what is kept of the decisions of tables.
pub(crate) struct Known {
    pub(crate) books: Books,
    /// What is billed and open, as if it were paid when it falls due; only when it was asked for.
    pub(crate) due: Vec<Event>,
    pub(crate) decisions: Vec<Decision>,
}

/// Everything the engine looks at, from the books as they stand.
pub(crate) async fn facts(books: &mut Reader<'_>) -> Result<Known, Failure> {
    gathered(books, None, Asking::default()).await
}

/// The same with a draft that speaks instead of its table.
pub(crate) async fn facts_with(
    books: &mut Reader<'_>,
    ghost: Option<(RuleTableId, &Index)>,
) -> Result<Known, Failure> {
    let asking = Asking {
        ghost,
        ..Asking::default()
    };
    gathered(books, None, asking).await
}

/// The same of some customers only, for whoever is paid for these alone is paid the same by them;
/// and what they are billed and have not paid. Tables are asked about that as well.
pub(crate) async fn facts_of(books: &mut Reader<'_>, of: &[CustomerId]) -> Result<Known, Failure> {
    let asking = Asking {
        due: true,
        ..Asking::default()
    };
    gathered(books, Some(of), asking).await
}

/// The same, and what did not happen yet to their deals as if it happened on this day: tables are
/// asked about it like about anything else.
pub(crate) async fn facts_ahead(
    books: &mut Reader<'_>,
    of: &[CustomerId],
    day: Day,
) -> Result<Books, Failure> {
    let asking = Asking {
        ahead: Some(day),
        ..Asking::default()
    };
    Ok(gathered(books, Some(of), asking).await?.books)
}

/// The same of some customers, without what was recorded after a moment and with what was taken
/// back since. What the books keep without saying since when (amount and days of a contract,
/// industry, region) is as it is now.
pub(crate) async fn facts_as_of(
    books: &mut Reader<'_>,
    of: &[CustomerId],
    by: Moment,
) -> Result<Books, Failure> {
    let asking = Asking {
        by,
        ..Asking::default()
    };
    Ok(gathered(books, Some(of), asking).await?.books)
}

/// The same of some customers, as if this had been undone too.
pub(crate) async fn facts_undoing(
    books: &mut Reader<'_>,
    of: &[CustomerId],
    undone: &earning::Undone,
) -> Result<Books, Failure> {
    let asking = Asking {
        undoing: Some(undone),
        ..Asking::default()
    };
    Ok(gathered(books, Some(of), asking).await?.books)
}

/// Later than anything in the books.
pub(crate) const EVER: Moment = Moment(i64::MAX);

/// What is asked beside the books as they stand.
struct Asking<'a> {
    /// A draft that speaks instead of its table.
    ghost: Option<(RuleTableId, &'a Index)>,
    /// The day on which everything that did not happen yet is taken to happen.
    ahead: Option<Day>,
    /// What was recorded later is left out.
    by: Moment,
    /// Whether what is billed and open is asked for.
    due: bool,
    /// What is taken to be undone beside what was recorded as such.
    undoing: Option<&'a earning::Undone>,
}

impl Default for Asking<'_> {
    fn default() -> Self {
        Asking {
            ghost: None,
            ahead: None,
            by: EVER,
            due: false,
            undoing: None,
        }
    }
}

async fn gathered(
    books: &mut Reader<'_>,
    of: Option<&[CustomerId]>,
    asking: Asking<'_>,
) -> Result<Known, Failure> {
    let heads = store::plans(books).await?;
    let by = asking.by;
    let mut versions = store::versions(books).await?;
    versions.retain(|version| version.published_at <= by);
    let assigned = store::assigned(books, by).await?;
    let triggers: BTreeSet<Trigger> = versions.iter().map(|one| one.offer.trigger).collect();
    let Deals {
        mut contracts,
        mut stretches,
        customers,
    } = deals(books, of, by).await?;
    if let Some(ghost) = asking.ghost {
        with_draft(books, &mut stretches, ghost).await?;
    }
    let around = Around {
        stretches: &stretches,
        customers: &customers,
        ghost: asking.ghost,
    };
    let credited = crediting::apply(books, &mut contracts, &around, (of, by)).await?;
    let mut events = everything(books, &triggers, (of, by)).await?;
    let undoing = asking.undoing.into_iter();
    events.extend(undoing.flat_map(|one| taken_back(&triggers, one)));
    let left = placements::left(books, by).await?;
    let settled = store::settled(books, by).await?;
    let plans = in_order(&heads, &versions);
    if let Some(day) = asking.ahead {
        let ahead = leaving::still_to_come((&plans, &contracts, &events), day);
        events.extend(ahead);
    }
    let due = match asking.due {
        true => falling_due(books, of).await?,
        false => Vec::new(),
    };
    let tables = ready::tables(books, &tables::wanted(&versions)).await?;
    let all: Vec<Event> = match due.is_empty() {
        true => Vec::new(),
        false => events.iter().chain(&due).cloned().collect(),
    };
    let mut answers = asking::answers(&Asked {
        plans: &plans,
        contracts: &contracts,
        events: if due.is_empty() { &events } else { &all },
        customers: &customers,
        tables: &tables,
        ghost: asking.ghost,
    });
    // What was paid of a line matters where something is taken back: never more than that.
    let back = events.iter().filter_map(|event| event.takes_back.as_ref());
    let back: Vec<&str> = back.map(|record| record.0.as_str()).collect();
    let payments = store::paid_for(books, &back).await?;
    let books = Books {
        plans,
        decided: answers.decided,
        assignments: spans(&assigned),
        placements: placed(books, by).await?,
        contracts,
        stretches,
        events,
        exits: leaving::exits(left, &settled),
        payments,
    };
    answers.kept.extend(credited);
    Ok(Known {
        books,
        due,
        decisions: answers.kept,
    })
}

/// What happened that plans wait for, and what of it was undone.
async fn everything(
    books: &mut Reader<'_>,
    triggers: &BTreeSet<Trigger>,
    (of, by): (Option<&[CustomerId]>, Moment),
) -> Result<Vec<Event>, Failure> {
    let mut events = Vec::new();
    for trigger in triggers {
        events.extend(happened(books, *trigger, (of, by)).await?);
    }
    for one in earning::undone(books, (of, by)).await? {
        events.extend(taken_back(triggers, &one));
    }
    Ok(events)
}

/// A draft speaks instead of what its table said of customers when they changed hands.
async fn with_draft(
    books: &mut Reader<'_>,
    stretches: &mut [Stretch],
    (draft, index): (RuleTableId, &Index),
) -> Result<(), Fault> {
    let id = draft.to_string();
    let asks = |stretch: &Stretch| match stretch.handover.as_ref().map(|one| &one.terms) {
        Some(Terms::ByTable { table, .. }) => *table == id,
        _ => false,
    };
    let concerned = stretches
        .iter()
        .filter(|one| asks(one))
        .map(|one| one.customer);
    let concerned: BTreeSet<CustomerId> = concerned.collect();
    if concerned.is_empty() {
        return Ok(());
    }
    let ids: Vec<CustomerId> = concerned.into_iter().collect();
    let known = protection::known(books, &ids).await?;
    for stretch in stretches.iter_mut().filter(|one| asks(one)) {
        let given = known.get(&stretch.customer).cloned().unwrap_or_default();
        if let Some(handover) = &mut stretch.handover
            && let Terms::ByTable { name, steps, .. } = &mut handover.terms
            && let Ok(said) = protection::steps(Voice::Ghost(index), name, &given)
        {
            *steps = said.into_iter().map(|(_, step)| step).collect();
        }
    }
    Ok(())
}

/// Plans with their versions; each version ends where the next begins.
pub(crate) fn in_order(heads: &[PlanHead], versions: &[Version]) -> Vec<::commission::plan::Plan> {
    let plan = |head: &PlanHead| {
        let own: Vec<&Version> = versions.iter().filter(|one| one.plan == head.id).collect();
        let dated = own.iter().enumerate().map(|(at, one)| {
            let valid = Period {
                from: one.valid_from,
                until: own.get(at + 1).map(|next| next.valid_from),
            };
            one.offer.version(one.version, valid)
        });
        plan_of(head, dated.collect())
    };
    heads.iter().map(plan).collect()
}

/// Who has which plan when; each row of an assignee ends where the next for the same place begins.
pub(crate) fn spans(rows: &[Assigned]) -> Vec<PlanAssignment> {
    let span = |(at, row): (usize, &Assigned)| {
        let next = rows
            .get(at + 1)
            .filter(|next| (next.to, &next.place) == (row.to, &row.place));
        let valid = Period {
            from: row.effective_on,
            until: next.map(|next| next.effective_on),
        };
        let plan = row.plan.filter(|_| !valid.is_empty())?;
        Some(PlanAssignment {
            plan,
            to: row.to,
            valid,
            quota: row.quota,
        })
    };
    rows.iter().enumerate().filter_map(span).collect()
}

pub(super) async fn placed(books: &mut Reader<'_>, by: Moment) -> Result<Vec<Placement>, Failure> {
    let organisation = people::organisation(books).await?;
    let rows = placements::placed(books, by).await?;
    let placement = |(at, row): (usize, &placements::Placed)| {
        // Whoever left keeps the plan he left with: what comes in later is still his work.
        let later = rows.get(at + 1..).unwrap_or_default().iter();
        let next = later
            .take_while(|next| next.employee == row.employee)
            .find(|next| next.at.is_some());
        let valid = Period {
            from: row.effective_on,
            until: next.map(|next| next.effective_on),
        };
        let (post, department) = row.at.filter(|_| !valid.is_empty())?;
        Some(Placement {
            employee: row.employee,
            valid,
            post: Some(post),
            departments: organisation.upward(department).map(|one| one.id).collect(),
        })
    };
    Ok(rows.iter().enumerate().filter_map(placement).collect())
}

async fn happened(
    books: &mut Reader<'_>,
    trigger: Trigger,
    (of, by): (Option<&[CustomerId]>, Moment),
) -> Result<Vec<Event>, Fault> {
    let kind = match trigger {
        Trigger::Signing => Happening::Signed,
        Trigger::Delivery => Happening::Delivered,
        Trigger::Invoice => Happening::Invoiced,
        Trigger::Cash => Happening::Received,
    };
    let found = earning::happenings(books, kind, of, by).await?.into_iter();
    Ok(found
        .map(|one| Event {
            record: Record(one.record),
            trigger,
            on: one.on,
            contract: one.deal,
            amount: one.amount,
            takes_back: None,
        })
        .collect())
}

/// What was undone, once for each thing that plans wait for and that it undoes.
fn taken_back<'a>(
    triggers: &'a BTreeSet<Trigger>,
    one: &'a earning::Undone,
) -> impl Iterator<Item = Event> + 'a {
    triggers.iter().filter_map(|trigger| {
        let of = match trigger {
            Trigger::Cash => one.receipt.as_ref(),
            Trigger::Invoice => Some(&one.invoice),
            Trigger::Delivery => one.order.as_ref(),
            Trigger::Signing => one.signed.as_ref(),
        };
        let record = match trigger {
            Trigger::Cash => one.record.clone(),
            other => format!("{}#{}", one.record, other.en()),
        };
        of.map(|of| Event {
            record: Record(record),
            trigger: *trigger,
            on: one.on,
            contract: one.deal,
            amount: one.amount,
            takes_back: Some(Record(of.clone())),
        })
    })
}

/// What is billed and open.
async fn falling_due(
    books: &mut Reader<'_>,
    of: Option<&[CustomerId]>,
) -> Result<Vec<Event>, Fault> {
    let found = earning::happenings(books, Happening::Due, of, EVER).await?;
    let event = |one: earning::Happened| Event {
        record: Record(one.record),
        trigger: Trigger::Cash,
        on: one.on,
        contract: one.deal,
        amount: one.amount,
        takes_back: None,
    };
    Ok(found.into_iter().map(event).collect())
}

struct Deals {
    contracts: Vec<Contract>,
    stretches: Vec<Stretch>,
    customers: BTreeMap<CustomerId, Traits>,
}

/// Deals and who owned their customers when.
async fn deals(
    books: &mut Reader<'_>,
    of: Option<&[CustomerId]>,
    by: Moment,
) -> Result<Deals, Failure> {
    let kinds = stretches::kinds(books, of).await?;
    let industries: BTreeMap<CustomerId, &str> = kinds
        .iter()
        .map(|kind| (kind.id, kind.industry.as_str()))
        .collect();
    let found = earning::deals(books, of, by).await?;
    let mut first: BTreeMap<CustomerId, Day> = BTreeMap::new();
    for deal in &found {
        let day = first.entry(deal.customer).or_insert(deal.signed_on);
        *day = deal.signed_on.min(*day);
    }
    let contracts = found.into_iter().map(|deal| Contract {
        id: deal.id,
        customer: deal.customer,
        signed_on: deal.signed_on,
        ends_on: deal.ends_on,
        gross: deal.amount,
        margin: deal.margin,
        product: deal.product,
        industry: (industries.get(&deal.customer).copied())
            .unwrap_or_default()
            .to_owned(),
        new_customer: first.get(&deal.customer) == Some(&deal.signed_on),
        team: Team::default(),
    });
    let contracts = contracts.collect();
    let mut opened = BTreeMap::new();
    for one in store::terms(books, by).await? {
        opened.insert((one.plan, one.customer), one.agreement);
    }
    let (owned, merges) = owners(books, (of, by)).await?;
    let mut apart: BTreeMap<CustomerId, Vec<Moved>> = BTreeMap::new();
    for row in holder::held_of(books, of, by).await? {
        let line = apart.entry(row.customer).or_default();
        line.push(by_itself(&row, &opened));
    }
    let mut stretched = Vec::new();
    for kind in &kinds {
        let own = owned.get(&kind.id).map_or(&[][..], Vec::as_slice);
        let last = own.last();
        let mut line = history(kind.id, own, &opened);
        for merged in merged::chain(kind, last, (&merges, by)) {
            let other = owned.get(&merged.into).map_or(&[][..], Vec::as_slice);
            let known = merged::known(other, &merged);
            let other = history(kind.id, other, &opened);
            // The rows of before end here; what begins on one day keeps its order.
            line.retain(|(_, one)| one.effective_on <= merged.on);
            let begun = merged::goes_on_as(&line, (&other, known), merged.on);
            let row = last.map_or(0, numbered);
            line.extend(begun.into_iter().map(|one| (row, one)));
        }
        let moved = apart.get(&kind.id).map_or(&[][..], Vec::as_slice);
        stretched.extend(weave(kind.id, line, moved));
    }
    let traits = kinds.into_iter().map(|kind| {
        let Kind {
            id, region, tier, ..
        } = kind;
        (id, Traits { region, tier })
    });
    Ok(Deals {
        contracts,
        stretches: stretched,
        customers: traits.collect(),
    })
}

type Owned = BTreeMap<CustomerId, Vec<OwnedFrom>>;

/// Who owned customers and what they became, and how they were merged.
async fn owners(
    books: &mut Reader<'_>,
    (of, by): (Option<&[CustomerId]>, Moment),
) -> Result<(Owned, BTreeMap<CustomerId, Merged>), Fault> {
    let merges = stretches::merges(books, of).await?;
    let became = merges.values().map(|merged| merged.into);
    let all = of.map(|of| of.iter().copied().chain(became).collect::<BTreeSet<_>>());
    let all: Option<Vec<CustomerId>> = all.map(Vec::from_iter);
    let mut owned = Owned::new();
    for row in stretches::owned_from(books, all.as_deref(), by).await? {
        owned.entry(row.customer).or_default().push(row);
    }
    Ok((owned, merges))
}

type OpenedTerms = BTreeMap<(PlanId, Option<CustomerId>), Agreement>;

/// On which terms somebody handed a customer, or a contract of one, over by a plan.
fn agreed_on(
    (plan, customer): (PlanId, CustomerId),
    from: EmployeeId,
    opened: &OpenedTerms,
) -> Option<Handover> {
    let own = opened.get(&(plan, Some(customer)));
    let terms = own.or_else(|| opened.get(&(plan, None)))?;
    let Agreement { terms, pool } = terms.clone();
    Some(Handover {
        record: Record(format!("plan/{plan}")),
        from,
        terms,
        pool,
        decided_by: None,
        since: None,
    })
}

/// A contract that was handed over by itself, with the terms of the handover.
fn by_itself(row: &holder::Held, opened: &OpenedTerms) -> Moved {
    Moved {
        contract: row.contract,
        after: u32::try_from(row.customer_rows).unwrap_or(u32::MAX),
        effective_on: row.effective_on,
        holder: row.holder,
        stays: row.stays,
        handover: agreed_on((row.plan, row.customer), row.from, opened),
    }
}

pub(super) fn numbered(row: &OwnedFrom) -> u32 {
    u32::try_from(row.seq).unwrap_or(u32::MAX)
}

/// One customer's owners with the numbers of their rows, and the terms on which each took over.
/// While it is in the pool nobody takes the last owner's place: what comes in then was his work.
fn history(customer: CustomerId, rows: &[OwnedFrom], opened: &OpenedTerms) -> Vec<(u32, Stretch)> {
    let mut line: Vec<(u32, Stretch)> = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(owner) = row.owner else { continue };
        let before = line.last().map(|(_, last)| last.owner);
        let from = before.filter(|from| *from != owner);
        let handover = from
            .zip(row.plan)
            .and_then(|(from, plan)| agreed_on((plan, row.customer), from, opened));
        let stretch = Stretch {
            customer,
            seq: 0,
            effective_on: row.effective_on,
            owner,
            contracts: None,
            except: BTreeSet::new(),
            handover,
        };
        line.push((numbered(row), stretch));
    }
    line
}

/// What a calculation gave.
pub(crate) struct Calculated {
    /// Lines of every month that is not closed.
    pub(crate) lines: Vec<Booked>,
    /// Those months.
    pub(crate) months: Vec<Month>,
}

/// Calculates everything and books it into the months that are not closed.
///
/// # Errors
/// What [`booking::book`] refuses; `commission.table_not_in_force` when a table has a hole.
pub(crate) fn book(given: Given<'_>) -> Result<Calculated, Refusal> {
    let open = given
        .periods
        .iter()
        .filter(|one| one.stage != Stage::Closed);
    let months = open.map(|one| Month::of(one.days.from)).collect();
    let booked = booking::book(given)?;
    tables_answer(&booked)?;
    Ok(Calculated {
        lines: booked.into_iter().map(Booked::of).collect(),
        months,
    })
}

/// Nobody is paid nothing because a table has a hole in its days: that is put right first.
fn tables_answer(booked: &[Entry]) -> Result<(), Refusal> {
    let hole = booked.iter().find_map(|entry| match &entry.kept {
        Kept::Absence { absence } => match &absence.because {
            Because::NoTable { table } => Some((table, absence.on)),
            _ => None,
        },
        _ => None,
    });
    hole.map_or(Ok(()), |(table, day)| Err(tables::not_in_force(table, day)))
}

/// What each payee gets by a calculation, for the evidence.
pub(crate) fn by_payee(lines: &[Booked]) -> BTreeMap<EmployeeId, (i64, Fen)> {
    let mut sums: BTreeMap<EmployeeId, (i64, Fen)> = BTreeMap::new();
    for line in lines {
        let (count, sum) = sums.entry(line.payee).or_default();
        (*count, *sum) = (*count + 1, *sum + line.commission);
    }
    sums
}
