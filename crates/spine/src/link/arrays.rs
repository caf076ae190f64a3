//! What travels to PostgreSQL as arrays 数组参数.
//!
//! A statement with five hundred places takes longer to read and to plan than to carry out. A long
//! list is one place, and so is each column of many rows.

use std::collections::BTreeMap;

use crate::{Binds, Fault, Value};

/// Values of a list from which on they travel together.
pub(super) const LONG: usize = 32;

/// What stands in one place of a statement.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Argument {
    /// A value.
    One(Value),
    /// `TEXT[]`
    Texts(Vec<Option<String>>),
    /// `BIGINT[]`
    Ints(Vec<Option<i64>>),
    /// `BYTEA[]`
    Blobs(Vec<Option<Vec<u8>>>),
}

impl Argument {
    /// Values of one type; a column of nulls is of the type that they were bound as.
    fn many(values: Vec<Value>) -> Option<Argument> {
        let kind = values.iter().find(|value| !value.is_null());
        match kind.or(values.first())? {
            Value::Text(_) => all(values, |value| match value {
                Value::Text(text) => Some(text),
                _ => None,
            })
            .map(Argument::Texts),
            Value::Int(_) => all(values, |value| match value {
                Value::Int(number) => Some(number),
                _ => None,
            })
            .map(Argument::Ints),
            Value::Bytes(_) => all(values, |value| match value {
                Value::Bytes(bytes) => Some(bytes),
                _ => None,
            })
            .map(Argument::Blobs),
        }
    }
}

fn all<T>(
    values: Vec<Value>,
    of_type: impl Fn(Value) -> Option<Option<T>>,
) -> Option<Vec<Option<T>>> {
    let each = values.into_iter();
    each.map(|value| {
        if value.is_null() {
            Some(None)
        } else {
            of_type(value)
        }
    })
    .collect()
}

/// Whether a statement has a list at all.
pub(super) fn may_gather(text: &str) -> bool {
    text.contains(" IN ($") || text.contains("(VALUES ($")
}

/// The statement with each long list of texts (`a IN ($1, $2, …)`, `a NOT IN (…)`) as one array,
/// and each long list of pairs of them as two. `None` when it has no such list.
pub(super) fn gathered(text: &str, binds: &Binds) -> Option<(String, Vec<Argument>)> {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    let (mut arguments, mut places) = (Vec::new(), BTreeMap::new());
    let mut any = false;
    while let Some((before, after)) = rest.split_once('$') {
        let (number, behind) = leading_number(after)?;
        if let Some(head) = before.strip_suffix("(VALUES (")
            && let Some((last, behind)) = pairs_from(number, behind)
            && last - number >= LONG
            && let Some((ones, others)) = halves(binds.get(number - 1..last)?)
        {
            arguments.extend([ones, others]);
            out.push_str(head);
            out.push_str("(SELECT * FROM unnest($");
            out.push_str(&(arguments.len() - 1).to_string());
            out.push_str(", $");
            out.push_str(&arguments.len().to_string());
            out.push_str(") AS pair (column1, column2))");
            (any, rest) = (true, behind);
            continue;
        }
        let list = before.strip_suffix(" IN (");
        let list = list.and_then(|head| Some((head, list_from(number, behind)?)));
        if let Some((head, (last, behind))) = list
            && last - number >= LONG
            && let Some(texts @ Argument::Texts(_)) =
                Argument::many(binds.get(number - 1..last)?.to_vec())
        {
            let (head, compared) = match head.strip_suffix(" NOT") {
                Some(head) => (head, " <> ALL ($"),
                None => (head, " = ANY ($"),
            };
            arguments.push(texts);
            out.push_str(head);
            out.push_str(compared);
            out.push_str(&arguments.len().to_string());
            out.push(')');
            (any, rest) = (true, behind);
            continue;
        }
        let place = match places.get(&number) {
            Some(place) => *place,
            None => {
                arguments.push(Argument::One(binds.get(number - 1)?.clone()));
                places.insert(number, arguments.len());
                arguments.len()
            }
        };
        out.push_str(before);
        out.push('$');
        out.push_str(&place.to_string());
        rest = behind;
    }
    out.push_str(rest);
    any.then_some((out, arguments))
}

/// The firsts and the seconds of pairs of texts.
fn halves(pairs: &[Value]) -> Option<(Argument, Argument)> {
    let (pairs, _) = pairs.as_chunks::<2>();
    let half = |at: usize| match Argument::many(pairs.iter().map(|pair| pair[at].clone()).collect())
    {
        Some(texts @ Argument::Texts(_)) => Some(texts),
        _ => None,
    };
    Some((half(0)?, half(1)?))
}

/// Rows of one width as `INSERT INTO t (a, b) SELECT * FROM unnest($1, $2)`, whose `head` ends in
/// `VALUES `.
pub(super) fn columns(
    (head, tail): (&str, &str),
    rows: Vec<Binds>,
) -> Result<(String, Vec<Argument>), Fault> {
    let mut columns: Vec<Vec<Value>> = Vec::new();
    for row in rows {
        columns.resize_with(row.len(), Vec::new);
        for (column, value) in columns.iter_mut().zip(row) {
            column.push(value);
        }
    }
    let mut text = head.trim_end().trim_end_matches("VALUES").to_owned();
    text.push_str("SELECT * FROM unnest(");
    for place in 1..=columns.len() {
        text.push_str(if place == 1 { "$" } else { ", $" });
        text.push_str(&place.to_string());
    }
    text.push(')');
    text.push_str(tail);
    let each = columns.into_iter().map(Argument::many);
    let each: Option<Vec<Argument>> = each.collect();
    let arguments = each.ok_or_else(|| Fault::new(format!("{head}: values of two types")))?;
    Ok((text, arguments))
}

