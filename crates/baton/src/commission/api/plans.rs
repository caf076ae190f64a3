//! Plans and who has which 提成方案接口.

use std::collections::BTreeMap;

use ::commission::assignment::Assignee;
use ::commission::plan::ChangeInside;
use ::commission::window::Window;
use access::Need;
use axum::Json;
use axum::extract::{Path, State};
use kernel::{CommissionPlanId, Day, EmployeeId, Fen, Refusal};
use serde::{Deserialize, Serialize};
use spine::Reader;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::commission::acts::assign_plan::AssignPlan;
use crate::commission::acts::publish_plan::{Fresh, PublishPlan};
use crate::commission::ledger;
use crate::commission::offer::Offer;
use crate::commission::store::{self, Version};
use crate::commission::view::{AssignedView, CommissionPlanView, VersionView, assignee};
use crate::house::House;
use crate::http::{Caller, Money, Reply, Writing, Written};
use crate::people::PersonName;
use crate::people::api::id;
use crate::people::store as people;
use crate::permissions;

/// Routes of this part.
pub(super) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(list, begin))
        .routes(routes!(publish))
        .routes(routes!(assign))
}

/// All plans.
#[derive(Serialize, ToSchema)]
struct CommissionPlans {
    items: Vec<CommissionPlanView>,
}

/// Every commission plan with its versions and who has it.
#[utoipa::path(get, path = "/commission-plans", tag = "commission",
    responses((status = 200, body = CommissionPlans)))]
async fn list(State(house): State<House>, caller: Caller) -> Reply<Json<CommissionPlans>> {
    let mut look = house.spine.look(&caller.by).await?;
    let need = Need::on_everything(permissions::COMMISSION_PLAN);
    look.allow("commission.plans", &need).await?;
    let mut books = look.books();
    let today = books.today();
    let versions = store::versions(&mut books).await?;
    let spans = ledger::spans(&store::assigned(&mut books, ledger::EVER).await?);
    let publishers = versions
        .iter()
        .filter_map(|one| one.published_by.parse().ok());
    let names = people::names_of(&mut books, publishers).await?;
    let called = assignees(&mut books, &spans).await?;
    let heads = store::plans(&mut books).await?.into_iter();
    let items = heads.map(|head| {
        let assigned = spans
            .iter()
            .filter(|span| span.plan == head.id)
            .filter(|span| span.valid.until.is_none_or(|until| until > today));
        CommissionPlanView {
            id: head.id,
            versions: versions_of(&versions, head.id, &names),
            assigned: assigned.map(|span| shown(span, &called)).collect(),
            name: head.name,
            adds_up: head.adds_up,
            change_inside: head.change_inside,
            overlay: head.overlay,
        }
    });
    let items = items.collect();
    Ok(Json(CommissionPlans { items }))
}

fn versions_of(
    all: &[Version],
    plan: CommissionPlanId,
    names: &BTreeMap<EmployeeId, (String, String)>,
) -> Vec<VersionView> {
    let own: Vec<&Version> = all.iter().filter(|one| one.plan == plan).collect();
    let view = |(at, one): (usize, &&Version)| VersionView {
        version: one.version,
        valid_from: one.valid_from,
        valid_until: own.get(at + 1).map(|next| next.valid_from),
        offer: one.offer.clone(),
        published_by: PersonName::among(names, one.published_by.parse().ok()),
        published_at: one.published_at,
    };
    let mut views: Vec<VersionView> = own.iter().enumerate().map(view).collect();
    views.reverse();
    views
}

fn shown(
    span: &::commission::assignment::PlanAssignment,
    called: &BTreeMap<String, String>,
) -> AssignedView {
    let (kind, id) = assignee(span.to);
    AssignedView {
        kind,
        name: called.get(&id).cloned().unwrap_or_default(),
        id,
        from: span.valid.from,
        until: span.valid.until,
        quota: span.quota,
    }
}

/// How the people, posts and departments that have plans are called.
async fn assignees(
    books: &mut Reader<'_>,
    spans: &[::commission::assignment::PlanAssignment],
) -> Result<BTreeMap<String, String>, spine::Fault> {
    let persons = spans.iter().filter_map(|span| match span.to {
        Assignee::Person(id) => Some(id),
        _ => None,
    });
    let mut called = BTreeMap::new();
    for (id, (number, name)) in people::names_of(books, persons).await? {
        called.insert(id.to_string(), people::full_name(&name, &number));
    }
    for (id, name) in people::posts(books).await? {
        called.insert(id.to_string(), name);
    }
    for one in people::departments(books).await? {
        called.insert(one.id.to_string(), one.name);
    }
    Ok(called)
}

