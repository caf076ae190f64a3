//! Reads a ZIP file that was handed over by somebody one does not trust.
//!
//! APPNOTE 6.3, and of it only what two readers cannot read differently: one disk, no comment, no
//! encryption, no 64-bit forms, stored or deflated. The header before each file must say what the
//! directory says; files lie one behind the other from the first byte to the directory.

use std::io::Read as _;

use flate2::Crc;
use flate2::read::DeflateDecoder;

use super::{Files, Folder, MOST_BYTES, MOST_BYTES_A_FILE, MOST_FILES, one_folder, shown};
use crate::finding::{Code, Finding};

const END: usize = 22;
const HEADER: usize = 30;
const ENTRY: usize = 46;

/// Flag: sizes follow the file instead of standing before it.
const SIZES_FOLLOW: u16 = 1 << 3;
/// Flags that change nothing for us: level of compression, sizes follow, name is UTF-8.
const HARMLESS: u16 = 0b110 | SIZES_FOLLOW | 1 << 11;

struct Entry<'a> {
    name: &'a str,
    flags: u16,
    method: u16,
    crc: u32,
    packed: usize,
    size: usize,
    offset: usize,
}

fn short(bytes: &[u8], at: usize) -> u16 {
    bytes
        .get(at..)
        .and_then(<[u8]>::first_chunk)
        .map_or(0, |b| u16::from_le_bytes(*b))
}

fn long(bytes: &[u8], at: usize) -> u32 {
    bytes
        .get(at..)
        .and_then(<[u8]>::first_chunk)
        .map_or(0, |b| u32::from_le_bytes(*b))
}

fn size(bytes: &[u8], at: usize) -> usize {
    usize::try_from(long(bytes, at)).unwrap_or(usize::MAX)
}

/// The folder in a ZIP file.
///
/// # Errors
/// The archive is refused; the finding says why, and nothing was unpacked beyond the limits.
pub fn read(archive: &[u8]) -> Result<Folder, Finding> {
    if u64::try_from(archive.len()).unwrap_or(u64::MAX) > MOST_BYTES {
        return Err(Finding::new(Code::ARCHIVE_LIMIT, "archive"));
    }
    let entries = directory(archive)?;
    let name = one_folder(entries.iter().map(|entry| entry.name))?;
    let mut total = 0_u64;
    for entry in &entries {
        let bytes = u64::try_from(entry.size).unwrap_or(u64::MAX);
        total = total.saturating_add(bytes);
        if bytes > MOST_BYTES_A_FILE || total > MOST_BYTES {
            return Err(Finding::new(Code::ARCHIVE_LIMIT, entry.name));
        }
    }
    let packed = contents(archive, &entries)?;
    let mut files = Files::new();
    for (entry, packed) in entries.iter().zip(packed) {
        let content = unpack(entry, packed)?;
        let within = entry.name.get(name.len() + 1..).unwrap_or_default();
        files.insert(within.to_owned(), content);
    }
    Ok(Folder { name, files })
}

/// The directory at the end, which says where everything is.
fn directory(archive: &[u8]) -> Result<Vec<Entry<'_>>, Finding> {
    let form = |at: &str| Finding::new(Code::ARCHIVE_FORM, at);
    let end_at = archive.len().checked_sub(END).ok_or_else(|| form("end"))?;
    let (body, end) = archive.split_at(end_at);
    let (count, start) = (usize::from(short(end, 10)), size(end, 16));
    let is_plain = end.starts_with(b"PK\x05\x06")
        && (short(end, 4), short(end, 6), short(end, 20)) == (0, 0, 0)
        && usize::from(short(end, 8)) == count
        && start.checked_add(size(end, 12)) == Some(end_at);
    if !is_plain {
        return Err(form("end"));
    }
    if count > MOST_FILES {
        return Err(Finding::new(Code::ARCHIVE_LIMIT, "files"));
    }
    let mut rest = body.get(start..).ok_or_else(|| form("end"))?;
    let mut entries = Vec::with_capacity(count);
    for _ in 0..count {
        let (entry, after) = entry(rest)?;
        rest = after;
        entries.push(entry);
    }
    rest.is_empty()
        .then_some(entries)
        .ok_or_else(|| form("directory"))
}

