//! Stories of signing, tampering and checking, against our own verifier and against strangers'.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]

mod ceremony;
mod hostile;
mod keys;
mod people;
mod pkcs12;
mod remote;
mod signatures;
mod stamps;
mod strangers;
mod tampering;
