//! Inclusion and consistency proofs 包含证明与一致性证明.
//!
//! RFC 9162 sections 2.1.3 and 2.1.4. Proofs are described as ranges of leaves, so that one
//! description serves leaves in memory and tiles in a store.

use std::ops::Range;

use crate::hash::{Hash, TreeHash};
use crate::tree::{TreeHead, mth_by};

/// Why a proof proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// The index does not lie in the tree.
    #[error("序号 {index} 不在大小为 {size} 的树中")]
    OutOfTree {
        /// Index of the leaf.
        index: u64,
        /// Size of the tree.
        size: u64,
    },
    /// A consistency proof leads from a smaller tree (not the empty one) to a larger one.
    #[error("无法证明大小 {old} 与 {new} 的一致性：旧树不能为空，也不能大于新树")]
    Sizes {
        /// Size of the older tree.
        old: u64,
        /// Size of the newer tree.
        new: u64,
    },
    /// Too many or too few hashes.
    #[error("证明中的哈希个数不对")]
    Length,
    /// The hashes do not lead to the root.
    #[error("证明算出的根哈希与所给的不同")]
    Root,
}

/// Whether `leaf` stands at `index` in the tree `head` (RFC 9162 section 2.1.3.2).
///
/// # Errors
/// The index is outside the tree, the proof has the wrong length or ends in another root.
pub fn verify_inclusion(
    index: u64,
    leaf: Hash,
    proof: &[Hash],
    head: TreeHead,
) -> Result<(), ProofError> {
    verify_inclusion_by(TreeHash::Sha256, index, leaf, proof, head)
}

