//! What the browser sees of decision tables 决策表视图.

use std::collections::BTreeMap;

use ::rules::report::Report;
use kernel::{Day, EmployeeId, Moment, RuleTableId};
use serde::Serialize;
use utoipa::ToSchema;

use super::ready::days;
use super::store::{Decision, Draft, Version};
use crate::commission::tables::{Asker, Askers, FACTS, Purpose};
use crate::people::PersonName;

/// Names read together.
pub(super) type Names = BTreeMap<EmployeeId, (String, String)>;

/// A table in a list.
#[derive(Serialize, ToSchema)]
pub(super) struct DecisionTableItem {
    #[schema(value_type = String)]
    pub(super) id: RuleTableId,
    pub(super) name: String,
    /// `draft` (never in force), `ahead`, `in_force`, `ended`
    pub(super) state: &'static str,
    /// The version in force today, or the next one.
    pub(super) version: Option<u32>,
    /// Since when, or from when on.
    #[schema(value_type = Option<String>, format = Date)]
    pub(super) since: Option<Day>,
    pub(super) published_by: Option<PersonName>,
    /// Whether somebody is writing at it.
    pub(super) has_draft: bool,
    /// What asks it.
    pub(super) used_by: Vec<TableUse>,
}

/// Something that asks a table.
#[derive(Serialize, ToSchema)]
pub(super) struct TableUse {
    /// `plan` (of commission), `handover`, `crediting`
    kind: &'static str,
    /// Name of the commission plan, number of the handover plan; empty for the crediting of deals.
    name: String,
}

/// What asks this table.
pub(super) fn used_by(askers: &Askers, table: RuleTableId) -> Vec<TableUse> {
    let uses = askers.of(table, None).into_iter();
    uses.map(|asker| match asker {
        Asker::Plan(name) => ("plan", name),
        Asker::Terms(number) => ("handover", number),
        Asker::Crediting => ("crediting", String::new()),
    })
    .map(|(kind, name)| TableUse { kind, name })
    .collect()
}

/// Every table.
#[derive(Serialize, ToSchema)]
pub(super) struct DecisionTables {
    pub(super) items: Vec<DecisionTableItem>,
    /// What tables may ask of a deal when commission asks them.
    pub(super) facts: Vec<TableFact>,
}

/// What a table may ask of a deal.
#[derive(Serialize, ToSchema)]
pub(super) struct TableFact {
    key: &'static str,
    /// Kinds its column may be of, the usual one first.
    kinds: Vec<&'static str>,
    zh: &'static str,
    en: &'static str,
    /// When it is known: `rate`, `share`, `credit`.
    purposes: Vec<&'static str>,
}

/// Everything commission knows of a deal.
pub(super) fn facts() -> Vec<TableFact> {
    let each = FACTS.iter();
    let purpose = |one: &Purpose| match one {
        Purpose::Rate => "rate",
        Purpose::Share => "share",
        Purpose::Credit => "credit",
    };
    each.map(|fact| TableFact {
        key: fact.key,
        kinds: fact.kinds.to_vec(),
        zh: fact.zh,
        en: fact.en,
        purposes: fact.purposes.iter().map(purpose).collect(),
    })
    .collect()
}

/// A table with its draft and its versions.
#[derive(Serialize, ToSchema)]
pub(super) struct DecisionTableView {
    #[schema(value_type = String)]
    pub(super) id: RuleTableId,
    pub(super) name: String,
    pub(super) draft: Option<TableDraft>,
    /// The newest first; ends among them.
    pub(super) versions: Vec<TableVersion>,
    /// What asks it.
    pub(super) used_by: Vec<TableUse>,
    /// What tables may ask of a deal when commission asks them.
    pub(super) facts: Vec<TableFact>,
    /// What the caller may do: `write`, `publish`, `compare`.
    pub(super) may: Vec<&'static str>,
}

/// What somebody is writing.
#[derive(Serialize, ToSchema)]
pub(super) struct TableDraft {
    revision: i64,
    /// The table as it was typed.
    #[schema(value_type = Object)]
    table: ::rules::table::Table,
    saved_by: Option<PersonName>,
    #[schema(value_type = String)]
    saved_at: Moment,
}

