//! What a database administrator might do to the log, and what the audit says to it.

use std::collections::BTreeMap;

use evidence::audit::Fault;
use evidence::checkpoint::{Checkpoint, SignedCheckpoint};
use evidence::entry::Entry;
use evidence::hash::{Hash, leaf_hash};
use evidence::items::{Item, ItemTree, ItemsRoot};
use evidence::proof::{inclusion_among, verify_inclusion};
use evidence::tree::{Frontier, TreeHead};
use evidence::verdict::Verdict;

use crate::ledger::{BULK, Ledger, ORIGIN, StoredRow, bulk_payload, signer, trust};

fn log() -> Ledger {
    Ledger::of(1_000, 200)
}

fn flip(bytes: &mut [u8]) {
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
}

/// Verdict and findings as (table, place, code).
fn found(ledger: &Ledger) -> (Verdict, Vec<Place>) {
    let report = ledger.audit();
    for finding in &report.findings {
        let said = finding.message();
        let place = match &finding.fault {
            Fault::Truncated { signed } => *signed,
            _ => finding.at,
        };
        assert!(said.contains(&place.to_string()), "{said} names {place}");
    }
    let findings = report
        .findings
        .iter()
        .map(|f| (f.table(), f.at, f.code()))
        .collect();
    (report.verdict, findings)
}

#[test]
fn an_honest_log_is_valid() {
    let ledger = log();
    let report = ledger.audit();
    assert_eq!(
        (report.verdict, report.findings.as_slice()),
        (Verdict::Valid, &[][..])
    );
    assert_eq!((report.last_good, report.head.size), (Some(1_000), 1_000));
    assert!(report.erased.is_empty());
    let signed = SignedCheckpoint::open(&ledger.checkpoints[&1_000], &trust()).unwrap();
    assert_eq!(signed.checkpoint.head, report.head);
}

type Act = fn(&mut Ledger);
type Place = (&'static str, u64, &'static str);

const DAMAGE: &[(Act, Place)] = &[
    (
        |log| flip(log.rows[77].payload.as_mut().unwrap()),
        ("log_entry", 77, "log.payload"),
    ),
    (
        |log| flip(log.rows[77].salt.as_mut().unwrap()),
        ("log_entry", 77, "log.payload"),
    ),
    (
        |log| log.rows[77].salt = None,
        ("log_entry", 77, "log.salt"),
    ),
    (
        |log| flip(&mut log.rows[77].entry),
        ("log_entry", 77, "log.leaf"),
    ),
    (
        |log| flip(&mut log.rows[77].leaf),
        ("log_entry", 77, "log.leaf"),
    ),
    (
        |log| log.rows[77].leaf.truncate(31),
        ("log_entry", 77, "log.leaf"),
    ),
    (
        |log| flip(&mut log.rows[BULK].items[3].item),
        ("log_item", 500, "log.items"),
    ),
    (
        |log| drop(log.rows[BULK].items.pop()),
        ("log_item", 500, "log.items"),
    ),
    (
        |log| log.rows[BULK].payload = None,
        ("log_item", 500, "log.items"),
    ),
    (
        |log| log.rows[BULK].items.clear(),
        ("log_item", 500, "log.items"),
    ),
    (
        |log| log.rows[77].items = log.rows[BULK].items.clone(),
        ("log_item", 77, "log.items"),
    ),
    (
        |log| flip(log.rows[BULK].items[3].payload.as_mut().unwrap()),
        ("log_item", 500, "log.item"),
    ),
    (
        |log| log.rows[BULK].items[3].salt = None,
        ("log_item", 500, "log.item"),
    ),
    (
        |log| log.size ^= 1 << 9,
        ("log_head", 488, "log.head_behind"),
    ),
    (|log| log.size ^= 1 << 10, ("log_entry", 1_000, "log.gap")),
    (
        |log| flip_note(log, 600),
        ("log_checkpoint", 600, "log.checkpoint"),
    ),
    (
        |log| move_note(log, 600, 601),
        ("log_checkpoint", 601, "log.checkpoint_size"),
    ),
];

/// T01: one bit, or a little more, in each class of bytes.
#[test]
fn damage_is_found_and_named() {
    for (act, expected) in DAMAGE {
        let mut ledger = log();
        act(&mut ledger);
        let (verdict, findings) = found(&ledger);
        assert_eq!(verdict, Verdict::Invalid, "{expected:?}");
        assert!(findings.contains(expected), "{expected:?}: {findings:?}");
    }
}

