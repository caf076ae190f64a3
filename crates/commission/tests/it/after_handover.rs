//! How is commission split after a handover? Tables a finance clerk can read.

use std::collections::BTreeSet;

use commission::event::Trigger;
use commission::line::Because;
use commission::shares::Shares;
use commission::split_after_handover::{Covers, Piece, Pool, Terms, untouchable};
use kernel::{Bps, Fen};

use crate::world::{
    ByNumber, books, contract, ctr, day, emp, event, flat, handed_over, outcome, paid, protection,
    rec, total, yuan,
};

/// One receipt of 10,000.00 on each day; what 1 (before) and 2 (successor) get at 10 %.
fn each_day(terms: Terms, signed_on: &str, rows: &[(&str, &str, &str)]) {
    for (on, old, new) in rows {
        let mut books = books(flat(1_000));
        books.contracts = vec![contract(1, signed_on, "100000")];
        books.contracts[0].ends_on = Some(day("2025-12-31"));
        books
            .stretches
            .push(handed_over(2, "2025-06-01", 1, 2, terms.clone()));
        books
            .events
            .push(event("receipt/1", Trigger::Cash, on, 1, "10000"));
        let outcome = outcome(&books);
        assert_eq!(
            (total(&outcome, 1), total(&outcome, 2)),
            (yuan(old), yuan(new)),
            "{on}"
        );
    }
}

#[test]
fn protection_falls_by_the_days_since_the_handover() {
    each_day(
        protection(),
        "2025-01-10",
        &[
            ("2025-05-31", "1000", "0"),  // the day before: all his
            ("2025-06-01", "700", "300"), // day 0
            ("2025-06-30", "700", "300"), // day 29
            ("2025-07-01", "500", "500"), // day 30
            ("2025-07-31", "300", "700"), // day 60
            ("2025-08-29", "300", "700"), // day 89
            ("2025-08-30", "0", "1000"),  // day 90: over
        ],
    );
}

#[test]
fn to_the_contracts_end_for_contracts_signed_before() {
    let terms = Terms::ToContractEnd { share: Bps(4_000) };
    let rows = [
        ("2025-06-01", "400", "600"),
        ("2025-12-31", "400", "600"), // its last day
        ("2026-01-01", "0", "1000"),
    ];
    each_day(terms.clone(), "2025-05-31", &rows);
    each_day(terms, "2025-06-01", &[("2025-07-01", "0", "1000")]); // signed by the successor
}

#[test]
fn by_the_work_done_before() {
    let piece = |name: &str, weight, done| Piece {
        name: name.to_owned(),
        weight: Bps(weight),
        done: Bps(done),
    };
    let terms = Terms::ShareOfWork {
        pieces: vec![
            piece("开发", 3_000, 10_000),
            piece("谈判", 3_000, 10_000),
            piece("交付", 2_500, 2_000),
            piece("回款", 1_500, 0),
        ],
    };
    each_day(terms, "2025-01-10", &[("2025-09-01", "650", "350")]);
}

#[test]
fn as_negotiated_until_a_day() {
    let terms = Terms::Negotiated {
        share: Bps(2_500),
        until: Some(day("2025-09-30")),
        agreement: rec("document/doc_1"),
    };
    let rows = [("2025-09-30", "250", "750"), ("2025-10-01", "0", "1000")];
    each_day(terms, "2025-01-10", &rows);
    each_day(
        Terms::NothingKept,
        "2025-01-10",
        &[("2025-06-01", "0", "1000")],
    );
}

#[test]
fn a_contract_signed_before_delivered_between_and_collected_after() {
    // Three plans wait for three things; each is measured on its own date.
    for (trigger, on, old, new) in [
        (Trigger::Signing, "2025-05-20", "1000", "0"),
        (Trigger::Delivery, "2025-06-10", "700", "300"),
        (Trigger::Cash, "2025-09-10", "0", "1000"),
    ] {
        let mut books = books(flat(1_000));
        books.plans[0].versions[0].trigger = trigger;
        books.contracts = vec![contract(1, "2025-05-20", "10000")];
        books
            .stretches
            .push(handed_over(2, "2025-06-01", 1, 2, protection()));
        for (record, trigger, on) in [
            ("contract/1", Trigger::Signing, "2025-05-20"),
            ("order/1", Trigger::Delivery, "2025-06-10"),
            ("receipt/1", Trigger::Cash, "2025-09-10"),
        ] {
            books.events.push(event(record, trigger, on, 1, "10000"));
        }
        let outcome = outcome(&books);
        assert!(outcome.lines.iter().all(|line| line.earned_on == day(on)));
        assert_eq!(
            (total(&outcome, 1), total(&outcome, 2)),
            (yuan(old), yuan(new)),
            "{on}"
        );
    }
}

