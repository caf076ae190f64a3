//! The closed list of permissions and the roles over it 权限策略.

use std::collections::BTreeMap;

use kernel::Refusal;
use serde::{Deserialize, Serialize};

use crate::{Actor, Permission, Role};

/// What becomes of a permission while its holder works out the notice period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InHandover {
    /// Reaches only what the person owns; the rule for whatever is not named otherwise.
    #[default]
    OwnOnly,
    /// The same, and only with a stated reason: revealing a telephone number.
    OwnWithReason,
    /// Not at all: export, bulk reading, change of owner.
    Never,
    /// As before: what shows nothing of customers, such as the list of colleagues.
    Unchanged,
}

/// One line of the closed list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PermissionSpec {
    /// The key.
    pub permission: Permission,
    /// 导出客户
    pub zh: &'static str,
    /// Export customers
    pub en: &'static str,
    /// Whether it touches the company's business, which the three administrators must not.
    pub business: bool,
    /// What becomes of it in the notice period.
    pub in_handover: InHandover,
}

/// Every permission there is and every role that grants some.
#[derive(Clone, Debug)]
pub struct Policy {
    permissions: BTreeMap<Permission, PermissionSpec>,
    roles: BTreeMap<String, Role>,
}

impl Policy {
    /// Joins the list and the roles.
    ///
    /// # Errors
    /// `access.unknown_permission` when a role grants or forbids what is not on the list.
    pub fn new(
        permissions: impl IntoIterator<Item = PermissionSpec>,
        roles: impl IntoIterator<Item = Role>,
    ) -> Result<Policy, Refusal> {
        let permissions: BTreeMap<_, _> = permissions
            .into_iter()
            .map(|spec| (spec.permission, spec))
            .collect();
        let roles: BTreeMap<_, _> = roles
            .into_iter()
            .map(|role| (role.key.clone(), role))
            .collect();
        for role in roles.values() {
            let mut named = role.grants.keys().chain(&role.forbids);
            if let Some(unknown) = named.find(|key| !permissions.contains_key(*key)) {
                return Err(Refusal::invalid(
                    "access.unknown_permission",
                    format!("角色「{}」引用了不存在的权限「{unknown}」", role.zh),
                    format!("role {} names the unknown permission {unknown}", role.en),
                )
                .remedy(("请从权限清单中选择", "Choose from the list of permissions")));
            }
        }
        Ok(Policy { permissions, roles })
    }

    /// The listed permission with this key, for keys that come from outside.
    #[must_use]
    pub fn permission(&self, key: &str) -> Option<&PermissionSpec> {
        self.permissions.get(key)
    }

    /// Every listed permission, by key.
    pub fn permissions(&self) -> impl Iterator<Item = &PermissionSpec> {
        self.permissions.values()
    }

    /// Every role, by key.
    pub fn roles(&self) -> impl Iterator<Item = &Role> {
        self.roles.values()
    }

    /// The role with this key.
    #[must_use]
    pub fn role(&self, key: &str) -> Option<&Role> {
        self.roles.get(key)
    }

    pub(crate) fn roles_of<'a>(&'a self, actor: &'a Actor) -> impl Iterator<Item = &'a Role> {
        actor.roles.iter().filter_map(|key| self.roles.get(key))
    }
}
