//! Whether a certificate was revoked: lists and answers that travel with the document 吊销状态.

use der::Decode;
use kernel::Moment;
use serde::Serialize;
use x509_cert::crl::CertificateList;

use crate::algorithm::{Hash, hash_of, is_signed_by};
use crate::asn1::{self, CONTEXT, INTEGER, OCTETS, SEQUENCE};
use crate::certificate::{Certificate, Purpose};
use crate::oids;
use crate::time;
use crate::trouble::{Outcome, malformed};

/// What the lists and answers at hand say of one certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Revocation {
    /// A list or answer by its issuer says that it stands.
    Good,
    /// Revoked from this moment on.
    Revoked(Moment),
    /// Nothing at hand speaks of it.
    Unknown,
}

/// Asks everything at hand about a certificate of this issuer. Only what was still current at
/// `at`, or made later, counts.
pub(crate) fn status(
    certificate: &Certificate,
    issuer: &Certificate,
    at: Moment,
    lists: &[Vec<u8>],
    answers: &[Vec<u8>],
) -> Revocation {
    let from_lists = lists
        .iter()
        .map(|list| by_list(certificate, issuer, at, list));
    let from_answers = answers
        .iter()
        .map(|one| by_answer(certificate, issuer, at, one));
    let mut found = Revocation::Unknown;
    for said in from_lists.chain(from_answers) {
        match (said.unwrap_or(Revocation::Unknown), found) {
            // The earliest revocation wins over everything.
            (Revocation::Revoked(one), Revocation::Revoked(other)) => {
                found = Revocation::Revoked(one.min(other));
            }
            (Revocation::Revoked(one), _) => found = Revocation::Revoked(one),
            (Revocation::Good, Revocation::Unknown) => found = Revocation::Good,
            _ => {}
        }
    }
    found
}

fn by_list(
    certificate: &Certificate,
    issuer: &Certificate,
    at: Moment,
    list: &[u8],
) -> Outcome<Revocation> {
    let parsed: CertificateList =
        CertificateList::from_der(list).map_err(|_| malformed("吊销列表", "a CRL"))?;
    let mut content = asn1::only(list, SEQUENCE)?
        .inside()
        .expect(SEQUENCE)?
        .inside();
    content.optional(INTEGER)?;
    content.expect(SEQUENCE)?;
    let named = content.expect(SEQUENCE)?.whole;
    let critical = |extensions: &Option<x509_cert::ext::Extensions>| {
        extensions.iter().flatten().any(|one| one.critical)
    };
    let tbs = &parsed.tbs_cert_list;
    // A list with critical extensions may be one of parts, which says nothing of the others.
    if named != issuer.subject_raw()
        || certificate.issuer_raw() != named
        || critical(&tbs.crl_extensions)
        || !is_signed_by(list, &issuer.key()?)?
    {
        return Ok(Revocation::Unknown);
    }
    let moment = |time: x509_cert::time::Time| {
        Moment(i64::try_from(time.to_unix_duration().as_millis()).unwrap_or(i64::MAX))
    };
    let revoked = tbs.revoked_certificates.iter().flatten();
    let own = asn1::integer(certificate.serial_bytes());
    for entry in revoked {
        if asn1::integer(entry.serial_number.as_bytes()) == own {
            return Ok(Revocation::Revoked(moment(entry.revocation_date)));
        }
    }
    let current = tbs.next_update.is_some_and(|next| moment(next) >= at);
    Ok(if current {
        Revocation::Good
    } else {
        Revocation::Unknown
    })
}

