//! From files and a mapping to records and a report, in one deterministic run 预检.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::bind::{BoundBlock, bind};
use crate::draft::unreadable;
use crate::file::{Encoding, Limits, SourceFile, Unusable};
use crate::finding::{Detail, Finding, Findings, Sheet};
use crate::index::{Index, readings};
use crate::kind::RecordKind;
use crate::mapping::{Feed, Mapping, fits};
use crate::pass::{Desk, Fate, Pass, SumsByKey};
use crate::quotes::QuoteFault;
use crate::reason::Reason;
use crate::table::{Row, RowFault, Table};
use crate::tally::Totals;
use crate::value::Record;

/// Everything a batch of files becomes.
#[derive(Clone, Debug, Serialize)]
pub struct Staged {
    /// The records, what is referred to before what refers to it.
    pub records: Vec<Record>,
    /// What the report tells.
    pub report: Report,
}

/// What was read, what came of it, and what was found.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The mapping's name for people.
    pub mapping: String,
    /// The system of every natural key.
    pub system: String,
    /// The currency of the files' amounts.
    pub currency: String,
    /// What became of the rows of each sheet.
    pub sources: Vec<SourceCount>,
    /// Counts and sums by kind and owner.
    pub totals: Totals,
    /// Everything found, what was refused first.
    pub findings: Vec<Finding>,
    /// References to records the batch does not hold; the books may.
    pub unresolved: Vec<UnresolvedRef>,
}

/// What became of the rows of one sheet. Every row is in exactly one of the counts:
/// `rows = used + refused + filtered + blank + consulted`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SourceCount {
    /// The source's name in the mapping.
    pub source: String,
    /// The file's name.
    pub file: String,
    /// The worksheet's name; empty for CSV.
    pub sheet: String,
    /// The encoding of a text file.
    pub encoding: Option<Encoding>,
    /// Rows below the header.
    pub rows: u64,
    /// Became a record, or repeated one.
    pub used: u64,
    /// Stay outside; a refused finding says why.
    pub refused: u64,
    /// Fit no `where`; an info finding lists them.
    pub filtered: u64,
    /// Empty; an info finding lists them.
    pub blank: u64,
    /// Only looked things up in.
    pub consulted: u64,
}

/// A record that is referred to and not in the batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnresolvedRef {
    /// What it is.
    pub kind: RecordKind,
    /// Its key.
    pub key: String,
    /// How many fields refer to it.
    pub times: u64,
}

