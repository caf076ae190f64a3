//! Files made to hurt: nothing here may panic, hang or eat the memory.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use proptest::prelude::*;
use signing::certificate::Certificate;
use signing::pkcs12;
use signing::sign::{prepare, prepare_stamp};
use signing::software_key::{SealedKey, Secret};
use signing::timestamp::Answer;
use signing::validation::{self, ValidationData};
use signing::verify::verify;

use crate::people::{NONCE, NOW, PACKED, TYPST, company, key, sign_plain, wish};

fn try_everything(pdf: &[u8]) {
    let company = company();
    let _ = verify(pdf, &company.trust());
    let _ = prepare(pdf, &wish(&company.employee, "张伟"));
    let _ = prepare_stamp(pdf);
    let _ = validation::add(pdf, &ValidationData::default());
}

/// A file whose objects and table are right, however mad what they say is.
fn file(objects: &[(u32, Vec<u8>)], trailer: &str) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut table = String::from("xref\n0 1\n0000000000 65535 f\r\n");
    for (number, body) in objects {
        table.push_str(&format!("{number} 1\n{:010} 00000 n\r\n", out.len()));
        out.extend(format!("{number} 0 obj\n").bytes());
        out.extend(body);
        out.extend(b"\nendobj\n");
    }
    let start = out.len();
    out.extend(table.bytes());
    out.extend(format!("trailer\n<<{trailer}>>\nstartxref\n{start}\n%%EOF\n").bytes());
    out
}

fn bomb(megabytes: usize) -> Vec<u8> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::best());
    let zeros = vec![0; 1 << 20];
    for _ in 0..megabytes {
        packer.write_all(&zeros).unwrap();
    }
    packer.finish().unwrap()
}

fn stream(dict: &str, bytes: &[u8]) -> Vec<u8> {
    let mut out = format!("<<{dict}/Length {}>>\nstream\n", bytes.len()).into_bytes();
    out.extend(bytes);
    out.extend(b"\nendstream");
    out
}

#[test]
fn circles_bombs_and_depths() {
    let catalog = b"<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R/DSS 5 0 R>>".to_vec();
    let plain = |more: Vec<(u32, Vec<u8>)>| {
        let mut all = vec![(1, catalog.clone())];
        all.extend(more);
        file(&all, "/Size 9/Root 1 0 R")
    };
    let page_tree_in_a_circle = plain(vec![(2, b"<</Kids[2 0 R 2 0 R]>>".to_vec())]);
    let form_in_a_circle = plain(vec![
        (2, b"<</Kids[3 0 R]>>".to_vec()),
        (3, b"<</Type/Page>>".to_vec()),
        (4, b"<</Fields[6 0 R]>>".to_vec()),
        (6, b"<</T(a)/Kids[6 0 R]>>".to_vec()),
    ]);
    let references_to_references = plain(vec![(2, b"3 0 R".to_vec()), (3, b"2 0 R".to_vec())]);
    let deep = plain(vec![(2, b"[".repeat(100_000))]);
    let length_of_itself = plain(vec![(2, b"<</Length 2 0 R>>\nstream\n".to_vec())]);
    let data_bomb = plain(vec![
        (2, b"<</Kids[3 0 R]>>".to_vec()),
        (3, b"<</Type/Page>>".to_vec()),
        (5, b"<</Certs[6 0 R 6 0 R 6 0 R]>>".to_vec()),
        (6, stream("/Filter/FlateDecode", &bomb(120))),
    ]);
    for pdf in [
        page_tree_in_a_circle,
        form_in_a_circle,
        references_to_references,
        deep,
        length_of_itself,
        data_bomb,
    ] {
        let company = company();
        assert!(
            verify(&pdf, &company.trust()).is_err() || {
                prepare(&pdf, &wish(&company.employee, "张伟")).is_err()
            }
        );
        try_everything(&pdf);
    }
}

