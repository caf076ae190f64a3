//! The closed list of permissions 权限清单.

use access::{InHandover, Permission, PermissionSpec};

macro_rules! permissions {
    ($($name:ident = $key:literal, $zh:literal, $en:literal, $kind:ident, $handover:ident;)*) => {
        $(#[doc = $en] pub const $name: Permission = Permission($key);)*

        /// Every permission there is.
        #[must_use]
        pub fn all() -> Vec<PermissionSpec> {
            vec![$(PermissionSpec {
                permission: $name,
                zh: $zh,
                en: $en,
                business: permissions!(@$kind),
                in_handover: InHandover::$handover,
            }),*]
        }
    };
    (@business) => { true };
    (@system) => { false };
}

permissions! {
    CUSTOMER_READ = "customer.read", "查看客户", "See customers", business, OwnOnly;
    CUSTOMER_ADD = "customer.add", "新建客户", "Add customers", business, Never;
    CUSTOMER_WRITE = "customer.write", "登记联系人、商机与跟进", "Add contacts, deals and follow-ups", business, OwnOnly;
    CUSTOMER_CHANGE = "customer.change", "修改客户资料、联系方式与协作人", "Change customers, contacts and collaborators", business, Never;
    CUSTOMER_REVEAL = "customer.reveal", "查看完整联系方式", "Reveal contact details", business, OwnWithReason;
    CUSTOMER_EXPORT = "customer.export", "导出客户", "Export customers", business, Never;
    CUSTOMER_PROPOSE = "customer.propose", "申请移交客户", "Ask for a customer's handover", business, Never;
    CUSTOMER_HAND_OVER = "customer.hand_over", "调整客户归属", "Change a customer's owner", business, Never;
    RECEIVABLE_READ = "receivable.read", "查看应收与合同", "See receivables and contracts", business, OwnOnly;
    RECEIVABLE_WRITE = "receivable.write", "登记发票与回款", "Enter invoices and receipts", business, Never;
    COMMISSION_READ = "commission.read", "查看提成", "See commission", business, OwnOnly;
    COMMISSION_CONFIRM = "commission.confirm", "确认或异议本人提成", "Confirm or object to one's own commission", business, OwnOnly;
    COMMISSION_PLAN = "commission.plan", "管理提成方案", "Keep commission plans", business, Never;
    COMMISSION_RUN = "commission.run", "核算提成", "Calculate commission", business, Never;
    COMMISSION_ANSWER = "commission.answer", "答复提成异议", "Answer objections to commission", business, Never;
    COMMISSION_PAY = "commission.pay", "登记与撤销提成发放", "Record and undo payments of commission", business, Never;
    RULES_READ = "rules.read", "查看决策表", "See decision tables", business, Unchanged;
    RULES_WRITE = "rules.write", "编辑与发布决策表", "Write and publish decision tables", business, Never;
    COMMISSION_EXIT = "commission.exit", "决定离职人员的提成", "Decide on commission of leavers", business, Never;
    PEOPLE_READ = "people.read", "查看组织与员工", "See the organisation", business, Unchanged;
    PEOPLE_WRITE = "people.write", "维护组织与员工", "Keep the organisation", business, Never;
    PEOPLE_REVEAL = "people.reveal", "查看员工证件与联系方式", "Reveal employees' ids and phones", business, Never;
    DEPARTURE_READ = "departure.read", "查看离职", "See departures", business, OwnOnly;
    DEPARTURE_FILE = "departure.file", "提交离职", "File a departure", business, OwnOnly;
    DEPARTURE_RUN = "departure.run", "办理离职", "Run departures", business, Never;
    DEPARTURE_APPROVE = "departure.approve", "批准解除与协商离职", "Approve dismissals and agreements", business, Never;
    DEPARTURE_WAIVE = "departure.waive", "批准豁免离职关卡", "Agree to waive exit gates", business, Never;
    DEPARTURE_ASSETS = "departure.assets", "登记与收回资产", "Lend and take back assets", business, Never;
    DEPARTURE_ACCOUNTS = "departure.accounts", "登记与关闭系统账号", "Note and close accounts", system, Never;
    HANDOVER_READ = "handover.read", "查看交接方案", "See handover plans", business, OwnOnly;
    HANDOVER_PLAN = "handover.plan", "制定交接方案", "Draw up handover plans", business, Never;
    HANDOVER_ACCEPT = "handover.accept", "接收交接", "Accept a handover", business, Never;
    HANDOVER_APPROVE = "handover.approve", "批准交接方案", "Approve handover plans", business, Never;
    APPROVAL_ACT = "approval.act", "处理本人待办", "Handle one's own tasks", business, Unchanged;
    APPROVAL_READ = "approval.read", "查看流程", "See processes", business, OwnOnly;
    APPROVAL_MANAGE = "approval.manage", "移交他人待办", "Move other people's tasks", business, Never;
    IMPORT_RUN = "import.run", "导入数据", "Import data", business, Never;
    DOCUMENT_READ = "document.read", "查看文书", "See documents", business, OwnOnly;
    DOCUMENT_ISSUE = "document.issue", "出具文书", "Issue documents", business, Never;
    SIGNING_SIGN = "signing.sign", "签署本人文书", "Sign one's own documents", business, OwnOnly;
    SIGNING_REQUEST = "signing.request", "发起文书签署", "Ask for signatures", business, Never;
    SIGNING_APPROVE = "signing.approve", "批准用印", "Agree to the use of the seal", business, Never;
    EVIDENCE_READ = "evidence.read", "查看存证", "See the evidence log", business, Never;
    BUNDLE_EXPORT = "bundle.export", "导出存证包", "Hand out evidence bundles", business, Never;
    EVIDENCE_ERASE = "evidence.erase", "依法删除存证内容", "Erase what entries say", business, Never;
    EVIDENCE_AGREE = "evidence.agree", "复核依法删除", "Agree to an erasure", business, Never;
    EVIDENCE_AUDIT = "evidence.audit", "审计存证", "Audit the evidence log", system, Never;
    ALERT_READ = "alert.read", "查看预警", "See alerts", system, Never;
    ALERT_HANDLE = "alert.handle", "处理预警", "Handle alerts", system, Never;
    LOGIN_MANAGE = "login.manage", "管理账号与角色", "Manage logins and roles", system, Never;
    SYSTEM_READ = "system.read", "查看系统状态", "See the state of the system", system, Never;
    SYSTEM_MANAGE = "system.manage", "维护系统设置", "Keep the system", system, Never;
}
