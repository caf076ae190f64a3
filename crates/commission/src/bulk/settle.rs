//! Credits of a block become lines, payee by payee and window by window 结算

use kernel::Refusal;

use super::{BANDS, Credit, DAY_BITS, ORDER_BITS, PART_BITS, Rates, Terms, out_of_range};
use crate::shares::WHOLE;

/// Lines as columns. Payee, window, plan and version do not change within a [`Run`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    /// Stretches of lines that belong together, in the order of the lines.
    pub runs: Vec<Run>,
    /// Number of the order.
    pub order: Vec<i64>,
    /// 0 the owner, 1 his predecessor.
    pub role: Vec<i32>,
    /// The predecessor's share of the order in basis points; 0 when it was not split.
    pub share: Vec<i64>,
    /// Credit, fen.
    pub credit: Vec<i64>,
    /// Running credit before, fen.
    pub before: Vec<i64>,
    /// Commission, fen.
    pub commission: Vec<i64>,
    /// Credit in each band, fen: together they are the credit.
    pub bands: [Vec<i64>; BANDS],
}

/// Lines of one payee in one window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// Who.
    pub payee: u32,
    /// Number of the window.
    pub window: u8,
    /// By which plan.
    pub plan: i32,
    /// By which version.
    pub version: i32,
    /// How many lines.
    pub lines: usize,
}

impl Lines {
    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// Empties the columns and keeps their room.
    pub fn clear(&mut self) {
        self.runs.clear();
        self.order.clear();
        self.role.clear();
        for column in [
            &mut self.share,
            &mut self.credit,
            &mut self.before,
            &mut self.commission,
        ] {
            column.clear();
        }
        for column in &mut self.bands {
            column.clear();
        }
    }
}

/// Sorts a block and writes its lines behind those that are there.
///
/// # Errors
/// `commission.bulk_out_of_range` when a payee has no rates in a window, or a running credit is so
/// large that a product could overflow.
pub fn settle(
    block: usize,
    credits: &mut [Credit],
    room: &mut Vec<Credit>,
    terms: &Terms,
    lines: &mut Lines,
) -> Result<(), Refusal> {
    sort(credits, room);
    for bucket in credits.chunk_by(|a, b| a.bucket() == b.bucket()) {
        one_bucket(block, bucket, terms, lines)?;
    }
    Ok(())
}

/// Lines of one payee and window; the credits are in order.
pub(super) fn one_bucket(
    block: usize,
    bucket: &[Credit],
    terms: &Terms,
    lines: &mut Lines,
) -> Result<(), Refusal> {
    let Some(first) = bucket.first() else {
        return Ok(());
    };
    let windows = terms.window_count();
    let payee = block * terms.payees_per_block() + first.bucket() / windows;
    let window = first.bucket() % windows;
    let rates = terms.rates.get(payee * windows + window).copied().flatten();
    let rates = rates.ok_or_else(out_of_range)?;
    lines.runs.push(Run {
        payee: u32::try_from(payee).map_err(|_| out_of_range())?,
        window: u8::try_from(window).map_err(|_| out_of_range())?,
        plan: rates.plan,
        version: rates.version,
        lines: bucket.len(),
    });
    lines
        .order
        .extend(bucket.iter().map(|credit| credit.order()));
    lines
        .role
        .extend(bucket.iter().map(|credit| i32::from(credit.is_previous())));
    let share = |credit: &Credit| match credit.step() {
        0 => 0,
        step => terms.steps.get(step - 1).map_or(0, |(_, share)| *share),
    };
    lines.share.extend(bucket.iter().map(share));
    lines
        .credit
        .extend(bucket.iter().map(|credit| credit.amount));
    ladder(bucket, &rates, lines)
}

/// The running part: what each line adds to the rounded earnings of its window.
fn ladder(bucket: &[Credit], rates: &Rates, lines: &mut Lines) -> Result<(), Refusal> {
    let limit = rates.limit();
    let (mut running, mut spread, mut earned) = (0_i64, [0; BANDS], 0);
    let length = lines.before.len() + bucket.len();
    lines.before.reserve(bucket.len());
    lines.commission.reserve(bucket.len());
    for column in &mut lines.bands {
        column.reserve(bucket.len());
    }
    for credit in bucket {
        lines.before.push(running);
        running = running
            .checked_add(credit.amount)
            .ok_or_else(out_of_range)?;
        if running > limit || running < -limit {
            return Err(out_of_range());
        }
        let after = rates.spread(running);
        let exact: i64 = after
            .iter()
            .zip(rates.rates)
            .map(|(a, rate)| a * rate)
            .sum();
        let rounded = (2 * exact.abs() + WHOLE) / (2 * WHOLE) * exact.signum();
        lines.commission.push(rounded - earned);
        for (column, (now, then)) in lines.bands.iter_mut().zip(after.iter().zip(spread)) {
            column.push(now - then);
        }
        (spread, earned) = (after, rounded);
    }
    debug_assert_eq!(lines.before.len(), length);
    Ok(())
}

/// Sorts by the packed key: two passes of counting over day and bucket, since orders nearly always
/// come by their number; when they did not, an ordinary sort puts it right.
fn sort(credits: &mut [Credit], room: &mut Vec<Credit>) {
    room.clear();
    room.resize(credits.len(), Credit::default());
    let day_shift = ORDER_BITS + PART_BITS;
    count_into::<{ 1 << DAY_BITS }>(credits, room, day_shift);
    count_into::<256>(room, credits, day_shift + DAY_BITS);
    if !credits.is_sorted() {
        credits.sort_unstable();
    }
}

fn count_into<const N: usize>(from: &[Credit], to: &mut [Credit], shift: u32) {
    let digit = |credit: &Credit| usize::try_from(credit.key >> shift).unwrap_or(0) & (N - 1);
    let mut place = [0_usize; N];
    for credit in from {
        place[digit(credit)] += 1;
    }
    let mut sum = 0;
    for slot in &mut place {
        let count = *slot;
        *slot = sum;
        sum += count;
    }
    for credit in from {
        let slot = &mut place[digit(credit)];
        to[*slot] = *credit;
        *slot += 1;
    }
}
