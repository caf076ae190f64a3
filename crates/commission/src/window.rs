//! Over which days credit adds up 累计周期

use kernel::Day;
use serde::{Deserialize, Serialize};

/// Over which days credit adds up before a rate is looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Window {
    /// 每笔单独计算: nothing adds up.
    Each,
    /// 按月
    Month,
    /// 按季
    Quarter,
    /// 按年
    Year,
}

impl Window {
    /// The first day of the window in which this day lies; the day itself when nothing adds up.
    #[must_use]
    pub fn start(self, day: Day) -> Day {
        let (year, month) = (day.date().year(), day.date().month());
        let first = match self {
            Window::Each => return day,
            Window::Month => month,
            Window::Quarter => month - (month - 1) % 3,
            Window::Year => 1,
        };
        Day::of(year, first, 1).unwrap_or(day)
    }

    /// The first day after the window in which this day lies.
    #[must_use]
    pub fn end(self, day: Day) -> Day {
        let start = self.start(day);
        match self {
            Window::Each => start.plus_days(1),
            Window::Month => start.plus_months(1),
            Window::Quarter => start.plus_months(3),
            Window::Year => start.plus_months(12),
        }
    }

    /// As people say it.
    #[must_use]
    pub fn zh(self) -> &'static str {
        match self {
            Window::Each => "单笔",
            Window::Month => "当月",
            Window::Quarter => "当季",
            Window::Year => "当年",
        }
    }

    /// The same in English.
    #[must_use]
    pub fn en(self) -> &'static str {
        match self {
            Window::Each => "this deal",
            Window::Month => "this month",
            Window::Quarter => "this quarter",
            Window::Year => "this year",
        }
    }
}
