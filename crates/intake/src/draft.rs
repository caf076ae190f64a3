//! A mapping drawn up from the column names of tables 按表头起草映射.
//!
//! Whoever keeps customers, staff, contracts, invoices or receipts in a table of his own calls the
//! columns by one of a few dozen names. What is recognised becomes a mapping that can be read,
//! changed and kept; what is not stays with the records as it stands.

mod words;

use std::fmt::Write as _;

use crate::file::{Encoding, Format, Limits, SourceFile, Unusable};
use crate::finding::{Finding, Sheet};
use crate::kind::{FieldSpec, FieldType, Need, RecordKind};
use crate::mapping::Source;
use crate::reason::{Reason, Severity};
use crate::table::Table;
use crate::text::header_name;
use words::{Word, calls_a_customer, words};

/// The kinds that are recognised by their columns; a table that has as many columns of one as of
/// another is taken for the one that comes first.
pub const DRAFTED: [RecordKind; 5] = [
    RecordKind::Receipt,
    RecordKind::Invoice,
    RecordKind::Contract,
    RecordKind::Employee,
    RecordKind::Customer,
];

/// Rows in which the column names are looked for.
const ROWS: u32 = 10;
/// Columns that must be recognised before a row is taken for the column names.
const FEWEST: usize = 2;

/// A mapping, and what was understood of each file.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The mapping; empty when no file could be understood.
    pub toml: String,
    /// Each file.
    pub files: Vec<DraftFile>,
}

