//! Checkpoints: signed tree heads 检查点.
//!
//! C2SP tlog-checkpoint. The text of a note that names a log, its size and its root hash.

use std::fmt;
use std::str::FromStr;

use crate::key::{SignerKey, VerifierKey};
use crate::note::{Note, NoteError, Verified};
use crate::tree::TreeHead;

/// What a log says about itself at one size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Unique name of the log, not empty.
    pub origin: String,
    /// Size and root.
    pub head: TreeHead,
    /// Further lines, which mean nothing to us; none in our own checkpoints.
    pub extensions: Vec<String>,
}

/// Which log is believed, and whom besides. Comes from outside, never from what is examined.
#[derive(Clone, Debug)]
pub struct LogTrust {
    /// The origin line that must stand in the checkpoint.
    pub origin: String,
    /// The log's keys, more than one after a change of key; one must have signed.
    pub log_keys: Vec<VerifierKey>,
    /// Keys of witnesses, whose signatures are reported when they are there.
    pub witness_keys: Vec<VerifierKey>,
}

/// A checkpoint that the log has signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedCheckpoint {
    /// What was signed.
    pub checkpoint: Checkpoint,
    /// The known witnesses that have signed too.
    pub witnesses: Vec<Verified>,
}

/// Why a checkpoint is not read or not believed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// Fewer than three lines, an empty line, or no final line feed.
    #[error("检查点格式不对，应为来源、大小、根哈希各一行")]
    Form,
    /// The size is not a decimal number below 2^64 without leading zeros.
    #[error("检查点的大小「{0}」不是规范的十进制数")]
    Size(String),
    /// The root is not 32 bytes in base 64.
    #[error("检查点的根哈希「{0}」无效")]
    Root(String),
    /// Another log.
    #[error("检查点属于日志「{found}」，不是「{wanted}」")]
    Origin {
        /// Where the checkpoint comes from.
        found: String,
        /// Which log was expected.
        wanted: String,
    },
    /// None of the signatures is the log's own.
    #[error("检查点没有日志自己的有效签名")]
    NotSignedByLog,
    /// The note around it.
    #[error(transparent)]
    Note(#[from] NoteError),
}

/// A decimal number in its one spelling.
pub(crate) fn parse_decimal(text: &str) -> Option<u64> {
    text.parse()
        .ok()
        .filter(|number: &u64| number.to_string() == text)
}

impl Checkpoint {
    /// A checkpoint of our own.
    #[must_use]
    pub fn new(origin: &str, head: TreeHead) -> Checkpoint {
        Checkpoint {
            origin: origin.to_owned(),
            head,
            extensions: Vec::new(),
        }
    }

    /// Signs it with the log's key. Ask [`crate::monotonic::decide`] first.
    ///
    /// # Errors
    /// A line holds control characters.
    pub fn sign(&self, key: &SignerKey) -> Result<Note, CheckpointError> {
        let text = self.to_string();
        // What we sign must read back as what we meant.
        if text.parse::<Checkpoint>()? == *self {
            Ok(Note::sign(&text, &[key])?)
        } else {
            Err(CheckpointError::Form)
        }
    }
}

impl SignedCheckpoint {
    /// Reads a signed checkpoint and believes it for the log's own signature.
    ///
    /// # Errors
    /// It is no note or no checkpoint, comes from another log, lacks the log's signature, or a
    /// known key's signature is bad.
    pub fn open(note: &str, trust: &LogTrust) -> Result<SignedCheckpoint, CheckpointError> {
        let note: Note = note.parse()?;
        note.verify(&trust.log_keys).map_err(|error| match error {
            NoteError::NoKnownKey => CheckpointError::NotSignedByLog,
            other => CheckpointError::Note(other),
        })?;
        let witnesses = match note.verify(&trust.witness_keys) {
            Err(NoteError::NoKnownKey) => Vec::new(),
            known => known?,
        };
        let checkpoint: Checkpoint = note.text().parse()?;
        if checkpoint.origin != trust.origin {
            return Err(CheckpointError::Origin {
                found: checkpoint.origin,
                wanted: trust.origin.clone(),
            });
        }
        Ok(SignedCheckpoint {
            checkpoint,
            witnesses,
        })
    }
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let TreeHead { size, root } = self.head;
        write!(f, "{}\n{size}\n{root}\n", self.origin)?;
        self.extensions
            .iter()
            .try_for_each(|line| writeln!(f, "{line}"))
    }
}

impl FromStr for Checkpoint {
    type Err = CheckpointError;
    fn from_str(text: &str) -> Result<Checkpoint, CheckpointError> {
        let body = text.strip_suffix('\n').ok_or(CheckpointError::Form)?;
        let lines: Vec<&str> = body.split('\n').collect();
        if lines.iter().any(|line| line.is_empty()) {
            return Err(CheckpointError::Form);
        }
        let [origin, size, root, extensions @ ..] = lines.as_slice() else {
            return Err(CheckpointError::Form);
        };
        let shown = |line: &str| line.chars().take(60).collect::<String>();
        Ok(Checkpoint {
            origin: (*origin).to_owned(),
            head: TreeHead {
                size: parse_decimal(size).ok_or_else(|| CheckpointError::Size(shown(size)))?,
                root: root
                    .parse()
                    .map_err(|_| CheckpointError::Root(shown(root)))?,
            },
            extensions: extensions.iter().map(|line| (*line).to_owned()).collect(),
        })
    }
}
