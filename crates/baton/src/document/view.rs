//! Documents as they travel to the browser 文书视图.

use std::collections::BTreeMap;

use ::document::Kind;
use kernel::{DocumentId, EmployeeId, Moment, Refusal};
use serde::Serialize;
use utoipa::ToSchema;

use super::store::{DocumentLine, TemplateLine};
use crate::people::PersonName;
use crate::signing::SigningBrief;

/// A document in a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct DocumentItem {
    #[schema(value_type = String)]
    pub(crate) id: DocumentId,
    /// `leaving_certificate`, …
    kind: String,
    /// What the kind is called.
    zh: String,
    en: String,
    number: String,
    employee: Option<PersonName>,
    /// What it is about, `departure/dep_…`.
    subject: String,
    pages: i64,
    /// Bytes.
    size: i64,
    /// 校验码
    code: String,
    /// SHA-256 of the file, hex.
    digest: String,
    /// Version of the template, hex.
    template: String,
    /// Why it was issued once more; empty for the first.
    because: String,
    issued_by: Option<PersonName>,
    #[schema(value_type = String)]
    pub(crate) issued_at: Moment,
    /// How its signing stands; absent when nobody was asked to sign.
    signing: Option<SigningBrief>,
}

pub(super) type Signings = BTreeMap<DocumentId, SigningBrief>;
pub(super) type Names = BTreeMap<EmployeeId, (String, String)>;

/// Everybody these documents speak of.
pub(super) fn people_of(lines: &[DocumentLine]) -> Vec<EmployeeId> {
    let issuers = lines.iter().filter_map(|line| line.issued_by.parse().ok());
    lines
        .iter()
        .map(|line| line.employee)
        .chain(issuers)
        .collect()
}

impl DocumentItem {
    pub(super) fn of(line: DocumentLine, names: &Names, signings: &mut Signings) -> DocumentItem {
        let manifest = Kind::of(&line.kind).map(Kind::manifest);
        let issuer = line.issued_by.parse().ok();
        DocumentItem {
            id: line.id,
            zh: line.title,
            en: manifest.map_or_else(|| line.kind.clone(), |manifest| manifest.en.clone()),
            kind: line.kind,
            number: line.number,
            employee: PersonName::among(names, Some(line.employee)),
            subject: line.subject,
            pages: line.pages,
            size: line.size,
            code: line.code,
            digest: line.digest,
            template: line.template,
            because: line.because,
            issued_by: issuer.and_then(|issuer| PersonName::among(names, Some(issuer))),
            issued_at: line.issued_at,
            signing: signings.remove(&line.id),
        }
    }
}

/// A kind of document.
#[derive(Serialize, ToSchema)]
pub(crate) struct DocumentKindView {
    #[schema(value_type = String)]
    kind: Kind,
    zh: String,
    en: String,
    /// As it stands on the paper.
    title: String,
    /// Version of the template in force, hex.
    template: String,
    /// Whether that template is the company's own.
    own_template: bool,
}

impl DocumentKindView {
    pub(super) fn of(kind: Kind, template: Option<TemplateLine>) -> DocumentKindView {
        let manifest = kind.manifest();
        DocumentKindView {
            kind,
            zh: manifest.zh.clone(),
            en: manifest.en.clone(),
            title: manifest.title.clone(),
            own_template: template.as_ref().is_some_and(|one| one.own),
            template: template.map(|one| one.version).unwrap_or_default(),
        }
    }
}

/// Why a document cannot be issued now.
#[derive(Serialize, ToSchema)]
pub(crate) struct InTheWay {
    code: String,
    zh: String,
    en: String,
    /// What would help.
    remedy: String,
}

/// A kind of document for one departure.
#[derive(Serialize, ToSchema)]
pub(crate) struct OfferView {
    #[schema(value_type = String)]
    kind: Kind,
    zh: String,
    en: String,
    /// The number the next one will bear.
    number: String,
    /// What stands in the way of issuing it; issuing once more needs a reason.
    in_the_way: Option<InTheWay>,
    /// How many were issued.
    issued: i64,
}

impl OfferView {
    pub(super) fn of(kind: Kind, number: String, issued: i64, no: Option<Refusal>) -> OfferView {
        let manifest = kind.manifest();
        OfferView {
            kind,
            zh: manifest.zh.clone(),
            en: manifest.en.clone(),
            number,
            in_the_way: no.map(|no| InTheWay {
                code: no.code,
                zh: no.message,
                en: no.message_en,
                remedy: no.remedy,
            }),
            issued,
        }
    }
}
