//! Routes of imports 导入接口.

use axum::Json;
use axum::extract::{DefaultBodyLimit, Multipart, Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use kernel::ImportId;
use serde::{Deserialize, Serialize};
use spine::{Denied, Fault};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::acts::{commit, discard, undo};
use super::first_look::{DraftView, PreviewView, drafted, preview};
use super::shipped::Template;
use super::steps::Phase;
use super::view::{ImportItem, ImportView, RowView};
use super::{
    Progress, Shipped, Steps, download, read, report, shipped, store, upload, whole_report,
};
use crate::house::House;
use crate::http::{Caller, Cursor, Keyed, Page, Reply, Writing, Written};
use crate::permissions::IMPORT_RUN;

/// Routes of this slice.
pub(crate) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(upload_files, list))
        .routes(routes!(preview_files))
        .routes(routes!(draft_mapping))
        .layer(DefaultBodyLimit::max(upload::REQUEST_BYTES))
        .routes(routes!(progress))
        .routes(routes!(refused))
        .routes(routes!(one))
        .routes(routes!(rows))
        .routes(routes!(commit_batch))
        .routes(routes!(undo_batch))
        .routes(routes!(discard_batch))
        .routes(routes!(mappings))
}

/// Files and how to read them.
#[derive(ToSchema)]
#[expect(
    dead_code,
    reason = "describes the multipart body; the parts are read one by one"
)]
struct Files {
    /// Key of a shipped mapping; or `mapping_text`.
    mapping: Option<String>,
    /// A mapping, TOML.
    mapping_text: Option<String>,
    /// `auto`, `utf-8` or `gb18030`; overrides the mapping for text files.
    encoding: Option<String>,
    /// The files, 256 MB together.
    #[schema(value_type = Vec<String>, format = Binary)]
    file: Vec<Vec<u8>>,
}

/// The right comes first: reading 256 MB for a stranger would be a gift to him.
async fn may(house: &House, caller: &Caller, act: &'static str) -> Reply<()> {
    let mut look = house.spine.look(&caller.by).await?;
    let need = access::Need::on_everything(IMPORT_RUN);
    Ok(look.allow(act, &need).await?)
}

/// Read files and keep what was read, to be looked at.
#[utoipa::path(post, path = "/imports", tag = "import", params(UploadQuery),
    request_body(content = Files, content_type = "multipart/form-data"),
    responses((status = 201, body = Written), (status = 422, description = "refused"),
        (status = 409, description = "another upload is being read")))]
async fn upload_files(
    State(house): State<House>,
    caller: Caller,
    Keyed(key): Keyed,
    Query(query): Query<UploadQuery>,
    parts: Multipart,
) -> Reply<Written> {
    may(&house, &caller, "import.stage").await?;
    let _turn = house.imports.turn()?;
    let upload = upload::take(parts).await?.mapped()?;
    let steps = Steps::default();
    let name = reading(&caller, query.progress.as_deref());
    let _entered = house.imports.enter(&name, Phase::Reading, &steps);
    let act = read(&house, &caller.by, upload, steps).await?;
    let answer = house.spine.perform(&act, &caller.by, Some(&key)).await?;
    Ok(Written::made(&answer, ToString::to_string))
}

#[derive(Deserialize, IntoParams)]
struct UploadQuery {
    /// A name of the caller's choice by which `GET /import-progress/{of}` tells how far it is.
    progress: Option<String>,
}

fn reading(caller: &Caller, name: Option<&str>) -> String {
    let name: String = name.unwrap_or_default().chars().take(64).collect();
    format!("{} {name}", caller.by.id())
}

/// The first rows of files as a mapping would read them; nothing is kept.
#[utoipa::path(post, path = "/import-preview", tag = "import",
    request_body(content = Files, content_type = "multipart/form-data"),
    responses((status = 200, body = PreviewList), (status = 422, description = "refused")))]
async fn preview_files(
    State(house): State<House>,
    caller: Caller,
    parts: Multipart,
) -> Reply<Json<PreviewList>> {
    may(&house, &caller, "import.preview").await?;
    let _turn = house.imports.turn()?;
    let upload = upload::take(parts).await?.mapped()?;
    let work = move || preview(&upload);
    let shown = tokio::task::spawn_blocking(work).await;
    let items = shown.map_err(|error| Fault::new(format!("a preview: {error}")))??;
    Ok(Json(PreviewList { items }))
}

