//! Which days are worked, by the State Council's yearly notices 工作日历.
//!
//! Monday to Friday are worked, Saturday and Sunday are not, unless the notice of the year
//! (国务院办公厅关于部分节假日安排的通知) names the day: off (放假) or worked in exchange (调休上班).
//! The notice of a year comes out in the November before. For years without one only weekends
//! count, and every [`Reckoned`] answer that had to look there says so.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::Day;

/// One line of a yearly notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarRow {
    /// The year the notice is for; it may name days of the December before.
    pub notice_year: i16,
    /// The day it speaks of.
    pub day: Day,
    /// Name of the holiday, e.g. 春节.
    pub name: String,
    /// `true` 放假, `false` 调休上班.
    pub is_off: bool,
}

/// What a day is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", content = "name", rename_all = "snake_case")]
pub enum DayKind<'a> {
    /// An ordinary working day.
    Workday,
    /// Saturday or Sunday, off.
    Weekend,
    /// Off by notice; the name of the holiday.
    Holiday(&'a str),
    /// A Saturday or Sunday worked in exchange for a holiday; its name.
    MakeUpWorkday(&'a str),
}

/// An answer and how far it can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reckoned<T> {
    /// The answer.
    pub value: T,
    /// The first year that was looked at though its notice is not known: there only weekends
    /// counted. `None` when every day was known.
    pub unknown_year: Option<i16>,
}

impl<T> Reckoned<T> {
    /// A Chinese sentence for the screen when the answer is provisional.
    #[must_use]
    pub fn caveat(&self) -> Option<String> {
        self.unknown_year
            .map(|year| format!("{year} 年的放假安排尚未录入，暂只按周末推算，公布后请重新计算"))
    }
}

/// The working days of a company.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorkCalendar {
    named: BTreeMap<Day, (bool, String)>,
    years: BTreeSet<i16>,
    statutory: BTreeSet<Day>,
}

impl WorkCalendar {
    /// The calendar of these notices. Where two lines name the same day, the later line wins, as a
    /// later notice amends an earlier one.
    #[must_use]
    pub fn new(rows: impl IntoIterator<Item = CalendarRow>) -> WorkCalendar {
        let mut calendar = WorkCalendar::default();
        for row in rows {
            calendar.years.insert(row.notice_year);
            calendar.named.insert(row.day, (row.is_off, row.name));
        }
        calendar
    }

    /// Adds the statutory holidays proper (法定节假日, 13 days a year since 2025, 全国年节及纪念日
    /// 放假办法). The notices do not tell them from days swapped with a weekend, so they come apart.
    #[must_use]
    pub fn with_statutory(mut self, days: impl IntoIterator<Item = Day>) -> WorkCalendar {
        self.statutory.extend(days);
        self
    }

    /// The last year whose notice is known.
    #[must_use]
    pub fn known_until(&self) -> Option<i16> {
        self.years.last().copied()
    }

    /// The years whose notices are known, in their order.
    pub fn years(&self) -> impl Iterator<Item = i16> + '_ {
        self.years.iter().copied()
    }

    /// The years from that of one day until that of another whose notices are not known: there only
    /// weekends count.
    #[must_use]
    pub fn unknown_years(&self, from: Day, until: Day) -> Vec<i16> {
        (from.date().year()..=until.date().year())
            .filter(|year| !self.years.contains(year))
            .collect()
    }

    /// Whether the notice for the year of this day is known.
    #[must_use]
    pub fn knows(&self, day: Day) -> bool {
        self.years.contains(&day.date().year())
    }

    /// What this day is.
    #[must_use]
    pub fn kind(&self, day: Day) -> DayKind<'_> {
        match self.named.get(&day) {
            Some((true, name)) => DayKind::Holiday(name),
            Some((false, name)) => DayKind::MakeUpWorkday(name),
            None if day.is_weekend() => DayKind::Weekend,
            None => DayKind::Workday,
        }
    }

    /// Whether people work on this day.
    #[must_use]
    pub fn is_workday(&self, day: Day) -> bool {
        match self.kind(day) {
            DayKind::Workday | DayKind::MakeUpWorkday(_) => true,
            DayKind::Weekend | DayKind::Holiday(_) => false,
        }
    }

    /// Whether this is a statutory holiday proper; `None` when no statutory days are given for the
    /// year of this day.
    #[must_use]
    pub fn is_statutory(&self, day: Day) -> Option<bool> {
        let year = day.date().year();
        let first = Day::of(year, 1, 1)?;
        let last = Day::of(year, 12, 31)?;
        self.statutory.range(first..=last).next()?;
        Some(self.statutory.contains(&day))
    }

    /// The first working day after `day`.
    #[must_use]
    pub fn next_workday(&self, day: Day) -> Reckoned<Day> {
        self.add_work_days(day, 1)
    }

    /// `day` itself when it is worked, else the first working day after it.
    #[must_use]
    pub fn workday_on_or_after(&self, day: Day) -> Reckoned<Day> {
        self.nearest(day, 1)
    }

    /// `day` itself when it is worked, else the last working day before it: a pay day on a rest day
    /// moves forward (工资支付暂行规定 art. 7).
    #[must_use]
    pub fn workday_on_or_before(&self, day: Day) -> Reckoned<Day> {
        self.nearest(day, -1)
    }

    fn nearest(&self, day: Day, direction: i64) -> Reckoned<Day> {
        let mut walk = Walk::from(self, day);
        while !walk.look() && walk.step(direction) {}
        walk.answer(walk.day)
    }

    /// The `count`th working day after `day` (before it when negative); `day` is not counted, and 0
    /// gives `day` itself, worked or not.
    #[must_use]
    pub fn add_work_days(&self, day: Day, count: i64) -> Reckoned<Day> {
        let mut walk = Walk::from(self, day);
        let mut left = count.unsigned_abs();
        while left > 0 && walk.step(count.signum()) {
            left -= u64::from(walk.look());
        }
        walk.answer(walk.day)
    }

    /// Working days after `from` up to and with `to`; 0 when `to` is not later.
    #[must_use]
    pub fn work_days_between(&self, from: Day, to: Day) -> Reckoned<i64> {
        let mut walk = Walk::from(self, from);
        let mut worked = 0;
        while walk.day < to && walk.step(1) {
            worked += i64::from(walk.look());
        }
        walk.answer(worked)
    }
}

/// Goes from day to day and remembers the first year it knew no notice for.
pub(crate) struct Walk<'a> {
    calendar: &'a WorkCalendar,
    pub(crate) day: Day,
    unknown_year: Option<i16>,
}

impl<'a> Walk<'a> {
    /// Stands on `day`, which is not looked at yet.
    pub(crate) fn from(calendar: &'a WorkCalendar, day: Day) -> Walk<'a> {
        Walk {
            calendar,
            day,
            unknown_year: None,
        }
    }

    /// Looks at the day it stands on: whether it is worked.
    pub(crate) fn look(&mut self) -> bool {
        if self.unknown_year.is_none() && !self.calendar.knows(self.day) {
            self.unknown_year = Some(self.day.date().year());
        }
        self.calendar.is_workday(self.day)
    }

    /// Goes one day on; `false` at the edge of the calendar.
    pub(crate) fn step(&mut self, direction: i64) -> bool {
        let next = self.day.plus_days(direction);
        let moved = next != self.day;
        self.day = next;
        moved
    }

    /// The answer with what was unknown on the way.
    pub(crate) fn answer<T>(&self, value: T) -> Reckoned<T> {
        Reckoned {
            value,
            unknown_year: self.unknown_year,
        }
    }
}
