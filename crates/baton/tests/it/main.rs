//! Stories about the whole house, told on both databases.
//!
//! A story is an async function that takes a [`harness::World`]; `story!(name)` runs it on SQLite
//! and, when `BATON_TEST_POSTGRES` holds the address of a PostgreSQL server on which databases may
//! be made, on PostgreSQL too.

#[macro_use]
mod harness;

mod customer;
mod import;
mod people;
mod receivable;
