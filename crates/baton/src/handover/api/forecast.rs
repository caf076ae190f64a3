//! What each would earn under a plan 交接提成测算接口.

use ::commission::split_after_handover::Terms;
use access::Need;
use axum::Json;
use axum::extract::{Path, State};
use kernel::{CustomerId, EmployeeId, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Failure, Look};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::read::for_caller;
use crate::approval::Shown;
use crate::customer::reading;
use crate::handover::forecast::{
    AgreedForecast, ForecastFigures, Reckoned, Seen, agreed_for, reckon, tried,
};
use crate::handover::loaded::Loaded;
use crate::handover::store::{self, AgreedTerms, PlanState};
use crate::handover::terms::{TeamPool, agreed};
use crate::house::House;
use crate::http::{Caller, Problem, Reply, Writing};
use crate::people::store as people;
use crate::permissions;
use crate::registry::Showing;

/// Routes of this part.
pub(super) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new().routes(routes!(one, attempt))
}

/// What each would earn, and what people agreed upon.
#[derive(Serialize, ToSchema)]
struct PlanForecast {
    /// Absent when the plan was executed or cancelled.
    figures: Option<ForecastFigures>,
    /// SHA-256 of the figures; whoever agrees hands it back.
    digest: Option<String>,
    /// What was on the screens of those who agreed.
    agreed: Vec<AgreedForecast>,
}

/// Whose figures the caller sees.
struct Sight {
    only: Option<EmployeeId>,
    /// Everybody's: he draws up or approves the plan.
    both: bool,
}

async fn sight(
    look: &mut Look<'_>,
    caller: &Caller,
    text: &str,
) -> Result<(Loaded, Sight), Problem> {
    let (loaded, only) = for_caller(look, caller, text).await?;
    let need = Need::at_all(permissions::COMMISSION_READ);
    look.allow("handover.forecast", &need).await?;
    let may = |permission| look.may(&Need::on(permission, loaded.target()));
    let decides = may(permissions::HANDOVER_PLAN) || may(permissions::HANDOVER_APPROVE);
    let both = decides && may(permissions::COMMISSION_READ);
    Ok((loaded, Sight { only, both }))
}

/// Those of these people whose pay the caller may read.
async fn readable(
    look: &mut Look<'_>,
    sight: &Sight,
    all: Vec<EmployeeId>,
) -> Result<Vec<EmployeeId>, Problem> {
    let mut sees = Vec::new();
    for who in all {
        let person = people::find_employee(&mut look.books(), who).await?;
        let readable = person.is_some_and(|person| {
            look.may(&Need::on(permissions::COMMISSION_READ, person.target()))
        });
        if sight.both || readable {
            sees.push(who);
        }
    }
    Ok(sees)
}

async fn figures(
    look: &mut Look<'_>,
    loaded: &Loaded,
    sight: &Sight,
    terms: &[AgreedTerms],
) -> Result<ForecastFigures, Problem> {
    let reckoned: Reckoned = reckon(&mut look.books(), loaded, sight.only, terms).await?;
    let sees = readable(look, sight, reckoned.people(loaded)).await?;
    Ok(reckoned.shown(&mut look.books(), loaded, &sees).await?)
}

/// What each would earn in the next twelve months under the plan, on the customers' own history;
/// everybody sees his own figures, whoever decides sees all.
#[utoipa::path(get, path = "/handover-plans/{id}/forecast", tag = "handover",
    params(("id" = String, Path)),
    responses((status = 200, body = PlanForecast), (status = 404, description = "absent")))]
