//! Drawing a plan up and getting consent to it 交接方案编制与审批接口.

use ::handover::acceptance::Verdict;
use axum::Json;
use axum::extract::Path;
use kernel::{ContractId, Day, DepartureId, EmployeeId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{employee_of, forecast};
use crate::handover::acts::{answer, approve, cancel, draw_up, edit, submit, take_back};
use crate::handover::change::PlanChange;
use crate::house::House;
use crate::http::{Reply, Writing, Written};
use crate::people::api::id;

/// Routes of this part.
pub(super) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(draw))
        .routes(routes!(change))
        .routes(routes!(hand_in))
        .routes(routes!(reply))
        .routes(routes!(agree))
        .routes(routes!(back_to_draft))
        .routes(routes!(give_up))
}

/// Whose plan is to be drawn up.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewPlan {
    #[schema(value_type = String)]
    from: EmployeeId,
    #[schema(value_type = Option<String>)]
    departure_id: Option<DepartureId>,
    /// Today or later; the day after the last working day when absent, else tomorrow.
    #[schema(value_type = Option<String>, format = Date)]
    effective_on: Option<Day>,
    /// Whether each line gets the suggested successor at once; yes when absent.
    fill: Option<bool>,
    /// Only these contracts of the person, with their open invoices and orders, while their
    /// customers stay where they are; everything when empty.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    contract_ids: Vec<ContractId>,
}

/// Draw up a plan for everything that points to a person, or for some of his contracts.
#[utoipa::path(post, path = "/handover-plans", tag = "handover", request_body = NewPlan,
    responses((status = 201, body = Written), (status = 409, description = "refused")))]
async fn draw(writing: Writing, Json(new): Json<NewPlan>) -> Reply<Written> {
    let act = draw_up::DrawUp {
        from: new.from,
        departure: new.departure_id,
        effective_on: new.effective_on,
        remainder_of: None,
        fill: new.fill.unwrap_or(true),
        contracts: new.contract_ids,
        by: writing.caller.by.id(),
    };
    writing.make(&act, |drawn| drawn.id.to_string()).await
}

/// A change to a plan.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Change {
    /// The version that was seen.
    version: u32,
    change: PlanChange,
}

/// What a change of a plan answers.
#[derive(Serialize, ToSchema)]
struct Changed {
    /// The version from now on.
    version: u32,
    /// Lines that changed.
    changed: usize,
    /// Index of the entry in the evidence log.
    entry: Option<u64>,
}

/// Change who gets what; 409 when somebody else changed the plan since.
#[utoipa::path(post, path = "/handover-plans/{id}/edit", tag = "handover", request_body = Change,
    params(("id" = String, Path)),
    responses((status = 200, body = Changed), (status = 409, description = "changed meanwhile")))]
async fn change(
    writing: Writing,
    Path(text): Path<String>,
    Json(wanted): Json<Change>,
) -> Reply<Json<Changed>> {
    let plan = id(&text, "handover_plan")?;
    let act = edit::Edit {
        plan,
        version: wanted.version,
        change: wanted.change,
    };
    let done = writing.done(&act).await?;
    let edit::Edited { version, changed } = done.outcome;
    Ok(Json(Changed {
        version,
        changed,
        entry: done.entry,
    }))
}

/// The version that was seen.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Seen {
    version: u32,
}

/// Ask the receivers.
#[utoipa::path(post, path = "/handover-plans/{id}/submit", tag = "handover", request_body = Seen,
    params(("id" = String, Path)),
    responses((status = 200, body = Written), (status = 409, description = "refused")))]
async fn hand_in(
    writing: Writing,
    Path(text): Path<String>,
    Json(seen): Json<Seen>,
) -> Reply<Written> {
    let act = submit::Submit {
        plan: id(&text, "handover_plan")?,
        version: seen.version,
    };
    writing.change(&act, |()| text).await
}

/// What a receiver says.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Said {
    /// The version that was seen.
    version: u32,
    accept: bool,
    /// Needed when declining.
    #[serde(default)]
    reason: String,
    /// Digest of the forecast that was on the screen; refused when it would be another one now.
    forecast: Option<String>,
}

/// Accept or decline one's share.
#[utoipa::path(post, path = "/handover-plans/{id}/answer", tag = "handover", request_body = Said,
    params(("id" = String, Path)),
    responses((status = 200, body = Written), (status = 409, description = "refused")))]
async fn reply(
    writing: Writing,
    Path(text): Path<String>,
    Json(said): Json<Said>,
) -> Reply<Written> {
    let successor = employee_of(&writing.caller)?;
    let seen = forecast::seen(&writing, &text, said.forecast.filter(|_| said.accept)).await?;
    let verdict = if said.accept {
        Verdict::Accept
    } else {
        Verdict::Decline {
            reason: said.reason,
        }
    };
    let act = answer::Answer {
        plan: id(&text, "handover_plan")?,
        successor,
        in_stead: None,
        version: Some(said.version),
        verdict,
        seen,
    };
    writing.change(&act, |()| text).await
}

/// The version that is approved.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Approval {
    /// The version that was seen.
    version: u32,
    /// Digest of the forecast that was on the screen; refused when it would be another one now.
    forecast: Option<String>,
}

/// Approve; from now on the plan cannot change.
#[utoipa::path(post, path = "/handover-plans/{id}/approve", tag = "handover",
    request_body = Approval,
    params(("id" = String, Path)),
    responses((status = 200, body = Written), (status = 409, description = "refused")))]
async fn agree(
    writing: Writing,
    Path(text): Path<String>,
    Json(said): Json<Approval>,
) -> Reply<Written> {
    let plan = id(&text, "handover_plan")?;
    let by = employee_of(&writing.caller)?;
    let act = approve::Approve {
        plan,
        version: Some(said.version),
        by,
        seen: forecast::seen(&writing, &text, said.forecast).await?,
    };
    writing.change(&act, |()| text).await
}

/// Why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Why {
    #[schema(min_length = 2, max_length = 200)]
    reason: String,
}

/// Make a draft of a submitted plan again; the receivers are asked again when it is submitted anew.
#[utoipa::path(post, path = "/handover-plans/{id}/withdraw", tag = "handover", request_body = Why,
    params(("id" = String, Path)),
    responses((status = 200, body = Written), (status = 409, description = "refused")))]
async fn back_to_draft(
    writing: Writing,
    Path(text): Path<String>,
    Json(why): Json<Why>,
) -> Reply<Written> {
    let act = take_back::TakeBack {
        plan: id(&text, "handover_plan")?,
        reason: why.reason,
    };
    writing.change(&act, |()| text).await
}

/// Give up a plan that was not executed.
#[utoipa::path(post, path = "/handover-plans/{id}/cancel", tag = "handover", request_body = Why,
    params(("id" = String, Path)),
    responses((status = 200, body = Written), (status = 409, description = "refused")))]
async fn give_up(
    writing: Writing,
    Path(text): Path<String>,
    Json(why): Json<Why>,
) -> Reply<Written> {
    let act = cancel::Cancel {
        plan: id(&text, "handover_plan")?,
        reason: why.reason,
    };
    writing.change(&act, |()| text).await
}
