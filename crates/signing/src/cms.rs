//! Signed data as PDFs and timestamps carry it (RFC 5652, RFC 5035) CMS.

use der::asn1::ObjectIdentifier as Oid;
use sha1::Sha1;
use sha2::{Digest, Sha256};

use crate::algorithm::{Algorithm, Hash, hash_of};
use crate::asn1::{self, CONTEXT, Element, OCTETS, Reader, SEQUENCE, SET};
use crate::certificate::Certificate;
use crate::oids;
use crate::trouble::{Outcome, malformed};

/// The attributes a signer signs, as a DER set: what kind of content, its SHA-256, and which
/// certificate. No signing time: in a PDF that stands in the signature dictionary (EN 319 142-1).
pub(crate) fn attributes(kind: Oid, digest: &[u8], certificate: &[u8]) -> Vec<u8> {
    let attribute =
        |which: Oid, value: Vec<u8>| asn1::sequence(&[&asn1::oid(which), &asn1::set(vec![value])]);
    let hash = asn1::element(OCTETS, &[&Sha256::digest(certificate)]);
    // SHA-256 is the default of ESSCertIDv2 and therefore left out.
    let certificate = asn1::sequence(&[&asn1::sequence(&[&asn1::sequence(&[&hash])])]);
    asn1::set(vec![
        attribute(oids::CONTENT_TYPE, asn1::oid(kind)),
        attribute(oids::MESSAGE_DIGEST, asn1::element(OCTETS, &[digest])),
        attribute(oids::SIGNING_CERTIFICATE_V2, certificate),
    ])
}

/// What goes into a signed message.
pub(crate) struct Message<'a> {
    pub kind: Oid,
    /// The content, where it is inside.
    pub content: Option<&'a [u8]>,
    pub signer: &'a Certificate,
    /// What the message carries: the signer's and its issuers', or nothing.
    pub certificates: &'a [Certificate],
    pub algorithm: Algorithm,
    /// From [`attributes`].
    pub attributes: &'a [u8],
    pub signature: &'a [u8],
    /// A timestamp over the signature.
    pub token: Option<&'a [u8]>,
}

/// The message as a ContentInfo.
pub(crate) fn write(message: &Message<'_>) -> Outcome<Vec<u8>> {
    let signer = message.signer;
    let sha256 = asn1::algorithm(oids::SHA256, false);
    let inside = message
        .content
        .map(|content| asn1::element(CONTEXT, &[&asn1::element(OCTETS, &[content])]));
    let content = asn1::sequence(&[&asn1::oid(message.kind), &inside.unwrap_or_default()]);
    let mut chain: Vec<Vec<u8>> = message
        .certificates
        .iter()
        .map(|one| one.der().to_vec())
        .collect();
    chain.sort();
    let chain: Vec<&[u8]> = chain.iter().map(Vec::as_slice).collect();
    let who = asn1::sequence(&[signer.issuer_raw(), &asn1::integer(signer.serial_bytes())]);
    let attributes = asn1::only(message.attributes, SET)?.content;
    let unsigned = message.token.map(|token| {
        let set = asn1::set(vec![token.to_vec()]);
        let attribute = asn1::sequence(&[&asn1::oid(oids::TIMESTAMP_TOKEN), &set]);
        asn1::element(CONTEXT | 1, &[&attribute])
    });
    let info = asn1::sequence(&[
        &asn1::integer(&[1]),
        &who,
        &sha256,
        &asn1::element(CONTEXT, &[attributes]),
        &message.algorithm.identifier(),
        &asn1::element(OCTETS, &[message.signature]),
        &unsigned.unwrap_or_default(),
    ]);
    let certificates = match chain[..] {
        [] => Vec::new(),
        _ => asn1::element(CONTEXT, &chain),
    };
    let version = if message.kind == oids::DATA { 1 } else { 3 };
    let signed = asn1::sequence(&[
        &asn1::integer(&[version]),
        &asn1::set(vec![sha256.clone()]),
        &content,
        &certificates,
        &asn1::set(vec![info]),
    ]);
    let outer = asn1::element(CONTEXT, &[&signed]);
    Ok(asn1::sequence(&[&asn1::oid(oids::SIGNED_DATA), &outer]))
}

