//! What was said of records that came in all the same 导入提示.
//!
//! An owner who is not found, a number that is taken, money that clears nothing: each row bears its
//! note, and the report says it once for all rows that were told the same.

use std::collections::HashMap;

use serde_json::{Value as Json, json};

use super::outside::Rows;
use crate::import::line::Place;

/// As many sentences as the report repeats; the rows bear the rest.
const SENTENCES: usize = 200;
/// As many rows as it names of each.
const ROWS: usize = 100;

/// The rows of one sheet that were told the same.
#[derive(Debug)]
struct Told {
    file: String,
    sheet: String,
    rows: Vec<u32>,
    count: u64,
    /// All of them: one row may make several records that are told the same.
    all: Rows,
}

/// All of a batch.
#[derive(Debug, Default)]
pub(crate) struct Remarks {
    said: HashMap<String, Vec<Told>>,
    /// Rows that were told something beyond that.
    beyond: u64,
}

impl Remarks {
    /// Adds a note of the row at this place.
    pub(super) fn add(&mut self, note: &str, place: &Place) {
        if !self.said.contains_key(note) {
            if self.said.len() >= SENTENCES {
                self.beyond += 1;
                return;
            }
            self.said.insert(note.to_owned(), Vec::new());
        }
        let Some(told) = self.said.get_mut(note) else {
            return;
        };
        let there = |one: &Told| one.file == place.file && one.sheet == place.sheet;
        let at = told.iter().position(there).unwrap_or_else(|| {
            told.push(Told {
                file: place.file.clone(),
                sheet: place.sheet.clone(),
                rows: Vec::new(),
                count: 0,
                all: Rows::default(),
            });
            told.len() - 1
        });
        let told = &mut told[at];
        if !told.all.add(place.row) {
            return;
        }
        told.count += 1;
        if told.rows.len() < ROWS {
            told.rows.push(place.row);
        }
    }

    /// As the report keeps them: what most rows were told comes first.
    pub(crate) fn for_report(&self) -> Json {
        let each = self.said.iter();
        let mut all: Vec<(&String, &Told)> = each
            .flat_map(|(note, told)| told.iter().map(move |one| (note, one)))
            .collect();
        all.sort_by(|(note, a), (other, b)| {
            let place = |one: &Told| (one.file.clone(), one.sheet.clone());
            (b.count.cmp(&a.count))
                .then_with(|| note.cmp(other))
                .then_with(|| place(a).cmp(&place(b)))
        });
        let lines = all.into_iter().map(|(note, told)| {
            let mut rows = told.rows.clone();
            rows.sort_unstable();
            json!({ "note": note, "file": told.file, "sheet": told.sheet,
                "rows": rows, "row_count": told.count })
        });
        json!({ "lines": lines.collect::<Vec<Json>>(), "beyond": self.beyond })
    }
}

#[cfg(test)]
mod tests {
    use super::{Place, ROWS, Remarks, SENTENCES};

    fn place(row: u32) -> Place {
        Place {
            file: "a.csv".to_owned(),
            sheet: String::new(),
            row,
        }
    }

    #[test]
    fn rows_that_were_told_the_same_are_one_line() {
        let mut remarks = Remarks::default();
        for row in 2..500 {
            remarks.add("没有到期日，按开票当日到期", &place(row));
        }
        remarks.add("找不到负责人「K9」，暂无负责人", &place(7));
        let report = remarks.for_report();
        let lines = report["lines"].as_array().map(Vec::len);
        assert_eq!(lines, Some(2));
        let first = &report["lines"][0];
        assert_eq!(first["row_count"], 498);
        assert_eq!(first["rows"].as_array().map(Vec::len), Some(ROWS));
        assert_eq!(report["lines"][1]["rows"][0], 7);
    }

    /// A row is a customer and a contract, both without owner.
    #[test]
    fn a_row_is_named_once_and_in_its_place() {
        let mut remarks = Remarks::default();
        for row in [3, 14, 5, 3, 5] {
            remarks.add("找不到负责人「K9」，暂无负责人", &place(row));
        }
        let told = &remarks.for_report()["lines"][0];
        assert_eq!(told["rows"], serde_json::json!([3, 5, 14]));
        assert_eq!(told["row_count"], 3);
    }

    #[test]
    fn what_is_beyond_the_report_is_counted() {
        let mut remarks = Remarks::default();
        for row in 0..1_000 {
            remarks.add(&format!("找不到负责人「{row}」，暂无负责人"), &place(row));
        }
        let report = remarks.for_report();
        assert_eq!(report["lines"].as_array().map(Vec::len), Some(SENTENCES));
        assert_eq!(report["beyond"], 800);
    }
}
