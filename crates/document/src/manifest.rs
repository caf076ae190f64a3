//! What a document may say: its fields with their types 字段清单.

use std::sync::LazyLock;

use kernel::{Day, Fen};
use serde::{Deserialize, Serialize};

use crate::content::{Content, Rows, Value};
use crate::error::PrintError;
use crate::kind::Kind;

/// What a kind of document is called and which fields it has.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// As it stands on the paper.
    pub title: String,
    /// What screens call it.
    pub zh: String,
    /// The same in English.
    pub en: String,
    /// Two letters in its number: `ZM`.
    pub code: String,
    /// Its fields, in the order of the paper.
    #[serde(rename = "field")]
    pub fields: Vec<Field>,
}

/// One field.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// The name by which templates ask for it.
    pub key: String,
    /// What people call it; messages name this place.
    pub zh: String,
    /// What may stand there.
    pub kind: FieldKind,
    /// Whether it may be left out.
    #[serde(default)]
    pub optional: bool,
    /// What a sample shows; as it is written in the manifest.
    #[serde(default)]
    pub example: Option<String>,
    /// The most rows a sample has.
    #[serde(default)]
    pub sample_rows: Option<usize>,
    /// The columns of a list.
    #[serde(default, rename = "column")]
    pub columns: Vec<Field>,
    /// The books do not hold it: whoever issues the document fills it in.
    #[serde(default)]
    pub typed: bool,
    /// What screens call it in English; only of what is filled in.
    #[serde(default)]
    pub en: String,
    /// What the law or good use says about it, beside the field on the screen.
    #[serde(default)]
    pub hint: String,
    /// The same in English.
    #[serde(default)]
    pub hint_en: String,
    /// The only answers there are.
    #[serde(default)]
    pub choices: Vec<String>,
    /// At least: a number, an amount in yuan, rows of a list.
    #[serde(default)]
    pub least: Option<String>,
    /// At most: a number, an amount in yuan, rows of a list, characters of a text.
    #[serde(default)]
    pub most: Option<String>,
}

/// The type of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// One line of text.
    Text,
    /// Text that may have several lines.
    Note,
    /// A calendar day; templates get it as `2026年12月22日` and in parts.
    Day,
    /// An amount; templates get figures and 大写.
    Money,
    /// A whole number.
    Count,
    /// Yes or no.
    Yes,
    /// Rows of columns.
    List,
}

static MANIFESTS: LazyLock<Vec<(Kind, Manifest)>> = LazyLock::new(|| {
    let parse = |kind: Kind| {
        // INVARIANT: a test reads every shipped manifest; a broken one has no fields, and printing
        // it says so.
        let manifest = toml::from_str(kind.manifest_text()).unwrap_or_else(|error| Manifest {
            title: error.to_string(),
            zh: kind.word().to_owned(),
            en: kind.word().to_owned(),
            code: "XX".to_owned(),
            fields: Vec::new(),
        });
        (kind, manifest)
    };
    Kind::ALL.into_iter().map(parse).collect()
});

impl Manifest {
    pub(crate) fn of(kind: Kind) -> &'static Manifest {
        let found = MANIFESTS.iter().find(|(one, _)| *one == kind);
        found.map_or(&MANIFESTS[0].1, |(_, manifest)| manifest)
    }

    /// Reads a manifest.
    ///
    /// # Errors
    /// The parser's message.
    pub fn parse(text: &str) -> Result<Manifest, String> {
        toml::from_str(text).map_err(|error| error.to_string())
    }

    /// A document with invented facts, to try a template on; every list gets `rows` rows.
    #[must_use]
    pub fn sample(&self, rows: usize) -> Content {
        sample_of(&self.fields, rows)
    }

    /// Whether the facts are exactly what this kind of document says.
    ///
    /// # Errors
    /// [`PrintError::Field`] naming the field.
    pub fn check(&self, content: &Content) -> Result<(), PrintError> {
        check(&self.fields, content)
    }
}

fn sample_of(fields: &[Field], rows: usize) -> Content {
    let each = fields.iter().map(|field| {
        let said = field.example.clone().unwrap_or_default();
        let value = match field.kind {
            FieldKind::Text | FieldKind::Note => Value::Text(said),
            FieldKind::Day => Value::Day(said.parse().unwrap_or_else(|_| some_day())),
            FieldKind::Money => Value::Money(Fen::parse(&said).unwrap_or_default()),
            FieldKind::Count => Value::Count(said.parse().unwrap_or_default()),
            FieldKind::Yes => Value::Yes(said == "yes"),
            FieldKind::List => Value::List(Rows(
                (0..rows.min(field.sample_rows.unwrap_or(rows)))
                    .map(|_| sample_of(&field.columns, rows))
                    .collect(),
            )),
        };
        (field.key.clone(), value)
    });
    each.collect()
}

/// A day for samples whose manifest gives none.
fn some_day() -> Day {
    Day::of(2026, 12, 22).unwrap_or_else(|| jiff::civil::Date::MIN.into())
}

fn check(fields: &[Field], content: &Content) -> Result<(), PrintError> {
    let wrong = |field: &str, what: &str| {
        Err(PrintError::Field {
            field: field.to_owned(),
            what: what.to_owned(),
        })
    };
    if let Some(stray) = content
        .keys()
        .find(|key| !fields.iter().any(|f| f.key == **key))
    {
        return wrong(stray, "is not in the manifest");
    }
    for field in fields {
        let Some(value) = content.get(&field.key) else {
            if field.optional {
                continue;
            }
            return wrong(&field.key, "is missing");
        };
        match (field.kind, value) {
            (FieldKind::Text | FieldKind::Note, Value::Text(_))
            | (FieldKind::Day, Value::Day(_))
            | (FieldKind::Money, Value::Money(_))
            | (FieldKind::Count, Value::Count(_))
            | (FieldKind::Yes, Value::Yes(_)) => {}
            (FieldKind::List, Value::List(rows)) => {
                rows.0
                    .iter()
                    .try_for_each(|row| check(&field.columns, row))?;
            }
            _ => return wrong(&field.key, "has another type in the manifest"),
        }
    }
    Ok(())
}
