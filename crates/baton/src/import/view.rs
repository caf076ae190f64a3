//! What travels to the browser 导入视图.

use std::collections::{BTreeMap, HashSet};

use intake::RecordKind;
use kernel::{Fen, ImportId, Moment};
use serde::Serialize;
use serde_json::Value as Json;
use utoipa::ToSchema;

use super::plan::{Action, Counts, has_news};
use super::store::{Batch, BatchState, OwnerTotal, RowLine};
use super::{mask, notes};

/// A batch in the list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportItem {
    /// Its id.
    #[schema(value_type = String)]
    pub id: ImportId,
    /// The mapping's name.
    pub title: String,
    /// The same in English, where the house named it.
    pub title_en: String,
    /// First part of every natural key.
    pub system: String,
    /// How far it is.
    pub state: BatchState,
    /// The same in Chinese.
    pub state_zh: String,
    /// Names of its files.
    pub files: Vec<String>,
    /// How many records were read.
    pub records: u64,
    /// How many rows were refused.
    pub refused: u64,
    /// How many records stay outside: a row may be used for one and not for another.
    pub left_out: u64,
    /// How many were new to the books; none before it was written.
    pub created: Option<u64>,
    /// How many changed what the books held.
    pub updated: Option<u64>,
    /// How many the books held as they were.
    pub unchanged: Option<u64>,
    /// Who staged it.
    pub staged_by: String,
    /// When.
    #[schema(value_type = String)]
    pub staged_at: Moment,
    /// When it came into the books.
    #[schema(value_type = Option<String>)]
    pub committed_at: Option<Moment>,
    /// When it was taken back.
    #[schema(value_type = Option<String>)]
    pub undone_at: Option<Moment>,
}

/// What became of the rows of one sheet: `rows` is the sum of the five others.
#[derive(Debug, Serialize, ToSchema)]
pub struct SourceView {
    /// The file.
    pub file: String,
    /// The worksheet; empty for CSV.
    pub sheet: String,
    /// The encoding of a text file.
    pub encoding: String,
    /// Rows below the header.
    pub rows: u64,
    /// Became a record, or repeated one.
    pub used: u64,
    /// Stay outside.
    pub refused: u64,
    /// Fit no condition of the mapping.
    pub filtered: u64,
    /// Empty.
    pub blank: u64,
    /// Only looked things up in.
    pub consulted: u64,
}

/// One thing found in the files, or while they came in.
#[derive(Debug, Serialize, ToSchema)]
pub struct Finding {
    /// `refused`, `warned`, `changed` or `info`.
    pub severity: String,
    /// Stable machine name.
    pub code: String,
    /// The file.
    pub file: String,
    /// The worksheet.
    pub sheet: String,
    /// The rows, at most a hundred of them.
    pub rows: Vec<u64>,
    /// How many rows it is about.
    pub row_count: u64,
    /// The column, or the field where no column gives it.
    pub column: String,
    /// The same with the field in English.
    pub column_en: String,
    /// The cell, contact details masked, or what a record is called.
    pub value: String,
    /// The same in English.
    pub value_en: String,
    /// The reason.
    pub reason: String,
    /// The same in English.
    pub reason_en: String,
    /// What would help.
    pub remedy: String,
    /// The same in English.
    pub remedy_en: String,
}

/// Records and money of one kind: what came in and what is in the books.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportKind)]
pub struct KindView {
    /// `customer`, …
    pub kind: String,
    /// The same in Chinese.
    pub kind_zh: String,
    /// The same in English.
    pub kind_en: String,
    /// Records read and handed on.
    pub staged: u64,
    /// Their amounts, plain, in the currency of the files; none where the kind has no money.
    pub staged_amount: Option<String>,
    /// Records that are new to the books; none where that was not worked out.
    pub created: Option<u64>,
    /// Records that change what the books hold.
    pub updated: Option<u64>,
    /// Records that the books hold as they are.
    pub unchanged: Option<u64>,
    /// Records that stay outside, refused in the files or by the books.
    pub refused: u64,
    /// Records of the batch that stand in the books.
    pub booked: u64,
    /// Their amounts, plain yuan.
    pub booked_amount: Option<String>,
    /// By owner.
    pub owners: Vec<OwnerView>,
}

