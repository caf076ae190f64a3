//! Case facts and the conditions on them 事实与条件.

use std::collections::BTreeMap;

use kernel::{EmployeeId, Fen};
use serde::{Deserialize, Serialize};

/// Everything known about a case, by key.
pub type Facts = BTreeMap<String, Value>;

/// The value of a fact. People travel as the text of their [`EmployeeId`].
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// 是/否
    Flag(bool),
    /// 数字
    Number(i64),
    /// 金额, whole 分.
    Money(Fen),
    /// 文字, also one option or one person.
    Text(String),
    /// 清单, also several people.
    List(Vec<String>),
}

/// What kind of value a fact holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactType {
    /// 是/否
    Flag,
    /// 整数
    Number,
    /// 金额
    Money,
    /// 文字
    Text,
    /// 选项, one of the declared `values`.
    Enum,
    /// 一位员工
    Person,
    /// 几位员工
    People,
    /// 清单 of opaque ids.
    Items,
}

/// A fact the definition may speak of.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FactDecl {
    /// Stable name, `open_items`.
    pub key: String,
    /// Kind of value.
    #[serde(rename = "type")]
    pub kind: FactType,
    /// What people call it.
    #[serde(default)]
    pub title: String,
    /// The options of an `enum`.
    #[serde(default)]
    pub values: Vec<String>,
    /// Must be given at the start.
    #[serde(default)]
    pub required: bool,
    /// May change only while the case lies with its initiator: whoever approved, approved *this*.
    #[serde(default)]
    pub fixed: bool,
}

/// Most entries of one list, most characters of one text.
const LIST_LIMIT: usize = 1_000;
const TEXT_LIMIT: usize = 2_000;

impl FactDecl {
    /// Whether the value is of the declared kind and of sane size.
    #[must_use]
    pub fn accepts(&self, value: &Value) -> bool {
        let person = |text: &String| text.parse::<EmployeeId>().is_ok();
        match (self.kind, value) {
            (FactType::Flag, Value::Flag(_))
            | (FactType::Number, Value::Number(_))
            | (FactType::Money, Value::Money(_)) => true,
            (FactType::Text, Value::Text(text)) => text.chars().count() <= TEXT_LIMIT,
            (FactType::Enum, Value::Text(text)) => self.values.contains(text),
            (FactType::Person, Value::Text(text)) => person(text),
            (FactType::People, Value::List(list)) => {
                list.len() <= LIST_LIMIT && list.iter().all(person)
            }
            (FactType::Items, Value::List(list)) => list.len() <= LIST_LIMIT,
            _ => false,
        }
    }

    /// Whether the fact names people.
    #[must_use]
    pub fn is_people(&self) -> bool {
        matches!(self.kind, FactType::Person | FactType::People)
    }
}

/// The people a fact names; none when it is unset or names no people.
#[must_use]
pub fn people_in(facts: &Facts, key: &str) -> Vec<EmployeeId> {
    match facts.get(key) {
        Some(Value::Text(text)) => text.parse().into_iter().collect(),
        Some(Value::List(list)) => list.iter().flat_map(|text| text.parse()).collect(),
        _ => Vec::new(),
    }
}

/// How a fact is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Op {
    /// Equal.
    #[serde(rename = "=")]
    Equal,
    /// Not equal.
    #[serde(rename = "!=")]
    Differs,
    /// Less; numbers and money only, as the three below.
    #[serde(rename = "<")]
    Less,
    /// At most.
    #[serde(rename = "<=")]
    AtMost,
    /// More.
    #[serde(rename = ">")]
    More,
    /// At least.
    #[serde(rename = ">=")]
    AtLeast,
    /// One of a list of texts.
    #[serde(rename = "in")]
    In,
}

impl Op {
    /// `None` when the two cannot be compared this way.
    #[must_use]
    pub fn compare(self, left: &Value, right: &Value) -> Option<bool> {
        let order = match (left, right) {
            (Value::Number(a), Value::Number(b)) => Some(a.cmp(b)),
            (Value::Money(a), Value::Money(b)) => Some(a.cmp(b)),
            _ => None,
        };
        let same_kind = std::mem::discriminant(left) == std::mem::discriminant(right);
        match (self, left, right) {
            (Op::Equal, ..) => same_kind.then_some(left == right),
            (Op::Differs, ..) => same_kind.then_some(left != right),
            (Op::Less, ..) => order.map(std::cmp::Ordering::is_lt),
            (Op::AtMost, ..) => order.map(std::cmp::Ordering::is_le),
            (Op::More, ..) => order.map(std::cmp::Ordering::is_gt),
            (Op::AtLeast, ..) => order.map(std::cmp::Ordering::is_ge),
            (Op::In, Value::Text(text), Value::List(list)) => Some(list.contains(text)),
            (Op::In, ..) => None,
        }
    }
}

