//! Payments of commission 提成发放接口.

use access::Need;
use axum::Json;
use axum::extract::{Path, State};
use kernel::{Day, EmployeeId, Fen, PaymentId};
use serde::Deserialize;
use spine::Denied;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::month;
use crate::commission::acts::record_payment::RecordPayment;
use crate::commission::acts::undo_payment::UndoPayment;
use crate::commission::month::Month;
use crate::commission::paying;
use crate::commission::store;
use crate::commission::view_paying::{MonthPayments, read};
use crate::house::House;
use crate::http::{Caller, Money, Reply, Writing, Written};
use crate::people::api::id;
use crate::permissions;

/// Routes of this part.
pub(super) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(list, record))
        .routes(routes!(undo))
}

/// What was paid of commission up to a month, and what is still to be paid, person by person.
#[utoipa::path(get, path = "/commission-periods/{month}/payments", tag = "commission",
    params(("month" = String, Path)),
    responses((status = 200, body = MonthPayments), (status = 404, description = "absent")))]
async fn list(
    State(house): State<House>,
    caller: Caller,
    Path(text): Path<String>,
) -> Reply<Json<MonthPayments>> {
    let mut look = house.spine.look(&caller.by).await?;
    let need = Need::on_everything(permissions::COMMISSION_PAY);
    look.allow("commission.payments", &need).await?;
    let month: Month = month(&text)?;
    let mut books = look.books();
    let periods = store::periods(&mut books).await?;
    let period = periods.iter().find(|period| period.month == month);
    let period = period.ok_or_else(|| Denied::absent("commission_period"))?;
    let open = paying::unpaid(&mut books, month, None).await?;
    Ok(Json(read(&mut books, period, &open).await?))
}

/// What was paid, when, by which paper.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewPayment {
    /// Id of the person; everybody who is owed something when absent.
    #[schema(value_type = Option<String>)]
    payee: Option<EmployeeId>,
    #[schema(value_type = String, format = Date)]
    paid_on: Day,
    /// Number of the bank's or payroll's paper.
    #[schema(min_length = 2, max_length = 100)]
    reference: String,
    /// How much, when it was not all of it; only with a person.
    #[schema(value_type = Option<Money>)]
    amount: Option<Fen>,
    /// Why it was not all of it.
    #[serde(default)]
    #[schema(max_length = 200)]
    reason: String,
}

/// Record that what closed months up to this one left open was paid.
#[utoipa::path(post, path = "/commission-periods/{month}/payments", tag = "commission",
    request_body = NewPayment, params(("month" = String, Path)),
    responses((status = 201, body = Written), (status = 409, description = "refused")))]
async fn record(
    writing: Writing,
    Path(text): Path<String>,
    Json(new): Json<NewPayment>,
) -> Reply<Written> {
    let act = RecordPayment {
        month: month(&text)?,
        payee: new.payee,
        paid_on: new.paid_on,
        reference: new.reference,
        amount: new.amount,
        reason: new.reason,
        by: writing.caller.by.id(),
    };
    writing.make(&act, |done| done.id.to_string()).await
}

/// Why a payment is taken back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PaymentUndone {
    #[schema(min_length = 2, max_length = 200)]
    reason: String,
}

/// Take a recorded payment back: its lines are open again.
#[utoipa::path(post, path = "/commission-payments/{id}/undo", tag = "commission",
    request_body = PaymentUndone, params(("id" = String, Path)),
    responses((status = 201, body = Written), (status = 409, description = "refused")))]
async fn undo(
    writing: Writing,
    Path(text): Path<String>,
    Json(why): Json<PaymentUndone>,
) -> Reply<Written> {
    let act = UndoPayment {
        payment: id::<PaymentId>(&text, "payment")?,
        reason: why.reason,
        by: writing.caller.by.id(),
    };
    writing.make(&act, ToString::to_string).await
}
