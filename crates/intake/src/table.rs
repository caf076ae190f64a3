//! A sheet that can be walked row by row, as often as needed 表格.

use std::borrow::Cow;

use csv::{ByteRecord, ReaderBuilder};

use crate::file::{Encoding, Format, Limits, SourceFile, Unusable, decode, is_workbook};
use crate::finding::Detail;
use crate::mapping::Source;
use crate::quotes::{QuoteFault, quote_fault};
use crate::reason::Reason;
use crate::text::{cell_text, header_name};
use crate::workbook::{Cells, read_workbook};

/// A sheet with its header.
#[derive(Debug)]
pub(crate) struct Table<'a> {
    /// The worksheet's name; empty for CSV.
    pub(crate) sheet: String,
    pub(crate) encoding: Option<Encoding>,
    /// The headers as they stand, trimmed.
    pub(crate) header: Vec<String>,
    body: Body<'a>,
    header_row: u32,
    limits: (u32, usize),
}

#[derive(Debug)]
enum Body<'a> {
    Text { text: Cow<'a, str>, delimiter: u8 },
    Cells(Cells),
}

/// What is wrong with a row as a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RowFault {
    TooLong { cells: usize },
    TooShort { cells: usize },
    Quote(QuoteFault),
}

/// One row below the header.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'r> {
    /// As a spreadsheet counts it, from 1.
    pub(crate) number: u32,
    pub(crate) fault: Option<RowFault>,
    cells: RowCells<'r>,
}

#[derive(Clone, Copy, Debug)]
enum RowCells<'r> {
    Record(&'r ByteRecord),
    Sheet { cells: &'r Cells, row: usize },
    Blank,
}

impl<'r> Row<'r> {
    /// The cell of this column (counted from 0), trimmed, and whether a spreadsheet held it as a
    /// number.
    pub(crate) fn cell(&self, column: usize) -> (&'r str, bool) {
        match self.cells {
            RowCells::Record(record) => (record_text(record, column), false),
            RowCells::Sheet { cells, row } => cells.get(row, column),
            RowCells::Blank => ("", false),
        }
    }

    pub(crate) fn text(&self, column: usize) -> &'r str {
        self.cell(column).0
    }

    /// Whether the cell shows what stands in a row above, with which it is merged.
    pub(crate) fn is_merged(&self, column: usize) -> bool {
        match self.cells {
            RowCells::Sheet { cells, row } => cells.is_merged(row, column),
            RowCells::Record(_) | RowCells::Blank => false,
        }
    }

    pub(crate) fn width(&self) -> usize {
        match self.cells {
            RowCells::Record(record) => record.len(),
            RowCells::Sheet { cells, row } => cells.width(row),
            RowCells::Blank => 0,
        }
    }

    pub(crate) fn is_blank(&self) -> bool {
        (0..self.width()).all(|column| self.text(column).is_empty())
    }

    /// The length in bytes of its longest cell, if that is over the limit.
    pub(crate) fn cell_over(&self, limit: usize) -> Option<(usize, usize)> {
        let whole = match self.cells {
            RowCells::Record(record) => record.as_slice().len(),
            _ => usize::MAX,
        };
        let over = |column: &usize| self.text(*column).len() > limit;
        (whole > limit)
            .then(|| (0..self.width()).find(over))
            .flatten()
            .map(|column| (column, self.text(column).len()))
    }
}

