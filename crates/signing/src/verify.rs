//! Says of every signature in a PDF whether it stands, and what was added after it 验签.
//!
//! Strict on purpose: a file that two readers might show differently is refused, and after a
//! signature only three kinds of additions are allowed: further signatures, timestamps, and data
//! for checking them ([`changes`]). Whom to trust comes from outside ([`Trust`]), never from the
//! file.

mod changes;
mod one;

use std::ops::Range;

use kernel::{Moment, Refusal};
use serde::Serialize;

use crate::pdf::file::Pdf;
use crate::pdf::object::{Dict, Object};
use crate::pdf::{limits, tree};
use crate::revocation::Revocation;
use crate::timestamp::{Stamp, Trust};
use crate::trouble::{Outcome, too_much};
use crate::validation;

/// What is said of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Its signatures and document timestamps, in the order in which they were made.
    pub signatures: Vec<SignatureReport>,
    /// Whether there is a signature, and every one of them stands.
    pub valid: bool,
}

/// What is said of one signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SignatureReport {
    /// Name of the field.
    pub field: String,
    /// Whether it signs or stamps.
    pub kind: SignatureKind,
    /// Whether it stands.
    pub state: State,
    /// The names in the signature dictionary. Anybody may write anything there.
    pub claimed: Claimed,
    /// The certificate that signed, once the bytes of the signature could be read.
    pub certificate: Option<CertificateReport>,
    /// The timestamp over this signature.
    pub timestamp: Option<Stamp>,
    /// What lists and answers at hand say of the certificates.
    pub revocation: Revocation,
    /// Up to where it reaches.
    pub coverage: Coverage,
    /// What was added after it.
    pub later: Vec<Change>,
    /// How long it will be checkable: the PAdES level reached.
    pub level: Level,
}

/// What a signature says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Claimed {
    /// Name.
    pub name: String,
    /// Reason.
    pub reason: String,
    /// Place.
    pub place: String,
    /// Moment.
    pub at: Option<Moment>,
}

/// Whose certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CertificateReport {
    /// Whom it names.
    pub holder: String,
    /// Who issued it.
    pub issuer: String,
    /// SHA-256 in hex.
    pub fingerprint: String,
    /// Serial number in hex.
    pub serial: String,
}

/// Signature or timestamp.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SignatureKind {
    /// Somebody signed.
    Signature,
    /// An authority stamped the document.
    DocumentTimestamp,
}

/// Whether a signature stands, and if not, why. The first reason that applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It stands.
    Valid,
    /// Signed bytes are not what they were.
    ChangedAfterSigning,
    /// Something was added afterwards that signatures do not allow.
    ForbiddenAddition,
    /// The signature is not by the key of its certificate.
    WrongSignature,
    /// Its bytes or its place in the file are not what they should be.
    Malformed,
    /// Nobody we trust vouches for the certificate.
    UnknownCertificate,
    /// The certificate was not valid at the time.
    CertificateNotValidThen,
    /// The certificate is for something else.
    CertificateForSomethingElse,
    /// The certificate had been revoked.
    Revoked,
}

impl State {
    /// In Chinese.
    #[must_use]
    pub fn zh(self) -> &'static str {
        match self {
            State::Valid => "有效",
            State::ChangedAfterSigning => "签署后内容被改动",
            State::ForbiddenAddition => "签署后追加了不允许的内容",
            State::WrongSignature => "签名与证书不符",
            State::Malformed => "签名数据损坏",
            State::UnknownCertificate => "证书不受信任",
            State::CertificateNotValidThen => "签署时证书不在有效期内",
            State::CertificateForSomethingElse => "证书用途不符",
            State::Revoked => "证书已被吊销",
        }
    }

    /// In English.
    #[must_use]
    pub fn en(self) -> &'static str {
        match self {
            State::Valid => "valid",
            State::ChangedAfterSigning => "changed after signing",
            State::ForbiddenAddition => "something was added that signatures do not allow",
            State::WrongSignature => "the signature does not fit the certificate",
            State::Malformed => "the signature is malformed",
            State::UnknownCertificate => "the certificate is not trusted",
            State::CertificateNotValidThen => "the certificate was not valid then",
            State::CertificateForSomethingElse => "the certificate is for something else",
            State::Revoked => "the certificate was revoked",
        }
    }
}

