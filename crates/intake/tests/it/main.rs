//! The intake as a whole: mappings, real files, hostile files.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]

mod drafts;
mod hostile;
mod ledger;
mod mappings;
mod pipeline;
mod real_files;
mod shared;
mod workbooks;
