//! Worksheets: numbers that are no text, dates that are numbers, archives that swell.

use std::io::Write as _;

use intake::{Limits, Mapping, SourceFile, Staged};
use kernel::{Day, Fen};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use crate::shared::{every_row_is_explained, file, found, stage};

fn mapping(sheet: &str) -> Mapping {
    let toml = format!(
        "name=\"t\"\nsystem=\"t\"\n[source.s]\nfile=\"s.xlsx\"\n{sheet}\n[[record]]\n\
         kind=\"contract\"\nsource=\"s\"\n[record.fields]\nnumber=\"编号\"\ncustomer=\"客户\"\n\
         amount=\"金额\"\nsigned_on=\"日期\""
    );
    Mapping::parse(&toml).unwrap()
}

fn book(fill: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("合同").unwrap();
    for (column, name) in (0_u16..).zip(["编号", "客户", "金额", "日期"]) {
        sheet.write_string(0, column, name).unwrap();
    }
    fill(sheet);
    book.save_to_buffer().unwrap()
}

fn staged(bytes: Vec<u8>) -> Staged {
    stage(&mapping(""), &[file("s.xlsx", bytes)])
}

#[test]
fn numbers_and_dates_of_a_sheet_are_read_exactly() {
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let staged = staged(book(|sheet| {
        sheet.write_number(1, 0, 1001).unwrap();
        sheet.write_string(1, 1, "甲").unwrap();
        sheet.write_number(1, 2, 1234.56).unwrap();
        let date = ExcelDateTime::from_ymd(2025, 1, 5).unwrap();
        sheet.write_datetime_with_format(1, 3, &date, &day).unwrap();
        sheet.write_string(4, 0, "1002").unwrap();
        sheet.write_string(4, 1, "乙").unwrap();
        sheet.write_number(4, 2, 0.1 + 0.2).unwrap();
        sheet.write_number(4, 3, 45_662).unwrap();
    }));
    assert_eq!(staged.records.len(), 1);
    let record = &staged.records[0];
    assert_eq!((record.key.as_str(), record.origin.row), ("1001", 2));
    assert_eq!(&*record.origin.sheet, "合同");
    assert_eq!(record.fields.money("amount"), Some(Fen(123_456)));
    assert_eq!(record.fields.day("signed_on"), Day::of(2025, 1, 5));
    // 0.1 + 0.2 is 0.30000000000000004: nobody may guess it away without leave to round.
    let fine = found(&staged, "too_fine")[0];
    assert_eq!(
        (fine.row(), fine.value.as_str()),
        (Some(5), "0.30000000000000004")
    );
}

#[test]
fn long_numbers_stored_as_numbers_are_refused() {
    let staged = staged(book(|sheet| {
        sheet
            .write_number(1, 0, 110_105_194_912_310_020_f64)
            .unwrap();
        sheet.write_string(1, 1, "甲").unwrap();
        sheet.write_formula(2, 0, "=1/0").unwrap();
        sheet.write_string(2, 1, "#N/A").unwrap();
    }));
    assert_eq!(found(&staged, "digits_lost")[0].rows, [2]);
    assert_eq!(found(&staged, "cell_error")[0].rows, [3]);
    assert!(staged.records.is_empty());
}

/// The second row of 1001 shows what stands above it, and says so once for each cell that is read.
#[test]
fn cells_merged_from_row_to_row_are_named_as_such() {
    let toml = "name=\"t\"\nsystem=\"t\"\n[source.s]\nfile=\"s.xlsx\"\n[[record]]\n\
                kind=\"contract\"\nsource=\"s\"\n[record.fields]\nnumber=\"编号\"\n\
                customer=\"客户\"\n[[record]]\nkind=\"contact\"\nsource=\"s\"\n\
                [record.fields]\ncustomer=\"客户\"\nname=\"金额\"";
    let plain = Format::new();
    let bytes = book(|sheet| {
        sheet.write_string(1, 0, "1001").unwrap();
        sheet.merge_range(1, 1, 2, 1, "甲", &plain).unwrap();
        sheet.write_string(1, 2, "王芳").unwrap();
        sheet.write_string(2, 0, "1002").unwrap();
        sheet.write_string(2, 2, "李红").unwrap();
        // Side by side hides nothing of a row.
        sheet.write_string(3, 0, "1003").unwrap();
        sheet.write_string(3, 1, "乙").unwrap();
        sheet.merge_range(3, 2, 3, 3, "赵新", &plain).unwrap();
    });
    let staged = stage(&Mapping::parse(toml).unwrap(), &[file("s.xlsx", bytes)]);
    let merged = found(&staged, "merged_cell");
    let places: Vec<_> = merged
        .iter()
        .map(|f| (f.rows.as_slice(), f.column.as_str()))
        .collect();
    assert_eq!(places, [([3].as_slice(), "客户")]);
    assert!(merged[0].remedy_zh.contains("取消合并单元格"));
    assert!(found(&staged, "required_empty").is_empty());
    let keys: Vec<_> = staged.records.iter().map(|r| r.key.as_str()).collect();
    assert_eq!(keys, ["甲/王芳", "乙/赵新", "1001", "1003"]);
}

#[test]
fn a_missing_sheet_names_those_that_are_there() {
    let bytes = book(|_| {});
    let wrong = stage(&mapping("sheet=\"客户\""), &[file("s.xlsx", bytes.clone())]);
    let finding = found(&wrong, "sheet_missing")[0];
    assert!(
        finding.reason_zh.contains("现有 合同"),
        "{}",
        finding.reason_zh
    );
    let right = stage(&mapping("sheet=\" 合同 \""), &[file("s.xlsx", bytes)]);
    assert!(found(&right, "sheet_missing").is_empty());
}

#[test]
fn a_far_corner_does_not_make_a_giant_table() {
    let bytes = book(|sheet| {
        sheet.write_string(1_048_575, 16_383, "x").unwrap();
    });
    let staged = staged(bytes);
    assert_eq!(found(&staged, "too_many_rows").len(), 1);
}

#[test]
fn archives_that_swell_are_stopped() {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let mut zip = zip::ZipWriter::new(&mut bytes);
    zip.start_file(
        "xl/sharedStrings.xml",
        zip::write::SimpleFileOptions::default(),
    )
    .unwrap();
    let zeros = vec![b' '; 1 << 20];
    for _ in 0..64 {
        zip.write_all(&zeros).unwrap();
    }
    zip.finish().unwrap();
    let bytes = bytes.into_inner();
    assert!(bytes.len() < 1 << 20);
    let limits = Limits {
        expanded_bytes: 16 << 20,
        ..Limits::default()
    };
    let files = [SourceFile {
        name: "s.xlsx",
        bytes: &bytes,
    }];
    let staged = intake::stage(&mapping(""), &files, &limits);
    assert_eq!(found(&staged, "expands_too_far").len(), 1);
}

#[test]
fn truncated_and_mangled_workbooks_are_refused() {
    let sound = book(|sheet| {
        sheet.write_string(1, 0, "1").unwrap();
    });
    for cut in [4, 30, sound.len() / 2, sound.len() - 1] {
        let staged = staged(sound[..cut].to_vec());
        let broken = found(&staged, "broken_workbook");
        assert_eq!(broken.len(), 1, "cut at {cut}");
        assert!(
            !broken[0].reason_zh.contains("Zip"),
            "{}",
            broken[0].reason_zh
        );
    }
    for at in (0..sound.len()).step_by(7) {
        let mut bytes = sound.clone();
        bytes[at] ^= 0x55;
        every_row_is_explained(&staged(bytes));
    }
}
