//! Which signatures are made and believed 签名算法.

use der::asn1::ObjectIdentifier as Oid;
use p256::ecdsa::signature::hazmat::PrehashVerifier;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256, Sha384, Sha512};

use crate::asn1::{self, Reader, SEQUENCE};
use crate::oids;
use crate::trouble::{Outcome, algorithm, malformed};

/// A digest that is still believed. SHA-1 is not among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hash {
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    pub(crate) fn by(oid: Oid) -> Outcome<Hash> {
        match oid {
            oids::SHA256 => Ok(Hash::Sha256),
            oids::SHA384 => Ok(Hash::Sha384),
            oids::SHA512 => Ok(Hash::Sha512),
            other => Err(algorithm(&other.to_string())),
        }
    }

    /// The digest of the parts, one after the other.
    pub(crate) fn of(self, parts: &[&[u8]]) -> Vec<u8> {
        fn digest<D: Digest>(parts: &[&[u8]]) -> Vec<u8> {
            let mut hash = D::new();
            parts.iter().for_each(|part| hash.update(part));
            hash.finalize().to_vec()
        }
        match self {
            Hash::Sha256 => digest::<Sha256>(parts),
            Hash::Sha384 => digest::<Sha384>(parts),
            Hash::Sha512 => digest::<Sha512>(parts),
        }
    }
}

/// How a key of ours signs. Both over SHA-256.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Algorithm {
    /// ECDSA on P-256; the signature is DER.
    EcdsaP256Sha256,
    /// RSA, PKCS #1 v1.5, at least 2,048 bits.
    RsaSha256,
}

impl Algorithm {
    pub(crate) fn identifier(self) -> Vec<u8> {
        match self {
            Algorithm::EcdsaP256Sha256 => asn1::algorithm(oids::ECDSA_SHA256, false),
            Algorithm::RsaSha256 => asn1::algorithm(oids::RSA_SHA256, true),
        }
    }
}

/// Public keys we know.
pub(crate) enum PublicKey {
    P256(p256::ecdsa::VerifyingKey),
    P384(p384::ecdsa::VerifyingKey),
    Rsa(Box<rsa::PublicKey>),
}

impl PublicKey {
    /// From a SubjectPublicKeyInfo.
    pub(crate) fn read(spki: &[u8]) -> Outcome<PublicKey> {
        let wrong = || malformed("公钥", "a public key");
        let mut inside = asn1::only(spki, SEQUENCE)?.inside();
        let mut about = inside.expect(SEQUENCE)?.inside();
        let key = asn1::bits_of(inside.next()?)?;
        match about.oid()? {
            oids::EC => match about.oid()? {
                oids::P256 => p256::ecdsa::VerifyingKey::from_sec1_bytes(key)
                    .map(PublicKey::P256)
                    .map_err(|_| wrong()),
                oids::P384 => p384::ecdsa::VerifyingKey::from_sec1_bytes(key)
                    .map(PublicKey::P384)
                    .map_err(|_| wrong()),
                other => Err(algorithm(&other.to_string())),
            },
            oids::RSA => {
                let mut numbers = asn1::only(key, SEQUENCE)?.inside();
                let mut number = || -> Outcome<rsa::BoxedUint> {
                    let bytes = numbers.expect(asn1::INTEGER)?.content;
                    // Larger keys cost more to check than they are worth.
                    if bytes.len() > 1025 {
                        return Err(algorithm("RSA > 8192"));
                    }
                    Ok(rsa::BoxedUint::from_be_slice_vartime(bytes))
                };
                let (n, e) = (number()?, number()?);
                rsa::PublicKey::new_with_size_limits(n, e, 2048..=8192)
                    .map(|key| PublicKey::Rsa(Box::new(key)))
                    .map_err(|_| algorithm("RSA: 2048..8192"))
            }
            other => Err(algorithm(&other.to_string())),
        }
    }

    /// How this key signs for us; P-384 is only checked.
    pub(crate) fn algorithm(&self) -> Outcome<Algorithm> {
        match self {
            PublicKey::P256(_) => Ok(Algorithm::EcdsaP256Sha256),
            PublicKey::Rsa(_) => Ok(Algorithm::RsaSha256),
            PublicKey::P384(_) => Err(algorithm("P-384")),
        }
    }

    /// Whether the signature of the digest is by this key.
    pub(crate) fn verify(&self, hash: Hash, digest: &[u8], signature: &[u8]) -> bool {
        match self {
            PublicKey::P256(key) => p256::ecdsa::Signature::from_der(signature)
                .is_ok_and(|signature| key.verify_prehash(digest, &signature).is_ok()),
            PublicKey::P384(key) => p384::ecdsa::Signature::from_der(signature)
                .is_ok_and(|signature| key.verify_prehash(digest, &signature).is_ok()),
            PublicKey::Rsa(key) => match hash {
                Hash::Sha256 => key.pkcs1v15_verify_prehash::<Sha256>(digest, signature),
                Hash::Sha384 => key.pkcs1v15_verify_prehash::<Sha384>(digest, signature),
                Hash::Sha512 => key.pkcs1v15_verify_prehash::<Sha512>(digest, signature),
            }
            .is_ok(),
        }
    }
}

/// The digest a signature algorithm names, or the one that stands beside it where it names none.
pub(crate) fn hash_of(signature: Oid, beside: Option<Hash>) -> Outcome<Hash> {
    match signature {
        oids::ECDSA_SHA256 | oids::RSA_SHA256 => Ok(Hash::Sha256),
        oids::ECDSA_SHA384 | oids::RSA_SHA384 => Ok(Hash::Sha384),
        oids::ECDSA_SHA512 | oids::RSA_SHA512 => Ok(Hash::Sha512),
        oids::RSA | oids::EC => beside.ok_or_else(|| algorithm("?")),
        other => Err(algorithm(&other.to_string())),
    }
}

/// A certificate, a CRL or an OCSP answer: what is signed, and whether this key signed it.
pub(crate) fn is_signed_by(signed: &[u8], key: &PublicKey) -> Outcome<bool> {
    let mut inside = asn1::only(signed, SEQUENCE)?.inside();
    let content = inside.expect(SEQUENCE)?.whole;
    let which = Reader(inside.expect(SEQUENCE)?.content).oid()?;
    let signature = asn1::bits_of(inside.next()?)?;
    let hash = hash_of(which, None)?;
    Ok(key.verify(hash, &hash.of(&[content]), signature))
}
