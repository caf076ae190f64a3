//! Routes of handover plans 交接接口.

use ::handover::acceptance::Verdict;
use ::handover::conflict::{ConflictFacts, conflicts};
use ::handover::holding::HoldingKind;
use ::handover::preview::Preview;
use access::{Need, Target};
use axum::Json;
use axum::extract::{Path, Query, State};
use kernel::{Day, DepartureId, EmployeeId, Fen, Moment, PlanId, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Denied, Look};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::acts::{answer, approve, cancel, draw_up, edit, execute, reverse, submit};
use super::change::PlanChange;
use super::loaded::{Loaded, hangs_of, loaded, preview_of};
use super::store::{self, ItemFilter, ListFilter, PlanState};
use super::view::{
    AcceptanceView, ConflictView, ItemView, PlanItem, PlanView, PreviewView, people_of,
    people_of_line,
};
use crate::approval::MoveView;
use crate::house::House;
use crate::http::{Caller, Cursor, Keyed, Money, Page, Problem, Reply, Written};
use crate::people::PersonName;
use crate::people::api::id;
use crate::people::store as people;
use crate::{permissions, scope, word};

/// Routes of this slice.
pub(crate) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(list, draw))
        .routes(routes!(one))
        .routes(routes!(items))
        .routes(routes!(change))
        .routes(routes!(hand_in))
        .routes(routes!(reply))
        .routes(routes!(agree))
        .routes(routes!(carry_out))
        .routes(routes!(rehearse))
        .routes(routes!(rest))
        .routes(routes!(back))
        .routes(routes!(give_up))
}

/// The employee who asks; a login without a person decides nothing about a handover.
pub(crate) fn employee_of(caller: &Caller) -> Result<EmployeeId, Problem> {
    caller.by.employee().ok_or_else(|| {
        Refusal::invalid(
            "handover.no_employee",
            "此账号没有对应的员工，不能办理",
            "this login belongs to no employee",
        )
        .remedy("请使用本人的员工账号登录")
        .into()
    })
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
}

/// Draw up a plan for everything that points to a person.
#[utoipa::path(post, path = "/handover-plans", tag = "handover", request_body = NewPlan,
    responses((status = 201, body = Written), (status = 409, description = "refused")))]
async fn draw(
    State(house): State<House>,
    caller: Caller,
    Keyed(key): Keyed,
    Json(new): Json<NewPlan>,
) -> Reply<Written> {
    let act = draw_up::DrawUp {
        from: new.from,
        departure: new.departure_id,
        effective_on: new.effective_on,
        remainder_of: None,
        fill: new.fill.unwrap_or(true),
        by: caller.by.id(),
    };
    let answer = house.spine.perform(&act, &caller.by, Some(&key)).await?;
    Ok(Written::made(&answer, |drawn| drawn.id.to_string()))
}

#[derive(Deserialize, IntoParams)]
struct PlanQuery {
    /// Id of a departure.
    departure: Option<String>,
    /// `draft`, `submitted`, `approved`, `executed`, `cancelled`
    state: Option<String>,
    /// `1`: only plans that give something to the caller.
    mine: Option<u8>,
    cursor: Option<String>,
}

/// Plans, the newest first.
#[utoipa::path(get, path = "/handover-plans", tag = "handover", params(PlanQuery),
    responses((status = 200, body = Page<PlanItem>)))]
async fn list(
    State(house): State<House>,
    caller: Caller,
    Query(query): Query<PlanQuery>,
) -> Reply<Json<Page<PlanItem>>> {
    let mut look = house.spine.look(&caller.by).await?;
    look.allow("handover.list", &Need::at_all(permissions::HANDOVER_READ))
        .await?;
    let reach = scope::reach(&house.spine, &caller.by, permissions::HANDOVER_READ);
    let mine = query.mine.unwrap_or(0) == 1;
    let filter = ListFilter {
        departure: query
            .departure
            .as_deref()
            .map(|text| id(text, "departure"))
            .transpose()?,
        state: query.state.map(state_of).transpose()?,
        mine: if mine {
            Some(employee_of(&caller)?)
        } else {
            None
        },
        before: Cursor::unpack::<(Moment, PlanId)>(query.cursor.as_deref())?,
    };
    let lines = store::list(&mut look.books(), &reach, &filter, 51).await?;
    let items = lines.into_iter().map(PlanItem::from).collect();
    Ok(Json(Page::cut(items, 50, |item: &PlanItem| {
        (item.created_at, item.id)
    })))
}

