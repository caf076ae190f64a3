//! Rules about `Cargo.toml`: floors, third parties, lints 依赖守则.

use std::collections::BTreeMap;

use crate::Violation;
use crate::tree::Tree;

/// The floor of every crate. A crate stands on lower floors only, never beside or above its own.
pub const FLOORS: &[(u8, &[&str])] = &[
    (1, &["kernel", "spelling"]),
    (
        2,
        &[
            "access",
            "approval",
            "connectors",
            "customer",
            "document",
            "evidence",
            "hr",
            "intake",
            "people",
            "receivable",
            "risk",
            "rules",
            "signing",
            "valuation",
        ],
    ),
    (3, &["bundle", "commission", "spine", "succession"]),
    // The small verifier stands beside the house on the same foundations.
    (4, &["handover", "verifier"]),
    (5, &["departure", "reassignment"]),
    (6, &["baton"]),
    // Stands outside the house and looks at it.
    (0, &["tidy"]),
];

/// Crates that talk to the world: databases, the network, type setting.
const NOT_PURE: [&str; 6] = [
    "baton",
    "connectors",
    "document",
    "spine",
    "tidy",
    "verifier",
];

/// What a pure engine may use of third parties: nothing with IO, a clock, threads or randomness.
const FOR_ENGINES: [&str; 39] = [
    "argon2",
    "base64",
    "calamine",
    "chacha20",
    "chacha20poly1305",
    "csv",
    "der",
    "ed25519-dalek",
    "encoding_rs",
    "flate2",
    "hex",
    "hashbrown",
    "hmac",
    "jiff",
    "num-rational",
    "num-traits",
    "p256",
    "p384",
    "pinyin",
    "pkcs8",
    "rand_core",
    "roxmltree",
    "rsa",
    "rust_decimal",
    "serde",
    "serde_json",
    "sha1",
    "sha2",
    "sm2",
    "sm3",
    "strsim",
    "subtle",
    "thiserror",
    "toml",
    "ttf-parser",
    "unicode-normalization",
    "x509-cert",
    "zeroize",
    "zip",
];

/// One crate's manifest.
struct Manifest {
    name: String,
    path: String,
    table: toml::Table,
}

impl Manifest {
    /// The names under `[dependencies]`, `[dev-dependencies]`, ….
    fn names(&self, section: &str) -> Vec<&str> {
        let table = self.table.get(section).and_then(toml::Value::as_table);
        table
            .into_iter()
            .flat_map(|table| table.keys())
            .map(String::as_str)
            .collect()
    }

    fn uses_workspace(&self, path: &[&str]) -> bool {
        let mut value = self.table.get(path[0]);
        for key in path[1..].iter().chain(&["workspace"]) {
            value = value.and_then(|value| value.get(key));
        }
        value.and_then(toml::Value::as_bool) == Some(true)
    }
}

const SECTIONS: [&str; 3] = ["dependencies", "build-dependencies", "dev-dependencies"];

fn manifests(tree: &Tree) -> Vec<Manifest> {
    let parsed = |file: &crate::tree::File| {
        let name = file
            .path
            .strip_prefix("crates/")?
            .strip_suffix("/Cargo.toml")?;
        let table = file.text.parse().ok()?;
        Some(Manifest {
            name: name.to_owned(),
            path: file.path.clone(),
            table,
        })
    };
    tree.files.iter().filter_map(parsed).collect()
}

fn floors() -> BTreeMap<&'static str, u8> {
    let each = FLOORS
        .iter()
        .flat_map(|(floor, names)| names.iter().map(|name| (*name, *floor)));
    each.collect()
}

/// No dependency points upward or sideways.
#[must_use]
pub fn floor_order(tree: &Tree) -> Vec<Violation> {
    let floors = floors();
    let mut found = Vec::new();
    for manifest in manifests(tree) {
        let Some(own) = floors.get(manifest.name.as_str()) else {
            let what = format!("`{}` has no floor; give it one in tidy", manifest.name);
            found.push(Violation::new("floor_order", &manifest.path, what));
            continue;
        };
        for name in SECTIONS.iter().flat_map(|section| manifest.names(section)) {
            if let Some(floor) = floors.get(name).filter(|floor| *floor >= own) {
                let what = format!("floor {own} stands on `{name}`, floor {floor}");
                found.push(Violation::new("floor_order", &manifest.path, what));
            }
        }
    }
    found
}

/// A pure engine uses only third parties that are pure themselves.
#[must_use]
pub fn pure_engines(tree: &Tree) -> Vec<Violation> {
    let floors = floors();
    let engine = |manifest: &Manifest| !NOT_PURE.contains(&manifest.name.as_str());
    let mut found = Vec::new();
    for manifest in manifests(tree).into_iter().filter(engine) {
        let names = ["dependencies", "build-dependencies"];
        for name in names.iter().flat_map(|section| manifest.names(section)) {
            if !floors.contains_key(name) && !FOR_ENGINES.contains(&name) {
                let what = format!("`{name}` is not for pure engines");
                found.push(Violation::new("pure_engines", &manifest.path, what));
            }
        }
    }
    found
}

/// The drivers of the databases.
const DRIVERS: [&str; 2] = ["rusqlite", "tokio-postgres"];

