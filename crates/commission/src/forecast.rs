//! What each will earn in the next twelve months under these terms 测算
//!
//! No model is fitted; this is a historical simulation. The trailing twelve-month stretches of each
//! customer, begun month by month, are ranked by what happened in them, and three of them are
//! played
//! again from the day of the handover, as they were, through the plans and the terms: the poorest,
//! the one in the middle and the richest. These are the 0, ½ and 1 quantiles of the empirical
//! distribution (Hyndman and Fan, *Sample Quantiles in Statistical Packages*, The American
//! Statistician 50 (1996) 361–365, definition 1: always a stretch that really was). Both sides can
//! check each figure with the books in their hands.
//!
//! The customers of a handover are played together, each in its own poorest, middle or richest
//! stretch, so that bands count what the same person gets from all of them, and the figures of
//! customers, people and months sum to the same totals. A customer with less than twelve months of
//! history gets no figures, and is counted.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{ContractId, CustomerId, Day, EmployeeId, Fen, Refusal};
use serde::{Deserialize, Serialize};

use crate::calculate::{Books, Outcome, calculate};
use crate::event::{Contract, Event, Record};
use crate::plan::{Base, Decided, Method};
use crate::split_after_handover::Stretch;
use crate::window::Window;

/// Months that are looked ahead, and months of a stretch of history.
pub const MONTHS: i32 = 12;
/// Stretches from which on the figures are not called weak: a second whole year stands behind them.
pub const ENOUGH: usize = 13;

/// One amount for each of three years: the customers' poorest, their middle and their richest. A
/// person's own figures need not rise with them, for a step of protection may fall into a poor
/// month
/// of a rich year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Range {
    /// 低
    pub low: Fen,
    /// 中
    pub mid: Fen,
    /// 高
    pub high: Fen,
}

/// What one person earns in the next twelve months.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outlook {
    /// Who.
    pub employee: EmployeeId,
    /// When nothing is handed over.
    pub without: Range,
    /// Under the terms.
    pub with: Range,
    /// Of what is billed already and falls due in these months: no history, but papers.
    pub due: Expected,
}

/// What is billed earns when it is paid as agreed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expected {
    /// When nothing is handed over.
    pub without: Fen,
    /// Under the terms.
    pub with: Fen,
}

/// How much history stands behind the figures of a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Two years or more.
    Enough,
    /// One year at least; low, mid and high lie close together because there is little to choose
    /// from, not because the customer is steady.
    Weak,
    /// Less than a year: no figures.
    TooShort,
}

/// One customer of the handover.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerOutlook {
    /// Which.
    pub customer: CustomerId,
    /// Only these contracts of it; none for what moves with the customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contracts: Option<BTreeSet<ContractId>>,
    /// How far the figures carry.
    pub basis: Basis,
    /// First day on which something happened that a plan waits for.
    pub history_from: Option<Day>,
    /// How many twelve-month stretches there were.
    pub stretches: usize,
    /// What happened in the three of them, before anybody took a part.
    pub turnover: Range,
    /// Billed, open, and due before the twelve months are over.
    pub due: Fen,
    /// By person; where the history is too short, of what is due alone.
    pub people: Vec<Outlook>,
}

/// One person's middle year, month by month from the day of the handover.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Monthly {
    /// Who.
    pub employee: EmployeeId,
    /// When nothing is handed over.
    pub without: Vec<Fen>,
    /// Under the terms.
    pub with: Vec<Fen>,
}

/// A forecast and what it stands on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forecast {
    /// By customer, in the order of the stretches.
    pub customers: Vec<CustomerOutlook>,
    /// By person, over all customers.
    pub people: Vec<Outlook>,
    /// By person and month.
    pub months: Vec<Monthly>,
    /// A plan adds credit up over bands: what people sell to customers that do not move here could
    /// lift the rate, and is not looked at.
    pub bands: bool,
}

/// One of the three years.
#[derive(Clone, Copy)]
enum Year {
    Low,
    Mid,
    High,
}

impl Range {
    fn at(&mut self, year: Year) -> &mut Fen {
        match year {
            Year::Low => &mut self.low,
            Year::Mid => &mut self.mid,
            Year::High => &mut self.high,
        }
    }

    fn add(&mut self, other: Range) {
        self.low = self.low + other.low;
        self.mid = self.mid + other.mid;
        self.high = self.high + other.high;
    }
}

/// A customer that moves, with its history and the three first days that were chosen of it.
struct Moving<'a> {
    proposed: &'a Stretch,
    events: Vec<&'a Event>,
    /// What is due, on the day it is due; what is overdue, on the day of the handover.
    due: Vec<Event>,
    first: Option<Day>,
    stretches: usize,
    /// The first days of the poorest, the middle and the richest stretch.
    chosen: Option<[Day; 3]>,
}