fn state_of(text: String) -> Result<PlanState, Refusal> {
    word::read(text).map_err(|_| {
        let zh = "方案状态应为 draft、submitted、approved、executed 或 cancelled";
        Refusal::invalid("request.unknown_word", zh, "unknown state").at("/state", zh)
    })
}

/// Reads a plan for a caller: all of it or, for a receiver, his share only.
async fn for_caller(
    look: &mut Look<'_>,
    caller: &Caller,
    text: &str,
) -> Result<(Loaded, Option<EmployeeId>), Problem> {
    let plan: PlanId = id(text, "handover_plan")?;
    let loaded = loaded(&mut look.books(), plan).await?;
    let need = Need::on(permissions::HANDOVER_READ, loaded.reading_target());
    look.allow("handover.read", &need).await?;
    let whole = look.may(&Need::on(permissions::HANDOVER_READ, loaded.target()));
    let only = if whole {
        None
    } else {
        Some(employee_of(caller)?)
    };
    Ok((loaded, only))
}

/// A plan with preview, conflicts and answers.
#[utoipa::path(get, path = "/handover-plans/{id}", tag = "handover", params(("id" = String, Path)),
    responses((status = 200, body = PlanView), (status = 404, description = "absent")))]
async fn one(
    State(house): State<House>,
    caller: Caller,
    Path(text): Path<String>,
) -> Reply<Json<PlanView>> {
    let mut look = house.spine.look(&caller.by).await?;
    let (loaded, only) = for_caller(&mut look, &caller, &text).await?;
    let may = steps_open_to(&look, &loaded, &caller);
    let mut books = look.books();
    let open = !matches!(
        loaded.head.state,
        PlanState::Executed | PlanState::Cancelled
    );
    let facts = if open {
        loaded.conflict_facts(&mut books).await?
    } else {
        ConflictFacts::default()
    };
    let preview: Preview = match &loaded.head.moved {
        Some(moved) => serde_json::from_str(moved).map_err(spine::Fault::from)?,
        None => {
            let hangs = hangs_of(&mut books, &loaded.holders(), &loaded.kept).await?;
            preview_of(&loaded.plan, &hangs, &facts.receivers)
        }
    };
    let answers = store::answers(&mut books, loaded.head.id).await?;
    let mut named = people_of(&loaded.head, &loaded.plan);
    named.extend(facts.owners.iter().filter_map(|truth| truth.timeline));
    let names = people::names_of(&mut books, named).await?;
    let found = if open && only.is_none() {
        conflicts(&loaded.plan, &facts)
    } else {
        Vec::new()
    };
    let mut acceptances = AcceptanceView::all(&loaded.plan, &answers, &names);
    if let Some(only) = only {
        acceptances.retain(|one| one.is_of(only));
    }
    let head = loaded.head;
    Ok(Json(PlanView {
        id: head.id,
        number: head.number,
        from: PersonName::among(&names, Some(head.from)),
        departure_id: head.departure,
        state: head.state,
        effective_on: head.effective_on,
        version: head.version,
        reverses_id: head.reverses,
        remainder_of_id: head.remainder_of,
        drawn_by: PersonName::among(&names, head.drawn_by.parse().ok()),
        approved_by: PersonName::among(&names, head.approved_by),
        approved_at: head.approved_at,
        created_at: head.created_at,
        executed_at: head.executed_at,
        preview: PreviewView::of(preview, &names, only),
        conflicts: found
            .into_iter()
            .map(|one| ConflictView::of(one, &names))
            .collect(),
        acceptances,
        whole: only.is_none(),
        may,
    }))
}

