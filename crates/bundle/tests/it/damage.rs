//! What an opponent does to a good bundle, one line each: the act, whether the manifests are made
//! anew afterwards, and what both verifiers must say.

use bundle::archive::Folder;
use evidence::cosigner::CosignerKey;
use evidence::file_digest::FileDigest;
use evidence::hash::leaf_hash;
use evidence::key::SignerKey;
use evidence::note::Note;
use evidence::tlog_proof::TlogProof;
use serde_json::Value;

use crate::company::{NOW, ORIGIN, cosign, log_key};

pub(crate) type Act = fn(&mut Folder);

/// What is done, whether the manifests are made anew, and what both must say.
pub(crate) const DAMAGE: &[(&str, Act, bool, &str, &str)] = &[
    // T01: one bit in each class of bytes, first plainly, then with the digests put right.
    (
        "T01",
        |f| flip(f, "data/records/000040.json"),
        false,
        "INVALID",
        "bag.digest",
    ),
    (
        "T01",
        |f| flip(f, "data/records/000040.json"),
        true,
        "INVALID",
        "record.leaf",
    ),
    (
        "T01",
        |f| flip(f, "data/records/000040.payload.json"),
        true,
        "INVALID",
        "record.payload",
    ),
    (
        "T01",
        |f| flip(f, "data/records/000040.salt"),
        true,
        "INVALID",
        "record.payload",
    ),
    (
        "T01",
        |f| edit(f, "data/records/000040.salt", |s| s.truncate(31)),
        true,
        "INVALID",
        "record.salt",
    ),
    ("T01", other_item, true, "INVALID", "item.proof"),
    (
        "T01",
        |f| flip(f, "data/records/000500.item-000000.payload.json"),
        true,
        "INVALID",
        "item.payload",
    ),
    (
        "T01",
        |f| flip(f, "data/records/000500.item-000000.salt"),
        true,
        "INVALID",
        "item.payload",
    ),
    (
        "T01",
        |f| flip(f, "data/proofs/000500.item-000000.txt"),
        true,
        "INVALID",
        "item.proof",
    ),
    (
        "T01",
        |f| flip(f, "data/documents/LZ2026-0001-QR1.pdf"),
        true,
        "INVALID",
        "document.digest",
    ),
    // T03: a record taken out; T16 hides the traces too.
    (
        "T03",
        |f| drop(f.files.remove("data/records/000040.json")),
        false,
        "INCOMPLETE",
        "file.missing",
    ),
    (
        "T03",
        |f| drop(f.files.remove("data/proofs/000040.tlog-proof")),
        true,
        "INCOMPLETE",
        "file.missing",
    ),
    (
        "T03",
        |f| drop(f.files.remove("data/checkpoints/400.txt")),
        true,
        "INCOMPLETE",
        "file.missing",
    ),
    (
        "T03",
        |f| drop(f.files.remove("data/consistency/200-400.txt")),
        true,
        "INCOMPLETE",
        "file.missing",
    ),
    // T10: a proof for another record, another index, a hash less, more, swapped, another root.
    (
        "T10",
        |f| change_proof(f, 40, |p| p.index = 41),
        true,
        "INVALID",
        "proof.index",
    ),
    (
        "T10",
        |f| {
            let p = proof_of(f, 80);
            change_proof(f, 40, |q| *q = p)
        },
        true,
        "INVALID",
        "proof.index",
    ),
    (
        "T10",
        |f| {
            let p = proof_of(f, 80);
            change_proof(f, 40, |q| q.hashes = p.hashes)
        },
        true,
        "INVALID",
        "proof.path",
    ),
    (
        "T10",
        |f| change_proof(f, 40, |p| p.hashes.truncate(1)),
        true,
        "INVALID",
        "proof.path",
    ),
    (
        "T10",
        |f| change_proof(f, 40, |p| p.hashes.push(leaf_hash(b""))),
        true,
        "INVALID",
        "proof.path",
    ),
    (
        "T10",
        |f| change_proof(f, 40, |p| p.hashes.swap(0, 1)),
        true,
        "INVALID",
        "proof.path",
    ),
    (
        "T10",
        |f| {
            let p = proof_of(f, 280);
            change_proof(f, 40, |q| q.checkpoint = p.checkpoint)
        },
        true,
        "INVALID",
        "proof.path",
    ),
    ("T10", rename_record, true, "INVALID", "record.number"),
    // T11: a log of another name, a key of another owner.
    (
        "T11",
        |f| change_note(f, 400, |n| of_origin(n, "baton.example.cn/log/other")),
        true,
        "INVALID",
        "checkpoint.origin",
    ),
    (
        "T11",
        |f| change_note(f, 400, by_another_key),
        true,
        "INVALID",
        "checkpoint.unsigned",
    ),
    (
        "T11",
        |f| change_index(f, |i| i["origin"] = "baton.example.cn/log/other".into()),
        true,
        "INVALID",
        "log.unknown",
    ),
    (
        "T11",
        |f| replace(f, "data/checkpoints/400.txt", "\n400\n", "\n401\n"),
        true,
        "INVALID",
        "checkpoint.signature",
    ),
    // T12: times and keys of witnesses.
    (
        "T12",
        |f| change_note(f, 1000, |n| seen_at(n, NOW + 301)),
        true,
        "VALID-UNWITNESSED",
        "cosignature.future",
    ),
    (
        "T12",
        |f| change_note(f, 1000, by_another_witness),
        true,
        "VALID-UNWITNESSED",
        "quorum.unmet",
    ),
    (
        "T12",
        |f| change_note(f, 1000, |n| unwitnessed(n).to_string()),
        true,
        "VALID-UNWITNESSED",
        "quorum.unmet",
    ),
    (
        "T12",
        |f| {
            let n = note(f, 800);
            change_note(f, 1000, |m| with_cosignature_of(m, &n))
        },
        true,
        "INVALID",
        "checkpoint.signature",
    ),
    // T15: the bag, and texts that are almost right.
    (
        "T15",
        |f| drop_line(f, "data/records/000040.json"),
        false,
        "INVALID",
        "bag.unlisted",
    ),
    (
        "T15",
        |f| drop(f.files.insert("data/records/more.json".into(), vec![1])),
        false,
        "INVALID",
        "bag.unlisted",
    ),
    (
        "T15",
        |f| drop(f.files.insert("data/records/more.json".into(), vec![1])),
        true,
        "INVALID",
        "file.unexpected",
    ),
    (
        "T15",
        |f| drop(f.files.insert("run-me.sh".into(), vec![1])),
        true,
        "INVALID",
        "file.unexpected",
    ),
    (
        "T15",
        |f| rename(f, "data/records/000040.salt", "data/records/000041.salt"),
        false,
        "INVALID",
        "bag.unlisted",
    ),
    (
        "T15",
        |f| rename(f, "data/records/000040.salt", "data/records/000041.salt"),
        true,
        "INVALID",
        "file.unexpected",
    ),
    (
        "T15",
        |f| replace(f, "bag-info.txt", "Payload-Oxum: ", "Payload-Oxum: 1"),
        false,
        "INVALID",
        "bag.count",
    ),
    (
        "T15",
        |f| replace(f, "bagit.txt", "\n", "\r\n"),
        false,
        "INVALID",
        "bag.form",
    ),
    (
        "T15",
        |f| replace(f, "data/checkpoints/400.txt", "400\n", "400\r\n"),
        true,
        "INVALID",
        "checkpoint.form",
    ),
    (
        "T15",
        |f| {
            edit(f, "data/checkpoints/400.txt", |c| {
                drop(c.splice(0..0, [0xef, 0xbb, 0xbf]))
            })
        },
        true,
        "INVALID",
        "checkpoint.signature",
    ),
    (
        "T15",
        |f| {
            edit(f, "data/index.json", |c| {
                drop(c.splice(0..0, [0xef, 0xbb, 0xbf]))
            })
        },
        true,
        "INVALID",
        "index.form",
    ),
    (
        "T15",
        |f| edit(f, "data/index.json", |c| c.push(b'\n')),
        true,
        "INVALID",
        "index.form",
    ),
    (
        "T15",
        |f| edit(f, "data/proofs/000040.tlog-proof", loose_padding),
        true,
        "INVALID",
        "proof.form",
    ),
    (
        "T15",
        |f| edit(f, "data/checkpoints/400.txt", loose_padding),
        true,
        "INVALID",
        "checkpoint.signature",
    ),
    (
        "T15",
        |f| edit(f, "data/consistency/200-400.txt", loose_padding),
        true,
        "INVALID",
        "consistency.form",
    ),
    (
        "T15",
        |f| flip(f, "data/keys/log.vkey"),
        true,
        "INVALID",
        "key.form",
    ),
    (
        "T15",
        |f| flip(f, "data/keys/log.pub.pem"),
        true,
        "INVALID",
        "key.form",
    ),
    // T16: a record left out of a customer's chain, with every trace of it.
    (
        "T16",
        |f| drop_record(f, 280),
        true,
        "INCOMPLETE",
        "INCOMPLETE-CHAIN",
    ),
    (
        "T16",
        |f| drop_record(f, 0),
        true,
        "INCOMPLETE",
        "INCOMPLETE-CHAIN",
    ),
    (
        "T16",
        |f| drop_record(f, 500),
        true,
        "INCOMPLETE",
        "INCOMPLETE-CHAIN",
    ),
    // A document that no record speaks of.
    ("T14", add_document, true, "INVALID", "document.unproved"),
];

