//! Bundles: made, checked by two verifiers, damaged in every way we could think of.
#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

mod browser;
mod by_hand;
mod company;
mod damage;
mod flips;
mod hostile;
mod making;
mod purposes;
mod seals;
mod second;
mod signed;
mod sm;
mod tampering;
mod vectors;
