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

/// The names that SQL text uses as tables, and whether it writes to them.
fn named_tables(sql: &str) -> Vec<(&str, bool)> {
    let words = sql.split(|c: char| c.is_whitespace() || "(),;".contains(c));
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let named = words.windows(2).enumerate().filter_map(|(at, pair)| {
        let before = at.checked_sub(1).map_or("", |at| words[at]);
        let writes = matches!(pair[0], "INTO" | "UPDATE") || before == "DELETE";
        BEFORE_A_TABLE
            .contains(&pair[0])
            .then_some((pair[1], writes))
    });
    named.collect()
}

/// Every table that SQL names outside its owner's store: as `table_write` where it is changed, as
/// `table_read` where it is only read. `report/` alone may read across.
#[must_use]
pub fn table_owner(tree: &Tree) -> Vec<Violation> {
    let tables = tables(tree);
    let mut found = Vec::new();
    for file in tree.rust() {
        let Some(("baton" | "spine", inside)) = file.in_crate() else {
            continue;
        };
        for literal in literals(&file.text) {
            for (name, writes) in named_tables(&literal.text) {
                let Some(owner) = owner(&tables, name).filter(|owner| !is_store_of(file, owner))
                else {
                    continue;
                };
                let rule = if writes { "table_write" } else { "table_read" };
                let what = format!("line {}: `{name}` belongs to {owner}", literal.line);
                if writes || !inside.starts_with("report/") {
                    found.push(Violation::new(rule, &file.path, what));
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
    fn writing_is_told_from_reading() {
        let rules = |sql: &str| -> Vec<&str> {
            let text = format!("f(\"{sql}\")");
            let tree = Tree::of(&[SLICES, SPINE, ("crates/baton/src/report/load.rs", &text)]);
            table_owner(&tree).into_iter().map(|one| one.rule).collect()
        };
        assert!(rules("SELECT id FROM customer").is_empty());
        for sql in [
            "DELETE FROM customer",
            "INSERT INTO customer (id)",
            "UPDATE customer SET id = $1",
        ] {
            assert_eq!(rules(sql), ["table_write"], "{sql}");
        }
    }

    #[test]
    fn words_that_are_no_tables_are_left_alone() {
        let text = "say(\"a letter from customer\"); say(\"FROM elsewhere\"); // FROM customer";
        assert!(found("crates/baton/src/people/api.rs", text).is_empty());
    }
}
