//! What the browser sees of the log 存证视图.

use std::collections::{BTreeMap, HashMap};

use ::evidence::verdict::Verdict;
use kernel::{EmployeeId, Moment};
use serde::Serialize;
use serde_json::Value as Json;
use spine::{CheckpointHead, Difference, Fault, LogRow, RowReport, SmReport, SmSigning, Wrong};
use utoipa::ToSchema;

use super::audits::Audited;
use super::deep;
use super::sight::Sight;
use super::stamps::ClockStanding;
use super::witnesses::Standing;
use crate::registry;

/// So many people of one story are named.
const NAMED: usize = 500;

/// One entry in words.
#[derive(Serialize, ToSchema)]
pub(crate) struct EntryLine {
    /// Place in the log, from 0.
    pub(crate) index: u64,
    /// Name of the act.
    kind: String,
    /// What the act is called.
    kind_zh: String,
    kind_en: String,
    #[schema(value_type = String, format = DateTime)]
    at: Moment,
    actor: String,
    /// Name of who acted; 系统 for the system.
    actor_name: String,
    /// The sentence; `null` when the caller may not read it or it was erased.
    zh: Option<String>,
    en: Option<String>,
    /// Whether what it says was erased by law.
    erased: bool,
    /// Before, after and the rest of the story, as it was recorded.
    #[schema(value_type = Object)]
    detail: Json,
    /// For one subject of a bulk act: what happened to it.
    #[schema(value_type = Object)]
    item: Json,
    /// Whether a signed checkpoint covers it, so that its proof can be downloaded.
    proved: bool,
}

/// One entry with what was hashed.
#[derive(Serialize, ToSchema)]
pub(crate) struct EntryDetail {
    line: EntryLine,
    /// The logged bytes, as text.
    entry: String,
    /// Leaf hash, base64.
    leaf: String,
    subjects: Vec<String>,
    approvals: Vec<ApprovalLine>,
    /// Name and number of everybody whose id stands in `line.detail`, by id.
    people: BTreeMap<String, String>,
    /// Numbers and names of the subjects, by `customer/cus_…`, as they stand in the books.
    called: BTreeMap<String, String>,
}

#[derive(Serialize, ToSchema)]
struct ApprovalLine {
    by: String,
    /// Who that is.
    by_name: Option<String>,
    decision: String,
    #[schema(value_type = String, format = DateTime)]
    at: Moment,
}

/// The state of the log.
#[derive(Serialize, ToSchema)]
pub(crate) struct LogState {
    /// Entries in the log.
    pub(crate) size: i64,
    /// Entries under the newest checkpoint.
    pub(crate) signed: u64,
    /// The newest checkpoint, a signed note.
    pub(crate) checkpoint: Option<String>,
    /// The log's public key, for a verifier.
    pub(crate) key: String,
    /// Name of the log.
    pub(crate) origin: String,
    /// When the newest checkpoint was signed.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub(crate) signed_at: Option<Moment>,
    /// The newest checkpoints, and by how many witnesses each was signed.
    pub(crate) checkpoints: Vec<CheckpointLine>,
    /// Those who watch the log; empty when none are configured.
    pub(crate) witnesses: Vec<Standing>,
    /// How its anchoring by timestamps stands.
    pub(crate) clock: ClockStanding,
    /// The second log with SM3 and SM2; `null` where none is kept.
    pub(crate) second: Option<SecondLog>,
    /// The newest audit that was recorded, nightly or before an export.
    pub(crate) audited: Option<Audited>,
    /// `VALID`, … of an audit run now; absent when none was asked for.
    pub(crate) audit: Option<AuditView>,
}

/// The second log over the same entries, with SM3 and SM2.
#[derive(Serialize, ToSchema)]
pub(crate) struct SecondLog {
    /// Its name.
    origin: String,
    /// Its public key, for a policy.
    key: String,
    /// Entries under its newest signed head; 0 before the first.
    size: u64,
    #[schema(value_type = Option<String>, format = DateTime)]
    signed_at: Option<Moment>,
    /// That head, a signed note.
    checkpoint: Option<String>,
}

