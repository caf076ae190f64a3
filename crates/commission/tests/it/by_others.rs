//! Worked numbers of other people: `data/commission_examples`, and law.md §1.7.
//!
//! C01, C06 and C10 were published as numbers or asserted by others' tests; the rest is derived
//! from a published rule (the column `kind` of that file says which).

use commission::event::Trigger;
use commission::plan::Method;
use commission::schedule::{Ladder, Reach, Section, Sections};
use commission::split_after_handover::{Covers, Step, Terms};
use kernel::{Bps, Fen};

use crate::world::{
    books, day, event, flat, handed_over, marginal, outcome, paid, rec, total, yuan,
};

fn sections(list: &[(&str, &str, i64)]) -> Result<Sections, kernel::Refusal> {
    let section = |(from, to, rate): &(&str, &str, i64)| Section {
        from: yuan(from),
        to: yuan(to),
        rate: Bps(*rate),
    };
    Sections::new(list.iter().map(section).collect())
}

/// 0-50 % of quota 5 %; 50-100 % 10 % of the whole; above 20 % of the excess.
fn quota_path() -> Ladder {
    let steps = [
        (Bps(0), Bps(500), Reach::Excess),
        (Bps(5_000), Bps(1_000), Reach::Whole),
        (Bps(10_000), Bps(2_000), Reach::Excess),
    ];
    Ladder::of_quota(yuan("33000"), &steps).unwrap()
}

#[test]
fn ladders_as_published() {
    let c01 = marginal(&[("0", 500), ("100000", 600), ("125000", 700)]);
    for (case, ladder, amount, earned) in [
        ("C01", &c01, "150000", "8250.00"),
        ("C07", &quota_path(), "16000", "800.00"),
        ("C08", &quota_path(), "20000", "2000.00"),
        ("C09", &quota_path(), "40000", "4700.00"),
    ] {
        assert_eq!(ladder.earned(yuan(amount)).round(), yuan(earned), "{case}");
    }
}

#[test]
fn c02_the_accelerator_waits_for_the_annual_quota() {
    let steps = [
        (Bps(0), Bps(500), Reach::Excess),
        (Bps(10_000), Bps(600), Reach::Excess),
    ];
    let ladder = Ladder::of_quota(yuan("400000"), &steps).unwrap();
    let mut books = books(Method::Ladder(ladder));
    books.plans[0].window = commission::window::Window::Year;
    for (record, on, amount) in [
        ("receipt/1", "2025-02-01", "50000"),
        ("receipt/2", "2025-05-01", "75000"),
        ("receipt/3", "2025-08-01", "200000"),
    ] {
        books
            .events
            .push(event(record, Trigger::Cash, on, 1, amount));
    }
    assert_eq!(outcome(&books).lines[2].commission, yuan("10000"));
}

#[test]
fn sections_pay_the_whole_or_nothing() {
    for (case, from, to, rate, amount, earned) in [
        ("C03", "15000", "16000", 2_000, "15100", "3020.00"),
        ("C04", "1", "100", 1_000, "5", "0.50"),
        ("C05", "1", "100", 1_000, "101", "0.00"),
    ] {
        let table = sections(&[(from, to, rate)]).unwrap();
        assert_eq!(table.earned(yuan(amount)).round(), yuan(earned), "{case}");
    }
}

#[test]
fn c06_a_full_refund_nets_to_nothing() {
    let mut books = books(flat(1_000));
    books
        .events
        .push(event("receipt/1", Trigger::Cash, "2025-03-01", 1, "1000"));
    let mut refund = event("refund/1", Trigger::Cash, "2025-03-20", 1, "-1000");
    refund.takes_back = Some(rec("receipt/1"));
    books.events.push(refund);
    assert_eq!(
        paid(&outcome(&books)),
        [
            ("receipt/1".to_owned(), 1, yuan("100")),
            ("refund/1".to_owned(), 1, yuan("-100")),
        ]
    );
}

#[test]
fn c10_reversed_bounds_are_refused() {
    let refusal = sections(&[("5", "1", 1_000)]).unwrap_err();
    assert_eq!(refusal.code, "commission.section_reversed");
    let overlap = sections(&[("1", "100", 1_000), ("100", "200", 500)]).unwrap_err();
    assert_eq!(overlap.code, "commission.sections_overlap");
}

#[test]
fn law_1_7_one_contract_signed_before_and_collected_after() {
    // Contract 1,000,000, 3 % on receipts, handover 2025-06-30; within 180 days 70/30, then 40/60.
    let terms = Terms::Protection {
        steps: vec![Step {
            before_day: 180,
            share: Bps(7_000),
        }],
        afterwards: Bps(4_000),
        covers: Covers::All,
    };
    let mut books = books(flat(300));
    books
        .stretches
        .push(handed_over(2, "2025-06-30", 1, 2, terms));
    for (record, on, amount) in [
        ("receipt/1", "2025-03-01", "400000"),
        ("receipt/2", "2025-10-01", "300000"),
        ("receipt/3", "2026-03-01", "300000"),
    ] {
        books
            .events
            .push(event(record, Trigger::Cash, on, 1, amount));
    }
    let outcome = outcome(&books);
    let expected = [
        ("receipt/1", 1, "12000"),
        ("receipt/2", 2, "2700"),
        ("receipt/2", 1, "6300"),
        ("receipt/3", 2, "5400"),
        ("receipt/3", 1, "3600"),
    ];
    let expected = expected.map(|(record, who, sum)| (record.to_owned(), who, yuan(sum)));
    assert_eq!(paid(&outcome), expected);
    assert_eq!(total(&outcome, 1), yuan("21900"));
    assert_eq!(total(&outcome, 2), yuan("8100"));
    let days = |at: usize| {
        outcome.lines[at]
            .trace
            .split
            .as_ref()
            .map(|split| split.days)
    };
    assert_eq!((days(1), days(3)), (Some(93), Some(244)));
    assert_eq!(outcome.lines[1].earned_on, day("2025-10-01"));
    assert_eq!(
        outcome.lines.iter().map(|l| l.commission).sum::<Fen>(),
        yuan("30000")
    );
}
