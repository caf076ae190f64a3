//! What a backup says of itself 备份清单.

use kernel::Moment;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The form that this program writes and reads.
pub(super) const FORMAT: &str = "baton-backup/1";
/// The manifest stands behind all it speaks of: a backup that was cut off has none.
pub(super) const MANIFEST: &str = "manifest.json";
/// The manifest's SHA-256 under the log's key, a C2SP signed note.
pub(super) const NOTE: &str = "manifest.note";
/// The signer's memory, as it was before the rows were read.
pub(crate) use spine::LAST_SIGNED as STATE;
/// The log's private key, only when it was asked for.
pub(crate) const KEY: &str = "keys/log.key";
/// The key that seals codes and the company's signing keys, likewise.
pub(super) const SIGNING: &str = "keys/signing.key";

/// The key of the second log, likewise, where one is kept.
pub(crate) const SECOND_KEY: &str = "keys/log-sm2.key";
/// What was signed last in the second log, as it was before the rows were read.
pub(crate) const SECOND_STATE: &str = "state/checkpoint-sm.json";

/// What is in the archive, and from where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// `baton-backup/1`
    pub format: String,
    /// Version of the program that wrote it.
    pub program: String,
    /// When it was begun.
    pub made_at: Moment,
    /// Name of the company in the log.
    pub tenant: String,
    /// Business time zone.
    pub time_zone: String,
    /// `SQLite` or `PostgreSQL`
    pub database: String,
    /// Newest step of the schema.
    pub schema_version: i64,
    /// SHA-256 of the configuration in force, without the database's address, hex.
    pub config_sha256: String,
    /// The evidence log at this state of the books.
    pub log: LogMark,
    /// Whether the log's private key is inside.
    pub with_keys: bool,
    /// Every table.
    pub tables: Vec<TableMark>,
    /// Every other member of the archive, in its order.
    pub members: Vec<Member>,
}

/// The evidence log of a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogMark {
    /// Name of the log.
    pub origin: String,
    /// Its public key.
    pub key: String,
    /// Entries.
    pub size: u64,
    /// Root over them, base64.
    pub root: String,
}

/// One table of a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableMark {
    /// Its name.
    pub name: String,
    /// Its columns, in the order of the values of each row.
    pub columns: Vec<String>,
    /// How many rows.
    pub rows: u64,
    /// The sum of the rows' digests, in whatever order they stand, hex.
    pub sum: String,
}

/// One member of the archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// `books/customer/000001`
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// Hex.
    pub sha256: String,
}

/// The SHA-256 of bytes, hex.
pub(super) fn digest(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// What the log's key signs. Its first line is not the name of a log, so that it can never be taken
/// for a checkpoint.
pub(super) fn signed_text(origin: &str, manifest: &[u8]) -> String {
    format!("{FORMAT}\n{origin}\n{}\n", digest(manifest))
}
