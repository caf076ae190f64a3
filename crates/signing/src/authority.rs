//! The company's own certificate authority 公司证书机构.
//!
//! For agreements of level L1 and for trying things out: its certificates say who inside the
//! company, and a stranger has to be told to trust it. For L2 a licensed authority (电子签名法 art. 16
//! to 18) issues the certificate from the same request ([`request`]).

use der::asn1::ObjectIdentifier as Oid;
use kernel::{Moment, Refusal};
use sha2::{Digest, Sha256};

use crate::algorithm::{PublicKey, is_signed_by};
use crate::asn1::{self, CONTEXT, OCTETS, SEQUENCE, UTF8};
use crate::certificate::Certificate;
use crate::oids;
use crate::software_key::SoftwareKey;
use crate::time;
use crate::trouble::{Outcome, malformed};

/// Whom a certificate names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// 姓名 or name of the service.
    pub common_name: String,
    /// Full name of the company.
    pub organization: String,
}

impl Subject {
    fn der(&self) -> Vec<u8> {
        let part = |which: Oid, tag: u8, text: &str| {
            let value = asn1::element(tag, &[text.as_bytes()]);
            asn1::set(vec![asn1::sequence(&[&asn1::oid(which), &value])])
        };
        asn1::sequence(&[
            &part(oids::COUNTRY, 0x13, "CN"),
            &part(oids::ORGANIZATION, UTF8, &self.organization),
            &part(oids::COMMON_NAME, UTF8, &self.common_name),
        ])
    }
}

/// What a certificate is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// Issues certificates that sign nothing but documents, stamps and answers.
    Authority,
    /// Signs documents.
    Signer,
    /// Stamps times.
    Timestamps,
    /// Answers whether a certificate was revoked.
    Status,
}

/// From when until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Validity {
    /// First moment.
    pub from: Moment,
    /// Last moment.
    pub until: Moment,
}

/// A request for a certificate (PKCS #10, DER) that any authority takes.
///
/// # Errors
/// The key is broken.
pub fn request(key: &SoftwareKey, subject: &Subject, dice: [u8; 32]) -> Result<Vec<u8>, Refusal> {
    let none = asn1::element(CONTEXT, &[]);
    let public = key.public()?;
    let info = asn1::sequence(&[&asn1::integer(&[0]), &subject.der(), &public, &none]);
    signed(key, info, dice)
}

fn signed(key: &SoftwareKey, content: Vec<u8>, dice: [u8; 32]) -> Outcome<Vec<u8>> {
    let signature = key.sign_digest(&Sha256::digest(&content).into(), dice)?;
    let algorithm = key.algorithm().identifier();
    Ok(asn1::sequence(&[
        &content,
        &algorithm,
        &asn1::bits(&signature),
    ]))
}

/// The authority: its key and its certificate.
pub struct Authority {
    key: SoftwareKey,
    certificate: Certificate,
}

impl Authority {
    /// A new authority that vouches for itself. `serial` comes from the caller's dice.
    ///
    /// # Errors
    /// The key is broken.
    pub fn create(
        key: SoftwareKey,
        subject: &Subject,
        validity: Validity,
        serial: [u8; 16],
        dice: [u8; 32],
    ) -> Result<Authority, Refusal> {
        let public = key.public()?;
        let name = subject.der();
        let content = content(&Content {
            issuer: &name,
            subject: &name,
            public: &public,
            issuer_key: &public,
            algorithm: &key.algorithm().identifier(),
            validity,
            serial,
            profile: Profile::Authority,
        })?;
        let certificate = Certificate::read(&signed(&key, content, dice)?)?;
        Ok(Authority { key, certificate })
    }

    /// An authority that exists.
    #[must_use]
    pub fn existing(key: SoftwareKey, certificate: Certificate) -> Authority {
        Authority { key, certificate }
    }

    /// Its certificate.
    #[must_use]
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// Issues a certificate for a request; whose key it is must have been checked before.
    ///
    /// # Errors
    /// The request is broken or not signed by the key it names.
    pub fn issue(
        &self,
        request: &[u8],
        profile: Profile,
        validity: Validity,
        serial: [u8; 16],
        dice: [u8; 32],
    ) -> Result<Certificate, Refusal> {
        let mut info = asn1::only(request, SEQUENCE)?
            .inside()
            .expect(SEQUENCE)?
            .inside();
        info.small()?;
        let subject = info.expect(SEQUENCE)?.whole;
        let public = info.expect(SEQUENCE)?.whole;
        if !is_signed_by(request, &PublicKey::read(public)?)? {
            return Err(malformed("证书申请", "a request for a certificate"));
        }
        let content = content(&Content {
            issuer: self.certificate.subject_raw(),
            subject,
            public,
            issuer_key: self.certificate.key_raw(),
            algorithm: &self.key.algorithm().identifier(),
            validity,
            serial,
            profile,
        })?;
        Certificate::read(&signed(&self.key, content, dice)?)
    }

