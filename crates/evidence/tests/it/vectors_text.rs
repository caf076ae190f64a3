//! Notes, keys, checkpoints and proof files against the vectors of x/mod, C2SP and others.

use evidence::checkpoint::{Checkpoint, CheckpointError, LogTrust, SignedCheckpoint};
use evidence::key::{KeyKind, SignerKey, VerifierKey};
use evidence::note::{Note, NoteError};
use evidence::strict_base64;
use evidence::tlog_proof::TlogProof;

use crate::shared::{cases, strings, vectors};

fn keys(texts: Vec<&str>) -> Vec<VerifierKey> {
    texts
        .into_iter()
        .map(|text| text.parse().unwrap())
        .collect()
}

#[test]
fn signed_notes() {
    let Some(folder) = vectors("signed-note") else {
        return;
    };
    for (name, case) in cases(&folder) {
        let message = strict_base64::decode(case["message_b64"].as_str().unwrap()).unwrap();
        let trusted = keys(strings(&case["trusted_vkeys"]));
        let verified = Note::parse(&message).and_then(|note| {
            assert_eq!(
                note.to_string().as_bytes(),
                message,
                "{name} is printed as it was read"
            );
            note.verify(&trusted)
        });
        assert_eq!(
            verified.is_ok(),
            case["expect"] == "accept",
            "{name}: {verified:?}"
        );
        let count = verified.map_or(0, |signatures| signatures.len());
        assert_eq!(
            Some(u64::try_from(count).unwrap()),
            case["verified_signatures"].as_u64(),
            "{name}"
        );
    }
}

#[test]
fn keys_in_text() {
    let Some(folder) = vectors("signed-note-keys") else {
        return;
    };
    let (_, vectors) = cases(&folder).remove(0);
    for good in strings(&vectors["good_vkeys"]) {
        assert_eq!(good.parse::<VerifierKey>().unwrap().to_string(), good);
        // Every proper substring, and every change of one character by one, is refused.
        for start in 0..good.len() {
            for end in start..=good.len() - usize::from(start == 0) {
                assert!(
                    good[start..end].parse::<VerifierKey>().is_err(),
                    "{}",
                    &good[start..end]
                );
            }
            let mut other = good.as_bytes().to_vec();
            other[start] += 1;
            let other = String::from_utf8(other).unwrap();
            assert!(other.parse::<VerifierKey>().is_err(), "{other}");
        }
    }
    for bad in strings(&vectors["bad_vkeys"]) {
        assert!(bad.parse::<VerifierKey>().is_err(), "{bad}");
    }
    let signing = &vectors["deterministic_sign"];
    let secret = signing["skey"].as_str().unwrap();
    let signer: SignerKey = secret.parse().unwrap();
    assert_eq!(signer.to_secret_text(), secret);
    let note = Note::sign(signing["text"].as_str().unwrap(), &[&signer]).unwrap();
    assert_eq!(note.to_string(), signing["expect"].as_str().unwrap());
}

#[test]
fn checkpoint_bodies() {
    let Some(folder) = vectors("checkpoint-body") else {
        return;
    };
    for (name, case) in cases(&folder) {
        let body = case["body"].as_str().unwrap();
        match body.parse::<Checkpoint>() {
            Ok(checkpoint) => {
                assert!(case["well_formed"].as_bool().unwrap(), "{name}");
                assert_eq!(checkpoint.to_string(), body, "{name}");
            }
            Err(CheckpointError::Root(root)) => {
                // The grammar may be fine: some vectors carry a root that is not 32 bytes.
                let bytes = strict_base64::decode(&root);
                assert!(bytes.is_none_or(|bytes| bytes.len() != 32), "{name}");
            }
            Err(error) => assert_eq!(case["well_formed"], false, "{name}: {error}"),
        }
    }
}

