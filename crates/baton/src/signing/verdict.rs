//! What the verifier says of the signatures inside a document 验签结论.

use ::signing::certificate::Certificate;
use ::signing::timestamp::Trust;
use ::signing::verify::{Change, Coverage, SignatureReport, verify};
use kernel::{Moment, Refusal};
use serde::Serialize;
use utoipa::ToSchema;

use super::store::AuthorityLine;

/// The verdict on one signature.
#[derive(Serialize, ToSchema)]
pub(crate) struct SignatureVerdict {
    /// `signature`, or `document_timestamp`: an authority stamped the whole document.
    kind: String,
    /// Whom the certificate names.
    holder: String,
    issuer: String,
    /// SHA-256 of the certificate, hex.
    fingerprint: String,
    /// The reason that stands in the signature.
    reason: String,
    /// The moment that stands in the signature: a claim of whoever signed.
    #[schema(value_type = Option<String>)]
    at: Option<Moment>,
    /// `valid`, `changed_after_signing`, …
    state: String,
    zh: String,
    en: String,
    /// Whether it reaches to the end of the file.
    covers_all: bool,
    /// What was added after it: how many signatures and timestamps over the whole document.
    added_later: usize,
    /// What was added after it and is not allowed, in Chinese.
    forbidden: Vec<String>,
    /// The same in English.
    forbidden_en: Vec<String>,
    /// PAdES level: `B-B`, `B-T`, …
    level: String,
    /// What a believed timestamp authority says of the moment.
    #[schema(value_type = Option<String>, format = DateTime)]
    stamped_at: Option<Moment>,
    /// Which authority.
    stamped_by: Option<String>,
}

/// The verdict on a document, with the company's authority and the configured timestamp
/// authorities as the only ones believed.
#[derive(Serialize, ToSchema)]
pub(crate) struct SigningVerdict {
    /// Whether there are signatures and every one of them stands.
    valid: bool,
    signatures: Vec<SignatureVerdict>,
    #[schema(value_type = String)]
    checked_at: Moment,
}

/// Checks a document that has signatures inside.
///
/// # Errors
/// The file cannot be read without guessing.
pub(super) fn verdict(
    bytes: &[u8],
    authorities: &[AuthorityLine],
    clocks: &[Certificate],
    now: Moment,
) -> Result<SigningVerdict, Refusal> {
    let anchors = authorities.iter();
    let anchors = anchors.map(|one| Certificate::read(&one.certificate));
    let trust = Trust {
        anchors: anchors.collect::<Result<_, _>>()?,
        timestamp_anchors: clocks.to_vec(),
        now,
    };
    let report = verify(bytes, &trust)?;
    Ok(SigningVerdict {
        valid: report.valid,
        signatures: report
            .signatures
            .into_iter()
            .map(SignatureVerdict::of)
            .collect(),
        checked_at: now,
    })
}

/// No signature is inside: everything is signed in other ways.
pub(super) fn nothing_inside(now: Moment) -> SigningVerdict {
    SigningVerdict {
        valid: false,
        signatures: Vec::new(),
        checked_at: now,
    }
}

/// Data for later years is no signature.
fn is_signature(change: &&Change) -> bool {
    change.is_allowed() && **change != Change::ValidationDataAdded
}

impl SignatureVerdict {
    fn of(report: SignatureReport) -> SignatureVerdict {
        let certificate = report.certificate;
        let named = |pick: fn(&::signing::verify::CertificateReport) -> &String| {
            certificate.as_ref().map(pick).cloned().unwrap_or_default()
        };
        let forbidden = report.later.iter().filter_map(|change| match change {
            Change::Forbidden { zh, en, .. } => Some((zh.clone(), en.clone())),
            _ => None,
        });
        let (forbidden, forbidden_en) = forbidden.unzip();
        let stamp = report.timestamp.filter(|stamp| stamp.trusted);
        SignatureVerdict {
            kind: crate::word::of(&report.kind).unwrap_or_default(),
            stamped_at: stamp.as_ref().map(|stamp| stamp.at),
            stamped_by: stamp.map(|stamp| stamp.authority),
            holder: named(|one| &one.holder),
            issuer: named(|one| &one.issuer),
            fingerprint: named(|one| &one.fingerprint),
            reason: report.claimed.reason,
            at: report.claimed.at,
            state: crate::word::of(&report.state).unwrap_or_default(),
            zh: report.state.zh().to_owned(),
            en: report.state.en().to_owned(),
            covers_all: report.coverage == Coverage::WholeFile,
            added_later: report.later.iter().filter(is_signature).count(),
            forbidden,
            forbidden_en,
            level: crate::word::of(&report.level).unwrap_or_default(),
        }
    }
}
