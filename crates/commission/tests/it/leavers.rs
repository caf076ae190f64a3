//! What goes on for somebody who has left when the customer changes hands again, month by month.

use std::collections::BTreeMap;

use commission::calculate::Books;
use commission::event::{Event, Trigger};
use commission::exit::{Decision, Exit};
use commission::explain;
use commission::line::{Because, Line};
use commission::shares::Shares;
use commission::split_after_handover::{Covers, Pool, Step, Stretch, Terms};
use kernel::{Bps, Fen};

use crate::world::{
    ByNumber, books, contract, ctr, day, emp, event, flat, handed_over, outcome, owned_by, paid,
    rec, total, yuan,
};

/// A month's receipt, and what of it 1 (who left), 2 (his successor), 3 and 4 get.
pub type Row<'a> = (&'a str, [&'a str; 4]);

/// Half of everything for six months: 1 keeps it from 2 on.
pub fn half() -> Terms {
    Terms::Negotiated {
        share: Bps(5_000),
        until: Some(day("2025-11-30")),
        agreement: rec("document/doc_1"),
    }
}

/// What 2 keeps from 3 on: 30 % for 60 days.
pub fn third() -> Terms {
    Terms::Protection {
        steps: vec![Step {
            before_day: 60,
            share: Bps(3_000),
        }],
        afterwards: Bps(0),
        covers: Covers::All,
    }
}

/// From a day on a customer is somebody's without any terms.
pub fn by_hand(seq: u32, on: &str, to: i64) -> Stretch {
    Stretch {
        seq,
        effective_on: day(on),
        ..owned_by(to)
    }
}

/// Who has left, and what was decided about the contract.
pub fn exit(who: i64, left_on: &str, decided: Option<Decision>) -> Exit {
    let decided = decided.map(|decision| (ctr(1), decision));
    Exit {
        employee: emp(who),
        left_on: day(left_on),
        decisions: BTreeMap::from_iter(decided),
    }
}

pub fn comes_in(until: &str) -> Option<Decision> {
    Some(Decision::OnCollection {
        until: day(until),
        statement_months: 3,
        consent: None,
    })
}

/// 1 left on 2025-06-30 and is paid as it comes in.
pub fn left() -> Vec<Exit> {
    vec![exit(1, "2025-06-30", comes_in("2026-12-31"))]
}

/// 1's until 2025-06-01, then 2's, and what follows.
pub fn handed(follows: Vec<Stretch>) -> Books {
    let mut books = books(flat(1_000));
    books
        .stretches
        .push(handed_over(2, "2025-06-01", 1, 2, half()));
    books.stretches.extend(follows);
    books.exits = left();
    books
}

/// 10 % of 10,000.00 that come in on each of these days.
pub fn each_month(mut books: Books, rows: &[Row<'_>]) {
    for (on, _) in rows {
        let record = format!("receipt/{on}");
        books
            .events
            .push(event(&record, Trigger::Cash, on, 1, "10000"));
    }
    let lines = paid(&outcome(&books));
    for (on, each) in rows {
        let record = format!("receipt/{on}");
        let of = |who: i64| -> Fen {
            let own = lines
                .iter()
                .filter(|line| (&line.0, line.1) == (&record, who));
            own.map(|line| line.2).sum()
        };
        let found = [1, 2, 3, 4].map(of);
        assert_eq!(found, each.map(yuan), "{on}");
    }
}

/// Until the second handover.
const BEFORE: [Row<'static>; 4] = [
    ("2025-05-15", ["1000", "0", "0", "0"]),
    ("2025-06-15", ["500", "500", "0", "0"]), // 1 is still here
    ("2025-07-15", ["500", "500", "0", "0"]), // he has left
    ("2025-08-15", ["500", "500", "0", "0"]),
];

fn after(rows: &[Row<'static>]) -> Vec<Row<'static>> {
    BEFORE.iter().chain(rows).copied().collect()
}

#[test]
fn handed_on_by_a_plan_with_terms_for_the_successor() {
    // 2 keeps 30 % of what 1 leaves: of 500.00, not of 1,000.00.
    let books = handed(vec![handed_over(3, "2025-09-01", 2, 3, third())]);
    each_month(
        books,
        &after(&[
            ("2025-09-15", ["500", "150", "350", "0"]),
            ("2025-10-15", ["500", "150", "350", "0"]),
            ("2025-11-15", ["500", "0", "500", "0"]), // the 60 days of 2 are over
            ("2025-11-30", ["500", "0", "500", "0"]), // the last day of 1
            ("2025-12-01", ["0", "0", "1000", "0"]),
        ]),
    );
}

#[test]
fn handed_on_by_hand_without_terms() {
    each_month(
        handed(vec![by_hand(3, "2025-09-01", 3)]),
        &after(&[
            ("2025-08-31", ["500", "500", "0", "0"]),
            ("2025-09-01", ["500", "0", "500", "0"]),
            ("2025-11-15", ["500", "0", "500", "0"]),
            ("2025-12-15", ["0", "0", "1000", "0"]),
        ]),
    );
}

#[test]
fn handed_on_by_a_plan_that_is_undone_while_money_comes_in() {
    let there = handed_over(3, "2025-09-01", 2, 3, third());
    let back = handed_over(4, "2025-10-10", 3, 2, Terms::NothingKept);
    each_month(
        handed(vec![there, back]),
        &after(&[
            ("2025-09-15", ["500", "150", "350", "0"]),
            ("2025-10-09", ["500", "150", "350", "0"]),
            ("2025-10-10", ["500", "500", "0", "0"]),
            ("2025-11-15", ["500", "500", "0", "0"]),
            ("2025-12-15", ["0", "1000", "0", "0"]),
        ]),
    );
}

#[test]
fn handed_on_twice_and_by_two_who_left() {
    // 2 keeps 40 % for good from 3 on, and leaves on 2025-09-30; on 2025-11-01 it goes to 4.
    let mut books = handed(vec![
        handed_over(
            3,
            "2025-09-01",
            2,
            3,
            Terms::Negotiated {
                share: Bps(4_000),
                until: None,
                agreement: rec("document/doc_2"),
            },
        ),
        by_hand(4, "2025-11-01", 4),
    ]);
    books.exits.push(exit(2, "2025-09-30", None));
    each_month(
        books,
        &after(&[
            ("2025-09-15", ["500", "200", "300", "0"]),
            ("2025-10-15", ["500", "200", "300", "0"]),
            ("2025-11-15", ["500", "200", "0", "300"]),
            ("2025-12-15", ["0", "400", "0", "600"]),
        ]),
    );
}

/// What 1 has of October, when 3 has it since September on the terms for 2.
#[test]
fn what_ends_and_what_does_not() {
    let on_collection = |left_on| vec![exit(1, left_on, comes_in("2026-12-31"))];
    let decided = |decision| vec![exit(1, "2025-06-30", Some(decision))];
    let share = Decision::PayShare {
        share: Bps(6_000),
        agreement: rec("document/doc_3"),
    };
    for (told, exits, each) in [
        ("left before", left(), ["500", "150", "350"]),
        (
            "the day before",
            on_collection("2025-08-31"),
            ["500", "150", "350"],
        ),
        // A handover up to his last day is decided at his exit.
        ("that day", on_collection("2025-09-01"), ["0", "300", "700"]),
        ("is here", vec![], ["0", "300", "700"]),
        // Silence takes nothing.
        (
            "nothing decided",
            vec![exit(1, "2025-06-30", None)],
            ["500", "150", "350"],
        ),
        // He has been paid for it.
        ("in full", decided(Decision::PayInFull), ["0", "300", "700"]),
        ("a share", decided(share), ["0", "300", "700"]),
        (
            "his tail is over",
            vec![exit(1, "2025-06-30", comes_in("2025-09-30"))],
            ["0", "300", "700"],
        ),
    ] {
        let mut books = handed(vec![handed_over(3, "2025-09-01", 2, 3, third())]);
        books.exits = exits;
        books
            .events
            .push(event("receipt/1", Trigger::Cash, "2025-10-15", 1, "10000"));
        let outcome = outcome(&books);
        let found = [1, 2, 3].map(|who| total(&outcome, who));
        assert_eq!(found, each.map(yuan), "{told}");
    }
}

#[test]
fn a_merge_gives_nothing_twice() {
    // 3 has it by a merge: the terms of the first handover stand in his stretch too.
    let mut merged = handed_over(3, "2025-09-01", 1, 3, half());
    if let Some(handover) = &mut merged.handover {
        handover.since = Some(day("2025-06-01"));
    }
    each_month(
        handed(vec![merged, by_hand(4, "2025-10-01", 4)]),
        &after(&[
            ("2025-09-15", ["500", "0", "500", "0"]),
            ("2025-10-15", ["500", "0", "0", "500"]),
            ("2025-12-15", ["0", "0", "0", "1000"]),
        ]),
    );
}

#[test]
fn a_part_of_the_team_goes_on_for_whoever_left_too() {
    // 10 % go to 4 first; of the rest 1 has half.
    let with = |exits: Vec<Exit>| {
        let mut books = handed(vec![by_hand(3, "2025-09-01", 3)]);
        if let Some(handover) = &mut books.stretches[1].handover {
            handover.pool = Some(Pool {
                share: Bps(1_000),
                members: Shares::all_to(emp(4)),
                before_day: None,
            });
        }
        books.exits = exits;
        books
    };
    let here = with(left());
    each_month(
        here,
        &[
            ("2025-08-15", ["450", "450", "0", "100"]),
            ("2025-09-15", ["450", "0", "550", "0"]),
        ],
    );
    let mut both = left();
    both.push(exit(4, "2025-07-31", None));
    each_month(
        with(both),
        &[
            ("2025-09-15", ["450", "0", "450", "100"]),
            ("2025-12-15", ["0", "0", "900", "100"]),
        ],
    );
}

#[test]
fn a_contract_that_went_by_itself_follows_its_own_row() {
    let mut alone = handed_over(3, "2025-09-01", 2, 3, third());
    alone.contracts = Some([ctr(1)].into());
    each_month(
        handed(vec![alone]),
        &after(&[("2025-10-15", ["500", "150", "350", "0"])]),
    );
}

#[test]
fn everything_that_goes_on_leaves_the_owner_nothing_and_says_why() {
    let mut books = handed(vec![by_hand(3, "2025-09-01", 3)]);
    if let Some(handover) = &mut books.stretches[1].handover {
        handover.terms = Terms::Negotiated {
            share: Bps(10_000),
            until: None,
            agreement: rec("document/doc_1"),
        };
    }
    books
        .events
        .push(event("receipt/1", Trigger::Cash, "2025-10-15", 1, "10000"));
    let outcome = outcome(&books);
    let lines = paid(&outcome);
    assert_eq!(lines, [("receipt/1".to_owned(), 1, yuan("1000"))]);
    let [absence] = &outcome.absences[..] else {
        panic!("{:?}", outcome.absences);
    };
    assert_eq!(absence.payee, emp(3));
    assert!(matches!(&absence.because, Because::Split(how) if how.goes_on));
}

#[test]
fn the_lines_say_what_goes_on() {
    let said = |books: &Books| -> BTreeMap<i64, String> {
        let outcome = outcome(books);
        let story = |line: &Line| {
            let who = (1..5).find(|n| emp(*n) == line.key.payee).unwrap();
            let story = explain::line(line, &ByNumber);
            let words: Vec<&str> = story.iter().map(|reason| &*reason.zh).collect();
            (who, words.join("\n"))
        };
        outcome.lines.iter().map(story).collect()
    };
    let october = event("receipt/1", Trigger::Cash, "2025-10-15", 1, "10000");
    let mut by_plan = handed(vec![handed_over(3, "2025-09-01", 2, 3, third())]);
    by_plan.events.push(october.clone());
    let said_of = said(&by_plan);
    let first = "该客户于 2025-06-01 由 员工1 交接，后再次移交，现由 员工3 负责";
    assert!(said_of[&1].contains(first), "{}", said_of[&1]);
    assert!(
        said_of[&1].contains("份额不因再次移交而终止"),
        "{}",
        said_of[&1]
    );
    for who in [2, 3] {
        let own = &said_of[&who];
        assert!(own.contains("由 员工2 交接给 员工3"), "{own}");
        assert!(own.contains("已离职人员按此前的条款先得 50%"), "{own}");
    }
    let mut without = handed(vec![by_hand(3, "2025-09-01", 3)]);
    without.events.push(october);
    let said_of = said(&without);
    assert!(said_of[&3].contains(first), "{}", said_of[&3]);
}

/// Receipts of any odd amount: what all get is the whole, and 1 gets what he got before.
#[test]
fn no_fen_is_lost() {
    for fen in (1..2_000).step_by(7) {
        let credits = |follows: Vec<Stretch>| -> BTreeMap<i64, Fen> {
            let mut books = handed(follows);
            books.contracts = vec![contract(1, "2025-01-10", "1000000")];
            let receipt = event("receipt/1", Trigger::Cash, "2025-10-15", 1, "1");
            let amount = Fen(fen);
            books.events.push(Event { amount, ..receipt });
            let outcome = outcome(&books);
            let each = outcome.lines.iter();
            each.map(|line| {
                let who = (1..5).find(|n| emp(*n) == line.key.payee).unwrap();
                (who, line.credit)
            })
            .collect()
        };
        let once = credits(Vec::new());
        let twice = credits(vec![handed_over(3, "2025-09-01", 2, 3, third())]);
        assert_eq!(once[&1], twice[&1], "{fen}");
        assert_eq!(twice.values().copied().sum::<Fen>(), Fen(fen));
    }
}
