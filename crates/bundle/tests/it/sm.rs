//! The second log in a bundle: both verifiers, T20, and `openssl` as VERIFY.md says.

use std::collections::BTreeMap;

use bundle::archive::Folder;
use bundle::case::{Case, Second};
use bundle::draft::Draft;
use bundle::examine::Trust;
use evidence::hash::{Hash, TreeHash, leaf_hash};
use evidence::proof::{inclusion_among, inclusion_among_by};
use evidence::sm::{SmSignerKey, origin_of};
use evidence::tlog_proof::TlogProof;
use evidence::tree::{TreeHead, mth_by};

use crate::by_hand::walked;
use crate::company::{Log, ORIGIN, policy, trust};
use crate::second::both_of;
use crate::tampering::repair;

fn key(secret: u8) -> SmSignerKey {
    SmSignerKey::from_secret(&origin_of(ORIGIN), &[secret; 32]).unwrap()
}

fn leaves(log: &Log) -> Vec<Hash> {
    let rows = log.rows.iter();
    rows.map(|row| TreeHash::Sm3.leaf(&row.entry)).collect()
}

/// All of a log's entries under one head, signed with this key.
fn second(log: &Log, case: &Case, key: &SmSignerKey) -> Second {
    let leaves = leaves(log);
    let size = leaves.len() as u64;
    let root = mth_by(TreeHash::Sm3, &leaves);
    let proofs = case.records.iter().map(|record| {
        let index = record.proof.index;
        let proof = inclusion_among_by(TreeHash::Sm3, &leaves, index).unwrap();
        (index, proof)
    });
    Second {
        key: key.verifier().unwrap(),
        size,
        checkpoint: key.sign(TreeHead { size, root }).unwrap(),
        proofs: proofs.collect(),
    }
}

fn case() -> Case {
    let log = Log::of(600, 200);
    let mut case = log.about_c0();
    case.sm = Some(second(&log, &case, &key(7)));
    case
}

fn sealed(case: &Case) -> Folder {
    Draft::of(case).unwrap().seal(None, None).unwrap()
}

fn knowing() -> Trust {
    Trust {
        policy: Some(policy().and_second(key(7).verifier().unwrap())),
        ..trust()
    }
}

#[test]
fn both_verifiers_follow_the_second_log_and_say_when_nobody_vouches_for_it() {
    let folder = sealed(&case());
    let (verdict, findings, ..) = both_of(&folder, &knowing());
    assert_eq!(verdict, "VALID", "{findings:?}");
    assert!(findings.iter().all(|(code, _)| !code.starts_with("sm.")));
    let (verdict, findings, ..) = both_of(&folder, &trust());
    assert_eq!(verdict, "VALID");
    assert!(findings.contains(&("sm.untrusted".to_owned(), "data/sm3/key.txt".to_owned())));
    let (verdict, ..) = both_of(&folder, &Trust::default());
    assert_eq!(verdict, "CONSISTENT-BUT-UNTRUSTED");
    // Equal input, equal bytes: SM2 signs by RFC 6979 here.
    assert_eq!(folder, sealed(&case()));
}

#[test]
fn the_steps_of_the_guide_hold_for_the_second_log() {
    let folder = sealed(&case());
    let said = walked(&folder, 8);
    assert!(!said.contains("FAILED"), "{said}");
    assert_eq!(said.matches("Signature Verified Successfully").count(), 3);
    assert_eq!(said.lines().filter(|line| *line == "OK").count(), 2);
    let mut forged = folder;
    let path = "data/sm3/checkpoints/600.txt";
    let text = forged.text(path).unwrap().replacen("\n600\n", "\n601\n", 1);
    forged.files.insert(path.to_owned(), text.into_bytes());
    assert!(
        walked(&forged, 8)
            .matches("Signature Verified Successfully")
            .count()
            < 3
    );
}

/// The proofs of this record in both logs, changed by the opponent, who also makes the list of
/// files anew.
fn changed(act: impl FnOnce(&mut BTreeMap<String, Vec<u8>>)) -> (String, Vec<String>) {
    let mut folder = sealed(&case());
    act(&mut folder.files);
    repair(&mut folder);
    let (verdict, findings, ..) = both_of(&folder, &knowing());
    let codes = findings.into_iter().map(|(code, _)| code);
    (
        verdict,
        codes
            .filter(|code| code.starts_with("sm.") || code.starts_with("file."))
            .collect(),
    )
}

const PROOF: &str = "data/sm3/proofs/000040.tlog-proof";
const HEAD: &str = "data/sm3/checkpoints/600.txt";

