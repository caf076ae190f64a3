//! Commitments to payloads 内容承诺.
//!
//! Names, telephone numbers and amounts never enter the tree, only HMAC-SHA-256(salt, payload).
//! The salt is 32 random bytes for each record: without it a telephone number could be guessed
//! from its hash. With payload and salt erased the proofs stay valid and say nothing.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::hash::Hash;

/// The random bytes that go with one payload.
pub type Salt = [u8; 32];

/// The commitment to `payload`.
#[must_use]
pub fn commit(salt: &Salt, payload: &[u8]) -> Hash {
    // RFC 2104: a key shorter than the 64-byte block is filled up with zeros.
    let mut key = [0; 64];
    key[..32].copy_from_slice(salt);
    let mac = Hmac::<Sha256>::new(&key.into()).chain_update(payload);
    Hash::from_bytes(mac.finalize().into_bytes().into())
}

/// Whether `commitment` was made for this payload with this salt.
#[must_use]
pub fn opens(commitment: &Hash, salt: &Salt, payload: &[u8]) -> bool {
    commit(salt, payload) == *commitment
}
