//! Keys of notes, in their text forms 签名密钥.
//!
//! C2SP signed-note. A verifier key is public and printed as `<name>+<id>+<key>`; a signer key is
//! secret and never shown by `Debug`.

use std::fmt;
use std::str::FromStr;

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};

use crate::strict_base64;

/// What a key's signatures mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyKind {
    /// Type 0x01: Ed25519 over the note text. Logs sign so.
    Ed25519,
    /// Type 0x04: Ed25519 over the checkpoint and a time. Witnesses sign so (tlog-cosignature).
    Cosigner,
}

/// A public key trusted under a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    kind: KeyKind,
    key: VerifyingKey,
}

/// A secret Ed25519 key (type 0x01) with its name.
#[derive(Clone)]
pub struct SignerKey {
    name: String,
    key: SigningKey,
}

/// Why a text is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not of the form `<name>+<8 hex digits>+<base64>`.
    #[error("密钥格式不对，应为 名称+8位十六进制编号+Base64 密钥")]
    Form,
    /// The name is empty or has a space or a plus sign.
    #[error("密钥名称不能为空，也不能含空格或加号")]
    Name,
    /// The id is not the one of this name and key.
    #[error("密钥编号与名称、密钥不符，请核对是否抄写完整")]
    Id,
    /// Another signature type than Ed25519 (0x01) or its cosignature (0x04).
    #[error("不支持类型为 0x{0:02x} 的密钥，请使用 Ed25519")]
    Kind(u8),
    /// Not the bytes of an Ed25519 key.
    #[error("密钥不是有效的 Ed25519 密钥")]
    Key,
}

impl KeyKind {
    pub(crate) const fn byte(self) -> u8 {
        match self {
            KeyKind::Ed25519 => 1,
            KeyKind::Cosigner => 4,
        }
    }

    const fn of(byte: u8) -> Result<KeyKind, KeyError> {
        match byte {
            1 => Ok(KeyKind::Ed25519),
            4 => Ok(KeyKind::Cosigner),
            other => Err(KeyError::Kind(other)),
        }
    }
}

/// Not empty, no Unicode space, no plus sign.
pub(crate) fn is_valid_name(name: &str) -> bool {
    !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || c == '+')
}

/// First four bytes of SHA-256(name || 0x0A || type || key).
pub(crate) fn key_id(name: &str, typed_key: &[u8]) -> u32 {
    let digest = Sha256::new()
        .chain_update(name)
        .chain_update("\n")
        .chain_update(typed_key)
        .finalize();
    u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]])
}

/// Splits `<name>+<id>+<base64(type || key)>`: the name, the id, the type and the 32 key bytes.
pub(crate) fn split_text(text: &str) -> Result<(&str, u32, u8, [u8; 32]), KeyError> {
    let mut parts = text.splitn(3, '+');
    let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(KeyError::Form);
    };
    if !is_valid_name(name) {
        return Err(KeyError::Name);
    }
    let number = u32::from_str_radix(id, 16).map_err(|_| KeyError::Form)?;
    if id != format!("{number:08x}") {
        return Err(KeyError::Form);
    }
    let typed = strict_base64::decode(key).ok_or(KeyError::Form)?;
    let (kind, key) = typed.split_first().ok_or(KeyError::Form)?;
    Ok((
        name,
        number,
        *kind,
        key.try_into().map_err(|_| KeyError::Key)?,
    ))
}

/// What a witness signs: the time, then the whole checkpoint text (tlog-cosignature, version 1).
pub(crate) fn cosigned_text(seconds: u64, text: &str) -> String {
    format!("cosignature/v1\ntime {seconds}\n{text}")
}

impl VerifierKey {
    /// A key under a name.
    ///
    /// # Errors
    /// The name is not allowed or the bytes are no Ed25519 point.
    pub fn new(name: &str, kind: KeyKind, key: &[u8; 32]) -> Result<VerifierKey, KeyError> {
        if !is_valid_name(name) {
            return Err(KeyError::Name);
        }
        Ok(VerifierKey {
            name: name.to_owned(),
            kind,
            key: VerifyingKey::from_bytes(key).map_err(|_| KeyError::Key)?,
        })
    }

    /// The name, for logs their origin.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What its signatures mean.
    #[must_use]
    pub const fn kind(&self) -> KeyKind {
        self.kind
    }

    /// The id by which notes refer to it, together with the name.
    #[must_use]
    pub fn id(&self) -> u32 {
        key_id(&self.name, &self.typed_key())
    }

