//! What strangers' programs say of what we sign: pyHanko, pdfsig, OpenSSL.
//!
//! `scripts/strangers` makes the environment with pyHanko and prints where it is; with its path in
//! `BATON_STRANGERS` these tests use it. Where a program is absent, a test says NOT CHECKED and
//! passes, unless `BATON_STRANGERS_REQUIRED` is set, as `./dev test` does.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use signing::authority::{Profile, request};
use signing::certificate::Certificate;
use signing::sign::{detached_finish, detached_to_sign, prepare_stamp};
use signing::signer::Signer;
use signing::timestamp::{Answer, Trust, query};
use signing::validation;
use signing::verify::{State, verify};
use tempfile::TempDir;

use crate::people::{
    Company, NONCE, NOW, PACKED, TYPST, company, flipped, rsa_key, subject, three_signers, wish,
    years,
};
use crate::tampering;

fn absent(what: &str) -> bool {
    assert!(
        std::env::var_os("BATON_STRANGERS_REQUIRED").is_none(),
        "{what} is required"
    );
    eprintln!("NOT CHECKED: {what} is not here");
    true
}

fn is_here(program: &str) -> bool {
    // Any answer is good: only a program that cannot be started is absent.
    Command::new(program).arg("-v").output().is_ok() || !absent(program)
}

fn python() -> Option<PathBuf> {
    let folder = std::env::var_os("BATON_STRANGERS").filter(|folder| !folder.is_empty());
    let python = folder.map(|folder| Path::new(&folder).join("bin/python3"));
    python
        .filter(|python| python.exists() || !absent("the environment with pyHanko"))
        .or_else(|| {
            absent("pyHanko (see scripts/strangers)");
            None
        })
}

fn pem(kind: &str, der: &[u8]) -> String {
    let text = STANDARD.encode(der);
    let lines: Vec<String> = text
        .as_bytes()
        .chunks(64)
        .map(|line| String::from_utf8_lossy(line).into_owned())
        .collect();
    format!(
        "-----BEGIN {kind}-----\n{}\n-----END {kind}-----\n",
        lines.join("\n")
    )
}

/// A folder with the authority's certificate in it.
fn folder(company: &Company) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let certificate = company.authority.certificate().der();
    std::fs::write(
        folder.path().join("ca.pem"),
        pem("CERTIFICATE", certificate),
    )
    .unwrap();
    folder
}

/// pyHanko's verdicts, one for each signature of each file.
fn pyhanko(python: &Path, folder: &Path, files: &[(&str, &[u8])]) -> Value {
    let mut command = Command::new(python);
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/strangers/verdict.py");
    command.arg(script).arg(folder.join("ca.pem"));
    command.arg((NOW.0 / 1000 + 3600).to_string());
    for (name, bytes) in files {
        let path = folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        command.arg(path);
    }
    let output = command.output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    serde_json::from_str(&text)
        .unwrap_or_else(|_| panic!("{text}{}", String::from_utf8_lossy(&output.stderr)))
}

/// The files of the table in the specification: both kinds of cross references, three signers,
/// validation data, a document timestamp, a flipped bit, an annotation added afterwards.
struct Table {
    three: Vec<u8>,
    kept: Vec<u8>,
    stamped: Vec<u8>,
    flipped: Vec<u8>,
}

fn table(base: &[u8], company: &Company) -> Table {
    let three = three_signers(base, company);
    let kept = validation::add(&three, &company.data()).unwrap();
    let prepared = prepare_stamp(&kept).unwrap();
    let answer = company.stamp(&prepared.query(NONCE), NOW.plus_seconds(60));
    let answer = Answer::read(&answer).unwrap();
    let (stamped, _) = prepared.finish(&answer, NONCE, &company.trust()).unwrap();
    let flipped = flipped(&three);
    Table {
        three,
        kept,
        stamped,
        flipped,
    }
}

fn annotated(signed: &[u8]) -> Vec<u8> {
    let page = tampering::page(signed);
    let changed = tampering::body(signed, page).replacen("/Annots [", "/Annots [900 0 R ", 1);
    let text = "<</Type/Annot/Subtype/FreeText/Rect[50 50 300 80]/DA(/Helv 12 Tf)\
                /Contents(commission 90%)>>";
    tampering::update(signed, &[(page, changed), (900, text.to_owned())])
}

