//! Makes a bundle out of a case 制作存证包.
//!
//! In two steps, so that signing stays outside: [`Draft::of`] lays everything out up to the
//! manifest, which may then be signed and stamped, and [`Draft::seal`] closes the folder. The same
//! case gives the same bytes.

use std::collections::BTreeMap;

use evidence::entry::{Entry, EntryError};
use evidence::file_digest::FileDigest;
use evidence::hash::leaf_hash;
use evidence::items::{Item, ItemError};
use evidence::json::JsonError;
use evidence::strict_base64;
use evidence::tlog_proof::TlogProof;
use evidence::verdict::Verdict;
use evidence::witness::AddCheckpoint;

use crate::archive::{Files, Folder};
use crate::case::{Case, Content, Record};
use crate::chain::{Node, chains};
use crate::examine::{Trust, examine};
use crate::finding::Finding;
use crate::guide::{self, GuideError};
use crate::index::{DocumentLine, Index, ItemLine, RecordLine, SmLine};
use crate::{SECOND_VERIFIER, bag, layout};

/// A bundle up to its manifest.
#[derive(Clone, Debug)]
pub struct Draft {
    folder: Folder,
}

/// Why there is no bundle.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DraftError {
    /// A record is no entry.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// An item is none.
    #[error(transparent)]
    Item(#[from] ItemError),
    /// A number is too large.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// The first record cannot be followed by hand.
    #[error(transparent)]
    Guide(#[from] GuideError),
    /// Our own verifier refuses what was made. Never handed out.
    #[error("存证包未通过自检，未导出：{}", list(.0))]
    Refused(Vec<Finding>),
}

fn list(found: &[Finding]) -> String {
    let lines: Vec<String> = found.iter().take(5).map(ToString::to_string).collect();
    lines.join("；")
}

impl Draft {
    /// Lays out everything but signature and time stamp.
    ///
    /// # Errors
    /// A record is no entry of the log, or a proof cannot be followed.
    pub fn of(case: &Case) -> Result<Draft, DraftError> {
        let index = index(case)?;
        let mut files = Files::new();
        let mut put = |path: String, content: Vec<u8>| files.insert(path, content);
        for (record, line) in records(case).values().zip(&index.records) {
            put_record(record, line, &mut put);
        }
        put_checkpoints(case, &mut put);
        put_keys(case, &mut put);
        put_second(case, &mut put);
        for document in &case.documents {
            put(layout::document(&document.file), document.content.clone());
        }
        if let Some(report) = &case.report {
            put(layout::REPORT.to_owned(), report.clone());
        }
        put(
            layout::POLICY.to_owned(),
            case.policy.to_string().into_bytes(),
        );
        put(layout::VERIFIER.to_owned(), SECOND_VERIFIER.into());
        put(layout::INDEX.to_owned(), index.to_bytes()?);
        put(
            layout::GUIDE.to_owned(),
            guide::write(case, &index)?.into_bytes(),
        );
        bag::wrap(&mut files, &case.info);
        let name = case.name.clone();
        Ok(Draft {
            folder: Folder { name, files },
        })
    }

    /// What is to be signed and stamped.
    #[must_use]
    pub fn manifest(&self) -> &[u8] {
        self.folder
            .files
            .get(layout::MANIFEST)
            .map_or(&[], Vec::as_slice)
    }

    /// What lies in it so far, unchecked.
    #[must_use]
    pub fn folder(&self) -> &Folder {
        &self.folder
    }

    /// Closes the folder, with a detached CMS signature and an RFC 3161 response over the manifest
    /// if there are such.
    ///
    /// # Errors
    /// Our own verifier, which is asked first, refuses it.
    pub fn seal(
        mut self,
        signature: Option<Vec<u8>>,
        timestamp: Option<Vec<u8>>,
    ) -> Result<Folder, DraftError> {
        let slots = [
            (layout::SIGNATURE, signature),
            (layout::TIMESTAMP, timestamp),
        ];
        for (path, content) in slots {
            self.folder
                .files
                .extend(content.map(|content| (path.to_owned(), content)));
        }
        bag::close(&mut self.folder.files);
        let report = examine(&self.folder, &Trust::default());
        if report.verdict == Verdict::Invalid {
            return Err(DraftError::Refused(report.findings));
        }
        Ok(self.folder)
    }
}

/// By index, each once.
fn records(case: &Case) -> BTreeMap<u64, &Record> {
    case.records
        .iter()
        .map(|record| (record.proof.index, record))
        .collect()
}

/// What `data/index.json` says of a case: its records, which chains are whole, its documents.
///
/// # Errors
/// A record or item is none.
pub fn index(case: &Case) -> Result<Index, DraftError> {
    let (mut lines, mut nodes) = (Vec::new(), Vec::new());
    for (index, record) in records(case) {
        let (line, node) = record_line(index, record)?;
        lines.push(line);
        nodes.push(node);
    }
    let mut subjects = case.subjects.clone();
    subjects.sort();
    subjects.dedup();
    let chains = chains(&nodes);
    let is_whole = |subject: &&String| chains.get(*subject).is_some_and(|chain| chain.is_whole());
    let complete = subjects.iter().filter(is_whole).cloned().collect();
    let mut documents: Vec<DocumentLine> = case
        .documents
        .iter()
        .map(|document| DocumentLine {
            file: document.file.clone(),
            record: document.record,
            sha256: FileDigest::sha256(&document.content),
        })
        .collect();
    documents.sort_by(|a, b| a.file.cmp(&b.file));
    Ok(Index {
        checkpoints: case.checkpoints.keys().copied().collect(),
        complete,
        documents,
        origin: case.log.name().to_owned(),
        records: lines,
        sm: case.sm.as_ref().map(|sm| SmLine {
            checkpoint: sm.size,
            origin: sm.key.name().to_owned(),
        }),
        subjects,
        v: layout::VERSION,
    })
}

fn record_line(index: u64, record: &Record) -> Result<(RecordLine, Node), DraftError> {
    let entry = Entry::from_bytes(&record.entry)?;
    let leaf = leaf_hash(&record.entry);
    let own = entry
        .subject
        .first()
        .map(|subject| (subject.clone(), entry.prev));
    let mut links: Vec<_> = own.into_iter().collect();
    let mut items = Vec::new();
    for part in &record.items {
        let item = Item::from_bytes(&part.item)?;
        if links.iter().all(|(subject, _)| *subject != item.subject) {
            links.push((item.subject, item.prev));
        }
        items.push(ItemLine {
            n: part.n,
            payload: part.content.shown(),
        });
    }
    items.sort_by_key(|item| item.n);
    let line = RecordLine {
        index,
        items,
        leaf,
        payload: record.content.shown(),
    };
    let subjects = entry.subject;
    let node = Node {
        leaf,
        links,
        subjects,
    };
    Ok((line, node))
}

fn put_record<T>(record: &Record, line: &RecordLine, put: &mut impl FnMut(String, Vec<u8>) -> T) {
    let index = line.index;
    put(layout::record(index), record.entry.clone());
    // What goes with it beside the proof (a salt, the record) lies in files of its own.
    let mut proof = record.proof.clone();
    proof.extra = None;
    put(layout::proof(index), proof.to_string().into_bytes());
    if let Content::Shown { payload, salt } = &record.content {
        put(layout::payload(index), payload.clone());
        put(layout::salt(index), salt.to_vec());
    }
    for part in &record.items {
        put(layout::item(index, part.n), part.item.clone());
        let hashes: String = part.proof.iter().map(|hash| format!("{hash}\n")).collect();
        put(layout::item_proof(index, part.n), hashes.into_bytes());
        if let Content::Shown { payload, salt } = &part.content {
            put(layout::item_payload(index, part.n), payload.clone());
            put(layout::item_salt(index, part.n), salt.to_vec());
        }
    }
}

fn put_checkpoints<T>(case: &Case, put: &mut impl FnMut(String, Vec<u8>) -> T) {
    for (size, note) in &case.checkpoints {
        put(layout::checkpoint(*size), note.clone().into_bytes());
    }
    for (size, token) in &case.timestamps {
        put(layout::timestamp(*size), token.clone());
    }
    for ((old, new), proof) in &case.consistency {
        let step = AddCheckpoint {
            old: *old,
            proof: proof.clone(),
            checkpoint: case.checkpoints.get(new).cloned().unwrap_or_default(),
        };
        put(
            layout::consistency(*old, *new),
            step.to_string().into_bytes(),
        );
    }
}

fn put_keys<T>(case: &Case, put: &mut impl FnMut(String, Vec<u8>) -> T) {
    put(
        layout::LOG_KEY.to_owned(),
        format!("{}\n", case.log).into_bytes(),
    );
    put(layout::LOG_PEM.to_owned(), case.log.to_pem().into_bytes());
    for (name, key) in &case.witnesses {
        let file = format!("witness-{name}.vkey");
        put(layout::key(&file), format!("{key}\n").into_bytes());
        let file = format!("witness-{name}.pub.pem");
        put(layout::key(&file), key.to_pem().into_bytes());
    }
    for (file, content) in &case.certificates {
        put(layout::key(file), content.clone());
    }
}

fn put_second<T>(case: &Case, put: &mut impl FnMut(String, Vec<u8>) -> T) {
    let Some(sm) = &case.sm else {
        return;
    };
    let key = format!("{}\n", sm.key);
    put(layout::SM_KEY.to_owned(), key.into_bytes());
    put(layout::SM_PEM.to_owned(), sm.key.to_pem().into_bytes());
    let head = layout::sm_checkpoint(sm.size);
    put(head, sm.checkpoint.clone().into_bytes());
    for (index, hashes) in &sm.proofs {
        let proof = TlogProof {
            extra: None,
            index: *index,
            hashes: hashes.clone(),
            checkpoint: sm.checkpoint.clone(),
        };
        put(layout::sm_proof(*index), proof.to_string().into_bytes());
    }
}

/// The bytes after the key id of the first signature under this name, for the guide.
pub(crate) fn blob_under(note: &str, name: &str) -> Option<Vec<u8>> {
    let start = format!("— {name} ");
    let line = note.lines().find_map(|line| line.strip_prefix(&start))?;
    strict_base64::decode(line)?.get(4..).map(<[u8]>::to_vec)
}
