//! What is a bundle worth? 验证存证包.
//!
//! Pure: the folder, what is trusted and the time come in. In this order: the bag, the index, the
//! keys, the checkpoints and how each continues the one before, the records, their chains, the
//! documents. A bag that is broken is not read further.

mod checkpoints;
mod documents;
mod records;
mod second;
mod signatures;

use std::collections::BTreeSet;

use evidence::checkpoint::LogTrust;
use evidence::key::{KeyKind, VerifierKey};
use evidence::policy::Policy;
use evidence::verdict::Verdict;
use signing::certificate::Certificate;

use crate::archive::Folder;
use crate::bag;
use crate::finding::{Code, Finding};
use crate::index::Index;
use crate::layout;

/// Clocks of different machines may differ by this much.
const SECONDS_OF_GRACE: u64 = 300;

/// What is believed beforehand. The default believes nothing.
#[derive(Clone, Debug, Default)]
pub struct Trust {
    /// From outside the bundle; without it the verdict is at most CONSISTENT-BUT-UNTRUSTED.
    pub policy: Option<Policy>,
    /// Checkpoints or receipts that somebody kept: the log must not contradict them.
    pub anchors: Vec<String>,
    /// Certificates of whoever signs for the company, or of who issued them; from outside. Without
    /// them signatures are checked, and nobody vouches for the signer.
    pub signers: Vec<Certificate>,
    /// Certificates of timestamp authorities, likewise.
    pub clocks: Vec<Certificate>,
    /// Seconds since 1970; a cosignature from later does not count. `None` believes every time.
    pub now: Option<u64>,
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The worst of everything.
    pub verdict: Verdict,
    /// Which log, when the index could be read.
    pub origin: Option<String>,
    /// Each record.
    pub records: Vec<RecordReport>,
    /// Everything worth saying, sorted, each once.
    pub findings: Vec<Finding>,
    /// Subjects whose records are all here, up to the last one shown.
    pub complete: Vec<String>,
    /// A file that proves fraud by the log, when there is one.
    pub split_view: Option<String>,
}

/// One record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordReport {
    /// Index in the log.
    pub index: u64,
    /// Its own verdict.
    pub verdict: Verdict,
    /// Name of the act, when it could be read.
    pub act: Option<String>,
    /// When, as the record says.
    pub at: Option<String>,
}

impl Report {
    /// What an archive that was not opened is worth.
    #[must_use]
    pub fn refused(finding: Finding) -> Report {
        let mut examination = Examination::default();
        examination.found.insert(finding);
        examination.report()
    }
}

/// Collects what is found.
#[derive(Default)]
struct Examination {
    origin: Option<String>,
    found: BTreeSet<Finding>,
    records: Vec<RecordReport>,
    /// At best this.
    best: Verdict,
    complete: Vec<String>,
    split_view: Option<String>,
}

impl Examination {
    fn find(&mut self, code: Code, at: impl Into<String>) -> Option<Verdict> {
        self.found.insert(Finding::new(code, at));
        code.verdict
    }

    fn report(self) -> Report {
        let found = self.found.iter().filter_map(|finding| finding.code.verdict);
        let records = self.records.iter().map(|record| record.verdict);
        Report {
            verdict: found.chain(records).fold(self.best, Verdict::max),
            origin: self.origin,
            records: self.records,
            findings: self.found.into_iter().collect(),
            complete: self.complete,
            split_view: self.split_view,
        }
    }

    fn is_invalid(&self) -> bool {
        self.found
            .iter()
            .any(|finding| finding.code.verdict == Some(Verdict::Invalid))
    }
}

