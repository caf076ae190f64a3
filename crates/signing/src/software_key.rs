//! Keys in software, sealed under the signer's own secret 软件密钥.
//!
//! The sealed form may lie in the company's books: without the secret it is of no use to anybody,
//! administrators included, since the key that opens it comes out of the secret alone (Argon2id)
//! and is kept nowhere. A forgotten secret cannot be reset; the certificate is revoked and a new
//! key is made. That is what 电子签名法 art. 13 (1) and (2) ask for. What remains: whoever controls
//! the running program can catch the secret when it is typed. Only a token or a remote service with
//! its own confirmation excludes that.

use argon2::{Argon2, Params, Version};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use kernel::Refusal;
use p256::ecdsa::signature::hazmat::PrehashSigner;
use p256::pkcs8::{DecodePrivateKey, EncodePrivateKey, EncodePublicKey};
use rand_core::SeedableRng;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::algorithm::Algorithm;
use crate::certificate::Certificate;
use crate::signer::{Signer, ToSign};
use crate::trouble::{Outcome, malformed};

/// Shortest secret, in characters. A six-digit PIN would be guessed from a stolen backup.
pub const SHORTEST_SECRET: usize = 10;

/// 64 MiB and three passes: the second choice of RFC 9106, 4.
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;

/// Shortest secret of true randomness, in characters: 128 bits in hexadecimal.
const SHORTEST_RANDOM: usize = 32;
/// The least that Argon2 takes with one lane (RFC 9106, 3.1).
const LEAST_MEMORY_KIB: u32 = 8;

/// What a key is sealed under.
#[derive(Clone, Copy)]
pub enum Secret<'a> {
    /// Words a person chose, at least [`SHORTEST_SECRET`] characters: whoever stole the sealed key
    /// would try what people choose, so that each try is made to cost a fifth of a second.
    Chosen(&'a str),
    /// True randomness of at least 128 bits: nobody tries that, however cheap a try is.
    Random(&'a str),
}

impl Secret<'_> {
    fn text(&self) -> &str {
        match self {
            Secret::Chosen(text) | Secret::Random(text) => text,
        }
    }

    fn shortest(&self) -> usize {
        match self {
            Secret::Chosen(_) => SHORTEST_SECRET,
            Secret::Random(_) => SHORTEST_RANDOM,
        }
    }

    /// Memory in KiB, and passes.
    fn work(&self) -> (u32, u32) {
        match self {
            Secret::Chosen(_) => (MEMORY_KIB, PASSES),
            Secret::Random(_) => (LEAST_MEMORY_KIB, 1),
        }
    }
}
const SUITE: &str = "argon2id-xchacha20poly1305-pkcs8/v1";

/// A private key in memory; it is wiped when dropped.
#[derive(Clone)]
pub struct SoftwareKey {
    kind: Kind,
}

#[derive(Clone)]
enum Kind {
    P256(p256::ecdsa::SigningKey),
    Rsa(Box<rsa::PrivateKey>),
}

/// A key nobody can use without the secret. JSON, safe to keep in a database.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedKey {
    suite: String,
    memory_kib: u32,
    passes: u32,
    salt: String,
    nonce: String,
    sealed: String,
    /// The public key (SubjectPublicKeyInfo, base64): bound to the seal, so that two sealed keys
    /// cannot be exchanged unnoticed.
    pub public: String,
}

fn broken() -> Refusal {
    malformed("密封密钥", "a sealed key")
}

impl SoftwareKey {
    /// A new P-256 key from 32 bytes of the caller's dice, which must be true randomness.
    ///
    /// # Errors
    /// Practically never: no candidate out of many is a key.
    pub fn generate(dice: &Zeroizing<[u8; 32]>) -> Result<SoftwareKey, Refusal> {
        for round in 0..=u8::MAX {
            let mut hash = Sha256::new();
            hash.update(b"baton signing key\n");
            hash.update([round]);
            hash.update(dice.as_slice());
            let candidate = Zeroizing::new(<[u8; 32]>::from(hash.finalize()));
            if let Ok(key) = p256::ecdsa::SigningKey::from_slice(candidate.as_slice()) {
                return Ok(SoftwareKey {
                    kind: Kind::P256(key),
                });
            }
        }
        Err(broken())
    }

