//! Many rows of the log as they are read: columns end to end, with their lengths 打包读取.

use std::ops::Range;

use super::cells::Unreadable;
use crate::Row;

/// Neighbouring rows of `log_entry`. A column's values lie one behind the other, so that whoever
/// goes through a million of them walks through memory instead of jumping about in it.
pub(super) struct Rows {
    indexes: Vec<u64>,
    entries: Column,
    leaves: Column,
    payloads: Column,
    salts: Column,
}

/// One of them.
pub(super) struct StoredRow<'a> {
    pub(super) idx: u64,
    pub(super) entry: &'a [u8],
    pub(super) leaf: &'a [u8],
    pub(super) payload: Option<&'a [u8]>,
    pub(super) salt: Option<&'a [u8]>,
}

impl Rows {
    /// From many rows in one row of an answer; `None` when anything does not fit together.
    pub(super) fn unpacked(row: &Row) -> Option<Rows> {
        let indexes: Vec<u64> = numbers(row, "idx")?;
        let many = indexes.len();
        let rows = Rows {
            entries: Column::of(row, "entry", many)?,
            leaves: Column::of(row, "leaf", many)?,
            payloads: Column::of(row, "payload", many)?,
            salts: Column::of(row, "salt", many)?,
            indexes,
        };
        let ascending = rows.indexes.is_sorted_by(|a, b| a < b);
        let whole = ascending && rows.entries.is_whole() && rows.leaves.is_whole();
        whole.then_some(rows)
    }

    /// From an answer with a row for each, from this index on.
    pub(super) fn gathered(answer: &[Row], from: u64, unreadable: &mut Unreadable) -> Rows {
        let mut rows = Rows {
            indexes: Vec::with_capacity(answer.len()),
            entries: Column::default(),
            leaves: Column::default(),
            payloads: Column::default(),
            salts: Column::default(),
        };
        for row in answer {
            let Some(idx) = unreadable.number(row, ("log_entry", from), "idx") else {
                continue;
            };
            let mut bytes = |column| unreadable.bytes(row, ("log_entry", idx), column);
            rows.indexes.push(idx);
            rows.entries.push(Some(bytes("entry").unwrap_or_default()));
            rows.leaves.push(Some(bytes("leaf").unwrap_or_default()));
            rows.payloads.push(bytes("payload"));
            rows.salts.push(bytes("salt"));
        }
        rows
    }

    pub(super) fn len(&self) -> usize {
        self.indexes.len()
    }

    /// The index of the last row.
    pub(super) fn last(&self) -> Option<u64> {
        self.indexes.last().copied()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = StoredRow<'_>> {
        self.indexes.iter().enumerate().map(|(n, idx)| StoredRow {
            idx: *idx,
            entry: self.entries.value(n).unwrap_or_default(),
            leaf: self.leaves.value(n).unwrap_or_default(),
            payload: self.payloads.value(n),
            salt: self.salts.value(n),
        })
    }
}

fn numbers<T: std::str::FromStr>(row: &Row, column: &str) -> Option<Vec<T>> {
    let text: Option<String> = row.get(column).ok()?;
    let Some(text) = text else {
        return Some(Vec::new());
    };
    text.split(',').map(|number| number.parse().ok()).collect()
}

/// The values of one column.
#[derive(Default)]
struct Column {
    bytes: Vec<u8>,
    /// Where each value lies; `None` is a null.
    // INVARIANT: within `bytes`.
    places: Vec<Option<Range<usize>>>,
}

impl Column {
    fn of(row: &Row, column: &str, rows: usize) -> Option<Column> {
        let bytes: Option<Vec<u8>> = row.get(column).ok()?;
        let bytes = bytes.unwrap_or_default();
        let lengths: Vec<i64> = numbers(row, &format!("{column}_length"))?;
        let (mut places, mut at) = (Vec::with_capacity(rows), 0_usize);
        for length in lengths {
            // A length below nought is a null.
            let place = usize::try_from(length).ok();
            let place = place.map(|length| Some(at..at.checked_add(length)?));
            let place = place.map_or(Some(None), |place| place.map(Some))?;
            at = place.as_ref().map_or(at, |place| place.end);
            places.push(place);
        }
        let fits = places.len() == rows && at == bytes.len();
        fits.then_some(Column { bytes, places })
    }

    fn push(&mut self, value: Option<Vec<u8>>) {
        let at = self.bytes.len();
        self.places.push(value.map(|value| {
            self.bytes.extend(value);
            at..self.bytes.len()
        }));
    }

    fn is_whole(&self) -> bool {
        self.places.iter().all(Option::is_some)
    }

    fn value(&self, n: usize) -> Option<&[u8]> {
        let place = self.places.get(n)?.clone()?;
        self.bytes.get(place)
    }
}
