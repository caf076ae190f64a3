//! Licences of what we ship, against the list in `deny.toml` 许可证.

use serde::Deserialize;

const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";
/// Where a lock file that leaves out its addresses means.
const NPM: &str = "https://registry.npmjs.org/";

/// A package of another people's work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// Name and version.
    pub name: String,
    /// SPDX expression; `None` when the package does not say.
    pub licence: Option<String>,
    /// Where it comes from.
    pub source: String,
}

#[derive(Deserialize)]
struct Denied {
    licenses: Licenses,
}

#[derive(Deserialize)]
struct Licenses {
    allow: Vec<String>,
}

/// The licences `deny.toml` allows.
///
/// # Errors
/// When the text is not such a file.
pub fn allowed(deny: &str) -> Result<Vec<String>, String> {
    let denied: Denied = toml::from_str(deny).map_err(|error| error.to_string())?;
    Ok(denied.licenses.allow)
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<CargoPackage>,
}

#[derive(Deserialize)]
struct CargoPackage {
    name: String,
    version: String,
    license: Option<String>,
    source: Option<String>,
}

/// Other people's packages in the answer of `cargo metadata`.
///
/// # Errors
/// When the answer is not what Cargo says.
pub fn from_cargo(metadata: &str) -> Result<Vec<Package>, String> {
    let metadata: Metadata = serde_json::from_str(metadata).map_err(|error| error.to_string())?;
    let foreign = metadata.packages.into_iter().filter_map(|package| {
        let name = format!("{} {}", package.name, package.version);
        Some(Package {
            name,
            licence: package.license,
            source: package.source?,
        })
    });
    Ok(foreign.collect())
}

#[derive(Deserialize)]
struct NpmLock {
    packages: std::collections::BTreeMap<String, NpmPackage>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct NpmPackage {
    #[serde(default)]
    dev: bool,
    license: Option<String>,
    resolved: Option<String>,
    version: Option<String>,
}

/// The packages that the browser client ships, by its lock file.
///
/// # Errors
/// When the text is not a lock file of npm.
pub fn from_npm(lock: &str) -> Result<Vec<Package>, String> {
    let lock: NpmLock = serde_json::from_str(lock).map_err(|error| error.to_string())?;
    let shipped = lock
        .packages
        .into_iter()
        .filter(|(path, one)| !path.is_empty() && !one.dev);
    let package = |(path, one): (String, NpmPackage)| {
        let name = path
            .rsplit("node_modules/")
            .next()
            .unwrap_or(&path)
            .to_owned();
        Package {
            name: format!("{name} {}", one.version.unwrap_or_default()),
            licence: one.license,
            source: one.resolved.unwrap_or_else(|| NPM.to_owned()),
        }
    };
    Ok(shipped.map(package).collect())
}

/// Whether an SPDX expression can be fulfilled with the allowed licences alone. `AND` binds tighter
/// than `OR` (SPDX 2.3, annex D.4); the old `/` of crates.io means `OR`.
#[must_use]
pub fn permitted(expression: &str, allowed: &[String]) -> bool {
    let spaced = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    let answer = any_of(&words, &mut at, allowed);
    answer && at == words.len()
}

fn any_of(words: &[&str], at: &mut usize, allowed: &[String]) -> bool {
    let mut answer = all_of(words, at, allowed);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        answer |= all_of(words, at, allowed);
    }
    answer
}

fn all_of(words: &[&str], at: &mut usize, allowed: &[String]) -> bool {
    let mut answer = one(words, at, allowed);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        answer &= one(words, at, allowed);
    }
    answer
}

fn one(words: &[&str], at: &mut usize, allowed: &[String]) -> bool {
    let Some(word) = words.get(*at) else {
        return false;
    };
    *at += 1;
    if *word == "(" {
        let answer = any_of(words, at, allowed);
        let closed = words.get(*at) == Some(&")");
        *at += 1;
        return answer && closed;
    }
    let mut licence = (*word).to_owned();
    if words.get(*at) == Some(&"WITH") {
        licence = format!("{word} WITH {}", words.get(*at + 1).unwrap_or(&""));
        *at += 2;
    }
    allowed.contains(&licence)
}

/// Packages that `deny.toml` does not allow, and packages from elsewhere than the two registries.
#[must_use]
pub fn complaints(packages: &[Package], allowed: &[String]) -> Vec<String> {
    let mut said = Vec::new();
    for package in packages {
        let licence = package.licence.as_deref();
        if !licence.is_some_and(|expression| permitted(expression, allowed)) {
            let licence = licence.unwrap_or("no licence");
            said.push(format!("{}: {licence} is not in deny.toml", package.name));
        }
        if ![CRATES_IO, NPM]
            .iter()
            .any(|registry| package.source.starts_with(registry))
        {
            said.push(format!("{} comes from {}", package.name, package.source));
        }
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_expressions_as_spdx_does() {
        let allowed = [
            "MIT",
            "Apache-2.0",
            "Unicode-3.0",
            "Apache-2.0 WITH LLVM-exception",
        ];
        let allowed = allowed.map(str::to_owned);
        for (expression, may) in [
            ("MIT", true),
            ("GPL-3.0-only", false),
            ("GPL-3.0-only OR MIT", true),
            ("MIT/Apache-2.0", true),
            ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
            ("(MIT OR Apache-2.0) AND OpenSSL", false),
            ("MIT OR Apache-2.0 AND OpenSSL", true),
            ("Apache-2.0 WITH LLVM-exception OR OpenSSL", true),
            ("MIT WITH Surprise-exception", false),
            ("MIT OpenSSL", false),
            ("(MIT", false),
            ("", false),
        ] {
            assert_eq!(permitted(expression, &allowed), may, "{expression}");
        }
    }

    #[test]
    fn complains_by_name() {
        let metadata = r#"{ "packages": [
            { "name": "ours", "version": "1.0.0", "license": null, "source": null },
            { "name": "bad", "version": "2.0.0", "license": "AGPL-3.0-only",
              "source": "registry+https://github.com/rust-lang/crates.io-index" },
            { "name": "far", "version": "3.0.0", "license": "MIT",
              "source": "git+https://example.org/far" } ] }"#;
        let said = complaints(&from_cargo(metadata).unwrap(), &["MIT".to_owned()]);
        assert_eq!(
            said,
            [
                "bad 2.0.0: AGPL-3.0-only is not in deny.toml",
                "far 3.0.0 comes from git+https://example.org/far",
            ]
        );
    }

    #[test]
    fn npm_ships_what_is_not_for_development() {
        let lock = r#"{ "packages": { "": { "license": "x" },
            "node_modules/a/node_modules/@s/b": { "version": "1.2.3", "license": "MIT",
                "resolved": "https://registry.npmjs.org/@s/b/-/b-1.2.3.tgz" },
            "node_modules/vite": { "version": "8.0.0", "license": "MIT", "dev": true } } }"#;
        let shipped = from_npm(lock).unwrap();
        assert_eq!(shipped.len(), 1);
        assert_eq!(shipped[0].name, "@s/b 1.2.3");
    }
}