impl TableDraft {
    pub(super) fn of(draft: Draft, names: &Names) -> TableDraft {
        TableDraft {
            revision: draft.revision,
            table: draft.body,
            saved_by: PersonName::among(names, draft.saved_by.parse().ok()),
            saved_at: draft.saved_at,
        }
    }
}

/// A version of a table, or its end.
#[derive(Serialize, ToSchema)]
pub(super) struct TableVersion {
    version: u32,
    /// `in_force`, `ahead`, `past`, `end`
    state: &'static str,
    #[schema(value_type = String, format = Date)]
    valid_from: Day,
    /// The first day on which it does not count any more.
    #[schema(value_type = Option<String>, format = Date)]
    valid_until: Option<Day>,
    /// The table, each cell in its one way of writing; absent where it ended.
    #[schema(value_type = Option<Object>)]
    table: Option<::rules::table::Table>,
    /// SHA-256 of the table.
    digest: String,
    /// What changed and why.
    note: String,
    drafted_by: Option<PersonName>,
    published_by: Option<PersonName>,
    #[schema(value_type = String)]
    published_at: Moment,
}

/// The versions of one table, the newest first.
pub(super) fn versions(rows: &[&Version], names: &Names, today: Day) -> Vec<TableVersion> {
    let person = |id: &str| PersonName::among(names, id.parse().ok());
    let view = |(row, days): (&&Version, kernel::Period)| TableVersion {
        version: row.version,
        state: match &row.body {
            None => "end",
            Some(_) if days.contains(today) => "in_force",
            Some(_) if days.from > today => "ahead",
            Some(_) => "past",
        },
        valid_from: days.from,
        valid_until: days.until,
        table: row.body.clone(),
        digest: row.digest.clone(),
        note: row.note.clone(),
        drafted_by: person(&row.drafted_by),
        published_by: person(&row.published_by),
        published_at: row.published_at,
    };
    let mut views: Vec<_> = rows.iter().zip(days(rows)).map(view).collect();
    views.reverse();
    views
}

/// What is known of a table at this moment.
#[derive(Serialize, ToSchema)]
pub(super) struct TableReport {
    publishable: bool,
    problems: Vec<TableProblem>,
    gaps: Vec<TableGap>,
    /// Whether there are more gaps than are told.
    more_gaps: bool,
    overlaps: Vec<TableOverlap>,
    examples: Vec<TableExample>,
}

/// What is wrong, and at which place.
#[derive(Serialize, ToSchema)]
struct TableProblem {
    /// `stop`, `hint`
    severity: &'static str,
    code: String,
    /// JSON pointer into the table: `/rows/2/when/0`.
    pointer: String,
    zh: String,
    en: String,
    remedy_zh: String,
    remedy_en: String,
}

/// Cases that hit no row.
#[derive(Serialize, ToSchema)]
struct TableGap {
    /// A row that would close it, one cell an input.
    cells: Vec<String>,
    /// The row it lies next to, counted from 0.
    row: Option<usize>,
    /// The inputs in which that row does not reach it.
    inputs: Vec<usize>,
    zh: String,
    en: String,
}

/// Two rows that hit together though the policy forbids it.
#[derive(Serialize, ToSchema)]
struct TableOverlap {
    /// Counted from 0, the earlier first.
    rows: Vec<usize>,
    /// What they have in common, one cell an input.
    cells: Vec<String>,
    zh: String,
    en: String,
}

/// What an example gave.
#[derive(Serialize, ToSchema)]
struct TableExample {
    name: String,
    passed: bool,
    /// What came out; absent when the table refused.
    #[schema(value_type = Option<Object>)]
    got: Option<serde_json::Value>,
    zh: String,
    en: String,
}

