//! T01–T19 of the threat model, as far as they concern bundles: each is made by damaging a good
//! bundle, and both verifiers give the same verdict and the same name.

use std::fmt::Write as _;

use bundle::archive::Folder;
use bundle::draft::Draft;
use bundle::examine::Trust;
use evidence::checkpoint::Checkpoint;
use evidence::cosigner::CosignerKey;
use evidence::file_digest::FileDigest;
use evidence::hash::leaf_hash;
use evidence::key::SignerKey;
use evidence::tree::TreeHead;

use crate::company::{Log, NOW, ORIGIN, cosign, log_key, policy, trust};
use crate::damage::{DAMAGE, change_note, change_proof, unwitnessed};
use crate::second::{Answer, both_of};

fn log() -> Log {
    Log::of(1_000, 200)
}

pub(crate) fn good() -> Folder {
    Draft::of(&log().about_c0())
        .unwrap()
        .seal(None, None)
        .unwrap()
}

/// Makes manifests and counts anew, as anybody can.
pub(crate) fn repair(folder: &mut Folder) {
    let files = &mut folder.files;
    let payload = || files.iter().filter(|(path, _)| path.starts_with("data/"));
    let bytes: usize = payload().map(|(_, content)| content.len()).sum();
    let oxum = format!("Payload-Oxum: {bytes}.{}", payload().count());
    let manifest = |of: &dyn Fn(&str) -> bool, files: &bundle::archive::Files| {
        let mut text = String::new();
        for (path, content) in files.iter().filter(|(path, _)| of(path)) {
            writeln!(text, "{}  {path}", FileDigest::sha256(content)).unwrap();
        }
        text.into_bytes()
    };
    let digests = manifest(&|path| path.starts_with("data/"), files);
    if let Ok(info) = String::from_utf8(files["bag-info.txt"].clone()) {
        let lines = info.lines().map(|line| match line.split_once(": ") {
            Some(("Payload-Oxum", _)) => format!("{oxum}\n"),
            _ => format!("{line}\n"),
        });
        let info = lines.collect::<String>();
        files.insert("bag-info.txt".to_owned(), info.into_bytes());
    }
    files.insert("manifest-sha256.txt".to_owned(), digests);
    files.remove("tagmanifest-sha256.txt");
    let tags = manifest(&|path| !path.starts_with("data/"), files);
    files.insert("tagmanifest-sha256.txt".to_owned(), tags);
}

fn codes(answer: &Answer) -> Vec<&str> {
    answer.1.iter().map(|(code, _)| code.as_str()).collect()
}

#[test]
fn a_good_bundle_is_valid_for_both() {
    let answer = both_of(&good(), &trust());
    assert_eq!((answer.0.as_str(), answer.1.as_slice()), ("VALID", &[][..]));
    assert_eq!(
        (answer.2.len(), answer.3),
        (26, vec!["customer/c0".to_owned(), "plan/pln_1".to_owned()])
    );
    let untrusted = Trust {
        policy: None,
        ..trust()
    };
    assert_eq!(both_of(&good(), &untrusted).0, "CONSISTENT-BUT-UNTRUSTED");
}

#[test]
fn every_damage_has_its_name() {
    let honest = good();
    for (id, act, repaired, verdict, code) in DAMAGE {
        let mut folder = honest.clone();
        act(&mut folder);
        if *repaired {
            repair(&mut folder);
        }
        let answer = both_of(&folder, &trust());
        assert_eq!(answer.0, *verdict, "{id} {code}: {:?}", answer.1);
        assert!(codes(&answer).contains(code), "{id} {code}: {:?}", answer.1);
    }
}

/// T04, T05: history rewritten and signed again by whoever holds the log's key.
#[test]
fn a_rewritten_history_lacks_its_witness_and_contradicts_what_was_kept() {
    let honest = log();
    let mut forged = honest.clone();
    let other = forged.rows[41].clone();
    forged.rows[39] = other;
    forged.rewrite();
    let folder = Draft::of(&forged.about_c0())
        .unwrap()
        .seal(None, None)
        .unwrap();
    let answer = both_of(&folder, &trust());
    assert_eq!(answer.0, "VALID-UNWITNESSED");
    assert!(codes(&answer).contains(&"quorum.unmet"));
    // A checkpoint that a witness kept, or a receipt in the salesperson's drawer.
    let kept = [
        honest.checkpoints[&400].clone(),
        honest.proof(7).to_string(),
    ];
    for anchor in kept {
        let trust = Trust {
            anchors: vec![anchor],
            ..trust()
        };
        let answer = both_of(&folder, &trust);
        assert_eq!(answer.0, "INVALID");
        assert!(
            answer
                .1
                .contains(&("SPLIT-VIEW".to_owned(), "anchor 1".to_owned()))
        );
        let report = bundle::examine::examine(&folder, &trust);
        let proof = report.split_view.unwrap();
        let size = if proof.contains("\n400\n") { 400 } else { 200 };
        let both = [&honest.checkpoints[&size], &forged.checkpoints[&size]];
        assert!(both.iter().all(|note| proof.contains(note.as_str())));
    }
}

