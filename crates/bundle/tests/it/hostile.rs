//! Archives made by somebody who wants to do harm: none is opened, by either verifier.

use std::io::Write as _;

use bundle::archive::{self, Folder};
use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};
use proptest::prelude::*;

use crate::company::trust;
use crate::second::{both, both_of};
use crate::tampering::good;

/// One entry, as a program without scruples writes it.
#[derive(Clone)]
struct Entry {
    name: String,
    inner_name: Option<String>,
    content: Vec<u8>,
    packed: Option<Vec<u8>>,
    size: Option<u32>,
    crc: Option<u32>,
    method: u16,
    flags: u16,
    attributes: u32,
    extra: Vec<u8>,
    offset: Option<u32>,
}

fn entry(name: &str) -> Entry {
    Entry {
        name: name.to_owned(),
        inner_name: None,
        content: b"hello".to_vec(),
        packed: None,
        size: None,
        crc: None,
        method: 0,
        flags: 0,
        attributes: 0,
        extra: Vec::new(),
        offset: None,
    }
}

fn length(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).unwrap()
}

fn short(bytes: &[u8]) -> [u8; 2] {
    u16::try_from(bytes.len()).unwrap().to_le_bytes()
}

fn zip(entries: &[Entry]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for entry in entries {
        let packed = entry.packed.as_ref().unwrap_or(&entry.content);
        let mut crc = Crc::new();
        crc.update(&entry.content);
        let offset = entry.offset.unwrap_or(length(&out));
        let mut alike = Vec::new();
        for value in [20, entry.flags, entry.method, 0, 0x21] {
            alike.extend(value.to_le_bytes());
        }
        for value in [
            entry.crc.unwrap_or(crc.sum()),
            length(packed),
            entry.size.unwrap_or(length(&entry.content)),
        ] {
            alike.extend(value.to_le_bytes());
        }
        let inner = entry.inner_name.as_ref().unwrap_or(&entry.name);
        out.extend(b"PK\x03\x04");
        out.extend(&alike);
        out.extend(short(inner.as_bytes()));
        out.extend([0, 0]);
        out.extend(inner.bytes());
        out.extend(packed);
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&alike);
        directory.extend(short(entry.name.as_bytes()));
        directory.extend(short(&entry.extra));
        directory.extend([0; 6]);
        directory.extend(entry.attributes.to_le_bytes());
        directory.extend(offset.to_le_bytes());
        directory.extend(entry.name.bytes());
        directory.extend(&entry.extra);
    }
    let start = length(&out);
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    let count = u16::try_from(entries.len()).unwrap().to_le_bytes();
    out.extend(count.iter().chain(&count));
    out.extend(length(&directory).to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend([0, 0]);
    out
}

