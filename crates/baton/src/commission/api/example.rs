//! A plan that is being written, tried on one deal 试算接口.

use ::commission::plan::ChangeInside;
use ::commission::window::Window;
use access::Need;
use axum::Json;
use axum::extract::State;
use kernel::{CommissionPlanId, Day, Moment};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::commission::acts::publish_plan::overlay_of;
use crate::commission::example::{self, ExampleDeal, PlanExample};
use crate::commission::offer::Offer;
use crate::commission::store::PlanHead;
use crate::commission::{store, tables};
use crate::customer::store::stretches;
use crate::house::House;
use crate::http::{Caller, Reply};
use crate::permissions;
use crate::receivable::store as receivables;
use crate::rules::ready;

/// Routes of this part.
pub(super) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(worked))
        .routes(routes!(words))
}

/// A version that is being written, and a deal to try it on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TriedPlan {
    #[serde(default)]
    name: String,
    /// `each`, `month`, `quarter`, `year`
    #[schema(value_type = String)]
    adds_up: Window,
    #[serde(default)]
    overlay: Option<String>,
    #[schema(value_type = String, format = Date)]
    valid_from: Day,
    offer: Offer,
    deal: ExampleDeal,
}

/// What a deal would earn by a version that is being written; nothing is kept. Refuses what
/// publishing would refuse, at the same places.
#[utoipa::path(post, path = "/commission-plans/example", tag = "commission",
    request_body = TriedPlan, responses((status = 200, body = PlanExample),
    (status = 422, description = "refused")))]
async fn worked(
    State(house): State<House>,
    caller: Caller,
    Json(tried): Json<TriedPlan>,
) -> Reply<Json<PlanExample>> {
    let mut look = house.spine.look(&caller.by).await?;
    let need = Need::on_everything(permissions::COMMISSION_PLAN);
    look.allow("commission.plan_example", &need).await?;
    let head = PlanHead {
        id: CommissionPlanId::mint(Moment(1), [0; 10]),
        name: tried.name.trim().to_owned(),
        adds_up: tried.adds_up,
        change_inside: ChangeInside::CarriesOn,
        overlay: overlay_of(tried.overlay.as_deref()),
    };
    tried.offer.check(&head, tried.valid_from)?;
    let wanted = tables::asked(&tried.offer).collect();
    let tables = ready::tables(&mut look.books(), &wanted).await?;
    tables::check(&tried.offer, &tables, tried.valid_from)?;
    let day = (tried.valid_from, &tables);
    Ok(Json(example::worked(
        (&head, &tried.offer),
        &tried.deal,
        day,
    )?))
}

/// Words of the books that a plan may name.
#[derive(Serialize, ToSchema)]
struct PlanWords {
    /// Products of contracts, the most frequent first; no more than 200.
    products: Vec<String>,
    /// Industries of customers, the most frequent first; no more than 200.
    industries: Vec<String>,
    /// Overlays that plans pay.
    overlays: Vec<String>,
}

/// What plans may name: products, industries, overlays.
#[utoipa::path(get, path = "/commission-plans/words", tag = "commission",
    responses((status = 200, body = PlanWords)))]
async fn words(State(house): State<House>, caller: Caller) -> Reply<Json<PlanWords>> {
    let mut look = house.spine.look(&caller.by).await?;
    let need = Need::on_everything(permissions::COMMISSION_PLAN);
    look.allow("commission.plan_words", &need).await?;
    let mut books = look.books();
    let plans = store::plans(&mut books).await?;
    let mut overlays: Vec<String> = plans.into_iter().filter_map(|plan| plan.overlay).collect();
    overlays.sort();
    overlays.dedup();
    Ok(Json(PlanWords {
        products: receivables::products(&mut books).await?,
        industries: stretches::industries(&mut books).await?,
        overlays,
    }))
}
