//! What goes into a bundle 案卷.

use std::collections::BTreeMap;

use evidence::commitment::Salt;
use evidence::hash::Hash;
use evidence::key::VerifierKey;
use evidence::policy::Policy;
use evidence::sm::SmVerifierKey;
use evidence::tlog_proof::TlogProof;

use crate::bag::BagInfo;
use crate::index::Shown;

/// Everything about one case, read from the books. Nothing is made up here.
#[derive(Clone, Debug)]
pub struct Case {
    /// Name of the folder: ASCII letters, digits, `.`, `_`, `-`.
    pub name: String,
    /// Whose log, which case, when.
    pub info: BagInfo,
    /// The log's key.
    pub log: VerifierKey,
    /// Keys of witnesses, by a short name (`witness-<name>.vkey`).
    pub witnesses: BTreeMap<String, VerifierKey>,
    /// The policy as the exporter sees it.
    pub policy: Policy,
    /// What the case is about: `departure/dep_…`, `customer/cus_…`.
    pub subjects: Vec<String>,
    /// The records.
    pub records: Vec<Record>,
    /// Signed checkpoints by size: those of the proofs, the first and the last of the period.
    pub checkpoints: BTreeMap<u64, String>,
    /// Consistency proofs between each checkpoint and the next.
    pub consistency: BTreeMap<(u64, u64), Vec<Hash>>,
    /// RFC 3161 responses over checkpoint files, by size.
    pub timestamps: BTreeMap<u64, Vec<u8>>,
    /// The documents.
    pub documents: Vec<Document>,
    /// Certificates and revocation lists by file name (`company.crt.pem`, `tsa-chain.pem`).
    pub certificates: BTreeMap<String, Vec<u8>>,
    /// The human report, PDF.
    pub report: Option<Vec<u8>>,
    /// The second log, where the house keeps one.
    pub sm: Option<Second>,
}

/// The second log over the same entries, with SM3 and SM2, as far as it speaks of the case.
#[derive(Clone, Debug)]
pub struct Second {
    /// Its key.
    pub key: SmVerifierKey,
    /// Size of the head that all its proofs lead to.
    pub size: u64,
    /// That head, signed.
    pub checkpoint: String,
    /// The proof of each record, by index.
    pub proofs: BTreeMap<u64, Vec<Hash>>,
}

/// One record.
#[derive(Clone, Debug)]
pub struct Record {
    /// The logged bytes.
    pub entry: Vec<u8>,
    /// What they commit to.
    pub content: Content,
    /// Items of a bulk act.
    pub items: Vec<Part>,
    /// The proof.
    pub proof: TlogProof,
}

/// One item of a bulk act.
#[derive(Clone, Debug)]
pub struct Part {
    /// Place within the act.
    pub n: u64,
    /// The hashed bytes.
    pub item: Vec<u8>,
    /// What they commit to.
    pub content: Content,
    /// Proof within the act.
    pub proof: Vec<Hash>,
}

/// What a record or item commits to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Disclosed.
    Shown {
        /// The committed bytes.
        payload: Vec<u8>,
        /// Their salt.
        salt: Salt,
    },
    /// Kept back by choice.
    Withheld,
    /// No longer there.
    Erased,
}

impl Content {
    /// How the index calls it.
    #[must_use]
    pub const fn shown(&self) -> Shown {
        match self {
            Content::Shown { .. } => Shown::Shown,
            Content::Withheld => Shown::Withheld,
            Content::Erased => Shown::Erased,
        }
    }
}

/// One document, bytes as they were issued.
#[derive(Clone, Debug)]
pub struct Document {
    /// File name: ASCII letters, digits, `.`, `_`, `-`.
    pub file: String,
    /// Content.
    pub content: Vec<u8>,
    /// Index of the record that names its digest.
    pub record: u64,
}
