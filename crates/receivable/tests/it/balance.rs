//! What a clerk would read off the ledger.

use kernel::Fen;
use proptest::prelude::*;
use receivable::{Movement, MovementKind, Receivable, Total, totals};

use crate::world::{cus, day, invoice, moved, yuan};

fn paid_in_parts() -> Receivable {
    invoice(
        1,
        "10000.00",
        vec![
            moved(MovementKind::Clearing, "2025-05-10", "2500.00"),
            moved(MovementKind::Clearing, "2025-04-10", "4000.00"),
            moved(MovementKind::CreditNote, "2025-04-20", "500.00"),
            moved(MovementKind::Clearing, "2025-05-12", "-2500.00"),
            moved(MovementKind::WriteOff, "2025-06-30", "1000.00"),
            moved(MovementKind::Clearing, "2025-06-30", "4500.00"),
        ],
    )
}

#[test]
fn the_balance_day_by_day() {
    for (on, open, overdue, age) in [
        ("2025-02-28", "0", 0, 0),
        ("2025-03-01", "10000.00", 0, 0),
        ("2025-03-31", "10000.00", 0, 30),
        ("2025-04-01", "10000.00", 1, 31),
        ("2025-04-10", "6000.00", 10, 40),
        ("2025-04-20", "5500.00", 20, 50),
        ("2025-05-10", "3000.00", 40, 70),
        // The clearing of 10 May was taken back.
        ("2025-05-12", "5500.00", 42, 72),
        ("2025-06-29", "5500.00", 90, 120),
        ("2025-06-30", "0", 0, 0),
        ("2026-01-01", "0", 0, 0),
    ] {
        let receivable = paid_in_parts();
        let seen = (
            receivable.open_on(day(on)),
            receivable.overdue_days(day(on)),
            receivable.age_days(day(on)),
        );
        assert_eq!(seen, (yuan(open), overdue, age), "{on}");
    }
    assert_eq!(paid_in_parts().settled_on(), Some(day("2025-06-30")));
    assert_eq!(paid_in_parts().days_late(), Some(91));
}

#[test]
fn settled_means_settled_for_good() {
    let clearing = |dated, amount| moved(MovementKind::Clearing, dated, amount);
    for (movements, settled, late) in [
        (vec![], None, None),
        (vec![clearing("2025-03-20", "99.99")], None, None),
        (
            vec![clearing("2025-03-20", "100")],
            Some("2025-03-20"),
            Some(0),
        ),
        (
            vec![clearing("2025-03-31", "100")],
            Some("2025-03-31"),
            Some(0),
        ),
        (
            vec![clearing("2025-04-01", "100")],
            Some("2025-04-01"),
            Some(1),
        ),
        // Paid before the invoice: settled when it is issued.
        (
            vec![clearing("2025-01-01", "100")],
            Some("2025-03-01"),
            Some(0),
        ),
        (
            vec![
                clearing("2025-03-20", "100"),
                clearing("2025-04-02", "-100"),
            ],
            None,
            None,
        ),
        (
            vec![
                clearing("2025-03-20", "100"),
                clearing("2025-04-02", "-100"),
                clearing("2025-04-05", "100"),
            ],
            Some("2025-04-05"),
            Some(5),
        ),
    ] {
        let receivable = invoice(1, "100.00", movements);
        assert_eq!(receivable.settled_on(), settled.map(day));
        assert_eq!(receivable.days_late(), late);
    }
    assert_eq!(
        invoice(1, "0", vec![]).settled_on(),
        Some(day("2025-03-01"))
    );
}

#[test]
fn credits_are_not_netted() {
    let overpaid = moved(MovementKind::Clearing, "2025-04-01", "150.00");
    let mut young = invoice(3, "70.00", vec![]);
    young.due_on = day("2025-04-30");
    let all = [
        invoice(1, "200.00", vec![]),
        invoice(3, "100.00", vec![overpaid]),
        young,
        invoice(2, "30.00", vec![]),
    ];
    let lines = totals(&all, day("2025-04-10"), |receivable| receivable.customer);
    let first = Total {
        count: 2,
        open: yuan("270.00"),
        overdue_count: 1,
        overdue: yuan("200.00"),
        longest_overdue_days: 10,
        credit: yuan("50.00"),
    };
    assert_eq!(lines[&cus(1)], first);
    assert_eq!(
        (lines[&cus(0)].open, lines[&cus(0)].credit),
        (yuan("30.00"), Fen::ZERO)
    );
}

fn any_receivable() -> impl Strategy<Value = Receivable> {
    let movement = (0..60_i64, -300..500_i64).prop_map(|(after, amount)| Movement {
        kind: MovementKind::Clearing,
        dated: day("2025-02-20").plus_days(after),
        amount: Fen(amount),
    });
    (0..8_u8, 0..1_000_i64, prop::collection::vec(movement, 0..6)).prop_map(
        |(n, amount, movements)| Receivable {
            amount: Fen(amount),
            ..invoice(n, "0", movements)
        },
    )
}

proptest! {
    #[test]
    fn settled_is_the_last_day_it_stopped_being_open(receivable in any_receivable()) {
        let days: Vec<_> = (0..100).map(|n| day("2025-02-15").plus_days(n)).collect();
        let last_open = days.iter().rev().find(|day| receivable.is_open_on(**day));
        let expected = match last_open {
            Some(last) if last == &days[99] => None,
            Some(last) => Some(last.plus_days(1)),
            None => Some(receivable.issued_on),
        };
        prop_assert_eq!(receivable.settled_on(), expected);
    }

    #[test]
    fn totals_lose_nothing(
        all in prop::collection::vec(any_receivable(), 0..12), after in 0..90_i64,
    ) {
        let on = day("2025-02-15").plus_days(after);
        let lines = totals(&all, on, |receivable| receivable.customer);
        let net: Fen = lines.values().map(|line| line.open - line.credit).sum();
        prop_assert_eq!(net, all.iter().map(|receivable| receivable.open_on(on)).sum());
        for line in lines.values() {
            prop_assert!(line.overdue <= line.open && line.overdue_count <= line.count);
            prop_assert_eq!(line.longest_overdue_days > 0, line.overdue_count > 0);
        }
    }
}
