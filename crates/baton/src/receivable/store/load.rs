//! Many contracts, orders, invoices and receipts at once 应收批量写入.
//!
//! For imports and the demo company. Ids are minted by the caller; who must chase an invoice is
//! written to the append-only history besides, so that history begins with the load.

use kernel::{
    ContractId, CustomerId, Day, EmployeeId, Fen, InvoiceId, OpportunityId, OrderId, PlanId,
    ReceiptId,
};
use receivable::ResponsibilityBasis;
use spine::{Fault, Writer, binds};

use crate::receivable::store;

/// A contract to be added.
#[derive(Clone, Debug)]
pub struct NewContract {
    /// Its id.
    pub id: ContractId,
    /// 合同编号, unique.
    pub number: String,
    /// With whom.
    pub customer: CustomerId,
    /// Out of which opportunity.
    pub opportunity: Option<OpportunityId>,
    /// 负责人
    pub owner: Option<EmployeeId>,
    /// 合同名称
    pub title: String,
    /// 合同金额
    pub amount: Fen,
    /// 签订日期
    pub signed_on: Day,
    /// 到期日期
    pub ends_on: Option<Day>,
    /// 产品或产品线, empty when the file does not say.
    pub product: String,
    /// 合同毛利, when the file says.
    pub margin: Option<Fen>,
    /// A JSON object.
    pub extra: String,
}

/// One line of an order.
#[derive(Clone, Debug)]
pub struct NewOrderLine {
    /// Number of the product.
    pub product: String,
    /// Millionths of a unit of goods.
    pub quantity_ppm: i64,
    /// Hundredths of a fen for one unit.
    pub unit_price_fine: i64,
    /// Parts per million.
    pub discount_ppm: i64,
    /// What the line comes to.
    pub amount: Fen,
}

/// An order to be added.
#[derive(Clone, Debug)]
pub struct NewOrder {
    /// Its id.
    pub id: OrderId,
    /// 订单编号, unique.
    pub number: String,
    /// From whom.
    pub customer: CustomerId,
    /// Under which contract.
    pub contract: Option<ContractId>,
    /// 负责人
    pub owner: Option<EmployeeId>,
    /// 下单日期
    pub ordered_on: Day,
    /// 发货日期; an order that is shipped is closed.
    pub shipped_on: Option<Day>,
    /// 订单金额
    pub amount: Fen,
    /// In their order.
    pub lines: Vec<NewOrderLine>,
    /// A JSON object.
    pub extra: String,
}

/// From this day on, this person must chase the money.
#[derive(Clone, Debug)]
pub struct Responsible {
    /// The first day.
    pub effective_on: Day,
    /// Who.
    pub employee: EmployeeId,
    /// Why.
    pub basis: ResponsibilityBasis,
    /// The plan under which it was handed over.
    pub plan: Option<PlanId>,
}

/// An invoice to be added; what is cleared of it comes with its receipts.
#[derive(Clone, Debug)]
pub struct NewInvoice {
    /// Its id.
    pub id: InvoiceId,
    /// 发票号码, unique.
    pub number: String,
    /// To whom.
    pub customer: CustomerId,
    /// Under which contract.
    pub contract: Option<ContractId>,
    /// For which order.
    pub order: Option<OrderId>,
    /// 开票日期
    pub issued_on: Day,
    /// 到期日
    pub due_on: Day,
    /// 发票金额
    pub amount: Fen,
    /// 有争议
    pub disputed: bool,
    /// Oldest first, days never falling, nobody twice in a row; the last one holds today. Empty
    /// where nobody was ever named.
    pub history: Vec<Responsible>,
    /// A JSON object.
    pub extra: String,
}

/// A receipt to be added, and what it clears.
#[derive(Clone, Debug)]
pub struct NewReceipt {
    /// Its id.
    pub id: ReceiptId,
    /// 回款编号, unique.
    pub number: String,
    /// From whom.
    pub customer: CustomerId,
    /// 到账日期
    pub received_on: Day,
    /// 到账金额
    pub amount: Fen,
    /// Which invoices it clears and how much of each; each one once, in the books by now.
    pub clearings: Vec<(InvoiceId, Fen)>,
    /// A JSON object.
    pub extra: String,
}

/// Adds contracts.
///
/// # Errors
/// [`Fault`] when the database refuses.
pub async fn load_contracts(books: &mut Writer<'_>, new: &[NewContract]) -> Result<(), Fault> {
    const HEAD: &str = "INSERT INTO receivable_contract (id, number, customer_id, opportunity_id, \
                        owner_id, title, amount, signed_on, ends_on, state, product, margin, \
                        extra) VALUES ";
    // Whether it runs follows from its last day: `running.rs`.
    let row = |c: &NewContract| {
        binds![
            c.id,
            c.number.as_str(),
            c.customer,
            c.opportunity,
            c.owner,
            c.title.as_str(),
            c.amount,
            c.signed_on,
            c.ends_on,
            "active",
            c.product.as_str(),
            c.margin,
            c.extra.as_str(),
        ]
    };
    books
        .insert_many(HEAD, "", new.iter().map(row).collect())
        .await
}

