//! Opportunities across customers 商机列表.

use access::Need;
use axum::Json;
use axum::extract::{Query, State};
use kernel::{CustomerId, Day, EmployeeId, Fen, OpportunityId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::customer::acts::add_opportunity::STAGES;
use crate::customer::reading;
use crate::customer::store::{self, OpportunityFilter, OpportunityLine};
use crate::house::House;
use crate::http::{Caller, Cursor, Page, Reply};
use crate::people::{PersonName, api::id, store as people};
use crate::{bounds, permissions, scope};

/// The one route.
pub(super) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new().routes(routes!(list))
}

#[derive(Deserialize, IntoParams)]
struct OpportunityQuery {
    /// Id of an employee.
    owner: Option<String>,
    /// Only what is not closed yet.
    #[serde(default)]
    open: bool,
    /// 1..=200, 50 when absent.
    limit: Option<usize>,
    cursor: Option<String>,
}

/// A line of the list.
#[derive(Serialize, ToSchema)]
struct OpportunityRow {
    #[schema(value_type = String)]
    id: OpportunityId,
    number: String,
    /// `null` where the file it came from named none.
    #[schema(value_type = Option<String>)]
    customer_id: Option<CustomerId>,
    customer: Option<String>,
    title: String,
    stage: String,
    stage_zh: &'static str,
    #[schema(value_type = Option<crate::http::Money>)]
    amount: Option<Fen>,
    #[schema(value_type = Option<String>, format = Date)]
    opened_on: Option<Day>,
    #[schema(value_type = Option<String>, format = Date)]
    closed_on: Option<Day>,
    owner: Option<PersonName>,
}

/// Opportunities, in the order in which they came into the books.
#[utoipa::path(get, path = "/opportunities", tag = "customer", params(OpportunityQuery),
    responses((status = 200, body = Page<OpportunityRow>)))]
async fn list(
    State(house): State<House>,
    caller: Caller,
    Query(query): Query<OpportunityQuery>,
) -> Reply<Json<Page<OpportunityRow>>> {
    let mut look = house.spine.look(&caller.by).await?;
    let need = Need::at_all(permissions::CUSTOMER_READ);
    look.allow("customer.list_opportunities", &need).await?;
    let reach = scope::reach(&house.spine, &caller.by, permissions::CUSTOMER_READ);
    let owner = query.owner.as_deref().filter(|text| !text.is_empty());
    let filter = OpportunityFilter {
        owner: owner
            .map(|text| id::<EmployeeId>(text, "employee"))
            .transpose()?,
        open_only: query.open,
        after: Cursor::unpack(query.cursor.as_deref())?,
    };
    let limit = caller.page(query.limit);
    let most = i64::try_from(limit).unwrap_or(200) + 1;
    let mut books = look.books();
    let lines = store::opportunities(&mut books, &reach, &filter, most).await?;
    let names = people::names_of(&mut books, lines.iter().filter_map(|line| line.owner)).await?;
    let row = |line: OpportunityLine| {
        let (customer_id, customer) = line.customer.unzip();
        OpportunityRow {
            id: line.id,
            number: line.number,
            customer_id,
            customer,
            title: line.title,
            stage_zh: bounds::word(STAGES, &line.stage),
            stage: line.stage,
            amount: line.amount,
            opened_on: line.opened_on,
            closed_on: line.closed_on,
            owner: PersonName::among(&names, line.owner),
        }
    };
    let items = lines.into_iter().map(row).collect();
    let page = Page::cut(items, limit, |row: &OpportunityRow| row.id);
    let shown = page.items.iter().filter_map(|row| row.customer_id);
    reading::charge(&house, &caller, &mut look, shown).await?;
    Ok(Json(page))
}
