//! A table that is proved, with its version and its days 发布.

use kernel::{Period, Refusal};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use crate::cell::Commas;
use crate::decide::Decision;
use crate::explain::Story;
use crate::facts::Facts;
use crate::grid::Grid;
use crate::index::Index;
use crate::problem::refusal;
use crate::report::report_on;
use crate::table::Table;

/// A table that has passed every check. The only way to get one is [`publish`].
#[derive(Clone, Debug)]
pub struct Published {
    index: Index,
    version: u32,
    valid: Period,
    digest: String,
}

/// Lets a table through when every cell is understood, nothing is forgotten or said twice where
/// the policy forbids it, no row is dead, and every example comes out.
///
/// # Errors
/// The first thing that is wrong in words, all of them at their cells.
pub fn publish(table: &Table, version: u32, valid: Period) -> Result<Published, Refusal> {
    let grid = Grid::read(table, Commas::Doubted).map_err(|problems| refusal(&problems))?;
    if valid.is_empty() {
        return Err(Refusal::invalid(
            "rules.no_days",
            "生效期间里没有任何一天",
            "There is no day in the period",
        )
        .remedy((
            "失效日应晚于生效日",
            "The last day should be after the first",
        )));
    }
    let index = Index::of(grid);
    let report = report_on(&index);
    if !report.publishable {
        return Err(report.refusal());
    }
    let digest = digest(index.grid().table());
    Ok(Published {
        index,
        version,
        valid,
        digest,
    })
}

impl Published {
    /// The table, each cell in its one way of writing.
    #[must_use]
    pub fn table(&self) -> &Table {
        self.index.grid().table()
    }

    /// Its number among the versions of its key.
    #[must_use]
    pub fn version(&self) -> u32 {
        self.version
    }

    /// The business days it holds for.
    #[must_use]
    pub fn valid(&self) -> Period {
        self.valid
    }

    /// SHA-256 over its canonical JSON, in hex: two tables with one digest say the same.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// The table made ready.
    #[must_use]
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// Decides.
    ///
    /// # Errors
    /// As [`Index::decide`]; for a proved table only what depends on the facts: a value that is
    /// not allowed, a calculation without result.
    pub fn decide(&self, facts: &Facts) -> Result<Decision, Refusal> {
        self.index.decide(facts)
    }

    /// Tells why.
    #[must_use]
    pub fn explain(&self, facts: &Facts, decision: &Decision) -> Story {
        self.index.explain(facts, decision)
    }
}

/// SHA-256 of a canonical table, in hex.
fn digest(table: &Table) -> String {
    // A table is strings, lists and maps with string keys, which always serialise.
    let json = serde_json::to_value(table).unwrap_or_default();
    let mut text = String::new();
    write_sorted(&json, &mut text);
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(text.as_bytes()) {
        for half in [byte >> 4, byte & 15] {
            hex.push(char::from_digit(u32::from(half), 16).unwrap_or('0'));
        }
    }
    hex
}

/// JSON without spaces, keys in the order of their code points, whatever order the library keeps.
fn write_sorted(json: &Json, text: &mut String) {
    match json {
        Json::Object(map) => {
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_by_key(|(key, _)| key.as_str());
            text.push('{');
            for (n, (key, value)) in entries.into_iter().enumerate() {
                text.push_str(if n == 0 { "" } else { "," });
                text.push_str(&Json::from(key.as_str()).to_string());
                text.push(':');
                write_sorted(value, text);
            }
            text.push('}');
        }
        Json::Array(items) => {
            text.push('[');
            for (n, item) in items.iter().enumerate() {
                text.push_str(if n == 0 { "" } else { "," });
                write_sorted(item, text);
            }
            text.push(']');
        }
        other => text.push_str(&other.to_string()),
    }
}