/// The forecast of proposed stretches, one for each customer that moves and one for those of its
/// contracts that go to somebody else; no two of them cover a contract. `history` are the books up
/// to now: the proposed stretches are not among its stretches. Nothing is known yet of the days
/// from `known_until` on, so that no stretch reaches beyond it.
///
/// `due` is what is billed and open, as if it were paid on its day; it is reckoned by itself, for
/// a year of history holds such money too.
///
/// # Errors
/// As [`calculate`].
pub fn forecast(
    history: &Books,
    proposed: &[Stretch],
    (known_until, due): (Day, &[Event]),
) -> Result<Forecast, Refusal> {
    let moving = moving(history, proposed, (known_until, due));
    let mut found = Found::of(history, &moving);
    let years = [Year::Low, Year::Mid, Year::High];
    for (at, year) in years.into_iter().enumerate() {
        let mut books = replay(history, (&moving, &found.places), at);
        found.take(&calculate(&books)?, (year, false), &moving);
        let with = moving.iter().filter(|one| one.chosen.is_some());
        books.stretches.extend(with.map(|one| one.proposed.clone()));
        found.take(&calculate(&books)?, (year, true), &moving);
    }
    found.expect(history, &moving)?;
    let bands = history.plans.iter().any(|plan| {
        plan.window != Window::Each && found.plans.contains(&plan.id) && has_bands(plan)
    });
    let customers = moving.iter().enumerate().map(|one| found.customer(one));
    let customers: Vec<CustomerOutlook> = customers.collect();
    let mut people: BTreeMap<EmployeeId, Outlook> = BTreeMap::new();
    for one in customers.iter().flat_map(|one| &one.people) {
        let sum = people.entry(one.employee).or_insert(nothing(one.employee));
        sum.without.add(one.without);
        sum.with.add(one.with);
        sum.due.without = sum.due.without + one.due.without;
        sum.due.with = sum.due.with + one.due.with;
    }
    Ok(Forecast {
        customers,
        people: people.into_values().collect(),
        months: found.months.into_values().collect(),
        bands,
    })
}

fn nothing(employee: EmployeeId) -> Outlook {
    Outlook {
        employee,
        without: Range::default(),
        with: Range::default(),
        due: Expected::default(),
    }
}

fn has_bands(plan: &crate::plan::Plan) -> bool {
    let banded = |method: &Method| match method {
        Method::Ladder(ladder) => Vec::<crate::schedule::Band>::from(ladder.clone()).len() > 1,
        Method::Sections(_) | Method::Quota(_) => true,
        Method::Fixed(_) | Method::ByTable(_) => false,
    };
    plan.versions.iter().any(|version| {
        let methods = version.components.iter().map(|one| &one.method);
        version.cap.is_some() || version.floor.is_some() || methods.into_iter().any(banded)
    })
}

/// What the calculations gave.
#[derive(Default)]
struct Found {
    /// To which of the proposed stretches each contract belongs.
    places: BTreeMap<ContractId, usize>,
    people: BTreeMap<usize, BTreeMap<EmployeeId, Outlook>>,
    months: BTreeMap<EmployeeId, Monthly>,
    plans: BTreeSet<kernel::CommissionPlanId>,
}

