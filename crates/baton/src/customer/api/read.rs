//! Looking at customers 查看客户.

use access::Need;
use axum::Json;
use axum::extract::{Path, Query, State};
use customer::{CreditCode, Identity, NameKey, duplicates};
use kernel::{ContractId, CustomerId, EmployeeId, FollowUpId, Moment, Refusal};
use serde::Deserialize;
use spine::{Denied, Look};
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::customer::reading;
use crate::customer::store::{self, Place, Sort};
use crate::customer::view::{
    Attached, Counts, CustomerItem, CustomerView, DuplicateItem, FilterWords, FollowUpItem,
    OpportunityItem,
};
use crate::handover::store as handovers;
use crate::house::House;
use crate::http::{Caller, Cursor, Page, Reply};
use crate::import::{KeptRecord, kept_with};
use crate::people::{api::id, store as people};
use crate::receivable::store::{self as receivable, holder};
use crate::receivable::view::{
    ContractApart, ContractItem, InvoiceItem, OrderItem, ReceiptItem, ReversalItem,
};
use crate::{bounds, permissions, scope};

/// Routes that change nothing.
pub(super) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(one))
        .routes(routes!(filters))
        .routes(routes!(alike))
        .routes(routes!(follow_ups))
        .routes(routes!(opportunities))
        .routes(routes!(contracts))
        .routes(routes!(orders))
        .routes(routes!(invoices))
        .routes(routes!(receipts))
        .routes(routes!(refunds))
        .routes(routes!(kept))
}

#[derive(Deserialize, IntoParams)]
struct CustomerQuery {
    /// Part of name, pinyin, initials or number.
    #[serde(default)]
    q: String,
    /// Id of an employee, or `none` for the pool.
    owner: Option<String>,
    region: Option<String>,
    industry: Option<String>,
    tier: Option<String>,
    /// `active` (when absent) or `merged`
    state: Option<String>,
    /// `name` (when absent) or `-owned_since`
    sort: Option<String>,
    /// 1..=200, 50 when absent.
    limit: Option<usize>,
    cursor: Option<String>,
}

/// Customers.
#[utoipa::path(get, path = "/customers", tag = "customer", params(CustomerQuery),
    responses((status = 200, body = Page<CustomerItem>)))]
async fn list(
    State(house): State<House>,
    caller: Caller,
    Query(query): Query<CustomerQuery>,
) -> Reply<Json<Page<CustomerItem>>> {
    let mut look = house.spine.look(&caller.by).await?;
    look.allow("customer.list", &Need::at_all(permissions::CUSTOMER_READ))
        .await?;
    let reach = scope::reach(&house.spine, &caller.by, permissions::CUSTOMER_READ);
    bounds::length("/q", "搜索", &query.q, 0..=100)?;
    let sort = match query.sort.as_deref() {
        None | Some("" | "name") => Sort::Name,
        Some("-owned_since") => Sort::NewestOwned,
        Some(_) => return Err(no_such_order().into()),
    };
    let pool = query.owner.as_deref() == Some("none");
    let owner = query
        .owner
        .as_deref()
        .filter(|text| !pool && !text.is_empty());
    let filter = store::CustomerFilter {
        q: query.q,
        owner: owner
            .map(|text| id::<EmployeeId>(text, "employee"))
            .transpose()?,
        pool,
        region: query.region.filter(|word| !word.is_empty()),
        industry: query.industry.filter(|word| !word.is_empty()),
        tier: query.tier.filter(|word| !word.is_empty()),
        state: query.state.filter(|word| !word.is_empty()),
        sort,
        after: Cursor::unpack(query.cursor.as_deref())?,
    };
    let limit = caller.page(query.limit);
    let most = i64::try_from(limit).unwrap_or(200) + 1;
    let mut books = look.books();
    let today = books.today();
    let lines = store::customers(&mut books, &reach, &filter, most, &house.words).await?;
    let ids: Vec<CustomerId> = lines.iter().map(|line| line.id).collect();
    let open = receivable::open_by_customer(&mut books, &ids).await?;
    let item = |line: store::CustomerLine| {
        let sum = open.get(&line.id);
        CustomerItem::of(line, sum, today)
    };
    let items = lines.into_iter().map(item).collect();
    let place = |item: &CustomerItem| match sort {
        Sort::Name => Place(item.sort_key.clone(), item.id),
        Sort::NewestOwned => Place(item.owned_since.to_string(), item.id),
    };
    let page = Page::cut(items, limit, place);
    let shown = page.items.iter().map(|item| item.id);
    reading::charge(&house, &caller, &mut look, shown).await?;
    Ok(Json(page))
}

