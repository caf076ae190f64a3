//! Spans of days 期间.

use serde::{Deserialize, Serialize};

use crate::Day;

/// Days from `from` (included) to `until` (excluded); open-ended when `until` is absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Period {
    /// First day inside.
    pub from: Day,
    /// First day outside, or none.
    pub until: Option<Day>,
}

impl Period {
    /// Whether the day lies inside.
    #[must_use]
    pub fn contains(&self, day: Day) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < until)
    }

    /// Whether no day lies inside.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.until.is_some_and(|until| until <= self.from)
    }

    /// Whether some day lies inside both.
    #[must_use]
    pub fn overlaps(&self, other: &Period) -> bool {
        !self.is_empty()
            && !other.is_empty()
            && self.until.is_none_or(|until| other.from < until)
            && other.until.is_none_or(|until| self.from < until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn period(from: i64, len: Option<i64>) -> Period {
        let base: Day = "2025-01-01".parse().unwrap();
        let from = base.plus_days(from);
        Period {
            from,
            until: len.map(|l| from.plus_days(l)),
        }
    }

    proptest! {
        #[test]
        fn overlap_means_a_common_day(
            a in 0..20_i64,
            la in prop::option::of(0..20_i64),
            b in 0..20_i64,
            lb in prop::option::of(0..20_i64),
        ) {
            let (p, q) = (period(a, la), period(b, lb));
            let base: Day = "2025-01-01".parse().unwrap();
            let in_both = |day| p.contains(day) && q.contains(day);
            let common = (0..60).any(|n| in_both(base.plus_days(n)));
            prop_assert_eq!(p.overlaps(&q), common);
        }
    }
}
