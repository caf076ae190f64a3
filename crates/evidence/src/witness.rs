//! A witness sees to it that a log only grows 见证方.
//!
//! C2SP tlog-witness, the call `add-checkpoint`. The witness remembers one tree head for each log
//! and signs only what continues it, so whoever holds the log's key can neither rewrite the past
//! nor show two logs. It runs on another machine, under somebody else; here is what it decides.

mod request;

pub use request::{AddCheckpoint, RequestError};

use crate::checkpoint::{Checkpoint, CheckpointError, LogTrust, SignedCheckpoint};
use crate::cosigner::CosignerKey;
use crate::hash::empty_root;
use crate::note::{Note, NoteError};
use crate::proof::verify_consistency;
use crate::strict_base64;
use crate::tree::TreeHead;

/// What the witness answers. [`Answer::status`] is what HTTP says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// HTTP 200. INVARIANT: the caller keeps `head` for this origin, in exchange for the head it
    /// gave to [`Witness::answer`] and for no other, before anybody sees `lines`.
    Cosigned {
        /// What is remembered from now on.
        head: TreeHead,
        /// Signature lines for the note.
        lines: String,
    },
    /// 400: not a request.
    Malformed(RequestError),
    /// 400: it calls the past larger than the present.
    OldIsLarger,
    /// 404: a log that this witness does not watch.
    UnknownLog,
    /// 403: no signature of the log, or a bad one.
    NotSigned(CheckpointError),
    /// 409: the witness remembers another size, which is the body.
    Conflict {
        /// Size remembered.
        size: u64,
    },
    /// 422: what was signed before is not a prefix of it. The log contradicts itself.
    Inconsistent,
}

impl Answer {
    /// Status of the HTTP answer.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Answer::Cosigned { .. } => 200,
            Answer::Malformed(_) | Answer::OldIsLarger => 400,
            Answer::NotSigned(_) => 403,
            Answer::UnknownLog => 404,
            Answer::Conflict { .. } => 409,
            Answer::Inconsistent => 422,
        }
    }

    /// Type of the body.
    #[must_use]
    pub const fn content_type(&self) -> &'static str {
        match self {
            Answer::Conflict { .. } => "text/x.tlog.size",
            _ => "text/plain; charset=utf-8",
        }
    }

    /// The body.
    #[must_use]
    pub fn body(&self) -> String {
        match self {
            Answer::Cosigned { lines, .. } => lines.clone(),
            Answer::Malformed(why) => format!("malformed request: {why}\n"),
            Answer::OldIsLarger => "old size is larger than the checkpoint\n".to_owned(),
            Answer::UnknownLog => "unknown log\n".to_owned(),
            Answer::NotSigned(why) => format!("invalid signature: {why}\n"),
            Answer::Conflict { size } => format!("{size}\n"),
            Answer::Inconsistent => "the consistency proof does not verify\n".to_owned(),
        }
    }
}

/// Who watches which logs.
#[derive(Clone, Debug)]
pub struct Witness {
    /// The key it signs with.
    pub key: CosignerKey,
    /// The logs it watches; of several with one origin the first counts.
    pub logs: Vec<LogTrust>,
}

impl Witness {
    /// The log a request speaks of: its origin, when this witness watches it.
    #[must_use]
    pub fn watches(&self, origin: &str) -> Option<&LogTrust> {
        self.logs.iter().find(|log| log.origin == origin)
    }

    /// Decides about one request. `remembered` answers the head kept for an origin, `None` when
    /// nothing was ever signed for it; `seconds` after 1970 it is now.
    ///
    /// The checks come in the order of the specification, so that nobody without the log's key
    /// learns what is remembered.
    pub fn answer(
        &self,
        body: &str,
        remembered: impl FnOnce(&str) -> Option<TreeHead>,
        seconds: u64,
    ) -> Answer {
        let request: AddCheckpoint = match body.parse() {
            Ok(request) => request,
            Err(why) => return Answer::Malformed(why),
        };
        let read: Result<Note, NoteError> = request.checkpoint.parse();
        if !matches!(read, Ok(_) | Err(NoteError::SignatureLine(_))) {
            return Answer::Malformed(RequestError::Checkpoint);
        }
        let origin = request.checkpoint.split('\n').next().unwrap_or_default();
        let Some(log) = self.watches(origin) else {
            return Answer::UnknownLog;
        };
        // A signature that cannot even be read is a bad one: 403, not 400.
        let note = match read {
            Ok(note) => note,
            Err(why) => return Answer::NotSigned(why.into()),
        };
        if note.text().parse::<Checkpoint>().is_err() {
            return Answer::Malformed(RequestError::Checkpoint);
        }
        let head = match SignedCheckpoint::open(&request.checkpoint, log) {
            Ok(signed) => signed.checkpoint.head,
            Err(why) => return Answer::NotSigned(why),
        };
        if request.old > head.size {
            return Answer::OldIsLarger;
        }
        let last = remembered(origin);
        let size = last.map_or(0, |last| last.size);
        if request.old != size {
            return Answer::Conflict { size };
        }
        if !continues(last, head, &request) {
            return Answer::Inconsistent;
        }
        let signature = self.key.cosign(note.text(), seconds);
        let blob = [&signature.key_id.to_be_bytes()[..], &signature.blob].concat();
        let lines = format!("— {} {}\n", signature.name, strict_base64::encode(&blob));
        Answer::Cosigned { head, lines }
    }
}

/// Whether `head` continues what is remembered. Everything continues the empty tree, whose root
/// is known and which needs no proof.
fn continues(last: Option<TreeHead>, head: TreeHead, request: &AddCheckpoint) -> bool {
    match last.filter(|last| last.size > 0) {
        None => request.proof.is_empty() && (head.size > 0 || head.root == empty_root()),
        Some(last) => verify_consistency(last, head, &request.proof).is_ok(),
    }
}
