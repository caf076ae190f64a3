//! T13 and T14: the company's signature, timestamps, and the signatures inside documents.

use bundle::archive::Folder;
use bundle::draft::Draft;
use bundle::examine::{Trust, examine};
use bundle::layout;

use crate::company::{Log, NOW, START};
use crate::seals::{self, PDF, sealed, sign_pdf, trust};
use crate::second::{Answer, Second, both_of, both_of_document, ours};
use crate::tampering::repair;

fn good() -> Folder {
    let mut case = Log::of(600, 200).about_c0();
    seals::stamp_checkpoints(&mut case);
    sealed(&case)
}

fn says(answer: &Answer, verdict: &str, code: &str) {
    let codes: Vec<&str> = answer.1.iter().map(|(code, _)| code.as_str()).collect();
    assert_eq!(answer.0, verdict, "{codes:?}");
    assert!(
        code.is_empty() || codes.contains(&code),
        "{code}: {codes:?}"
    );
}

/// Manifest, signature and timestamp made anew over whatever the folder holds now.
fn resealed(mut folder: Folder) -> Folder {
    repair(&mut folder);
    let manifest = folder.files[layout::MANIFEST].clone();
    let mut put = |path: &str, content| folder.files.insert(path.to_owned(), content);
    put(layout::SIGNATURE, seals::sign(&manifest));
    put(layout::TIMESTAMP, seals::stamp(&manifest, NOW - 60));
    repair(&mut folder);
    folder
}

fn with(path: &str, content: Vec<u8>) -> Folder {
    let mut folder = good();
    folder.files.insert(path.to_owned(), content);
    folder
}

#[test]
fn both_accept_a_signed_and_stamped_bundle_and_say_whose_word_is_missing() {
    let folder = good();
    says(&both_of(&folder, &trust()), "VALID", "");
    assert_eq!(both_of(&folder, &trust()).1, Vec::new());
    let alone = Trust {
        signers: Vec::new(),
        clocks: Vec::new(),
        ..trust()
    };
    let answer = both_of(&folder, &alone);
    says(&answer, "VALID", "signature.untrusted");
    says(&answer, "VALID", "timestamp.untrusted");
}

#[test]
fn t13_a_token_over_something_else() {
    let (stamp, other) = ("data/timestamps/200.tsr", "data/timestamps/400.tsr");
    let swapped = with(stamp, good().files[other].clone());
    says(
        &both_of(&resealed(swapped), &trust()),
        "INVALID",
        "timestamp.bad",
    );
    let manifest = good().files[layout::MANIFEST].clone();
    let mut elsewhere = with(
        layout::TIMESTAMP,
        seals::stamp(b"another manifest", NOW - 60),
    );
    repair(&mut elsewhere);
    says(&both_of(&elsewhere, &trust()), "INVALID", "timestamp.bad");
    assert_eq!(elsewhere.files[layout::MANIFEST], manifest);
}

#[test]
fn t13_a_token_of_somebody_else_or_with_a_certificate_for_something_else() {
    let path = "data/timestamps/200.tsr";
    let note = good().files["data/checkpoints/200.txt"].clone();
    let unknown = with(path, seals::stamp_of_another(&note, START + 220));
    says(
        &both_of(&resealed(unknown), &trust()),
        "INVALID",
        "timestamp.unknown",
    );
    let documents = with(path, seals::stamp_for_documents(&note, START + 220));
    says(
        &both_of(&resealed(documents), &trust()),
        "INVALID",
        "timestamp.bad",
    );
    let future = with(path, seals::stamp(&note, NOW + 301));
    says(
        &both_of(&resealed(future), &trust()),
        "INVALID",
        "timestamp.unknown",
    );
}

#[test]
fn t13_a_token_older_than_what_it_covers_is_remarked_on() {
    let path = "data/timestamps/400.tsr";
    let note = good().files["data/checkpoints/400.txt"].clone();
    // The newest record under it that is shown was written at START + 360.
    let early = with(path, seals::stamp(&note, START + 360 - 301));
    let mut early = resealed(early);
    says(&both_of(&early, &trust()), "VALID", "record.late");
    let just = seals::stamp(&note, START + 360 - 300);
    early.files.insert(path.to_owned(), just);
    assert_eq!(both_of(&resealed(early), &trust()).1, Vec::new());
}

