//! The whole house from the outside, on every database at hand.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may fall over")]

mod approval;
