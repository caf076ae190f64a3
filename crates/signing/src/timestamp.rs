//! Trusted timestamps (RFC 3161): query, answer, token 可信时间戳.
//!
//! No network here: [`query`] gives the bytes for the authority (`.tsq`, posted as
//! `application/timestamp-query`), [`Answer::read`] takes what came back (`.tsr`). So a site
//! without a line to the world carries both files by hand.

use kernel::{Moment, Refusal};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::algorithm::Hash;
use crate::asn1::{self, INTEGER, OCTETS, Reader, SEQUENCE};
use crate::certificate::{self, Certificate, NotTrusted, Purpose};
use crate::trouble::{Outcome, malformed};
use crate::{cms, oids, time};

/// The query for a timestamp over `content`: SHA-256, certificates wanted. The nonce comes from the
/// caller's dice and must be kept until the answer is there.
#[must_use]
pub fn query(content: &[u8], nonce: [u8; 8]) -> Vec<u8> {
    query_for(&Sha256::digest(content), nonce)
}

pub(crate) fn query_for(digest: &[u8], nonce: [u8; 8]) -> Vec<u8> {
    let sha256 = asn1::algorithm(oids::SHA256, true);
    let imprint = asn1::sequence(&[&sha256, &asn1::element(OCTETS, &[digest])]);
    let wanted = [0x01, 0x01, 0xff];
    asn1::sequence(&[
        &asn1::integer(&[1]),
        &imprint,
        &asn1::integer(&nonce),
        &wanted,
    ])
}

/// An answer that granted a token.
#[derive(Clone, Debug)]
pub struct Answer {
    token: Vec<u8>,
}

/// What a token says, and whether it is believed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stamp {
    /// The authority's moment.
    pub at: Moment,
    /// Name on the authority's certificate.
    pub authority: String,
    /// SHA-256 of the authority's certificate, in hex.
    pub fingerprint: String,
    /// The policy under which it was given, as a dotted number.
    pub policy: String,
    /// The token's serial number, in hex.
    pub serial: String,
    /// Whether its certificate leads to an anchor for timestamps.
    pub trusted: bool,
}

fn refused(zh: &str, en: &str) -> Refusal {
    Refusal::invalid(
        "signing.timestamp",
        format!("时间戳不能采用：{zh}"),
        format!("The timestamp is not accepted: {en}"),
    )
    .remedy((
        "请用同一请求文件（.tsq）重新向时间戳服务机构申请，或更换受信任的机构",
        "Ask the timestamp authority again with the same request file (.tsq), or choose another \
         one that is trusted",
    ))
}

impl Answer {
    /// Reads a `.tsr`.
    ///
    /// # Errors
    /// The bytes are none, or the authority refused; its own words are in the message.
    pub fn read(tsr: &[u8]) -> Result<Answer, Refusal> {
        let mut outer = asn1::only(tsr, SEQUENCE)?.inside();
        let mut status = outer.expect(SEQUENCE)?.inside();
        let code = status.small()?;
        if code > 1 {
            let words = status.optional(SEQUENCE)?.map(|texts| {
                let all = texts.inside().all().unwrap_or_default();
                let each = all.iter().map(|text| String::from_utf8_lossy(text.content));
                each.collect::<Vec<_>>().join("; ")
            });
            let words: String = words.unwrap_or_default().chars().take(200).collect();
            return Err(refused(
                &format!("机构拒绝，状态 {code}，{words}"),
                &format!("the authority refused with status {code}: {words}"),
            ));
        }
        let token = outer.expect(SEQUENCE)?.whole.to_vec();
        Ok(Answer { token })
    }

    /// The token, as it is embedded in signatures.
    #[must_use]
    pub fn token(&self) -> &[u8] {
        &self.token
    }

    /// The certificates that came with the token: the authority's own, and those above it.
    #[must_use]
    pub fn certificates(&self) -> Vec<Certificate> {
        cms::read(&self.token).map_or(Vec::new(), |signed| signed.certificates)
    }

