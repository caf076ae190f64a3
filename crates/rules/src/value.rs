//! One value of a fact or a result 值.

use std::cmp::Ordering;

use kernel::Day;
use rust_decimal::Decimal;

/// A value. Numbers are exact decimals without trailing zeros; money is in 元, not in 分, since it
/// is what people write into cells. What a value means stands in the [`Kind`](crate::kind::Kind)
/// of its column.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// Nothing is known.
    Null,
    /// An exact decimal.
    Number(Decimal),
    /// A calendar day.
    Day(Day),
    /// Yes or no.
    Bool(bool),
    /// A text, or the code of a choice.
    Text(String),
}

impl Value {
    /// A plain decimal (`-12.50`, `.5`, `7`), or nothing.
    #[must_use]
    pub fn number(text: &str) -> Option<Value> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let plain = |c: char| c.is_ascii_digit() || c == '.';
        if !digits.chars().all(plain) || !digits.ends_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let decimal = Decimal::from_str_exact(text).ok()?;
        Some(Value::Number(decimal.normalize()))
    }

    /// Order of two values of one column; nothing when one is null or they are of different sorts.
    #[must_use]
    pub fn order(&self, other: &Value) -> Option<Ordering> {
        match (self, other) {
            (Value::Number(a), Value::Number(b)) => Some(a.cmp(b)),
            (Value::Day(a), Value::Day(b)) => Some(a.cmp(b)),
            (Value::Bool(a), Value::Bool(b)) => Some(a.cmp(b)),
            (Value::Text(a), Value::Text(b)) => Some(a.cmp(b)),
            _ => None,
        }
    }

    /// As a literal of S-FEEL: `12.5`, `"text"`, `true`, `date("2026-01-01")`, `null`.
    #[must_use]
    pub fn literal(&self) -> String {
        match self {
            Value::Null => "null".to_owned(),
            Value::Number(number) => number.normalize().to_string(),
            Value::Day(day) => format!("date(\"{day}\")"),
            Value::Bool(yes) => yes.to_string(),
            Value::Text(text) => {
                format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
            }
        }
    }
}

/// Whether a text may stand in a table: no control characters and nothing XML cannot carry.
#[must_use]
pub fn is_plain(text: &str) -> bool {
    let odd =
        |c: char| c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}' | '\u{2028}' | '\u{2029}');
    !text.contains(odd)
}
