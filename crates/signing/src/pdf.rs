//! Reading PDFs that strangers made, and adding to them without touching a byte PDF.
//!
//! Not a library for PDFs: exactly what signing needs. It keeps byte offsets, reads a file as it
//! was at any of its revisions, and refuses what is ambiguous instead of repairing it, since two
//! programs that repair differently show two documents under one signature. Everything is bounded
//! ([`limits`]), because the file may come from the other side of a dispute.

pub(crate) mod append;
pub(crate) mod file;
pub(crate) mod filter;
pub(crate) mod lexer;
pub(crate) mod limits;
pub(crate) mod object;
pub(crate) mod tree;
pub(crate) mod write;
pub(crate) mod xref;