/// A message read.
pub(crate) struct Signed<'a> {
    pub kind: Oid,
    pub content: Option<&'a [u8]>,
    pub certificates: Vec<Certificate>,
    pub crls: Vec<&'a [u8]>,
    signer: Who<'a>,
    pub hash: Hash,
    attributes: Element<'a>,
    algorithm: Oid,
    pub signature: &'a [u8],
    pub token: Option<&'a [u8]>,
}

enum Who<'a> {
    Serial { issuer: &'a [u8], serial: &'a [u8] },
    KeyIdentifier(&'a [u8]),
}

/// Why a message does not say what it seems to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Broken {
    /// The content is not the one that was signed.
    Content,
    /// The signature is not by the key of the certificate.
    Signature,
    /// The certificate is missing or another.
    Certificate,
    /// An attribute is missing, doubled or wrong.
    Attributes,
}

fn wrong() -> kernel::Refusal {
    malformed("签名数据（CMS）", "signed data (CMS)")
}

/// Reads a ContentInfo with signed data of exactly one signer.
pub(crate) fn read(bytes: &[u8]) -> Outcome<Signed<'_>> {
    let mut info = asn1::only(bytes, SEQUENCE)?.inside();
    if info.oid()? != oids::SIGNED_DATA {
        return Err(wrong());
    }
    let signed = asn1::only(info.expect(CONTEXT)?.content, SEQUENCE)?;
    let mut signed = signed.inside();
    signed.small()?;
    signed.expect(SET)?;
    let mut inside = signed.expect(SEQUENCE)?.inside();
    let kind = inside.oid()?;
    let content = match inside.optional(CONTEXT)? {
        Some(content) => Some(asn1::only(content.content, OCTETS)?.content),
        None => None,
    };
    let mut certificates = Vec::new();
    if let Some(set) = signed.optional(CONTEXT)? {
        // What is not a plain certificate is of no use here and left aside.
        for one in set.inside().all()?.iter().filter(|one| one.tag == SEQUENCE) {
            certificates.extend(Certificate::read(one.whole));
        }
    }
    let crls = match signed.optional(CONTEXT | 1)? {
        Some(set) => set.inside().all()?.iter().map(|one| one.whole).collect(),
        None => Vec::new(),
    };
    let infos = signed.expect(SET)?.inside().all()?;
    let [info] = infos[..] else {
        return Err(wrong());
    };
    read_signer(info.inside(), kind, content, certificates, crls)
}

fn read_signer<'a>(
    mut info: Reader<'a>,
    kind: Oid,
    content: Option<&'a [u8]>,
    certificates: Vec<Certificate>,
    crls: Vec<&'a [u8]>,
) -> Outcome<Signed<'a>> {
    info.small()?;
    let signer = match info.optional(0x80)? {
        Some(id) => Who::KeyIdentifier(id.content),
        None => {
            let mut who = info.expect(SEQUENCE)?.inside();
            Who::Serial {
                issuer: who.expect(SEQUENCE)?.whole,
                serial: who.expect(asn1::INTEGER)?.content,
            }
        }
    };
    let hash = Hash::by(info.expect(SEQUENCE)?.inside().oid()?)?;
    // Without signed attributes nothing would say which certificate was meant.
    let attributes = info.expect(CONTEXT)?;
    let algorithm = info.expect(SEQUENCE)?.inside().oid()?;
    let signature = info.expect(OCTETS)?.content;
    let mut token = None;
    if let Some(unsigned) = info.optional(CONTEXT | 1)? {
        token = attribute(unsigned, oids::TIMESTAMP_TOKEN)?.map(|value| value.whole);
    }
    Ok(Signed {
        kind,
        content,
        certificates,
        crls,
        signer,
        hash,
        attributes,
        algorithm,
        signature,
        token,
    })
}

