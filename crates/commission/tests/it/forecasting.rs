//! What each will earn in the next twelve months, from the customers' own history.

use commission::calculate::Books;
use commission::event::{Contract, Trigger};
use commission::forecast::{Basis, Expected, Forecast, Outlook, Range, forecast};
use commission::plan::Method;
use commission::split_after_handover::{Covers, Step, Stretch, Terms};
use kernel::{Bps, Fen};
use proptest::prelude::*;

use crate::world::{
    books, contract, ctr, cus, day, emp, event, flat, handed_over, marginal, outcome, owned_by,
    protection, total, yuan,
};

const START: &str = "2026-01-01";

fn range(low: &str, mid: &str, high: &str) -> Range {
    Range {
        low: yuan(low),
        mid: yuan(mid),
        high: yuan(high),
    }
}

fn of(people: &[Outlook], who: i64) -> Outlook {
    *people.iter().find(|p| p.employee == emp(who)).unwrap()
}

/// So much on the 15th of each month of these years, of the first contract.
fn monthly(books: &mut Books, years: &[(i32, &str)]) {
    for (year, amount) in years {
        for month in 1..=12 {
            let record = format!("r/{year}{month:02}");
            let on = format!("{year}-{month:02}-15");
            let one = event(&record, Trigger::Cash, &on, 1, amount);
            books.events.push(one);
        }
    }
}

fn foreseen(books: &Books, terms: Terms) -> Forecast {
    let proposed = handed_over(2, START, 1, 2, terms);
    forecast(books, &[proposed], (day(START), &[])).unwrap()
}

#[test]
fn the_poorest_the_middle_and_the_richest_of_its_own_years() {
    // 1,000 a month in 2023, 2,000 in 2024, 3,000 in 2025.
    let mut books = books(flat(1_000));
    monthly(
        &mut books,
        &[(2023, "1000"), (2024, "2000"), (2025, "3000")],
    );
    let forecast = foreseen(&books, protection());
    let customer = &forecast.customers[0];
    assert_eq!((customer.stretches, customer.basis), (25, Basis::Enough));
    assert_eq!(customer.history_from, Some(day("2023-01-15")));
    assert_eq!(customer.turnover, range("12000", "24000", "36000"));
    let (giver, receiver) = (of(&forecast.people, 1), of(&forecast.people, 2));
    assert_eq!(giver.without, range("1200", "2400", "3600"));
    // 70 % of the first month, 50 % of the second, 30 % of the third.
    assert_eq!(giver.with, range("150", "300", "450"));
    assert_eq!(receiver.without, range("0", "0", "0"));
    assert_eq!(receiver.with, range("1050", "2100", "3150"));
    assert!(!forecast.bands);
}

/// | billed | due | counts as paid | share of 1 | for 1 | for 2 |
/// | ---: | --- | --- | ---: | ---: | ---: |
/// | 1,000 | 2025-11-30, overdue | day of the handover | 70 % | 70 | 30 |
/// | 2,000 | 2026-02-10 | day 40 | 50 % | 100 | 100 |
/// | 4,000 | 2026-12-31 | day 364 | 0 % | 0 | 400 |
/// | 9,000 | 2027-01-01 | after the twelve months | | | |
#[test]
fn what_is_billed_and_due_is_reckoned_by_itself() {
    let mut books = books(flat(1_000));
    let due = [
        ("due/1", "2025-11-30", "1000"),
        ("due/2", "2026-02-10", "2000"),
        ("due/3", "2026-12-31", "4000"),
        ("due/4", "2027-01-01", "9000"),
    ]
    .map(|(record, on, amount)| event(record, Trigger::Cash, on, 1, amount));
    let proposed = [handed_over(2, START, 1, 2, protection())];
    let expected = |forecast: &Forecast, who| of(&forecast.people, who).due;
    let pair = |without: &str, with: &str| Expected {
        without: yuan(without),
        with: yuan(with),
    };
    // Also where there is no history at all.
    let young = forecast(&books, &proposed, (day(START), &due)).unwrap();
    assert_eq!(young.customers[0].basis, Basis::TooShort);
    assert_eq!(young.customers[0].due, yuan("7000"));
    assert_eq!(expected(&young, 1), pair("700", "170"));
    assert_eq!(expected(&young, 2), pair("0", "530"));
    assert_eq!(of(&young.people, 1).with, Range::default());
    // History beside it changes none of it, and is not changed by it.
    monthly(&mut books, &[(2024, "1000"), (2025, "1000")]);
    let known = forecast(&books, &proposed, (day(START), &due)).unwrap();
    assert_eq!(expected(&known, 1), pair("700", "170"));
    let without_bills = foreseen(&books, protection());
    assert_eq!(of(&known.people, 1).with, of(&without_bills.people, 1).with);
    assert_eq!(known.months, without_bills.months);
}

