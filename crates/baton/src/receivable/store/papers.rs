//! Contracts, orders and invoices 合同、订单、发票.

use std::collections::BTreeMap;

use access::Target;
use kernel::{ContractId, CustomerId, Day, DepartmentId, EmployeeId, Fen, InvoiceId, OrderId};
use serde::{Deserialize, Serialize};
use spine::{Change, Fault, Query, Reader, Row, Select, Writer, binds};

use super::running::{is_running, running};

/// Where a number must be the only one of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 合同
    Contract,
    /// 订单
    Order,
    /// 发票
    Invoice,
    /// 回款
    Receipt,
    /// 退款 or 坏账
    Reversal,
}

impl Kind {
    /// As the evidence names it: `invoice/inv_…`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Kind::Contract => "contract",
            Kind::Order => "order",
            Kind::Invoice => "invoice",
            Kind::Receipt => "receipt",
            Kind::Reversal => "reversal",
        }
    }

    /// As people call it.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Kind::Contract => "合同",
            Kind::Order => "订单",
            Kind::Invoice => "发票",
            Kind::Receipt => "回款",
            Kind::Reversal => "退款或坏账",
        }
    }
}

/// Whether the number is in use.
pub(crate) async fn number_taken(
    books: &mut Reader<'_>,
    kind: Kind,
    number: &str,
) -> Result<bool, Fault> {
    let mut query = Query::new(match kind {
        Kind::Contract => "SELECT count(*) AS n FROM receivable_contract WHERE number = ",
        Kind::Order => "SELECT count(*) AS n FROM receivable_order WHERE number = ",
        Kind::Invoice => "SELECT count(*) AS n FROM receivable_invoice WHERE number = ",
        Kind::Receipt => "SELECT count(*) AS n FROM receivable_receipt WHERE number = ",
        Kind::Reversal => {
            concat!(
                "SELECT count(*) AS n FROM receivable_reversal v WHERE ",
                stands!("v"),
                " AND number = "
            )
        }
    });
    query.bind(number);
    let (select, values) = query.select();
    Ok(books.count(&select, values).await? > 0)
}

/// The customer of a contract, an order, an invoice, a receipt or what of them was undone.
pub(crate) async fn customer_of(
    books: &mut Reader<'_>,
    kind: Kind,
    id: &str,
) -> Result<Option<CustomerId>, Fault> {
    let mut query = Query::new(match kind {
        Kind::Contract => "SELECT customer_id FROM receivable_contract WHERE id = ",
        Kind::Order => "SELECT customer_id FROM receivable_order WHERE id = ",
        Kind::Invoice => "SELECT customer_id FROM receivable_invoice WHERE id = ",
        Kind::Receipt => "SELECT customer_id FROM receivable_receipt WHERE id = ",
        Kind::Reversal => "SELECT customer_id FROM receivable_reversal WHERE id = ",
    });
    query.bind(id);
    let (select, values) = query.select();
    let row = books.first(&select, values).await?;
    row.map(|row| row.get("customer_id")).transpose()
}

/// A contract to be added.
pub(crate) struct NewContract<'a> {
    pub(crate) id: ContractId,
    pub(crate) number: &'a str,
    pub(crate) customer: CustomerId,
    pub(crate) owner: Option<EmployeeId>,
    pub(crate) title: &'a str,
    pub(crate) amount: Fen,
    pub(crate) signed_on: Day,
    pub(crate) ends_on: Option<Day>,
    pub(crate) product: &'a str,
    pub(crate) margin: Option<Fen>,
}

const ADD_CONTRACT: Change = Change::new(
    "INSERT INTO receivable_contract (id, number, customer_id, owner_id, title, amount, \
     signed_on, ends_on, product, margin, state, extra) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'active', '{}')",
);

pub(crate) async fn add_contract(
    books: &mut Writer<'_>,
    new: &NewContract<'_>,
) -> Result<(), Fault> {
    let values = binds![
        new.id,
        new.number,
        new.customer,
        new.owner,
        new.title,
        new.amount,
        new.signed_on,
        new.ends_on,
        new.product,
        new.margin,
    ];
    books.run(&ADD_CONTRACT, values).await?;
    Ok(())
}

