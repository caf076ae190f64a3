//! Floor 2: the tamper-evident log as pure functions 存证日志.
//!
//! What an act leaves behind is an [`entry`], one line of canonical [`json`], whose [`hash`] is a
//! leaf of a Merkle [`tree`]. The tree is stored as [`tile`]s, its head is signed as a
//! [`checkpoint`] (a [`note`]), and anyone holding a [`tlog_proof`] can check one entry without us.
//! The [`audit`] computes everything anew. Formats are those of C2SP and RFC 9162, so that other
//! people's tools verify them too. A [`witness`] sees to it that heads only grow, and a [`policy`]
//! says whose word is believed.
//!
//! [`sm`] is a second log over the same entries, for those who must show SM3 and SM2.
//!
//! What the log promises is detection, not prevention: nothing here stops somebody who holds the
//! signing key and rewrites everything, unless a head was made known outside beforehand.

pub mod audit;
pub mod checkpoint;
pub mod commitment;
pub mod cosigner;
pub mod entry;
pub mod file_digest;
pub mod hash;
pub mod items;
pub mod json;
pub mod key;
pub mod monotonic;
pub mod note;
pub mod policy;
pub mod proof;
pub mod sm;
pub mod split_view;
pub mod strict_base64;
pub mod tile;
pub mod tile_set;
pub mod tlog_proof;
pub mod tree;
pub mod verdict;
pub mod witness;
