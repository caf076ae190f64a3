//! One value, as it is noted and compared 值.

use sha2::{Digest, Sha256};

use crate::Value;
use crate::row::Got;

/// Longer values are noted as a digest.
const LONGEST: usize = 64;

/// What was drawn for the notes of one transaction, so that a digest tells nothing by itself.
pub(crate) type Salt = [u8; 16];

/// A value in a column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Cell {
    /// Nobody noted it.
    Unknown,
    #[default]
    Null,
    Int(i64),
    Text(Vec<u8>),
    Bytes(Vec<u8>),
    /// Salt and the first half of a SHA-256, for long and veiled values.
    Sealed(Salt, [u8; 16]),
}

const NULL: u8 = 0;
const INT: u8 = 1;
const TEXT: u8 = 2;
const BYTES: u8 = 3;
const SEALED: u8 = 4;
/// The same as in the row above.
const SAME: u8 = 5;
const UNKNOWN: u8 = 6;

impl Cell {
    /// A key as a statement binds it.
    pub(crate) fn value(&self) -> Value {
        match self {
            Cell::Int(number) => Value::Int(Some(*number)),
            Cell::Bytes(bytes) => Value::Bytes(Some(bytes.clone())),
            Cell::Text(text) => Value::Text(Some(String::from_utf8_lossy(text).into_owned())),
            _ => Value::Text(None),
        }
    }

    pub(crate) fn bound(value: &Value) -> Cell {
        match value {
            Value::Text(None) | Value::Int(None) | Value::Bytes(None) => Cell::Null,
            Value::Int(Some(number)) => Cell::Int(*number),
            Value::Text(Some(text)) => Cell::Text(text.as_bytes().to_vec()),
            Value::Bytes(Some(bytes)) => Cell::Bytes(bytes.clone()),
        }
    }

    /// The value in a column of an answer.
    pub(crate) fn given(got: Got) -> Cell {
        match got {
            Got::Null => Cell::Null,
            Got::Int(number) => Cell::Int(number),
            Got::Text(text) => Cell::Text(text.into_bytes()),
            Got::Bytes(bytes) => Cell::Bytes(bytes),
            // The books have no such column; whoever put it there gets it named.
            Got::Other(kind) => Cell::Bytes(kind.as_bytes().to_vec()),
        }
    }

    /// As it is noted: long and veiled values give way to their digest.
    pub(crate) fn sealed(self, table: &str, column: &str, veiled: bool, salt: &Salt) -> Cell {
        match &self {
            Cell::Text(bytes) | Cell::Bytes(bytes) if veiled || bytes.len() > LONGEST => {
                Cell::Sealed(*salt, self.digest(table, column, salt))
            }
            _ => self,
        }
    }

    fn digest(&self, table: &str, column: &str, salt: &Salt) -> [u8; 16] {
        let mut hash = Sha256::new();
        for part in [salt.as_slice(), table.as_bytes(), &[0], column.as_bytes()] {
            hash.update(part);
        }
        match self {
            Cell::Text(bytes) => {
                hash.update([0, TEXT]);
                hash.update(bytes);
            }
            Cell::Bytes(bytes) => {
                hash.update([0, BYTES]);
                hash.update(bytes);
            }
            _ => hash.update([0, NULL]),
        }
        let mut half = [0; 16];
        half.copy_from_slice(&hash.finalize()[..16]);
        half
    }

    /// Whether a value in a table is the one that was noted here.
    pub(crate) fn is(&self, live: &Cell, table: &str, column: &str) -> bool {
        match self {
            Cell::Unknown => true,
            Cell::Sealed(salt, digest) => {
                matches!(live, Cell::Text(_) | Cell::Bytes(_))
                    && live.digest(table, column, salt) == *digest
            }
            noted => noted == live,
        }
    }

    /// The value in words; `None` for what must not be shown.
    pub(crate) fn word(&self) -> Option<String> {
        match self {
            Cell::Null => Some("空".to_owned()),
            Cell::Int(number) => Some(number.to_string()),
            Cell::Text(bytes) => Some(String::from_utf8_lossy(bytes).into_owned()),
            Cell::Unknown | Cell::Bytes(_) | Cell::Sealed(..) => None,
        }
    }

    /// Appends it to a note; `above` is what stood in the same column one row before.
    pub(crate) fn note(&self, out: &mut Vec<u8>, above: Option<&Cell>) {
        if above == Some(self) {
            return out.push(SAME);
        }
        match (self, above) {
            (Cell::Text(bytes), Some(Cell::Text(before))) => {
                let shared = bytes.iter().zip(before).take_while(|(a, b)| a == b).count();
                out.push(TEXT);
                push_number(out, shared as u64);
                push_bytes(out, &bytes[shared..]);
            }
            (Cell::Text(bytes), _) => {
                out.extend([TEXT, 0]);
                push_bytes(out, bytes);
            }
            (Cell::Sealed(_, digest), _) => {
                out.push(SEALED);
                out.extend(digest);
            }
            _ => self.keep(out),
        }
    }