/// An order to be added.
pub(crate) struct NewOrder<'a> {
    pub(crate) id: OrderId,
    pub(crate) number: &'a str,
    pub(crate) customer: CustomerId,
    pub(crate) contract: Option<ContractId>,
    pub(crate) owner: Option<EmployeeId>,
    pub(crate) ordered_on: Day,
    pub(crate) amount: Fen,
}

const ADD_ORDER: Change = Change::new(
    "INSERT INTO receivable_order (id, number, customer_id, contract_id, owner_id, ordered_on, \
     amount, state, extra) VALUES ($1, $2, $3, $4, $5, $6, $7, 'open', '{}')",
);

pub(crate) async fn add_order(books: &mut Writer<'_>, new: &NewOrder<'_>) -> Result<(), Fault> {
    let values = binds![
        new.id,
        new.number,
        new.customer,
        new.contract,
        new.owner,
        new.ordered_on,
        new.amount,
    ];
    books.run(&ADD_ORDER, values).await?;
    Ok(())
}

/// An invoice to be added.
pub(crate) struct NewInvoice<'a> {
    pub(crate) id: InvoiceId,
    pub(crate) number: &'a str,
    pub(crate) customer: CustomerId,
    pub(crate) contract: Option<ContractId>,
    pub(crate) order: Option<OrderId>,
    pub(crate) issued_on: Day,
    pub(crate) due_on: Day,
    pub(crate) amount: Fen,
    pub(crate) responsible: EmployeeId,
}

const ADD_INVOICE: Change = Change::new(
    "INSERT INTO receivable_invoice (id, number, customer_id, contract_id, order_id, issued_on, \
     due_on, amount, cleared, disputed, responsible_id, extra) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, $9, '{}')",
);

pub(crate) async fn add_invoice(books: &mut Writer<'_>, new: &NewInvoice<'_>) -> Result<(), Fault> {
    let values = binds![
        new.id,
        new.number,
        new.customer,
        new.contract,
        new.order,
        new.issued_on,
        new.due_on,
        new.amount,
        new.responsible,
    ];
    books.run(&ADD_INVOICE, values).await?;
    Ok(())
}

/// An invoice as it stands today.
#[derive(Clone, Debug)]
pub struct Invoice {
    pub(crate) id: InvoiceId,
    pub(crate) number: String,
    pub(crate) customer: CustomerId,
    pub(crate) customer_name: String,
    pub(crate) customer_owner: Option<EmployeeId>,
    pub(crate) owner_department: Option<DepartmentId>,
    pub(crate) contract: Option<ContractId>,
    pub(crate) order: Option<OrderId>,
    pub(crate) issued_on: Day,
    pub(crate) due_on: Day,
    pub(crate) amount: Fen,
    pub(crate) cleared: Fen,
    pub(crate) disputed: bool,
    pub(crate) responsible: Option<EmployeeId>,
}

const INVOICE: Select = Select::new(
    "SELECT i.id AS id, i.number AS number, i.customer_id AS customer_id, c.name AS customer_name, \
     c.owner_id AS owner_id, e.department_id AS department_id, i.contract_id AS contract_id, \
     i.order_id AS order_id, i.issued_on AS issued_on, i.due_on AS due_on, i.amount AS amount, \
     i.cleared AS cleared, i.disputed AS disputed, i.responsible_id AS responsible_id \
     FROM receivable_invoice i JOIN customer c ON c.id = i.customer_id \
     LEFT JOIN people_employee e ON e.id = coalesce(c.owner_id, i.responsible_id) \
     WHERE i.id = $1",
);

