//! Rules about whole files: length, width, names, paths of one's own machine 文件守则.

use crate::Violation;
use crate::tree::{File, Tree};

/// A file aims at this many lines; longer ones are listed.
pub const AIM: usize = 300;
/// A file has no more lines than this.
pub const LIMIT: usize = 600;
/// A line of Rust has no more columns than this.
pub const COLUMNS: usize = 100;
/// Tests longer than this leave their source file for `tests/it`.
pub const INLINE_TESTS: usize = 200;

/// Names that say nothing, so that everything ends up in them.
const EMPTY_NAMES: [&str; 8] = [
    "common", "helper", "helpers", "manager", "managers", "misc", "util", "utils",
];

/// Code that people read: Rust, TypeScript, scripts; not what a generator wrote.
fn is_code(file: &File) -> bool {
    let kinds = [".rs", ".ts", ".tsx", ".mjs"];
    kinds.iter().any(|kind| file.path.ends_with(kind)) && !file.path.contains("/gen/")
}

/// Files over the aim, longest first, with their number of lines.
#[must_use]
pub fn over_the_aim(tree: &Tree) -> Vec<(usize, &str)> {
    let measured = tree.files.iter().filter(|file| is_code(file));
    let measured = measured.map(|file| (file.text.lines().count(), file.path.as_str()));
    let mut long: Vec<_> = measured.filter(|(lines, _)| *lines > AIM).collect();
    long.sort_unstable_by(|a, b| b.cmp(a));
    long
}

/// No file is longer than the limit.
#[must_use]
pub fn file_length(tree: &Tree) -> Vec<Violation> {
    let long = over_the_aim(tree)
        .into_iter()
        .filter(|(lines, _)| *lines > LIMIT);
    long.map(|(lines, path)| {
        Violation::new("file_length", path, format!("{lines} lines, limit {LIMIT}"))
    })
    .collect()
}

/// No line of Rust is wider than the limit. A Chinese character counts as one column here, since
/// the sentences people see must not be broken for the formatter's sake.
#[must_use]
pub fn line_width(tree: &Tree) -> Vec<Violation> {
    let mut found = Vec::new();
    for file in tree.rust() {
        for (n, line) in file.text.lines().enumerate() {
            let columns = line.chars().count();
            if columns > COLUMNS {
                let what = format!("line {} has {columns} columns, limit {COLUMNS}", n + 1);
                found.push(Violation::new("line_width", &file.path, what));
            }
        }
    }
    found
}

/// Tests inside a source file stay short.
#[must_use]
pub fn inline_tests(tree: &Tree) -> Vec<Violation> {
    let mut found = Vec::new();
    for file in tree.rust().filter(|file| file.in_crate().is_some()) {
        let tests = file
            .text
            .find("\n#[cfg(test)]\nmod ")
            .map(|at| &file.text[at + 1..]);
        let lines = tests.map_or(0, |tests| tests.lines().count());
        if lines > INLINE_TESTS {
            let what = format!("{lines} lines of tests; over {INLINE_TESTS} they go to tests/it");
            found.push(Violation::new("inline_tests", &file.path, what));
        }
    }
    found
}

/// No file and no folder of code has a name that says nothing.
#[must_use]
pub fn names(tree: &Tree) -> Vec<Violation> {
    let mut found = Vec::new();
    for file in tree.files.iter().filter(|file| is_code(file)) {
        let stem = |part: &str| part.split('.').next().unwrap_or(part).to_lowercase();
        let empty = file
            .path
            .split('/')
            .find(|part| EMPTY_NAMES.contains(&stem(part).as_str()));
        if let Some(part) = empty {
            let what = format!("`{part}` says nothing; name it after what it holds");
            found.push(Violation::new("names", &file.path, what));
        }
    }
    found
}

/// No file speaks of a folder of the machine it was written on.
#[must_use]
pub fn machine_paths(tree: &Tree) -> Vec<Violation> {
    // In two pieces, so that this file does not find itself.
    let paths = [
        concat!("/wo", "rk/"),
        concat!("/ro", "ot/"),
        concat!("/ho", "me/"),
        concat!("/Us", "ers/"),
        concat!("/var/t", "mp/"),
        concat!("/tmp/br", "ief"),
        concat!(".lib", "rary/"),
    ];
    let mut found = Vec::new();
    for file in &tree.files {
        for (n, line) in file.text.lines().enumerate() {
            if let Some(path) = paths.iter().find(|path| line.contains(**path)) {
                let what = format!("line {} speaks of `{path}`", n + 1);
                found.push(Violation::new("machine_paths", &file.path, what));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_lines_and_columns() {
        let long = "x\n".repeat(LIMIT + 1);
        let wide = format!("// {}\n// {}\n", "宽".repeat(97), "w".repeat(98));
        let tree = Tree::of(&[("crates/a/src/l.rs", &long), ("crates/a/src/w.rs", &wide)]);
        assert_eq!(over_the_aim(&tree), [(601, "crates/a/src/l.rs")]);
        assert_eq!(file_length(&tree).len(), 1);
        assert_eq!(
            line_width(&tree)[0].what,
            "line 2 has 101 columns, limit 100"
        );
    }

    #[test]
    fn long_tests_leave_their_file() {
        let code = "fn f() {\n    #[cfg(test)]\n    g();\n}\n\n".repeat(50);
        let short = format!("{code}#[cfg(test)]\nmod tests {{\n}}\n");
        let long = format!("#[cfg(test)]\nmod tests {{\n{}}}\n", "//\n".repeat(198));
        let long = code + &long;
        let tree = Tree::of(&[
            ("crates/a/src/short.rs", &short),
            ("crates/a/src/long.rs", &long),
            ("crates/a/tests/it/long.rs", &long),
        ]);
        let found = inline_tests(&tree);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].place, "crates/a/src/long.rs");
    }

    #[test]
    fn knows_names_that_say_nothing() {
        let tree = Tree::of(&[
            ("crates/a/src/utils.rs", ""),
            ("web/src/common/date.ts", ""),
            ("crates/a/src/commonplace.rs", ""),
            ("docs/util.md", ""),
        ]);
        let places: Vec<_> = names(&tree).into_iter().map(|one| one.place).collect();
        assert_eq!(places, ["crates/a/src/utils.rs", "web/src/common/date.ts"]);
    }

    #[test]
    fn finds_paths_of_a_machine() {
        let text = format!("see {}me/x\n", concat!("/ho", "me/"));
        let tree = Tree::of(&[
            ("docs/a.md", text.as_str()),
            ("docs/b.md", "/var/lib/baton\n"),
        ]);
        assert_eq!(machine_paths(&tree).len(), 1);
    }
}
