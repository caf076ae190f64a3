//! The second log over the same entries, with SM3 and SM2 国密存证.
//!
//! For customers that must show commercial cryptography (GB/T 32905, GB/T 32918): the leaves are
//! the same bytes in the same order, the tree is hashed with SM3, its head signed with SM2. Texts
//! are those of the first log; the origin ends in `/sm3`, and the type of its signatures is private
//! (0xff, then [`SIGNATURE_TYPE`]), so that no other program takes one for the other. Witnesses of
//! the public network cannot check it; the log of record stays the first.

use std::fmt;
use std::str::FromStr;

use sm2::dsa::signature::{Signer as _, Verifier as _};
use sm2::dsa::{Signature, SigningKey, VerifyingKey};
use sm2::elliptic_curve::sec1::ToSec1Point as _;

use crate::checkpoint::Checkpoint;
use crate::hash::{Hash, TreeHash};
use crate::key::{KeyError, is_valid_name, key_id};
use crate::note::{Note, NoteSignature};
use crate::proof::verify_inclusion_by;
use crate::strict_base64;
use crate::tree::{Frontier, TreeHead};

/// What stands behind 0xff in the type of our signatures.
pub const SIGNATURE_TYPE: &str = "baton.cn/sm2-sm3/v1";

/// The distinguishing identifier of GM/T 0009 when none was agreed; goes into each signature.
pub const DISTINGUISHING_ID: &str = "1234567812345678";

/// How the name of the second log follows from that of the first.
#[must_use]
pub fn origin_of(log: &str) -> String {
    format!("{log}/sm3")
}

/// A public key of a second log: `<name>+<id>+<base64 of 0xff, type, 65 bytes>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SmVerifierKey {
    name: String,
    /// 0x04, x, y.
    point: [u8; 65],
}

/// The secret half.
#[derive(Clone)]
pub struct SmSignerKey {
    name: String,
    key: SigningKey,
}

/// Why a checkpoint of the second log is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SmError {
    /// No note, or no checkpoint in it.
    #[error("国密检查点格式不对")]
    Form,
    /// Of another log.
    #[error("国密检查点属于另一日志")]
    Origin,
    /// Without a signature of this key.
    #[error("国密检查点没有此密钥的签名")]
    Unsigned,
    /// The signature is bad.
    #[error("国密检查点的 SM2 签名无效，内容可能被改动")]
    Signature,
}

impl SmVerifierKey {
    /// A key under a name, from its uncompressed point (0x04, x, y).
    ///
    /// # Errors
    /// The name cannot stand in a note, or the bytes are no point of the curve.
    pub fn new(name: &str, point: &[u8; 65]) -> Result<SmVerifierKey, KeyError> {
        if !is_valid_name(name) {
            return Err(KeyError::Name);
        }
        if point[0] != 4 || VerifyingKey::from_sec1_bytes(DISTINGUISHING_ID, point).is_err() {
            return Err(KeyError::Key);
        }
        Ok(SmVerifierKey {
            name: name.to_owned(),
            point: *point,
        })
    }

    /// Name of the log.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Four bytes that stand for name and key.
    #[must_use]
    pub fn id(&self) -> u32 {
        key_id(&self.name, &self.typed())
    }

    /// Whether a text is a key of this kind, whatever it is worth.
    #[must_use]
    pub fn is_meant(text: &str) -> bool {
        let typed = text.splitn(3, '+').nth(2).and_then(strict_base64::decode);
        typed.is_some_and(|typed| typed.first() == Some(&0xff))
    }

    fn typed(&self) -> Vec<u8> {
        [&[0xff], SIGNATURE_TYPE.as_bytes(), &self.point].concat()
    }

    /// The key as OpenSSL reads it: SubjectPublicKeyInfo (id-ecPublicKey on the curve SM2), PEM.
    #[must_use]
    pub fn to_pem(&self) -> String {
        // SEQUENCE { SEQUENCE { 1.2.840.10045.2.1, 1.2.156.10197.1.301 }, BIT STRING of 65 bytes }.
        const BEFORE_THE_POINT: [u8; 26] = [
            0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06,
            0x08, 0x2a, 0x81, 0x1c, 0xcf, 0x55, 0x01, 0x82, 0x2d, 0x03, 0x42, 0x00,
        ];
        let base64 = strict_base64::encode(&[&BEFORE_THE_POINT[..], &self.point].concat());
        let lines: Vec<&str> = [base64.get(..64), base64.get(64..)]
            .into_iter()
            .flatten()
            .collect();
        format!(
            "-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n",
            lines.join("\n")
        )
    }

