//! Where everything lies in a bundle 存证包布局.
//!
//! BagIt (RFC 8493) outside; `domain/evidence.md` §4B inside.

/// Version of the form of bundles.
pub const VERSION: u64 = 1;

/// The tag files of BagIt.
pub const BAGIT: &str = "bagit.txt";
/// Who made it, when, how much.
pub const BAG_INFO: &str = "bag-info.txt";
/// Digests of the payload files.
pub const MANIFEST: &str = "manifest-sha256.txt";
/// Digests of the tag files.
pub const TAG_MANIFEST: &str = "tagmanifest-sha256.txt";
/// Detached CMS signature over the manifest, DER.
pub const SIGNATURE: &str = "manifest-sha256.txt.p7s";
/// RFC 3161 response over the manifest.
pub const TIMESTAMP: &str = "manifest-sha256.txt.tsr";

/// Human report, if there is one.
pub const REPORT: &str = "data/report.pdf";
/// How to check it by hand.
pub const GUIDE: &str = "data/VERIFY.md";
/// What is in it.
pub const INDEX: &str = "data/index.json";
/// The second verifier.
pub const VERIFIER: &str = "data/verifier/baton-verify.py";
/// The policy as the exporter sees it: a claim, not trust.
pub const POLICY: &str = "data/trust/policy.txt";
/// The log's public key as a verifier key.
pub const LOG_KEY: &str = "data/keys/log.vkey";
/// The same key as OpenSSL reads it.
pub const LOG_PEM: &str = "data/keys/log.pub.pem";

/// Public key of the second log (SM2), as a verifier key.
pub const SM_KEY: &str = "data/sm3/key.txt";
/// The same key as OpenSSL reads it.
pub const SM_PEM: &str = "data/sm3/key.pub.pem";

/// Signed head of the second log.
#[must_use]
pub fn sm_checkpoint(size: u64) -> String {
    format!("data/sm3/checkpoints/{size}.txt")
}

/// Proof of a record in the second log.
#[must_use]
pub fn sm_proof(index: u64) -> String {
    format!("data/sm3/proofs/{index:06}.tlog-proof")
}

/// Exact logged bytes.
#[must_use]
pub fn record(index: u64) -> String {
    format!("data/records/{index:06}.json")
}

/// What a record commits to.
#[must_use]
pub fn payload(index: u64) -> String {
    format!("data/records/{index:06}.payload.json")
}

/// The 32 bytes that go with the payload.
#[must_use]
pub fn salt(index: u64) -> String {
    format!("data/records/{index:06}.salt")
}

/// Proof of a record.
#[must_use]
pub fn proof(index: u64) -> String {
    format!("data/proofs/{index:06}.tlog-proof")
}

/// Item `n` of a bulk act: its hashed bytes.
#[must_use]
pub fn item(index: u64, n: u64) -> String {
    format!("data/records/{index:06}.item-{n:06}.json")
}

/// What an item commits to.
#[must_use]
pub fn item_payload(index: u64, n: u64) -> String {
    format!("data/records/{index:06}.item-{n:06}.payload.json")
}

/// The 32 bytes that go with an item's payload.
#[must_use]
pub fn item_salt(index: u64, n: u64) -> String {
    format!("data/records/{index:06}.item-{n:06}.salt")
}

/// Proof that an item is part of its record: one hash a line.
#[must_use]
pub fn item_proof(index: u64, n: u64) -> String {
    format!("data/proofs/{index:06}.item-{n:06}.txt")
}

/// A signed checkpoint.
#[must_use]
pub fn checkpoint(size: u64) -> String {
    format!("data/checkpoints/{size}.txt")
}

/// Proof that a checkpoint continues another.
#[must_use]
pub fn consistency(old: u64, new: u64) -> String {
    format!("data/consistency/{old}-{new}.txt")
}

/// RFC 3161 response over a checkpoint file.
#[must_use]
pub fn timestamp(size: u64) -> String {
    format!("data/timestamps/{size}.tsr")
}

/// Of which checkpoint this is the path of a response.
#[must_use]
pub fn stamped_size(path: &str) -> Option<u64> {
    let name = path.strip_prefix("data/timestamps/")?;
    let size = name.strip_suffix(".tsr")?.parse().ok()?;
    (timestamp(size) == path).then_some(size)
}

/// A document of the case.
#[must_use]
pub fn document(file: &str) -> String {
    format!("data/documents/{file}")
}

/// A key, certificate or revocation list.
#[must_use]
pub fn key(file: &str) -> String {
    format!("data/keys/{file}")
}

/// Whether a path is a further key file: verifier keys of witnesses, certificates, lists.
#[must_use]
pub fn is_key(path: &str) -> bool {
    let endings = [
        ".vkey",
        ".pub.pem",
        ".crt.pem",
        "ca.pem",
        "chain.pem",
        ".crl",
    ];
    path.strip_prefix("data/keys/").is_some_and(|file| {
        !file.contains('/') && endings.iter().any(|ending| file.ends_with(ending))
    })
}
