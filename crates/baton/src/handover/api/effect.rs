//! A plan takes effect, is tried, or is followed by another 交接执行接口.

use axum::Json;
use axum::extract::{Path, State};
use kernel::{Day, Fen, PlanId};
use serde::{Deserialize, Serialize};
use spine::Denied;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::approval::MoveView;
use crate::handover::acts::{draw_up, execute, reverse};
use crate::handover::store;
use crate::house::House;
use crate::http::{Caller, Money, Reply, Writing, Written};
use crate::people::api::id;

/// Routes of this part.
pub(super) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(carry_out))
        .routes(routes!(rehearse))
        .routes(routes!(rest))
        .routes(routes!(back))
}

/// What an execution did, or would do.
#[derive(Serialize, ToSchema)]
struct ExecutedView {
    customers: u32,
    things: u32,
    #[schema(value_type = Money)]
    receivable_open: Fen,
    /// Lines that were with their successor before.
    already: u32,
    /// Lines that were closed or gone meanwhile.
    gone: usize,
    /// Tasks, and cases the person started, with whoever gets each.
    pending: Vec<MoveView>,
    /// Index of the entry in the evidence log; absent for a dry run.
    entry: Option<u64>,
}

impl ExecutedView {
    fn of(done: execute::Executed, entry: Option<u64>) -> ExecutedView {
        let execute::Executed {
            customers,
            things,
            receivable_open,
            already,
            gone,
            pending,
        } = done;
        ExecutedView {
            pending: pending.into_iter().map(MoveView::from).collect(),
            customers,
            things,
            receivable_open,
            already,
            gone,
            entry,
        }
    }
}

/// Execute an approved plan whose day has come.
#[utoipa::path(post, path = "/handover-plans/{id}/execute", tag = "handover",
    params(("id" = String, Path)),
    responses((status = 200, body = ExecutedView), (status = 409, description = "refused")))]
async fn carry_out(writing: Writing, Path(text): Path<String>) -> Reply<Json<ExecutedView>> {
    let plan = id(&text, "handover_plan")?;
    let act = execute::Execute {
        plan,
        by: writing.caller.by.id(),
    };
    let done = writing.done(&act).await?;
    Ok(Json(ExecutedView::of(done.outcome, done.entry)))
}

/// Go the whole way and roll back; nothing changes.
#[utoipa::path(post, path = "/handover-plans/{id}/dry-run", tag = "handover",
    params(("id" = String, Path)),
    responses((status = 200, body = ExecutedView), (status = 409, description = "refused")))]
async fn rehearse(
    State(house): State<House>,
    caller: Caller,
    Path(text): Path<String>,
) -> Reply<Json<ExecutedView>> {
    let plan = id(&text, "handover_plan")?;
    let act = execute::Execute {
        plan,
        by: caller.by.id(),
    };
    let outcome = house.spine.dry_run(&act, &caller.by).await?;
    Ok(Json(ExecutedView::of(outcome, None)))
}

/// From when on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct FromDay {
    #[schema(value_type = Option<String>, format = Date)]
    effective_on: Option<Day>,
}

/// Draw up a new plan for what arrived after this one.
#[utoipa::path(post, path = "/handover-plans/{id}/remainder", tag = "handover",
    request_body = FromDay, params(("id" = String, Path)),
    responses((status = 201, body = Written), (status = 409, description = "refused")))]
async fn rest(
    writing: Writing,
    Path(text): Path<String>,
    Json(day): Json<FromDay>,
) -> Reply<Written> {
    let plan: PlanId = id(&text, "handover_plan")?;
    let head = {
        let mut look = writing.house.spine.look(&writing.caller.by).await?;
        store::find(&mut look.books(), plan).await?
    };
    let head = head.ok_or_else(|| Denied::absent("handover_plan"))?;
    let act = draw_up::DrawUp {
        from: head.from,
        departure: head.departure,
        effective_on: day.effective_on,
        remainder_of: Some(plan),
        fill: true,
        contracts: Vec::new(),
        by: writing.caller.by.id(),
    };
    writing.make(&act, |drawn| drawn.id.to_string()).await
}

/// Draw up a new plan that gives back what this one moved.
#[utoipa::path(post, path = "/handover-plans/{id}/reverse", tag = "handover",
    request_body = FromDay, params(("id" = String, Path)),
    responses((status = 201, body = Written), (status = 409, description = "refused")))]
async fn back(
    writing: Writing,
    Path(text): Path<String>,
    Json(day): Json<FromDay>,
) -> Reply<Written> {
    let plan = id(&text, "handover_plan")?;
    let effective_on = day.effective_on;
    let act = reverse::Reverse {
        plan,
        effective_on,
        by: writing.caller.by.id(),
    };
    writing.make(&act, |drawn| drawn.id.to_string()).await
}
