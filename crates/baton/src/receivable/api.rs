//! Routes of contracts, orders, invoices and receipts 应收接口.

use access::Need;
use axum::Json;
use axum::extract::{Path, Query, State};
use intake::RecordKind;
use kernel::{ContractId, CustomerId, Day, EmployeeId, Fen, InvoiceId, OrderId, Refusal};
use receivable::{ResponsibilityBasis, ResponsibilityRow};
use serde::Deserialize;
use spine::Denied;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::acts::{
    add_contract, add_invoice, add_order, describe_contract, enter_receipt, reverse, set_disputed,
    take_over,
};
use super::store::{self, SummaryBy};
use super::view::{
    CameByItem, InvoiceItem, InvoiceView, ReceiptItem, ResponsibilityItem, ReversalItem,
    SummaryItem, overdue_days,
};
use crate::commission::store as commissions;
use crate::customer::{reading, store as customers};
use crate::house::House;
use crate::http::{Caller, Cursor, Page, Reply, Writing, Written};
use crate::import::kept_columns;
use crate::people::{PersonName, api::id, store as people};
use crate::{permissions, scope};

/// Routes of this slice.
pub(crate) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(list, new_invoice))
        .routes(routes!(one))
        .routes(routes!(dispute))
        .routes(routes!(appoint))
        .routes(routes!(summary))
        .routes(routes!(new_contract))
        .routes(routes!(describe))
        .routes(routes!(new_reversal))
        .routes(routes!(new_order))
        .routes(routes!(new_receipt))
        .merge(super::api_match::routes())
        .merge(super::api_preview::routes())
        .merge(super::api_withdraw::routes())
}

#[derive(Deserialize, IntoParams)]
struct InvoiceQuery {
    /// Id of a customer.
    customer: Option<String>,
    /// Id of the one responsible on that day.
    responsible: Option<String>,
    /// Only what was open.
    #[serde(default)]
    open: bool,
    /// Only what was overdue.
    #[serde(default)]
    overdue: bool,
    /// The day, `2026-11-22`; today when absent.
    as_of: Option<String>,
    /// 1..=200, 50 when absent.
    limit: Option<usize>,
    cursor: Option<String>,
}

/// Reads a day out of a query.
fn day_of(pointer: &str, text: Option<&str>, today: Day) -> Result<Day, Refusal> {
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        return Ok(today);
    };
    text.parse().map_err(|error: kernel::DayError| {
        Refusal::invalid("request.day", error.to_string(), "this is no day")
            .at(pointer, error.to_string())
    })
}

/// Invoices as of a day, the oldest due day first.
#[utoipa::path(get, path = "/invoices", tag = "receivable", params(InvoiceQuery),
    responses((status = 200, body = Page<InvoiceItem>)))]
async fn list(
    State(house): State<House>,
    caller: Caller,
    Query(query): Query<InvoiceQuery>,
) -> Reply<Json<Page<InvoiceItem>>> {
    let mut look = house.spine.look(&caller.by).await?;
    look.allow(
        "receivable.list",
        &Need::at_all(permissions::RECEIVABLE_READ),
    )
    .await?;
    let reach = scope::reach(&house.spine, &caller.by, permissions::RECEIVABLE_READ);
    let mut books = look.books();
    let day = day_of("/as_of", query.as_of.as_deref(), books.today())?;
    let customers = match query.customer.as_deref() {
        Some(text) => customers::family(&mut books, id(text, "customer")?).await?,
        None => Vec::new(),
    };
    let filter = store::InvoiceFilter {
        customers,
        responsible: query
            .responsible
            .as_deref()
            .map(|text| id(text, "employee"))
            .transpose()?,
        open_only: query.open,
        overdue_only: query.overdue,
        after: Cursor::unpack(query.cursor.as_deref())?,
    };
    let limit = caller.page(query.limit);
    let most = i64::try_from(limit).unwrap_or(200) + 1;
    let lines = store::invoices(&mut books, &reach, &filter, day, most).await?;
    let chasers = lines.iter().filter_map(|line| line.responsible);
    let names = people::names_of(&mut books, chasers).await?;
    let items = lines
        .into_iter()
        .map(|line| InvoiceItem::of(line, day, &names))
        .collect();
    let page = Page::cut(items, limit, |item: &InvoiceItem| (item.due_on, item.id));
    let shown = page.items.iter().map(|item| item.customer_id);
    reading::charge(&house, &caller, &mut look, shown).await?;
    Ok(Json(page))
}