fn flip_note(log: &mut Ledger, size: u64) {
    let note = log.checkpoints.get_mut(&size).unwrap();
    *note = note.replacen("log/main\n600", "log/main\n601", 1);
}

fn move_note(log: &mut Ledger, from: u64, to: u64) {
    let note = log.checkpoints.remove(&from).unwrap();
    log.checkpoints.insert(to, note);
}

/// T01 for every byte of an entry: whichever bit is flipped, it is found at this entry.
#[test]
fn no_byte_of_an_entry_can_be_changed() {
    let honest = Ledger::of(10, 5);
    let length = honest.rows[6].entry.len();
    for at in 0..length {
        let mut ledger = honest.clone();
        ledger.rows[6].entry[at] ^= 1 << (at % 8);
        let (verdict, findings) = found(&ledger);
        assert_eq!(verdict, Verdict::Invalid, "byte {at}");
        assert!(
            findings.contains(&("log_entry", 6, "log.leaf")),
            "byte {at}"
        );
        assert!(
            findings.contains(&("log_checkpoint", 10, "log.root")),
            "byte {at}"
        );
        // With leaf, tiles and head put right as well, the signed root still tells.
        ledger.derive(&[]);
        let (verdict, findings) = found(&ledger);
        assert_eq!(verdict, Verdict::Invalid, "byte {at}");
        assert!(
            findings.contains(&("log_checkpoint", 10, "log.root")),
            "byte {at}"
        );
    }
}

/// T01: tiles and frontier alone are derived data, and can be computed anew.
#[test]
fn derived_data_is_told_apart_and_repairable() {
    let acts: &[(Act, Place)] = &[
        (
            |log| flip(log.tiles.get_mut(&(0, 2)).unwrap()),
            ("log_tile", 2, "log.tile"),
        ),
        (
            |log| flip(log.tiles.get_mut(&(0, 3)).unwrap()),
            ("log_tile", 3, "log.tile"),
        ),
        (
            |log| flip(log.tiles.get_mut(&(1, 0)).unwrap()),
            ("log_tile", 0, "log.tile"),
        ),
        (
            |log| log.tiles.get_mut(&(0, 0)).unwrap().truncate(100),
            ("log_tile", 0, "log.tile"),
        ),
        (
            |log| drop(log.tiles.insert((0, 9), vec![0; 8_192])),
            ("log_tile", 9, "log.tile"),
        ),
        (
            |log| drop(log.tiles.insert((7, 0), vec![0; 32])),
            ("log_tile", 0, "log.tile"),
        ),
        (
            |log| drop(log.tiles.remove(&(0, 1))),
            ("log_tile", 1, "log.tile_missing"),
        ),
        (
            |log| flip(&mut log.frontier),
            ("log_head", 1_000, "log.frontier"),
        ),
    ];
    for (act, expected) in acts {
        let mut ledger = log();
        act(&mut ledger);
        assert_eq!(found(&ledger), (Verdict::DerivedData, vec![*expected]));
        ledger.derive(&[]);
        assert_eq!(found(&ledger), (Verdict::Valid, vec![]));
    }
}

/// A store may leave out the tiles that still grow.
#[test]
fn growing_tiles_need_not_be_stored() {
    let mut ledger = log();
    ledger.tiles.remove(&(0, 3));
    ledger.tiles.remove(&(1, 0));
    assert_eq!(ledger.audit().verdict, Verdict::Valid);
}

/// T03: a row deleted, at the edges of tiles and of the log.
#[test]
fn a_deleted_row_is_a_gap() {
    for k in [0, 255, 256, 999] {
        let mut ledger = log();
        ledger.rows.remove(usize::try_from(k).unwrap());
        let (verdict, findings) = found(&ledger);
        assert_eq!(verdict, Verdict::Invalid);
        assert_eq!(findings[0], ("log_entry", k, "log.gap"), "{findings:?}");
        assert!(findings.iter().all(|finding| finding.0 != "log_tile"));
    }
    let mut ledger = log();
    ledger.rows[3].idx = u64::MAX;
    assert_eq!(found(&ledger).1[0], ("log_entry", 3, "log.gap"));
    let mut ledger = log();
    ledger.rows.clear();
    assert_eq!(found(&ledger).1[0], ("log_entry", 0, "log.gap"));
    ledger.size = 0;
    ledger.frontier.clear();
    ledger.tiles.clear();
    assert_eq!(
        found(&ledger),
        (Verdict::Invalid, vec![("log_head", 0, "log.truncated")])
    );
}

