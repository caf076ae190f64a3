//! What each will earn in the next twelve months, from the customer's own history.

use commission::event::Trigger;
use commission::forecast::{Range, forecast};

use crate::world::{books, emp, event, flat, handed_over, outcome, protection, total, yuan};

fn range(low: &str, mid: &str, high: &str) -> Range {
    Range {
        low: yuan(low),
        mid: yuan(mid),
        high: yuan(high),
    }
}

#[test]
fn the_poorest_the_middle_and_the_richest_of_its_own_years() {
    // 1,000 a month in 2023, 2,000 in 2024, 3,000 in 2025: all on the 15th.
    let mut books = books(flat(1_000));
    for (year, amount) in [(2023, "1000"), (2024, "2000"), (2025, "3000")] {
        for month in 1..=12 {
            let (record, on) = (
                format!("r/{year}{month:02}"),
                format!("{year}-{month:02}-15"),
            );
            books
                .events
                .push(event(&record, Trigger::Cash, &on, 1, amount));
        }
    }
    let proposed = handed_over(2, "2026-01-01", 1, 2, protection());
    let forecast = forecast(&books, &proposed).unwrap();
    assert_eq!(forecast.stretches, 25);
    let of = |who| {
        *forecast
            .people
            .iter()
            .find(|p| p.employee == emp(who))
            .unwrap()
    };
    assert_eq!(of(1).without, range("1200", "2400", "3600"));
    // 70 % of the first month, 50 % of the second, 30 % of the third.
    assert_eq!(of(1).with, range("150", "300", "450"));
    assert_eq!(of(2).without, range("0", "0", "0"));
    assert_eq!(of(2).with, range("1050", "2100", "3150"));
}

#[test]
fn what_really_happens_then_is_what_was_forecast() {
    // The year after repeats the year before: the mid, low and high figures are all that one.
    let mut books = books(flat(1_000));
    let mut later = Vec::new();
    for month in 1..=12 {
        for (year, list) in [(2025, &mut books.events), (2026, &mut later)] {
            let (record, on) = (
                format!("r/{year}{month:02}"),
                format!("{year}-{month:02}-15"),
            );
            list.push(event(&record, Trigger::Cash, &on, 1, "777.77"));
        }
    }
    let proposed = handed_over(2, "2026-01-01", 1, 2, protection());
    let forecast = forecast(&books, &proposed).unwrap();
    assert_eq!(forecast.stretches, 1);
    books.events = later;
    books.stretches.push(proposed);
    let really = outcome(&books);
    for outlook in forecast.people {
        let who = if outlook.employee == emp(1) { 1 } else { 2 };
        let sum = total(&really, who);
        assert_eq!(
            outlook.with,
            Range {
                low: sum,
                mid: sum,
                high: sum
            }
        );
    }
}

#[test]
fn no_history_is_said_and_not_made_up() {
    let proposed = handed_over(2, "2026-01-01", 1, 2, protection());
    let forecast = forecast(&books(flat(1_000)), &proposed).unwrap();
    assert_eq!((forecast.stretches, forecast.people.len()), (0, 0));
}