    /// From an unencrypted PKCS #8 key in DER.
    ///
    /// # Errors
    /// It is neither P-256 nor RSA of at least 2,048 bits.
    pub fn from_pkcs8(der: &[u8]) -> Result<SoftwareKey, Refusal> {
        if let Ok(key) = p256::ecdsa::SigningKey::from_pkcs8_der(der) {
            return Ok(SoftwareKey {
                kind: Kind::P256(key),
            });
        }
        let key = rsa::PrivateKey::from_pkcs8_der(der);
        let key = key.map_err(|_| malformed("私钥", "a private key (P-256 or RSA)"))?;
        let key = SoftwareKey {
            kind: Kind::Rsa(Box::new(key)),
        };
        // Refuses what is too short.
        crate::algorithm::PublicKey::read(&key.public()?)?;
        Ok(key)
    }

    fn pkcs8(&self) -> Outcome<Zeroizing<Vec<u8>>> {
        let document = match &self.kind {
            Kind::P256(key) => key.to_pkcs8_der(),
            Kind::Rsa(key) => key.to_pkcs8_der(),
        };
        Ok(Zeroizing::new(
            document.map_err(|_| broken())?.as_bytes().to_vec(),
        ))
    }

    /// The public key as SubjectPublicKeyInfo.
    ///
    /// # Errors
    /// Never for a key made here.
    pub fn public(&self) -> Result<Vec<u8>, Refusal> {
        let document = match &self.kind {
            Kind::P256(key) => key.verifying_key().to_public_key_der(),
            Kind::Rsa(key) => key.to_public_key().to_public_key_der(),
        };
        Ok(document.map_err(|_| broken())?.as_bytes().to_vec())
    }

    /// How it signs.
    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        match self.kind {
            Kind::P256(_) => Algorithm::EcdsaP256Sha256,
            Kind::Rsa(_) => Algorithm::RsaSha256,
        }
    }

    /// Signs a SHA-256 digest. `dice` blind the calculation with RSA; ECDSA is deterministic
    /// (RFC 6979).
    ///
    /// # Errors
    /// The key is broken.
    pub fn sign_digest(&self, digest: &[u8; 32], dice: [u8; 32]) -> Result<Vec<u8>, Refusal> {
        match &self.kind {
            Kind::P256(key) => {
                let signature: Result<p256::ecdsa::Signature, _> = key.sign_prehash(digest);
                Ok(signature
                    .map_err(|_| broken())?
                    .to_der()
                    .as_bytes()
                    .to_vec())
            }
            Kind::Rsa(key) => {
                let mut random = chacha20::ChaCha20Rng::from_seed(dice);
                key.pkcs1v15_sign_prehash_with_rng::<Sha256, _>(&mut random, digest)
                    .map_err(|_| broken())
            }
        }
    }

    /// Seals the key under a secret that only its owner knows. `dice` are true randomness, used
    /// for nothing else.
    ///
    /// # Errors
    /// The secret is too short for its kind.
    pub fn seal(&self, secret: Secret<'_>, dice: [u8; 40]) -> Result<SealedKey, Refusal> {
        let shortest = secret.shortest();
        if secret.text().chars().count() < shortest {
            return Err(Refusal::invalid(
                "signing.secret_too_short",
                format!("签名口令至少需要 {shortest} 个字符"),
                format!("A signing passphrase has at least {shortest} characters"),
            )
            .remedy((
                "请使用一句只有本人知道的短语作为签名口令",
                "Use a phrase as signing passphrase that only you know",
            )));
        }
        let (salt, nonce) = dice.split_at(16);
        let nonce: [u8; 24] = nonce.try_into().map_err(|_| broken())?;
        let public = self.public()?;
        let (memory_kib, passes) = secret.work();
        let mut sealed = SealedKey {
            suite: SUITE.to_owned(),
            memory_kib,
            passes,
            salt: STANDARD.encode(salt),
            nonce: STANDARD.encode(nonce),
            sealed: String::new(),
            public: STANDARD.encode(&public),
        };
        let plain = self.pkcs8()?;
        let payload = Payload {
            msg: &plain,
            aad: &sealed.bound(&public),
        };
        let cipher = sealed.cipher(secret.text(), salt)?;
        let made = cipher.encrypt(&XNonce::from(nonce), payload);
        sealed.sealed = STANDARD.encode(made.map_err(|_| broken())?);
        Ok(sealed)
    }
}

