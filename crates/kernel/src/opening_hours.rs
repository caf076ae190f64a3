//! Working time within a day, for due times in work hours 工作时间.

use jiff::ToSpan;
use jiff::civil::Time;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::calendar::Walk;
use crate::{Day, Moment, Reckoned, Refusal, WorkCalendar};

const MILLIS_PER_HOUR: i64 = 3_600_000;

/// A stretch of a working day, in minutes after midnight: `from` included, `until` excluded.
/// Range 0..=1440.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// Work begins.
    pub from: u16,
    /// Work pauses or ends.
    pub until: u16,
}

/// The stretches of every working day, in order and apart from each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Span>", into = "Vec<Span>")]
pub struct OpeningHours(Vec<Span>);

impl OpeningHours {
    /// Opening hours of these stretches.
    ///
    /// # Errors
    /// `calendar.opening_hours` when there is none, one is empty or ends after 24:00, or two are
    /// out of order or overlap.
    pub fn new(spans: Vec<Span>) -> Result<OpeningHours, Refusal> {
        let mut free_from = 0;
        for (index, span) in spans.iter().enumerate() {
            if span.from < free_from || span.from >= span.until || span.until > 1_440 {
                return Err(refuse_hours().at(
                    &format!("/{index}"),
                    (
                        "此段须晚于上一段，结束须晚于开始，且不超过 24:00",
                        "This span must begin after the one before, end after it begins, and not \
                         go beyond 24:00",
                    ),
                ));
            }
            free_from = span.until;
        }
        if spans.is_empty() {
            return Err(refuse_hours());
        }
        Ok(OpeningHours(spans))
    }

    /// The stretches.
    #[must_use]
    pub fn spans(&self) -> &[Span] {
        &self.0
    }

    /// The stretches of `day` as moments.
    fn on(&self, day: Day, zone: &TimeZone) -> impl Iterator<Item = (Moment, Moment)> {
        let at = move |minute| clock_time(day, minute, zone);
        self.0
            .iter()
            .map(move |span| (at(span.from), at(span.until)))
    }
}

impl Default for OpeningHours {
    /// 09:00–12:00 and 13:00–18:00.
    fn default() -> OpeningHours {
        OpeningHours(vec![
            Span {
                from: 540,
                until: 720,
            },
            Span {
                from: 780,
                until: 1_080,
            },
        ])
    }
}

impl TryFrom<Vec<Span>> for OpeningHours {
    type Error = Refusal;
    fn try_from(spans: Vec<Span>) -> Result<OpeningHours, Refusal> {
        OpeningHours::new(spans)
    }
}

impl From<OpeningHours> for Vec<Span> {
    fn from(hours: OpeningHours) -> Vec<Span> {
        hours.0
    }
}

fn refuse_hours() -> Refusal {
    Refusal::invalid(
        "calendar.opening_hours",
        "工作时间段无效",
        "The opening hours are not valid.",
    )
    .remedy((
        "请至少填写一段，按先后排列且互不重叠，例如 09:00–12:00、13:00–18:00",
        "Give at least one span, in order and without overlap, such as 09:00–12:00, 13:00–18:00",
    ))
}

/// The moment the clock on the wall shows this minute; 1440 is the midnight that ends the day.
fn clock_time(day: Day, minute: u16, zone: &TimeZone) -> Moment {
    day.date()
        .to_datetime(Time::midnight())
        .checked_add(i64::from(minute).minutes())
        .and_then(|wall| wall.to_zoned(zone.clone()))
        .map_or(Moment::start_of(day, zone), |zoned| {
            Moment(zoned.timestamp().as_millisecond())
        })
}

impl WorkCalendar {
    /// The moment at which `hours` of working time have passed since `from`: due times. Zero hours
    /// give the first working moment.
    #[must_use]
    pub fn add_work_hours(
        &self,
        from: Moment,
        hours: u32,
        zone: &TimeZone,
        opening: &OpeningHours,
    ) -> Reckoned<Moment> {
        let mut left = i64::from(hours) * MILLIS_PER_HOUR;
        let mut walk = Walk::from(self, from.day_in(zone));
        let mut reached = from;
        loop {
            if walk.look() {
                for (opens, closes) in opening.on(walk.day, zone) {
                    let start = opens.max(from);
                    let room = closes.0 - start.0;
                    if room > 0 {
                        if left <= room {
                            return walk.answer(start.plus_millis(left));
                        }
                        left -= room;
                        reached = closes;
                    }
                }
            }
            if !walk.step(1) {
                return walk.answer(reached);
            }
        }
    }

    /// Whole hours of working time from `from` to `to`, rounded down; 0 when `to` is not later.
    #[must_use]
    pub fn work_hours_between(
        &self,
        from: Moment,
        to: Moment,
        zone: &TimeZone,
        opening: &OpeningHours,
    ) -> Reckoned<i64> {
        let worked = self.work_millis_between(from, to, zone, opening);
        Reckoned {
            value: worked.value / MILLIS_PER_HOUR,
            unknown_year: worked.unknown_year,
        }
    }

    /// Milliseconds of working time from `from` to `to`; 0 when `to` is not later.
    #[must_use]
    pub fn work_millis_between(
        &self,
        from: Moment,
        to: Moment,
        zone: &TimeZone,
        opening: &OpeningHours,
    ) -> Reckoned<i64> {
        let last = to.day_in(zone);
        let mut walk = Walk::from(self, from.day_in(zone));
        let mut worked = 0;
        while walk.day <= last {
            if walk.look() {
                worked += opening
                    .on(walk.day, zone)
                    .map(|(opens, closes)| (closes.min(to).0 - opens.max(from).0).max(0))
                    .sum::<i64>();
            }
            if !walk.step(1) {
                break;
            }
        }
        walk.answer(worked)
    }
}
