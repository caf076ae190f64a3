//! Tests about the code itself 代码守则.
//!
//! Each module holds a few rules of the house as functions from the [`tree`] to what breaks them.
//! What the house lives with for a reason stands in `exceptions.toml`; an exception that excuses
//! nothing any more is itself an error. `tests/it` runs every rule on the real tree.

pub mod acts;
pub mod exceptions;
pub mod files;
pub mod licences;
pub mod literals;
pub mod manifests;
pub mod migrations;
pub mod modules;
pub mod ownership;
pub mod recorded;
pub mod refusals;
pub mod schemas;
pub mod sql;
pub mod tree;

/// One place that breaks one rule 违规.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The rule, as `exceptions.toml` names it.
    pub rule: &'static str,
    /// The file, relative to the root of the tree.
    pub place: String,
    /// What is wrong there, and what would be right.
    pub what: String,
}

impl Violation {
    pub(crate) fn new(rule: &'static str, place: &str, what: impl Into<String>) -> Violation {
        Violation {
            rule,
            place: place.to_owned(),
            what: what.into(),
        }
    }
}

impl std::fmt::Display for Violation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {} [{}]", self.place, self.what, self.rule)
    }
}