#[test]
fn pyhanko_agrees() {
    let Some(python) = python() else { return };
    let company = company();
    let folder = folder(company);
    let (typst, packed) = (table(TYPST, company), table(PACKED, company));
    let annotated = annotated(&typst.three);
    let files: Vec<(&str, &[u8])> = vec![
        ("typst-three.pdf", &typst.three),
        ("packed-three.pdf", &packed.three),
        ("typst-kept.pdf", &typst.kept),
        ("packed-kept.pdf", &packed.kept),
        ("typst-stamped.pdf", &typst.stamped),
        ("packed-stamped.pdf", &packed.stamped),
        ("typst-flipped.pdf", &typst.flipped),
        ("packed-flipped.pdf", &packed.flipped),
        ("annotated.pdf", &annotated),
    ];
    let said = pyhanko(&python, folder.path(), &files);
    for (name, bytes) in &files {
        let signatures = said[name]
            .as_array()
            .unwrap_or_else(|| panic!("{name}: {said:#}"));
        let ours = verify(bytes, &company.trust());
        let good = !name.contains("flipped") && !name.contains("annotated");
        assert_eq!(
            ours.as_ref().is_ok_and(|report| report.valid),
            good,
            "{name}: {ours:#?}"
        );
        let expected = if name.contains("-stamped") { 4 } else { 3 };
        assert_eq!(signatures.len(), expected, "{name}");
        for one in signatures {
            assert_eq!(one["valid"], good, "{name}: {one:#}");
            // With validation data pyHanko needs nothing from the network.
            let long_term = good && (name.contains("kept") || name.contains("stamped"));
            if long_term && one["kind"] == "/Sig" {
                assert_eq!(one["long_term"], true, "{name}: {one:#}");
            }
            if good && name.contains("three") {
                assert_eq!(one["timestamp"], true, "{name}: {one:#}");
                assert_ne!(one["long_term"], true, "the data is really used: {one:#}");
            }
        }
    }
    let last = &said["typst-three.pdf"][2];
    assert_eq!(last["coverage"], "ENTIRE_FILE");
}

#[test]
fn pdfsig_agrees() {
    if !is_here("pdfsig") {
        return;
    }
    let company = company();
    let folder = folder(company);
    for base in [TYPST, PACKED] {
        let table = table(base, company);
        for (bytes, word, count) in [
            (&table.three, "Signature is Valid", 3),
            (&table.kept, "Signature is Valid", 3),
            (&table.flipped, "Digest Mismatch", 3),
        ] {
            let path = folder.path().join("x.pdf");
            std::fs::write(&path, bytes).unwrap();
            let output = Command::new("pdfsig")
                .arg("-nocert")
                .arg(&path)
                .output()
                .unwrap();
            let said = String::from_utf8_lossy(&output.stdout).into_owned();
            assert_eq!(said.matches(word).count(), count, "{said}");
        }
    }
}

fn openssl(folder: &Path, arguments: &str) -> Output {
    let arguments: Vec<&str> = arguments.split_whitespace().collect();
    Command::new("openssl")
        .current_dir(folder)
        .args(arguments)
        .output()
        .unwrap()
}

/// Runs it and wants this word in what it says.
fn openssl_says(folder: &Path, arguments: &str, word: &str) {
    let output = openssl(folder, arguments);
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    assert!(said.contains(word), "openssl {arguments}\n{said}");
}

#[test]
fn openssl_believes_our_stamps_certificates_and_lists() {
    if !is_here("openssl") {
        return;
    }
    let company = company();
    let folder = folder(company);
    let place = |name: &str| folder.path().join(name);
    std::fs::write(place("x"), b"checkpoint").unwrap();
    let asked = query(b"checkpoint", NONCE);
    std::fs::write(place("x.tsq"), &asked).unwrap();
    std::fs::write(place("x.tsr"), company.stamp(&asked, NOW)).unwrap();
    let when = format!("-attime {}", NOW.0 / 1000 + 60);
    openssl_says(
        folder.path(),
        "ts -query -in x.tsq -text",
        "Hash Algorithm: sha256",
    );
    let ts = format!("ts -verify -data x -in x.tsr -CAfile ca.pem {when}");
    openssl_says(folder.path(), &ts, "Verification: OK");
    let ts = format!("ts -verify -queryfile x.tsq -in x.tsr -CAfile ca.pem {when}");
    openssl_says(folder.path(), &ts, "Verification: OK");
    std::fs::write(place("x"), b"checkpoinT").unwrap();
    let ts = format!("ts -verify -data x -in x.tsr -CAfile ca.pem {when}");
    openssl_says(folder.path(), &ts, "Verification: FAILED");

    let own = company.employee.chain()[0].der();
    std::fs::write(place("own.pem"), pem("CERTIFICATE", own)).unwrap();
    let data = company.data();
    std::fs::write(place("list.pem"), pem("X509 CRL", &data.lists[0])).unwrap();
    let verify =
        format!("verify -x509_strict -crl_check -CRLfile list.pem -CAfile ca.pem {when} own.pem");
    openssl_says(folder.path(), &verify, "own.pem: OK");
    let revoked = [(&company.employee.chain()[0], NOW.plus_seconds(-60))];
    let list = company
        .authority
        .revocation_list(&revoked, 2, years(-1, 1), [0; 32])
        .unwrap();
    std::fs::write(place("list.pem"), pem("X509 CRL", &list)).unwrap();
    openssl_says(folder.path(), &verify, "certificate revoked");
    let asked = request(&rsa_key(), &subject("李娜"), [0; 32]).unwrap();
    std::fs::write(place("own.csr"), pem("CERTIFICATE REQUEST", &asked)).unwrap();
    openssl_says(folder.path(), "req -verify -noout -in own.csr", "verify OK");
}

