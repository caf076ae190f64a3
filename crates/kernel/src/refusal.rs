//! The business says no 不予办理.

use serde::{Deserialize, Serialize};

/// Why an act is not carried out, in words the person in front of the screen can act on.
///
/// `code` is stable, dotted, lower case (`customer.owner_is_leaving`); `message` and `remedy` are
/// Chinese sentences; `message_en` is the same sentence in English.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{code}: {message}")]
pub struct Refusal {
    /// Stable machine name.
    pub code: String,
    /// What is wrong, in Chinese.
    pub message: String,
    /// What is wrong, in English.
    pub message_en: String,
    /// What would help, in Chinese; empty when nothing would.
    pub remedy: String,
    /// The places in the request that are wrong.
    pub fields: Vec<FieldError>,
    /// Whether the state of the books is in the way (409) rather than the request itself (422).
    pub conflict: bool,
}

/// One wrong place in a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// JSON pointer (RFC 6901) to the place.
    pub pointer: String,
    /// What is wrong there, in Chinese.
    pub detail: String,
}

impl Refusal {
    /// The request itself cannot be accepted (HTTP 422).
    #[must_use]
    pub fn invalid(
        code: &str,
        message: impl Into<String>,
        message_en: impl Into<String>,
    ) -> Refusal {
        Refusal {
            code: code.to_owned(),
            message: message.into(),
            message_en: message_en.into(),
            remedy: String::new(),
            fields: Vec::new(),
            conflict: false,
        }
    }

    /// The books stand against it (HTTP 409).
    #[must_use]
    pub fn conflict(
        code: &str,
        message: impl Into<String>,
        message_en: impl Into<String>,
    ) -> Refusal {
        Refusal {
            conflict: true,
            ..Refusal::invalid(code, message, message_en)
        }
    }

    /// Adds what would help.
    #[must_use]
    pub fn remedy(mut self, remedy: impl Into<String>) -> Refusal {
        self.remedy = remedy.into();
        self
    }

    /// Adds one wrong place.
    #[must_use]
    pub fn at(mut self, pointer: &str, detail: impl Into<String>) -> Refusal {
        self.fields.push(FieldError {
            pointer: pointer.to_owned(),
            detail: detail.into(),
        });
        self
    }
}