    /// Reads a checkpoint of this log and checks the signature over it.
    ///
    /// # Errors
    /// It is none, of another log, or not signed by this key.
    pub fn open(&self, note: &str) -> Result<TreeHead, SmError> {
        let note: Note = note.parse().map_err(|_| SmError::Form)?;
        let checkpoint: Checkpoint = note.text().parse().map_err(|_| SmError::Form)?;
        if checkpoint.origin != self.name {
            return Err(SmError::Origin);
        }
        let ours = |one: &&NoteSignature| one.name == self.name && one.key_id == self.id();
        let signature = note.signatures().iter().find(ours);
        let signature = signature.ok_or(SmError::Unsigned)?;
        match self.verify(note.text().as_bytes(), &signature.blob) {
            true => Ok(checkpoint.head),
            false => Err(SmError::Signature),
        }
    }

    fn verify(&self, message: &[u8], der: &[u8]) -> bool {
        let key = VerifyingKey::from_sec1_bytes(DISTINGUISHING_ID, &self.point);
        let (Ok(key), Some(raw)) = (key, from_der(der)) else {
            return false;
        };
        Signature::from_slice(&raw).is_ok_and(|signature| key.verify(message, &signature).is_ok())
    }
}

impl fmt::Display for SmVerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = strict_base64::encode(&self.typed());
        write!(f, "{}+{:08x}+{key}", self.name, self.id())
    }
}

impl FromStr for SmVerifierKey {
    type Err = KeyError;
    fn from_str(text: &str) -> Result<SmVerifierKey, KeyError> {
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(KeyError::Form);
        };
        let typed = strict_base64::decode(key).ok_or(KeyError::Form)?;
        let point = typed
            .strip_prefix(&[0xff])
            .and_then(|typed| typed.strip_prefix(SIGNATURE_TYPE.as_bytes()));
        let kind = typed.first().copied().unwrap_or_default();
        let point = point.ok_or(KeyError::Kind(kind))?;
        let key = SmVerifierKey::new(name, point.try_into().map_err(|_| KeyError::Key)?)?;
        match id == format!("{:08x}", key.id()) {
            true => Ok(key),
            false => Err(KeyError::Id),
        }
    }
}

impl SmSignerKey {
    /// A key from 32 secret bytes; they must be a number below the order of the curve, which all
    /// but one of four thousand million are.
    ///
    /// # Errors
    /// The name cannot stand in a note, or the bytes are no key.
    pub fn from_secret(name: &str, secret: &[u8; 32]) -> Result<SmSignerKey, KeyError> {
        if !is_valid_name(name) {
            return Err(KeyError::Name);
        }
        let key = SigningKey::from_slice(DISTINGUISHING_ID, secret).map_err(|_| KeyError::Key)?;
        Ok(SmSignerKey {
            name: name.to_owned(),
            key,
        })
    }

    /// The public half.
    ///
    /// # Errors
    /// Never for a key that was made here.
    pub fn verifier(&self) -> Result<SmVerifierKey, KeyError> {
        let point = self.key.verifying_key().as_affine().to_sec1_point(false);
        let point = point.as_bytes().try_into().map_err(|_| KeyError::Key)?;
        SmVerifierKey::new(&self.name, point)
    }

    /// `PRIVATE+KEY+<name>+<id>+<base64>`, for a file that only its owner may read.
    ///
    /// # Errors
    /// As [`SmSignerKey::verifier`].
    pub fn to_secret_text(&self) -> Result<String, KeyError> {
        let secret = self.key.to_bytes();
        let typed = [&[0xff], SIGNATURE_TYPE.as_bytes(), secret.as_slice()].concat();
        let key = strict_base64::encode(&typed);
        let id = self.verifier()?.id();
        Ok(format!("PRIVATE+KEY+{}+{id:08x}+{key}", self.name))
    }

