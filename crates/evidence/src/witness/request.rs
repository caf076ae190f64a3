//! The body of `add-checkpoint` 提交检查点.

use std::fmt;
use std::str::FromStr;

use crate::checkpoint::parse_decimal;
use crate::hash::Hash;

/// A longer proof is refused; a path in a tree of less than 2^63 leaves has at most 63 nodes.
const MOST_HASHES: usize = 63;
/// A larger body is refused unread.
pub(super) const LONGEST: usize = 65_536;

/// A new checkpoint, and that it continues the tree of `old` entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddCheckpoint {
    /// Size that the witness signed last, as the log believes.
    pub old: u64,
    /// Consistency proof from `old` to the checkpoint; empty when `old` is 0.
    pub proof: Vec<Hash>,
    /// The signed checkpoint, verbatim.
    pub checkpoint: String,
}

/// Why a body is no request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// More than 64 KB.
    #[error("请求超过 65536 字节")]
    TooLong,
    /// The first line is not `old <size>`.
    #[error("首行应为 old 加十进制大小")]
    Old,
    /// A line of the proof is no hash, or there are more than 63.
    #[error("一致性证明应为不超过 63 行哈希值")]
    Proof,
    /// No empty line and signed checkpoint after it.
    #[error("证明之后应为空行与已签名的检查点")]
    Checkpoint,
}

impl fmt::Display for AddCheckpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "old {}", self.old)?;
        for hash in &self.proof {
            writeln!(f, "{hash}")?;
        }
        write!(f, "\n{}", self.checkpoint)
    }
}

impl FromStr for AddCheckpoint {
    type Err = RequestError;
    fn from_str(body: &str) -> Result<AddCheckpoint, RequestError> {
        if body.len() > LONGEST {
            return Err(RequestError::TooLong);
        }
        let (head, checkpoint) = body
            .split_once("\n\n")
            .filter(|(_, checkpoint)| !checkpoint.is_empty())
            .ok_or(RequestError::Checkpoint)?;
        let mut lines = head.split('\n');
        let old = lines
            .next()
            .and_then(|line| line.strip_prefix("old "))
            .and_then(parse_decimal)
            .ok_or(RequestError::Old)?;
        let proof = lines
            .map(|line| line.parse().map_err(|_| RequestError::Proof))
            .collect::<Result<Vec<Hash>, RequestError>>()?;
        if proof.len() > MOST_HASHES {
            return Err(RequestError::Proof);
        }
        Ok(AddCheckpoint {
            old,
            proof,
            checkpoint: checkpoint.to_owned(),
        })
    }
}
