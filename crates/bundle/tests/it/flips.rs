//! One bit changed in any file of a bundle is caught, by both verifiers and by the same name.

use std::collections::BTreeSet;

use bundle::archive::Folder;
use bundle::draft::Draft;
use bundle::examine::{Trust, examine};

use crate::company::{Log, trust};
use crate::second::{Second, ours};
use crate::tampering::repair;

/// A small bundle with everything in it that a bundle may have.
fn small() -> Folder {
    let log = Log::of(12, 6);
    let records = (0..12).map(|index| log.record(index)).collect();
    let draft = Draft::of(&log.case(records, &["customer/c0", "customer/c7"])).unwrap();
    draft
        .seal(
            Some(vec![0x30, 0x03, 0x02, 0x01, 0x00]),
            Some(vec![0x30, 0x00]),
        )
        .unwrap()
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
const BOUND_BY_THE_MANIFEST_ALONE: [&str; 6] = [
    "bag-info.txt",
    "data/VERIFY.md",
    "data/trust/policy.txt",
    "data/verifier/baton-verify.py",
    "manifest-sha256.txt.p7s",
    "manifest-sha256.txt.tsr",
];

/// The same with the digests put right, as an opponent would: the log itself must tell.
#[test]
fn with_the_manifest_made_anew_records_still_tell() {
    let (folder, trust): (Folder, Trust) = (small(), trust());
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
        assert!(
            BOUND_BY_THE_MANIFEST_ALONE.contains(&path),
            "{path} can be changed unseen"
        );
    }
}