/// The same of one owner.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct OwnerView {
    /// The owner's key in the files; empty without owner.
    pub owner: String,
    /// The owner's name in the books.
    pub name: String,
    /// Records read.
    pub staged: u64,
    /// Their amounts, plain yuan.
    pub staged_amount: Option<String>,
    /// Records in the books, whoever owns them today; in batches of old by whom owns them today.
    pub booked: u64,
    /// Their amounts, plain yuan.
    pub booked_amount: Option<String>,
    /// Those of them that are not this owner's today.
    pub moved: u64,
    /// Their amounts, plain yuan.
    pub moved_amount: Option<String>,
}

/// The report of a batch.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportView {
    /// The batch.
    pub batch: ImportItem,
    /// The currency of the files.
    pub currency: String,
    /// Whether nothing is written yet and the report tells what writing would do; very large
    /// batches are not compared with the books beforehand.
    pub foretold: bool,
    /// Whether nothing is written yet and nothing would be new: writing it is refused.
    pub idle: bool,
    /// What became of every row.
    pub sources: Vec<SourceView>,
    /// Counts and sums by kind and owner.
    pub kinds: Vec<KindView>,
    /// What was refused first.
    pub findings: Vec<Finding>,
}

impl ImportItem {
    pub(crate) fn of(batch: &Batch) -> ImportItem {
        let names = batch.files.as_array().into_iter().flatten();
        let of_kinds = |part: &str| -> u64 {
            let kinds = batch.report["totals"].as_object().into_iter().flatten();
            kinds
                .filter_map(|(_, kind)| kind[part]["records"].as_u64())
                .sum()
        };
        let became = |what: &str| batch.report["became"][what].as_u64();
        let refused = sources(&batch.report).iter().map(|of| of.refused).sum();
        ImportItem {
            id: batch.id,
            title: batch.title.clone(),
            title_en: intake::name_in_english(&batch.title),
            system: batch.system.clone(),
            state: batch.state,
            state_zh: batch.state.zh().to_owned(),
            files: names
                .filter_map(|file| file["name"].as_str().map(str::to_owned))
                .collect(),
            records: of_kinds("staged"),
            refused,
            left_out: of_kinds("refused") + became("refused").unwrap_or_default(),
            created: became("created"),
            updated: became("updated"),
            unchanged: became("unchanged"),
            staged_by: batch.staged_by.clone(),
            staged_at: batch.staged_at,
            committed_at: batch.committed_at,
            undone_at: batch.undone_at,
        }
    }
}

fn text(json: &Json) -> String {
    json.as_str().unwrap_or_default().to_owned()
}

impl ImportView {
    /// `became` is what the records became or would become; none where that is not known.
    pub(crate) fn of(
        batch: &Batch,
        totals: &[OwnerTotal],
        became: Option<&Counts>,
        refused: &[RowLine],
        most_rows: usize,
    ) -> ImportView {
        let report = &batch.report;
        let staged = batch.state == BatchState::Staged;
        let list = |name: &str| report[name].as_array().cloned().unwrap_or_default();
        let mut findings: Vec<Finding> = refused.iter().map(outside).collect();
        let waiting = waiting(report);
        let told = list("findings");
        let told = told.iter().filter(|json| still_told(json, &waiting));
        findings.extend(told.map(|json| finding(json, most_rows)));
        findings.extend(remarks(&report["remarks"], staged));
        let kinds = RecordKind::ALL.iter();
        ImportView {
            batch: ImportItem::of(batch),
            // Batches of old do not tell.
            currency: report["currency"].as_str().unwrap_or("CNY").to_owned(),
            foretold: staged && became.is_some(),
            idle: staged && became.is_some_and(|counts| !has_news(counts)),
            sources: sources(report),
            kinds: kinds
                .filter_map(|kind| of_kind(*kind, report, totals, (became, &waiting)))
                .collect(),
            findings,
        }
    }

