//! Canonical JSON: the examples of RFC 8785 and its rules on whatever proptest thinks of.

use evidence::json::{DEEPEST, JsonError, LARGEST_INTEGER, canonical, check_canonical, members};
use proptest::prelude::*;
use serde_json::{Value, json};

fn text(value: &Value) -> String {
    String::from_utf8(canonical(value).unwrap()).unwrap()
}

/// RFC 8785 section 3.2.3: sorted by UTF-16 code units, not by code points.
#[test]
fn names_are_sorted_as_the_rfc_sorts_them() {
    let value = json!({
        "\u{20ac}": "Euro Sign", "\r": "Carriage Return",
        "\u{fb33}": "Hebrew Letter Dalet With Dagesh",
        "1": "One", "\u{1f600}": "Emoji: Grinning Face", "\u{80}": "Control",
        "\u{f6}": "Latin Small Letter O With Diaeresis",
    });
    let mut names = Vec::new();
    let bytes = canonical(&value).unwrap();
    members(&bytes, |name, _| names.push(name)).unwrap();
    let sorted = [
        "\\r",
        "1",
        "\u{80}",
        "\u{f6}",
        "\u{20ac}",
        "\u{1f600}",
        "\u{fb33}",
    ];
    assert_eq!(names, sorted);
}

/// RFC 8785 section 3.2.2.2.
#[test]
fn strings_are_escaped_as_little_as_possible() {
    let value = json!("\u{20ac}$\u{f}\nA'B\"\\\\\"/\u{7f}\u{8}\u{c}\t\r\u{1f}");
    assert_eq!(
        text(&value),
        r#""€$\u000f\nA'B\"\\\\\"/"#.to_owned() + "\u{7f}" + r#"\b\f\t\r\u001f""#
    );
}

#[test]
fn only_whole_numbers_that_everyone_keeps() {
    let too_large = LARGEST_INTEGER + 1;
    assert_eq!(
        text(&json!([0, -1, LARGEST_INTEGER])),
        "[0,-1,9007199254740991]"
    );
    for value in [
        json!(1.5),
        json!(1.0),
        json!(too_large),
        json!(-too_large),
        json!(u64::MAX),
    ] {
        assert_eq!(canonical(&value), Err(JsonError::Number), "{value}");
        let written = serde_json::to_vec(&value).unwrap();
        assert_eq!(check_canonical(&written), Err(JsonError::Number), "{value}");
    }
}

#[test]
fn nesting_has_an_end() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert_eq!(check_canonical(nested(DEEPEST).as_bytes()), Ok(()));
    assert_eq!(
        check_canonical(nested(DEEPEST + 1).as_bytes()),
        Err(JsonError::Depth)
    );
    assert_eq!(
        check_canonical(nested(1_000_000).as_bytes()),
        Err(JsonError::Depth)
    );
    let value: Value = serde_json::from_str(&nested(DEEPEST + 1)).unwrap();
    assert_eq!(canonical(&value), Err(JsonError::Depth));
}

#[test]
fn every_other_spelling_is_refused() {
    for (wrong, at) in [
        ("", 0),
        (" 1", 0),
        ("1 ", 1),
        ("01", 0),
        ("-0", 0),
        ("-", 0),
        ("+1", 0),
        ("nul", 0),
        ("True", 0),
        ("[1, 2]", 3),
        ("[1,]", 3),
        ("[", 1),
        ("{\"a\": 1}", 5),
        ("{\"b\":1,\"a\":2}", 7),
        ("{\"a\":1,\"a\":1}", 7),
        ("{\"a\":1,}", 7),
        ("{a:1}", 1),
        ("\"\\/\"", 1),
        ("\"\\u0041\"", 1),
        ("\"\\u000a\"", 1),
        ("\"\\u001F\"", 1),
        ("\"\\u00\"", 1),
        ("\"\n\"", 1),
        ("\"", 1),
        ("\"\\", 1),
        ("{\"\\u00e9\":1}", 2),
        ("1\n", 1),
        ("\u{feff}1", 0),
        ("[1][2]", 3),
    ] {
        assert_eq!(
            check_canonical(wrong.as_bytes()),
            Err(JsonError::Spelling { at }),
            "{wrong}"
        );
    }
    assert_eq!(
        check_canonical(b"[\"\xff\"]"),
        Err(JsonError::Spelling { at: 2 })
    );
    assert_eq!(check_canonical(b"1e3"), Err(JsonError::Number));
    assert!(members(b"[]", |_, _| ()).is_err());
}

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-LARGEST_INTEGER..=LARGEST_INTEGER).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn written_canonically_it_is_canonical_and_the_same(value in values()) {
        let bytes = canonical(&value).unwrap();
        prop_assert_eq!(check_canonical(&bytes), Ok(()));
        prop_assert_eq!(serde_json::from_slice::<Value>(&bytes).unwrap(), value);
    }

    /// The scanner against the definition: parse, write, compare.
    #[test]
    fn the_scanner_agrees_with_writing_anew(value in values(), at: prop::sample::Index, byte: u8) {
        let mut bytes = canonical(&value).unwrap();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let anew = serde_json::from_slice::<Value>(&bytes).ok().and_then(|v| canonical(&v).ok());
        prop_assert_eq!(check_canonical(&bytes).is_ok(), anew.as_ref() == Some(&bytes));
    }
}
