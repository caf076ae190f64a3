//! Routes of trusted timestamps 时间戳接口.

use access::Need;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::header;
use axum::response::IntoResponse;
use spine::{Denied, Fault, StampedCheckpoint};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::api::{log_state, may_list};
use super::store;
use super::view::LogState;
use crate::house::House;
use crate::http::{Caller, Reply};
use crate::permissions;

/// A response is a few kilobytes; chains of certificates make it longer.
const LONGEST_ANSWER: usize = 65_536;

/// Routes of this part.
pub(super) fn routes() -> OpenApiRouter<House> {
    let carried = OpenApiRouter::new()
        .routes(routes!(answer))
        .layer(DefaultBodyLimit::max(LONGEST_ANSWER));
    OpenApiRouter::new()
        .routes(routes!(ask))
        .routes(routes!(question))
        .routes(routes!(token))
        .routes(routes!(checkpoint))
        .merge(carried)
}

/// Whoever looks after the log; signs it up to here first.
async fn may_stamp(house: &House, caller: &Caller) -> Reply<i64> {
    let mut look = house.spine.look(&caller.by).await?;
    let need = Need::on_everything(permissions::EVIDENCE_AUDIT);
    look.allow("evidence.stamp", &need).await?;
    let size = store::size(&mut look.books()).await?;
    drop(look);
    house
        .signing
        .sign_if_grown()
        .await
        .map_err(|error| Fault::new(error.to_string()))?;
    Ok(size)
}

/// Have the newest checkpoint stamped now; answers how the log stands then.
#[utoipa::path(post, path = "/evidence-log/timestamps", tag = "evidence",
    responses((status = 200, body = LogState), (status = 409, description = "no answer")))]
async fn ask(State(house): State<House>, caller: Caller) -> Reply<Json<LogState>> {
    let size = may_stamp(&house, &caller).await?;
    house.stamps.stamp(&house).await?;
    Ok(Json(log_state(&house, size, None).await?))
}

fn attachment(name: &str, content_type: &str) -> [(header::HeaderName, String); 2] {
    let disposition = format!("attachment; filename=\"{name}\"");
    [
        (header::CONTENT_TYPE, content_type.to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
    ]
}

/// A question (`.tsq`, RFC 3161) over the newest checkpoint, to be carried to an authority.
#[utoipa::path(post, path = "/evidence-log/timestamp-question", tag = "evidence",
    responses((status = 200, content_type = "application/timestamp-query"),
        (status = 409, description = "nothing to stamp")))]
async fn question(State(house): State<House>, caller: Caller) -> Reply<impl IntoResponse> {
    may_stamp(&house, &caller).await?;
    let (name, bytes) = house.stamps.question(&house).await?;
    Ok((attachment(&name, "application/timestamp-query"), bytes))
}

/// The response (`.tsr`) to such a question; answers how the log stands then.
#[utoipa::path(post, path = "/evidence-log/timestamp-answer", tag = "evidence",
    request_body(content = Vec<u8>, content_type = "application/timestamp-reply"),
    responses((status = 200, body = LogState), (status = 422, description = "not believed")))]
async fn answer(State(house): State<House>, caller: Caller, bytes: Bytes) -> Reply<Json<LogState>> {
    let size = may_stamp(&house, &caller).await?;
    house.stamps.answered(&house, bytes.to_vec()).await?;
    Ok(Json(log_state(&house, size, None).await?))
}

async fn stamped(house: &House, caller: &Caller, size: u64) -> Reply<StampedCheckpoint> {
    let mut look = house.spine.look(&caller.by).await?;
    may_list(&mut look, None).await?;
    drop(look);
    let found = house.spine.stamps_between(size, size, 1).await?;
    let found = found.into_iter().next();
    Ok(found.ok_or_else(|| Denied::absent("evidence"))?)
}

/// The authority's response (`.tsr`) over the checkpoint of this size, for `openssl ts -verify`.
#[utoipa::path(get, path = "/evidence-log/timestamps/{size}/answer", tag = "evidence",
    params(("size" = u64, Path)),
    responses((status = 200, content_type = "application/timestamp-reply")))]
async fn token(
    State(house): State<House>,
    caller: Caller,
    Path(size): Path<u64>,
) -> Reply<impl IntoResponse> {
    let kept = stamped(&house, &caller, size).await?;
    let head = attachment(&format!("{size}.tsr"), "application/timestamp-reply");
    Ok((head, kept.answer))
}

/// The checkpoint of this size as it was stamped, to the byte.
#[utoipa::path(get, path = "/evidence-log/timestamps/{size}/checkpoint", tag = "evidence",
    params(("size" = u64, Path)), responses((status = 200, content_type = "text/plain")))]
async fn checkpoint(
    State(house): State<House>,
    caller: Caller,
    Path(size): Path<u64>,
) -> Reply<impl IntoResponse> {
    let kept = stamped(&house, &caller, size).await?;
    let head = attachment(&format!("{size}.txt"), "text/plain; charset=utf-8");
    Ok((head, kept.note))
}
