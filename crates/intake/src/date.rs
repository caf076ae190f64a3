//! Days as people and spreadsheets write them 日期写法.

use kernel::Day;
use serde::Deserialize;

use crate::reason::Reason;
use crate::text::{half_width, is_cell_error, is_scientific, trimmed};

/// Which of three numbers is the day when the year stands last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// The year stands first; a date with the year last is refused.
    #[default]
    Ymd,
    /// 31/1/2025.
    Dmy,
    /// 1/31/2025.
    Mdy,
}

/// The form in which a day was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DateForm {
    Dashes,
    Slashes,
    Dots,
    Chinese,
    Compact,
    Serial,
}

impl DateForm {
    /// Each with an example, in Chinese and in English.
    pub(crate) const ALL: [(DateForm, &'static str, &'static str); 6] = [
        (DateForm::Dashes, "2025-1-5", "2025-1-5"),
        (DateForm::Slashes, "2025/1/5", "2025/1/5"),
        (DateForm::Dots, "2025.1.5", "2025.1.5"),
        (DateForm::Chinese, "2025年1月5日", "2025年1月5日"),
        (DateForm::Compact, "20250105", "20250105"),
        (
            DateForm::Serial,
            "45662（Excel 序列号）",
            "45662 (serial number of Excel)",
        ),
    ];
}

/// A day that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DateRead {
    pub(crate) day: Day,
    pub(crate) form: DateForm,
    /// Whether a time of day other than midnight stood there too.
    pub(crate) time_dropped: bool,
}

/// Years outside this range are taken for slips of the pen.
const YEARS: std::ops::RangeInclusive<i16> = 1800..=2200;

/// Reads `2025-1-5`, `2025/1/5`, `2025.1.5`, `2025年1月5日`, `20250105`, the five-digit serial number
/// of Excel's 1900 system (law.md §7.5), each with or without a time of day.
///
/// # Errors
/// Says why it is no day; a date with the year last is refused unless `order` tells how to read it.
pub(crate) fn read_date(text: &str, order: DateOrder) -> Result<DateRead, Reason> {
    let text = trimmed(text);
    if is_cell_error(text) {
        return Err(Reason::CellError);
    }
    let text = half_width(text);
    if is_scientific(&text) {
        return Err(Reason::Scientific);
    }
    let (date, time) = split_time(&text);
    let time_dropped = match time {
        None => false,
        Some(time) => is_other_than_midnight(time)?,
    };
    if date.bytes().all(|b| b.is_ascii_digit()) {
        return bare_digits(date, time_dropped);
    }
    if let Some((days, fraction)) = date.split_once('.')
        && days.len() == 5
        && !fraction.is_empty()
        && fraction.bytes().all(|b| b.is_ascii_digit())
        && days.bytes().all(|b| b.is_ascii_digit())
    {
        let with_time = fraction.bytes().any(|b| b != b'0');
        return bare_digits(days, with_time);
    }
    let (form, parts) = three_numbers(date)?;
    day_of(parts, order).map(|day| DateRead {
        day,
        form,
        time_dropped,
    })
}

fn split_time(text: &str) -> (&str, Option<&str>) {
    // A colon tells a time of day from a stray word behind the date.
    match text.find(':') {
        None => (text, None),
        Some(colon) => match text[..colon].rfind([' ', 'T', '日', '\t']) {
            None => (text, None),
            Some(at) if text[at..].starts_with('日') => {
                let end = at + '日'.len_utf8();
                (&text[..end], Some(trimmed(&text[end..])))
            }
            Some(at) => (trimmed(&text[..at]), Some(&text[at + 1..])),
        },
    }
}

fn is_other_than_midnight(time: &str) -> Result<bool, Reason> {
    let known = |c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | 'Z' | '+' | '-');
    if !time.chars().all(known) || !time.starts_with(|c: char| c.is_ascii_digit()) {
        return Err(Reason::NotADate);
    }
    Ok(time.bytes().any(|b| matches!(b, b'1'..=b'9')))
}

fn bare_digits(digits: &str, time_dropped: bool) -> Result<DateRead, Reason> {
    let number: i64 = digits.parse().map_err(|_| Reason::NotADate)?;
    match digits.len() {
        8 => {
            let parts = [number / 10_000, number / 100 % 100, number % 100];
            let day = calendar_day(parts[0], parts[1], parts[2])?;
            Ok(DateRead {
                day,
                form: DateForm::Compact,
                time_dropped,
            })
        }
        5 => {
            // Excel counts a 29 February 1900 that never was, so day 61 is 1 March 1900; five
            // digits begin in 1927, far behind that.
            let zero = Day::of(1899, 12, 30).ok_or(Reason::NotADate)?;
            let day = zero.plus_days(number);
            Ok(DateRead {
                day,
                form: DateForm::Serial,
                time_dropped,
            })
        }
        _ => Err(Reason::NotADate),
    }
}

