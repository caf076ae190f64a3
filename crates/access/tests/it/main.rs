//! The permission engine against tables and against random organisations.

#![expect(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod organisations;
mod table;
mod world;