fn deflated(content: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

fn refused(zip: &[u8], code: &str) {
    let (verdict, findings, ..) = both(zip, &trust());
    assert_eq!(
        (verdict.as_str(), findings.len()),
        ("INVALID", 1),
        "{findings:?}"
    );
    assert_eq!(findings[0].0, code, "{findings:?}");
}

#[test]
fn names_that_leave_the_folder_or_stand_for_two_files() {
    for name in [
        "c/../../etc/passwd",
        "/etc/passwd",
        "../c/a",
        "c\\..\\a",
        "C:/a",
        "c//a",
        "c/",
        "a",
        "c/nul",
        "c/a.",
        "c/.ssh",
        "c/数据",
        "c/\u{202e}gpj.exe",
    ] {
        refused(&zip(&[entry(name)]), "archive.name");
    }
    refused(&zip(&[entry("c/a"), entry("d/b")]), "archive.name");
    refused(&zip(&[entry("c/a"), entry("c/a")]), "archive.duplicate");
    refused(
        &zip(&[entry("c/data"), entry("c/DATA")]),
        "archive.duplicate",
    );
    refused(
        &zip(&[entry("c/data"), entry("c/data/a")]),
        "archive.duplicate",
    );
    refused(&zip(&[]), "archive.form");
}

#[test]
fn links_encryption_methods_and_names_beside_the_name() {
    let with = |change: fn(&mut Entry)| {
        let mut changed = entry("c/a");
        change(&mut changed);
        zip(&[entry("c/0"), changed])
    };
    refused(&with(|e| e.attributes = 0o120_777 << 16), "archive.link");
    refused(&with(|e| e.attributes = 0o020_666 << 16), "archive.link");
    refused(&with(|e| e.flags = 1), "archive.encrypted");
    refused(&with(|e| e.flags = 1 << 6), "archive.encrypted");
    refused(&with(|e| e.method = 12), "archive.method");
    refused(
        &with(|e| e.inner_name = Some("c/b".to_owned())),
        "archive.form",
    );
    refused(
        &with(|e| e.extra = vec![0x75, 0x70, 1, 0, 1]),
        "archive.form",
    );
    refused(&with(|e| e.extra = vec![0x01, 0x00, 0, 0]), "archive.form");
    refused(&with(|e| e.extra = vec![0x0a, 0x00, 9, 0]), "archive.form");
    refused(&with(|e| e.offset = Some(0)), "archive.form");
    refused(&with(|e| e.crc = Some(1)), "archive.checksum");
    refused(&with(|e| e.size = Some(4)), "archive.checksum");
}

#[test]
fn bombs_are_not_unpacked() {
    let mut bomb = entry("c/a");
    bomb.method = 8;
    bomb.packed = Some(deflated(&vec![0; 30 << 20]));
    // A lie about the size: one byte more than promised, and it is over.
    bomb.size = Some(1_000);
    refused(&zip(std::slice::from_ref(&bomb)), "archive.checksum");
    // The truth, and too much of it.
    bomb.size = Some((64 << 20) + 1);
    refused(&zip(std::slice::from_ref(&bomb)), "archive.limit");
    let many = (0..9).map(|n| {
        let mut part = entry(&format!("c/{n}"));
        part.size = Some(60 << 20);
        part
    });
    refused(&zip(&many.collect::<Vec<_>>()), "archive.limit");
    // More behind the end of what was packed.
    let mut behind = entry("c/a");
    behind.method = 8;
    let mut packed = deflated(&behind.content);
    packed.push(0);
    behind.packed = Some(packed);
    refused(&zip(&[behind]), "archive.checksum");
}

#[test]
fn bytes_before_between_and_behind() {
    let honest = zip(&[entry("c/a"), entry("c/b")]);
    let mut before = b"#!/bin/sh\n".to_vec();
    before.extend(&honest);
    refused(&before, "archive.form");
    let mut behind = honest.clone();
    behind.push(0);
    refused(&behind, "archive.form");
    let mut comment = honest.clone();
    let at = comment.len() - 2;
    comment[at] = 1;
    comment.push(b'x');
    refused(&comment, "archive.form");
    // Whoever is asked from a command line says that these are no archives.
    let noises: [&[u8]; 2] = [b"", &[0; 22]];
    for noise in noises {
        let no = archive::read(noise).unwrap_err();
        assert_eq!(no.code.name, "archive.form");
    }
    for end in 0..honest.len() {
        assert!(archive::read(&honest[..end]).is_err(), "cut at {end}");
    }
}

/// A lawyer may pack the folder again, with compression.
#[test]
fn a_bundle_packed_again_is_the_same_bundle() {
    let folder = good();
    let entries: Vec<Entry> = folder
        .files
        .iter()
        .map(|(path, content)| {
            let mut packed = entry(&format!("{}/{path}", folder.name));
            packed.method = 8;
            packed.packed = Some(deflated(content));
            packed.content.clone_from(content);
            packed.attributes = 0o100_644 << 16;
            packed
        })
        .rev()
        .collect();
    let again = zip(&entries);
    assert_eq!(archive::read(&again), Ok(folder.clone()));
    assert_eq!(both(&again, &trust()), both_of(&folder, &trust()));
}

#[test]
fn what_is_written_is_read_again() {
    let folder = good();
    let zip = archive::write(&folder).unwrap();
    assert_eq!(archive::read(&zip), Ok(folder.clone()));
    let unsafe_folder = Folder {
        name: "..".to_owned(),
        ..folder
    };
    assert!(archive::write(&unsafe_folder).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// A changed byte of the archive itself: refused, or it said nothing (a time, a version).
    #[test]
    fn a_changed_archive_never_gives_other_files(at in 0_usize..1_000_000, bit in 0_u8..8) {
        let honest = zip(&[entry("c/a"), entry("c/b/d"), entry("c/z")]);
        let mut changed = honest.clone();
        let at = at % changed.len();
        changed[at] ^= 1 << bit;
        if let Ok(folder) = archive::read(&changed) {
            prop_assert_eq!(folder.files, archive::read(&honest).unwrap().files);
        }
    }

    /// And no bytes at all make it stumble.
    #[test]
    fn noise_is_refused(noise in proptest::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(archive::read(&noise).is_err());
    }
}