/// The invoice with this id.
pub(crate) async fn find_invoice(
    books: &mut Reader<'_>,
    id: InvoiceId,
) -> Result<Option<Invoice>, Fault> {
    let Some(row) = books.first(&INVOICE, binds![id]).await? else {
        return Ok(None);
    };
    Ok(Some(Invoice {
        id: row.get("id")?,
        number: row.get("number")?,
        customer: row.get("customer_id")?,
        customer_name: row.get("customer_name")?,
        customer_owner: row.get("owner_id")?,
        owner_department: row.get("department_id")?,
        contract: row.get("contract_id")?,
        order: row.get("order_id")?,
        issued_on: row.get("issued_on")?,
        due_on: row.get("due_on")?,
        amount: row.get("amount")?,
        cleared: row.get("cleared")?,
        disputed: row.get("disputed")?,
        responsible: row.get("responsible_id")?,
    }))
}

/// What access asks about an invoice: it belongs to the owner of its customer (or, in the pool, to
/// the one responsible); the one responsible and the customer's collaborators count as owners.
pub(crate) fn invoice_target(invoice: &Invoice, seats: Vec<EmployeeId>) -> Target {
    let mut collaborators = seats;
    collaborators.extend(invoice.responsible);
    Target {
        owner: invoice.customer_owner.or(invoice.responsible),
        collaborators,
        department: invoice.owner_department,
        kept_from: None,
    }
}

const DISPUTE: Change = Change::new("UPDATE receivable_invoice SET disputed = $2 WHERE id = $1");

pub(crate) async fn set_disputed(
    books: &mut Writer<'_>,
    id: InvoiceId,
    disputed: bool,
) -> Result<(), Fault> {
    books.run(&DISPUTE, binds![id, disputed]).await?;
    Ok(())
}

/// A contract in a list.
pub(crate) struct ContractLine {
    pub(crate) id: ContractId,
    pub(crate) number: String,
    pub(crate) title: String,
    pub(crate) amount: Fen,
    pub(crate) signed_on: Day,
    pub(crate) ends_on: Option<Day>,
    /// Whether it runs today.
    pub(crate) running: bool,
    pub(crate) owner: Option<EmployeeId>,
}

/// The contracts of these customers, newest first.
pub(crate) async fn contracts_of(
    books: &mut Reader<'_>,
    customers: &[CustomerId],
) -> Result<Vec<ContractLine>, Fault> {
    let today = books.today();
    let mut query = Query::new(
        "SELECT id, number, title, amount, signed_on, ends_on, owner_id \
         FROM receivable_contract WHERE customer_id IN ",
    );
    query.bind_list(customers.iter().copied());
    query.push(" ORDER BY signed_on DESC, number DESC LIMIT 1000");
    let (select, values) = query.select();
    let rows = books.all(&select, values).await?;
    let line = |row: &Row| {
        let ends_on = row.get("ends_on")?;
        Ok(ContractLine {
            id: row.get("id")?,
            number: row.get("number")?,
            title: row.get("title")?,
            amount: row.get("amount")?,
            signed_on: row.get("signed_on")?,
            ends_on,
            running: is_running(ends_on, today),
            owner: row.get("owner_id")?,
        })
    };
    rows.iter().map(line).collect()
}

/// The numbers of these contracts, by id.
pub(crate) async fn contract_numbers(
    books: &mut Reader<'_>,
    contracts: &[String],
) -> Result<BTreeMap<String, String>, Fault> {
    let mut numbers = BTreeMap::new();
    for some in contracts.chunks(500) {
        let mut query = Query::new("SELECT id, number FROM receivable_contract WHERE id IN ");
        query.bind_list(some.iter().map(String::as_str));
        let (select, values) = query.select();
        for row in books.all(&select, values).await? {
            numbers.insert(row.get("id")?, row.get("number")?);
        }
    }
    Ok(numbers)
}

/// An order in a list.
pub(crate) struct OrderLine {
    pub(crate) id: OrderId,
    pub(crate) number: String,
    pub(crate) contract: Option<ContractId>,
    pub(crate) ordered_on: Day,
    pub(crate) shipped_on: Option<Day>,
    pub(crate) amount: Fen,
    pub(crate) state: String,
    pub(crate) owner: Option<EmployeeId>,
}

