//! What people call the columns of their tables 常见列名.

use crate::kind::RecordKind;

/// A field and the names of its column.
pub(super) struct Word {
    pub(super) field: &'static str,
    /// Without brackets and white space; the usual one first.
    pub(super) names: &'static [&'static str],
    /// A cell of a template; empty where a template does without the column.
    pub(super) example: &'static str,
}

const fn word(field: &'static str, names: &'static [&'static str], example: &'static str) -> Word {
    Word {
        field,
        names,
        example,
    }
}

const OWNER: &[&str] = &[
    "负责人工号",
    "业务员工号",
    "销售工号",
    "销售员工号",
    "归属人工号",
    "负责人",
    "业务员",
    "销售员",
    "客户经理",
    "归属人",
    "负责人姓名",
    "业务员姓名",
    "销售姓名",
    "客户经理姓名",
    "归属人姓名",
];
const OF_CUSTOMER: &[&str] = &["客户编号", "客户编码", "客户代码", "客户号"];
/// Papers may call their customer by name where no column has its number.
const WHOSE_PAPER: &[&str] = &[
    "客户编号",
    "客户编码",
    "客户代码",
    "客户号",
    "客户名称",
    "客户全称",
    "客户",
];
const CONTRACT_NUMBER: &[&str] = &["合同编号", "合同号", "合同编码"];
const INVOICE_NUMBER: &[&str] = &["发票号码", "发票号", "发票编号"];
const MAIL: &[&str] = &["邮箱", "电子邮箱", "电子邮件", "email", "e-mail"];

const CUSTOMER: &[Word] = &[
    word(
        "number",
        &["客户编号", "客户编码", "客户代码", "客户号"],
        "KH001",
    ),
    word(
        "name",
        &[
            "客户名称",
            "客户全称",
            "单位名称",
            "公司名称",
            "企业名称",
            "客户",
        ],
        "青禾农业科技有限公司",
    ),
    word(
        "credit_code",
        &[
            "统一社会信用代码",
            "信用代码",
            "社会信用代码",
            "纳税人识别号",
            "税号",
        ],
        "91999999MA9K1138XE",
    ),
    word("industry", &["行业", "所属行业", "行业类别"], "农业"),
    word(
        "region",
        &["区域", "地区", "大区", "所属区域", "省份"],
        "华东",
    ),
    word(
        "tier",
        &["客户等级", "客户分级", "客户级别", "等级", "级别"],
        "A",
    ),
    word("owner", OWNER, "E001"),
    word(
        "owned_since",
        &["负责起始日", "接手日期", "归属日期", "分配日期"],
        "",
    ),
    word(
        "phone",
        &["公司电话", "单位电话", "总机", "座机", "电话"],
        "",
    ),
    word(
        "address",
        &["地址", "公司地址", "单位地址", "注册地址"],
        "上海市浦东新区示例路1号",
    ),
    word("founded", &["成立年份"], ""),
    word("size", &["人数", "员工人数"], ""),
];

const CONTACT: &[Word] = &[
    word("customer", OF_CUSTOMER, ""),
    word("name", &["联系人", "联系人姓名", "主要联系人"], ""),
    word("title", &["职务", "联系人职务", "联系人职位"], ""),
    word(
        "phone",
        &["联系电话", "联系人电话", "联系人手机", "手机", "手机号"],
        "",
    ),
    word("email", MAIL, ""),
];

const DEPARTMENT: &[Word] = &[word("name", &["部门", "所属部门", "部门名称"], "")];

const EMPLOYEE: &[Word] = &[
    word(
        "number",
        &["工号", "员工编号", "员工工号", "员工号", "人员编号"],
        "E001",
    ),
    word("name", &["姓名", "员工姓名", "人员姓名"], "陈一帆"),
    word(
        "department",
        &["部门", "所属部门", "部门名称"],
        "华东销售部",
    ),
    word("post", &["岗位", "职位", "岗位名称", "职务"], "销售经理"),
    word(
        "line_manager",
        &[
            "直属上级工号",
            "上级工号",
            "直属领导工号",
            "直属上级",
            "上级",
        ],
        "",
    ),
    word(
        "hired_on",
        &["入职日期", "入职时间", "入司日期"],
        "2023-03-08",
    ),
    word(
        "phone",
        &["手机", "手机号", "手机号码", "联系电话", "电话"],
        "13900139000",
    ),
    word("email", MAIL, "chen@example.com"),
    word("citizen_id", &["身份证号", "身份证号码", "身份证"], ""),
];

const CONTRACT: &[Word] = &[
    word("number", CONTRACT_NUMBER, "HT2025-001"),
    word("customer", WHOSE_PAPER, "KH001"),
    word(
        "name",
        &["合同名称", "项目名称", "合同标题"],
        "2025 年度供货合同",
    ),
    word("owner", OWNER, "E001"),
    word(
        "signed_on",
        &["签订日期", "签约日期", "签署日期", "签订时间", "合同日期"],
        "2025-01-05",
    ),
    word(
        "starts_on",
        &["生效日期", "合同开始日期", "开始日期", "起始日期"],
        "",
    ),
    word(
        "ends_on",
        &[
            "到期日期",
            "合同到期日期",
            "终止日期",
            "结束日期",
            "截止日期",
        ],
        "2025-12-31",
    ),
    word(
        "amount",
        &[
            "合同金额",
            "合同总额",
            "合同总金额",
            "合同总价",
            "合同含税金额",
            "签约金额",
            "含税金额",
            "价税合计",
            "总金额",
            "金额",
        ],
        "125000.00",
    ),
    word("product", &["产品", "产品名称"], ""),
    word("margin", &["合同毛利", "毛利"], ""),
];

const INVOICE: &[Word] = &[
    word("number", INVOICE_NUMBER, "25310000000001"),
    word("customer", WHOSE_PAPER, "KH001"),
    word("contract", CONTRACT_NUMBER, "HT2025-001"),
    word("order", &["订单编号", "订单号"], ""),
    word("owner", OWNER, ""),
    word(
        "issued_on",
        &["开票日期", "发票日期", "开票时间"],
        "2025-02-01",
    ),
    word(
        "due_on",
        &[
            "到期日",
            "到期日期",
            "应收日期",
            "应付日期",
            "付款期限",
            "收款期限",
        ],
        "2025-03-03",
    ),
    word(
        "amount",
        &["发票金额", "开票金额", "价税合计", "含税金额", "金额"],
        "62500.00",
    ),
    word("disputed", &["有争议", "是否有争议"], ""),
];

const RECEIPT: &[Word] = &[
    word(
        "number",
        &[
            "回款编号",
            "收款编号",
            "回款单号",
            "收款单号",
            "到账编号",
            "流水号",
            "银行流水号",
        ],
        "HK2025-001",
    ),
    word("customer", WHOSE_PAPER, "KH001"),
    word("invoice", INVOICE_NUMBER, "25310000000001"),
    word(
        "received_on",
        &["到账日期", "回款日期", "收款日期", "到账时间", "收款时间"],
        "2025-03-01",
    ),
    word(
        "amount",
        &["到账金额", "回款金额", "收款金额", "实收金额", "金额"],
        "62500.00",
    ),
];

/// Whether a column of this name calls a customer by name. Every kind may have one, so it tells
/// nothing of the kind.
pub(super) fn calls_a_customer(name: &str) -> bool {
    matches!(name, "客户名称" | "客户全称" | "客户")
}

/// The words of a kind; none for kinds that are not recognised.
pub(super) fn words(kind: RecordKind) -> &'static [Word] {
    match kind {
        RecordKind::Customer => CUSTOMER,
        RecordKind::Contact => CONTACT,
        RecordKind::Department => DEPARTMENT,
        RecordKind::Employee => EMPLOYEE,
        RecordKind::Contract => CONTRACT,
        RecordKind::Invoice => INVOICE,
        RecordKind::Receipt => RECEIPT,
        RecordKind::Product
        | RecordKind::Opportunity
        | RecordKind::Order
        | RecordKind::OrderLine => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::words;
    use crate::kind::RecordKind;

    #[test]
    fn every_word_is_about_a_field_and_no_name_means_two() {
        for kind in RecordKind::ALL {
            let mut seen = std::collections::BTreeSet::new();
            for word in words(kind) {
                assert!(kind.field(word.field).is_some(), "{kind:?} {}", word.field);
                for name in word.names {
                    assert!(seen.insert(name), "{kind:?} {name}");
                }
            }
        }
    }
}
