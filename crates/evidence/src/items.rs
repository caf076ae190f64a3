//! Bulk acts: one entry over many items 批量存证.
//!
//! An act over N subjects is one entry. Its payload carries `"items":{"n":N,"root":"…"}`, the root
//! of a Merkle tree over the items (same hashes as the log), so that one customer's item can be
//! proved to somebody without showing him the others. Such a payload is canonical JSON, names no
//! person and is never erased, for without it the items prove nothing: what may have to be erased
//! is in the payloads of the items. An item is canonical JSON too:
//!
//! ```json
//! {"commit":"<base64>","n":0,"prev":null,"subject":"customer/cus_…"}
//! ```

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::hash::{Hash, leaf_hash, node_hash};
use crate::json::{self, JsonError};
use crate::proof::{ProofError, inclusion_among, verify_inclusion};
use crate::tree::{TreeHead, mth};

/// One subject's part in a bulk act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Place within the act, from 0.
    pub n: u64,
    /// What it was done to, `customer/cus_…`.
    pub subject: String,
    /// Leaf hash (in the log) of the previous entry about this subject; `None` for the first.
    pub prev: Option<Hash>,
    /// Commitment to the item's own payload.
    pub commit: Hash,
}

/// Why items are not those of a bulk act.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ItemError {
    /// Not canonical JSON.
    #[error("批量存证的明细不是规范 JSON：{0}")]
    Json(#[from] JsonError),
    /// Canonical JSON, but not an item.
    #[error("批量存证的明细字段不对")]
    Fields,
    /// Numbers must run 0, 1, 2, …
    #[error("批量存证第 {0} 条明细的编号不连续")]
    Number(u64),
    /// One subject has one item.
    #[error("批量存证中对象「{0}」出现两次，请合并后再办理")]
    SubjectTwice(String),
    /// The item is not in the act.
    #[error(transparent)]
    Proof(#[from] ProofError),
}

impl Item {
    /// The bytes that are hashed.
    ///
    /// # Errors
    /// `n` is beyond 2^53 − 1.
    pub fn to_bytes(&self) -> Result<Vec<u8>, ItemError> {
        let value = serde_json::to_value(self).map_err(|_| ItemError::Fields)?;
        Ok(json::canonical(&value)?)
    }

    /// The item behind hashed bytes.
    ///
    /// # Errors
    /// The bytes are not exactly those that [`Item::to_bytes`] makes of some item.
    pub fn from_bytes(bytes: &[u8]) -> Result<Item, ItemError> {
        ItemLinks::read(bytes)?;
        serde_json::from_slice(bytes).map_err(|_| ItemError::Fields)
    }
}

/// How many items an act has and the root over them: all that the entry's payload says of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ItemsRoot(TreeHead);

impl ItemsRoot {
    /// The value of the payload's member `items`.
    #[must_use]
    pub fn to_json(&self) -> Value {
        json!({ "n": self.0.size, "root": self.0.root })
    }

    /// What the payload of an entry says of its items; `None` when the act is not a bulk act.
    #[must_use]
    pub fn of_payload(payload: &[u8]) -> Option<ItemsRoot> {
        let text = std::str::from_utf8(payload).ok()?;
        // Most payloads are not of bulk acts; a look for the words is much cheaper than reading.
        if !text.contains("\"items\":{\"n\":") {
            return None;
        }
        let mut items = None;
        let spelled = json::members(payload, |name, value| {
            if name == "items" {
                items = Some(value);
            }
        });
        spelled.ok()?;
        let [n, root] = json::members_named(items?.as_bytes(), &["n", "root"]).ok()?;
        Some(ItemsRoot(TreeHead {
            size: n.parse().ok()?,
            root: Hash::from_json(root)?,
        }))
    }

    /// How many items.
    #[must_use]
    pub const fn count(&self) -> u64 {
        self.0.size
    }

    /// The root over them.
    #[must_use]
    pub const fn root(&self) -> Hash {
        self.0.root
    }

    /// Whether these item bytes are in the act. Answers the item.
    ///
    /// # Errors
    /// The bytes are no item, or the proof does not lead to the root.
    pub fn verify(&self, item: &[u8], proof: &[Hash]) -> Result<Item, ItemError> {
        let read = Item::from_bytes(item)?;
        verify_inclusion(read.n, leaf_hash(item), proof, self.0)?;
        Ok(read)
    }
}

/// The tree over the items of one act.
#[derive(Clone, Debug, Default)]
pub struct ItemTree {
    leaves: Vec<Hash>,
}

impl ItemTree {
    /// The tree over items in their order.
    ///
    /// # Errors
    /// Their numbers do not run 0, 1, 2, … or a subject stands there twice.
    pub fn over(items: &[Item]) -> Result<ItemTree, ItemError> {
        let mut subjects = BTreeSet::new();
        let mut leaves = Vec::with_capacity(items.len());
        for (n, item) in (0..).zip(items) {
            if item.n != n {
                return Err(ItemError::Number(n));
            }
            if !subjects.insert(&item.subject) {
                return Err(ItemError::SubjectTwice(item.subject.clone()));
            }
            leaves.push(leaf_hash(&item.to_bytes()?));
        }
        Ok(ItemTree { leaves })
    }

    /// The tree over stored item bytes, whatever they hold.
    #[must_use]
    pub fn over_bytes<'a>(items: impl IntoIterator<Item = &'a [u8]>) -> ItemTree {
        ItemTree {
            leaves: items.into_iter().map(leaf_hash).collect(),
        }
    }

    /// The tree over hashes of items that were computed as the items came by.
    #[must_use]
    pub fn of_leaves(leaves: Vec<Hash>) -> ItemTree {
        ItemTree { leaves }
    }

    /// Number and root, for the payload of the entry.
    #[must_use]
    pub fn root(&self) -> ItemsRoot {
        ItemsRoot(TreeHead {
            size: u64::try_from(self.leaves.len()).unwrap_or(u64::MAX),
            root: mth(&self.leaves),
        })
    }

    /// Proof that item `n` is in the act.
    ///
    /// # Errors
    /// There is no such item.
    pub fn proof(&self, n: u64) -> Result<Vec<Hash>, ItemError> {
        Ok(inclusion_among(&self.leaves, n)?)
    }

    /// The proofs of all items in their order, each hash of the tree computed once.
    #[must_use]
    pub fn proofs(&self) -> Vec<Vec<Hash>> {
        let mut proofs = vec![Vec::new(); self.leaves.len()];
        climb(&self.leaves, &mut proofs);
        proofs
    }
}