/// Reads the files as the mapping says and keeps every record in memory.
#[must_use]
pub fn stage(mapping: &Mapping, files: &[SourceFile<'_>], limits: &Limits) -> Staged {
    let mut records = Vec::new();
    let report = for_each_record(mapping, files, limits, |record| records.push(record));
    Staged { records, report }
}

/// Reads the files as the mapping says and hands on one record at a time, so that a million rows
/// need memory for their keys alone. The same files always give the same records and report.
pub fn for_each_record(
    mapping: &Mapping,
    files: &[SourceFile<'_>],
    limits: &Limits,
    mut take: impl FnMut(Record),
) -> Report {
    let mut pass = Pass::default();
    let mut sheets = open(mapping, files, limits, &mut pass.findings);
    let mut index = Index::of(mapping);
    for sheet in &mut sheets {
        if sheet.survey(mapping, limits, &mut index, &mut pass.findings) {
            let header = &sheet.table.header;
            sheet.blocks = bind(
                mapping,
                sheet.source,
                header,
                &sheet.name,
                &mut pass.findings,
            );
        }
    }
    let room = Room {
        mapping,
        index: &index,
        limits,
        sums: SumsByKey::new(),
    };
    let room = room.with_sums(&mut sheets);
    room.emit(&mut pass, &mut sheets, &mut take);
    report(mapping, pass, &sheets)
}

/// One sheet of one file, opened for one source.
struct Opened<'m, 'f> {
    source: usize,
    name: Sheet,
    table: Table<'f>,
    fates: Vec<Fate>,
    blocks: Option<Vec<(usize, BoundBlock<'m>)>>,
}

fn open<'m, 'f>(
    mapping: &'m Mapping,
    files: &[SourceFile<'f>],
    limits: &Limits,
    findings: &mut Findings,
) -> Vec<Opened<'m, 'f>> {
    let nameless = |file: &str| Sheet {
        file: file.into(),
        name: "".into(),
    };
    let none = Detail::none();
    if mapping.currency != "CNY" {
        let currency = Detail::from(mapping.currency.as_str());
        findings.of_file(Reason::ForeignCurrency, &nameless(""), "", "", &currency);
    }
    for file in files {
        let name = file.base_name();
        if mapping.ignores(name) {
            findings.of_file(Reason::FileIgnored, &nameless(name), "", "", &none);
        } else if mapping.source_of(name).is_none() {
            let asked = Detail::both(mapping.files().join("、"), mapping.files().join(", "));
            match unreadable(file, limits) {
                Some(why) => findings.add(why),
                None => findings.of_file(Reason::FileNotMapped, &nameless(name), "", "", &asked),
            }
        }
    }
    let mut opened = Vec::new();
    for (number, source) in mapping.sources.iter().enumerate() {
        let mut found = false;
        for file in files
            .iter()
            .filter(|file| fits(&source.file, file.base_name()))
        {
            found = true;
            let file_name = file.base_name();
            match Table::open(file, source, limits) {
                Ok(table) => {
                    let name = Sheet {
                        file: file_name.into(),
                        name: table.sheet.as_str().into(),
                    };
                    let (fates, blocks) = (Vec::new(), None);
                    opened.push(Opened {
                        source: number,
                        name,
                        table,
                        fates,
                        blocks,
                    });
                }
                Err(Unusable { reason, detail }) => {
                    findings.of_file(reason, &nameless(file_name), "", "", &detail);
                }
            }
        }
        if !found {
            let wanted = Detail::from(source.file.as_str());
            findings.of_file(
                Reason::FileMissing,
                &nameless(&source.file),
                "",
                "",
                &wanted,
            );
        }
    }
    opened
}

impl Opened<'_, '_> {
    /// Looks at every row once: which can be read at all, and what other blocks look up in them.
    /// False when there are too many; then none is used.
    fn survey(
        &mut self,
        mapping: &Mapping,
        limits: &Limits,
        index: &mut Index,
        findings: &mut Findings,
    ) -> bool {
        let consulted = readings(mapping, self.source, &self.table, &self.name, findings);
        let consulted = consulted.unwrap_or_default();
        let short_rows = mapping.sources[self.source].allow_short_rows;
        let (sheet, fates) = (&self.name, &mut self.fates);
        let most = usize::try_from(limits.rows).unwrap_or(usize::MAX);
        self.table.walk(&mut |row| {
            let fate = if row.is_blank() {
                findings.note(
                    Reason::BlankRows,
                    sheet,
                    row.number,
                    "",
                    "",
                    &Detail::none(),
                );
                Fate::Blank
            } else if is_broken(&row, short_rows, limits.cell_bytes, sheet, findings) {
                Fate::Broken
            } else {
                index.learn(&consulted, &row);
                Fate::Sound
            };
            fates.push(fate);
            fates.len() <= most
        });
        let fits = fates.len() <= most;
        if !fits {
            let most = Detail::from(most.to_string());
            findings.of_file(Reason::TooManyRows, sheet, "", "", &most);
        }
        fits
    }
}

/// Whether the row cannot be trusted as a row; the findings say why.
fn is_broken(
    row: &Row<'_>,
    short_rows: bool,
    cell_bytes: usize,
    sheet: &Sheet,
    findings: &mut Findings,
) -> bool {
    let first = row.text(0);
    let mut note = |reason, detail: Detail| {
        findings.note(reason, sheet, row.number, "", first, &detail);
    };
    match row.fault {
        Some(RowFault::TooLong { cells }) => {
            note(
                Reason::RowTooLong,
                Detail::both(format!("{cells} 格"), format!("{cells} cells")),
            );
        }
        Some(RowFault::TooShort { cells }) if !short_rows => {
            note(
                Reason::RowTooShort,
                Detail::both(format!("{cells} 格"), format!("{cells} cells")),
            );
        }
        Some(RowFault::Quote(QuoteFault::Unclosed { lines })) => {
            note(Reason::UnclosedQuote, Detail::from(lines.to_string()));
        }
        fault => {
            if fault == Some(RowFault::Quote(QuoteFault::Stray)) {
                note(Reason::StrayQuote, Detail::none());
            }
            let Some((_, bytes)) = row.cell_over(cell_bytes) else {
                return false;
            };
            let size = Detail::both(format!("{bytes} 字节"), format!("{bytes} bytes"));
            note(Reason::CellTooLong, size);
        }
    }
    true
}

/// What every walk over the rows shares.
struct Room<'a> {
    mapping: &'a Mapping,
    index: &'a Index,
    limits: &'a Limits,
    sums: SumsByKey,
}

impl Room<'_> {
    /// Adds up, before the real walk, the records whose sums other records take.
    fn with_sums(mut self, sheets: &mut [Opened<'_, '_>]) -> Self {
        let summed = self.mapping.blocks.iter().flat_map(|block| &block.fields);
        let summed: BTreeSet<RecordKind> = summed
            .filter_map(|rule| match rule.feed {
                Feed::Sum { kind, .. } => Some(kind),
                _ => None,
            })
            .collect();
        // A record refers only to kinds handed on before its own, so sums of sums build up from
        // the last kind to the first.
        for kind in summed.into_iter().rev() {
            let mut rehearsal = Pass::default();
            let mut sums = SumsByKey::new();
            self.walk(kind, &mut rehearsal, sheets, &mut |pass, record| {
                pass.add_up(&record, &mut sums);
            });
            self.sums.extend(sums);
        }
        self
    }

    fn emit(&self, pass: &mut Pass, sheets: &mut [Opened<'_, '_>], take: &mut dyn FnMut(Record)) {
        for kind in RecordKind::ALL {
            self.walk(kind, pass, sheets, &mut |_, record| take(record));
        }
    }

    /// Every block of one kind, in the order of the mapping, over every sheet of its source.
    fn walk(
        &self,
        kind: RecordKind,
        pass: &mut Pass,
        sheets: &mut [Opened<'_, '_>],
        take: &mut dyn FnMut(&Pass, Record),
    ) {
        let blocks = &self.mapping.blocks;
        let owners_wanted = blocks.iter().any(|b| b.kind.follows(kind));
        for number in (0..blocks.len()).filter(|number| blocks[*number].kind == kind) {
            for sheet in sheets.iter_mut() {
                let bound = sheet.blocks.iter().flatten().find(|(at, _)| *at == number);
                let Some((_, bound)) = bound else { continue };
                let (index, sums, today) = (self.index, &self.sums, self.limits.today);
                let name = &sheet.name;
                let desk = Desk {
                    number,
                    bound,
                    sheet: name,
                    index,
                    sums,
                    today,
                    owners_wanted,
                };
                let mut fates = sheet.fates.iter_mut();
                sheet.table.walk(&mut |row| {
                    let Some(fate) = fates.next() else {
                        return false;
                    };
                    if !matches!(fate, Fate::Blank | Fate::Broken) {
                        let (became, record) = pass.row(desk, &row);
                        *fate = became.max(*fate);
                        if let Some(record) = record {
                            take(pass, record);
                        }
                    }
                    true
                });
                pass.tell_date_forms(desk);
            }
        }
    }
}

fn report(mapping: &Mapping, mut pass: Pass, sheets: &[Opened<'_, '_>]) -> Report {
    let everywhere = Sheet {
        file: "".into(),
        name: "".into(),
    };
    let unresolved = pass.finish(&everywhere);
    Report {
        mapping: mapping.name.clone(),
        system: mapping.system.clone(),
        currency: mapping.currency.clone(),
        sources: sheets.iter().map(|sheet| count(mapping, sheet)).collect(),
        totals: pass.totals,
        findings: pass.findings.finish(),
        unresolved: unresolved
            .into_iter()
            .map(|(kind, key, times)| UnresolvedRef { kind, key, times })
            .collect(),
    }
}

fn count(mapping: &Mapping, sheet: &Opened<'_, '_>) -> SourceCount {
    let of = |wanted: Fate| {
        let rows = sheet.fates.iter().filter(|fate| **fate == wanted).count();
        u64::try_from(rows).unwrap_or(u64::MAX)
    };
    let has_blocks = mapping
        .blocks
        .iter()
        .any(|block| block.source == sheet.source);
    // Sound rows no block looked at: either the source is only looked up in, or a column is
    // missing and a finding refuses the whole sheet.
    let (unseen_refused, consulted) = if has_blocks {
        (of(Fate::Sound), 0)
    } else {
        (0, of(Fate::Sound))
    };
    SourceCount {
        source: mapping.sources[sheet.source].name.clone(),
        file: sheet.name.file.to_string(),
        sheet: sheet.name.name.to_string(),
        encoding: sheet.table.encoding,
        rows: u64::try_from(sheet.fates.len()).unwrap_or(u64::MAX),
        used: of(Fate::Used),
        refused: of(Fate::Refused) + of(Fate::Broken) + unseen_refused,
        filtered: of(Fate::Filtered),
        blank: of(Fate::Blank),
        consulted,
    }
}
