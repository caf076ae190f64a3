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
use crate::roles;

/// Whom to ask; the page of signing in says the same.
pub(crate) const FORGOTTEN: (&str, &str) = (
    "忘记密码请联系安全管理员重置",
    "If you forgot the password, ask the security administrator to reset it",
);

/// The password that was checked is none any more, or the login was closed or opened.
pub(super) fn changed_meanwhile() -> Refusal {
    Refusal::invalid(
        "session.changed_meanwhile",
        "账号的密码或状态刚刚有变动",
        "The password or the state of this login has just changed",
    )
    .remedy((
        "请以现在的密码重新登录",
        "Log in again with the present password",
    ))
}

/// Somebody who has left has no login.
pub(super) fn has_left(person: &Employee) -> Refusal {
    Refusal::conflict(
        "session.has_left",
        format!("{}已离职，不能开通或启用账号", person.called()),
        format!("{} has left the company", person.number),
    )
    .remedy((
        "如已回到公司，请先由人事在员工页面办理「重新入职」",
        "If the employee is back, let HR rehire on the page of the employee first",
    ))
}

/// What acts share that could take the last administrator away, so that no two of them do it
/// together.
pub(super) const ADMINISTRATORS: &str = "login-administrators";

/// Without this login nobody could open a login any more, or keep the program.
pub(super) fn last_administrator(held_alone: &[&str]) -> Refusal {
    let shipped = roles::shipped();
    let held = shipped
        .iter()
        .filter(|role| held_alone.contains(&role.key.as_str()));
    let (zh, en): (Vec<&str>, Vec<&str>) = held
        .map(|role| (role.zh.as_str(), role.en.as_str()))
        .unzip();
    let (zh, en) = (zh.join("、"), en.join(", "));
    Refusal::conflict(
        "session.last_administrator",
        format!("这是最后一个可用的{zh}账号，不能停用，也不能撤去该角色"),
        format!("This is the last open login of: {en}"),
    )
    .remedy((
        format!("请先在「账号与角色」中让另一个启用中的账号担任{zh}，再办理"),
        format!("First give another open login these roles under “Logins and roles”: {en}"),
    ))
}
