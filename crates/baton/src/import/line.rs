//! One staged record as the books keep it 暂存记录.

use intake::RecordKind;
use kernel::{Day, Fen};
use serde::Serialize;
use serde_json::{Map, Value as Json};

/// Where a body holds fields and extra columns, and where the names of the empty ones.
const PARTS: [(usize, usize); 2] = [(0, 2), (1, 3)];

/// A record that waits to come in.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its place in the batch, from 1.
    pub n: i64,
    /// What it is.
    pub kind: RecordKind,
    /// Its key in its system.
    pub key: String,
    /// `[fields, extra]`, as [`intake::Record::content`] writes it; behind them, where there are
    /// any, the names of fields and of extra columns whose cells are empty.
    pub body: Json,
    /// SHA-256 of that text, hex: equal digests mean there is nothing to do.
    pub digest: String,
    /// Where it stood.
    pub place: Place,
}

/// The row of a file that a record was read from.
#[derive(Clone, Debug, Serialize)]
pub struct Place {
    /// The file's name.
    pub file: String,
    /// The worksheet's name; empty for CSV.
    pub sheet: String,
    /// The row as a spreadsheet counts it, from 1.
    pub row: u32,
}

impl Line {
    fn field(&self, name: &str) -> &Json {
        &self.body[0][name]
    }

    /// The text of the field; empty when absent.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.field(name).as_str().unwrap_or_default()
    }

    /// The text of the field.
    pub(crate) fn opt(&self, name: &str) -> Option<String> {
        self.field(name).as_str().map(str::to_owned)
    }

    pub(crate) fn money(&self, name: &str) -> Option<Fen> {
        serde_json::from_value(self.field(name).clone()).ok()
    }

    pub(crate) fn day(&self, name: &str) -> Option<Day> {
        self.field(name).as_str().and_then(|text| text.parse().ok())
    }

    pub(crate) fn int(&self, name: &str) -> Option<i64> {
        self.field(name).as_i64()
    }

    pub(crate) fn yes(&self, name: &str) -> bool {
        self.field(name).as_bool().unwrap_or(false)
    }

    /// The key of the record that the field refers to.
    pub(crate) fn refers(&self, name: &str) -> Option<&str> {
        self.field(name)["key"].as_str()
    }

    /// Every reference with the kind of what it names.
    pub(crate) fn references(&self) -> impl Iterator<Item = (RecordKind, &str)> {
        let fields = self.body[0].as_object().into_iter().flatten();
        fields.filter_map(|(_, value)| {
            let kind = RecordKind::named(value["kind"].as_str()?)?;
            Some((kind, value["key"].as_str()?))
        })
    }

    /// What the tables have no column for: columns the mapping does not name, and these fields.
    pub(crate) fn beside(&self, fields: &[&str]) -> Map<String, Json> {
        let mut all = self.body[1].as_object().cloned().unwrap_or_default();
        for name in fields {
            let value = self.field(name);
            if !value.is_null() {
                let value = value["key"].as_str().map_or(value.clone(), Json::from);
                all.insert((*name).to_owned(), value);
            }
        }
        all
    }

    /// The same as one text.
    pub(crate) fn extra(&self, fields: &[&str]) -> String {
        Json::Object(self.beside(fields)).to_string()
    }

    /// The record after this file: a column that the file does not have says nothing, so what was
    /// said before holds; an empty cell takes it away.
    pub(crate) fn over(&self, before: &Line) -> Line {
        let mut whole = self.clone();
        for (part, empty) in PARTS {
            for (name, value) in before.body[part].as_object().into_iter().flatten() {
                if !self.tells(part, empty, name) {
                    whole.body[part][name] = value.clone();
                }
            }
            let emptied = before.emptied(empty);
            for name in emptied.filter(|name| !self.tells(part, empty, name)) {
                whole.empty(empty, name);
            }
        }
        whole
    }

    /// Whether the other says something of every column that this one says something of.
    pub(crate) fn is_within(&self, other: &Line) -> bool {
        PARTS.into_iter().all(|(part, empty)| {
            let named = self.body[part].as_object().into_iter().flatten();
            let mut named = named.filter(|(_, value)| !value.is_null());
            named.all(|(name, _)| other.tells(part, empty, name))
                && self
                    .emptied(empty)
                    .all(|name| other.tells(part, empty, name))
        })
    }

    /// Whether the file has this column, empty or not.
    fn tells(&self, part: usize, empty: usize, name: &str) -> bool {
        !self.body[part][name].is_null() || self.emptied(empty).any(|one| one == name)
    }

    fn emptied(&self, empty: usize) -> impl Iterator<Item = &str> {
        let names = self.body[empty].as_array().into_iter().flatten();
        names.filter_map(Json::as_str)
    }

    fn empty(&mut self, empty: usize, name: &str) {
        let Some(parts) = self.body.as_array_mut() else {
            return;
        };
        while parts.len() <= empty {
            parts.push(Json::Array(Vec::new()));
        }
        if let Some(names) = parts.get_mut(empty).and_then(Json::as_array_mut) {
            names.push(Json::from(name));
        }
    }

    /// Whether both say the same, of this field whatever they say.
    pub(crate) fn agrees_but_for(&self, field: &str, other: &Line) -> bool {
        let rest = |line: &Line| {
            let mut fields = line.body[0].as_object().cloned().unwrap_or_default();
            fields.remove(field);
            fields
        };
        self.body[1] == other.body[1] && rest(self) == rest(other)
    }

    /// As people call it: `客户「甲公司」（C01）`.
    pub(crate) fn called(&self) -> String {
        let (kind, name) = (self.kind.label(), self.text("name"));
        if name.is_empty() || name == self.key {
            format!("{kind}「{}」", self.key)
        } else {
            format!("{kind}「{name}」（{}）", self.key)
        }
    }

    /// The same in English: `customer 甲公司 (C01)`.
    pub(crate) fn called_in_english(&self) -> String {
        let (kind, name) = (self.kind.label_en().to_lowercase(), self.text("name"));
        if name.is_empty() || name == self.key {
            format!("{kind} {}", self.key)
        } else {
            format!("{kind} {name} ({})", self.key)
        }
    }
}
