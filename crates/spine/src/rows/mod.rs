//! What every act wrote, row by row, kept beside its entry 行级留痕.
//!
//! An entry says in words what an act did. The rows it wrote are noted by the [`crate::Writer`]
//! itself, statement by statement, so that no act can forget: [`plan`] reads which table and
//! columns a statement touches, [`notes`] keeps key and values of every row, and the entry's
//! payload commits to them (`rows` in the payload; the notes are payload rows with n from
//! -1,000,000 on). The audit replays all notes ([`replay`]) and compares what must be in the tables
//! with what is ([`compare`]).

mod cell;
mod compare;
mod made;
mod notes;
mod plan;
mod replay;
mod shape;

pub(crate) use compare::one_row;
pub use compare::{Difference, RowReport, Wrong};
pub(crate) use notes::{RowNotes, Written};
pub(crate) use plan::{Plan, Verb};
pub(crate) use replay::{Replay, row_name};
pub(crate) use shape::Ledger;
pub use shape::{LeftOut, RowRules};
