//! What of invoices is undone, and what contracts sell 退款、坏账与合同信息.

use kernel::{ContractId, CustomerId, Day, Fen, InvoiceId, Moment, ReceiptId, ReversalId};
use spine::{Change, Fault, Query, Reader, Row, Select, Writer, binds};

use crate::receivable::acts::reverse::ReversalKind;
use crate::{seen, word};

/// A contract as far as it is described.
#[derive(Clone, Debug)]
pub struct Described {
    pub(crate) number: String,
    pub(crate) customer: CustomerId,
    pub(crate) amount: Fen,
    pub(crate) product: String,
    pub(crate) margin: Option<Fen>,
}

/// Another one as soon as product or margin has changed.
pub(crate) fn described_version(product: &str, margin: Option<Fen>) -> String {
    seen::version(&(product, margin))
}

const DESCRIBED: Select = Select::new(
    "SELECT number, customer_id, amount, product, margin FROM receivable_contract WHERE id = $1",
);

/// The contract with this id.
pub(crate) async fn described(
    books: &mut Reader<'_>,
    id: ContractId,
) -> Result<Option<Described>, Fault> {
    let Some(row) = books.first(&DESCRIBED, binds![id]).await? else {
        return Ok(None);
    };
    Ok(Some(Described {
        number: row.get("number")?,
        customer: row.get("customer_id")?,
        amount: row.get("amount")?,
        product: row.get("product")?,
        margin: row.get("margin")?,
    }))
}

const DESCRIBE: Change =
    Change::new("UPDATE receivable_contract SET product = $2, margin = $3 WHERE id = $1");

pub(crate) async fn describe_contract(
    books: &mut Writer<'_>,
    id: ContractId,
    product: &str,
    margin: Option<Fen>,
) -> Result<(), Fault> {
    books.run(&DESCRIBE, binds![id, product, margin]).await?;
    Ok(())
}

/// A contract in the list of deals.
pub(crate) struct DealLine {
    pub(crate) id: ContractId,
    pub(crate) number: String,
    pub(crate) title: String,
    pub(crate) customer: CustomerId,
    pub(crate) signed_on: Day,
    pub(crate) amount: Fen,
    pub(crate) product: String,
    pub(crate) margin: Option<Fen>,
}

/// Most contracts that one look shows.
const MOST_DEALS: i64 = 50;

/// The newest contracts whose number or title holds these letters, or those of one customer.
pub(crate) async fn find_deals(
    books: &mut Reader<'_>,
    letters: &str,
    customer: Option<CustomerId>,
) -> Result<Vec<DealLine>, Fault> {
    let mut query = Query::new(
        "SELECT id, number, title, customer_id, signed_on, amount, product, margin \
         FROM receivable_contract WHERE 1 = 1",
    );
    if let Some(customer) = customer {
        query.push(" AND customer_id = ").bind(customer);
    }
    if !letters.is_empty() {
        let part = letters.to_lowercase();
        query
            .push(" AND (strpos(lower(number), ")
            .bind(part.as_str());
        query
            .push(") > 0 OR strpos(lower(title), ")
            .bind(part)
            .push(") > 0)");
    }
    query.push(" ORDER BY signed_on DESC, number DESC LIMIT ");
    query.bind(MOST_DEALS);
    let (select, values) = query.select();
    let rows = books.all(&select, values).await?;
    let line = |row: &Row| {
        Ok(DealLine {
            id: row.get("id")?,
            number: row.get("number")?,
            title: row.get("title")?,
            customer: row.get("customer_id")?,
            signed_on: row.get("signed_on")?,
            amount: row.get("amount")?,
            product: row.get("product")?,
            margin: row.get("margin")?,
        })
    };
    rows.iter().map(line).collect()
}

const PRODUCTS: Select = Select::new(
    "SELECT product FROM receivable_contract WHERE product <> '' GROUP BY product \
     ORDER BY count(*) DESC, product LIMIT 200",
);

