//! How long a bundle of 1,000 records takes, to make and to check.
//!
//! `cargo run --release -p bundle --example bench_bundle -- [FOLDER]` prints the bars of issue 3;
//! with a folder it leaves `bundle.zip` and `policy.txt` there, for the other verifier. Both logs
//! go along, the one with SM3 and SM2 too.
#![expect(
    clippy::unwrap_used,
    reason = "a measurement that cannot be made is a failure"
)]
#![expect(clippy::disallowed_methods, reason = "measuring is reading the clock")]

use std::time::{Duration, Instant};

use bundle::archive;
use bundle::case::{Case, Second};
use bundle::draft::Draft;
use bundle::examine::examine;
use evidence::hash::{Hash, TreeHash};
use evidence::proof::inclusion_among_by;
use evidence::sm::{SmSignerKey, origin_of};
use evidence::tree::{TreeHead, mth_by};

#[expect(dead_code, reason = "the tests' company; they use all of it")]
#[path = "../tests/it/company.rs"]
mod company;

const ROUNDS: usize = 7;

/// The middle one of several times, and what was made.
fn timed<T>(mut act: impl FnMut() -> T) -> (Duration, T) {
    let mut times = Vec::new();
    let mut last = None;
    for _ in 0..ROUNDS {
        let start = Instant::now();
        last = Some(act());
        times.push(start.elapsed());
    }
    times.sort();
    (times[ROUNDS / 2], last.unwrap())
}

/// The second log over all entries.
fn second(log: &company::Log, case: &Case) -> Second {
    let key = SmSignerKey::from_secret(&origin_of(case.log.name()), &[7; 32]).unwrap();
    let rows = log.rows.iter();
    let leaves: Vec<Hash> = rows.map(|row| TreeHash::Sm3.leaf(&row.entry)).collect();
    let size = u64::try_from(leaves.len()).unwrap();
    let root = mth_by(TreeHash::Sm3, &leaves);
    let proof = |index| inclusion_among_by(TreeHash::Sm3, &leaves, index).unwrap();
    let indexes = case.records.iter().map(|record| record.proof.index);
    Second {
        key: key.verifier().unwrap(),
        size,
        checkpoint: key.sign(TreeHead { size, root }).unwrap(),
        proofs: indexes.map(|index| (index, proof(index))).collect(),
    }
}

fn main() {
    let log = company::Log::of(1_000, 200);
    let records: Vec<_> = (0..1_000).map(|index| log.record(index)).collect();
    let mut case = log.case(records, &["customer/c0"]);
    let second = second(&log, &case);
    let policy = company::policy().and_second(second.key.clone());
    case.sm = Some(second);
    let (made, zip) = timed(|| {
        let folder = Draft::of(&case).unwrap().seal(None, None).unwrap();
        archive::write(&folder).unwrap()
    });
    let trust = bundle::examine::Trust {
        policy: Some(policy.clone()),
        ..company::trust()
    };
    let (checked, report) = timed(|| examine(&archive::read(&zip).unwrap(), &trust));
    let (records, kilobytes) = (report.records.len(), zip.len() / 1_000);
    println!(
        "{records} records, {kilobytes} kB, verdict {}",
        report.verdict
    );
    println!("made, own check included: {made:?} (bar 5 s)");
    println!("verified: {checked:?} (bar 2 s)");
    if let Some(folder) = std::env::args().nth(1) {
        let folder = std::path::Path::new(&folder);
        std::fs::write(folder.join("bundle.zip"), zip).unwrap();
        std::fs::write(folder.join("policy.txt"), policy.to_string()).unwrap();
    }
}
