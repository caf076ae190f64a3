//! The bundles that the tests of the page `/verify` damage are ones that we make.

use std::path::Path;

use bundle::archive;
use bundle::draft::Draft;

use crate::company::{Log, policy};
use crate::seals::{self, PDF};

/// Kept beside the tests of the page; with `BATON_WRITE_FIXTURES` set they are written anew.
fn are_ours(files: Vec<(&str, Vec<u8>)>) {
    let place =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web/src/features/verify/engine/fixtures");
    for (name, made) in files {
        let path = place.join(name);
        if std::env::var_os("BATON_WRITE_FIXTURES").is_some() {
            std::fs::create_dir_all(&place).unwrap();
            std::fs::write(&path, &made).unwrap();
        }
        let kept = std::fs::read(&path).unwrap_or_default();
        assert!(
            kept == made,
            "{name} is out of date: run this test with BATON_WRITE_FIXTURES=1"
        );
    }
}

#[test]
fn the_browsers_bundle_is_ours() {
    let folder = Draft::of(&Log::of(600, 200).about_c0())
        .unwrap()
        .seal(None, None)
        .unwrap();
    are_ours(vec![
        ("bundle.zip", archive::write(&folder).unwrap()),
        ("policy.txt", policy().to_string().into_bytes()),
    ]);
}

/// The same with everything signed and stamped, and a document that was made to last.
#[test]
fn the_browsers_signed_bundle_is_ours() {
    let paper = seals::with_data(&seals::sign_pdf(PDF, false, 21), None);
    let mut case = Log::with_paper(600, 200, seals::with_stamp(&paper)).about_c0();
    seals::stamp_checkpoints(&mut case);
    let folder = seals::sealed(&case);
    let pem = |one: signing::certificate::Certificate| one.to_pem().into_bytes();
    are_ours(vec![
        ("signed.zip", archive::write(&folder).unwrap()),
        ("ca.pem", pem(seals::company_certificate())),
        ("tsa.pem", pem(seals::clock_certificate())),
    ]);
}
