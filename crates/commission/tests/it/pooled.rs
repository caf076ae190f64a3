//! The owner's part that goes on for whoever had left before somebody else got his customer without
//! a handover from him, month by month.

use commission::calculate::Books;
use commission::event::{Event, Trigger};
use commission::exit::{Decision, Exit};
use commission::explain;
use commission::line::{Because, Line};
use commission::split_after_handover::{Stretch, Terms};
use kernel::{Bps, Fen};

use crate::leavers::{by_hand, comes_in, each_month, exit, half, handed, left, third};
use crate::world::{
    ByNumber, books, contract, day, emp, event, flat, handed_over, outcome, owned_by, rec, total,
    yuan,
};

/// 1's, and what follows.
fn pooled(follows: Vec<Stretch>) -> Books {
    let mut books = books(flat(1_000));
    books.stretches.extend(follows);
    books.exits = left();
    books
}

/// 1 left it in the pool, or it is still his, and 2 gets it two months later.
#[test]
fn what_lay_in_the_pool_stays_its_last_owners() {
    each_month(
        pooled(vec![by_hand(2, "2025-09-01", 2)]),
        &[
            ("2025-06-15", ["1000", "0", "0", "0"]), // 1 is still here
            ("2025-08-15", ["1000", "0", "0", "0"]), // nobody has it
            ("2025-08-31", ["1000", "0", "0", "0"]),
            ("2025-09-01", ["1000", "0", "0", "0"]), // 2 has it
            ("2026-06-15", ["1000", "0", "0", "0"]),
            ("2026-12-31", ["1000", "0", "0", "0"]), // the last day of his tail
            ("2027-01-01", ["0", "1000", "0", "0"]),
        ],
    );
}

#[test]
fn later_handovers_do_not_end_the_owners_part_either() {
    // 2 hands it on with terms and leaves, and out of the pool it goes to 4.
    let mut books = pooled(vec![
        by_hand(2, "2025-09-01", 2),
        handed_over(3, "2025-10-01", 2, 3, third()),
        by_hand(4, "2026-11-01", 4),
    ]);
    books.exits.push(exit(2, "2025-10-10", None));
    books.exits.push(exit(3, "2026-10-10", None));
    each_month(
        books,
        &[
            ("2025-09-15", ["1000", "0", "0", "0"]),
            ("2025-10-15", ["1000", "0", "0", "0"]),
            ("2026-11-15", ["1000", "0", "0", "0"]),
            // His tail is over: 3 had it in the pool, and the 60 days of 2 are over.
            ("2027-01-01", ["0", "0", "1000", "0"]),
        ],
    );
}

#[test]
fn the_owner_of_today_shares_on_his_own_terms_after_the_tail() {
    let mut books = pooled(vec![
        by_hand(2, "2025-09-01", 2),
        handed_over(3, "2025-12-01", 2, 3, third()),
    ]);
    books.exits = vec![exit(1, "2025-06-30", comes_in("2025-12-31"))];
    each_month(
        books,
        &[
            ("2025-12-31", ["1000", "0", "0", "0"]),
            ("2026-01-01", ["0", "300", "700", "0"]),
            ("2026-02-01", ["0", "0", "1000", "0"]),
        ],
    );
}

