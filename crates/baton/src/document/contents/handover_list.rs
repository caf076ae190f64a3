//! What the list of handed over work says 工作交接清单内容.
//!
//! A plan counts what follows a customer and does not list it. The paper proves what was handed
//! over, so it has a row for every thing, and its counts and sums are those of its rows.

use std::collections::{BTreeMap, BTreeSet};

use ::document::{Content, Value};
use ::handover::holding::{Holding, HoldingKey, HoldingKind};
use kernel::{CustomerId, Day, DepartureId, EmployeeId, Fen, InvoiceId, Moment, PlanId};
use spine::{Failure, Reader};

use super::{departure, filled, lent, list, one_line, put, put_some};
use crate::bounds;
use crate::customer::acts::add_opportunity::STAGES;
use crate::customer::store as customers;
use crate::departure::store::Found;
use crate::handover::apart;
use crate::handover::holdings::{self, FOLLOWERS};
use crate::handover::loaded::{Loaded, loaded};
use crate::handover::store::{self as plans, ItemFilter, ItemLine, PlanHead, PlanState};
use crate::people::store as people;
use crate::receivable::store::{self as receivables, Unpaid, Whose};

/// Everything that moves by the departure's plans as they stand, and what was lent to the person.
pub(super) async fn handover_list(
    books: &mut Reader<'_>,
    found: &Found,
) -> Result<Content, Failure> {
    let mut content = departure::person(found);
    put(
        &mut content,
        "department",
        found.person.department_name.as_str(),
    );
    put(&mut content, "departure", found.departure.number.as_str());
    put(
        &mut content,
        "last_working_day",
        found.departure.clocks.last_working_day,
    );
    put(&mut content, "as_of", found.today);
    let mut things = everything(books, found.departure.id).await?;
    let known = known(books, &things).await?;
    things.sort_by(|a, b| known.order(a).cmp(&known.order(b)));
    let owed = known.sum(&things, HoldingKind::ReceivableResponsibility);
    put(&mut content, "open_total", owed);
    put(&mut content, "parts", parts(&things, &known));
    put(&mut content, "receivers", receivers(&things, &known));
    let rows = things.iter().map(|thing| known.row(thing));
    put(&mut content, "items", list(rows));
    let assets = people::assets_of(books, found.person.id).await?;
    put(&mut content, "things", all_lent(&assets));
    Ok(content)
}

/// One thing that moves: a line of a plan, or what follows the customer of such a line.
struct Thing {
    holding: Holding,
    /// The number of its plan.
    plan: String,
    receiver: Option<EmployeeId>,
    state: &'static str,
    /// Whether it goes with its customer.
    follows: bool,
}

impl Thing {
    fn of_line(plan: &PlanHead, line: ItemLine) -> Thing {
        Thing {
            plan: plan.number.clone(),
            receiver: successor(&line),
            state: state(&line.outcome, plan.state),
            follows: false,
            holding: line.holding,
        }
    }

    fn kind(&self) -> HoldingKind {
        self.holding.key.kind
    }
}

fn successor(line: &ItemLine) -> Option<EmployeeId> {
    line.choice.map(|choice| choice.successor)
}

fn state(outcome: &str, plan: PlanState) -> &'static str {
    match (outcome, plan) {
        ("moved", _) => "已移交",
        ("lapsed", _) => "随离职终止",
        ("gone", _) => "已不在名下",
        (_, PlanState::Approved) => "已批准",
        (_, PlanState::Submitted) => "待确认",
        _ => "待移交",
    }
}

/// The lines of all plans of the departure, and what follows their customers.
async fn everything(books: &mut Reader<'_>, departure: DepartureId) -> Result<Vec<Thing>, Failure> {
    let mut things = Vec::new();
    let mut following: BTreeMap<HoldingKey, Thing> = BTreeMap::new();
    for plan in plans::of_departure(books, departure).await? {
        if plan.state == PlanState::Cancelled {
            continue;
        }
        let lines = plans::item_lines(books, plan.id, &ItemFilter::default(), i64::MAX).await?;
        // What a later plan moves once more stands with that plan.
        for thing in unlisted(books, &plan, &lines).await? {
            following.insert(thing.holding.key.clone(), thing);
        }
        things.extend(lines.into_iter().map(|line| Thing::of_line(&plan, line)));
    }
    for thing in &things {
        following.remove(&thing.holding.key);
    }
    things.extend(following.into_values());
    Ok(things)
}