/// Only the spine knows the databases' drivers.
#[must_use]
pub fn one_driver(tree: &Tree) -> Vec<Violation> {
    let others = manifests(tree)
        .into_iter()
        .filter(|manifest| manifest.name != "spine");
    let mut found = Vec::new();
    for manifest in others {
        let names: Vec<_> = SECTIONS
            .iter()
            .flat_map(|section| manifest.names(section))
            .collect();
        for driver in DRIVERS.iter().filter(|driver| names.contains(driver)) {
            let what = format!("only spine depends on `{driver}`");
            found.push(Violation::new("one_driver", &manifest.path, what));
        }
    }
    found
}

/// Lints, package fields and versions come from the workspace.
#[must_use]
pub fn from_workspace(tree: &Tree) -> Vec<Violation> {
    let mut found = Vec::new();
    for manifest in manifests(tree) {
        let mut wanted = vec![vec!["lints"]];
        let fields = ["version", "edition", "rust-version", "license", "publish"];
        wanted.extend(fields.map(|field| vec!["package", field]));
        for section in SECTIONS {
            wanted.extend(
                manifest
                    .names(section)
                    .into_iter()
                    .map(|name| vec![section, name]),
            );
        }
        for path in wanted
            .into_iter()
            .filter(|path| !manifest.uses_workspace(path))
        {
            let what = format!("`{}.workspace = true` is missing", path.join("."));
            found.push(Violation::new("from_workspace", &manifest.path, what));
        }
    }
    found
}

/// A library says `doctest = false` just when it has no documentation test: `./dev test` then runs
/// those of the whole workspace without building anything a second time.
#[must_use]
pub fn documentation_tests(tree: &Tree) -> Vec<Violation> {
    let mut found = Vec::new();
    for manifest in manifests(tree) {
        let lib = manifest.table.get("lib");
        let off = lib.and_then(|lib| lib.get("doctest")?.as_bool()) == Some(false);
        let source = format!("crates/{}/src/", manifest.name);
        let own = || tree.rust().filter(|file| file.path.starts_with(&source));
        let library = own().any(|file| file.path == format!("{source}lib.rs"));
        let tested = own().any(|file| file.text.lines().any(opens_a_test));
        let what = match (library, tested, off) {
            (true, true, true) => "it has documentation tests: take `doctest = false` out",
            (true, false, false) => "it has no documentation test: say `[lib] doctest = false`",
            _ => continue,
        };
        found.push(Violation::new("documentation_tests", &manifest.path, what));
    }
    found
}

fn opens_a_test(line: &str) -> bool {
    let line = line.trim_start();
    let doc = line
        .strip_prefix("///")
        .or_else(|| line.strip_prefix("//!"));
    let language = doc.and_then(|doc| doc.trim().strip_prefix("```"));
    language.is_some_and(|language| {
        ["rust", "compile_fail", "no_run", "should_panic"]
            .iter()
            .any(|name| language.starts_with(name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documentation_tests_are_on_where_there_are_some() {
        let tree = |manifest: &str, source: &str| {
            Tree::of(&[
                ("crates/a/Cargo.toml", manifest),
                ("crates/a/src/lib.rs", source),
            ])
        };
        let (on, off) = ("", "[lib]\ndoctest = false\n");
        let (plain, tested) = ("//! A.\n", "//! ```compile_fail\n//! ```\n");
        for (manifest, source, wrong) in [
            (on, plain, 1),
            (off, plain, 0),
            (on, tested, 0),
            (off, tested, 1),
        ] {
            assert_eq!(documentation_tests(&tree(manifest, source)).len(), wrong);
        }
    }

    fn tree(name: &str, text: &str) -> Tree {
        Tree::of(&[(&format!("crates/{name}/Cargo.toml"), text)])
    }

    #[test]
    fn nothing_points_upward_or_sideways() {
        let up = tree(
            "people",
            "[dependencies]\nspine.workspace = true\nkernel.workspace = true",
        );
        assert_eq!(
            floor_order(&up)[0].what,
            "floor 2 stands on `spine`, floor 3"
        );
        let side = tree("people", "[dev-dependencies]\ncustomer.workspace = true");
        assert_eq!(floor_order(&side).len(), 1);
        assert_eq!(floor_order(&tree("attic", "")).len(), 1);
        assert!(
            floor_order(&tree("spine", "[dependencies]\nevidence.workspace = true")).is_empty()
        );
    }

    #[test]
    fn engines_take_no_third_party_with_io() {
        let engine = tree("people", "[dependencies]\ntokio = \"1\"\nserde = \"1\"\n");
        assert_eq!(
            pure_engines(&engine)[0].what,
            "`tokio` is not for pure engines"
        );
        assert!(pure_engines(&tree("spine", "[dependencies]\ntokio = \"1\"")).is_empty());
        assert_eq!(
            one_driver(&tree("baton", "[dev-dependencies]\ntokio-postgres = \"1\"")).len(),
            1
        );
    }

    #[test]
    fn versions_stand_in_one_place() {
        let text = "[package]\nname = \"people\"\nversion.workspace = true\nedition = \"2021\"\n\
                    [dependencies]\nserde = \"1\"\nkernel = { workspace = true }\n";
        let found = from_workspace(&tree("people", text));
        let said: Vec<_> = found.iter().map(|one| one.what.as_str()).collect();
        assert!(said.contains(&"`lints.workspace = true` is missing"));
        assert!(said.contains(&"`package.edition.workspace = true` is missing"));
        assert!(said.contains(&"`dependencies.serde.workspace = true` is missing"));
        assert_eq!(said.len(), 6, "{said:?}");
    }
}
