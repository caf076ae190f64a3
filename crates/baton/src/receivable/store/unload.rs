//! Many contracts, orders, invoices and receipts taken back at once 应收批量撤回.
//!
//! For imports that are undone. What may be deleted is deleted. What the append-only history speaks
//! of stays and is marked: invoices and receipts stand at zero with their clearings reversed, and
//! give up their number.

use spine::{Chosen, Fault, Pointer, Query, Sheet, Writer};

/// What of this slice points to records of any slice.
pub(crate) const POINTERS: &[Pointer] = &[
    Pointer::by("receivable_contract", "customer_id", "t.id", "合同"),
    Pointer::by("receivable_contract", "opportunity_id", "t.id", "合同"),
    Pointer::by("receivable_contract", "owner_id", "t.id", "合同"),
    Pointer::always("receivable_contract_holder", "contract_id", "合同单独交接"),
    Pointer::by(
        "receivable_contract_holder",
        "holder_id",
        "t.contract_id",
        "合同单独交接",
    ),
    Pointer::by(
        "receivable_contract_holder",
        "from_id",
        "t.contract_id",
        "合同单独交接",
    ),
    Pointer::by("receivable_order", "customer_id", "t.id", "订单"),
    Pointer::by("receivable_order", "contract_id", "t.id", "订单"),
    Pointer::by("receivable_order", "owner_id", "t.id", "订单"),
    Pointer::by(
        "receivable_order_line",
        "order_id",
        "t.order_id || '#' || t.n",
        "订单行",
    ),
    Pointer::by(
        "receivable_order_line",
        "product",
        "t.order_id || '#' || t.n",
        "订单行",
    ),
    Pointer::by("receivable_invoice", "customer_id", "t.id", "发票"),
    Pointer::by("receivable_invoice", "contract_id", "t.id", "发票"),
    Pointer::by("receivable_invoice", "order_id", "t.id", "发票"),
    Pointer::by("receivable_invoice", "responsible_id", "t.id", "回款责任"),
    Pointer::by("receivable_receipt", "customer_id", "t.id", "回款"),
    Pointer::always(
        "receivable_withdrawn",
        "customer_id",
        "已关账月份计过的单据",
    ),
    reversal("customer_id"),
    reversal("invoice_id"),
    reversal("receipt_id"),
    Pointer::by("receivable_clearing", "invoice_id", "t.receipt_id", "核销"),
    Pointer::later("receivable_clearing", "receipt_id", "后来核销的余款"),
    Pointer::later("receivable_responsibility", "invoice_id", "回款责任变动"),
    Pointer::by(
        "receivable_responsibility",
        "responsible_id",
        "t.invoice_id",
        "回款责任",
    ),
];

/// A refund or a bad debt, unless it was a mistake that was taken back.
const fn reversal(column: &'static str) -> Pointer {
    Pointer {
        beyond: concat!(" AND ", stands!("t")),
        ..Pointer::by("receivable_reversal", column, "t.id", "退款与坏账")
    }
}

/// Contracts, to be changed column by column.
pub(crate) const CONTRACTS: Sheet = Sheet {
    table: "receivable_contract",
    identifier: "id",
};
/// Orders.
pub(crate) const ORDERS: Sheet = Sheet {
    table: "receivable_order",
    identifier: "id",
};
/// Lines of orders; `ord_…#3` is the third line of that order.
pub(crate) const ORDER_LINES: Sheet = Sheet {
    table: "receivable_order_line",
    identifier: "order_id || '#' || n",
};
/// Invoices.
pub(crate) const INVOICES: Sheet = Sheet {
    table: "receivable_invoice",
    identifier: "id",
};
/// Receipts.
pub(crate) const RECEIPTS: Sheet = Sheet {
    table: "receivable_receipt",
    identifier: "id",
};