/// What moves by a plan without a line of its own: what its holder has of a customer that goes, and
/// papers of its contracts that came after it was made. Once it is executed, what follows is found
/// with whoever received the customer, but for what he had of it before or got since.
async fn unlisted(
    books: &mut Reader<'_>,
    plan: &PlanHead,
    lines: &[ItemLine],
) -> Result<Vec<Thing>, Failure> {
    let Loaded {
        plan: drawn,
        mut kept,
        ..
    } = loaded(books, plan.id).await?;
    let executed = plan.executed_at;
    let late = if executed.is_some() {
        kept.extend(plans::kept(books, plan.id).await?);
        BTreeMap::new()
    } else {
        apart::latecomers(books, &drawn).await?
    };
    let going = going(lines, executed.is_some());
    let mut holders: BTreeSet<EmployeeId> = going.keys().map(|(holder, _)| *holder).collect();
    holders.extend(late.values().map(|(_, from, _)| *from));
    let mut found = Vec::new();
    for holder in holders {
        for holding in holdings::of_kinds(books, holder, &FOLLOWERS).await? {
            let key = &holding.key;
            let place = holding.customer.map(|customer| (holder, customer));
            let line = place.and_then(|place| going.get(&place));
            let goes = match late.get(key) {
                Some((_, _, to)) => Some((Some(*to), "")),
                None if kept.contains(key) => None,
                None => line.map(|line| (successor(line), line.outcome.as_str())),
            };
            let there = executed.is_none_or(|at| made_by(key, at));
            if let Some((receiver, outcome)) = goes.filter(|_| there) {
                found.push(Thing {
                    plan: plan.number.clone(),
                    receiver,
                    state: state(outcome, plan.state),
                    follows: !late.contains_key(key),
                    holding,
                });
            }
        }
    }
    Ok(found)
}

/// The customers that go, by whoever has now what follows them.
fn going(lines: &[ItemLine], executed: bool) -> BTreeMap<(EmployeeId, CustomerId), &ItemLine> {
    let mut going = BTreeMap::new();
    for line in lines {
        let holding = &line.holding;
        if holding.key.kind != HoldingKind::CustomerOwnership || line.outcome == "gone" {
            continue;
        }
        let holder = if executed {
            successor(line)
        } else {
            Some(holding.holder)
        };
        going.extend(holder.zip(holding.customer).map(|place| (place, line)));
    }
    going
}

/// Whether a thing was there at that moment: the text order of ids is the order in which they were
/// made.
fn made_by(key: &HoldingKey, at: Moment) -> bool {
    let last = PlanId::mint(at, [u8::MAX; 10]).to_string();
    let bare = |id: &str| id.split_once('_').map(|(_, bare)| bare.to_owned());
    bare(&key.subject) <= bare(&last)
}

/// What the rows say of things beside what the plans know.
struct Known {
    people: BTreeMap<EmployeeId, (String, String)>,
    /// Names, by id.
    customers: BTreeMap<String, String>,
    /// What is open today, by number.
    invoices: BTreeMap<String, Unpaid>,
    /// Numbers, by id.
    contracts: BTreeMap<String, String>,
    /// Number and stage, by id.
    opportunities: BTreeMap<String, (String, String)>,
    /// When something is due, by the id of the follow-up.
    duties: BTreeMap<String, Day>,
    /// What is owed with a customer of a plan.
    owed: BTreeMap<(String, CustomerId), Fen>,
}

/// The ids of all things of a kind.
fn ids(things: &[Thing], kind: HoldingKind) -> Vec<String> {
    let things = things.iter().filter(|thing| thing.kind() == kind);
    things
        .map(|thing| thing.holding.key.subject.clone())
        .collect()
}

async fn known(books: &mut Reader<'_>, things: &[Thing]) -> Result<Known, Failure> {
    let receivers: BTreeSet<EmployeeId> =
        things.iter().filter_map(|thing| thing.receiver).collect();
    let whose: BTreeSet<CustomerId> = things
        .iter()
        .filter_map(|thing| thing.holding.customer)
        .collect();
    let invoices = ids(things, HoldingKind::ReceivableResponsibility);
    let invoices: Vec<InvoiceId> = invoices.iter().filter_map(|id| id.parse().ok()).collect();
    let contracts = ids(things, HoldingKind::Contract);
    let opportunities = ids(things, HoldingKind::Opportunity);
    let duties = ids(things, HoldingKind::FollowUpDuty);
    let unpaid = receivables::unpaid(books, Whose::Invoices(&invoices)).await?;
    let mut known = Known {
        people: people::names_of(books, receivers).await?,
        customers: customers::names_of(books, whose.into_iter().collect()).await?,
        invoices: unpaid
            .into_iter()
            .map(|invoice| (invoice.number.clone(), invoice))
            .collect(),
        contracts: receivables::contract_numbers(books, &contracts).await?,
        opportunities: customers::opportunity_words(books, &opportunities).await?,
        duties: customers::next_days(books, &duties).await?,
        owed: BTreeMap::new(),
    };
    for thing in things.iter().filter(|thing| thing.follows) {
        if let (HoldingKind::ReceivableResponsibility, Some(customer)) =
            (thing.kind(), thing.holding.customer)
        {
            let open = known.open(&thing.holding.title);
            let owed = known.owed.entry((thing.plan.clone(), customer));
            let sum = owed.or_insert(Fen::ZERO);
            *sum = *sum + open;
        }
    }
    Ok(known)
}