#[test]
fn what_really_happens_then_is_what_was_forecast() {
    // The year after repeats the year before: the mid, low and high figures are all that one.
    let mut books = books(flat(1_000));
    monthly(&mut books, &[(2025, "777.77")]);
    let forecast = foreseen(&books, protection());
    assert_eq!(forecast.customers[0].basis, Basis::Weak);
    books.events.clear();
    monthly(&mut books, &[(2026, "777.77")]);
    books
        .stretches
        .push(handed_over(2, START, 1, 2, protection()));
    let really = outcome(&books);
    for who in [1, 2] {
        let sum = total(&really, who);
        let all = Range {
            low: sum,
            mid: sum,
            high: sum,
        };
        assert_eq!(of(&forecast.people, who).with, all);
    }
}

#[test]
fn too_little_history_is_said_and_not_made_up() {
    let mut books = books(flat(1_000));
    let none = foreseen(&books, protection());
    assert_eq!(none.customers[0].basis, Basis::TooShort);
    assert_eq!(none.customers[0].history_from, None);
    // Eleven months are no year.
    monthly(&mut books, &[(2025, "1000")]);
    books.events.retain(|event| event.on >= day("2025-02-01"));
    let short = foreseen(&books, protection());
    assert_eq!(short.customers[0].history_from, Some(day("2025-02-15")));
    assert_eq!(short.customers[0].turnover, Range::default());
    for forecast in [none, short] {
        assert!(forecast.people.is_empty() && forecast.customers[0].people.is_empty());
        assert_eq!(forecast.customers[0].basis, Basis::TooShort);
    }
}

#[test]
fn days_of_which_nothing_is_known_yet_are_no_poor_days() {
    // It is 1 November; the handover takes effect two months later.
    let mut books = books(flat(1_000));
    monthly(&mut books, &[(2024, "1000"), (2025, "1000")]);
    books.events.retain(|event| event.on < day("2025-11-01"));
    let proposed = handed_over(2, START, 1, 2, Terms::NothingKept);
    let early = forecast(&books, &[proposed], (day("2025-11-01"), &[])).unwrap();
    assert_eq!(early.customers[0].stretches, 11);
    let low = early.customers[0].turnover.low;
    assert_eq!(low, yuan("12000"), "each stretch has its twelve months");
}

/// | contract of the stretch | terms | the giver keeps of 12 × 100 |
#[test]
fn what_was_signed_before_stays_signed_before() {
    let before = Terms::Protection {
        steps: vec![Step {
            before_day: 365,
            share: Bps(10_000),
        }],
        afterwards: Bps(0),
        covers: Covers::SignedBefore,
    };
    let to_end = Terms::ToContractEnd { share: Bps(10_000) };
    for (signed, ends, terms, keeps) in [
        ("2024-06-01", None, &before, "1200"),
        // Signed within the year that is played again: then it is signed after the handover.
        ("2025-01-01", None, &before, "0"),
        ("2024-06-01", Some("2025-06-30"), &to_end, "600"),
        ("2024-06-01", Some("2024-12-31"), &to_end, "0"),
    ] {
        let mut books = books(flat(10_000));
        books.contracts[0].signed_on = day(signed);
        books.contracts[0].ends_on = ends.map(day);
        monthly(&mut books, &[(2025, "100")]);
        let forecast = foreseen(&books, terms.clone());
        assert_eq!(of(&forecast.people, 1).with.mid, yuan(keeps), "{signed}");
    }
}

