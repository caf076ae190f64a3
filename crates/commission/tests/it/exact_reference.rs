//! Equal, fen for fen, to an independent exact-fraction reference in Python, for what the DuckDB
//! peers do not cover. Its tables are checked in; where python3 is there it is run again.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use commission::calculate::{Books, Payment};
use commission::draw::{Advance, Draw, advances};
use commission::event::{Place, Team, Trigger};
use commission::line::{Earning, Line, Seat};
use commission::plan::{ChangeInside, Method, Plan};
use commission::schedule::{Ladder, Reach};
use commission::split_after_handover::Side;
use commission::window::Window;
use kernel::{Bps, Fen};

use crate::world::{
    books, contract, day, emp, event, flat, handed_over, marginal, outcome, protection, rec,
    version, whole,
};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference")
}

fn table(name: &str) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_path(folder().join(name)).unwrap();
    let rows = reader.records().map(|row| row.unwrap());
    rows.map(|row| row.iter().map(str::to_owned).collect())
        .collect()
}

fn old() -> Ladder {
    marginal(&[("0", 137), ("9000", 211), ("20000", 455)])
}

/// The plan of a family; the reference has its own words for the same.
fn plan_of(family: &str, plan: &mut Plan) {
    let retro = || Method::Ladder(whole(&[("0", 200), ("10000", 350), ("30000", 500)]));
    let quota = || {
        let steps = [
            (Bps(0), Bps(500), Reach::Excess),
            (Bps(5_000), Bps(1_000), Reach::Whole),
            (Bps(10_000), Bps(2_000), Reach::Excess),
        ];
        Method::Ladder(Ladder::of_quota(Fen(3_300_000), &steps).unwrap())
    };
    plan.window = match family {
        "quota" | "guarantee" | "draw" => Window::Month,
        _ => Window::Quarter,
    };
    if matches!(family, "guarantee" | "draw") {
        plan.versions[0].floor = Some(Draw {
            amount: Fen(123_456),
            recoverable: family == "draw",
        });
    }
    plan.versions[0].components[0].method = match family {
        "retro" => retro(),
        "quota" => quota(),
        "guarantee" | "draw" => flat(500),
        _ => Method::Ladder(old()),
    };
    plan.change_inside = match family {
        "change_on" => ChangeInside::CarriesOn,
        "change_afresh" => ChangeInside::StartsAfresh,
        _ => ChangeInside::NextWindow,
    };
    if family.starts_with("change") {
        let new = marginal(&[("0", 150), ("7000", 300), ("25000", 333)]);
        let valid = crate::world::since("2025-08-15");
        plan.versions[0].valid.until = Some(valid.from);
        let next = version(2, valid, Trigger::Cash, Method::Ladder(new));
        plan.versions.push(next);
    }
}

/// The books of a case. Payments name lines, so they wait until the lines are known.
fn books_of(rows: &[&Vec<String>]) -> Books {
    let mut books = books(Method::Ladder(old()));
    plan_of(&rows[0][1], &mut books.plans[0]);
    books.contracts = vec![contract(1, "2025-01-01", "1")];
    for row in rows {
        let (kind, record, on, amount) = (&row[2], &row[3], &row[4], &row[5]);
        match kind.as_str() {
            "move" => {
                let (from, to) = (record.parse().unwrap(), amount.parse().unwrap());
                let seq = u32::try_from(books.stretches.len()).unwrap() + 1;
                books
                    .stretches
                    .push(handed_over(seq, on, from, to, protection()));
            }
            "team" => {
                let (owner, third): (i64, i64) = (amount.parse().unwrap(), row[6].parse().unwrap());
                let direct = vec![
                    (Place::Owner, Bps(owner)),
                    (Place::Person(emp(3)), Bps(third)),
                    (Place::Person(emp(4)), Bps(10_000 - owner - third)),
                ];
                books.contracts[0].team = Team::split(direct).unwrap();
            }
            "event" | "back" => {
                let mut event = event(record, Trigger::Cash, on, 1, "0");
                event.amount = Fen(amount.parse().unwrap());
                event.takes_back = (kind == "back").then(|| rec(&row[6]));
                books.events.push(event);
            }
            _ => {}
        }
    }
    let lines = outcome(&books).lines;
    for row in rows.iter().filter(|row| row[2] == "pay") {
        let paid = lines
            .iter()
            .find(|line| line.key.record.0 == row[3])
            .unwrap();
        books.payments.push(Payment {
            line: paid.key.clone(),
            on: day(&row[4]),
            amount: Fen(row[5].parse().unwrap()),
        });
    }
    books
}

