//! The outer shape: a BagIt folder 目录清单.
//!
//! RFC 8493, narrowed to one spelling: `sha256sum -c` and every BagIt tool read it, and nothing in
//! it can be changed without a digest that tells.

use std::collections::{BTreeMap, BTreeSet};

use evidence::file_digest::FileDigest;
use kernel::Day;

use crate::archive::{Files, Folder};
use crate::finding::{Code, Finding};
use crate::layout;

const BAGIT_TEXT: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/// What `bag-info.txt` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BagInfo {
    /// Whose log it is.
    pub organization: String,
    /// Number of the case.
    pub identifier: String,
    /// Day on which the bundle was made.
    pub day: Day,
}

/// Bytes and files under `data/`, as Payload-Oxum counts them.
fn oxum(files: &Files) -> String {
    let payload = files.iter().filter(|(path, _)| path.starts_with("data/"));
    let (bytes, count) = payload.fold((0_u64, 0_u64), |(bytes, count), (_, content)| {
        (bytes + u64::try_from(content.len()).unwrap_or(0), count + 1)
    });
    format!("{bytes}.{count}")
}

fn one_line(text: &str) -> String {
    let plain = |c: char| if c.is_control() { ' ' } else { c };
    let line: String = text.chars().map(plain).collect();
    line.trim().to_owned()
}

impl BagInfo {
    fn text(&self, files: &Files) -> String {
        format!(
            "Source-Organization: {}\nExternal-Identifier: {}\nBagging-Date: {}\n\
             Payload-Oxum: {}\nBaton-Bundle-Version: {}\n",
            one_line(&self.organization),
            one_line(&self.identifier),
            self.day,
            oxum(files),
            layout::VERSION
        )
    }
}

fn manifest(files: &Files, of: impl Fn(&str) -> bool) -> String {
    let listed = files.iter().filter(|(path, _)| of(path));
    listed
        .map(|(path, content)| format!("{}  {path}\n", FileDigest::sha256(content)))
        .collect()
}

fn is_payload(path: &str) -> bool {
    path.starts_with("data/")
}

/// Puts the tag files around the payload, up to the manifest, which may then be signed.
pub(crate) fn wrap(files: &mut Files, info: &BagInfo) {
    let text = info.text(files);
    let manifest = manifest(files, is_payload);
    files.insert(layout::BAGIT.to_owned(), BAGIT_TEXT.into());
    files.insert(layout::BAG_INFO.to_owned(), text.into_bytes());
    files.insert(layout::MANIFEST.to_owned(), manifest.into_bytes());
}

/// Lists all tag files; nothing may be added afterwards.
pub(crate) fn close(files: &mut Files) {
    files.remove(layout::TAG_MANIFEST);
    let tags = manifest(files, |path| !is_payload(path));
    files.insert(layout::TAG_MANIFEST.to_owned(), tags.into_bytes());
}

/// Examines the bag alone: form, digests, nothing missing, nothing besides.
pub(crate) fn check(folder: &Folder) -> Vec<Finding> {
    let mut found = Vec::new();
    check_form(folder, &mut found);
    for (list, of_payload) in [(layout::MANIFEST, true), (layout::TAG_MANIFEST, false)] {
        let Some(listed) = folder.text(list).and_then(read_manifest) else {
            found.push(Finding::new(Code::BAG_FORM, list));
            continue;
        };
        if listed.keys().any(|path| is_payload(path) != of_payload) {
            found.push(Finding::new(Code::BAG_FORM, list));
        }
        for (path, digest) in &listed {
            match folder.files.get(*path) {
                None => found.push(Finding::new(Code::FILE_MISSING, *path)),
                Some(content) if FileDigest::sha256(content) != *digest => {
                    found.push(Finding::new(Code::BAG_DIGEST, *path));
                }
                Some(_) => {}
            }
        }
        let here = folder
            .files
            .keys()
            .filter(|path| is_payload(path) == of_payload && path.as_str() != layout::TAG_MANIFEST);
        for path in here.filter(|path| !listed.contains_key(path.as_str())) {
            found.push(Finding::new(Code::BAG_UNLISTED, path));
        }
    }
    found
}

fn check_form(folder: &Folder, found: &mut Vec<Finding>) {
    if folder.text(layout::BAGIT) != Some(BAGIT_TEXT) {
        found.push(Finding::new(Code::BAG_FORM, layout::BAGIT));
    }
    let oxum_says = folder.text(layout::BAG_INFO).and_then(read_info);
    let is_whole = !lists_what_is_missing(folder);
    match oxum_says {
        None => found.push(Finding::new(Code::BAG_FORM, layout::BAG_INFO)),
        // A missing file is a finding of its own, and the count follows from it.
        Some(says) if is_whole && says != oxum(&folder.files) => {
            found.push(Finding::new(Code::BAG_COUNT, layout::BAG_INFO));
        }
        Some(_) => {}
    }
    let known: BTreeSet<&str> = [
        layout::BAGIT,
        layout::BAG_INFO,
        layout::MANIFEST,
        layout::TAG_MANIFEST,
        layout::SIGNATURE,
        layout::TIMESTAMP,
    ]
    .into();
    let tags = folder.files.keys().filter(|path| !is_payload(path));
    for path in tags.filter(|path| !known.contains(path.as_str())) {
        found.push(Finding::new(Code::FILE_UNEXPECTED, path));
    }
}

fn lists_what_is_missing(folder: &Folder) -> bool {
    let listed = folder.text(layout::MANIFEST).and_then(read_manifest);
    listed.is_some_and(|listed| listed.keys().any(|path| !folder.files.contains_key(*path)))
}

/// The five lines in their order; answers Payload-Oxum.
fn read_info(text: &str) -> Option<String> {
    let lines: Vec<&str> = text.strip_suffix('\n')?.split('\n').collect();
    let labels = [
        "Source-Organization: ",
        "External-Identifier: ",
        "Bagging-Date: ",
        "Payload-Oxum: ",
        "Baton-Bundle-Version: ",
    ];
    if lines.len() != labels.len() || text.chars().any(|c| c.is_control() && c != '\n') {
        return None;
    }
    let values = lines
        .iter()
        .zip(labels)
        .map(|(line, label)| line.strip_prefix(label));
    let values: Vec<&str> = values.collect::<Option<_>>()?;
    (values[4] == "1").then(|| values[3].to_owned())
}

/// `<64 hex digits>  <path>` a line, sorted, each path once.
fn read_manifest(text: &str) -> Option<BTreeMap<&str, FileDigest>> {
    let mut listed = BTreeMap::new();
    let mut last = "";
    for line in text.strip_suffix('\n')?.split('\n') {
        let (digest, path) = line.split_once("  ")?;
        if path <= last || !crate::archive::is_safe_path(path) {
            return None;
        }
        last = path;
        listed.insert(path, digest.parse().ok()?);
    }
    Some(listed)
}
