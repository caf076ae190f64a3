//! Certificates, and whether one leads to an anchor that we were told to trust 证书.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use der::asn1::ObjectIdentifier as Oid;
use der::{Decode, Encode};
use kernel::Moment;
use sha2::{Digest, Sha256};
use x509_cert::ext::pkix::{BasicConstraints, ExtendedKeyUsage, KeyUsage};

use crate::algorithm::{PublicKey, is_signed_by};
use crate::asn1::{self, Reader, SEQUENCE};
use crate::oids;
use crate::trouble::{Outcome, malformed};

/// Deepest chain that is followed.
const LONGEST_CHAIN: usize = 8;
/// Most signatures that are checked to find one chain.
const MOST_CHECKS: usize = 64;

/// One X.509 certificate with the bytes it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    der: Vec<u8>,
    parsed: x509_cert::Certificate,
}

/// What a certificate is used for here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    Signing,
    Timestamps,
    Ocsp,
}

/// Why a certificate does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotTrusted {
    /// No chain leads to an anchor.
    Unknown,
    /// A certificate of the chain was not valid at the moment.
    NotValidThen,
    /// The certificate is for something else.
    WrongPurpose,
}

impl Certificate {
    /// Reads DER.
    ///
    /// # Errors
    /// The bytes are no certificate.
    pub fn read(der: &[u8]) -> Result<Certificate, kernel::Refusal> {
        let wrong = || malformed("证书", "a certificate");
        asn1::only(der, SEQUENCE)?;
        let parsed = x509_cert::Certificate::from_der(der).map_err(|_| wrong())?;
        Ok(Certificate {
            der: der.to_vec(),
            parsed,
        })
    }

    /// Reads all certificates of a PEM file, or the one of a DER file.
    ///
    /// # Errors
    /// None is found, or one of them is broken.
    pub fn read_all(bytes: &[u8]) -> Result<Vec<Certificate>, kernel::Refusal> {
        if bytes.first() == Some(&SEQUENCE) {
            return Ok(vec![Certificate::read(bytes)?]);
        }
        let chain = x509_cert::Certificate::load_pem_chain(bytes);
        let chain = chain.map_err(|_| malformed("证书", "a PEM file of certificates"))?;
        let each = chain.iter().map(|one| {
            let der = one
                .to_der()
                .map_err(|_| malformed("证书", "a certificate"))?;
            Certificate::read(&der)
        });
        each.collect()
    }

    /// The bytes.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// The bytes as text, as OpenSSL reads them.
    #[must_use]
    pub fn to_pem(&self) -> String {
        let text = STANDARD.encode(&self.der);
        let mut pem = String::from("-----BEGIN CERTIFICATE-----\n");
        for line in text.as_bytes().chunks(64) {
            pem.push_str(&String::from_utf8_lossy(line));
            pem.push('\n');
        }
        pem.push_str("-----END CERTIFICATE-----\n");
        pem
    }