#[test]
fn openssl_checks_a_detached_signature() {
    if !is_here("openssl") {
        return;
    }
    let company = company();
    let folder = folder(company);
    let manifest = b"00ff  data/report.pdf\n";
    std::fs::write(folder.path().join("manifest"), manifest).unwrap();
    for signer in [&company.seal, &company.manager] {
        let what = detached_to_sign(manifest, signer.chain()).unwrap();
        let signature = signer.sign(&what, [0; 32]).unwrap();
        let message = detached_finish(&what, signer.chain(), &signature).unwrap();
        std::fs::write(folder.path().join("manifest.p7s"), message).unwrap();
        let verify = format!(
            "cms -verify -binary -inform DER -in manifest.p7s -content manifest -CAfile ca.pem \
             -purpose any -attime {} -out out",
            NOW.0 / 1000 + 60
        );
        openssl_says(folder.path(), &verify, "successful");
    }
}

/// OpenSSL as the authority: its certificate comes from our authority, its stamps from itself.
#[test]
fn stamps_of_openssl_are_believed() {
    if !is_here("openssl") {
        return;
    }
    let company = company();
    let folder = folder(company);
    let place = |name: &str| folder.path().join(name);
    openssl(
        folder.path(),
        "ecparam -name secp384r1 -genkey -noout -out tsa.key",
    );
    openssl(
        folder.path(),
        "req -new -key tsa.key -subj /CN=tsa -outform DER -out tsa.csr",
    );
    let csr = std::fs::read(place("tsa.csr")).unwrap();
    let issued = |profile, serial| -> Certificate {
        company
            .authority
            .issue(&csr, profile, years(-1, 20), [serial; 16], [0; 32])
            .unwrap()
    };
    let certificate = issued(Profile::Timestamps, 50);
    std::fs::write(place("tsa.pem"), pem("CERTIFICATE", certificate.der())).unwrap();
    let config = "[tsa]\ndefault_tsa=t\n[t]\nserial=serial\nsigner_digest=sha256\n\
                  default_policy=1.2.3.4.1\ndigests=sha256\nordering=yes\ntsa_name=yes\n\
                  accuracy=secs:1,millisecs:500\ness_cert_id_chain=no\n";
    std::fs::write(place("tsa.cnf"), config).unwrap();
    std::fs::write(place("serial"), "01\n").unwrap();
    let reply = "ts -reply -config tsa.cnf -section t -queryfile x.tsq -signer tsa.pem \
                 -inkey tsa.key -out x.tsr";
    // A whole document, signed and stamped by OpenSSL.
    let prepared = signing::sign::prepare(PACKED, &wish(&company.employee, "张伟")).unwrap();
    let signature = company.employee.sign(&prepared.to_sign(), [0; 32]).unwrap();
    let signed = prepared.finish(&signature).unwrap();
    std::fs::write(place("x.tsq"), signed.query(NONCE)).unwrap();
    openssl(folder.path(), reply);
    let answer = Answer::read(&std::fs::read(place("x.tsr")).unwrap()).unwrap();
    // OpenSSL reads the machine's own clock, whatever it says.
    let trust = Trust {
        now: kernel::Moment(i64::MAX / 4),
        ..company.trust()
    };
    let nobody = Trust::nobody(trust.now);
    assert!(signed.stamped(&answer, NONCE, &nobody).is_err());
    let (document, stamp) = signed.stamped(&answer, NONCE, &trust).unwrap();
    assert_eq!(stamp.policy, "1.2.3.4.1");
    let report = verify(&document, &trust).unwrap();
    assert_eq!(report.signatures[0].state, State::Valid, "{report:#?}");
    assert_eq!(report.signatures[0].timestamp.as_ref(), Some(&stamp));
}