/// What is added or recovered in the half year of the cases, window by window.
fn advance_rows(case: &str, books: &Books, lines: &[Line]) -> Vec<Vec<String>> {
    let half = (day("2025-07-01"), day("2026-01-01"));
    let all = advances(books, lines, half).unwrap().into_iter();
    let his = all.filter(|one| one.payee == emp(1));
    let row = |one: Advance| {
        let (amount, balance) = (one.amount().0.to_string(), one.step.balance.0.to_string());
        let first = one.from.to_string();
        let (role, payee) = ("advance".to_owned(), "1".to_owned());
        vec![
            case.to_owned(),
            first,
            payee,
            role,
            amount,
            balance,
            String::new(),
        ]
    };
    his.map(row).collect()
}

fn as_row(case: &str, line: &Line) -> Vec<String> {
    let payee = (1..9).find(|n| emp(*n) == line.key.payee).unwrap();
    let role = match line.key.seat {
        Seat::Owner(Side::Previous) => "previous",
        Seat::Team => "team",
        _ => "owner",
    };
    let (cancelled, clawed_back) = match &line.trace.earning {
        Earning::TakenBack {
            cancelled,
            clawed_back,
            ..
        } => (cancelled.0.to_string(), clawed_back.0.to_string()),
        _ => (String::new(), String::new()),
    };
    let record = line.key.record.0.clone();
    let (payee, commission) = (payee.to_string(), line.commission.0.to_string());
    vec![
        case.to_owned(),
        record,
        payee,
        role.to_owned(),
        commission,
        cancelled,
        clawed_back,
    ]
}

#[test]
fn every_case_gives_what_the_reference_gives() {
    let cases = table("cases.csv");
    let mut by_case: BTreeMap<u32, Vec<&Vec<String>>> = BTreeMap::new();
    for row in &cases {
        by_case
            .entry(row[0].parse().unwrap())
            .or_default()
            .push(row);
    }
    assert_eq!(by_case.len(), 124);
    let mut wanted: BTreeMap<u32, Vec<Vec<String>>> = BTreeMap::new();
    for row in table("expected.csv") {
        wanted.entry(row[0].parse().unwrap()).or_default().push(row);
    }
    for (case, rows) in by_case {
        let books = books_of(&rows);
        let outcome = outcome(&books);
        let lines = outcome
            .lines
            .iter()
            .map(|line| as_row(&case.to_string(), line));
        let mut lines: Vec<_> = lines.collect();
        lines.extend(advance_rows(&case.to_string(), &books, &outcome.lines));
        lines.sort();
        let mut expected = wanted.remove(&case).unwrap();
        expected.sort();
        assert_eq!(lines, expected, "case {case} of {}", rows[0][1]);
    }
}

#[test]
fn the_reference_still_says_so() {
    let out = std::env::temp_dir().join(format!("commission-reference-{}", std::process::id()));
    std::fs::create_dir_all(&out).unwrap();
    let script = folder().join("reference.py");
    let Ok(status) = Command::new("python3").arg(script).arg(&out).status() else {
        eprintln!("python3 is not there: the reference was not run again");
        return;
    };
    assert!(status.success());
    for name in ["cases.csv", "expected.csv"] {
        let now = std::fs::read(out.join(name)).unwrap();
        let kept = std::fs::read(folder().join(name)).unwrap();
        assert!(now == kept, "{name} is not what the reference writes");
    }
    std::fs::remove_dir_all(&out).unwrap();
}
