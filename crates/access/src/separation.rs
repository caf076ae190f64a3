//! Three administrators, three people, no business 三员分立.
//!
//! GB/T 22239-2019 (等保 2.0 level 3), 8.1.4 访问控制 and 8.1.5 安全管理中心: those who administer
//! the system, its security and its audit are different people, and none takes part in business.

use std::collections::BTreeSet;

use kernel::LoginId;
use serde::Serialize;

use crate::{AdminDuty, Permission, Policy, Role, Scope};

/// One breach of the separation of duties.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Violation {
    /// An administrator's role grants business.
    RoleMixesDuties {
        /// Key of the role.
        role: String,
        /// The business it grants.
        permissions: Vec<Permission>,
    },
    /// One login holds two of the three duties.
    TwoDuties {
        /// The login.
        login: LoginId,
        /// The duties it holds.
        duties: Vec<AdminDuty>,
    },
    /// An administrator gets business from another of his roles.
    AdministratorInBusiness {
        /// The login.
        login: LoginId,
        /// The administrator's duty.
        duty: AdminDuty,
        /// Key of the role that grants business.
        role: String,
    },
}

impl Policy {
    /// Every breach in the roles themselves and among those who hold them; empty when all is well.
    #[must_use]
    pub fn violations(&self, holders: &[(LoginId, Vec<String>)]) -> Vec<Violation> {
        let mut found: Vec<Violation> = self
            .roles()
            .filter(|role| role.duty.is_some())
            .filter_map(|role| {
                let permissions: Vec<_> = self.business_of(role).collect();
                (!permissions.is_empty()).then(|| Violation::RoleMixesDuties {
                    role: role.key.clone(),
                    permissions,
                })
            })
            .collect();
        for (login, keys) in holders {
            found.extend(self.violations_of(*login, keys));
        }
        found
    }

    fn violations_of(&self, login: LoginId, keys: &[String]) -> Vec<Violation> {
        let roles: Vec<&Role> = keys.iter().filter_map(|key| self.role(key)).collect();
        let duties: BTreeSet<AdminDuty> = roles.iter().filter_map(|role| role.duty).collect();
        let Some(&duty) = duties.first() else {
            return Vec::new();
        };
        let mut found = Vec::new();
        if duties.len() > 1 {
            found.push(Violation::TwoDuties {
                login,
                duties: duties.into_iter().collect(),
            });
        }
        let in_business = |role: &&&Role| role.duty.is_none() && self.business_of(role).count() > 0;
        found.extend(roles.iter().filter(in_business).map(|role| {
            Violation::AdministratorInBusiness {
                login,
                duty,
                role: role.key.clone(),
            }
        }));
        found
    }

    fn business_of(&self, role: &Role) -> impl Iterator<Item = Permission> {
        self.permissions()
            .filter(|spec| spec.business)
            .map(|spec| spec.permission)
            .filter(|permission| role.scope(*permission) > Scope::None)
    }
}
