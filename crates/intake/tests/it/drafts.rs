//! A mapping drawn up from column names: what comes out can be read, and reads the file.

use intake::{
    DRAFTED, Draft, Encoding, Limits, Mapping, RecordKind, Severity, SourceFile, draft,
    name_in_english, template,
};
use kernel::Fen;

use crate::shared::{example, file, found, records, stage};

fn drafted(files: &[(String, Vec<u8>)]) -> Draft {
    let files: Vec<SourceFile<'_>> = files
        .iter()
        .map(|(name, bytes)| SourceFile { name, bytes })
        .collect();
    draft(&files, Encoding::Auto, &Limits::default())
}

fn parsed(draft: &Draft) -> Mapping {
    Mapping::parse(&draft.toml).unwrap_or_else(|errors| panic!("{errors:#?}\n{}", draft.toml))
}

#[test]
fn every_template_is_understood_and_comes_in_whole() {
    for kind in DRAFTED {
        let files = [file("表.csv", template(kind).unwrap())];
        let draft = drafted(&files);
        assert_eq!(draft.files[0].kind, Some(kind));
        assert!(draft.files[0].missing.is_empty(), "{kind:?}");
        assert!(
            draft.files[0]
                .columns
                .iter()
                .all(|(_, spec)| spec.is_some())
        );
        let staged = stage(&parsed(&draft), &files);
        assert_eq!(records(&staged, kind).len(), 1, "{kind:?}");
        let findings = &staged.report.findings;
        assert!(
            findings.iter().all(|f| f.severity != Severity::Refused),
            "{findings:#?}"
        );
    }
    assert!(template(RecordKind::Order).is_none());
}

/// Its column names stand below a title, and a row names customer, contact and contract.
#[test]
fn the_ledger_needs_no_mapping_of_its_own() {
    let text: String = example("data/客户台账.csv")
        .lines()
        .take(5)
        .map(|line| format!("{line}\n"))
        .collect();
    let files = [file("我的客户.csv", text)];
    let draft = drafted(&files);
    let understood = &draft.files[0];
    assert_eq!(
        (understood.kind, understood.header_row),
        (Some(RecordKind::Customer), 2)
    );
    let staged = stage(&parsed(&draft), &files);
    for kind in [
        RecordKind::Customer,
        RecordKind::Contact,
        RecordKind::Contract,
    ] {
        assert_eq!(records(&staged, kind).len(), 3, "{kind:?}");
    }
    let contract = records(&staged, RecordKind::Contract)[0];
    assert_eq!(
        contract.fields.money("amount"),
        Some(Fen(12_500_000)),
        "万元 is in the name"
    );
    assert_eq!(contract.fields.text("customer"), "KH001");
}

#[test]
fn a_customer_of_two_contracts_is_one_customer() {
    let text = "客户编号,客户名称,行业,区域,联系人,备注,合同编号,合同金额\n\
                K1,甲公司,农业,华东,王芳,老客户,H1,10\nK1,甲公司,农业,华东,王芳,,H2,20\n";
    let files = [file("台账.csv", text)];
    let staged = stage(&parsed(&drafted(&files)), &files);
    assert_eq!(records(&staged, RecordKind::Customer).len(), 1);
    assert_eq!(records(&staged, RecordKind::Contract).len(), 2);
    assert!(found(&staged, "duplicate_conflict").is_empty());
}

#[test]
fn who_has_no_number_is_called_by_his_name() {
    let text = "客户编号,客户名称,负责人工号,负责人\nK1,甲公司,E1,张三\nK2,乙公司,,李建国\n";
    let files = [file("客户.csv", text)];
    let draft = drafted(&files);
    let columns = draft.files[0].columns.iter();
    let owner = columns.filter(|(_, spec)| spec.is_some_and(|spec| spec.name == "owner"));
    assert_eq!(owner.count(), 2, "{}", draft.toml);
    let staged = stage(&parsed(&draft), &files);
    let owners = records(&staged, RecordKind::Customer);
    let owners: Vec<&str> = owners.iter().map(|of| of.fields.text("owner")).collect();
    assert_eq!(owners, ["E1", "李建国"]);
}

#[test]
fn what_is_not_understood_is_said() {
    let draft = drafted(&[
        file(
            "回款.csv",
            "客户编号,客户名称,到账日期,到账金额\nK1,甲公司,2025-01-02,5\n",
        ),
        file("别的.csv", "颜色,重量\n红,3\n"),
        file("空.csv", ""),
    ]);
    assert_eq!(draft.toml, "");
    let [receipts, other, empty] = draft.files.as_slice() else {
        panic!("{draft:#?}")
    };
    let missing: Vec<_> = receipts.missing.iter().map(|spec| spec.label).collect();
    assert_eq!(
        (receipts.kind, missing),
        (Some(RecordKind::Receipt), vec!["回款编号"])
    );
    assert_eq!(other.kind, None);
    assert_eq!(empty.problem.as_ref().unwrap().code, "file_empty");
}

