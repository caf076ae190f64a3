//! Tests of the evidence log against public vectors, a second implementation and tampering.
#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

mod every_proof;
mod json;
mod ledger;
mod never_panics;
mod policies;
mod records;
mod second_opinion;
mod shared;
mod sm;
mod tampering;
mod vectors_log;
mod vectors_merkle;
mod vectors_text;
mod witnessing;