    /// Whether something was refused, in the files or on the way into the books.
    #[must_use]
    pub fn refuses(&self) -> bool {
        self.findings
            .iter()
            .any(|finding| finding.severity == "refused")
    }
}

/// The references that nothing answers: in the files, and as soon as that is known in the books.
fn waiting(report: &Json) -> HashSet<(&str, &str)> {
    let waiting = report["unresolved"].as_array().into_iter().flatten();
    waiting
        .filter_map(|one| one["kind"].as_str().zip(one["key"].as_str()))
        .collect()
}

/// Whether a finding of the files still holds: the books may know what a cell names.
fn still_told(json: &Json, waiting: &HashSet<(&str, &str)>) -> bool {
    let [kind, key] = [0_usize, 1].map(|at| json["refers"][at].as_str());
    kind.zip(key).is_none_or(|refers| waiting.contains(&refers))
}

/// What became of the rows of every sheet. The files were right about a row that the books could
/// not take, so it was used when it was staged; it stays outside all the same.
fn sources(report: &Json) -> Vec<SourceView> {
    let list = |name: &str| report[name].as_array().into_iter().flatten();
    let mut sources: Vec<SourceView> = list("sources").map(source).collect();
    for outside in list("outside") {
        let mut rows = outside["rows"].as_u64().unwrap_or_default();
        let (file, sheet) = (text(&outside["file"]), text(&outside["sheet"]));
        // A file may be read as two sources.
        for of in &mut sources {
            if of.file == file && of.sheet == sheet {
                let moved = rows.min(of.used);
                of.used -= moved;
                of.refused += moved;
                rows -= moved;
            }
        }
    }
    sources
}

fn source(json: &Json) -> SourceView {
    let count = |name: &str| json[name].as_u64().unwrap_or_default();
    SourceView {
        file: text(&json["file"]),
        sheet: text(&json["sheet"]),
        encoding: text(&json["encoding"]),
        rows: count("rows"),
        used: count("used"),
        refused: count("refused"),
        filtered: count("filtered"),
        blank: count("blank"),
        consulted: count("consulted"),
    }
}

pub(crate) fn finding(json: &Json, most_rows: usize) -> Finding {
    let column = text(&json["column"]);
    let column_en = json["column_en"].as_str().unwrap_or(&column).to_owned();
    let value = mask::cell(&column, json["value"].as_str().unwrap_or_default());
    let rows: Vec<u64> = json["rows"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Json::as_u64)
        .collect();
    Finding {
        severity: text(&json["severity"]),
        code: text(&json["code"]),
        file: text(&json["file"]),
        sheet: text(&json["sheet"]),
        row_count: u64::try_from(rows.len()).unwrap_or(u64::MAX),
        rows: rows.into_iter().take(most_rows).collect(),
        value_en: value.clone(),
        value,
        column_en,
        column,
        reason: text(&json["reason_zh"]),
        reason_en: text(&json["reason_en"]),
        remedy: text(&json["remedy_zh"]),
        remedy_en: text(&json["remedy_en"]),
    }
}