#[test]
fn the_name_of_a_draft_is_said_in_english() {
    let text = "客户编号,客户名称,行业\nK1,甲公司,农业\n";
    let files = [file("客户.csv", text)];
    let staged = stage(&parsed(&drafted(&files)), &files);
    assert_eq!(staged.report.mapping, "按表头：客户");
    let english = name_in_english(&staged.report.mapping);
    assert_eq!(english, "By column names: customer");
    assert_eq!(name_in_english("客户台账"), "客户台账");
}

#[test]
fn names_cannot_break_out_of_the_mapping() {
    let text = "客户编号,\"客户名称(\"\"全\\\"\")\"\nK1,甲公司\n";
    let files = [file("a\"b.csv", text)];
    let staged = stage(&parsed(&drafted(&files)), &files);
    assert_eq!(records(&staged, RecordKind::Customer).len(), 1);
}

/// What ¥12.5 万 is in the books must not depend on how a column says so.
#[test]
fn a_unit_is_read_or_the_column_is_left() {
    for (above, name, expected) in [
        ("", "合同金额", Some(1_250)),
        ("", "合同金额(元)", Some(1_250)),
        ("", "合同金额（含税）", Some(1_250)),
        ("", "合同金额(单位:万元)", Some(12_500_000)),
        ("", "合同金额（含税，万元）", Some(12_500_000)),
        ("", "合同金额（人民币万元）", Some(12_500_000)),
        ("", "合同金额(千元)", Some(1_250_000)),
        ("", "合同金额(亿元)", None),
        ("", "合同金额(美元)", None),
        ("", "合同金额(万元/年)", None),
        ("单位：万元", "合同金额", Some(12_500_000)),
        ("单位：万元", "合同金额(元)", Some(1_250)),
        ("单位：美元", "合同金额", None),
        ("单位：华东分公司", "合同金额", Some(1_250)),
    ] {
        let head = format!("合同编号,客户编号,客户名称,签订日期,\"{name}\"");
        let rows = format!("{above},,,,\n{head}\nH1,K1,甲公司,2025-01-02,12.5\n");
        let files = [file("台账.csv", rows)];
        let draft = drafted(&files);
        let staged = stage(&parsed(&draft), &files);
        let contract = records(&staged, RecordKind::Contract)[0];
        assert_eq!(
            contract.fields.money("amount").map(|fen| fen.0),
            expected,
            "{above} {name}: {}",
            draft.toml
        );
    }
}

#[test]
fn other_money_is_not_taken_for_yuan() {
    for (amount, comes) in [
        ("¥100", true),
        ("$100", false),
        ("HK$100", false),
        ("€100", false),
    ] {
        let text = format!("合同编号,客户编号,签订日期,合同金额\nH1,K1,2025-01-02,{amount}\n");
        let files = [file("合同.csv", text)];
        let staged = stage(&parsed(&drafted(&files)), &files);
        assert_eq!(
            found(&staged, "foreign_money").is_empty(),
            comes,
            "{amount}"
        );
        let money = records(&staged, RecordKind::Contract);
        let money = money.first().and_then(|one| one.fields.money("amount"));
        assert_eq!(money.is_some(), comes, "{amount}");
    }
}

#[test]
fn a_paper_may_call_its_customer_by_name() {
    for (head, from) in [
        ("合同编号,客户名称,签订日期,含税金额", "甲公司"),
        ("合同编号,客户,签订日期,价税合计", "甲公司"),
        ("合同编号,客户名称,签订日期,合同总价,客户编号", "K1"),
    ] {
        let files = [file(
            "合同.csv",
            format!("{head}\nH1,甲公司,2025-01-02,5,K1\n"),
        )];
        let files = if head.ends_with("客户编号") {
            files
        } else {
            [file(
                "合同.csv",
                format!("{head}\nH1,甲公司,2025-01-02,5\n"),
            )]
        };
        let draft = drafted(&files);
        assert!(draft.files[0].missing.is_empty(), "{head}");
        let staged = stage(&parsed(&draft), &files);
        let contract = records(&staged, RecordKind::Contract)[0];
        assert_eq!(contract.fields.text("customer"), from, "{head}");
        assert_eq!(contract.fields.money("amount"), Some(Fen(500)), "{head}");
    }
    let customers = [file("客户.csv", "客户名称,负责人姓名\n甲公司,张三\n")];
    assert_eq!(
        drafted(&customers).files[0].kind,
        Some(RecordKind::Customer)
    );
}
