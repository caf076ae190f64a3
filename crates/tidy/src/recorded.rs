//! What acts record can be read by people 存证字段有中英文名.

use std::collections::BTreeSet;

use crate::Violation;
use crate::literals::literals;
use crate::tree::Tree;

/// Where the screen finds the names of recorded fields.
const WORDS: &str = "web/src/ui/fieldWords.ts";

/// The fields that have a word in Chinese and in English: lines `field: ["中文", "English"],`.
#[must_use]
pub fn named(tree: &Tree) -> BTreeSet<String> {
    let text = tree.get(WORDS).map_or("", |file| file.text.as_str());
    let pair = |line: &str| {
        let (field, rest) = line.trim().split_once(": [")?;
        let words = rest.strip_suffix("],")?;
        let (zh, en) = words.split_once("\", \"")?;
        let whole = zh.len() > 1 && en.len() > 1;
        whole.then(|| field.to_owned())
    };
    text.lines().filter_map(pair).collect()
}

/// Every field that is written with `.detail(json!({ … }))` has its words.
#[must_use]
pub fn fields(tree: &Tree) -> Vec<Violation> {
    let named = named(tree);
    let mut found = Vec::new();
    let recording = |path: &str| {
        (path.starts_with("crates/baton/src/") || path.starts_with("crates/spine/src/"))
            && path.ends_with(".rs")
    };
    for file in tree.files.iter().filter(|file| recording(&file.path)) {
        for detail in details(&file.text) {
            for field in keys(detail) {
                if !named.contains(&field) {
                    let what = format!("the recorded field `{field}` has no words in {WORDS}");
                    found.push(Violation::new("recorded_fields", &file.path, what));
                }
            }
        }
    }
    found
}

/// What stands between the brackets of each `.detail(…json!(…))`.
fn details(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(".detail(") {
        rest = &rest[at + ".detail(".len()..];
        let inside = rest.trim_start();
        let inside = inside.strip_prefix("serde_json::").unwrap_or(inside);
        if let Some(json) = inside.strip_prefix("json!(") {
            found.push(&json[..closing(json)]);
        }
    }
    found
}

/// Where the bracket that was opened before closes.
fn closing(text: &str) -> usize {
    let mut depth = 1_i32;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    text.len()
}

/// The keys of a `json!`: literals that a colon follows.
fn keys(json: &str) -> Vec<String> {
    let of = |text: &String| {
        let quoted = format!("\"{text}\":");
        let plain = text
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        plain && !text.is_empty() && json.contains(&quoted)
    };
    let literals = literals(json).into_iter().map(|literal| literal.text);
    literals.filter(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_without_words_is_found() {
        let act = r#"Record::of(a, "b", "c").detail(serde_json::json!({
            "before": old(1), "node": self.node, "inner": { "depth": 2 }, "word": "not_a_key" }))"#;
        let words = "  before: [\"变更前\", \"Before\"],\n  node: [\"步骤\", \"Step\"],\n  \
                     inner: [\"\", \"\"],";
        let path = "crates/baton/src/session/acts/open.rs";
        let tree = Tree::of(&[(WORDS, words), (path, act)]);
        let found: Vec<String> = fields(&tree).into_iter().map(|one| one.what).collect();
        let of = |field: &str| {
            found
                .iter()
                .any(|what| what.contains(&format!("`{field}`")))
        };
        assert!(of("inner") && of("depth") && of("word"), "{found:?}");
        assert!(
            !of("before") && !of("node") && !of("not_a_key"),
            "{found:?}"
        );
    }
}
