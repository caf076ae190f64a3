//! The three names of failure 不予办理、无权限、系统故障.

use kernel::Refusal;

/// Why a request did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The business says no (409 or 422).
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The caller may not (404 unless he may know the thing exists, else 403).
    #[error(transparent)]
    Denied(#[from] Denied),
    /// We broke (500).
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// The caller may not.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{permission}: {reason}")]
pub struct Denied {
    /// The permission that was missing.
    pub permission: String,
    /// The reason in Chinese.
    pub reason: String,
    /// The reason in English.
    pub reason_en: String,
    /// What would help, in Chinese and in English; nobody is told who may not know of the thing.
    pub remedy: (&'static str, &'static str),
    /// Whether the caller may know that the thing exists.
    pub known: bool,
}

impl Denied {
    /// The thing is not there, or not for this caller: both look the same.
    #[must_use]
    pub fn absent(what: &str) -> Denied {
        Denied {
            permission: what.to_owned(),
            reason: "没有找到，或您无权查看".to_owned(),
            reason_en: "Not found, or not yours to see".to_owned(),
            remedy: ("", ""),
            known: false,
        }
    }
}

/// We broke; the text goes to the log once and never to the caller.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{cause}")]
pub struct Fault {
    cause: String,
    kind: FaultKind,
}

/// What can be done about a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FaultKind {
    /// Nothing by the caller.
    Broken,
    /// Another act was in the way (deadlock, lock time-out): the same may succeed at once.
    Crossed,
    /// Another program took the place in the log: likewise.
    Taken,
    /// So many use the database that it was not come to.
    Crowded,
    /// The server went away before it answered, or cannot be reached.
    Lost,
    /// It went away before it answered to a commit.
    Uncertain,
}

impl Fault {
    /// A fault with its cause, for the log; no personal data in it.
    #[must_use]
    pub fn new(cause: impl Into<String>) -> Fault {
        Fault {
            cause: cause.into(),
            kind: FaultKind::Broken,
        }
    }

    pub(crate) fn of_kind(self, kind: FaultKind) -> Fault {
        Fault { kind, ..self }
    }

    /// The same where a commit was asked for: nobody knows whether it took place when the server
    /// went away before its answer.
    pub(crate) fn of_a_commit(self) -> Fault {
        match self.kind {
            FaultKind::Lost => self.of_kind(FaultKind::Uncertain),
            _ => self,
        }
    }

    /// Whether the same may succeed in a moment: others held what was wanted.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        self.is_worth_a_try() || self.kind == FaultKind::Crowded
    }

    /// Whether the same may succeed at once.
    pub(crate) fn is_worth_a_try(&self) -> bool {
        self.is_taken() || self.kind == FaultKind::Crossed
    }

    /// Whether another program took the place in the log.
    pub(crate) fn is_taken(&self) -> bool {
        self.kind == FaultKind::Taken
    }

    /// Whether the server went away before it answered, or cannot be reached.
    #[must_use]
    pub fn is_lost(&self) -> bool {
        matches!(self.kind, FaultKind::Lost | FaultKind::Uncertain)
    }

    /// Whether what was asked for may have taken place all the same.
    #[must_use]
    pub fn is_uncertain(&self) -> bool {
        self.kind == FaultKind::Uncertain
    }
}

impl From<serde_json::Error> for Fault {
    fn from(error: serde_json::Error) -> Fault {
        Fault::new(format!("json: {error}"))
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Failure {
        Failure::Fault(error.into())
    }
}
