//! Stories about the whole house, told on both databases.
//!
//! A story is an async function that takes a [`harness::World`]; `story!(name)` runs it on SQLite
//! and, when `BATON_TEST_POSTGRES` holds the address of a PostgreSQL server on which databases may
//! be made, on PostgreSQL too.

#[cfg(test)]
#[macro_use]
mod harness;

#[cfg(test)]
mod alert;
#[cfg(test)]
mod apart;
#[cfg(test)]
mod approval;
#[cfg(test)]
mod audits;
#[cfg(test)]
mod away;
#[cfg(test)]
mod backup;
#[cfg(test)]
mod books;
#[cfg(test)]
mod bundle;
#[cfg(test)]
mod commission;
#[cfg(test)]
mod confirming;
#[cfg(test)]
mod console;
#[cfg(test)]
mod credit;
#[cfg(test)]
mod customer;
#[cfg(test)]
mod damaged;
#[cfg(test)]
mod demo;
#[cfg(test)]
mod departure;
#[cfg(test)]
mod desk;
#[cfg(test)]
mod document;
#[cfg(test)]
mod erasure;
#[cfg(test)]
mod exit;
#[cfg(test)]
mod forecast;
#[cfg(test)]
mod gated;
#[cfg(test)]
mod handed_on;
#[cfg(test)]
mod handover;
#[cfg(test)]
mod import;
#[cfg(test)]
mod job;
#[cfg(test)]
mod many_papers;
#[cfg(test)]
mod meanwhile;
#[cfg(test)]
mod merges;
#[cfg(test)]
mod migrated;
#[cfg(test)]
mod numbers;
#[cfg(test)]
mod objections;
#[cfg(test)]
mod overpaid;
#[cfg(test)]
mod own_terms;
#[cfg(test)]
mod papers;
#[cfg(test)]
mod passed_on;
#[cfg(test)]
mod paying;
#[cfg(test)]
mod payroll;
#[cfg(test)]
mod people;
#[cfg(test)]
mod people_kept;
#[cfg(test)]
mod plans;
#[cfg(test)]
mod plans_tables;
#[cfg(test)]
mod receivable;
#[cfg(test)]
mod rules;
#[cfg(test)]
mod scope;
#[cfg(test)]
mod session;
#[cfg(test)]
mod signatures;
#[cfg(test)]
mod signing;
#[cfg(test)]
mod sm;
#[cfg(test)]
mod statement;
#[cfg(test)]
mod sweep;
#[cfg(test)]
mod taking;
#[cfg(test)]
mod timestamp;
#[cfg(test)]
mod tsa;
#[cfg(test)]
mod withdrawing;
#[cfg(test)]
mod witness;
