//! Worksheets of XLSX files as plain cells 工作簿.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Cursor, Read};

use calamine::{DataRef, Dimensions, Reader, Xlsx};
use zip::ZipArchive;

use crate::file::{Limits, Unusable};
use crate::finding::Detail;
use crate::reason::Reason;
use crate::text::{cell_text, shortened};

/// The filled cells of a sheet, all texts in one string.
#[derive(Debug, Default)]
pub(crate) struct Cells {
    text: String,
    cells: Vec<CellSpan>,
    /// Row number from 1, and where its cells end in `cells`.
    rows: Vec<(u32, usize)>,
    /// Cells that are merged from row to row, by column; the first row holds what all of them show.
    merged: BTreeMap<usize, Vec<(u32, u32)>>,
}

/// So many columns of merged cells are remembered: far more than people ever merged.
const MERGED: usize = 200_000;

#[derive(Clone, Copy, Debug)]
struct CellSpan {
    column: usize,
    from: usize,
    until: usize,
    number: bool,
}

impl Cells {
    fn of_row(&self, row: usize) -> &[CellSpan] {
        let until = self.rows.get(row).map_or(0, |(_, until)| *until);
        let from = row
            .checked_sub(1)
            .and_then(|before| self.rows.get(before))
            .map_or(0, |r| r.1);
        self.cells.get(from..until).unwrap_or_default()
    }

    /// The trimmed cell, and whether the sheet held a number.
    pub(crate) fn get(&self, row: usize, column: usize) -> (&str, bool) {
        let cells = self.of_row(row);
        cells
            .binary_search_by_key(&column, |cell| cell.column)
            .map_or(("", false), |at| {
                let cell = cells[at];
                (cell_text(&self.text[cell.from..cell.until]), cell.number)
            })
    }

    /// Whether the cell is merged with one above it.
    pub(crate) fn is_merged(&self, row: usize, column: usize) -> bool {
        let (Some((number, _)), Some(merged)) = (self.rows.get(row), self.merged.get(&column))
        else {
            return false;
        };
        let behind = merged.partition_point(|(first, _)| first < number);
        let last = behind.checked_sub(1).and_then(|at| merged.get(at));
        last.is_some_and(|(_, until)| number <= until)
    }

    fn learn_merged(&mut self, regions: &[Dimensions]) {
        let down = regions.iter().filter(|of| of.end.0 > of.start.0);
        let columns = down.flat_map(|of| {
            let rows = (of.start.0.saturating_add(1), of.end.0.saturating_add(1));
            (of.start.1..=of.end.1).map(move |column| (column, rows))
        });
        for (column, rows) in columns.take(MERGED) {
            let column = usize::try_from(column).unwrap_or(usize::MAX);
            self.merged.entry(column).or_default().push(rows);
        }
        for rows in self.merged.values_mut() {
            rows.sort_unstable();
        }
    }

    pub(crate) fn width(&self, row: usize) -> usize {
        self.of_row(row).last().map_or(0, |cell| cell.column + 1)
    }

    /// Every row that has cells, behind row `after`; rows left out of the sheet are blank and the
    /// numbers pass over them.
    pub(crate) fn walk(&self, after: u32, visit: &mut dyn FnMut(u32, usize) -> bool) {
        for (index, (number, _)) in self.rows.iter().enumerate() {
            if *number > after && !visit(*number, index) {
                return;
            }
        }
    }

    fn push(&mut self, row: u32, column: usize, put: impl FnOnce(&mut String) -> bool) {
        if self.rows.last().is_none_or(|(number, _)| *number != row) {
            self.rows.push((row, self.cells.len()));
        }
        let from = self.text.len();
        let number = put(&mut self.text);
        self.cells.push(CellSpan {
            column,
            from,
            until: self.text.len(),
            number,
        });
        if let Some((_, until)) = self.rows.last_mut() {
            *until = self.cells.len();
        }
    }
}