/// The same in a tree made with another function.
///
/// # Errors
/// As [`verify_inclusion`].
pub fn verify_inclusion_by(
    by: TreeHash,
    index: u64,
    leaf: Hash,
    proof: &[Hash],
    head: TreeHead,
) -> Result<(), ProofError> {
    if index >= head.size {
        return Err(ProofError::OutOfTree {
            index,
            size: head.size,
        });
    }
    let (mut node, mut last) = (index, head.size - 1);
    let mut root = leaf;
    for sibling in proof {
        if last == 0 {
            return Err(ProofError::Length);
        }
        if node & 1 == 1 || node == last {
            root = by.node(sibling, &root);
            climb_right_edge(&mut node, &mut last);
        } else {
            root = by.node(&root, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    finish(last, root == head.root)
}

/// Whether the tree `old` is a prefix of the tree `new` (RFC 9162 section 2.1.4.2).
///
/// Nothing is proved about the empty tree, of which everything is a continuation: the caller
/// decides about size 0 beforehand.
///
/// # Errors
/// The sizes allow no proof, the proof has the wrong length or ends in other roots.
pub fn verify_consistency(old: TreeHead, new: TreeHead, proof: &[Hash]) -> Result<(), ProofError> {
    verify_consistency_by(TreeHash::Sha256, old, new, proof)
}

/// The same of trees made with another function.
///
/// # Errors
/// As [`verify_consistency`].
pub fn verify_consistency_by(
    by: TreeHash,
    old: TreeHead,
    new: TreeHead,
    proof: &[Hash],
) -> Result<(), ProofError> {
    if old.size == 0 || old.size > new.size {
        return Err(ProofError::Sizes {
            old: old.size,
            new: new.size,
        });
    }
    if old.size == new.size {
        let empty = proof.is_empty();
        return if empty {
            finish(0, old.root == new.root)
        } else {
            Err(ProofError::Length)
        };
    }
    // A complete old tree is itself the first node of the path, and is left out of the proof.
    let (seed, path) = match proof.split_first() {
        _ if old.size.is_power_of_two() => (old.root, proof),
        Some((first, rest)) => (*first, rest),
        None => return Err(ProofError::Length),
    };
    let shift = (old.size - 1).trailing_ones();
    let (mut node, mut last) = ((old.size - 1) >> shift, (new.size - 1) >> shift);
    let (mut old_root, mut new_root) = (seed, seed);
    for hash in path {
        if last == 0 {
            return Err(ProofError::Length);
        }
        if node & 1 == 1 || node == last {
            old_root = by.node(hash, &old_root);
            new_root = by.node(hash, &new_root);
            climb_right_edge(&mut node, &mut last);
        } else {
            new_root = by.node(&new_root, hash);
        }
        node >>= 1;
        last >>= 1;
    }
    finish(last, old_root == old.root && new_root == new.root)
}

/// On the ragged right edge a node without a sibling stands for its parent too.
fn climb_right_edge(node: &mut u64, last: &mut u64) {
    if *node & 1 == 0 {
        let shift = node.trailing_zeros().min(63);
        *node >>= shift;
        *last >>= shift;
    }
}

fn finish(last: u64, same_root: bool) -> Result<(), ProofError> {
    match (last, same_root) {
        (0, true) => Ok(()),
        (0, false) => Err(ProofError::Root),
        _ => Err(ProofError::Length),
    }
}

/// The ranges of leaves whose hashes prove that leaf `index` is in the tree, leaf sibling first
/// (PATH of RFC 9162 section 2.1.3.1).
pub(crate) fn inclusion_ranges(index: u64, size: u64) -> Result<Vec<Range<u64>>, ProofError> {
    if index >= size {
        return Err(ProofError::OutOfTree { index, size });
    }
    let mut here = 0..size;
    let mut ranges = Vec::new();
    while here.end - here.start > 1 {
        let middle = split_point(&here);
        if index < middle {
            ranges.push(middle..here.end);
            here.end = middle;
        } else {
            ranges.push(here.start..middle);
            here.start = middle;
        }
    }
    ranges.reverse();
    Ok(ranges)
}

/// The ranges of leaves whose hashes prove that the tree of size `old` is a prefix of the tree of
/// size `new` (PROOF and SUBPROOF of RFC 9162 section 2.1.4.1).
pub(crate) fn consistency_ranges(old: u64, new: u64) -> Result<Vec<Range<u64>>, ProofError> {
    if old == 0 || old > new {
        return Err(ProofError::Sizes { old, new });
    }
    let mut here = 0..new;
    let mut ranges = Vec::new();
    while here.end != old {
        let middle = split_point(&here);
        if old <= middle {
            ranges.push(middle..here.end);
            here.end = middle;
        } else {
            ranges.push(here.start..middle);
            here.start = middle;
        }
    }
    // The old tree itself is known to the verifier.
    if here.start != 0 {
        ranges.push(here);
    }
    ranges.reverse();
    Ok(ranges)
}

/// Where a range of two or more leaves divides: after the largest power of two below its length.
fn split_point(range: &Range<u64>) -> u64 {
    let length = range.end - range.start;
    range.start + (1 << (length - 1).ilog2())
}

/// Proof that leaf `index` is in the tree over `leaves`.
///
/// # Errors
/// There is no such leaf.
pub fn inclusion_among(leaves: &[Hash], index: u64) -> Result<Vec<Hash>, ProofError> {
    inclusion_among_by(TreeHash::Sha256, leaves, index)
}

/// The same in a tree made with another function.
///
/// # Errors
/// There is no such leaf.
pub fn inclusion_among_by(
    by: TreeHash,
    leaves: &[Hash],
    index: u64,
) -> Result<Vec<Hash>, ProofError> {
    let size = u64::try_from(leaves.len()).unwrap_or(u64::MAX);
    let ranges = inclusion_ranges(index, size)?;
    Ok(ranges
        .iter()
        .map(|range| mth_by(by, slice(leaves, range)))
        .collect())
}

/// Proof that the tree over the first `old` of `leaves` is a prefix of the tree over all.
///
/// # Errors
/// `old` is 0 or there are fewer leaves.
pub fn consistency_among(leaves: &[Hash], old: u64) -> Result<Vec<Hash>, ProofError> {
    let size = u64::try_from(leaves.len()).unwrap_or(u64::MAX);
    let ranges = consistency_ranges(old, size)?;
    Ok(ranges
        .iter()
        .map(|range| mth_by(TreeHash::Sha256, slice(leaves, range)))
        .collect())
}

/// INVARIANT: the ranges were made for the number of `leaves`, so nothing is cut off.
fn slice<'a>(leaves: &'a [Hash], range: &Range<u64>) -> &'a [Hash] {
    let at = |index: u64| usize::try_from(index).unwrap_or(usize::MAX);
    leaves
        .get(at(range.start)..at(range.end))
        .unwrap_or_default()
}
