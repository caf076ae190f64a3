//! From the business row up: do the tables say what the log says? 状态审计.
//!
//! The log's own audit proves that the log was not changed. This one replays the notes of every act
//! and names each row that was changed, added or removed past the spine, by table, key and field.

use ::evidence::verdict::Verdict;
use spine::{Difference, Fault, LeftOut, RowReport, RowRules, Wrong};

use crate::house::House;

/// What is not noted, and what is noted veiled. Everything else is noted with its values.
pub(crate) const RULES: RowRules = RowRules {
    left_out: &[
        LeftOut {
            table: "session",
            columns: &[],
            reason: "a key to the door and no fact of the business; it ends with the epoch of \
                     its login, which is noted",
        },
        LeftOut {
            table: "session_failure",
            columns: &[],
            reason: "counts wrong passwords until the next right one",
        },
        LeftOut {
            table: "signing_failure",
            columns: &[],
            reason: "counts wrong codes until the next right one",
        },
        LeftOut {
            table: "customer_term",
            columns: &[],
            reason: "what a customer is found by; follows from its name",
        },
        LeftOut {
            table: "customer_term_run",
            columns: &[],
            reason: "where bulk loads wrote what customers are found by; says nothing about them",
        },
        LeftOut {
            table: "customer",
            columns: &["name_key", "sort_key", "search", "term_no"],
            reason: "what a customer is found and sorted by; follows from its name, and where its \
                     terms were written",
        },
        LeftOut {
            table: "people_employee",
            columns: &["pinyin", "initials"],
            reason: "follow from the name",
        },
        LeftOut {
            table: "people_employee",
            columns: &["revision"],
            reason: "counts how often it was written, and the writing is noted",
        },
        LeftOut {
            table: "customer_contact",
            columns: &["revision"],
            reason: "counts how often it was written, and the writing is noted",
        },
        LeftOut {
            table: "import_chunk",
            columns: &[],
            reason: "a copy of the file that was brought, packed",
        },
        LeftOut {
            table: "import_record",
            columns: &[],
            reason: "a copy of the file that was brought; what became of it is noted in its place",
        },
        LeftOut {
            table: "import_identity",
            columns: &[],
            reason: "only decides which line of a file is known already; no screen shows it",
        },
    ],
    // What a file brought besides stands in `extra`; a customer's telephone is among it.
    veiled: &[
        "citizen_id",
        "email",
        "extra",
        "password_hash",
        "phone",
        "sealed",
    ],
    made: crate::migrations::ALL,
};

/// Compares the books with everything that acts wrote.
///
/// # Errors
/// [`Fault`] when the database fails.
pub(crate) async fn compare(house: &House) -> Result<RowReport, Fault> {
    house.spine.audit_rows().await
}

/// The verdict on log and books together.
pub(crate) fn verdict(log: Verdict, books: &RowReport) -> Verdict {
    let own = match (books.total, books.erased) {
        (1.., _) => Verdict::Invalid,
        (0, 1..) => Verdict::Incomplete,
        (0, 0) => Verdict::Valid,
    };
    log.max(own)
}

