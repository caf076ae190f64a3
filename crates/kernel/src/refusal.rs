//! The business says no 不予办理.

use serde::{Deserialize, Serialize};

use crate::Day;

/// Why an act is not carried out, in words the person in front of the screen can act on.
///
/// `code` is stable, dotted, lower case (`customer.owner_is_leaving`); `message` and `remedy` are
/// Chinese sentences; `message_en` and `remedy_en` say the same in English.
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
    /// The same in English.
    #[serde(default)]
    pub remedy_en: String,
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
    /// The same in English.
    #[serde(default)]
    pub detail_en: String,
}

/// The same said in Chinese and in English 双语; the English is empty where only Chinese is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

impl Words {
    /// The day lies too early.
    #[must_use]
    pub fn not_before(day: Day) -> Words {
        Words::from((format!("不能早于 {day}"), format!("Not before {day}")))
    }

    /// The day lies too late.
    #[must_use]
    pub fn not_after(day: Day) -> Words {
        Words::from((format!("不能晚于 {day}"), format!("Not after {day}")))
    }
}

impl<Z: Into<String>, E: Into<String>> From<(Z, E)> for Words {
    fn from((zh, en): (Z, E)) -> Words {
        Words {
            zh: zh.into(),
            en: en.into(),
        }
    }
}

impl From<&str> for Words {
    fn from(zh: &str) -> Words {
        Words::from((zh, ""))
    }
}

impl From<String> for Words {
    fn from(zh: String) -> Words {
        Words::from((zh, ""))
    }
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
            remedy_en: String::new(),
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
    pub fn remedy(mut self, remedy: impl Into<Words>) -> Refusal {
        let Words { zh, en } = remedy.into();
        (self.remedy, self.remedy_en) = (zh, en);
        self
    }

    /// Adds one wrong place; what is wrong with the whole need not be said in English again.
    #[must_use]
    pub fn at(mut self, pointer: &str, detail: impl Into<Words>) -> Refusal {
        let Words { zh, en } = detail.into();
        let as_whole = en.is_empty() && zh == self.message;
        self.fields.push(FieldError {
            pointer: pointer.to_owned(),
            detail: zh,
            detail_en: if as_whole {
                self.message_en.clone()
            } else {
                en
            },
        });
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_in_both_languages_what_would_help_and_where_it_is_wrong() {
        let (zh, en) = ("日期不能晚于今天", "The day lies ahead");
        let until = Day::of(2026, 11, 30).expect("a day");
        let refusal = Refusal::invalid("kernel.day", zh, en)
            .remedy(("请核对日期", "Check the date"))
            .at("/on", zh)
            .at("/until", Words::not_after(until));
        assert_eq!(
            (refusal.remedy.as_str(), refusal.remedy_en.as_str()),
            ("请核对日期", "Check the date")
        );
        let places = refusal.fields.iter();
        let places: Vec<_> = places
            .map(|at| {
                (
                    at.pointer.as_str(),
                    at.detail.as_str(),
                    at.detail_en.as_str(),
                )
            })
            .collect();
        assert_eq!(
            places,
            [
                ("/on", zh, en),
                ("/until", "不能晚于 2026-11-30", "Not after 2026-11-30")
            ]
        );
    }

    #[test]
    fn what_is_said_in_chinese_alone_has_no_english() {
        let (remedy, detail) = ("请核对日期", "不能晚于今天");
        let refusal = Refusal::invalid("kernel.day", "日期有误", "The day is wrong")
            .remedy(remedy)
            .at("/on", detail);
        let english = (refusal.remedy_en, refusal.fields[0].detail_en.clone());
        assert_eq!(english, (String::new(), String::new()));
    }
}
