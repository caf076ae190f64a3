//! Rows of which nothing came in, though the files were right about them 未入账的行.

use serde_json::{Value as Json, json};

use crate::import::line::Place;

/// Rows by their number, a bit each: there may be millions.
#[derive(Debug, Default)]
pub(super) struct Rows(Vec<u64>);

impl Rows {
    /// Whether the row was not among them yet.
    pub(super) fn add(&mut self, row: u32) -> bool {
        let row = usize::try_from(row).unwrap_or_default();
        let (word, bit) = (row / 64, row % 64);
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        let is_new = self.0[word] & (1_u64 << bit) == 0;
        self.0[word] |= 1_u64 << bit;
        is_new
    }

    /// How many are here and not there.
    fn beyond(&self, there: &Rows) -> u64 {
        let others = there.0.iter().copied().chain(std::iter::repeat(0));
        let words = self.0.iter().zip(others);
        words
            .map(|(here, there)| u64::from((here & !there).count_ones()))
            .sum()
    }
}

/// The rows of one sheet.
#[derive(Debug)]
struct Sheet {
    file: String,
    sheet: String,
    came: Rows,
    stayed: Rows,
}

/// Which rows of the batch came in, and of which some record stayed outside.
#[derive(Debug, Default)]
pub(crate) struct RowsOutside {
    sheets: Vec<Sheet>,
}

impl RowsOutside {
    /// Notes what became of a record of the row at this place.
    pub(super) fn note(&mut self, place: &Place, stays: bool) {
        let there = |one: &Sheet| one.sheet == place.sheet && one.file == place.file;
        let at = self.sheets.iter().rposition(there).unwrap_or_else(|| {
            self.sheets.push(Sheet {
                file: place.file.clone(),
                sheet: place.sheet.clone(),
                came: Rows::default(),
                stayed: Rows::default(),
            });
            self.sheets.len() - 1
        });
        let sheet = &mut self.sheets[at];
        let rows = if stays {
            &mut sheet.stayed
        } else {
            &mut sheet.came
        };
        rows.add(place.row);
    }

    /// As the report keeps it: how many rows of each sheet stay outside altogether. A row that made
    /// two records counts as used when one of them came in.
    pub(crate) fn for_report(&self) -> Json {
        let sheets = self.sheets.iter().map(|of| {
            let rows = of.stayed.beyond(&of.came);
            json!({ "file": of.file, "sheet": of.sheet, "rows": rows })
        });
        Json::Array(sheets.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::{Place, RowsOutside};

    #[test]
    fn a_row_of_which_something_came_in_is_not_outside() {
        let mut outside = RowsOutside::default();
        let mut note = |file: &str, row, stays| {
            let place = Place {
                file: file.to_owned(),
                sheet: String::new(),
                row,
            };
            outside.note(&place, stays);
        };
        for row in [2, 63, 64, 65, 700] {
            note("a.csv", row, true);
            note("a.csv", row, true);
        }
        note("a.csv", 64, false);
        note("a.csv", 900, false);
        note("b.csv", 2, false);
        let report = outside.for_report();
        assert_eq!(report[0]["rows"], 4);
        assert_eq!(report[1]["file"], "b.csv");
        assert_eq!(report[1]["rows"], 0);
    }
}
