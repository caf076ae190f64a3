//! What the browser sees of logins 账号视图.

use std::collections::BTreeMap;

use access::{Ground, Need, Scope, decide};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::store::{LoginLine, SignedIn, mode_word};
use crate::house::House;
use crate::http::Written;

/// Number and password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Credentials {
    /// 工号
    #[schema(max_length = 64)]
    pub(crate) number: String,
    /// 密码
    #[schema(max_length = 256)]
    pub(crate) password: String,
}

/// The old password and the new one.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PasswordChange {
    /// The password in force.
    #[schema(max_length = 256)]
    pub(crate) current: String,
    /// The one wanted.
    #[schema(max_length = 256)]
    pub(crate) next: String,
}

/// A login to be opened.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewLogin {
    /// 工号; where an employee has it, the login is his.
    #[schema(max_length = 64)]
    pub(crate) number: String,
    /// Name on screen of somebody who is no employee; an employee's own name stands.
    #[serde(default)]
    #[schema(max_length = 100)]
    pub(crate) name: String,
    /// Keys of its roles.
    pub(crate) roles: Vec<String>,
    /// The first password; it must be changed at the first login.
    #[schema(max_length = 256)]
    pub(crate) password: String,
}

/// A login that was opened.
#[derive(Serialize, ToSchema)]
pub(crate) struct OpenedLogin {
    #[serde(flatten)]
    pub(crate) written: Written,
    /// Whether its roles are those of an employee, and no employee has its number yet: it sees
    /// nothing of its own until one is entered under that number.
    pub(crate) no_employee: bool,
}

/// Who is logged in, and what he may do.
#[derive(Serialize, ToSchema)]
pub(crate) struct SessionView {
    login: LoginView,
    roles: Vec<RoleName>,
    /// Permission key → how far it reaches today: `own`, `department`, `department_tree`, `all`.
    permissions: BTreeMap<String, String>,
    /// Name of the company.
    company: String,
    /// The business day on the server.
    #[schema(value_type = String, format = Date)]
    today: kernel::Day,
}

#[derive(Serialize, ToSchema)]
struct LoginView {
    #[schema(value_type = String)]
    id: kernel::LoginId,
    #[schema(value_type = Option<String>)]
    employee_id: Option<kernel::EmployeeId>,
    number: String,
    name: String,
    must_change_password: bool,
    /// `normal`, `handover`, `suspended`
    mode: String,
}

/// A role's key and names.
#[derive(Clone, Serialize, ToSchema)]
pub(crate) struct RoleName {
    key: String,
    zh: String,
    en: String,
}

impl SessionView {
    pub(crate) fn of(house: &House, company: String, login: &SignedIn) -> SessionView {
        let policy = house.spine.policy();
        let actor = &login.actor;
        let roles = actor.roles.iter().filter_map(|key| policy.role(key));
        let roles = roles
            .map(|role| RoleName {
                key: role.key.clone(),
                zh: role.zh.clone(),
                en: role.en.clone(),
            })
            .collect();
        let mut permissions = BTreeMap::new();
        for spec in policy.permissions() {
            let need = Need::at_all(spec.permission).with_reason(true);
            if let Ground::Granted { scope, .. } = decide(policy, actor, &need).ground {
                permissions.insert(spec.permission.to_string(), scope_word(scope).to_owned());
            }
        }
        SessionView {
            login: LoginView {
                id: actor.login,
                employee_id: actor.employee,
                number: login.number.clone(),
                name: login.name.clone(),
                must_change_password: login.must_change,
                mode: mode_word(actor.mode).to_owned(),
            },
            roles,
            permissions,
            company,
            today: house.spine.now().day_in(house.spine.zone()),
        }
    }
}

pub(crate) fn scope_word(scope: Scope) -> &'static str {
    match scope {
        Scope::None => "none",
        Scope::Own => "own",
        Scope::Department => "department",
        Scope::DepartmentTree => "department_tree",
        Scope::All => "all",
    }
}

/// A line of the list of logins.
#[derive(Serialize, ToSchema)]
pub(crate) struct LoginItem {
    #[schema(value_type = String)]
    id: kernel::LoginId,
    #[schema(value_type = Option<String>)]
    employee_id: Option<kernel::EmployeeId>,
    pub(crate) number: String,
    name: String,
    department: Option<String>,
    mode: String,
    active: bool,
    must_change_password: bool,
    roles: Vec<String>,
}

impl From<LoginLine> for LoginItem {
    fn from(line: LoginLine) -> LoginItem {
        LoginItem {
            id: line.id,
            employee_id: line.employee,
            number: line.number,
            name: line.name,
            department: line.department,
            mode: line.mode,
            active: line.active,
            must_change_password: line.must_change,
            roles: line.roles,
        }
    }
}

/// One role of the matrix.
#[derive(Serialize, ToSchema)]
pub(crate) struct RoleRow {
    key: String,
    zh: String,
    en: String,
    /// One of the three administrators.
    administrator: bool,
    /// Permission key → scope.
    grants: BTreeMap<String, String>,
}

/// One permission of the matrix.
#[derive(Serialize, ToSchema)]
pub(crate) struct PermissionRow {
    key: String,
    zh: String,
    en: String,
    business: bool,
    /// Whether it is closed in handover mode.
    closed_in_handover: bool,
}

/// The permission matrix.
#[derive(Serialize, ToSchema)]
pub(crate) struct Matrix {
    roles: Vec<RoleRow>,
    permissions: Vec<PermissionRow>,
}

impl Matrix {
    pub(crate) fn of(policy: &access::Policy) -> Matrix {
        let roles = policy.roles().map(|role| RoleRow {
            key: role.key.clone(),
            zh: role.zh.clone(),
            en: role.en.clone(),
            administrator: role.duty.is_some(),
            grants: role
                .grants
                .iter()
                .map(|(permission, scope)| (permission.to_string(), scope_word(*scope).to_owned()))
                .collect(),
        });
        let permissions = policy.permissions().map(|spec| PermissionRow {
            key: spec.permission.to_string(),
            zh: spec.zh.to_owned(),
            en: spec.en.to_owned(),
            business: spec.business,
            closed_in_handover: spec.in_handover == access::InHandover::Never,
        });
        Matrix {
            roles: roles.collect(),
            permissions: permissions.collect(),
        }
    }
}
