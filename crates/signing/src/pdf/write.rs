//! Values as bytes.

use super::object::{Dict, Id, Object};

pub(crate) fn value(out: &mut Vec<u8>, object: &Object) {
    match object {
        Object::Null => out.extend(b"null"),
        Object::Bool(true) => out.extend(b"true"),
        Object::Bool(false) => out.extend(b"false"),
        Object::Int(number) => out.extend(number.to_string().bytes()),
        Object::Real(text) => out.extend(text),
        Object::Text(bytes) => {
            out.push(b'<');
            out.extend(hex::encode(bytes).bytes());
            out.push(b'>');
        }
        Object::Name(bytes) => name(out, bytes),
        Object::Array(values) => {
            out.push(b'[');
            for (i, one) in values.iter().enumerate() {
                if i > 0 {
                    out.push(b' ');
                }
                value(out, one);
            }
            out.push(b']');
        }
        Object::Dict(dict) | Object::Stream(dict, _) => dictionary(out, dict),
        Object::Ref(Id { number, generation }) => {
            out.extend(format!("{number} {generation} R").bytes());
        }
    }
}

pub(crate) fn dictionary(out: &mut Vec<u8>, dict: &Dict) {
    out.extend(b"<<");
    for (key, one) in &dict.0 {
        name(out, key);
        out.push(b' ');
        value(out, one);
    }
    out.extend(b">>");
}

fn name(out: &mut Vec<u8>, bytes: &[u8]) {
    out.push(b'/');
    for byte in bytes {
        if byte.is_ascii_alphanumeric() || b"-_.+*".contains(byte) {
            out.push(*byte);
        } else {
            out.extend(format!("#{byte:02x}").bytes());
        }
    }
}

/// A dictionary as an object's body.
pub(crate) fn body(dict: &Dict) -> Vec<u8> {
    let mut out = Vec::new();
    dictionary(&mut out, dict);
    out
}

/// A stream as an object's body; its length is filled in.
pub(crate) fn stream(mut dict: Dict, bytes: &[u8]) -> Vec<u8> {
    let length = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    dict.set("Length", Object::Int(length));
    let mut out = body(&dict);
    out.extend(b"\nstream\n");
    out.extend(bytes);
    out.extend(b"\nendstream");
    out
}
