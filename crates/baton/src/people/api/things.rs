//! Routes of what a person holds and who acts for him 资产与代理接口.

use axum::Json;
use axum::extract::Path;
use kernel::{AssetId, Day, EmployeeId, Fen, StandInId};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::id;
use crate::house::House;
use crate::http::{Reply, Writing, Written};
use crate::people::acts::{add_stand_in, close_account, end_stand_in, lend_asset, return_asset};
use crate::people::store;

/// Routes of this part.
pub(super) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(lend))
        .routes(routes!(give_back))
        .routes(routes!(close))
        .routes(routes!(stand_in))
        .routes(routes!(stand_in_end))
}

/// A thing lent, or an account opened elsewhere.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewAsset {
    /// `equipment`, `card`, `key`, `vehicle`, `sample`, `document`, `account`, `other`
    kind: String,
    name: String,
    #[serde(default)]
    serial: String,
}

/// Note that a person holds a thing of the company.
#[utoipa::path(post, path = "/employees/{id}/assets", tag = "people", request_body = NewAsset,
    params(("id" = String, Path)), responses((status = 201, body = Written)))]
async fn lend(
    writing: Writing,
    Path(text): Path<String>,
    Json(new): Json<NewAsset>,
) -> Reply<Written> {
    let employee = id(&text, "employee")?;
    let act = lend_asset::LendAsset {
        employee,
        kind: new.kind,
        name: new.name,
        serial: new.serial,
    };
    writing.make(&act, ToString::to_string).await
}

/// How a thing came back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AssetReturn {
    /// What is paid instead of returning it.
    #[schema(value_type = Option<crate::http::Money>)]
    cost: Option<Fen>,
    #[serde(default)]
    note: String,
}

/// Take a thing back, or agree on its price.
#[utoipa::path(post, path = "/assets/{id}/return", tag = "people", request_body = AssetReturn,
    params(("id" = String, Path)), responses((status = 200, body = Written)))]
async fn give_back(
    writing: Writing,
    Path(text): Path<String>,
    Json(back): Json<AssetReturn>,
) -> Reply<Written> {
    let asset: AssetId = id(&text, "asset")?;
    let act = return_asset::ReturnAsset {
        asset,
        cost: back.cost,
        note: back.note,
    };
    writing.change(&act, |_| text).await
}

/// What was done with an account.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AccountClosing {
    #[serde(default)]
    note: String,
}

/// Note that an account elsewhere is closed.
#[utoipa::path(post, path = "/assets/{id}/close", tag = "people",
    request_body = AccountClosing, params(("id" = String, Path)),
    responses((status = 200, body = Written)))]
async fn close(
    writing: Writing,
    Path(text): Path<String>,
    Json(closing): Json<AccountClosing>,
) -> Reply<Written> {
    let asset: AssetId = id(&text, "asset")?;
    let act = close_account::CloseAccount {
        asset,
        note: closing.note,
    };
    writing.change(&act, |()| text).await
}

/// Who acts, and when.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewStandIn {
    #[schema(value_type = String)]
    deputy_id: EmployeeId,
    #[schema(value_type = String, format = Date)]
    from: Day,
    /// First day on which it is over.
    #[schema(value_type = Option<String>, format = Date)]
    until: Option<Day>,
    #[schema(min_length = 2, max_length = 200)]
    reason: String,
}

/// Name a stand-in for a person.
#[utoipa::path(post, path = "/employees/{id}/stand-ins", tag = "people",
    request_body = NewStandIn, params(("id" = String, Path)),
    responses((status = 201, body = Written)))]
async fn stand_in(
    writing: Writing,
    Path(text): Path<String>,
    Json(new): Json<NewStandIn>,
) -> Reply<Written> {
    let absent: EmployeeId = id(&text, "employee")?;
    let act = add_stand_in::AddStandIn {
        absent,
        deputy: new.deputy_id,
        from: new.from,
        until: new.until,
        reason: new.reason,
        own: writing.caller.by.employee() == Some(absent),
    };
    writing.make(&act, ToString::to_string).await
}

/// End a stand-in today.
#[utoipa::path(post, path = "/stand-ins/{id}/end", tag = "people",
    params(("id" = String, Path)), responses((status = 200, body = Written)))]
async fn stand_in_end(writing: Writing, Path(text): Path<String>) -> Reply<Written> {
    let stand_in: StandInId = id(&text, "stand_in")?;
    let line = {
        let mut look = writing.house.spine.look(&writing.caller.by).await?;
        let mut books = look.books();
        let today = books.today();
        store::find_stand_in(&mut books, stand_in, today).await?
    };
    let absent = line.map(|line| line.stand_in.absent);
    let own = absent.is_some() && absent == writing.caller.by.employee();
    let act = end_stand_in::EndStandIn { stand_in, own };
    writing.change(&act, |_| text).await
}
