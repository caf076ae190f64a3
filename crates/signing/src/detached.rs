//! Signatures that lie beside a file, checked: `.p7s` 文件外签名.
//!
//! Made by [`crate::sign::detached_to_sign`]; `openssl cms -verify -binary -inform DER` reads them.

use kernel::{Moment, Refusal};
use serde::Serialize;

use crate::certificate::{self, Purpose};
use crate::cms::{self, Broken};
use crate::oids;
use crate::timestamp::{self, Stamp, Trust};
use crate::trouble::malformed;

/// What a signature that holds says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Detached {
    /// Whom the certificate names.
    pub holder: String,
    /// Who issued it.
    pub issuer: String,
    /// SHA-256 of the certificate, hex.
    pub fingerprint: String,
    /// Whether it leads to an anchor for signers, and was good when it signed.
    pub trusted: bool,
    /// The timestamp over the signature, where there is one that holds.
    pub stamp: Option<Stamp>,
}

/// Checks a detached message over `content`. `proven` is a moment at which it is known to have
/// existed, if there is one; else its own timestamp counts, else the moment of the check.
///
/// # Errors
/// It is no such message, is over other content, or is not by the key of its certificate. An
/// unknown signer is no error: `trusted` is false.
pub fn check(
    message: &[u8],
    content: &[u8],
    proven: Option<Moment>,
    trust: &Trust,
) -> Result<Detached, Refusal> {
    let signed = cms::read(message)?;
    if signed.kind != oids::DATA || signed.content.is_some() {
        return Err(malformed("文件外签名（.p7s）", "a detached signature"));
    }
    let signer = signed.check(&[content]).map_err(broken)?;
    let pool = &signed.certificates;
    // A stamp that is wrong says nothing; the signature may still stand without.
    let stamp = signed.token.and_then(|token| {
        let over = [signed.signature];
        timestamp::check_token(token, &over, None, trust, pool).ok()
    });
    let own = stamp.as_ref().filter(|stamp| stamp.trusted);
    let at = proven.or(own.map(|stamp| stamp.at)).unwrap_or(trust.now);
    let chain = certificate::chain(signer, pool, &trust.anchors, at, Purpose::Signing);
    Ok(Detached {
        holder: signer.holder(),
        issuer: signer.issuer(),
        fingerprint: signer.fingerprint(),
        trusted: chain.is_ok(),
        stamp,
    })
}

fn broken(why: Broken) -> Refusal {
    let (zh, en) = match why {
        Broken::Content => ("不是对该文件签署，或文件被改动", "it is over other content"),
        Broken::Signature => ("与证书不符", "it is not by the key of its certificate"),
        Broken::Certificate => ("所指证书不在其中", "its certificate is missing or another"),
        Broken::Attributes => (
            "签名属性缺失或有误",
            "a signed attribute is missing or wrong",
        ),
    };
    Refusal::invalid(
        "signing.detached",
        format!("文件外签名无效：{zh}"),
        format!("The detached signature does not hold: {en}"),
    )
    .remedy((
        "请向出具方索取原件",
        "Ask whoever issued it for the original",
    ))
}
