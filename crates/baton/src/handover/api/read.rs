//! Plans as people see them 交接方案查询接口.

use ::handover::conflict::{Conflict, ConflictFacts, ConflictKind, Receiver, Severity, conflicts};
use ::handover::holding::HoldingKind;
use ::handover::preview::Preview;
use access::{Need, Target};
use axum::Json;
use axum::extract::{Path, Query, State};
use kernel::{CustomerId, EmployeeId, Moment, PlanId, Refusal};
use serde::Deserialize;
use spine::{Act as _, Failure, Fault, Look, Reader};
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::employee_of;
use crate::customer::{reading, store as customers};
use crate::handover::acts::execute::{Execute, NOTHING_MOVES, run_of};
use crate::handover::acts::reverse::Reverse;
use crate::handover::labels;
use crate::handover::loaded::{Loaded, hangs_of, hangs_on, loaded, preview_of};
use crate::handover::staying::once_approved;
use crate::handover::store::{self, ItemFilter, ListFilter, PlanHead, PlanState};
use crate::handover::terms::{AgreedView, members};
use crate::handover::view::{
    AcceptanceView, ConflictView, ItemView, PlanItem, PlanLink, PlanView, PreviewView, people_of,
    people_of_line,
};
use crate::house::House;
use crate::http::{Caller, Cursor, Page, Problem, Reply};
use crate::people::PersonName;
use crate::people::api::id;
use crate::people::store as people;
use crate::{permissions, scope, word};

/// Routes of this part.
pub(super) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(one))
        .routes(routes!(items))
}

#[derive(Deserialize, IntoParams)]
struct PlanQuery {
    /// Id of a departure.
    departure: Option<String>,
    /// `draft`, `submitted`, `approved`, `executed`, `cancelled`
    state: Option<String>,
    /// `1`: only plans that give something to the caller.
    mine: Option<u8>,
    /// `1`: only plans that give something to the caller and wait for his answer.
    waiting: Option<u8>,
    /// `1`: only plans that the caller drew up.
    drawn: Option<u8>,
    /// `1`: only plans that did not come about: approved ones whose day has come, and the last one
    /// that was called off of an open departure that has no other.
    missed: Option<u8>,
    /// `1`: only plans that the caller may draw up, with the receivers who have begun to leave
    /// since they were asked.
    leaving: Option<u8>,
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
    let wanted = |flag: Option<u8>| flag == Some(1);
    let leaving = wanted(query.leaving);
    let permission = match leaving {
        true => permissions::HANDOVER_PLAN,
        false => permissions::HANDOVER_READ,
    };
    look.allow("handover.list", &Need::at_all(permission))
        .await?;
    let reach = scope::reach(&house.spine, &caller.by, permission);
    let unanswered = wanted(query.waiting);
    let mine = unanswered || wanted(query.mine);
    let filter = ListFilter {
        departure: query
            .departure
            .as_deref()
            .map(|text| id(text, "departure"))
            .transpose()?,
        state: query.state.map(state_of).transpose()?,
        reader: caller.by.employee(),
        mine: if mine {
            Some(employee_of(&caller)?)
        } else {
            None
        },
        unanswered,
        drawn_by: wanted(query.drawn).then(|| caller.by.id()),
        missed: wanted(query.missed),
        leaving,
        before: Cursor::unpack::<(Moment, PlanId)>(query.cursor.as_deref())?,
    };
    let mut books = look.books();
    let lines = store::list(&mut books, &reach, &filter, 51).await?;
    let mut items: Vec<PlanItem> = lines.into_iter().map(PlanItem::from).collect();
    if leaving {
        let ids: Vec<PlanId> = items.iter().map(|item| item.id).collect();
        for (plan, person) in store::leavers(&mut books, &ids).await? {
            if let Some(item) = items.iter_mut().find(|item| item.id == plan) {
                item.leaving.push(PersonName::of(person));
            }
        }
    }
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

/// Whether it may still be executed.
fn is_open(loaded: &Loaded) -> bool {
    !matches!(
        loaded.head.state,
        PlanState::Executed | PlanState::Cancelled
    )
}

/// Reads a plan for a caller: all of it or, for a receiver, his share only.
pub(super) async fn for_caller(
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
    let mut may = steps_open_to(&look, &loaded, &caller);
    let undone_by = undone_by(&mut look, &loaded, only.is_none()).await?;
    // Who of his receivers leaves too is nothing for whoever hands over, unless he plans it.
    let tells_of_others = caller.by.employee() != Some(loaded.head.from)
        || look.may(&Need::on(permissions::HANDOVER_PLAN, loaded.target()));
    let mut books = look.books();
    if may.contains(&"reverse") && !undone_by.is_empty() && !is_left(&mut books, &loaded).await? {
        may.retain(|step| *step != "reverse");
    }
    let open = is_open(&loaded);
    let mut facts = if open {
        loaded.conflict_facts(&mut books).await?
    } else {
        ConflictFacts::default()
    };
    facts.approver = caller.by.employee().filter(|_| may.contains(&"approve"));
    let preview = moves_of(&mut books, &loaded, &facts.receivers).await?;
    let answers = store::answers(&mut books, loaded.head.id).await?;
    let mut named = people_of(&loaded.head, &loaded.plan);
    named.extend(facts.owners.iter().filter_map(|truth| truth.timeline));
    let names = people::names_of(&mut books, named).await?;
    let mut found = if open && only.is_none() && tells_of_others {
        conflicts(&loaded.plan, &facts)
    } else {
        Vec::new()
    };
    if loaded.head.state == PlanState::Approved && only.is_none() {
        found = once_approved(found);
        found.extend(against_its_day(&mut books, &loaded).await?);
    }
    let mut acceptances = AcceptanceView::all(&loaded.plan, &answers, &names);
    if let Some(only) = only {
        acceptances.retain(|one| one.is_of(only));
    }
    let terms = terms_for(&mut books, &loaded, only).await?;
    let reversed = match loaded.head.reverses {
        Some(id) => store::find(&mut books, id).await?,
        None => None,
    };
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
        reverses_number: reversed.map(|one| one.number),
        undone_by: undone_by.into_iter().map(PlanLink::from).collect(),
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
        terms,
        whole: only.is_none(),
        may,
    }))
}

