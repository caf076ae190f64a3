//! The invented Chinese ledger of `examples/data`, in every form in which it may arrive.

use encoding_rs::GB18030;
use intake::{RecordKind, Staged};
use kernel::Fen;
use rust_xlsxwriter::Workbook;

use crate::shared::{example, file, found, mapping, records, stage};

fn text() -> String {
    example("data/客户台账.csv")
}

fn staged(bytes: impl Into<Vec<u8>>) -> Staged {
    stage(&mapping("客户台账"), &[file("客户台账2025.csv", bytes)])
}

fn contents(staged: &Staged) -> Vec<(String, String)> {
    staged
        .records
        .iter()
        .map(|r| (r.key.clone(), r.content()))
        .collect()
}

fn as_workbook(text: &str) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    for (row, record) in reader.records().enumerate() {
        for (column, cell) in record.unwrap().iter().enumerate() {
            let (row, column) = (u32::try_from(row).unwrap(), u16::try_from(column).unwrap());
            sheet.write_string(row, column, cell).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn every_form_of_the_file_gives_the_same_records() {
    let plain = staged(text());
    assert!(!plain.records.is_empty());
    let gb = GB18030.encode(&text()).0.into_owned();
    assert!(std::str::from_utf8(&gb).is_err());
    for other in [
        format!("\u{feff}{}", text()).into_bytes(),
        gb,
        as_workbook(&text()),
    ] {
        let other = staged(other);
        assert_eq!(contents(&other), contents(&plain));
        // A worksheet does not store rows that are empty.
        let codes = |staged: &Staged| {
            let all = staged
                .report
                .findings
                .iter()
                .filter(|f| f.code != "blank_rows");
            all.map(|f| (f.code, f.rows.clone())).collect::<Vec<_>>()
        };
        assert_eq!(codes(&other), codes(&plain));
    }
}

#[test]
fn sound_and_repairable_cells_come_in() {
    let staged = staged(text());
    let customers = records(&staged, RecordKind::Customer);
    assert_eq!(customers.len(), 10);
    assert_eq!(
        customers[1].fields.text("name"),
        "临江机械（集团）有限公司",
        "names stay as written"
    );
    assert_eq!(
        customers[1].fields.text("credit_code"),
        "91999999MA9K1275X9"
    );
    assert_eq!(
        customers[8].fields.text("credit_code"),
        "91999999MA9K2371X4",
        "=\"…\" is unwrapped"
    );
    assert_eq!(
        customers[9].fields.text("tier"),
        "C",
        "the mapping's default"
    );
    let contacts = records(&staged, RecordKind::Contact);
    assert!(
        contacts
            .iter()
            .any(|c| c.fields.text("name") == "买买提·阿卜杜拉")
    );
    assert!(
        contacts
            .iter()
            .any(|c| c.fields.text("phone") == "13900139002")
    );
    assert!(
        contacts
            .iter()
            .any(|c| c.fields.text("phone") == "13600136006")
    );
    let contracts = records(&staged, RecordKind::Contract);
    let signed: Vec<_> = contracts
        .iter()
        .map(|c| {
            (
                c.key.as_str(),
                c.fields.day("signed_on").unwrap().to_string(),
            )
        })
        .collect();
    assert_eq!(signed[1], ("HT2025-002", "2025-02-18".to_owned()));
    assert_eq!(
        signed[4],
        ("HT2025-005", "2025-04-21".to_owned()),
        "an Excel serial number"
    );
}

#[test]
fn money_in_ten_thousands_is_exact_per_owner() {
    let staged = staged(text());
    let totals = &staged.report.totals[&RecordKind::Contract];
    let sum = |owner: &str| totals.by_owner[owner].sum("amount").fen().unwrap();
    // X101: 12.5 + 1,280.00 + 220; X102: 86 + 33.3333; X103: 58.80 (all 万元).
    assert_eq!(sum("X101"), Fen(1_512_500_000));
    assert_eq!(sum("X102"), Fen(119_333_300));
    assert_eq!(sum("X103"), Fen(58_800_000));
    // The contract with the doubtful date is refused, and the one of −3.5: what can be read of
    // them, 15 − 3.5 万元, is accounted for.
    assert_eq!(totals.refused.sum("amount").fen(), Some(Fen(11_500_000)));
    assert_eq!(totals.refused.records, 3);
    assert_eq!(totals.came_in().records, 9);
}

#[test]
fn what_is_wrong_is_named_with_its_place() {
    let staged = staged(text());
    let place = |code: &str| {
        let findings = found(&staged, code);
        findings
            .iter()
            .map(|f| (f.row().unwrap(), f.column.clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        place("scientific"),
        [
            (6, "联系电话".to_owned()),
            (11, "合同金额(万元)".to_owned())
        ]
    );
    assert_eq!(place("ambiguous_date"), [(14, "签订日期".to_owned())]);
    assert_eq!(
        place("amount_not_above_zero"),
        [(15, "合同金额(万元)".to_owned())]
    );
    assert_eq!(
        place("credit_code_check"),
        [(7, "统一社会信用代码".to_owned())]
    );
    assert_eq!(place("empty_field"), [(8, "负责人工号".to_owned())]);
    assert_eq!(place("blank_rows"), [(10, String::new())]);
    let conflict = found(&staged, "duplicate_conflict");
    assert_eq!(conflict[0].rows, [13]);
    assert_eq!(
        conflict[0].reason_zh,
        "编号重复，内容却不同：第 5 行已有客户「KH003」"
    );
    assert!(found(&staged, "merged_same").iter().any(|f| f.rows == [9]));
    let disagree = found(&staged, "distinct_disagrees");
    assert_eq!(disagree[0].rows, [12]);
    assert!(
        disagree[0].reason_zh.contains("姓名（陈一帆 / 陈一凡）"),
        "{}",
        disagree[0].reason_zh
    );
    let mixed = found(&staged, "mixed_dates");
    assert!(
        mixed[0].reason_zh.contains("2025年1月5日 1 行"),
        "{}",
        mixed[0].reason_zh
    );
    let serial = "45662 (serial number of Excel)";
    assert!(
        mixed[0].reason_en.contains(serial),
        "{}",
        mixed[0].reason_en
    );
    let kept = found(&staged, "columns_kept");
    assert_eq!(kept[0].column, "建档日期、备注");
    assert_eq!(kept[0].column_en, "建档日期, 备注");
}
