//! The refused rows as a file for whoever must put them right 问题清单下载.
//!
//! CSV is UTF-8 with a byte order mark, XLSX holds nothing but texts. A cell that a spreadsheet
//! would take for a formula gets an apostrophe before it.

use rust_xlsxwriter::{Format, Workbook, XlsxError};
use spine::Fault;

use super::view::{Finding, ImportView};

/// One row that stays outside, and why.
struct Line<'f> {
    row: Option<u64>,
    finding: &'f Finding,
}

const ZH: [&str; 7] = ["文件", "工作表", "行", "列", "内容", "原因", "如何处理"];
const EN: [&str; 7] = [
    "File", "Sheet", "Row", "Column", "Value", "Reason", "Remedy",
];
/// Rows of a worksheet besides its header.
const SHEET_ROWS: usize = 1_048_575;

/// A finding about the whole file is one line, one about rows a line each.
fn of_finding(finding: &Finding) -> impl Iterator<Item = Line<'_>> {
    let whole = finding.rows.is_empty();
    let whole = whole.then_some(Line { row: None, finding });
    let singly = finding.rows.iter().map(move |row| Line {
        row: Some(*row),
        finding,
    });
    whole.into_iter().chain(singly)
}

fn lines(report: &ImportView) -> Vec<Line<'_>> {
    let refused = report.findings.iter();
    let refused = refused.filter(|finding| finding.severity == "refused");
    let mut lines: Vec<Line<'_>> = refused.flat_map(of_finding).collect();
    lines.sort_by(|a, b| place(a).cmp(&place(b)));
    lines
}

fn place<'f>(line: &Line<'f>) -> (&'f str, &'f str, Option<u64>) {
    (&line.finding.file, &line.finding.sheet, line.row)
}

fn cells(line: &Line<'_>, zh: bool) -> [String; 7] {
    let finding = line.finding;
    let Finding {
        column_en,
        value_en,
        reason_en,
        remedy_en,
        ..
    } = finding;
    let (column, value, reason, remedy) = if zh {
        let Finding { column, value, .. } = finding;
        (column, value, &finding.reason, &finding.remedy)
    } else {
        (column_en, value_en, reason_en, remedy_en)
    };
    [
        guarded(&finding.file),
        guarded(&finding.sheet),
        line.row.map(|row| row.to_string()).unwrap_or_default(),
        guarded(column),
        guarded(value),
        reason.clone(),
        remedy.clone(),
    ]
}

/// Text that a spreadsheet does not take for a formula.
fn guarded(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// The list as CSV.
pub(crate) fn csv(report: &ImportView, zh: bool) -> Vec<u8> {
    let mut out = String::from("\u{feff}");
    let mut put = |cells: &[String]| {
        for (at, cell) in cells.iter().enumerate() {
            out.push_str(if at == 0 { "\"" } else { ",\"" });
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        }
        out.push_str("\r\n");
    };
    put(&head(zh).map(str::to_owned));
    for line in lines(report) {
        put(&cells(&line, zh));
    }
    out.into_bytes()
}

fn head(zh: bool) -> [&'static str; 7] {
    if zh { ZH } else { EN }
}

/// The list as XLSX; rows that no worksheet could hold are left to the CSV.
///
/// # Errors
/// [`Fault`] when the workbook cannot be written.
pub(crate) fn xlsx(report: &ImportView, zh: bool) -> Result<Vec<u8>, Fault> {
    workbook(report, zh).map_err(|error| Fault::new(format!("a workbook: {error}")))
}

fn workbook(report: &ImportView, zh: bool) -> Result<Vec<u8>, XlsxError> {
    const WIDTHS: [u16; 7] = [24, 14, 8, 20, 28, 48, 48];
    let mut book = Workbook::new();
    let bold = Format::new().set_bold();
    let sheet = book.add_worksheet();
    for (column, (title, width)) in (0..).zip(head(zh).into_iter().zip(WIDTHS)) {
        sheet.write_string_with_format(0, column, title, &bold)?;
        sheet.set_column_width(column, width)?;
    }
    for (row, line) in (1..).zip(lines(report).iter().take(SHEET_ROWS)) {
        for (column, cell) in (0..).zip(cells(line, zh)) {
            sheet.write_string(row, column, cell)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    book.save_to_buffer()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_formula_becomes_a_text() {
        for (text, safe) in [
            ("=1+1", "'=1+1"),
            ("@x", "'@x"),
            ("甲", "甲"),
            ("1.23E+17", "1.23E+17"),
        ] {
            assert_eq!(super::guarded(text), safe);
        }
    }
}
