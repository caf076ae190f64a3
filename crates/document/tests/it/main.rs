//! Documents as people get them.

#![expect(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod hostile;
mod printing;
mod whole;
