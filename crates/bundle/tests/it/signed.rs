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
