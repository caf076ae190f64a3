//! Key files as OpenSSL 3 writes them; made once for these tests, used nowhere else.

use signing::pkcs12::open;
use signing::signer::Signer;
use signing::timestamp::Trust;
use signing::verify::verify;

use crate::people::{NOW, TYPST, sign_plain};

const FILE: &[u8] = include_bytes!("../fixtures/signer.p12");
const OLD: &[u8] = include_bytes!("../fixtures/legacy.p12");

#[test]
fn a_key_file_signs() {
    let signer = open(FILE, "baton-2026").unwrap();
    assert_eq!(signer.chain()[0].holder(), "王芳");
    assert_eq!(signer.chain().len(), 2, "the issuer comes along");
    let signed = sign_plain(TYPST, &signer, "王芳");
    let trust = Trust {
        anchors: vec![signer.chain()[1].clone()],
        ..Trust::nobody(NOW.plus_seconds(86_400))
    };
    let report = verify(&signed, &trust).unwrap();
    assert!(report.valid, "{report:#?}");
}

#[test]
fn a_wrong_password_is_named() {
    let refusal = open(FILE, "baton-2027").err().unwrap();
    assert_eq!(refusal.code, "signing.pkcs12_password");
}

#[test]
fn an_outdated_file_is_refused_with_the_remedy() {
    let refusal = open(OLD, "baton-2026").err().unwrap();
    assert_eq!(refusal.code, "signing.pkcs12_legacy");
    assert!(refusal.remedy.contains("openssl pkcs12"));
}

#[test]
fn anything_else_is_no_key_file() {
    for bytes in [&b""[..], b"hello", TYPST, &FILE[..100]] {
        assert!(open(bytes, "x").is_err());
    }
}