/// What the caller may do with the plan as it stands; each act decides again for itself.
fn steps_open_to(look: &Look<'_>, loaded: &Loaded, caller: &Caller) -> Vec<&'static str> {
    let plans = look.may(&Need::on(permissions::HANDOVER_PLAN, loaded.target()));
    let approves = look.may(&Need::on(permissions::HANDOVER_APPROVE, loaded.target()));
    let me = caller.by.employee();
    let receives = me.is_some_and(|me| loaded.plan.successors().contains(&me));
    let answers = receives
        && look.may(&Need::on(
            permissions::HANDOVER_ACCEPT,
            Target {
                owner: me,
                ..Target::default()
            },
        ));
    let giver = me == Some(loaded.head.from);
    let due = loaded.today >= loaded.head.effective_on;
    let state = loaded.head.state;
    let open = matches!(
        state,
        PlanState::Draft | PlanState::Submitted | PlanState::Approved
    );
    let steps = [
        (
            "edit",
            plans && matches!(state, PlanState::Draft | PlanState::Submitted),
        ),
        ("submit", plans && state == PlanState::Draft),
        ("answer", answers && state == PlanState::Submitted),
        (
            "approve",
            approves && !giver && state == PlanState::Submitted,
        ),
        ("execute", plans && due && state == PlanState::Approved),
        ("cancel", plans && open),
        ("reverse", plans && state == PlanState::Executed),
    ];
    steps
        .into_iter()
        .filter(|(_, open)| *open)
        .map(|(step, _)| step)
        .collect()
}

#[derive(Deserialize, IntoParams)]
struct ItemQuery {
    /// Id of a successor, or `none` for lines without one.
    successor: Option<String>,
    /// `customer_ownership`, `receivable_responsibility`, …
    kind: Option<String>,
    region: Option<String>,
    /// Part of the name.
    #[serde(default)]
    q: String,
    cursor: Option<String>,
}

/// The lines of a plan, 50 a page.
#[utoipa::path(get, path = "/handover-plans/{id}/items", tag = "handover",
    params(("id" = String, Path), ItemQuery),
    responses((status = 200, body = Page<ItemView>), (status = 404, description = "absent")))]
async fn items(
    State(house): State<House>,
    caller: Caller,
    Path(text): Path<String>,
    Query(query): Query<ItemQuery>,
) -> Reply<Json<Page<ItemView>>> {
    let mut look = house.spine.look(&caller.by).await?;
    let (loaded, only) = for_caller(&mut look, &caller, &text).await?;
    let unassigned = query.successor.as_deref() == Some("none");
    let wanted = query.successor.as_deref().filter(|_| !unassigned);
    let wanted: Option<EmployeeId> = wanted.map(|text| id(text, "employee")).transpose()?;
    let filter = ItemFilter {
        successor: only.or(wanted),
        unassigned: unassigned && only.is_none(),
        kind: query
            .kind
            .map(word::read::<HoldingKind>)
            .transpose()
            .map_err(|_| {
                Refusal::invalid("request.unknown_word", "事项类型不存在", "unknown kind")
                    .at("/kind", "事项类型不存在")
            })?,
        region: query.region,
        q: query.q.chars().take(100).collect(),
        after: Cursor::unpack(query.cursor.as_deref())?,
    };
    let mut books = look.books();
    let lines = store::item_lines(&mut books, loaded.head.id, &filter, 51).await?;
    let named = lines.iter().flat_map(people_of_line).collect::<Vec<_>>();
    let names = people::names_of(&mut books, named).await?;
    let items = lines
        .into_iter()
        .map(|line| ItemView::of(line, &names))
        .collect();
    let place = |item: &ItemView| {
        (
            word::of(&item.kind).unwrap_or_default(),
            item.thing_id.clone(),
        )
    };
    Ok(Json(Page::cut(items, 50, place)))
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
    State(house): State<House>,
    caller: Caller,
    Keyed(key): Keyed,
    Path(text): Path<String>,
    Json(wanted): Json<Change>,
) -> Reply<Json<Changed>> {
    let plan = id(&text, "handover_plan")?;
    let act = edit::Edit {
        plan,
        version: wanted.version,
        change: wanted.change,
    };
    let done = house
        .spine
        .perform(&act, &caller.by, Some(&key))
        .await?
        .done()?;
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
    State(house): State<House>,
    caller: Caller,
    Keyed(key): Keyed,
    Path(text): Path<String>,
    Json(seen): Json<Seen>,
) -> Reply<Written> {
    let act = submit::Submit {
        plan: id(&text, "handover_plan")?,
        version: seen.version,
    };
    let answer = house.spine.perform(&act, &caller.by, Some(&key)).await?;
    Ok(Written::changed(&answer, |()| text))
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
}

/// Accept or decline one's share.
#[utoipa::path(post, path = "/handover-plans/{id}/answer", tag = "handover", request_body = Said,
    params(("id" = String, Path)),
    responses((status = 200, body = Written), (status = 409, description = "refused")))]
async fn reply(
    State(house): State<House>,
    caller: Caller,
    Keyed(key): Keyed,
    Path(text): Path<String>,
    Json(said): Json<Said>,
) -> Reply<Written> {
    let verdict = if said.accept {
        Verdict::Accept
    } else {
        Verdict::Decline {
            reason: said.reason,
        }
    };
    let act = answer::Answer {
        plan: id(&text, "handover_plan")?,
        successor: employee_of(&caller)?,
        version: said.version,
        verdict,
    };
    let answer = house.spine.perform(&act, &caller.by, Some(&key)).await?;
    Ok(Written::changed(&answer, |()| text))
}

