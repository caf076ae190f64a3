//! The State Council's holiday notices for the demo's years 演示工作日历.

use crate::people::acts::set_calendar::{NamedDay, SetCalendar};

/// Date, name, and whether it is a day off; source in the file's first line.
const NOTICES: &str = include_str!("calendar.csv");

/// The years whose notices are entered.
pub(super) const YEARS: [i16; 2] = [2025, 2026];

/// The notice of one year.
pub(super) fn of(year: i16) -> SetCalendar {
    let prefix = format!("{year}-");
    let lines = NOTICES.lines().filter(|line| line.starts_with(&prefix));
    SetCalendar {
        year,
        days: lines.filter_map(named_day).collect(),
        replaces: Vec::new(),
    }
}

fn named_day(line: &str) -> Option<NamedDay> {
    let mut cells = line.split(',');
    let day = cells.next()?.parse().ok()?;
    let name = cells.next()?.to_owned();
    let is_off = cells.next()? == "1";
    Some(NamedDay {
        day,
        name,
        is_off,
        is_statutory: false,
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_line_is_read() {
        let days: usize = super::YEARS
            .iter()
            .map(|year| super::of(*year).days.len())
            .sum();
        assert_eq!(days, super::NOTICES.lines().count() - 2);
    }
}
