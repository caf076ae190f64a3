//! Staged records packed, some thousands together 暂存打包.
//!
//! A pack is deflated text, one JSON array a line:
//! `["customer","C01","<digest>","客户.csv","",3,[fields,extra]]`; behind the extra columns stand
//! the names of empty fields and of empty extra columns, where there are any. A million records of
//! ten columns come to some 80 MB; a row of the database for each would take ten times that and the
//! time to write it.

use std::fmt::Write as _;
use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use intake::{Record, RecordKind};
use sha2::{Digest, Sha256};
use spine::Fault;

use super::line::{Line, Place};

/// Records of one pack; the last of a batch has fewer.
pub(crate) const PACK: usize = 2_048;

/// Records from `first_n` on.
#[derive(Clone, Debug)]
pub(crate) struct Pack {
    pub(crate) first_n: i64,
    pub(crate) bytes: Vec<u8>,
}

impl Pack {
    /// Packs these records.
    pub(crate) fn of(first_n: i64, records: &[Record]) -> Result<Pack, Fault> {
        let mut text = String::with_capacity(records.len() * 400);
        for record in records {
            let content = record.content();
            let digest = hex::encode(Sha256::digest(content.as_bytes()));
            let quoted = |text: &str| serde_json::to_string(text);
            let (key, file) = (quoted(&record.key)?, quoted(&record.origin.file)?);
            let (sheet, row) = (quoted(&record.origin.sheet)?, record.origin.row);
            let kind = record.kind.name();
            let body = body(record, content)?;
            let line = format_args!("[\"{kind}\",{key},\"{digest}\",{file},{sheet},{row},{body}]");
            writeln!(text, "{line}").map_err(|_| Fault::new("packing"))?;
        }
        let mut packer = DeflateEncoder::new(Vec::new(), Compression::fast());
        let packed = packer
            .write_all(text.as_bytes())
            .and_then(|()| packer.finish());
        let bytes = packed.map_err(|error| Fault::new(format!("packing: {error}")))?;
        Ok(Pack { first_n, bytes })
    }

    /// The records of the pack.
    pub(crate) fn lines(&self) -> Result<Vec<Line>, Fault> {
        let mut text = String::new();
        DeflateDecoder::new(self.bytes.as_slice())
            .read_to_string(&mut text)
            .map_err(|error| Fault::new(format!("a pack of staged records: {error}")))?;
        let lines = (self.first_n..).zip(text.lines());
        lines.map(|(n, line)| unpacked(n, line)).collect()
    }
}

/// The content with the names of what is empty; these are no part of what the digest is of.
fn body(record: &Record, content: String) -> Result<String, Fault> {
    let fields = &record.empty_fields;
    let extra: Vec<&str> = record.empty_extra.iter().map(|name| &**name).collect();
    if fields.is_empty() && extra.is_empty() {
        return Ok(content);
    }
    let open = content.strip_suffix(']').unwrap_or(&content);
    let fields = serde_json::to_string(fields)?;
    let extra = serde_json::to_string(&extra)?;
    Ok(format!("{open},{fields},{extra}]"))
}

type Packed = (
    RecordKind,
    String,
    String,
    String,
    String,
    u32,
    serde_json::Value,
);

fn unpacked(n: i64, line: &str) -> Result<Line, Fault> {
    let (kind, key, digest, file, sheet, row, body): Packed = serde_json::from_str(line)?;
    Ok(Line {
        n,
        kind,
        key,
        body,
        digest,
        place: Place { file, sheet, row },
    })
}

/// The records of several packs, read on two threads.
pub(crate) fn lines_of(packs: &[Pack]) -> Result<Vec<Line>, Fault> {
    let of = |some: &[Pack]| -> Result<Vec<Line>, Fault> {
        let mut lines = Vec::with_capacity(some.len() * PACK);
        for pack in some {
            lines.extend(pack.lines()?);
        }
        Ok(lines)
    };
    if packs.len() < 4 {
        return of(packs);
    }
    let (first, second) = packs.split_at(packs.len() / 2);
    std::thread::scope(|scope| {
        let other = scope.spawn(|| of(second));
        let mut lines = of(first)?;
        lines.extend(other.join().unwrap_or_else(|_| of(second))?);
        Ok(lines)
    })
}