    /// The list of revoked certificates, number `number`, valid until `validity.until`.
    ///
    /// # Errors
    /// The key is broken.
    pub fn revocation_list(
        &self,
        revoked: &[(&Certificate, Moment)],
        number: u32,
        validity: Validity,
        dice: [u8; 32],
    ) -> Result<Vec<u8>, Refusal> {
        let each = revoked.iter().map(|(certificate, at)| {
            let serial = asn1::integer(certificate.serial_bytes());
            asn1::sequence(&[&serial, &time::write_x509(*at)])
        });
        let entries: Vec<Vec<u8>> = each.collect();
        let entries: Vec<&[u8]> = entries.iter().map(Vec::as_slice).collect();
        let entries = match entries[..] {
            [] => Vec::new(),
            _ => asn1::sequence(&entries),
        };
        let extensions = asn1::sequence(&[
            &authority_key(self.certificate.key_raw())?,
            &extension(
                oids::CRL_NUMBER,
                false,
                &asn1::integer(&number.to_be_bytes()),
            ),
        ]);
        let content = asn1::sequence(&[
            &asn1::integer(&[1]),
            &self.key.algorithm().identifier(),
            self.certificate.subject_raw(),
            &time::write_x509(validity.from),
            &time::write_x509(validity.until),
            &entries,
            &asn1::element(CONTEXT, &[&extensions]),
        ]);
        signed(&self.key, content, dice)
    }
}

struct Content<'a> {
    issuer: &'a [u8],
    subject: &'a [u8],
    public: &'a [u8],
    issuer_key: &'a [u8],
    algorithm: &'a [u8],
    validity: Validity,
    serial: [u8; 16],
    profile: Profile,
}

fn extension(which: Oid, critical: bool, value: &[u8]) -> Vec<u8> {
    let critical: &[u8] = if critical { &[1, 1, 0xff] } else { &[] };
    asn1::sequence(&[
        &asn1::oid(which),
        critical,
        &asn1::element(OCTETS, &[value]),
    ])
}

/// The first 20 bytes of SHA-256 over the key's bits (RFC 7093, method 1).
fn key_identifier(public: &[u8]) -> Outcome<Vec<u8>> {
    let mut inside = asn1::only(public, SEQUENCE)?.inside();
    inside.expect(SEQUENCE)?;
    let hash = Sha256::digest(asn1::bits_of(inside.next()?)?);
    Ok(hash[..20].to_vec())
}

fn authority_key(public: &[u8]) -> Outcome<Vec<u8>> {
    let id = asn1::sequence(&[&asn1::element(0x80, &[&key_identifier(public)?])]);
    Ok(extension(oids::AUTHORITY_KEY, false, &id))
}

fn content(what: &Content<'_>) -> Outcome<Vec<u8>> {
    let own = asn1::element(OCTETS, &[&key_identifier(what.public)?]);
    let mut extensions = vec![
        extension(oids::KEY_IDENTIFIER, false, &own),
        authority_key(what.issuer_key)?,
    ];
    // Key usage as named bits: digitalSignature 0, nonRepudiation 1, keyCertSign 5, cRLSign 6.
    let usage: &[u8] = match what.profile {
        Profile::Authority => &[asn1::BITS, 2, 1, 0x06],
        Profile::Signer | Profile::Timestamps => &[asn1::BITS, 2, 6, 0xc0],
        Profile::Status => &[asn1::BITS, 2, 7, 0x80],
    };
    extensions.push(extension(oids::KEY_USAGE, true, usage));
    let constraints: &[u8] = match what.profile {
        Profile::Authority => &[SEQUENCE, 6, 1, 1, 0xff, 2, 1, 0],
        _ => &[SEQUENCE, 0],
    };
    extensions.push(extension(oids::BASIC_CONSTRAINTS, true, constraints));
    let purpose = match what.profile {
        Profile::Timestamps => Some(oids::FOR_TIMESTAMPS),
        Profile::Status => Some(oids::FOR_OCSP),
        _ => None,
    };
    if let Some(purpose) = purpose {
        let list = asn1::sequence(&[&asn1::oid(purpose)]);
        // RFC 3161 wants it critical; OpenSSL refuses stamps otherwise.
        extensions.push(extension(oids::EXTENDED_USAGE, true, &list));
    }
    let extensions: Vec<&[u8]> = extensions.iter().map(Vec::as_slice).collect();
    let extensions = asn1::sequence(&extensions);
    // The first bit stays clear, so that the number is positive and never longer than 20 bytes.
    let mut serial = what.serial;
    serial[0] = serial[0] & 0x7f | 0x40;
    Ok(asn1::sequence(&[
        &asn1::element(CONTEXT, &[&asn1::integer(&[2])]),
        &asn1::integer(&serial),
        what.algorithm,
        what.issuer,
        &asn1::sequence(&[
            &time::write_x509(what.validity.from),
            &time::write_x509(what.validity.until),
        ]),
        what.subject,
        what.public,
        &asn1::element(CONTEXT | 3, &[&extensions]),
    ]))
}