fn no_such_order() -> Refusal {
    let (zh, en) = ("没有这种排序", "There is no such order");
    Refusal::invalid("request.unknown_word", zh, en)
        .remedy((
            "可选 name（按名称）或 -owned_since（最近换负责人的在前）",
            "Choose `name` or `-owned_since`, those that changed hands last first",
        ))
        .at("/sort", zh)
}

/// The customer, if the caller may read it.
async fn allowed(
    house: &House,
    caller: &Caller,
    look: &mut Look<'_>,
    text: &str,
) -> Reply<store::Customer> {
    let customer: CustomerId = id(text, "customer")?;
    let found = store::find_customer(&mut look.books(), customer).await?;
    let found = found.ok_or_else(|| Denied::absent("customer"))?;
    let mut target = found.target();
    // Whoever may read the one that stays may read what was merged into it.
    if let Some(into) = found.merged_into
        && let Some(into) = store::find_customer(&mut look.books(), into).await?
    {
        target = into.target();
    }
    look.allow(
        "customer.read",
        &Need::on(permissions::CUSTOMER_READ, target),
    )
    .await?;
    reading::charge(house, caller, look, [found.id]).await?;
    Ok(found)
}

/// A customer with its history, seats, contacts and opportunities.
#[utoipa::path(get, path = "/customers/{id}", tag = "customer", params(("id" = String, Path)),
    responses((status = 200, body = CustomerView), (status = 404, description = "absent")))]
async fn one(
    State(house): State<House>,
    caller: Caller,
    Path(text): Path<String>,
) -> Reply<Json<CustomerView>> {
    let mut look = house.spine.look(&caller.by).await?;
    let customer = allowed(&house, &caller, &mut look, &text).await?;
    let mut books = look.books();
    let (id, today) = (customer.id, books.today());
    let family = store::family(&mut books, id).await?;
    let opportunities = store::opportunities_of(&mut books, &family).await?;
    let owners = opportunities
        .iter()
        .filter_map(|opportunity| opportunity.owner);
    let names = people::names_of(&mut books, owners).await?;
    let mut open = receivable::open_by_customer(&mut books, &[id]).await?;
    let contacts = store::contacts_of(&mut books, &family).await?;
    let each: Vec<_> = contacts.iter().map(|contact| contact.id).collect();
    let attached = Attached {
        assignments: store::assignment_lines(&mut books, id).await?,
        seats: store::seat_lines(&mut books, id).await?,
        former: store::formers_of(&mut books, &each).await?,
        contacts,
        opportunities,
        merged: store::merged_into(&mut books, id).await?,
        names,
        counts: Counts {
            contracts: receivable::contracts_of(&mut books, &family).await?.len(),
            orders: receivable::orders_of(&mut books, &family).await?.len(),
            receipts: receivable::receipts_of(&mut books, &family).await?.len(),
        },
        open: open.remove(&id),
    };
    Ok(Json(CustomerView::of(customer, attached, today)))
}

/// The regions, industries and tiers in use.
#[utoipa::path(get, path = "/customers/filters", tag = "customer",
    responses((status = 200, body = FilterWords)))]
async fn filters(State(house): State<House>, caller: Caller) -> Reply<Json<FilterWords>> {
    let mut look = house.spine.look(&caller.by).await?;
    look.allow(
        "customer.filters",
        &Need::at_all(permissions::CUSTOMER_READ),
    )
    .await?;
    let [regions, industries, tiers] = store::filter_words(&mut look.books()).await?;
    Ok(Json(FilterWords {
        regions,
        industries,
        tiers,
    }))
}

#[derive(Deserialize, IntoParams)]
struct AlikeQuery {
    /// The name to compare.
    name: String,
    /// 统一社会信用代码
    credit_code: Option<String>,
}

/// Customers that may be the same as a new one; also those of colleagues, without more than name
/// and owner, so that two people do not work on one customer.
#[utoipa::path(get, path = "/customers/duplicates", tag = "customer", params(AlikeQuery),
    responses((status = 200, body = Vec<DuplicateItem>)))]
