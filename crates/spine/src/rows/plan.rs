//! Which rows a statement writes, read from its text 语句写入范围.

use super::shape::{Shape, Table};
use crate::{Dialect, Fault};

/// What a statement does to its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verb {
    /// The row is, from now on, what is noted; columns that are not noted are empty.
    Put,
    /// These columns have these values.
    Set,
    /// The row is gone.
    Drop,
}

/// What is noted of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Plan {
    pub(crate) table: usize,
    pub(crate) verb: Verb,
    /// Places of the noted columns, in their order.
    pub(crate) columns: Vec<usize>,
    /// Which bind of a row holds each of them. Empty when the rows must be asked back.
    pub(crate) binds: Vec<usize>,
    /// ` RETURNING …`, for the end of the statement.
    pub(crate) returning: String,
}

/// Reads a statement; `None` when it writes nothing that is noted. `rows` stands for the rows of a
/// statement of which only head and tail are given.
///
/// # Errors
/// [`Fault`] when the statement writes to a noted table in a way that is not understood: it must
/// not run, since nobody would know what it wrote.
pub(crate) fn plan(text: &str, shape: &Shape, dialect: Dialect) -> Result<Option<Plan>, Fault> {
    let mut words = Words {
        rest: main_clause(text),
    };
    let read = match words.word().to_ascii_uppercase().as_str() {
        "INSERT" => insert(words, shape),
        "UPDATE" => update(words, shape, dialect),
        "DELETE" => delete(words, shape, dialect),
        _ => Err("begins with an unknown word"),
    };
    read.map_err(|why| {
        let head: String = text.chars().take(100).collect();
        Fault::new(format!("the statement `{head}` {why}"))
    })
}

/// What follows the common table expressions.
fn main_clause(text: &str) -> &str {
    let text = text.trim_start();
    if !starts_with_word(text, "WITH") {
        return text;
    }
    let verbs = ["INSERT", "UPDATE", "DELETE"];
    top_level(text)
        .find(|(at, _)| {
            verbs
                .iter()
                .any(|verb| starts_with_word(&text[*at..], verb))
        })
        .map_or(text, |(at, _)| &text[at..])
}

type Read = Result<Option<Plan>, &'static str>;

/// The place of a table among those that are noted; `None` for one that is left out.
fn noted(shape: &Shape, name: &str) -> Result<Option<usize>, &'static str> {
    if shape.keyless.iter().any(|table| table == name) {
        return Err("writes to a table without a primary key");
    }
    Ok(shape.find(name))
}

fn insert(mut words: Words<'_>, shape: &Shape) -> Read {
    words.expect("INTO")?;
    let name = words.word();
    let Some(at) = noted(shape, name)? else {
        return Ok(None);
    };
    let table = &shape.tables[at];
    let list = words.list().ok_or("names no columns")?;
    let named: Vec<&str> = list.split(',').map(str::trim).collect();
    let rest = words.rest.trim_start();
    let plain = rest
        .strip_prefix("VALUES")
        .is_some_and(|rows| in_order(rows, named.len()));
    let unnamed_is_null =
        |column: &super::shape::Column| named.contains(&column.name.as_str()) || !column.defaulted;
    let columns: Vec<usize>;
    let mut binds = Vec::new();
    if plain && table.columns.iter().all(unnamed_is_null) {
        // Columns that are left out have a bind too, but no place.
        let pairs = named.iter().enumerate();
        let pairs: Vec<(usize, usize)> = pairs
            .filter_map(|(n, name)| Some((table.place(name)?, n)))
            .collect();
        columns = pairs.iter().map(|(place, _)| *place).collect();
        binds = pairs.iter().map(|(_, n)| *n).collect();
    } else {
        columns = (0..table.columns.len()).collect();
    }
    if table.key.iter().any(|place| !columns.contains(place)) {
        return Err("does not name the key");
    }
    let returning = returning(table, &columns, name);
    refuse_returning(rest)?;
    Ok(Some(Plan {
        table: at,
        verb: Verb::Put,
        columns,
        binds,
        returning,
    }))
}

