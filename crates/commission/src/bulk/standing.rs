//! Results that stand, and what one moved customer changes in them 增量重算
//!
//! A move of one customer touches the payees who had it and who get it, in the windows in which the
//! customer ordered. Only those are calculated again, old and new, and the difference goes out line
//! by line. Everything else cannot have changed: lines of a payee and window depend on nothing
//! else.

use std::collections::{BTreeMap, BTreeSet};

use kernel::Refusal;

use super::settle::one_bucket;
use super::{Credit, Lines, Orders, OwnerRow, Scatter, Terms, out_of_range};

/// Credits by payee and window, in order, and the orders of each customer.
#[derive(Debug)]
pub struct Standing<'a> {
    terms: &'a Terms,
    /// `block * 256 + bucket`.
    buckets: Vec<Vec<Credit>>,
    orders: Orders<'a>,
    /// Where the orders of a customer begin in `by_customer`.
    start: Vec<u32>,
    by_customer: Vec<u32>,
}

/// What a line says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figures {
    /// Credit, fen.
    pub credit: i64,
    /// Commission, fen.
    pub commission: i64,
}

/// A line that is not what it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Whose line.
    pub payee: u32,
    /// In which window.
    pub window: u8,
    /// For which order.
    pub order: i64,
    /// 0 the owner, 1 his predecessor.
    pub role: i32,
    /// What it said.
    pub old: Option<Figures>,
    /// What it says now.
    pub new: Option<Figures>,
}

