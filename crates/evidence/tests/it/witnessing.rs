//! A witness at work: other people's dialogue, and every way to lie to it.

use std::collections::BTreeMap;

use evidence::checkpoint::{Checkpoint, LogTrust, SignedCheckpoint};
use evidence::cosigner::CosignerKey;
use evidence::hash::{Hash, empty_root, leaf_hash};
use evidence::key::{KeyKind, SignerKey, VerifierKey};
use evidence::note::Note;
use evidence::proof::consistency_among;
use evidence::split_view::{Compared, compare};
use evidence::tree::{TreeHead, mth};
use evidence::witness::{AddCheckpoint, Answer, Witness};

use crate::shared::{cases, vectors};

const ORIGIN: &str = "baton.example.cn/log/main";
const SECONDS: u64 = 1_795_334_400;

fn log_key() -> SignerKey {
    SignerKey::from_seed(ORIGIN, &[42; 32]).unwrap()
}

fn witness_key() -> CosignerKey {
    CosignerKey::from_seed("example.com/witness", &[1; 32]).unwrap()
}

fn watching(log: VerifierKey) -> Witness {
    Witness {
        key: witness_key(),
        logs: vec![LogTrust {
            origin: log.name().to_owned(),
            log_keys: vec![log],
            witness_keys: Vec::new(),
        }],
    }
}

/// What a witness would keep on its disk.
#[derive(Default)]
struct Memory(BTreeMap<String, TreeHead>);

impl Memory {
    fn ask(&mut self, witness: &Witness, body: &str) -> Answer {
        let answer = witness.answer(body, |origin| self.0.get(origin).copied(), SECONDS);
        if let Answer::Cosigned { head, .. } = &answer {
            self.0.insert(witness.logs[0].origin.clone(), *head);
        }
        answer
    }
}

#[test]
fn a_dialogue_of_litewitness() {
    let Some(folder) = vectors("witness-protocol") else {
        return;
    };
    for (name, dialogue) in cases(&folder) {
        let origin = dialogue["log_origin"].as_str().unwrap();
        let key = hex::decode(dialogue["log_key_hex"].as_str().unwrap()).unwrap();
        let key = VerifierKey::new(origin, KeyKind::Ed25519, &key.try_into().unwrap()).unwrap();
        let (witness, mut memory) = (watching(key), Memory::default());
        let steps = dialogue["steps"].as_array().unwrap();
        assert_eq!(steps.len(), 9);
        for (n, step) in steps.iter().enumerate() {
            let answer = memory.ask(&witness, step["body"].as_str().unwrap());
            // The text of today says 404 where the one of that day said 403.
            let unknown = answer == Answer::UnknownLog;
            let status = if unknown { 403 } else { answer.status() };
            assert_eq!(
                u64::from(status),
                step["status"].as_u64().unwrap(),
                "{name} {n}"
            );
            let body = answer.body();
            let wanted = step["assertion"].as_str().unwrap();
            let quoted = |text: &str| serde_json::from_str::<String>(text).unwrap();
            let holds = match wanted.strip_prefix("body == ") {
                Some(exact) => body == quoted(exact),
                None => body.contains(&quoted(wanted.strip_prefix("body contains ").unwrap())),
            };
            assert!(holds, "{name} {n}: {body} / {wanted}");
        }
    }
}

fn leaves(count: u8) -> Vec<Hash> {
    (0..count).map(|n| leaf_hash(&[n])).collect()
}

fn signed(leaves: &[Hash]) -> String {
    let head = TreeHead {
        size: u64::try_from(leaves.len()).unwrap(),
        root: mth(leaves),
    };
    Checkpoint::new(ORIGIN, head)
        .sign(&log_key())
        .unwrap()
        .to_string()
}

fn body(old: u64, leaves: &[Hash]) -> String {
    AddCheckpoint {
        old,
        proof: consistency_among(leaves, old).unwrap_or_default(),
        checkpoint: signed(leaves),
    }
    .to_string()
}

#[test]
fn it_signs_what_grows_and_its_signature_counts() {
    let (witness, mut memory) = (watching(log_key().verifier()), Memory::default());
    let trust = LogTrust {
        witness_keys: vec![witness_key().verifier().clone()],
        ..witness.logs[0].clone()
    };
    let mut old = 0;
    for size in [0, 1, 2, 2, 3, 7, 8, 200] {
        let leaves = leaves(size);
        let answer = memory.ask(&witness, &body(old, &leaves));
        let Answer::Cosigned { head, lines } = answer else {
            panic!("{size}: {answer:?}");
        };
        assert_eq!((head.size, head.root), (size.into(), mth(&leaves)));
        let note = signed(&leaves) + &lines;
        let opened = SignedCheckpoint::open(&note, &trust).unwrap();
        let seen: Vec<_> = opened
            .witnesses
            .iter()
            .map(|w| (w.kind, w.seconds))
            .collect();
        assert_eq!(seen, [(KeyKind::Cosigner, SECONDS)]);
        old = size.into();
    }
}