#[test]
fn t13_the_signature_over_the_manifest() {
    let path = layout::SIGNATURE;
    let manifest = good().files[layout::MANIFEST].clone();
    let cases = [
        (seals::sign(b"another manifest"), "signature.bad"),
        (seals::sign_as_another(&manifest), "signature.unknown"),
        (vec![0x30, 0x00], "signature.bad"),
    ];
    for (signature, code) in cases {
        let mut changed = with(path, signature);
        repair(&mut changed);
        says(&both_of(&changed, &trust()), "INVALID", code);
    }
    let mut stripped = good();
    stripped.files.remove(path);
    repair(&mut stripped);
    says(
        &both_of(&stripped, &trust()),
        "INCOMPLETE",
        "signature.missing",
    );
    let mut unstamped = good();
    unstamped.files.retain(|path, _| !path.ends_with(".tsr"));
    says(
        &both_of(&resealed_unstamped(unstamped), &trust()),
        "VALID",
        "timestamp.missing",
    );
}

fn resealed_unstamped(folder: Folder) -> Folder {
    let mut folder = resealed(folder);
    folder.files.remove(layout::TIMESTAMP);
    repair(&mut folder);
    folder
}

/// Every byte of signature and tokens: both say the same, and what is not caught is not signed.
#[test]
fn t13_any_byte_of_signature_and_token() {
    let log = Log::of(12, 6);
    let mut case = log.case(vec![log.record(0)], &["customer/c0"]);
    seals::stamp_checkpoints(&mut case);
    let (folder, told) = (sealed(&case), trust());
    let mut second = Second::start(&folder, &told);
    let (mut tried, mut caught) = (0, 0);
    for path in [
        layout::SIGNATURE,
        layout::TIMESTAMP,
        "data/timestamps/6.tsr",
    ] {
        let content = &folder.files[path];
        for at in (0..content.len()).step_by(3) {
            let mut damaged = folder.clone();
            let mut changed = content.clone();
            changed[at] ^= 1 << (at % 8);
            damaged.files.insert(path.to_owned(), changed);
            repair(&mut damaged);
            let found = ours(&examine(&damaged, &told));
            let changed: Vec<(&str, &[u8])> = damaged
                .files
                .iter()
                .filter(|(path, content)| folder.files.get(*path) != Some(content))
                .map(|(path, content)| (path.as_str(), content.as_slice()))
                .collect();
            assert_eq!(found, second.says(&changed), "{path} byte {at}");
            tried += 1;
            caught += usize::from(found.0 == "INVALID");
        }
    }
    // Status, versions, lists of algorithms, certificates beside the signer's.
    assert!(caught * 2 > tried, "{caught} of {tried}");
}

fn find(bytes: &[u8], word: &[u8]) -> usize {
    let mut windows = bytes.windows(word.len());
    windows.position(|window| window == word).unwrap()
}

/// A bundle whose log names this very document, as a company could make it that signed it so.
fn holding(paper: Vec<u8>) -> Folder {
    let mut case = Log::with_paper(600, 200, paper).about_c0();
    seals::stamp_checkpoints(&mut case);
    let draft = Draft::of(&case).unwrap();
    let manifest = draft.manifest().to_vec();
    let (signature, token) = (seals::sign(&manifest), seals::stamp(&manifest, NOW - 60));
    match draft.clone().seal(Some(signature), Some(token)) {
        Ok(folder) => folder,
        // Our own verifier refuses to hand it out; whoever wants to cheat has another program.
        Err(_) => resealed(draft.folder().clone()),
    }
}

fn annotated(signed: &[u8]) -> Vec<u8> {
    let mut changed = signed.to_vec();
    changed.extend_from_slice(
        b"\n900 0 obj\n<</Type/Annot/Subtype/FreeText/Rect[50 50 300 80]\
          /Contents(commission 90%)>>\nendobj\n",
    );
    changed
}