/// Reads one sheet, the first when none is named, and gives its name.
///
/// # Errors
/// Broken or swollen archives, a sheet that is not there, too many rows or columns.
pub(crate) fn read_workbook(
    bytes: &[u8],
    wanted: Option<&str>,
    limits: &Limits,
) -> Result<(String, Cells), Unusable> {
    if bytes.is_empty() {
        return Err(Unusable::because(Reason::FileEmpty, ""));
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(Unusable::because(Reason::OldWorkbook, ""));
    }
    refuse_bombs(bytes, limits.expanded_bytes)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let names = book.sheet_names();
    let name = match wanted {
        None => names.first().cloned(),
        Some(wanted) => names
            .iter()
            .find(|name| name.trim() == wanted.trim())
            .cloned(),
    };
    let Some(name) = name else {
        let there = names.join("、");
        let detail = Detail::both(
            format!("要找 {}，现有 {there}", wanted.unwrap_or_default()),
            format!("wanted {}, found {there}", wanted.unwrap_or_default()),
        );
        return Err(Unusable {
            reason: Reason::SheetMissing,
            detail,
        });
    };
    read_sheet(&mut book, &name, limits).map(|cells| (name, cells))
}

fn read_sheet(
    book: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    limits: &Limits,
) -> Result<Cells, Unusable> {
    let mut reader = book.worksheet_cells_reader(name).map_err(broken)?;
    let mut cells = Cells::default();
    let mut last = (0, 0);
    while let Some(cell) = reader.next_cell().map_err(broken)? {
        let (row, column) = cell.get_position();
        let place = (
            row.saturating_add(1),
            usize::try_from(column).unwrap_or(usize::MAX),
        );
        if place.0 > limits.rows || place.1 >= limits.columns {
            let most = format!("{} × {}", limits.rows, limits.columns);
            return Err(Unusable::because(Reason::TooManyRows, most));
        }
        let value = cell.get_value();
        if matches!(value, DataRef::Empty) {
            continue;
        }
        if place <= last && !cells.cells.is_empty() {
            let told = Detail::both("单元格次序颠倒", "cells out of order");
            return Err(Unusable::because(Reason::BrokenWorkbook, told));
        }
        last = place;
        cells.push(place.0, place.1, |text| append(text, value));
    }
    drop(reader);
    // They stand behind the cells; a list that cannot be read merges nothing.
    let merged = book.merge_cells_by_sheet_name(name).unwrap_or_default();
    cells.learn_merged(&merged);
    Ok(cells)
}

/// Writes the cell as text and tells whether it was a number. A float becomes its shortest decimal
/// text that reads back as the same float; nothing is calculated with it.
fn append(text: &mut String, value: &DataRef<'_>) -> bool {
    match value {
        DataRef::String(s) | DataRef::DateTimeIso(s) | DataRef::DurationIso(s) => text.push_str(s),
        DataRef::SharedString(s) => text.push_str(s),
        DataRef::Bool(yes) => text.push_str(if *yes { "TRUE" } else { "FALSE" }),
        DataRef::Error(error) => text.push_str(&error.to_string()),
        DataRef::DateTime(moment) => {
            let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
            let _ = write!(text, "{year:04}-{month:02}-{day:02}");
            if (hour, minute, second) != (0, 0, 0) {
                let _ = write!(text, " {hour:02}:{minute:02}:{second:02}");
            }
        }
        DataRef::Int(whole) => return write!(text, "{whole}").is_ok(),
        DataRef::Float(float) => return write!(text, "{float}").is_ok(),
        DataRef::Empty => {}
    }
    false
}

/// Decompresses every part once, into nothing, and stops at the limit: what an archive declares
/// about itself cannot be believed.
fn refuse_bombs(bytes: &[u8], limit: u64) -> Result<(), Unusable> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    let mut left = limit;
    let mut waste = vec![0_u8; 64 << 10];
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(broken)?;
        loop {
            let read = part.read(&mut waste).map_err(broken)?;
            if read == 0 {
                break;
            }
            left = left
                .checked_sub(u64::try_from(read).unwrap_or(u64::MAX))
                .ok_or_else(|| {
                    Unusable::because(Reason::ExpandsTooFar, format!("{} MB", limit >> 20))
                })?;
        }
    }
    Ok(())
}

fn broken(error: impl std::fmt::Display) -> Unusable {
    let en = shortened(&error.to_string(), 120);
    let told = Detail::both("文件不完整，或不是 Excel 工作簿", en);
    Unusable::because(Reason::BrokenWorkbook, told)
}