fn three_numbers(date: &str) -> Result<(DateForm, [&str; 3]), Reason> {
    if let Some((year, rest)) = date.split_once('年') {
        let (month, rest) = rest.split_once('月').ok_or(Reason::NotADate)?;
        let day = rest.trim_end_matches(['日', '号']);
        return Ok((DateForm::Chinese, [year, month, day].map(trimmed)));
    }
    for (form, separator) in [
        (DateForm::Dashes, '-'),
        (DateForm::Slashes, '/'),
        (DateForm::Dots, '.'),
    ] {
        let mut parts = date.split(separator).map(trimmed);
        if let (Some(a), Some(b), Some(c), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        {
            return Ok((form, [a, b, c]));
        }
    }
    Err(Reason::NotADate)
}

fn day_of(parts: [&str; 3], order: DateOrder) -> Result<Day, Reason> {
    let number = |text: &str| {
        let sound = (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        sound
            .then(|| text.parse::<i64>().ok())
            .flatten()
            .ok_or(Reason::NotADate)
    };
    let [a, b, c] = [number(parts[0])?, number(parts[1])?, number(parts[2])?];
    let digits = parts.map(str::len);
    match (digits, order) {
        ([4, 1..=2, 1..=2], _) => calendar_day(a, b, c),
        ([1..=2, 1..=2, 4], DateOrder::Dmy) => calendar_day(c, b, a),
        ([1..=2, 1..=2, 4], DateOrder::Mdy) => calendar_day(c, a, b),
        ([1..=2, 1..=2, 4], DateOrder::Ymd) => Err(Reason::AmbiguousDate),
        ([1..=2, 1..=2, 1..=2], _) => Err(Reason::TwoDigitYear),
        _ => Err(Reason::NotADate),
    }
}

fn calendar_day(year: i64, month: i64, day: i64) -> Result<Day, Reason> {
    let parts = (i16::try_from(year), i8::try_from(month), i8::try_from(day));
    let (Ok(year), Ok(month), Ok(day)) = parts else {
        return Err(Reason::ImpossibleDate);
    };
    if !YEARS.contains(&year) {
        return Err(Reason::ImpossibleDate);
    }
    Day::of(year, month, day).ok_or(Reason::ImpossibleDate)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn days_as_they_occur() {
        for (text, expected) in [
            ("2025/1/5", "2025-01-05"),
            ("2025-01-05", "2025-01-05"),
            ("2025.1.5", "2025-01-05"),
            ("2025年1月5日", "2025-01-05"),
            ("2025 年 1 月 5 号", "2025-01-05"),
            ("20250105", "2025-01-05"),
            ("２０２５／１／５", "2025-01-05"),
            ("45662", "2025-01-05"),
            ("45662.0", "2025-01-05"),
            ("2021-01-01 00:00:00", "2021-01-01"),
            ("2021-01-01T00:00:00.000Z", "2021-01-01"),
            ("2025年1月5日 00:00", "2025-01-05"),
            (" 2024-02-29 ", "2024-02-29"),
        ] {
            let read = read_date(text, DateOrder::Ymd).map(|r| (r.day.to_string(), r.time_dropped));
            assert_eq!(read, Ok((expected.to_owned(), false)), "{text}");
        }
    }

    #[test]
    fn a_time_of_day_is_dropped_and_told() {
        for text in [
            "2025-01-05 08:30",
            "45662.354",
            "2025/1/5 23:59:59",
            "2025年1月5日9:05",
        ] {
            assert_eq!(
                read_date(text, DateOrder::Ymd).map(|r| r.time_dropped),
                Ok(true),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_day() {
        for (text, reason) in [
            ("2025-02-29", Reason::ImpossibleDate),
            ("20251301", Reason::ImpossibleDate),
            ("0025-01-05", Reason::ImpossibleDate),
            ("1/5/2025", Reason::AmbiguousDate),
            ("25/1/5", Reason::TwoDigitYear),
            ("2025-1", Reason::NotADate),
            ("2025/1-5", Reason::NotADate),
            ("明天", Reason::NotADate),
            ("123", Reason::NotADate),
            ("", Reason::NotADate),
            ("2025-01-05 上午9:00", Reason::NotADate),
            ("2.02501E+07", Reason::Scientific),
            ("#VALUE!", Reason::CellError),
        ] {
            assert_eq!(read_date(text, DateOrder::Ymd), Err(reason), "{text}");
        }
    }

    #[test]
    fn the_year_may_stand_last_when_the_mapping_says_so() {
        let read = |text, order| read_date(text, order).map(|r| r.day.to_string());
        assert_eq!(
            read("5/1/2025", DateOrder::Dmy),
            Ok("2025-01-05".to_owned())
        );
        assert_eq!(
            read("1/5/2025", DateOrder::Mdy),
            Ok("2025-01-05".to_owned())
        );
        assert_eq!(
            read("31/1/2025", DateOrder::Mdy),
            Err(Reason::ImpossibleDate)
        );
    }

    proptest! {
        #[test]
        fn every_form_of_a_day_reads_the_same(
            y in 1928_i16..2172, m in 1_i8..=12, d in 1_i8..=28,
        ) {
            let day = Day::of(y, m, d).unwrap();
            let serial = Day::of(1899, 12, 30).unwrap().days_until(day);
            for text in [
                format!("{y}-{m}-{d}"), format!("{y}/{m:02}/{d:02}"), format!("{y}.{m}.{d}"),
                format!("{y}年{m}月{d}日"), format!("{y}{m:02}{d:02}"), format!("{serial:05}"),
            ] {
                let read = read_date(&text, DateOrder::Ymd).map(|read| read.day);
                prop_assert_eq!(read, Ok(day), "{}", text);
            }
        }

        #[test]
        fn any_text_gets_an_answer(text in "\\PC*") {
            let _ = read_date(&text, DateOrder::Dmy);
        }
    }
}
