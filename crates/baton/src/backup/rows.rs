//! Rows as lines of JSON, exactly 行的写法.
//!
//! `["cus_…", 12, null, {"b": "AAEC"}]`: text, whole number, nothing, bytes in base64. The books
//! know no other values.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use spine::{Binds, ColumnKind, Fault, Table, Value};

/// One row as a line, with its line feed.
pub(super) fn line(row: &Binds) -> Result<Vec<u8>, Fault> {
    let json = |value: &Value| match value {
        Value::Text(Some(text)) => Json::String(text.clone()),
        Value::Int(Some(number)) => Json::from(*number),
        Value::Bytes(Some(bytes)) => serde_json::json!({ "b": STANDARD.encode(bytes) }),
        Value::Text(None) | Value::Int(None) | Value::Bytes(None) => Json::Null,
    };
    let values: Vec<Json> = row.iter().map(json).collect();
    let mut line = serde_json::to_vec(&values)?;
    line.push(b'\n');
    Ok(line)
}

/// The row of a line; `places` says which value belongs to each column of the table.
pub(super) fn row(line: &[u8], table: &Table, places: &[usize]) -> Result<Binds, Fault> {
    let wrong = || Fault::new(format!("a row of {} that is none", table.name));
    let mut values: Vec<Json> = serde_json::from_slice(line).map_err(|_| wrong())?;
    if values.len() != table.columns.len() {
        return Err(wrong());
    }
    let mut row = Binds::with_capacity(values.len());
    for (column, place) in table.columns.iter().zip(places) {
        let value = values.get_mut(*place).map(Json::take).ok_or_else(wrong)?;
        row.push(match (column.kind, value) {
            (kind, Json::Null) => kind.null(),
            (ColumnKind::Text, Json::String(text)) => Value::Text(Some(text)),
            (ColumnKind::Int, Json::Number(number)) => {
                Value::Int(Some(number.as_i64().ok_or_else(wrong)?))
            }
            (ColumnKind::Bytes, Json::Object(object)) => {
                let text = object.get("b").and_then(Json::as_str).ok_or_else(wrong)?;
                Value::Bytes(Some(STANDARD.decode(text).map_err(|_| wrong())?))
            }
            _ => return Err(wrong()),
        });
    }
    Ok(row)
}

/// Counts rows and sums their digests, so that two tables can be compared whatever their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sum {
    pub(super) rows: u64,
    parts: [u64; 4],
}

impl Sum {
    /// Adds the line of a row.
    pub(super) fn add(&mut self, line: &[u8]) {
        self.rows += 1;
        let digest = Sha256::digest(line);
        for (part, bytes) in self.parts.iter_mut().zip(digest.chunks_exact(8)) {
            let number = bytes
                .iter()
                .fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
            *part = part.wrapping_add(number);
        }
    }

    /// The sum as text.
    pub(super) fn text(&self) -> String {
        let parts = self.parts.iter().map(|part| format!("{part:016x}"));
        parts.collect()
    }
}

/// The values of a row in the order of the columns that a backup names.
pub(super) fn reordered(row: Binds, places: &[usize]) -> Binds {
    let mut out = vec![Value::Text(None); row.len()];
    for (value, place) in row.into_iter().zip(places) {
        if let Some(slot) = out.get_mut(*place) {
            *slot = value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use spine::Column;

    use super::*;

    fn table() -> Table {
        let column = |name: &str, kind| Column {
            name: name.to_owned(),
            kind,
        };
        Table {
            name: "t".to_owned(),
            columns: vec![
                column("a", ColumnKind::Text),
                column("b", ColumnKind::Int),
                column("c", ColumnKind::Bytes),
            ],
        }
    }

    #[test]
    fn a_row_survives_exactly() {
        for row in [
            vec![
                Value::Text(Some("张三\n\"\u{1}".to_owned())),
                Value::Int(Some(i64::MIN)),
                Value::Bytes(Some(vec![0, 255, 10])),
            ],
            vec![Value::Text(None), Value::Int(None), Value::Bytes(None)],
            vec![
                Value::Text(Some(String::new())),
                Value::Int(Some(i64::MAX)),
                Value::Bytes(Some(Vec::new())),
            ],
        ] {
            let line = line(&row).unwrap();
            assert_eq!(super::row(&line, &table(), &[0, 1, 2]).unwrap(), row);
        }
    }

    #[test]
    fn what_is_no_row_is_refused() {
        for text in [
            "",
            "[]",
            "[1,2,3]",
            "[\"a\",1.5,null]",
            "[\"a\",1,\"b\"]",
            "{}",
            "[\"a\",1,{\"b\":\"%\"}]",
        ] {
            assert!(
                row(text.as_bytes(), &table(), &[0, 1, 2]).is_err(),
                "{text}"
            );
        }
    }

    #[test]
    fn the_sum_knows_rows_not_their_order() {
        let (mut one, mut other, mut third) = (Sum::default(), Sum::default(), Sum::default());
        for line in [b"a", b"b", b"b"] {
            one.add(line);
        }
        for line in [b"b", b"a", b"b"] {
            other.add(line);
        }
        for line in [b"a", b"a", b"b"] {
            third.add(line);
        }
        assert_eq!(one.text(), other.text());
        assert_ne!(one.text(), third.text());
    }
}