/// 1 got it from 4, who keeps half of it until 2025-11-30, and left it in the pool.
#[test]
fn his_part_goes_on_after_what_terms_left_others() {
    let got = |follows: Vec<Stretch>, exits: Vec<Exit>| {
        let mut books = pooled(Vec::new());
        books.stretches = vec![owned_by(4), handed_over(2, "2025-02-01", 4, 1, half())];
        books.stretches.extend(follows);
        books.exits.extend(exits);
        books
    };
    // 4 is here: his half ends when 2 gets it.
    let out_of_the_pool = || vec![by_hand(3, "2025-09-01", 2)];
    each_month(
        got(out_of_the_pool(), vec![]),
        &[
            ("2025-08-15", ["500", "0", "0", "500"]),
            ("2025-09-15", ["500", "500", "0", "0"]),
            ("2025-12-15", ["1000", "0", "0", "0"]), // by the days of those terms
            ("2027-01-01", ["0", "1000", "0", "0"]),
        ],
    );
    // 4 has left: his half goes on too.
    each_month(
        got(out_of_the_pool(), vec![exit(4, "2025-03-31", None)]),
        &[
            ("2025-09-15", ["500", "0", "0", "500"]),
            ("2025-12-15", ["1000", "0", "0", "0"]),
            ("2027-01-01", ["0", "1000", "0", "0"]),
        ],
    );
    // 2 hands his half on, on terms of his own.
    let mut twice = out_of_the_pool();
    twice.push(handed_over(4, "2025-10-01", 2, 3, third()));
    each_month(
        got(twice, vec![]),
        &[
            ("2025-09-15", ["500", "500", "0", "0"]),
            ("2025-10-15", ["500", "150", "350", "0"]),
        ],
    );
    // A merge ends no terms.
    let mut merged = handed_over(3, "2025-09-01", 4, 2, half());
    if let Some(handover) = &mut merged.handover {
        handover.since = Some(day("2025-02-01"));
    }
    let after = by_hand(4, "2025-10-01", 3);
    each_month(
        got(vec![merged, after], vec![]),
        &[
            ("2025-09-15", ["500", "0", "0", "500"]),
            ("2025-10-15", ["500", "0", "500", "0"]),
            ("2027-01-01", ["0", "0", "1000", "0"]),
        ],
    );
}

/// What 1 and the next owner have of October.
fn october(next: Stretch, signed_on: &str, exits: Vec<Exit>) -> [Fen; 2] {
    let mut books = pooled(vec![next]);
    books.contracts = vec![contract(1, signed_on, "1000000")];
    books.exits = exits;
    books
        .events
        .push(event("receipt/1", Trigger::Cash, "2025-10-15", 1, "10000"));
    let outcome = outcome(&books);
    [1, 2].map(|who| total(&outcome, who))
}

#[test]
fn it_goes_on_until_he_was_settled_and_from_his_last_day() {
    let decided = |decision| exit(1, "2025-06-30", Some(decision));
    let share = Decision::PayShare {
        share: Bps(6_000),
        agreement: rec("document/doc_3"),
    };
    for (exit, his) in [
        (exit(1, "2025-06-30", comes_in("2026-12-31")), true),
        (exit(1, "2025-06-30", None), true), // silence takes nothing
        (exit(1, "2025-06-30", comes_in("2025-10-14")), false),
        (decided(Decision::PayInFull), false),
        (decided(share), false),
        // What is taken up to his last day is decided at his exit.
        (exit(1, "2025-08-31", None), true),
        (exit(1, "2025-09-01", None), false),
        // He is somebody else.
        (exit(4, "2025-06-30", None), false),
    ] {
        let told = format!("{exit:?}");
        let found = october(by_hand(2, "2025-09-01", 2), "2025-01-10", vec![exit]);
        let each = if his { ["1000", "0"] } else { ["0", "1000"] };
        assert_eq!(found, each.map(yuan), "{told}");
    }
}

#[test]
fn it_is_of_what_was_signed_by_his_last_day() {
    for (signed_on, each) in [
        ("2025-06-30", ["1000", "0"]),
        ("2025-07-01", ["0", "1000"]),
        ("2025-09-10", ["0", "1000"]),
    ] {
        let found = october(by_hand(2, "2025-09-01", 2), signed_on, left());
        assert_eq!(found, each.map(yuan), "{signed_on}");
    }
}

#[test]
fn the_terms_of_a_handover_from_him_decide() {
    for (terms, each) in [
        (half(), ["500", "500"]),
        (Terms::NothingKept, ["0", "1000"]),
    ] {
        let told = format!("{terms:?}");
        let next = handed_over(2, "2025-09-01", 1, 2, terms);
        let found = october(next, "2025-01-10", left());
        assert_eq!(found, each.map(yuan), "{told}");
    }
}

