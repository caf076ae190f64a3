//! Work days and work hours on the State Council's real notices 工作日历.

use std::path::PathBuf;

use jiff::tz::TimeZone;
use kernel::{CalendarRow, Day, DayKind, Moment, OpeningHours, Span, WorkCalendar};
use proptest::prelude::*;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn shanghai() -> TimeZone {
    TimeZone::get("Asia/Shanghai").unwrap()
}

/// `2025-09-30 17:00` on the wall in Shanghai.
fn wall(text: &str) -> Moment {
    let (date, clock) = text.split_once(' ').unwrap();
    let (hours, minutes) = clock.split_once(':').unwrap();
    let minutes = hours.parse::<i64>().unwrap() * 60 + minutes.parse::<i64>().unwrap();
    Moment::start_of(day(date), &shanghai()).plus_millis(minutes * 60_000)
}

fn shared(file: &str) -> Option<String> {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let folder = std::env::var_os("BATON_SHARED")
        .map(PathBuf::from)
        .or_else(|| {
            here.ancestors()
                .map(|up| up.join("shared"))
                .find(|folder| folder.is_dir())
        })?;
    std::fs::read_to_string(folder.join(file)).ok()
}

/// The real calendar, or `None` with a plain word where the shared data is absent.
fn real() -> Option<WorkCalendar> {
    let Some(text) = shared("data/cn_reference/holidays.csv") else {
        println!("skipped: shared data absent");
        return None;
    };
    Some(WorkCalendar::new(text.lines().skip(1).map(|line| {
        let cells: Vec<&str> = line.split(',').collect();
        CalendarRow {
            notice_year: cells[0].parse().unwrap(),
            day: day(cells[1]),
            name: cells[2].to_owned(),
            is_off: cells[3] == "true",
        }
    })))
}

#[test]
fn days_are_what_the_notices_say() {
    let Some(calendar) = real() else { return };
    for (text, kind) in [
        ("2025-01-27", DayKind::Workday), // the Monday before New Year's Eve
        ("2025-01-28", DayKind::Holiday("春节")),
        ("2025-01-26", DayKind::MakeUpWorkday("春节")),
        ("2025-02-09", DayKind::Weekend),
        ("2025-10-11", DayKind::MakeUpWorkday("国庆节、中秋节")),
        ("2026-01-02", DayKind::Holiday("元旦")), // a Friday swapped with Sunday 01-04
        ("2026-01-04", DayKind::MakeUpWorkday("元旦")),
        ("2026-09-25", DayKind::Holiday("中秋节")),
        ("2006-12-30", DayKind::MakeUpWorkday("元旦")), // named by the notice for 2007
    ] {
        assert_eq!(calendar.kind(day(text)), kind, "{text}");
    }
}

#[test]
fn both_years_have_248_work_days() {
    // law.md §6.4 recomputed.
    let Some(calendar) = real() else { return };
    for year in [2025, 2026] {
        let eve = Day::of(year - 1, 12, 31).unwrap();
        let counted = calendar.work_days_between(eve, Day::of(year, 12, 31).unwrap());
        assert_eq!((counted.value, counted.unknown_year), (248, None), "{year}");
    }
}

#[test]
fn work_days_step_over_holidays_and_onto_make_up_days() {
    let Some(calendar) = real() else { return };
    for (from, count, to) in [
        ("2025-09-30", 1, "2025-10-09"),
        ("2025-09-30", 3, "2025-10-11"), // the Saturday is worked
        ("2026-02-13", 1, "2026-02-14"), // worked Saturday before the Spring Festival
        ("2026-02-13", 2, "2026-02-24"),
        ("2026-04-30", 1, "2026-05-06"),
        ("2025-10-09", -1, "2025-09-30"),
        ("2026-05-02", 0, "2026-05-02"),
    ] {
        assert_eq!(
            calendar.add_work_days(day(from), count).value,
            day(to),
            "{from} {count}"
        );
    }
    assert_eq!(
        calendar.next_workday(day("2026-04-30")).value,
        day("2026-05-06")
    );
    assert_eq!(
        calendar.workday_on_or_after(day("2025-02-08")).value,
        day("2025-02-08")
    );
    assert_eq!(
        calendar.workday_on_or_after(day("2025-02-01")).value,
        day("2025-02-05")
    );
    assert_eq!(
        calendar.workday_on_or_before(day("2025-02-01")).value,
        day("2025-01-27")
    );
}

