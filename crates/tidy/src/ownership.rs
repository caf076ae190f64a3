//! A table has one owner, and only its store names it in SQL 表的归属.

use crate::Violation;
use crate::literals::literals;
use crate::migrations::tables;
use crate::tree::{File, Tree};

/// After these words SQL names a table.
const BEFORE_A_TABLE: [&str; 5] = ["FROM", "INTO", "JOIN", "TABLE", "UPDATE"];

/// Who owns a table: the spine those it makes, a slice those that bear its name.
fn owner<'a>(tables: &[(&'a str, &'a str)], name: &str) -> Option<&'a str> {
    let (table, maker) = tables.iter().find(|(table, _)| *table == name)?;
    Some(if *maker == "spine" {
        maker
    } else {
        table.split('_').next().unwrap_or(table)
    })
}

/// Whether this file may name tables of this owner.
fn is_store_of(file: &File, owner: &str) -> bool {
    match file.in_crate() {
        Some(("spine", _)) => owner == "spine",
        Some(("baton", inside)) => {
            let store = inside.strip_prefix(owner).unwrap_or_default();
            store == "/store.rs" || store.starts_with("/store/")
        }
        _ => false,
    }
}

/// The names that SQL text uses as tables.
fn named_tables(sql: &str) -> Vec<&str> {
    let words: Vec<&str> = sql
        .split(|c: char| c.is_whitespace() || "(),;".contains(c))
        .collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    let pairs = words.windows(2);
    pairs
        .filter(|pair| BEFORE_A_TABLE.contains(&pair[0]))
        .map(|pair| pair[1])
        .collect()
}

/// Every table that SQL names outside its owner's store. `report/` alone may read across.
#[must_use]
pub fn table_owner(tree: &Tree) -> Vec<Violation> {
    let tables = tables(tree);
    let mut found = Vec::new();
    for file in tree.rust() {
        let Some(("baton" | "spine", inside)) = file.in_crate() else {
            continue;
        };
        if inside.starts_with("report/") {
            continue;
        }
        for literal in literals(&file.text) {
            for name in named_tables(&literal.text) {
                let Some(owner) = owner(&tables, name) else {
                    continue;
                };
                if !is_store_of(file, owner) {
                    let what = format!("line {}: `{name}` belongs to {owner}", literal.line);
                    found.push(Violation::new("table_owner", &file.path, what));
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const SLICES: (&str, &str) = (
        "crates/baton/migrations/0002_all.sql",
        "CREATE TABLE people_employee (id TEXT);\nCREATE TABLE customer (id TEXT);\n",
    );
    const SPINE: (&str, &str) = (
        "crates/spine/migrations/0001_spine.sql",
        "CREATE TABLE job (id TEXT);\nCREATE TABLE log_entry (idx BIGINT);\n",
    );

    fn found(path: &str, text: &str) -> Vec<String> {
        let tree = Tree::of(&[SLICES, SPINE, (path, text)]);
        table_owner(&tree).into_iter().map(|one| one.what).collect()
    }

    #[test]
    fn the_owner_names_its_tables() {
        let sql = "const A: Select = Select::new(\"SELECT e.id FROM people_employee e\");";
        assert!(found("crates/baton/src/people/store.rs", sql).is_empty());
        assert!(found("crates/baton/src/people/store/write.rs", sql).is_empty());
        assert!(found("crates/baton/src/report/load.rs", sql).is_empty());
        assert_eq!(
            found("crates/baton/src/session/store.rs", sql),
            ["line 1: `people_employee` belongs to people"]
        );
        assert_eq!(found("crates/baton/src/people/api.rs", sql).len(), 1);
    }

    #[test]
    fn the_machinery_belongs_to_the_spine() {
        let sql = "fn f() { q.push(\" JOIN job j ON true\"); g(\"INSERT INTO log_entry (idx)\") }";
        assert!(found("crates/spine/src/jobs.rs", sql).is_empty());
        assert_eq!(found("crates/baton/src/people/store.rs", sql).len(), 2);
    }

    #[test]
    fn words_that_are_no_tables_are_left_alone() {
        let text = "say(\"a letter from customer\"); say(\"FROM elsewhere\"); // FROM customer";
        assert!(found("crates/baton/src/people/api.rs", text).is_empty());
    }
}