    /// The key as OpenSSL reads it: SubjectPublicKeyInfo (RFC 8410) in PEM.
    #[must_use]
    pub fn to_pem(&self) -> String {
        // SEQUENCE { SEQUENCE { 1.3.101.112 }, BIT STRING of 32 bytes }.
        const BEFORE_THE_KEY: [u8; 12] = [
            0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00,
        ];
        let der = [&BEFORE_THE_KEY[..], self.key.as_bytes()].concat();
        let base64 = strict_base64::encode(&der);
        format!("-----BEGIN PUBLIC KEY-----\n{base64}\n-----END PUBLIC KEY-----\n")
    }

    /// The 32 bytes of the public key.
    #[must_use]
    pub fn key(&self) -> &[u8; 32] {
        self.key.as_bytes()
    }

    fn typed_key(&self) -> Vec<u8> {
        [&[self.kind.byte()][..], self.key.as_bytes()].concat()
    }

    /// Whether `blob`, what follows the key id in a note, signs `text`. Answers the time in seconds
    /// since 1970 that a cosignature carries, 0 for a plain signature.
    pub(crate) fn verify(&self, text: &str, blob: &[u8]) -> Option<u64> {
        let (seconds, message, signature) = match self.kind {
            KeyKind::Ed25519 => (0, text.to_owned(), blob),
            KeyKind::Cosigner => {
                let (time, signature) = blob.split_first_chunk::<8>()?;
                let seconds = u64::from_be_bytes(*time);
                (seconds, cosigned_text(seconds, text), signature)
            }
        };
        let signature = Signature::from_bytes(signature.try_into().ok()?);
        let strict = self.key.verify_strict(message.as_bytes(), &signature);
        strict.is_ok().then_some(seconds)
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = strict_base64::encode(&self.typed_key());
        write!(f, "{}+{:08x}+{key}", self.name, self.id())
    }
}

impl FromStr for VerifierKey {
    type Err = KeyError;
    fn from_str(text: &str) -> Result<VerifierKey, KeyError> {
        let (name, id, kind, key) = split_text(text)?;
        let verifier = VerifierKey::new(name, KeyKind::of(kind)?, &key)?;
        if verifier.id() == id {
            Ok(verifier)
        } else {
            Err(KeyError::Id)
        }
    }
}

impl SignerKey {
    /// The key grown from 32 secret random bytes.
    ///
    /// # Errors
    /// The name is not allowed.
    pub fn from_seed(name: &str, seed: &[u8; 32]) -> Result<SignerKey, KeyError> {
        if !is_valid_name(name) {
            return Err(KeyError::Name);
        }
        Ok(SignerKey {
            name: name.to_owned(),
            key: SigningKey::from_bytes(seed),
        })
    }

    /// The public half.
    #[must_use]
    pub fn verifier(&self) -> VerifierKey {
        VerifierKey {
            name: self.name.clone(),
            kind: KeyKind::Ed25519,
            key: self.key.verifying_key(),
        }
    }

    /// The secret text `PRIVATE+KEY+<name>+<id>+<base64(type || seed)>`, for the key file alone.
    #[must_use]
    pub fn to_secret_text(&self) -> String {
        let typed = [&[KeyKind::Ed25519.byte()][..], self.key.as_bytes()].concat();
        let key = strict_base64::encode(&typed);
        format!(
            "PRIVATE+KEY+{}+{:08x}+{key}",
            self.name,
            self.verifier().id()
        )
    }

    pub(crate) fn sign(&self, text: &str) -> [u8; 64] {
        self.key.sign(text.as_bytes()).to_bytes()
    }
}

impl fmt::Debug for SignerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SignerKey({}+{:08x})", self.name, self.verifier().id())
    }
}

impl FromStr for SignerKey {
    type Err = KeyError;
    fn from_str(text: &str) -> Result<SignerKey, KeyError> {
        let public = text.strip_prefix("PRIVATE+KEY+").ok_or(KeyError::Form)?;
        let (name, id, kind, seed) = split_text(public)?;
        if KeyKind::of(kind)? != KeyKind::Ed25519 {
            return Err(KeyError::Kind(kind));
        }
        let signer = SignerKey::from_seed(name, &seed)?;
        if signer.verifier().id() == id {
            Ok(signer)
        } else {
            Err(KeyError::Id)
        }
    }
}
