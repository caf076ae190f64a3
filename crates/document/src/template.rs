//! How a document looks 模板.

use std::borrow::Cow;

use sha2::{Digest, Sha256};

use crate::kind::Kind;

/// What every template imports as `/paper.typ`: page, head and foot, facts, signatures.
pub(crate) const PAPER: &str = include_str!("../templates/paper.typ");

/// The text of a template, known by what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// For which kind of document.
    pub kind: Kind,
    /// Typst source.
    pub text: Cow<'static, str>,
    /// SHA-256, hex, over the template and the paper it stands on: two versions that look different
    /// have different names.
    pub version: String,
}

impl Template {
    /// The one that is part of the program.
    #[must_use]
    pub fn shipped(kind: Kind) -> Template {
        Template::new(kind, Cow::Borrowed(kind.shipped_text()))
    }

    /// One of the company's own.
    #[must_use]
    pub fn own(kind: Kind, text: String) -> Template {
        Template::new(kind, Cow::Owned(text))
    }

    fn new(kind: Kind, text: Cow<'static, str>) -> Template {
        let version = version_of(&text);
        Template {
            kind,
            text,
            version,
        }
    }

    /// The text that every template imports as `/paper.typ`.
    #[must_use]
    pub fn paper() -> &'static str {
        PAPER
    }

    /// The first twelve digits of the version, as they are printed.
    #[must_use]
    pub fn short_version(&self) -> &str {
        self.version.get(..12).unwrap_or(&self.version)
    }

    /// `handover_list.typ`
    #[must_use]
    pub fn file_name(&self) -> String {
        format!("{}.typ", self.kind.word())
    }
}

/// SHA-256, hex, over a template and the paper it stands on.
pub(crate) fn version_of(text: &str) -> String {
    let mut hash = Sha256::new();
    for part in [text.as_bytes(), PAPER.as_bytes()] {
        hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(part);
    }
    hex::encode(hash.finalize())
}
