//! Two heads that cannot both be true 分叉证据.
//!
//! Two checkpoints of one log with the same size and different roots prove fraud by the log's own
//! signatures: nobody else could have made them. Whoever has kept a receipt can hold it against
//! what is shown to him later.

use std::fmt;

use crate::checkpoint::{CheckpointError, LogTrust, SignedCheckpoint};
use crate::tree::TreeHead;

const FIRST_LINE: &str = "baton/split-view@v1\n";

/// Both signed checkpoints, verbatim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SplitView {
    /// Size that both have.
    pub size: u64,
    /// One.
    pub one: String,
    /// And the other.
    pub other: String,
}

/// What two checkpoints of one log say of each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Compared {
    /// The same tree.
    Same(TreeHead),
    /// Different sizes: a consistency proof must tell.
    Apart,
    /// The log has contradicted itself.
    Split(SplitView),
}

/// Holds two checkpoints against each other. Both must be signed by the log that `trust` names.
///
/// # Errors
/// One of them is not believed.
pub fn compare(one: &str, other: &str, trust: &LogTrust) -> Result<Compared, CheckpointError> {
    let heads = (
        SignedCheckpoint::open(one, trust)?.checkpoint.head,
        SignedCheckpoint::open(other, trust)?.checkpoint.head,
    );
    Ok(match heads {
        (a, b) if a == b => Compared::Same(a),
        (a, b) if a.size == b.size => Compared::Split(SplitView {
            size: a.size,
            one: one.to_owned(),
            other: other.to_owned(),
        }),
        _ => Compared::Apart,
    })
}

/// The proof as a file: anybody with the log's public key can check it.
impl fmt::Display for SplitView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{FIRST_LINE}size {}\n\n{}\n{}",
            self.size, self.one, self.other
        )
    }
}