fn update(mut words: Words<'_>, shape: &Shape, dialect: Dialect) -> Read {
    let name = words.word();
    let Some(at) = noted(shape, name)? else {
        return Ok(None);
    };
    let table = &shape.tables[at];
    let alias = words.alias("SET")?;
    words.expect("SET")?;
    let mut set = Vec::new();
    for target in targets(words.rest) {
        // A column that is left out may change without a note.
        set.extend(table.place(target));
    }
    if set.iter().any(|place| table.key.contains(place)) {
        return Err("changes the key of a row");
    }
    if set.is_empty() {
        return Ok(None);
    }
    let mut columns = table.key.clone();
    columns.extend(set);
    refuse_returning(words.rest)?;
    let returning = returning(table, &columns, called(name, alias, dialect));
    Ok(Some(Plan {
        table: at,
        verb: Verb::Set,
        columns,
        binds: Vec::new(),
        returning,
    }))
}

fn delete(mut words: Words<'_>, shape: &Shape, dialect: Dialect) -> Read {
    words.expect("FROM")?;
    let name = words.word();
    let Some(at) = noted(shape, name)? else {
        return Ok(None);
    };
    let table = &shape.tables[at];
    let alias = words.alias("WHERE")?;
    let columns = table.key.clone();
    refuse_returning(words.rest)?;
    let returning = returning(table, &columns, called(name, alias, dialect));
    Ok(Some(Plan {
        table: at,
        verb: Verb::Drop,
        columns,
        binds: Vec::new(),
        returning,
    }))
}

/// In what follows `RETURNING`, SQLite knows a table by its name, PostgreSQL by its alias.
fn called<'a>(name: &'a str, alias: Option<&'a str>, dialect: Dialect) -> &'a str {
    match dialect {
        Dialect::Sqlite => name,
        Dialect::Postgres => alias.unwrap_or(name),
    }
}

fn returning(table: &Table, columns: &[usize], called: &str) -> String {
    let mut text = String::from(" RETURNING ");
    for (n, place) in columns.iter().enumerate() {
        if n > 0 {
            text.push_str(", ");
        }
        text.push_str(called);
        text.push('.');
        text.push_str(&table.columns[*place].name);
    }
    text
}

fn refuse_returning(rest: &str) -> Result<(), &'static str> {
    let asks = top_level(rest).any(|(at, _)| starts_with_word(&rest[at..], "RETURNING"));
    if asks {
        Err("asks its rows back")
    } else {
        Ok(())
    }
}

/// Whether the rows are binds in the order of the columns, and nothing may change them on the way:
/// ` ` (the rows of `insert_many`) or ` ($1, $2, …)`.
fn in_order(rows: &str, width: usize) -> bool {
    let rows = rows.trim();
    if rows.is_empty() {
        return true;
    }
    let inside = rows
        .strip_prefix('(')
        .and_then(|rows| rows.strip_suffix(')'));
    inside.is_some_and(|inside| {
        let mut binds = inside.split(',').map(str::trim).enumerate();
        binds.clone().count() == width
            && binds.all(|(n, bind)| bind.strip_prefix('$') == Some(&(n + 1).to_string()))
    })
}

/// The columns that a `SET` clause names.
fn targets(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut begin = 0;
    let mut end = text.len();
    let mut pieces = Vec::new();
    let mut before = "";
    for (at, word) in top_level(text) {
        if word == "," {
            pieces.push(&text[begin..at]);
            begin = at + 1;
        }
        let upper = word.to_ascii_uppercase();
        let distinct = before.eq_ignore_ascii_case("DISTINCT");
        if matches!(upper.as_str(), "WHERE" | "RETURNING") || (upper == "FROM" && !distinct) {
            end = at;
            break;
        }
        before = word;
    }
    pieces.push(&text[begin..end]);
    for piece in pieces {
        let target = piece.split('=').next().unwrap_or_default().trim();
        let target = target.trim_start_matches('(').trim_end_matches(')');
        found.extend(target.split(',').map(str::trim));
    }
    found
}

