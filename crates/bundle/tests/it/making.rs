//! Making a bundle: the same bytes each time, no more about people than the proof needs.

use std::collections::BTreeMap;

use bundle::archive;
use bundle::case::Content;
use bundle::choice::Choice;
use bundle::draft::{Draft, DraftError};
use bundle::receipt;
use evidence::hash::leaf_hash;
use evidence::verdict::Verdict;

use crate::company::{BULK, Log, NOW, policy, salt};
use crate::seals;

fn log() -> Log {
    Log::of(600, 200)
}

#[test]
fn equal_input_gives_equal_bytes() {
    let bytes = |reversed: bool| {
        let mut case = log().about_c0();
        if reversed {
            case.records.reverse();
            case.subjects.push("customer/c0".to_owned());
        }
        let folder = Draft::of(&case).unwrap().seal(None, None).unwrap();
        archive::write(&folder).unwrap()
    };
    assert_eq!(bytes(false), bytes(false));
    assert_eq!(bytes(false), bytes(true));
}

#[test]
fn what_is_signed_is_the_manifest_and_the_slots_are_listed() {
    let draft = Draft::of(&log().about_c0()).unwrap();
    let manifest = draft.manifest().to_vec();
    let (signature, token) = (seals::sign(&manifest), seals::stamp(&manifest, NOW));
    let folder = draft.seal(Some(signature), Some(token)).unwrap();
    assert_eq!(folder.files["manifest-sha256.txt"], manifest);
    let tags = folder.text("tagmanifest-sha256.txt").unwrap();
    assert!(tags.contains("  manifest-sha256.txt.p7s\n"));
    assert!(tags.contains("  manifest-sha256.txt.tsr\n"));
}

/// What does not sign or stamp the manifest is never handed out.
#[test]
fn a_slot_with_anything_else_in_it_is_refused() {
    for (signature, token) in [(Some(vec![1]), None), (None, Some(vec![2]))] {
        let draft = Draft::of(&log().about_c0()).unwrap();
        let refused = draft.seal(signature, token);
        assert!(matches!(refused, Err(DraftError::Refused(_))));
    }
}

/// Of a bulk act about twenty customers only the one customer's item goes along; other customers'
/// payloads, salts and names are nowhere.
#[test]
fn nothing_about_others_is_disclosed() {
    let log = log();
    let folder = Draft::of(&log.about_c0())
        .unwrap()
        .seal(None, None)
        .unwrap();
    let everything: Vec<u8> = folder.files.values().flatten().copied().collect();
    let holds = |needle: &[u8]| {
        everything
            .windows(needle.len())
            .any(|window| window == needle)
    };
    assert!(holds(b"{\"owner\":\"emp_0\"}") && holds(&salt(40)));
    for n in 1..20 {
        assert!(!holds(format!("emp_{n}\"").as_bytes()), "emp_{n}");
        assert!(!holds(&salt(1_000_000 + n)), "salt of item {n}");
        assert!(!holds(&salt(40 + n)), "salt of record {}", 40 + n);
    }
    assert!(!holds(b"customer/c1\""));
}

#[test]
fn a_payload_that_speaks_of_others_is_kept_back_unless_chosen() {
    let mut log = log();
    // One record about two customers.
    let mut entry = evidence::entry::Entry::from_bytes(&log.rows[40].entry).unwrap();
    entry.subject.push("customer/c1".to_owned());
    log.rows[40].entry = entry.to_bytes().unwrap();
    let mut choice = Choice {
        about: ["customer/c0".to_owned()].into(),
        ..Choice::default()
    };
    let content = |choice: &Choice, index| choice.of(log.record(index)).map(|r| r.content);
    assert_eq!(content(&choice, 40), Some(Content::Withheld));
    assert_eq!(content(&choice, 41), None);
    assert!(matches!(content(&choice, 80), Some(Content::Shown { .. })));
    choice.show.insert(40);
    choice.withhold.extend([80, 500]);
    assert!(matches!(content(&choice, 40), Some(Content::Shown { .. })));
    assert_eq!(content(&choice, 80), Some(Content::Withheld));
    // The payload of the bulk act stays, for it carries the root over the items.
    let bulk = choice.of(log.record(BULK)).unwrap();
    assert!(matches!(bulk.content, Content::Shown { .. }));
    assert_eq!(bulk.items.len(), 1);
    assert_eq!(bulk.items[0].content, Content::Withheld);
}

#[test]
fn a_bundle_that_our_own_verifier_refuses_is_never_handed_out() {
    let mut case = log().about_c0();
    case.records[3].proof.hashes[0] = leaf_hash(b"wrong");
    let refused = Draft::of(&case).unwrap().seal(None, None);
    let Err(DraftError::Refused(findings)) = refused else {
        panic!("sealed: {refused:?}");
    };
    assert_eq!(findings[0].code.name, "proof.path");
    let mut case = log().about_c0();
    case.documents[0].content.push(b' ');
    assert!(matches!(
        Draft::of(&case).unwrap().seal(None, None),
        Err(DraftError::Refused(_))
    ));
    let mut case = log().about_c0();
    case.consistency = BTreeMap::new();
    let folder = Draft::of(&case).unwrap().seal(None, None).unwrap();
    let report = bundle::examine::examine(&folder, &crate::company::trust());
    assert_eq!(report.verdict, Verdict::Incomplete);
}

/// What the salesperson keeps: one file with salt, record, proof and cosigned checkpoint.
#[test]
fn a_receipt_with_cosignatures() {
    let log = log();
    let mut proof = log.proof(80);
    proof.extra = Some([&log.rows[80].salt[..], &log.rows[80].entry].concat());
    let (text, payload) = (proof.to_string(), log.rows[80].payload.clone());
    let policy = policy();
    let verdict = |text: &str, payload: &[u8]| {
        receipt::check(text, Some(payload), Some(&policy), Some(NOW)).map(|r| r.verdict)
    };
    assert_eq!(verdict(&text, &payload), Ok(Verdict::Valid));
    assert!(verdict(&text, b"{}").is_err());
    let unwitnessed: String = text
        .split_inclusive('\n')
        .filter(|line| !line.starts_with("— witness"))
        .collect();
    assert_eq!(
        verdict(&unwitnessed, &payload),
        Ok(Verdict::ValidUnwitnessed)
    );
    let untrusted = receipt::check(&text, None, None, None).unwrap();
    assert_eq!(untrusted.verdict, Verdict::ConsistentButUntrusted);
    proof.index += 1;
    assert!(verdict(&proof.to_string(), &payload).is_err());
    for at in (0..text.len()).step_by(7) {
        let mut bytes = text.clone().into_bytes();
        bytes[at] ^= 1;
        if let Ok(text) = String::from_utf8(bytes) {
            assert!(verdict(&text, &payload) != Ok(Verdict::Valid), "byte {at}");
        }
    }
}