#[test]
fn customers_that_move_together_climb_the_bands_together() {
    // Two customers of 6,000 a quarter each: alone neither passes 10,000, together they do.
    let mut books = books(Method::Ladder(marginal(&[("0", 100), ("10000", 1_000)])));
    monthly(&mut books, &[(2025, "2000")]);
    let mut second = Contract {
        customer: cus(2),
        ..contract(2, "2024-01-01", "100000")
    };
    second.id = ctr(2);
    books.contracts.push(second);
    for month in 1..=12 {
        let (record, on) = (format!("s/{month:02}"), format!("2025-{month:02}-20"));
        let one = event(&record, Trigger::Cash, &on, 2, "2000");
        books.events.push(one);
    }
    let other = |stretch: Stretch| Stretch {
        customer: cus(2),
        ..stretch
    };
    books.stretches.push(other(owned_by(1)));
    let first = handed_over(2, START, 1, 2, Terms::NothingKept);
    let both = [first.clone(), other(first.clone())];
    let together = forecast(&books, &both, (day(START), &[])).unwrap();
    // A quarter: 10,000 at 1 % and 2,000 at 10 %.
    assert_eq!(of(&together.people, 1).without.mid, yuan("1200"));
    assert_eq!(of(&together.people, 2).with.mid, yuan("1200"));
    assert!(together.bands);
    // Of one that moves alone the other is not looked at: 6,000 at 1 %. `bands` says so.
    let alone = forecast(&books, &both[..1], (day(START), &[])).unwrap();
    assert_eq!(of(&alone.people, 2).with.mid, yuan("240"));
}

proptest! {
    /// Figures of customers, of people and of months sum to the same, and what is kept and what is
    /// given is what there was.
    #[test]
    fn no_fen_is_lost_between_the_figures(
        amounts in prop::collection::vec((0_i64..36, 1_i64..5_000_000), 1..60),
        share in 0_i64..=10_000,
    ) {
        let mut books = books(flat(317));
        for (n, (month, fen)) in amounts.iter().enumerate() {
            let on = day("2023-01-05").plus_months(i32::try_from(*month).unwrap());
            let mut one = event(&format!("r/{n}"), Trigger::Cash, START, 1, "1");
            one.on = on;
            one.amount = Fen(*fen);
            books.events.push(one);
        }
        let agreed = Terms::Negotiated {
            share: Bps(share),
            until: None,
            agreement: crate::world::rec("协议"),
        };
        let forecast = foreseen(&books, agreed);
        let mut whole = Range::default();
        for (people, customers) in [(&forecast.people, &forecast.customers)] {
            for one in people {
                let of_customers = customers
                    .iter()
                    .flat_map(|customer| &customer.people)
                    .filter(|other| other.employee == one.employee);
                let mut sum = Range::default();
                for other in of_customers {
                    sum.mid = sum.mid + other.with.mid;
                    sum.low = sum.low + other.with.low;
                }
                prop_assert_eq!((sum.low, sum.mid), (one.with.low, one.with.mid));
                whole.mid = whole.mid + one.with.mid - one.without.mid;
            }
        }
        // Both are on the same plan at one rate: only the odd fen of a quarter can differ.
        prop_assert!(whole.mid.0.abs() <= 8, "{:?}", whole.mid);
        for one in &forecast.months {
            let with: Fen = one.with.iter().copied().sum();
            prop_assert_eq!(with, of_or_zero(&forecast.people, one.employee));
        }
    }
}

fn of_or_zero(people: &[Outlook], who: kernel::EmployeeId) -> Fen {
    let found = people.iter().find(|one| one.employee == who);
    found.map_or(Fen::ZERO, |one| one.with.mid)
}