/// The orders of these customers, newest first.
pub(crate) async fn orders_of(
    books: &mut Reader<'_>,
    customers: &[CustomerId],
) -> Result<Vec<OrderLine>, Fault> {
    let mut query = Query::new(
        "SELECT id, number, contract_id, ordered_on, shipped_on, amount, state, owner_id \
         FROM receivable_order WHERE customer_id IN ",
    );
    query.bind_list(customers.iter().copied());
    query.push(" ORDER BY ordered_on DESC, number DESC LIMIT 1000");
    let (select, values) = query.select();
    let rows = books.all(&select, values).await?;
    let line = |row: &Row| {
        Ok(OrderLine {
            id: row.get("id")?,
            number: row.get("number")?,
            contract: row.get("contract_id")?,
            ordered_on: row.get("ordered_on")?,
            shipped_on: row.get("shipped_on")?,
            amount: row.get("amount")?,
            state: row.get("state")?,
            owner: row.get("owner_id")?,
        })
    };
    rows.iter().map(line).collect()
}

/// An invoice that is not paid, as papers name it.
#[derive(Clone, Debug)]
pub(crate) struct Unpaid {
    pub(crate) customer: CustomerId,
    pub(crate) customer_name: String,
    pub(crate) number: String,
    /// The number of its contract, also where it came by an order.
    pub(crate) contract: Option<String>,
    pub(crate) issued_on: Day,
    pub(crate) due_on: Day,
    pub(crate) amount: Fen,
    pub(crate) cleared: Fen,
    pub(crate) disputed: bool,
    pub(crate) responsible: Option<EmployeeId>,
}

