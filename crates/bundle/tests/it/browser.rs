//! The bundle that the tests of the page `/verify` damage is one that we make.

use std::path::Path;

use bundle::archive;
use bundle::draft::Draft;

use crate::company::{Log, policy};

/// With `BATON_WRITE_FIXTURES` set it is written anew.
#[test]
fn the_browsers_bundle_is_ours() {
    let folder = Draft::of(&Log::of(600, 200).about_c0())
        .unwrap()
        .seal(None, None)
        .unwrap();
    let (zip, policy) = (archive::write(&folder).unwrap(), policy().to_string());
    let place =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web/src/features/verify/engine/fixtures");
    for (name, made) in [("bundle.zip", zip), ("policy.txt", policy.into_bytes())] {
        let path = place.join(name);
        if std::env::var_os("BATON_WRITE_FIXTURES").is_some() {
            std::fs::create_dir_all(&place).unwrap();
            std::fs::write(&path, &made).unwrap();
        }
        let kept = std::fs::read(&path).unwrap();
        assert!(
            kept == made,
            "{name} is out of date: run this test with BATON_WRITE_FIXTURES=1"
        );
    }
}