/// T04: a row deleted, everything behind it renumbered, relinked and recomputed.
#[test]
fn renumbering_does_not_hide_a_deletion() {
    for k in [0_usize, 255, 256, 999] {
        let mut ledger = log();
        remove_and_relink(&mut ledger, k);
        ledger.derive(&[]);
        let (verdict, findings) = found(&ledger);
        assert_eq!(verdict, Verdict::Invalid);
        let first = u64::try_from(k).unwrap() / 200 * 200 + 200;
        let expected = if first < 1_000 {
            vec![
                ("log_checkpoint", first, "log.root"),
                ("log_head", 999, "log.truncated"),
            ]
        } else {
            vec![("log_head", 999, "log.truncated")]
        };
        assert_eq!(findings, expected);
        assert_eq!(
            ledger.audit().last_good,
            (first > 200).then_some(first - 200)
        );
    }
}

fn remove_and_relink(ledger: &mut Ledger, k: usize) {
    let mut last = BTreeMap::new();
    ledger.rows.remove(k);
    for (idx, row) in (0..).zip(&mut ledger.rows) {
        let mut entry = Entry::from_bytes(&row.entry).unwrap();
        (row.idx, entry.seq) = (idx, idx);
        entry.prev = last.get(&entry.subject[0]).copied();
        relink_items(row, &mut entry, &last);
        row.entry = entry.to_bytes().unwrap();
        let leaf = leaf_hash(&row.entry);
        for item in &row.items {
            let item = Item::from_bytes(&item.item).unwrap();
            last.insert(item.subject, leaf);
        }
        last.insert(entry.subject.remove(0), leaf);
    }
}

fn relink_items(row: &mut StoredRow, entry: &mut Entry, last: &BTreeMap<String, Hash>) {
    if row.items.is_empty() {
        return;
    }
    for stored in &mut row.items {
        let mut item = Item::from_bytes(&stored.item).unwrap();
        item.prev = last.get(&item.subject).copied();
        stored.item = item.to_bytes().unwrap();
    }
    let payload = bulk_payload(&row.items);
    let salt = row.salt.as_deref().unwrap().try_into().unwrap();
    entry.commit = evidence::commitment::commit(&salt, payload.as_bytes());
    row.payload = Some(payload.into_bytes());
}

/// T05 without an anchor is undetectable by the log alone, which the design admits; with one it is
/// found: the signer's memory or a receipt that somebody kept.
#[test]
fn a_rewritten_and_resigned_log_is_caught_by_an_anchor() {
    let mut ledger = log();
    let receipt = SignedCheckpoint::open(&ledger.checkpoints[&400], &trust()).unwrap();
    remove_and_relink(&mut ledger, 300);
    ledger.checkpoints.clear();
    ledger.derive(&[200, 400, 600, 800]);
    assert_eq!(found(&ledger), (Verdict::Valid, vec![]));
    ledger.anchors.push(receipt.checkpoint.head);
    assert_eq!(
        found(&ledger),
        (
            Verdict::Invalid,
            vec![("log_anchor", 400, "log.split_view")]
        )
    );
}

/// T06, T08: an older or shortened log, with its head put right.
#[test]
fn a_shortened_log_is_shorter_than_what_was_signed() {
    let mut ledger = log();
    ledger.rows.truncate(990);
    ledger.derive(&[]);
    assert_eq!(
        found(&ledger),
        (Verdict::Invalid, vec![("log_head", 990, "log.truncated")])
    );
    // The larger checkpoint removed as well: only what is known outside tells.
    let last = SignedCheckpoint::open(&ledger.checkpoints.remove(&1_000).unwrap(), &trust());
    assert_eq!(found(&ledger).0, Verdict::Valid);
    ledger.anchors.push(last.unwrap().checkpoint.head);
    assert_eq!(
        found(&ledger),
        (Verdict::Invalid, vec![("log_head", 990, "log.truncated")])
    );
}

/// T09: two signed heads of one size with two roots.
#[test]
fn two_signed_heads_of_one_size_are_a_split_view() {
    let mut ledger = log();
    let other = TreeHead {
        size: 600,
        root: leaf_hash(b"other"),
    };
    ledger.anchors.push(other);
    assert_eq!(
        found(&ledger),
        (
            Verdict::Invalid,
            vec![("log_anchor", 600, "log.split_view")]
        )
    );
}