/// The single value of an attribute; two of a kind are refused.
fn attribute<'a>(attributes: Element<'a>, which: Oid) -> Outcome<Option<Element<'a>>> {
    let mut found = None;
    for one in attributes.inside().all()? {
        let mut one = one.inside();
        if one.oid()? != which {
            continue;
        }
        let values = one.expect(SET)?.inside().all()?;
        match values[..] {
            [value] if found.is_none() => found = Some(value),
            _ => return Err(wrong()),
        }
    }
    Ok(found)
}

impl Signed<'_> {
    /// The certificate that the message names as its signer's.
    pub(crate) fn signer(&self) -> Option<&Certificate> {
        self.certificates.iter().find(|one| match self.signer {
            Who::Serial { issuer, serial } => {
                one.issuer_raw() == issuer && one.serial_bytes() == serial
            }
            Who::KeyIdentifier(id) => one.key_identifier().is_some_and(|own| own == id),
        })
    }

    /// Checks everything but trust: `content` are the parts of what was signed.
    pub(crate) fn check(&self, content: &[&[u8]]) -> Result<&Certificate, Broken> {
        let certificate = self.signer().ok_or(Broken::Certificate)?;
        let find = |which| attribute(self.attributes, which).map_err(|_| Broken::Attributes);
        let digest = find(oids::MESSAGE_DIGEST)?.ok_or(Broken::Attributes)?;
        let kind = find(oids::CONTENT_TYPE)?.ok_or(Broken::Attributes)?;
        if kind.tag != asn1::OID || kind.content != self.kind.as_bytes() {
            return Err(Broken::Attributes);
        }
        if !self.names_certificate(certificate)? {
            return Err(Broken::Certificate);
        }
        // What is signed is the set, although the message shows it under another tag.
        let signed = asn1::element(SET, &[self.attributes.content]);
        let hash = hash_of(self.algorithm, Some(self.hash)).map_err(|_| Broken::Signature)?;
        let key = certificate.key().map_err(|_| Broken::Certificate)?;
        if !key.verify(hash, &hash.of(&[&signed]), self.signature) {
            return Err(Broken::Signature);
        }
        if digest.content != self.hash.of(content) {
            return Err(Broken::Content);
        }
        Ok(certificate)
    }

    /// Whether the signed attributes bind this certificate (RFC 5035, RFC 2634).
    fn names_certificate(&self, certificate: &Certificate) -> Result<bool, Broken> {
        let bad = |_| Broken::Attributes;
        let first = |value: Element<'_>| -> Outcome<Vec<u8>> {
            let ids = Reader(value.content).expect(SEQUENCE)?;
            Ok(Reader(ids.content).expect(SEQUENCE)?.content.to_vec())
        };
        if let Some(value) =
            attribute(self.attributes, oids::SIGNING_CERTIFICATE_V2).map_err(bad)?
        {
            let id = first(value).map_err(bad)?;
            let mut id = Reader(&id);
            let hash = match id.optional(SEQUENCE).map_err(bad)? {
                Some(algorithm) => algorithm.inside().oid().and_then(Hash::by).map_err(bad)?,
                None => Hash::Sha256,
            };
            let said = id.expect(OCTETS).map_err(bad)?;
            return Ok(said.content == hash.of(&[certificate.der()]));
        }
        if let Some(value) = attribute(self.attributes, oids::SIGNING_CERTIFICATE).map_err(bad)? {
            let id = first(value).map_err(bad)?;
            let said = Reader(&id).expect(OCTETS).map_err(bad)?;
            return Ok(said.content == Sha1::digest(certificate.der()).as_slice());
        }
        Err(Broken::Attributes)
    }
}