/// An OCSP response (RFC 6960), whole or its basic part.
fn by_answer(
    certificate: &Certificate,
    issuer: &Certificate,
    at: Moment,
    answer: &[u8],
) -> Outcome<Revocation> {
    let basic = basic_part(answer)?;
    let mut outer = asn1::only(basic, SEQUENCE)?.inside();
    let content = outer.expect(SEQUENCE)?;
    let which = outer.expect(SEQUENCE)?.inside().oid()?;
    let signature = asn1::bits_of(outer.next()?)?;
    let hash = hash_of(which, None)?;
    let mut responders = vec![issuer.clone()];
    if let Some(list) = outer.optional(CONTEXT)? {
        for one in asn1::only(list.content, SEQUENCE)?
            .inside()
            .all()?
            .iter()
            .take(8)
        {
            let delegate = Certificate::read(one.whole)?;
            if delegate.is_for_status(issuer, at) {
                responders.push(delegate);
            }
        }
    }
    let digest = hash.of(&[content.whole]);
    let by = |one: &Certificate| {
        one.key()
            .is_ok_and(|key| key.verify(hash, &digest, signature))
    };
    if !responders.iter().any(by) {
        return Ok(Revocation::Unknown);
    }
    let mut data = content.inside();
    data.optional(CONTEXT)?;
    data.next()?;
    data.expect(asn1::TIME)?;
    for single in data.expect(SEQUENCE)?.inside().all()? {
        let mut single = single.inside();
        let id = single.expect(SEQUENCE)?;
        if !is_about(id, certificate, issuer)? {
            continue;
        }
        let state = single.next()?;
        single.expect(asn1::TIME)?;
        let next = single.optional(CONTEXT)?.and_then(|next| {
            let time = asn1::only(next.content, asn1::TIME).ok()?;
            time::read_generalized(time.content)
        });
        return Ok(match state.tag {
            0x80 if next.is_some_and(|next| next >= at) => Revocation::Good,
            0xa1 => {
                let when = state.inside().expect(asn1::TIME)?.content;
                let when = time::read_generalized(when);
                Revocation::Revoked(when.ok_or_else(|| malformed("OCSP 应答", "an OCSP answer"))?)
            }
            _ => Revocation::Unknown,
        });
    }
    Ok(Revocation::Unknown)
}

/// The basic answer inside a whole one; a basic one is given back.
fn basic_part(answer: &[u8]) -> Outcome<&[u8]> {
    let mut outer = asn1::only(answer, SEQUENCE)?.inside();
    // A whole response begins with its status, an ENUMERATED.
    if outer.optional(0x0a)?.is_none() {
        return Ok(answer);
    }
    let bytes = outer.expect(CONTEXT)?;
    let mut bytes = asn1::only(bytes.content, SEQUENCE)?.inside();
    if bytes.oid()? != oids::BASIC_OCSP {
        return Err(malformed("OCSP 应答", "an OCSP answer"));
    }
    Ok(bytes.expect(OCTETS)?.content)
}

fn is_about(
    id: asn1::Element<'_>,
    certificate: &Certificate,
    issuer: &Certificate,
) -> Outcome<bool> {
    let mut id = id.inside();
    let which = id.expect(SEQUENCE)?.inside().oid()?;
    let (name, key) = (id.expect(OCTETS)?.content, id.expect(OCTETS)?.content);
    let serial = id.expect(INTEGER)?.content;
    let mut spki = asn1::only(issuer.key_raw(), SEQUENCE)?.inside();
    spki.expect(SEQUENCE)?;
    let bits = asn1::bits_of(spki.next()?)?;
    let digest = |bytes: &[u8]| -> Vec<u8> {
        use sha1::Digest;
        // The identifier is a label, not a proof: SHA-1 is what responders use for it.
        match Hash::by(which) {
            Ok(hash) => hash.of(&[bytes]),
            Err(_) => sha1::Sha1::digest(bytes).to_vec(),
        }
    };
    Ok(serial == certificate.serial_bytes()
        && name == digest(issuer.subject_raw())
        && key == digest(bits))
}

impl Certificate {
    /// Whether this one may answer in the issuer's name.
    fn is_for_status(&self, issuer: &Certificate, at: Moment) -> bool {
        let anchors = std::slice::from_ref(issuer);
        crate::certificate::chain(self, &[], anchors, at, Purpose::Ocsp).is_ok()
            && self.is_issued_by(issuer)
    }
}

/// Refuses what is neither a list nor an answer, before it goes into a document for ever.
pub(crate) fn look_at(bytes: &[u8], is_list: bool) -> Outcome<()> {
    if is_list {
        let list: Result<CertificateList, _> = CertificateList::from_der(bytes);
        return list.map(|_| ()).map_err(|_| malformed("吊销列表", "a CRL"));
    }
    asn1::only(basic_part(bytes)?, SEQUENCE)?
        .inside()
        .expect(SEQUENCE)?;
    Ok(())
}
