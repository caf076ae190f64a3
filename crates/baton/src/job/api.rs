//! Routes of jobs 后台任务接口.

use access::Need;
use axum::Json;
use axum::extract::{Path, Query, State};
use kernel::{JobId, Refusal};
use serde::Deserialize;
use spine::{Denied, JobState, WantedJobs};
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::acts::{give_up::GiveUp, retry::Retry};
use super::view::{JobItem, JobKindItem};
use crate::house::House;
use crate::http::{Caller, Cursor, Page, Reply, Writing, Written};
use crate::permissions;

/// Routes of this slice.
pub(crate) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(kinds))
        .routes(routes!(retry))
        .routes(routes!(give_up))
}

#[derive(Deserialize, IntoParams)]
struct ListQuery {
    /// `failed`, `retrying`, `running`, `due`, `waiting`, `done`, `dropped`.
    state: Option<String>,
    /// `noun.verb`.
    kind: Option<String>,
    cursor: Option<String>,
}

fn state(word: Option<&str>) -> Result<Option<JobState>, Refusal> {
    let Some(word) = word.filter(|word| !word.is_empty()) else {
        return Ok(None);
    };
    let known = JobState::ALL.into_iter().find(|state| state.word() == word);
    known.map(Some).ok_or_else(|| {
        Refusal::invalid(
            "request.unknown_word",
            "没有这种状态",
            "There is no such state",
        )
        .remedy(("请从列表中选择", "Choose from the list"))
        .at("/state", ("没有这种状态", "There is no such state"))
    })
}

/// Jobs, newest first.
#[utoipa::path(get, path = "/jobs", tag = "job", params(ListQuery),
    responses((status = 200, body = Page<JobItem>)))]
async fn list(
    State(house): State<House>,
    caller: Caller,
    Query(query): Query<ListQuery>,
) -> Reply<Json<Page<JobItem>>> {
    const LIMIT: usize = 50;
    let mut look = house.spine.look(&caller.by).await?;
    let need = Need::on_everything(permissions::SYSTEM_MANAGE);
    look.allow("job.list", &need).await?;
    let wanted = WantedJobs {
        state: state(query.state.as_deref())?,
        kind: query.kind.as_deref().filter(|kind| !kind.is_empty()),
        before: Cursor::unpack::<JobId>(query.cursor.as_deref())?,
        limit: 51,
    };
    let jobs = look.books().jobs(&wanted).await?;
    let now = house.spine.now();
    let items = jobs.iter().map(|job| JobItem::of(job, now)).collect();
    Ok(Json(Page::cut(items, LIMIT, |item: &JobItem| {
        item.id.clone()
    })))
}

/// How the jobs stand, by kind.
#[utoipa::path(get, path = "/job-kinds", tag = "job",
    responses((status = 200, body = Vec<JobKindItem>)))]
async fn kinds(State(house): State<House>, caller: Caller) -> Reply<Json<Vec<JobKindItem>>> {
    let mut look = house.spine.look(&caller.by).await?;
    let need = Need::on_everything(permissions::SYSTEM_MANAGE);
    look.allow("job.kinds", &need).await?;
    let counts = look.books().job_counts().await?;
    Ok(Json(JobKindItem::all(&counts)))
}

fn parsed(id: &str) -> Result<JobId, Denied> {
    id.parse().map_err(|_| Denied::absent("job"))
}

/// Let a job begin anew at once.
#[utoipa::path(post, path = "/jobs/{id}/retry", tag = "job", params(("id" = String, Path)),
    responses((status = 200, body = Written), (status = 409, description = "refused")))]
async fn retry(writing: Writing, Path(id): Path<String>) -> Reply<Written> {
    let act = Retry { job: parsed(&id)? };
    writing.change(&act, |()| id).await
}

/// End a job without doing it.
#[utoipa::path(post, path = "/jobs/{id}/give-up", tag = "job", params(("id" = String, Path)),
    responses((status = 200, body = Written), (status = 409, description = "refused")))]
async fn give_up(writing: Writing, Path(id): Path<String>) -> Reply<Written> {
    let act = GiveUp { job: parsed(&id)? };
    writing.change(&act, |()| id).await
}
