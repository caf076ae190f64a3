//! A small company: three permissions that matter, six roles.

use access::{Actor, AdminDuty, InHandover, Mode, Permission, PermissionSpec, Policy, Role, Scope};
use kernel::{DepartmentId, EmployeeId, LoginId, Moment};

pub(crate) const READ: Permission = Permission("customer.read");
pub(crate) const HAND_OVER: Permission = Permission("customer.hand_over");
pub(crate) const EXPORT: Permission = Permission("customer.export");
pub(crate) const REVEAL: Permission = Permission("contact.reveal");
pub(crate) const DIRECTORY: Permission = Permission("employee.read");
pub(crate) const LOGINS: Permission = Permission("login.manage");
pub(crate) const ALL: [Permission; 6] = [READ, HAND_OVER, EXPORT, REVEAL, DIRECTORY, LOGINS];

pub(crate) fn spec(permission: Permission) -> PermissionSpec {
    let (zh, en, business, in_handover) = match permission.0 {
        "customer.read" => ("查看客户", "read customers", true, InHandover::OwnOnly),
        "customer.hand_over" => ("移交客户", "hand customers over", true, InHandover::Never),
        "customer.export" => ("导出客户", "export customers", true, InHandover::Never),
        "contact.reveal" => (
            "显示联系方式",
            "reveal contacts",
            true,
            InHandover::OwnWithReason,
        ),
        "employee.read" => ("查看同事", "read colleagues", false, InHandover::Unchanged),
        _ => ("管理账号", "manage logins", false, InHandover::OwnOnly),
    };
    PermissionSpec {
        permission,
        zh,
        en,
        business,
        in_handover,
    }
}

pub(crate) fn role(key: &str, zh: &str, grants: &[(Permission, Scope)]) -> Role {
    Role {
        key: key.to_owned(),
        zh: zh.to_owned(),
        en: key.to_owned(),
        grants: grants.iter().copied().collect(),
        ..Role::default()
    }
}

pub(crate) fn policy() -> Policy {
    let everyone = (DIRECTORY, Scope::All);
    let roles = [
        role(
            "salesperson",
            "业务员",
            &[
                (READ, Scope::Own),
                (HAND_OVER, Scope::Own),
                (EXPORT, Scope::Own),
                (REVEAL, Scope::Own),
                everyone,
            ],
        ),
        role("team_lead", "组长", &[(READ, Scope::Department), everyone]),
        role(
            "sales_manager",
            "销售主管",
            &[
                (READ, Scope::DepartmentTree),
                (HAND_OVER, Scope::DepartmentTree),
                everyone,
            ],
        ),
        role("executive", "高管", &[(READ, Scope::All), everyone]),
        Role {
            duty: Some(AdminDuty::System),
            ..role("system_admin", "系统管理员", &[(LOGINS, Scope::All)])
        },
        Role {
            duty: Some(AdminDuty::Audit),
            forbids: [EXPORT].into(),
            ..role("auditor", "审计", &[(DIRECTORY, Scope::All)])
        },
    ];
    Policy::new(ALL.map(spec), roles).unwrap()
}

pub(crate) fn emp(n: u8) -> EmployeeId {
    EmployeeId::mint(Moment(1), [n; 10])
}

pub(crate) fn dpt(n: u8) -> DepartmentId {
    DepartmentId::mint(Moment(1), [n; 10])
}

pub(crate) fn lgn(n: u8) -> LoginId {
    LoginId::mint(Moment(1), [n; 10])
}

/// Employee 1 of department 10, below which stands department 11.
pub(crate) fn actor(roles: &[&str], mode: Mode) -> Actor {
    Actor {
        login: lgn(1),
        employee: Some(emp(1)),
        department: Some(dpt(10)),
        departments_below: vec![dpt(10), dpt(11)],
        roles: roles.iter().map(|role| (*role).to_owned()).collect(),
        mode,
    }
}