#[test]
fn tables_that_lie() {
    let mut cases: Vec<Vec<u8>> = Vec::new();
    let head = "%PDF-1.7\n";
    let end = |start: usize| format!("\nstartxref\n{start}\n%%EOF\n");
    for table in [
        "xref\n0 18446744073709551615\n",
        "xref\n4294967295 2\n0000000009 00000 n\r\n0000000009 00000 n\r\ntrailer<</Root 1 0 R>>",
        "xref\n0 0\ntrailer\n<</Root 1 0 R/Prev 9>>",
        "xref\n0 0\ntrailer\n<</Root 1 0 R/Prev -1>>",
        "xref\n0 0\ntrailer\n<</Root 1 0 R/Size 99999999999999999999>>",
        "xref\n0 0\ntrailer\n<</Root 1 0 R/XRefStm 9>>",
        "xref\n1 1\n9999999999 00000 n\r\ntrailer\n<</Root 1 0 R>>",
    ] {
        cases.push(format!("{head}{table}{}", end(9)).into_bytes());
    }
    for dict in [
        "/Type/XRef/W[8 8 8]/Index[0 999999999]/Size 1",
        "/Type/XRef/W[1 9 1]/Size 1",
        "/Type/XRef/W[0 0 0]/Size 999999999",
        "/Type/XRef/W[1 2 1]/Index[18446744073709551615 1]/Size 1",
        "/Type/XRef/W[1 4 2]/Size 1/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 0>>",
    ] {
        let mut pdf = head.as_bytes().to_vec();
        pdf.extend(b"1 0 obj\n");
        pdf.extend(stream(dict, &[0; 64]));
        pdf.extend(b"\nendobj");
        pdf.extend(end(9).bytes());
        cases.push(pdf);
    }
    let mut pdf = head.as_bytes().to_vec();
    pdf.extend(b"1 0 obj\n");
    pdf.extend(stream(
        "/Type/XRef/W[1 4 2]/Size 1/Filter/FlateDecode",
        &bomb(120),
    ));
    pdf.extend(b"\nendobj");
    pdf.extend(end(9).bytes());
    cases.push(pdf);
    for pdf in cases {
        assert!(verify(&pdf, &company().trust()).is_err());
        try_everything(&pdf);
    }
}

#[test]
fn a_sealed_key_that_asks_for_all_memory() {
    let sealed = key(1)
        .seal(Secret::Chosen("correct horse battery"), [5; 40])
        .unwrap();
    let text = serde_json::to_string(&sealed).unwrap();
    let greedy = text.replace("\"memory_kib\":65536", "\"memory_kib\":4294967295");
    assert_ne!(text, greedy);
    let greedy: SealedKey = serde_json::from_str(&greedy).unwrap();
    assert!(greedy.open("correct horse battery").is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let _ = verify(&bytes, &company().trust());
        let _ = Certificate::read(&bytes);
        let _ = Certificate::read_all(&bytes);
        let _ = Answer::read(&bytes);
        let _ = pkcs12::open(&bytes, "x");
    }

    /// Signed files with pieces overwritten, cut out, doubled: whatever comes, no panic.
    #[test]
    fn mangled_files(
        packed: bool,
        wounds in prop::collection::vec(
            (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0_u8..5, any::<u8>()),
            1..6,
        ),
    ) {
        let company = company();
        let base = if packed { PACKED } else { TYPST };
        let mut pdf = sign_plain(base, &company.employee, "张伟");
        for (from, other, kind, byte) in wounds {
            let (from, other) = (from.index(pdf.len()), other.index(pdf.len()));
            let (low, high) = (from.min(other), from.max(other));
            match kind {
                0 => pdf[from] = byte,
                1 => pdf.truncate(high.max(20)),
                2 => { pdf.drain(low..high.min(low + 200)); }
                3 => {
                    let piece = pdf[low..high.min(low + 300)].to_vec();
                    pdf.splice(low..low, piece);
                }
                _ => {
                    let digit = pdf[from..].iter().position(u8::is_ascii_digit);
                    if let Some(at) = digit { pdf[from + at] = b'0' + byte % 10; }
                }
            }
        }
        let _ = verify(&pdf, &company.trust());
        let _ = prepare(&pdf, &wish(&company.employee, "张伟"));
        let _ = prepare_stamp(&pdf);
    }

    /// Timestamps, certificates and key files with wounds.
    #[test]
    fn mangled_der(
        at in any::<prop::sample::Index>(),
        byte: u8,
        cut in any::<prop::sample::Index>(),
    ) {
        let company = company();
        let tsr = company.stamp(&signing::timestamp::query(b"x", NONCE), NOW);
        let p12 = include_bytes!("../fixtures/signer.p12").to_vec();
        let certificate = company.authority.certificate().der().to_vec();
        for mut bytes in [tsr, p12, certificate] {
            let index = at.index(bytes.len());
            bytes[index] = byte;
            let cut = cut.index(bytes.len());
            for bytes in [&bytes[..], &bytes[..cut]] {
                if let Ok(answer) = Answer::read(bytes) {
                    let _ = answer.check(b"x", Some(NONCE), &company.trust());
                }
                let _ = Certificate::read(bytes);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// A key file costs a derivation each time, so fewer of them.
    #[test]
    fn mangled_key_files(at in any::<prop::sample::Index>(), byte: u8) {
        let mut file = include_bytes!("../fixtures/signer.p12").to_vec();
        let index = at.index(file.len());
        let changed = file[index] != byte;
        file[index] = byte;
        // Its MAC covers what matters; the headings outside may be any that still read.
        if let Ok(_signer) = pkcs12::open(&file, "baton-2026") {
            prop_assert!(!changed || index < 40 || index > file.len() - 120);
        }
    }
}
