//! What is written as proof 存证条目.
//!
//! An entry is one line of canonical JSON, shorter than 65,536 bytes:
//!
//! ```json
//! {"actor":{"auth":"oidc","id":"lgn_…","session":"…"},"approvals":[],
//!  "at":"2026-11-22T08:00:00.000Z","commit":"<base64>","docs":[],"prev":null,"seq":123,
//!  "subject":["customer/cus_…"],"tenant":"…","type":"customer.hand_over","v":1,"why":"…"}
//! ```
//!
//! The entry is public to whoever gets a proof, and stays for ever: no names, no telephone numbers,
//! no amounts. These are in the payload, which `commit` fixes without telling it
//! ([`crate::commitment`]). Texts are NFC; the caller sees to that.

use kernel::Moment;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::file_digest::FileDigest;
use crate::hash::Hash;
use crate::json::{self, JsonError};

/// Version of the form of entries.
pub const VERSION: u64 = 1;

/// An entry has fewer bytes than this (C2SP tlog-tiles gives its length two bytes).
pub const TOO_LONG: usize = 65_536;

/// The record of one act.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Index in the log, from 0; a hole in the numbers is seen without any proof.
    pub seq: u64,
    /// Whose log it is.
    pub tenant: String,
    /// Name of the act, `customer.hand_over`.
    #[serde(rename = "type")]
    pub act: String,
    /// When it took effect on the books (our clock).
    pub at: Moment,
    /// Who did it.
    pub actor: Actor,
    /// What it was done to, `customer/cus_…`; the first is the one whose chain `prev` continues.
    pub subject: Vec<String>,
    /// The reason that was given.
    pub why: String,
    /// Who had agreed.
    pub approvals: Vec<Approval>,
    /// Commitment to the payload.
    pub commit: Hash,
    /// Documents that belong to it.
    pub docs: Vec<Document>,
    /// Leaf hash of the previous entry about the first subject (as first subject or as item of a
    /// bulk act); `None` for the first.
    pub prev: Option<Hash>,
}

/// Who did it, and how we knew him.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Actor {
    /// How he had signed in: `password`, `oidc`, `system`.
    pub auth: String,
    /// Opaque id.
    pub id: String,
    /// Hash of the session, never the session itself; `None` for the system's own acts.
    pub session: Option<String>,
}

/// One consent or refusal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// When.
    pub at: Moment,
    /// Opaque id of who decided.
    pub by: String,
    /// `approve`, `reject`, …
    pub decision: String,
    /// Index of the entry that records this decision.
    pub record: Option<u64>,
}

/// A document, known by its digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Opaque id or kind of the document; not a file name in which a person's name may stand.
    pub name: String,
    /// SHA-256 of the file.
    pub sha256: FileDigest,
    /// SM3 of the file.
    pub sm3: Option<FileDigest>,
}

/// Why there is no entry.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EntryError {
    /// 65,536 bytes or more.
    #[error("存证条目有 {0} 字节，须少于 65536 字节；请把内容移到附件，只登记其摘要")]
    TooLong(usize),
    /// Another version of the form.
    #[error("存证条目的版本不是 1，请用新版程序验证")]
    Version,
    /// Not canonical JSON.
    #[error("存证条目不是规范 JSON：{0}")]
    Json(#[from] JsonError),
    /// Canonical JSON, but not an entry.
    #[error("存证条目的字段不对：{0}")]
    Fields(String),
}

impl Entry {
    /// The bytes that are logged.
    ///
    /// # Errors
    /// They would be 65,536 or more, or a number is beyond 2^53 − 1.
    pub fn to_bytes(&self) -> Result<Vec<u8>, EntryError> {
        let counted = self.approvals.iter().filter_map(|approval| approval.record);
        if counted.chain([self.seq]).any(|number| number > LARGEST) {
            return Err(JsonError::Number.into());
        }
        let line = Line {
            actor: &self.actor,
            approvals: &self.approvals,
            at: self.at,
            commit: &self.commit,
            docs: &self.docs,
            prev: self.prev.as_ref(),
            seq: self.seq,
            subject: &self.subject,
            tenant: &self.tenant,
            act: &self.act,
            v: VERSION,
            why: &self.why,
        };
        let mut bytes = Vec::with_capacity(json::USUAL);
        serde_json::to_writer(&mut bytes, &line)
            .map_err(|error| EntryError::Fields(error.to_string()))?;
        if bytes.len() < TOO_LONG {
            Ok(bytes)
        } else {
            Err(EntryError::TooLong(bytes.len()))
        }
    }

