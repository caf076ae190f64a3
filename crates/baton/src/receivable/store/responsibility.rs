//! Who must chase which invoice, day by day 回款责任存取.

use std::collections::BTreeMap;

use kernel::{Day, EmployeeId, InvoiceId, Moment};
use receivable::{Responsibility, ResponsibilityBasis, ResponsibilityRow};
use spine::{Change, Failure, Fault, Query, Reader, Row, Select, Writer, binds};

pub(crate) fn basis_word(basis: ResponsibilityBasis) -> &'static str {
    match basis {
        ResponsibilityBasis::Issued => "issued",
        ResponsibilityBasis::HandedOver => "handed_over",
        ResponsibilityBasis::Appointed => "appointed",
        ResponsibilityBasis::Corrected => "corrected",
    }
}

fn basis_of(word: &str) -> Result<ResponsibilityBasis, Fault> {
    match word {
        "issued" => Ok(ResponsibilityBasis::Issued),
        "handed_over" => Ok(ResponsibilityBasis::HandedOver),
        "appointed" => Ok(ResponsibilityBasis::Appointed),
        "corrected" => Ok(ResponsibilityBasis::Corrected),
        _ => Err(Fault::new("a responsibility of unknown basis")),
    }
}

fn row_of(row: &Row) -> Result<ResponsibilityRow, Fault> {
    Ok(ResponsibilityRow {
        invoice: row.get("invoice_id")?,
        seq: u32::try_from(row.get::<i64>("seq")?).map_err(|_| Fault::new("seq"))?,
        effective_on: row.get("effective_on")?,
        responsible: row.get("responsible_id")?,
        basis: basis_of(&row.get::<String>("reason")?)?,
        recorded_at: row.get("recorded_at")?,
    })
}

/// The histories of these invoices; one without rows has an empty history.
pub(crate) async fn responsibilities(
    books: &mut Reader<'_>,
    invoices: &[InvoiceId],
) -> Result<BTreeMap<InvoiceId, Responsibility>, Failure> {
    let mut rows: BTreeMap<InvoiceId, Vec<ResponsibilityRow>> =
        invoices.iter().map(|id| (*id, Vec::new())).collect();
    for some in invoices.chunks(500) {
        let mut query = Query::new(
            "SELECT invoice_id, seq, effective_on, responsible_id, reason, recorded_at \
             FROM receivable_responsibility WHERE invoice_id IN ",
        );
        query.bind_list(some.iter().copied());
        let (select, values) = query.select();
        for row in books.all(&select, values).await? {
            let row = row_of(&row)?;
            rows.entry(row.invoice).or_default().push(row);
        }
    }
    let mut histories = BTreeMap::new();
    for (invoice, rows) in rows {
        histories.insert(invoice, Responsibility::replay(invoice, rows)?);
    }
    Ok(histories)
}

const ADD: &str = "INSERT INTO receivable_responsibility (invoice_id, seq, effective_on, \
                   recorded_at, responsible_id, recorded_by, reason) VALUES ";

/// Appends rows.
pub(crate) async fn add_responsibility(
    books: &mut Writer<'_>,
    rows: &[ResponsibilityRow],
    recorded_by: &str,
) -> Result<(), Fault> {
    let row = |row: &ResponsibilityRow| {
        binds![
            row.invoice,
            i64::from(row.seq),
            row.effective_on,
            row.recorded_at,
            row.responsible,
            recorded_by,
            basis_word(row.basis),
        ]
    };
    books
        .insert_many(ADD, "", rows.iter().map(row).collect())
        .await
}

const SET: Change = Change::new("UPDATE receivable_invoice SET responsible_id = $2 WHERE id = $1");

/// What holds today. It comes before the row of the history, so that nobody takes the invoice away
/// between the two.
pub(crate) async fn set_responsible(
    books: &mut Writer<'_>,
    rows: &[ResponsibilityRow],
) -> Result<(), Fault> {
    for row in rows {
        let values = binds![row.invoice, row.responsible];
        if books.run(&SET, values).await? == 0 {
            return Err(Fault::new(format!("invoice {} is gone", row.invoice)));
        }
    }
    Ok(())
}

/// One row with its names.
pub(crate) struct ResponsibilityLine {
    pub(crate) effective_on: Day,
    pub(crate) recorded_at: Moment,
    pub(crate) responsible: (EmployeeId, String, String),
    pub(crate) basis: ResponsibilityBasis,
}

const LINES: Select = Select::new(
    "SELECT r.effective_on AS effective_on, r.recorded_at AS recorded_at, e.id AS employee_id, \
     e.number AS number, e.name AS name, r.reason AS reason FROM receivable_responsibility r \
     JOIN people_employee e ON e.id = r.responsible_id WHERE r.invoice_id = $1 ORDER BY r.seq",
);

/// The history of an invoice with names.
pub(crate) async fn responsibility_lines(
    books: &mut Reader<'_>,
    invoice: InvoiceId,
) -> Result<Vec<ResponsibilityLine>, Fault> {
    let rows = books.all(&LINES, binds![invoice]).await?;
    let line = |row: &Row| {
        Ok(ResponsibilityLine {
            effective_on: row.get("effective_on")?,
            recorded_at: row.get("recorded_at")?,
            responsible: (
                row.get("employee_id")?,
                row.get("number")?,
                row.get("name")?,
            ),
            basis: basis_of(&row.get::<String>("reason")?)?,
        })
    };
    rows.iter().map(line).collect()
}
