//! What payroll gets of a closed month: a workbook and plain earning lines 发放文件.
//!
//! Both are made from lines that never move again, and kept as they were handed out. CSV is UTF-8
//! with a byte order mark; one line for each person and day on which something falls due. Amounts
//! are texts with two places in the CSV and numbers in the workbook; a cell that a spreadsheet
//! would take for a formula gets an apostrophe before it.
//!
//! What was recorded as paid before is left out, so that payroll pays nobody twice.

use std::collections::BTreeMap;

use ::commission::dues::Due;
use ::commission::statement::Called;
use ::evidence::file_digest::FileDigest;
use kernel::{Day, EmployeeId, Fen};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use spine::{Failure, Fault, Reader};

use super::month::Month;
use super::paper::kind_words;
use super::store::{self, Booked};
use super::telling;
use crate::people::store as people;

/// The files of a month, and what they come to.
#[derive(Clone, Debug)]
pub struct Made {
    pub(crate) people: usize,
    pub(crate) lines: usize,
    pub(crate) total: Fen,
    /// What was recorded as paid before and is left out.
    pub(crate) already: Fen,
    pub(crate) xlsx: Vec<u8>,
    pub(crate) csv: Vec<u8>,
}

impl Made {
    pub(crate) fn xlsx_digest(&self) -> String {
        FileDigest::sha256(&self.xlsx).to_string()
    }

    pub(crate) fn csv_digest(&self) -> String {
        FileDigest::sha256(&self.csv).to_string()
    }
}

/// What one person gets on one day.
struct Earning {
    number: String,
    name: String,
    due: Day,
    amount: Fen,
    lines: usize,
}

/// What was paid of each line, by its name.
struct Before(BTreeMap<String, Fen>);

impl Before {
    fn of(&self, line: &Booked) -> Fen {
        self.0.get(&line.key).copied().unwrap_or_default()
    }

    fn left(&self, line: &Booked) -> Fen {
        line.commission - self.of(line)
    }

    /// What of its parts is still to be paid: a payment pays what was kept back last.
    fn parts(&self, line: &Booked) -> Vec<Due> {
        let mut parts = line.dues();
        parts.sort_by_key(|part| (part.held, part.on));
        let mut paid = self.of(line);
        for part in &mut parts {
            let taken = match part.amount < Fen::ZERO {
                true => paid.min(Fen::ZERO).max(part.amount),
                false => paid.max(Fen::ZERO).min(part.amount),
            };
            part.amount = part.amount - taken;
            paid = paid - taken;
        }
        parts.retain(|part| part.amount != Fen::ZERO);
        parts
    }
}

/// Makes the files of a month from its lines, without what was paid of them before.
pub(crate) async fn made(books: &mut Reader<'_>, month: Month) -> Result<Made, Failure> {
    let mut lines = store::lines_in(books, month).await?;
    let before = Before(store::paid_in(books, month).await?);
    let already: Fen = lines.iter().map(|line| before.of(line)).sum();
    lines.retain(|line| before.left(line) != Fen::ZERO);
    let called = telling::called(books, &lines).await?;
    let names = people::names_of(books, lines.iter().map(|line| line.payee)).await?;
    let of = |who: EmployeeId| names.get(&who).cloned().unwrap_or_default();
    lines.sort_by_key(|line| (of(line.payee), line.earned_on, line.key.clone()));
    let earnings = earnings(&lines, &before, of);
    let xlsx = workbook(month, &earnings, (&lines, &before, &called))
        .map_err(|error| Fault::new(format!("a workbook: {error}")))?;
    let mut payees: Vec<EmployeeId> = lines.iter().map(|line| line.payee).collect();
    payees.dedup();
    Ok(Made {
        people: payees.len(),
        lines: lines.len(),
        total: lines.iter().map(|line| before.left(line)).sum(),
        already,
        csv: csv(month, &earnings),
        xlsx,
    })
}

fn earnings(
    lines: &[Booked],
    before: &Before,
    of: impl Fn(EmployeeId) -> (String, String),
) -> Vec<Earning> {
    let mut sums: BTreeMap<(String, String, Day), (Fen, usize)> = BTreeMap::new();
    for line in lines {
        let (number, name) = of(line.payee);
        for part in before.parts(line) {
            let place = (number.clone(), name.clone(), part.on);
            let (sum, count) = sums.entry(place).or_default();
            (*sum, *count) = (*sum + part.amount, *count + 1);
        }
    }
    let earning = |((number, name, due), (amount, lines))| Earning {
        number,
        name,
        due,
        amount,
        lines,
    };
    sums.into_iter().map(earning).collect()
}