/// Products that contracts name, the most frequent first; no more than 200.
pub(crate) async fn products(books: &mut Reader<'_>) -> Result<Vec<String>, Fault> {
    let rows = books.all(&PRODUCTS, binds![]).await?;
    rows.iter().map(|row| row.get("product")).collect()
}

const CLEARED_BY: Select = Select::new(
    "SELECT r.received_on AS day, CAST(sum(k.amount) AS BIGINT) AS amount \
     FROM receivable_clearing k JOIN receivable_receipt r ON r.id = k.receipt_id \
     WHERE k.receipt_id = $1 AND k.invoice_id = $2 GROUP BY r.received_on",
);

/// When a receipt came and how much of an invoice it cleared.
pub(crate) async fn cleared_by(
    books: &mut Reader<'_>,
    receipt: ReceiptId,
    invoice: InvoiceId,
) -> Result<Option<(Day, Fen)>, Fault> {
    let row = books.first(&CLEARED_BY, binds![receipt, invoice]).await?;
    row.map(|row| Ok((row.get("day")?, row.get("amount")?)))
        .transpose()
}

/// What of an invoice was undone before.
pub struct Reversible {
    /// Refunded of the receipt in question.
    pub(crate) of_receipt: Fen,
    /// Given up as bad debt.
    pub(crate) lost: Fen,
}

const REVERSED: Select = Select::new(concat!(
    "SELECT kind, coalesce(receipt_id, '') AS receipt, CAST(sum(amount) AS BIGINT) AS amount \
     FROM receivable_reversal v WHERE invoice_id = $1 AND ",
    stands!("v"),
    " GROUP BY kind, coalesce(receipt_id, '')",
));

/// What of this invoice was undone before, and of this receipt.
pub(crate) async fn reversed(
    books: &mut Reader<'_>,
    invoice: InvoiceId,
    receipt: Option<ReceiptId>,
) -> Result<Reversible, Fault> {
    let named = receipt.map(|id| id.to_string()).unwrap_or_default();
    let mut before = Reversible {
        of_receipt: Fen::ZERO,
        lost: Fen::ZERO,
    };
    for row in books.all(&REVERSED, binds![invoice]).await? {
        let kind: ReversalKind = word::read(row.get("kind")?)?;
        let amount: Fen = row.get("amount")?;
        match kind {
            ReversalKind::BadDebt => before.lost = before.lost + amount,
            ReversalKind::Refund if row.get::<String>("receipt")? == named => {
                before.of_receipt = before.of_receipt + amount;
            }
            ReversalKind::Refund => {}
        }
    }
    Ok(before)
}

/// A reversal as it stands in the books.
pub(crate) struct ReversalLine {
    pub(crate) id: ReversalId,
    pub(crate) number: String,
    pub(crate) kind: ReversalKind,
    /// Of a refund: number of the receipt that went back.
    pub(crate) receipt: Option<String>,
    pub(crate) on: Day,
    pub(crate) amount: Fen,
    pub(crate) reason: String,
    pub(crate) by: String,
    pub(crate) at: Moment,
}

const STANDING: &str = concat!(
    "SELECT v.id AS id, v.number AS number, v.kind AS kind, r.number AS receipt, \
     v.reversed_on AS day, v.amount AS amount, v.reason AS reason, v.recorded_by AS by_whom, \
     v.recorded_at AS at_moment FROM receivable_reversal v \
     LEFT JOIN receivable_receipt r ON r.id = v.receipt_id WHERE ",
    stands!("v"),
);

/// What of an invoice was undone, in the order in which it was recorded, but for mistakes that
/// were taken back.
pub(crate) async fn reversals_of(
    books: &mut Reader<'_>,
    invoice: InvoiceId,
) -> Result<Vec<ReversalLine>, Fault> {
    let mut query = Query::new(STANDING);
    query.push(" AND v.invoice_id = ").bind(invoice);
    query.push(" ORDER BY v.recorded_at, v.number");
    lines(books, query).await
}

