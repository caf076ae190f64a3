//! The mappings that come with the house 内置映射.

use serde::Serialize;
use utoipa::ToSchema;

/// A mapping that is shipped.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Shipped {
    /// By which it is asked for.
    pub key: String,
    /// As people call it.
    pub name: String,
    /// First part of every natural key.
    pub system: String,
    /// The mapping, TOML.
    pub text: String,
    /// What the files must look like.
    pub asks: Vec<Asked>,
}

/// What a file must look like.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ImportAsked)]
pub struct Asked {
    /// Its name; `*` stands for any characters.
    pub file: String,
    /// The row of the column names, from 1.
    pub header_row: u32,
    /// The columns that are read.
    pub columns: Vec<String>,
}

/// A table to be filled in, whose columns are recognised by their names.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ImportTemplate)]
pub struct Template {
    /// What its rows become: `customer`, …
    pub kind: String,
    /// The same in Chinese.
    pub kind_zh: String,
    /// The same in English.
    pub kind_en: String,
    /// The column names and one example, CSV.
    pub csv: String,
}

/// The tables to be filled in, in the order in which they are imported.
pub(crate) fn templates() -> Vec<Template> {
    let mut kinds = intake::DRAFTED;
    kinds.sort_unstable();
    let template = |kind: intake::RecordKind| {
        Some(Template {
            kind: kind.name().to_owned(),
            kind_zh: kind.label().to_owned(),
            kind_en: kind.label_en().to_owned(),
            csv: intake::template(kind)?,
        })
    };
    kinds.into_iter().filter_map(template).collect()
}

const TEXTS: &[(&str, &str)] = &[
    (
        "ledger",
        include_str!("../../../../examples/mappings/客户台账.toml"),
    ),
    (
        "maven_crm",
        include_str!("../../../../examples/mappings/maven_crm.toml"),
    ),
    (
        "northwind",
        include_str!("../../../../examples/mappings/northwind.toml"),
    ),
    (
        "chinook",
        include_str!("../../../../examples/mappings/chinook.toml"),
    ),
    (
        "ibm_ar",
        include_str!("../../../../examples/mappings/ibm_ar.toml"),
    ),
];

/// The text of a shipped mapping.
pub(crate) fn text(key: &str) -> Option<&'static str> {
    TEXTS
        .iter()
        .find(|(known, _)| *known == key)
        .map(|(_, text)| *text)
}

/// Every shipped mapping that parses; a test sees to it that all do.
#[must_use]
pub fn mappings() -> Vec<Shipped> {
    let shipped = TEXTS.iter().filter_map(|(key, text)| {
        let mapping = intake::Mapping::parse(text).ok()?;
        let asked = |of: intake::Asked<'_>| Asked {
            file: of.file.to_owned(),
            header_row: of.header_row,
            columns: of.columns.into_iter().map(str::to_owned).collect(),
        };
        Some(Shipped {
            key: (*key).to_owned(),
            text: (*text).to_owned(),
            asks: mapping.asks().into_iter().map(asked).collect(),
            name: mapping.name,
            system: mapping.system,
        })
    });
    shipped.collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_shipped_mapping_parses() {
        assert_eq!(super::mappings().len(), super::TEXTS.len());
    }
}
