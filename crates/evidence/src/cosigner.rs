//! Keys of witnesses, and what they sign 见证密钥.
//!
//! C2SP tlog-cosignature, version 1: Ed25519 over a time and a whole checkpoint. It says: at that
//! time the largest consistent tree this cosigner had seen of that log had this root.

use std::fmt;
use std::str::FromStr;

use ed25519_dalek::{Signer as _, SigningKey};

use crate::key::{KeyError, KeyKind, VerifierKey, cosigned_text, split_text};
use crate::note::NoteSignature;
use crate::strict_base64;

/// A witness's secret key (type 0x04) with its name; never shown by `Debug`.
#[derive(Clone)]
pub struct CosignerKey {
    verifier: VerifierKey,
    key: SigningKey,
}

impl CosignerKey {
    /// The key grown from 32 secret random bytes.
    ///
    /// # Errors
    /// The name is not allowed.
    pub fn from_seed(name: &str, seed: &[u8; 32]) -> Result<CosignerKey, KeyError> {
        let key = SigningKey::from_bytes(seed);
        let verifier = VerifierKey::new(name, KeyKind::Cosigner, key.verifying_key().as_bytes())?;
        Ok(CosignerKey { verifier, key })
    }

    /// The public half.
    #[must_use]
    pub const fn verifier(&self) -> &VerifierKey {
        &self.verifier
    }

    /// The cosignature of a checkpoint's text, made `seconds` after 1970.
    #[must_use]
    pub fn cosign(&self, text: &str, seconds: u64) -> NoteSignature {
        let signature = self.key.sign(cosigned_text(seconds, text).as_bytes());
        NoteSignature {
            name: self.verifier.name().to_owned(),
            key_id: self.verifier.id(),
            blob: [&seconds.to_be_bytes()[..], &signature.to_bytes()].concat(),
        }
    }

    /// The secret text `PRIVATE+KEY+<name>+<id>+<base64(type || seed)>`, for the key file alone.
    #[must_use]
    pub fn to_secret_text(&self) -> String {
        let typed = [&[KeyKind::Cosigner.byte()][..], self.key.as_bytes()].concat();
        let (name, id) = (self.verifier.name(), self.verifier.id());
        let key = strict_base64::encode(&typed);
        format!("PRIVATE+KEY+{name}+{id:08x}+{key}")
    }
}

impl fmt::Debug for CosignerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, id) = (self.verifier.name(), self.verifier.id());
        write!(f, "CosignerKey({name}+{id:08x})")
    }
}

impl FromStr for CosignerKey {
    type Err = KeyError;
    fn from_str(text: &str) -> Result<CosignerKey, KeyError> {
        let public = text.strip_prefix("PRIVATE+KEY+").ok_or(KeyError::Form)?;
        let (name, id, kind, seed) = split_text(public)?;
        if kind != KeyKind::Cosigner.byte() {
            return Err(KeyError::Kind(kind));
        }
        let key = CosignerKey::from_seed(name, &seed)?;
        if key.verifier.id() == id {
            Ok(key)
        } else {
            Err(KeyError::Id)
        }
    }
}
