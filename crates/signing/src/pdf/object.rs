//! The values a PDF is made of.

use std::collections::BTreeMap;
use std::ops::Range;

/// Number and generation of an indirect object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Id {
    pub number: u32,
    pub generation: u16,
}

/// A value. Numbers with a fraction keep their text: nothing here calculates with them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Object {
    Null,
    Bool(bool),
    Int(i64),
    Real(Vec<u8>),
    Text(Vec<u8>),
    Name(Vec<u8>),
    Array(Vec<Object>),
    Dict(Dict),
    Stream(Dict, Range<usize>),
    Ref(Id),
}

/// A dictionary, sorted by key, so that equal dictionaries are written with equal bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Dict(pub BTreeMap<Vec<u8>, Object>);

impl Dict {
    pub(crate) fn get(&self, key: &str) -> Option<&Object> {
        self.0.get(key.as_bytes())
    }

    pub(crate) fn set(&mut self, key: &str, value: Object) {
        self.0.insert(key.as_bytes().to_vec(), value);
    }

    pub(crate) fn is(&self, key: &str, name: &str) -> bool {
        matches!(self.get(key), Some(Object::Name(value)) if value == name.as_bytes())
    }

    pub(crate) fn int(&self, key: &str) -> Option<i64> {
        match self.get(key) {
            Some(Object::Int(value)) => Some(*value),
            _ => None,
        }
    }

    pub(crate) fn reference(&self, key: &str) -> Option<Id> {
        self.get(key).and_then(Object::reference)
    }

    /// Equal apart from these keys.
    pub(crate) fn equal_but(&self, other: &Dict, but: &[&str]) -> bool {
        let rest = |dict: &Dict| -> Vec<(Vec<u8>, Object)> {
            let kept = dict
                .0
                .iter()
                .filter(|(key, _)| !but.iter().any(|name| name.as_bytes() == key.as_slice()));
            kept.map(|(key, value)| (key.clone(), value.clone()))
                .collect()
        };
        rest(self) == rest(other)
    }
}

impl Object {
    pub(crate) fn name(name: &str) -> Object {
        Object::Name(name.as_bytes().to_vec())
    }

    /// A text as readers show it: ASCII as it is, everything else in UTF-16 with its mark.
    pub(crate) fn text(text: &str) -> Object {
        if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
            return Object::Text(text.as_bytes().to_vec());
        }
        let mut bytes = vec![0xfe, 0xff];
        bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
        Object::Text(bytes)
    }

    pub(crate) fn ints(values: &[i64]) -> Object {
        Object::Array(values.iter().map(|value| Object::Int(*value)).collect())
    }

    pub(crate) fn reference(&self) -> Option<Id> {
        match self {
            Object::Ref(id) => Some(*id),
            _ => None,
        }
    }

    /// The dictionary of a dictionary or a stream.
    pub(crate) fn dict(&self) -> Option<&Dict> {
        match self {
            Object::Dict(dict) | Object::Stream(dict, _) => Some(dict),
            _ => None,
        }
    }

    pub(crate) fn array(&self) -> Option<&[Object]> {
        match self {
            Object::Array(values) => Some(values),
            _ => None,
        }
    }

    /// Every reference inside, not following any.
    pub(crate) fn references(&self, found: &mut Vec<Id>) {
        match self {
            Object::Ref(id) => found.push(*id),
            Object::Array(values) => values.iter().for_each(|value| value.references(found)),
            Object::Dict(dict) | Object::Stream(dict, _) => {
                dict.0.values().for_each(|value| value.references(found));
            }
            _ => {}
        }
    }
}

/// A text string of a PDF for people: UTF-16 with its mark, UTF-8 with its mark, or Latin.
pub(crate) fn readable(bytes: &[u8]) -> String {
    if let Some(rest) = bytes.strip_prefix(&[0xfe, 0xff]) {
        let units = rest
            .chunks_exact(2)
            .map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
        return char::decode_utf16(units)
            .map(|unit| unit.unwrap_or('\u{fffd}'))
            .collect();
    }
    if let Some(rest) = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]) {
        return String::from_utf8_lossy(rest).into_owned();
    }
    bytes.iter().map(|byte| char::from(*byte)).collect()
}