fn note(folder: &Folder, size: u64) -> Note {
    folder
        .text(&bundle::layout::checkpoint(size))
        .unwrap()
        .parse()
        .unwrap()
}

/// Record 80 under the number of record 40.
fn rename_record(folder: &mut Folder) {
    let other = folder.files["data/records/000080.json"].clone();
    folder
        .files
        .insert("data/records/000040.json".to_owned(), other);
}

fn other_item(folder: &mut Folder) {
    let path = "data/records/000500.item-000000.json";
    replace(folder, path, "customer/c0", "customer/c1");
}

fn rename(folder: &mut Folder, from: &str, to: &str) {
    let content = folder.files.remove(from).unwrap();
    folder.files.insert(to.to_owned(), content);
}

fn drop_line(folder: &mut Folder, path: &str) {
    for list in ["manifest-sha256.txt", "tagmanifest-sha256.txt"] {
        edit(folder, list, |content| {
            let text = String::from_utf8(content.clone()).unwrap();
            let kept = text.lines().filter(|line| !line.ends_with(path));
            *content = kept
                .map(|line| format!("{line}\n"))
                .collect::<String>()
                .into();
        });
    }
    // The list of lists, so that the missing line alone is what is found.
    let digest = FileDigest::sha256(&folder.files["manifest-sha256.txt"]);
    edit(folder, "tagmanifest-sha256.txt", |content| {
        let text = String::from_utf8(content.clone()).unwrap();
        let lines = text.lines().map(|line| match line.split_once("  ") {
            Some((_, "manifest-sha256.txt")) => format!("{digest}  manifest-sha256.txt\n"),
            _ => format!("{line}\n"),
        });
        *content = lines.collect::<String>().into();
    });
}

