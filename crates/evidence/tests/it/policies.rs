//! Policies: what is read, what is refused, whose word is enough.

use evidence::cosigner::CosignerKey;
use evidence::key::{KeyKind, SignerKey};
use evidence::note::Verified;
use evidence::policy::{KeyLine, Policy};

fn log(n: u8) -> String {
    let key = SignerKey::from_seed("baton.example.cn/log/main", &[n; 32]).unwrap();
    key.verifier().to_string()
}

fn witness(n: u8) -> CosignerKey {
    CosignerKey::from_seed(&format!("witness.example.cn/{n}"), &[n; 32]).unwrap()
}

fn vkey(n: u8) -> String {
    witness(n).verifier().to_string()
}

fn cosigned(by: &[u8]) -> Vec<Verified> {
    let seen = |n: &u8| Verified {
        name: witness(*n).verifier().name().to_owned(),
        key_id: witness(*n).verifier().id(),
        kind: KeyKind::Cosigner,
        seconds: 1,
    };
    by.iter().map(seen).collect()
}

/// The example of the specification: two of three here, and one of three there.
fn two_levels() -> String {
    let mut text = format!("# 信任策略\n\nlog {} https://log.example.cn\n", log(1));
    for n in 11..=13 {
        text += &format!("  witness X{n}\t{} https://w.example.cn \n", vkey(n));
    }
    text += "group X 2 X11 X12 X13\n";
    for n in 21..=23 {
        text += &format!("witness Y{n} {}\n", vkey(n));
    }
    text + "group Y any Y21 Y22 Y23\ngroup X-and-Y all X Y\nquorum X-and-Y\n"
}

#[test]
fn groups_of_groups() {
    let policy: Policy = two_levels().parse().unwrap();
    for (by, enough) in [
        (&[11, 12, 21][..], true),
        (&[11, 12, 13, 21, 22, 23], true),
        (&[13, 12, 23], true),
        (&[11, 21, 22, 23], false),
        (&[11, 12, 13], false),
        (&[11, 11, 21], false),
        (&[], false),
    ] {
        assert_eq!(policy.quorum_is_met(&cosigned(by)), enough, "{by:?}");
    }
    let mut as_log = cosigned(&[11, 12, 21]);
    as_log[0].kind = KeyKind::Ed25519;
    assert!(!policy.quorum_is_met(&as_log));
    let mut other_key = cosigned(&[11, 12, 21]);
    other_key[0].key_id ^= 1;
    assert!(!policy.quorum_is_met(&other_key));
}

#[test]
fn one_witness_or_none() {
    let head = format!("log {}\nwitness w {}\n", log(1), vkey(2));
    let one: Policy = (head.clone() + "quorum w\n").parse().unwrap();
    assert!(one.quorum_is_met(&cosigned(&[2])) && !one.quorum_is_met(&cosigned(&[3])));
    let none: Policy = (head + "quorum none\n").parse().unwrap();
    assert!(none.quorum_is_met(&[]));
    let bare: Policy = "quorum none\n".parse().unwrap();
    assert!(bare.logs().is_empty() && bare.trust("baton.example.cn/log/main").is_none());
}

#[test]
fn keys_for_a_log_by_its_origin() {
    let policy: Policy = two_levels().parse().unwrap();
    let trust = policy.trust("baton.example.cn/log/main").unwrap();
    assert_eq!((trust.log_keys.len(), trust.witness_keys.len()), (1, 6));
    assert!(policy.trust("baton.example.cn/log/other").is_none());
    // After a change of key both stand there.
    let two = format!("log {}\nlog {}\nquorum none\n", log(1), log(2));
    let two: Policy = two.parse().unwrap();
    assert_eq!(
        two.trust("baton.example.cn/log/main")
            .unwrap()
            .log_keys
            .len(),
        2
    );
}

#[test]
fn what_is_printed_is_read_again() {
    let policy: Policy = two_levels().parse().unwrap();
    let again: Policy = policy.to_string().parse().unwrap();
    // Printing gathers witnesses before groups; what it means stays.
    assert_eq!(again.to_string(), policy.to_string());
    let key = SignerKey::from_seed("baton.example.cn/log/main", &[1; 32])
        .unwrap()
        .verifier();
    let ours = |threshold| {
        Policy::of_log(KeyLine {
            key: key.clone(),
            url: None,
        })
        .witness("finance", witness(2).verifier().clone(), None)
        .quorum(threshold)
        .build()
    };
    assert!(ours(1).unwrap().quorum_is_met(&cosigned(&[2])));
    assert!(ours(0).unwrap().quorum_is_met(&[]));
    assert!(ours(2).is_err());
}

#[test]
fn what_is_refused_and_on_which_line() {
    let (l, w) = (log(1), vkey(2));
    let head = format!("log {l}\nwitness w {w}\n");
    for (rest, line) in [
        ("quorum w", 2),
        ("", 2),
        ("quorum x\n", 3),
        ("quorum w\nquorum w\n", 4),
        ("quorum w extra\n", 3),
        ("quorum\n", 3),
        ("group g 1 none\nquorum g\n", 3),
        ("group g 0 w\nquorum g\n", 3),
        ("group g 2 w\nquorum g\n", 3),
        ("group g 01 w\nquorum g\n", 3),
        ("group g any\nquorum w\n", 3),
        ("group g any later\nquorum w\n", 3),
        ("group w any w\nquorum w\n", 3),
        ("group none any w\nquorum w\n", 3),
        ("group g any w w\nquorum g\n", 3),
        ("group g any w\ngroup h any w\nquorum g\n", 4),
        ("quorum w\r\n", 3),
        ("quorum w\u{0}\n", 3),
        ("QUORUM w\n", 3),
    ] {
        let error = (head.clone() + rest).parse::<Policy>().unwrap_err();
        assert_eq!(error.line, line, "{rest:?}: {error}");
    }
    for text in [
        format!("log {l}\nlog {l}\nquorum none\n"),
        format!("log {w}\nquorum none\n"),
        format!("witness a {l}\nquorum a\n"),
        format!("witness a {w}\nwitness b {w}\nquorum a\n"),
        format!("witness none {w}\nquorum none\n"),
        format!("log {}\nquorum none\n", &l[..l.len() - 1]),
        "log\nquorum none\n".to_owned(),
    ] {
        assert!(text.parse::<Policy>().is_err(), "{text}");
    }
}
