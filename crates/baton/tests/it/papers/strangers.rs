//! Every kind of paper once, signed, stamped and made to last, before strangers' programs: Poppler
//! and qpdf of the PDF itself, pdfsig and pyHanko of its signature.
//!
//! Where a program is absent the test says NOT CHECKED, unless `BATON_STRANGERS_REQUIRED` is set.

use std::path::Path;
use std::process::Command;

use ::document::{Content, Fonts, Kind, Letterhead, Paper, Press, Rows, Template, Value};
use ::signing::authority::{Authority, Profile, Subject, Validity, request};
use ::signing::sign::{Wish, prepare, prepare_stamp};
use ::signing::signer::Signer as _;
use ::signing::software_key::{SoftwareKey, SoftwareSigner};
use ::signing::stamping;
use ::signing::timestamp::{Answer, Trust};
use ::signing::validation::{self, ValidationData};
use ::signing::verify::{Level, verify};
use kernel::Moment;
use zeroize::Zeroizing;

use crate::signatures::strangers::{absent, pyhanko};

/// 2026-12-22 in Shanghai.
const AT: Moment = Moment(1_797_868_800_000);
const RARE: &str = "䶮㛃𬭊";

/// Made-up facts with a rare name in every text.
fn content(kind: Kind) -> Content {
    fn renamed(content: &mut Content) {
        for value in content.values_mut() {
            match value {
                Value::Text(text) => text.push_str(RARE),
                Value::List(Rows(rows)) => rows.iter_mut().for_each(renamed),
                _ => {}
            }
        }
    }
    let mut content = kind.manifest().sample(3);
    renamed(&mut content);
    content
}

fn printed(press: &Press, kind: Kind) -> Vec<u8> {
    let letterhead = Letterhead {
        company: "接棒演示有限公司".to_owned(),
        credit_code: Some("91310000MA1FL0000X".to_owned()),
    };
    let zone = jiff::tz::TimeZone::get("Asia/Shanghai").expect("a zone");
    let paper = Paper {
        id: "doc_01kb0000000000000000000000",
        number: "LZ2026-0001-ZM1",
        letterhead: &letterhead,
        at: AT,
        zone: &zone,
        mark: None,
    };
    let printed = press.print(&Template::shipped(kind), &paper, &content(kind));
    printed.expect("printed").bytes
}

/// An authority, somebody who signs, and somebody who says the time.
struct House {
    authority: Authority,
    signer: SoftwareSigner,
    clock: SoftwareSigner,
}

fn key(seed: u8) -> SoftwareKey {
    SoftwareKey::generate(&Zeroizing::new([seed; 32])).expect("a key")
}

fn years() -> Validity {
    const DAY: i64 = 86_400;
    Validity {
        from: AT.plus_seconds(-300 * DAY),
        until: AT.plus_seconds(3_000 * DAY),
    }
}

impl House {
    fn found() -> House {
        let subject = |name: &str| Subject {
            common_name: name.to_owned(),
            organization: "接棒演示有限公司".to_owned(),
        };
        let own = Authority::create(key(1), &subject("签署证书"), years(), [1; 16], [2; 32]);
        let authority = own.expect("an authority");
        let issued = |seed: u8, name: &str, profile| {
            let asked = request(&key(seed), &subject(name), [3; 32]).expect("a request");
            let one = authority.issue(&asked, profile, years(), [seed; 16], [4; 32]);
            let chain = vec![one.expect("issued"), authority.certificate().clone()];
            SoftwareSigner::new(key(seed), chain).expect("a signer")
        };
        let signer = issued(5, "张䶮", Profile::Signer);
        let clock = issued(6, "时间戳服务", Profile::Timestamps);
        House {
            authority,
            signer,
            clock,
        }
    }

    fn trust(&self) -> Trust {
        Trust {
            anchors: vec![self.authority.certificate().clone()],
            timestamp_anchors: vec![self.authority.certificate().clone()],
            now: AT.plus_seconds(3_600),
        }
    }

    fn says(&self, asked: &[u8], second: i64) -> Answer {
        let at = AT.plus_seconds(second);
        let said = stamping::answer(asked, &self.clock, at, [7; 16], [8; 32]);
        Answer::read(&said.expect("an answer")).expect("a token")
    }