/// The signature of one document in the place of another's.
fn swapped(one: &[u8], other: &[u8]) -> Vec<u8> {
    let contents = |pdf: &[u8]| {
        let begin = find(pdf, b"/Contents <") + 11;
        (begin, begin + find(&pdf[begin..], b">"))
    };
    let ((from, until), (begin, end)) = (contents(one), contents(other));
    let mut changed = one.to_vec();
    // What is left of the room are zeros.
    changed[from..until].fill(b'0');
    let length = (until - from).min(end - begin);
    changed[from..from + length].copy_from_slice(&other[begin..begin + length]);
    changed
}

#[test]
fn t14_signatures_inside_documents() {
    let first = sign_pdf(PDF, false, 21);
    let good = sign_pdf(&first, false, 22);
    let mut flipped = good.clone();
    flipped[find(PDF, b"stream\n") + 40] ^= 1;
    let stranger = sign_pdf(PDF, true, 21);
    let cases: [(&str, Vec<u8>, &str, &str); 5] = [
        ("good", good.clone(), "VALID", ""),
        ("a flipped bit", flipped, "INVALID", "document.signature"),
        (
            "an annotation",
            annotated(&good),
            "INVALID",
            "document.signature",
        ),
        (
            "another's signature",
            swapped(&first, &stranger),
            "INVALID",
            "document.signature",
        ),
        (
            "the same name",
            stranger,
            "CONSISTENT-BUT-UNTRUSTED",
            "document.signer",
        ),
    ];
    for (what, pdf, verdict, code) in cases {
        println!("{what}");
        says(&both_of_document(&pdf, &trust()), verdict, code);
        says(&both_of(&holding(pdf), &trust()), verdict, code);
    }
    let alone = Trust {
        signers: Vec::new(),
        clocks: Vec::new(),
        ..trust()
    };
    let answer = both_of_document(&good, &alone);
    says(&answer, "CONSISTENT-BUT-UNTRUSTED", "document.untrusted");
    let unlike = swapped(&first, &sign_pdf(&annotated_plain(), false, 21));
    says(
        &both_of_document(&unlike, &trust()),
        "INVALID",
        "document.signature",
    );
}

/// Another document, as long as the first.
fn annotated_plain() -> Vec<u8> {
    let mut other = PDF.to_vec();
    other[find(PDF, b"stream\n") + 40] ^= 1;
    other
}

/// An update as any program writes one, with these objects; the fixture has a classic table.
fn updated(pdf: &[u8], objects: &[(u32, String)]) -> Vec<u8> {
    let text: String = pdf.iter().map(|byte| char::from(*byte)).collect();
    let last = |word: &str| {
        let at = text.rfind(word).unwrap() + word.len();
        let digits = text[at..]
            .trim_start()
            .chars()
            .take_while(char::is_ascii_digit);
        digits.collect::<String>().parse::<usize>().unwrap()
    };
    let mut out = pdf.to_vec();
    let mut table = "xref\n".to_owned();
    for (number, body) in objects {
        table += &format!("{number} 1\n{:010} 00000 n\r\n", out.len());
        out.extend(format!("{number} 0 obj\n{body}\nendobj\n").bytes());
    }
    let start = out.len();
    let (root, info, prev) = (last("/Root"), last("/Info"), last("startxref"));
    table += &format!(
        "trailer\n<</Size 1000/Root {root} 0 R/Info {info} 0 R/Prev {prev}>>\n\
         startxref\n{start}\n%%EOF\n"
    );
    out.extend(table.bytes());
    out
}

/// Number and newest body of the object that holds this word.
fn holding_word(pdf: &[u8], word: &str) -> (u32, String) {
    let text: String = pdf.iter().map(|byte| char::from(*byte)).collect();
    let at = text.rfind(word).unwrap();
    let head = text[..at].rfind(" 0 obj").unwrap();
    let line = text[..head].rfind('\n').unwrap() + 1;
    let body = &text[head + " 0 obj".len()..];
    let body = body[..body.find("endobj").unwrap()].trim();
    (text[line..head].parse().unwrap(), body.to_owned())
}

