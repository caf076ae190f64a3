//! Payments: no more than was booked, what is kept back waits, what was taken back is set off first.

use commission::dues::Due;
use commission::paying::{Open, net, spread};
use kernel::Fen;
use proptest::prelude::*;

use crate::world::{day, yuan};

/// `booked / kept back until July / paid`, earned on the first, second, … of May.
fn lines(list: &[(&str, &str, &str)]) -> Vec<Open> {
    let line = |(at, (booked, held, paid)): (i64, &(&str, &str, &str))| {
        let due = |on: &str, amount: Fen, held: bool| Due {
            on: day(on),
            amount,
            held,
        };
        let parts = [
            due("2025-06-15", yuan(booked) - yuan(held), false),
            due("2025-07-15", yuan(held), true),
        ];
        Open {
            commission: yuan(booked),
            dues: parts
                .into_iter()
                .filter(|due| due.amount != Fen::ZERO)
                .collect(),
            paid: yuan(paid),
            earned_on: day("2025-05-01").plus_days(at),
        }
    };
    (0..).zip(list).map(line).collect()
}

fn paid(
    list: &[(&str, &str, &str)],
    on: &str,
    amount: Option<&str>,
) -> Result<Vec<String>, String> {
    let spread = spread(&lines(list), day(on), amount.map(yuan));
    let plain = |all: Vec<Fen>| all.iter().map(|fen| fen.to_plain()).collect();
    spread
        .map(plain)
        .map_err(|refusal| refusal.code.to_string())
}

#[test]
fn a_clerk_can_read_what_is_paid() {
    let ok = |list: &[&str]| Ok(list.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>());
    // | booked | kept back | paid |
    let two = [("1000", "100", "0"), ("500", "0", "0")];
    assert_eq!(paid(&two, "2025-06-15", None), ok(&["900.00", "500.00"]));
    assert_eq!(paid(&two, "2025-07-15", None), ok(&["1000.00", "500.00"]));
    // A part of it: the older line first.
    assert_eq!(
        paid(&two, "2025-06-15", Some("950")),
        ok(&["900.00", "50.00"])
    );
    // What was paid already is not paid again; what is kept back stays until its day.
    let some = [("1000", "100", "900"), ("500", "0", "50")];
    assert_eq!(paid(&some, "2025-06-20", None), ok(&["0.00", "450.00"]));
    assert_eq!(paid(&some, "2025-07-20", None), ok(&["100.00", "450.00"]));
    // Taken back: set off first, whichever line is older.
    let back = [("500", "0", "0"), ("-200", "0", "0")];
    assert_eq!(paid(&back, "2025-06-15", None), ok(&["500.00", "-200.00"]));
    assert_eq!(
        paid(&back, "2025-06-15", Some("100")),
        ok(&["300.00", "-200.00"])
    );
    // More taken back than there is: nothing is paid, and it stays open.
    let less = [("100", "0", "0"), ("-200", "0", "0")];
    let refused = |code: &str| Err(code.to_owned());
    assert_eq!(
        paid(&less, "2025-06-15", None),
        refused("commission.nothing_to_pay")
    );
    let done = [("100", "0", "100")];
    assert_eq!(
        paid(&done, "2025-06-15", None),
        refused("commission.nothing_to_pay")
    );
    for amount in ["0", "-1", "1400.01"] {
        let refusal = paid(&two, "2025-06-15", Some(amount));
        assert_eq!(refusal, refused("commission.payment_too_much"), "{amount}");
    }
}

proptest! {
    /// Whatever is paid in whatever parts: never beyond a line, and in the end all of it.
    #[test]
    fn parts_sum_to_the_whole(
        booked in prop::collection::vec((-50_000_i64..200_000, 0_i64..5_000), 1..8),
        parts in prop::collection::vec(1_i64..120_000, 0..6),
    ) {
        let mut open: Vec<Open> = booked.iter().enumerate().map(|(at, (amount, held))| {
            let held = if *amount > *held { *held } else { 0 };
            let due = |on: &str, amount: i64, held: bool| Due { on: day(on), amount: Fen(amount), held };
            Open {
                commission: Fen(*amount),
                dues: vec![due("2025-06-15", amount - held, false), due("2025-07-15", held, true)],
                paid: Fen::ZERO,
                earned_on: day("2025-05-01").plus_days(i64::try_from(at).unwrap()),
            }
        }).collect();
        let days = ["2025-06-15", "2025-06-20", "2025-07-01", "2025-07-15", "2025-07-16", "2025-08-01"];
        for (part, on) in parts.iter().zip(days) {
            let before = net(&open, day(on));
            let Ok(paid) = spread(&open, day(on), Some(Fen(*part))) else {
                prop_assert!(before.0 < *part || before <= Fen::ZERO);
                continue;
            };
            prop_assert_eq!(paid.iter().copied().sum::<Fen>(), Fen(*part));
            for (line, amount) in open.iter_mut().zip(&paid) {
                line.paid = line.paid + *amount;
                let (low, high) = (line.commission.min(Fen::ZERO), line.commission.max(Fen::ZERO));
                prop_assert!(line.paid >= low && line.paid <= high);
            }
            prop_assert_eq!(net(&open, day(on)), before - Fen(*part));
        }
        let last = day("2026-01-01");
        if let Ok(paid) = spread(&open, last, None) {
            for (line, amount) in open.iter_mut().zip(paid) {
                line.paid = line.paid + amount;
                prop_assert_eq!(line.paid, line.commission);
            }
        }
    }
}