    /// Signs a head; the same head gives the same note (RFC 6979 with SM3).
    ///
    /// # Errors
    /// [`SmError::Form`] when it cannot be written as a checkpoint.
    pub fn sign(&self, head: TreeHead) -> Result<String, SmError> {
        let text = Checkpoint::new(&self.name, head).to_string();
        let mut note = Note::sign(&text, &[]).map_err(|_| SmError::Form)?;
        let signature = self.key.try_sign(text.as_bytes());
        let signature = signature.map_err(|_| SmError::Signature)?;
        let verifier = self.verifier().map_err(|_| SmError::Form)?;
        note.add(NoteSignature {
            name: self.name.clone(),
            key_id: verifier.id(),
            blob: to_der(&signature.to_bytes()),
        });
        // What we sign must read back as what we meant.
        match verifier.open(&note.to_string()) {
            Ok(read) if read == head => Ok(note.to_string()),
            _ => Err(SmError::Form),
        }
    }
}

impl fmt::Debug for SmSignerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SmSignerKey({})", self.name)
    }
}

impl FromStr for SmSignerKey {
    type Err = KeyError;
    fn from_str(text: &str) -> Result<SmSignerKey, KeyError> {
        let public = text.strip_prefix("PRIVATE+KEY+").ok_or(KeyError::Form)?;
        let mut parts = public.splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(KeyError::Form);
        };
        let typed = strict_base64::decode(key).ok_or(KeyError::Form)?;
        let secret = typed
            .strip_prefix(&[0xff])
            .and_then(|typed| typed.strip_prefix(SIGNATURE_TYPE.as_bytes()));
        let secret = secret.ok_or(KeyError::Form)?;
        let secret = secret.try_into().map_err(|_| KeyError::Key)?;
        let signer = SmSignerKey::from_secret(name, secret)?;
        match id == format!("{:08x}", signer.verifier()?.id()) {
            true => Ok(signer),
            false => Err(KeyError::Id),
        }
    }
}

/// r and s as SEQUENCE of two INTEGERs, as OpenSSL and GM/T 0009 have it.
fn to_der(raw: &[u8]) -> Vec<u8> {
    let mut body = Vec::with_capacity(72);
    for part in raw.chunks(32) {
        let zeros = part.iter().take_while(|byte| **byte == 0).count();
        let digits = &part[zeros..];
        let sign = digits.first().is_some_and(|first| first & 0x80 != 0);
        let length = digits.len() + usize::from(sign);
        body.extend([2, u8::try_from(length).unwrap_or_default()]);
        body.extend(sign.then_some(0));
        body.extend(digits);
    }
    let length = u8::try_from(body.len()).unwrap_or_default();
    [&[0x30, length], body.as_slice()].concat()
}

/// The 64 bytes behind exactly one spelling.
fn from_der(der: &[u8]) -> Option<[u8; 64]> {
    let (&[0x30, length], mut rest) = der.split_first_chunk::<2>()? else {
        return None;
    };
    let mut raw = [0; 64];
    for part in raw.chunks_mut(32) {
        let (&[2, digits], after) = rest.split_first_chunk::<2>()? else {
            return None;
        };
        let (digits, after) = after.split_at_checked(usize::from(digits))?;
        let digits = match digits {
            [0, next, ..] if next & 0x80 != 0 => &digits[1..],
            digits => digits,
        };
        let at = 32_usize.checked_sub(digits.len())?;
        part[at..].copy_from_slice(digits);
        rest = after;
    }
    let is_one_spelling = rest.is_empty() && usize::from(length) + 2 == der.len();
    (is_one_spelling && to_der(&raw) == der).then_some(raw)
}

/// Whether an entry stands at `index` under a head of the second log.
#[must_use]
pub fn includes(head: TreeHead, index: u64, entry: &[u8], proof: &[Hash]) -> bool {
    let leaf = TreeHash::Sm3.leaf(entry);
    verify_inclusion_by(TreeHash::Sm3, index, leaf, proof, head).is_ok()
}

/// Computes the second log anew from the entries and compares each head that was signed.
#[derive(Debug)]
pub struct SmAudit {
    key: SmVerifierKey,
    tree: Frontier,
    /// By size, each head that is still ahead, the largest first.
    ahead: Vec<(u64, Signed)>,
    /// Leaves of the tiles that nobody asked for yet, and of the growing one.
    leaves: Vec<Hash>,
    /// The tile of the first of these.
    tile: u64,
    findings: Vec<SmFinding>,
    checked: u64,
}