/// The words and commas outside brackets and quotes, with their places.
fn top_level(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let bytes = text.as_bytes();
    let (mut at, mut depth) = (0, 0_i32);
    std::iter::from_fn(move || {
        while at < bytes.len() {
            let from = at;
            match bytes[at] {
                b'\'' => {
                    at += 1;
                    while at < bytes.len() && bytes[at] != b'\'' {
                        at += 1;
                    }
                    at += 1;
                }
                b'(' => {
                    depth += 1;
                    at += 1;
                }
                b')' => {
                    depth -= 1;
                    at += 1;
                }
                b',' if depth == 0 => {
                    at += 1;
                    return Some((from, ","));
                }
                byte if is_wordy(byte) => {
                    while at < bytes.len() && is_wordy(bytes[at]) {
                        at += 1;
                    }
                    if depth == 0 {
                        return Some((from, &text[from..at]));
                    }
                }
                _ => at += 1,
            }
        }
        None
    })
}

const fn is_wordy(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'.'
}

fn starts_with_word(text: &str, word: &str) -> bool {
    let head = text.as_bytes().get(..word.len());
    let after = text.as_bytes().get(word.len());
    head.is_some_and(|head| head.eq_ignore_ascii_case(word.as_bytes()))
        && after.is_none_or(|byte| !is_wordy(*byte))
}

/// Takes a statement word by word.
struct Words<'a> {
    rest: &'a str,
}

impl<'a> Words<'a> {
    fn word(&mut self) -> &'a str {
        let text = self.rest.trim_start();
        let end = text
            .bytes()
            .position(|byte| !is_wordy(byte))
            .unwrap_or(text.len());
        let (word, rest) = text.split_at(end);
        self.rest = rest;
        word
    }

    fn expect(&mut self, word: &str) -> Result<(), &'static str> {
        if self.word().eq_ignore_ascii_case(word) {
            Ok(())
        } else {
            Err("is built in an unknown way")
        }
    }

    /// What stands in brackets.
    fn list(&mut self) -> Option<&'a str> {
        let text = self.rest.trim_start().strip_prefix('(')?;
        let (list, rest) = text.split_once(')')?;
        self.rest = rest;
        Some(list)
    }

    /// `AS x`, `x` or nothing, before the word `next` or the end.
    fn alias(&mut self, next: &str) -> Result<Option<&'a str>, &'static str> {
        let text = self.rest.trim_start();
        if text.is_empty() || starts_with_word(text, next) {
            return Ok(None);
        }
        let mut word = self.word();
        if word.eq_ignore_ascii_case("AS") {
            word = self.word();
        }
        if word.is_empty() {
            return Err("is built in an unknown way");
        }
        Ok(Some(word))
    }
}

#[cfg(test)]
mod tests {
    use super::super::shape::Column;
    use super::*;

    fn shape() -> Shape {
        let column = |name: &str, defaulted: bool| Column {
            name: name.to_owned(),
            veiled: false,
            defaulted,
        };
        let table = |name: &str, columns: &[&str], key: Vec<usize>| Table {
            name: name.to_owned(),
            columns: columns
                .iter()
                .map(|name| column(name, *name == "made_at"))
                .collect(),
            key,
        };
        Shape::made_of(vec![
            table("jar", &["id", "name", "owner_id"], vec![0]),
            table(
                "seat",
                &["jar_id", "n", "employee_id", "made_at"],
                vec![0, 1],
            ),
        ])
    }

    /// Table, verb, columns, and whether the binds tell the row.
    fn read(text: &str, dialect: Dialect) -> Option<(usize, Verb, Vec<usize>, bool, String)> {
        let plan = plan(text, &shape(), dialect).unwrap()?;
        let bound = !plan.binds.is_empty();
        Some((plan.table, plan.verb, plan.columns, bound, plan.returning))
    }

