//! The rules of the house, run on the house.

#![expect(clippy::unwrap_used, reason = "a test may stop where it stands")]

use std::path::Path;
use std::process::Command;

use tidy::exceptions::{self, Exception};
use tidy::tree::{self, Tree};
use tidy::{
    Violation, acts, files, licences, manifests, migrations, modules, ownership, recorded,
    refusals, schemas, sql,
};

fn house() -> Tree {
    Tree::read(&tree::root()).unwrap()
}

fn listed() -> Vec<Exception> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("exceptions.toml");
    exceptions::read(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Runs one rule; `names` is how its violations and exceptions call it.
fn keep(names: &[&str], rule: fn(&Tree) -> Vec<Violation>) {
    let left = exceptions::sift(&rule(&house()), &listed(), names);
    assert!(left.is_empty(), "\n{}\n", left.join("\n"));
}

#[test]
fn files_stay_short() {
    for (lines, path) in files::over_the_aim(&house()) {
        println!("{lines:>5} lines, aim {}: {path}", files::AIM);
    }
    keep(&["file_length"], files::file_length);
}

#[test]
fn lines_stay_narrow() {
    keep(&["line_width"], files::line_width);
}

#[test]
fn long_tests_leave_their_source_file() {
    keep(&["inline_tests"], files::inline_tests);
}

#[test]
fn what_acts_record_has_words_on_screen() {
    keep(&["recorded_fields"], recorded::fields);
}

#[test]
fn refusals_speak_both_languages() {
    keep(&["refusals"], refusals::in_both_languages);
}

#[test]
fn names_say_something() {
    keep(&["names"], files::names);
}

#[test]
fn no_file_speaks_of_the_machine_it_was_written_on() {
    keep(&["machine_paths"], files::machine_paths);
}

#[test]
fn public_modules_say_their_chinese_term() {
    keep(&["chinese_term"], modules::chinese_term);
}

#[test]
fn fences_name_their_language() {
    keep(&["doc_fences"], modules::doc_fences);
}

#[test]
fn no_dependency_points_upward() {
    keep(&["floor_order"], manifests::floor_order);
}

#[test]
fn engines_are_pure() {
    keep(&["pure_engines"], manifests::pure_engines);
}

#[test]
fn documentation_tests_are_on_where_there_are_some() {
    keep(&["documentation_tests"], manifests::documentation_tests);
}

#[test]
fn only_the_spine_knows_the_driver() {
    keep(&["one_driver"], manifests::one_driver);
}

#[test]
fn manifests_take_everything_from_the_workspace() {
    keep(&["from_workspace"], manifests::from_workspace);
}

#[test]
fn migrations_are_numbered_without_holes() {
    assert!(!migrations::tables(&house()).is_empty());
    keep(&["migrations"], migrations::numbering);
}

#[test]
fn tables_have_one_owner() {
    keep(&["table_read", "table_write"], ownership::table_owner);
}

#[test]
fn no_sql_is_built_from_strings() {
    keep(&["built_sql"], sql::built_sql);
}

#[test]
fn every_act_is_on_the_list() {
    keep(&["acts"], acts::registered);
}

#[test]
fn exceptions_speak_of_rules_that_exist() {
    let rules = [
        "acts",
        "built_sql",
        "chinese_term",
        "doc_fences",
        "file_length",
        "floor_order",
        "from_workspace",
        "inline_tests",
        "line_width",
        "machine_paths",
        "migrations",
        "names",
        "one_driver",
        "pure_engines",
        "table_read",
        "table_write",
    ];
    for one in listed() {
        assert!(
            rules.contains(&one.rule.as_str()),
            "{} is no rule",
            one.rule
        );
    }
}

#[test]
fn licences_are_on_the_list() {
    let root = tree::root();
    let deny = std::fs::read_to_string(root.join("deny.toml")).unwrap();
    let allowed = licences::allowed(&deny).unwrap();
    let mut packages = licences::from_cargo(&cargo_metadata()).unwrap();
    assert!(
        packages.len() > 100,
        "cargo metadata names {} packages",
        packages.len()
    );
    for folder in ["web", "crates/document/fonts"] {
        let lock = root.join(folder).join("package-lock.json");
        if let Ok(lock) = std::fs::read_to_string(lock) {
            packages.extend(licences::from_npm(&lock).unwrap());
        }
    }
    let said = licences::complaints(&packages, &allowed);
    assert!(said.is_empty(), "\n{}\n", said.join("\n"));
}

/// What is built on a machine like this one.
fn cargo_metadata() -> String {
    let rustc = Command::new("rustc").arg("-vV").output().unwrap();
    let rustc = String::from_utf8(rustc.stdout).unwrap();
    let host = rustc
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .unwrap();
    let output = Command::new(env!("CARGO"))
        .current_dir(tree::root())
        .args(["metadata", "--format-version=1", "--locked"])
        .arg(format!("--filter-platform={host}"))
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn described_types_have_names_of_their_own() {
    keep(&["schema_names"], schemas::schema_names);
}
