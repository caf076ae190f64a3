//! Numbers of identity cards against the standard's sample, invented vectors and typing errors.

use std::path::{Path, PathBuf};

use people::{CitizenId, Sex};
use proptest::prelude::*;

use crate::world::day;

fn code_of(text: &str) -> String {
    CitizenId::parse(text, day("2025-11-01")).map_or_else(|refusal| refusal.code, |_| "ok".into())
}

#[test]
fn known_numbers() {
    for (text, code) in [
        ("11010519491231002X", "ok"),
        (" １１０１０５１９４９１２３１００２ｘ ", "ok"),
        ("440524188001010014", "ok"),
        ("110101199003070011", "ok"),
        ("310101198511200022", "ok"),
        ("810000199001010019", "ok"),
        ("110105194912310021", "people.citizen_id_checksum"),
        ("110101190002290019", "people.citizen_id_birth"),
        ("110101209912310018", "people.citizen_id_birth"),
        ("990101199003070011", "people.citizen_id_area"),
        ("11010519491231002", "people.citizen_id_shape"),
        ("11010519491231002XX", "people.citizen_id_shape"),
        ("1101051949123100中", "people.citizen_id_shape"),
        ("", "people.citizen_id_shape"),
    ] {
        assert_eq!(code_of(text), code, "{text}");
    }
}

#[test]
fn birth_and_sex_are_read_off() {
    let id = CitizenId::parse("11010519491231002x", day("2025-11-01")).unwrap();
    assert_eq!((id.birth(), id.sex()), (day("1949-12-31"), Sex::Female));
    assert_eq!(id.number(), "11010519491231002X");
    assert_eq!(format!("{id:?}"), "CitizenId(11…)");
    let id = CitizenId::parse("110101199003070011", day("2025-11-01")).unwrap();
    assert_eq!(id.sex(), Sex::Male);
}

#[test]
fn old_numbers_are_lengthened() {
    let long = CitizenId::lengthen("110105491231002").unwrap();
    assert_eq!(long, "11010519491231002X");
    assert_eq!(CitizenId::lengthen("11010549123100X"), None);
}

/// A file of the data that stands beside the clone, if it is there.
fn shared(file: &str) -> Option<String> {
    let named = std::env::var_os("BATON_SHARED").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|folder| folder.join("shared"));
    named
        .into_iter()
        .chain(beside)
        .find_map(|folder| std::fs::read_to_string(folder.join(file)).ok())
}

#[test]
fn invented_vectors() {
    let Some(text) = shared("data/conformance/cn-identifiers/vectors.json") else {
        println!("skipped: shared data absent");
        return;
    };
    let vectors: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    let ids = vectors
        .iter()
        .filter(|vector| vector["kind"] == "resident_id");
    let mut seen = 0;
    for vector in ids {
        let number = vector["text"].as_str().unwrap();
        let expected = match vector["why"].as_str() {
            None => "ok",
            Some("date") => "people.citizen_id_birth",
            Some(_) => "people.citizen_id_checksum",
        };
        assert_eq!(code_of(number), expected, "{number}");
        seen += 1;
    }
    assert!(seen > 80, "{seen} vectors");
}

proptest! {
    /// MOD 11-2 finds every single wrong digit and every exchange of two neighbours.
    #[test]
    fn one_slip_of_the_finger_is_found(at in 0..17_usize, slip in 1..10_u8, swap: bool) {
        let mut typed = *b"11010519491231002X";
        if swap && at < 16 && typed[at] != typed[at + 1] {
            typed.swap(at, at + 1);
        } else {
            typed[at] = b'0' + (typed[at] - b'0' + slip) % 10;
        }
        prop_assert_ne!(code_of(std::str::from_utf8(&typed).unwrap()), "ok");
    }

    #[test]
    fn no_text_breaks_it(text in "\\PC{0,20}|[0-9Xx]{15,18}") {
        code_of(&text);
        let _ = CitizenId::lengthen(&text);
    }
}
