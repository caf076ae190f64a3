//! The company's own timestamp service (RFC 3161) 自建时间戳服务.
//!
//! For sites without a line to the world, on another machine under another administrator: it then
//! says when with the weight of that separation, no more. In court a recognised service is better;
//! both speak the same protocol.

use kernel::{Moment, Refusal};

use crate::asn1::{self, INTEGER, OCTETS, SEQUENCE};
use crate::signer::{Signer, ToSign};
use crate::trouble::malformed;
use crate::{cms, oids, time};

/// Policy under which it stamps: no policy of anybody else's, an arc for private use.
const POLICY: der::asn1::ObjectIdentifier =
    der::asn1::ObjectIdentifier::new_unwrap("1.3.6.1.4.1.32473.1.1");

/// The answer (`.tsr`) to a query (`.tsq`). `signer` has a certificate for timestamps alone;
/// `serial` is never used twice; `at` is the clock of the service.
///
/// # Errors
/// The query is not one for SHA-256, or the key fails.
pub fn answer(
    query: &[u8],
    signer: &dyn Signer,
    at: Moment,
    serial: [u8; 16],
    dice: [u8; 32],
) -> Result<Vec<u8>, Refusal> {
    let wrong = || malformed("时间戳请求", "a timestamp query");
    let mut asked = asn1::only(query, SEQUENCE)?.inside();
    if asked.small()? != 1 {
        return Err(wrong());
    }
    let imprint = asked.expect(SEQUENCE)?;
    let mut inside = imprint.inside();
    let hash = inside.expect(SEQUENCE)?.inside().oid()?;
    if hash != oids::SHA256 || inside.expect(OCTETS)?.content.len() != 32 {
        return Err(wrong());
    }
    asked.optional(asn1::OID)?;
    let nonce = asked.optional(INTEGER)?.map(|nonce| nonce.whole);
    let certificates = asked
        .optional(0x01)?
        .is_some_and(|wanted| wanted.content == [0xff]);
    let chain = if certificates { signer.chain() } else { &[] };
    let info = asn1::sequence(&[
        &asn1::integer(&[1]),
        &asn1::oid(POLICY),
        imprint.whole,
        &asn1::integer(&serial),
        &time::write_generalized(at),
        nonce.unwrap_or_default(),
    ]);
    let first = signer.chain().first().ok_or_else(wrong)?;
    let digest = crate::algorithm::Hash::Sha256.of(&[&info]);
    let attributes = cms::attributes(oids::TST_INFO, &digest, first.der());
    let what = ToSign {
        algorithm: first.key()?.algorithm()?,
        digest: crate::ceremony::record::Sha256Digest::of(&attributes).0,
        message: attributes,
    };
    let signature = signer.sign(&what, dice)?;
    let token = cms::write(&cms::Message {
        kind: oids::TST_INFO,
        content: Some(&info),
        signer: first,
        certificates: chain,
        algorithm: what.algorithm,
        attributes: &what.message,
        signature: &signature,
        token: None,
    })?;
    let granted = asn1::sequence(&[&asn1::integer(&[0])]);
    Ok(asn1::sequence(&[&granted, &token]))
}