/// A plan to be begun, with its first version.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewCommissionPlan {
    /// 1..=100 characters.
    name: String,
    /// `each`, `month`, `quarter`, `year`
    #[schema(value_type = String)]
    adds_up: Window,
    /// `next_window`, `carries_on`, `starts_afresh`
    #[schema(value_type = String)]
    change_inside: ChangeInside,
    /// The overlay it pays; absent for the deal itself.
    #[serde(default)]
    overlay: Option<String>,
    #[schema(value_type = String, format = Date)]
    valid_from: Day,
    offer: Offer,
}

/// Begin a plan.
#[utoipa::path(post, path = "/commission-plans", tag = "commission",
    request_body = NewCommissionPlan,
    responses((status = 201, body = Written), (status = 409, description = "refused")))]
async fn begin(writing: Writing, Json(new): Json<NewCommissionPlan>) -> Reply<Written> {
    let act = PublishPlan {
        plan: None,
        fresh: Some(Fresh {
            name: new.name,
            adds_up: new.adds_up,
            change_inside: new.change_inside,
            overlay: new.overlay,
        }),
        valid_from: new.valid_from,
        offer: new.offer,
        by: writing.caller.by.id(),
    };
    writing.make(&act, |done| done.id.to_string()).await
}

/// The next version of a plan.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NextVersion {
    #[schema(value_type = String, format = Date)]
    valid_from: Day,
    offer: Offer,
}

/// Publish the next version; the one before ends on the day it begins.
#[utoipa::path(post, path = "/commission-plans/{id}/versions", tag = "commission",
    request_body = NextVersion, params(("id" = String, Path)),
    responses((status = 201, body = Written), (status = 409, description = "refused")))]
async fn publish(
    writing: Writing,
    Path(text): Path<String>,
    Json(next): Json<NextVersion>,
) -> Reply<Written> {
    let act = PublishPlan {
        plan: Some(id(&text, "commission_plan")?),
        fresh: None,
        valid_from: next.valid_from,
        offer: next.offer,
        by: writing.caller.by.id(),
    };
    writing.make(&act, |done| done.id.to_string()).await
}

/// Who gets a plan.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PlanAssignee {
    /// Id of a person, a post or a department.
    assignee_id: String,
    #[schema(value_type = String, format = Date)]
    effective_on: Day,
    /// Whether he has it no more from that day on.
    #[serde(default)]
    ends: bool,
    /// A quota of his own, instead of the plan's.
    #[serde(default)]
    #[schema(value_type = Option<Money>)]
    quota: Option<Fen>,
}

/// Give somebody the plan from a day on, or end it.
#[utoipa::path(post, path = "/commission-plans/{id}/assignments", tag = "commission",
    request_body = PlanAssignee, params(("id" = String, Path)),
    responses((status = 201, body = Written), (status = 409, description = "refused")))]
async fn assign(
    writing: Writing,
    Path(text): Path<String>,
    Json(wanted): Json<PlanAssignee>,
) -> Reply<Written> {
    let plan: CommissionPlanId = id(&text, "commission_plan")?;
    let act = AssignPlan {
        to: assignee_of(&wanted.assignee_id)?,
        plan,
        ends: wanted.ends,
        quota: wanted.quota,
        effective_on: wanted.effective_on,
        by: writing.caller.by.id(),
    };
    writing.make(&act, |_| text).await
}

fn assignee_of(text: &str) -> Result<Assignee, Refusal> {
    let person = text.parse().map(Assignee::Person).ok();
    let post = || text.parse().map(Assignee::Post).ok();
    let department = || text.parse().map(Assignee::Department).ok();
    let found = person.or_else(post).or_else(department);
    found.ok_or_else(|| {
        let zh = "请选择人员、岗位或部门";
        Refusal::invalid(
            "commission.no_assignee",
            zh,
            "a person, a post or a department",
        )
        .at("/assignee_id", zh)
    })
}