/// These receipts never came: a clearing is not deleted but balanced by its opposite of the same
/// day, so that what was open on a day is what was open without them; and a receipt that cleared
/// something, or of which something was paid back, stays at zero, `suffix` added to its number.
pub(crate) async fn receipts(
    books: &mut Writer<'_>,
    chosen: &Chosen,
    suffix: &str,
) -> Result<(), Fault> {
    let at = books.at();
    let mut query = Query::new(
        "INSERT INTO receivable_clearing (receipt_id, invoice_id, seq, cleared_on, amount, \
         recorded_at) SELECT c.receipt_id, c.invoice_id, c.seq + (SELECT max(z.seq) \
         FROM receivable_clearing z WHERE z.receipt_id = c.receipt_id), c.cleared_on, -c.amount, \
         CAST(",
    );
    query
        .bind(at)
        .push(" AS BIGINT) FROM receivable_clearing c WHERE c.receipt_id IN ");
    chosen.list(&mut query);
    run(books, query).await?;
    let mut query = Query::new(
        "UPDATE receivable_invoice SET cleared = (SELECT CAST(coalesce(sum(c.amount), 0) AS \
         BIGINT) FROM receivable_clearing c WHERE c.invoice_id = receivable_invoice.id) \
         WHERE id IN (SELECT t.invoice_id FROM receivable_clearing t WHERE t.receipt_id IN ",
    );
    chosen.list(&mut query);
    query.push(")");
    run(books, query).await?;
    let mut query =
        Query::new("UPDATE receivable_receipt SET amount = 0, number = number || CAST(");
    query.bind(suffix).push(" AS TEXT) WHERE ").push(SPENT);
    query.push(" AND id IN ");
    chosen.list(&mut query);
    run(books, query).await?;
    let mut query = Query::new("DELETE FROM receivable_receipt WHERE NOT ");
    query.push(SPENT).push(" AND id IN ");
    chosen.list(&mut query);
    run(books, query).await
}

/// Whether history speaks of a receipt.
const SPENT: &str = "(EXISTS (SELECT 1 FROM receivable_clearing c \
     WHERE c.receipt_id = receivable_receipt.id) OR EXISTS (SELECT 1 FROM \
     receivable_reversal v WHERE v.receipt_id = receivable_receipt.id))";

/// These invoices were never issued: one of which somebody was responsible, or something was
/// cleared or undone, stays at zero, `suffix` added to its number.
pub(crate) async fn invoices(
    books: &mut Writer<'_>,
    chosen: &Chosen,
    suffix: &str,
) -> Result<(), Fault> {
    let mut query = Query::new(
        "UPDATE receivable_invoice SET amount = 0, order_id = NULL, contract_id = NULL, \
         number = number || CAST(",
    );
    query.bind(suffix).push(" AS TEXT) WHERE ").push(SPOKEN_OF);
    query.push(" AND id IN ");
    chosen.list(&mut query);
    run(books, query).await?;
    let mut query = Query::new("DELETE FROM receivable_invoice WHERE NOT ");
    query.push(SPOKEN_OF).push(" AND id IN ");
    chosen.list(&mut query);
    run(books, query).await
}

/// Whether history speaks of an invoice.
const SPOKEN_OF: &str = "(EXISTS (SELECT 1 FROM receivable_clearing c \
     WHERE c.invoice_id = receivable_invoice.id) OR EXISTS (SELECT 1 FROM \
     receivable_responsibility r WHERE r.invoice_id = receivable_invoice.id) OR EXISTS (SELECT 1 \
     FROM receivable_reversal v WHERE v.invoice_id = receivable_invoice.id))";

/// Deletes these order lines.
pub(crate) async fn order_lines(books: &mut Writer<'_>, chosen: &Chosen) -> Result<(), Fault> {
    let mut query = Query::new("DELETE FROM receivable_order_line WHERE order_id || '#' || n IN ");
    chosen.list(&mut query);
    run(books, query).await
}

/// Deletes these orders.
pub(crate) async fn orders(books: &mut Writer<'_>, chosen: &Chosen) -> Result<(), Fault> {
    let mut query = Query::new("DELETE FROM receivable_order WHERE id IN ");
    chosen.list(&mut query);
    run(books, query).await
}

/// Deletes these contracts.
pub(crate) async fn contracts(books: &mut Writer<'_>, chosen: &Chosen) -> Result<(), Fault> {
    let mut query = Query::new("DELETE FROM receivable_contract WHERE id IN ");
    chosen.list(&mut query);
    run(books, query).await
}

async fn run(books: &mut Writer<'_>, query: Query) -> Result<(), Fault> {
    let (change, values) = query.change();
    books.run(&change, values).await?;
    Ok(())
}