    /// SHA-256 of the bytes, in hex: what people compare.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        hex::encode(Sha256::digest(&self.der))
    }

    /// The common name, or the whole subject where there is none.
    #[must_use]
    pub fn holder(&self) -> String {
        common_name(self.tbs_part(Part::Subject))
            .unwrap_or_else(|| self.parsed.tbs_certificate().subject().to_string())
    }

    /// The common name of the issuer, or the whole name.
    #[must_use]
    pub fn issuer(&self) -> String {
        common_name(self.tbs_part(Part::Issuer))
            .unwrap_or_else(|| self.parsed.tbs_certificate().issuer().to_string())
    }

    /// Serial number in hex.
    #[must_use]
    pub fn serial(&self) -> String {
        hex::encode(self.serial_bytes())
    }

    /// First and last moment of validity.
    #[must_use]
    pub fn validity(&self) -> (Moment, Moment) {
        let validity = self.parsed.tbs_certificate().validity();
        let moment = |time: x509_cert::time::Time| {
            let since: Duration = time.to_unix_duration();
            Moment(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
        };
        (moment(validity.not_before), moment(validity.not_after))
    }

    pub(crate) fn serial_bytes(&self) -> &[u8] {
        self.tbs_part(Part::Serial)
    }

    pub(crate) fn issuer_raw(&self) -> &[u8] {
        self.tbs_part(Part::Issuer)
    }

    pub(crate) fn subject_raw(&self) -> &[u8] {
        self.tbs_part(Part::Subject)
    }

    pub(crate) fn key_raw(&self) -> &[u8] {
        self.tbs_part(Part::Key)
    }

    pub(crate) fn key(&self) -> Outcome<PublicKey> {
        PublicKey::read(self.key_raw())
    }

    pub(crate) fn key_identifier(&self) -> Option<Vec<u8>> {
        let found = self
            .parsed
            .tbs_certificate()
            .get_extension::<x509_cert::ext::pkix::SubjectKeyIdentifier>();
        found.ok().flatten().map(|(_, id)| id.0.as_bytes().to_vec())
    }

    /// A part of the certificate as it stands in its bytes; empty when it cannot be found, which
    /// matches nothing.
    fn tbs_part(&self, part: Part) -> &[u8] {
        let find = || -> Outcome<&[u8]> {
            let mut outer = asn1::only(&self.der, SEQUENCE)?.inside();
            let mut tbs = outer.expect(SEQUENCE)?.inside();
            tbs.optional(asn1::CONTEXT)?;
            let serial = tbs.expect(asn1::INTEGER)?.content;
            tbs.expect(SEQUENCE)?;
            let issuer = tbs.expect(SEQUENCE)?.whole;
            tbs.expect(SEQUENCE)?;
            let subject = tbs.expect(SEQUENCE)?.whole;
            let key = tbs.expect(SEQUENCE)?.whole;
            Ok(match part {
                Part::Serial => serial,
                Part::Issuer => issuer,
                Part::Subject => subject,
                Part::Key => key,
            })
        };
        find().unwrap_or_default()
    }

    fn is_authority(&self, below: usize) -> bool {
        let tbs = self.parsed.tbs_certificate();
        let constraints = tbs.get_extension::<BasicConstraints>();
        let usage = tbs.get_extension::<KeyUsage>();
        let may_sign = match usage {
            Ok(Some((_, usage))) => usage.key_cert_sign(),
            Ok(None) => true,
            Err(_) => false,
        };
        let long_enough = |limit: Option<u8>| limit.is_none_or(|limit| usize::from(limit) >= below);
        match constraints {
            Ok(Some((_, rules))) => rules.ca && may_sign && long_enough(rules.path_len_constraint),
            _ => false,
        }
    }

    /// Nothing critical that we do not understand.
    fn is_understood(&self) -> bool {
        let known: [Oid; 6] = [
            oids::BASIC_CONSTRAINTS,
            oids::KEY_USAGE,
            oids::EXTENDED_USAGE,
            oids::KEY_IDENTIFIER,
            oids::ALTERNATIVE_NAME,
            oids::POLICIES,
        ];
        let extensions = self.parsed.tbs_certificate().extensions();
        let mut critical = extensions.into_iter().flatten().filter(|one| one.critical);
        critical.all(|one| known.contains(&one.extn_id))
    }

    fn is_for(&self, purpose: Purpose) -> bool {
        let tbs = self.parsed.tbs_certificate();
        let usage = match tbs.get_extension::<KeyUsage>() {
            Ok(Some((_, usage))) => usage.digital_signature() || usage.non_repudiation(),
            Ok(None) => true,
            Err(_) => false,
        };
        let extended = tbs.get_extension::<ExtendedKeyUsage>();
        let right = match (purpose, extended) {
            // RFC 3161, 2.3: this one purpose alone, and critical.
            (Purpose::Timestamps, Ok(Some((critical, list)))) => {
                critical && list.0 == [oids::FOR_TIMESTAMPS]
            }
            (Purpose::Ocsp, Ok(Some((_, list)))) => list.0.contains(&oids::FOR_OCSP),
            // A certificate for stamping time must not sign agreements.
            (Purpose::Signing, Ok(Some((_, list)))) => !list.0.contains(&oids::FOR_TIMESTAMPS),
            (Purpose::Signing, Ok(None)) => true,
            _ => false,
        };
        usage && right
    }

    pub(crate) fn is_valid_at(&self, at: Moment) -> bool {
        let (from, until) = self.validity();
        from <= at && at <= until
    }

    pub(crate) fn is_issued_by(&self, issuer: &Certificate) -> bool {
        self.issuer_raw() == issuer.subject_raw()
            && issuer
                .key()
                .and_then(|key| is_signed_by(&self.der, &key))
                .unwrap_or(false)
    }
}

enum Part {
    Serial,
    Issuer,
    Subject,
    Key,
}

/// The last common name of a distinguished name. Read from the bytes: the usual printing escapes
/// Chinese.
fn common_name(name: &[u8]) -> Option<String> {
    let sets = asn1::only(name, SEQUENCE).ok()?.inside().all().ok()?;
    let mut found = None;
    for set in sets {
        for pair in set.inside().all().ok()? {
            let mut pair: Reader<'_> = pair.inside();
            if pair.oid().ok()? == oids::COMMON_NAME {
                let value = pair.next().ok()?;
                found = match value.tag {
                    // BMPString, as old authorities write Chinese.
                    0x1e => {
                        let units = value.content.chunks_exact(2);
                        let units = units.map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
                        Some(
                            char::decode_utf16(units)
                                .map(|one| one.unwrap_or('\u{fffd}'))
                                .collect(),
                        )
                    }
                    _ => Some(String::from_utf8_lossy(value.content).into_owned()),
                };
            }
        }
    }
    found
}

/// The chain from `leaf` to an anchor, all valid at the moment: the leaf first, the anchor last.
pub(crate) fn chain(
    leaf: &Certificate,
    pool: &[Certificate],
    anchors: &[Certificate],
    at: Moment,
    purpose: Purpose,
) -> Result<Vec<Certificate>, NotTrusted> {
    if !leaf.is_for(purpose) || !leaf.is_understood() {
        return Err(NotTrusted::WrongPurpose);
    }
    let mut found_outdated = false;
    let mut checks = 0;
    let mut ahead = vec![vec![leaf.clone()]];
    while let Some(path) = ahead.pop() {
        let Some(last) = path.last() else { continue };
        if !last.is_valid_at(at) {
            found_outdated = true;
            continue;
        }
        if anchors.contains(last) {
            return Ok(path);
        }
        if path.len() >= LONGEST_CHAIN {
            continue;
        }
        for issuer in pool.iter().chain(anchors) {
            let fits = last.issuer_raw() == issuer.subject_raw() && !path.contains(issuer);
            if !fits || !issuer.is_understood() || !issuer.is_authority(path.len() - 1) {
                continue;
            }
            checks += 1;
            if checks > MOST_CHECKS {
                return Err(NotTrusted::Unknown);
            }
            if last.is_issued_by(issuer) {
                let mut longer = path.clone();
                longer.push(issuer.clone());
                ahead.push(longer);
            }
        }
    }
    Err(if found_outdated {
        NotTrusted::NotValidThen
    } else {
        NotTrusted::Unknown
    })
}
