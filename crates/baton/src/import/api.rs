//! Routes of imports 导入接口.

use axum::Json;
use axum::extract::{Multipart, Path, Query, State};
use axum::http::StatusCode;
use kernel::{ImportId, Refusal};
use serde::{Deserialize, Serialize};
use spine::Denied;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::acts::{commit, discard, undo};
use super::view::{ImportItem, ImportView, RowView};
use super::{Shipped, read, report, shipped, store};
use crate::house::House;
use crate::http::{Caller, Cursor, Keyed, Page, Reply, Writing, Written};
use crate::permissions::IMPORT_RUN;

/// Routes of this slice.
pub(crate) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(upload, list))
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
struct Upload {
    /// Key of a shipped mapping; or `mapping_text`.
    mapping: Option<String>,
    /// A mapping, TOML.
    mapping_text: Option<String>,
    /// The files, 64 MB together.
    #[schema(value_type = Vec<String>, format = Binary)]
    file: Vec<Vec<u8>>,
}

fn broken(error: &axum::extract::multipart::MultipartError) -> Refusal {
    Refusal::invalid(
        "import.upload",
        format!("上传的内容无法读取：{}", error.status()),
        format!("the upload cannot be read: {}", error.body_text()),
    )
    .remedy("请检查文件大小（合计不超过 64 MB）后重试")
}

/// Read files and keep what was read, to be looked at.
#[utoipa::path(post, path = "/imports", tag = "import",
    request_body(content = Upload, content_type = "multipart/form-data"),
    responses((status = 201, body = Written), (status = 422, description = "refused")))]
async fn upload(
    State(house): State<House>,
    caller: Caller,
    Keyed(key): Keyed,
    mut parts: Multipart,
) -> Reply<Written> {
    // The right comes first: reading 64 MB for a stranger would be a gift to him.
    let mut look = house.spine.look(&caller.by).await?;
    look.allow("import.stage", &access::Need::on_everything(IMPORT_RUN))
        .await?;
    drop(look);
    let (mut mapping, mut files) = (None, Vec::new());
    while let Some(part) = parts.next_field().await.map_err(|error| broken(&error))? {
        let (part_name, file_name) = (
            part.name().unwrap_or_default().to_owned(),
            part.file_name().map(str::to_owned),
        );
        let bytes = part.bytes().await.map_err(|error| broken(&error))?;
        let text = || String::from_utf8_lossy(&bytes).into_owned();
        match part_name.as_str() {
            "mapping" => mapping = Some(named(&text())?),
            "mapping_text" => mapping = Some(text()),
            _ => files.push((file_name.unwrap_or(part_name), bytes.to_vec())),
        }
    }
    let mapping = mapping.ok_or_else(|| {
        Refusal::invalid("import.no_mapping", "没有选择映射", "no mapping was given")
            .at("/mapping", "请选择内置映射或上传映射文件")
    })?;
    if files.is_empty() || files.len() > 50 {
        let zh = "请上传 1 到 50 个文件";
        return Err(Refusal::invalid("import.files", zh, "1 to 50 files")
            .at("/file", zh)
            .into());
    }
    let act = read(&house, &caller.by, mapping, files).await?;
    let answer = house.spine.perform(&act, &caller.by, Some(&key)).await?;
    Ok(Written::made(&answer, ToString::to_string))
}

fn named(key: &str) -> Result<String, Refusal> {
    shipped::text(key.trim()).map(str::to_owned).ok_or_else(|| {
        let shown: String = key.chars().take(40).collect();
        Refusal::invalid(
            "import.unknown_mapping",
            format!("没有名为「{shown}」的内置映射"),
            format!("there is no shipped mapping {shown}"),
        )
        .at("/mapping", "见 GET /import-mappings")
    })
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
    store::find_batch(&mut books, id)
        .await?
        .ok_or_else(|| Denied::absent("import"))?;
    let after: Option<i64> = Cursor::unpack(query.cursor.as_deref())?;
    let action = query.action.as_deref().filter(|action| !action.is_empty());
    let found = store::rows(&mut books, id, action, after.unwrap_or_default(), 101).await?;
    let items: Vec<RowView> = found.into_iter().map(RowView::of).collect();
    Ok(Json(Page::cut(items, 100, |item| item.n)))
}

/// Write a staged batch into the books.
#[utoipa::path(post, path = "/imports/{id}/commit", tag = "import",
    params(("id" = String, Path)), responses((status = 200, body = Written)))]
async fn commit_batch(writing: Writing, Path(id): Path<String>) -> Reply<Written> {
    let batch = id_of(&id)?;
    let act = commit::Commit {
        batch,
        recorded_by: writing.caller.by.id(),
    };
    writing.change(&act, |_| batch.to_string()).await
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
    writing.change(&act, |()| batch.to_string()).await
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

/// Shipped mappings.
#[derive(Serialize, ToSchema)]
struct ShippedList {
    items: Vec<Shipped>,
}

/// The mappings that come with the house.
#[utoipa::path(get, path = "/import-mappings", tag = "import",
    responses((status = 200, body = ShippedList)))]
async fn mappings(State(house): State<House>, caller: Caller) -> Reply<Json<ShippedList>> {
    let mut look = house.spine.look(&caller.by).await?;
    look.allow("import.mappings", &access::Need::on_everything(IMPORT_RUN))
        .await?;
    Ok(Json(ShippedList {
        items: shipped::mappings(),
    }))
}
