//! Records: what they say, that they are in the log, what they commit to, whom they follow.

use std::collections::BTreeSet;

use evidence::commitment::{Salt, opens};
use evidence::entry::Entry;
use evidence::hash::{Hash, leaf_hash};
use evidence::items::{Item, ItemsRoot};
use evidence::proof::verify_inclusion;
use evidence::tlog_proof::TlogProof;
use evidence::verdict::Verdict;

use super::checkpoints::Notes;
use super::{Examination, RecordReport, SECONDS_OF_GRACE};
use crate::archive::Folder;
use crate::chain::{Node, chains};
use crate::finding::Code;
use crate::index::{Index, ItemLine, RecordLine, Shown};
use crate::layout;

/// One record under examination.
struct Record<'a, 'n> {
    folder: &'a Folder,
    line: &'a RecordLine,
    notes: &'a mut Notes<'n>,
    to: &'a mut Examination,
    verdict: Verdict,
}

/// Examines all records; answers them as links of chains.
pub(super) fn check(
    folder: &Folder,
    index: &Index,
    notes: &mut Notes<'_>,
    to: &mut Examination,
) -> Vec<Node> {
    let mut nodes = Vec::new();
    for line in &index.records {
        let best = to.best;
        let mut record = Record {
            folder,
            line,
            notes,
            to,
            verdict: best,
        };
        let entry = record.check(&mut nodes);
        let verdict = record.verdict;
        to.records.push(RecordReport {
            index: line.index,
            verdict,
            act: entry.as_ref().map(|entry| entry.act.clone()),
            at: entry.map(|entry| entry.at.to_string()),
        });
    }
    nodes
}

impl Record<'_, '_> {
    fn find(&mut self, code: Code, at: impl Into<String>) {
        let verdict = self.to.find(code, at);
        self.verdict = self.verdict.max(verdict.unwrap_or_default());
    }

    fn missing(&mut self) {
        self.verdict = self.verdict.max(Verdict::Incomplete);
    }

    fn check(&mut self, nodes: &mut Vec<Node>) -> Option<Entry> {
        let (index, path) = (self.line.index, layout::record(self.line.index));
        let Some(bytes) = self.folder.files.get(&path) else {
            self.missing();
            return None;
        };
        let Ok(entry) = Entry::from_bytes(bytes) else {
            self.find(Code::RECORD_FORM, path);
            return None;
        };
        let leaf = leaf_hash(bytes);
        if entry.seq != index {
            self.find(Code::RECORD_NUMBER, &path);
        }
        if leaf != self.line.leaf {
            self.find(Code::RECORD_LEAF, &path);
        }
        self.check_proof(leaf);
        self.check_time(&entry, &path);
        let content = self.content(self.line.payload, Place::Record);
        if let Some((payload, salt)) = &content
            && !opens(&entry.commit, salt, payload)
        {
            self.find(Code::RECORD_PAYLOAD, layout::payload(index));
        }
        let own = entry
            .subject
            .first()
            .map(|subject| (subject.clone(), entry.prev));
        let mut links: Vec<(String, Option<Hash>)> = own.into_iter().collect();
        let line = self.line;
        for item in &line.items {
            let payload = content.as_ref().map(|(payload, _)| payload.as_slice());
            if let Some(item) = self.check_item(item, payload)
                && links.iter().all(|(subject, _)| *subject != item.subject)
            {
                links.push((item.subject, item.prev));
            }
        }
        nodes.push(Node {
            leaf,
            links,
            subjects: entry.subject.clone(),
        });
        Some(entry)
    }

    fn check_proof(&mut self, leaf: Hash) {
        let path = layout::proof(self.line.index);
        if !self.folder.files.contains_key(&path) {
            return self.missing();
        }
        let proof = self
            .folder
            .text(&path)
            .and_then(|text| text.parse::<TlogProof>().ok());
        let Some(proof) = proof else {
            return self.find(Code::PROOF_FORM, path);
        };
        if proof.index != self.line.index {
            return self.find(Code::PROOF_INDEX, path);
        }
        let opened = match self.notes.open(&proof.checkpoint) {
            Ok(opened) => opened,
            Err(code) => return self.find(code, path),
        };
        self.verdict = self.verdict.max(opened.verdict);
        let listed = self.notes.check_listed(&proof.checkpoint, &path, self.to);
        self.verdict = self.verdict.max(listed.unwrap_or_default());
        if verify_inclusion(proof.index, leaf, &proof.hashes, opened.head).is_err() {
            self.find(Code::PROOF_PATH, path);
        }
    }

    /// The time a record claims must lie between the witnessed moments around it.
    fn check_time(&mut self, entry: &Entry, path: &str) {
        let Ok(claimed) = u64::try_from(entry.at.unix_seconds()) else {
            return;
        };
        let (before, after) = self.notes.between(self.line.index);
        if before.is_some_and(|seen| claimed.saturating_add(SECONDS_OF_GRACE) < seen) {
            self.find(Code::RECORD_EARLY, path);
        }
        if after.is_some_and(|seen| claimed > seen.saturating_add(SECONDS_OF_GRACE)) {
            self.find(Code::RECORD_LATE, path);
        }
    }

