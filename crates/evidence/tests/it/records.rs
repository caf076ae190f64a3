//! Entries, items and commitments.

use evidence::commitment::{commit, opens};
use evidence::entry::{Approval, Document, Entry, EntryError, TOO_LONG};
use evidence::file_digest::FileDigest;
use evidence::hash::leaf_hash;
use evidence::items::{Item, ItemError, ItemTree};
use evidence::json::{JsonError, LARGEST_INTEGER, canonical};
use kernel::Moment;
use proptest::prelude::*;

use crate::ledger::entry;

fn full_entry() -> Entry {
    let mut entry = entry(
        123,
        "customer/cus_1",
        leaf_hash(b"c"),
        Some(leaf_hash(b"p")),
    );
    entry.approvals.push(Approval {
        by: "lgn_2".to_owned(),
        at: Moment(1_795_334_400_005),
        decision: "approve".to_owned(),
        record: Some(118),
    });
    entry.docs.push(Document {
        name: "doc_1".to_owned(),
        sha256: FileDigest::sha256(b""),
        sm3: None,
    });
    entry
}

/// What goes into the log, to the letter.
#[test]
fn an_entry_is_one_canonical_line() {
    let bytes = full_entry().to_bytes().unwrap();
    assert_eq!(
        String::from_utf8(bytes.clone()).unwrap(),
        concat!(
            r#"{"actor":{"auth":"password","id":"lgn_0123456789abcdefghjkmnpqrs","#,
            r#""session":"5f2b…"},"#,
            r#""approvals":[{"at":"2026-11-22T08:00:00.005Z","by":"lgn_2","#,
            r#""decision":"approve","record":118}],"#,
            r#""at":"2026-11-22T08:02:03.000Z","#,
            r#""commit":"WX/LMSgtNGVMIA00GPylcFxkjr8ybsc9jd7xGEH4dtg=","#,
            r#""docs":[{"name":"doc_1","#,
            r#""sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","#,
            r#""sm3":null}],"#,
            r#""prev":"TPWvAn2alJqIHlBb18exTF62H/R9FZtYWjMdaQUB0T0=","#,
            r#""seq":123,"subject":["customer/cus_1"],"#,
            r#""tenant":"hengxin","type":"customer.reassign","v":1,"why":"离职交接"}"#,
        )
    );
    assert_eq!(Entry::from_bytes(&bytes), Ok(full_entry()));
}

proptest! {
    /// Whatever texts it holds: reading checks that they are spelt as RFC 8785 says.
    #[test]
    fn every_entry_is_canonical(
        seq in 0..=LARGEST_INTEGER.unsigned_abs(),
        record in proptest::option::of(0..=LARGEST_INTEGER.unsigned_abs()),
        texts in proptest::array::uniform8(any::<String>()),
    ) {
        let mut entry = full_entry();
        let [tenant, act, why, subject, auth, id, by, name] = texts;
        (entry.tenant, entry.act, entry.why) = (tenant, act, why);
        (entry.subject[0], entry.actor.auth, entry.actor.id) = (subject, auth, id);
        (entry.approvals[0].by, entry.approvals[0].record) = (by, record);
        (entry.docs[0].name, entry.seq) = (name, seq);
        let bytes = entry.to_bytes().unwrap();
        let value = serde_json::from_slice(&bytes).unwrap();
        prop_assert_eq!(canonical(&value).unwrap(), bytes.clone());
        prop_assert_eq!(Entry::from_bytes(&bytes), Ok(entry));
    }
}

#[test]
fn numbers_that_other_readers_would_bend_are_refused() {
    let mut entry = full_entry();
    entry.seq = 1 << 53;
    assert_eq!(entry.to_bytes(), Err(EntryError::Json(JsonError::Number)));
    let mut entry = full_entry();
    entry.approvals[0].record = Some(1 << 53);
    assert_eq!(entry.to_bytes(), Err(EntryError::Json(JsonError::Number)));
}