/// T09: two heads of one size, both signed.
#[test]
fn two_roots_for_one_size_prove_fraud() {
    let honest = good();
    let mut folder = honest.clone();
    let other = Log::of(200, 200).leaves[..199].to_vec();
    let mut leaves = other;
    leaves.push(leaf_hash(b"forged"));
    let forged = crate::company::signed(&leaves);
    change_proof(&mut folder, 40, |proof| proof.checkpoint = forged);
    repair(&mut folder);
    let answer = both_of(&folder, &trust());
    assert_eq!(answer.0, "INVALID");
    assert!(codes(&answer).contains(&"SPLIT-VIEW"), "{:?}", answer.1);
}

/// T10: a step between two checkpoints that does not hold.
#[test]
fn a_checkpoint_that_does_not_continue_the_one_before() {
    let mut folder = good();
    let head = TreeHead {
        size: 400,
        root: leaf_hash(b"another tree"),
    };
    change_note(&mut folder, 400, |_| {
        let mut note = Checkpoint::new(ORIGIN, head).sign(&log_key()).unwrap();
        cosign(&mut note, NOW - 1_000);
        note.to_string()
    });
    repair(&mut folder);
    let answer = both_of(&folder, &trust());
    assert_eq!(answer.0, "INVALID");
    let found = |code: &str, at: &str| answer.1.contains(&(code.to_owned(), at.to_owned()));
    assert!(
        found("consistency.proof", "data/consistency/200-400.txt"),
        "{:?}",
        answer.1
    );
    assert!(found("consistency.proof", "data/consistency/400-600.txt"));
}

/// T12: what the policy asks of witnesses decides, not what the bundle says of itself.
#[test]
fn the_policy_from_outside_decides() {
    let folder = good();
    let text = policy().to_string();
    let two = text.replace("group witnesses 1 finance\n", "");
    let key = CosignerKey::from_seed("witness.example.cn/lawyer", &[9; 32]).unwrap();
    let key = key.verifier();
    for (policy, verdict) in [
        (text.clone(), "VALID"),
        (two.replace("quorum witnesses", "quorum none"), "VALID"),
        (
            two.replace(
                "quorum witnesses",
                &format!("witness lawyer {key}\ngroup both all finance lawyer\nquorum both"),
            ),
            "VALID-UNWITNESSED",
        ),
        (
            two.replace(
                "quorum witnesses",
                &format!("witness lawyer {key}\ngroup one any finance lawyer\nquorum one"),
            ),
            "VALID",
        ),
        (
            text.replace(&log_key().verifier().to_string(), &foreign().to_string()),
            "INVALID",
        ),
    ] {
        let trust = Trust {
            policy: Some(policy.parse().unwrap()),
            ..trust()
        };
        assert_eq!(both_of(&folder, &trust).0, verdict, "{policy}");
    }
}

/// Same name, other key.
fn foreign() -> evidence::key::VerifierKey {
    SignerKey::from_seed(ORIGIN, &[7; 32]).unwrap().verifier()
}

/// §5.2: a time that does not fit between the witnessed moments around it.
#[test]
fn a_back_dated_record_is_remarked() {
    let mut log = log();
    // The first witness saw the log a day after its last entry; the next entries claim less.
    let mut note = unwitnessed(&log.checkpoints[&200].parse().unwrap());
    cosign(&mut note, crate::company::START + 86_400);
    log.checkpoints.insert(200, note.to_string());
    let folder = Draft::of(&log.about_c0())
        .unwrap()
        .seal(None, None)
        .unwrap();
    let answer = both_of(&folder, &trust());
    assert_eq!(answer.0, "VALID");
    let early = |path: &str| ("record.early".to_owned(), path.to_owned());
    assert!(answer.1.contains(&early("data/records/000200.json")));
    assert!(!answer.1.contains(&early("data/records/000160.json")));
}

/// T19: erased on lawful demand; what remains is proved.
#[test]
fn an_erased_payload_is_incomplete_and_no_more() {
    let mut case = log().about_c0();
    case.records[1].content = bundle::case::Content::Erased;
    case.records[2].content = bundle::case::Content::Withheld;
    let folder = Draft::of(&case).unwrap().seal(None, None).unwrap();
    let answer = both_of(&folder, &trust());
    assert_eq!(answer.0, "INCOMPLETE");
    let at = |code: &str, path: &str| (code.to_owned(), path.to_owned());
    assert_eq!(
        answer.1,
        [
            at("payload.erased", "data/records/000040.json"),
            at("payload.withheld", "data/records/000080.json"),
        ]
    );
    let valid = answer
        .2
        .iter()
        .filter(|(_, verdict)| verdict == "VALID")
        .count();
    assert_eq!((valid, answer.2[1].1.as_str()), (24, "INCOMPLETE"));
}
