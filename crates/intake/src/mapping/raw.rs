//! The mapping file as TOML gives it, before anything is checked 映射文件的原样.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use toml::Spanned;

use crate::date::DateOrder;
use crate::file::{Encoding, Format};
use crate::kind::RecordKind;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawMapping {
    pub(super) name: String,
    pub(super) system: String,
    #[serde(default = "yuan")]
    pub(super) currency: String,
    #[serde(default)]
    pub(super) ignore_files: Vec<String>,
    pub(super) source: BTreeMap<String, Spanned<RawSource>>,
    pub(super) record: Vec<Spanned<RawRecord>>,
}

fn yuan() -> String {
    "CNY".to_owned()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSource {
    pub(super) file: String,
    #[serde(default)]
    pub(super) format: Format,
    #[serde(default)]
    pub(super) encoding: Encoding,
    #[serde(default)]
    pub(super) delimiter: Option<char>,
    #[serde(default)]
    pub(super) sheet: Option<String>,
    #[serde(default = "first")]
    pub(super) header_row: u32,
    #[serde(default)]
    pub(super) allow_short_rows: bool,
    #[serde(default)]
    pub(super) ignore: Vec<String>,
}

fn first() -> u32 {
    1
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRecord {
    pub(super) kind: RecordKind,
    pub(super) source: String,
    #[serde(default)]
    pub(super) distinct: bool,
    #[serde(default)]
    pub(super) key: Vec<String>,
    #[serde(default, rename = "where")]
    pub(super) conditions: Vec<RawCondition>,
    pub(super) fields: BTreeMap<String, RawField>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCondition {
    pub(super) column: String,
    #[serde(default)]
    pub(super) filled: Option<bool>,
    #[serde(default)]
    pub(super) one_of: Option<Vec<String>>,
    #[serde(default)]
    pub(super) none_of: Option<Vec<String>>,
}

/// A field's rule; a bare text is the name of its column.
pub(super) struct RawField(pub(super) RawRule);

impl<'de> Deserialize<'de> for RawField {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<RawField, D::Error> {
        struct RuleVisitor;
        impl<'de> Visitor<'de> for RuleVisitor {
            type Value = RawRule;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a column name or a table of field rules")
            }
            fn visit_str<E>(self, column: &str) -> Result<RawRule, E> {
                let from = Some(Columns(vec![column.to_owned()]));
                Ok(RawRule {
                    from,
                    ..RawRule::default()
                })
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<RawRule, A::Error> {
                RawRule::deserialize(MapAccessDeserializer::new(map))
            }
        }
        deserializer.deserialize_any(RuleVisitor).map(RawField)
    }
}

/// One column or several.
pub(super) struct Columns(pub(super) Vec<String>);

impl<'de> Deserialize<'de> for Columns {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Columns, D::Error> {
        struct ColumnsVisitor;
        impl<'de> Visitor<'de> for ColumnsVisitor {
            type Value = Vec<String>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a column name or a list of them")
            }
            fn visit_str<E>(self, column: &str) -> Result<Vec<String>, E> {
                Ok(vec![column.to_owned()])
            }
            fn visit_seq<A: serde::de::SeqAccess<'de>>(
                self,
                mut list: A,
            ) -> Result<Vec<String>, A::Error> {
                let mut columns = Vec::new();
                while let Some(column) = list.next_element()? {
                    columns.push(column);
                }
                Ok(columns)
            }
        }
        deserializer.deserialize_any(ColumnsVisitor).map(Columns)
    }
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRule {
    #[serde(default)]
    pub(super) from: Option<Columns>,
    #[serde(default)]
    pub(super) join: Option<String>,
    #[serde(default)]
    pub(super) or_from: Option<Columns>,
    #[serde(default, rename = "const")]
    pub(super) constant: Option<String>,
    #[serde(default)]
    pub(super) default: Option<String>,
    #[serde(default, rename = "type")]
    pub(super) holds: Option<String>,
    #[serde(default)]
    pub(super) required: Option<bool>,
    #[serde(default)]
    pub(super) steps: Vec<RawStep>,
    #[serde(default)]
    pub(super) values: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) unit: Option<RawUnit>,
    #[serde(default)]
    pub(super) round: Option<RawRound>,
    #[serde(default)]
    pub(super) date_order: Option<DateOrder>,
    #[serde(default)]
    pub(super) add_days: Option<i64>,
    #[serde(default)]
    pub(super) lookup: Option<RawLookup>,
    #[serde(default)]
    pub(super) derive: Option<RawDerive>,
    #[serde(default)]
    pub(super) sum: Option<RawSum>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum RawStep {
    Trim,
    Upper,
    Lower,
    DigitsOnly,
    HalfWidth,
    Replace(BTreeMap<String, String>),
    Prefix(String),
    Suffix(String),
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum RawUnit {
    Fen,
    Yuan,
    Thousand,
    Wan,
    Fraction,
    Percent,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum RawRound {
    HalfUp,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawLookup {
    pub(super) source: String,
    #[serde(rename = "match")]
    pub(super) matching: String,
    pub(super) take: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDerive {
    pub(super) source: String,
    #[serde(rename = "match")]
    pub(super) matching: String,
    pub(super) take: String,
    pub(super) rule: super::DeriveRule,
    #[serde(default)]
    pub(super) dated_by: Option<String>,
    #[serde(default, rename = "where")]
    pub(super) conditions: Vec<RawCondition>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSum {
    pub(super) kind: RecordKind,
    pub(super) field: String,
}
