//! Files before anything of them is kept: their first rows, and a mapping drawn up for them 上传前.

use intake::{Encoding, FieldSpec, RecordKind, SourceFile};
use kernel::Refusal;
use serde::Serialize;
use spine::Failure;
use utoipa::ToSchema;

use super::upload::{Upload, Uploaded};
use super::view::{Finding, finding};
use super::{limits, mapping_of, mask};

/// The first rows of a file.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FilePreview)]
pub struct PreviewView {
    /// The file.
    pub file: String,
    /// The worksheet; empty for CSV.
    pub sheet: String,
    /// The encoding of a text file: `utf-8` or `gb18030`.
    pub encoding: Option<String>,
    /// The column names.
    pub header: Vec<String>,
    /// The first rows, cell by cell, contact details masked.
    pub rows: Vec<Vec<String>>,
    /// Why the file cannot be read or will not be, if so.
    pub problem: Option<Finding>,
}

/// The first rows of each file as the mapping would read it.
pub(super) fn preview(upload: &Upload) -> Result<Vec<PreviewView>, Failure> {
    const ROWS: usize = 5;
    let mapping = mapping_of(upload)?;
    let limits = limits(None);
    let mut shown = Vec::new();
    for (name, bytes) in &upload.files {
        let file = SourceFile { name, bytes };
        let name = file.base_name();
        shown.push(match mapping.source_of(name) {
            Some(source) => PreviewView::of(name, intake::preview(&file, source, &limits, ROWS)),
            None if mapping.ignores(name) => PreviewView::ignored(name),
            None => match intake::unreadable(&file, &limits) {
                Some(why) => PreviewView::of(name, Err(Box::new(why))),
                None => PreviewView::unmapped(name, &mapping.files()),
            },
        });
    }
    Ok(shown)
}

impl PreviewView {
    fn outside(file: &str, severity: &str, code: &str, words: [String; 4]) -> PreviewView {
        let [reason, reason_en, remedy, remedy_en] = words;
        let problem = Finding {
            severity: severity.to_owned(),
            code: code.to_owned(),
            file: file.to_owned(),
            sheet: String::new(),
            rows: Vec::new(),
            row_count: 0,
            column: String::new(),
            column_en: String::new(),
            value: String::new(),
            value_en: String::new(),
            reason,
            reason_en,
            remedy,
            remedy_en,
        };
        PreviewView {
            problem: Some(problem),
            ..PreviewView::empty(file)
        }
    }

    fn empty(file: &str) -> PreviewView {
        PreviewView {
            file: file.to_owned(),
            sheet: String::new(),
            encoding: None,
            header: Vec::new(),
            rows: Vec::new(),
            problem: None,
        }
    }

    /// A file that the mapping leaves out on purpose.
    fn ignored(file: &str) -> PreviewView {
        let words = [
            "按映射不导入这个文件",
            "Ignored by the mapping",
            "无需处理",
            "Nothing to do",
        ];
        PreviewView::outside(file, "info", "file_ignored", words.map(str::to_owned))
    }

    /// A file that the mapping does not mention; it asks for these.
    fn unmapped(file: &str, asked: &[&str]) -> PreviewView {
        let (asked, asked_en) = (asked.join("、"), asked.join(", "));
        let words = [
            format!("映射要的文件里没有这个名字，不会导入；映射要的是 {asked}"),
            format!("The mapping does not mention this file; it asks for {asked_en}"),
            "若是映射要的文件，请把文件名改成映射要的（* 代表任意文字）；否则请换一个映射，或不必理会"
                .to_owned(),
            "If it is one of these, rename it (* is any text); else choose another mapping, or \
             leave it"
                .to_owned(),
        ];
        PreviewView::outside(file, "warned", "file_not_mapped", words)
    }