#[test]
fn the_checksum_database_signed_its_checkpoint() {
    let Some(folder) = vectors("checkpoints-signed") else {
        return;
    };
    for (name, case) in cases(&folder) {
        let note = case["note"].as_str().unwrap();
        let origin = note.lines().next().unwrap();
        let mut trust = LogTrust {
            origin: origin.to_owned(),
            log_keys: keys(vec![case["vkey"].as_str().unwrap()]),
            witness_keys: Vec::new(),
        };
        let signed = SignedCheckpoint::open(note, &trust).unwrap();
        let size: u64 = note.lines().nth(1).unwrap().parse().unwrap();
        assert_eq!(signed.checkpoint.head.size, size, "{name}");
        trust.origin.push('x');
        let other = SignedCheckpoint::open(note, &trust);
        assert!(
            matches!(other, Err(CheckpointError::Origin { .. })),
            "{name}"
        );
    }
}

#[test]
fn witnesses_signed_with_their_time() {
    let Some(folder) = vectors("cosignature") else {
        return;
    };
    for (name, case) in cases(&folder) {
        let text = case["note"].as_str().unwrap();
        let witnesses = keys(strings(&case["vkeys"]));
        let note: Note = text.parse().unwrap();
        assert_eq!(
            note.to_string(),
            text,
            "unknown signature types survive in {name}"
        );
        let verified = note.verify(&witnesses).unwrap();
        assert_eq!(verified.len(), witnesses.len(), "{name}");
        assert!(
            verified
                .iter()
                .all(|v| v.kind == KeyKind::Cosigner && v.seconds > 1_700_000_000)
        );
        assert!(note.text().parse::<Checkpoint>().is_ok(), "{name}");

        // Another time is another message.
        let mut backdated = Note::sign(note.text(), &[]).unwrap();
        for mut signature in note.signatures().to_vec() {
            signature.blob[7] ^= 1;
            backdated.add(signature);
        }
        let refused = backdated.verify(&witnesses);
        assert!(matches!(refused, Err(NoteError::BadSignature(_))), "{name}");
    }
}

#[test]
fn proof_files_that_parse_and_that_do_not() {
    let Some(folder) = vectors("tlog-proof-syntax") else {
        return;
    };
    for (name, case) in cases(&folder) {
        let text = case["text"].as_str().unwrap();
        let parsed = text.parse::<TlogProof>();
        assert_eq!(
            parsed.is_ok(),
            case["parses"].as_bool().unwrap(),
            "{name}: {parsed:?}"
        );
        assert!(
            parsed.is_err() || parsed.unwrap().to_string() == text,
            "{name}"
        );
    }
}

#[test]
fn a_log_signs_and_is_believed_for_its_own_signature_only() {
    let signer = SignerKey::from_seed("baton.example.cn/log/1", &[7; 32]).unwrap();
    let stranger = SignerKey::from_seed("baton.example.cn/log/2", &[8; 32]).unwrap();
    let mut frontier = evidence::tree::Frontier::default();
    frontier.push(evidence::hash::leaf_hash(b"one"));
    let checkpoint = Checkpoint::new("baton.example.cn/log/1", frontier.head());
    let mut trust = LogTrust {
        origin: checkpoint.origin.clone(),
        log_keys: vec![signer.verifier()],
        witness_keys: vec![stranger.verifier()],
    };
    let note = checkpoint.sign(&signer).unwrap().to_string();
    let signed = SignedCheckpoint::open(&note, &trust).unwrap();
    assert_eq!(
        (signed.checkpoint, signed.witnesses.len()),
        (checkpoint.clone(), 0)
    );

    let by_stranger = checkpoint.sign(&stranger).unwrap().to_string();
    let refused = SignedCheckpoint::open(&by_stranger, &trust);
    assert_eq!(refused, Err(CheckpointError::NotSignedByLog));
    trust.log_keys.push(stranger.verifier());
    assert!(
        SignedCheckpoint::open(&by_stranger, &trust).is_ok(),
        "after a change of key"
    );

    let crooked = Checkpoint::new("two\nlines", checkpoint.head);
    assert!(crooked.sign(&signer).is_err());
    assert!(!format!("{signer:?}").contains(&signer.to_secret_text()[40..]));
}
