//! Routes of the bundles of statements 提成单存证包接口.

use access::Need;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use kernel::{BundleId, EmployeeId};
use serde::Deserialize;
use spine::{Act as _, Denied, Failure, Fault};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::acts::export_statement::ExportStatement;
use super::api::{undamaged, zip};
use super::make::{Made, unsigned};
use super::store::Statement;
use super::{statement, store};
use crate::commission::acts::keep_basis::KeepBasis;
use crate::commission::api::{month, payee_of};
use crate::commission::paper::right_of;
use crate::commission::store as pay;
use crate::house::House;
use crate::http::{Caller, Reply, Writing, Written};
use crate::people::api::id;
use crate::people::store as people;
use crate::permissions;

/// Routes of this part.
pub(super) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(export))
        .routes(routes!(file))
}

/// Whose statement of which month is handed out, to whom and why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewStatementBundle {
    /// `2026-11`
    month: String,
    /// Id of the payee; the caller himself when absent.
    payee: Option<String>,
    /// For whom: the person himself, a lawyer, an auditor.
    #[schema(max_length = 100)]
    recipient: String,
    /// Why.
    #[schema(max_length = 200)]
    reason: String,
}

/// Hand out a statement of a closed month with everything it was calculated from, so that anybody
/// works it out again (`baton verify --recompute`).
#[utoipa::path(post, path = "/commission-statement-bundles", tag = "bundle",
    request_body = NewStatementBundle,
    responses((status = 201, body = Written), (status = 409, description = "refused")))]
async fn export(writing: Writing, Json(new): Json<NewStatementBundle>) -> Reply<Written> {
    let mut act = ExportStatement {
        month: month(&new.month)?,
        payee: payee_of(&writing.caller, new.payee.as_deref())?,
        recipient: new.recipient,
        reason: new.reason,
        by: writing.caller.by.id(),
        made: None,
    };
    act.made = made(&writing.house, &writing.caller, &act).await?;
    writing.make(&act, |exported| exported.id.to_string()).await
}

/// Keeps what the statement was calculated from, once, and makes the bundle. Whoever may not export
/// it, or says not why, is told by the act itself, which also keeps the attempt.
async fn made(
    house: &House,
    caller: &Caller,
    act: &ExportStatement,
) -> Result<Option<Made>, Failure> {
    let (kept, number) = {
        let mut look = house.spine.look(&caller.by).await?;
        let facts = match act.load(&mut look.books()).await {
            Ok(facts) => facts,
            Err(Failure::Denied(_)) => return Ok(None),
            Err(failure) => return Err(failure),
        };
        if !look.may(&act.needs(&facts)) || act.says_why().is_err() {
            return Ok(None);
        }
        let mut books = look.books();
        let kept = pay::basis(&mut books, act.month, act.payee).await?;
        (kept.is_some(), number_of(&mut books, act.payee).await?)
    };
    if !kept {
        let keep = KeepBasis {
            month: act.month,
            payee: act.payee,
            by: act.by.clone(),
        };
        house.spine.perform(&keep, &caller.by, None).await?;
    }
    // Signed now, so that a checkpoint covers what was kept.
    let signed = house.signing.sign_if_grown().await;
    signed.map_err(|error| Fault::new(error.to_string()))?;
    let newest = house.spine.newest_checkpoint().await?;
    let up_to = newest.ok_or_else(unsigned)?.size;
    let (about, chosen) = {
        let mut look = house.spine.look(&caller.by).await?;
        let mut books = look.books();
        let Some(row) = pay::basis(&mut books, act.month, act.payee).await? else {
            // Held for an approval: the act says that nothing was made.
            return Ok(None);
        };
        statement::gather(&mut books, &row, &number, up_to).await?
    };
    Made::of(house, &about, chosen).await.map(Some)
}

async fn number_of(books: &mut spine::Reader<'_>, payee: EmployeeId) -> Result<String, Failure> {
    let person = people::find_employee(books, payee).await?;
    let person = person.ok_or_else(|| Denied::absent("employee"))?;
    Ok(person.number)
}

/// The bundle of a statement, byte for byte as it was handed out; leaves an access record.
#[utoipa::path(get, path = "/commission-statement-bundles/{id}/file", tag = "bundle",
    params(("id" = String, Path)),
    responses((status = 200, content_type = "application/zip"),
        (status = 409, description = "the bytes are not those that were handed out")))]
async fn file(
    State(house): State<House>,
    caller: Caller,
    Path(text): Path<String>,
) -> Reply<impl IntoResponse> {
    let bundle: BundleId = id(&text, "bundle")?;
    let mut look = house.spine.look(&caller.by).await?;
    let need = Need::at_all(permissions::COMMISSION_READ);
    look.allow("bundle.download", &need).await?;
    let line = store::find::<Statement>(&mut look.books(), bundle).await?;
    let line = line.ok_or_else(|| Denied::absent("bundle"))?;
    let person = people::find_employee(&mut look.books(), line.about.payee).await?;
    let person = person.ok_or_else(|| Denied::absent("bundle"))?;
    let own = caller.by.employee() == Some(line.about.payee);
    let need = Need::on(right_of(own), person.target());
    look.allow("bundle.download", &need).await?;
    let bytes = store::bytes::<Statement>(&mut look.books(), bundle).await?;
    let bytes = bytes.ok_or_else(|| Denied::absent("bundle"))?;
    undamaged(bundle, &bytes, &line.digest)?;
    let subject = format!("bundle/{bundle}");
    look.seen("bundle.download", &subject, "").await;
    Ok(zip(&line.file_name, bytes))
}
