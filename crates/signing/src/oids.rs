//! Names of things in certificates, signatures and timestamps.

use der::asn1::ObjectIdentifier as Oid;

const fn oid(text: &str) -> Oid {
    Oid::new_unwrap(text)
}

pub(crate) const DATA: Oid = oid("1.2.840.113549.1.7.1");
pub(crate) const SIGNED_DATA: Oid = oid("1.2.840.113549.1.7.2");
pub(crate) const ENCRYPTED_DATA: Oid = oid("1.2.840.113549.1.7.6");
pub(crate) const CONTENT_TYPE: Oid = oid("1.2.840.113549.1.9.3");
pub(crate) const MESSAGE_DIGEST: Oid = oid("1.2.840.113549.1.9.4");
pub(crate) const SIGNING_CERTIFICATE: Oid = oid("1.2.840.113549.1.9.16.2.12");
pub(crate) const SIGNING_CERTIFICATE_V2: Oid = oid("1.2.840.113549.1.9.16.2.47");
pub(crate) const TIMESTAMP_TOKEN: Oid = oid("1.2.840.113549.1.9.16.2.14");
pub(crate) const TST_INFO: Oid = oid("1.2.840.113549.1.9.16.1.4");

pub(crate) const SHA256: Oid = oid("2.16.840.1.101.3.4.2.1");
pub(crate) const SHA384: Oid = oid("2.16.840.1.101.3.4.2.2");
pub(crate) const SHA512: Oid = oid("2.16.840.1.101.3.4.2.3");
pub(crate) const RSA: Oid = oid("1.2.840.113549.1.1.1");
pub(crate) const RSA_SHA256: Oid = oid("1.2.840.113549.1.1.11");
pub(crate) const RSA_SHA384: Oid = oid("1.2.840.113549.1.1.12");
pub(crate) const RSA_SHA512: Oid = oid("1.2.840.113549.1.1.13");
pub(crate) const EC: Oid = oid("1.2.840.10045.2.1");
pub(crate) const P256: Oid = oid("1.2.840.10045.3.1.7");
pub(crate) const P384: Oid = oid("1.3.132.0.34");
pub(crate) const ECDSA_SHA256: Oid = oid("1.2.840.10045.4.3.2");
pub(crate) const ECDSA_SHA384: Oid = oid("1.2.840.10045.4.3.3");
pub(crate) const ECDSA_SHA512: Oid = oid("1.2.840.10045.4.3.4");

pub(crate) const COMMON_NAME: Oid = oid("2.5.4.3");
pub(crate) const COUNTRY: Oid = oid("2.5.4.6");
pub(crate) const ORGANIZATION: Oid = oid("2.5.4.10");
pub(crate) const KEY_IDENTIFIER: Oid = oid("2.5.29.14");
pub(crate) const KEY_USAGE: Oid = oid("2.5.29.15");
pub(crate) const BASIC_CONSTRAINTS: Oid = oid("2.5.29.19");
pub(crate) const CRL_NUMBER: Oid = oid("2.5.29.20");
pub(crate) const AUTHORITY_KEY: Oid = oid("2.5.29.35");
pub(crate) const EXTENDED_USAGE: Oid = oid("2.5.29.37");
pub(crate) const ALTERNATIVE_NAME: Oid = oid("2.5.29.17");
pub(crate) const POLICIES: Oid = oid("2.5.29.32");
pub(crate) const FOR_TIMESTAMPS: Oid = oid("1.3.6.1.5.5.7.3.8");
pub(crate) const FOR_OCSP: Oid = oid("1.3.6.1.5.5.7.3.9");
pub(crate) const BASIC_OCSP: Oid = oid("1.3.6.1.5.5.7.48.1.1");

pub(crate) const KEY_BAG: Oid = oid("1.2.840.113549.1.12.10.1.1");
pub(crate) const SHROUDED_KEY_BAG: Oid = oid("1.2.840.113549.1.12.10.1.2");
pub(crate) const CERTIFICATE_BAG: Oid = oid("1.2.840.113549.1.12.10.1.3");
pub(crate) const X509_CERTIFICATE: Oid = oid("1.2.840.113549.1.9.22.1");
pub(crate) const PBES2: Oid = oid("1.2.840.113549.1.5.13");
