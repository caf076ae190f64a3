//! Bundles as they travel to the browser 存证包视图.

use std::collections::BTreeMap;

use ::bundle::case::Content;
use ::document::Kind;
use kernel::{BundleId, DocumentId, EmployeeId, Moment};
use serde::Serialize;
use utoipa::ToSchema;

use super::gather::{Material, Paper, Raw};
use super::store::BundleLine;
use super::{Disclosure, Held};
use crate::evidence::witnesses::Standing;
use crate::people::PersonName;
use crate::registry;

pub(super) type Names = BTreeMap<EmployeeId, (String, String)>;

/// A bundle that was handed out.
#[derive(Serialize, ToSchema)]
pub(crate) struct BundleItem {
    #[schema(value_type = String)]
    id: BundleId,
    /// For whom.
    recipient: String,
    /// Why.
    reason: String,
    file_name: String,
    /// SHA-256 of the file, hex.
    digest: String,
    /// Bytes.
    size: i64,
    /// What the house's own verifier said of it: `VALID`, `VALID-UNWITNESSED`, `INCOMPLETE`.
    verdict: String,
    /// Records, and how many of them show their content, keep it back, or lost it.
    records: u64,
    shown: u64,
    withheld: u64,
    erased: u64,
    /// Items of bulk acts, one a customer.
    items: u64,
    documents: u64,
    /// Whether the company signed the list of files, and an authority stamped it.
    signed: bool,
    stamped: bool,
    /// Rows that were not what acts had written, as the audit before the export found.
    differences: u64,
    exported_by: Option<PersonName>,
    #[schema(value_type = String, format = DateTime)]
    exported_at: Moment,
}

/// Whoever exported these.
pub(super) fn exporters(lines: &[BundleLine]) -> Vec<EmployeeId> {
    let by = lines
        .iter()
        .filter_map(|line| line.exported_by.parse().ok());
    by.collect()
}

impl BundleItem {
    pub(super) fn of(line: BundleLine, names: &Names) -> BundleItem {
        let Held {
            records,
            shown,
            withheld,
            erased,
            items,
            documents,
            signed,
            stamped,
            differences,
            ..
        } = line.held;
        BundleItem {
            id: line.id,
            recipient: line.recipient,
            reason: line.reason,
            file_name: line.file_name,
            digest: line.digest,
            size: line.size,
            verdict: line.verdict,
            records,
            shown,
            withheld,
            erased,
            items,
            documents,
            signed,
            stamped,
            differences,
            exported_by: PersonName::among(names, line.exported_by.parse().ok()),
            exported_at: line.exported_at,
        }
    }
}

/// What a bundle would hold.
#[derive(Serialize, ToSchema)]
pub(crate) struct BundlePreview {
    /// Number of the departure.
    number: String,
    /// Who leaves.
    employee: PersonName,
    /// Entries of the log that were looked at; the export names them again.
    up_to: u64,
    records: Vec<PreviewRecord>,
    documents: Vec<PreviewDocument>,
    /// Chains that go along whole, so that nothing can be left out: how many.
    chains: usize,
    /// Customers of executed handovers, which go along when chosen.
    customers: u64,
    /// Whether the company signs the list of files; it does as soon as it has an authority for
    /// certificates.
    signed: bool,
    /// Whether a timestamp authority will be asked to stamp it.
    stamped: bool,
    /// How the witnesses stand.
    witnesses: Vec<Standing>,
    /// Bundles of this departure that were handed out already, the newest first.
    earlier: Vec<BundleItem>,
}

/// What others will say of a bundle made now.
pub(super) struct Outlook {
    pub(super) witnesses: Vec<Standing>,
    pub(super) signed: bool,
    pub(super) stamped: bool,
}

