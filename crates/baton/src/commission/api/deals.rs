//! Deals as far as plans ask about them, and who is credited with them 合同与业绩接口.

use std::collections::BTreeMap;

use ::commission::event::Team;
use access::Need;
use axum::Json;
use axum::extract::{Path, Query, State};
use kernel::{ContractId, CustomerId, Day, Fen, Moment, RuleTableId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::bounds;
use crate::commission::acts::set_credit::SetCredit;
use crate::commission::acts::set_crediting::SetCrediting;
use crate::commission::credits::{self, Credit, CreditView};
use crate::commission::store::{self, CreditRow};
use crate::customer::store as customers;
use crate::house::House;
use crate::http::{Caller, Money, Reply, Writing, Written};
use crate::people::PersonName;
use crate::people::api::id;
use crate::people::store as people;
use crate::permissions;
use crate::receivable::store as receivables;
use crate::rules::ready;

/// Routes of this part.
pub(super) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(credit))
        .routes(routes!(crediting, set_crediting))
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct DealQuery {
    /// Letters of the number or the title.
    search: Option<String>,
    /// Id of a customer.
    customer: Option<String>,
}

/// A contract as plans see it.
#[derive(Serialize, ToSchema)]
struct CommissionDeal {
    #[schema(value_type = String)]
    id: ContractId,
    number: String,
    title: String,
    #[schema(value_type = String)]
    customer_id: CustomerId,
    customer: Option<String>,
    #[schema(value_type = String, format = Date)]
    signed_on: Day,
    #[schema(value_type = Money)]
    amount: Fen,
    product: String,
    #[schema(value_type = Option<Money>)]
    margin: Option<Fen>,
    /// Another one as soon as product or margin has changed.
    version: String,
    /// Who is credited with it by hand; absent for its owner alone, or whoever the table says.
    credit: Option<CreditView>,
    /// What was said of its credit, the newest first.
    credit_history: Vec<CreditSaid>,
}

/// Who was credited from then on.
#[derive(Serialize, ToSchema)]
struct CreditSaid {
    zh: String,
    en: String,
    reason: String,
    by: Option<PersonName>,
    #[schema(value_type = String)]
    at: Moment,
}

/// Contracts, the newest first; no more than 50.
#[derive(Serialize, ToSchema)]
struct CommissionDeals {
    items: Vec<CommissionDeal>,
}

/// Contracts with what plans ask about them.
#[utoipa::path(get, path = "/commission-deals", tag = "commission", params(DealQuery),
    responses((status = 200, body = CommissionDeals)))]
async fn list(
    State(house): State<House>,
    caller: Caller,
    Query(query): Query<DealQuery>,
) -> Reply<Json<CommissionDeals>> {
    let mut look = house.spine.look(&caller.by).await?;
    let need = Need::on_everything(permissions::COMMISSION_PLAN);
    look.allow("commission.deals", &need).await?;
    let search = query.search.unwrap_or_default();
    bounds::length("/search", "查找", &search, 0..=100)?;
    let customer = query
        .customer
        .map(|text| id(&text, "customer"))
        .transpose()?;
    let mut books = look.books();
    let found = receivables::find_deals(&mut books, search.trim(), customer).await?;
    let ids: Vec<ContractId> = found.iter().map(|deal| deal.id).collect();
    let mut said: BTreeMap<ContractId, Vec<CreditRow>> = BTreeMap::new();
    for row in store::credits_of(&mut books, &ids).await? {
        said.entry(row.deal).or_default().push(row);
    }
    let all = said.values().flatten();
    let named = all.flat_map(|row| {
        let by = row.set_by.parse().ok();
        credits::named(&row.team).into_iter().chain(by)
    });
    let named: Vec<_> = named.collect();
    let names = people::names_of(&mut books, named).await?;
    let of = found.iter().map(|deal| deal.customer).collect();
    let called = customers::names_of(&mut books, of).await?;
    let items = found.into_iter().map(|deal| {
        let rows = said.remove(&deal.id).unwrap_or_default();
        let team: Option<&Team> = rows.last().map(|row| &row.team);
        CommissionDeal {
            customer: called.get(&deal.customer.to_string()).cloned(),
            credit: team.map(|team| CreditView::of(team, &names)),
            credit_history: rows
                .iter()
                .rev()
                .map(|row| {
                    let (zh, en) = credits::words(&row.team, &names);
                    CreditSaid {
                        zh,
                        en,
                        reason: row.reason.clone(),
                        by: PersonName::among(&names, row.set_by.parse().ok()),
                        at: row.set_at,
                    }
                })
                .collect(),
            version: receivables::described_version(&deal.product, deal.margin),
            id: deal.id,
            number: deal.number,
            title: deal.title,
            customer_id: deal.customer,
            signed_on: deal.signed_on,
            amount: deal.amount,
            product: deal.product,
            margin: deal.margin,
        }
    });
    let items = items.collect();
    Ok(Json(CommissionDeals { items }))
}