/// Text that a spreadsheet does not take for a formula.
fn guarded(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

const HEAD: [&str; 7] = ["工号", "姓名", "归属月份", "项目", "应付日", "金额", "笔数"];

fn csv(month: Month, earnings: &[Earning]) -> Vec<u8> {
    let mut out = String::from("\u{feff}");
    let mut put = |cells: &[String]| {
        for (at, cell) in cells.iter().enumerate() {
            out.push_str(if at == 0 { "\"" } else { ",\"" });
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        }
        out.push_str("\r\n");
    };
    put(&HEAD.map(str::to_owned));
    for one in earnings {
        put(&[
            guarded(&one.number),
            guarded(&one.name),
            month.to_string(),
            "提成".to_owned(),
            one.due.to_string(),
            one.amount.to_plain(),
            one.lines.to_string(),
        ]);
    }
    out.into_bytes()
}

/// Columns of a sheet: title and width in characters.
fn head(sheet: &mut Worksheet, columns: &[(&str, u16)]) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    for (column, (title, width)) in (0..).zip(columns) {
        sheet.write_string_with_format(0, column, *title, &bold)?;
        sheet.set_column_width(column, *width)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

/// An amount as a number. The file format has no other number than a double; two places of at most
/// fifteen digits are the same text again, which a test holds.
fn amount(sheet: &mut Worksheet, at: (u32, u16), fen: Fen) -> Result<(), XlsxError> {
    let format = Format::new().set_num_format("#,##0.00");
    let plain = fen.to_plain();
    match plain.parse::<f64>() {
        Ok(number) => sheet.write_number_with_format(at.0, at.1, number, &format)?,
        Err(_) => sheet.write_string(at.0, at.1, plain)?,
    };
    Ok(())
}

fn workbook(
    month: Month,
    earnings: &[Earning],
    (lines, before, called): (&[Booked], &Before, &Called),
) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // The same month is the same bytes: no clock stands in the file.
    let first = month.days().from.date();
    let (year, of) = (
        u16::try_from(first.year()).unwrap_or(1900),
        u8::try_from(first.month()).unwrap_or(1),
    );
    let made = ExcelDateTime::from_ymd(year, of, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    due_sheet(book.add_worksheet(), month, earnings)?;
    line_sheet(book.add_worksheet(), (lines, before), called)?;
    book.save_to_buffer()
}

fn due_sheet(sheet: &mut Worksheet, month: Month, earnings: &[Earning]) -> Result<(), XlsxError> {
    sheet.set_name("应付汇总")?;
    let widths = [12, 14, 12, 10, 14, 16, 8];
    let columns: Vec<(&str, u16)> = HEAD.into_iter().zip(widths).collect();
    head(sheet, &columns)?;
    for (row, one) in (1..).zip(earnings) {
        sheet.write_string(row, 0, guarded(&one.number))?;
        sheet.write_string(row, 1, guarded(&one.name))?;
        sheet.write_string(row, 2, month.to_string())?;
        sheet.write_string(row, 3, "提成")?;
        sheet.write_string(row, 4, one.due.to_string())?;
        amount(sheet, (row, 5), one.amount)?;
        sheet.write_string(row, 6, one.lines.to_string())?;
    }
    Ok(())
}

fn line_sheet(
    sheet: &mut Worksheet,
    (lines, before): (&[Booked], &Before),
    called: &Called,
) -> Result<(), XlsxError> {
    sheet.set_name("提成明细")?;
    head(
        sheet,
        &[
            ("工号", 12),
            ("姓名", 14),
            ("类别", 14),
            ("计提日", 12),
            ("客户", 28),
            ("合同", 18),
            ("依据", 18),
            ("计提基数", 16),
            ("提成", 16),
            ("此前已发放", 16),
            ("本次应付", 16),
        ],
    )?;
    for (row, line) in (1..).zip(lines) {
        let (number, name) = telling::payee(called, line.payee);
        let customer = telling::customer(called, line).map(|(_, name)| name);
        let deal = called.deal(line.deal).map(|(number, _)| number.as_str());
        sheet.write_string(row, 0, guarded(&number))?;
        sheet.write_string(row, 1, guarded(&name))?;
        sheet.write_string(row, 2, kind_words(line))?;
        sheet.write_string(row, 3, line.earned_on.to_string())?;
        sheet.write_string(row, 4, guarded(&customer.unwrap_or_default()))?;
        sheet.write_string(row, 5, guarded(deal.unwrap_or_default()))?;
        sheet.write_string(row, 6, guarded(&telling::number(called, &line.record)))?;
        amount(sheet, (row, 7), line.credit)?;
        amount(sheet, (row, 8), line.commission)?;
        amount(sheet, (row, 9), before.of(line))?;
        amount(sheet, (row, 10), before.left(line))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_survive_the_workbook_to_the_fen() {
        for fen in [
            0,
            1,
            -1,
            10,
            99,
            123_456_789,
            9_999_999_999_999,
            -700_000_000_003,
        ] {
            let plain = Fen(fen).to_plain();
            let number: f64 = plain.parse().expect("a number");
            assert_eq!(format!("{number:.2}"), plain);
        }
    }

    #[test]
    fn earning_lines_are_plain_and_safe() {
        let one = Earning {
            number: "E002".to_owned(),
            name: "=cmd|'张三\"".to_owned(),
            due: "2026-12-15".parse().expect("a day"),
            amount: Fen(-123_456),
            lines: 3,
        };
        let text = String::from_utf8(csv("2026-11".parse().expect("a month"), &[one]));
        assert_eq!(
            text.expect("text"),
            "\u{feff}\"工号\",\"姓名\",\"归属月份\",\"项目\",\"应付日\",\"金额\",\"笔数\"\r\n\
             \"E002\",\"'=cmd|'张三\"\"\",\"2026-11\",\"提成\",\"2026-12-15\",\"-1234.56\",\"3\"\r\n"
        );
    }
}
