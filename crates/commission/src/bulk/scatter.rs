//! Orders become credits, thrown into the blocks of their payees 分派

use kernel::Refusal;

use super::{
    Credit, DAY_BITS, NOBODY, ORDER_BITS, OwnerRow, Owners, PART_BITS, PREVIOUS, STEPS, Terms,
    out_of_range,
};
use crate::shares::WHOLE;

/// Orders that are looked up together.
const AT_ONCE: usize = 256;
/// A row that holds on no day.
const NO_ROW: OwnerRow = OwnerRow {
    from: 0,
    until: 0,
    owner: NOBODY,
    previous: NOBODY,
};

/// Orders as columns of equal length.
#[derive(Clone, Copy, Debug)]
pub struct Orders<'a> {
    /// Number, unique, 0 to 2^43 - 1.
    pub order: &'a [i64],
    /// Number of the customer.
    pub customer: &'a [i32],
    /// Day.
    pub day: &'a [i32],
    /// Fen; below zero for a return.
    pub amount: &'a [i64],
}

/// Owners and terms, ready to take orders.
#[derive(Debug)]
pub struct Scatter<'a> {
    owners: &'a Owners,
    terms: &'a Terms,
    first_day: i32,
    /// Window and day within it, for each day from the first on.
    calendar: Vec<(u8, u16)>,
    /// Block, and first bucket in it, of each payee.
    places: Vec<(u32, u8)>,
}

impl<'a> Scatter<'a> {
    /// Looks at the terms once.
    ///
    /// # Errors
    /// `commission.bulk_out_of_range` when there are more than 256 windows, a window is longer than
    /// 512 days, windows do not rise, or the protection has more than seven steps.
    pub fn new(owners: &'a Owners, terms: &'a Terms) -> Result<Scatter<'a>, Refusal> {
        let windows = terms.window_count();
        if !(1..=256).contains(&windows) || terms.steps.len() > STEPS {
            return Err(out_of_range());
        }
        let mut calendar = Vec::new();
        for (index, pair) in terms.windows.windows(2).enumerate() {
            let length = u16::try_from(pair[1] - pair[0]).map_err(|_| out_of_range())?;
            if length == 0 || length > 1 << DAY_BITS {
                return Err(out_of_range());
            }
            let window = u8::try_from(index).map_err(|_| out_of_range())?;
            calendar.extend((0..length).map(|day| (window, day)));
        }
        let per_block = terms.payees_per_block();
        let mut places = Vec::new();
        for payee in 0..terms.rates.len() / windows {
            let block = u32::try_from(payee / per_block).map_err(|_| out_of_range())?;
            let bucket = u8::try_from(payee % per_block * windows).map_err(|_| out_of_range())?;
            places.push((block, bucket));
        }
        Ok(Scatter {
            owners,
            terms,
            first_day: terms.windows[0],
            calendar,
            places,
        })
    }

    /// Throws the credits of these orders into their blocks, in the order of the orders.
    ///
    /// # Errors
    /// `commission.bulk_out_of_range` when an order has no owner, no window, or too high a number.
    pub fn throw(&self, orders: Orders<'_>, blocks: &mut [Vec<Credit>]) -> Result<(), Refusal> {
        // In two passes over a few orders at a time: the first only looks up where the customers'
        // rows are, so that the memory answers many questions at once.
        let mut found: [&[OwnerRow]; AT_ONCE] = [&[]; AT_ONCE];
        let mut first = [NO_ROW; AT_ONCE];
        let columns = orders
            .order
            .chunks(AT_ONCE)
            .zip(orders.customer.chunks(AT_ONCE));
        let columns = columns.zip(
            orders
                .day
                .chunks(AT_ONCE)
                .zip(orders.amount.chunks(AT_ONCE)),
        );
        for ((order, customer), (day, amount)) in columns {
            for ((rows, row), customer) in found.iter_mut().zip(&mut first).zip(customer) {
                *rows = self
                    .owners
                    .of(u32::try_from(*customer).map_err(|_| out_of_range())?);
                *row = rows.first().copied().unwrap_or(NO_ROW);
            }
            let facts = order.iter().zip(day.iter().zip(amount));
            for ((&order, (&day, &amount)), (rows, row)) in facts.zip(found.iter().zip(first)) {
                let row = match row.from <= day && day < row.until {
                    true => row,
                    false => row_on(rows, day)?,
                };
                self.credits_of(row, order, day, amount, &mut |block, credit| {
                    blocks[block].push(credit);
                })?;
            }
        }
        Ok(())
    }

    /// The one or two credits of an order under these ownership rows.
    pub(super) fn credits(
        &self,
        rows: &[OwnerRow],
        order: i64,
        day: i32,
        amount: i64,
        give: &mut impl FnMut(usize, Credit),
    ) -> Result<(), Refusal> {
        self.credits_of(row_on(rows, day)?, order, day, amount, give)
    }

    fn credits_of(
        &self,
        row: OwnerRow,
        order: i64,
        day: i32,
        amount: i64,
        give: &mut impl FnMut(usize, Credit),
    ) -> Result<(), Refusal> {
        let since = usize::try_from(day - self.first_day).map_err(|_| out_of_range())?;
        let &(window, in_window) = self.calendar.get(since).ok_or_else(out_of_range)?;
        let number = u64::try_from(order).map_err(|_| out_of_range())?;
        if number >> ORDER_BITS != 0 {
            return Err(out_of_range());
        }
        let low = (u64::from(in_window) << (ORDER_BITS + PART_BITS)) | (number << PART_BITS);
        let mut part = |payee: u32, part: u64, amount: i64| {
            let place = usize::try_from(payee).ok().and_then(|p| self.places.get(p));
            let &(block, bucket) = place.ok_or_else(out_of_range)?;
            let bucket = u64::from(bucket) + u64::from(window);
            let key = (bucket << (DAY_BITS + ORDER_BITS + PART_BITS)) | low | part;
            give(
                usize::try_from(block).map_err(|_| out_of_range())?,
                Credit { key, amount },
            );
            Ok::<(), Refusal>(())
        };
        if row.previous == NOBODY {
            return part(row.owner, 0, amount);
        }
        let protected = |&&(before, share): &&(i32, i64)| day - row.from < before && share > 0;
        let mut steps = self.terms.steps.iter();
        match steps.position(|step| protected(&step)) {
            None => part(row.owner, 0, amount),
            Some(index) => {
                let old = share_of(amount, self.terms.steps[index].1)?;
                let step = u64::try_from(index + 1).map_err(|_| out_of_range())?;
                part(row.owner, step, amount - old)?;
                part(row.previous, PREVIOUS | step, old)
            }
        }
    }
}

fn row_on(rows: &[OwnerRow], day: i32) -> Result<OwnerRow, Refusal> {
    let holds = |row: &&OwnerRow| row.from <= day && day < row.until;
    rows.iter().find(holds).copied().ok_or_else(out_of_range)
}

/// The predecessor's part, half away from zero: what [`kernel::allocate`] gives the first of two.
fn share_of(amount: i64, share: i64) -> Result<i64, Refusal> {
    let top = amount.checked_mul(2 * share).ok_or_else(out_of_range)?;
    let rounded = top.abs().checked_add(WHOLE).ok_or_else(out_of_range)? / (2 * WHOLE);
    Ok(rounded * amount.signum())
}