#[test]
fn a_second_handover_ends_the_first_window() {
    let mut books = books(flat(1_000));
    books
        .stretches
        .push(handed_over(2, "2025-06-01", 1, 2, protection()));
    books
        .stretches
        .push(handed_over(3, "2025-06-20", 2, 3, protection()));
    books
        .events
        .push(event("receipt/1", Trigger::Cash, "2025-06-19", 1, "10000"));
    books
        .events
        .push(event("receipt/2", Trigger::Cash, "2025-06-20", 1, "10000"));
    let expected = [
        ("receipt/1", 2, "300"),
        ("receipt/1", 1, "700"),
        ("receipt/2", 3, "300"),
        ("receipt/2", 2, "700"), // the one before him, and nobody else
    ];
    let expected = expected.map(|(record, who, sum)| (record.to_owned(), who, yuan(sum)));
    assert_eq!(paid(&outcome(&books)), expected);
}

#[test]
fn part_of_the_contracts_moves_and_the_rest_stays() {
    let mut books = books(flat(1_000));
    books.contracts.push(contract(2, "2025-01-10", "10000"));
    let mut part = handed_over(2, "2025-06-01", 1, 2, protection());
    part.contracts = Some(BTreeSet::from([ctr(2)]));
    books.stretches.push(part);
    books
        .events
        .push(event("receipt/1", Trigger::Cash, "2025-06-02", 1, "10000"));
    books
        .events
        .push(event("receipt/2", Trigger::Cash, "2025-06-02", 2, "10000"));
    let expected = [
        ("receipt/1", 1, "1000"),
        ("receipt/2", 2, "300"),
        ("receipt/2", 1, "700"),
    ];
    let expected = expected.map(|(record, who, sum)| (record.to_owned(), who, yuan(sum)));
    assert_eq!(paid(&outcome(&books)), expected);
}

#[test]
fn a_pool_for_the_team_comes_off_first() {
    // 10 % to the team of 3 and 4, the rest 70 / 30: 63 / 27 / 5 / 5.
    let stretch = handed_over(2, "2025-06-01", 1, 2, protection());
    let members = Shares::new(vec![(emp(3), Bps(5_000)), (emp(4), Bps(5_000))]).unwrap();
    for (before_day, on, wanted) in [
        (None, "2025-06-02", ["630", "270", "50", "50"]),
        // The team's days are over before the protection is, and the other way round.
        (Some(20), "2025-06-20", ["630", "270", "50", "50"]),
        (Some(20), "2025-06-21", ["700", "300", "0", "0"]),
        (Some(120), "2025-09-01", ["0", "900", "50", "50"]),
    ] {
        let mut books = books(flat(1_000));
        let mut stretch = stretch.clone();
        let handover = stretch.handover.as_mut().unwrap();
        handover.pool = Some(Pool {
            share: Bps(1_000),
            members: members.clone(),
            before_day,
        });
        books.stretches.push(stretch);
        books
            .events
            .push(event("receipt/1", Trigger::Cash, on, 1, "10000"));
        let outcome = outcome(&books);
        let sums: Vec<_> = (1..=4).map(|who| total(&outcome, who)).collect();
        assert_eq!(sums, wanted.map(yuan), "{before_day:?} {on}");
        let owner = outcome.lines.iter().find(|one| one.key.payee == emp(2));
        let story = commission::explain::line(owner.unwrap(), &ByNumber);
        let told = story.iter().any(|one| one.zh.ends_with("；团队先得 10%"));
        assert_eq!(told, wanted[2] != "0", "{story:?}");
    }
}

#[test]
fn the_odd_fen_at_a_tie_goes_to_the_earlier_owner() {
    for (amount, old, new) in [("0.01", "0.01", "0"), ("0.03", "0.02", "0.01")] {
        for sign in ["", "-"] {
            let mut books = books(flat(10_000));
            books
                .stretches
                .push(handed_over(2, "2025-06-01", 1, 2, protection()));
            let amount = format!("{sign}{amount}");
            books
                .events
                .push(event("receipt/1", Trigger::Cash, "2025-07-01", 1, &amount));
            let outcome = outcome(&books);
            let signed = |text: &str| yuan(&format!("{sign}{text}"));
            assert_eq!(
                (total(&outcome, 1), total(&outcome, 2)),
                (signed(old), signed(new))
            );
        }
    }
}

