//! Routes of commission 提成接口.

mod deals;
mod example;
mod exits;
mod history;
mod months;
mod payouts;
mod plans;
mod statements;

use kernel::Refusal;
use utoipa_axum::router::OpenApiRouter;

use super::month::Month;
use crate::house::House;

/// Routes of this slice.
pub(crate) fn routes() -> OpenApiRouter<House> {
    plans::routes()
        .merge(months::routes())
        .merge(statements::routes())
        .merge(exits::routes())
        .merge(history::routes())
        .merge(payouts::routes())
        .merge(example::routes())
        .merge(deals::routes())
}

/// Reads a month out of a query or a path.
fn month(text: &str) -> Result<Month, Refusal> {
    text.parse().map_err(|error: super::month::NoMonth| {
        let zh = error.to_string();
        Refusal::invalid("request.month", zh.clone(), "this is no month").at("/month", zh)
    })
}