async fn alike(
    State(house): State<House>,
    caller: Caller,
    Query(query): Query<AlikeQuery>,
) -> Reply<Json<Vec<DuplicateItem>>> {
    bounds::length("/name", "客户名称", &query.name, bounds::SHORT)?;
    let mut look = house.spine.look(&caller.by).await?;
    look.allow(
        "customer.duplicates",
        &Need::at_all(permissions::CUSTOMER_ADD),
    )
    .await?;
    look.seen("customer.duplicates", "customer", "duplicate_check")
        .await;
    let credit_code = query
        .credit_code
        .as_deref()
        .and_then(|code| CreditCode::parse(code).ok());
    let identity = Identity {
        name: NameKey::of(&query.name),
        credit_code,
    };
    let code = identity.credit_code.as_ref();
    let like = store::identities_like(&mut look.books(), &identity.name, code).await?;
    let found = duplicates(
        &identity,
        like.iter().map(|known| (known.id, &known.identity)),
    );
    let item = |found: &customer::Match| {
        let known = like.iter().find(|known| known.id == found.customer)?;
        Some(DuplicateItem::of(found, known))
    };
    Ok(Json(found.iter().take(20).filter_map(item).collect()))
}

#[derive(Deserialize, IntoParams)]
struct PageQuery {
    /// 1..=200, 50 when absent.
    limit: Option<usize>,
    cursor: Option<String>,
}

/// What was talked about, newest first; also before the present owner's time.
#[utoipa::path(get, path = "/customers/{id}/follow-ups", tag = "customer",
    params(("id" = String, Path), PageQuery),
    responses((status = 200, body = Page<FollowUpItem>)))]
async fn follow_ups(
    State(house): State<House>,
    caller: Caller,
    Path(text): Path<String>,
    Query(query): Query<PageQuery>,
) -> Reply<Json<Page<FollowUpItem>>> {
    let mut look = house.spine.look(&caller.by).await?;
    let customer = allowed(&house, &caller, &mut look, &text).await?;
    let before: Option<(Moment, FollowUpId)> = Cursor::unpack(query.cursor.as_deref())?;
    let limit = caller.page(query.limit);
    let most = i64::try_from(limit).unwrap_or(200) + 1;
    let mut books = look.books();
    let family = store::family(&mut books, customer.id).await?;
    let lines = store::follow_ups_of(&mut books, &family, before, most).await?;
    let duties = lines.iter().filter_map(|line| line.duty);
    let names = people::names_of(&mut books, duties).await?;
    let items = lines
        .into_iter()
        .map(|line| FollowUpItem::of(line, &names))
        .collect();
    Ok(Json(Page::cut(items, limit, |item: &FollowUpItem| {
        (item.at, item.id)
    })))
}

/// Opportunities: open ones first.
#[utoipa::path(get, path = "/customers/{id}/opportunities", tag = "customer",
    params(("id" = String, Path)), responses((status = 200, body = Vec<OpportunityItem>)))]
async fn opportunities(
    State(house): State<House>,
    caller: Caller,
    Path(text): Path<String>,
) -> Reply<Json<Vec<OpportunityItem>>> {
    let mut look = house.spine.look(&caller.by).await?;
    let customer = allowed(&house, &caller, &mut look, &text).await?;
    let mut books = look.books();
    let family = store::family(&mut books, customer.id).await?;
    let found = store::opportunities_of(&mut books, &family).await?;
    let names = people::names_of(&mut books, found.iter().filter_map(|o| o.owner)).await?;
    Ok(Json(
        found
            .into_iter()
            .map(|o| OpportunityItem::of(o, &names))
            .collect(),
    ))
}

/// Contracts, newest first.
#[utoipa::path(get, path = "/customers/{id}/contracts", tag = "customer",
    params(("id" = String, Path)), responses((status = 200, body = Vec<ContractItem>)))]
async fn contracts(
    State(house): State<House>,
    caller: Caller,
    Path(text): Path<String>,
) -> Reply<Json<Vec<ContractItem>>> {
    let mut look = house.spine.look(&caller.by).await?;
    let customer = allowed(&house, &caller, &mut look, &text).await?;
    let mut books = look.books();
    let family = store::family(&mut books, customer.id).await?;
    let found = receivable::contracts_of(&mut books, &family).await?;
    let ids: Vec<ContractId> = found.iter().map(|line| line.id).collect();
    let mut held = holder::last_held(&mut books, &ids).await?;
    held.retain(|_, row| row.stays);
    let people = found.iter().filter_map(|line| line.owner);
    let people = people.chain(held.values().flat_map(|row| [row.holder, row.from]));
    let names = people::names_of(&mut books, people).await?;
    let plans: Vec<String> = held
        .values()
        .map(|row| format!("plan/{}", row.plan))
        .collect();
    let numbers = handovers::numbers(&mut books, &plans).await?;
    let item = |line: receivable::ContractLine| {
        let apart = held.get(&line.id);
        let apart = apart.map(|row| ContractApart::of(row, &names, &numbers));
        ContractItem::of(line, &names, apart)
    };
    Ok(Json(found.into_iter().map(item).collect()))
}

