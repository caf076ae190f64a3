//! Which contracts are running on a day 执行中的合同.
//!
//! A contract runs up to and with its last day, and without one it runs on. That is asked here, of
//! the day in question, and nowhere else: the column `state` says what was true when the row was
//! written, and nobody writes it again when the day passes or a contract is prolonged. No act ends
//! a contract otherwise; one that does must be heard here.

use kernel::Day;
use spine::Query;

/// Whether a contract with this last day runs on `day`.
pub(crate) fn is_running(ends_on: Option<Day>, day: Day) -> bool {
    ends_on.is_none_or(|last| day <= last)
}

/// The same in a statement: `running!("k.ends_on", "$2")`, with the day bound in that place.
macro_rules! running {
    ($ends_on:literal, $day:literal) => {
        concat!("(", $ends_on, " IS NULL OR ", $ends_on, " >= ", $day, ")")
    };
}
pub(crate) use running;

/// The same in a query that is put together.
pub(crate) fn push_running(query: &mut Query, ends_on: &'static str, day: Day) {
    query.push("(").push(ends_on).push(" IS NULL OR ");
    query.push(ends_on).push(" >= ").bind(day).push(")");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_day_counts_and_no_last_day_runs_on() {
        let day = |n| Day::of(2026, 11, n);
        let last = day(24);
        for (today, runs) in [(23, true), (24, true), (25, false)] {
            let today = day(today).unwrap();
            assert_eq!(is_running(last, today), runs, "{today}");
            assert!(is_running(None, today));
        }
        let text = running!("k.ends_on", "$2");
        assert_eq!(text, "(k.ends_on IS NULL OR k.ends_on >= $2)");
    }
}
