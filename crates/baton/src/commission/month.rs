//! A month of settlement, `2026-11` 结算月份.

use std::fmt;
use std::str::FromStr;

use kernel::{Day, Period, Refusal};
use serde::{Deserialize, Serialize};

/// A calendar month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Month {
    first: Day,
}

/// The text is no month.
#[derive(Debug, thiserror::Error)]
#[error("月份「{0}」无效，应为 2026-11 的样子")]
pub struct NoMonth(String);

impl Month {
    /// The month of this day.
    #[must_use]
    pub fn of(day: Day) -> Month {
        let date = day.date();
        Month {
            first: Day::of(date.year(), date.month(), 1).unwrap_or(day),
        }
    }

    /// Its days.
    #[must_use]
    pub fn days(self) -> Period {
        Period {
            from: self.first,
            until: Some(self.first.plus_months(1)),
        }
    }

    /// Whether it is not over on this day.
    #[must_use]
    pub fn runs(self, today: Day) -> bool {
        today < self.next().first
    }

    /// The month after it.
    #[must_use]
    pub fn next(self) -> Month {
        Month {
            first: self.first.plus_months(1),
        }
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.first.date();
        write!(f, "{:04}-{:02}", date.year(), date.month())
    }
}

impl FromStr for Month {
    type Err = NoMonth;
    fn from_str(text: &str) -> Result<Month, NoMonth> {
        let short: String = text.chars().take(20).collect();
        let fits = text.len() == 7 && text.is_ascii();
        let first = fits.then(|| format!("{text}-01").parse().ok()).flatten();
        first.map(|first| Month { first }).ok_or(NoMonth(short))
    }
}

impl TryFrom<String> for Month {
    type Error = NoMonth;
    fn try_from(text: String) -> Result<Month, NoMonth> {
        text.parse()
    }
}

impl From<Month> for String {
    fn from(month: Month) -> String {
        month.to_string()
    }
}

/// Nothing of somebody stands in a month, so there is no statement of it.
pub(crate) fn nothing_in(month: Month, remedy: (&str, &str)) -> Refusal {
    let zh = format!("{month} 没有与其有关的提成明细");
    let en = "nothing in this month";
    Refusal::conflict("commission.statement_empty", zh, en).remedy(remedy)
}

/// A month whose figures may still move is not handed out.
pub(crate) fn still_open(month: Month, remedy: (&str, &str)) -> Refusal {
    Refusal::conflict(
        "commission.statement_open",
        format!("{month} 尚未关账，金额还会变动"),
        format!("{month} is not closed, its figures may still move"),
    )
    .remedy(remedy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_read_and_written_and_knows_its_days() {
        let month: Month = "2026-12".parse().expect("a month");
        assert_eq!(month.next().to_string(), "2027-01");
        assert_eq!(Month::of("2026-12-31".parse().expect("a day")), month);
        assert!(month.days().contains("2026-12-31".parse().expect("a day")));
        for nonsense in ["2026-13", "2026-1", "2026-12-01", "二〇二六年", ""] {
            assert!(nonsense.parse::<Month>().is_err(), "{nonsense}");
        }
    }
}