#[test]
fn an_owner_of_today_who_gets_nothing_hears_why() {
    let mut books = pooled(vec![by_hand(2, "2025-09-01", 2)]);
    books
        .events
        .push(event("receipt/1", Trigger::Cash, "2025-10-15", 1, "10000"));
    let outcome = outcome(&books);
    let [line] = &outcome.lines[..] else {
        panic!("{:?}", outcome.lines);
    };
    assert_eq!((line.key.payee, line.statement_due), (emp(1), true));
    let [absence] = &outcome.absences[..] else {
        panic!("{:?}", outcome.absences);
    };
    assert_eq!(absence.payee, emp(2));
    assert!(matches!(&absence.because, Because::StaysWithLeaver(_)));
    let why = "员工1 于 2025-06-30 离职，该客户此后未经其交接，现由 员工2 负责；\
               本合同于其离职前签订，负责人的份额仍归其本人";
    for story in [
        explain::line(line, &ByNumber),
        explain::absence(absence, &ByNumber),
    ] {
        let words: Vec<&str> = story.iter().map(|reason| &*reason.zh).collect();
        let words = words.join("\n");
        assert!(words.contains(why), "{words}");
    }
}

/// Who has a part beside his hears of it, with and without terms of his own.
#[test]
fn the_lines_beside_it_say_whose_part_goes_on() {
    let got = vec![
        handed_over(2, "2025-02-01", 4, 1, half()),
        by_hand(3, "2025-09-01", 2),
        handed_over(4, "2025-10-01", 2, 3, third()),
    ];
    let mut books = pooled(Vec::new());
    books.stretches = vec![owned_by(4)];
    books.stretches.extend(got);
    for on in ["2025-09-15", "2025-10-15"] {
        let record = format!("receipt/{on}");
        books
            .events
            .push(event(&record, Trigger::Cash, on, 1, "10000"));
    }
    let lines = outcome(&books).lines;
    assert_eq!(lines.len(), 5);
    for line in &lines {
        let story = explain::line(line, &ByNumber);
        let words: Vec<&str> = story.iter().map(|reason| &*reason.zh).collect();
        let words = words.join("\n");
        assert!(words.contains("负责人的份额仍归其本人"), "{words}");
        assert!(!words.contains("按此前的条款先得"), "{words}");
    }
}

/// Lines and absences of before this was said are read as they are.
#[test]
fn what_was_kept_before_is_read() {
    let mut books = handed(Vec::new());
    books
        .events
        .push(event("receipt/1", Trigger::Cash, "2025-08-15", 1, "10000"));
    let line = outcome(&books).lines.remove(0);
    let kept = serde_json::to_value(&line).unwrap();
    assert!(kept["trace"].get("stays").is_none());
    assert_eq!(serde_json::from_value::<Line>(kept).unwrap(), line);
}

/// Receipts of any odd amount: beside a part that goes on no fen is lost or made.
#[test]
fn no_fen_is_lost_beside_an_owners_part() {
    for fen in (1..2_000).step_by(7) {
        let mut books = pooled(Vec::new());
        books.stretches = vec![
            owned_by(4),
            handed_over(2, "2025-02-01", 4, 1, third_for_good()),
            by_hand(3, "2025-09-01", 2),
            handed_over(4, "2025-10-01", 2, 3, third()),
        ];
        let receipt = event("receipt/1", Trigger::Cash, "2025-10-15", 1, "1");
        let amount = Fen(fen);
        books.events.push(Event { amount, ..receipt });
        let outcome = outcome(&books);
        let each: Vec<Fen> = outcome.lines.iter().map(|line| line.credit).collect();
        assert_eq!(each.iter().copied().sum::<Fen>(), Fen(fen));
        let his = outcome.lines.iter().filter(|line| line.key.payee == emp(1));
        let his: Fen = his.map(|line| line.credit).sum();
        assert!((his.0 * 10_000 - fen * 6_667).abs() <= 5_000, "{fen}");
    }
}

/// Whoever had it before keeps 33.33 %.
fn third_for_good() -> Terms {
    Terms::Negotiated {
        share: Bps(3_333),
        until: None,
        agreement: rec("document/doc_1"),
    }
}
