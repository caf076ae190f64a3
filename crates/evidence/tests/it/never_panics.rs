//! Readers of foreign bytes: they may refuse, they never panic, and what they accept they print
//! again as it was.

use evidence::audit::{Auditor, ItemRow, Row, StoredHead, check_row};
use evidence::checkpoint::{Checkpoint, SignedCheckpoint};
use evidence::entry::Entry;
use evidence::hash::{Hash, leaf_hash};
use evidence::items::{Item, ItemsRoot};
use evidence::json::check_canonical;
use evidence::key::{SignerKey, VerifierKey};
use evidence::note::Note;
use evidence::proof::{verify_consistency, verify_inclusion};
use evidence::tile::{TileId, TilePath, full_tiles_between};
use evidence::tile_set::{TileSet, tiles_for_consistency, tiles_for_inclusion, tiles_for_root};
use evidence::tlog_proof::TlogProof;
use evidence::tree::{Frontier, TreeHead};
use proptest::prelude::*;

use crate::ledger::{Ledger, signer, trust};

/// Good examples of every text form, to be spoiled.
fn examples() -> Vec<Vec<u8>> {
    let ledger = Ledger::of(3, 3);
    let note = ledger.checkpoints[&3].clone();
    let proof = TlogProof {
        extra: Some(vec![1, 2, 3]),
        index: 1,
        hashes: vec![leaf_hash(b"a"), leaf_hash(b"b")],
        checkpoint: note.clone(),
    };
    let tile = TilePath::Hashes(TileId {
        level: 1,
        index: 1_234_067,
        width: 5,
    });
    let texts = [
        note.split_once("\n\n").unwrap().0.to_owned() + "\n",
        note,
        proof.to_string(),
        signer().to_secret_text(),
        signer().verifier().to_string(),
        tile.to_string(),
        leaf_hash(b"a").to_string(),
    ];
    let mut all: Vec<Vec<u8>> = texts.into_iter().map(String::into_bytes).collect();
    all.push(ledger.rows[0].entry.clone());
    all.push(ledger.rows[0].payload.clone().unwrap());
    all
}

/// Reads the bytes as everything there is; what is accepted is printed again as it was.
fn read_as_everything(bytes: &[u8]) {
    if let Ok(entry) = Entry::from_bytes(bytes) {
        assert_eq!(entry.to_bytes().as_deref(), Ok(bytes));
    }
    if let Ok(item) = Item::from_bytes(bytes) {
        assert_eq!(item.to_bytes().as_deref(), Ok(bytes));
    }
    let _ = (
        check_canonical(bytes),
        ItemsRoot::of_payload(bytes),
        Frontier::restore(5, bytes),
    );
    if let Ok(note) = Note::parse(bytes) {
        assert_eq!(note.to_string().as_bytes(), bytes);
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let printed = [
        text.parse::<Hash>().map(|read| read.to_string()).ok(),
        text.parse::<Checkpoint>().map(|read| read.to_string()).ok(),
        text.parse::<TlogProof>().map(|read| read.to_string()).ok(),
        text.parse::<TilePath>().map(|read| read.to_string()).ok(),
        text.parse::<VerifierKey>()
            .map(|read| read.to_string())
            .ok(),
        text.parse::<SignerKey>()
            .map(|read| read.to_secret_text())
            .ok(),
    ];
    assert!(printed.into_iter().flatten().all(|again| again == text));
    let _ = SignedCheckpoint::open(text, &trust());
}

#[test]
fn good_examples_are_read() {
    for example in examples() {
        read_as_everything(&example);
    }
}

proptest! {
    #[test]
    fn arbitrary_bytes(bytes: Vec<u8>, text in "\\PC*\n?") {
        read_as_everything(&bytes);
        read_as_everything(text.as_bytes());
    }

    #[test]
    fn spoiled_examples(
        which: prop::sample::Index,
        spoils in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3), 1..4),
    ) {
        let examples = examples();
        let mut bytes = examples[which.index(examples.len())].clone();
        for (at, byte, how) in spoils {
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                _ => bytes.truncate(at.max(1)),
            }
        }
        read_as_everything(&bytes);
    }

    #[test]
    fn arbitrary_numbers(a: u64, b: u64, level: u8, data: Vec<u8>, hashes: Vec<[u8; 32]>) {
        let hashes: Vec<Hash> = hashes.into_iter().map(Hash::from_bytes).collect();
        let head = |size| TreeHead { size, root: leaf_hash(b"root") };
        prop_assert!(verify_inclusion(a, leaf_hash(b""), &hashes, head(b)).is_err());
        let _ = verify_consistency(head(a), head(b), &hashes);
        let _ = (tiles_for_inclusion(a, b), tiles_for_consistency(a, b), tiles_for_root(a));
        let _ = (TileId::in_tree(level, a, b), full_tiles_between(b, b.saturating_add(9)));
        let mut tiles = TileSet::default();
        let _ = tiles.insert(TileId { level, index: a, width: 1 }, &data);
        let _ = (tiles.inclusion_proof(a, b), tiles.consistency_proof(a, b), tiles.root(b));
    }

    #[test]
    fn an_audit_of_nonsense(
        rows in prop::collection::vec(any::<(u64, Vec<u8>, Option<Vec<u8>>)>(), 0..9),
        (level, index, size) in any::<(u8, u64, u64)>(),
        note in any::<String>(),
    ) {
        let mut auditor = Auditor::default();
        auditor.checkpoint(size, &note, &trust());
        for (idx, bytes, option) in &rows {
            let blob = option.as_deref();
            let items = [ItemRow { item: bytes, payload: blob, salt: blob }];
            let (idx, entry, leaf) = (*idx, bytes, bytes);
            let row = Row { idx, entry, leaf, payload: blob, salt: blob, items: &items };
            auditor.rows(vec![check_row(&row)]);
        }
        let mut tiles = auditor.head(Some(StoredHead { size, frontier: note.as_bytes() }));
        for (_, bytes, _) in &rows {
            tiles.tile(level, index, bytes);
        }
        let report = tiles.finish();
        prop_assert!(report.findings.iter().all(|finding| !finding.message().is_empty()));
    }
}