/// What was understood of a file.
#[derive(Clone, Debug)]
pub struct DraftFile {
    /// Its name.
    pub file: String,
    /// What its rows are taken for; none when nothing fits.
    pub kind: Option<RecordKind>,
    /// The row of the column names, from 1.
    pub header_row: u32,
    /// Its columns, each with what is made of it; none where it is kept as it stands.
    pub columns: Vec<(String, Option<&'static FieldSpec>)>,
    /// Fields that its kind cannot do without and that have no column. The file stays outside then.
    pub missing: Vec<&'static FieldSpec>,
    /// Why the file cannot be read, if so.
    pub problem: Option<Box<Finding>>,
    blocks: Vec<Block>,
}

/// What is made of each row.
#[derive(Clone, Debug)]
struct Block {
    kind: RecordKind,
    /// One record for each key: the rows are about something else.
    distinct: bool,
    /// The column that must be filled.
    filled: Option<String>,
    fields: Vec<Fit>,
}

/// A field and its column.
#[derive(Clone, Debug)]
struct Fit {
    spec: &'static FieldSpec,
    column: String,
    at: usize,
    /// The column that tells it where that one is empty.
    or: Option<(String, usize)>,
    /// What a mapping calls the unit that the column's name tells.
    unit: Option<&'static str>,
}

impl Fit {
    fn takes(&self, at: usize) -> bool {
        self.at == at || self.or.as_ref().is_some_and(|(_, or)| *or == at)
    }
}

/// The unit of amounts that a name tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Untold,
    /// As a mapping calls it.
    Known(&'static str),
    /// Something else stands there; amounts would be taken for yuan.
    Strange,
}

/// What stands in brackets beside a unit and changes nothing.
const HARMLESS: [&str; 11] = [
    "单位",
    "人民币",
    "rmb",
    "cny",
    "不含税",
    "含税",
    "未税",
    "税前",
    "税后",
    "必填",
    "选填",
];

impl Unit {
    /// What this text says, such as `单位：万元` or `含税，元`.
    fn of(text: &str) -> Unit {
        let mut rest = text.to_owned();
        for word in HARMLESS {
            rest = rest.replace(word, "");
        }
        rest.retain(|c| !":,、;/()*".contains(c));
        match rest.as_str() {
            "" => Unit::Untold,
            "元" | "圆" => Unit::Known("yuan"),
            "万元" | "万" => Unit::Known("wan"),
            "千元" | "千" => Unit::Known("thousand"),
            "分" => Unit::Known("fen"),
            _ => Unit::Strange,
        }
    }
}

/// The unit that a line above the column names tells for the whole table.
fn unit_above(heads: &[(u32, Vec<String>)], row: u32) -> Unit {
    let above = heads.iter().filter(|(at, _)| *at < row);
    let mut cells = above.flat_map(|(_, cells)| cells);
    let told = cells.find_map(|cell| {
        let said = cell[cell.find("单位:")?..]
            .split_whitespace()
            .next()
            .unwrap_or_default();
        let unit = Unit::of(&said.to_lowercase());
        // 「单位：某某公司」 tells who made the table.
        let tells = unit != Unit::Strange || ["元", "币", "usd"].iter().any(|w| said.contains(w));
        tells.then_some(unit)
    });
    told.unwrap_or(Unit::Untold)
}

/// Draws up a mapping for these files by the names of their columns.
#[must_use]
pub fn draft(files: &[SourceFile<'_>], encoding: Encoding, limits: &Limits) -> Draft {
    let looked = files.iter().map(|file| look(file, encoding, limits));
    let files: Vec<DraftFile> = looked.collect();
    Draft {
        toml: written(&files),
        files,
    }
}

/// A table with the usual columns of a kind and one example below them, as CSV; nothing for kinds
/// that are not recognised by their columns.
#[must_use]
pub fn template(kind: RecordKind) -> Option<String> {
    let shown = words(kind).iter().filter(|word| !word.example.is_empty());
    let shown: Vec<&Word> = shown.collect();
    if shown.is_empty() {
        return None;
    }
    let names = shown.iter().filter_map(|word| word.names.first().copied());
    let examples = shown.iter().map(|word| word.example);
    let line = |cells: Vec<&str>| cells.join(",");
    let (head, row) = (line(names.collect()), line(examples.collect()));
    Some(format!("\u{feff}{head}\r\n{row}\r\n"))
}

/// Why a file that no mapping asks for could not be read by any, as a warning; nothing where it is
/// a table.
#[must_use]
pub fn unreadable(file: &SourceFile<'_>, limits: &Limits) -> Option<Finding> {
    let why = heads(file, Encoding::Auto, limits).err()?;
    Some(Finding {
        severity: Severity::Warned,
        ..unusable(file.base_name(), &why)
    })
}

fn unusable(name: &str, why: &Unusable) -> Finding {
    let sheet = Sheet {
        file: name.into(),
        name: "".into(),
    };
    Finding::of_file(why.reason, &sheet, "", "", &why.detail)
}

fn look(file: &SourceFile<'_>, encoding: Encoding, limits: &Limits) -> DraftFile {
    let name = file.base_name();
    let mut found = DraftFile {
        file: name.to_owned(),
        kind: None,
        header_row: 1,
        columns: Vec::new(),
        missing: Vec::new(),
        problem: None,
        blocks: Vec::new(),
    };
    match heads(file, encoding, limits) {
        Err(why) => found.problem = Some(Box::new(unusable(name, &why))),
        Ok(heads) => {
            let fits = heads.iter().map(|(row, head)| (best(head), *row, head));
            // Of rows that are alike the first one is meant.
            let best = fits.max_by_key(|(best, row, _)| {
                let recognised = best.as_ref().map_or(0, |(_, fits)| fits.len());
                (recognised, std::cmp::Reverse(*row))
            });
            if let Some((best, row, head)) = best {
                found.header_row = row;
                found.understand(head, best, unit_above(&heads, row));
            }
        }
    }
    found
}

/// The first rows, any of which may hold the column names.
fn heads(
    file: &SourceFile<'_>,
    encoding: Encoding,
    limits: &Limits,
) -> Result<Vec<(u32, Vec<String>)>, Unusable> {
    let mut source = Source {
        name: String::new(),
        file: String::new(),
        format: Format::Auto,
        encoding,
        delimiter: None,
        sheet: None,
        header_row: 1,
        allow_short_rows: true,
        ignore: Vec::new(),
    };
    // A table may begin with empty rows.
    let table = loop {
        match Table::open(file, &source, limits) {
            Err(why) if why.reason == Reason::HeaderMissing && source.header_row < ROWS => {
                source.header_row += 1;
            }
            opened => break opened?,
        }
    };
    let mut heads = vec![(source.header_row, table.header.clone())];
    table.walk(&mut |row| {
        if row.number <= ROWS {
            let cells = (0..row.width()).map(|at| header_name(row.text(at)));
            heads.push((row.number, cells.collect()));
        }
        row.number < ROWS
    });
    Ok(heads)
}

/// The kind that has most of these columns, and which.
fn best(head: &[String]) -> Option<(RecordKind, Vec<Fit>)> {
    let kinds = DRAFTED.iter().rev();
    let fits = kinds.map(|kind| (*kind, fits(*kind, head)));
    let by_name = |fit: &&Fit| {
        fit.spec.holds == FieldType::Ref(RecordKind::Customer)
            && calls_a_customer(&called(&fit.column).0)
    };
    let telling = |fits: &[Fit]| fits.len() - fits.iter().filter(by_name).count();
    let best = fits.max_by_key(|(_, fits)| telling(fits))?;
    (best.1.len() >= FEWEST).then_some(best)
}

/// Which column each field of the kind has; every column is taken once.
fn fits(kind: RecordKind, head: &[String]) -> Vec<Fit> {
    let called: Vec<(String, Unit)> = head.iter().map(|name| called(name)).collect();
    let mut fits: Vec<Fit> = Vec::new();
    for word in words(kind) {
        let Some(spec) = kind.field(word.field) else {
            continue;
        };
        let free = |name: &&str| {
            let at = called.iter().position(|(called, _)| called == name)?;
            fits.iter().all(|fit| !fit.takes(at)).then_some(at)
        };
        let Some(at) = word.names.iter().find_map(free) else {
            continue;
        };
        // Where the number of a person is lacking the name beside it may tell.
        let is_number = |name: &str| name.ends_with("工号");
        let names = word.names.iter().filter(|name| !is_number(name));
        let by_number =
            spec.holds == FieldType::Ref(RecordKind::Employee) && is_number(&called[at].0);
        let or = names.filter(|_| by_number).find_map(free);
        let unit = match called[at].1 {
            Unit::Known(unit) if spec.holds == FieldType::Money => Some(unit),
            Unit::Strange if spec.holds == FieldType::Money => continue,
            _ => None,
        };
        fits.push(Fit {
            spec,
            column: head[at].clone(),
            at,
            or: or.map(|at| (head[at].clone(), at)),
            unit,
        });
    }
    fits
}

/// Amounts whose column tells no unit have that of the whole table; one that nobody here knows
/// leaves them out, since they would be taken for yuan.
fn settle(fields: &mut Vec<Fit>, above: Unit) {
    let untold = |fit: &Fit| fit.spec.holds == FieldType::Money && fit.unit.is_none();
    match above {
        Unit::Untold => {}
        Unit::Known(unit) => {
            for fit in fields.iter_mut().filter(|fit| untold(fit)) {
                fit.unit = Some(unit);
            }
        }
        Unit::Strange => fields.retain(|fit| !untold(fit)),
    }
}

/// A column's name without marks and brackets, and the unit that stands in these.
fn called(name: &str) -> (String, Unit) {
    let name: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    let name = name.trim_matches(['*', ':']).to_lowercase();
    let (bare, within) = name.split_once('(').unwrap_or((name.as_str(), ""));
    (bare.to_owned(), Unit::of(within))
}

impl DraftFile {
    fn understand(&mut self, head: &[String], best: Option<(RecordKind, Vec<Fit>)>, above: Unit) {
        let Some((kind, mut fields)) = best else {
            self.columns = head.iter().map(|name| (name.clone(), None)).collect();
            return;
        };
        settle(&mut fields, above);
        self.kind = Some(kind);
        self.missing = missing(kind, &fields);
        let mut blocks = beside(kind, head, above);
        // A customer of several contracts stands in several rows, which differ in the rest.
        let wide = blocks
            .iter()
            .any(|block| block.kind == RecordKind::Contract);
        blocks.push(Block {
            kind,
            distinct: false,
            filled: None,
            fields,
        });
        for block in &mut blocks {
            block.distinct |= wide && block.kind != RecordKind::Contract;
        }
        blocks.sort_by_key(|block| block.kind);
        let own = |at: usize| {
            // What the rows are about comes before what is only named in them.
            let first = blocks.iter().filter(|block| block.kind == kind);
            let rest = blocks.iter().filter(|block| block.kind != kind);
            let mut fields = first.chain(rest).flat_map(|block| &block.fields);
            fields.find(|fit| fit.takes(at)).map(|fit| fit.spec)
        };
        let columns = head.iter().enumerate();
        self.columns = columns.map(|(at, name)| (name.clone(), own(at))).collect();
        self.blocks = blocks;
    }

    fn is_mapped(&self) -> bool {
        self.kind.is_some() && self.missing.is_empty()
    }
}

/// The fields that the kind cannot do without and that are not among these.
fn missing(kind: RecordKind, fields: &[Fit]) -> Vec<&'static FieldSpec> {
    let needed = kind.fields().iter().filter(|of| of.need == Need::Required);
    let absent = |spec: &&'static FieldSpec| fields.iter().all(|fit| fit.spec != *spec);
    needed.filter(absent).collect()
}

/// What else rows of this kind name: staff their departments, customers a contact and a contract.
fn beside(kind: RecordKind, head: &[String], above: Unit) -> Vec<Block> {
    let also: &[(RecordKind, &str)] = match kind {
        RecordKind::Employee => &[(RecordKind::Department, "name")],
        RecordKind::Customer => &[
            (RecordKind::Contact, "name"),
            (RecordKind::Contract, "number"),
        ],
        _ => &[],
    };
    let block = |(kind, named_by): &(RecordKind, &str)| {
        let mut fields = fits(*kind, head);
        settle(&mut fields, above);
        let by = fields.iter().find(|fit| fit.spec.name == *named_by)?;
        let filled = Some(by.column.clone());
        missing(*kind, &fields).is_empty().then_some(Block {
            kind: *kind,
            distinct: *kind == RecordKind::Department,
            filled,
            fields,
        })
    };
    also.iter().filter_map(block).collect()
}

/// How the name of a mapping begins that was drawn up by column names.
const BY_HEADER: &str = "按表头：";

/// The name of a mapping in English where it was drawn up by column names; any other as it is.
#[must_use]
pub fn name_in_english(name: &str) -> String {
    let Some(kinds) = name.strip_prefix(BY_HEADER) else {
        return name.to_owned();
    };
    let word = |zh: &str| {
        let kind = RecordKind::ALL.into_iter().find(|kind| kind.label() == zh);
        kind.map_or_else(|| zh.to_owned(), |kind| kind.label_en().to_lowercase())
    };
    let kinds: Vec<String> = kinds.split('、').map(word).collect();
    format!("By column names: {}", kinds.join(", "))
}

/// The mapping as people keep it.
fn written(files: &[DraftFile]) -> String {
    let mapped: Vec<&DraftFile> = files.iter().filter(|file| file.is_mapped()).collect();
    if mapped.is_empty() {
        return String::new();
    }
    let mut kinds: Vec<&str> = mapped
        .iter()
        .filter_map(|file| file.kind.map(RecordKind::label))
        .collect();
    kinds.dedup();
    let name = quoted(&format!("{BY_HEADER}{}", kinds.join("、")));
    let mut out = format!("# 按表头自动生成，可以改动后保存再用。\nname = {name}\n");
    out.push_str("# 系统代号：同一代号下编号相同的是同一条记录，以后导入请不要改。\n");
    out.push_str("system = \"tables\"\n");
    for (number, file) in (1..).zip(&mapped) {
        let (pattern, row) = (quoted(&file.file), file.header_row);
        // Writing to a string cannot fail.
        let _ = write!(
            out,
            "\n[source.t{number}]\nfile = {pattern}\nheader_row = {row}\nallow_short_rows = true\n"
        );
        for block in &file.blocks {
            block.write(number, &mut out);
        }
    }
    out
}

impl Block {
    fn write(&self, source: usize, out: &mut String) {
        let (label, kind) = (self.kind.label(), self.kind.name());
        let _ = write!(
            out,
            "\n# {label}\n[[record]]\nkind = \"{kind}\"\nsource = \"t{source}\"\n"
        );
        if self.distinct {
            out.push_str("distinct = true\n");
        }
        if let Some(column) = &self.filled {
            let column = quoted(column);
            let _ = writeln!(out, "where = [{{ column = {column}, filled = true }}]");
        }
        out.push_str("[record.fields]\n");
        for fit in &self.fields {
            let (field, column) = (fit.spec.name, quoted(&fit.column));
            let _ = match (fit.unit, &fit.or) {
                (None, None) => writeln!(out, "{field} = {column}"),
                (Some(unit), _) => {
                    writeln!(out, "{field} = {{ from = {column}, unit = \"{unit}\" }}")
                }
                (None, Some((or, _))) => {
                    let or = quoted(or);
                    writeln!(out, "{field} = {{ from = {column}, or_from = [{or}] }}")
                }
            };
        }
    }
}

/// As a basic string of TOML.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars().filter(|c| !c.is_control()) {
        if matches!(c, '"' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('"');
    out
}
