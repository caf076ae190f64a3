//! Routes of tasks, cases and flows 审批接口.

use std::collections::BTreeMap;
use std::sync::Arc;

use access::Need;
use axum::Json;
use axum::extract::{Path, Query, State};
use kernel::{CaseId, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Denied, Failure, Look, Reader};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::acts::command::Command;
use super::acts::reassign_all::{Extent, ReassignAll};
use super::body::{CommandBody, ReassignBody, rows};
use super::casefile::CaseFile;
use super::company::Company;
use super::process::MoveView;
use super::progress::Shown;
use super::share::Share;
use super::store;
use super::tasks::{self, Mine, Place, TaskLine};
use super::view::{CaseItem, CaseView, FlowItem, FlowView, TaskItem};
use crate::house::House;
use crate::http::{Caller, Cursor, Page, Problem, Reply, Writing};
use crate::{permissions, registry};

/// Routes of this slice.
pub(crate) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(task_list))
        .routes(routes!(case_list))
        .routes(routes!(reassign))
        .routes(routes!(case))
        .routes(routes!(command))
        .routes(routes!(flow_list))
        .routes(routes!(flow))
}

#[derive(Deserialize, IntoParams)]
struct TaskQuery {
    /// `open` (default) or `done`.
    state: Option<String>,
    /// 1..=200, 50 when absent.
    limit: Option<usize>,
    cursor: Option<String>,
}

/// My tasks: my own, those in my roles' pools, and those of people for whom I stand in today; open
/// ones by due time, done ones the latest first.
#[utoipa::path(get, path = "/tasks", tag = "approval", params(TaskQuery),
    responses((status = 200, body = Page<TaskItem>)))]
async fn task_list(
    State(house): State<House>,
    caller: Caller,
    Query(query): Query<TaskQuery>,
) -> Reply<Json<Page<TaskItem>>> {
    let mut look = house.spine.look(&caller.by).await?;
    look.allow("approval.tasks", &Need::at_all(permissions::APPROVAL_ACT))
        .await?;
    let me = caller
        .by
        .employee()
        .ok_or_else(|| Denied::absent("employee"))?;
    let after: Option<Place> = Cursor::unpack(query.cursor.as_deref())?;
    let limit = query.limit.unwrap_or(50).clamp(1, 200);
    let most = i64::try_from(limit).unwrap_or(200) + 1;
    let mut books = look.books();
    let company = Arc::new(Company::read(&mut books).await?);
    let done = query.state.as_deref() == Some("done");
    let lines = if done {
        tasks::done(&mut books, me, after, most).await?
    } else {
        let mine = Mine {
            people: company.acted_for_by(me),
            pools: company.pools_of(me),
        };
        tasks::open(&mut books, &mine, after, most).await?
    };
    let place = if done {
        tasks::done_place
    } else {
        tasks::open_place
    };
    let page = Page::cut(lines, limit, place);
    let files = files_of(&mut books, &page.items, &company, done).await?;
    let now = (me, books.at());
    // In the pools of his office lie the steps of what is kept from him too.
    let shown = |line: &TaskLine| {
        let file = files.get(&line.case);
        file.is_none_or(|file| file.kept_from != Some(me))
    };
    let item = |line: TaskLine| {
        let file = files.get(&line.case);
        TaskItem::of(line, file, &company, now)
    };
    let items = page.items.into_iter().filter(shown).map(item);
    let items = items.filter(TaskItem::asks_the_caller).collect();
    Ok(Json(Page {
        items,
        next_cursor: page.next_cursor,
    }))
}

/// The cases of open lines, for their buttons; what is done has none.
async fn files_of(
    books: &mut Reader<'_>,
    lines: &[TaskLine],
    company: &Arc<Company>,
    done: bool,
) -> Result<BTreeMap<CaseId, CaseFile>, Failure> {
    let mut files = BTreeMap::new();
    for line in lines.iter().filter(|_| !done) {
        if !files.contains_key(&line.case)
            && let Some(case) = store::find_case(books, line.case).await?
        {
            files.insert(line.case, CaseFile::within(books, case, company).await?);
        }
    }
    Ok(files)
}

#[derive(Deserialize, IntoParams)]
struct CaseQuery {
    /// What the cases are about: `departure/dep_…`.
    subject: String,
}

/// The cases about a thing that the caller may read, newest first, at most a hundred.
#[utoipa::path(get, path = "/cases", tag = "approval", params(CaseQuery),
    responses((status = 200, body = Vec<CaseItem>)))]
async fn case_list(
    State(house): State<House>,
    caller: Caller,
    Query(query): Query<CaseQuery>,
) -> Reply<Json<Vec<CaseItem>>> {
    let mut look = house.spine.look(&caller.by).await?;
    look.allow("approval.cases", &Need::at_all(permissions::APPROVAL_READ))
        .await?;
    let mut files = Vec::new();
    {
        let mut books = look.books();
        let company = Arc::new(Company::read(&mut books).await?);
        for id in store::cases_about(&mut books, &query.subject).await? {
            if let Some(case) = store::find_case(&mut books, id).await? {
                files.push(CaseFile::within(&mut books, case, &company).await?);
            }
        }
    }
    let may = |file: &&CaseFile| look.may(&Need::on(permissions::APPROVAL_READ, file.target()));
    Ok(Json(files.iter().filter(may).map(CaseItem::of).collect()))
}

async fn readable(look: &mut Look<'_>, text: &str) -> Reply<CaseFile> {
    let id: CaseId = text.parse().map_err(|_| Denied::absent("case"))?;
    let file = CaseFile::read(&mut look.books(), id).await?;
    look.allow(
        "approval.read",
        &Need::on(permissions::APPROVAL_READ, file.target()),
    )
    .await?;
    Ok(file)
}

