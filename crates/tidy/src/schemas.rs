//! Names in the description of the API 接口描述中的名称.

use std::collections::BTreeMap;

use crate::Violation;
use crate::tree::Tree;

/// Rule `schema_names`: what stands in the description of the API has a name of its own. Two types
/// of one name would become one there, without a word, and clients would be told of the wrong one.
#[must_use]
pub fn schema_names(tree: &Tree) -> Vec<Violation> {
    let mut places: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    let sources = |path: &str| path.starts_with("crates/baton/src/") && path.ends_with(".rs");
    for file in tree.files.iter().filter(|file| sources(&file.path)) {
        for name in names(&file.text) {
            places.entry(name).or_default().push(&file.path);
        }
    }
    let mut found = Vec::new();
    for (name, files) in places {
        let Some((first, others)) = files.split_first() else {
            continue;
        };
        let twice = |other: &&str| {
            let what = format!("`{name}` is also in {first}; say `#[schema(as = …)]`");
            Violation::new("schema_names", other, what)
        };
        found.extend(others.iter().map(twice));
    }
    found
}

/// The names under which the types of one file are described, in their order.
fn names(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut derived = false;
    let mut renamed: Option<String> = None;
    for line in source.lines().map(str::trim) {
        if line.starts_with("#[derive(") && line.contains("ToSchema") {
            derived = true;
        } else if let Some((_, rest)) = line.split_once("#[schema(as = ") {
            renamed = rest.split([')', ',', ' ']).next().map(str::to_owned);
        } else if let Some(name) = type_name(line) {
            if derived {
                found.push(renamed.take().unwrap_or_else(|| name.to_owned()));
            }
            (derived, renamed) = (false, None);
        }
    }
    found
}

fn type_name(line: &str) -> Option<&str> {
    if line.starts_with("//") {
        return None;
    }
    let mut words = line.split(|c: char| !c.is_alphanumeric() && c != '_');
    words.find(|word| matches!(*word, "struct" | "enum"))?;
    words.find(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::File;

    fn tree(files: &[(&str, &str)]) -> Tree {
        let file = |(path, text): &(&str, &str)| File {
            path: format!("crates/baton/src/{path}"),
            text: (*text).to_owned(),
        };
        Tree {
            files: files.iter().map(file).collect(),
        }
    }

    #[test]
    fn the_second_of_a_name_is_found_and_a_renamed_one_is_not() {
        let one =
            "#[derive(Serialize, ToSchema)]\npub(crate) struct KindView {\n    kind: String,\n}\n";
        let renamed = one.replace("pub", "#[schema(as = ImportKind)]\npub");
        let unseen = one.replace(", ToSchema", "");
        assert_eq!(
            schema_names(&tree(&[("a.rs", one), ("b.rs", &renamed)])),
            []
        );
        assert_eq!(schema_names(&tree(&[("a.rs", one), ("b.rs", &unseen)])), []);
        let found = schema_names(&tree(&[("a.rs", one), ("b.rs", one)]));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].place, "crates/baton/src/b.rs");
    }
}
