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
            known: false,
        }
    }
}

/// We broke; the text goes to the log once and never to the caller.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{cause}")]
pub struct Fault {
    cause: String,
    /// Whether the same act may succeed when tried again at once (deadlock, lock time-out).
    pub(crate) passing: bool,
    /// Whether the server went away before it answered.
    lost: bool,
    /// Whether that was the answer to a commit.
    uncertain: bool,
}

impl Fault {
    /// A fault with its cause, for the log; no personal data in it.
    #[must_use]
    pub fn new(cause: impl Into<String>) -> Fault {
        Fault {
            cause: cause.into(),
            passing: false,
            lost: false,
            uncertain: false,
        }
    }

    /// Whether the same may succeed in a moment: something else held what was wanted.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        self.passing
    }

    /// What the database says went wrong.
    pub(crate) fn of_the_database(error: impl std::fmt::Display, passing: bool) -> Fault {
        Fault {
            passing,
            ..Fault::new(error.to_string())
        }
    }

    /// The server went away before it answered.
    pub(crate) fn of_a_lost_server(cause: String) -> Fault {
        Fault {
            lost: true,
            ..Fault::new(cause)
        }
    }

    /// The same where a commit was asked for: nobody knows whether it took place when the server
    /// went away before its answer.
    pub(crate) fn of_a_commit(self) -> Fault {
        Fault {
            uncertain: self.lost,
            ..self
        }
    }

    /// Whether the server went away before it answered, or cannot be reached.
    #[must_use]
    pub fn is_lost(&self) -> bool {
        self.lost
    }

    /// Whether what was asked for may have taken place all the same.
    #[must_use]
    pub fn is_uncertain(&self) -> bool {
        self.uncertain
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
