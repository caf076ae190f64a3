//! What each will earn in the next twelve months under these terms 测算
//!
//! No model is fitted. The customer's own past twelve-month stretches are played again from the day
//! of the handover, as they were, through the plans and the terms: the poorest stretch is the low
//! figure, the one in the middle the mid figure, the richest the high one. With less than two years
//! of history there are few stretches, and the answer says how many it had.

use std::collections::BTreeMap;

use kernel::{CustomerId, Day, EmployeeId, Fen, Refusal};
use serde::{Deserialize, Serialize};

use crate::calculate::{Books, Outcome, calculate};
use crate::event::{Event, Record};
use crate::plan::Decided;
use crate::split_after_handover::Stretch;
use crate::window::Window;

/// Months that are looked ahead.
pub const MONTHS: i32 = 12;

/// The poorest, the middle and the richest of the customer's own years.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Range {
    /// 低
    pub low: Fen,
    /// 中
    pub mid: Fen,
    /// 高
    pub high: Fen,
}

/// What one person earns with this customer in the next twelve months.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outlook {
    /// Who.
    pub employee: EmployeeId,
    /// When nothing is handed over.
    pub without: Range,
    /// Under the terms.
    pub with: Range,
}

/// A forecast and what it stands on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forecast {
    /// By person.
    pub people: Vec<Outlook>,
    /// How many twelve-month stretches of history there were; with fewer than 13 it is weak.
    pub stretches: usize,
    /// First day of the history that was used.
    pub history_from: Option<Day>,
}

/// The forecast of a proposed stretch. `history` are the books up to now: the proposed stretch is
/// not among its stretches.
///
/// # Errors
/// As [`calculate`].
pub fn forecast(history: &Books, proposed: &Stretch) -> Result<Forecast, Refusal> {
    let start = proposed.effective_on;
    let own: Vec<&Event> = events_of(history, proposed);
    let first = own.iter().map(|event| event.on).min();
    let starts = first.map_or_else(Vec::new, |first| stretch_starts(first, start));
    let mut ranked: Vec<(Fen, Day)> = starts
        .iter()
        .map(|from| (sum_between(&own, *from), *from))
        .collect();
    ranked.sort();
    let Some(&(_, poorest)) = ranked.first() else {
        return Ok(Forecast {
            people: Vec::new(),
            stretches: 0,
            history_from: None,
        });
    };
    let (mid, richest) = (ranked[(ranked.len() - 1) / 2].1, ranked[ranked.len() - 1].1);
    let mut people: BTreeMap<EmployeeId, Outlook> = BTreeMap::new();
    for (from, pick) in [(poorest, 0), (mid, 1), (richest, 2)] {
        let replayed = replay(history, &own, from, start);
        let mut with = replayed.clone();
        with.stretches.push(proposed.clone());
        for (books, terms) in [(replayed, false), (with, true)] {
            for (who, sum) in sums(&calculate(&books)?) {
                let outlook = people.entry(who).or_insert(Outlook {
                    employee: who,
                    without: Range::default(),
                    with: Range::default(),
                });
                let range = if terms {
                    &mut outlook.with
                } else {
                    &mut outlook.without
                };
                match pick {
                    0 => range.low = sum,
                    1 => range.mid = sum,
                    _ => range.high = sum,
                }
            }
        }
    }
    Ok(Forecast {
        people: people.into_values().map(in_order).collect(),
        stretches: starts.len(),
        history_from: first,
    })
}

/// The richest year of the customer need not be the richest of each person (a band, a step, a
/// contract that ends): the three figures are put in order.
fn in_order(outlook: Outlook) -> Outlook {
    let sorted = |range: Range| {
        let mut figures = [range.low, range.mid, range.high];
        figures.sort();
        let [low, mid, high] = figures;
        Range { low, mid, high }
    };
    Outlook {
        without: sorted(outlook.without),
        with: sorted(outlook.with),
        ..outlook
    }
}

fn events_of<'a>(history: &'a Books, proposed: &Stretch) -> Vec<&'a Event> {
    let concerned = |customer: CustomerId, event: &Event| {
        let listed = proposed.contracts.as_ref();
        customer == proposed.customer && listed.is_none_or(|list| list.contains(&event.contract))
    };
    let customers: BTreeMap<_, _> = history
        .contracts
        .iter()
        .map(|c| (c.id, c.customer))
        .collect();
    let of = |event: &&Event| {
        customers
            .get(&event.contract)
            .is_some_and(|c| concerned(*c, event))
    };
    let before = history
        .events
        .iter()
        .filter(|event| event.on < proposed.effective_on);
    before.filter(of).collect()
}

/// First days of all twelve-month stretches of the history, month by month, none later than that it
/// ends with the history; the one that ends there is always among them.
fn stretch_starts(first: Day, start: Day) -> Vec<Day> {
    let last = start.plus_months(-MONTHS);
    let mut starts = vec![last];
    let mut month = 1;
    while start.plus_months(-MONTHS - month) >= Window::Month.start(first) {
        starts.push(start.plus_months(-MONTHS - month));
        month += 1;
    }
    starts
}

fn sum_between(events: &[&Event], from: Day) -> Fen {
    let until = from.plus_months(MONTHS);
    let inside = events
        .iter()
        .filter(|event| from <= event.on && event.on < until);
    inside.map(|event| event.amount).sum()
}

/// The stretch from `from` on, played again from `start` on: every date moves by the same days, the
/// contracts with them when they were signed within.
fn replay(history: &Books, own: &[&Event], from: Day, start: Day) -> Books {
    let shift = from.days_until(start);
    let until = from.plus_months(MONTHS);
    let inside = |event: &&&Event| from <= event.on && event.on < until;
    let events = own.iter().filter(inside).map(|event| Event {
        record: Record(format!("forecast/{}", event.record)),
        on: event.on.plus_days(shift),
        takes_back: event
            .takes_back
            .as_ref()
            .map(|of| Record(format!("forecast/{of}"))),
        ..(*event).clone()
    });
    let events = events.collect();
    // What a table said of an event it says of its repetition: the year is played as it was.
    let decided = history.decided.iter().map(|one| Decided {
        record: Record(format!("forecast/{}", one.record)),
        ..one.clone()
    });
    let contracts = history.contracts.iter().map(|contract| {
        let mut contract = contract.clone();
        if contract.signed_on >= from {
            contract.signed_on = contract.signed_on.plus_days(shift);
            contract.ends_on = contract.ends_on.map(|day| day.plus_days(shift));
        }
        contract
    });
    Books {
        contracts: contracts.collect(),
        events,
        decided: decided.collect(),
        payments: Vec::new(),
        ..history.clone()
    }
}

fn sums(outcome: &Outcome) -> BTreeMap<EmployeeId, Fen> {
    let mut sums = BTreeMap::new();
    for line in &outcome.lines {
        let sum: &mut Fen = sums.entry(line.key.payee).or_default();
        *sum = *sum + line.commission;
    }
    sums
}