/// T05–T08 as a witness sees them: rewritten, rolled back, forked.
#[test]
fn it_refuses_what_contradicts_its_memory() {
    let witness = watching(log_key().verifier());
    let start = || {
        let mut memory = Memory::default();
        assert_eq!(memory.ask(&witness, &body(0, &leaves(8))).status(), 200);
        memory
    };
    let status = |body: &str| start().ask(&witness, body);
    // An older backup: the log believes 5, the witness knows 8.
    let rolled_back = status(&body(5, &leaves(6)));
    assert_eq!(rolled_back, Answer::Conflict { size: 8 });
    assert_eq!(rolled_back.body(), "8\n");
    assert_eq!(rolled_back.content_type(), "text/x.tlog.size");
    // Its state file deleted too: it asks with 0.
    assert_eq!(status(&body(0, &leaves(6))), Answer::Conflict { size: 8 });
    assert_eq!(status(&body(8, &leaves(7))), Answer::OldIsLarger);
    // Rewritten: a leaf in the middle is another.
    let mut rewritten = leaves(12);
    rewritten[3] = leaf_hash(b"forged");
    assert_eq!(status(&body(8, &rewritten)), Answer::Inconsistent);
    // Same size, other root.
    assert_eq!(status(&body(8, &rewritten[..8])), Answer::Inconsistent);
    // A proof that is missing, too long, or given where there is nothing to prove.
    let honest = body(8, &leaves(12));
    let (head, note) = honest.split_once("\n\n").unwrap();
    let more = format!("{head}\n{}\n\n{note}", empty_root());
    let none = format!("old 8\n\n{note}");
    for body in [&more, &none] {
        assert_eq!(status(body), Answer::Inconsistent);
    }
    let at_zero = format!("old 0\n{}\n\n{}", empty_root(), signed(&leaves(3)));
    let answer = Memory::default().ask(&witness, &at_zero);
    assert_eq!(answer, Answer::Inconsistent);
    let head = TreeHead {
        size: 0,
        root: leaf_hash(b""),
    };
    let empty = Checkpoint::new(ORIGIN, head).sign(&log_key()).unwrap();
    let answer = Memory::default().ask(&witness, &format!("old 0\n\n{empty}"));
    assert_eq!(answer, Answer::Inconsistent);
    assert_eq!(start().ask(&witness, &honest).status(), 200);
}

#[test]
fn it_says_nothing_to_strangers() {
    let witness = watching(log_key().verifier());
    let answer = |body: &str| Memory::default().ask(&witness, body).status();
    let honest = body(0, &leaves(3));
    assert_eq!(answer(&honest.replace("log/main\n3", "log/other\n3")), 404);
    let stranger = SignerKey::from_seed(ORIGIN, &[7; 32]).unwrap();
    let text: Note = signed(&leaves(3)).parse().unwrap();
    let forged = Note::sign(text.text(), &[&stranger]).unwrap();
    assert_eq!(answer(&format!("old 0\n\n{forged}")), 403);
    assert_eq!(
        answer(&honest.replace("log/main\n3\n", "log/main\n4\n")),
        403
    );
    for malformed in [
        "",
        "old 0\n",
        "old 00\n\nx",
        "old -1\n\nx",
        "new 0\n\nx",
        "old 0\r\n\r\nx",
        &honest.replacen("old 0\n", "old 0\nAAAA\n", 1),
        &honest.replacen(
            "old 0\n",
            &format!("old 0\n{}", format!("{}\n", empty_root()).repeat(64)),
            1,
        ),
        &honest.replace("\n3\n", "\n03\n"),
        &format!("{honest}{}", " ".repeat(70_000)),
    ] {
        assert_eq!(answer(malformed), 400, "{malformed:.80}");
    }
}

#[test]
fn every_byte_of_a_request_counts() {
    let witness = watching(log_key().verifier());
    let mut memory = Memory::default();
    memory.ask(&witness, &body(0, &leaves(5)));
    let honest = body(5, &leaves(9));
    for at in 0..honest.len() {
        let mut bytes = honest.clone().into_bytes();
        bytes[at] ^= 1;
        let Ok(changed) = String::from_utf8(bytes) else {
            continue;
        };
        let remembered = memory.0.clone();
        let answer = witness.answer(&changed, |origin| remembered.get(origin).copied(), SECONDS);
        // The name before a signature line may change: then nobody known has signed.
        assert_ne!(answer.status(), 200, "byte {at}");
    }
}

#[test]
fn a_witness_key_comes_back_from_its_text_and_keeps_its_secret() {
    let key = witness_key();
    let text = key.to_secret_text();
    assert_eq!(
        text.parse::<CosignerKey>().unwrap().verifier(),
        key.verifier()
    );
    assert!(!format!("{key:?}").contains(&text[text.len() - 44..]));
    // A log's key is not a witness's, nor the other way round.
    assert!(log_key().to_secret_text().parse::<CosignerKey>().is_err());
    assert!(text.parse::<SignerKey>().is_err());
}

/// T09.
#[test]
fn two_roots_for_one_size() {
    let trust = &watching(log_key().verifier()).logs[0];
    let honest = signed(&leaves(8));
    let mut forged = leaves(8);
    forged[2] = leaf_hash(b"forged");
    let forged = signed(&forged);
    let Compared::Split(split) = compare(&honest, &forged, trust).unwrap() else {
        panic!("not found");
    };
    let proof = split.to_string();
    assert!(proof.contains(&honest) && proof.contains(&forged));
    assert!(matches!(
        compare(&honest, &honest, trust),
        Ok(Compared::Same(_))
    ));
    assert_eq!(
        compare(&honest, &signed(&leaves(7)), trust),
        Ok(Compared::Apart)
    );
    assert!(compare(&honest, &forged.replace("\n8\n", "\n9\n"), trust).is_err());
}