/// One difference in Chinese and in English. Without `values` it names the place only: who may
/// audit the log need not be one who may read the business.
pub(crate) fn sentence(found: &Difference, values: bool) -> (String, String) {
    let table_zh = format!("表 {}（{}）", found.table, called(&found.table));
    let table_en = format!("table {}", found.table);
    let place_zh = format!("{table_zh}行 {}", found.key);
    let place_en = format!("{table_en} row {}", found.key);
    let by = found
        .entry
        .map(|entry| (format!("第 {entry} 条存证"), format!("entry {entry}")));
    let (by_zh, by_en) = by.unwrap_or_else(|| ("存证".to_owned(), "the log".to_owned()));
    match &found.wrong {
        Wrong::Changed { field, is, was } => match (is, was) {
            (Some(is), Some(was)) if values => (
                format!("{place_zh} 字段 {field} 现为「{is}」，{by_zh}写入的是「{was}」"),
                format!("{place_en} field {field} is \"{is}\"; {by_en} wrote \"{was}\""),
            ),
            _ => (
                format!("{place_zh} 字段 {field} 与{by_zh}写入的不同"),
                format!("{place_en} field {field} is not what {by_en} wrote"),
            ),
        },
        Wrong::Missing => (
            format!("{place_zh} 不见了：{by_zh}写入过，没有任何业务动作删除它"),
            format!("{place_en} is gone: {by_en} wrote it, no act removed it"),
        ),
        Wrong::Extra => (
            format!("{place_zh} 来历不明：没有任何业务动作写入它"),
            format!("{place_en} has no origin: no act wrote it"),
        ),
        Wrong::Damaged => (
            format!("{by_zh}的行级留痕被改动或删除"),
            format!("what {by_en} noted of its rows was changed or removed"),
        ),
        of_table => of_a_table(of_table, (&table_zh, &table_en), (&by_zh, &by_en)),
    }
}

/// What is wrong with a table as a whole.
fn of_a_table(
    wrong: &Wrong,
    (table_zh, table_en): (&str, &str),
    (by_zh, by_en): (&str, &str),
) -> (String, String) {
    match wrong {
        Wrong::TableGone => (
            format!("{table_zh}整张不见了：{by_zh}等写入过，程序没有删除过它，请从备份恢复"),
            format!(
                "{table_en} is gone as a whole: {by_en} and others wrote in it, the program \
                 never removed it; restore a backup"
            ),
        ),
        Wrong::FieldGone { field } => (
            format!(
                "{table_zh}的字段 {field} 整列不见了：{by_zh}等写入过，程序没有删除过它，\
                 请从备份恢复"
            ),
            format!(
                "{table_en} field {field} is gone as a whole: {by_en} and others wrote it, the \
                 program never removed it; restore a backup"
            ),
        ),
        Wrong::Keyless => (
            format!(
                "{table_zh}没有主键，无法核对：程序不建这样的表。若是外来的表，请移出此库；\
                 若是本程序的表，请从备份恢复"
            ),
            format!(
                "{table_en} has no primary key and cannot be compared; the program makes no such \
                 table. Move a foreign one out of this database; for one of ours restore a backup"
            ),
        ),
        Wrong::Unguarded { trigger } => (
            format!(
                "{table_zh}上由程序建立的触发器 {trigger} 被删除、停用或改动：数据库不再拒绝\
                 绕过程序的改写，请查明何人动过数据库，并从备份恢复"
            ),
            format!(
                "{table_en}: trigger {trigger}, which the program made, was removed, switched off \
                 or changed, so that the database no longer refuses what goes past the program; \
                 find out who did it and restore a backup"
            ),
        ),
        // Of its rows.
        Wrong::Changed { .. } | Wrong::Missing | Wrong::Extra | Wrong::Damaged => {
            (table_zh.to_owned(), table_en.to_owned())
        }
    }
}

