//! Receipts: a record's proof in one text file 存证凭证.
//!
//! C2SP tlog-proof: index, inclusion proof and signed checkpoint. With the record itself and the
//! log's key anybody can check it, without a network and without us.

use std::fmt;
use std::str::FromStr;

use crate::checkpoint::{CheckpointError, LogTrust, SignedCheckpoint, parse_decimal};
use crate::hash::Hash;
use crate::proof::{ProofError, verify_inclusion};
use crate::strict_base64;

const FIRST_LINE: &str = "c2sp.org/tlog-proof@v1\n";

/// A proof that one entry is in a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlogProof {
    /// Whatever goes with it, for instance the salt of the record; not proved by anything.
    pub extra: Option<Vec<u8>>,
    /// Index of the entry.
    pub index: u64,
    /// Inclusion proof, leaf sibling first; at most 63 hashes.
    pub hashes: Vec<Hash>,
    /// The signed checkpoint, verbatim.
    pub checkpoint: String,
}

/// Why a proof file is not read or proves nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TlogProofError {
    /// A line is not what it should be.
    #[error("凭证第 {line} 行格式不对，应为{wanted}")]
    Line {
        /// Number of the line, from 1.
        line: usize,
        /// What should stand there, in Chinese.
        wanted: &'static str,
    },
    /// The checkpoint in it.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// The inclusion proof in it.
    #[error(transparent)]
    Proof(#[from] ProofError),
}

/// A path in a tree of less than 2^63 leaves has at most this many nodes.
const MOST_HASHES: usize = 63;

impl TlogProof {
    /// Whether the log which `trust` names holds, at this index, the entry with this leaf hash.
    /// Answers the checkpoint that says so.
    ///
    /// # Errors
    /// The checkpoint is not believed, or the hashes do not lead from the leaf to its root.
    pub fn verify(&self, leaf: Hash, trust: &LogTrust) -> Result<SignedCheckpoint, TlogProofError> {
        let signed = SignedCheckpoint::open(&self.checkpoint, trust)?;
        verify_inclusion(self.index, leaf, &self.hashes, signed.checkpoint.head)?;
        Ok(signed)
    }
}

impl fmt::Display for TlogProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(FIRST_LINE)?;
        if let Some(extra) = &self.extra {
            writeln!(f, "extra {}", strict_base64::encode(extra))?;
        }
        writeln!(f, "index {}", self.index)?;
        for hash in &self.hashes {
            writeln!(f, "{hash}")?;
        }
        write!(f, "\n{}", self.checkpoint)
    }
}

impl FromStr for TlogProof {
    type Err = TlogProofError;
    fn from_str(text: &str) -> Result<TlogProof, TlogProofError> {
        let mut line = 1;
        let wrong = |line, wanted| TlogProofError::Line { line, wanted };
        let body = text
            .strip_prefix(FIRST_LINE)
            .ok_or(wrong(line, " c2sp.org/tlog-proof@v1"))?;
        let (head, checkpoint) = body
            .split_once("\n\n")
            .filter(|(_, checkpoint)| !checkpoint.is_empty())
            .ok_or(wrong(line, "头部、空行、检查点"))?;
        let mut lines = head.split('\n').peekable();
        let mut extra = None;
        line += 1;
        if let Some(base64) = lines.peek().and_then(|first| first.strip_prefix("extra ")) {
            let bytes = strict_base64::decode(base64);
            extra = Some(bytes.ok_or(wrong(line, " extra 加 Base64"))?);
            lines.next();
            line += 1;
        }
        let index = lines
            .next()
            .and_then(|text| text.strip_prefix("index "))
            .and_then(parse_decimal)
            .ok_or(wrong(line, " index 加十进制序号"))?;
        let mut hashes = Vec::new();
        for text in lines {
            line += 1;
            let hash = text.parse().map_err(|_| wrong(line, "哈希值"))?;
            if hashes.len() == MOST_HASHES {
                return Err(wrong(line, "空行（哈希值不超过 63 个）"));
            }
            hashes.push(hash);
        }
        Ok(TlogProof {
            extra,
            index,
            hashes,
            checkpoint: checkpoint.to_owned(),
        })
    }
}
