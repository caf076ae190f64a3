//! What files said beyond the fields of their records, kept with these 附加信息.

use intake::RecordKind;
use kernel::CustomerId;
use serde::Serialize;
use serde_json::Value as Json;
use spine::{Fault, Query, Reader};
use utoipa::ToSchema;

use super::mask;

/// A column that no field took in.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct KeptColumn {
    /// Its header, or the field's name.
    name: String,
    /// The same with the field in English.
    name_en: String,
    /// The cell, contact details masked.
    value: String,
}

/// A record and the columns kept with it.
#[derive(Serialize, ToSchema)]
pub(crate) struct KeptRecord {
    /// `customer`, `contract`, …
    kind: &'static str,
    /// The same in Chinese.
    kind_zh: &'static str,
    /// The same in English.
    kind_en: &'static str,
    /// Its number or name.
    called: String,
    columns: Vec<KeptColumn>,
}

/// The columns kept with a record of this kind, as its row in the books has them.
pub(crate) fn kept_columns(kind: RecordKind, extra: &str) -> Vec<KeptColumn> {
    let all: Json = serde_json::from_str(extra).unwrap_or_default();
    let cells = all.as_object().into_iter().flatten();
    let column = |(name, value): (&String, &Json)| {
        let text = match value {
            Json::Null => return None,
            Json::String(text) => text.clone(),
            other => other.to_string(),
        };
        let field = kind.field(name);
        Some(KeptColumn {
            name: field.map_or(name.as_str(), |field| field.label).to_owned(),
            name_en: field.map_or(name.as_str(), |field| field.name).to_owned(),
            value: mask::cell(name, &text),
        })
    };
    cells.filter_map(column).collect()
}

/// What was kept with the records of these customers; each source begins a query of `called` and
/// `extra` that ends with the customers.
pub(crate) async fn kept_with(
    books: &mut Reader<'_>,
    customers: &[CustomerId],
    sources: &[(RecordKind, &'static str)],
) -> Result<Vec<KeptRecord>, Fault> {
    let mut found = Vec::new();
    for &(kind, source) in sources {
        let mut query = Query::new(source);
        query.bind_list(customers.iter().copied());
        query.push(" ORDER BY called LIMIT 500");
        let (select, values) = query.select();
        for row in books.all(&select, values).await? {
            let extra: String = row.get("extra")?;
            found.push(KeptRecord {
                kind: kind.name(),
                kind_zh: kind.label(),
                kind_en: kind.label_en(),
                called: row.get("called")?,
                columns: kept_columns(kind, &extra),
            });
        }
    }
    found.retain(|record| !record.columns.is_empty());
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::{RecordKind, kept_columns};

    #[test]
    fn columns_are_named_and_contact_details_masked() {
        let extra = r#"{"phone":"13800138001","founded":1996,"建档日期":"2023-03-08","x":null}"#;
        let told = kept_columns(RecordKind::Customer, extra);
        let told: Vec<(&str, &str, &str)> = told
            .iter()
            .map(|one| (one.name.as_str(), one.name_en.as_str(), one.value.as_str()))
            .collect();
        let mut wanted = [
            ("电话", "phone", "138****8001"),
            ("成立年份", "founded", "1996"),
            ("建档日期", "建档日期", "2023-03-08"),
        ];
        wanted.sort_unstable_by_key(|one| one.1);
        let mut told = told;
        told.sort_unstable_by_key(|one| one.1);
        assert_eq!(told, wanted);
        assert!(kept_columns(RecordKind::Customer, "{}").is_empty());
    }
}
