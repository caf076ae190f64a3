//! The Merkle tree over all entries 默克尔树.
//!
//! RFC 6962 section 2.1 (the same tree as RFC 9162). The tree itself is never held: the roots of
//! its complete subtrees, at most 63 hashes, are enough to grow it.

use crate::hash::{self, Hash, TreeHash};

/// What a log commits to at one size: the tree head 树头.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TreeHead {
    /// How many entries.
    pub size: u64,
    /// Root hash over all of them.
    pub root: Hash,
}

/// The roots of the complete subtrees in the binary expansion of the size, largest first.
///
/// INVARIANT: there are as many roots as the size has one-bits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    roots: Vec<Hash>,
    by: TreeHash,
}

/// The stored bytes are not the frontier of a tree of that size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("树头前沿与大小 {size} 不符：有 {bytes} 字节，应为 {wanted} 字节，请由存证条目重新计算")]
pub struct FrontierError {
    size: u64,
    bytes: usize,
    wanted: usize,
}

/// A hash of tile level 1 or above, complete since the last entry.
///
/// It stands at `slot` of tile `tile` on its level: a store appends its 32 bytes to that row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TileHash {
    /// Tile level, 1 or more.
    pub level: u8,
    /// Number of the hash on its level, counted from 0 over all tiles.
    pub index: u64,
    /// The hash over 256^level entries.
    pub hash: Hash,
}

impl TileHash {
    /// Number of the tile which holds this hash.
    #[must_use]
    pub const fn tile(&self) -> u64 {
        self.index >> 8
    }

    /// Place within the tile, 0..=255.
    #[must_use]
    pub const fn slot(&self) -> u8 {
        self.index.to_le_bytes()[0]
    }
}

impl Frontier {
    /// How many entries the tree has.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// The root over all entries.
    #[must_use]
    pub fn root(&self) -> Hash {
        fold(self.by, &self.roots).unwrap_or_else(|| self.by.empty())
    }

    /// Size and root together.
    #[must_use]
    pub fn head(&self) -> TreeHead {
        TreeHead {
            size: self.size,
            root: self.root(),
        }
    }

    /// Appends one leaf, on average one node hash. Answers the hashes of higher tile levels that
    /// are now complete: none for 255 entries of 256.
    pub fn push(&mut self, leaf: Hash) -> Vec<TileHash> {
        let mut complete = Vec::new();
        let mut hash = leaf;
        let mut height = 0_u8;
        while self.size >> height & 1 == 1 {
            if let Some(left) = self.roots.pop() {
                hash = self.by.node(&left, &hash);
            }
            height += 1;
            if height.is_multiple_of(8) {
                complete.push(TileHash {
                    level: height / 8,
                    index: self.size >> height,
                    hash,
                });
            }
        }
        self.roots.push(hash);
        self.size += 1;
        complete
    }

    /// The roots end to end, 32 bytes each; stored beside the size.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        hash::concatenated(&self.roots)
    }

    /// The frontier that [`Frontier::to_bytes`] stored for this size.
    ///
    /// # Errors
    /// The length does not fit the size, or the size is 2^63 or more.
    pub fn restore(size: u64, bytes: &[u8]) -> Result<Frontier, FrontierError> {
        Frontier::restore_by(TreeHash::Sha256, size, bytes)
    }

    /// The same of a tree made with another function.
    ///
    /// # Errors
    /// As [`Frontier::restore`].
    pub fn restore_by(by: TreeHash, size: u64, bytes: &[u8]) -> Result<Frontier, FrontierError> {
        let wanted = usize::try_from(size.count_ones()).unwrap_or_default() * Hash::LEN;
        match hash::split(bytes) {
            Some(roots) if bytes.len() == wanted && size < 1 << 63 => {
                Ok(Frontier { size, roots, by })
            }
            _ => Err(FrontierError {
                size,
                bytes: bytes.len(),
                wanted,
            }),
        }
    }
}

/// Joins the roots of complete subtrees, largest first, into one; `None` when there are none.
pub(crate) fn fold(by: TreeHash, roots: &[Hash]) -> Option<Hash> {
    roots
        .iter()
        .rev()
        .copied()
        .reduce(|right, left| by.node(&left, &right))
}

/// MTH of RFC 6962 section 2.1, word for word.
#[must_use]
pub fn mth(leaves: &[Hash]) -> Hash {
    mth_by(TreeHash::Sha256, leaves)
}

/// The same of a tree made with another function.
#[must_use]
pub fn mth_by(by: TreeHash, leaves: &[Hash]) -> Hash {
    match leaves {
        [] => by.empty(),
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
            by.node(&mth_by(by, left), &mth_by(by, right))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::leaf_hash;

    #[test]
    fn a_tile_hash_appears_each_256_entries_and_knows_its_place() {
        let mut frontier = Frontier::default();
        let mut seen = Vec::new();
        for n in 0..65_537_u32 {
            seen.extend(frontier.push(leaf_hash(&n.to_be_bytes())));
        }
        assert_eq!(seen.len(), 256 + 1);
        let last = seen[256];
        assert_eq!((last.level, last.index, last.slot()), (2, 0, 0));
        assert_eq!(
            (seen[255].level, seen[255].tile(), seen[255].slot()),
            (1, 0, 255)
        );
        let level_one: Vec<Hash> = seen[..256].iter().map(|tile| tile.hash).collect();
        assert_eq!(mth(&level_one), last.hash);
    }

    #[test]
    fn a_frontier_comes_back_from_its_bytes_only_with_its_size() {
        let mut frontier = Frontier::default();
        for n in 0..21_u8 {
            frontier.push(leaf_hash(&[n]));
        }
        let bytes = frontier.to_bytes();
        assert_eq!(Frontier::restore(21, &bytes), Ok(frontier));
        assert!(Frontier::restore(23, &bytes).is_err());
        assert!(Frontier::restore(21, &bytes[1..]).is_err());
        assert!(Frontier::restore(u64::MAX, &[0; 64 * 32]).is_err());
    }
}