/// What files look like.
#[derive(Serialize, ToSchema)]
struct PreviewList {
    items: Vec<PreviewView>,
}

/// A mapping drawn up by the column names of files, which need no other then; nothing is kept.
#[utoipa::path(post, path = "/import-draft", tag = "import",
    request_body(content = Files, content_type = "multipart/form-data"),
    responses((status = 200, body = DraftView), (status = 422, description = "refused")))]
async fn draft_mapping(
    State(house): State<House>,
    caller: Caller,
    parts: Multipart,
) -> Reply<Json<DraftView>> {
    may(&house, &caller, "import.draft").await?;
    let _turn = house.imports.turn()?;
    let uploaded = upload::take(parts).await?;
    let work = move || drafted(&uploaded);
    let drawn = tokio::task::spawn_blocking(work).await;
    Ok(Json(drawn.map_err(|error| {
        Fault::new(format!("a draft: {error}"))
    })??))
}

/// How far an upload or the writing of a batch is; `of` is the batch's id or the name given with
/// the upload.
#[utoipa::path(get, path = "/import-progress/{of}", tag = "import",
    params(("of" = String, Path)), responses((status = 200, body = Progress)))]
async fn progress(
    State(house): State<House>,
    caller: Caller,
    Path(of): Path<String>,
) -> Reply<Json<Progress>> {
    may(&house, &caller, "import.progress").await?;
    let name = match of.parse::<ImportId>() {
        Ok(id) => id.to_string(),
        Err(_) => reading(&caller, Some(&of)),
    };
    Ok(Json(house.imports.progress(&name)))
}

#[derive(Deserialize, IntoParams)]
struct RefusedQuery {
    /// `csv` or `xlsx`.
    format: Option<String>,
    /// `zh` or `en`.
    lang: Option<String>,
}

/// The refused rows with file, row, column, value, reason and remedy, as a file.
#[utoipa::path(get, path = "/imports/{id}/refused", tag = "import",
    params(("id" = String, Path), RefusedQuery),
    responses((status = 200, content_type = "text/csv"), (status = 404, description = "absent")))]
async fn refused(
    State(house): State<House>,
    caller: Caller,
    Path(id): Path<String>,
    Query(query): Query<RefusedQuery>,
) -> Reply<impl IntoResponse> {
    let report = whole_report(&house, &caller.by, id_of(&id)?).await?;
    let zh = query.lang.as_deref() != Some("en");
    let (kind, ending, bytes) = if query.format.as_deref() == Some("xlsx") {
        let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        (kind, "xlsx", download::xlsx(&report, zh)?)
    } else {
        ("text/csv; charset=utf-8", "csv", download::csv(&report, zh))
    };
    let name = format!("attachment; filename=\"{id}-refused.{ending}\"");
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, bytes))
}

#[derive(Deserialize, IntoParams)]
struct ListQuery {
    /// Cursor of the next page.
    cursor: Option<String>,
}

/// Batches, newest first.
#[utoipa::path(get, path = "/imports", tag = "import", params(ListQuery),
    responses((status = 200, body = Page<ImportItem>)))]
async fn list(
    State(house): State<House>,
    caller: Caller,
    Query(query): Query<ListQuery>,
) -> Reply<Json<Page<ImportItem>>> {
    let mut look = house.spine.look(&caller.by).await?;
    look.allow("import.list", &access::Need::on_everything(IMPORT_RUN))
        .await?;
    let before: Option<ImportId> = Cursor::unpack(query.cursor.as_deref())?;
    let batches = store::batches(&mut look.books(), before, 51).await?;
    let items: Vec<ImportItem> = batches.iter().map(ImportItem::of).collect();
    Ok(Json(Page::cut(items, 50, |item| item.id)))
}

fn id_of(text: &str) -> Result<ImportId, Denied> {
    text.parse().map_err(|_| Denied::absent("import"))
}

/// The report of a batch.
#[utoipa::path(get, path = "/imports/{id}", tag = "import", params(("id" = String, Path)),
    responses((status = 200, body = ImportView), (status = 404, description = "absent")))]
async fn one(
    State(house): State<House>,
    caller: Caller,
    Path(id): Path<String>,
) -> Reply<Json<ImportView>> {
    Ok(Json(report(&house, &caller.by, id_of(&id)?).await?))
}

