//! Why an engine decided as it did, in both languages 理由.

use serde::{Deserialize, Serialize};

/// One sentence of an explanation. `code` is stable, dotted, lower case, so that a screen or a test
/// can tell reasons apart; `zh` and `en` say the same to people.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Reason {
    /// Stable machine name.
    pub code: String,
    /// The sentence in Chinese.
    pub zh: String,
    /// The sentence in English.
    pub en: String,
}

impl Reason {
    /// A reason in both languages.
    #[must_use]
    pub fn new(code: &str, zh: impl Into<String>, en: impl Into<String>) -> Reason {
        Reason {
            code: code.to_owned(),
            zh: zh.into(),
            en: en.into(),
        }
    }
}
