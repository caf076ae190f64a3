//! What may be paid for: deals and what happened to them 提成依据.
//!
//! A deal is a contract; an order or an invoice that belongs to none is a deal of its own, named
//! with the same letters behind the prefix of contracts.

use std::collections::BTreeMap;

use kernel::{ContractId, CustomerId, Day, Fen, InvoiceId, Moment, ReceiptId, ReversalId};
use spine::{Fault, Query, Reader, Row, Select, binds};

use super::withdrawn;

/// A deal as far as pay is concerned.
pub(crate) struct Deal {
    pub(crate) id: ContractId,
    pub(crate) customer: CustomerId,
    pub(crate) signed_on: Day,
    pub(crate) ends_on: Option<Day>,
    pub(crate) amount: Fen,
    /// Product or product line; empty when nobody said.
    pub(crate) product: String,
    /// What is left after its cost, when known.
    pub(crate) margin: Option<Fen>,
}

/// What happened to a deal on a day, with the record behind it.
pub(crate) struct Happened {
    /// `receipt/rcp_…`
    pub(crate) record: String,
    pub(crate) on: Day,
    pub(crate) deal: ContractId,
    pub(crate) amount: Fen,
}

/// What may happen to a deal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Happening {
    Signed,
    Delivered,
    Invoiced,
    Received,
    /// Billed, not paid, not disputed: on the day it falls due.
    Due,
}

/// A query in pieces; behind each stands whose customers are meant, and by when it was known.
type Pieces = &'static [(&'static str, &'static str, Known)];

