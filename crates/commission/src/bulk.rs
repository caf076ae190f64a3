//! Ten million orders at once, one moved customer at once 批量与增量
//!
//! The case most books are made of: orders that pay on their own date, one owner and at most one
//! predecessor with a protection period, marginal bands over a running credit. It is what
//! [`crate::calculate`] does, line for line (a test holds the two together), on columns of plain
//! numbers and without an allocation for each line. Whatever else a plan can say goes the other
//! way.
//!
//! ```text
//! columns ─ scatter ▶ credits by block ─ settle ▶ lines of each payee and window, with their trace
//!                            └─ kept ▶ Standing ─ move one customer ▶ differences
//! ```
//!
//! A **block** is a few payees with all their windows, small enough for a core's cache. Blocks do
//! not know each other: the caller may give each to a thread. Days are days since 1970-01-01,
//! customers and payees are dense numbers the caller gives out.

mod scatter;
mod settle;
mod standing;

use kernel::{Fen, Refusal};

use crate::schedule::{Ladder, Reach};

pub use scatter::{Orders, Scatter};
pub use settle::{Lines, Run, settle};
pub use standing::{Difference, Figures, Standing};

/// No predecessor.
pub const NOBODY: u32 = u32::MAX;
/// Bands a fast ladder has; more go through [`crate::calculate`].
pub const BANDS: usize = 4;
/// Steps of a protection period that fit into a packed credit.
pub const STEPS: usize = 7;

/// Ownership of a customer from a day until another (excluded).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnerRow {
    /// First day.
    pub from: i32,
    /// First day outside.
    pub until: i32,
    /// Who.
    pub owner: u32,
    /// Who had it before and is protected, or [`NOBODY`].
    pub previous: u32,
}

/// Ownership of all customers.
#[derive(Clone, Debug, Default)]
pub struct Owners {
    /// Where the rows of a customer begin; one more at the end.
    start: Vec<u32>,
    rows: Vec<OwnerRow>,
}

impl Owners {
    /// Rows with the number of their customer, in any order.
    ///
    /// # Errors
    /// `commission.bulk_out_of_range` when there are more than four billion.
    pub fn new(customers: u32, mut rows: Vec<(u32, OwnerRow)>) -> Result<Owners, Refusal> {
        rows.sort_by_key(|(customer, row)| (*customer, row.from));
        let mut start = Vec::with_capacity(rows.len());
        let mut at = 0;
        for customer in 0..=customers {
            while rows.get(at).is_some_and(|(whose, _)| *whose < customer) {
                at += 1;
            }
            start.push(u32::try_from(at).map_err(|_| out_of_range())?);
        }
        let rows = rows.into_iter().map(|(_, row)| row).collect();
        Ok(Owners { start, rows })
    }

    /// The rows of a customer, by day.
    #[must_use]
    pub fn of(&self, customer: u32) -> &[OwnerRow] {
        let at = |index: u32| {
            let place = usize::try_from(index).ok().and_then(|i| self.start.get(i));
            place.and_then(|&row| usize::try_from(row).ok())
        };
        match (at(customer), at(customer.saturating_add(1))) {
            (Some(begin), Some(end)) => &self.rows[begin..end],
            _ => &[],
        }
    }
}

/// Marginal bands as plain numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rates {
    /// Lower bounds of the second, third and fourth band, in fen.
    pub bounds: [i64; BANDS - 1],
    /// Basis points.
    pub rates: [i64; BANDS],
    /// Number of the plan, for the trace.
    pub plan: i32,
    /// Its version.
    pub version: i32,
}

impl Rates {
    /// The bands of a ladder, when it is marginal and has at most four.
    #[must_use]
    pub fn of(ladder: &Ladder, plan: i32, version: i32) -> Option<Rates> {
        let bands = ladder.bands();
        let whole = |index: usize| index > 0 && bands[index].reach == Reach::Whole;
        if bands.len() > BANDS || (0..bands.len()).any(whole) {
            return None;
        }
        let mut rates = Rates {
            bounds: [i64::MAX; BANDS - 1],
            rates: [0; BANDS],
            plan,
            version,
        };
        for (index, band) in bands.iter().enumerate() {
            rates.rates[index] = band.rate.0;
            if index > 0 {
                rates.bounds[index - 1] = band.from.0;
            }
        }
        Some(rates)
    }

    /// How a running credit is spread over the bands; below zero it all lies in the first.
    #[must_use]
    pub(crate) fn spread(&self, running: i64) -> [i64; BANDS] {
        let mut amounts = [0; BANDS];
        let mut left = running;
        for band in (1..BANDS).rev() {
            let above = left.saturating_sub(self.bounds[band - 1]).max(0);
            amounts[band] = above;
            left -= above;
        }
        amounts[0] = left;
        amounts
    }

    /// The running credit up to which no product overflows.
    pub(crate) fn limit(&self) -> i64 {
        let highest = self.rates.iter().copied().max().unwrap_or(0).max(1);
        i64::MAX / 4 / highest - 1
    }
}

/// The days of each window, and which rates count for whom in it.
#[derive(Clone, Debug)]
pub struct Terms {
    /// First day of each window, and the first day after the last.
    pub windows: Vec<i32>,
    /// Rates of payee × window: `rates[payee * windows + window]`; `None` pays nothing.
    pub rates: Vec<Option<Rates>>,
    /// Protection: fewer days than this, basis points. Rising, at most [`STEPS`].
    pub steps: Vec<(i32, i64)>,
}

impl Terms {
    /// How many windows there are.
    #[must_use]
    pub fn window_count(&self) -> usize {
        self.windows.len().saturating_sub(1)
    }

    /// How many payees share a block: 256 pairs of payee and window fit into one.
    #[must_use]
    pub fn payees_per_block(&self) -> usize {
        (256 / self.window_count().max(1)).max(1)
    }

    /// How many blocks there are.
    #[must_use]
    pub fn blocks(&self) -> usize {
        let payees = self.rates.len() / self.window_count().max(1);
        payees.div_ceil(self.payees_per_block())
    }
}

/// One payee's credit for one order, packed: bucket in the block (8 bits), day in the window (9),
/// order (43), part (4). Sorting by the packed number is sorting by payee, window, day and order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Credit {
    pub(crate) key: u64,
    pub(crate) amount: i64,
}

const PART_BITS: u32 = 4;
const ORDER_BITS: u32 = 43;
const DAY_BITS: u32 = 9;
/// Set in the part of a predecessor; the other three bits are the step, 0 for no split.
const PREVIOUS: u64 = 8;

impl Credit {
    fn order(self) -> i64 {
        let order = (self.key >> PART_BITS) & ((1 << ORDER_BITS) - 1);
        i64::try_from(order).unwrap_or_default()
    }

    fn bucket(self) -> usize {
        usize::try_from(self.key >> (PART_BITS + ORDER_BITS + DAY_BITS)).unwrap_or_default()
    }

    fn is_previous(self) -> bool {
        self.key & PREVIOUS != 0
    }

    fn step(self) -> usize {
        usize::try_from(self.key & (PREVIOUS - 1)).unwrap_or_default()
    }

    /// What it is worth.
    #[must_use]
    pub fn amount(self) -> Fen {
        Fen(self.amount)
    }
}

pub(crate) fn out_of_range() -> Refusal {
    Refusal::invalid(
        "commission.bulk_out_of_range",
        "批量计算的数据超出范围（日期、编号、金额或归属）",
        "a date, number, amount or owner is out of range for bulk calculation",
    )
    .remedy((
        "请改用逐笔计算，或核对导入的数据",
        "Calculate deal by deal, or check the imported data",
    ))
}