/// Whose unpaid invoices are asked for.
#[derive(Clone, Copy)]
pub(crate) enum Whose<'a> {
    Customers(&'a [CustomerId]),
    Invoices(&'a [InvoiceId]),
}

/// What is not paid today, by customer, the oldest due day first.
pub(crate) async fn unpaid(books: &mut Reader<'_>, whose: Whose<'_>) -> Result<Vec<Unpaid>, Fault> {
    let ids: Vec<String> = match whose {
        Whose::Customers(ids) => ids.iter().map(ToString::to_string).collect(),
        Whose::Invoices(ids) => ids.iter().map(ToString::to_string).collect(),
    };
    let mut lines = Vec::new();
    for some in ids.chunks(500) {
        let mut query = Query::new(
            "SELECT i.customer_id AS customer_id, c.name AS customer_name, i.number AS number, \
             k.number AS contract, i.issued_on AS issued_on, i.due_on AS due_on, \
             i.amount AS amount, i.cleared AS cleared, i.disputed AS disputed, \
             i.responsible_id AS responsible_id FROM receivable_invoice i \
             JOIN customer c ON c.id = i.customer_id \
             LEFT JOIN receivable_order o ON o.id = i.order_id \
             LEFT JOIN receivable_contract k ON k.id = coalesce(i.contract_id, o.contract_id) \
             WHERE i.cleared < i.amount AND ",
        );
        query.push(match whose {
            Whose::Customers(_) => "i.customer_id IN ",
            Whose::Invoices(_) => "i.id IN ",
        });
        query.bind_list(some.iter().map(String::as_str));
        let (select, values) = query.select();
        for row in books.all(&select, values).await? {
            lines.push(Unpaid {
                customer: row.get("customer_id")?,
                customer_name: row.get("customer_name")?,
                number: row.get("number")?,
                contract: row.get("contract")?,
                issued_on: row.get("issued_on")?,
                due_on: row.get("due_on")?,
                amount: row.get("amount")?,
                cleared: row.get("cleared")?,
                disputed: row.get("disputed")?,
                responsible: row.get("responsible_id")?,
            });
        }
    }
    lines.sort_by(|a, b| {
        let key = |one: &Unpaid| (one.customer, one.due_on, one.number.clone());
        a.customer_name
            .cmp(&b.customer_name)
            .then(key(a).cmp(&key(b)))
    });
    Ok(lines)
}

/// What of a customer is still running under somebody's name.
#[derive(Clone, Debug, Default)]
pub(crate) struct OpenPapers {
    /// Number and id of invoices that are not cleared, whoever is responsible, but for those of
    /// contracts that somebody has by themselves.
    pub(crate) invoices: Vec<(InvoiceId, String)>,
    /// Running contracts of the person.
    pub(crate) contracts: Vec<ContractId>,
    /// Open orders of the person.
    pub(crate) orders: Vec<OrderId>,
}

const OPEN_INVOICES: Select = Select::new(
    "SELECT i.id AS id, i.number AS number FROM receivable_invoice i \
     LEFT JOIN receivable_order o ON o.id = i.order_id \
     WHERE i.customer_id = $1 AND i.cleared < i.amount AND NOT EXISTS \
     (SELECT 1 FROM receivable_contract_holder h \
     WHERE h.contract_id = coalesce(i.contract_id, o.contract_id) AND h.stays = 1 AND h.seq = \
     (SELECT max(z.seq) FROM receivable_contract_holder z WHERE z.contract_id = h.contract_id)) \
     ORDER BY i.number",
);
const OPEN_CONTRACTS: Select = Select::new(concat!(
    "SELECT k.id AS id FROM receivable_contract k WHERE k.customer_id = $1 AND k.owner_id = $2 ",
    "AND ",
    running!("k.ends_on", "$3"),
    " AND NOT EXISTS (SELECT 1 FROM receivable_contract_holder h \
     WHERE h.contract_id = k.id AND h.stays = 1 AND h.seq = \
     (SELECT max(z.seq) FROM receivable_contract_holder z WHERE z.contract_id = h.contract_id)) \
     ORDER BY k.number",
));
const OPEN_ORDERS: Select = Select::new(
    "SELECT o.id AS id FROM receivable_order o WHERE o.customer_id = $1 AND o.owner_id = $2 \
     AND o.state = 'open' AND NOT EXISTS (SELECT 1 FROM receivable_contract_holder h \
     WHERE h.contract_id = o.contract_id AND h.stays = 1 AND h.seq = \
     (SELECT max(z.seq) FROM receivable_contract_holder z WHERE z.contract_id = h.contract_id)) \
     ORDER BY o.number",
);

/// What follows the customer when it goes from this owner to another; contracts that somebody has
/// by themselves, and their papers, stay where they are.
pub(crate) async fn open_papers(
    books: &mut Reader<'_>,
    customer: CustomerId,
    owner: Option<EmployeeId>,
) -> Result<OpenPapers, Fault> {
    let invoices = books.all(&OPEN_INVOICES, binds![customer]).await?;
    let today = books.today();
    let values = binds![customer, owner, today];
    let contracts = books.all(&OPEN_CONTRACTS, values).await?;
    let orders = books.all(&OPEN_ORDERS, binds![customer, owner]).await?;
    let numbered = |row: &Row| Ok((row.get("id")?, row.get("number")?));
    Ok(OpenPapers {
        invoices: invoices
            .iter()
            .map(numbered)
            .collect::<Result<_, Fault>>()?,
        contracts: contracts
            .iter()
            .map(|row| row.get("id"))
            .collect::<Result<_, Fault>>()?,
        orders: orders
            .iter()
            .map(|row| row.get("id"))
            .collect::<Result<_, Fault>>()?,
    })
}

/// Puts these contracts under another name; nothing else of them changes.
pub(crate) async fn pass_contracts(
    books: &mut Writer<'_>,
    contracts: &[ContractId],
    to: EmployeeId,
) -> Result<(), Fault> {
    for some in contracts.chunks(500) {
        let mut query = Query::new("UPDATE receivable_contract SET owner_id = ");
        query
            .bind(to)
            .push(" WHERE id IN ")
            .bind_list(some.iter().copied());
        let (change, values) = query.change();
        books.run(&change, values).await?;
    }
    Ok(())
}

/// Puts these orders under another name; nothing else of them changes.
pub(crate) async fn pass_orders(
    books: &mut Writer<'_>,
    orders: &[OrderId],
    to: EmployeeId,
) -> Result<(), Fault> {
    for some in orders.chunks(500) {
        let mut query = Query::new("UPDATE receivable_order SET owner_id = ");
        query
            .bind(to)
            .push(" WHERE id IN ")
            .bind_list(some.iter().copied());
        let (change, values) = query.change();
        books.run(&change, values).await?;
    }
    Ok(())
}