impl<'a> Table<'a> {
    /// Decodes a file as the mapping's source asks.
    ///
    /// # Errors
    /// Whatever makes the whole file unusable.
    pub(crate) fn open(
        file: &SourceFile<'a>,
        source: &Source,
        limits: &Limits,
    ) -> Result<Table<'a>, Unusable> {
        let bytes = file.bytes;
        if bytes.len() > limits.file_bytes {
            let size = format!("{} MB", limits.file_bytes >> 20);
            return Err(Unusable::because(Reason::FileTooLarge, size));
        }
        let workbook = match source.format {
            Format::Auto => is_workbook(bytes),
            Format::Csv => false,
            Format::Xlsx => true,
        };
        let (sheet, encoding, body) = if workbook {
            let (sheet, cells) = read_workbook(bytes, source.sheet.as_deref(), limits)?;
            (sheet, None, Body::Cells(cells))
        } else {
            let decoded = decode(bytes, source.encoding)?;
            let delimiter = source
                .delimiter
                .unwrap_or_else(|| likely_delimiter(&decoded.text));
            let body = Body::Text {
                text: decoded.text,
                delimiter,
            };
            (String::new(), Some(decoded.encoding), body)
        };
        let limits = (limits.rows, limits.columns);
        let mut table = Table {
            sheet,
            encoding,
            header: Vec::new(),
            body,
            header_row: 0,
            limits,
        };
        table.find_header(source.header_row)?;
        Ok(table)
    }

    fn find_header(&mut self, header_row: u32) -> Result<(), Unusable> {
        let mut header = Vec::new();
        self.walk_from(0, &mut |row| {
            if row.number == header_row {
                header = (0..row.width()).map(|i| header_name(row.text(i))).collect();
            }
            row.number < header_row
        });
        while header.last().is_some_and(String::is_empty) {
            header.pop();
        }
        if header.is_empty() {
            return Err(Unusable::because(
                Reason::HeaderMissing,
                header_row.to_string(),
            ));
        }
        if header.len() > self.limits.1 {
            let (rows, columns) = self.limits;
            let most = Detail::both(
                format!("{rows} 行、{columns} 列"),
                format!("{rows} rows, {columns} columns"),
            );
            return Err(Unusable {
                reason: Reason::TooManyRows,
                detail: most,
            });
        }
        (self.header, self.header_row) = (header, header_row);
        Ok(())
    }

    /// Hands every row below the header to `visit` until it answers false.
    pub(crate) fn walk(&self, visit: &mut dyn FnMut(Row<'_>) -> bool) {
        let width = self.header.len();
        self.walk_from(self.header_row, &mut |mut row| {
            if row.number <= self.header_row {
                return true;
            }
            row.fault = row.fault.or_else(|| {
                let cells = row.width();
                let beyond = (width..cells).any(|column| !row.text(column).is_empty());
                match row.cells {
                    _ if beyond => Some(RowFault::TooLong { cells }),
                    RowCells::Record(_) if cells < width => Some(RowFault::TooShort { cells }),
                    _ => None,
                }
            });
            visit(row)
        });
    }

    fn walk_from(&self, after: u32, visit: &mut dyn FnMut(Row<'_>) -> bool) {
        match &self.body {
            Body::Text { text, delimiter } => walk_text(text, *delimiter, visit),
            Body::Cells(cells) => cells.walk(after, &mut |number, row| {
                let cells = RowCells::Sheet { cells, row };
                visit(Row {
                    number,
                    fault: None,
                    cells,
                })
            }),
        }
    }
}

/// Walks delimited text. Blank lines count as rows, as they do in a spreadsheet, and a cell with
/// line breaks inside is still one row.
fn walk_text(text: &str, delimiter: u8, visit: &mut dyn FnMut(Row<'_>) -> bool) {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut record = ByteRecord::new();
    let (mut number, mut from) = (0_u32, 0_usize);
    let byte = |position: &csv::Position| usize::try_from(position.byte()).unwrap_or(usize::MAX);
    while matches!(reader.read_byte_record(&mut record), Ok(true)) {
        let until = byte(reader.position()).min(text.len());
        let raw = &text.as_bytes()[from..until];
        for _ in 0..blank_lines(raw, from > 0 && text.as_bytes()[from - 1] == b'\r') {
            number += 1;
            if !visit(Row {
                number,
                fault: None,
                cells: RowCells::Blank,
            }) {
                return;
            }
        }
        number += 1;
        let fault = quote_fault(raw, delimiter).map(RowFault::Quote);
        if !visit(Row {
            number,
            fault,
            cells: RowCells::Record(&record),
        }) {
            return;
        }
        from = until;
    }
}

/// INVARIANT: the whole text is UTF-8 and cells are cut at ASCII characters, so each cell is UTF-8
/// too.
fn record_text(record: &ByteRecord, column: usize) -> &str {
    let cell = record.get(column).unwrap_or_default();
    cell_text(std::str::from_utf8(cell).unwrap_or_default())
}

/// How many empty lines stand before the record. A line feed left over from the `\r\n` that ended
/// the record before is none.
fn blank_lines(raw: &[u8], after_return: bool) -> u32 {
    let mut rest = match raw {
        [b'\n', rest @ ..] if after_return => rest,
        other => other,
    };
    let mut lines = 0;
    loop {
        rest = match rest {
            [b'\r', b'\n', rest @ ..] | [b'\r' | b'\n', rest @ ..] => rest,
            _ => return lines,
        };
        lines += 1;
    }
}

/// The delimiter that occurs most in the first line with content: comma, tab or semicolon.
fn likely_delimiter(text: &str) -> u8 {
    let line = text
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default();
    let count = |wanted: u8| line.bytes().filter(|byte| *byte == wanted).count();
    [b'\t', b';', b',']
        .into_iter()
        .max_by_key(|delimiter| count(*delimiter))
        .unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(u32, Vec<String>)> {
        let mut out = Vec::new();
        walk_text(text, b',', &mut |row| {
            out.push((
                row.number,
                (0..row.width()).map(|i| row.text(i).to_owned()).collect(),
            ));
            true
        });
        out
    }

    #[test]
    fn rows_are_numbered_as_in_a_spreadsheet() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["a,b", "", "1,2", "", "", "\"x", "y\",3", "4,5", ""].join(end);
            let numbers: Vec<u32> = rows(&text).iter().map(|(number, _)| *number).collect();
            assert_eq!(numbers, [1, 2, 3, 4, 5, 6, 7], "{end:?}");
            assert_eq!(rows(&text)[5].1, [format!("x{end}y"), "3".to_owned()]);
        }
    }

    #[test]
    fn delimiters_are_guessed_from_the_first_line() {
        assert_eq!(likely_delimiter("a\tb,c\td"), b'\t');
        assert_eq!(likely_delimiter("\n a;b;c"), b';');
        assert_eq!(likely_delimiter("a"), b',');
    }
}