/// An invoice with the history of who must chase it, its receipts, refunds and bad debts.
#[utoipa::path(get, path = "/invoices/{id}", tag = "receivable", params(("id" = String, Path)),
    responses((status = 200, body = InvoiceView), (status = 404, description = "absent")))]
async fn one(
    State(house): State<House>,
    caller: Caller,
    Path(text): Path<String>,
) -> Reply<Json<InvoiceView>> {
    let invoice: InvoiceId = id(&text, "invoice")?;
    let mut look = house.spine.look(&caller.by).await?;
    let mut books = look.books();
    let today = books.today();
    let found = store::find_invoice(&mut books, invoice).await?;
    let found = found.ok_or_else(|| Denied::absent("invoice"))?;
    let seats = customers::seats_on(&mut books, found.customer, today).await?;
    let need = Need::on(
        permissions::RECEIVABLE_READ,
        store::invoice_target(&found, seats),
    );
    look.allow("receivable.read", &need).await?;
    let write = Need {
        permission: permissions::RECEIVABLE_WRITE,
        ..need
    };
    // Nothing more is done with what was withdrawn.
    let may_reverse = look.may(&write) && found.amount > Fen::ZERO;
    let calculates = look.may(&Need::on_everything(permissions::COMMISSION_RUN));
    reading::charge(&house, &caller, &mut look, [found.customer]).await?;
    let mut books = look.books();
    let lines = store::responsibility_lines(&mut books, invoice).await?;
    let open = found.amount - found.cleared;
    let before = store::reversed(&mut books, invoice, None).await?;
    let reversals = store::reversals_of(&mut books, invoice).await?;
    let records = reversals.iter().map(|one| format!("reversal/{}", one.id));
    let taken = match calculates {
        true => commissions::taken_back_by(&mut books, records.collect()).await?,
        false => Vec::new(),
    };
    let named = reversals.iter().filter_map(|one| one.by.parse().ok());
    let named = named.chain(taken.iter().map(|(_, who, ..)| *who));
    let names = people::names_of(&mut books, named.chain(found.responsible)).await?;
    let receipts = store::came_by(&mut books, invoice).await?;
    let credits = match may_reverse && open > Fen::ZERO {
        true => customers::bearer_family(&mut books, found.customer).await?,
        false => Vec::new(),
    };
    let credits = store::credits_of(&mut books, &credits).await?;
    let extra = store::extra_of(&mut books, invoice).await?;
    Ok(Json(InvoiceView {
        id: found.id,
        number: found.number,
        customer_id: found.customer,
        customer: found.customer_name,
        contract_id: found.contract,
        order_id: found.order,
        issued_on: found.issued_on,
        due_on: found.due_on,
        amount: found.amount,
        cleared: found.cleared,
        open,
        overdue_days: overdue_days(open, found.due_on, today),
        disputed: found.disputed,
        responsible: PersonName::among(&names, found.responsible),
        responsibility: lines.into_iter().map(ResponsibilityItem::from).collect(),
        receipts: receipts.into_iter().map(CameByItem::from).collect(),
        credits: credits.into_iter().map(ReceiptItem::from).collect(),
        reversals: reversals
            .into_iter()
            .map(|one| ReversalItem::of(one, &taken, &names))
            .collect(),
        may_lose: (open - before.lost).max(Fen::ZERO),
        may_reverse,
        kept: kept_columns(RecordKind::Invoice, &extra),
    }))
}