#[test]
fn beyond_the_notices_it_says_so() {
    let Some(calendar) = real() else { return };
    assert_eq!(calendar.known_until(), Some(2026));
    let unknown = |from, until| calendar.unknown_years(day(from), day(until));
    assert_eq!(unknown("2026-11-29", "2028-01-15"), [2027, 2028]);
    assert!(unknown("2026-01-01", "2026-12-31").is_empty());
    let answer = calendar.add_work_days(day("2026-12-31"), 1);
    assert_eq!(
        (answer.value, answer.unknown_year),
        (day("2027-01-01"), Some(2027))
    );
    assert!(
        answer
            .caveat()
            .unwrap()
            .contains("2027 年的放假安排尚未录入")
    );
    assert_eq!(calendar.next_workday(day("2026-12-30")).caveat(), None);
}

#[test]
fn work_hours_pause_at_lunch_at_night_and_on_holidays() {
    let Some(calendar) = real() else { return };
    let (zone, opening) = (shanghai(), OpeningHours::default());
    for (from, hours, to) in [
        ("2025-09-29 09:00", 8, "2025-09-29 18:00"),
        ("2025-09-29 11:30", 1, "2025-09-29 13:30"),
        ("2025-09-29 12:20", 1, "2025-09-29 14:00"),
        ("2025-09-30 17:00", 2, "2025-10-09 10:00"),
        ("2025-10-10 17:00", 2, "2025-10-11 10:00"), // onto the worked Saturday
        ("2025-10-11 17:00", 2, "2025-10-13 10:00"),
        ("2025-10-03 03:00", 0, "2025-10-09 09:00"),
        ("2025-09-29 23:00", 24, "2025-10-10 18:00"),
    ] {
        let due = calendar.add_work_hours(wall(from), hours, &zone, &opening);
        assert_eq!(due.value, wall(to), "{from} + {hours} h");
        let back = calendar.work_hours_between(wall(from), due.value, &zone, &opening);
        assert_eq!(back.value, i64::from(hours), "{from} … {to}");
    }
}

#[test]
fn statutory_days_are_told_apart_only_where_given() {
    let calendar = WorkCalendar::default().with_statutory([day("2025-10-01"), day("2025-10-06")]);
    assert_eq!(calendar.is_statutory(day("2025-10-06")), Some(true));
    assert_eq!(calendar.is_statutory(day("2025-10-07")), Some(false));
    assert_eq!(calendar.is_statutory(day("2026-10-01")), None);
}

#[test]
fn opening_hours_must_be_in_order() {
    let span = |from, until| Span { from, until };
    for (spans, good) in [
        (vec![span(540, 720), span(780, 1_080)], true),
        (vec![span(0, 1_440)], true),
        (vec![], false),
        (vec![span(720, 720)], false),
        (vec![span(540, 780), span(720, 1_080)], false),
        (vec![span(540, 1_500)], false),
    ] {
        let json = serde_json::to_string(&spans).unwrap();
        assert_eq!(OpeningHours::new(spans).is_ok(), good, "{json}");
        assert_eq!(
            serde_json::from_str::<OpeningHours>(&json).is_ok(),
            good,
            "{json}"
        );
    }
}

proptest! {
    /// Holidays chosen at random: counting forth and back agrees, and ends on a working day.
    #[test]
    fn counting_days_and_hours_agrees(
        off in prop::collection::btree_set(0..60_i64, 0..30),
        start in 0..60_i64,
        minute in 0..1_440_i64,
        count in 1..40_i64,
        hours in 1..80_u32,
    ) {
        let first = day("2025-01-01");
        let calendar = WorkCalendar::new(off.iter().map(|n| CalendarRow {
            notice_year: 2025, day: first.plus_days(*n), name: "假".into(), is_off: n % 3 != 0,
        }));
        let from = first.plus_days(start);
        let to = calendar.add_work_days(from, count).value;
        prop_assert!(calendar.is_workday(to));
        prop_assert_eq!(calendar.work_days_between(from, to).value, count);

        let (zone, opening) = (shanghai(), OpeningHours::default());
        let begin = Moment::start_of(from, &zone).plus_millis(minute * 60_000);
        let due = calendar.add_work_hours(begin, hours, &zone, &opening).value;
        let worked = calendar.work_millis_between(begin, due, &zone, &opening).value;
        prop_assert_eq!(worked, i64::from(hours) * 3_600_000);
        // The due time is the first such moment: one millisecond earlier is too early.
        let early = calendar.work_millis_between(begin, due.plus_millis(-1), &zone, &opening).value;
        prop_assert_eq!(early, worked - 1);
    }
}
