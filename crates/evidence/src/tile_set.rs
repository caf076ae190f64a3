//! Proofs from tiles 由瓦片生成证明.
//!
//! In two steps, so that reading stays outside: first ask which tiles are needed, then, with these
//! at hand, build the proof.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::hash::{self, Hash, TreeHash};
use crate::proof::{ProofError, consistency_ranges, inclusion_ranges};
use crate::tile::{TileId, TilePath};
use crate::tree::{fold, mth_by};

/// Tiles that were read, from which proofs are built.
#[derive(Clone, Debug, Default)]
pub struct TileSet {
    tiles: BTreeMap<(u8, u64), Vec<Hash>>,
    by: TreeHash,
}

/// Why tiles give no proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TileError {
    /// The bytes are not that many hashes.
    #[error("瓦片 {} 的内容有 {bytes} 字节，与宽度不符，请由存证条目重新计算", TilePath::Hashes(*.tile))]
    Broken {
        /// Which tile.
        tile: TileId,
        /// How many bytes were given.
        bytes: usize,
    },
    /// A needed tile, or a needed hash in it, is not at hand.
    #[error("缺少瓦片 {}", TilePath::Hashes(TileId { level: *.level, index: *.index, width: 256 }))]
    Missing {
        /// Level of the tile.
        level: u8,
        /// Number of the tile on its level.
        index: u64,
    },
    /// No such proof exists.
    #[error(transparent)]
    Proof(#[from] ProofError),
}

/// The tiles needed to prove that entry `index` is in the tree of `size` entries.
///
/// # Errors
/// The index is outside the tree.
pub fn tiles_for_inclusion(index: u64, size: u64) -> Result<Vec<TileId>, ProofError> {
    Ok(tiles_for(inclusion_ranges(index, size)?, size))
}

/// The tiles needed to prove that the tree of `old` entries is a prefix of that of `new`.
///
/// # Errors
/// `old` is 0 or larger than `new`.
pub fn tiles_for_consistency(old: u64, new: u64) -> Result<Vec<TileId>, ProofError> {
    Ok(tiles_for(consistency_ranges(old, new)?, new))
}

/// The tiles needed to compute the root over the first `size` entries.
#[must_use]
pub fn tiles_for_root(size: u64) -> Vec<TileId> {
    tiles_for(std::iter::once(0..size), size)
}

fn tiles_for(ranges: impl IntoIterator<Item = Range<u64>>, size: u64) -> Vec<TileId> {
    let tiles: BTreeSet<TileId> = ranges
        .into_iter()
        .flat_map(complete_subtrees)
        .filter_map(|subtree| {
            let place = subtree.place();
            TileId::in_tree(place.level, place.tile, size)
        })
        .collect();
    tiles.into_iter().collect()
}

/// The subtree over entries `index * 2^height ..  (index + 1) * 2^height`.
#[derive(Clone, Copy)]
struct Subtree {
    height: u32,
    index: u64,
}

/// Where the hashes under a subtree stand: some slots of one tile.
struct Place {
    level: u8,
    tile: u64,
    slots: Range<usize>,
}

impl Subtree {
    fn place(self) -> Place {
        let within = self.height % 8;
        let first = self.index << within;
        let slot = usize::from(first.to_le_bytes()[0]);
        Place {
            level: u8::try_from(self.height / 8).unwrap_or(u8::MAX),
            tile: first >> 8,
            slots: slot..slot + (1 << within),
        }
    }
}

/// The complete subtrees that make up a range of the tree, largest first.
fn complete_subtrees(range: Range<u64>) -> impl Iterator<Item = Subtree> {
    let mut start = range.start;
    std::iter::from_fn(move || {
        let height = (range.end - start).checked_ilog2()?;
        let index = start >> height;
        start += 1 << height;
        Some(Subtree { height, index })
    })
}

impl TileSet {
    /// An empty set of tiles of a tree made with this function.
    #[must_use]
    pub fn by(by: TreeHash) -> TileSet {
        TileSet {
            by,
            ..TileSet::default()
        }
    }

    /// Adds a tile that was read. The bytes may be more than `tile.width` hashes: a tile that has
    /// grown since still begins with what it held.
    ///
    /// # Errors
    /// The bytes are not whole hashes, fewer than the width or more than 256.
    pub fn insert(&mut self, tile: TileId, bytes: &[u8]) -> Result<(), TileError> {
        let fits = |hashes: &Vec<Hash>| (usize::from(tile.width)..=256).contains(&hashes.len());
        let hashes = hash::split(bytes).filter(fits).ok_or(TileError::Broken {
            tile,
            bytes: bytes.len(),
        })?;
        self.tiles.insert((tile.level, tile.index), hashes);
        Ok(())
    }

    /// Proof that entry `index` is in the tree of `size` entries, leaf sibling first.
    ///
    /// # Errors
    /// The index is outside the tree or a tile is missing.
    pub fn inclusion_proof(&self, index: u64, size: u64) -> Result<Vec<Hash>, TileError> {
        self.hashes(inclusion_ranges(index, size)?)
    }

    /// Proof that the tree of `old` entries is a prefix of that of `new`.
    ///
    /// # Errors
    /// `old` is 0 or larger than `new`, or a tile is missing.
    pub fn consistency_proof(&self, old: u64, new: u64) -> Result<Vec<Hash>, TileError> {
        self.hashes(consistency_ranges(old, new)?)
    }

    /// The root over the first `size` entries.
    ///
    /// # Errors
    /// A tile is missing.
    pub fn root(&self, size: u64) -> Result<Hash, TileError> {
        self.range(0..size)
    }

    fn hashes(&self, ranges: Vec<Range<u64>>) -> Result<Vec<Hash>, TileError> {
        ranges.into_iter().map(|range| self.range(range)).collect()
    }

    fn range(&self, range: Range<u64>) -> Result<Hash, TileError> {
        let roots = complete_subtrees(range)
            .map(|subtree| self.subtree(subtree))
            .collect::<Result<Vec<Hash>, TileError>>()?;
        Ok(fold(self.by, &roots).unwrap_or_else(|| self.by.empty()))
    }

    fn subtree(&self, subtree: Subtree) -> Result<Hash, TileError> {
        let Place { level, tile, slots } = subtree.place();
        self.tiles
            .get(&(level, tile))
            .and_then(|hashes| hashes.get(slots))
            .map(|hashes| mth_by(self.by, hashes))
            .ok_or(TileError::Missing { level, index: tile })
    }
}