    /// Checks the answer against what was asked.
    ///
    /// # Errors
    /// Another content, another nonce, a broken signature, or a certificate that is not for
    /// timestamps. An unknown authority is not an error: the stamp says `trusted: false`.
    pub fn check(
        &self,
        content: &[u8],
        nonce: Option<[u8; 8]>,
        trust: &Trust,
    ) -> Result<Stamp, Refusal> {
        check_token(&self.token, &[content], nonce, trust, &[])
    }
}

/// Whom to believe, and what time it is. Always from outside of what is checked.
#[derive(Clone, Debug)]
pub struct Trust {
    /// Certificates of the authorities (or of the signers themselves) that are believed.
    pub anchors: Vec<Certificate>,
    /// Certificates of the authorities believed for timestamps.
    pub timestamp_anchors: Vec<Certificate>,
    /// The moment of the check.
    pub now: Moment,
}

impl Trust {
    /// Nobody is believed.
    #[must_use]
    pub fn nobody(now: Moment) -> Trust {
        Trust {
            anchors: Vec::new(),
            timestamp_anchors: Vec::new(),
            now,
        }
    }
}

struct Info<'a> {
    policy: String,
    hash: Hash,
    imprint: &'a [u8],
    serial: &'a [u8],
    at: Moment,
    nonce: Option<&'a [u8]>,
}

fn read_info(bytes: &[u8]) -> Outcome<Info<'_>> {
    let mut info = asn1::only(bytes, SEQUENCE)?.inside();
    info.small()?;
    let policy = info.oid()?.to_string();
    let mut imprint = info.expect(SEQUENCE)?.inside();
    let hash = Hash::by(imprint.expect(SEQUENCE)?.inside().oid()?)?;
    let imprint = imprint.expect(OCTETS)?.content;
    let serial = info.expect(INTEGER)?.content;
    let at = time::read_generalized(info.expect(asn1::TIME)?.content)
        .ok_or_else(|| malformed("时间戳时间", "the time of a timestamp"))?;
    info.optional(SEQUENCE)?;
    info.optional(0x01)?;
    let nonce = info.optional(INTEGER)?.map(|nonce| nonce.content);
    Ok(Info {
        policy,
        hash,
        imprint,
        serial,
        at,
        nonce,
    })
}

/// Checks a token over content made of parts; `pool` may help to find the chain.
pub(crate) fn check_token(
    token: &[u8],
    content: &[&[u8]],
    nonce: Option<[u8; 8]>,
    trust: &Trust,
    pool: &[Certificate],
) -> Outcome<Stamp> {
    let signed = cms::read(token)?;
    let bytes = signed.content.filter(|_| signed.kind == oids::TST_INFO);
    let bytes = bytes.ok_or_else(|| malformed("时间戳", "a timestamp"))?;
    let info = read_info(bytes)?;
    let signer = signed
        .check(&[bytes])
        .map_err(|_| refused("机构签名无效", "the authority's signature is not valid"))?;
    if info.imprint != info.hash.of(content) {
        return Err(refused("不是对该内容签发", "it is over other content"));
    }
    if let Some(nonce) = nonce {
        let asked = asn1::integer(&nonce);
        let asked = Reader(&asked).expect(INTEGER)?.content;
        if info.nonce != Some(asked) {
            return Err(refused("随机数与请求不符", "the nonce is another"));
        }
    }
    let mut pool = pool.to_vec();
    pool.extend(signed.certificates.iter().cloned());
    // The authority's certificate must have been valid when it stamped, not when we look.
    let anchors = &trust.timestamp_anchors;
    let chain = certificate::chain(signer, &pool, anchors, info.at, Purpose::Timestamps);
    if chain == Err(NotTrusted::WrongPurpose) {
        return Err(refused(
            "证书不是时间戳专用证书",
            "the certificate is not for timestamps alone",
        ));
    }
    Ok(Stamp {
        at: info.at,
        authority: signer.holder(),
        fingerprint: signer.fingerprint(),
        policy: info.policy,
        serial: hex::encode(info.serial),
        // A stamp from the future is no proof of anything.
        trusted: chain.is_ok() && info.at <= trust.now.plus_seconds(300),
    })
}