#[derive(Deserialize, IntoParams)]
struct SummaryQuery {
    /// `responsible` or `customer`
    by: String,
    /// The day, `2026-11-22`; today when absent.
    on: Option<String>,
}

/// What was open on a day, by person or by customer.
#[utoipa::path(get, path = "/receivables/summary", tag = "receivable", params(SummaryQuery),
    responses((status = 200, body = Vec<SummaryItem>)))]
async fn summary(
    State(house): State<House>,
    caller: Caller,
    Query(query): Query<SummaryQuery>,
) -> Reply<Json<Vec<SummaryItem>>> {
    let known = [("responsible", "责任人"), ("customer", "客户")];
    crate::bounds::one_of("/by", "汇总方式", &query.by, &known)?;
    let by = if query.by == "customer" {
        SummaryBy::Customer
    } else {
        SummaryBy::Responsible
    };
    let mut look = house.spine.look(&caller.by).await?;
    look.allow(
        "receivable.summary",
        &Need::at_all(permissions::RECEIVABLE_READ),
    )
    .await?;
    let reach = scope::reach(&house.spine, &caller.by, permissions::RECEIVABLE_READ);
    let mut books = look.books();
    let day = day_of("/on", query.on.as_deref(), books.today())?;
    let lines = store::summary(&mut books, &reach, by, day).await?;
    let keys: Vec<&str> = lines
        .iter()
        .filter_map(|line| line.key.as_deref())
        .collect();
    let names = match by {
        SummaryBy::Responsible => {
            let ids = keys.iter().filter_map(|key| key.parse::<EmployeeId>().ok());
            let names = people::names_of(&mut books, ids).await?;
            names
                .into_iter()
                .map(|(id, (_, name))| (id.to_string(), name))
                .collect()
        }
        SummaryBy::Customer => {
            let ids = keys
                .iter()
                .filter_map(|key| key.parse::<CustomerId>().ok())
                .collect();
            customers::names_of(&mut books, ids).await?
        }
    };
    if matches!(by, SummaryBy::Customer) {
        let shown = keys.iter().flat_map(|key| key.parse::<CustomerId>());
        let shown: Vec<CustomerId> = shown.collect();
        reading::charge(&house, &caller, &mut look, shown).await?;
    }
    let item = |line: store::SummaryLine| {
        let name = line
            .key
            .as_ref()
            .and_then(|key| names.get(key).cloned())
            .unwrap_or_default();
        SummaryItem::of(line, day, name)
    };
    Ok(Json(lines.into_iter().map(item).collect()))
}

/// A contract to be entered.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewContract {
    #[schema(value_type = String)]
    customer_id: CustomerId,
    number: String,
    title: String,
    #[schema(value_type = crate::http::Money)]
    amount: Fen,
    #[schema(value_type = String, format = Date)]
    signed_on: Day,
    #[schema(value_type = Option<String>, format = Date)]
    ends_on: Option<Day>,
    /// Product or product line, at most 100 characters.
    #[serde(default)]
    product: String,
    /// What is left of the amount after its cost, when known.
    #[serde(default)]
    #[schema(value_type = Option<crate::http::Money>)]
    margin: Option<Fen>,
}

/// What a contract sells and what it leaves.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ContractDescription {
    /// Product or product line, at most 100 characters; empty when nobody knows.
    #[serde(default)]
    product: String,
    /// What is left of the amount after its cost; absent when nobody knows.
    #[serde(default)]
    #[schema(value_type = Option<crate::http::Money>)]
    margin: Option<Fen>,
    /// The `version` of the deal that was shown.
    seen: Option<String>,
}

/// Say which product a contract sells and which margin it leaves.
#[utoipa::path(post, path = "/contracts/{id}/describe", tag = "receivable",
    request_body = ContractDescription, params(("id" = String, Path)),
    responses((status = 201, body = Written), (status = 409, description = "refused")))]