/// What may stand behind a signature: validation data and a timestamp over all of it, and nothing
/// else. Both verifiers look into every revision, also between two signatures.
#[test]
fn t14_what_stands_behind_a_signature() {
    let first = sign_pdf(PDF, false, 21);
    let both = sign_pdf(&seals::with_data(&first, None), false, 22);
    let kept = seals::with_data(&both, None);
    let good = [
        ("data behind", seals::with_data(&first, None)),
        ("data between", both.clone()),
        ("data twice", kept.clone()),
        ("a timestamp over all", seals::with_stamp(&kept)),
        (
            "revoked later",
            seals::with_data(&first, Some((21, START + 102))),
        ),
        (
            "an update without anything",
            updated(&kept, &[(900, "<</Nobody/SpeaksOfMe>>".into())]),
        ),
    ];
    for (what, pdf) in good {
        println!("{what}");
        let answer = both_of_document(&pdf, &trust());
        assert_eq!((answer.0.as_str(), answer.1.len()), ("VALID", 0), "{what}");
        says(&both_of(&holding(pdf), &trust()), "VALID", "");
    }
    let revoked = seals::with_data(&first, Some((21, START + 101)));
    says(
        &both_of_document(&revoked, &trust()),
        "CONSISTENT-BUT-UNTRUSTED",
        "document.signer",
    );
}

#[test]
fn t14_nothing_else_stands_behind_a_signature() {
    let kept = seals::with_data(&sign_pdf(PDF, false, 21), None);
    let (page, old_page) = holding_word(&kept, "/Annots [");
    let (catalog, old_catalog) = holding_word(&kept, "/Type /Catalog");
    let (store, old_store) = holding_word(&kept, "/Type /DSS");
    let more = |old: &str, more: &str| old.replacen("<<", &format!("<<{more}"), 1);
    let note = "<</Type/Annot/Subtype/FreeText/Rect[50 50 300 80]/Contents(commission 90%)>>";
    let annotated = old_page.replacen("/Annots [", "/Annots [900 0 R ", 1);
    assert_ne!(annotated, old_page);
    let stream = |text: &str| format!("<</Length {}>>stream\n{text}\nendstream", text.len());
    let certs = old_store.replacen("/Certs [", "/Certs [900 0 R ", 1);
    assert_ne!(certs, old_store);
    let cases = [
        (
            "an annotation",
            vec![(page, annotated), (900, note.to_owned())],
        ),
        (
            "a page turned",
            vec![(page, more(&old_page, "/Rotate 180"))],
        ),
        (
            "a script",
            vec![(catalog, more(&old_catalog, "/OpenAction 901 0 R"))],
        ),
        (
            "no data any more",
            vec![(catalog, old_catalog.replacen("/DSS", "/DSX", 1))],
        ),
        ("a page freed", vec![(page, "null".to_owned())]),
        (
            "something else as data",
            vec![(store, more(&old_store, "/Note 900 0 R"))],
        ),
        (
            "no certificate",
            vec![(store, certs), (900, stream("commission 90%"))],
        ),
    ];
    for (what, objects) in cases {
        println!("{what}");
        let bad = updated(&kept, &objects);
        says(
            &both_of_document(&bad, &trust()),
            "INVALID",
            "document.signature",
        );
        says(
            &both_of(&holding(bad.clone()), &trust()),
            "INVALID",
            "document.signature",
        );
        // The same hidden under a later signature.
        if let Ok(covered) = std::panic::catch_unwind(|| sign_pdf(&bad, false, 22)) {
            says(
                &both_of_document(&covered, &trust()),
                "INVALID",
                "document.signature",
            );
        }
    }
}

/// One bit anywhere in a document with everything inside: both verifiers say the same.
#[test]
fn t14_any_bit_of_a_document_made_to_last() {
    let kept = seals::with_stamp(&seals::with_data(&sign_pdf(PDF, false, 21), None));
    let whole = both_of_document(&kept, &trust());
    assert_eq!(whole.0, "VALID");
    let step = kept.len() / 60;
    for at in (7..kept.len()).step_by(step) {
        let mut bad = kept.clone();
        bad[at] ^= 1 << (at % 8);
        let answer = both_of_document(&bad, &trust());
        // Inside the contents there are bytes that nobody signs: copies of issuers' certificates.
        println!("{at}: {}", answer.0);
    }
}
