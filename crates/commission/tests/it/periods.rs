//! Closed months never move; what changes them later is a difference in the open one.

use commission::calculate::Books;
use commission::event::Trigger;
use commission::period::{Ledger, Stage};
use kernel::{Fen, Moment};

use crate::world::{between, books, day, emp, event, flat, handed_over, outcome, protection, yuan};

fn months(list: &[(&str, &str)]) -> Ledger {
    let mut ledger = Ledger::default();
    for (from, until) in list {
        ledger.open(between(from, until)).unwrap();
    }
    ledger
}

fn june_and_july() -> (Ledger, Books) {
    let mut ledger = months(&[("2025-06-01", "2025-07-01"), ("2025-07-01", "2025-08-01")]);
    let mut books = books(flat(1_000));
    books
        .events
        .push(event("receipt/1", Trigger::Cash, "2025-06-10", 1, "10000"));
    ledger.calculate(&outcome(&books).lines, Moment(1)).unwrap();
    ledger.review(day("2025-06-01")).unwrap();
    ledger.close(day("2025-06-01"), Moment(2)).unwrap();
    (ledger, books)
}

/// `(payee, difference, commission)` of the statement lines of a month.
fn booked(ledger: &Ledger, from: &str) -> Vec<(i64, bool, Fen)> {
    let each = |who| {
        let lines = ledger.statement(emp(who), day(from));
        lines
            .iter()
            .map(|p| (who, p.difference, p.commission))
            .collect::<Vec<_>>()
    };
    (1..=3).flat_map(each).collect()
}

#[test]
fn a_back_dated_handover_makes_differences_in_the_open_month() {
    let (mut ledger, mut books) = june_and_july();
    let june = booked(&ledger, "2025-06-01");
    assert_eq!(june, [(1, false, yuan("1000"))]);
    // In July everybody signs that 2 has the customer since 1 June.
    books
        .stretches
        .push(handed_over(2, "2025-06-01", 1, 2, protection()));
    books
        .events
        .push(event("receipt/2", Trigger::Cash, "2025-07-05", 1, "1000"));
    ledger.calculate(&outcome(&books).lines, Moment(3)).unwrap();
    assert_eq!(booked(&ledger, "2025-06-01"), june);
    assert_eq!(
        booked(&ledger, "2025-07-01"),
        [
            (1, false, yuan("50")),   // July's own, day 34: half
            (1, true, yuan("-1000")), // he had it as owner,
            (1, true, yuan("700")),   // and has it as previous owner
            (2, false, yuan("50")),
            (2, true, yuan("300")),
        ]
    );
    // Closing July and calculating the same again changes nothing more.
    ledger.review(day("2025-07-01")).unwrap();
    ledger.close(day("2025-07-01"), Moment(4)).unwrap();
    let fixed = ledger.closed().to_vec();
    ledger.calculate(&outcome(&books).lines, Moment(5)).unwrap();
    assert!(ledger.current().is_empty());
    assert_eq!(ledger.closed(), fixed);
    let all: Fen = ledger
        .closed()
        .iter()
        .map(|posting| posting.commission)
        .sum();
    assert_eq!(all, yuan("1100"));
}

#[test]
fn the_books_say_what_was_known_then() {
    let (mut ledger, mut books) = june_and_july();
    books
        .stretches
        .push(handed_over(2, "2025-06-01", 1, 2, protection()));
    ledger
        .calculate(&outcome(&books).lines, Moment(30))
        .unwrap();
    let known = |at| {
        let postings = ledger.as_of(Moment(at));
        let mut sums: Vec<_> = [1, 2]
            .map(|who| {
                let own = postings.iter().filter(|p| p.line.payee == emp(who));
                own.map(|p| p.commission).sum::<Fen>()
            })
            .to_vec();
        sums.push(postings.iter().map(|p| p.commission).sum());
        sums
    };
    assert_eq!(known(0), ["0", "0", "0"].map(yuan));
    assert_eq!(known(1), ["1000", "0", "1000"].map(yuan));
    assert_eq!(known(29), ["1000", "0", "1000"].map(yuan));
    assert_eq!(known(30), ["700", "300", "1000"].map(yuan));
}

#[test]
fn stages_go_in_order_and_months_close_in_order() {
    let (ledger, books) = june_and_july();
    let stages: Vec<_> = ledger.periods().map(|period| period.stage).collect();
    assert_eq!(stages, [Stage::Closed, Stage::Calculated]);

    let mut ledger = months(&[("2025-06-01", "2025-07-01"), ("2025-07-01", "2025-08-01")]);
    let code = |answer: Result<(), kernel::Refusal>| answer.unwrap_err().code;
    assert_eq!(
        code(ledger.review(day("2025-06-01"))),
        "commission.period_stage"
    );
    assert_eq!(
        code(ledger.close(day("2025-06-01"), Moment(1))),
        "commission.period_stage"
    );
    assert_eq!(
        code(ledger.close(day("2025-07-01"), Moment(1))),
        "commission.period_out_of_order"
    );
    assert_eq!(
        code(ledger.open(between("2025-07-15", "2025-08-15"))),
        "commission.period_overlaps"
    );
    assert_eq!(
        code(ledger.open(crate::world::since("2026-01-01"))),
        "commission.period_endless"
    );
    ledger.calculate(&outcome(&books).lines, Moment(1)).unwrap();
    ledger.review(day("2025-06-01")).unwrap();
    // Calculating again takes a reviewed month back to calculated: its figures may have changed.
    ledger.calculate(&outcome(&books).lines, Moment(2)).unwrap();
    assert_eq!(
        code(ledger.close(day("2025-06-01"), Moment(3))),
        "commission.period_stage"
    );
}

#[test]
fn a_difference_needs_an_open_month() {
    let mut ledger = months(&[("2025-06-01", "2025-07-01")]);
    let mut books = books(flat(1_000));
    books
        .events
        .push(event("receipt/1", Trigger::Cash, "2025-06-10", 1, "10000"));
    ledger.calculate(&outcome(&books).lines, Moment(1)).unwrap();
    ledger.review(day("2025-06-01")).unwrap();
    ledger.close(day("2025-06-01"), Moment(2)).unwrap();
    ledger.calculate(&outcome(&books).lines, Moment(3)).unwrap();
    books
        .events
        .push(event("receipt/2", Trigger::Cash, "2025-06-20", 1, "1"));
    let refusal = ledger
        .calculate(&outcome(&books).lines, Moment(4))
        .unwrap_err();
    assert_eq!(refusal.code, "commission.no_open_period");
}
