//! Open balances and those who chase them.

#![expect(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod balance;
mod late_payments;
mod responsibility;
mod world;
