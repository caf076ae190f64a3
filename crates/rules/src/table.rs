//! A decision table as people write it 决策表.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::kind::Kind;

/// A decision table: conditions to the left, results to the right, one case a row. All cells are
/// text as it was typed; [`Grid::read`](crate::grid::Grid::read) understands them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// Stable name: letters, digits, `.`, `_`, `-`, beginning with a letter.
    pub key: String,
    /// What it is called.
    pub title: Label,
    /// What happens when several rows hit.
    pub hit: Hit,
    /// The conditions.
    pub inputs: Vec<Input>,
    /// The results.
    pub outputs: Vec<Output>,
    /// The rows, in their order.
    pub rows: Vec<Row>,
    /// The results when no row hits, one cell an output.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<Vec<String>>,
    /// What must come out before the table may be published.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<Example>,
}

/// Words on the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// Chinese.
    pub zh: String,
    /// English; empty means the Chinese.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub en: String,
}

impl Label {
    /// The same word in both languages.
    #[must_use]
    pub fn of(zh: &str, en: &str) -> Label {
        Label {
            zh: zh.to_owned(),
            en: en.to_owned(),
        }
    }

    /// The English word, or the Chinese when there is none.
    #[must_use]
    pub fn english(&self) -> &str {
        if self.en.is_empty() {
            &self.zh
        } else {
            &self.en
        }
    }
}

/// Which rows count when several hit (DMN 1.5, chapter 8.2.10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hit {
    /// 唯一命中: never more than one; proved before publishing.
    Unique,
    /// 结果相同: several may hit if they say the same; proved before publishing.
    Any,
    /// 首行命中: the first row that hits.
    First,
    /// 按优先级: the row whose results stand first in the lists of the outputs.
    Priority,
    /// 按行序全取: all, in the order of the rows.
    RuleOrder,
    /// 按优先级全取: all, in the order of the lists of the outputs.
    OutputOrder,
    /// 全取: all, in any order (here that of the rows).
    Collect,
    /// 求和
    Sum,
    /// 取最小
    Min,
    /// 取最大
    Max,
    /// 计数
    Count,
}

impl Hit {
    /// Every policy.
    pub const ALL: [Hit; 11] = [
        Hit::Unique,
        Hit::Any,
        Hit::First,
        Hit::Priority,
        Hit::RuleOrder,
        Hit::OutputOrder,
        Hit::Collect,
        Hit::Sum,
        Hit::Min,
        Hit::Max,
        Hit::Count,
    ];

    /// Its sign in the corner of the table, as DMN draws it.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Hit::Unique => "U",
            Hit::Any => "A",
            Hit::First => "F",
            Hit::Priority => "P",
            Hit::RuleOrder => "R",
            Hit::OutputOrder => "O",
            Hit::Collect => "C",
            Hit::Sum => "C+",
            Hit::Min => "C<",
            Hit::Max => "C>",
            Hit::Count => "C#",
        }
    }

    /// Its name, in Chinese and English.
    #[must_use]
    pub fn name(self) -> (&'static str, &'static str) {
        match self {
            Hit::Unique => ("唯一命中", "unique"),
            Hit::Any => ("结果相同", "any"),
            Hit::First => ("首行命中", "first"),
            Hit::Priority => ("按优先级", "priority"),
            Hit::RuleOrder => ("按行序全取", "rule order"),
            Hit::OutputOrder => ("按优先级全取", "output order"),
            Hit::Collect => ("全取", "collect"),
            Hit::Sum => ("求和", "sum"),
            Hit::Min => ("取最小", "minimum"),
            Hit::Max => ("取最大", "maximum"),
            Hit::Count => ("计数", "count"),
        }
    }

    /// Whether the answer is a list.
    #[must_use]
    pub fn is_list(self) -> bool {
        matches!(self, Hit::RuleOrder | Hit::OutputOrder | Hit::Collect)
    }

    /// Whether the answer is one value made of all.
    #[must_use]
    pub fn is_aggregate(self) -> bool {
        matches!(self, Hit::Sum | Hit::Min | Hit::Max | Hit::Count)
    }

    /// Whether the lists of the outputs decide.
    #[must_use]
    pub fn is_by_output(self) -> bool {
        matches!(self, Hit::Priority | Hit::OutputOrder)
    }
}

/// A column with conditions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    /// Its name in facts and calculations.
    pub key: String,
    /// Its name on the screen.
    pub label: Label,
    /// What it holds.
    pub holds: Kind,
    /// Which values there are at all, as a cell (`>=0`); empty means every value of the kind.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub allowed: String,
    /// Whether the fact may be missing; then `null` is one more value to think of.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub optional: bool,
}

/// A column with results.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Output {
    /// Its name in answers.
    pub key: String,
    /// Its name on the screen.
    pub label: Label,
    /// What it holds.
    pub holds: Kind,
    /// The values there may be, best first, as literals; empty means every value of the kind
    /// (for choices: their own order).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
}

/// One case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// Stable name: letters, digits, `.`, `_`, `-`, beginning with a letter.
    pub id: String,
    /// What people call it; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// Why it is there; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// One cell an input.
    pub when: Vec<String>,
    /// One cell an output.
    pub then: Vec<String>,
}

/// Facts and what must come out for them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// What it shows.
    pub name: String,
    /// Facts by key of input.
    pub given: BTreeMap<String, Json>,
    /// The answer: `null`, an object by key of output, or a list of objects.
    pub expect: Json,
}
