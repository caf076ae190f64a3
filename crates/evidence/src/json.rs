//! Canonical JSON: one spelling for each value 规范 JSON.
//!
//! RFC 8785 (JCS), restricted to whole numbers: no spaces, members sorted by the UTF-16 code units
//! of their names, the shortest escapes. Fractions are refused, as are numbers beyond ±(2^53 − 1),
//! which another reader's floating point would bend. Unicode normalisation (NFC) is the caller's.

mod scan;

use std::io::Write as _;

use serde_json::{Map, Value};

pub use scan::{check_canonical, members};
pub(crate) use scan::{first_text, members_named, unquoted};

/// Nesting beyond this is refused.
pub const DEEPEST: usize = 64;

/// 2^53 − 1: the largest whole number that every JSON reader keeps exactly (RFC 7493 section 2.2).
pub const LARGEST_INTEGER: i64 = (1 << 53) - 1;

/// Bytes that most entries and payloads do not exceed; room for them is made at once.
pub(crate) const USUAL: usize = 512;

/// Why there is no canonical form, or why bytes are not canonical.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JsonError {
    /// A fraction, an exponent or a number too large.
    #[error("数值只能是 ±(2^53 − 1) 以内的整数")]
    Number,
    /// Nested too deeply.
    #[error("JSON 嵌套超过 64 层")]
    Depth,
    /// A canonical object, but with other members than wanted.
    #[error("JSON 的字段不齐或多余")]
    Members,
    /// Not the one spelling, or not JSON at all.
    #[error("第 {at} 字节处不是规范 JSON")]
    Spelling {
        /// Offset of the first byte that is wrong, or that begins what is wrong.
        at: usize,
    },
}

/// The canonical bytes of a value.
///
/// # Errors
/// It holds a number that is not whole or too large, or is nested too deeply.
pub fn canonical(value: &Value) -> Result<Vec<u8>, JsonError> {
    let mut out = Vec::with_capacity(USUAL);
    write_value(value, DEEPEST, &mut out)?;
    Ok(out)
}

fn write_value(value: &Value, depth: usize, out: &mut Vec<u8>) -> Result<(), JsonError> {
    match value {
        Value::Null => out.extend(b"null"),
        Value::Bool(true) => out.extend(b"true"),
        Value::Bool(false) => out.extend(b"false"),
        Value::Number(number) => {
            let whole = number.as_i64().filter(is_exact).ok_or(JsonError::Number)?;
            // Writing into a vector does not fail.
            let _ = write!(out, "{whole}");
        }
        Value::String(text) => write_string(text, out),
        Value::Array(values) => {
            let deeper = depth.checked_sub(1).ok_or(JsonError::Depth)?;
            out.push(b'[');
            for (n, value) in values.iter().enumerate() {
                if n > 0 {
                    out.push(b',');
                }
                write_value(value, deeper, out)?;
            }
            out.push(b']');
        }
        Value::Object(members) => write_object(members, depth, out)?,
    }
    Ok(())
}

fn write_object(
    members: &Map<String, Value>,
    depth: usize,
    out: &mut Vec<u8>,
) -> Result<(), JsonError> {
    let deeper = depth.checked_sub(1).ok_or(JsonError::Depth)?;
    out.push(b'{');
    // Among names in ASCII, bytes are in the same order as code units; members mostly stand so.
    let ascii = members.keys().all(|name| name.is_ascii());
    if ascii && members.keys().is_sorted() {
        write_members(members.iter(), deeper, out)?;
    } else {
        let mut sorted: Vec<(&String, &Value)> = members.iter().collect();
        sorted.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
        write_members(sorted.into_iter(), deeper, out)?;
    }
    out.push(b'}');
    Ok(())
}

fn write_members<'m>(
    members: impl Iterator<Item = (&'m String, &'m Value)>,
    depth: usize,
    out: &mut Vec<u8>,
) -> Result<(), JsonError> {
    for (n, (name, value)) in members.enumerate() {
        if n > 0 {
            out.push(b',');
        }
        write_string(name, out);
        out.push(b':');
        write_value(value, depth, out)?;
    }
    Ok(())
}

/// RFC 8785 section 3.2.2.2: short escapes where there are some, `\u00xx` for the other control
/// characters, everything else as it is.
fn write_string(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    let plain = |byte: &u8| *byte > 0x1f && *byte != b'"' && *byte != b'\\';
    if text.as_bytes().iter().all(plain) {
        out.extend_from_slice(text.as_bytes());
        return out.push(b'"');
    }
    for byte in text.bytes() {
        match byte {
            b'"' | b'\\' => out.extend([b'\\', byte]),
            0x08 => out.extend(b"\\b"),
            b'\t' => out.extend(b"\\t"),
            b'\n' => out.extend(b"\\n"),
            0x0c => out.extend(b"\\f"),
            b'\r' => out.extend(b"\\r"),
            0..=0x1f => out.extend(format!("\\u{byte:04x}").bytes()),
            _ => out.push(byte),
        }
    }
    out.push(b'"');
}

fn is_exact(number: &i64) -> bool {
    (-LARGEST_INTEGER..=LARGEST_INTEGER).contains(number)
}
