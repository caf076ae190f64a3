//! What a cell became, and the record it stands in 导入的值与记录.

use std::collections::BTreeMap;
use std::sync::Arc;

use kernel::{Day, Fen, Ppm};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::kind::RecordKind;

/// A typed value.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// Text, codes, names, telephone numbers, e-mail addresses, identifiers.
    Text(String),
    /// Whole 分.
    Money(Fen),
    /// Thousandths of a unit of goods: 1.5 tons are 1,500.
    Quantity(i64),
    /// A whole number.
    Integer(i64),
    /// Parts per million: 5% is 50,000.
    Percent(Ppm),
    /// A calendar day.
    Day(Day),
    /// 是 or 否.
    Bool(bool),
    /// One of the words the field declares.
    Choice(&'static str),
    /// Another record of the same system.
    Ref {
        /// What it is.
        kind: RecordKind,
        /// Its key.
        key: String,
    },
}

impl Value {
    /// The amount, if it is one.
    #[must_use]
    pub fn money(&self) -> Option<Fen> {
        if let Value::Money(fen) = self {
            Some(*fen)
        } else {
            None
        }
    }

    /// The text, choice or key, if it is one of these.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Value::Text(text) | Value::Ref { key: text, .. } => Some(text),
            Value::Choice(word) => Some(word),
            _ => None,
        }
    }

    /// The day, if it is one.
    #[must_use]
    pub fn day(&self) -> Option<Day> {
        if let Value::Day(day) = self {
            Some(*day)
        } else {
            None
        }
    }

    /// As a person would write it.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Value::Text(text) | Value::Ref { key: text, .. } => text.clone(),
            Value::Choice(word) => (*word).to_owned(),
            Value::Money(fen) => fen.to_plain(),
            Value::Quantity(n) | Value::Integer(n) | Value::Percent(Ppm(n)) => n.to_string(),
            Value::Day(day) => day.to_string(),
            Value::Bool(yes) => if *yes { "是" } else { "否" }.to_owned(),
        }
    }
}

/// The values of a record by field name, in declared order; empty fields are absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Fields(pub(crate) Vec<(&'static str, Value)>);

impl Fields {
    /// The value of the field, unless it is empty.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0
            .iter()
            .find(|(field, _)| *field == name)
            .map(|(_, value)| value)
    }

    /// The text, choice or key of the field; empty when absent.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.get(name).and_then(Value::text).unwrap_or_default()
    }

    /// The amount of the field.
    #[must_use]
    pub fn money(&self, name: &str) -> Option<Fen> {
        self.get(name).and_then(Value::money)
    }

    /// The day of the field.
    #[must_use]
    pub fn day(&self, name: &str) -> Option<Day> {
        self.get(name).and_then(Value::day)
    }

    /// Every value with its field's name.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        self.0.iter().map(|(name, value)| (*name, value))
    }
}

impl Serialize for Fields {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

/// The row a record was read from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Origin {
    /// The file's name.
    pub file: Arc<str>,
    /// The worksheet's name; empty for CSV.
    pub sheet: Arc<str>,
    /// The row as a spreadsheet counts it, from 1.
    pub row: u32,
}

impl Serialize for Origin {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("file", &*self.file)?;
        map.serialize_entry("sheet", &*self.sheet)?;
        map.serialize_entry("row", &self.row)?;
        map.end()
    }
}

/// One record ready for the books.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Record {
    /// What it is.
    pub kind: RecordKind,
    /// Its key within its system and kind.
    pub key: String,
    /// What the mapping understood.
    pub fields: Fields,
    /// Cells of columns the mapping does not name, by header: nothing is lost.
    #[serde(serialize_with = "texts")]
    pub extra: Vec<(Arc<str>, String)>,
    /// Fields whose columns are there and whose cells are empty: an empty cell says that there is
    /// nothing, a column that is absent says nothing.
    #[serde(skip)]
    pub empty_fields: Vec<&'static str>,
    /// The same of columns that the mapping does not name.
    #[serde(skip)]
    pub empty_extra: Vec<Arc<str>>,
    /// Where it stood.
    pub origin: Origin,
}

fn texts<S: Serializer>(extra: &[(Arc<str>, String)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(extra.iter().map(|(name, text)| (&**name, text)))
}

/// What makes a record the same one when a file comes a second time.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct NaturalKey {
    /// The system the file comes from, as the mapping names it.
    pub system: String,
    /// What it is.
    pub kind: RecordKind,
    /// Its key in that system.
    pub key: String,
}

impl Record {
    /// The record's identity across imports.
    #[must_use]
    pub fn natural_key(&self, system: &str) -> NaturalKey {
        NaturalKey {
            system: system.to_owned(),
            kind: self.kind,
            key: self.key.clone(),
        }
    }

    /// The record's content as one JSON text with sorted names, without its origin: equal texts
    /// mean that a second import has nothing to change.
    #[must_use]
    pub fn content(&self) -> String {
        let fields: BTreeMap<_, _> = self.fields.iter().collect();
        let extra: BTreeMap<_, _> = self.extra.iter().map(|(k, v)| (&**k, v)).collect();
        // INVARIANT: maps with text keys and plain values always serialise.
        serde_json::to_string(&(fields, extra)).unwrap_or_default()
    }
}
