//! What the steps of the schema took away and what guards they set, read from their statements
//! 应有结构.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::link::Transaction;
use crate::{Dialect, Fault, Migration};

/// A table (`None`) or a column of it.
pub(crate) type Place = (String, Option<String>);

/// What the audit must know of the steps.
#[derive(Debug, Default)]
pub(crate) struct Made {
    taken: BTreeSet<Place>,
    /// By name: the table that a trigger guards, and its words.
    triggers: BTreeMap<String, (String, Vec<String>)>,
}

impl Made {
    pub(crate) fn by<'a>(steps: impl IntoIterator<Item = &'a Migration>, dialect: Dialect) -> Made {
        let mut made = Made::default();
        let mut bodies: HashMap<String, String> = HashMap::new();
        for statement in steps.into_iter().flat_map(|step| step.statements(dialect)) {
            let words: Vec<&str> = statement.split_whitespace().collect();
            match *words.as_slice() {
                ["CREATE", "TABLE", table, ..] => {
                    made.taken.remove(&whole(table));
                }
                ["DROP", "TABLE", table] => made.drop_table(table),
                ["ALTER", "TABLE", old, "RENAME", "TO", new] => {
                    made.drop_table(old);
                    made.taken.remove(&whole(new));
                }
                ["ALTER", "TABLE", table, "ADD", "COLUMN", name, ..] => {
                    made.taken.remove(&column(table, name));
                }
                ["ALTER", "TABLE", table, "DROP", "COLUMN", name] => {
                    made.taken.insert(column(table, name));
                }
                ["CREATE", "FUNCTION", name, ..] => {
                    let body = statement.split("$$").nth(1).unwrap_or_default();
                    bodies.insert(name.to_owned(), body.to_owned());
                }
                ["CREATE", "TRIGGER", name, .., last] => {
                    let on = words.iter().skip_while(|word| **word != "ON").nth(1);
                    let table = on.copied().unwrap_or_default().to_owned();
                    let body = bodies.get(last).map_or("", String::as_str);
                    let text = words_of(&format!("{statement} {body}"));
                    made.triggers.insert(name.to_owned(), (table, text));
                }
                ["DROP", "TRIGGER", name, ..] => {
                    made.triggers.remove(name);
                }
                _ => {}
            }
        }
        made
    }

    /// Its triggers go with it.
    fn drop_table(&mut self, table: &str) {
        self.taken.insert(whole(table));
        self.triggers.retain(|_, (guarded, _)| guarded != table);
    }

    /// Whether a step took the table or the column away.
    pub(crate) fn took(&self, place: &Place) -> bool {
        self.taken.contains(place)
    }

    /// The triggers that a step made and that do not stand as it made them: table and name.
    pub(crate) async fn unguarded(
        &self,
        tx: &mut Transaction,
        dialect: Dialect,
    ) -> Result<Vec<(String, String)>, Fault> {
        let mut standing = HashSet::new();
        for row in tx.all(dialect.list_triggers(), Vec::new()).await? {
            let text: String = row.get("made")?;
            standing.insert(words_of(&text));
        }
        let missing = self.triggers.iter();
        let missing = missing.filter(|(_, (_, text))| !standing.contains(text));
        Ok(missing
            .map(|(name, (table, _))| (table.clone(), name.clone()))
            .collect())
    }
}

fn whole(table: &str) -> Place {
    (table.to_owned(), None)
}

fn column(table: &str, name: &str) -> Place {
    (table.to_owned(), Some(name.to_owned()))
}

/// The words of a text without their order: PostgreSQL tells a trigger in an order of its own.
fn words_of(text: &str) -> Vec<String> {
    let between = |c: char| c.is_whitespace() || matches!(c, ',' | '"');
    let words = text.split(between).filter(|word| !word.is_empty());
    let mut words: Vec<String> = words.map(str::to_owned).collect();
    words.sort_unstable();
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEPS: &[Migration] = &[Migration {
        version: 1,
        name: "jars",
        text: "CREATE TABLE jar (id TEXT PRIMARY KEY, lid TEXT, hue TEXT);\n\
               CREATE TABLE coin (id TEXT PRIMARY KEY);\n\
               {APPEND_ONLY coin};\n\
               {APPEND_ONLY jar id, lid};\n\
               ALTER TABLE jar DROP COLUMN hue;\n\
               ALTER TABLE jar DROP COLUMN lid;\n\
               ALTER TABLE jar ADD COLUMN lid TEXT;\n\
               CREATE TABLE coin_new (id TEXT PRIMARY KEY);\n\
               DROP TABLE coin;\n\
               ALTER TABLE coin_new RENAME TO coin;\n",
    }];

    #[test]
    fn only_what_a_step_took_for_good_is_not_missed() {
        for dialect in [Dialect::Sqlite, Dialect::Postgres] {
            let made = Made::by(STEPS, dialect);
            assert!(made.took(&column("jar", "hue")));
            assert!(!made.took(&column("jar", "lid")), "it came again");
            assert!(!made.took(&whole("coin")), "it came again");
            assert!(made.took(&whole("coin_new")));
            let guarded: BTreeSet<&str> = made.triggers.values().map(|one| &*one.0).collect();
            assert_eq!(
                guarded,
                BTreeSet::from(["jar"]),
                "those of coin went with it"
            );
        }
    }

    #[test]
    fn a_trigger_is_known_however_the_database_tells_it() {
        let made = Made::by(STEPS, Dialect::Postgres);
        let told = "CREATE TRIGGER jar_append_only BEFORE DELETE OR UPDATE OF id, lid OR TRUNCATE \
                    ON jar FOR EACH STATEMENT EXECUTE FUNCTION jar_append_only()  \
                    BEGIN RAISE EXCEPTION 'jar is append-only'; END ";
        let (_, text) = &made.triggers["jar_append_only"];
        assert_eq!(*text, words_of(told));
    }
}
