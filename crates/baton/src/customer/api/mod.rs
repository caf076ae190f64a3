//! Routes of customers 客户接口.

mod change;
mod opportunities;
mod read;

use utoipa_axum::router::OpenApiRouter;

use crate::house::House;

/// Routes of this slice.
pub(crate) fn routes() -> OpenApiRouter<House> {
    read::routes()
        .merge(opportunities::routes())
        .merge(change::routes())
}