async fn one(
    State(house): State<House>,
    caller: Caller,
    Path(text): Path<String>,
) -> Reply<Json<PlanForecast>> {
    let mut look = house.spine.look(&caller.by).await?;
    let (loaded, sight) = sight(&mut look, &caller, &text).await?;
    let me = caller.by.employee();
    let mut found = PlanForecast {
        figures: None,
        digest: None,
        agreed: agreed_for(&mut look.books(), loaded.head.id, |one| {
            sight.both || Some(one.person) == me
        })
        .await?,
    };
    if open(&loaded) {
        let terms = store::terms_of(&mut look.books(), loaded.head.id).await?;
        let shown = figures(&mut look, &loaded, &sight, &terms).await?;
        reading::charge(&house, &caller, &mut look, shown.customers()).await?;
        found.digest = Some(Seen::of(&shown)?.digest);
        found.figures = Some(shown);
    }
    Ok(Json(found))
}

fn open(loaded: &Loaded) -> bool {
    !matches!(
        loaded.head.state,
        PlanState::Executed | PlanState::Cancelled
    )
}

/// Terms somebody tries out.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TriedTerms {
    /// Which customers; empty for all of the plan.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    customer_ids: Vec<CustomerId>,
    /// What the giver would still earn.
    #[schema(value_type = crate::handover::terms::HandoverTerms)]
    terms: Terms,
    /// What the team would get before the two share.
    #[serde(default)]
    pool: Option<TeamPool>,
}

/// What each would earn on other terms; nothing changes.
#[utoipa::path(post, path = "/handover-plans/{id}/forecast", tag = "handover",
    request_body = TriedTerms, params(("id" = String, Path)),
    responses((status = 200, body = ForecastFigures), (status = 404, description = "absent")))]
async fn attempt(
    State(house): State<House>,
    caller: Caller,
    Path(text): Path<String>,
    Json(wanted): Json<TriedTerms>,
) -> Reply<Json<ForecastFigures>> {
    let mut look = house.spine.look(&caller.by).await?;
    let (loaded, sight) = sight(&mut look, &caller, &text).await?;
    let need = Need::on(permissions::HANDOVER_PLAN, loaded.target());
    look.allow("handover.forecast", &need).await?;
    loaded.must_be(
        &[PlanState::Draft, PlanState::Submitted],
        ("再调整条款", "change its terms"),
    )?;
    let agreement = agreed(&wanted.terms, wanted.pool.as_ref(), loaded.head.from)?;
    loaded.must_list(&wanted.customer_ids)?;
    let now = store::terms_of(&mut look.books(), loaded.head.id).await?;
    let terms = tried(now, &wanted.customer_ids, &agreement);
    let shown = figures(&mut look, &loaded, &sight, &terms).await?;
    Ok(Json(shown))
}

/// The figures whose digest somebody hands back as what he agrees upon, worked out again by the
/// server: nothing of them is taken from the browser.
///
/// # Errors
/// `handover.forecast_changed` when they would be others now.
pub(super) async fn seen(
    writing: &Writing,
    text: &str,
    digest: Option<String>,
) -> Result<Option<Seen>, Problem> {
    let Some(digest) = digest else {
        return Ok(None);
    };
    let mut look = writing.house.spine.look(&writing.caller.by).await?;
    let (loaded, sight) = sight(&mut look, &writing.caller, text).await?;
    let terms = store::terms_of(&mut look.books(), loaded.head.id).await?;
    let shown = figures(&mut look, &loaded, &sight, &terms).await?;
    let seen = Seen::of(&shown).map_err(Failure::from)?;
    if seen.digest == digest {
        return Ok(Some(seen));
    }
    Err(Refusal::conflict(
        "handover.forecast_changed",
        "提成测算已变化，与您看到的不同",
        "the forecast is not the one you saw any more",
    )
    .remedy((
        "请刷新页面，核对新的测算后再办理",
        "Reload and look at the new forecast first",
    ))
    .into())
}

/// The same for a case about a plan, whose page shows the forecast too.
pub(crate) fn shown<'a>(writing: &'a Writing, plan: &'a str, digest: &'a str) -> Showing<'a> {
    Box::pin(async move {
        let seen = seen(writing, plan, Some(digest.to_owned())).await?;
        Ok(seen.map(|Seen { digest, body }| Shown { digest, body }))
    })
}
