//! What can be done with logins and sessions 账号动作.

pub mod add_login;
pub mod change_password;
pub mod close;
pub mod count_failure;
pub mod open;
pub mod set_access;
pub mod set_roles;
