//! Routes of commission 提成接口.

mod confirming;
mod deals;
mod example;
mod exits;
mod history;
mod months;
mod objections;
mod payments;
mod payouts;
mod plans;
mod statements;

use kernel::{EmployeeId, Refusal};
use spine::Denied;
use utoipa_axum::router::OpenApiRouter;

use super::month::Month;
use crate::house::House;
use crate::http::Caller;
use crate::people::api::id;

/// Routes of this slice.
pub(crate) fn routes() -> OpenApiRouter<House> {
    plans::routes()
        .merge(months::routes())
        .merge(statements::routes())
        .merge(objections::routes())
        .merge(exits::routes())
        .merge(history::routes())
        .merge(payouts::routes())
        .merge(example::routes())
        .merge(deals::routes())
        .merge(payments::routes())
        .merge(confirming::routes())
}

/// Reads a month out of a query or a path.
pub(crate) fn month(text: &str) -> Result<Month, Refusal> {
    text.parse().map_err(|error: super::month::NoMonth| {
        let zh = error.to_string();
        Refusal::invalid("request.month", zh.clone(), "this is no month").at("/month", zh)
    })
}

/// Who is asked about; the caller himself when nobody is named.
pub(crate) fn payee_of(caller: &Caller, named: Option<&str>) -> Result<EmployeeId, Denied> {
    match named.filter(|text| !text.is_empty()) {
        Some(text) => id(text, "employee"),
        None => caller
            .by
            .employee()
            .ok_or_else(|| Denied::absent("employee")),
    }
}