/// How a row says whether it stood in the books at a moment.
#[derive(Clone, Copy)]
enum Known {
    /// This column holds when it was recorded.
    Recorded(&'static str),
    /// This column holds its id: the text order of ids is the order in which they were made.
    Minted(&'static str),
    /// It is a paper, called `w`, that was taken back since.
    Gone,
}

impl Known {
    fn push(self, query: &mut Query, by: Moment) {
        match self {
            Known::Recorded(column) => {
                query.push(" AND ").push(column).push(" <= ").bind(by);
            }
            Known::Minted(column) => {
                query.push(" AND substr(").push(column).push(", 5) <= ");
                query.bind(withdrawn::minted_by(by));
            }
            Known::Gone => {
                Known::Minted("w.id").push(query, by);
                query.push(" AND w.withdrawn_at > ").bind(by);
            }
        }
    }
}

const DEALS: Pieces = &[
    (
        "SELECT id, customer_id, signed_on, ends_on, amount, product, margin \
         FROM receivable_contract WHERE 1 = 1",
        "customer_id",
        Known::Minted("id"),
    ),
    (
        " UNION ALL SELECT id, customer_id, ordered_on, NULL, amount, \
         coalesce((SELECT CASE WHEN min(l.product) = max(l.product) THEN min(l.product) END \
         FROM receivable_order_line l WHERE l.order_id = receivable_order.id), ''), NULL \
         FROM receivable_order WHERE contract_id IS NULL",
        "customer_id",
        Known::Minted("id"),
    ),
    (
        " UNION ALL SELECT id, customer_id, issued_on, NULL, amount, '', NULL \
         FROM receivable_invoice WHERE contract_id IS NULL AND order_id IS NULL AND NOT EXISTS \
         (SELECT 1 FROM receivable_withdrawn w WHERE w.id = receivable_invoice.id)",
        "customer_id",
        Known::Minted("id"),
    ),
    (
        " UNION ALL SELECT w.id, w.customer_id, w.day, w.ends_on, w.amount, w.product, w.margin \
         FROM receivable_withdrawn w WHERE w.deal_id = w.id",
        "w.customer_id",
        Known::Gone,
    ),
];
const SIGNED: Pieces = &[
    (
        "SELECT id AS record, signed_on AS day, id AS deal, amount AS amount \
         FROM receivable_contract WHERE 1 = 1",
        "customer_id",
        Known::Minted("id"),
    ),
    (
        " UNION ALL SELECT id, ordered_on, id, amount FROM receivable_order \
         WHERE contract_id IS NULL",
        "customer_id",
        Known::Minted("id"),
    ),
    (
        " UNION ALL SELECT w.id, w.day, w.id, w.amount FROM receivable_withdrawn w \
         WHERE w.deal_id = w.id AND w.kind <> 'invoice'",
        "w.customer_id",
        Known::Gone,
    ),
];
const DELIVERED: Pieces = &[
    (
        "SELECT id AS record, shipped_on AS day, coalesce(contract_id, id) AS deal, \
         amount AS amount FROM receivable_order WHERE shipped_on IS NOT NULL",
        "customer_id",
        Known::Minted("id"),
    ),
    (
        " UNION ALL SELECT w.id, w.shipped_on, w.deal_id, w.amount FROM receivable_withdrawn w \
         WHERE w.shipped_on IS NOT NULL",
        "w.customer_id",
        Known::Gone,
    ),
];
const INVOICED: Pieces = &[
    (
        "SELECT i.id AS record, i.issued_on AS day, \
         coalesce(i.contract_id, o.contract_id, i.order_id, i.id) AS deal, i.amount AS amount \
         FROM receivable_invoice i LEFT JOIN receivable_order o ON o.id = i.order_id \
         WHERE i.amount > 0",
        "i.customer_id",
        Known::Minted("i.id"),
    ),
    (
        " UNION ALL SELECT w.id, w.day, w.deal_id, w.amount FROM receivable_withdrawn w \
         WHERE w.kind = 'invoice'",
        "w.customer_id",
        Known::Gone,
    ),
];
// An invoice that was taken back names no deal any more; its receipts went before it.
const RECEIVED: Pieces = &[(
    "SELECT k.receipt_id AS record, r.received_on AS day, \
     coalesce(w.deal_id, i.contract_id, o.contract_id, i.order_id, i.id) AS deal, \
     CAST(sum(k.amount) AS BIGINT) AS amount FROM receivable_clearing k \
     JOIN receivable_receipt r ON r.id = k.receipt_id \
     JOIN receivable_invoice i ON i.id = k.invoice_id \
     LEFT JOIN receivable_order o ON o.id = i.order_id \
     LEFT JOIN receivable_withdrawn w ON w.id = i.id WHERE 1 = 1",
    "i.customer_id",
    Known::Recorded("k.recorded_at"),
)];
const DUE: Pieces = &[(
    "SELECT i.id AS record, i.due_on AS day, \
     coalesce(i.contract_id, o.contract_id, i.order_id, i.id) AS deal, \
     i.amount - i.cleared AS amount FROM receivable_invoice i \
     LEFT JOIN receivable_order o ON o.id = i.order_id \
     WHERE i.cleared < i.amount AND i.disputed = 0",
    "i.customer_id",
    Known::Minted("i.id"),
)];
// What was withdrawn, an invoice by its amount and a receipt by its opposite, never happened.
const RECEIVED_BY: &str = " GROUP BY k.receipt_id, r.received_on, \
     coalesce(w.deal_id, i.contract_id, o.contract_id, i.order_id, i.id) \
     HAVING sum(k.amount) <> 0";

/// Runs a query for everybody's customers or for some, so many at once, as it was known by a
/// moment.
async fn rows_of(
    books: &mut Reader<'_>,
    (pieces, last): (Pieces, &'static str),
    of: Option<&[CustomerId]>,
    by: Moment,
) -> Result<Vec<Row>, Fault> {
    let parts: Vec<Option<&[CustomerId]>> = match of {
        None => vec![None],
        Some(all) => all.chunks(300).map(Some).collect(),
    };
    let mut rows = Vec::new();
    for some in parts {
        let mut query = Query::new("");
        for (piece, column, known) in pieces {
            query.push(piece);
            if let Some(some) = some {
                query.push(" AND ").push(column).push(" IN ");
                query.bind_list(some.iter().copied());
            }
            known.push(&mut query, by);
        }
        query.push(last);
        let (select, values) = query.select();
        rows.extend(books.all(&select, values).await?);
    }
    Ok(rows)
}

/// The deal behind the id of a contract, an order or an invoice.
fn deal_of(row: &Row, column: &str) -> Result<ContractId, Fault> {
    named_deal(&row.get::<String>(column)?)
}

fn named_deal(id: &str) -> Result<ContractId, Fault> {
    let (_, letters) = id.split_once('_').unwrap_or_default();
    let deal = format!("{}_{letters}", ContractId::PREFIX).parse();
    deal.map_err(|_| Fault::new(format!("{id} names no deal")))
}

/// Every deal that stood in the books at a moment, or those of these customers; as it is now.
pub(crate) async fn deals(
    books: &mut Reader<'_>,
    of: Option<&[CustomerId]>,
    by: Moment,
) -> Result<Vec<Deal>, Fault> {
    let rows = rows_of(books, (DEALS, ""), of, by).await?;
    let deal = |row: &Row| {
        Ok(Deal {
            id: deal_of(row, "id")?,
            customer: row.get("customer_id")?,
            signed_on: row.get("signed_on")?,
            ends_on: row.get("ends_on")?,
            amount: row.get("amount")?,
            product: row.get("product")?,
            margin: row.get("margin")?,
        })
    };
    rows.iter().map(deal).collect()
}

/// Everything of this kind that happened by what stood in the books at a moment, to all or to these
/// customers. Money counts on the day it came in, and once it is matched to an invoice, for only
/// then it is known what was paid: what was matched after `by` is left out.
pub(crate) async fn happenings(
    books: &mut Reader<'_>,
    kind: Happening,
    of: Option<&[CustomerId]>,
    by: Moment,
) -> Result<Vec<Happened>, Fault> {
    let (pieces, last, noun) = match kind {
        Happening::Signed => (SIGNED, "", "contract"),
        Happening::Delivered => (DELIVERED, "", "order"),
        Happening::Invoiced => (INVOICED, "", "invoice"),
        Happening::Received => (RECEIVED, RECEIVED_BY, "receipt"),
        Happening::Due => (DUE, "", "due"),
    };
    let rows = rows_of(books, (pieces, last), of, by).await?;
    let happened = |row: &Row| {
        Ok(Happened {
            record: format!("{noun}/{}", row.get::<String>("record")?),
            on: row.get("day")?,
            deal: deal_of(row, "deal")?,
            amount: row.get("amount")?,
        })
    };
    rows.iter().map(happened).collect()
}

/// What was undone of a deal, and by which record it was earned.
pub(crate) struct Undone {
    /// `reversal/rev_…`
    pub(crate) record: String,
    pub(crate) on: Day,
    pub(crate) deal: ContractId,
    /// Below zero.
    pub(crate) amount: Fen,
    /// The receipt that went back; none of a bad debt.
    pub(crate) receipt: Option<String>,
    pub(crate) invoice: String,
    /// What was delivered under it, when an order is known.
    pub(crate) order: Option<String>,
    /// `contract/…`: by which the deal was signed, when it was.
    pub(crate) signed: Option<String>,
}

const UNDONE: Pieces = &[(
    "SELECT v.id AS record, v.reversed_on AS day, \
     coalesce(g.deal_id, i.contract_id, o.contract_id, i.order_id, i.id) AS deal, \
     v.amount AS amount, v.receipt_id AS receipt, v.invoice_id AS invoice, \
     coalesce(g.order_id, i.order_id) AS order_id, \
     coalesce(nullif(g.deal_id, g.id), i.contract_id, o.contract_id, i.order_id) AS signed, \
     w.withdrawn_at AS withdrawn_at \
     FROM receivable_reversal v JOIN receivable_invoice i ON i.id = v.invoice_id \
     LEFT JOIN receivable_order o ON o.id = i.order_id \
     LEFT JOIN receivable_withdrawn g ON g.id = i.id \
     LEFT JOIN receivable_reversal_withdrawal w ON w.reversal_id = v.id WHERE 1 = 1",
    "v.customer_id",
    Known::Recorded("v.recorded_at"),
)];

/// Everything that was recorded as undone by a moment, and stood then, of all or of these
/// customers.
pub(crate) async fn undone(
    books: &mut Reader<'_>,
    (of, by): (Option<&[CustomerId]>, Moment),
) -> Result<Vec<Undone>, Fault> {
    let rows = rows_of(books, (UNDONE, ""), of, by).await?;
    let mut undone = Vec::with_capacity(rows.len());
    for row in &rows {
        let withdrawn: Option<Moment> = row.get("withdrawn_at")?;
        if withdrawn.is_some_and(|at| at <= by) {
            continue;
        }
        let amount: Fen = row.get("amount")?;
        undone.push(Undone {
            record: format!("reversal/{}", row.get::<String>("record")?),
            on: row.get("day")?,
            deal: deal_of(row, "deal")?,
            amount: -amount,
            receipt: record_of(row, "receipt", "receipt")?,
            invoice: format!("invoice/{}", row.get::<String>("invoice")?),
            order: record_of(row, "order_id", "order")?,
            signed: record_of(row, "signed", "contract")?,
        });
    }
    Ok(undone)
}

const WOULD_UNDO: Select = Select::new(
    "SELECT coalesce(i.contract_id, o.contract_id, i.order_id, i.id) AS deal, \
     i.order_id AS order_id, \
     coalesce(i.contract_id, o.contract_id, i.order_id) AS signed \
     FROM receivable_invoice i LEFT JOIN receivable_order o ON o.id = i.order_id \
     WHERE i.id = $1",
);

/// What a reversal of an invoice would undo; none where there is no such invoice.
pub(crate) async fn would_undo(
    books: &mut Reader<'_>,
    (id, invoice, receipt): (ReversalId, InvoiceId, Option<ReceiptId>),
    (on, amount): (Day, Fen),
) -> Result<Option<Undone>, Fault> {
    let Some(row) = books.first(&WOULD_UNDO, binds![invoice]).await? else {
        return Ok(None);
    };
    Ok(Some(Undone {
        record: format!("reversal/{id}"),
        on,
        deal: deal_of(&row, "deal")?,
        amount: -amount,
        receipt: receipt.map(|id| format!("receipt/{id}")),
        invoice: format!("invoice/{invoice}"),
        order: record_of(&row, "order_id", "order")?,
        signed: record_of(&row, "signed", "contract")?,
    }))
}

fn record_of(row: &Row, column: &str, noun: &str) -> Result<Option<String>, Fault> {
    let id: Option<String> = row.get(column)?;
    Ok(id.map(|id| format!("{noun}/{id}")))
}

/// Whose deals these are.
pub(crate) async fn customers_of(
    books: &mut Reader<'_>,
    wanted: &[ContractId],
) -> Result<BTreeMap<ContractId, CustomerId>, Fault> {
    let mut owners = BTreeMap::new();
    for some in wanted.chunks(300) {
        let mut query = Query::new("SELECT id, customer_id FROM receivable_contract WHERE id IN ");
        query.bind_list(some.iter().copied());
        query.push(" UNION ALL SELECT id, customer_id FROM receivable_order WHERE id IN ");
        query.bind_list(some.iter().map(|id| twin(*id, "ord")));
        query.push(" UNION ALL SELECT id, customer_id FROM receivable_invoice WHERE id IN ");
        query.bind_list(some.iter().map(|id| twin(*id, "inv")));
        query.push(" UNION ALL SELECT id, customer_id FROM receivable_withdrawn WHERE id IN ");
        query.bind_list(papers(some));
        let (select, values) = query.select();
        for row in books.all(&select, values).await? {
            owners.insert(deal_of(&row, "id")?, row.get("customer_id")?);
        }
    }
    Ok(owners)
}

/// The order or invoice that a deal without a contract is.
fn twin(deal: ContractId, prefix: &str) -> String {
    deal.to_string().replacen(ContractId::PREFIX, prefix, 1)
}

/// The contract, the order or the invoice that each of these deals is.
fn papers(deals: &[ContractId]) -> Vec<String> {
    let ids = |prefix: &'static str| deals.iter().map(move |deal| twin(*deal, prefix));
    [ContractId::PREFIX, "ord", "inv"]
        .into_iter()
        .flat_map(ids)
        .collect()
}

/// Numbers and titles of these deals, for whoever is paid for them.
pub(crate) async fn deal_names(
    books: &mut Reader<'_>,
    deals: &[ContractId],
) -> Result<BTreeMap<ContractId, (String, String)>, Fault> {
    let mut names = BTreeMap::new();
    for some in deals.chunks(300) {
        let mut query =
            Query::new("SELECT id, number, title FROM receivable_contract WHERE id IN ");
        query.bind_list(some.iter().copied());
        query.push(" UNION ALL SELECT id, number, '' FROM receivable_order WHERE id IN ");
        query.bind_list(some.iter().map(|id| twin(*id, "ord")));
        query.push(" UNION ALL SELECT id, number, '' FROM receivable_invoice WHERE id IN ");
        query.bind_list(some.iter().map(|id| twin(*id, "inv")));
        let (select, values) = query.select();
        for row in books.all(&select, values).await? {
            let name = (row.get("number")?, row.get("title")?);
            names.insert(deal_of(&row, "id")?, name);
        }
        // What is gone is called as it was.
        for (id, name) in withdrawn::names(books, papers(some)).await? {
            names.insert(named_deal(&id)?, name);
        }
    }
    Ok(names)
}

/// The numbers of the records behind these events, by `receipt/rcp_…`.
pub(crate) async fn record_numbers(
    books: &mut Reader<'_>,
    records: &[String],
) -> Result<BTreeMap<String, String>, Fault> {
    let mut numbers = BTreeMap::new();
    for some in records.chunks(300) {
        let of = |noun: &'static str| {
            some.iter()
                .filter_map(move |record| record.strip_prefix(noun)?.strip_prefix('/'))
        };
        let mut query =
            Query::new("SELECT 'receipt' AS noun, id, number FROM receivable_receipt WHERE id IN ");
        query.bind_list(of("receipt"));
        query.push(" UNION ALL SELECT 'invoice', id, number FROM receivable_invoice WHERE id IN ");
        query.bind_list(of("invoice"));
        query.push(" UNION ALL SELECT 'order', id, number FROM receivable_order WHERE id IN ");
        query.bind_list(of("order"));
        query
            .push(" UNION ALL SELECT 'contract', id, number FROM receivable_contract WHERE id IN ");
        query.bind_list(of("contract"));
        query.push(" UNION ALL SELECT 'contract', id, number FROM receivable_order WHERE id IN ");
        query.bind_list(of("contract"));
        query
            .push(" UNION ALL SELECT 'reversal', id, number FROM receivable_reversal WHERE id IN ");
        query.bind_list(of("reversal"));
        let (select, values) = query.select();
        for row in books.all(&select, values).await? {
            let (noun, id): (String, String) = (row.get("noun")?, row.get("id")?);
            numbers.insert(format!("{noun}/{id}"), row.get("number")?);
        }
        let id = |record: &String| Some(record.split_once('/')?.1.to_owned());
        let gone = withdrawn::names(books, some.iter().filter_map(id).collect()).await?;
        let named = some.iter().filter_map(|record| {
            let (number, _) = gone.get(&id(record)?)?;
            Some((record.clone(), number.clone()))
        });
        numbers.extend(named);
    }
    Ok(numbers)
}
