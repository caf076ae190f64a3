//! Why an engine decided as it did, in both languages 理由.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// One sentence of an explanation. `code` is stable, dotted, lower case, so that a screen or a test
/// can tell reasons apart; `zh` and `en` say the same to people. Fixed sentences are borrowed: an
/// engine may give reasons by the ten thousand.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Reason {
    /// Stable machine name.
    pub code: Cow<'static, str>,
    /// The sentence in Chinese.
    pub zh: Cow<'static, str>,
    /// The sentence in English.
    pub en: Cow<'static, str>,
}

impl Reason {
    /// A reason in both languages.
    #[must_use]
    pub fn new(
        code: &'static str,
        zh: impl Into<Cow<'static, str>>,
        en: impl Into<Cow<'static, str>>,
    ) -> Reason {
        Reason {
            code: Cow::Borrowed(code),
            zh: zh.into(),
            en: en.into(),
        }
    }
}
