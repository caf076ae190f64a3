//! Counts and sums of what came in: per kind, per owner, exact to the fen 清点与合计.

use std::collections::BTreeMap;

use kernel::Fen;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::kind::RecordKind;

/// Thousand-millionths of a 分: products of price, quantity and discount are whole in this unit.
const NANO: i128 = 1_000_000_000;

/// The sum of one money field, once as recorded and once as it stood before rounding.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// How many amounts.
    pub cells: u64,
    fen: i128,
    exact: i128,
}

impl Sum {
    pub(crate) fn add(&mut self, fen: Fen, exact: Option<i128>) {
        self.cells += 1;
        self.fen += i128::from(fen.0);
        self.exact += exact.unwrap_or(i128::from(fen.0) * NANO);
    }

    fn join(&mut self, other: &Sum) {
        self.cells += other.cells;
        self.fen += other.fen;
        self.exact += other.exact;
    }

    /// The sum as recorded; `None` beyond 92 quadrillion 元.
    #[must_use]
    pub fn fen(&self) -> Option<Fen> {
        i64::try_from(self.fen).ok().map(Fen)
    }

    /// The sum before any rounding, as plain decimal 元: `1265793.0395`.
    #[must_use]
    pub fn exact(&self) -> String {
        plain_yuan(self.exact)
    }

    /// The exact sum, rounded once, half up, to the fen.
    #[must_use]
    pub fn exact_fen(&self) -> Option<Fen> {
        half_up_to_fen(self.exact)
    }

    /// The exact sum in thousand-millionths of a 分.
    pub(crate) fn in_nano(&self) -> i128 {
        self.exact
    }

    /// What rounding row by row added, as plain decimal 元: `0.2505`; `0` when nothing was rounded.
    #[must_use]
    pub fn rounding(&self) -> String {
        plain_yuan(self.fen * NANO - self.exact)
    }

    pub(crate) fn was_rounded(&self) -> bool {
        self.fen * NANO != self.exact
    }
}

/// Half up (away from zero) to the fen, from thousand-millionths; `None` when it does not fit.
pub(crate) fn half_up_to_fen(nano: i128) -> Option<Fen> {
    let (whole, rest) = (nano / NANO, nano % NANO);
    let up = if rest.abs() * 2 >= NANO {
        nano.signum()
    } else {
        0
    };
    i64::try_from(whole + up).ok().map(Fen)
}

fn plain_yuan(nano: i128) -> String {
    let sign = if nano < 0 { "-" } else { "" };
    let (yuan, part) = (
        nano.unsigned_abs() / 100_000_000_000,
        nano.unsigned_abs() % 100_000_000_000,
    );
    if part == 0 {
        return format!("{sign}{yuan}");
    }
    format!("{sign}{yuan}.{part:011}")
        .trim_end_matches('0')
        .to_owned()
}

impl Serialize for Sum {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(4))?;
        map.serialize_entry("cells", &self.cells)?;
        map.serialize_entry("amount", &plain_yuan(self.fen * NANO))?;
        map.serialize_entry("exact", &self.exact())?;
        map.serialize_entry("rounding", &self.rounding())?;
        map.end()
    }
}

/// A number of records and the sums of their money fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// How many.
    pub records: u64,
    /// By field name.
    pub sums: BTreeMap<&'static str, Sum>,
}

impl Tally {
    /// The sum of a field as recorded; zero when no record has it.
    #[must_use]
    pub fn sum(&self, field: &str) -> Sum {
        self.sums.get(field).copied().unwrap_or_default()
    }

    pub(crate) fn add(&mut self, amounts: &[Amount]) {
        self.records += 1;
        for amount in amounts {
            self.sums
                .entry(amount.field)
                .or_default()
                .add(amount.fen, amount.exact);
        }
    }
}

/// One amount of a record.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Amount {
    pub(crate) field: &'static str,
    pub(crate) fen: Fen,
    pub(crate) exact: Option<i128>,
}

/// What became of the rows of one kind. What came in is the sum of the three.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct KindTotals {
    /// Records handed on.
    pub staged: Tally,
    /// Rows refused, with those of their amounts that could be read.
    pub refused: Tally,
    /// Rows that repeat a record and were recorded once.
    pub merged: Tally,
    /// Records handed on, by owner; those without one under the empty name.
    pub by_owner: BTreeMap<String, Tally>,
}

impl KindTotals {
    /// Everything that stood in the files, refused and repeated rows included.
    #[must_use]
    pub fn came_in(&self) -> Tally {
        let mut all = self.staged.clone();
        for part in [&self.refused, &self.merged] {
            all.records += part.records;
            for (field, sum) in &part.sums {
                all.sums.entry(field).or_default().join(sum);
            }
        }
        all
    }

    pub(crate) fn stage(&mut self, owner: &str, amounts: &[Amount]) {
        self.staged.add(amounts);
        match self.by_owner.get_mut(owner) {
            Some(tally) => tally.add(amounts),
            None => self
                .by_owner
                .entry(owner.to_owned())
                .or_default()
                .add(amounts),
        }
    }
}

/// Totals of every kind that occurred.
pub type Totals = BTreeMap<RecordKind, KindTotals>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_is_told_apart_from_the_sum() {
        let mut sum = Sum::default();
        sum.add(Fen(1_01), Some(100_500_000_000));
        sum.add(Fen(-2_00), None);
        assert_eq!(
            (sum.fen(), sum.exact().as_str()),
            (Some(Fen(-99)), "-0.995")
        );
        assert_eq!(
            (sum.rounding().as_str(), sum.exact_fen()),
            ("0.005", Some(Fen(-1_00)))
        );
    }
}
