//! Routes of signing 签署接口.

mod account;
mod certificates;
mod doing;
mod reading;

use kernel::{EmployeeId, Refusal};
use utoipa_axum::router::OpenApiRouter;

use crate::house::House;
use crate::http::Caller;

/// Routes of this slice.
pub(crate) fn routes() -> OpenApiRouter<House> {
    account::routes()
        .merge(certificates::routes())
        .merge(reading::routes())
        .merge(doing::routes())
}

/// The employee behind the login; nobody else signs anything.
fn oneself(caller: &Caller) -> Result<EmployeeId, Refusal> {
    caller.by.employee().ok_or_else(|| {
        Refusal::conflict(
            "signing.no_person",
            "该账号没有对应的员工，不能签署",
            "This login belongs to no employee and signs nothing",
        )
        .remedy(("请使用员工本人的账号", "Use the login of the employee"))
    })
}