/// What moves now or, of an executed plan, what moved.
async fn moves_of(
    books: &mut Reader<'_>,
    loaded: &Loaded,
    receivers: &[Receiver],
) -> Result<Preview, Fault> {
    if let Some(moved) = &loaded.head.moved {
        return Ok(serde_json::from_str(moved)?);
    }
    let hangs = hangs_of(books, &loaded.holders(), &loaded.kept).await?;
    Ok(preview_of(&loaded.plan, &hangs, receivers))
}

/// The plans that undo this one, as far as whoever sees the whole of it may read them.
async fn undone_by(
    look: &mut Look<'_>,
    loaded: &Loaded,
    whole: bool,
) -> Result<Vec<PlanHead>, Problem> {
    if !whole {
        return Ok(Vec::new());
    }
    // As `Loaded::reading_target` has it for a draft.
    let target = Target {
        owner: None,
        ..loaded.target()
    };
    let drafts = look.may(&Need::on(permissions::HANDOVER_READ, target));
    let mut found = store::undoing(&mut look.books(), loaded.head.id).await?;
    found.retain(|plan| drafts || !plan.private);
    Ok(found)
}

/// Whether another reversal would be drawn up.
async fn is_left(books: &mut Reader<'_>, loaded: &Loaded) -> Result<bool, Failure> {
    let act = Reverse {
        plan: loaded.head.id,
        effective_on: None,
        by: String::new(),
    };
    let facts = act.load(books).await?;
    Ok(act.decide(&facts, loaded.at).is_ok())
}

/// What stands against the execution of an approved plan by the books of this moment.
async fn against_its_day(
    books: &mut Reader<'_>,
    loaded: &Loaded,
) -> Result<Option<Conflict>, Failure> {
    let (_, run) = run_of(books, loaded, true).await?;
    if !run.moves.is_empty() || run.done.is_empty() || !run.stale.is_empty() {
        return Ok(run.stale(&loaded.plan));
    }
    let act = Execute {
        plan: loaded.head.id,
        by: String::new(),
    };
    let facts = match act.load(books).await {
        // It would be refused for another reason, which the attempt itself tells.
        Err(Failure::Refused(_)) => return Ok(None),
        found => found?,
    };
    let refused = act.decide(&facts, loaded.at).err();
    let nothing = refused.filter(|refusal| refusal.code == NOTHING_MOVES);
    Ok(nothing.map(|refusal| Conflict {
        kind: ConflictKind::NothingMoves,
        severity: Severity::Blocks,
        employee: None,
        items: run.done,
        zh: refusal.message,
        en: refusal.message_en,
        remedy: refusal.remedy,
        remedy_en: refusal.remedy_en,
    }))
}

