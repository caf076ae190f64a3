//! Customers, their names and their owners.

#![expect(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod identity;
mod limits;
mod timeline;
mod world;
