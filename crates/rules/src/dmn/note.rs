//! What DMN cannot say, as JSON in extension elements 扩展信息.

use serde::{Deserialize, Serialize};

use crate::kind::Kind;
use crate::table::Example;

/// Beside a column.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ColumnNote {
    pub holds: Kind,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub en: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub optional: bool,
    /// Whether the list of values is our own and not only told for other tools.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub listed: bool,
}

/// Beside the table.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TableNote {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub en: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<Example>,
}

/// The type of DMN a kind is written as.
pub(super) fn type_ref(kind: &Kind) -> &'static str {
    match kind {
        Kind::Money | Kind::Rate | Kind::Int | Kind::Days | Kind::Number => "number",
        Kind::Date => "date",
        Kind::Bool => "boolean",
        Kind::Enum { .. } | Kind::Text => "string",
    }
}
