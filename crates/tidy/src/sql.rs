//! Statements are literals, values are binds: no SQL is built from strings 不拼接语句.
//!
//! The spine takes `&'static str` only, so that a text made at run time does not compile. This rule
//! closes the two ways round it: asserting that some text is safe, and making a text static by
//! leaking it; and it names every literal of SQL that has a place for something to be put in.

use crate::Violation;
use crate::literals::literals;
use crate::tree::Tree;

/// What fills places.
const MACROS: [&str; 3] = ["format!(", "write!(", "format_args!("];

const VERBS: [&str; 5] = [
    "SELECT ",
    "INSERT INTO ",
    "UPDATE ",
    "DELETE FROM ",
    "WITH ",
];

/// Every place in code (tests are code of their own) where a statement may hold what is no literal.
#[must_use]
pub fn built_sql(tree: &Tree) -> Vec<Violation> {
    let mut found = Vec::new();
    for file in tree.rust() {
        let Some(("baton" | "spine", inside)) = file.in_crate() else {
            continue;
        };
        if file.path.contains("/tests/") {
            continue;
        }
        for (line, text) in file.text.lines().enumerate() {
            for way in ["tokio_postgres::", "Box::leak", ".leak()"] {
                let drives = inside.starts_with("link/postgres") || inside.ends_with("tests.rs");
                let own = drives && way == "tokio_postgres::";
                if text.contains(way) && !own {
                    let what = format!("line {}: `{way}` makes a statement of any text", line + 1);
                    found.push(Violation::new("built_sql", &file.path, what));
                }
            }
        }
        let lines: Vec<&str> = file.text.lines().collect();
        for literal in literals(&file.text) {
            let around = &lines[literal.line.saturating_sub(2)..literal.line.min(lines.len())];
            let filled = around
                .iter()
                .any(|line| MACROS.iter().any(|name| line.contains(name)));
            // `'{}'` is an empty JSON object, unless something is put into it.
            let text = match filled {
                true => literal.text.clone(),
                false => literal.text.replace("'{}'", "''"),
            };
            if VERBS.iter().any(|verb| text.starts_with(verb)) && has_a_place(&text) {
                let what = format!(
                    "line {}: `{}` has a place for text",
                    literal.line, literal.text
                );
                found.push(Violation::new("built_sql", &file.path, what));
            }
        }
    }
    found
}

/// Whether something is put in: `{}`, `{name}`, `{0}`.
fn has_a_place(text: &str) -> bool {
    text.split('{').skip(1).any(|rest| {
        let inside = rest.split('}').next().unwrap_or_default();
        rest.contains('}')
            && inside
                .chars()
                .all(|c| c.is_alphanumeric() || "_:?.".contains(c))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::File;

    fn found(path: &str, text: &str) -> usize {
        let file = File {
            path: path.to_owned(),
            text: text.to_owned(),
        };
        built_sql(&Tree { files: vec![file] }).len()
    }

    #[test]
    fn a_place_in_a_statement_is_named_and_a_literal_is_not() {
        let path = "crates/baton/src/customer/store.rs";
        assert_eq!(
            found(path, r#"let a = format!("SELECT * FROM {table}");"#),
            1
        );
        assert_eq!(
            found(
                path,
                r#"let a = format!("DELETE FROM t WHERE id = '{}'", id);"#
            ),
            1
        );
        assert_eq!(
            found(path, r#"const A: &str = "SELECT '{\"a\":1}' FROM t";"#),
            0
        );
        assert_eq!(found(path, r#"const A: &str = "SELECT '{}' FROM t";"#), 0);
        assert_eq!(
            found(path, r#"const A: &str = "SELECT a FROM t WHERE b = $1";"#),
            0
        );
        assert_eq!(found(path, r#"let a = format!("Selected {n}");"#), 0);
        assert_eq!(
            found(path, "let a = String::leak(x); let b = text.leak();"),
            1
        );
        assert_eq!(
            found(
                "crates/spine/src/link/postgres.rs",
                "use tokio_postgres::Client;"
            ),
            0
        );
        assert_eq!(
            found("crates/spine/src/jobs.rs", "use tokio_postgres::Client;"),
            1
        );
    }
}
