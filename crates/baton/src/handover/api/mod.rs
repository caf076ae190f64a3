//! Routes of handover plans 交接接口.

mod consent;
mod contracts;
mod effect;
mod forecast;
mod read;

pub(crate) use forecast::shown;
use kernel::{EmployeeId, Refusal};
use utoipa_axum::router::OpenApiRouter;

use crate::house::House;
use crate::http::{Caller, Problem};

/// Routes of this slice.
pub(crate) fn routes() -> OpenApiRouter<House> {
    read::routes()
        .merge(consent::routes())
        .merge(effect::routes())
        .merge(contracts::routes())
        .merge(forecast::routes())
}

/// The employee who asks; a login without a person decides nothing about a handover.
pub(crate) fn employee_of(caller: &Caller) -> Result<EmployeeId, Problem> {
    caller.by.employee().ok_or_else(|| {
        Refusal::invalid(
            "handover.no_employee",
            "此账号没有对应的员工，不能办理",
            "this login belongs to no employee",
        )
        .remedy((
            "请使用本人的员工账号登录",
            "Log in with the login of an employee",
        ))
        .into()
    })
}
