//! What a refusal says is said in both languages 不予办理的话有中英文.

use crate::Violation;
use crate::literals::literals;
use crate::tree::{File, Tree};

/// Every sentence that is written where a refusal is made, what would help and what is wrong at a
/// place, stands beside its English: `(zh, en)`. A name may stand alone: it says the whole again,
/// or holds both.
#[must_use]
pub fn in_both_languages(tree: &Tree) -> Vec<Violation> {
    let mut found = Vec::new();
    let source = |file: &&File| file.in_crate().is_some_and(|(name, _)| name != "tidy");
    for file in tree.rust().filter(source) {
        for (call, last) in [(".remedy(", 0), (".at(", 1)] {
            let calls = file.text.match_indices(call);
            let calls = calls.map(|(at, _)| &file.text[at + call.len()..]);
            for said in calls.filter_map(|inside| argument(inside, last)) {
                if let Some(zh) = alone(said) {
                    let what = format!("`{call}…)` says 「{zh}」 without its English");
                    found.push(Violation::new("refusals", &file.path, what));
                }
            }
        }
    }
    found
}

/// A sentence in Chinese alone, written or formed.
fn alone(said: &str) -> Option<String> {
    let said = said.strip_prefix("format!(").unwrap_or(said).trim_start();
    let first = said
        .starts_with('"')
        .then(|| literals(said).into_iter().next());
    let text = first??.text;
    let chinese = text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    chinese.then_some(text)
}

/// The argument with this number, counted from 0, of a call whose bracket was opened before.
fn argument(inside: &str, number: usize) -> Option<&str> {
    let (mut depth, mut seen, mut from) = (0_i32, 0, 0);
    let (mut quoted, mut escaped) = (false, false);
    for (at, c) in inside.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth == 0 => {
                return (seen == number).then(|| inside[from..at].trim());
            }
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => {
                if seen == number {
                    return Some(inside[from..at].trim());
                }
                (seen, from) = (seen + 1, at + 1);
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_without_its_english_is_found() {
        let source = r#"
            refused.remedy("请核对").at("/on", "不能晚于今天");
            refused.remedy(format!("请选择 {last}")).at(&format!("/rows/{n}"), format!("第 {n} 行"));
            refused.remedy(("请核对", "Check it")).at("/on", ("不能晚于今天", "Not after today"));
            refused.at("/on", zh).remedy(remedy).at(pointer, Words::not_before(day));
            clock.at("12:00", "noon");
        "#;
        let tree = Tree::of(&[("crates/people/src/person.rs", source)]);
        let found: Vec<String> = in_both_languages(&tree)
            .into_iter()
            .map(|one| one.what)
            .collect();
        assert_eq!(found.len(), 4, "{found:?}");
        for zh in ["请核对", "请选择 {last}", "不能晚于今天", "第 {n} 行"] {
            let named = format!("「{zh}」");
            assert!(found.iter().any(|what| what.contains(&named)), "{zh}");
        }
    }
}