/// Orders, newest first.
#[utoipa::path(get, path = "/customers/{id}/orders", tag = "customer",
    params(("id" = String, Path)), responses((status = 200, body = Vec<OrderItem>)))]
async fn orders(
    State(house): State<House>,
    caller: Caller,
    Path(text): Path<String>,
) -> Reply<Json<Vec<OrderItem>>> {
    let mut look = house.spine.look(&caller.by).await?;
    let customer = allowed(&house, &caller, &mut look, &text).await?;
    let mut books = look.books();
    let family = store::family(&mut books, customer.id).await?;
    let found = receivable::orders_of(&mut books, &family).await?;
    let names = people::names_of(&mut books, found.iter().filter_map(|line| line.owner)).await?;
    Ok(Json(
        found
            .into_iter()
            .map(|line| OrderItem::of(line, &names))
            .collect(),
    ))
}

/// Invoices as of today, the oldest due day first.
#[utoipa::path(get, path = "/customers/{id}/invoices", tag = "customer",
    params(("id" = String, Path)), responses((status = 200, body = Vec<InvoiceItem>)))]
async fn invoices(
    State(house): State<House>,
    caller: Caller,
    Path(text): Path<String>,
) -> Reply<Json<Vec<InvoiceItem>>> {
    let mut look = house.spine.look(&caller.by).await?;
    let customer = allowed(&house, &caller, &mut look, &text).await?;
    let mut books = look.books();
    let today = books.today();
    let customers = store::family(&mut books, customer.id).await?;
    let filter = receivable::InvoiceFilter {
        customers,
        ..receivable::InvoiceFilter::default()
    };
    // Whoever may read the customer may read what it owes.
    let everything = access::RowFilter::Everything;
    let found = receivable::invoices(&mut books, &everything, &filter, today, 1_000).await?;
    let chasers = found.iter().filter_map(|line| line.responsible);
    let names = people::names_of(&mut books, chasers).await?;
    Ok(Json(
        found
            .into_iter()
            .map(|line| InvoiceItem::of(line, today, &names))
            .collect(),
    ))
}

/// Receipts, newest first.
#[utoipa::path(get, path = "/customers/{id}/receipts", tag = "customer",
    params(("id" = String, Path)), responses((status = 200, body = Vec<ReceiptItem>)))]
async fn receipts(
    State(house): State<House>,
    caller: Caller,
    Path(text): Path<String>,
) -> Reply<Json<Vec<ReceiptItem>>> {
    let mut look = house.spine.look(&caller.by).await?;
    let customer = allowed(&house, &caller, &mut look, &text).await?;
    let mut books = look.books();
    let family = store::family(&mut books, customer.id).await?;
    let found = receivable::receipts_of(&mut books, &family).await?;
    Ok(Json(found.into_iter().map(ReceiptItem::from).collect()))
}

/// What was paid back of money that was left over, newest first.
#[utoipa::path(get, path = "/customers/{id}/refunds", tag = "customer",
    params(("id" = String, Path)), responses((status = 200, body = Vec<ReversalItem>)))]
async fn refunds(
    State(house): State<House>,
    caller: Caller,
    Path(text): Path<String>,
) -> Reply<Json<Vec<ReversalItem>>> {
    let mut look = house.spine.look(&caller.by).await?;
    let customer = allowed(&house, &caller, &mut look, &text).await?;
    let mut books = look.books();
    let family = store::family(&mut books, customer.id).await?;
    let found = receivable::refunds_of(&mut books, &family).await?;
    let recorders = found.iter().filter_map(|line| line.by.parse().ok());
    let names = people::names_of(&mut books, recorders).await?;
    // They took no commission back.
    let item = |line| ReversalItem::of(line, &[], &names);
    Ok(Json(found.into_iter().map(item).collect()))
}

/// What files said of the customer and what hangs on it beyond the fields that these have.
#[utoipa::path(get, path = "/customers/{id}/kept", tag = "customer",
    params(("id" = String, Path)), responses((status = 200, body = Vec<KeptRecord>)))]
async fn kept(
    State(house): State<House>,
    caller: Caller,
    Path(text): Path<String>,
) -> Reply<Json<Vec<KeptRecord>>> {
    let mut look = house.spine.look(&caller.by).await?;
    let customer = allowed(&house, &caller, &mut look, &text).await?;
    let mut books = look.books();
    let family = store::family(&mut books, customer.id).await?;
    let mut found = kept_with(&mut books, &family, &store::KEPT).await?;
    found.extend(kept_with(&mut books, &family, &receivable::KEPT).await?);
    Ok(Json(found))
}