/// A condition.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub enum Guard {
    /// A fact against a constant.
    Fact {
        /// Key of the fact.
        fact: String,
        /// Comparison.
        op: Op,
        /// Constant.
        value: Value,
    },
    /// The output of a decision table, answered by the directory.
    Rule {
        /// Name of the table.
        rule: String,
        /// Its output column.
        output: String,
        /// The wanted value.
        equals: Value,
    },
    /// All of these.
    All {
        /// The parts.
        all: Vec<Guard>,
    },
    /// At least one of these.
    Any {
        /// The parts.
        any: Vec<Guard>,
    },
    /// Not this.
    Not {
        /// The part.
        not: Box<Guard>,
    },
}

impl Guard {
    /// Three-valued (Kleene): an unset fact or an unanswered rule is unknown, `None`, and what is
    /// unknown opens no door, negated or not.
    pub fn holds(&self, facts: &Facts, rule: &dyn Fn(&str, &str) -> Option<Value>) -> Option<bool> {
        match self {
            Guard::Fact { fact, op, value } => op.compare(facts.get(fact)?, value),
            Guard::Rule {
                rule: table,
                output,
                equals,
            } => Some(rule(table, output)? == *equals),
            Guard::All { all } => Guard::weigh(all, facts, rule, false),
            Guard::Any { any } => Guard::weigh(any, facts, rule, true),
            Guard::Not { not } => not.holds(facts, rule).map(|held| !held),
        }
    }

    /// One part that is `deciding` decides; otherwise one unknown part leaves it unknown.
    fn weigh(
        parts: &[Guard],
        facts: &Facts,
        rule: &dyn Fn(&str, &str) -> Option<Value>,
        deciding: bool,
    ) -> Option<bool> {
        let answers: Vec<Option<bool>> = parts.iter().map(|part| part.holds(facts, rule)).collect();
        if answers.contains(&Some(deciding)) {
            Some(deciding)
        } else if answers.contains(&None) {
            None
        } else {
            Some(!deciding)
        }
    }

    /// Every plain comparison inside, for the validator.
    pub(crate) fn comparisons(&self) -> Vec<(&str, Op, &Value)> {
        match self {
            Guard::Fact { fact, op, value } => vec![(fact, *op, value)],
            Guard::Rule { .. } => Vec::new(),
            Guard::All { all: parts } | Guard::Any { any: parts } => {
                parts.iter().flat_map(Guard::comparisons).collect()
            }
            Guard::Not { not } => not.comparisons(),
        }
    }

    /// Every decision table asked, with the output wanted.
    pub(crate) fn rules(&self) -> Vec<(&str, &str)> {
        match self {
            Guard::Rule { rule, output, .. } => vec![(rule, output)],
            Guard::Fact { .. } => Vec::new(),
            Guard::All { all: parts } | Guard::Any { any: parts } => {
                parts.iter().flat_map(Guard::rules).collect()
            }
            Guard::Not { not } => not.rules(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(guard: &str, facts: &str) -> Option<bool> {
        let guard: Guard = serde_json::from_str(guard).unwrap();
        let facts: Facts = serde_json::from_str(facts).unwrap();
        guard.holds(&facts, &|table, _| {
            (table == "known").then_some(Value::Flag(true))
        })
    }

    #[test]
    fn conditions_a_clerk_can_read() {
        for (guard, facts, expected) in [
            (
                r#"{"fact":"n","op":"=","value":0}"#,
                r#"{"n":0}"#,
                Some(true),
            ),
            (
                r#"{"fact":"n","op":"=","value":0}"#,
                r#"{"n":2}"#,
                Some(false),
            ),
            (r#"{"fact":"n","op":"=","value":0}"#, "{}", None),
            (r#"{"not":{"fact":"n","op":"=","value":0}}"#, "{}", None),
            (r#"{"fact":"n","op":"<","value":"a"}"#, r#"{"n":2}"#, None),
            (
                r#"{"fact":"m","op":">","value":{"amount":"500.00","currency":"CNY"}}"#,
                r#"{"m":{"amount":"500.01","currency":"CNY"}}"#,
                Some(true),
            ),
            (
                r#"{"fact":"s","op":"in","value":["a","b"]}"#,
                r#"{"s":"b"}"#,
                Some(true),
            ),
            (
                r#"{"rule":"known","output":"x","equals":true}"#,
                "{}",
                Some(true),
            ),
            (
                r#"{"rule":"unknown","output":"x","equals":true}"#,
                "{}",
                None,
            ),
            (
                r#"{"any":[{"fact":"n","op":"=","value":1},{"fact":"z","op":"=","value":1}]}"#,
                r#"{"n":1}"#,
                Some(true),
            ),
            (
                r#"{"all":[{"fact":"n","op":"=","value":1},{"fact":"z","op":"=","value":1}]}"#,
                r#"{"n":1}"#,
                None,
            ),
        ] {
            assert_eq!(holds(guard, facts), expected, "{guard} on {facts}");
        }
    }

    #[test]
    fn a_misspelt_condition_is_not_read_as_another() {
        let text = r#"{"fact":"n","op":"=","value":0,"valve":1}"#;
        assert!(serde_json::from_str::<Guard>(text).is_err());
    }
}
