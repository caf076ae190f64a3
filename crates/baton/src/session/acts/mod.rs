//! What can be done with logins and sessions 账号动作.

pub mod add_login;
pub mod change_password;
pub mod close;
pub mod count_failure;
pub mod open;
pub mod reset_password;
pub mod set_access;
pub mod set_roles;

use kernel::Refusal;

use crate::people::store::Employee;

/// Whom to ask; the page of signing in says the same.
pub(crate) const FORGOTTEN: &str = "忘记密码请联系安全管理员重置";

/// Somebody who has left has no login.
pub(super) fn has_left(person: &Employee) -> Refusal {
    Refusal::conflict(
        "session.has_left",
        format!("{}已离职，不能开通或启用账号", person.called()),
        format!("{} has left the company", person.number),
    )
    .remedy("如已回到公司，请先由人事在员工页面办理「重新入职」")
}
