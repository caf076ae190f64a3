//! Rows as PostgreSQL takes them in bulk 批量写入的格式.
//!
//! `COPY … FROM STDIN (FORMAT binary)`, PostgreSQL documentation, COPY, "Binary Format": a row
//! costs the server half of what it costs as a part of an `INSERT`. References, constraints and
//! triggers hold as ever.

use crate::{Binds, Fault, Value};

/// Rows from which on a stream of them, two trips to the server, is worth its while.
pub(super) const FROM: usize = 64;

/// Bytes that are sent together.
pub(super) const AT_ONCE: usize = 128 * 1024;

/// The statement for rows of `INSERT INTO t (a, b) VALUES `.
pub(super) fn statement(head: &str) -> String {
    let place = head.trim_start_matches("INSERT INTO ");
    let place = place.trim_end().trim_end_matches("VALUES");
    format!("COPY {place}FROM STDIN (FORMAT binary)")
}

/// What stands before the first row: the signature, no flags, no extension.
pub(super) fn beginning() -> Vec<u8> {
    let mut bytes = part();
    bytes.extend(b"PGCOPY\n\xff\r\n\0");
    bytes.extend([0; 8]);
    bytes
}

/// Room for what is sent together.
pub(super) fn part() -> Vec<u8> {
    Vec::with_capacity(AT_ONCE + AT_ONCE / 2)
}

/// Adds a row: the number of its values, then each with its length before it.
///
/// # Errors
/// [`Fault`] for a value beyond what a column can hold.
pub(super) fn push(bytes: &mut Vec<u8>, row: &Binds) -> Result<(), Fault> {
    let width = i16::try_from(row.len()).map_err(|_| Fault::new("a row of too many values"))?;
    bytes.extend(width.to_be_bytes());
    for value in row {
        match value {
            Value::Text(Some(text)) => sized(bytes, text.as_bytes())?,
            Value::Int(Some(number)) => sized(bytes, &number.to_be_bytes())?,
            Value::Bytes(Some(some)) => sized(bytes, some)?,
            Value::Text(None) | Value::Int(None) | Value::Bytes(None) => {
                bytes.extend((-1_i32).to_be_bytes());
            }
        }
    }
    Ok(())
}

fn sized(bytes: &mut Vec<u8>, value: &[u8]) -> Result<(), Fault> {
    let length = i32::try_from(value.len()).map_err(|_| Fault::new("a value is too long"))?;
    bytes.extend(length.to_be_bytes());
    bytes.extend(value);
    Ok(())
}

/// Adds what stands behind the last row.
pub(super) fn end(bytes: &mut Vec<u8>) {
    bytes.extend((-1_i16).to_be_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::binds;

    #[test]
    fn rows_are_laid_out_as_the_server_reads_them() {
        let head = "INSERT INTO t (a, b, c) VALUES ";
        assert_eq!(
            statement(head),
            "COPY t (a, b, c) FROM STDIN (FORMAT binary)"
        );
        let mut bytes = beginning();
        push(&mut bytes, &binds!["客", 258, None::<&str>]).unwrap();
        end(&mut bytes);
        let row = [
            &[0, 3][..],
            &[0, 0, 0, 3, 0xe5, 0xae, 0xa2],
            &[0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 1, 2],
            &[0xff; 4],
            &[0xff; 2],
        ]
        .concat();
        assert_eq!(&bytes[..11], b"PGCOPY\n\xff\r\n\0");
        assert_eq!(&bytes[11..19], [0; 8]);
        assert_eq!(&bytes[19..], row);
    }
}
