//! What guarantees and draws add to the lines of a month 保底与预支.

use std::collections::BTreeMap;

use ::commission::calculate::Books;
use ::commission::draw::{Advance, advances};
use ::commission::line::Line;
use kernel::{Day, Fen, Refusal};

use super::ledger;
use super::month::Month;
use super::offer;
use super::store::{Booked, Kept};

/// Books what plans with a floor add or recover, window by window. A window is settled in the month
/// of its last day; when that month is closed and it would come out otherwise now, the difference
/// goes into the first month that is open.
///
/// # Errors
/// What the engine refuses.
pub(crate) fn book(
    facts: &Books,
    lines: &[Line],
    days: (Day, Day),
    (open, paid): (&[Month], &BTreeMap<String, Fen>),
) -> Result<Vec<Booked>, Refusal> {
    let all = advances(facts, lines, days)?;
    let mut booked = Vec::with_capacity(all.len());
    for advance in all {
        let key = ledger::named(&("advance", advance.payee, advance.plan, advance.from));
        let own = Month::of(advance.to);
        let due = advance.amount() - paid.get(&key).copied().unwrap_or_default();
        let month = open.iter().find(|month| **month >= own);
        let Some(month) = month.filter(|month| **month == own || due != Fen::ZERO) else {
            continue;
        };
        booked.push(row(*month, key, due, advance));
    }
    Ok(booked)
}

fn row(month: Month, key: String, due: Fen, advance: Advance) -> Booked {
    Booked {
        month,
        key,
        payee: advance.payee,
        record: offer::subject(advance.plan),
        deal: None,
        earned_on: advance.to.max(month.days().from),
        credit: Fen::ZERO,
        commission: due,
        kept: Kept::Advance {
            advance: Box::new(advance),
        },
    }
}