    #[test]
    fn the_binds_of_a_plain_insert_tell_the_row() {
        for text in [
            "INSERT INTO jar (id, name, search) VALUES ($1, $2, $3)",
            "INSERT INTO jar (id, name, search) VALUES ",
        ] {
            let plan = plan(text, &shape(), Dialect::Sqlite).unwrap().unwrap();
            assert_eq!(
                (plan.verb, plan.columns, plan.binds),
                (Verb::Put, vec![0, 1], vec![0, 1])
            );
        }
        let swapped = "INSERT INTO jar (name, id) VALUES ($1, $2)";
        let plan = plan(swapped, &shape(), Dialect::Sqlite).unwrap().unwrap();
        assert_eq!((plan.columns, plan.binds), (vec![1, 0], vec![0, 1]));
    }

    #[test]
    fn other_inserts_give_the_whole_row_back() {
        let whole = " RETURNING jar.id, jar.name, jar.owner_id".to_owned();
        for text in [
            "INSERT INTO jar (id, name) VALUES ($1, 'x')",
            "INSERT INTO jar (id, name) VALUES ($2, $1)",
            "INSERT INTO jar (id, name) SELECT $1, max(n) FROM seat",
            "INSERT INTO jar (id, name) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING",
            "INSERT INTO jar (id, name) VALUES  ON CONFLICT (id) DO UPDATE SET name = $3",
            "WITH a AS (SELECT 1, ')') INSERT INTO jar (id, name) SELECT b, c FROM a",
        ] {
            let told = read(text, Dialect::Postgres).unwrap();
            assert_eq!(
                told,
                (0, Verb::Put, vec![0, 1, 2], false, whole.clone()),
                "{text}"
            );
        }
        // The database fills a column that is not named.
        let filled = "INSERT INTO seat (jar_id, n, employee_id) VALUES ($1, $2, $3)";
        let told = read(filled, Dialect::Sqlite).unwrap();
        assert_eq!((told.2, told.3), (vec![0, 1, 2, 3], false));
    }

    #[test]
    fn an_update_gives_key_and_changed_columns_back() {
        let told = read(
            "UPDATE seat AS s SET employee_id = (SELECT max(a, b) FROM t WHERE x = 'SET, FROM'), \
             made_at = CASE WHEN n IS DISTINCT FROM 1 THEN 2 ELSE 3 END WHERE s.n = 1",
            Dialect::Postgres,
        );
        let (table, verb, columns, bound, returning) = told.unwrap();
        assert_eq!(
            (table, verb, columns, bound),
            (1, Verb::Set, vec![0, 1, 2, 3], false)
        );
        assert_eq!(
            returning,
            " RETURNING s.jar_id, s.n, s.employee_id, s.made_at"
        );
        let told = read("UPDATE seat AS s SET employee_id = $1", Dialect::Sqlite).unwrap();
        assert_eq!(told.4, " RETURNING seat.jar_id, seat.n, seat.employee_id");
        let pair = "UPDATE jar SET (name, owner_id) = (SELECT a, b FROM t)";
        assert_eq!(read(pair, Dialect::Sqlite).unwrap().2, [0, 1, 2]);
        assert_eq!(read("UPDATE jar SET search = $1", Dialect::Sqlite), None);
        assert_eq!(read("UPDATE log_head SET size = $1", Dialect::Sqlite), None);
    }

    #[test]
    fn a_deletion_gives_the_key_back() {
        let told = read("DELETE FROM seat WHERE jar_id = $1", Dialect::Sqlite).unwrap();
        assert_eq!((told.1, told.2), (Verb::Drop, vec![0, 1]));
        assert_eq!(told.4, " RETURNING seat.jar_id, seat.n");
    }

    #[test]
    fn what_is_not_understood_does_not_run() {
        for text in [
            "TRUNCATE jar",
            "INSERT INTO jar SELECT * FROM other",
            "INSERT INTO jar (name) VALUES ($1)",
            "UPDATE jar SET id = $1",
            "UPDATE jar SET name = $1 RETURNING id",
            "MERGE INTO jar USING a ON b",
        ] {
            assert!(plan(text, &shape(), Dialect::Sqlite).is_err(), "{text}");
        }
    }
}
