//! Evidence bundles of departures and of statements: made, examined, recorded, handed out 存证包.
//!
//! Tables: `bundle`, `bundle_statement`, append-only.
//!
//! What a bundle is and what it is worth says the crate `bundle`. Here its material is read from
//! the books ([`gather`]), laid out and examined by the house's own verifier ([`make`]) before
//! the act [`acts::export`] records who handed out what to whom and why.

pub mod acts;
pub mod api;
mod gather;
mod make;
mod report;
mod statement;
mod statement_api;
pub(crate) mod store;
mod view;

use std::collections::BTreeSet;

use kernel::DocumentId;
use serde::{Deserialize, Serialize};

/// What goes along and what is shown; the default discloses as little as the proof allows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disclosure {
    /// Indexes of records whose content is shown although they speak of others too.
    pub show: BTreeSet<u64>,
    /// Indexes of records whose content is kept back.
    pub withhold: BTreeSet<u64>,
    /// Whether the customers of executed handovers go along, each with his own item.
    pub customers: bool,
    /// The documents that go along.
    pub documents: BTreeSet<DocumentId>,
}

/// What a bundle holds, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// Records.
    pub records: u64,
    /// Records whose content is shown.
    pub shown: u64,
    /// Records whose content is kept back.
    pub withheld: u64,
    /// Records whose content was erased on lawful demand.
    pub erased: u64,
    /// Items of bulk acts, one a customer.
    pub items: u64,
    /// Documents.
    pub documents: u64,
    /// Entries under the checkpoint that all proofs lead to.
    pub checkpoint: u64,
    /// Whether enough witnesses have signed that checkpoint.
    pub witnessed: bool,
    /// Whether the company signed the list of files.
    #[serde(default)]
    pub signed: bool,
    /// Whether a timestamp authority stamped it.
    #[serde(default)]
    pub stamped: bool,
    /// Rows of the books that were not what acts had written, when they were audited before.
    #[serde(default)]
    pub differences: u64,
}