/// A record that the files were right about and the books could not take.
fn outside(row: &RowLine) -> Finding {
    let place = &row.line.place;
    let note = row.note.as_deref().unwrap_or_default();
    // Where more can be done than to bring what is missing, the note says so in a second sentence.
    let (reason, remedy) = note.split_once('。').unwrap_or((note, ""));
    let (remedy, remedy_en) = if remedy.is_empty() {
        let en = "import what is missing, then import this file again";
        ("补上所缺的记录后重新导入", en.to_owned())
    } else {
        let en = || "correct the row, then import this file again".to_owned();
        (remedy, notes::in_english(remedy).unwrap_or_else(en))
    };
    let reason_en = || "the books cannot take this record".to_owned();
    let reason_en = notes::in_english(reason).unwrap_or_else(reason_en);
    Finding {
        severity: "refused".to_owned(),
        code: "not_in_books".to_owned(),
        file: place.file.clone(),
        sheet: place.sheet.clone(),
        rows: vec![u64::from(place.row)],
        row_count: 1,
        column: String::new(),
        column_en: String::new(),
        value: row.line.called(),
        value_en: row.line.called_in_english(),
        reason: reason.to_owned(),
        reason_en,
        remedy: remedy.to_owned(),
        remedy_en,
    }
}

/// What was said of records that came in all the same, or would.
fn remarks(json: &Json, staged: bool) -> Vec<Finding> {
    let (reason_en, remedy, remedy_en) = if staged {
        (
            "these records would come in with a note",
            "这些行可以导入；需要更正的，请先改好文件再上传",
            "they can come in; to correct them, correct the file first",
        )
    } else {
        (
            "these records came in with a note",
            "这些行已经导入；需要更正的，改好文件后重新导入，或在页面上更正",
            "they are in; correct the file and import it again, or correct them",
        )
    };
    let warned = |rows: Vec<u64>, row_count: u64, reason: String| {
        let (remedy, remedy_en) = match notes::tells_of_another_owner(&reason) {
            true => (
                "换负责人请在客户页「交接给他人」，或制定交接方案；文件写错的，改好后重新上传",
                "to change the owner hand the customer over or draw up a handover plan; where the \
                 file is wrong, correct it and upload it again",
            ),
            false => (remedy, remedy_en),
        };
        Finding {
            severity: "warned".to_owned(),
            code: "came_in_with_a_note".to_owned(),
            file: String::new(),
            sheet: String::new(),
            rows,
            row_count,
            column: String::new(),
            column_en: String::new(),
            value: String::new(),
            value_en: String::new(),
            reason_en: notes::in_english(&reason).unwrap_or_else(|| reason_en.to_owned()),
            reason,
            remedy: remedy.to_owned(),
            remedy_en: remedy_en.to_owned(),
        }
    };
    let lines = json["lines"].as_array().into_iter().flatten();
    let mut found: Vec<Finding> = lines
        .map(|line| {
            let rows = line["rows"].as_array().into_iter().flatten();
            let rows = rows.filter_map(Json::as_u64).collect();
            let count = line["row_count"].as_u64().unwrap_or_default();
            Finding {
                file: text(&line["file"]),
                sheet: text(&line["sheet"]),
                ..warned(rows, count, text(&line["note"]))
            }
        })
        .collect();
    let beyond = json["beyond"].as_u64().unwrap_or_default();
    if beyond > 0 {
        let reason = format!("另有 {beyond} 行带有其他提示，见下方各条记录");
        found.push(warned(Vec::new(), beyond, reason));
    }
    found
}