/// One record.
#[derive(Serialize, ToSchema)]
struct PreviewRecord {
    index: u64,
    kind_zh: String,
    kind_en: String,
    #[schema(value_type = String, format = DateTime)]
    at: Moment,
    /// What it says; `null` once it was erased, and when the caller may not read it.
    zh: Option<String>,
    en: Option<String>,
    /// Whether the caller may read it; what he may not is kept back.
    readable: bool,
    /// `shown`, `withheld` or `erased`: what becomes of its content unless it is chosen otherwise.
    content: String,
    /// How many subjects beside the case it speaks of.
    others: usize,
    /// Whether the content must go along, because items of it do when customers are chosen.
    carries_items: bool,
}

/// One document.
#[derive(Serialize, ToSchema)]
struct PreviewDocument {
    #[schema(value_type = String)]
    id: DocumentId,
    number: String,
    zh: String,
    en: String,
    size: i64,
    /// Index of the record that names its digest.
    record: u64,
    /// Whether it speaks of other people and is left out unless it is chosen.
    of_others: bool,
    /// Whether a file with signatures inside goes along beside it.
    signed: bool,
}

impl BundlePreview {
    pub(super) fn of(
        material: &Material,
        earlier: Vec<BundleLine>,
        names: &Names,
        outside: Outlook,
    ) -> BundlePreview {
        let chosen = material.chosen(&Disclosure::default(), &BTreeMap::new());
        let contents: BTreeMap<u64, &Content> = chosen
            .iter()
            .map(|record| (record.proof.index, &record.content))
            .collect();
        let records = material.records.iter().filter_map(|raw| {
            let content = contents.get(&raw.stored.index)?;
            Some(PreviewRecord::of(material, raw, content))
        });
        let moved = material.records.iter().filter(|raw| material.moves(raw));
        let person = &material.found.person;
        let called = (person.id, person.number.clone(), person.name.clone());
        BundlePreview {
            number: material.found.departure.number.clone(),
            employee: PersonName::of(called),
            up_to: material.up_to,
            records: records.collect(),
            documents: material.papers.iter().map(PreviewDocument::of).collect(),
            chains: material.subjects.len(),
            customers: moved.map(|raw| raw.items).sum(),
            signed: outside.signed,
            stamped: outside.stamped,
            witnesses: outside.witnesses,
            earlier: earlier
                .into_iter()
                .map(|line| BundleItem::of(line, names))
                .collect(),
        }
    }
}

impl PreviewRecord {
    fn of(material: &Material, raw: &Raw, content: &Content) -> PreviewRecord {
        let readable = !material.unread.contains(&raw.stored.index);
        let payload = raw.stored.content.as_ref().filter(|_| readable);
        let payload = payload.map(|(payload, _)| payload);
        let story: Option<serde_json::Value> =
            payload.and_then(|payload| serde_json::from_slice(payload).ok());
        let says = |language: &str| {
            let story = story.as_ref()?;
            story[language].as_str().map(str::to_owned)
        };
        let act = registry::act(&raw.entry.act);
        PreviewRecord {
            index: raw.stored.index,
            kind_zh: act
                .map_or(raw.entry.act.as_str(), |line| line.zh)
                .to_owned(),
            kind_en: act
                .map_or(raw.entry.act.as_str(), |line| line.en)
                .to_owned(),
            at: raw.entry.at,
            zh: says("zh"),
            en: says("en"),
            readable,
            content: match content {
                Content::Shown { .. } => "shown",
                Content::Withheld => "withheld",
                Content::Erased => "erased",
            }
            .to_owned(),
            others: material.others(raw).len(),
            carries_items: material.moves(raw),
        }
    }
}

impl PreviewDocument {
    fn of(paper: &Paper) -> PreviewDocument {
        let line = &paper.line;
        let kind = Kind::of(&line.kind);
        PreviewDocument {
            id: line.id,
            number: line.number.clone(),
            zh: line.title.clone(),
            en: kind.map_or_else(|| line.kind.clone(), |kind| kind.manifest().en.clone()),
            size: line.size,
            record: paper.record,
            // The list names customers and those who take over.
            of_others: kind == Some(Kind::HandoverList),
            signed: paper.signed.is_some(),
        }
    }
}