#[test]
fn when_the_window_is_over_the_line_is_missing_with_its_reason() {
    let mut books = books(flat(1_000));
    books
        .stretches
        .push(handed_over(2, "2025-06-01", 1, 2, protection()));
    books
        .events
        .push(event("receipt/1", Trigger::Cash, "2025-09-01", 1, "10000"));
    let outcome = outcome(&books);
    assert_eq!(outcome.absences.len(), 1);
    assert_eq!(outcome.absences[0].payee, emp(1));
    assert!(matches!(outcome.absences[0].because, Because::Split(_)));
}

#[test]
fn earned_pay_is_not_moved_without_all_signatures() {
    let mut books = books(flat(1_000));
    books
        .events
        .push(event("receipt/1", Trigger::Cash, "2025-06-15", 1, "10000"));
    let earned = outcome(&books).lines;
    for (on, signed, allowed) in [
        ("2025-06-16", false, true),
        ("2025-06-15", false, false),
        ("2025-06-01", false, false),
        ("2025-06-01", true, true),
    ] {
        let stretch = handed_over(2, on, 1, 2, protection());
        let answer = untouchable(&stretch, &earned, signed);
        assert_eq!(answer.is_ok(), allowed, "{on}");
        if let Err(refusal) = answer {
            assert_eq!(refusal.code, "commission.earned_before_handover");
            assert!(refusal.message.contains("1,000.00"), "{}", refusal.message);
        }
    }
}

#[test]
fn broken_terms_are_refused() {
    let steps = |days: [u32; 2], share| {
        let step = |before_day| commission::split_after_handover::Step {
            before_day,
            share: Bps(share),
        };
        Terms::Protection {
            steps: days.map(step).to_vec(),
            afterwards: Bps(0),
            covers: commission::split_after_handover::Covers::All,
        }
    };
    for terms in [
        steps([60, 30], 5_000),
        steps([30, 60], 10_001),
        Terms::ToContractEnd { share: Bps(-1) },
        Terms::ShareOfWork { pieces: vec![] },
    ] {
        let handover = handed_over(2, "2025-06-01", 1, 2, terms).handover.unwrap();
        assert_eq!(
            handover.check().unwrap_err().code,
            "commission.terms_broken"
        );
    }
}

/// A table was asked once: 80 % within 45 days, 20 % within 90, then 5 %, each by its row.
///
/// | collected | contract signed | his share | row |
const BY_TABLE: [(&str, &str, i64, u32); 5] = [
    ("2025-06-01", "2025-01-01", 8_000, 3),
    ("2025-07-15", "2025-01-01", 8_000, 3),
    ("2025-07-16", "2025-01-01", 2_000, 7),
    ("2025-08-30", "2025-01-01", 500, 0),
    ("2025-07-01", "2025-06-15", 0, 0),
];

#[test]
fn steps_that_a_table_said_count_like_steps_that_were_written_down() {
    use commission::plan::RuleRow;
    use commission::split_after_handover::TableStep;
    let step = |before_day, share, row| TableStep {
        before_day,
        share: Bps(share),
        row: RuleRow {
            table: "保护期".to_owned(),
            version: 2,
            row,
            asked: "客户级别 A".to_owned(),
            asked_en: "tier A".to_owned(),
        },
    };
    let by_table = |steps| Terms::ByTable {
        table: "rtb_1".to_owned(),
        name: "保护期".to_owned(),
        covers: Covers::SignedBefore,
        steps,
    };
    let steps = vec![
        step(Some(45), 8_000, 3),
        step(Some(90), 2_000, 7),
        step(None, 500, 0),
    ];
    for (on, signed, share, row) in BY_TABLE {
        let mut books = books(flat(1_000));
        books.contracts = vec![contract(1, signed, "100000")];
        let terms = by_table(steps.clone());
        books
            .stretches
            .push(handed_over(2, "2025-06-01", 1, 2, terms));
        books
            .events
            .push(event("receipt/1", Trigger::Cash, on, 1, "10000"));
        let outcome = outcome(&books);
        assert_eq!(total(&outcome, 1), Fen(share * 10), "{on}");
        assert_eq!(total(&outcome, 1) + total(&outcome, 2), yuan("1000"));
        let split = outcome.lines[0].trace.split.clone().unwrap();
        let said = split.decided_by.map(|one| one.row);
        assert_eq!(said, (share > 0).then_some(row), "{on}");
    }
    // A table that was not asked decides nothing.
    let mut books = books(flat(1_000));
    books
        .stretches
        .push(handed_over(2, "2025-06-01", 1, 2, by_table(Vec::new())));
    let refusal = commission::calculate::calculate(&books).unwrap_err();
    assert_eq!(refusal.code, "commission.terms_broken");
}
