//! The roles a company starts with 内置角色.
//!
//! The three administrators (系统、安全、审计) hold no permission on business data (三员分立).

use access::Scope::{All, Department, DepartmentTree, Own};
use access::{AdminDuty, Permission, Role, Scope};

use crate::permissions::{
    ALERT_HANDLE, ALERT_READ, APPROVAL_ACT, APPROVAL_MANAGE, APPROVAL_READ, BUNDLE_EXPORT,
    COMMISSION_ANSWER, COMMISSION_CONFIRM, COMMISSION_EXIT, COMMISSION_PAY, COMMISSION_PLAN,
    COMMISSION_READ, COMMISSION_RUN, CUSTOMER_ADD, CUSTOMER_CHANGE, CUSTOMER_EXPORT,
    CUSTOMER_HAND_OVER, CUSTOMER_PROPOSE, CUSTOMER_READ, CUSTOMER_REVEAL, CUSTOMER_WRITE,
    DEPARTURE_ACCOUNTS, DEPARTURE_APPROVE, DEPARTURE_ASSETS, DEPARTURE_FILE, DEPARTURE_READ,
    DEPARTURE_RUN, DEPARTURE_WAIVE, DOCUMENT_ISSUE, DOCUMENT_READ, EVIDENCE_AGREE, EVIDENCE_AUDIT,
    EVIDENCE_ERASE, EVIDENCE_READ, HANDOVER_ACCEPT, HANDOVER_APPROVE, HANDOVER_PLAN, HANDOVER_READ,
    IMPORT_RUN, LOGIN_MANAGE, PEOPLE_READ, PEOPLE_REVEAL, PEOPLE_WRITE, RECEIVABLE_READ,
    RECEIVABLE_WRITE, RULES_READ, RULES_WRITE, SIGNING_APPROVE, SIGNING_REQUEST, SIGNING_SIGN,
    SYSTEM_MANAGE, SYSTEM_READ,
};

fn role(key: &str, zh: &str, en: &str, grants: &[(Permission, Scope)]) -> Role {
    Role {
        key: key.to_owned(),
        zh: zh.to_owned(),
        en: en.to_owned(),
        grants: grants.iter().copied().collect(),
        ..Role::default()
    }
}

/// What every employee may do for himself.
const EVERYBODY: &[(Permission, Scope)] = &[
    (DEPARTURE_FILE, Own),
    (DEPARTURE_READ, Own),
    (APPROVAL_ACT, Own),
    (APPROVAL_READ, Own),
    (DOCUMENT_READ, Own),
    (SIGNING_SIGN, Own),
];

fn staff(key: &str, zh: &str, en: &str, grants: &[(Permission, Scope)]) -> Role {
    let mut role = role(key, zh, en, EVERYBODY);
    role.grants.extend(grants.iter().copied());
    role
}

fn administrator(duty: AdminDuty, mut role: Role) -> Role {
    role.duty = Some(duty);
    role
}

/// The roles that are shipped.
#[must_use]
pub fn shipped() -> Vec<Role> {
    let mut roles = business();
    roles.extend(offices());
    roles.extend(administrators());
    roles
}

#[expect(
    clippy::too_many_lines,
    reason = "a table of grants reads best in one piece"
)]
fn business() -> Vec<Role> {
    vec![
        staff(
            "salesperson",
            "业务员",
            "Salesperson",
            &[
                (CUSTOMER_READ, Own),
                (CUSTOMER_ADD, Own),
                (CUSTOMER_WRITE, Own),
                (CUSTOMER_CHANGE, Own),
                (CUSTOMER_REVEAL, Own),
                (CUSTOMER_PROPOSE, Own),
                (RECEIVABLE_READ, Own),
                (COMMISSION_READ, Own),
                (COMMISSION_CONFIRM, Own),
                (RULES_READ, All),
                (PEOPLE_READ, All),
                (HANDOVER_READ, Own),
                (HANDOVER_ACCEPT, Own),
            ],
        ),
        staff(
            "sales_manager",
            "销售主管",
            "Sales manager",
            &[
                (CUSTOMER_READ, DepartmentTree),
                (CUSTOMER_ADD, Own),
                (CUSTOMER_WRITE, DepartmentTree),
                (CUSTOMER_CHANGE, DepartmentTree),
                (CUSTOMER_REVEAL, DepartmentTree),
                (CUSTOMER_EXPORT, DepartmentTree),
                (CUSTOMER_PROPOSE, DepartmentTree),
                (CUSTOMER_HAND_OVER, DepartmentTree),
                (RECEIVABLE_READ, DepartmentTree),
                (COMMISSION_READ, DepartmentTree),
                (COMMISSION_EXIT, DepartmentTree),
                (COMMISSION_ANSWER, DepartmentTree),
                (COMMISSION_CONFIRM, Own),
                (RULES_READ, All),
                (PEOPLE_READ, All),
                (DEPARTURE_READ, DepartmentTree),
                (HANDOVER_READ, DepartmentTree),
                (HANDOVER_PLAN, DepartmentTree),
                (HANDOVER_ACCEPT, Own),
                (HANDOVER_APPROVE, DepartmentTree),
                (APPROVAL_READ, DepartmentTree),
            ],
        ),
        staff(
            "executive",
            "高管",
            "Executive",
            &[
                (CUSTOMER_READ, All),
                (CUSTOMER_PROPOSE, All),
                (CUSTOMER_HAND_OVER, All),
                (RECEIVABLE_READ, All),
                (COMMISSION_READ, All),
                (COMMISSION_ANSWER, All),
                (RULES_READ, All),
                (RULES_WRITE, All),
                (PEOPLE_READ, All),
                (DEPARTURE_READ, All),
                (DEPARTURE_APPROVE, All),
                (DEPARTURE_WAIVE, All),
                (HANDOVER_READ, All),
                (HANDOVER_PLAN, All),
                (HANDOVER_APPROVE, All),
                (APPROVAL_READ, All),
                (SIGNING_APPROVE, All),
                (EVIDENCE_READ, All),
                (EVIDENCE_AGREE, All),
                (ALERT_READ, All),
            ],
        ),
    ]
}

