//! Calendar days without a time zone 日期.

use std::fmt;
use std::str::FromStr;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A calendar day, ISO 8601 `2026-11-22` on the wire and in the books. Range: years -9999..=9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Date);

/// The text is not a calendar day in ISO form.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("「{0}」不是日期，请写成 2026-11-22 的形式")]
pub struct DayError(pub String);

impl Day {
    /// The day of these numbers, or `None` when the calendar has no such day.
    #[must_use]
    pub fn of(year: i16, month: i8, day: i8) -> Option<Day> {
        Date::new(year, month, day).ok().map(Day)
    }

    /// The library's own date.
    #[must_use]
    pub fn date(self) -> Date {
        self.0
    }

    /// `days` later (earlier when negative); stays at the end of the calendar when it would leave
    /// it.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Day {
        let edge = if days < 0 { Date::MIN } else { Date::MAX };
        Day(i32::try_from(days)
            .ok()
            .and_then(|d| self.0.checked_add(d.days()).ok())
            .unwrap_or(edge))
    }

    /// The corresponding day `months` later, or the last day of that month when there is none
    /// (民法典 art. 202).
    #[must_use]
    pub fn plus_months(self, months: i32) -> Day {
        let edge = if months < 0 { Date::MIN } else { Date::MAX };
        Day(self.0.checked_add(months.months()).unwrap_or(edge))
    }

    /// Whole days from `self` to `later` (negative when `later` is earlier).
    #[must_use]
    pub fn days_until(self, later: Day) -> i64 {
        self.0
            .until(later.0)
            .map_or(0, |span| i64::from(span.get_days()))
    }

    /// Monday … Sunday.
    #[must_use]
    pub fn weekday(self) -> Weekday {
        self.0.weekday()
    }

    /// Saturday or Sunday.
    #[must_use]
    pub fn is_weekend(self) -> bool {
        matches!(self.0.weekday(), Weekday::Saturday | Weekday::Sunday)
    }
}

impl From<Date> for Day {
    fn from(date: Date) -> Day {
        Day(date)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Day {
    type Err = DayError;
    fn from_str(text: &str) -> Result<Day, DayError> {
        let bytes = text.as_bytes();
        let iso = bytes.len() == 10 && bytes[4] == b'-' && bytes[7] == b'-';
        let date = if iso { text.parse::<Date>().ok() } else { None };
        date.map(Day)
            .ok_or_else(|| DayError(text.chars().take(40).collect()))
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Day, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn notice_periods_count_from_the_next_day() {
        // law.md §1.2: received 2025-11-01, day 30 is 2025-12-01, day 3 is 2025-11-04.
        assert_eq!(day("2025-11-01").plus_days(30), day("2025-12-01"));
        assert_eq!(day("2025-11-01").plus_days(3), day("2025-11-04"));
    }

    #[test]
    fn months_end_on_the_corresponding_or_last_day() {
        assert_eq!(day("2025-01-31").plus_months(1), day("2025-02-28"));
        assert_eq!(day("2024-02-29").plus_months(12), day("2025-02-28"));
    }

    #[test]
    fn spans_leap_years() {
        assert_eq!(day("2024-01-01").days_until(day("2025-01-01")), 366);
        assert_eq!(day("2025-01-01").days_until(day("2024-01-01")), -366);
    }

    #[test]
    fn refuses_what_is_no_day() {
        for text in [
            "2025-02-30",
            "20250101",
            "2025/01/01",
            "",
            "2025-1-5",
            "9999-99-99T00:00",
        ] {
            assert!(text.parse::<Day>().is_err(), "{text}");
        }
    }
}