fn entry(bytes: &[u8]) -> Result<(Entry<'_>, &[u8]), Finding> {
    let form = || Finding::new(Code::ARCHIVE_FORM, "directory");
    let (head, rest) = bytes.split_at_checked(ENTRY).ok_or_else(form)?;
    let lengths = [28, 30, 32].map(|at| usize::from(short(head, at)));
    let (name, rest) = rest.split_at_checked(lengths[0]).ok_or_else(form)?;
    let (extra, rest) = rest.split_at_checked(lengths[1]).ok_or_else(form)?;
    if !head.starts_with(b"PK\x01\x02") || lengths[2] != 0 || short(head, 34) != 0 {
        return Err(form());
    }
    let lossy = String::from_utf8_lossy(name);
    let name =
        std::str::from_utf8(name).map_err(|_| Finding::new(Code::ARCHIVE_NAME, shown(&lossy)))?;
    let entry = Entry {
        name,
        flags: short(head, 8),
        method: short(head, 10),
        crc: long(head, 16),
        packed: size(head, 20),
        size: size(head, 24),
        offset: size(head, 42),
    };
    let refused = |code| Err(Finding::new(code, shown(name)));
    // Upper half of the outer attributes: the kind of file, as Unix keeps it.
    let kind = long(head, 38) >> 16 & 0o170_000;
    if kind != 0 && kind != 0o100_000 {
        return refused(Code::ARCHIVE_LINK);
    }
    if entry.flags & !HARMLESS != 0 {
        return refused(Code::ARCHIVE_ENCRYPTED);
    }
    if entry.method != 0 && entry.method != 8 {
        return refused(Code::ARCHIVE_METHOD);
    }
    if changes_meaning(extra) {
        return refused(Code::ARCHIVE_FORM);
    }
    Ok((entry, rest))
}

/// Extra fields that give another name (0x7075) or other sizes (0x0001), or are none at all.
fn changes_meaning(mut extra: &[u8]) -> bool {
    while !extra.is_empty() {
        let (id, length) = (short(extra, 0), usize::from(short(extra, 2)));
        if id == 0x7075 || id == 0x0001 {
            return true;
        }
        let Some(rest) = extra.get(4 + length..) else {
            return true;
        };
        extra = rest;
    }
    false
}

/// The packed bytes of each entry; headers and bytes must fill the archive without a hole.
fn contents<'a>(archive: &'a [u8], entries: &[Entry<'_>]) -> Result<Vec<&'a [u8]>, Finding> {
    let mut order: Vec<usize> = (0..entries.len()).collect();
    order.sort_by_key(|n| entries[*n].offset);
    let mut contents = vec![&archive[..0]; entries.len()];
    let mut next = 0;
    for n in order {
        let entry = &entries[n];
        let wrong = || Finding::new(Code::ARCHIVE_FORM, shown(entry.name));
        let head = archive.get(next..next + HEADER).ok_or_else(wrong)?;
        let lengths = [26, 28].map(|at| usize::from(short(head, at)));
        let name_at = next + HEADER;
        let data_at = name_at + lengths[0] + lengths[1];
        let name = archive.get(name_at..name_at + lengths[0]);
        let extra = archive
            .get(name_at + lengths[0]..data_at)
            .ok_or_else(wrong)?;
        let says = (long(head, 14), size(head, 18), size(head, 22));
        let agrees = entry.offset == next
            && head.starts_with(b"PK\x03\x04")
            && (short(head, 6), short(head, 8)) == (entry.flags, entry.method)
            && name == Some(entry.name.as_bytes())
            && !changes_meaning(extra)
            && (says == (entry.crc, entry.packed, entry.size)
                || (entry.flags & SIZES_FOLLOW != 0 && says == (0, 0, 0)));
        if !agrees {
            return Err(wrong());
        }
        let data_end = data_at.checked_add(entry.packed).ok_or_else(wrong)?;
        contents[n] = archive.get(data_at..data_end).ok_or_else(wrong)?;
        next = data_end + descriptor(&archive[data_end..], entry).ok_or_else(wrong)?;
    }
    let directory_at = size(archive, archive.len() - END + 16);
    if next == directory_at {
        Ok(contents)
    } else {
        Err(Finding::new(Code::ARCHIVE_FORM, "gap"))
    }
}

/// Length of the sizes that follow a file, with or without their mark; 0 when none do.
fn descriptor(bytes: &[u8], entry: &Entry<'_>) -> Option<usize> {
    if entry.flags & SIZES_FOLLOW == 0 {
        return Some(0);
    }
    let says = |at: usize| (long(bytes, at), size(bytes, at + 4), size(bytes, at + 8));
    let wanted = (entry.crc, entry.packed, entry.size);
    if bytes.starts_with(b"PK\x07\x08") && says(4) == wanted {
        Some(16)
    } else {
        (says(0) == wanted).then_some(12)
    }
}

fn unpack(entry: &Entry<'_>, packed: &[u8]) -> Result<Vec<u8>, Finding> {
    let wrong = || Finding::new(Code::ARCHIVE_CHECKSUM, entry.name);
    let content = if entry.method == 0 {
        packed.to_vec()
    } else {
        // One byte more than promised is enough to know of a lie.
        let most = u64::try_from(entry.size)
            .unwrap_or(u64::MAX)
            .saturating_add(1);
        let mut content = Vec::new();
        let mut decoder = DeflateDecoder::new(packed).take(most);
        decoder.read_to_end(&mut content).map_err(|_| wrong())?;
        let used = decoder.into_inner().total_in();
        if used != u64::try_from(packed.len()).unwrap_or(u64::MAX) {
            return Err(wrong());
        }
        content
    };
    let mut crc = Crc::new();
    crc.update(&content);
    if content.len() == entry.size && crc.sum() == entry.crc {
        Ok(content)
    } else {
        Err(wrong())
    }
}
