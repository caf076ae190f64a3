//! Every proof of every tree up to 100 entries, and every one of its hashes flipped.

use evidence::hash::{Hash, leaf_hash};
use evidence::proof::{consistency_among, inclusion_among, verify_consistency, verify_inclusion};
use evidence::tree::{Frontier, TreeHead, mth};

const MOST: usize = 100;

fn flipped(hash: Hash) -> Hash {
    let mut bytes = *hash.as_bytes();
    bytes[0] ^= 1;
    Hash::from_bytes(bytes)
}

/// The proof with each hash flipped, with each left out, with one doubled.
fn spoiled(proof: &[Hash]) -> Vec<Vec<Hash>> {
    let mut all = Vec::new();
    for n in 0..proof.len() {
        let mut other = proof.to_vec();
        other[n] = flipped(other[n]);
        all.push(other.clone());
        other.remove(n);
        all.push(other.clone());
        other.insert(n, proof[n]);
        other.insert(n, proof[n]);
        all.push(other);
    }
    all.push([proof, &[leaf_hash(b"surplus")]].concat());
    all
}

fn trees() -> (Vec<Hash>, Vec<TreeHead>) {
    let leaves: Vec<Hash> = (0_u8..100).map(|n| leaf_hash(&[n])).collect();
    let mut frontier = Frontier::default();
    let mut heads = vec![frontier.head()];
    for leaf in &leaves {
        frontier.push(*leaf);
        heads.push(frontier.head());
    }
    (leaves, heads)
}

#[test]
fn the_frontier_has_the_root_of_the_definition() {
    let (leaves, heads) = trees();
    for (size, head) in heads.iter().enumerate() {
        assert_eq!(head.root, mth(&leaves[..size]), "{size}");
    }
}

#[test]
fn inclusion_holds_and_nothing_else_does() {
    let (leaves, heads) = trees();
    for size in 1..=MOST {
        let head = heads[size];
        for (index, leaf) in (0..).zip(&leaves[..size]) {
            let proof = inclusion_among(&leaves[..size], index).unwrap();
            assert_eq!(
                verify_inclusion(index, *leaf, &proof, head),
                Ok(()),
                "{index} in {size}"
            );
            assert!(verify_inclusion(index, flipped(*leaf), &proof, head).is_err());
            assert!(verify_inclusion(index + 1, *leaf, &proof, head).is_err());
            for wrong in spoiled(&proof) {
                let refused = verify_inclusion(index, *leaf, &wrong, head);
                assert!(refused.is_err(), "{index} in {size}");
            }
            let other = TreeHead {
                root: flipped(head.root),
                ..head
            };
            assert!(verify_inclusion(index, *leaf, &proof, other).is_err());
        }
        assert!(inclusion_among(&leaves[..size], head.size).is_err());
    }
}

#[test]
fn consistency_holds_and_nothing_else_does() {
    let (leaves, heads) = trees();
    for size in 1..=MOST {
        let new = heads[size];
        for old in &heads[1..=size] {
            let proof = consistency_among(&leaves[..size], old.size).unwrap();
            assert_eq!(
                verify_consistency(*old, new, &proof),
                Ok(()),
                "{} {size}",
                old.size
            );
            for wrong in spoiled(&proof) {
                assert!(
                    verify_consistency(*old, new, &wrong).is_err(),
                    "{} {size}",
                    old.size
                );
            }
            let (before, after) = (
                TreeHead {
                    root: flipped(old.root),
                    ..*old
                },
                TreeHead {
                    root: flipped(new.root),
                    ..new
                },
            );
            assert!(verify_consistency(before, new, &proof).is_err());
            assert!(verify_consistency(*old, after, &proof).is_err());
        }
        assert!(consistency_among(&leaves[..size], 0).is_err());
        assert!(verify_consistency(heads[0], new, &[]).is_err());
    }
}