/// Sets the bits that padding leaves unused in the first line that has any.
fn loose_padding(content: &mut Vec<u8>) {
    let text = String::from_utf8(content.clone()).unwrap();
    let line = text
        .lines()
        .find(|line| line.ends_with('=') && line.len() == 44)
        .unwrap();
    let last = line.as_bytes()[42];
    // A digit of four bits' use: its successor in the alphabet differs in the unused ones alone.
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let place = alphabet.iter().position(|digit| *digit == last).unwrap();
    let loose = format!("{}{}=", &line[..42], char::from(alphabet[place + 1]));
    *content = text.replacen(line, &loose, 1).into_bytes();
}

fn of_origin(note: &Note, origin: &str) -> String {
    let text = note.text().replacen(ORIGIN, origin, 1);
    // Signed by the right key, for it may sign whatever its holder wants.
    Note::sign(&text, &[&log_key()]).unwrap().to_string()
}

fn by_another_key(note: &Note) -> String {
    let key = SignerKey::from_seed(ORIGIN, &[7; 32]).unwrap();
    Note::sign(note.text(), &[&key]).unwrap().to_string()
}

fn by_another_witness(note: &Note) -> String {
    let key = CosignerKey::from_seed("witness.example.cn/nobody", &[8; 32]).unwrap();
    let mut signed = unwitnessed(note);
    signed.add(key.cosign(note.text(), NOW - 100));
    signed.to_string()
}

