//! One bit changed in any file of a bundle is caught, by both verifiers and by the same name.

use std::collections::BTreeSet;

use bundle::archive::Folder;
use bundle::examine::{Trust, examine};

use evidence::verdict::Verdict;

use crate::company::{Log, trust};
use crate::seals;
use crate::second::{Second, ours};
use crate::tampering::repair;

/// A small bundle with everything in it that a bundle may have.
fn small() -> Folder {
    let log = Log::of(12, 6);
    let records = (0..12).map(|index| log.record(index)).collect();
    let mut case = log.case(records, &["customer/c0", "customer/c7"]);
    seals::stamp_checkpoints(&mut case);
    seals::sealed(&case)
}

/// Every byte of short files; of long ones those at both ends and a sample between.
fn places(length: usize) -> impl Iterator<Item = usize> {
    let step = (length / 80).max(1);
    (0..length).filter(move |at| length < 200 || at % step == 0 || at + 3 > length)
}

fn flipped(content: &[u8], at: usize) -> Vec<u8> {
    let mut content = content.to_vec();
    content[at] ^= 1 << (at % 7);
    content
}

#[test]
fn any_byte_changed_in_any_file_is_caught_by_both() {
    let (folder, trust) = (small(), trust());
    let mut second = Second::start(&folder, &trust);
    assert_eq!(second.says(&[]), ours(&examine(&folder, &trust)));
    let mut tried = 0;
    for (path, content) in &folder.files {
        for at in places(content.len()) {
            let changed = flipped(content, at);
            let theirs = second.says(&[(path.as_str(), changed.as_slice())]);
            let mut damaged = folder.clone();
            damaged.files.insert(path.clone(), changed);
            let found = ours(&examine(&damaged, &trust));
            assert_eq!(found, theirs, "{path} byte {at}");
            assert_eq!(found.0, "INVALID", "{path} byte {at}: {:?}", found.1);
            assert!(found.1.iter().any(|(code, _)| code.starts_with("bag.")));
            tried += 1;
        }
    }
    assert!(tried > 3_000, "only {tried} flips");
}

/// What only the signature over the manifest protects: whoever makes the manifest anew can change
/// these without a verdict of INVALID. A test, so that the list is true.
const BOUND_BY_THE_MANIFEST_ALONE: [&str; 7] = [
    "bag-info.txt",
    "data/VERIFY.md",
    "data/keys/company-ca.pem",
    "data/keys/tsa-chain.pem",
    "data/trust/policy.txt",
    "data/verifier/baton-verify.py",
    // Some bytes of a response are not signed: its status, certificates nobody needs.
    "data/timestamps/",
];

/// The same with the digests put right, as an opponent would: the log itself must tell.
#[test]
fn with_the_manifest_made_anew_records_still_tell() {
    let (mut folder, trust): (Folder, Trust) = (small(), trust());
    // Who makes the manifest anew must leave out what signed and stamped it.
    folder.files.remove("manifest-sha256.txt.p7s");
    folder.files.remove("manifest-sha256.txt.tsr");
    repair(&mut folder);
    let mut second = Second::start(&folder, &trust);
    let mut quiet = BTreeSet::new();
    for (path, content) in &folder.files {
        if path.ends_with("manifest-sha256.txt") {
            continue;
        }
        for at in places(content.len()).step_by(5) {
            let mut damaged = folder.clone();
            damaged.files.insert(path.clone(), flipped(content, at));
            repair(&mut damaged);
            let found = ours(&examine(&damaged, &trust));
            let changed: Vec<(&str, &[u8])> = damaged
                .files
                .iter()
                .filter(|(path, content)| folder.files.get(*path) != Some(content))
                .map(|(path, content)| (path.as_str(), content.as_slice()))
                .collect();
            assert_eq!(found, second.says(&changed), "{path} byte {at}");
            if found.0 != "INVALID" {
                quiet.insert(path.as_str());
            }
        }
    }
    for path in quiet {
        let mut known = BOUND_BY_THE_MANIFEST_ALONE.iter();
        assert!(
            known.any(|known| path.starts_with(known)),
            "{path} can be changed unseen"
        );
    }
}

/// The signature over the manifest binds what the log does not: with it in place no change of any
/// file passes, and without it somebody who knows the company's certificate is told. What BagIt
/// itself says of the bag (who, when, how much) lies beside the manifest and is bound by nothing.
#[test]
fn the_signature_binds_every_file() {
    let (folder, told) = (small(), seals::trust());
    let mut second = Second::start(&folder, &told);
    assert_eq!(second.says(&[]), ours(&examine(&folder, &told)));
    assert_eq!(examine(&folder, &told).findings, Vec::new());
    for (path, content) in &folder.files {
        if path.contains("manifest-sha256.txt") || path == "bag-info.txt" {
            continue;
        }
        let mut damaged = folder.clone();
        let changed = flipped(content, content.len() / 2);
        damaged.files.insert(path.clone(), changed);
        repair(&mut damaged);
        let report = examine(&damaged, &told);
        assert_eq!(report.verdict.code(), "INVALID", "{path}");
        let names: Vec<&str> = report.findings.iter().map(|one| one.code.name).collect();
        assert!(
            names.contains(&"signature.bad") || names.iter().any(|name| name.starts_with("bag.")),
            "{path} {names:?}"
        );
        damaged.files.remove("manifest-sha256.txt.p7s");
        damaged.files.remove("manifest-sha256.txt.tsr");
        repair(&mut damaged);
        let report = examine(&damaged, &told);
        assert!(report.verdict >= Verdict::Incomplete, "{path}");
    }
}
