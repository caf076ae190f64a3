//! Whole logs of other people: their checkpoints, tiles, proofs and a witness at work.

use std::fs;
use std::path::Path;

use evidence::checkpoint::{Checkpoint, LogTrust, SignedCheckpoint};
use evidence::hash::{Hash, empty_root, leaf_hash};
use evidence::key::VerifierKey;
use evidence::monotonic::{Decision, decide};
use evidence::note::Note;
use evidence::proof::{verify_consistency, verify_inclusion};
use evidence::tile::{TileId, TilePath};
use evidence::tile_set::{TileSet, tiles_for_consistency, tiles_for_inclusion, tiles_for_root};
use evidence::tlog_proof::TlogProof;
use evidence::tree::{Frontier, TreeHead};

use crate::shared::{cases, files, vectors};

/// The entries of a bundle: two bytes of length before each.
fn entries(mut bundle: &[u8]) -> Vec<Vec<u8>> {
    let mut entries = Vec::new();
    while let Some((length, rest)) = bundle.split_first_chunk::<2>() {
        let (entry, rest) = rest.split_at(u16::from_be_bytes(*length).into());
        entries.push(entry.to_vec());
        bundle = rest;
    }
    entries
}

struct Tessera {
    entries: Vec<Vec<u8>>,
    trust: LogTrust,
}

fn tessera(folder: &Path) -> Tessera {
    let bundle = TilePath::Entries {
        index: 0,
        width: 15,
    };
    let key: VerifierKey = fs::read_to_string(folder.join("vkey.txt"))
        .unwrap()
        .trim_end()
        .parse()
        .unwrap();
    Tessera {
        entries: entries(&fs::read(folder.join(bundle.to_string())).unwrap()),
        trust: LogTrust {
            origin: key.name().to_owned(),
            log_keys: vec![key],
            witness_keys: Vec::new(),
        },
    }
}

fn read_tiles(folder: &Path, tiles: &[TileId]) -> TileSet {
    let mut set = TileSet::default();
    for tile in tiles {
        let path = folder.join(TilePath::Hashes(*tile).to_string());
        set.insert(*tile, &fs::read(path).unwrap()).unwrap();
    }
    set
}

#[test]
fn a_tessera_log_from_entries_tiles_and_checkpoints() {
    let Some(folder) = vectors("tessera-log") else {
        return;
    };
    let Tessera { entries, trust } = tessera(&folder);
    let leaves: Vec<Hash> = entries.iter().map(|entry| leaf_hash(entry)).collect();
    let mut frontier = Frontier::default();
    let mut heads = Vec::new();
    for size in 0..=entries.len() {
        let note = fs::read_to_string(folder.join(format!("checkpoint.{size}"))).unwrap();
        let signed = SignedCheckpoint::open(&note, &trust).unwrap();
        assert_eq!(signed.checkpoint.head, frontier.head(), "size {size}");
        heads.push(frontier.head());
        leaves.get(size).map(|leaf| frontier.push(*leaf));
    }
    for new in &heads[1..] {
        let root = read_tiles(&folder, &tiles_for_root(new.size)).root(new.size);
        assert_eq!(root, Ok(new.root));
        for old in &heads[1..usize::try_from(new.size).unwrap()] {
            let tiles = read_tiles(&folder, &tiles_for_consistency(old.size, new.size).unwrap());
            let proof = tiles.consistency_proof(old.size, new.size).unwrap();
            assert_eq!(
                verify_consistency(*old, *new, &proof),
                Ok(()),
                "{old:?} {new:?}"
            );
        }
    }
}

#[test]
fn tessera_proof_files() {
    let (Some(log), Some(folder)) = (vectors("tessera-log"), vectors("tlog-proof-tessera")) else {
        return;
    };
    let Tessera { entries, trust } = tessera(&log);
    let leaves: Vec<Hash> = entries.iter().map(|entry| leaf_hash(entry)).collect();
    for (name, bytes) in files(&folder) {
        let text = String::from_utf8(bytes).unwrap();
        let proof: TlogProof = text.parse().unwrap();
        assert_eq!(proof.to_string(), text, "{name}");
        for (index, leaf) in (0..).zip(&leaves) {
            let verified = proof.verify(*leaf, &trust);
            assert_eq!(
                verified.is_ok(),
                index == proof.index,
                "{name} for entry {index}"
            );
        }
        let size = proof
            .verify(leaves[usize::try_from(proof.index).unwrap()], &trust)
            .unwrap();
        let size = size.checkpoint.head.size;
        let tiles = read_tiles(&log, &tiles_for_inclusion(proof.index, size).unwrap());
        assert_eq!(
            tiles.inclusion_proof(proof.index, size),
            Ok(proof.hashes),
            "{name}"
        );
    }
}