fn of_kind(
    kind: RecordKind,
    report: &Json,
    totals: &[OwnerTotal],
    (became, waiting): (Option<&Counts>, &HashSet<(&str, &str)>),
) -> Option<KindView> {
    let staged = &report["totals"][kind.name()];
    let booked: Vec<&OwnerTotal> = totals.iter().filter(|total| total.kind == kind).collect();
    if staged.is_null() && booked.is_empty() {
        return None;
    }
    // What a catalogue asks for each product adds up to nothing.
    let amount = |tally: &Json| tally["sums"]["amount"]["amount"].as_str().map(two_places);
    let many = |actions: &[Action]| -> Option<u64> {
        let of_kind = became?.get(kind.name());
        let one = |action: &Action| of_kind.and_then(|of| of.get(action)).copied();
        Some(actions.iter().filter_map(one).sum())
    };
    let in_the_files = staged["refused"]["records"].as_u64().unwrap_or_default();
    let mut owners: BTreeMap<String, OwnerView> = BTreeMap::new();
    for (owner, tally) in staged["by_owner"].as_object().into_iter().flatten() {
        // A file may call him by his name; the books go by his number.
        let owner = report["named"][owner].as_str().unwrap_or(owner);
        // Whom nothing answers owns nothing: it came in without owner.
        let lost = waiting.contains(&(RecordKind::Employee.name(), owner));
        let owner = if lost { "" } else { owner };
        let view = owners.entry(owner.to_owned()).or_default();
        view.staged += tally["records"].as_u64().unwrap_or_default();
        view.staged_amount = both(view.staged_amount.take(), amount(tally));
    }
    let (mut sum, mut any, mut records) = (0_i64, false, 0_u64);
    for total in booked {
        let view = owners.entry(total.owner.clone()).or_default();
        view.name.clone_from(&total.name);
        view.booked = u64::try_from(total.records).unwrap_or_default();
        view.booked_amount = total.amount.map(Fen::to_plain);
        view.moved = u64::try_from(total.moved).unwrap_or_default();
        view.moved_amount = total.moved_amount.map(Fen::to_plain);
        records += view.booked;
        any |= total.amount.is_some();
        sum = sum.saturating_add(total.amount.unwrap_or_default().0);
    }
    for (owner, view) in &mut owners {
        view.owner.clone_from(owner);
    }
    // The books know no owner of a contact: it has its customer's.
    if kind == RecordKind::Contact {
        owners.clear();
    }
    Some(KindView {
        kind: kind.name().to_owned(),
        kind_zh: kind.label().to_owned(),
        kind_en: kind.label_en().to_owned(),
        staged: staged["staged"]["records"].as_u64().unwrap_or_default(),
        staged_amount: amount(&staged["staged"]),
        created: many(&[Action::Created]),
        updated: many(&[Action::Updated]),
        unchanged: many(&[Action::Matched, Action::Same]),
        refused: in_the_files + many(&[Action::Refused]).unwrap_or_default(),
        booked: records,
        booked_amount: any.then(|| Fen(sum).to_plain()),
        owners: owners.into_values().collect(),
    })
}

/// The sum of two amounts, where there are any.
fn both(one: Option<String>, other: Option<String>) -> Option<String> {
    let (Some(one), Some(other)) = (&one, &other) else {
        return one.or(other);
    };
    let fen = |text: &str| Fen::parse(text).unwrap_or_default().0;
    Some(Fen(fen(one).saturating_add(fen(other))).to_plain())
}

/// `12` and `12.5` as money is written elsewhere: `12.00`, `12.50`.
fn two_places(text: &str) -> String {
    Fen::parse(text).map_or_else(|_| text.to_owned(), Fen::to_plain)
}

/// A record of a batch.
#[derive(Debug, Serialize, ToSchema)]
pub struct RowView {
    /// Its place in the batch.
    pub n: i64,
    /// `customer`, …
    pub kind: String,
    /// The same in Chinese.
    pub kind_zh: String,
    /// The same in English.
    pub kind_en: String,
    /// Its key in its system.
    pub key: String,
    /// File, sheet and row.
    pub source: Json,
    /// Fields and extra columns, contact details masked.
    pub body: Json,
    /// `staged`, `created`, `updated`, `matched`, `same` or `refused`.
    pub action: String,
    /// What it is in the books.
    pub record_id: Option<String>,
    /// What was said about it.
    pub note: Option<String>,
}

impl RowView {
    pub(crate) fn of(row: RowLine) -> RowView {
        RowView {
            n: row.line.n,
            kind: row.line.kind.name().to_owned(),
            kind_zh: row.line.kind.label().to_owned(),
            kind_en: row.line.kind.label_en().to_owned(),
            body: mask::body(&row.line.body),
            key: row.line.key,
            source: serde_json::json!(row.line.place),
            action: row.action,
            record_id: row.record,
            note: row.note,
        }
    }
}
