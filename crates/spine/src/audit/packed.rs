//! Many rows of the log in one row of an answer: columns end to end, with their lengths 打包读取.

use super::Stored;
use crate::Row;

/// The rows; `None` when anything does not fit together.
pub(super) fn unpacked(row: &Row) -> Option<Vec<Stored>> {
    let indexes: Vec<u64> = numbers(row, "idx")?;
    let ascending = indexes.is_sorted_by(|a, b| a < b);
    let mut entries = Column::of(row, "entry", indexes.len())?;
    let mut leaves = Column::of(row, "leaf", indexes.len())?;
    let mut payloads = Column::of(row, "payload", indexes.len())?;
    let mut salts = Column::of(row, "salt", indexes.len())?;
    if !ascending {
        return None;
    }
    let each = indexes.into_iter().map(|idx| {
        Some(Stored {
            idx,
            entry: entries.next()??,
            leaf: leaves.next()??,
            payload: payloads.next()?,
            salt: salts.next()?,
        })
    });
    each.collect()
}

fn numbers<T: std::str::FromStr>(row: &Row, column: &str) -> Option<Vec<T>> {
    let text: Option<String> = row.get(column).ok()?;
    let Some(text) = text else {
        return Some(Vec::new());
    };
    text.split(',').map(|number| number.parse().ok()).collect()
}

/// The values of one column.
struct Column {
    bytes: Vec<u8>,
    lengths: std::vec::IntoIter<i64>,
    at: usize,
}

impl Column {
    fn of(row: &Row, column: &str, rows: usize) -> Option<Column> {
        let bytes: Option<Vec<u8>> = row.get(column).ok()?;
        let bytes = bytes.unwrap_or_default();
        let lengths: Vec<i64> = numbers(row, &format!("{column}_length"))?;
        let total: i64 = lengths.iter().filter(|length| **length > 0).sum();
        let fits = lengths.len() == rows && usize::try_from(total).ok()? == bytes.len();
        fits.then_some(Column {
            bytes,
            lengths: lengths.into_iter(),
            at: 0,
        })
    }

    /// The next value; a length below nought is a null.
    fn next(&mut self) -> Option<Option<Vec<u8>>> {
        let length = self.lengths.next()?;
        let Ok(length) = usize::try_from(length) else {
            return Some(None);
        };
        let value = self.bytes.get(self.at..self.at + length)?.to_vec();
        self.at += length;
        Some(Some(value))
    }
}