/// Up to where a signature reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Coverage {
    /// The whole file.
    WholeFile,
    /// The file as it was when so many bytes had been written.
    UpTo(usize),
    /// The bytes it names are no revision of this file.
    Nothing,
}

/// PAdES baseline levels, as reached by what is in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Level {
    /// A signature.
    #[serde(rename = "B-B")]
    B,
    /// With a trusted timestamp.
    #[serde(rename = "B-T")]
    T,
    /// With everything needed to check its certificates.
    #[serde(rename = "B-LT")]
    LT,
    /// With a timestamp over all that.
    #[serde(rename = "B-LTA")]
    LTA,
}

/// One thing that was added after a signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Change {
    /// A signature field, with a signature or waiting for one.
    SignatureAdded {
        /// Its name.
        field: String,
        /// Page from 1, where it can be seen, and its rectangle as written.
        seen: Option<(usize, String)>,
    },
    /// A timestamp over the whole document.
    TimestampAdded {
        /// Its field.
        field: String,
    },
    /// A field that waited was signed.
    FieldSigned {
        /// Its name.
        field: String,
    },
    /// Certificates, lists and answers.
    ValidationDataAdded,
    /// Anything else.
    Forbidden {
        /// Number of the object.
        object: u32,
        /// What, in Chinese.
        zh: String,
        /// What, in English.
        en: String,
    },
}

impl Change {
    /// Whether signatures allow it.
    #[must_use]
    pub fn is_allowed(&self) -> bool {
        !matches!(self, Change::Forbidden { .. })
    }
}

/// Checks a document.
///
/// # Errors
/// The file cannot be read without guessing, or asks for more than it may.
pub fn verify(pdf: &[u8], trust: &Trust) -> Result<Report, Refusal> {
    let file = Pdf::open(pdf)?;
    let fields: Vec<_> = tree::signature_fields(&file)?
        .into_iter()
        .filter(|field| {
            field
                .dict
                .get("V")
                .is_some_and(|value| *value != Object::Null)
        })
        .collect();
    // Each signature reads its own revision of the file.
    let work = pdf.len().saturating_mul(fields.len());
    if fields.len() > limits::SIGNATURES || work > limits::WORK {
        return Err(too_much("签名过多", "too many signatures"));
    }
    let data = validation::read(&file)?;
    let mut found = Vec::new();
    for field in &fields {
        found.push(one::look(&file, field, trust, &data)?);
    }
    found.sort_by_key(one::Look::end);
    let stamps: Vec<(usize, Moment)> = found.iter().filter_map(one::Look::proves).collect();
    let signatures: Vec<_> = found
        .into_iter()
        .map(|look| look.report(trust, &data, &stamps))
        .collect();
    let valid = signatures.iter().all(|one| one.state == State::Valid)
        && signatures
            .iter()
            .any(|one| one.kind == SignatureKind::Signature);
    Ok(Report { signatures, valid })
}

/// The two ranges a signature covers: from the beginning to the gap, from the gap onward.
pub(crate) fn byte_range(dict: &Dict, length: usize) -> Option<[Range<usize>; 2]> {
    let values = dict.get("ByteRange")?.array()?;
    let number = |value: &Object| match value {
        Object::Int(value) => usize::try_from(*value).ok(),
        _ => None,
    };
    let numbers: Option<Vec<usize>> = values.iter().map(number).collect();
    let [0, first, second, rest] = numbers?[..] else {
        return None;
    };
    let end = second.checked_add(rest)?;
    (first < second && end <= length).then_some([0..first, second..end])
}

/// What a certifying signature allows (DocMDP): 1 nothing, 2 signatures, 3 also annotations.
pub(crate) fn permission(pdf: &Pdf<'_>) -> Outcome<Option<i64>> {
    let permissions = pdf.dict(pdf.catalog()?.get("Perms"))?;
    let Some(certifying) = permissions.and_then(|dict| dict.get("DocMDP").cloned()) else {
        return Ok(None);
    };
    let signature = pdf.dict(Some(&certifying))?.unwrap_or_default();
    let references = pdf.follow(signature.get("Reference"))?;
    for reference in references.array().unwrap_or_default() {
        let reference = pdf.dict(Some(reference))?.unwrap_or_default();
        if reference.is("TransformMethod", "DocMDP") {
            let parameters = pdf
                .dict(reference.get("TransformParams"))?
                .unwrap_or_default();
            return Ok(Some(parameters.int("P").unwrap_or(2)));
        }
    }
    Ok(None)
}