async fn describe(
    writing: Writing,
    Path(text): Path<String>,
    Json(said): Json<ContractDescription>,
) -> Reply<Written> {
    let act = describe_contract::DescribeContract {
        contract: id(&text, "contract")?,
        product: said.product,
        margin: said.margin,
        seen: said.seen,
    };
    writing.make(&act, |()| text).await
}

/// Money that went back, or will never come.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewReversal {
    /// `refund`, `bad_debt`
    kind: reverse::ReversalKind,
    number: String,
    invoice_id: String,
    /// Of a refund: by which receipt the money had come.
    #[serde(default)]
    receipt_id: Option<String>,
    #[schema(value_type = String, format = Date)]
    on: Day,
    #[schema(value_type = crate::http::Money)]
    amount: Fen,
    reason: String,
}

/// Record a refund or a bad debt; commission earned by it is taken back in proportion.
#[utoipa::path(post, path = "/reversals", tag = "receivable", request_body = NewReversal,
    responses((status = 201, body = Written), (status = 409, description = "refused")))]
async fn new_reversal(writing: Writing, Json(new): Json<NewReversal>) -> Reply<Written> {
    let act = reverse::Reverse {
        kind: new.kind,
        number: new.number,
        invoice: id(&new.invoice_id, "invoice")?,
        receipt: new
            .receipt_id
            .map(|text| id(&text, "receipt"))
            .transpose()?,
        on: new.on,
        amount: new.amount,
        reason: new.reason,
        by: writing.caller.by.id(),
    };
    writing.make(&act, ToString::to_string).await
}

/// Enter a contract.
#[utoipa::path(post, path = "/contracts", tag = "receivable", request_body = NewContract,
    responses((status = 201, body = Written)))]
async fn new_contract(writing: Writing, Json(new): Json<NewContract>) -> Reply<Written> {
    let act = add_contract::AddContract {
        customer: new.customer_id,
        number: new.number,
        title: new.title,
        amount: new.amount,
        signed_on: new.signed_on,
        ends_on: new.ends_on,
        product: new.product,
        margin: new.margin,
    };
    writing.make(&act, ToString::to_string).await
}

/// An order to be entered.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewOrder {
    #[schema(value_type = String)]
    customer_id: CustomerId,
    #[schema(value_type = Option<String>)]
    contract_id: Option<ContractId>,
    number: String,
    #[schema(value_type = crate::http::Money)]
    amount: Fen,
    #[schema(value_type = String, format = Date)]
    ordered_on: Day,
}

/// Enter an order.
#[utoipa::path(post, path = "/orders", tag = "receivable", request_body = NewOrder,
    responses((status = 201, body = Written)))]
async fn new_order(writing: Writing, Json(new): Json<NewOrder>) -> Reply<Written> {
    let act = add_order::AddOrder {
        customer: new.customer_id,
        contract: new.contract_id,
        number: new.number,
        amount: new.amount,
        ordered_on: new.ordered_on,
    };
    writing.make(&act, ToString::to_string).await
}

/// An invoice to be entered.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewInvoice {
    #[schema(value_type = String)]
    customer_id: CustomerId,
    #[schema(value_type = Option<String>)]
    contract_id: Option<ContractId>,
    #[schema(value_type = Option<String>)]
    order_id: Option<OrderId>,
    number: String,
    #[schema(value_type = crate::http::Money)]
    amount: Fen,
    #[schema(value_type = String, format = Date)]
    issued_on: Day,
    #[schema(value_type = String, format = Date)]
    due_on: Day,
    /// Who chases it from today on, where that is not whoever has the customer.
    #[schema(value_type = Option<String>)]
    responsible_id: Option<EmployeeId>,
}

/// Enter an invoice.
#[utoipa::path(post, path = "/invoices", tag = "receivable", request_body = NewInvoice,
    responses((status = 201, body = Written)))]
