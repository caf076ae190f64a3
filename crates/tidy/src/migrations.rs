//! Rules about the steps of the schema 迁移守则.

use crate::Violation;
use crate::tree::{File, Tree};

/// One step: its crate, its file's name, its file.
struct Step<'a> {
    owner: &'a str,
    name: &'a str,
    file: &'a File,
}

impl Step<'_> {
    fn of(file: &File) -> Option<Step<'_>> {
        let (owner, rest) = file.path.strip_prefix("crates/")?.split_once('/')?;
        Some(Step {
            owner,
            name: rest.strip_prefix("migrations/")?,
            file,
        })
    }
}

/// The steps in the order they are taken, whichever crate brings them.
fn steps(tree: &Tree) -> Vec<Step<'_>> {
    let mut steps: Vec<_> = tree.files.iter().filter_map(Step::of).collect();
    steps.sort_by_key(|step| step.name);
    steps
}

/// Steps are numbered 1, 2, 3, … without holes, and some source file of their crate names each.
#[must_use]
pub fn numbering(tree: &Tree) -> Vec<Violation> {
    let mut found = Vec::new();
    for (Step { owner, name, file }, n) in steps(tree).into_iter().zip(1..) {
        if !name.starts_with(&format!("{n:04}_")) {
            let what = format!("the next step is {n:04}; a hole or a number used twice");
            found.push(Violation::new("migrations", &file.path, what));
        }
        let quoted = format!("{name}\"");
        let mut sources = tree
            .rust()
            .filter(|file| file.in_crate().is_some_and(|c| c.0 == owner));
        if !sources.any(|source| source.text.contains(&quoted)) {
            let what = format!("nothing in `{owner}` takes the step `{name}`");
            found.push(Violation::new("migrations", &file.path, what));
        }
    }
    found
}

/// Every table that the steps make, with the crate that makes it.
#[must_use]
pub fn tables(tree: &Tree) -> Vec<(&str, &str)> {
    let mut tables = Vec::new();
    for Step { owner, file, .. } in steps(tree) {
        let made = file
            .text
            .lines()
            .filter_map(|line| line.trim().strip_prefix("CREATE TABLE "));
        let named = made.filter_map(|rest| rest.split([' ', '(']).next());
        tables.extend(named.map(|table| (table, owner)));
    }
    tables
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hole_and_a_forgotten_step_are_found() {
        let tree = Tree::of(&[
            (
                "crates/baton/migrations/0003_people.sql",
                "CREATE TABLE people (id TEXT);\n",
            ),
            (
                "crates/baton/src/migrations.rs",
                "3 \"customer\" \"0003_customer.sql\";",
            ),
            (
                "crates/spine/migrations/0001_spine.sql",
                "CREATE TABLE job (\n  id TEXT\n);\n",
            ),
            (
                "crates/spine/src/migrate.rs",
                "include_str!(\"../migrations/0001_spine.sql\")",
            ),
        ]);
        let found = numbering(&tree);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(
            found
                .iter()
                .all(|one| one.place.ends_with("0003_people.sql"))
        );
        assert_eq!(tables(&tree), [("job", "spine"), ("people", "baton")]);
    }
}