    /// The entry behind logged bytes.
    ///
    /// # Errors
    /// The bytes are not exactly those that [`Entry::to_bytes`] makes of some entry.
    pub fn from_bytes(bytes: &[u8]) -> Result<Entry, EntryError> {
        if bytes.len() >= TOO_LONG {
            return Err(EntryError::TooLong(bytes.len()));
        }
        json::check_canonical(bytes)?;
        let wrong = |error: serde_json::Error| EntryError::Fields(error.to_string());
        let mut value: Value = serde_json::from_slice(bytes).map_err(wrong)?;
        let version = value
            .as_object_mut()
            .and_then(|members| members.remove("v"));
        if version != Some(VERSION.into()) {
            return Err(EntryError::Version);
        }
        let entry: Entry = serde_json::from_value(value).map_err(wrong)?;
        // INVARIANT: what is read gives the hashed bytes again, times with their spelling too.
        if entry.to_bytes()? == bytes {
            Ok(entry)
        } else {
            Err(EntryError::Fields("时间写法不规范或缺少字段".to_owned()))
        }
    }
}

/// 2^53 − 1, as the numbers of an entry are without a sign.
const LARGEST: u64 = json::LARGEST_INTEGER.unsigned_abs();

/// The members of an entry as they are written.
// INVARIANT: here, in `Actor`, `Approval` and `Document` they stand in canonical order, and
// serde_json escapes texts as RFC 8785 section 3.2.2.2 says: the bytes are canonical as they come.
#[derive(Serialize)]
struct Line<'a> {
    actor: &'a Actor,
    approvals: &'a [Approval],
    at: Moment,
    commit: &'a Hash,
    docs: &'a [Document],
    prev: Option<&'a Hash>,
    seq: u64,
    subject: &'a [String],
    tenant: &'a str,
    #[serde(rename = "type")]
    act: &'a str,
    v: u64,
    why: &'a str,
}

/// The fields an audit needs, read without building an [`Entry`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct EntryLinks<'a> {
    pub(crate) seq: u64,
    pub(crate) commit: Hash,
    pub(crate) prev: Option<Hash>,
    /// The first subject as it stands between its quotation marks; canonical JSON has one spelling
    /// for each text, so equal spellings are equal subjects.
    pub(crate) subject: Option<&'a str>,
}

/// The members of an entry in their canonical order.
const MEMBERS: [&str; 12] = [
    "actor",
    "approvals",
    "at",
    "commit",
    "docs",
    "prev",
    "seq",
    "subject",
    "tenant",
    "type",
    "v",
    "why",
];

impl<'a> EntryLinks<'a> {
    /// Reads canonical bytes with exactly the members of an entry.
    pub(crate) fn read(bytes: &'a [u8]) -> Result<EntryLinks<'a>, EntryError> {
        if bytes.len() >= TOO_LONG {
            return Err(EntryError::TooLong(bytes.len()));
        }
        let values = json::members_named(bytes, &MEMBERS)?;
        let [_, _, _, commit, _, prev, seq, subject, _, _, version, _] = values;
        if version != "1" {
            return Err(EntryError::Version);
        }
        let wrong = |name: &str| EntryError::Fields(name.to_owned());
        Ok(EntryLinks {
            seq: seq.parse().map_err(|_| wrong("seq"))?,
            commit: Hash::from_json(commit).ok_or_else(|| wrong("commit"))?,
            prev: Hash::from_nullable_json(prev).ok_or_else(|| wrong("prev"))?,
            subject: json::first_text(subject).ok_or_else(|| wrong("subject"))?,
        })
    }
}