async fn new_invoice(writing: Writing, Json(new): Json<NewInvoice>) -> Reply<Written> {
    let act = add_invoice::AddInvoice {
        customer: new.customer_id,
        contract: new.contract_id,
        order: new.order_id,
        number: new.number,
        amount: new.amount,
        issued_on: new.issued_on,
        due_on: new.due_on,
        responsible: new.responsible_id,
        recorded_by: writing.caller.by.id(),
    };
    let invoice = |rows: &Vec<ResponsibilityRow>| rows.first().map(|row| row.invoice.to_string());
    writing
        .make(&act, |rows| invoice(rows).unwrap_or_default())
        .await
}

/// Whether an invoice is disputed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Dispute {
    disputed: bool,
    #[schema(min_length = 2, max_length = 200)]
    reason: String,
}

/// Mark an invoice as disputed, or take the mark away.
#[utoipa::path(post, path = "/invoices/{id}/dispute", tag = "receivable", request_body = Dispute,
    params(("id" = String, Path)), responses((status = 200, body = Written)))]
async fn dispute(
    writing: Writing,
    Path(text): Path<String>,
    Json(new): Json<Dispute>,
) -> Reply<Written> {
    let invoice = id(&text, "invoice")?;
    let act = set_disputed::SetDisputed {
        invoice,
        disputed: new.disputed,
        reason: new.reason,
    };
    writing.change(&act, |()| text).await
}

/// Who shall chase the money.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Appointment {
    #[schema(value_type = String)]
    to_id: EmployeeId,
    #[schema(value_type = String, format = Date)]
    effective_on: Day,
}

/// Name who must chase an invoice.
#[utoipa::path(post, path = "/invoices/{id}/responsible", tag = "receivable",
    request_body = Appointment, params(("id" = String, Path)),
    responses((status = 200, body = Written)))]
async fn appoint(
    writing: Writing,
    Path(text): Path<String>,
    Json(new): Json<Appointment>,
) -> Reply<Written> {
    let invoice: InvoiceId = id(&text, "invoice")?;
    let found = {
        let mut look = writing.house.spine.look(&writing.caller.by).await?;
        store::find_invoice(&mut look.books(), invoice).await?
    };
    let found = found.ok_or_else(|| Denied::absent("invoice"))?;
    let act = take_over::TakeOver {
        customer: found.customer,
        invoices: vec![invoice],
        contracts: Vec::new(),
        orders: Vec::new(),
        to: new.to_id,
        effective_on: new.effective_on,
        basis: ResponsibilityBasis::Appointed,
        recorded_by: writing.caller.by.id(),
    };
    writing.change(&act, |_| text).await
}

/// Money that arrived.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewReceipt {
    #[schema(value_type = String)]
    customer_id: CustomerId,
    number: String,
    #[schema(value_type = String, format = Date)]
    received_on: Day,
    #[schema(value_type = crate::http::Money)]
    amount: Fen,
    /// What it clears; the oldest due day first when absent.
    clearings: Option<Vec<NewClearing>>,
}

/// A part of a receipt for an invoice.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewClearing {
    #[schema(value_type = String)]
    invoice_id: InvoiceId,
    #[schema(value_type = crate::http::Money)]
    amount: Fen,
}

impl NewClearing {
    /// As the act names them.
    pub(super) fn all(named: Vec<NewClearing>) -> Vec<store::Clearing> {
        let one = |c: NewClearing| store::Clearing {
            invoice: c.invoice_id,
            amount: c.amount,
        };
        named.into_iter().map(one).collect()
    }
}

/// Enter money received; it clears what is open.
#[utoipa::path(post, path = "/receipts", tag = "receivable", request_body = NewReceipt,
    responses((status = 201, body = Written)))]
async fn new_receipt(writing: Writing, Json(new): Json<NewReceipt>) -> Reply<Written> {
    let act = enter_receipt::EnterReceipt {
        customer: new.customer_id,
        number: new.number,
        received_on: new.received_on,
        amount: new.amount,
        clearings: new.clearings.map(NewClearing::all),
    };
    writing.make(&act, |entered| entered.id.to_string()).await
}
