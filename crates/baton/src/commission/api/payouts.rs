//! Files for payroll 发放文件接口.

use access::Need;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::IntoResponse;
use serde::Deserialize;
use spine::Denied;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::month;
use crate::commission::acts::export_payout::ExportPayout;
use crate::commission::store;
use crate::house::House;
use crate::http::{Caller, Reply, Writing, Written};
use crate::permissions;

/// Routes of this part.
pub(super) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(export))
        .routes(routes!(file))
}

/// Hand the earning lines of a closed month to payroll, once.
#[utoipa::path(post, path = "/commission-periods/{month}/payout", tag = "commission",
    params(("month" = String, Path)),
    responses((status = 201, body = Written), (status = 409, description = "refused")))]
async fn export(writing: Writing, Path(text): Path<String>) -> Reply<Written> {
    let act = ExportPayout {
        month: month(&text)?,
        by: writing.caller.by.id(),
    };
    writing.make(&act, |_| text).await
}

#[derive(Deserialize, IntoParams)]
struct FileQuery {
    /// `xlsx` or `csv`; the workbook when absent.
    format: Option<String>,
}

/// One of the files, as it was handed out; leaves an access record.
#[utoipa::path(get, path = "/commission-periods/{month}/payout-file", tag = "commission",
    params(("month" = String, Path), FileQuery),
    responses((status = 200, content_type = "application/octet-stream"),
        (status = 404, description = "absent")))]
async fn file(
    State(house): State<House>,
    caller: Caller,
    Path(text): Path<String>,
    Query(query): Query<FileQuery>,
) -> Reply<impl IntoResponse> {
    let mut look = house.spine.look(&caller.by).await?;
    let need = Need::on_everything(permissions::COMMISSION_RUN);
    look.allow("commission.payout_file", &need).await?;
    let month = month(&text)?;
    let workbook = query.format.as_deref() != Some("csv");
    let bytes = store::payout_file(&mut look.books(), month, workbook).await?;
    let bytes = bytes.ok_or_else(|| Denied::absent("commission_payout"))?;
    let (kind, ending) = match workbook {
        true => (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "xlsx",
        ),
        false => ("text/csv; charset=utf-8", "csv"),
    };
    let subject = format!("commission_period/{month}");
    look.seen("commission.payout_file", &subject, ending).await;
    let name = format!("attachment; filename=\"commission-{month}.{ending}\"");
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, bytes))
}