#[test]
fn a_mirror_of_300_entries() {
    let Some(folder) = vectors("sunlight-mirror-300") else {
        return;
    };
    let text = fs::read_to_string(folder.join("checkpoint")).unwrap();
    let note: Note = text.parse().unwrap();
    let checkpoint: Checkpoint = note.text().parse().unwrap();
    let head = checkpoint.head;
    if let Some(cosignatures) = vectors("cosignature") {
        let mirror = cases(&cosignatures)
            .into_iter()
            .filter(|(_, case)| case["note"] == text.as_str())
            .flat_map(|(_, case)| case["vkeys"].as_array().unwrap().clone());
        let keys: Vec<VerifierKey> = mirror
            .map(|key| key.as_str().unwrap().parse().unwrap())
            .collect();
        assert_eq!(note.verify(&keys).map(|v| v.len()), Ok(1));
    }

    assert_eq!(
        read_tiles(&folder, &tiles_for_root(head.size)).root(head.size),
        Ok(head.root)
    );
    let leaves: Vec<Hash> = ["tile/0/000", "tile/0/001.p/44"]
        .iter()
        .flat_map(|path| fs::read(folder.join(path)).unwrap())
        .collect::<Vec<u8>>()
        .as_chunks()
        .0
        .iter()
        .map(|hash| Hash::from_bytes(*hash))
        .collect();
    let mut frontier = Frontier::default();
    let level_one: Vec<Hash> = leaves
        .iter()
        .flat_map(|leaf| frontier.push(*leaf))
        .map(|tile| tile.hash)
        .collect();
    assert_eq!(frontier.head(), head);
    assert_eq!(
        fs::read(folder.join("tile/1/000.p/1")).unwrap(),
        level_one[0].as_bytes()
    );
    for (index, leaf) in (0..).zip(&leaves) {
        let tiles = read_tiles(&folder, &tiles_for_inclusion(index, head.size).unwrap());
        let proof = tiles.inclusion_proof(index, head.size).unwrap();
        assert_eq!(
            verify_inclusion(index, *leaf, &proof, head),
            Ok(()),
            "{index}"
        );
    }
}

#[test]
fn what_was_signed_is_never_contradicted() {
    let mut frontier = Frontier::default();
    let mut heads = vec![frontier.head()];
    for n in 0..8_u8 {
        frontier.push(leaf_hash(&[n]));
        heads.push(frontier.head());
    }
    let (five, eight) = (heads[5], heads[8]);
    let leaves: Vec<Hash> = (0..8_u8).map(|n| leaf_hash(&[n])).collect();
    let proof = evidence::proof::consistency_among(&leaves, 5).unwrap();
    let rewritten = TreeHead {
        root: empty_root(),
        ..eight
    };
    for (last, head, proof, decision) in [
        (None, five, &[][..], Decision::Sign),
        (Some(heads[0]), five, &[], Decision::Sign),
        (Some(five), five, &[], Decision::AlreadySigned),
        (Some(five), eight, &proof, Decision::Sign),
        (
            Some(five),
            eight,
            &[],
            Decision::Fork {
                last: five,
                head: eight,
            },
        ),
        (
            Some(five),
            rewritten,
            &proof,
            Decision::Fork {
                last: five,
                head: rewritten,
            },
        ),
        (
            Some(eight),
            rewritten,
            &proof,
            Decision::Fork {
                last: eight,
                head: rewritten,
            },
        ),
        (
            Some(eight),
            five,
            &proof,
            Decision::Rollback {
                last: eight,
                head: five,
            },
        ),
    ] {
        assert_eq!(decide(last, head, proof), decision, "{last:?} -> {head:?}");
    }
}