/// Tables by name, as they are called on screen.
const WORDS: &[(&str, &str)] = &[
    ("alert", "预警"),
    ("approval_case", "流程"),
    ("approval_event", "流程记录"),
    ("approval_flow", "流程定义"),
    ("approval_party", "流程参与人"),
    ("approval_task", "待办"),
    ("bundle", "存证包"),
    ("bundle_statement", "提成单存证包"),
    ("commission_assignment", "提成方案分配"),
    ("commission_attachment", "提成异议附件"),
    ("commission_basis", "提成核算依据"),
    ("commission_confirm_day", "提成确认期限"),
    ("commission_credit", "业绩认定"),
    ("commission_crediting", "业绩认定用表"),
    ("commission_exit", "离职提成结清"),
    ("commission_exit_word", "离职提成决定与异议"),
    ("commission_line", "提成明细"),
    ("commission_paying", "提成发放"),
    ("commission_payment", "提成发放明细"),
    ("commission_payout", "提成发放表"),
    ("commission_period", "提成结算月份"),
    ("commission_plan", "提成方案"),
    ("commission_reminder", "提成确认提醒"),
    ("commission_run", "提成核算"),
    ("commission_sign_off", "提成单签收"),
    ("commission_silence", "提成逾期未确认通知"),
    ("commission_terms", "交接提成条款"),
    ("commission_version", "提成方案版本"),
    ("commission_word", "提成确认与异议"),
    ("customer", "客户"),
    ("customer_assignment", "客户归属历史"),
    ("customer_contact", "联系人"),
    ("customer_contact_former", "联系人的旧联系方式"),
    ("customer_follow_up", "跟进"),
    ("customer_merge", "客户合并记录"),
    ("customer_opportunity", "商机"),
    ("customer_product", "产品"),
    ("customer_seat", "协作人"),
    ("customer_seat_change", "协作人历史"),
    ("departure", "离职"),
    ("departure_step", "离职记录"),
    ("document", "文书"),
    ("document_template", "文书模板"),
    ("handover_acceptance", "接收答复"),
    ("handover_forecast", "收入预估"),
    ("handover_item", "交接事项"),
    ("handover_kept", "接替人原有事项"),
    ("handover_plan", "交接方案"),
    ("handover_share", "接收份额"),
    ("handover_terms", "方案提成条款"),
    ("import_batch", "导入批次"),
    ("people_asset", "资产"),
    ("people_calendar_day", "工作日历"),
    ("people_department", "部门"),
    ("people_employee", "员工"),
    ("people_employment", "任职历史"),
    ("people_entity", "公司主体"),
    ("people_head", "部门负责人"),
    ("people_post", "岗位"),
    ("people_stand_in", "代理人"),
    ("receivable_clearing", "核销"),
    ("receivable_contract", "合同"),
    ("receivable_contract_holder", "合同单独交接历史"),
    ("receivable_invoice", "应收"),
    ("receivable_order", "订单"),
    ("receivable_order_line", "订单明细"),
    ("receivable_receipt", "回款"),
    ("receivable_responsibility", "催收责任历史"),
    ("receivable_reversal", "退款与坏账"),
    ("receivable_reversal_withdrawal", "撤回的退款与坏账"),
    ("receivable_withdrawn", "撤回的误录单据"),
    ("rules_decision", "决策记录"),
    ("rules_draft", "决策表草稿"),
    ("rules_table", "决策表"),
    ("rules_version", "决策表版本"),
    ("session_login", "账号"),
    ("session_role", "账号角色"),
    ("signing_authority", "公司证书机构"),
    ("signing_ceremony", "签署"),
    ("signing_consent", "电子签署同意书"),
    ("signing_factor", "动态口令"),
    ("signing_file", "签署文件"),
    ("signing_key", "签名密钥"),
    ("signing_seal_use", "用印"),
    ("signing_seat", "签署人"),
    ("signing_step", "签署记录"),
];

/// What a table is called on screen.
pub(crate) fn called(table: &str) -> &str {
    let known = WORDS.iter().find(|(name, _)| *name == table);
    known.map_or(table, |(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::{RULES, called};
    use crate::migrations;

    /// Of the spine, of a step on the way, or left out of the comparison.
    fn is_not_compared(table: &str) -> bool {
        let machinery = ["idempotency", "access_record", "job", "customer_numbered"];
        let mut left_out = RULES.left_out.iter().filter(|rule| rule.columns.is_empty());
        table.starts_with("log_")
            || table.ends_with("_new")
            || machinery.contains(&table)
            || left_out.any(|rule| rule.table == table)
    }

    #[test]
    fn every_table_that_is_compared_has_a_name_for_people() {
        let made = migrations::ALL
            .iter()
            .flat_map(|step| step.text.split("CREATE TABLE ").skip(1));
        for rest in made {
            let end = rest.find(|c: char| c != '_' && !c.is_ascii_lowercase());
            let table = &rest[..end.unwrap_or(rest.len())];
            assert!(
                is_not_compared(table) || called(table) != table,
                "{table} has no name"
            );
        }
    }
}
