//! The hashes of the tree 哈希值.
//!
//! RFC 6962 section 2.1: a leaf is hashed behind the byte 0, a node behind the byte 1, so neither
//! can be shown in place of the other.

use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};
use sm3::Sm3;

use crate::{json, strict_base64};

/// A SHA-256 value; in text 44 characters of strict base 64.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash([u8; 32]);

/// The text is not 32 bytes in strict base 64.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("哈希值「{0}」无效，应为 32 字节的 Base64（44 个字符）")]
pub struct HashError(String);

impl Hash {
    /// How many bytes a hash has.
    pub const LEN: usize = 32;

    /// These 32 bytes as a hash.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Hash {
        Hash(bytes)
    }

    /// The hash in a slice of exactly 32 bytes.
    #[must_use]
    pub fn from_slice(bytes: &[u8]) -> Option<Hash> {
        bytes.try_into().ok().map(Hash)
    }

    /// The hash in a canonical JSON text.
    pub(crate) fn from_json(value: &str) -> Option<Hash> {
        json::unquoted(value)?.parse().ok()
    }

    /// The hash in a canonical JSON text, or `null`.
    pub(crate) fn from_nullable_json(value: &str) -> Option<Option<Hash>> {
        if value == "null" {
            Some(None)
        } else {
            Hash::from_json(value).map(Some)
        }
    }

    /// The 32 bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// Hash of an entry: SHA-256(0x00 || entry).
#[must_use]
pub fn leaf_hash(entry: &[u8]) -> Hash {
    Hash(
        Sha256::new()
            .chain_update([0])
            .chain_update(entry)
            .finalize()
            .into(),
    )
}

/// Hash of an inner node: SHA-256(0x01 || left || right).
#[must_use]
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    let mut block = [1; 65];
    block[1..33].copy_from_slice(&left.0);
    block[33..].copy_from_slice(&right.0);
    Hash(Sha256::digest(block).into())
}

/// Root of the tree without entries: SHA-256 of nothing.
#[must_use]
pub fn empty_root() -> Hash {
    Hash(Sha256::digest([]).into())
}

/// The function a tree is made with. Two are never mixed in one tree: a hash of the one proves
/// nothing under a root of the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TreeHash {
    /// The log of record.
    #[default]
    Sha256,
    /// The second log over the same entries ([`crate::sm`]), GB/T 32905.
    Sm3,
}

impl TreeHash {
    /// The leaf of an entry.
    #[must_use]
    pub fn leaf(self, entry: &[u8]) -> Hash {
        match self {
            TreeHash::Sha256 => leaf_hash(entry),
            TreeHash::Sm3 => Hash(
                Sm3::new()
                    .chain_update([0])
                    .chain_update(entry)
                    .finalize()
                    .into(),
            ),
        }
    }

    /// The node over two others.
    #[must_use]
    pub fn node(self, left: &Hash, right: &Hash) -> Hash {
        match self {
            TreeHash::Sha256 => node_hash(left, right),
            TreeHash::Sm3 => Hash(
                Sm3::new()
                    .chain_update([1])
                    .chain_update(left.0)
                    .chain_update(right.0)
                    .finalize()
                    .into(),
            ),
        }
    }

    /// The root of the empty tree.
    #[must_use]
    pub fn empty(self) -> Hash {
        match self {
            TreeHash::Sha256 => empty_root(),
            TreeHash::Sm3 => Hash(Sm3::digest([]).into()),
        }
    }
}

/// The hashes laid end to end, as tiles and frontiers are stored.
pub(crate) fn concatenated(hashes: &[Hash]) -> Vec<u8> {
    hashes.iter().flat_map(|hash| hash.0).collect()
}

/// The hashes of a stored run; `None` when its length is not a multiple of 32.
pub(crate) fn split(bytes: &[u8]) -> Option<Vec<Hash>> {
    let (whole, rest) = bytes.as_chunks::<32>();
    rest.is_empty()
        .then(|| whole.iter().copied().map(Hash).collect())
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&strict_base64::encode(&self.0))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Hash {
    type Err = HashError;
    fn from_str(text: &str) -> Result<Hash, HashError> {
        strict_base64::decode_32(text)
            .map(Hash)
            .ok_or_else(|| HashError(text.chars().take(60).collect()))
    }
}

impl Serialize for Hash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Hash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Hash, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(D::Error::custom)
    }
}