    fn of(file: &str, found: Result<intake::Preview, Box<intake::Finding>>) -> PreviewView {
        let mut view = PreviewView::empty(file);
        match found {
            Ok(found) => {
                let word = found.encoding.map(serde_json::to_value);
                let word = word.and_then(Result::ok);
                view.encoding = word.and_then(|word| word.as_str().map(str::to_owned));
                let masked = |cells: &Vec<String>| {
                    let named = found.header.iter().zip(cells);
                    named.map(|(name, cell)| mask::cell(name, cell)).collect()
                };
                view.rows = found.rows.iter().map(|(_, cells)| masked(cells)).collect();
                view.sheet = found.sheet;
                view.header = found.header;
            }
            Err(why) => view.problem = Some(problem(&why)),
        }
        view
    }
}

fn problem(why: &intake::Finding) -> Finding {
    finding(&serde_json::to_value(why).unwrap_or_default(), 1)
}

/// A mapping drawn up by the column names of files, and what was understood of each.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportDraft)]
pub struct DraftView {
    /// The mapping, TOML; empty when no file was understood.
    pub text: String,
    /// Each file.
    pub files: Vec<DraftFileView>,
}

/// What was understood of a file.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportDraftFile)]
pub struct DraftFileView {
    /// The file.
    pub file: String,
    /// What its rows are taken for: `customer`, …; none when nothing fits.
    pub kind: Option<String>,
    /// The same in Chinese.
    pub kind_zh: String,
    /// The same in English.
    pub kind_en: String,
    /// The row of the column names, from 1.
    pub header_row: u32,
    /// Its columns.
    pub columns: Vec<DraftColumnView>,
    /// Fields without which the file cannot come in, in Chinese.
    pub missing: Vec<String>,
    /// The same in English.
    pub missing_en: Vec<String>,
    /// Why the file cannot be read, if so.
    pub problem: Option<Finding>,
}

/// A column and what is made of it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportDraftColumn)]
pub struct DraftColumnView {
    /// Its name.
    pub column: String,
    /// The field, in Chinese; none where it is kept as it stands.
    pub field: Option<String>,
    /// The same in English.
    pub field_en: Option<String>,
}

/// Draws up a mapping for these files.
///
/// # Errors
/// A [`Refusal`] when no file was given.
pub(super) fn drafted(uploaded: &Uploaded) -> Result<DraftView, Refusal> {
    uploaded.some_files()?;
    let files = uploaded.files.iter();
    let files: Vec<SourceFile<'_>> = files
        .map(|(name, bytes)| SourceFile { name, bytes })
        .collect();
    let encoding = uploaded.encoding.unwrap_or(Encoding::Auto);
    let draft = intake::draft(&files, encoding, &limits(None));
    Ok(DraftView {
        text: draft.toml,
        files: draft.files.into_iter().map(DraftFileView::of).collect(),
    })
}

/// A field's name as English readers see it: `signed on`.
fn in_english(spec: &FieldSpec) -> String {
    spec.name.replace('_', " ")
}

impl DraftFileView {
    fn of(of: intake::DraftFile) -> DraftFileView {
        let column = |(column, spec): (String, Option<&'static FieldSpec>)| DraftColumnView {
            column,
            field: spec.map(|spec| spec.label.to_owned()),
            field_en: spec.map(in_english),
        };
        let word = |word: fn(RecordKind) -> &'static str| -> String {
            of.kind.map(word).unwrap_or_default().to_owned()
        };
        DraftFileView {
            kind: of.kind.map(|kind| kind.name().to_owned()),
            kind_zh: word(RecordKind::label),
            kind_en: word(RecordKind::label_en),
            file: of.file,
            header_row: of.header_row,
            columns: of.columns.into_iter().map(column).collect(),
            missing: of
                .missing
                .iter()
                .map(|spec| spec.label.to_owned())
                .collect(),
            missing_en: of.missing.iter().map(|spec| in_english(spec)).collect(),
            problem: of.problem.as_deref().map(problem),
        }
    }
}