fn leading_number(text: &str) -> Option<(usize, &str)> {
    let end = text
        .find(|letter: char| !letter.is_ascii_digit())
        .unwrap_or(text.len());
    Some((text[..end].parse().ok()?, &text[end..]))
}

/// The last number of a list of numbers that follow one another, and what stands behind its end.
fn list_from(first: usize, mut behind: &str) -> Option<(usize, &str)> {
    let mut last = first;
    loop {
        if let Some(end) = behind.strip_prefix(')') {
            return Some((last, end));
        }
        let (next, after) = leading_number(behind.strip_prefix(", $")?)?;
        if next != last + 1 {
            return None;
        }
        (last, behind) = (next, after);
    }
}

/// The last number of pairs of numbers that follow one another, and what stands behind their end.
fn pairs_from(first: usize, mut behind: &str) -> Option<(usize, &str)> {
    let mut last = first;
    for between in [", $", "), ($"].into_iter().cycle() {
        if between == "), ($"
            && let Some(end) = behind.strip_prefix("))")
        {
            return Some((last, end));
        }
        let (next, after) = leading_number(behind.strip_prefix(between)?)?;
        if next != last + 1 {
            return None;
        }
        (last, behind) = (next, after);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Query, binds};

    fn text(word: &str) -> Option<String> {
        Some(word.to_owned())
    }

    #[test]
    fn long_lists_become_arrays_and_everything_else_stays() {
        let many: Vec<String> = (0..40).map(|n| format!("c{n}")).collect();
        let mut query = Query::new("UPDATE t SET a = ");
        query.bind("x").push(" WHERE b IN ").bind_list(&many);
        query.push(" AND c NOT IN ").bind_list(&many);
        query.push(" AND d IN ").bind_list(["1", "2"]);
        query.push(" AND e = ").bind(7);
        let (change, binds) = query.change();
        let (text, arguments) = gathered(&change.0, &binds).unwrap();
        assert_eq!(
            text,
            "UPDATE t SET a = $1 WHERE b = ANY ($2) AND c <> ALL ($3) AND d IN ($4, $5) AND e = $6"
        );
        let all: Vec<Option<String>> = many.into_iter().map(Some).collect();
        assert_eq!(arguments[1], Argument::Texts(all.clone()));
        assert_eq!(arguments[2], Argument::Texts(all));
        assert_eq!(arguments[5], Argument::One(Value::Int(Some(7))));
    }

    #[test]
    fn long_lists_of_pairs_become_two_arrays() {
        let pairs = (0..40).map(|n| (format!("c{n}"), format!("e{n}")));
        let mut query = Query::new("UPDATE t SET a = p.column2 FROM ");
        query
            .bind_pairs(pairs.clone())
            .push(" AS p WHERE p.column1 = t.id AND b = ");
        query.bind("x").push(" AND c IN (SELECT q.column1 FROM ");
        query.bind_pairs(pairs.clone().take(2)).push(" AS q)");
        let (change, binds) = query.change();
        let (statement, arguments) = gathered(&change.0, &binds).unwrap();
        assert_eq!(
            statement,
            "UPDATE t SET a = p.column2 FROM (SELECT * FROM unnest($1, $2) AS pair (column1, \
             column2)) AS p WHERE p.column1 = t.id AND b = $3 AND c IN (SELECT q.column1 FROM \
             (VALUES ($4, $5), ($6, $7)) AS q)"
        );
        let (ones, others): (Vec<_>, Vec<_>) = pairs.map(|(a, b)| (Some(a), Some(b))).unzip();
        assert_eq!(arguments[0], Argument::Texts(ones));
        assert_eq!(arguments[1], Argument::Texts(others));
        assert_eq!(arguments.len(), 7);
    }

    #[test]
    fn a_place_that_comes_twice_stays_one() {
        let many: Vec<String> = (0..40).map(|n| format!("c{n}")).collect();
        let mut query = Query::new("SELECT 1 WHERE a IN ");
        query.bind_list(&many).push(" AND $41 < b AND $41 < c");
        let (select, mut binds) = query.select();
        binds.extend(binds!["x"]);
        let (text, arguments) = gathered(&select.0, &binds).unwrap();
        assert_eq!(text, "SELECT 1 WHERE a = ANY ($1) AND $2 < b AND $2 < c");
        assert_eq!(arguments.len(), 2);
    }

    #[test]
    fn short_lists_and_numbers_are_left_as_they_are() {
        let mut query = Query::new("SELECT 1 WHERE a IN ");
        query.bind_list(0..100).push(" AND b IN ").bind_list(["x"]);
        let (select, binds) = query.select();
        assert_eq!(gathered(&select.0, &binds), None);
    }

    #[test]
    fn rows_become_columns() {
        let rows = vec![binds!["a", None::<i64>, 1], binds![None::<&str>, 2, 3]];
        let head = "INSERT INTO t (a, b, c) VALUES ";
        let (statement, columns) = columns((head, " ON CONFLICT DO NOTHING"), rows).unwrap();
        assert_eq!(
            statement,
            "INSERT INTO t (a, b, c) SELECT * FROM unnest($1, $2, $3) ON CONFLICT DO NOTHING"
        );
        assert_eq!(
            columns,
            [
                Argument::Texts(vec![text("a"), None]),
                Argument::Ints(vec![None, Some(2)]),
                Argument::Ints(vec![Some(1), Some(3)]),
            ]
        );
        let mixed = vec![binds!["a"], binds![1]];
        assert!(super::columns((head, ""), mixed).is_err());
    }
}
