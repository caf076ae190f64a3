//! Documents: the very bytes that a record names.

use evidence::entry::Entry;
use evidence::file_digest::FileDigest;

use super::Examination;
use crate::archive::Folder;
use crate::finding::Code;
use crate::index::{DocumentLine, Index};
use crate::layout;

/// Each document has the digest of the index, and a record shown here names it.
pub(super) fn check(folder: &Folder, index: &Index, to: &mut Examination) {
    for line in &index.documents {
        let path = layout::document(&line.file);
        let Some(content) = folder.files.get(&path) else {
            continue;
        };
        if FileDigest::sha256(content) != line.sha256 {
            to.find(Code::DOCUMENT_DIGEST, path);
        } else if !is_named(folder, index, line) {
            to.find(Code::DOCUMENT_UNPROVED, path);
        }
    }
}

fn is_named(folder: &Folder, index: &Index, line: &DocumentLine) -> bool {
    let is_shown = index
        .records
        .iter()
        .any(|record| record.index == line.record);
    let bytes = folder.files.get(&layout::record(line.record));
    let entry = bytes
        .filter(|_| is_shown)
        .and_then(|bytes| Entry::from_bytes(bytes).ok());
    entry.is_some_and(|entry| entry.docs.iter().any(|named| named.sha256 == line.sha256))
}
