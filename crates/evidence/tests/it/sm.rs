//! The second log: SM3 and SM2 as others know them, and T20 of `domain/evidence.md`.

use std::io::Write as _;
use std::process::{Command, Stdio};

use evidence::hash::{Hash, TreeHash, leaf_hash};
use evidence::proof::{ProofError, inclusion_among, inclusion_among_by, verify_inclusion};
use evidence::proof::{verify_consistency_by, verify_inclusion_by};
use evidence::sm::{SmAudit, SmError, SmFinding, SmSignerKey, SmVerifierKey, includes, origin_of};
use evidence::tree::{Frontier, TreeHead, mth, mth_by};

const LOG: &str = "baton.hengxin.example/log/0001";

fn key() -> SmSignerKey {
    SmSignerKey::from_secret(&origin_of(LOG), &[7; 32]).unwrap()
}

fn entries(count: usize) -> Vec<Vec<u8>> {
    (0..count)
        .map(|n| format!("{{\"seq\":{n}}}").into_bytes())
        .collect()
}

fn head(entries: &[Vec<u8>]) -> TreeHead {
    let mut tree = Frontier::restore_by(TreeHash::Sm3, 0, &[]).unwrap();
    for entry in entries {
        tree.push(TreeHash::Sm3.leaf(entry));
    }
    tree.head()
}

#[test]
fn the_digest_is_that_of_the_standard() {
    // GB/T 32905-2016, annex A, over a message that begins with the byte of a node.
    let abc = TreeHash::Sm3.empty();
    let empty = "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b";
    assert_eq!(hex::encode(abc.as_bytes()), empty);
    let leaf = TreeHash::Sm3.leaf(b"abc");
    assert_eq!(openssl_sm3(b"\0abc"), leaf.as_bytes().to_vec());
    let node = TreeHash::Sm3.node(&leaf, &abc);
    let bytes = [&[1], &leaf.as_bytes()[..], &abc.as_bytes()[..]].concat();
    assert_eq!(openssl_sm3(&bytes), node.as_bytes().to_vec());
}