/// Who is credited with a deal, and why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CreditOfDeal {
    credit: Credit,
    /// 2..=200 characters.
    reason: String,
}

/// Say who is credited with a deal.
#[utoipa::path(post, path = "/commission-deals/{id}/credit", tag = "commission",
    request_body = CreditOfDeal, params(("id" = String, Path)),
    responses((status = 201, body = Written), (status = 409, description = "refused")))]
async fn credit(
    writing: Writing,
    Path(text): Path<String>,
    Json(said): Json<CreditOfDeal>,
) -> Reply<Written> {
    let act = SetCredit {
        deal: id(&text, "deal")?,
        credit: said.credit,
        reason: said.reason,
        by: writing.caller.by.id(),
    };
    writing.make(&act, |_| text).await
}

/// From a day on a table credits deals signed then.
#[derive(Serialize, ToSchema)]
struct CreditingFrom {
    #[schema(value_type = String, format = Date)]
    effective_on: Day,
    /// Absent for the owner alone.
    #[schema(value_type = Option<String>)]
    table_id: Option<RuleTableId>,
    table: Option<String>,
}

/// Which tables credit deals, the newest first.
#[derive(Serialize, ToSchema)]
struct CommissionCrediting {
    items: Vec<CreditingFrom>,
}

/// Which table says who is credited with deals.
#[utoipa::path(get, path = "/commission-crediting", tag = "commission",
    responses((status = 200, body = CommissionCrediting)))]
async fn crediting(State(house): State<House>, caller: Caller) -> Reply<Json<CommissionCrediting>> {
    let mut look = house.spine.look(&caller.by).await?;
    let need = Need::on_everything(permissions::COMMISSION_PLAN);
    look.allow("commission.crediting", &need).await?;
    let mut books = look.books();
    let rows = store::crediting(&mut books).await?;
    let wanted = rows.iter().filter_map(|row| row.table).collect();
    let tables = ready::tables(&mut books, &wanted).await?;
    let items = rows.into_iter().rev().map(|row| CreditingFrom {
        effective_on: row.effective_on,
        table: row.table.and_then(|id| Some(tables.get(&id)?.name.clone())),
        table_id: row.table,
    });
    let items = items.collect();
    Ok(Json(CommissionCrediting { items }))
}

/// A table to credit deals by.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CreditingTable {
    /// Absent for the owner alone.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    table_id: Option<RuleTableId>,
    #[schema(value_type = String, format = Date)]
    effective_on: Day,
}

/// Credit deals signed from a day on by a table, or by none.
#[utoipa::path(post, path = "/commission-crediting", tag = "commission",
    request_body = CreditingTable,
    responses((status = 201, body = Written), (status = 409, description = "refused")))]
async fn set_crediting(writing: Writing, Json(new): Json<CreditingTable>) -> Reply<Written> {
    let act = SetCrediting {
        table: new.table_id,
        effective_on: new.effective_on,
        by: writing.caller.by.id(),
    };
    writing.make(&act, ToString::to_string).await
}