impl SecondLog {
    pub(crate) async fn of(second: &SmSigning) -> Result<SecondLog, Fault> {
        let newest = second.newest().await?;
        Ok(SecondLog {
            origin: second.verifier().name().to_owned(),
            key: second.verifier().to_string(),
            size: newest.as_ref().map_or(0, |newest| newest.size),
            signed_at: newest.as_ref().map(|newest| newest.signed_at),
            checkpoint: newest.map(|newest| newest.note),
        })
    }
}

/// A checkpoint in the list.
#[derive(Serialize, ToSchema)]
pub(crate) struct CheckpointLine {
    size: u64,
    #[schema(value_type = String, format = DateTime)]
    signed_at: Moment,
    /// Witnesses that have signed it.
    cosigned: u64,
}

impl From<CheckpointHead> for CheckpointLine {
    fn from(head: CheckpointHead) -> CheckpointLine {
        let CheckpointHead {
            size,
            signed_at,
            cosigned,
        } = head;
        CheckpointLine {
            size,
            signed_at,
            cosigned,
        }
    }
}

/// What an audit found.
#[derive(Serialize, ToSchema)]
pub(crate) struct AuditView {
    verdict: String,
    verdict_zh: String,
    size: u64,
    root: String,
    findings: Vec<String>,
    erased: u64,
    /// The business tables against the log; `null` when that was not asked for.
    books: Option<BooksView>,
    #[schema(value_type = String, format = DateTime)]
    at: Moment,
}

/// What the comparison of the business tables with the log found.
#[derive(Serialize, ToSchema)]
pub(crate) struct BooksView {
    /// Tables compared.
    tables: u64,
    /// Rows compared.
    rows: u64,
    /// Entries whose content was erased, so that their rows cannot be compared.
    erased: u64,
    /// All differences, also those not listed.
    total: u64,
    differences: Vec<DifferenceView>,
}

/// One row that is not what the log says.
#[derive(Serialize, ToSchema)]
struct DifferenceView {
    /// `changed`, `missing`, `extra` or `damaged`; of a whole table `table_gone`, `field_gone`,
    /// `keyless` or `unguarded`.
    kind: String,
    /// The table; empty for a damaged entry.
    table: String,
    /// What the table is called.
    table_zh: String,
    /// Its primary key, columns joined by `/`; empty where the whole table is meant.
    key: String,
    /// The column, where one was changed or is gone.
    field: Option<String>,
    /// The entry that wrote the row last.
    entry: Option<u64>,
    /// The whole in a sentence.
    zh: String,
    en: String,
}

impl BooksView {
    fn of(books: &RowReport, values: bool) -> BooksView {
        let line = |found: &Difference| {
            let (zh, en) = deep::sentence(found, values);
            let (kind, field) = match &found.wrong {
                Wrong::Changed { field, .. } => ("changed", Some(field.clone())),
                Wrong::Missing => ("missing", None),
                Wrong::Extra => ("extra", None),
                Wrong::Damaged => ("damaged", None),
                Wrong::TableGone => ("table_gone", None),
                Wrong::FieldGone { field } => ("field_gone", Some(field.clone())),
                Wrong::Keyless => ("keyless", None),
                Wrong::Unguarded { .. } => ("unguarded", None),
            };
            DifferenceView {
                kind: kind.to_owned(),
                table: found.table.clone(),
                table_zh: deep::called(&found.table).to_owned(),
                key: found.key.clone(),
                field,
                entry: found.entry,
                zh,
                en,
            }
        };
        BooksView {
            tables: books.tables,
            rows: books.rows,
            erased: books.erased,
            total: books.total,
            differences: books.listed.iter().take(200).map(line).collect(),
        }
    }
}

/// What the second log makes of the verdict on the first: whatever is wrong with it is.
pub(crate) fn with_second(verdict: Verdict, second: Option<&SmReport>) -> Verdict {
    match second {
        Some(report) if !report.findings.is_empty() => Verdict::Invalid,
        _ => verdict,
    }
}

