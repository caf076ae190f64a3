//! `data/index.json`: what is in a bundle 索引.
//!
//! Canonical JSON. It proves nothing; it says what is meant to be there, so that a file left out or
//! put in is seen.

use evidence::file_digest::FileDigest;
use evidence::hash::Hash;
use evidence::json;
use serde::{Deserialize, Serialize};

use crate::archive::is_safe_path;
use crate::layout;

/// The index of a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Index {
    /// Sizes of the checkpoints, ascending.
    pub checkpoints: Vec<u64>,
    /// Subjects whose chain is whole, from their first record to the last shown.
    pub complete: Vec<String>,
    /// The documents, by file name.
    pub documents: Vec<DocumentLine>,
    /// Which log.
    pub origin: String,
    /// The records, ascending.
    pub records: Vec<RecordLine>,
    /// The second log, where the house keeps one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sm: Option<SmLine>,
    /// What the case is about.
    pub subjects: Vec<String>,
    /// Version of the form.
    pub v: u64,
}

/// One record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordLine {
    /// Index in the log.
    pub index: u64,
    /// The items shown of a bulk act, ascending.
    pub items: Vec<ItemLine>,
    /// Its leaf hash.
    pub leaf: Hash,
    /// Whether its content is here.
    pub payload: Shown,
}

/// The second log over the same entries, with SM3 and SM2.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmLine {
    /// Size of the signed head that its proofs lead to.
    pub checkpoint: u64,
    /// Which log.
    pub origin: String,
}

/// One item of a bulk act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemLine {
    /// Place within the act.
    pub n: u64,
    /// Whether its content is here.
    pub payload: Shown,
}

/// One document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentLine {
    /// File name.
    pub file: String,
    /// Index of the record that names its digest.
    pub record: u64,
    /// Its digest.
    pub sha256: FileDigest,
}

/// Whether a payload lies in the bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Shown {
    /// With its salt.
    Shown,
    /// The exporter does not disclose it.
    Withheld,
    /// It was erased on lawful demand.
    Erased,
}

/// Each larger than the one before.
fn ascends<T: PartialOrd>(list: impl IntoIterator<Item = T>) -> bool {
    let mut last = None;
    list.into_iter().all(|next| {
        let larger = last.as_ref().is_none_or(|last| *last < next);
        last = Some(next);
        larger
    })
}

impl Index {
    /// Its bytes.
    ///
    /// # Errors
    /// A number is beyond 2^53 − 1.
    pub fn to_bytes(&self) -> Result<Vec<u8>, json::JsonError> {
        let value = serde_json::to_value(self).map_err(|_| json::JsonError::Members)?;
        json::canonical(&value)
    }

    /// The index behind bytes; `None` when they are not those of an index.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Index> {
        json::check_canonical(bytes).ok()?;
        let index: Index = serde_json::from_slice(bytes).ok()?;
        let file_names = index
            .documents
            .iter()
            .map(|document| document.file.as_str());
        let is_sound = index.v == layout::VERSION
            && ascends(&index.checkpoints)
            && index.checkpoints.first().is_some_and(|first| *first > 0)
            && ascends(&index.complete)
            && ascends(&index.subjects)
            && index
                .complete
                .iter()
                .all(|subject| index.subjects.binary_search(subject).is_ok())
            && ascends(file_names.clone())
            && file_names
                .clone()
                .all(|file| is_safe_path(file) && !file.contains('/'))
            && !index.records.is_empty()
            && ascends(index.records.iter().map(|record| record.index))
            && index
                .records
                .iter()
                .all(|record| ascends(record.items.iter().map(|item| item.n)));
        // INVARIANT: what is read gives the bytes again, so that no member has two spellings.
        let is_sound = is_sound && index.to_bytes().is_ok_and(|again| again == bytes);
        is_sound.then_some(index)
    }

    /// Every path that belongs to the bundle by this index; the second half says whether it must be
    /// there.
    pub(crate) fn paths(&self) -> Vec<(String, bool)> {
        let fixed = [
            layout::GUIDE,
            layout::INDEX,
            layout::VERIFIER,
            layout::POLICY,
            layout::LOG_KEY,
            layout::LOG_PEM,
        ];
        let mut paths: Vec<(String, bool)> = vec![(layout::REPORT.to_owned(), false)];
        paths.extend(fixed.map(|path| (path.to_owned(), true)));
        if let Some(sm) = &self.sm {
            let fixed = [layout::SM_KEY, layout::SM_PEM];
            paths.extend(fixed.map(|path| (path.to_owned(), true)));
            paths.push((layout::sm_checkpoint(sm.checkpoint), true));
            let proofs = self.records.iter();
            paths.extend(proofs.map(|record| (layout::sm_proof(record.index), true)));
        }
        for record in &self.records {
            let index = record.index;
            paths.push((layout::record(index), true));
            paths.push((layout::proof(index), true));
            if record.payload == Shown::Shown {
                paths.push((layout::payload(index), true));
                paths.push((layout::salt(index), true));
            }
            for item in &record.items {
                paths.push((layout::item(index, item.n), true));
                paths.push((layout::item_proof(index, item.n), true));
                if item.payload == Shown::Shown {
                    paths.push((layout::item_payload(index, item.n), true));
                    paths.push((layout::item_salt(index, item.n), true));
                }
            }
        }
        for size in &self.checkpoints {
            paths.push((layout::checkpoint(*size), true));
            paths.push((layout::timestamp(*size), false));
        }
        let pairs = self.checkpoints.windows(2);
        paths.extend(pairs.map(|pair| (layout::consistency(pair[0], pair[1]), true)));
        let documents = self.documents.iter();
        paths.extend(documents.map(|line| (layout::document(&line.file), true)));
        paths
    }
}
