//! The open balance of an invoice on any day 应收余额.
//!
//! What was paid later was open then. The due day is a fact given with the invoice: where it falls
//! on a holiday and nothing else was agreed, 民法典 art. 203 moves it, and whoever enters the invoice
//! enters it so moved. A change of owner touches neither of the two clocks.

use std::collections::BTreeMap;

use kernel::{CustomerId, Day, Fen, InvoiceId};
use serde::{Deserialize, Serialize};

/// What lowers a receivable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MovementKind {
    /// 核销: matched with money received.
    Clearing,
    /// 红字发票
    CreditNote,
    /// 坏账核销: given up.
    WriteOff,
}

/// One dated movement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Movement {
    /// What.
    pub kind: MovementKind,
    /// From this day on it counts.
    pub dated: Day,
    /// By how much the receivable falls; a negative amount takes an earlier movement back.
    pub amount: Fen,
}

/// An invoice and all that happened to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receivable {
    /// The invoice.
    pub invoice: InvoiceId,
    /// Who owes.
    pub customer: CustomerId,
    /// The whole amount with tax.
    pub amount: Fen,
    /// 开票日; nothing is owed before.
    pub issued_on: Day,
    /// 到期日; on this day itself nothing is overdue.
    pub due_on: Day,
    /// In any order.
    pub movements: Vec<Movement>,
}

impl Receivable {
    /// What is open at the end of this day: the amount less all movements dated up to it. Negative
    /// when more was cleared than owed; zero before the invoice.
    #[must_use]
    pub fn open_on(&self, day: Day) -> Fen {
        if day < self.issued_on {
            return Fen::ZERO;
        }
        let counted = self
            .movements
            .iter()
            .filter(|movement| movement.dated <= day);
        self.amount - counted.map(|movement| movement.amount).sum()
    }

    /// Whether the customer still owes something at the end of this day.
    #[must_use]
    pub fn is_open_on(&self, day: Day) -> bool {
        self.open_on(day) > Fen::ZERO
    }

    /// 逾期天数: days since the due day while something is open; 0 up to the due day, and from the
    /// day on which it is settled.
    #[must_use]
    pub fn overdue_days(&self, day: Day) -> i64 {
        if self.is_open_on(day) {
            self.due_on.days_until(day).max(0)
        } else {
            0
        }
    }

    /// 账龄天数: days since the invoice while something is open.
    #[must_use]
    pub fn age_days(&self, day: Day) -> i64 {
        if self.is_open_on(day) {
            self.issued_on.days_until(day)
        } else {
            0
        }
    }

    /// The day from which on nothing is open, as far as is known; none while something is.
    #[must_use]
    pub fn settled_on(&self) -> Option<Day> {
        let mut days: Vec<Day> = self
            .movements
            .iter()
            .map(|movement| movement.dated.max(self.issued_on))
            .chain([self.issued_on])
            .collect();
        days.sort_unstable();
        days.into_iter()
            .rev()
            .take_while(|day| !self.is_open_on(*day))
            .last()
    }

    /// 迟付天数: how many days after the due day it was settled, 0 when in time; none while open.
    #[must_use]
    pub fn days_late(&self) -> Option<i64> {
        self.settled_on()
            .map(|settled| self.due_on.days_until(settled).max(0))
    }
}

/// Many receivables in one line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Total {
    /// How many are open.
    pub count: u64,
    /// How much is open.
    pub open: Fen,
    /// How many of them are overdue.
    pub overdue_count: u64,
    /// How much of it is overdue.
    pub overdue: Fen,
    /// Days overdue of the oldest.
    pub longest_overdue_days: i64,
    /// What was cleared beyond the invoices; never netted against what others owe.
    pub credit: Fen,
}

/// Totals on a day by customer, by the one responsible, or by whatever `key` says.
#[must_use]
pub fn totals<'a, K: Ord>(
    receivables: impl IntoIterator<Item = &'a Receivable>,
    day: Day,
    key: impl Fn(&Receivable) -> K,
) -> BTreeMap<K, Total> {
    let mut lines: BTreeMap<K, Total> = BTreeMap::new();
    for receivable in receivables {
        let line = lines.entry(key(receivable)).or_default();
        let open = receivable.open_on(day);
        if open <= Fen::ZERO {
            line.credit = line.credit - open;
            continue;
        }
        line.count += 1;
        line.open = line.open + open;
        let overdue_days = receivable.overdue_days(day);
        if overdue_days > 0 {
            line.overdue_count += 1;
            line.overdue = line.overdue + open;
            line.longest_overdue_days = line.longest_overdue_days.max(overdue_days);
        }
    }
    lines
}
