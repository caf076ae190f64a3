//! Floor 3: evidence bundles 存证包.
//!
//! A bundle is a folder, zipped, that a lawyer or the salesperson himself checks without us: some
//! records of the log, their proofs, the checkpoints they lead to, and the documents they speak
//! of. [`draft`] makes one out of a [`case`], [`examine`] says what one is worth. The same rules
//! stand a second time in `verifier/baton-verify.py`, written apart from these, and tests hold the
//! two together.
//!
//! What is in a bundle proves nothing about whose it is: keys and policy in it are a claim. Trust
//! comes from outside ([`examine::Trust`]).

pub mod archive;
pub mod bag;
pub mod case;
mod chain;
pub mod choice;
pub mod draft;
pub mod examine;
pub mod finding;
pub mod guide;
pub mod index;
pub mod layout;
pub mod receipt;

/// The second verifier: one file, Python's standard library alone, no code of ours.
pub const SECOND_VERIFIER: &str = include_str!("../verifier/baton-verify.py");