impl SealedKey {
    /// What the seal also vouches for.
    fn bound(&self, public: &[u8]) -> Vec<u8> {
        let head = format!("{}\n{}\n{}\n", self.suite, self.memory_kib, self.passes);
        [head.as_bytes(), public].concat()
    }

    fn cipher(&self, secret: &str, salt: &[u8]) -> Outcome<XChaCha20Poly1305> {
        // A sealed key that was tampered with must not make us work for hours.
        if self.memory_kib > 4 * MEMORY_KIB || self.passes > 16 || self.suite != SUITE {
            return Err(broken());
        }
        let parameters = Params::new(self.memory_kib, self.passes, 1, Some(32));
        let parameters = parameters.map_err(|_| broken())?;
        let argon = Argon2::new(argon2::Algorithm::Argon2id, Version::V0x13, parameters);
        let mut key = Zeroizing::new([0_u8; 32]);
        argon
            .hash_password_into(secret.as_bytes(), salt, key.as_mut_slice())
            .map_err(|_| broken())?;
        Ok(XChaCha20Poly1305::new(&Key::from(*key)))
    }

    /// Opens the seal.
    ///
    /// # Errors
    /// The secret is wrong, or the sealed key was changed: the two cannot be told apart.
    pub fn open(&self, secret: &str) -> Result<SoftwareKey, Refusal> {
        let decode = |text: &str| STANDARD.decode(text).map_err(|_| broken());
        let (salt, nonce) = (decode(&self.salt)?, decode(&self.nonce)?);
        let (sealed, public) = (decode(&self.sealed)?, decode(&self.public)?);
        let nonce: [u8; 24] = nonce.try_into().map_err(|_| broken())?;
        let payload = Payload {
            msg: &sealed,
            aad: &self.bound(&public),
        };
        let plain = self
            .cipher(secret, &salt)?
            .decrypt(&XNonce::from(nonce), payload);
        let plain = Zeroizing::new(plain.map_err(|_| {
            Refusal::invalid(
                "signing.wrong_secret",
                "签名口令不正确，或密封密钥已被改动",
                "The signing passphrase is wrong, or the sealed key was changed",
            )
            .remedy((
                "请重新输入本人的签名口令；口令无法找回，忘记后须吊销证书并重新申请",
                "Enter your signing passphrase again; it cannot be recovered, and once forgotten \
                 the certificate must be revoked and requested anew",
            ))
        })?);
        let key = SoftwareKey::from_pkcs8(&plain)?;
        if key.public()? == public {
            Ok(key)
        } else {
            Err(broken())
        }
    }
}

/// A key of ours with its certificate.
pub struct SoftwareSigner {
    key: SoftwareKey,
    chain: Vec<Certificate>,
}

impl SoftwareSigner {
    /// Joins a key and the certificates that belong to it, the signer's own first.
    ///
    /// # Errors
    /// The first certificate is for another key.
    pub fn new(key: SoftwareKey, chain: Vec<Certificate>) -> Result<SoftwareSigner, Refusal> {
        let public = key.public()?;
        if chain.first().is_none_or(|first| first.key_raw() != public) {
            return Err(Refusal::invalid(
                "signing.certificate_of_another_key",
                "证书与私钥不匹配",
                "The certificate is for another key",
            )
            .remedy((
                "请选择用该私钥申请的证书",
                "Choose the certificate that was requested with this key",
            )));
        }
        Ok(SoftwareSigner { key, chain })
    }
}

impl Signer for SoftwareSigner {
    fn chain(&self) -> &[Certificate] {
        &self.chain
    }

    fn sign(&self, what: &ToSign, dice: [u8; 32]) -> Result<Vec<u8>, Refusal> {
        self.key.sign_digest(&what.digest, dice)
    }
}
