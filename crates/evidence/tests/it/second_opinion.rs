//! The same trees by the crate `ct-merkle`: roots and proofs must be the same bytes.

use std::collections::BTreeMap;

use ct_merkle::mem_backed_tree::MemoryBackedTree;
use evidence::hash::{Hash, leaf_hash};
use evidence::proof::{verify_consistency, verify_inclusion};
use evidence::tile::TileId;
use evidence::tile_set::{TileSet, tiles_for_consistency, tiles_for_inclusion};
use evidence::tree::{Frontier, TreeHead};
use proptest::prelude::*;
use sha2::Sha256;

/// A log as a store keeps it: the tiles of all levels, growing.
#[derive(Default)]
struct Tiles {
    frontier: Frontier,
    data: BTreeMap<(u8, u64), Vec<u8>>,
}

impl Tiles {
    fn push(&mut self, leaf: Hash) {
        let index = self.frontier.size() >> 8;
        self.data
            .entry((0, index))
            .or_default()
            .extend(leaf.as_bytes());
        for tile in self.frontier.push(leaf) {
            let place = (tile.level, tile.tile());
            self.data
                .entry(place)
                .or_default()
                .extend(tile.hash.as_bytes());
        }
    }

    fn read(&self, tiles: &[TileId]) -> TileSet {
        let mut set = TileSet::default();
        for tile in tiles {
            set.insert(*tile, &self.data[&(tile.level, tile.index)])
                .unwrap();
        }
        set
    }
}

fn bytes(hashes: &[Hash]) -> Vec<u8> {
    hashes.iter().flat_map(|hash| *hash.as_bytes()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]
    #[test]
    fn roots_and_proofs_are_the_same_bytes(
        size in 2_usize..70_000,
        places in prop::collection::vec(any::<prop::sample::Index>(), 30),
    ) {
        let mut theirs = MemoryBackedTree::<Sha256, [u8; 8]>::new();
        let (mut ours, mut leaves) = (Tiles::default(), Vec::new());
        for n in 0..size {
            let entry = n.to_be_bytes();
            theirs.push(entry);
            leaves.push(leaf_hash(&entry));
            ours.push(leaves[n]);
        }
        let head: TreeHead = ours.frontier.head();
        let second = theirs.root();
        prop_assert_eq!(second.as_bytes().as_slice(), head.root.as_bytes().as_slice());
        for place in places {
            let at = place.index(size);
            let index = u64::try_from(at).unwrap();
            let tiles = ours.read(&tiles_for_inclusion(index, head.size).unwrap());
            let proof = tiles.inclusion_proof(index, head.size).unwrap();
            let second = theirs.prove_inclusion(at);
            prop_assert_eq!(second.as_bytes(), bytes(&proof));
            prop_assert_eq!(verify_inclusion(index, leaves[at], &proof, head), Ok(()));

            let old = index + 1;
            let mut needed = tiles_for_consistency(old, head.size).unwrap();
            needed.extend(evidence::tile_set::tiles_for_root(old));
            let tiles = ours.read(&needed);
            let proof = tiles.consistency_proof(old, head.size).unwrap();
            let second = theirs.prove_consistency(size - at - 1);
            prop_assert_eq!(second.as_bytes(), bytes(&proof));
            let before = TreeHead { size: old, root: tiles.root(old).unwrap() };
            prop_assert_eq!(verify_consistency(before, head, &proof), Ok(()));
        }
    }
}

#[test]
fn a_tile_too_few_is_named() {
    let mut ours = Tiles::default();
    for n in 0..600_u16 {
        ours.push(leaf_hash(&n.to_be_bytes()));
    }
    let needed = tiles_for_inclusion(300, 600).unwrap();
    let names: Vec<(u8, u64, u16)> = needed.iter().map(|t| (t.level, t.index, t.width)).collect();
    assert_eq!(names, [(0, 1, 256), (0, 2, 88), (1, 0, 2)]);
    let error = ours
        .read(&needed[1..])
        .inclusion_proof(300, 600)
        .unwrap_err();
    assert_eq!(error.to_string(), "缺少瓦片 tile/0/001");
    let broken = TileSet::default()
        .insert(needed[0], &[0; 255 * 32])
        .unwrap_err();
    assert!(
        broken
            .to_string()
            .starts_with("瓦片 tile/0/001 的内容有 8160 字节")
    );
}
