//! Short names for invoices, days and people.

use kernel::{CustomerId, Day, EmployeeId, Fen, InvoiceId, Moment};
use receivable::{Movement, MovementKind, Receivable};

pub(crate) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub(crate) fn yuan(text: &str) -> Fen {
    Fen::parse(text).unwrap()
}

pub(crate) fn emp(n: u8) -> EmployeeId {
    EmployeeId::mint(Moment(1), [n; 10])
}

pub(crate) fn cus(n: u8) -> CustomerId {
    CustomerId::mint(Moment(1), [n; 10])
}

pub(crate) fn inv(n: u8) -> InvoiceId {
    InvoiceId::mint(Moment(1), [n; 10])
}

pub(crate) fn moved(kind: MovementKind, dated: &str, amount: &str) -> Movement {
    Movement {
        kind,
        dated: day(dated),
        amount: yuan(amount),
    }
}

/// Issued 2025-03-01, due 2025-03-31.
pub(crate) fn invoice(n: u8, amount: &str, movements: Vec<Movement>) -> Receivable {
    Receivable {
        invoice: inv(n),
        customer: cus(n % 2),
        amount: yuan(amount),
        issued_on: day("2025-03-01"),
        due_on: day("2025-03-31"),
        movements,
    }
}