/// The root over some leaves; what stands beside each on the way up goes to its proof.
fn climb(leaves: &[Hash], proofs: &mut [Vec<Hash>]) -> Option<Hash> {
    if let [] | [_] = leaves {
        return leaves.first().copied();
    }
    // RFC 9162 §2.1.1: the left side holds the largest power of two that leaves something over.
    let half = leaves.len().next_power_of_two() / 2;
    let (left, right) = leaves.split_at(half);
    let (to_left, to_right) = proofs.split_at_mut(half);
    let (left, right) = (climb(left, to_left)?, climb(right, to_right)?);
    to_left.iter_mut().for_each(|proof| proof.push(right));
    to_right.iter_mut().for_each(|proof| proof.push(left));
    Some(node_hash(&left, &right))
}

/// The fields an audit needs, read without building an [`Item`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ItemLinks<'a> {
    pub(crate) n: u64,
    pub(crate) subject: &'a str,
    pub(crate) prev: Option<Hash>,
    pub(crate) commit: Hash,
}

impl<'a> ItemLinks<'a> {
    pub(crate) fn read(bytes: &'a [u8]) -> Result<ItemLinks<'a>, ItemError> {
        let names = ["commit", "n", "prev", "subject"];
        let [commit, n, prev, subject] = json::members_named(bytes, &names)?;
        Ok(ItemLinks {
            n: n.parse().map_err(|_| ItemError::Fields)?,
            subject: json::unquoted(subject).ok_or(ItemError::Fields)?,
            prev: Hash::from_nullable_json(prev).ok_or(ItemError::Fields)?,
            commit: Hash::from_json(commit).ok_or(ItemError::Fields)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_proofs_at_once_are_those_of_each() {
        for count in 0_u8..=70 {
            let bytes: Vec<[u8; 1]> = (0..count).map(|n| [n]).collect();
            let tree = ItemTree::over_bytes(bytes.iter().map(|item| item.as_slice()));
            let each = (0..u64::from(count)).map(|n| tree.proof(n).unwrap());
            assert_eq!(tree.proofs(), each.collect::<Vec<_>>(), "{count}");
        }
    }
}
