//! Where the objects of a file lie, by its cross references.

use std::collections::{BTreeMap, BTreeSet};

use super::file::read_plain;
use super::filter;
use super::lexer::Lexer;
use super::limits;
use super::object::{Dict, Object};
use crate::trouble::{Outcome, too_much, unreadable};

/// Where one object lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Free,
    At { offset: usize, generation: u16 },
    Packed { stream: u32, index: usize },
}

/// All cross references of a file, the newest first.
pub(crate) struct Xref {
    pub places: BTreeMap<u32, Place>,
    pub trailer: Dict,
    /// Offset of the newest section.
    pub start: usize,
    /// Whether the newest section is a stream.
    pub stream: bool,
    pub unfolded: usize,
}

fn broken() -> kernel::Refusal {
    unreadable("交叉引用损坏", "broken cross references")
}

/// The number after the last `startxref`.
fn newest(bytes: &[u8]) -> Outcome<usize> {
    let from = bytes.len().saturating_sub(2048);
    let tail = &bytes[from..];
    let word = b"startxref";
    let at = tail
        .windows(word.len())
        .rposition(|window| window == word)
        .ok_or_else(broken)?;
    let mut lexer = Lexer::new(bytes, from + at + word.len());
    let start = usize::try_from(lexer.whole()?).map_err(|_| broken())?;
    lexer.skip_blanks();
    let rest = bytes[lexer.at..].strip_prefix(b"%%EOF");
    // Behind the end nothing may hide.
    if rest.is_none_or(|rest| rest.iter().any(|byte| !super::lexer::is_space(*byte))) {
        return Err(unreadable(
            "文件结尾不完整或有多余内容",
            "the end of the file is not clean",
        ));
    }
    Ok(start)
}

impl Lexer<'_> {
    fn skip_blanks(&mut self) {
        while self.peek().is_some_and(super::lexer::is_space) {
            self.at += 1;
        }
    }
}

/// Reads all sections from the newest to the oldest.
pub(crate) fn read(bytes: &[u8]) -> Outcome<Xref> {
    let start = newest(bytes)?;
    let mut xref = Xref {
        places: BTreeMap::new(),
        trailer: Dict::default(),
        start,
        stream: false,
        unfolded: 0,
    };
    let mut seen = BTreeSet::new();
    let mut next = Some(start);
    while let Some(offset) = next {
        if !seen.insert(offset) || seen.len() > limits::SECTIONS {
            return Err(unreadable("交叉引用循环", "cross references in a circle"));
        }
        let mut lexer = Lexer::new(bytes, offset);
        if offset >= bytes.len() {
            return Err(broken());
        }
        let is_stream = !lexer.take(b"xref");
        let trailer = if is_stream {
            packed_section(bytes, offset, &mut xref)?
        } else {
            plain_section(&mut lexer, &mut xref)?
        };
        next = match trailer.get("Prev") {
            None => None,
            Some(Object::Int(prev)) => Some(usize::try_from(*prev).map_err(|_| broken())?),
            Some(_) => return Err(broken()),
        };
        if seen.len() == 1 {
            xref.stream = is_stream;
            xref.trailer = trailer;
        }
    }
    Ok(xref)
}

impl Xref {
    /// The newest section that names an object wins.
    fn note(&mut self, number: u64, place: Place) -> Outcome<()> {
        let number = u32::try_from(number).map_err(|_| broken())?;
        self.places.entry(number).or_insert(place);
        if self.places.len() > limits::OBJECTS {
            return Err(too_much("对象过多", "too many objects"));
        }
        Ok(())
    }
}

fn plain_section(lexer: &mut Lexer<'_>, xref: &mut Xref) -> Outcome<Dict> {
    while !lexer.take(b"trailer") {
        let first = lexer.whole()?;
        let count = lexer.whole()?;
        for i in 0..count {
            let offset = usize::try_from(lexer.whole()?).map_err(|_| broken())?;
            let generation = lexer.whole()?;
            let place = if lexer.take(b"n") {
                let generation = u16::try_from(generation).map_err(|_| broken())?;
                Place::At { offset, generation }
            } else if lexer.take(b"f") {
                Place::Free
            } else {
                return Err(broken());
            };
            xref.note(first.checked_add(i).ok_or_else(broken)?, place)?;
        }
    }
    let trailer = lexer.dict(0)?;
    if trailer.get("XRefStm").is_some() {
        // Two readers of such a file may see two documents.
        return Err(unreadable("混合交叉引用", "hybrid cross references"));
    }
    Ok(trailer)
}

fn packed_section(bytes: &[u8], offset: usize, xref: &mut Xref) -> Outcome<Dict> {
    let read = read_plain(bytes, offset, &|_| Err(broken()))?;
    let Object::Stream(dict, range) = read.object else {
        return Err(broken());
    };
    if !dict.is("Type", "XRef") {
        return Err(broken());
    }
    let budget = limits::UNFOLDED.saturating_sub(xref.unfolded);
    let rows = filter::unfold(&dict, &bytes[range], budget)?;
    xref.unfolded += rows.len();
    let widths = whole_numbers(dict.get("W"))?;
    let [kind_width, second, third] = widths[..] else {
        return Err(broken());
    };
    let width = kind_width.saturating_add(second).saturating_add(third);
    if kind_width > 8 || second > 8 || third > 8 || width == 0 {
        return Err(broken());
    }
    let size = dict.int("Size").and_then(|size| usize::try_from(size).ok());
    let index = match dict.get("Index") {
        None => vec![0, size.ok_or_else(broken)?],
        index => whole_numbers(index)?,
    };
    let mut rows = rows.chunks_exact(width);
    for range in index.chunks(2) {
        let [first, count] = range else {
            return Err(broken());
        };
        for i in 0..*count {
            let row = rows.next().ok_or_else(broken)?;
            let (kind, rest) = row.split_at(kind_width);
            let (a, b) = rest.split_at(second);
            let kind = if kind_width == 0 { 1 } else { big_endian(kind) };
            let number = first.checked_add(i).ok_or_else(broken)?;
            xref.note(number as u64, place(kind, big_endian(a), big_endian(b))?)?;
        }
    }
    Ok(dict)
}

fn place(kind: u64, a: u64, b: u64) -> Outcome<Place> {
    let narrow = |value: u64| usize::try_from(value).map_err(|_| broken());
    Ok(match kind {
        0 => Place::Free,
        1 => Place::At {
            offset: narrow(a)?,
            generation: u16::try_from(b).map_err(|_| broken())?,
        },
        2 => Place::Packed {
            stream: u32::try_from(a).map_err(|_| broken())?,
            index: narrow(b)?,
        },
        _ => return Err(broken()),
    })
}

fn big_endian(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0, |value, byte| value << 8 | u64::from(*byte))
}

fn whole_numbers(value: Option<&Object>) -> Outcome<Vec<usize>> {
    let values = value.and_then(Object::array).ok_or_else(broken)?;
    let each = values.iter().map(|value| match value {
        Object::Int(value) => usize::try_from(*value).map_err(|_| broken()),
        _ => Err(broken()),
    });
    each.collect()
}
