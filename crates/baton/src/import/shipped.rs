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
        let (key, text) = ((*key).to_owned(), (*text).to_owned());
        Some(Shipped {
            key,
            name: mapping.name,
            system: mapping.system,
            text,
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
