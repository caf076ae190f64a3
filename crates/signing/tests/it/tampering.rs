//! Whoever touches a signed document is caught, and told how.

use proptest::prelude::*;
use signing::timestamp::Trust;
use signing::verify::{Change, State, verify};

use crate::people::{PACKED, TYPST, company, sign_plain, three_signers, wish};

/// Appends an update in which these objects are what is given; `typst.pdf` has a classic table.
pub fn update(pdf: &[u8], objects: &[(u32, String)]) -> Vec<u8> {
    let text = String::from_utf8_lossy(pdf).into_owned();
    let last = |word: &str| {
        text.rfind(word)
            .map(|at| text[at + word.len()..].to_owned())
    };
    let prev: usize = last("startxref")
        .unwrap()
        .split_whitespace()
        .next()
        .unwrap()
        .parse()
        .unwrap();
    let root: u32 = number_after(&last("/Root").unwrap());
    let size: u32 = number_after(&last("/Size").unwrap());
    let size = objects
        .iter()
        .map(|(number, _)| number + 1)
        .max()
        .unwrap_or(0)
        .max(size);
    let mut out = pdf.to_vec();
    let mut table = String::from("xref\n");
    for (number, body) in objects {
        table.push_str(&format!("{number} 1\n{:010} 00000 n\r\n", out.len()));
        out.extend(format!("{number} 0 obj\n{body}\nendobj\n").bytes());
    }
    let start = out.len();
    out.extend(table.bytes());
    let info = last("/Info").map(|info| number_after(&info)).unwrap();
    out.extend(
        format!(
            "trailer\n<</Size {size}/Root {root} 0 R/Info {info} 0 R/Prev {prev}>>\n\
             startxref\n{start}\n%%EOF\n"
        )
        .bytes(),
    );
    out
}

fn number_after(text: &str) -> u32 {
    let digits = text.trim_start().chars().take_while(char::is_ascii_digit);
    digits.collect::<String>().parse().unwrap()
}

/// The newest body of an object in a file with classic objects.
pub fn body(pdf: &[u8], number: u32) -> String {
    let text = String::from_utf8_lossy(pdf).into_owned();
    let head = format!("\n{number} 0 obj");
    let from = text.rfind(&head).unwrap() + head.len();
    let rest = &text[from..];
    rest[..rest.find("endobj").unwrap()].trim().to_owned()
}

/// Number of the first page.
pub fn page(pdf: &[u8]) -> u32 {
    let text = String::from_utf8_lossy(pdf).into_owned();
    let at = text
        .rfind("/Type /Page/")
        .or_else(|| text.find("/Type/Page/"))
        .unwrap();
    let head = text[..at].rfind(" 0 obj").unwrap();
    let line = text[..head].rfind('\n').unwrap() + 1;
    text[line..head].parse().unwrap()
}

/// Where the digits of the last signature stand.
fn contents(pdf: &[u8]) -> std::ops::Range<usize> {
    let word = b"/Contents <";
    let start = pdf.windows(word.len()).rposition(|window| window == word);
    let start = start.unwrap() + word.len();
    let length = pdf[start..].iter().position(|byte| *byte == b'>').unwrap();
    start..start + length
}

fn states(pdf: &[u8], trust: &Trust) -> Vec<State> {
    match verify(pdf, trust) {
        Ok(report) => report.signatures.iter().map(|one| one.state).collect(),
        Err(_) => vec![State::Malformed],
    }
}

#[test]
fn an_annotation_added_afterwards() {
    let company = company();
    let signed = three_signers(TYPST, company);
    let page = page(&signed);
    let note = 900;
    let old = body(&signed, page);
    let annotated = old.replacen("/Annots [", &format!("/Annots [{note} 0 R "), 1);
    assert_ne!(old, annotated);
    let free_text = "<</Type/Annot/Subtype/FreeText/Rect[50 50 300 80]/DA(/Helv 12 Tf)\
                     /Contents(commission 90%)>>";
    let bad = update(&signed, &[(page, annotated), (note, free_text.to_owned())]);
    assert!(bad.starts_with(&signed));
    let report = verify(&bad, &company.trust()).unwrap();
    assert!(!report.valid);
    for one in &report.signatures {
        assert_eq!(one.state, State::ForbiddenAddition);
        assert!(one.later.iter().any(|change| matches!(
            change,
            Change::Forbidden { object, .. } if *object == page
        )));
    }
}

