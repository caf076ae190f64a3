//! Receipts: one record, one file 存证凭证.
//!
//! A `.tlog-proof` whose `extra` holds the salt and then the record itself, as Baton hands it out.
//! Whoever keeps it holds the proof against the company.

use evidence::checkpoint::{Checkpoint, CheckpointError, SignedCheckpoint};
use evidence::commitment::{Salt, opens};
use evidence::entry::{Entry, EntryError};
use evidence::hash::leaf_hash;
use evidence::note::{Note, NoteError};
use evidence::policy::Policy;
use evidence::proof::{ProofError, verify_inclusion};
use evidence::tlog_proof::{TlogProof, TlogProofError};
use evidence::verdict::Verdict;

/// What a receipt says.
#[derive(Clone, Debug)]
pub struct Receipt {
    /// What it is worth.
    pub verdict: Verdict,
    /// The record.
    pub entry: Entry,
    /// The checkpoint that says so.
    pub checkpoint: Checkpoint,
}

/// Why a receipt proves nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptError {
    /// The file is none.
    #[error(transparent)]
    Proof(#[from] TlogProofError),
    /// No record goes with it.
    #[error("凭证文件没有附上记录")]
    NoRecord,
    /// The record is none.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// It proves another record.
    #[error("记录的序号是 {says}，证明的是第 {proved} 条")]
    Index {
        /// What the record says.
        says: u64,
        /// What is proved.
        proved: u64,
    },
    /// The payload is another.
    #[error("内容与记录中的承诺不符")]
    Payload,
    /// The log is none of those believed.
    #[error("信任策略不认识日志「{0}」")]
    UnknownLog(String),
    /// The checkpoint is not believed.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// The checkpoint is no note.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The hashes lead elsewhere.
    #[error(transparent)]
    Path(#[from] ProofError),
}

/// Checks a receipt; `payload` is what the record commits to, when it was disclosed.
///
/// # Errors
/// It proves nothing.
pub fn check(
    text: &str,
    payload: Option<&[u8]>,
    policy: Option<&Policy>,
    now: Option<u64>,
) -> Result<Receipt, ReceiptError> {
    let proof: TlogProof = text.parse()?;
    let extra = proof.extra.as_deref().unwrap_or_default();
    let (salt, record) = extra
        .split_first_chunk::<32>()
        .ok_or(ReceiptError::NoRecord)?;
    let (salt, entry): (&Salt, Entry) = (salt, Entry::from_bytes(record)?);
    if entry.seq != proof.index {
        let (says, proved) = (entry.seq, proof.index);
        return Err(ReceiptError::Index { says, proved });
    }
    if payload.is_some_and(|payload| !opens(&entry.commit, salt, payload)) {
        return Err(ReceiptError::Payload);
    }
    let note: Note = proof.checkpoint.parse()?;
    let checkpoint: Checkpoint = note.text().parse()?;
    verify_inclusion(
        proof.index,
        leaf_hash(record),
        &proof.hashes,
        checkpoint.head,
    )?;
    let verdict = match policy {
        None => Verdict::ConsistentButUntrusted,
        Some(policy) => {
            let unknown = || ReceiptError::UnknownLog(checkpoint.origin.clone());
            let trust = policy.trust(&checkpoint.origin).ok_or_else(unknown)?;
            let mut signed = SignedCheckpoint::open(&proof.checkpoint, &trust)?;
            let latest = now.map_or(u64::MAX, |now| now.saturating_add(300));
            signed.witnesses.retain(|witness| witness.seconds <= latest);
            if !signed.witnesses.is_empty() && policy.quorum_is_met(&signed.witnesses) {
                Verdict::Valid
            } else {
                Verdict::ValidUnwitnessed
            }
        }
    };
    Ok(Receipt {
        verdict,
        entry,
        checkpoint,
    })
}