/// The terms of the plan; a receiver sees those of the customers he gets.
async fn terms_for(
    books: &mut Reader<'_>,
    loaded: &Loaded,
    only: Option<EmployeeId>,
) -> Result<Vec<AgreedView>, Problem> {
    let mut agreed = store::terms_of(books, loaded.head.id).await?;
    if let Some(only) = only {
        let own: Vec<CustomerId> = loaded
            .plan
            .assigned()
            .filter(|(_, to)| *to == only)
            .filter_map(|(item, _)| item.holding.customer)
            .collect();
        agreed.retain(|one| one.customer.is_none_or(|customer| own.contains(&customer)));
    }
    let named = agreed.iter().filter_map(|one| one.customer).collect();
    let names = customers::names_of(books, named).await?;
    let team = people::names_of(books, members(&agreed)).await?;
    let view = |one: store::AgreedTerms| {
        let customer = one.customer.map(|id| id.to_string());
        let name = customer.and_then(|id| names.get(&id).cloned());
        AgreedView::of(one, name, &team)
    };
    Ok(agreed.into_iter().map(view).collect())
}

/// What the caller may do with the plan as it stands; each act decides again for itself.
fn steps_open_to(look: &Look<'_>, loaded: &Loaded, caller: &Caller) -> Vec<&'static str> {
    let plans = look.may(&Need::on(permissions::HANDOVER_PLAN, loaded.target()));
    let approves = look.may(&Need::on(permissions::HANDOVER_APPROVE, loaded.target()));
    let me = caller.by.employee();
    let receives = me.is_some_and(|me| loaded.plan.successors().contains(&me));
    let own = Target {
        owner: me.filter(|_| receives),
        ..Target::default()
    };
    let accepts = look.may(&Need::on(permissions::HANDOVER_ACCEPT, own.clone()));
    let declines = receives && look.may(&Need::on(permissions::HANDOVER_READ, own));
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
        ("withdraw", plans && state == PlanState::Submitted),
        (
            "answer",
            receives && accepts && state == PlanState::Submitted,
        ),
        ("decline", declines && state == PlanState::Submitted),
        (
            "approve",
            approves && !giver && state == PlanState::Submitted,
        ),
        ("execute", plans && due && state == PlanState::Approved),
        ("cancel", plans && open),
        (
            "remainder",
            plans && state == PlanState::Executed && !loaded.head.listed,
        ),
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
        thing: None,
        successor: only.or(wanted),
        unassigned: unassigned && only.is_none(),
        kind: query
            .kind
            .map(word::read::<HoldingKind>)
            .transpose()
            .map_err(|_| {
                Refusal::invalid("request.unknown_word", "事项类型不存在", "unknown kind").at(
                    "/kind",
                    ("事项类型不存在", "There is no such kind of thing"),
                )
            })?,
        region: query.region,
        q: query.q.chars().take(100).collect(),
        after: Cursor::unpack(query.cursor.as_deref())?,
    };
    let mut books = look.books();
    let mut lines = store::item_lines(&mut books, loaded.head.id, &filter, 51).await?;
    if is_open(&loaded) {
        // As the sums of the plan tell it: what hangs on a customer goes on while it is planned.
        let hangs = hangs_of(&mut books, &loaded.holders(), &loaded.kept).await?;
        for line in &mut lines {
            line.hangs = hangs_on(&line.holding, &hangs).cloned().unwrap_or_default();
        }
    }
    let named = lines.iter().flat_map(people_of_line).collect::<Vec<_>>();
    let names = people::names_of(&mut books, named).await?;
    let english = labels::in_english(&mut books, &lines).await?;
    let items = lines
        .into_iter()
        .map(|line| ItemView::of(line, &names, &english))
        .collect();
    let place = |item: &ItemView| {
        (
            word::of(&item.kind).unwrap_or_default(),
            item.thing_id.clone(),
        )
    };
    let page = Page::cut(items, 50, place);
    let owned = page.items.iter();
    let owned = owned.filter(|item| item.kind == HoldingKind::CustomerOwnership);
    let shown: Vec<CustomerId> = owned.flat_map(|item| item.thing_id.parse()).collect();
    reading::charge(&house, &caller, &mut look, shown).await?;
    Ok(Json(page))
}
