//! Rules about what modules say of themselves 模块说明.

use std::collections::BTreeSet;

use crate::Violation;
use crate::tree::{File, Tree};

/// A character of a Chinese word.
fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}')
}

/// `… 存证日志`, `… 规范 JSON.`: the last word, or the one before a Latin one, is Chinese.
fn ends_in_chinese(line: &str) -> bool {
    let line = line.trim_end().trim_end_matches(['.', '。']);
    let latin = |c: char| c.is_ascii_alphanumeric();
    line.trim_end_matches(latin)
        .trim_end_matches(' ')
        .ends_with(is_han)
}

/// The first line of every public module's doc ends with its Chinese term.
#[must_use]
pub fn chinese_term(tree: &Tree) -> Vec<Violation> {
    let public = public_modules(tree);
    let mut found = Vec::new();
    for file in tree.rust() {
        let Some((name, inside)) = file.in_crate() else {
            continue;
        };
        let root = matches!(inside, "lib.rs" | "main.rs");
        if !root && !public.contains(&format!("{name}/{}", module_path(inside))) {
            continue;
        }
        let first = file.text.lines().find_map(|line| line.strip_prefix("//!"));
        let what = match first {
            Some(line) if ends_in_chinese(line) => continue,
            Some(line) => format!("the first line `{}` lacks its Chinese term", line.trim()),
            None => "the module does not say what it is".to_owned(),
        };
        found.push(Violation::new("chinese_term", &file.path, what));
    }
    found
}

/// `session/acts/mod.rs` is `session/acts`, `config.rs` is `config`.
fn module_path(inside: &str) -> &str {
    let path = inside.strip_suffix(".rs").unwrap_or(inside);
    path.strip_suffix("/mod").unwrap_or(path)
}

/// Every module that some file declares with `pub mod`, as `crate/path`.
fn public_modules(tree: &Tree) -> BTreeSet<String> {
    let mut public = BTreeSet::new();
    for file in tree.rust() {
        let Some((name, inside)) = file.in_crate() else {
            continue;
        };
        let path = module_path(inside);
        let parent = if matches!(path, "lib" | "main") {
            ""
        } else {
            path
        };
        for line in file.text.lines() {
            let declared = line
                .strip_prefix("pub mod ")
                .and_then(|rest| rest.strip_suffix(';'));
            if let Some(module) = declared {
                let slash = if parent.is_empty() { "" } else { "/" };
                public.insert(format!("{name}/{parent}{slash}{module}"));
            }
        }
    }
    public
}

/// A fence in a doc comment names its language: a bare one is compiled as Rust by accident.
#[must_use]
pub fn doc_fences(tree: &Tree) -> Vec<Violation> {
    tree.rust().flat_map(bare_fences).collect()
}

fn bare_fences(file: &File) -> Vec<Violation> {
    let mut open = false;
    let mut found = Vec::new();
    for (n, line) in file.text.lines().enumerate() {
        let line = line.trim_start();
        let doc = line
            .strip_prefix("///")
            .or_else(|| line.strip_prefix("//!"));
        let Some(fence) = doc.and_then(|doc| doc.trim().strip_prefix("```")) else {
            continue;
        };
        open = !open;
        if open && fence.is_empty() {
            let what = format!("line {}: the fence does not name its language", n + 1);
            found.push(Violation::new("doc_fences", &file.path, what));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_module_ends_its_first_line_in_chinese() {
        let tree = Tree::of(&[
            (
                "crates/a/src/lib.rs",
                "//! The house 房子.\npub mod good;\npub mod bad;\nmod own;\n",
            ),
            (
                "crates/a/src/good.rs",
                "//! Canonical JSON 规范 JSON.\npub mod deep;\n",
            ),
            ("crates/a/src/good/deep.rs", "fn undocumented() {}\n"),
            ("crates/a/src/bad.rs", "//! 说明 comes first.\n"),
            ("crates/a/src/own.rs", "//! Nobody else sees it.\n"),
        ]);
        let places: Vec<_> = chinese_term(&tree)
            .into_iter()
            .map(|one| one.place)
            .collect();
        assert_eq!(places, ["crates/a/src/good/deep.rs", "crates/a/src/bad.rs"]);
    }

    #[test]
    fn a_fence_names_its_language() {
        let named = "/// ```text\n/// a\n/// ```\n/// ```rust\n/// ```\n";
        let bare = "/// ```text\n/// ```\n//! ```\n//! ```\n";
        let tree = Tree::of(&[("a.rs", named), ("b.rs", bare)]);
        let found = doc_fences(&tree);
        assert_eq!(found.len(), 1);
        assert!(found[0].what.starts_with("line 3"));
    }
}