impl<'a> Standing<'a> {
    /// Keeps the credits of all blocks. They need not be in order.
    ///
    /// # Errors
    /// `commission.bulk_out_of_range` when a customer's number is below zero or there are more than
    /// four billion orders.
    pub fn keep(
        terms: &'a Terms,
        orders: Orders<'a>,
        blocks: Vec<Vec<Credit>>,
    ) -> Result<Standing<'a>, Refusal> {
        let mut buckets: Vec<Vec<Credit>> = Vec::with_capacity(blocks.len() * 256);
        for mut block in blocks {
            block.sort_unstable();
            let first = buckets.len();
            buckets.resize_with(first + 256, Vec::new);
            for bucket in block.chunk_by(|a, b| a.bucket() == b.bucket()) {
                buckets[first + bucket[0].bucket()] = bucket.to_vec();
            }
        }
        let (start, by_customer) = index(orders.customer)?;
        Ok(Standing {
            terms,
            buckets,
            orders,
            start,
            by_customer,
        })
    }

    /// Changes the ownership of one customer from `old` to `new` rows, keeps the result, and gives
    /// every line that is not what it was: by payee, window, and within by day and order.
    ///
    /// # Errors
    /// `commission.bulk_out_of_range`, and nothing is changed.
    pub fn move_customer(
        &mut self,
        scatter: &Scatter<'_>,
        customer: u32,
        old: &[OwnerRow],
        new: &[OwnerRow],
    ) -> Result<Vec<Difference>, Refusal> {
        let (gone, come) = self.changed_credits(scatter, customer, old, new)?;
        let touched: BTreeSet<usize> = gone.keys().chain(come.keys()).copied().collect();
        let nothing = BTreeSet::new();
        let mut differences = Vec::new();
        let mut replaced = Vec::with_capacity(touched.len());
        for place in touched {
            let without = gone.get(&place).unwrap_or(&nothing);
            let with = come.get(&place).unwrap_or(&nothing);
            let kept = self.buckets[place]
                .iter()
                .filter(|credit| !without.contains(credit));
            let mut credits: Vec<Credit> = kept.chain(with).copied().collect();
            credits.sort_unstable();
            self.compare(place, &credits, &mut differences)?;
            replaced.push((place, credits));
        }
        for (place, credits) in replaced {
            self.buckets[place] = credits;
        }
        Ok(differences)
    }

    /// Credits that go and come, by bucket; what stays the same is in neither.
    fn changed_credits(
        &self,
        scatter: &Scatter<'_>,
        customer: u32,
        old: &[OwnerRow],
        new: &[OwnerRow],
    ) -> Result<(Changes, Changes), Refusal> {
        let (mut gone, mut come) = (Changes::new(), Changes::new());
        for &index in self.orders_of(customer) {
            let at = usize::try_from(index).map_err(|_| out_of_range())?;
            let (order, day) = (self.orders.order[at], self.orders.day[at]);
            let amount = self.orders.amount[at];
            for (rows, changes) in [(old, &mut gone), (new, &mut come)] {
                scatter.credits(rows, order, day, amount, &mut |block, credit| {
                    let place = block * 256 + credit.bucket();
                    changes.entry(place).or_default().insert(credit);
                })?;
            }
        }
        for (place, credits) in &mut gone {
            if let Some(others) = come.get_mut(place) {
                let both: Vec<Credit> = credits.intersection(others).copied().collect();
                for credit in both {
                    credits.remove(&credit);
                    others.remove(&credit);
                }
            }
        }
        gone.retain(|_, credits| !credits.is_empty());
        come.retain(|_, credits| !credits.is_empty());
        Ok((gone, come))
    }

    fn orders_of(&self, customer: u32) -> &[u32] {
        let at = |index: u32| {
            let place = usize::try_from(index).ok().and_then(|i| self.start.get(i));
            place.and_then(|&order| usize::try_from(order).ok())
        };
        match (at(customer), at(customer.saturating_add(1))) {
            (Some(begin), Some(end)) => &self.by_customer[begin..end],
            _ => &[],
        }
    }

    /// Lines of a bucket as they stand and as they would be, side by side.
    fn compare(
        &self,
        place: usize,
        credits: &[Credit],
        differences: &mut Vec<Difference>,
    ) -> Result<(), Refusal> {
        let (mut was, mut is) = (Lines::default(), Lines::default());
        one_bucket(place / 256, &self.buckets[place], self.terms, &mut was)?;
        one_bucket(place / 256, credits, self.terms, &mut is)?;
        let Some(run) = was.runs.first().or(is.runs.first()).copied() else {
            return Ok(());
        };
        let (old, new) = (&self.buckets[place], credits);
        let figures = |lines: &Lines, at: usize| Figures {
            credit: lines.credit[at],
            commission: lines.commission[at],
        };
        // The same line has the same day and order; its part may have got another step.
        let name = |credit: &Credit| (credit.key & !7, credit.is_previous());
        let (mut i, mut j) = (0, 0);
        while i < old.len() || j < new.len() {
            let left = old.get(i).map(name);
            let right = new.get(j).map(name);
            let take_left = right.is_none() || (left.is_some() && left <= right);
            let take_right = left.is_none() || (right.is_some() && right <= left);
            let before = take_left.then(|| figures(&was, i));
            let after = take_right.then(|| figures(&is, j));
            if before != after {
                let credit = if take_left { old[i] } else { new[j] };
                differences.push(Difference {
                    payee: run.payee,
                    window: run.window,
                    order: credit.order(),
                    role: i32::from(credit.is_previous()),
                    old: before,
                    new: after,
                });
            }
            i += usize::from(take_left);
            j += usize::from(take_right);
        }
        Ok(())
    }

    /// All lines as they stand.
    ///
    /// # Errors
    /// `commission.bulk_out_of_range`.
    pub fn lines(&self) -> Result<Lines, Refusal> {
        let mut lines = Lines::default();
        for (place, bucket) in self.buckets.iter().enumerate() {
            one_bucket(place / 256, bucket, self.terms, &mut lines)?;
        }
        Ok(lines)
    }
}

type Changes = BTreeMap<usize, BTreeSet<Credit>>;

/// Orders by customer: where each customer's begin, and the orders.
fn index(customers: &[i32]) -> Result<(Vec<u32>, Vec<u32>), Refusal> {
    let highest = customers.iter().copied().max().unwrap_or(0);
    let count = usize::try_from(highest).map_err(|_| out_of_range())? + 1;
    let mut start = vec![0_u32; count + 1];
    for &customer in customers {
        let customer = usize::try_from(customer).map_err(|_| out_of_range())?;
        start[customer + 1] += 1;
    }
    for at in 1..start.len() {
        start[at] += start[at - 1];
    }
    let mut next = start.clone();
    let mut by_customer = vec![0_u32; customers.len()];
    for (at, &customer) in customers.iter().enumerate() {
        let slot = &mut next[usize::try_from(customer).map_err(|_| out_of_range())?];
        let place = usize::try_from(*slot).map_err(|_| out_of_range())?;
        by_customer[place] = u32::try_from(at).map_err(|_| out_of_range())?;
        *slot += 1;
    }
    Ok((start, by_customer))
}