/// Whether an amount means something for this kind of thing, which then is one of a customer.
fn has_amount(kind: HoldingKind) -> bool {
    matches!(
        kind,
        HoldingKind::ReceivableResponsibility
            | HoldingKind::Contract
            | HoldingKind::OrderInProgress
            | HoldingKind::Opportunity
    )
}

impl Known {
    /// What is open today on the invoice of this number.
    fn open(&self, number: &str) -> Fen {
        let invoice = self.invoices.get(number);
        invoice.map_or(Fen::ZERO, |invoice| invoice.amount - invoice.cleared)
    }

    fn customer(&self, thing: &Thing) -> Option<&str> {
        let id = thing.holding.customer?;
        self.customers.get(&id.to_string()).map(String::as_str)
    }

    fn order<'a>(&'a self, thing: &'a Thing) -> (HoldingKind, &'a str, &'a str, &'a str) {
        let holding = &thing.holding;
        let customer = self.customer(thing).unwrap_or_default();
        (thing.kind(), customer, &holding.title, &holding.key.subject)
    }

    fn called(&self, id: EmployeeId) -> String {
        self.people.get(&id).map_or_else(
            || id.to_string(),
            |(number, name)| people::full_name(name, number),
        )
    }

    fn amount(&self, thing: &Thing) -> Option<Fen> {
        let holding = &thing.holding;
        match thing.kind() {
            // A customer stands for what is owed with it.
            HoldingKind::CustomerOwnership => {
                let place = (thing.plan.clone(), holding.customer?);
                self.owed.get(&place).copied()
            }
            HoldingKind::ReceivableResponsibility => Some(self.open(&holding.title)),
            kind => has_amount(kind).then_some(holding.amount),
        }
    }

    /// The amounts of all things of a kind.
    fn sum(&self, things: &[Thing], kind: HoldingKind) -> Fen {
        let things = things.iter().filter(|thing| thing.kind() == kind);
        things.filter_map(|thing| self.amount(thing)).sum()
    }

    fn row(&self, thing: &Thing) -> Content {
        let (kind, holding) = (thing.kind(), &thing.holding);
        let id = holding.key.subject.as_str();
        let mut row = Content::new();
        put(&mut row, "part", kind.words().0);
        let deal = self.opportunities.get(id);
        let (number, due_on) = match kind {
            HoldingKind::ReceivableResponsibility => {
                let invoice = self.invoices.get(&holding.title);
                (Some(&holding.title), invoice.map(|one| one.due_on))
            }
            HoldingKind::OrderInProgress => (Some(&holding.title), None),
            HoldingKind::Contract => (self.contracts.get(id), None),
            HoldingKind::Opportunity => (deal.map(|(number, _)| number), None),
            HoldingKind::FollowUpDuty => (None, self.duties.get(id).copied()),
            _ => (None, None),
        };
        // The number has a column of its own.
        let title = holding.title.as_str();
        let rest = number.and_then(|number| title.strip_prefix(number.as_str()));
        let rest = rest.map(str::trim_start).filter(|rest| !rest.is_empty());
        put(&mut row, "title", one_line(rest.unwrap_or(title)));
        put_some(&mut row, "number", filled(number));
        put_some(&mut row, "due_on", due_on);
        let customer = self.customer(thing).filter(|_| has_amount(kind));
        put_some(&mut row, "customer", customer.map(one_line));
        let stage = deal.map(|(_, stage)| bounds::word(STAGES, stage));
        put_some(&mut row, "stage", stage.filter(|word| !word.is_empty()));
        put_some(&mut row, "amount", self.amount(thing));
        let receiver = thing.receiver.map(|id| self.called(id));
        put_some(&mut row, "receiver", receiver);
        put(&mut row, "plan", thing.plan.as_str());
        put(&mut row, "state", thing.state);
        row
    }
}

fn parts(things: &[Thing], known: &Known) -> Value {
    let mut rows = Vec::new();
    for kind in HoldingKind::ALL {
        let of_kind = things.iter().filter(|thing| thing.kind() == kind).count();
        if of_kind == 0 {
            continue;
        }
        let mut row = Content::new();
        put(&mut row, "title", kind.words().0);
        put(&mut row, "count", super::count(of_kind));
        let sum = has_amount(kind).then(|| known.sum(things, kind));
        put_some(&mut row, "amount", sum);
        rows.push(row);
    }
    list(rows.into_iter())
}

fn receivers(things: &[Thing], known: &Known) -> Value {
    let mut counts: BTreeMap<EmployeeId, i64> = BTreeMap::new();
    for id in things.iter().filter_map(|thing| thing.receiver) {
        *counts.entry(id).or_default() += 1;
    }
    list(counts.into_iter().map(|(id, count)| {
        let mut row = Content::new();
        put(&mut row, "name", known.called(id));
        put(&mut row, "count", Value::Count(count));
        row
    }))
}

fn all_lent(assets: &[people::Asset]) -> Value {
    list(assets.iter().map(|asset| {
        let mut row = lent(asset);
        put_some(&mut row, "cost", asset.cost);
        row
    }))
}