impl From<Report> for TableReport {
    fn from(report: Report) -> TableReport {
        let analysis = report.analysis.unwrap_or_default();
        let problem = |one: ::rules::problem::Problem| TableProblem {
            severity: match one.severity {
                ::rules::problem::Severity::Stop => "stop",
                ::rules::problem::Severity::Hint => "hint",
            },
            code: one.code,
            pointer: one.place.pointer(),
            zh: one.message,
            en: one.message_en,
            remedy_zh: one.remedy,
            remedy_en: one.remedy_en,
        };
        let gap = |gap: ::rules::analyse::Gap| TableGap {
            cells: gap.cells,
            row: gap.beside.as_ref().map(|beside| beside.row),
            inputs: gap.beside.map(|beside| beside.inputs).unwrap_or_default(),
            zh: gap.zh,
            en: gap.en,
        };
        let overlap = |one: ::rules::analyse::Overlap| TableOverlap {
            rows: one.rows.to_vec(),
            cells: one.cells,
            zh: one.zh,
            en: one.en,
        };
        let example = |one: ::rules::report::Tried| TableExample {
            name: one.name,
            passed: one.passed,
            got: one.got,
            zh: one.zh,
            en: one.en,
        };
        TableReport {
            publishable: report.publishable,
            problems: report.problems.into_iter().map(problem).collect(),
            gaps: analysis.gaps.into_iter().map(gap).collect(),
            more_gaps: analysis.more_gaps,
            overlaps: analysis.overlaps.into_iter().map(overlap).collect(),
            examples: report.examples.into_iter().map(example).collect(),
        }
    }
}

/// What came out for some facts, and why.
#[derive(Serialize, ToSchema)]
pub(super) struct TableAnswer {
    /// The answer.
    #[schema(value_type = Object)]
    pub(super) answer: serde_json::Value,
    pub(super) zh: String,
    pub(super) en: String,
    pub(super) rows: Vec<RowFate>,
}

/// What became of a row.
#[derive(Serialize, ToSchema)]
pub(super) struct RowFate {
    /// Counted from 0.
    row: usize,
    /// `chosen`, `passed_over`, `missed`
    fate: &'static str,
    zh: String,
    en: String,
}

impl From<::rules::explain::RowStory> for RowFate {
    fn from(story: ::rules::explain::RowStory) -> RowFate {
        use ::rules::explain::Fate;
        RowFate {
            row: story.row,
            fate: match story.fate {
                Fate::Chosen => "chosen",
                Fate::PassedOver => "passed_over",
                Fate::Missed => "missed",
            },
            zh: story.zh,
            en: story.en,
        }
    }
}

/// A decision of a DMN file.
#[derive(Serialize, ToSchema)]
pub(super) struct FoundTable {
    /// Its name in the file.
    pub(super) name: String,
    /// Absent when it is no table that can be kept.
    #[schema(value_type = Option<Object>)]
    pub(super) table: Option<::rules::table::Table>,
    pub(super) why_zh: String,
    pub(super) why_en: String,
}

/// The decisions of a DMN file.
#[derive(Serialize, ToSchema)]
pub(super) struct FoundTables {
    pub(super) items: Vec<FoundTable>,
}

/// What a version decided about a record.
#[derive(Serialize, ToSchema)]
pub(super) struct TableDecision {
    version: u32,
    /// Counted from 1; 0 is the default row.
    row: u32,
    /// Number of the receipt, invoice, order or contract.
    record: String,
    #[schema(value_type = String, format = Date)]
    as_of: Day,
    /// The facts, by key of input.
    #[schema(value_type = Object)]
    given: BTreeMap<String, serde_json::Value>,
    #[schema(value_type = Object)]
    answer: serde_json::Value,
}

impl TableDecision {
    pub(super) fn of(one: Decision, numbers: &BTreeMap<String, String>) -> TableDecision {
        TableDecision {
            version: one.version,
            row: one.row,
            record: numbers.get(&one.record).cloned().unwrap_or(one.record),
            as_of: one.as_of,
            given: one.kept.given,
            answer: one.kept.answer,
        }
    }
}

/// The newest decisions of a table.
#[derive(Serialize, ToSchema)]
pub(super) struct TableDecisions {
    pub(super) items: Vec<TableDecision>,
}
