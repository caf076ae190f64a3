//! Rules about the steps of the schema 迁移守则.

use crate::Violation;
use crate::tree::{File, Tree};

const FOLDER: &str = "crates/baton/migrations/";
const LIST: &str = "crates/baton/src/migrations.rs";

/// The steps, by name.
fn steps(tree: &Tree) -> impl Iterator<Item = (&File, &str)> {
    tree.files
        .iter()
        .filter_map(|file| Some((file, file.path.strip_prefix(FOLDER)?)))
}

/// Steps are numbered 1, 2, 3, … without holes, and the program knows each.
#[must_use]
pub fn numbering(tree: &Tree) -> Vec<Violation> {
    let list = tree.get(LIST).map_or("", |file| file.text.as_str());
    let mut found = Vec::new();
    for ((file, name), n) in steps(tree).zip(1..) {
        if !name.starts_with(&format!("{n:04}_")) {
            let what = format!("the next step is {n:04}; a hole or a number used twice");
            found.push(Violation::new("migrations", &file.path, what));
        }
        if !list.contains(&format!("{n} \"")) || !list.contains(&format!("\"{name}\"")) {
            let what = format!("`{name}` is not in {LIST}");
            found.push(Violation::new("migrations", &file.path, what));
        }
    }
    found
}

/// Every table that the steps make, in the order they make them.
#[must_use]
pub fn tables(tree: &Tree) -> Vec<String> {
    let lines = steps(tree).flat_map(|(file, _)| file.text.lines());
    let made = lines.filter_map(|line| line.trim().strip_prefix("CREATE TABLE "));
    let named = made.map(|rest| rest.trim_start_matches("IF NOT EXISTS "));
    named
        .filter_map(|rest| rest.split([' ', '(']).next().map(str::to_owned))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hole_and_a_forgotten_line_are_found() {
        let tree = Tree::of(&[
            (
                "crates/baton/migrations/0001_spine.sql",
                "CREATE TABLE job (\n  id TEXT\n);\n",
            ),
            (
                "crates/baton/migrations/0003_people.sql",
                "CREATE TABLE people (id TEXT);\n",
            ),
            (
                "crates/baton/src/migrations.rs",
                "1 \"spine\" \"0001_spine.sql\";",
            ),
        ]);
        let found = numbering(&tree);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(
            found
                .iter()
                .all(|one| one.place.ends_with("0003_people.sql"))
        );
        assert_eq!(tables(&tree), ["job", "people"]);
    }
}