#[test]
fn an_entry_has_one_spelling() {
    let good = String::from_utf8(full_entry().to_bytes().unwrap()).unwrap();
    for (from, to) in [
        ("\"v\":1", "\"v\":2"),
        ("08:02:03.000Z", "08:02:03Z"),
        ("08:02:03.000Z", "16:02:03.000+08:00"),
        ("\"why\"", "\"why2\""),
        ("\"record\":118", "\"record\":118,\"remark\":\"\""),
        (",\"sm3\":null", ""),
        ("e3b0", "E3B0"),
        ("\"seq\":123", "\"seq\":-1"),
        ("\"v\":1", "\"v\": 1"),
        ("[\"customer/cus_1\"]", "[1]"),
    ] {
        let wrong = good.replacen(from, to, 1);
        assert!(
            wrong != good && Entry::from_bytes(wrong.as_bytes()).is_err(),
            "{wrong}"
        );
    }
    assert_eq!(
        Entry::from_bytes(good.replace("\"v\":1", "\"v\":2").as_bytes()),
        Err(EntryError::Version)
    );
}

#[test]
fn an_entry_is_shorter_than_64_kib() {
    let mut entry = full_entry();
    entry.why = String::new();
    let room = TOO_LONG - 1 - entry.to_bytes().unwrap().len();
    entry.why = "x".repeat(room);
    let longest = entry.to_bytes().unwrap();
    assert_eq!(
        (longest.len(), Entry::from_bytes(&longest).is_ok()),
        (65_535, true)
    );
    entry.why.push('x');
    assert_eq!(entry.to_bytes(), Err(EntryError::TooLong(65_536)));
    assert_eq!(
        Entry::from_bytes(&[b' '; TOO_LONG]),
        Err(EntryError::TooLong(65_536))
    );
    entry.why = String::new();
    entry.seq = 1 << 53;
    assert_eq!(entry.to_bytes(), Err(EntryError::Json(JsonError::Number)));
}

/// RFC 4231 has no 32-byte key; this value is made by Python:
/// `hmac.new(bytes(range(32)), b"payload", "sha256")`.
#[test]
fn a_commitment_is_hmac_sha_256() {
    let salt: [u8; 32] = std::array::from_fn(|n| u8::try_from(n).unwrap());
    let commitment = commit(&salt, b"payload");
    assert_eq!(
        hex::encode(commitment.as_bytes()),
        "6802511184650e073a0be19d50929d6c951f060bdca6c41e037f38f13c025881"
    );
    assert!(opens(&commitment, &salt, b"payload"));
    assert!(!opens(&commitment, &salt, b"payloae"));
    assert!(!opens(&commitment, &[0; 32], b"payload"));
}

fn item(n: u64, subject: &str) -> Item {
    Item {
        n,
        subject: subject.to_owned(),
        prev: None,
        commit: leaf_hash(b"c"),
    }
}

#[test]
fn items_are_numbered_and_about_different_subjects() {
    let bytes = item(0, "customer/\"甲\"").to_bytes().unwrap();
    let text = r#"{"commit":"2wwI=","n":0,"prev":null,"subject":"customer/\"甲\""}"#;
    let text = text.replace("2wwI=", &leaf_hash(b"c").to_string());
    assert_eq!(String::from_utf8(bytes.clone()).unwrap(), text);
    assert_eq!(Item::from_bytes(&bytes), Ok(item(0, "customer/\"甲\"")));
    assert!(Item::from_bytes(text.replace("null", "0").as_bytes()).is_err());

    assert!(ItemTree::over(&[item(0, "a"), item(1, "b")]).is_ok());
    let skipped = ItemTree::over(&[item(0, "a"), item(2, "b")]).unwrap_err();
    assert_eq!(skipped, ItemError::Number(1));
    let twice = ItemTree::over(&[item(0, "a"), item(1, "a")]).unwrap_err();
    assert_eq!(twice, ItemError::SubjectTwice("a".to_owned()));
}