#[derive(Deserialize, IntoParams)]
struct RowQuery {
    /// `staged`, `created`, `updated`, `matched`, `same` or `refused`.
    action: Option<String>,
    /// Cursor of the next page.
    cursor: Option<String>,
}

/// The records of a batch.
#[utoipa::path(get, path = "/imports/{id}/rows", tag = "import",
    params(("id" = String, Path), RowQuery), responses((status = 200, body = Page<RowView>)))]
async fn rows(
    State(house): State<House>,
    caller: Caller,
    Path(id): Path<String>,
    Query(query): Query<RowQuery>,
) -> Reply<Json<Page<RowView>>> {
    let mut look = house.spine.look(&caller.by).await?;
    look.allow("import.rows", &access::Need::on_everything(IMPORT_RUN))
        .await?;
    let (id, mut books) = (id_of(&id)?, look.books());
    let batch = store::find_batch(&mut books, id)
        .await?
        .ok_or_else(|| Denied::absent("import"))?;
    let after: Option<i64> = Cursor::unpack(query.cursor.as_deref())?;
    let action = query.action.as_deref().filter(|action| !action.is_empty());
    let found = store::rows(&mut books, &batch, action, after.unwrap_or_default(), 101).await?;
    let items: Vec<RowView> = found.into_iter().map(RowView::of).collect();
    Ok(Json(Page::cut(items, 100, |item| item.n)))
}

/// Write a staged batch into the books.
#[utoipa::path(post, path = "/imports/{id}/commit", tag = "import",
    params(("id" = String, Path)),
    responses((status = 200, body = Written), (status = 409, description = "nothing is new")))]
async fn commit_batch(writing: Writing, Path(id): Path<String>) -> Reply<Written> {
    let batch = id_of(&id)?;
    let steps = Steps::default();
    let act = commit::Commit {
        batch,
        recorded_by: writing.caller.by.id(),
        must_change: true,
        steps: steps.clone(),
    };
    // A million rows outlast a request; the work goes on when nobody waits for it any more.
    let work = tokio::spawn(async move {
        let name = batch.to_string();
        let _entered = writing.house.imports.enter(&name, Phase::Writing, &steps);
        writing.change(&act, |()| name).await
    });
    work.await
        .map_err(|error| Fault::new(format!("an import: {error}")))?
}

/// Take a committed batch back.
#[utoipa::path(post, path = "/imports/{id}/undo", tag = "import",
    params(("id" = String, Path)),
    responses((status = 200, body = Written), (status = 409, description = "in use")))]
async fn undo_batch(writing: Writing, Path(id): Path<String>) -> Reply<Written> {
    let batch = id_of(&id)?;
    let act = undo::Undo {
        batch,
        recorded_by: writing.caller.by.id(),
    };
    let work = tokio::spawn(async move {
        let (name, steps) = (batch.to_string(), Steps::default());
        let _entered = writing.house.imports.enter(&name, Phase::Undoing, &steps);
        writing.change(&act, |()| name).await
    });
    work.await
        .map_err(|error| Fault::new(format!("an undo: {error}")))?
}

/// Put a staged batch aside.
#[utoipa::path(post, path = "/imports/{id}/discard", tag = "import",
    params(("id" = String, Path)), responses((status = 204)))]
async fn discard_batch(
    State(house): State<House>,
    caller: Caller,
    Keyed(key): Keyed,
    Path(id): Path<String>,
) -> Reply<StatusCode> {
    let act = discard::Discard { batch: id_of(&id)? };
    house.spine.perform(&act, &caller.by, Some(&key)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Shipped mappings, and tables that need none.
#[derive(Serialize, ToSchema)]
struct ShippedList {
    items: Vec<Shipped>,
    templates: Vec<Template>,
}

/// The mappings that come with the house, and tables to be filled in.
#[utoipa::path(get, path = "/import-mappings", tag = "import",
    responses((status = 200, body = ShippedList)))]
async fn mappings(State(house): State<House>, caller: Caller) -> Reply<Json<ShippedList>> {
    let mut look = house.spine.look(&caller.by).await?;
    look.allow("import.mappings", &access::Need::on_everything(IMPORT_RUN))
        .await?;
    Ok(Json(ShippedList {
        items: shipped::mappings(),
        templates: shipped::templates(),
    }))
}