impl Found {
    fn of(history: &Books, moving: &[Moving<'_>]) -> Found {
        let mut by_customer: BTreeMap<CustomerId, Vec<usize>> = BTreeMap::new();
        for (place, one) in moving.iter().enumerate() {
            let customer = one.proposed.customer;
            by_customer.entry(customer).or_default().push(place);
        }
        let place = |contract: &Contract| {
            let mut own = by_customer.get(&contract.customer)?.iter().copied();
            let place = own.find(|at| moving[*at].proposed.covers(contract.id))?;
            Some((contract.id, place))
        };
        Found {
            places: history.contracts.iter().filter_map(place).collect(),
            ..Found::default()
        }
    }

    fn take(&mut self, outcome: &Outcome, (year, terms): (Year, bool), moving: &[Moving<'_>]) {
        for line in &outcome.lines {
            let who = line.key.payee;
            let Some(place) = self.places.get(&line.key.contract).copied() else {
                continue;
            };
            let start = moving[place].proposed.effective_on;
            self.plans.insert(line.key.plan);
            let of_customer = self.people.entry(place).or_default();
            let outlook = of_customer.entry(who).or_insert(nothing(who));
            let range = if terms {
                &mut outlook.with
            } else {
                &mut outlook.without
            };
            let sum = range.at(year);
            *sum = *sum + line.commission;
            if matches!(year, Year::Mid) {
                let months = self.months.entry(who).or_insert_with(|| monthly(who));
                let row = if terms {
                    &mut months.with
                } else {
                    &mut months.without
                };
                if let Some(month) = row.get_mut(month_of(start, line.earned_on)) {
                    *month = *month + line.commission;
                }
            }
        }
    }

    /// What is due is paid as agreed, once without the handover and once with it. What happened to
    /// the same contracts before counts for what is earned by parts.
    fn expect(&mut self, history: &Books, moving: &[Moving<'_>]) -> Result<(), Refusal> {
        let due: Vec<Event> = moving.iter().flat_map(|one| one.due.clone()).collect();
        if due.is_empty() {
            return Ok(());
        }
        let deals: BTreeSet<ContractId> = due.iter().map(|event| event.contract).collect();
        let records: BTreeSet<&Record> = due.iter().map(|event| &event.record).collect();
        let begins = counts_from(&history.plans, moving);
        let before = history.events.iter().filter(|event| {
            deals.contains(&event.contract) && begins.is_none_or(|begins| event.on >= begins)
        });
        let contracts = history.contracts.iter();
        let contracts = contracts.filter(|contract| deals.contains(&contract.id));
        let mut books = Books {
            contracts: contracts.cloned().collect(),
            events: before.cloned().chain(due.iter().cloned()).collect(),
            plans: history.plans.clone(),
            assignments: history.assignments.clone(),
            placements: history.placements.clone(),
            stretches: history.stretches.clone(),
            exits: history.exits.clone(),
            decided: history.decided.clone(),
            payments: Vec::new(),
        };
        for with in [false, true] {
            if with {
                let proposed = moving.iter().filter(|one| !one.due.is_empty());
                books
                    .stretches
                    .extend(proposed.map(|one| one.proposed.clone()));
            }
            let outcome = calculate(&books)?;
            let lines = outcome.lines.iter();
            for line in lines.filter(|line| records.contains(&line.key.record)) {
                let Some(place) = self.places.get(&line.key.contract).copied() else {
                    continue;
                };
                let of_customer = self.people.entry(place).or_default();
                let who = line.key.payee;
                let expected = &mut of_customer.entry(who).or_insert(nothing(who)).due;
                let sum = match with {
                    true => &mut expected.with,
                    false => &mut expected.without,
                };
                *sum = *sum + line.commission;
                self.plans.insert(line.key.plan);
            }
        }
        Ok(())
    }

    fn customer(&self, (place, one): (usize, &Moving<'_>)) -> CustomerOutlook {
        let own = self.people.get(&place).into_iter().flatten();
        let mut turnover = Range::default();
        for (from, year) in one
            .chosen
            .iter()
            .flatten()
            .zip([Year::Low, Year::Mid, Year::High])
        {
            *turnover.at(year) = sum_between(&one.events, *from);
        }
        CustomerOutlook {
            customer: one.proposed.customer,
            contracts: one.proposed.contracts.clone(),
            basis: match one.stretches {
                0 => Basis::TooShort,
                weak if weak < ENOUGH => Basis::Weak,
                _ => Basis::Enough,
            },
            history_from: one.first,
            stretches: one.stretches,
            turnover,
            due: one.due.iter().map(|event| event.amount).sum(),
            people: own.map(|(_, outlook)| *outlook).collect(),
        }
    }
}

/// From which day on what happened before counts for what is due: from the beginning of the windows
/// in which credit adds up, or from ever where something is earned by parts of a whole contract.
fn counts_from(plans: &[crate::plan::Plan], moving: &[Moving<'_>]) -> Option<Day> {
    let parts = plans.iter().flat_map(|plan| &plan.versions);
    let mut parts = parts.flat_map(|version| &version.components);
    if parts.any(|one| one.base == Base::Margin || matches!(one.method, Method::Fixed(_))) {
        return None;
    }
    let first = moving.iter().map(|one| one.proposed.effective_on).min()?;
    plans.iter().map(|plan| plan.window.start(first)).min()
}

fn monthly(employee: EmployeeId) -> Monthly {
    let year = vec![Fen::ZERO; usize::try_from(MONTHS).unwrap_or_default()];
    Monthly {
        employee,
        without: year.clone(),
        with: year,
    }
}

/// In which month after the start a day lies. Years of 366 days end a day later: that day belongs
/// to the last month.
fn month_of(start: Day, day: Day) -> usize {
    let begun = (1..MONTHS).take_while(|month| start.plus_months(*month) <= day);
    begun.count()
}

fn moving<'a>(
    history: &'a Books,
    proposed: &'a [Stretch],
    (known_until, due): (Day, &[Event]),
) -> Vec<Moving<'a>> {
    let customers: BTreeMap<ContractId, CustomerId> = history
        .contracts
        .iter()
        .map(|contract| (contract.id, contract.customer))
        .collect();
    let mut events: BTreeMap<CustomerId, Vec<&Event>> = BTreeMap::new();
    for event in &history.events {
        if let Some(customer) = customers.get(&event.contract) {
            events.entry(*customer).or_default().push(event);
        }
    }
    let mut open: BTreeMap<CustomerId, Vec<&Event>> = BTreeMap::new();
    for event in due {
        if let Some(customer) = customers.get(&event.contract) {
            open.entry(*customer).or_default().push(event);
        }
    }
    let one = |proposed: &'a Stretch| {
        let until = known_until.min(proposed.effective_on);
        let concerned = |event: &&&Event| event.on < until && proposed.covers(event.contract);
        let own = events
            .get(&proposed.customer)
            .map_or(&[][..], Vec::as_slice);
        let own: Vec<&Event> = own.iter().filter(concerned).copied().collect();
        let first = own.iter().map(|event| event.on).min();
        let starts = first.map_or_else(Vec::new, |first| stretch_starts(first, until));
        let mut ranked: Vec<(Fen, Day)> = starts
            .iter()
            .map(|from| (sum_between(&own, *from), *from))
            .collect();
        ranked.sort();
        let chosen = ranked.first().zip(ranked.last()).map(|(low, high)| {
            let mid = ranked.get((ranked.len() - 1) / 2).unwrap_or(low);
            [low.1, mid.1, high.1]
        });
        let open = open.get(&proposed.customer).map_or(&[][..], Vec::as_slice);
        Moving {
            proposed,
            events: own,
            due: falling_due(open, proposed),
            first,
            stretches: starts.len(),
            chosen,
        }
    };
    proposed.iter().map(one).collect()
}

/// What of this falls due before the twelve months are over; what is overdue can come in on the day
/// of the handover at the earliest.
fn falling_due(open: &[&Event], proposed: &Stretch) -> Vec<Event> {
    let from = proposed.effective_on;
    let listed =
        |event: &&&Event| proposed.covers(event.contract) && event.on < from.plus_months(MONTHS);
    let each = open.iter().filter(listed);
    each.map(|event| Event {
        on: event.on.max(from),
        ..(*event).clone()
    })
    .collect()
}

/// First days of all twelve-month stretches of the history, begun month by month; the newest ends
/// with what is known. None reaches back before the month in which the history begins.
fn stretch_starts(first: Day, until: Day) -> Vec<Day> {
    let begins = Window::Month.start(first);
    (0..)
        .map(|month| until.plus_months(-MONTHS - month))
        .take_while(|from| *from >= begins)
        .collect()
}

fn sum_between(events: &[&Event], from: Day) -> Fen {
    events
        .iter()
        .filter(|event| within(event, from))
        .map(|event| event.amount)
        .sum()
}

fn within(event: &Event, from: Day) -> bool {
    from <= event.on && event.on < from.plus_months(MONTHS)
}

/// Each customer's stretch, played again from the day of its handover on: every date of it moves by
/// the same days, those of its contracts too, so that what was signed before is signed before.
fn replay(
    history: &Books,
    (moving, places): (&[Moving<'_>], &BTreeMap<ContractId, usize>),
    year: usize,
) -> Books {
    let again = |record: &Record| Record(format!("forecast/{record}"));
    let mut shifts: Vec<Option<i64>> = vec![None; moving.len()];
    let mut events = Vec::new();
    for (place, one) in moving.iter().enumerate() {
        let Some(from) = one.chosen.and_then(|chosen| chosen.get(year).copied()) else {
            continue;
        };
        let shift = from.days_until(one.proposed.effective_on);
        shifts[place] = Some(shift);
        let inside = one.events.iter().filter(|event| within(event, from));
        events.extend(inside.map(|event| Event {
            record: again(&event.record),
            on: event.on.plus_days(shift),
            takes_back: event.takes_back.as_ref().map(again),
            ..(*event).clone()
        }));
    }
    let contracts = history.contracts.iter().filter_map(|contract| {
        let shift = shifts[*places.get(&contract.id)?]?;
        Some(Contract {
            signed_on: contract.signed_on.plus_days(shift),
            ends_on: contract.ends_on.map(|day| day.plus_days(shift)),
            ..contract.clone()
        })
    });
    // What a table said of an event it says of its repetition: the year is played as it was.
    let decided = history.decided.iter().map(|one| Decided {
        record: again(&one.record),
        ..one.clone()
    });
    Books {
        contracts: contracts.collect(),
        events,
        decided: decided.collect(),
        plans: history.plans.clone(),
        assignments: history.assignments.clone(),
        placements: history.placements.clone(),
        stretches: history.stretches.clone(),
        exits: history.exits.clone(),
        payments: Vec::new(),
    }
}
