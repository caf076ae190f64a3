//! Money that arrived, and what it clears 回款与核销.

use kernel::{CustomerId, Day, Fen, InvoiceId, ReceiptId};
use serde::{Deserialize, Serialize};
use spine::{Change, Fault, Query, Reader, Row, Select, Writer, binds};

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
    pub(crate) due_on: Day,
    pub(crate) open: Fen,
}

/// What these customers owe, the oldest due day first.
pub(crate) async fn open_invoices(
    books: &mut Reader<'_>,
    customers: &[CustomerId],
) -> Result<Vec<OpenInvoice>, Fault> {
    let mut query = Query::new(
        "SELECT id, number, due_on, amount - cleared AS open FROM receivable_invoice \
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
            due_on: row.get("due_on")?,
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

/// Writes clearings of a receipt, all with one number: 1 with its entry, see [`Held::next_seq`].
pub(crate) async fn clear(
    books: &mut Writer<'_>,
    (receipt, seq): (ReceiptId, i64),
    on: Day,
    clearings: &[Clearing],
) -> Result<(), Fault> {
    let at = books.at();
    let row = |c: &Clearing| binds![receipt, c.invoice, seq, on, c.amount, at];
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

/// A receipt as far as something of it may be left over.
#[derive(Clone, Debug)]
pub(crate) struct Held {
    pub(crate) number: String,
    pub(crate) customer: CustomerId,
    pub(crate) received_on: Day,
    /// 0 once it was taken back.
    pub(crate) amount: Fen,
    /// What is cleared neither by its entry nor later, and was not paid back; what was refunded of
    /// an invoice counts as cleared.
    pub(crate) left: Fen,
    /// The number of what is cleared next; 1 is kept for what its entry cleared, so that whoever
    /// takes the receipt back sees what was matched since.
    pub(crate) next_seq: i64,
}

const HELD: Select = Select::new(concat!(
    "SELECT r.number AS number, r.customer_id AS customer_id, r.received_on AS received_on, \
     r.amount AS amount, r.amount - ",
    paid_back!("r"),
    " - (SELECT CAST(coalesce(sum(k.amount), 0) AS BIGINT) FROM receivable_clearing k \
     WHERE k.receipt_id = r.id) AS credit, (SELECT CAST(coalesce(max(z.seq), 1) + 1 AS BIGINT) \
     FROM receivable_clearing z WHERE z.receipt_id = r.id) AS next_seq \
     FROM receivable_receipt r WHERE r.id = $1",
));

/// The receipt with this id.
pub(crate) async fn held(books: &mut Reader<'_>, id: ReceiptId) -> Result<Option<Held>, Fault> {
    let Some(row) = books.first(&HELD, binds![id]).await? else {
        return Ok(None);
    };
    Ok(Some(Held {
        number: row.get("number")?,
        customer: row.get("customer_id")?,
        received_on: row.get("received_on")?,
        amount: row.get("amount")?,
        left: row.get("credit")?,
        next_seq: row.get("next_seq")?,
    }))
}

/// A receipt in a list.
pub(crate) struct ReceiptLine {
    pub(crate) id: ReceiptId,
    pub(crate) number: String,
    pub(crate) received_on: Day,
    pub(crate) amount: Fen,
    pub(crate) cleared: Fen,
    /// Paid back of what was left over.
    pub(crate) refunded: Fen,
}

const LINES: &str = concat!(
    "SELECT r.id AS id, r.number AS number, r.received_on AS received_on, r.amount AS amount, \
     (SELECT CAST(coalesce(sum(k.amount), 0) AS BIGINT) FROM receivable_clearing k \
     WHERE k.receipt_id = r.id) AS cleared, ",
    paid_back!("r"),
    " AS refunded FROM receivable_receipt r WHERE r.customer_id IN ",
);

/// The receipts of these customers, newest first.
pub(crate) async fn receipts_of(
    books: &mut Reader<'_>,
    customers: &[CustomerId],
) -> Result<Vec<ReceiptLine>, Fault> {
    let mut query = Query::new(LINES);
    query.bind_list(customers.iter().copied());
    // What was withdrawn stands at zero.
    query.push(" AND r.amount > 0 ORDER BY r.received_on DESC, r.number DESC LIMIT 1000");
    lines(books, query).await
}

/// Receipts of these customers of which something is left over, oldest first; at most 50.
pub(crate) async fn credits_of(
    books: &mut Reader<'_>,
    customers: &[CustomerId],
) -> Result<Vec<ReceiptLine>, Fault> {
    if customers.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = Query::new(LINES);
    query.bind_list(customers.iter().copied());
    query.push(concat!(" AND r.amount > ", paid_back!("r")));
    query.push(" + (SELECT coalesce(sum(z.amount), 0) FROM receivable_clearing z ");
    query.push("WHERE z.receipt_id = r.id) ORDER BY r.received_on, r.number LIMIT 50");
    lines(books, query).await
}

async fn lines(books: &mut Reader<'_>, query: Query) -> Result<Vec<ReceiptLine>, Fault> {
    let (select, values) = query.select();
    let rows = books.all(&select, values).await?;
    let line = |row: &Row| {
        Ok(ReceiptLine {
            id: row.get("id")?,
            number: row.get("number")?,
            received_on: row.get("received_on")?,
            amount: row.get("amount")?,
            cleared: row.get("cleared")?,
            refunded: row.get("refunded")?,
        })
    };
    rows.iter().map(line).collect()
}