/// Approve; from now on the plan cannot change.
#[utoipa::path(post, path = "/handover-plans/{id}/approve", tag = "handover", request_body = Seen,
    params(("id" = String, Path)),
    responses((status = 200, body = Written), (status = 409, description = "refused")))]
async fn agree(
    State(house): State<House>,
    caller: Caller,
    Keyed(key): Keyed,
    Path(text): Path<String>,
    Json(seen): Json<Seen>,
) -> Reply<Written> {
    let plan = id(&text, "handover_plan")?;
    let by = employee_of(&caller)?;
    let act = approve::Approve {
        plan,
        version: seen.version,
        by,
    };
    let answer = house.spine.perform(&act, &caller.by, Some(&key)).await?;
    Ok(Written::changed(&answer, |()| text))
}

/// What an execution did, or would do.
#[derive(Serialize, ToSchema)]
struct ExecutedView {
    customers: u32,
    things: u32,
    #[schema(value_type = Money)]
    receivable_open: Fen,
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
            gone,
            pending,
        } = done;
        ExecutedView {
            pending: pending.into_iter().map(MoveView::from).collect(),
            customers,
            things,
            receivable_open,
            gone,
            entry,
        }
    }
}

/// Execute an approved plan whose day has come.
#[utoipa::path(post, path = "/handover-plans/{id}/execute", tag = "handover",
    params(("id" = String, Path)),
    responses((status = 200, body = ExecutedView), (status = 409, description = "refused")))]
async fn carry_out(
    State(house): State<House>,
    caller: Caller,
    Keyed(key): Keyed,
    Path(text): Path<String>,
) -> Reply<Json<ExecutedView>> {
    let plan = id(&text, "handover_plan")?;
    let act = execute::Execute {
        plan,
        by: caller.by.id(),
    };
    let done = house
        .spine
        .perform(&act, &caller.by, Some(&key))
        .await?
        .done()?;
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
    State(house): State<House>,
    caller: Caller,
    Keyed(key): Keyed,
    Path(text): Path<String>,
    Json(day): Json<FromDay>,
) -> Reply<Written> {
    let plan: PlanId = id(&text, "handover_plan")?;
    let head = {
        let mut look = house.spine.look(&caller.by).await?;
        store::find(&mut look.books(), plan).await?
    };
    let head = head.ok_or_else(|| Denied::absent("handover_plan"))?;
    let act = draw_up::DrawUp {
        from: head.from,
        departure: head.departure,
        effective_on: day.effective_on,
        remainder_of: Some(plan),
        fill: true,
        by: caller.by.id(),
    };
    let answer = house.spine.perform(&act, &caller.by, Some(&key)).await?;
    Ok(Written::made(&answer, |drawn| drawn.id.to_string()))
}

/// Draw up a new plan that gives back what this one moved.
#[utoipa::path(post, path = "/handover-plans/{id}/reverse", tag = "handover",
    request_body = FromDay, params(("id" = String, Path)),
    responses((status = 201, body = Written), (status = 409, description = "refused")))]
async fn back(
    State(house): State<House>,
    caller: Caller,
    Keyed(key): Keyed,
    Path(text): Path<String>,
    Json(day): Json<FromDay>,
) -> Reply<Written> {
    let plan = id(&text, "handover_plan")?;
    let effective_on = day.effective_on;
    let act = reverse::Reverse {
        plan,
        effective_on,
        by: caller.by.id(),
    };
    let answer = house.spine.perform(&act, &caller.by, Some(&key)).await?;
    Ok(Written::made(&answer, |drawn| drawn.id.to_string()))
}

/// Why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Why {
    #[schema(min_length = 2, max_length = 200)]
    reason: String,
}

/// Give up a plan that was not executed.
#[utoipa::path(post, path = "/handover-plans/{id}/cancel", tag = "handover", request_body = Why,
    params(("id" = String, Path)),
    responses((status = 200, body = Written), (status = 409, description = "refused")))]
async fn give_up(
    State(house): State<House>,
    caller: Caller,
    Keyed(key): Keyed,
    Path(text): Path<String>,
    Json(why): Json<Why>,
) -> Reply<Written> {
    let act = cancel::Cancel {
        plan: id(&text, "handover_plan")?,
        reason: why.reason,
    };
    let answer = house.spine.perform(&act, &caller.by, Some(&key)).await?;
    Ok(Written::changed(&answer, |()| text))
}