/// What was paid back of money of these customers that was left over, newest first, but for
/// mistakes that were taken back.
pub(crate) async fn refunds_of(
    books: &mut Reader<'_>,
    customers: &[CustomerId],
) -> Result<Vec<ReversalLine>, Fault> {
    let mut query = Query::new(STANDING);
    query.push(" AND v.invoice_id IS NULL AND v.customer_id IN ");
    query.bind_list(customers.iter().copied());
    query.push(" ORDER BY v.reversed_on DESC, v.recorded_at DESC, v.number LIMIT 1000");
    lines(books, query).await
}

async fn lines(books: &mut Reader<'_>, query: Query) -> Result<Vec<ReversalLine>, Fault> {
    let (select, values) = query.select();
    let rows = books.all(&select, values).await?;
    let line = |row: &Row| {
        Ok(ReversalLine {
            id: row.get("id")?,
            number: row.get("number")?,
            kind: word::read(row.get("kind")?)?,
            receipt: row.get("receipt")?,
            on: row.get("day")?,
            amount: row.get("amount")?,
            reason: row.get("reason")?,
            by: row.get("by_whom")?,
            at: row.get("at_moment")?,
        })
    };
    rows.iter().map(line).collect()
}

/// A receipt that cleared something of an invoice, and what of that may still go back.
pub(crate) struct CameBy {
    pub(crate) id: ReceiptId,
    pub(crate) number: String,
    pub(crate) on: Day,
    pub(crate) cleared: Fen,
    pub(crate) refunded: Fen,
}

const CAME_BY: Select = Select::new(concat!(
    "SELECT r.id AS id, r.number AS number, r.received_on AS day, \
     CAST(sum(k.amount) AS BIGINT) AS cleared, \
     CAST(coalesce((SELECT sum(v.amount) FROM receivable_reversal v \
     WHERE v.receipt_id = r.id AND v.invoice_id = k.invoice_id AND ",
    stands!("v"),
    "), 0) AS BIGINT) AS refunded \
     FROM receivable_clearing k JOIN receivable_receipt r ON r.id = k.receipt_id \
     WHERE k.invoice_id = $1 GROUP BY r.id, r.number, r.received_on, k.invoice_id \
     HAVING sum(k.amount) > 0 ORDER BY r.received_on, r.number",
));

/// The receipts that cleared an invoice, oldest first.
pub(crate) async fn came_by(
    books: &mut Reader<'_>,
    invoice: InvoiceId,
) -> Result<Vec<CameBy>, Fault> {
    let rows = books.all(&CAME_BY, binds![invoice]).await?;
    let line = |row: &Row| {
        Ok(CameBy {
            id: row.get("id")?,
            number: row.get("number")?,
            on: row.get("day")?,
            cleared: row.get("cleared")?,
            refunded: row.get("refunded")?,
        })
    };
    rows.iter().map(line).collect()
}

/// A reversal to be added.
pub(crate) struct NewReversal<'a> {
    pub(crate) id: ReversalId,
    pub(crate) number: &'a str,
    pub(crate) kind: ReversalKind,
    pub(crate) customer: CustomerId,
    /// None where what was left over of a receipt goes back.
    pub(crate) invoice: Option<InvoiceId>,
    pub(crate) receipt: Option<ReceiptId>,
    pub(crate) on: Day,
    pub(crate) amount: Fen,
    pub(crate) reason: &'a str,
    pub(crate) by: &'a str,
}

const ADD: Change = Change::new(
    "INSERT INTO receivable_reversal (id, number, kind, customer_id, invoice_id, receipt_id, \
     reversed_on, amount, reason, recorded_by, recorded_at, nth) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1 + (SELECT count(*) \
     FROM receivable_reversal b WHERE b.number = $2))",
);

pub(crate) async fn add_reversal(
    books: &mut Writer<'_>,
    new: &NewReversal<'_>,
) -> Result<(), Fault> {
    let at = books.at();
    let values = binds![
        new.id,
        new.number,
        word::of(&new.kind)?,
        new.customer,
        new.invoice,
        new.receipt,
        new.on,
        new.amount,
        new.reason,
        new.by,
        at,
    ];
    books.run(&ADD, values).await?;
    Ok(())
}
