//! Permissions, how far they reach, and the roles that grant them 角色.

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

/// The key of one permission, `noun.verb`: `customer.read`, `customer.export`. Opaque to this crate
/// but for one convention: `noun.read` is the permission to know that a thing of this noun exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Permission(pub &'static str);

impl Permission {
    /// `customer.read` for `customer.hand_over`.
    pub(crate) fn reading(self) -> String {
        let noun = self.0.split('.').next().unwrap_or(self.0);
        format!("{noun}.read")
    }
}

impl Borrow<str> for Permission {
    fn borrow(&self) -> &str {
        self.0
    }
}

impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// How far a permission reaches 数据范围; each scope includes those before it.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// 无: the same as not granted.
    #[default]
    None,
    /// 本人: what the actor owns or collaborates on.
    Own,
    /// 本部门: also what belongs to the actor's department.
    Department,
    /// 本部门及下级: also what belongs to a department below.
    DepartmentTree,
    /// 全部: everything, also what belongs to nobody.
    All,
}

impl Scope {
    /// Narrowest to widest.
    pub const EACH: [Scope; 5] = [
        Scope::None,
        Scope::Own,
        Scope::Department,
        Scope::DepartmentTree,
        Scope::All,
    ];

    /// As the permission matrix shows it.
    #[must_use]
    pub fn zh(self) -> &'static str {
        match self {
            Scope::None => "无",
            Scope::Own => "本人",
            Scope::Department => "本部门",
            Scope::DepartmentTree => "本部门及下级",
            Scope::All => "全部",
        }
    }

    /// The same in English.
    #[must_use]
    pub fn en(self) -> &'static str {
        match self {
            Scope::None => "none",
            Scope::Own => "own",
            Scope::Department => "own department",
            Scope::DepartmentTree => "own department and below",
            Scope::All => "all",
        }
    }
}

/// One of the three administrators who must be three people 三员 (GB/T 22239-2019, 8.1.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AdminDuty {
    /// 系统管理员: keeps the system running.
    System,
    /// 安全管理员: grants access.
    Security,
    /// 审计管理员: watches the other two.
    Audit,
}

/// A named bundle of permissions 角色; the shipped roles and the company's own are data.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Role {
    /// Stable machine name, `sales_manager`.
    pub key: String,
    /// 销售主管
    pub zh: String,
    /// Sales manager
    pub en: String,
    /// What the role allows, and how far.
    pub grants: BTreeMap<Permission, Scope>,
    /// What nobody with this role may do, whatever his other roles grant.
    pub forbids: BTreeSet<Permission>,
    /// Set for the three administrators.
    pub duty: Option<AdminDuty>,
}

impl Role {
    /// How far the role lets a permission reach, without regard to anything it forbids.
    #[must_use]
    pub fn scope(&self, permission: Permission) -> Scope {
        self.grants.get(&permission).copied().unwrap_or_default()
    }
}