    /// Signed, stamped, with certificates and lists, stamped over all: PAdES B-LTA.
    fn signs(&self, pdf: &[u8]) -> Vec<u8> {
        let (nonce, trust) = ([9; 8], self.trust());
        let wish = Wish {
            chain: self.signer.chain(),
            name: "张䶮".to_owned(),
            reason: "确认".to_owned(),
            place: String::new(),
            at: AT,
            timestamp: true,
            appearance: None,
        };
        let prepared = prepare(pdf, &wish).expect("prepared");
        let signature = self.signer.sign(&prepared.to_sign(), [10; 32]);
        let signed = prepared.finish(&signature.expect("signed")).expect("in it");
        let answer = self.says(&signed.query(nonce), 1);
        let (stamped, _) = signed.stamped(&answer, nonce, &trust).expect("stamped");
        let list = self.authority.revocation_list(&[], 1, years(), [11; 32]);
        let data = ValidationData {
            certificates: vec![self.authority.certificate().der().to_vec()],
            lists: vec![list.expect("a list")],
            answers: Vec::new(),
        };
        let kept = validation::add(&stamped, &data).expect("kept");
        let prepared = prepare_stamp(&kept).expect("prepared");
        let answer = self.says(&prepared.query(nonce), 2);
        prepared.finish(&answer, nonce, &trust).expect("stamped").0
    }
}

/// What a program says; nothing when it is not here.
fn said(program: &str, arguments: &[&str], file: &Path) -> Option<(bool, String)> {
    let output = Command::new(program).args(arguments).arg(file).output();
    let Ok(output) = output else {
        absent(program);
        return None;
    };
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8_lossy(&text).into_owned();
    Some((output.status.success(), text))
}

/// The PDF itself: whole, PDF/A, its fonts inside, its text to be read by a program.
fn looked_at(kind: Kind, file: &Path) {
    if let Some((good, text)) = said("qpdf", &["--check"], file) {
        assert!(good, "{kind:?}: {text}");
    }
    if let Some((good, text)) = said("pdfinfo", &[], file) {
        assert!(
            good && text.contains("Encrypted:       no"),
            "{kind:?}: {text}"
        );
        assert!(text.contains("Title:"), "{kind:?}: {text}");
    }
    if let Some((_, text)) = said("pdfinfo", &["-meta"], file) {
        assert!(text.contains("<pdfaid:part>2"), "{kind:?}: {text}");
    }
    if let Some((good, text)) = said("pdffonts", &[], file) {
        let fonts: Vec<&str> = text.lines().skip(2).collect();
        assert!(good && !fonts.is_empty(), "{kind:?}: {text}");
        for font in fonts {
            // … type, encoding, emb, sub, uni, object, generation
            let words: Vec<&str> = font.split_whitespace().rev().collect();
            assert_eq!(words[2..5], ["yes", "yes", "yes"], "{kind:?}: {font}");
        }
    }
    let output = Command::new("pdftotext").arg(file).arg("-").output();
    let Ok(output) = output else {
        return absent("pdftotext");
    };
    let text = String::from_utf8_lossy(&output.stdout);
    let bare: String = text.split_whitespace().collect();
    for word in [RARE, "接棒演示有限公司", "LZ2026-0001-ZM1"] {
        assert!(bare.contains(word), "{kind:?}: {word} in {text}");
    }
}

#[test]
fn every_kind_of_paper_holds_before_strangers() {
    let (press, house) = (Press::new(Fonts::shipped()), House::found());
    assert!(!press.fonts().is_empty(), "a program without fonts");
    let folder = tempfile::tempdir().expect("a folder");
    let pem = house.authority.certificate().to_pem();
    std::fs::write(folder.path().join("ca.pem"), pem).expect("a file");
    let mut names = Vec::new();
    for kind in Kind::ALL {
        let (plain, name) = (printed(&press, kind), format!("{}.pdf", kind.word()));
        let signed = house.signs(&plain);
        let report = verify(&signed, &house.trust()).expect("read");
        assert!(report.valid, "{kind:?}: {report:#?}");
        assert_eq!(report.signatures[0].level, Level::LTA, "{kind:?}");
        for (name, bytes) in [("plain.pdf", &plain), (name.as_str(), &signed)] {
            let file = folder.path().join(name);
            std::fs::write(&file, bytes).expect("a file");
            looked_at(kind, &file);
        }
        let file = folder.path().join(&name);
        if let Some((_, text)) = said("pdfsig", &["-nocert"], &file) {
            assert!(text.contains("Signature is Valid"), "{kind:?}: {text}");
        }
        names.push(name);
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let second = AT.unix_seconds() + 3_600;
    if let Some(verdicts) = pyhanko(folder.path(), second, &names) {
        for name in names {
            let each = verdicts[name].as_array().expect("verdicts");
            assert_eq!(each.len(), 2, "{name}: {each:?}");
            assert!(
                each.iter().all(|one| one["valid"] == true),
                "{name}: {each:?}"
            );
            assert_eq!(each[0]["long_term"], true, "{name}: {each:?}");
        }
    }
}
