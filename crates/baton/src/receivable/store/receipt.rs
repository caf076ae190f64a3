//! Money that arrived, and what it clears 回款与核销.

use kernel::{CustomerId, Day, Fen, InvoiceId, ReceiptId};
use serde::{Deserialize, Serialize};
use spine::{Change, Fault, Query, Reader, Row, Writer, binds};

/// A receipt to be added.
pub(crate) struct NewReceipt<'a> {
    pub(crate) id: ReceiptId,
    pub(crate) number: &'a str,
    pub(crate) customer: CustomerId,
    pub(crate) received_on: Day,
    pub(crate) amount: Fen,
}

const ADD_RECEIPT: Change = Change::new(
    "INSERT INTO receivable_receipt (id, number, customer_id, received_on, amount, extra) \
     VALUES ($1, $2, $3, $4, $5, '{}')",
);

pub(crate) async fn add_receipt(books: &mut Writer<'_>, new: &NewReceipt<'_>) -> Result<(), Fault> {
    let values = binds![
        new.id,
        new.number,
        new.customer,
        new.received_on,
        new.amount
    ];
    books.run(&ADD_RECEIPT, values).await?;
    Ok(())
}

/// An invoice on which something is open.
#[derive(Clone, Debug)]
pub(crate) struct OpenInvoice {
    pub(crate) id: InvoiceId,
    pub(crate) number: String,
    pub(crate) open: Fen,
}

/// What these customers owe, the oldest due day first.
pub(crate) async fn open_invoices(
    books: &mut Reader<'_>,
    customers: &[CustomerId],
) -> Result<Vec<OpenInvoice>, Fault> {
    let mut query = Query::new(
        "SELECT id, number, amount - cleared AS open FROM receivable_invoice \
         WHERE cleared < amount AND customer_id IN ",
    );
    query.bind_list(customers);
    query.push(" ORDER BY due_on, issued_on, number");
    let (select, values) = query.select();
    let rows = books.all(&select, values).await?;
    let open = |row: &Row| {
        Ok(OpenInvoice {
            id: row.get("id")?,
            number: row.get("number")?,
            open: row.get("open")?,
        })
    };
    rows.iter().map(open).collect()
}

/// A part of a receipt that settles a part of an invoice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clearing {
    /// Which invoice.
    pub invoice: InvoiceId,
    /// How much, above 0.
    pub amount: Fen,
}

const CLEAR: &str = "INSERT INTO receivable_clearing (receipt_id, invoice_id, seq, cleared_on, \
                     amount, recorded_at) VALUES ";
const COUNT_CLEARED: Change =
    Change::new("UPDATE receivable_invoice SET cleared = cleared + $2 WHERE id = $1");

/// Writes the clearings of a receipt.
pub(crate) async fn clear(
    books: &mut Writer<'_>,
    receipt: ReceiptId,
    on: Day,
    clearings: &[Clearing],
) -> Result<(), Fault> {
    let at = books.at();
    let row = |c: &Clearing| binds![receipt, c.invoice, 1, on, c.amount, at];
    books
        .insert_many(CLEAR, "", clearings.iter().map(row).collect())
        .await?;
    for clearing in clearings {
        books
            .run(&COUNT_CLEARED, binds![clearing.invoice, clearing.amount])
            .await?;
    }
    Ok(())
}

/// A receipt in a list.
pub(crate) struct ReceiptLine {
    pub(crate) id: ReceiptId,
    pub(crate) number: String,
    pub(crate) received_on: Day,
    pub(crate) amount: Fen,
    pub(crate) cleared: Fen,
}

/// The receipts of these customers, newest first.
pub(crate) async fn receipts_of(
    books: &mut Reader<'_>,
    customers: &[CustomerId],
) -> Result<Vec<ReceiptLine>, Fault> {
    let mut query = Query::new(
        "SELECT r.id AS id, r.number AS number, r.received_on AS received_on, r.amount AS amount, \
         (SELECT CAST(coalesce(sum(k.amount), 0) AS BIGINT) FROM receivable_clearing k \
         WHERE k.receipt_id = r.id) AS cleared FROM receivable_receipt r WHERE r.customer_id IN ",
    );
    query.bind_list(customers.iter().copied());
    query.push(" ORDER BY r.received_on DESC, r.number DESC LIMIT 1000");
    let (select, values) = query.select();
    let rows = books.all(&select, values).await?;
    let line = |row: &Row| {
        Ok(ReceiptLine {
            id: row.get("id")?,
            number: row.get("number")?,
            received_on: row.get("received_on")?,
            amount: row.get("amount")?,
            cleared: row.get("cleared")?,
        })
    };
    rows.iter().map(line).collect()
}
