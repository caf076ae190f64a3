//! What is still to be paid, and to whom 应发未发.
//!
//! From the first month whose payment was recorded on, only what was recorded counts as paid; what
//! was closed before counts as paid in full, since nobody wrote it down then.

use std::collections::BTreeMap;

use ::commission::paying::Open;
use kernel::{Day, EmployeeId, Fen};
use spine::{Fault, Reader};

use super::month::Month;
use super::store::{self, Booked, Paid};

/// What was paid to one person, and since when that is written down.
#[derive(Debug, Default)]
pub(crate) struct Payments {
    since: Option<Month>,
    paid: Paid,
}

/// How far the payment of a line has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    /// What was paid of it.
    pub(crate) paid: Fen,
    /// On which day last.
    pub(crate) paid_on: Option<Day>,
    /// Kept back until a later day.
    pub(crate) withheld: Fen,
    /// What is still owed, kept back among it; below zero for what is to be set off.
    pub(crate) owed: Fen,
    /// `paid`, `part`, `payable`, `withheld`, `set_off`; `open` in a month that is not closed,
    /// `unrecorded` where nobody wrote payments down yet, `none` for a line of zero.
    pub(crate) state: &'static str,
}

impl Payments {
    pub(crate) async fn to(books: &mut Reader<'_>, payee: EmployeeId) -> Result<Payments, Fault> {
        Ok(Payments {
            since: store::paid_since(books).await?,
            paid: store::paid_to(books, payee).await?,
        })
    }

    /// Whether payments of this month are written down.
    pub(crate) fn recorded(&self, month: Month) -> bool {
        self.since.is_some_and(|since| month >= since)
    }

    /// How far this line has come.
    pub(crate) fn of(&self, line: &Booked, closed: bool, today: Day) -> Standing {
        let whole = line.commission;
        let place = (line.month, line.key.clone());
        let (paid, paid_on) = match self.paid.get(&place) {
            Some((paid, on)) => (*paid, Some(*on)),
            None => (Fen::ZERO, None),
        };
        let withheld = open(line, paid).withheld(today);
        let unrecorded = closed && !self.recorded(line.month);
        let owed = match unrecorded {
            true => Fen::ZERO,
            false => whole - paid,
        };
        let state = if whole == Fen::ZERO {
            "none"
        } else if unrecorded {
            "unrecorded"
        } else if !closed {
            "open"
        } else if paid == whole {
            "paid"
        } else if paid != Fen::ZERO {
            "part"
        } else if whole < Fen::ZERO {
            "set_off"
        } else if withheld == whole {
            "withheld"
        } else {
            "payable"
        };
        Standing {
            paid,
            paid_on,
            withheld: if unrecorded { Fen::ZERO } else { withheld },
            owed,
            state,
        }
    }
}

/// A line as the engine of payments knows it.
pub(crate) fn open(line: &Booked, paid: Fen) -> Open {
    Open {
        commission: line.commission,
        dues: line.dues(),
        paid,
        earned_on: line.earned_on,
    }
}

/// Lines that are not paid in full, by person.
pub(crate) type ByPayee = BTreeMap<EmployeeId, Vec<(Booked, Open)>>;

/// What closed months up to this one left open, of everybody or of one person.
pub(crate) async fn unpaid(
    books: &mut Reader<'_>,
    month: Month,
    payee: Option<EmployeeId>,
) -> Result<ByPayee, Fault> {
    let since = store::paid_since(books).await?;
    let from = since.map_or(month, |since| since.min(month));
    let mut by_payee = ByPayee::new();
    for (line, paid) in store::unpaid(books, (from, month), payee).await? {
        let open = open(&line, paid);
        by_payee.entry(line.payee).or_default().push((line, open));
    }
    Ok(by_payee)
}
