//! The one who asks 操作人.

use kernel::{DepartmentId, EmployeeId, LoginId};
use serde::{Deserialize, Serialize};

/// In which state the actor's login is 访问状态.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// 正常
    #[default]
    Normal,
    /// 交接期: notice is given, the person still works. See [`crate::InHandover`].
    Handover,
    /// 停用: nothing is allowed.
    Suspended,
}

/// A signed-in login with the facts that decide its rights. A login is not a person: a technical
/// administrator has no employee, and then owns nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The login.
    pub login: LoginId,
    /// The person behind it, if there is one.
    pub employee: Option<EmployeeId>,
    /// Where that person works today.
    pub department: Option<DepartmentId>,
    /// That department and all below it.
    pub departments_below: Vec<DepartmentId>,
    /// Keys of the roles held; a key the policy does not know grants nothing.
    pub roles: Vec<String>,
    /// Normal, handing over, or suspended.
    pub mode: Mode,
}
