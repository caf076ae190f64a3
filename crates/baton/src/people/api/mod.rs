//! Routes of the organisation and its people 组织接口.

mod employees;
mod organisation;
mod things;

use spine::Denied;
use utoipa_axum::router::OpenApiRouter;

use crate::house::House;

/// Routes of this slice.
pub(crate) fn routes() -> OpenApiRouter<House> {
    employees::routes()
        .merge(things::routes())
        .merge(organisation::routes())
}

/// Reads an id out of a path; nonsense is as absent as what is not there.
pub(crate) fn id<T: std::str::FromStr>(text: &str, what: &str) -> Result<T, Denied> {
    text.parse().map_err(|_| Denied::absent(what))
}
