//! DER, byte for byte.
//!
//! A signature covers bytes, not values: what is checked must be the bytes that stood in the file,
//! never an encoding made anew. So this reader hands out slices, and the writer nests them.

use der::asn1::ObjectIdentifier as Oid;

use crate::trouble::{Outcome, malformed};

pub(crate) const SEQUENCE: u8 = 0x30;
pub(crate) const SET: u8 = 0x31;
pub(crate) const INTEGER: u8 = 0x02;
pub(crate) const BITS: u8 = 0x03;
pub(crate) const OCTETS: u8 = 0x04;
pub(crate) const OID: u8 = 0x06;
pub(crate) const UTF8: u8 = 0x0c;
pub(crate) const UTC_TIME: u8 = 0x17;
pub(crate) const TIME: u8 = 0x18;
/// `[0]`, constructed.
pub(crate) const CONTEXT: u8 = 0xa0;

/// One element.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Element<'a> {
    pub tag: u8,
    pub content: &'a [u8],
    /// With its tag and length.
    pub whole: &'a [u8],
}

/// The elements of a value, one after the other.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'a>(pub &'a [u8]);

fn wrong() -> kernel::Refusal {
    malformed("证书、签名或时间戳数据", "not DER")
}

impl<'a> Reader<'a> {
    pub(crate) fn next(&mut self) -> Outcome<Element<'a>> {
        let (&tag, rest) = self.0.split_first().ok_or_else(wrong)?;
        let (&first, rest) = rest.split_first().ok_or_else(wrong)?;
        let (length, rest) = match first {
            0..=0x7f => (usize::from(first), rest),
            0x81..=0x84 => {
                let count = usize::from(first & 0x7f);
                let (digits, rest) = rest.split_at_checked(count).ok_or_else(wrong)?;
                let length = digits
                    .iter()
                    .fold(0_usize, |value, byte| value << 8 | usize::from(*byte));
                // DER allows the shortest form alone.
                if length < 0x80 || digits[0] == 0 {
                    return Err(wrong());
                }
                (length, rest)
            }
            _ => return Err(wrong()),
        };
        // Tags of more than one byte occur nowhere in what we read.
        let (content, after) = rest.split_at_checked(length).ok_or_else(wrong)?;
        if tag & 0x1f == 0x1f {
            return Err(wrong());
        }
        let whole = &self.0[..self.0.len() - after.len()];
        self.0 = after;
        Ok(Element {
            tag,
            content,
            whole,
        })
    }

    pub(crate) fn expect(&mut self, tag: u8) -> Outcome<Element<'a>> {
        let element = self.next()?;
        if element.tag == tag {
            Ok(element)
        } else {
            Err(wrong())
        }
    }

    pub(crate) fn optional(&mut self, tag: u8) -> Outcome<Option<Element<'a>>> {
        if self.0.first() == Some(&tag) {
            self.next().map(Some)
        } else {
            Ok(None)
        }
    }

    pub(crate) fn oid(&mut self) -> Outcome<Oid> {
        Oid::from_bytes(self.expect(OID)?.content).map_err(|_| wrong())
    }

    /// A small whole number.
    pub(crate) fn small(&mut self) -> Outcome<u64> {
        let content = self.expect(INTEGER)?.content;
        if content.is_empty() || content.len() > 8 || content[0] & 0x80 != 0 {
            return Err(wrong());
        }
        Ok(content
            .iter()
            .fold(0, |value, byte| value << 8 | u64::from(*byte)))
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// All remaining elements, at most 1,000.
    pub(crate) fn all(mut self) -> Outcome<Vec<Element<'a>>> {
        let mut found = Vec::new();
        while !self.is_empty() {
            if found.len() >= 1000 {
                return Err(wrong());
            }
            found.push(self.next()?);
        }
        Ok(found)
    }
}

impl<'a> Element<'a> {
    pub(crate) fn inside(self) -> Reader<'a> {
        Reader(self.content)
    }
}

/// The one element that these bytes are.
pub(crate) fn only(bytes: &[u8], tag: u8) -> Outcome<Element<'_>> {
    let mut reader = Reader(bytes);
    let element = reader.expect(tag)?;
    if reader.is_empty() {
        Ok(element)
    } else {
        Err(wrong())
    }
}

/// An element made of parts.
pub(crate) fn element(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    let mut out = vec![tag];
    if let Ok(short @ 0..=0x7f) = u8::try_from(length) {
        out.push(short);
    } else {
        let bytes = length.to_be_bytes();
        let digits: Vec<u8> = bytes.into_iter().skip_while(|byte| *byte == 0).collect();
        out.push(0x80 | u8::try_from(digits.len()).unwrap_or(0x7f));
        out.extend(digits);
    }
    parts.iter().for_each(|part| out.extend(*part));
    out
}

pub(crate) fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    element(SEQUENCE, parts)
}

/// DER sorts the elements of a set by their bytes.
pub(crate) fn set(mut parts: Vec<Vec<u8>>) -> Vec<u8> {
    parts.sort();
    let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
    element(SET, &parts)
}

pub(crate) fn oid(oid: Oid) -> Vec<u8> {
    element(OID, &[oid.as_bytes()])
}

/// A whole number that is not negative, from its bytes.
pub(crate) fn integer(bytes: &[u8]) -> Vec<u8> {
    let skip = bytes.iter().take_while(|byte| **byte == 0).count();
    let digits = &bytes[skip.min(bytes.len().saturating_sub(1))..];
    let needs_zero = digits.first().is_none_or(|first| first & 0x80 != 0);
    if needs_zero {
        element(INTEGER, &[&[0], digits])
    } else {
        element(INTEGER, &[digits])
    }
}

/// A bit string of whole bytes.
pub(crate) fn bits(bytes: &[u8]) -> Vec<u8> {
    element(BITS, &[&[0], bytes])
}

/// The bytes of a bit string of whole bytes.
pub(crate) fn bits_of(element: Element<'_>) -> Outcome<&[u8]> {
    match element.content.split_first() {
        Some((0, bytes)) if element.tag == BITS => Ok(bytes),
        _ => Err(wrong()),
    }
}

/// An algorithm without parameters, or with the null that RSA's want.
pub(crate) fn algorithm(which: Oid, with_null: bool) -> Vec<u8> {
    let null: &[u8] = if with_null { &[5, 0] } else { &[] };
    sequence(&[&oid(which), null])
}
