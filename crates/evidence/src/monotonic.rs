//! May this tree head be signed? 检查点只进不退.
//!
//! C2SP tlog-checkpoint: a log must not sign two inconsistent checkpoints. What was signed last is
//! remembered outside the database (Sunlight's rule), so that a database restored from an old
//! backup cannot make the log contradict itself.

use crate::hash::{Hash, TreeHash};
use crate::proof::verify_consistency_by;
use crate::tree::TreeHead;

/// What the signer does with a new tree head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Sign it: it continues what was signed.
    Sign,
    /// Nothing to do: it was signed before.
    AlreadySigned,
    /// Refuse: the log has become shorter. Entries were lost, or an old backup was restored.
    Rollback {
        /// What was signed last.
        last: TreeHead,
        /// What the database says now.
        head: TreeHead,
    },
    /// Refuse: the log was rewritten; what was signed is not a prefix of it.
    Fork {
        /// What was signed last.
        last: TreeHead,
        /// What the database says now.
        head: TreeHead,
    },
}

/// Decides about `head`. `proof` shows that `last` is a prefix of it; it is looked at only when
/// the log has grown since (and then a missing or wrong proof is a fork).
#[must_use]
pub fn decide(last: Option<TreeHead>, head: TreeHead, proof: &[Hash]) -> Decision {
    decide_by(TreeHash::Sha256, last, head, proof)
}

/// The same about a tree made with another function.
#[must_use]
pub fn decide_by(by: TreeHash, last: Option<TreeHead>, head: TreeHead, proof: &[Hash]) -> Decision {
    let Some(last) = last else {
        return Decision::Sign;
    };
    let continues = if last.size == 0 {
        last.root == by.empty()
    } else {
        verify_consistency_by(by, last, head, proof).is_ok()
    };
    match head.size.cmp(&last.size) {
        std::cmp::Ordering::Less => Decision::Rollback { last, head },
        std::cmp::Ordering::Equal if head.root == last.root => Decision::AlreadySigned,
        std::cmp::Ordering::Greater if continues => Decision::Sign,
        _ => Decision::Fork { last, head },
    }
}
