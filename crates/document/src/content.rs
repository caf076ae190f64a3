//! The facts of one document 文书内容.

use std::collections::BTreeMap;

use kernel::{Day, Fen};
use serde::{Serialize, Serializer};
use serde_json::{Value as Json, json};

/// Field by field, by the manifest's keys. What is left out is an optional field that is empty.
pub type Content = BTreeMap<String, Value>;

/// The rows of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Rows(pub Vec<Content>);

/// One fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Words.
    Text(String),
    /// A calendar day.
    Day(Day),
    /// An amount.
    Money(Fen),
    /// A whole number.
    Count(i64),
    /// Yes or no.
    Yes(bool),
    /// Rows.
    List(Rows),
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.to_owned())
    }
}
impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::Text(text)
    }
}
impl From<Day> for Value {
    fn from(day: Day) -> Value {
        Value::Day(day)
    }
}
impl From<Fen> for Value {
    fn from(fen: Fen) -> Value {
        Value::Money(fen)
    }
}

/// As it is kept in the books: text, ISO day, amount in 分, number, yes or no, rows. Keys are
/// sorted, so that the same facts are the same bytes.
impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Text(text) => serializer.serialize_str(text),
            Value::Day(day) => day.serialize(serializer),
            Value::Money(fen) => json!({ "fen": fen.0 }).serialize(serializer),
            Value::Count(count) => serializer.serialize_i64(*count),
            Value::Yes(yes) => serializer.serialize_bool(*yes),
            Value::List(rows) => rows.serialize(serializer),
        }
    }
}

impl Value {
    /// As templates see it: days and amounts come with their Chinese forms.
    pub(crate) fn for_template(&self) -> Json {
        match self {
            Value::Text(text) => json!(text),
            Value::Day(day) => day_for_template(*day),
            Value::Money(fen) => json!({
                "fen": fen.0,
                "figures": fen.to_string(),
                "capitals": format!("人民币{}", fen.capitals()),
            }),
            Value::Count(count) => json!(count),
            Value::Yes(yes) => json!(yes),
            Value::List(rows) => rows.0.iter().map(for_template).collect(),
        }
    }
}

pub(crate) fn day_for_template(day: Day) -> Json {
    let date = day.date();
    let (year, month, number) = (date.year(), date.month(), date.day());
    json!({
        "iso": day.to_string(),
        "zh": format!("{year}年{month}月{number}日"),
        "year": year,
        "month": month,
        "day": number,
    })
}

pub(crate) fn for_template(content: &Content) -> Json {
    let each = content
        .iter()
        .map(|(key, value)| (key.clone(), value.for_template()));
    Json::Object(each.collect())
}