/// Adds orders with their lines.
///
/// # Errors
/// [`Fault`] when the database refuses.
pub async fn load_orders(books: &mut Writer<'_>, new: &[NewOrder]) -> Result<(), Fault> {
    const HEAD: &str = "INSERT INTO receivable_order (id, number, customer_id, contract_id, \
                        owner_id, ordered_on, shipped_on, amount, state, extra) VALUES ";
    let row = |o: &NewOrder| {
        binds![
            o.id,
            o.number.as_str(),
            o.customer,
            o.contract,
            o.owner,
            o.ordered_on,
            o.shipped_on,
            o.amount,
            if o.shipped_on.is_none() {
                "open"
            } else {
                "closed"
            },
            o.extra.as_str(),
        ]
    };
    books
        .insert_many(HEAD, "", new.iter().map(row).collect())
        .await?;
    let mut lines = Vec::new();
    for order in new {
        lines.extend(
            (1_i64..)
                .zip(&order.lines)
                .map(|(n, line)| (order.id, n, line)),
        );
    }
    load_order_lines(books, lines).await
}

/// Adds lines to orders, each with its number.
///
/// # Errors
/// [`Fault`] when the database refuses.
pub async fn load_order_lines(
    books: &mut Writer<'_>,
    lines: Vec<(OrderId, i64, &NewOrderLine)>,
) -> Result<(), Fault> {
    const HEAD: &str = "INSERT INTO receivable_order_line (order_id, n, product, quantity_ppm, \
                        unit_price_fine, discount_ppm, amount) VALUES ";
    let row = |(order, n, line): (OrderId, i64, &NewOrderLine)| {
        let (product, price) = (line.product.as_str(), line.unit_price_fine);
        binds![
            order,
            n,
            product,
            line.quantity_ppm,
            price,
            line.discount_ppm,
            line.amount
        ]
    };
    books
        .insert_many(HEAD, "", lines.into_iter().map(row).collect())
        .await
}

const INVOICE: &str = "INSERT INTO receivable_invoice \
     (id, number, customer_id, contract_id, order_id, issued_on, \
     due_on, amount, cleared, disputed, responsible_id, extra) VALUES ";
const RESPONSIBILITY: &str = "INSERT INTO receivable_responsibility \
     (invoice_id, seq, effective_on, recorded_at, \
     responsible_id, recorded_by, reason, plan_id) VALUES ";

/// Adds invoices with the history of who must chase them; `recorded_by` as in the history.
///
/// # Errors
/// [`Fault`] when the database refuses.
pub async fn load_invoices(
    books: &mut Writer<'_>,
    new: &[NewInvoice],
    recorded_by: &str,
) -> Result<(), Fault> {
    let row = |i: &NewInvoice| {
        binds![
            i.id,
            i.number.as_str(),
            i.customer,
            i.contract,
            i.order,
            i.issued_on,
            i.due_on,
            i.amount,
            Fen::ZERO,
            i.disputed,
            i.history.last().map(|last| last.employee),
            i.extra.as_str(),
        ]
    };
    books
        .insert_many(INVOICE, "", new.iter().map(row).collect())
        .await?;
    let at = books.at();
    let mut history = Vec::new();
    for invoice in new {
        for (seq, one) in (1_i64..).zip(&invoice.history) {
            let (from, word) = (one.effective_on, store::basis_word(one.basis));
            let who = one.employee;
            history.push(binds![
                invoice.id,
                seq,
                from,
                at,
                who,
                recorded_by,
                word,
                one.plan
            ]);
        }
    }
    books.insert_many(RESPONSIBILITY, "", history).await
}

const RECEIPT: &str = "INSERT INTO receivable_receipt (id, number, customer_id, received_on, \
                       amount, extra) VALUES ";
const CLEARING: &str = "INSERT INTO receivable_clearing (receipt_id, invoice_id, seq, \
                        cleared_on, amount, recorded_at) VALUES ";
const TOUCHED: spine::Change = spine::Change::new(
    "UPDATE receivable_invoice SET cleared = (SELECT CAST(coalesce(sum(c.amount), 0) AS BIGINT) \
     FROM receivable_clearing c WHERE c.invoice_id = receivable_invoice.id) \
     WHERE id IN (SELECT t.invoice_id FROM receivable_clearing t WHERE t.receipt_id >= $1 \
     AND t.receipt_id <= $2)",
);

/// Adds receipts and what they clear. That no more is cleared than was received or billed is the
/// caller's to see to.
///
/// # Errors
/// [`Fault`] when the database refuses.
pub async fn load_receipts(books: &mut Writer<'_>, new: &[NewReceipt]) -> Result<(), Fault> {
    let row = |r: &NewReceipt| {
        let (number, extra) = (r.number.as_str(), r.extra.as_str());
        binds![r.id, number, r.customer, r.received_on, r.amount, extra]
    };
    books
        .insert_many(RECEIPT, "", new.iter().map(row).collect())
        .await?;
    let at = books.at();
    let mut clearings = Vec::new();
    for receipt in new {
        for (invoice, amount) in &receipt.clearings {
            clearings.push(binds![
                receipt.id,
                *invoice,
                1,
                receipt.received_on,
                *amount,
                at
            ]);
        }
    }
    books.insert_many(CLEARING, "", clearings).await?;
    let ids = new.iter().map(|receipt| receipt.id);
    // Every invoice touched by a receipt of this range; others of the range come out unchanged.
    if let (Some(first), Some(last)) = (ids.clone().min(), ids.max()) {
        books.run(&TOUCHED, binds![first, last]).await?;
    }
    Ok(())
}