fn openssl_sm3(bytes: &[u8]) -> Vec<u8> {
    let mut run = Command::new("openssl")
        .args(["dgst", "-sm3", "-binary"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    run.stdin.take().unwrap().write_all(bytes).unwrap();
    run.wait_with_output().unwrap().stdout
}

#[test]
fn openssl_agrees_with_our_signature_and_not_with_another_text() {
    let folder = std::env::temp_dir().join(format!("baton-sm-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let note = key().sign(head(&entries(20))).unwrap();
    let (text, lines) = note.split_once("\n\n").unwrap();
    let blob = lines.trim_end().rsplit(' ').next().unwrap();
    let blob = evidence::strict_base64::decode(blob).unwrap();
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.join(name), bytes).unwrap();
    write("m", format!("{text}\n").as_bytes());
    write("s", &blob[4..]);
    write("k", key().verifier().unwrap().to_pem().as_bytes());
    let judged = || {
        let run = Command::new("openssl")
            .current_dir(&folder)
            .args(["pkeyutl", "-verify", "-pubin", "-inkey", "k", "-rawin"])
            .args(["-digest", "sm3", "-in", "m", "-sigfile", "s"])
            .args(["-pkeyopt", "distid:1234567812345678"])
            .output()
            .unwrap();
        (
            run.status.success(),
            String::from_utf8_lossy(&run.stderr).into_owned(),
        )
    };
    let (good, said) = judged();
    assert!(good, "{said}");
    write("m", format!("{text}x\n").as_bytes());
    assert!(!judged().0);
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn keys_come_back_from_their_text_and_nothing_else_does() {
    let signer = key();
    let verifier = signer.verifier().unwrap();
    let text = verifier.to_string();
    assert!(SmVerifierKey::is_meant(&text));
    assert_eq!(text.parse::<SmVerifierKey>().unwrap(), verifier);
    let secret = signer.to_secret_text().unwrap();
    let again: SmSignerKey = secret.parse().unwrap();
    assert_eq!(again.verifier().unwrap(), verifier);
    assert!(!format!("{signer:?}").contains(&secret[secret.len() - 20..]));
    assert!(
        text.replacen("/sm3+", "/sm4+", 1)
            .parse::<SmVerifierKey>()
            .is_err()
    );
    let first: evidence::key::SignerKey =
        evidence::key::SignerKey::from_seed(LOG, &[1; 32]).unwrap();
    let other = first.verifier().to_string();
    assert!(!SmVerifierKey::is_meant(&other) && other.parse::<SmVerifierKey>().is_err());
    assert!(SmSignerKey::from_secret("a b", &[7; 32]).is_err());
    assert!(SmSignerKey::from_secret("a", &[0; 32]).is_err());
    assert!(SmSignerKey::from_secret("a", &[0xff; 32]).is_err());
}

#[test]
fn a_checkpoint_is_believed_from_its_own_key_and_untouched() {
    let verifier = key().verifier().unwrap();
    let head = head(&entries(300));
    let note = key().sign(head).unwrap();
    assert_eq!(verifier.open(&note), Ok(head));
    assert_eq!(key().sign(head).unwrap(), note);
    let other = SmSignerKey::from_secret(&origin_of(LOG), &[8; 32]).unwrap();
    let strange = other.sign(head).unwrap();
    assert_eq!(verifier.open(&strange), Err(SmError::Unsigned));
    let elsewhere = SmSignerKey::from_secret("other/sm3", &[7; 32]).unwrap();
    assert_eq!(
        verifier.open(&elsewhere.sign(head).unwrap()),
        Err(SmError::Origin)
    );
    let grown = note.replacen("\n300\n", "\n301\n", 1);
    assert_eq!(verifier.open(&grown), Err(SmError::Signature));
    // Each bit of the signature counts, and it has one spelling.
    let line = note.trim_end().rsplit(' ').next().unwrap();
    let blob = evidence::strict_base64::decode(line).unwrap();
    for at in 4..blob.len() {
        let mut forged = blob.clone();
        forged[at] ^= 1;
        let forged = note.replace(line, &evidence::strict_base64::encode(&forged));
        assert_eq!(verifier.open(&forged), Err(SmError::Signature), "byte {at}");
    }
    let longer = [&blob[..], &[0]].concat();
    let longer = note.replace(line, &evidence::strict_base64::encode(&longer));
    assert_eq!(verifier.open(&longer), Err(SmError::Signature));
}

/// T20: the same 1,000 entries in both logs; both are whole, and a proof of the one proves nothing
/// in the other.
#[test]
fn two_logs_over_the_same_entries_are_never_mixed() {
    let entries = entries(1_000);
    let first: Vec<Hash> = entries.iter().map(|entry| leaf_hash(entry)).collect();
    let second: Vec<Hash> = entries.iter().map(|one| TreeHash::Sm3.leaf(one)).collect();
    assert_eq!(first.len(), second.len());
    let sha = TreeHead {
        size: 1_000,
        root: mth(&first),
    };
    let sm = TreeHead {
        size: 1_000,
        root: mth_by(TreeHash::Sm3, &second),
    };
    assert_eq!(head(&entries), sm);
    for index in [0, 1, 255, 256, 511, 512, 998, 999] {
        let at = usize::try_from(index).unwrap();
        let of_first = inclusion_among(&first, index).unwrap();
        let of_second = inclusion_among_by(TreeHash::Sm3, &second, index).unwrap();
        assert!(verify_inclusion(index, first[at], &of_first, sha).is_ok());
        assert!(includes(sm, index, &entries[at], &of_second));
        assert!(!includes(sm, index, &entries[at], &of_first));
        assert!(!includes(sha, index, &entries[at], &of_first));
        let mixed = verify_inclusion(index, first[at], &of_first, sm);
        assert_eq!(mixed, Err(ProofError::Root));
        let mixed = verify_inclusion_by(TreeHash::Sm3, index, first[at], &of_first, sha);
        assert_eq!(mixed, Err(ProofError::Root));
        assert!(!includes(sm, index, b"{\"seq\":1000}", &of_second));
    }
    assert!(verify_consistency_by(TreeHash::Sm3, sm, sm, &[]).is_ok());
}

#[test]
fn an_audit_computes_the_second_log_anew() {
    let entries = entries(1_000);
    let signed: Vec<(u64, String)> = [200_usize, 600, 1_000]
        .iter()
        .map(|size| (*size as u64, key().sign(head(&entries[..*size])).unwrap()))
        .collect();
    let audited = |entries: &[Vec<u8>], signed: &[(u64, String)]| {
        let mut audit = SmAudit::new(key().verifier().unwrap(), signed.to_vec());
        entries.iter().for_each(|entry| audit.push(entry));
        audit.finish()
    };
    assert_eq!(audited(&entries, &signed), (Vec::new(), 3));
    let mut forged = entries.clone();
    forged[400][2] ^= 1;
    let roots = vec![
        SmFinding::Root { size: 600 },
        SmFinding::Root { size: 1_000 },
    ];
    assert_eq!(audited(&forged, &signed).0, roots);
    let shorter = audited(&entries[..999], &signed).0;
    assert_eq!(shorter, [SmFinding::Truncated { size: 1_000 }]);
    let mut swapped = signed.clone();
    swapped[0].1 = signed[1].1.clone();
    assert_eq!(
        audited(&entries, &swapped).0,
        [SmFinding::Root { size: 200 }]
    );
    swapped[0].1 = signed[0].1.replacen("\n200\n", "\n201\n", 1);
    let mut tiled = SmAudit::new(key().verifier().unwrap(), signed.clone());
    tiled.anchor(head(&entries));
    entries.iter().for_each(|entry| tiled.push(entry));
    for n in 0..3_usize {
        let leaves = entries[n * 256..(n + 1) * 256].iter();
        let mut data: Vec<u8> = leaves
            .flat_map(|entry| *TreeHash::Sm3.leaf(entry).as_bytes())
            .collect();
        data[5] ^= u8::from(n == 1);
        tiled.stored_tile(n as u64, &data);
    }
    assert_eq!(tiled.finish(), (vec![SmFinding::Tile { n: 1 }], 4));
    let why = SmError::Signature;
    assert_eq!(
        audited(&entries, &swapped).0,
        [SmFinding::Checkpoint { size: 200, why }]
    );
}
