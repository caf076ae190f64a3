//! The report that goes with an evidence bundle 存证报告.
//!
//! No document of the books: it has no number of its own, nobody signs it, and it is never printed
//! again, so it is no [`crate::Kind`]. It tells what a bundle discloses, each sentence with the
//! record it comes from; what counts are the records.

use std::sync::LazyLock;

use crate::manifest::Manifest;
use crate::press::Form;
use crate::template;

const TEXT: &str = include_str!("../templates/evidence_report.typ");

static MANIFEST: LazyLock<Manifest> = LazyLock::new(|| {
    let read = Manifest::parse(include_str!("../templates/evidence_report.toml"));
    // INVARIANT: a test reads the shipped manifest; a broken one has no fields, and printing it
    // says so.
    read.unwrap_or_else(|title| Manifest {
        title,
        zh: String::new(),
        en: String::new(),
        code: "XX".to_owned(),
        fields: Vec::new(),
    })
});

static VERSION: LazyLock<String> = LazyLock::new(|| template::version_of(TEXT));

/// What the report may say.
#[must_use]
pub fn report_manifest() -> &'static Manifest {
    &MANIFEST
}

pub(crate) fn form() -> Form<'static> {
    Form {
        file: "evidence_report.typ",
        text: TEXT,
        version: &VERSION,
        manifest: &MANIFEST,
    }
}