#[expect(
    clippy::too_many_lines,
    reason = "a table of grants reads best in one piece"
)]
fn offices() -> Vec<Role> {
    vec![
        staff(
            "hr",
            "人事",
            "HR",
            &[
                (RULES_READ, All),
                (PEOPLE_READ, All),
                (PEOPLE_WRITE, All),
                (PEOPLE_REVEAL, All),
                (DEPARTURE_FILE, All),
                (DEPARTURE_READ, All),
                (DEPARTURE_RUN, All),
                (HANDOVER_READ, All),
                (APPROVAL_READ, All),
                (APPROVAL_MANAGE, All),
                (DOCUMENT_READ, All),
                (DOCUMENT_ISSUE, All),
                (SIGNING_REQUEST, All),
                (EVIDENCE_READ, All),
                (BUNDLE_EXPORT, All),
            ],
        ),
        staff(
            "finance",
            "财务",
            "Finance",
            &[
                (CUSTOMER_READ, All),
                (RECEIVABLE_READ, All),
                (RECEIVABLE_WRITE, All),
                (COMMISSION_READ, All),
                (COMMISSION_PLAN, All),
                (COMMISSION_RUN, All),
                (COMMISSION_ANSWER, All),
                (COMMISSION_PAY, All),
                (RULES_READ, All),
                (RULES_WRITE, All),
                (COMMISSION_EXIT, All),
                (PEOPLE_READ, All),
                (DEPARTURE_READ, All),
                (HANDOVER_READ, All),
                (IMPORT_RUN, All),
                (APPROVAL_READ, Department),
            ],
        ),
        staff(
            "legal",
            "法务",
            "Legal",
            &[
                (CUSTOMER_READ, All),
                (RECEIVABLE_READ, All),
                // Whoever argues about pay, and hands out its proof, reads it.
                (COMMISSION_READ, All),
                (RULES_READ, All),
                (PEOPLE_READ, All),
                (DEPARTURE_READ, All),
                (HANDOVER_READ, All),
                (APPROVAL_READ, All),
                (DOCUMENT_READ, All),
                (SIGNING_APPROVE, All),
                (EVIDENCE_READ, All),
                (EVIDENCE_AUDIT, All),
                (EVIDENCE_ERASE, All),
                (BUNDLE_EXPORT, All),
            ],
        ),
        staff(
            "it",
            "信息技术",
            "IT",
            &[
                (PEOPLE_READ, All),
                (DEPARTURE_READ, All),
                (DEPARTURE_ACCOUNTS, All),
                (SYSTEM_READ, All),
            ],
        ),
        staff(
            "office",
            "行政",
            "Office",
            &[
                (PEOPLE_READ, All),
                (DEPARTURE_READ, All),
                (DEPARTURE_ASSETS, All),
            ],
        ),
        staff(
            "data_steward",
            "数据管理员",
            "Data steward",
            &[
                (CUSTOMER_READ, All),
                (CUSTOMER_ADD, All),
                (CUSTOMER_WRITE, All),
                (CUSTOMER_CHANGE, All),
                (PEOPLE_READ, All),
                (PEOPLE_WRITE, All),
                (RECEIVABLE_READ, All),
                (IMPORT_RUN, All),
            ],
        ),
    ]
}

fn administrators() -> Vec<Role> {
    vec![
        administrator(
            AdminDuty::System,
            role(
                "system_admin",
                "系统管理员",
                "System administrator",
                &[(SYSTEM_READ, All), (SYSTEM_MANAGE, All)],
            ),
        ),
        administrator(
            AdminDuty::Security,
            role(
                "security_admin",
                "安全管理员",
                "Security administrator",
                &[
                    (LOGIN_MANAGE, All),
                    (ALERT_READ, All),
                    (ALERT_HANDLE, All),
                    (SYSTEM_READ, All),
                ],
            ),
        ),
        administrator(
            AdminDuty::Audit,
            role(
                "auditor",
                "审计",
                "Auditor",
                &[(EVIDENCE_AUDIT, All), (ALERT_READ, All), (SYSTEM_READ, All)],
            ),
        ),
    ]
}
