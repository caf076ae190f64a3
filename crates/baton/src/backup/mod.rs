//! The whole house in one file, and the way back 备份与恢复.
//!
//! A backup is a `tar.gz` of rows, not of database pages: one reading transaction gives one state
//! of the books while the program works on, on SQLite and on PostgreSQL alike, and what was saved
//! from one can be restored into the other. It ends with a manifest that holds the SHA-256 of every
//! member, and a note in which the log's key signs the manifest. A restore believes nothing of it:
//! names, sizes and digests are checked before anything is written, the rows are loaded into a
//! database of their own, the evidence log is computed anew; only then is anything put in place.

mod archive;
mod manifest;
mod pack;
mod plan;
mod restore;
mod rows;
mod stage;
mod trouble;

pub(crate) use manifest::{KEY, SECOND_KEY, SECOND_STATE, STATE};
pub use manifest::{LogMark, Manifest, Member, TableMark};
pub(crate) use pack::must_hold_a_log;
pub use pack::pack;
pub(crate) use restore::set_aside;
pub use restore::{Consents, Restored, restore};
pub use trouble::Trouble;
