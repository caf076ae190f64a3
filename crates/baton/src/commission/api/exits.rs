//! Open commission of a leaver 离职提成接口.

use ::commission::exit::Decision;
use access::Need;
use axum::Json;
use axum::extract::{Path, State};
use kernel::{ContractId, DepartureId};
use serde::Deserialize;
use spine::Denied;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::commission::acts::{check_exit, decide_exit, object_exit};
use crate::commission::exiting;
use crate::commission::view_exit::{self, ExitCommission};
use crate::departure::store as departures;
use crate::house::House;
use crate::http::{Caller, Reply, Writing, Written};
use crate::people::api::id;
use crate::permissions;

/// Routes of this part.
pub(super) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(one))
        .routes(routes!(decide))
        .routes(routes!(check))
        .routes(routes!(object))
}

/// Open commission of a leaver: each contract with a suggestion and what was decided; after the
/// departure is closed what was settled, and what came in since.
#[utoipa::path(get, path = "/departures/{id}/commission", tag = "commission",
    params(("id" = String, Path)),
    responses((status = 200, body = ExitCommission), (status = 404, description = "absent")))]
async fn one(
    State(house): State<House>,
    caller: Caller,
    Path(text): Path<String>,
) -> Reply<Json<ExitCommission>> {
    let departure: DepartureId = id(&text, "departure")?;
    let mut look = house.spine.look(&caller.by).await?;
    let found = departures::found(&mut look.books(), departure).await?;
    let target = found.target();
    let need = Need::on(permissions::COMMISSION_READ, target.clone());
    look.allow("commission.exit", &need).await?;
    let own = caller.by.employee() == Some(found.person.id);
    let decides = !own && look.may(&Need::on(permissions::COMMISSION_EXIT, target.clone()));
    let objects = own && look.may(&Need::on(permissions::COMMISSION_CONFIRM, target));
    let mut books = look.books();
    let facts = exiting::facts(&mut books, departure).await?;
    let may = view_exit::May { decides, objects };
    Ok(Json(view_exit::read(&mut books, &facts, may).await?))
}

/// One of the four decisions, about one or more contracts.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ExitDecision {
    /// Ids of contracts, 1 to 500.
    #[schema(value_type = Vec<String>, min_items = 1, max_items = 500)]
    deal_ids: Vec<String>,
    /// `"pay_in_full"`, `{"pay_share": {"share", "agreement"}}`,
    /// `{"on_collection": {"until", "statement_months"}}`, `{"nothing": {"reason", "proof"}}`;
    /// where terms of a handover leave him a part, on collection with his signature under them:
    /// `"consent": {"plan", "paper"}`
    #[schema(value_type = Object)]
    decision: Decision,
    /// The answer to an objection, or a note.
    #[serde(default)]
    #[schema(max_length = 200)]
    reply: String,
}

/// Decide what becomes of open contracts.
#[utoipa::path(post, path = "/departures/{id}/commission/decide", tag = "commission",
    request_body = ExitDecision, params(("id" = String, Path)),
    responses((status = 200, body = Written), (status = 409, description = "refused")))]
async fn decide(
    writing: Writing,
    Path(text): Path<String>,
    Json(said): Json<ExitDecision>,
) -> Reply<Written> {
    let deals: Result<Vec<ContractId>, Denied> = said
        .deal_ids
        .iter()
        .map(|deal| exiting::deal(deal))
        .collect();
    let act = decide_exit::DecideExit {
        departure: id(&text, "departure")?,
        deals: deals?,
        decision: said.decision,
        reply: said.reply,
        by: writing.caller.by.id(),
    };
    writing.change(&act, |_| text).await
}

/// Which contract.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ExitDeal {
    deal_id: String,
}

/// Stand by "nothing earned" as a second person.
#[utoipa::path(post, path = "/departures/{id}/commission/check", tag = "commission",
    request_body = ExitDeal, params(("id" = String, Path)),
    responses((status = 200, body = Written), (status = 409, description = "refused")))]
async fn check(
    writing: Writing,
    Path(text): Path<String>,
    Json(said): Json<ExitDeal>,
) -> Reply<Written> {
    let act = check_exit::CheckExit {
        departure: id(&text, "departure")?,
        deal: exiting::deal(&said.deal_id)?,
        by: writing.caller.by.id(),
    };
    writing.change(&act, |_| text).await
}

/// What is wrong with an open contract.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ExitObjection {
    deal_id: String,
    #[schema(min_length = 2, max_length = 200)]
    reason: String,
    /// Whether he wrote it, and whoever decides takes it down for him.
    #[serde(default)]
    in_writing: bool,
}

/// Say that amount or decision of a contract of one's own is wrong, or take down what the leaver
/// wrote.
#[utoipa::path(post, path = "/departures/{id}/commission/object", tag = "commission",
    request_body = ExitObjection, params(("id" = String, Path)),
    responses((status = 200, body = Written), (status = 409, description = "refused")))]
async fn object(
    writing: Writing,
    Path(text): Path<String>,
    Json(said): Json<ExitObjection>,
) -> Reply<Written> {
    let me = writing.caller.by.employee();
    let act = object_exit::ObjectExit {
        departure: id(&text, "departure")?,
        deal: exiting::deal(&said.deal_id)?,
        reason: said.reason,
        in_writing: said.in_writing,
        by: me.ok_or_else(|| Denied::absent("departure"))?,
    };
    writing.change(&act, |_| text).await
}