/// What was said of a size.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Signed {
    Note(String),
    /// Known from outside the database, or kept to go on from.
    Root(Hash),
}

/// What an audit of the second log found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SmFinding {
    /// A checkpoint that is not believed.
    #[error("国密检查点 {size}：{why} / SM checkpoint {size} is not believed")]
    Checkpoint {
        /// Its size.
        size: u64,
        /// Why.
        why: SmError,
    },
    /// The entries do not give the root that was signed.
    #[error(
        "国密检查点 {size} 的 SM3 树根与存证条目不符，条目或检查点被改动 / \
         the entries do not give the SM3 root signed for {size}"
    )]
    Root {
        /// Its size.
        size: u64,
    },
    /// More entries were signed than there are.
    #[error(
        "国密日志签过 {size} 条，现存条目不足 / \
         the SM log was signed for {size} entries, and there are fewer"
    )]
    Truncated {
        /// Its size.
        size: u64,
    },
    /// A stored tile is not the one the entries give; derived data, computed anew when deleted.
    #[error(
        "国密日志的瓦片 {n} 与存证条目不符，可由条目重新计算 / \
         SM tile {n} differs from the entries; it can be computed anew"
    )]
    Tile {
        /// Its number.
        n: u64,
    },
}

impl SmAudit {
    /// Begins with what was signed.
    #[must_use]
    pub fn new(key: SmVerifierKey, signed: Vec<(u64, String)>) -> SmAudit {
        let notes = signed.into_iter();
        let mut audit = SmAudit {
            key,
            tree: Frontier::restore_by(TreeHash::Sm3, 0, &[]).unwrap_or_default(),
            ahead: notes
                .map(|(size, note)| (size, Signed::Note(note)))
                .collect(),
            leaves: Vec::new(),
            tile: 0,
            findings: Vec::new(),
            checked: 0,
        };
        audit.sort();
        audit
    }

    fn sort(&mut self) {
        self.ahead.sort();
        self.ahead.reverse();
    }

    /// A head that is known from outside the database. Before the first entry.
    pub fn anchor(&mut self, head: TreeHead) {
        self.ahead.push((head.size, Signed::Root(head.root)));
        self.sort();
    }

    /// The tree as it is stored to go on from. Before the first entry.
    pub fn stored_head(&mut self, tree: &Frontier) {
        if tree.size() > 0 {
            self.anchor(tree.head());
        }
    }

    /// The next entry of the log.
    pub fn push(&mut self, entry: &[u8]) {
        let leaf = TreeHash::Sm3.leaf(entry);
        self.leaves.push(leaf);
        self.tree.push(leaf);
        let head = self.tree.head();
        while let Some((size, signed)) = self.ahead.pop_if(|(size, _)| *size <= head.size) {
            self.checked += 1;
            let says = match signed {
                Signed::Root(root) => Ok(TreeHead { size, root }),
                Signed::Note(note) => self.key.open(&note),
            };
            let finding = match says {
                Err(why) => SmFinding::Checkpoint { size, why },
                Ok(says) if says != head || size != head.size => SmFinding::Root { size },
                Ok(_) => continue,
            };
            self.findings.push(finding);
        }
    }

    /// A stored tile, in the order of their numbers, once its entries were pushed.
    pub fn stored_tile(&mut self, n: u64, data: &[u8]) {
        let skipped = usize::try_from(n.saturating_sub(self.tile)).unwrap_or(usize::MAX);
        let skipped = skipped.saturating_mul(256).min(self.leaves.len());
        self.leaves.drain(..skipped);
        self.tile = n;
        let wanted = self.leaves.get(..256).map(crate::hash::concatenated);
        if wanted.as_deref() != Some(data) {
            self.findings.push(SmFinding::Tile { n });
        }
    }

    /// What was found, and how many heads were compared.
    #[must_use]
    pub fn finish(mut self) -> (Vec<SmFinding>, u64) {
        let beyond = self.ahead.iter().rev();
        self.findings
            .extend(beyond.map(|(size, _)| SmFinding::Truncated { size: *size }));
        (self.findings, self.checked)
    }
}
