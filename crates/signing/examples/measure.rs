//! How long signing and checking take. `cargo run --release -p signing --example measure -- PDF`

use std::time::Instant;

use kernel::Moment;
use signing::authority::{Authority, Profile, Subject, Validity, request};
use signing::sign::{Wish, prepare};
use signing::signer::Signer;
use signing::software_key::{Secret, SoftwareKey, SoftwareSigner};
use signing::timestamp::Trust;
use signing::verify::verify;
use zeroize::Zeroizing;

const RUNS: usize = 21;
const NOW: Moment = Moment(1_795_680_000_000);

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("which PDF?")?;
    let pdf = std::fs::read(&path)?;
    let validity = Validity {
        from: NOW,
        until: NOW.plus_seconds(1_000_000),
    };
    let subject = |name: &str| Subject {
        common_name: name.into(),
        organization: "公司".into(),
    };
    let ca = SoftwareKey::generate(&Zeroizing::new([1; 32]))?;
    let ca = Authority::create(ca, &subject("CA"), validity, [1; 16], [0; 32])?;
    let key = SoftwareKey::generate(&Zeroizing::new([2; 32]))?;
    let sealed = key.seal(Secret::Chosen("a secret of its own"), [3; 40])?;
    let csr = request(&key, &subject("张伟"), [0; 32])?;
    let chain = vec![
        ca.issue(&csr, Profile::Signer, validity, [2; 16], [0; 32])?,
        ca.certificate().clone(),
    ];
    let mut open = Vec::new();
    let mut sign = Vec::new();
    let mut check = Vec::new();
    for _ in 0..RUNS {
        let began = clock();
        let key = sealed.open("a secret of its own")?;
        let signer = SoftwareSigner::new(key, chain.clone())?;
        open.push(micros(began));
        let began = clock();
        let signed = sign_once(&pdf, &signer)?;
        sign.push(micros(began));
        let second = sign_once(&signed, &signer)?;
        let third = sign_once(&second, &signer)?;
        let began = clock();
        let trust = Trust {
            anchors: vec![ca.certificate().clone()],
            timestamp_anchors: Vec::new(),
            now: NOW,
        };
        assert!(verify(&third, &trust)?.valid, "what was signed is valid");
        check.push(micros(began));
    }
    println!(
        "{} bytes, median and worst of {RUNS} runs, in microseconds",
        pdf.len()
    );
    for (what, mut times) in [
        ("open the sealed key", open),
        ("sign (P-256, B-B)", sign),
        ("check three signatures", check),
    ] {
        times.sort_unstable();
        println!("{what:<24} {:>9} {:>9}", times[RUNS / 2], times[RUNS - 1]);
    }
    Ok(())
}

fn sign_once(pdf: &[u8], signer: &SoftwareSigner) -> Result<Vec<u8>, kernel::Refusal> {
    let wish = Wish {
        chain: signer.chain(),
        name: "张伟".into(),
        reason: String::new(),
        place: String::new(),
        at: NOW,
        timestamp: false,
        appearance: None,
    };
    let prepared = prepare(pdf, &wish)?;
    let signature = signer.sign(&prepared.to_sign(), [4; 32])?;
    Ok(prepared.finish(&signature)?.document().to_vec())
}

#[expect(
    clippy::disallowed_methods,
    reason = "a measurement needs the real clock"
)]
fn clock() -> Instant {
    Instant::now()
}

fn micros(began: Instant) -> u128 {
    began.elapsed().as_micros()
}
