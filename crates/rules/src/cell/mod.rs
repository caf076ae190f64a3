//! A condition in a cell: S-FEEL unary tests 条件单元格.
//!
//! ```text
//! cell  = "-" | tests | "not(" tests ")"
//! tests = test { "," test }
//! test  = literal | "null" | ( "<" | "<=" | ">" | ">=" | "=" | "!=" ) literal | range
//! range = ( "[" | "(" | "]" ) literal ".." literal ( "]" | ")" | "[" )
//! ```
//!
//! After DMN 1.5, chapter 9 (S-FEEL), narrowed to literals: a test that names another column would
//! make a row something else than a box, and nothing could be proved. Widened for people who
//! write Chinese: full-width signs and `≥` `≤` read like their narrow sisters, choices need no
//! quotes, a rate may be written `3.5%`. [`Cell::text`] always writes the narrow form.

pub(crate) mod lex;
mod parse;

use std::cmp::Ordering;

pub use self::lex::Commas;

use crate::value::Value;

/// What a cell asks of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// `-`: anything, also null.
    Any,
    /// One of these holds.
    OneOf(Vec<Test>),
    /// The value is known and none of these holds; with `null` among them, only known values pass.
    NoneOf(Vec<Test>),
}

/// One test of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// Nothing is known.
    Null,
    /// The same.
    Equal(Value),
    /// Known and not the same.
    Not(Value),
    /// Between two ends, each open or closed, each may be missing (not both).
    Within {
        /// The lower end, and whether it belongs to it.
        low: Option<(Value, bool)>,
        /// The upper end, and whether it belongs to it.
        high: Option<(Value, bool)>,
    },
}

impl Test {
    /// Whether the value passes. Null passes `null` alone.
    #[must_use]
    pub fn holds(&self, value: &Value) -> bool {
        match self {
            Test::Null => *value == Value::Null,
            Test::Equal(wanted) => value.order(wanted) == Some(Ordering::Equal),
            Test::Not(unwanted) => value.order(unwanted).is_some_and(Ordering::is_ne),
            Test::Within { low, high } => {
                let above = low
                    .as_ref()
                    .is_none_or(|(end, belongs)| match value.order(end) {
                        Some(Ordering::Greater) => true,
                        Some(Ordering::Equal) => *belongs,
                        _ => false,
                    });
                let below = high
                    .as_ref()
                    .is_none_or(|(end, belongs)| match value.order(end) {
                        Some(Ordering::Less) => true,
                        Some(Ordering::Equal) => *belongs,
                        _ => false,
                    });
                above && below
            }
        }
    }

    /// The values it speaks of.
    pub(crate) fn ends(&self) -> Vec<&Value> {
        match self {
            Test::Null => Vec::new(),
            Test::Equal(value) | Test::Not(value) => vec![value],
            Test::Within { low, high } => [low, high]
                .into_iter()
                .flatten()
                .map(|(value, _)| value)
                .collect(),
        }
    }

    fn text(&self) -> String {
        match self {
            Test::Null => "null".to_owned(),
            Test::Equal(value) => value.literal(),
            Test::Not(value) => format!("!={}", value.literal()),
            Test::Within {
                low: Some((low, in_low)),
                high: Some((high, in_high)),
            } => {
                let (open, close) = (
                    if *in_low { '[' } else { '(' },
                    if *in_high { ']' } else { ')' },
                );
                format!("{open}{}..{}{close}", low.literal(), high.literal())
            }
            Test::Within {
                low: Some((low, belongs)),
                high: None,
            } => {
                format!("{}{}", if *belongs { ">=" } else { ">" }, low.literal())
            }
            Test::Within {
                low: None,
                high: Some((high, belongs)),
            } => {
                format!("{}{}", if *belongs { "<=" } else { "<" }, high.literal())
            }
            Test::Within {
                low: None,
                high: None,
            } => "-".to_owned(),
        }
    }
}

impl Cell {
    /// Whether the value passes.
    #[must_use]
    pub fn holds(&self, value: &Value) -> bool {
        match self {
            Cell::Any => true,
            Cell::OneOf(tests) => tests.iter().any(|test| test.holds(value)),
            Cell::NoneOf(tests) => {
                *value != Value::Null && !tests.iter().any(|test| test.holds(value))
            }
        }
    }

    /// Its tests.
    #[must_use]
    pub fn tests(&self) -> &[Test] {
        match self {
            Cell::Any => &[],
            Cell::OneOf(tests) | Cell::NoneOf(tests) => tests,
        }
    }

    /// The one way to write it; [`Cell::read`] reads it back to the same cell.
    #[must_use]
    pub fn text(&self) -> String {
        let joined = |tests: &[Test]| tests.iter().map(Test::text).collect::<Vec<_>>().join(", ");
        match self {
            Cell::Any => "-".to_owned(),
            Cell::OneOf(tests) => joined(tests),
            Cell::NoneOf(tests) => format!("not({})", joined(tests)),
        }
    }
}