#[test]
fn other_additions_afterwards() {
    let company = company();
    let signed = three_signers(TYPST, company);
    let page_number = page(&signed);
    let old_page = body(&signed, page_number);
    let catalog = {
        let text = String::from_utf8_lossy(&signed).into_owned();
        number_after(&text[text.rfind("/Root").unwrap() + 5..])
    };
    let old_catalog = body(&signed, catalog);
    let first = |text: &str, more: &str| text.replacen("<<", &format!("<<{more}"), 1);
    let cases: Vec<(&str, Vec<(u32, String)>)> = vec![
        (
            "page turned",
            vec![(page_number, first(&old_page, "/Rotate 180"))],
        ),
        ("page freed", vec![(page_number, "null".to_owned())]),
        (
            "script on opening",
            vec![(catalog, first(&old_catalog, "/OpenAction 901 0 R"))],
        ),
        (
            "form dropped",
            vec![(catalog, "<</Type/Catalog/Pages 1 0 R>>".to_owned())],
        ),
        (
            "pages replaced",
            vec![(1, "<</Type/Pages/Kids[]/Count 0>>".to_owned())],
        ),
    ];
    for (name, objects) in cases {
        let bad = update(&signed, &objects);
        let report = verify(&bad, &company.trust());
        assert!(report.is_err() || !report.unwrap().valid, "{name}");
    }
    // Nothing added but an empty update: allowed, since nothing is shown differently.
    let harmless = update(&signed, &[(902, "<</Nobody/SpeaksOfMe>>".to_owned())]);
    assert!(verify(&harmless, &company.trust()).unwrap().valid);
}

#[test]
fn bytes_behind_the_end() {
    let company = company();
    let mut signed = three_signers(PACKED, company);
    signed.extend(b"commission 90%");
    assert!(verify(&signed, &company.trust()).is_err());
}

#[test]
fn signatures_exchanged_between_two_documents() {
    let company = company();
    let other_wish = |reason: &str| {
        let mut wish = wish(&company.employee, "张伟");
        wish.reason = reason.to_owned();
        let prepared = signing::sign::prepare(TYPST, &wish).unwrap();
        let signature =
            signing::signer::Signer::sign(&company.employee, &prepared.to_sign(), [0; 32]);
        prepared
            .finish(&signature.unwrap())
            .unwrap()
            .document()
            .to_vec()
    };
    let (one, two) = (other_wish("AAAA"), other_wish("BBBB"));
    assert_eq!(one.len(), two.len());
    let mut mixed = one.clone();
    mixed[contents(&one)].copy_from_slice(&two[contents(&two)]);
    assert_eq!(
        states(&mixed, &company.trust()),
        [State::ChangedAfterSigning]
    );
}

#[test]
fn the_gap_hides_nothing() {
    let company = company();
    let signed = sign_plain(TYPST, &company.employee, "张伟");
    let end = signed
        .windows(3)
        .rposition(|window| window == b"00>")
        .unwrap();
    let mut hidden = signed.clone();
    hidden[end] = b'1';
    assert_eq!(states(&hidden, &company.trust()), [State::Malformed]);
}

#[test]
fn a_wider_gap_is_no_signature() {
    // The range is written anew so that it leaves out more than the contents.
    let company = company();
    let signed = sign_plain(TYPST, &company.employee, "张伟");
    let text = String::from_utf8_lossy(&signed).into_owned();
    let at = text.rfind("/ByteRange [0 ").unwrap() + "/ByteRange [".len();
    let numbers: Vec<usize> = text[at..text[at..].find(']').unwrap() + at]
        .split_whitespace()
        .map(|number| number.parse().unwrap())
        .collect();
    let wider = format!("0 {} {} {}", numbers[1] - 10, numbers[2], numbers[3]);
    let mut bad = signed.clone();
    bad[at..at + wider.len()].copy_from_slice(wider.as_bytes());
    assert_eq!(states(&bad, &company.trust()), [State::Malformed]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// One flipped bit anywhere makes the document invalid. Inside the contents there are bytes
    /// that nobody signs, such as copies of the issuers' certificates; they change nothing that is
    /// said.
    #[test]
    fn any_flipped_bit(at in any::<prop::sample::Index>(), bit in 0_u8..8, packed: bool) {
        let company = company();
        let base = if packed { PACKED } else { TYPST };
        let signed = sign_plain(base, &company.employee, "张伟");
        let at = at.index(signed.len());
        let mut bad = signed.clone();
        bad[at] ^= 1 << bit;
        if let Ok(report) = verify(&bad, &company.trust()) && report.valid {
            let gap = contents(&signed);
            prop_assert!(gap.contains(&at), "byte {at}: {} -> {}", signed[at], bad[at]);
            let whole = verify(&signed, &company.trust()).unwrap();
            prop_assert_eq!(report, whole);
        }
    }
}