fn seen_at(note: &Note, seconds: u64) -> String {
    let mut signed = unwitnessed(note);
    cosign(&mut signed, seconds);
    signed.to_string()
}

fn with_cosignature_of(note: &Note, other: &Note) -> String {
    let mut signed = unwitnessed(note);
    signed.add(other.signatures()[1].clone());
    signed.to_string()
}

fn add_document(folder: &mut Folder) {
    let content = b"%PDF-1.7 forged".to_vec();
    let sha256 = FileDigest::sha256(&content).to_string();
    folder
        .files
        .insert("data/documents/AA.pdf".to_owned(), content);
    change_index(folder, |index| {
        let line = serde_json::json!({ "file": "AA.pdf", "record": 240, "sha256": sha256 });
        index["documents"].as_array_mut().unwrap().insert(0, line);
    });
}

fn edit(folder: &mut Folder, path: &str, act: impl FnOnce(&mut Vec<u8>)) {
    act(folder.files.get_mut(path).unwrap());
}

fn replace(folder: &mut Folder, path: &str, from: &str, to: &str) {
    edit(folder, path, |content| {
        let text = String::from_utf8(content.clone()).unwrap();
        assert!(text.contains(from), "{path} holds no {from}");
        *content = text.replacen(from, to, 1).into_bytes();
    });
}

fn flip(folder: &mut Folder, path: &str) {
    edit(folder, path, |content| {
        let middle = content.len() / 2;
        content[middle] ^= 1;
    });
}

fn proof_of(folder: &Folder, index: u64) -> TlogProof {
    folder
        .text(&bundle::layout::proof(index))
        .unwrap()
        .parse()
        .unwrap()
}

pub(crate) fn change_proof(folder: &mut Folder, index: u64, act: impl FnOnce(&mut TlogProof)) {
    let mut proof = proof_of(folder, index);
    act(&mut proof);
    let path = bundle::layout::proof(index);
    folder.files.insert(path, proof.to_string().into_bytes());
}

/// Puts another text in place of a checkpoint, everywhere.
pub(crate) fn change_note(folder: &mut Folder, size: u64, act: impl FnOnce(&Note) -> String) {
    let old = folder
        .text(&bundle::layout::checkpoint(size))
        .unwrap()
        .to_owned();
    let new = act(&old.parse().unwrap());
    for content in folder.files.values_mut() {
        if let Ok(text) = std::str::from_utf8(content) {
            *content = text.replace(&old, &new).into_bytes();
        }
    }
}

fn change_index(folder: &mut Folder, act: impl FnOnce(&mut Value)) {
    edit(folder, "data/index.json", |content| {
        let mut index = serde_json::from_slice(content).unwrap();
        act(&mut index);
        *content = evidence::json::canonical(&index).unwrap();
    });
}

fn drop_record(folder: &mut Folder, index: u64) {
    let name = format!("/{index:06}.");
    folder.files.retain(|path, _| !path.contains(&name));
    change_index(folder, |value| {
        let records = value["records"].as_array_mut().unwrap();
        records.retain(|record| record["index"] != index);
    });
}

/// A note with the log's signature alone.
pub(crate) fn unwitnessed(note: &Note) -> Note {
    Note::sign(note.text(), &[&log_key()]).unwrap()
}
