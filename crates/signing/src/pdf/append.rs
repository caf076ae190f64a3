//! An incremental update: new objects behind the old bytes, of which none changes.

use std::collections::BTreeMap;

use super::file::Pdf;
use super::object::{Dict, Id, Object};
use super::write;
use super::xref::Place;
use crate::trouble::{Outcome, too_much};

/// What will be appended.
pub(crate) struct Update<'p, 'a> {
    pdf: &'p Pdf<'a>,
    next: u32,
    bodies: BTreeMap<u32, Vec<u8>>,
}

/// The file with its update, and where each new body begins.
pub(crate) struct Appended {
    pub bytes: Vec<u8>,
    pub bodies: BTreeMap<u32, usize>,
}

impl<'p, 'a> Update<'p, 'a> {
    pub(crate) fn of(pdf: &'p Pdf<'a>) -> Update<'p, 'a> {
        let said = pdf.xref.trailer.int("Size").unwrap_or(1);
        let highest = pdf.xref.places.keys().next_back().copied().unwrap_or(0);
        let next = u32::try_from(said)
            .unwrap_or(1)
            .max(highest.saturating_add(1));
        Update {
            pdf,
            next,
            bodies: BTreeMap::new(),
        }
    }

    /// A number that nothing in the file uses yet.
    pub(crate) fn reserve(&mut self) -> Id {
        let number = self.next;
        self.next = self.next.saturating_add(1);
        Id {
            number,
            generation: 0,
        }
    }

    pub(crate) fn put(&mut self, id: Id, body: Vec<u8>) {
        self.bodies.insert(id.number, body);
    }

    pub(crate) fn add(&mut self, body: Vec<u8>) -> Id {
        let id = self.reserve();
        self.put(id, body);
        id
    }

    fn generation(&self, number: u32) -> u16 {
        match self.pdf.xref.places.get(&number) {
            Some(Place::At { generation, .. }) => *generation,
            _ => 0,
        }
    }

    /// Writes the cross references in the manner of the file.
    pub(crate) fn finish(mut self) -> Outcome<Appended> {
        let mut bytes = self.pdf.bytes.to_vec();
        if !bytes.ends_with(b"\n") {
            bytes.push(b'\n');
        }
        let mut bodies = BTreeMap::new();
        let mut offsets = BTreeMap::new();
        for (number, body) in &self.bodies {
            offsets.insert(*number, bytes.len());
            bytes.extend(format!("{number} {} obj\n", self.generation(*number)).bytes());
            bodies.insert(*number, bytes.len());
            bytes.extend(body);
            bytes.extend(b"\nendobj\n");
        }
        let start = bytes.len();
        if self.pdf.xref.stream {
            self.packed_references(&mut bytes, offsets)?;
        } else {
            self.plain_references(&mut bytes, &offsets);
        }
        bytes.extend(format!("startxref\n{start}\n%%EOF\n").bytes());
        if bytes.len() > super::limits::FILE {
            return Err(too_much("文件超过 32 MB", "more than 32 MB"));
        }
        Ok(Appended { bytes, bodies })
    }

    fn trailer(&self) -> Dict {
        let mut dict = Dict::default();
        for key in ["Root", "Info", "ID"] {
            if let Some(value) = self.pdf.xref.trailer.get(key) {
                dict.set(key, value.clone());
            }
        }
        let prev = i64::try_from(self.pdf.xref.start).unwrap_or(i64::MAX);
        dict.set("Prev", Object::Int(prev));
        dict.set("Size", Object::Int(i64::from(self.next)));
        dict
    }

    fn plain_references(&self, bytes: &mut Vec<u8>, offsets: &BTreeMap<u32, usize>) {
        bytes.extend(b"xref\n");
        for (number, offset) in offsets {
            let generation = self.generation(*number);
            let row = format!("{number} 1\n{offset:010} {generation:05} n\r\n");
            bytes.extend(row.bytes());
        }
        bytes.extend(b"trailer\n");
        write::dictionary(bytes, &self.trailer());
        bytes.push(b'\n');
    }

    fn packed_references(
        &mut self,
        bytes: &mut Vec<u8>,
        mut offsets: BTreeMap<u32, usize>,
    ) -> Outcome<()> {
        let own = self.reserve();
        offsets.insert(own.number, bytes.len());
        let mut rows = Vec::new();
        let mut index = Vec::new();
        for (number, offset) in &offsets {
            let offset = u32::try_from(*offset)
                .map_err(|_| too_much("文件超过 32 MB", "more than 32 MB"))?;
            rows.push(1);
            rows.extend(offset.to_be_bytes());
            rows.extend(self.generation(*number).to_be_bytes());
            index.extend([i64::from(*number), 1]);
        }
        let mut dict = self.trailer();
        dict.set("Type", Object::name("XRef"));
        dict.set("W", Object::ints(&[1, 4, 2]));
        dict.set("Index", Object::ints(&index));
        bytes.extend(format!("{} 0 obj\n", own.number).bytes());
        bytes.extend(write::stream(dict, &rows));
        bytes.extend(b"\nendobj\n");
        Ok(())
    }
}