    /// Payload and salt, as far as they are here.
    fn content(&mut self, shown: Shown, place: Place) -> Option<(Vec<u8>, Salt)> {
        let (record, payload, salt) = place.paths(self.line.index);
        match shown {
            Shown::Shown => {}
            Shown::Withheld => {
                self.find(Code::PAYLOAD_WITHHELD, record);
                return None;
            }
            Shown::Erased => {
                self.find(Code::PAYLOAD_ERASED, record);
                return None;
            }
        }
        let files = (
            self.folder.files.get(&payload),
            self.folder.files.get(&salt),
        );
        let (Some(content), Some(bytes)) = files else {
            self.missing();
            return None;
        };
        let Ok(bytes) = Salt::try_from(bytes.as_slice()) else {
            self.find(Code::RECORD_SALT, salt);
            return None;
        };
        Some((content.clone(), bytes))
    }

    fn check_item(&mut self, line: &ItemLine, payload: Option<&[u8]>) -> Option<Item> {
        let (index, n) = (self.line.index, line.n);
        let path = layout::item(index, n);
        let (file, proof) = (layout::item(index, n), layout::item_proof(index, n));
        let files = (
            self.folder.files.get(&file),
            self.folder.files.contains_key(&proof),
        );
        let ((Some(bytes), true), Some(payload)) = (files, payload) else {
            self.missing();
            return None;
        };
        let Ok(item) = Item::from_bytes(bytes) else {
            self.find(Code::ITEM_FORM, path);
            return None;
        };
        let hashes = self.folder.text(&proof).and_then(read_hashes);
        let root = ItemsRoot::of_payload(payload);
        let is_part = match (hashes, root) {
            (Some(hashes), Some(root)) => item.n == n && root.verify(bytes, &hashes).is_ok(),
            _ => false,
        };
        if !is_part {
            self.find(Code::ITEM_PROOF, path);
        }
        if let Some((payload, salt)) = self.content(line.payload, Place::Item(n))
            && !opens(&item.commit, &salt, &payload)
        {
            self.find(Code::ITEM_PAYLOAD, layout::item_payload(index, n));
        }
        Some(item)
    }
}

/// Whose content.
#[derive(Clone, Copy)]
enum Place {
    Record,
    Item(u64),
}

impl Place {
    fn paths(self, index: u64) -> (String, String, String) {
        match self {
            Place::Record => (
                layout::record(index),
                layout::payload(index),
                layout::salt(index),
            ),
            Place::Item(n) => (
                layout::item(index, n),
                layout::item_payload(index, n),
                layout::item_salt(index, n),
            ),
        }
    }
}

/// One hash a line; the empty file is the proof of an only item.
fn read_hashes(text: &str) -> Option<Vec<Hash>> {
    if text.is_empty() {
        return Some(Vec::new());
    }
    let lines = text.strip_suffix('\n')?.split('\n');
    lines.map(|line| line.parse().ok()).collect()
}

/// Each subject of the case is spoken of by a record or by an item of one. A record that is missing
/// is a finding already, and might be the one.
fn check_subjects(index: &Index, nodes: &[Node], to: &mut Examination) {
    if nodes.len() < index.records.len() {
        return;
    }
    let links = nodes.iter().flat_map(|node| &node.links);
    let mut spoken: BTreeSet<&String> = links.map(|(subject, _)| subject).collect();
    spoken.extend(nodes.iter().flat_map(|node| &node.subjects));
    for subject in index
        .subjects
        .iter()
        .filter(|subject| !spoken.contains(subject))
    {
        to.find(Code::INDEX_SUBJECT, subject);
    }
}

/// Nothing left out between two shown records, and nothing at all where the index says so.
pub(super) fn check_chains(index: &Index, nodes: &[Node], to: &mut Examination) {
    check_subjects(index, nodes, to);
    let claimed: BTreeSet<&String> = index.complete.iter().collect();
    let chains = chains(nodes);
    for subject in claimed
        .iter()
        .filter(|subject| !chains.contains_key(subject.as_str()))
    {
        to.find(Code::CHAIN_MISSING, subject.as_str());
    }
    for (subject, chain) in chains {
        if chain.forked {
            to.find(Code::CHAIN_FORK, &subject);
        }
        for leaf in &chain.missing {
            to.find(Code::CHAIN_MISSING, format!("{subject} {leaf}"));
        }
        match chain.before {
            None if chain.is_whole() => to.complete.push(subject),
            Some(leaf) if claimed.contains(&subject) => {
                to.find(Code::CHAIN_MISSING, format!("{subject} {leaf}"));
            }
            Some(leaf) => {
                to.find(Code::CHAIN_OPEN, format!("{subject} {leaf}"));
            }
            None => {}
        }
    }
}
