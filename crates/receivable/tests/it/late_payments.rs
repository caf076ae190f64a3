//! 1,718 invoices of the IBM late payment histories, each open until the day it was settled.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use kernel::{CustomerId, Day, Fen, InvoiceId, Moment};
use receivable::{Movement, MovementKind, Receivable, totals};

use crate::world::{day, yuan};

struct Line {
    receivable: Receivable,
    settled: Day,
    days_to_settle: i64,
    days_late: i64,
}

/// A file of the data that stands beside the clone, if it is there.
fn shared(file: &str) -> Option<String> {
    let named = std::env::var_os("BATON_SHARED").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|folder| folder.join("shared"));
    named
        .into_iter()
        .chain(beside)
        .find_map(|folder| std::fs::read_to_string(folder.join(file)).ok())
}

/// countryCode, customerID, PaperlessDate, invoiceNumber, InvoiceDate, DueDate, InvoiceAmount,
/// Disputed, SettledDate, PaperlessBill, DaysToSettle, DaysLate
fn line(number: i64, row: &str, customers: &mut BTreeMap<String, CustomerId>) -> Line {
    let field: Vec<&str> = row.split(',').collect();
    let fresh = CustomerId::mint(Moment(number), [0; 10]);
    let settled = day(field[8]);
    Line {
        receivable: Receivable {
            invoice: InvoiceId::mint(Moment(number), [0; 10]),
            customer: *customers.entry(field[1].to_owned()).or_insert(fresh),
            amount: yuan(field[6]),
            issued_on: day(field[4]),
            due_on: day(field[5]),
            movements: vec![Movement {
                kind: MovementKind::Clearing,
                dated: settled,
                amount: yuan(field[6]),
            }],
        },
        settled,
        days_to_settle: field[10].parse().unwrap(),
        days_late: field[11].parse().unwrap(),
    }
}

#[test]
fn open_until_settled_and_late_as_recorded() {
    let Some(text) = shared("data/ibm_ar/invoices.csv") else {
        println!("skipped: shared data absent");
        return;
    };
    let mut customers = BTreeMap::new();
    let rows = (1..).zip(text.lines().skip(1));
    let lines: Vec<Line> = rows.map(|(n, row)| line(n, row, &mut customers)).collect();
    assert_eq!((lines.len(), customers.len()), (1_718, 70));

    for Line {
        receivable,
        settled,
        days_to_settle,
        days_late,
    } in &lines
    {
        let eve = settled.plus_days(-1);
        assert_eq!(receivable.settled_on(), Some(*settled));
        assert_eq!(receivable.days_late(), Some(*days_late));
        assert_eq!(receivable.overdue_days(eve), (days_late - 1).max(0));
        assert_eq!(receivable.overdue_days(*settled), 0);
        assert_eq!(receivable.open_on(*settled), Fen::ZERO);
        if *days_to_settle > 0 {
            assert_eq!(receivable.open_on(eve), receivable.amount);
            assert_eq!(receivable.age_days(eve), days_to_settle - 1);
        }
    }

    let receivables: Vec<Receivable> = lines.iter().map(|line| line.receivable.clone()).collect();
    for on in [
        "2012-01-02",
        "2012-06-30",
        "2012-12-31",
        "2013-06-30",
        "2014-01-08",
        "2014-01-09",
    ] {
        let on = day(on);
        let by_hand = lines
            .iter()
            .filter(|line| line.receivable.issued_on <= on && on < line.settled)
            .map(|line| line.receivable.amount)
            .sum();
        let open: Fen = totals(&receivables, on, |r| r.customer)
            .values()
            .map(|t| t.open)
            .sum();
        assert_eq!(open, by_hand, "{on}");
    }
    let whole: Fen = receivables.iter().map(|receivable| receivable.amount).sum();
    assert_eq!(whole, yuan("104746.78"));
}
