//! What a ceremony is made of and what it leaves behind 签署记录.

use kernel::Moment;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// SHA-256, in JSON as hex.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Sha256Digest(pub [u8; 32]);

impl Sha256Digest {
    /// Of these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Sha256Digest {
        Sha256Digest(Sha256::digest(bytes).into())
    }
}

impl From<Sha256Digest> for String {
    fn from(digest: Sha256Digest) -> String {
        hex::encode(digest.0)
    }
}

impl TryFrom<String> for Sha256Digest {
    type Error = hex::FromHexError;

    fn try_from(text: String) -> Result<Sha256Digest, hex::FromHexError> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes)?;
        Ok(Sha256Digest(bytes))
    }
}

/// How a signature binds. Later is stronger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Level {
    /// L0 receipt 签收: signed in with a second factor, read, clicked.
    #[serde(rename = "L0")]
    Receipt,
    /// L1 agreed signature 约定条件电子签名 (art. 13, last sentence).
    #[serde(rename = "L1")]
    Agreed,
    /// L2 reliable signature 可靠电子签名 (art. 13, 1 to 4).
    #[serde(rename = "L2")]
    Reliable,
    /// By hand on paper 纸质签署; stands in for every level.
    #[serde(rename = "paper")]
    Paper,
}

/// In which capacity somebody signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 员工本人.
    Employee,
    /// 接收人.
    Receiver,
    /// 主管.
    Manager,
    /// 监交人.
    Witness,
    /// 公司, by its seal.
    Company,
    /// 客户.
    Customer,
}

/// A place to sign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    /// Who; an id this crate does not understand.
    pub party: String,
    /// As what.
    pub role: Role,
    /// Smaller ones first; equal ones in any order.
    pub turn: u8,
    /// At least.
    pub level: Level,
}

/// What was done to sign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "level")]
pub enum Proof {
    /// L0.
    #[serde(rename = "L0")]
    Receipt {
        /// The bytes that were shown.
        read: Sha256Digest,
        /// How he had signed in.
        factor: Factor,
    },
    /// L1.
    #[serde(rename = "L1")]
    Agreed {
        /// The bytes that were shown.
        read: Sha256Digest,
        /// The consent to signing in this way, given once before.
        consent: Consent,
        /// Confirmed for this document alone.
        factor: Factor,
        /// The drawn signature, as stored.
        drawn: Sha256Digest,
        /// For the company: the approved use of the seal.
        seal_use: Option<String>,
    },
    /// L2: a signature inside the PDF.
    #[serde(rename = "L2")]
    Reliable {
        /// The bytes before.
        before: Sha256Digest,
        /// The bytes with the signature.
        after: Sha256Digest,
        /// SHA-256 of the certificate.
        certificate: Sha256Digest,
        /// The moment of the trusted timestamp over the signature.
        stamped_at: Option<Moment>,
        /// For the company: the approved use of the seal.
        seal_use: Option<String>,
    },
    /// By hand.
    #[serde(rename = "paper")]
    Paper {
        /// The scan.
        scan: Sha256Digest,
        /// Where the original lies.
        kept_at: String,
        /// Who put the scan in; not the signer himself.
        recorded_by: String,
    },
}

/// What confirmed that it was he.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Factor {
    /// The password alone. Never enough to sign.
    Password,
    /// A one-time code.
    OneTimeCode,
    /// A passkey.
    Passkey,
}

/// Consent to a way of signing 电子签署同意书.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// The text that was agreed to.
    pub text: Sha256Digest,
    /// When.
    pub at: Moment,
}

impl Proof {
    /// Which level it reaches.
    #[must_use]
    pub fn level(&self) -> Level {
        match self {
            Proof::Receipt { .. } => Level::Receipt,
            Proof::Agreed { .. } => Level::Agreed,
            Proof::Reliable { .. } => Level::Reliable,
            Proof::Paper { .. } => Level::Paper,
        }
    }
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Deed {
    /// A seat signed.
    Signed {
        /// Its place in the list.
        seat: usize,
        /// How.
        proof: Proof,
    },
    /// A seat refused; the ceremony is over.
    Refused {
        /// Its place in the list.
        seat: usize,
        /// Why, in his own words.
        reason: String,
    },
    /// Whoever began it took it back.
    Withdrawn {
        /// Who.
        by: String,
        /// Why.
        reason: String,
    },
}

/// One step with what it is bound to. This is what goes into the evidence log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// When.
    pub at: Moment,
    /// What.
    pub deed: Deed,
    /// SHA-256 of the document as it was printed.
    pub document: Sha256Digest,
    /// SHA-256 of the document as it lay before whoever took the step.
    pub bound_to: Sha256Digest,
    /// SHA-256 of the document afterwards; the same unless a signature went into it.
    pub leaves: Sha256Digest,
    /// Binding of the step before; of the ceremony itself for the first.
    pub previous: Sha256Digest,
}

impl Step {
    /// What the next step is bound to: SHA-256 over a heading and this step in JSON, whose fields
    /// stand in the order of the type.
    #[must_use]
    pub fn binding(&self) -> Sha256Digest {
        bind("baton/signing-step/v1", self)
    }
}

pub(super) fn bind<T: Serialize>(heading: &str, value: &T) -> Sha256Digest {
    // Plain structures of texts and numbers always serialise.
    let json = serde_json::to_string(value).unwrap_or_default();
    Sha256Digest::of(format!("{heading}\n{json}\n").as_bytes())
}

/// How a ceremony stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Somebody still has to sign.
    Open,
    /// All have signed.
    Complete,
    /// Somebody refused.
    Refused,
    /// The deadline passed before all had signed.
    Expired,
    /// It was taken back.
    Withdrawn,
}

/// What a ceremony is made of: never changes once it has begun.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// SHA-256 of the document as it was printed.
    pub document: Sha256Digest,
    /// The places to sign.
    pub seats: Vec<Seat>,
    /// From when.
    pub begun: Moment,
    /// Until when, inclusive.
    pub deadline: Moment,
}