/// Examines a bundle.
#[must_use]
pub fn examine(folder: &Folder, trust: &Trust) -> Report {
    let mut examination = Examination::default();
    examination.found.extend(bag::check(folder));
    if examination.is_invalid() {
        return examination.report();
    }
    let index = folder
        .files
        .get(layout::INDEX)
        .and_then(|bytes| Index::read(bytes));
    let Some(index) = index else {
        examination.find(Code::INDEX_FORM, layout::INDEX);
        return examination.report();
    };
    examination.origin = Some(index.origin.clone());
    check_files(folder, &index, &mut examination);
    let stamped = signatures::check_manifest(folder, trust, &mut examination);
    let inner = check_claims(folder, &index, &mut examination);
    let policy = trust.policy.as_ref().or(inner.as_ref());
    let believed = policy.and_then(|policy| Some((policy, policy.trust(&index.origin)?)));
    let Some((policy, log)) = believed else {
        match policy {
            Some(_) => examination.find(Code::LOG_UNKNOWN, index.origin),
            None => examination.find(Code::POLICY_FORM, layout::POLICY),
        };
        return examination.report();
    };
    examination.best = match trust.policy {
        Some(_) => Verdict::Valid,
        None => Verdict::ConsistentButUntrusted,
    };
    let believed = Believed { policy, log, trust };
    let mut notes = checkpoints::Notes::new(&believed);
    notes.check(folder, &index, &mut examination);
    notes.stamped(&stamped);
    let nodes = records::check(folder, &index, &mut notes, &mut examination);
    notes.check_anchors(&mut examination);
    records::check_chains(&index, &nodes, &mut examination);
    documents::check(folder, &index, &mut examination);
    second::check(folder, &index, trust.policy.as_ref(), &mut examination);
    signatures::check_documents(folder, &index, trust, &mut examination);
    examination.report()
}

/// Examines the signatures inside a single PDF; nothing when it bears none.
#[must_use]
pub fn examine_document(content: &[u8], trust: &Trust) -> Option<Report> {
    let mut examination = Examination {
        best: match trust.signers.is_empty() {
            true => Verdict::ConsistentButUntrusted,
            false => Verdict::Valid,
        },
        ..Examination::default()
    };
    signatures::check_document(content, "document", trust, &mut examination)
        .then(|| examination.report())
}

/// Whose word counts in this examination.
struct Believed<'a> {
    policy: &'a Policy,
    log: LogTrust,
    trust: &'a Trust,
}

/// Nothing missing, nothing besides.
fn check_files(folder: &Folder, index: &Index, examination: &mut Examination) {
    let paths = index.paths();
    for (path, _) in paths
        .iter()
        .filter(|(path, must)| *must && !folder.files.contains_key(path))
    {
        examination.find(Code::FILE_MISSING, path);
    }
    let known: BTreeSet<&str> = paths.iter().map(|(path, _)| path.as_str()).collect();
    let payload = folder.files.keys().filter(|path| path.starts_with("data/"));
    for path in payload.filter(|path| !known.contains(path.as_str()) && !layout::is_key(path)) {
        examination.find(Code::FILE_UNEXPECTED, path);
    }
}

/// What the bundle claims of keys and policy: well formed and of one mind. Answers the policy.
fn check_claims(folder: &Folder, index: &Index, examination: &mut Examination) -> Option<Policy> {
    let key =
        |path: &str| -> Option<VerifierKey> { folder.text(path)?.strip_suffix('\n')?.parse().ok() };
    for path in folder.files.keys().filter(|path| path.ends_with(".vkey")) {
        let kind = if path == layout::LOG_KEY {
            KeyKind::Ed25519
        } else {
            KeyKind::Cosigner
        };
        let read = key(path).filter(|key| key.kind() == kind);
        let Some(read) = read.filter(|key| kind == KeyKind::Cosigner || key.name() == index.origin)
        else {
            examination.find(Code::KEY_FORM, path);
            continue;
        };
        let pem = path.replace(".vkey", ".pub.pem");
        if folder
            .files
            .get(&pem)
            .is_some_and(|text| *text != read.to_pem().into_bytes())
        {
            examination.find(Code::KEY_FORM, pem);
        }
    }
    if !folder.files.contains_key(layout::POLICY) {
        return None;
    }
    let policy = folder
        .text(layout::POLICY)
        .and_then(|text| text.parse().ok());
    if policy.is_none() {
        examination.find(Code::POLICY_FORM, layout::POLICY);
    }
    policy
}