/// T10: proofs of one record shown for another, of another size, in another order.
#[test]
fn a_proof_proves_one_record_in_one_tree() {
    let ledger = log();
    let leaves: Vec<Hash> = ledger
        .rows
        .iter()
        .map(|row| leaf_hash(&row.entry))
        .collect();
    let head = |size: usize| {
        let mut frontier = Frontier::default();
        leaves[..size]
            .iter()
            .for_each(|leaf| drop(frontier.push(*leaf)));
        frontier.head()
    };
    let (before, now) = (head(800), head(1_000));
    let proof = inclusion_among(&leaves, 123).unwrap();
    assert!(verify_inclusion(123, leaves[123], &proof, now).is_ok());
    for other in (0..1_000).filter(|other| *other != 123) {
        let leaf = leaves[usize::try_from(other).unwrap()];
        assert!(verify_inclusion(123, leaf, &proof, now).is_err());
        assert!(verify_inclusion(other, leaf, &proof, now).is_err());
        assert!(verify_inclusion(other, leaves[123], &proof, now).is_err());
    }
    let mut swapped = proof.clone();
    swapped.swap(2, 3);
    for wrong in [
        &proof[1..],
        &proof[..9],
        &swapped,
        &[&proof[..], &proof[..1]].concat(),
    ] {
        assert!(verify_inclusion(123, leaves[123], wrong, now).is_err());
    }
    assert!(verify_inclusion(123, leaves[123], &proof, before).is_err());
}

/// T11: the checkpoint of another tenant's log, though signed by a key we know.
#[test]
fn a_checkpoint_of_another_log_does_not_count() {
    let mut ledger = log();
    let head = ledger.audit().head;
    let other = Checkpoint::new("baton.example.cn/log/other", head)
        .sign(&signer())
        .unwrap();
    ledger.checkpoints.insert(1_000, other.to_string());
    assert_eq!(
        found(&ledger).1,
        [("log_checkpoint", 1_000, "log.checkpoint")]
    );
    assert!(ORIGIN != "baton.example.cn/log/other");
}

/// T16: a record left out of a customer's chain.
#[test]
fn a_record_that_skips_its_predecessor_is_found() {
    let mut ledger = log();
    let mut entry = Entry::from_bytes(&ledger.rows[900].entry).unwrap();
    let skipped = entry.prev.unwrap();
    entry.prev = Entry::from_bytes(&ledger.rows[860].entry).unwrap().prev;
    ledger.rows[900].entry = entry.to_bytes().unwrap();
    ledger.checkpoints.clear();
    ledger.derive(&[1_000]);
    let (_, findings) = found(&ledger);
    assert_eq!(findings[0], ("log_entry", 900, "log.chain"));
    let said = ledger.audit().findings[0].message();
    assert!(
        said.contains(&skipped.to_string()),
        "{said} names the missing leaf"
    );
}

/// T19: an erased payload leaves the log valid, and is said.
#[test]
fn an_erased_payload_is_no_damage() {
    let mut ledger = log();
    ledger.rows[41].payload = None;
    ledger.rows[42].payload = None;
    ledger.rows[42].salt = None;
    ledger.rows[BULK].items[7].payload = None;
    let report = ledger.audit();
    assert_eq!(report.verdict, Verdict::Valid);
    assert_eq!(report.erased, [41, 42, 500]);
}

/// One customer's part of a bulk act, shown to him alone.
#[test]
fn an_item_is_proved_without_the_others() {
    let ledger = log();
    let row = &ledger.rows[BULK];
    let root = ItemsRoot::of_payload(row.payload.as_ref().unwrap()).unwrap();
    assert_eq!(root.count(), 20);
    let tree = ItemTree::over_bytes(row.items.iter().map(|item| item.item.as_slice()));
    for (n, stored) in (0..).zip(&row.items) {
        let proof = tree.proof(n).unwrap();
        let item = root.verify(&stored.item, &proof).unwrap();
        assert_eq!(item.subject, format!("customer/c{}", n * 2));
        let other = &row.items[usize::try_from((n + 1) % 20).unwrap()].item;
        assert!(root.verify(other, &proof).is_err());
    }
    assert!(tree.proof(20).is_err());
}

/// A thousand findings are enough to read.
#[test]
fn findings_are_listed_up_to_a_thousand() {
    let mut ledger = Ledger::of(1_200, 200);
    ledger.rows.iter_mut().for_each(|row| flip(&mut row.leaf));
    let report = ledger.audit();
    assert_eq!((report.findings.len(), report.unlisted), (1_000, 200));
}
