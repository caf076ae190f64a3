//! Documents as they travel to the browser 文书视图.

use std::collections::BTreeMap;

use ::departure::ground::Ground;
use ::departure::kind::DepartureKind;
use ::document::{About, Field, FieldKind, Kind};
use kernel::{DocumentId, EmployeeId, Fen, Moment, Refusal};
use serde::Serialize;
use serde_json::{Map, Value as Json};
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
    /// The customer or the receiver it names, where it is about one of a plan.
    part: Option<String>,
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
        let part = match Kind::of(&line.kind).map(Kind::about) {
            Some(About::Customer) => line.fields["customer"].as_str(),
            Some(About::Receiver) => line.fields["receiver"].as_str(),
            _ => None,
        };
        DocumentItem {
            part: part.map(str::to_owned),
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
    /// What would help, Chinese.
    remedy: String,
    /// The same in English.
    remedy_en: String,
}

impl InTheWay {
    pub(super) fn of(no: Refusal) -> InTheWay {
        InTheWay {
            code: no.code,
            zh: no.message,
            en: no.message_en,
            remedy: no.remedy,
            remedy_en: no.remedy_en,
        }
    }
}

/// A field that whoever issues the document fills in.
#[derive(Serialize, ToSchema)]
pub(crate) struct FormField {
    key: String,
    zh: String,
    en: String,
    /// `text`, `note`, `day`, `money`, `count`, `yes`, `list`
    #[schema(value_type = String)]
    kind: FieldKind,
    required: bool,
    /// What the law or good use says about it; Chinese.
    hint: String,
    /// The same in English.
    hint_en: String,
    /// The only answers there are.
    choices: Vec<String>,
    /// At least: a number, yuan.
    least: Option<String>,
    /// At most: a number, yuan, rows, characters.
    most: Option<String>,
    /// The columns of a list, which have none of their own.
    #[schema(value_type = Vec<FormField>, no_recursion)]
    columns: Vec<FormField>,
}

impl FormField {
    fn of(field: &Field) -> FormField {
        FormField {
            key: field.key.clone(),
            zh: field.zh.clone(),
            en: field.en.clone(),
            kind: field.kind,
            required: !field.optional,
            hint: field.hint.clone(),
            hint_en: field.hint_en.clone(),
            choices: field.choices.clone(),
            least: field.least.clone(),
            most: field.most.clone(),
            columns: field.columns.iter().map(FormField::of).collect(),
        }
    }
}

/// What is filled in for a kind.
pub(super) fn form(kind: Kind) -> Vec<FormField> {
    kind.manifest().typed().map(FormField::of).collect()
}

/// What was filled in the last time, as the form takes it.
pub(super) fn filled(kind: Kind, newest: Option<&DocumentLine>) -> Map<String, Json> {
    let fields = newest.and_then(|line| line.fields.as_object());
    let each = kind.manifest().typed().filter_map(|field| {
        let said = fields?.get(&field.key)?;
        Some((field.key.clone(), as_asked(field, said)))
    });
    each.collect()
}

/// The books hold amounts in 分, requests have them in yuan.
fn as_asked(field: &Field, said: &Json) -> Json {
    match (field.kind, said) {
        (FieldKind::Money, said) => {
            let fen = said["fen"].as_i64().map(Fen);
            serde_json::to_value(fen).unwrap_or_default()
        }
        (FieldKind::List, Json::Array(rows)) => {
            let row = |row: &Json| {
                let each = field.columns.iter().filter_map(|column| {
                    let said = row.get(&column.key)?;
                    Some((column.key.clone(), as_asked(column, said)))
                });
                Json::Object(each.collect())
            };
            rows.iter().map(row).collect()
        }
        (_, said) => said.clone(),
    }
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
    /// What is filled in by hand; empty where the books hold everything.
    form: Vec<FormField>,
    /// What was filled in the last time.
    #[schema(value_type = Object)]
    filled: Map<String, Json>,
}

impl OfferView {
    pub(super) fn of(
        kind: Kind,
        number: String,
        (issued, newest): (i64, Option<&DocumentLine>),
        no: Option<Refusal>,
    ) -> OfferView {
        let manifest = kind.manifest();
        OfferView {
            kind,
            zh: manifest.zh.clone(),
            en: manifest.en.clone(),
            number,
            in_the_way: no.map(InTheWay::of),
            issued,
            form: form(kind),
            filled: filled(kind, newest),
        }
    }

    /// A dismissal chooses among the items of its own article, and must; no other way of leaving
    /// has any to choose among.
    pub(super) fn grounded(mut self, leaving: DepartureKind) -> OfferView {
        let items: Vec<String> = leaving.grounds().map(Ground::label).collect();
        self.form
            .retain(|field| field.key != GROUND || !items.is_empty());
        for field in self.form.iter_mut().filter(|field| field.key == GROUND) {
            field.choices.clone_from(&items);
            field.required = true;
        }
        self
    }
}

/// The field of a notice that names the item of the law.
const GROUND: &str = "ground";

/// Something of a plan that documents are issued about.
#[derive(Serialize, ToSchema)]
pub(crate) struct PlanPart {
    /// Id of the customer or the receiver.
    pub(super) id: String,
    pub(super) name: String,
    /// Who receives the customer; empty for a receiver.
    pub(super) receiver: String,
    /// Ids of the newest document of each kind.
    #[schema(value_type = BTreeMap<String, String>)]
    pub(super) issued: BTreeMap<String, DocumentId>,
}

/// A kind of document about a plan.
#[derive(Serialize, ToSchema)]
pub(crate) struct PlanOffer {
    #[schema(value_type = String)]
    pub(super) kind: Kind,
    pub(super) zh: String,
    pub(super) en: String,
    /// `customer`, `receiver`, `plan`
    pub(super) about: String,
    /// What stands in the way of issuing any of them.
    pub(super) in_the_way: Option<InTheWay>,
    /// What is filled in by hand.
    pub(super) form: Vec<FormField>,
    /// What was filled in the last time.
    #[schema(value_type = Object)]
    pub(super) filled: Map<String, Json>,
    /// The newest about the whole plan.
    #[schema(value_type = Option<String>)]
    pub(super) issued: Option<DocumentId>,
}

/// Which documents can be issued about a plan.
#[derive(Serialize, ToSchema)]
pub(crate) struct PlanOffers {
    pub(super) offers: Vec<PlanOffer>,
    /// Its customers that go to somebody, by name.
    pub(super) customers: Vec<PlanPart>,
    /// Whoever gets something.
    pub(super) receivers: Vec<PlanPart>,
}