/// A case: its steps, its history in words, and what the caller can do.
#[utoipa::path(get, path = "/cases/{id}", tag = "approval", params(("id" = String, Path)),
    responses((status = 200, body = CaseView), (status = 404, description = "absent")))]
async fn case(
    State(house): State<House>,
    caller: Caller,
    Path(text): Path<String>,
) -> Reply<Json<CaseView>> {
    let mut look = house.spine.look(&caller.by).await?;
    let file = readable(&mut look, &text).await?;
    let me = caller.by.employee();
    let share = Share::of(&mut look, &file, me).await?;
    let events = store::events(&mut look.books(), file.case.id).await?;
    Ok(Json(CaseView::of(&file, &events, (me, share))))
}

/// Where the case stands after a command.
#[derive(Serialize, ToSchema)]
struct Commanded {
    #[schema(value_type = String)]
    case_id: CaseId,
    /// `running`, `completed`, …
    state: String,
    state_zh: &'static str,
    state_en: &'static str,
    /// Index of the entry in the evidence log.
    entry: Option<u64>,
}

/// What was on the screen, worked out again by the slice of the subject; nothing where it shows
/// nothing.
async fn shown(
    writing: &Writing,
    case: CaseId,
    digest: Option<&str>,
) -> Result<Option<Shown>, Problem> {
    let Some(digest) = digest else {
        return Ok(None);
    };
    let subject = {
        let mut look = writing.house.spine.look(&writing.caller.by).await?;
        readable(&mut look, &case.to_string()).await?.case.subject
    };
    let (kind, id) = subject.split_once('/').unwrap_or_default();
    match registry::shown(kind) {
        Some(show) => show(writing, id, digest).await,
        None => Ok(None),
    }
}

/// Act on a case: approve, refuse, complete, hand on, claim, …
#[utoipa::path(post, path = "/cases/{id}/commands", tag = "approval",
    params(("id" = String, Path)), request_body = CommandBody,
    responses((status = 200, body = Commanded), (status = 409, description = "it has moved on"),
        (status = 422, description = "refused")))]
async fn command(
    writing: Writing,
    Path(text): Path<String>,
    Json(body): Json<CommandBody>,
) -> Reply<Json<Commanded>> {
    let me = writing
        .caller
        .by
        .employee()
        .ok_or_else(|| Denied::absent("employee"))?;
    let case = text.parse().map_err(|_| Denied::absent("case"))?;
    let act = Command {
        case,
        by: Some(me),
        shown: shown(&writing, case, body.shown()).await?,
        action: body.action()?,
    };
    let done = writing.done(&act).await?;
    let state = done.outcome.state;
    Ok(Json(Commanded {
        case_id: case,
        state: tasks::word(&state),
        state_zh: state.label_zh(),
        state_en: state.label_en(),
        entry: done.entry,
    }))
}

/// What moved, or would move.
#[derive(Serialize, ToSchema)]
struct ReassignView {
    moves: Vec<MoveView>,
    /// Index of the entry in the evidence log; absent for a dry run.
    entry: Option<u64>,
}

/// Most rows of one plan.
const ROWS: usize = 2_000;

/// Hand on every task of a person; with `dry_run`, only show where each would go.
#[utoipa::path(post, path = "/cases/reassign", tag = "approval", request_body = ReassignBody,
    responses((status = 200, body = ReassignView),
        (status = 409, description = "the plan is stale"),
        (status = 422, description = "refused")))]
async fn reassign(writing: Writing, Json(body): Json<ReassignBody>) -> Reply<Json<ReassignView>> {
    if body.rows.len() > ROWS {
        let zh = format!("一次最多指定 {ROWS} 项待办");
        let refusal =
            Refusal::invalid("request.length", zh.clone(), format!("at most {ROWS} rows"));
        return Err(refusal.at("/rows", zh).into());
    }
    let act = ReassignAll {
        from: body.from,
        rows: rows(body.rows)?,
        initiated: Vec::new(),
        reason: body.reason,
        extent: Extent::Strictly,
        by: writing.caller.by.employee(),
    };
    let (decided, entry) = if body.dry_run {
        let decided = writing
            .house
            .spine
            .dry_run(&act, &writing.caller.by)
            .await?;
        (decided, None)
    } else {
        let done = writing.done(&act).await?;
        (done.outcome, done.entry)
    };
    let moves = decided.moves.into_iter().map(MoveView::from).collect();
    Ok(Json(ReassignView { moves, entry }))
}

/// Every published version of every flow.
#[utoipa::path(get, path = "/flows", tag = "approval",
    responses((status = 200, body = Vec<FlowItem>)))]
async fn flow_list(State(house): State<House>, caller: Caller) -> Reply<Json<Vec<FlowItem>>> {
    let mut look = house.spine.look(&caller.by).await?;
    look.allow("approval.flows", &Need::at_all(permissions::APPROVAL_READ))
        .await?;
    let flows = store::flows(&mut look.books()).await?;
    Ok(Json(FlowItem::all(&flows)))
}

/// The version of a flow that new cases follow.
#[utoipa::path(get, path = "/flows/{key}", tag = "approval", params(("key" = String, Path)),
    responses((status = 200, body = FlowView), (status = 404, description = "absent")))]
async fn flow(
    State(house): State<House>,
    caller: Caller,
    Path(key): Path<String>,
) -> Reply<Json<FlowView>> {
    let mut look = house.spine.look(&caller.by).await?;
    look.allow("approval.flows", &Need::at_all(permissions::APPROVAL_READ))
        .await?;
    let versions = store::versions(&mut look.books(), &key).await?;
    let view = FlowView::of(&versions)?;
    Ok(Json(view.ok_or_else(|| Denied::absent("flow"))?))
}