fn text(files: &BTreeMap<String, Vec<u8>>, path: &str) -> String {
    String::from_utf8(files[path].clone()).unwrap()
}

#[test]
fn t20_a_proof_of_the_first_log_proves_nothing_in_the_second() {
    let log = Log::of(600, 200);
    let first: Vec<Hash> = log.rows.iter().map(|row| leaf_hash(&row.entry)).collect();
    assert_eq!(first.len(), leaves(&log).len());
    let found = changed(|files| {
        let mut proof: TlogProof = text(files, PROOF).parse().unwrap();
        proof.hashes = inclusion_among(&first, 40).unwrap();
        files.insert(PROOF.to_owned(), proof.to_string().into_bytes());
    });
    assert_eq!(found, ("INVALID".to_owned(), vec!["sm.proof".to_owned()]));
    // Nor does the head of the first log stand for that of the second.
    let found = changed(|files| {
        let note = files["data/checkpoints/600.txt"].clone();
        files.insert(HEAD.to_owned(), note);
    });
    assert_eq!(found, ("INVALID".to_owned(), vec!["sm.form".to_owned()]));
}

#[test]
fn whatever_is_changed_in_the_second_log_is_seen_by_both() {
    let invalid = |found: (String, Vec<String>), code: &str| {
        assert_eq!(found, ("INVALID".to_owned(), vec![code.to_owned()]));
    };
    // The proof of one record under the name of another.
    let found = changed(|files| {
        let other = files["data/sm3/proofs/000080.tlog-proof"].clone();
        files.insert(PROOF.to_owned(), other);
    });
    invalid(found, "sm.proof");
    let found = changed(|files| drop(files.insert(PROOF.to_owned(), b"x\n".to_vec())));
    invalid(found, "sm.form");
    // A bit of the signature; the proofs still name the head as it was, so they are not reached.
    let found = changed(|files| {
        let note = text(files, HEAD);
        let line = note.trim_end().rsplit(' ').next().unwrap().to_owned();
        let mut blob = evidence::strict_base64::decode(&line).unwrap();
        blob[20] ^= 1;
        let note = note.replace(&line, &evidence::strict_base64::encode(&blob));
        files.insert(HEAD.to_owned(), note.into_bytes());
    });
    invalid(found, "sm.signature");
    // The opponent's own key, and everything signed anew with it.
    let log = Log::of(600, 200);
    let mut mine = log.about_c0();
    mine.sm = Some(second(&log, &mine, &key(8)));
    let (verdict, findings, ..) = both_of(&sealed(&mine), &knowing());
    assert_eq!(verdict, "INVALID");
    assert!(
        findings.iter().any(|(code, _)| code == "sm.unknown"),
        "{findings:?}"
    );
    let found = changed(|files| {
        let pem = key(8).verifier().unwrap().to_pem();
        files.insert("data/sm3/key.pub.pem".to_owned(), pem.into_bytes());
    });
    invalid(found, "sm.form");
    let found = changed(|files| {
        let key = text(files, "data/sm3/key.txt").replace("/sm3+", "/sm4+");
        files.insert("data/sm3/key.txt".to_owned(), key.into_bytes());
    });
    invalid(found, "sm.form");
    let found = changed(|files| drop(files.remove(PROOF)));
    assert_eq!(
        found,
        ("INCOMPLETE".to_owned(), vec!["file.missing".to_owned()])
    );
    let found = changed(|files| {
        files.insert("data/sm3/more.txt".to_owned(), Vec::new());
    });
    invalid(found, "file.unexpected");
}

/// Taken out as a whole it leaves the first log whole; who was told of it notices.
#[test]
fn a_second_log_that_was_taken_out_is_missed() {
    let mut bare = case();
    bare.sm = None;
    let folder = sealed(&bare);
    let (verdict, findings, ..) = both_of(&folder, &knowing());
    assert_eq!(verdict, "INCOMPLETE");
    assert!(findings.contains(&("sm.missing".to_owned(), origin_of(ORIGIN))));
    assert_eq!(both_of(&folder, &trust()).0, "VALID");
    // A member of the index that says nothing is no second spelling of a bundle without one.
    let mut folder = folder;
    let index = folder.text("data/index.json").unwrap();
    let index = index.replacen("\"subjects\":", "\"sm\":null,\"subjects\":", 1);
    folder
        .files
        .insert("data/index.json".to_owned(), index.into_bytes());
    repair(&mut folder);
    let (verdict, findings, ..) = both_of(&folder, &trust());
    assert_eq!(
        (verdict.as_str(), findings[0].0.as_str()),
        ("INVALID", "index.form")
    );
}