impl AuditView {
    /// `books` comes with whether its values may be shown.
    pub(crate) fn of(
        report: &::evidence::audit::AuditReport,
        second: Option<&SmReport>,
        books: Option<(&RowReport, bool)>,
        at: Moment,
    ) -> AuditView {
        let log = with_second(report.verdict, second);
        let verdict = books.map_or(log, |(b, _)| deep::verdict(log, b));
        let of_second = second.into_iter().flat_map(|report| &report.findings);
        AuditView {
            verdict: verdict.code().to_owned(),
            verdict_zh: verdict.chinese().to_owned(),
            books: books.map(|(books, values)| BooksView::of(books, values)),
            size: report.head.size,
            root: report.head.root.to_string(),
            findings: report
                .findings
                .iter()
                .take(200)
                .map(|found| found.message())
                .chain(of_second.take(200).map(ToString::to_string))
                .collect(),
            erased: report.erased.len() as u64,
            at,
        }
    }
}

/// What the entry is about.
pub(crate) fn subjects_of(row: &LogRow) -> Vec<String> {
    let entry = ::evidence::entry::Entry::from_bytes(&row.entry).ok();
    entry.map(|entry| entry.subject).unwrap_or_default()
}

/// Whoever acted or agreed, as the entry names them.
pub(crate) fn people_of(row: &LogRow) -> Vec<String> {
    let entry = ::evidence::entry::Entry::from_bytes(&row.entry).ok();
    let agreed = entry.into_iter().flat_map(|entry| entry.approvals);
    std::iter::once(row.actor.clone())
        .chain(agreed.map(|approval| approval.by))
        .collect()
}

/// Everybody whose id stands in the detail of a story; of a long one the first few hundred.
pub(crate) fn named_in(story: &Json) -> Vec<EmployeeId> {
    fn look(value: &Json, found: &mut Vec<EmployeeId>) {
        match value {
            Json::String(text) => found.extend(text.parse::<EmployeeId>()),
            Json::Array(values) => values.iter().for_each(|value| look(value, found)),
            Json::Object(fields) => fields.values().for_each(|value| look(value, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    look(&story["detail"], &mut found);
    found.truncate(NAMED);
    found
}

/// How entries are shown to one caller.
pub(crate) struct Shown<'a> {
    pub(crate) names: &'a HashMap<String, String>,
    pub(crate) signed: u64,
}

impl Shown<'_> {
    pub(super) fn line(&self, row: &LogRow, item: Option<Vec<u8>>, sight: Sight) -> EntryLine {
        let story = sight.of(row);
        let text = |key: &str| {
            story
                .as_ref()
                .and_then(|story| story[key].as_str())
                .map(str::to_owned)
        };
        let act = registry::act(&row.kind);
        let item = item.filter(|_| sight.is_in_words());
        EntryLine {
            index: row.index,
            kind_zh: act.map_or(row.kind.as_str(), |line| line.zh).to_owned(),
            kind_en: act.map_or(row.kind.as_str(), |line| line.en).to_owned(),
            kind: row.kind.clone(),
            at: row.at,
            actor_name: self
                .names
                .get(&row.actor)
                .cloned()
                .unwrap_or_else(|| "系统".to_owned()),
            actor: row.actor.clone(),
            zh: text("zh"),
            en: text("en"),
            erased: row.payload.is_none(),
            detail: story
                .as_ref()
                .map_or(Json::Null, |story| story["detail"].clone()),
            item: item
                .and_then(|bytes| serde_json::from_slice(&bytes).ok())
                .unwrap_or(Json::Null),
            proved: row.index < self.signed,
        }
    }

    pub(super) fn detail(
        &self,
        row: &LogRow,
        (people, called): (BTreeMap<String, String>, BTreeMap<String, String>),
        sight: Sight,
    ) -> EntryDetail {
        let entry = ::evidence::entry::Entry::from_bytes(&row.entry).ok();
        let approvals = entry
            .iter()
            .flat_map(|entry| &entry.approvals)
            .map(|approval| ApprovalLine {
                by_name: self.names.get(&approval.by).cloned(),
                by: approval.by.clone(),
                decision: approval.decision.clone(),
                at: approval.at,
            });
        EntryDetail {
            line: self.line(row, None, sight),
            entry: String::from_utf8_lossy(&row.entry).into_owned(),
            leaf: ::evidence::hash::leaf_hash(&row.entry).to_string(),
            approvals: approvals.collect(),
            subjects: subjects_of(row),
            people,
            called,
        }
    }
}
