//! Signed notes 签名短文.
//!
//! C2SP signed-note: a text, an empty line, then one line for each signature. A note with
//! signatures of unknown keys or unknown types is read and kept; only known keys count.

use std::fmt;
use std::str::FromStr;

use crate::key::{KeyKind, SignerKey, VerifierKey, is_valid_name};
use crate::strict_base64;

/// A verifier must accept 16; more than this is an attempt to keep it busy.
const MOST_SIGNATURES: usize = 100;

/// A text and who signed it; printed exactly as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<NoteSignature>,
}

/// One signature line, of whatever type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteSignature {
    /// Name of the key.
    pub name: String,
    /// Id of the key; name and id together say which key.
    pub key_id: u32,
    /// What the key made: its form depends on the type of the key.
    pub blob: Vec<u8>,
}

/// A known key whose signature is good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Name of the key.
    pub name: String,
    /// Id of the key.
    pub key_id: u32,
    /// What the signature means.
    pub kind: KeyKind,
    /// Seconds since 1970 at which a cosigner saw the checkpoint; 0 for a plain signature.
    pub seconds: u64,
}

/// Why a note is not read or not believed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// Not UTF-8, or a control character other than the line feed.
    #[error("签名短文含有不允许的字符，须为 UTF-8 且不含控制字符")]
    Characters,
    /// No text that ends in a line feed, empty line and signature lines.
    #[error("签名短文格式不对，应为正文、空行、签名行")]
    Form,
    /// A signature line that is none.
    #[error("签名短文第 {0} 个签名行格式不对")]
    SignatureLine(usize),
    /// More than 100 signatures.
    #[error("签名短文的签名超过 100 个")]
    TooManySignatures,
    /// A known key's signature is bad.
    #[error("「{0}」的签名无效，内容可能被改动")]
    BadSignature(String),
    /// None of the signatures is by a known key.
    #[error("签名短文没有任何受信任密钥的签名")]
    NoKnownKey,
}

fn has_only_allowed_characters(text: &str) -> bool {
    text.bytes().all(|byte| byte >= b' ' || byte == b'\n')
}

impl Note {
    /// Reads a note from a file.
    ///
    /// # Errors
    /// The bytes are not a note.
    pub fn parse(bytes: &[u8]) -> Result<Note, NoteError> {
        std::str::from_utf8(bytes)
            .map_err(|_| NoteError::Characters)?
            .parse()
    }

    /// Signs `text`, which ends in a line feed.
    ///
    /// # Errors
    /// The text does not end in a line feed or holds control characters.
    pub fn sign(text: &str, signers: &[&SignerKey]) -> Result<Note, NoteError> {
        if !has_only_allowed_characters(text) {
            return Err(NoteError::Characters);
        }
        if !text.ends_with('\n') {
            return Err(NoteError::Form);
        }
        let signatures = signers.iter().map(|signer| {
            let key = signer.verifier();
            NoteSignature {
                name: key.name().to_owned(),
                key_id: key.id(),
                blob: signer.sign(text).to_vec(),
            }
        });
        Ok(Note {
            text: text.to_owned(),
            signatures: signatures.collect(),
        })
    }

    /// The text with its final line feed. Believe it only after [`Note::verify`].
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// All signatures, known or not, in their order.
    #[must_use]
    pub fn signatures(&self) -> &[NoteSignature] {
        &self.signatures
    }

    /// Adds a signature made elsewhere, for instance a witness's.
    pub fn add(&mut self, signature: NoteSignature) {
        self.signatures.push(signature);
    }

    /// Which of `keys` have signed. A key counts once.
    ///
    /// # Errors
    /// A known key's signature is bad, or no known key has signed.
    pub fn verify(&self, keys: &[VerifierKey]) -> Result<Vec<Verified>, NoteError> {
        let mut verified: Vec<Verified> = Vec::new();
        for signature in &self.signatures {
            let is_signer =
                |key: &&VerifierKey| key.name() == signature.name && key.id() == signature.key_id;
            let Some(key) = keys.iter().find(is_signer) else {
                continue;
            };
            let again =
                |seen: &Verified| seen.name == signature.name && seen.key_id == signature.key_id;
            if verified.iter().any(again) {
                continue;
            }
            let seconds = key
                .verify(&self.text, &signature.blob)
                .ok_or_else(|| NoteError::BadSignature(signature.name.clone()))?;
            verified.push(Verified {
                name: signature.name.clone(),
                key_id: signature.key_id,
                kind: key.kind(),
                seconds,
            });
        }
        if verified.is_empty() {
            Err(NoteError::NoKnownKey)
        } else {
            Ok(verified)
        }
    }
}

impl FromStr for Note {
    type Err = NoteError;
    fn from_str(message: &str) -> Result<Note, NoteError> {
        if !has_only_allowed_characters(message) {
            return Err(NoteError::Characters);
        }
        let empty_line = message.rfind("\n\n").ok_or(NoteError::Form)?;
        let (text, block) = (&message[..=empty_line], &message[empty_line + 2..]);
        let lines = block.strip_suffix('\n').ok_or(NoteError::Form)?;
        if lines.split('\n').count() > MOST_SIGNATURES {
            return Err(NoteError::TooManySignatures);
        }
        let signatures = lines
            .split('\n')
            .enumerate()
            .map(|(n, line)| parse_signature(line).ok_or(NoteError::SignatureLine(n + 1)))
            .collect::<Result<_, _>>()?;
        Ok(Note {
            text: text.to_owned(),
            signatures,
        })
    }
}

fn parse_signature(line: &str) -> Option<NoteSignature> {
    let (name, base64) = line.strip_prefix("— ")?.split_once(' ')?;
    let bytes = strict_base64::decode(base64)?;
    let (key_id, blob) = bytes.split_first_chunk::<4>()?;
    (is_valid_name(name) && !blob.is_empty()).then(|| NoteSignature {
        name: name.to_owned(),
        key_id: u32::from_be_bytes(*key_id),
        blob: blob.to_vec(),
    })
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        for signature in &self.signatures {
            let bytes = [&signature.key_id.to_be_bytes()[..], &signature.blob].concat();
            writeln!(f, "— {} {}", signature.name, strict_base64::encode(&bytes))?;
        }
        Ok(())
    }
}