    /// Reads what [`Cell::note`] wrote.
    pub(crate) fn noted(input: &mut &[u8], above: &Cell, salt: &Salt) -> Option<Cell> {
        Some(match take(input, 1)?[0] {
            SAME => above.clone(),
            NULL => Cell::Null,
            INT => Cell::Int(take_int(input)?),
            TEXT => {
                let shared = usize::try_from(take_number(input)?).ok()?;
                let rest = take_bytes(input)?;
                let mut bytes = match above {
                    Cell::Text(before) => before.get(..shared)?.to_vec(),
                    _ if shared == 0 => Vec::with_capacity(rest.len()),
                    _ => return None,
                };
                bytes.extend_from_slice(rest);
                Cell::Text(bytes)
            }
            BYTES => Cell::Bytes(take_bytes(input)?.to_vec()),
            SEALED => Cell::Sealed(*salt, take(input, 16)?.try_into().ok()?),
            _ => return None,
        })
    }

    /// Appends it to a row that stands alone.
    pub(crate) fn keep(&self, out: &mut Vec<u8>) {
        match self {
            Cell::Unknown => out.push(UNKNOWN),
            Cell::Null => out.push(NULL),
            Cell::Int(number) => {
                out.push(INT);
                // Small numbers of either sign become small: 0, -1, 1, -2 are 0, 1, 2, 3.
                push_number(out, ((number << 1) ^ (number >> 63)).cast_unsigned());
            }
            Cell::Text(bytes) => {
                out.push(TEXT);
                push_bytes(out, bytes);
            }
            Cell::Bytes(bytes) => {
                out.push(BYTES);
                push_bytes(out, bytes);
            }
            Cell::Sealed(salt, digest) => {
                out.push(SEALED);
                out.extend(salt);
                out.extend(digest);
            }
        }
    }

    /// Reads what [`Cell::keep`] wrote.
    pub(crate) fn kept(input: &mut &[u8]) -> Option<Cell> {
        Some(match take(input, 1)?[0] {
            UNKNOWN => Cell::Unknown,
            NULL => Cell::Null,
            INT => Cell::Int(take_int(input)?),
            TEXT => Cell::Text(take_bytes(input)?.to_vec()),
            BYTES => Cell::Bytes(take_bytes(input)?.to_vec()),
            SEALED => {
                let salt = take(input, 16)?.try_into().ok()?;
                Cell::Sealed(salt, take(input, 16)?.try_into().ok()?)
            }
            _ => return None,
        })
    }
}

fn take_int(input: &mut &[u8]) -> Option<i64> {
    let folded = take_number(input)?;
    let number = (folded >> 1).cast_signed();
    Some(if folded & 1 == 1 { !number } else { number })
}

pub(crate) fn push_number(out: &mut Vec<u8>, mut number: u64) {
    while number > 127 {
        out.push((number & 127) as u8 | 128);
        number >>= 7;
    }
    out.push(number as u8);
}

pub(crate) fn take_number(input: &mut &[u8]) -> Option<u64> {
    let mut number = 0_u64;
    for shift in (0..64).step_by(7) {
        let byte = take(input, 1)?[0];
        number |= u64::from(byte & 127) << shift;
        if byte < 128 {
            return Some(number);
        }
    }
    None
}

pub(crate) fn push_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    push_number(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

pub(crate) fn take_bytes<'a>(input: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = usize::try_from(take_number(input)?).ok()?;
    take(input, length)
}

pub(crate) fn take<'a>(input: &mut &'a [u8], length: usize) -> Option<&'a [u8]> {
    let (head, rest) = input.split_at_checked(length)?;
    *input = rest;
    Some(head)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_noted_comes_back() {
        let salt = [7; 16];
        let long = Cell::Text(vec![b'x'; 65]).sealed("t", "c", false, &salt);
        assert!(matches!(long, Cell::Sealed(..)));
        assert!(long.is(&Cell::Text(vec![b'x'; 65]), "t", "c"));
        assert!(!long.is(&Cell::Text(vec![b'x'; 66]), "t", "c"));
        assert!(!long.is(&Cell::Text(vec![b'x'; 65]), "t", "d"));
        let cells = [
            Cell::Null,
            Cell::Int(0),
            Cell::Int(-1),
            Cell::Int(i64::MAX),
            Cell::Int(i64::MIN),
            Cell::Text(b"cus_abc".to_vec()),
            Cell::Bytes(vec![0, 255]),
            long,
        ];
        for above in &cells {
            for cell in &cells {
                let mut out = Vec::new();
                cell.note(&mut out, Some(above));
                let mut input = out.as_slice();
                assert_eq!(Cell::noted(&mut input, above, &salt).as_ref(), Some(cell));
                assert!(input.is_empty());
            }
            let mut out = Vec::new();
            above.keep(&mut out);
            assert_eq!(Cell::kept(&mut out.as_slice()).as_ref(), Some(above));
        }
    }

    #[test]
    fn a_shared_beginning_is_noted_once() {
        let mut out = Vec::new();
        let above = Cell::Text(b"cus_01abc".to_vec());
        Cell::Text(b"cus_01abd".to_vec()).note(&mut out, Some(&above));
        assert_eq!(out, [TEXT, 8, 1, b'd']);
    }
}
