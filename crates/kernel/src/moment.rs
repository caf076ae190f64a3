//! Moments in UTC milliseconds 时刻.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Day;

/// A point in time, milliseconds since 1970-01-01T00:00:00Z. On the wire RFC 3339 UTC with exactly
/// three decimals: `2026-11-22T08:00:00.000Z`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub i64);

impl Moment {
    /// `millis` later (earlier when negative), saturating.
    #[must_use]
    pub fn plus_millis(self, millis: i64) -> Moment {
        Moment(self.0.saturating_add(millis))
    }

    /// `seconds` later (earlier when negative), saturating.
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Moment {
        self.plus_millis(seconds.saturating_mul(1_000))
    }

    /// Whole seconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn unix_seconds(self) -> i64 {
        self.0.div_euclid(1_000)
    }

    /// The calendar day on which this moment falls in the business time zone.
    #[must_use]
    pub fn day_in(self, zone: &TimeZone) -> Day {
        Day::from(self.timestamp().to_zoned(zone.clone()).date())
    }

    /// The first moment of `day` in the business time zone.
    #[must_use]
    pub fn start_of(day: Day, zone: &TimeZone) -> Moment {
        day.date()
            .to_zoned(zone.clone())
            .map_or(Moment(0), |start| {
                Moment(start.timestamp().as_millisecond())
            })
    }

    /// INVARIANT: out-of-range moments show as the end of time rather than panic.
    fn timestamp(self) -> Timestamp {
        Timestamp::from_millisecond(self.0).unwrap_or(Timestamp::MAX)
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.3}", self.timestamp())
    }
}

impl FromStr for Moment {
    type Err = String;
    fn from_str(text: &str) -> Result<Moment, String> {
        text.parse::<Timestamp>()
            .map(|stamp| Moment(stamp.as_millisecond()))
            .map_err(|_| wrong(text).to_owned())
    }
}

/// The last hours of the year 9999 are written as they should be, and no clock reaches them.
fn wrong(text: &str) -> &'static str {
    let otherwise = text.strip_prefix("9999").map(|rest| format!("2000{rest}"));
    if otherwise.is_some_and(|text| text.parse::<Timestamp>().is_ok()) {
        "太晚，最晚为 9999-12-30"
    } else {
        "写法不对，请写成 2026-11-22T08:00:00.000Z 的形式"
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Moment, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_three_decimals_always() {
        assert_eq!(
            Moment(1_795_334_400_000).to_string(),
            "2026-11-22T08:00:00.000Z"
        );
        assert_eq!(
            Moment(1_795_334_400_005).to_string(),
            "2026-11-22T08:00:00.005Z"
        );
        assert_eq!(
            "2026-11-22T08:00:00.005Z".parse(),
            Ok(Moment(1_795_334_400_005))
        );
    }

    #[test]
    fn what_is_no_moment_is_told_from_what_is_too_late() {
        let why = |text: &str| text.parse::<Moment>().unwrap_err();
        assert!(why("9999-12-31T00:00:00.000Z").starts_with("太晚"));
        assert!(why("2026-11-22 um acht").starts_with("写法不对"));
        assert!(why("9999").starts_with("写法不对"));
    }

    #[test]
    fn a_day_begins_at_midnight_in_shanghai() {
        let shanghai = TimeZone::get("Asia/Shanghai").unwrap();
        let day: Day = "2026-11-22".parse().unwrap();
        let start = Moment::start_of(day, &shanghai);
        assert_eq!(start.to_string(), "2026-11-21T16:00:00.000Z");
        assert_eq!(start.day_in(&shanghai), day);
        assert_eq!(start.plus_millis(-1).day_in(&shanghai), day.plus_days(-1));
    }
}
