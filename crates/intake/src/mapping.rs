//! The mapping file: how columns of foreign files become fields of records 映射文件.
//!
//! One TOML file names its sources and, block by block, what records their rows become. The
//! language is described in `docs/modules/import.md`. A mapping that parses has no unknown word in
//! it, names only sources it declares and fields its kinds have, and gives every required field a
//! rule.

mod check;
mod raw;
mod rules;
mod toml_words;

use serde::Deserialize;

use crate::date::DateOrder;
use crate::file::{Encoding, Format};
use crate::kind::{FieldSpec, FieldType, RecordKind};

/// A checked mapping.
#[derive(Clone, Debug)]
pub struct Mapping {
    /// Its name for people.
    pub name: String,
    /// The system the files come from: the first part of every natural key.
    pub system: String,
    /// The currency of the files' amounts. The books take the figures as they are.
    pub currency: String,
    pub(crate) ignore_files: Vec<String>,
    pub(crate) sources: Vec<Source>,
    pub(crate) blocks: Vec<Block>,
}

/// What is wrong with a mapping file, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("映射文件{}：{message}", place(*.line, .path))]
pub struct MappingError {
    /// Line of the file, from 1.
    pub line: usize,
    /// The place as a path: `record[2].fields.owner`.
    pub path: String,
    /// What is wrong and what is possible instead, in Chinese.
    pub message: String,
    /// The same in English.
    pub message_en: String,
}

fn place(line: usize, path: &str) -> String {
    let gap = if path.is_empty() { "" } else { " " };
    format!("第 {line} 行{gap}{path}")
}

impl MappingError {
    /// Where it is, in Chinese: `第 8 行 record[2].fields.owner`.
    #[must_use]
    pub fn place(&self) -> String {
        place(self.line, &self.path)
    }
}

impl Mapping {
    /// Reads and checks a mapping file.
    ///
    /// # Errors
    /// Every fault found, with its place. A file that is no TOML, or uses an unknown word, gives
    /// the first such fault alone.
    pub fn parse(toml: &str) -> Result<Mapping, Vec<MappingError>> {
        check::mapping(toml)
    }

    /// The same mapping with every text file read in this encoding, whatever the mapping says: a
    /// person saw nonsense in the preview and chose another one.
    #[must_use]
    pub fn read_as(mut self, encoding: Encoding) -> Mapping {
        for source in &mut self.sources {
            source.encoding = encoding;
        }
        self
    }

    /// Every table the mapping looks something up in, by its number.
    pub(crate) fn consulted(&self) -> impl Iterator<Item = &Consult> {
        let rules = self.blocks.iter().flat_map(|block| &block.fields);
        rules.filter_map(|rule| match &rule.feed {
            Feed::Consult { table, .. } => Some(table),
            _ => None,
        })
    }

    /// Whether the mapping names the file as one that is not to be imported.
    #[must_use]
    pub fn ignores(&self, file: &str) -> bool {
        let mut patterns = self.ignore_files.iter();
        patterns.any(|pattern| fits(pattern, file))
    }

    /// The names of the files it asks for; `*` stands for any characters.
    #[must_use]
    pub fn files(&self) -> Vec<&str> {
        let sources = self.sources.iter();
        sources.map(|source| source.file.as_str()).collect()
    }

    /// What each file it asks for must look like, in the order of the mapping's sources.
    #[must_use]
    pub fn asks(&self) -> Vec<Asked<'_>> {
        let sources = self.sources.iter().enumerate();
        let asked = sources.map(|(number, source)| Asked {
            file: &source.file,
            header_row: source.header_row,
            columns: self.columns_of(number),
        });
        asked.collect()
    }

    /// Every column of a source that some rule reads, each once.
    fn columns_of(&self, source: usize) -> Vec<&str> {
        let of_source = |block: &&Block| block.source == source;
        let mut columns: Vec<&str> = Vec::new();
        for block in self.blocks.iter().filter(of_source) {
            for rule in &block.fields {
                columns.extend(rule.feed.columns().iter().map(String::as_str));
                columns.extend(rule.or_from.iter().map(String::as_str));
            }
            columns.extend(block.key.iter().map(String::as_str));
            columns.extend(block.conditions.iter().map(|c| c.column.as_str()));
        }
        for table in self.consulted().filter(|table| table.source == source) {
            columns.extend([table.matching.as_str(), table.take.as_str()]);
            columns.extend(table.dated_by.as_deref());
            columns.extend(table.conditions.iter().map(|c| c.column.as_str()));
        }
        let mut seen = std::collections::HashSet::new();
        columns.retain(|column| seen.insert(*column));
        columns
    }

    /// The source whose pattern fits this file name.
    #[must_use]
    pub fn source_of(&self, file: &str) -> Option<&Source> {
        self.sources.iter().find(|source| fits(&source.file, file))
    }
}

/// What a file must look like to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked<'m> {
    /// Its name; `*` stands for any characters.
    pub file: &'m str,
    /// The row of the column names, from 1.
    pub header_row: u32,
    /// The columns that are read.
    pub columns: Vec<&'m str>,
}

/// A file the mapping reads.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its name in the mapping.
    pub name: String,
    /// The file's name; `*` stands for any characters.
    pub file: String,
    /// CSV or XLSX.
    pub format: Format,
    /// Encoding of a CSV file.
    pub encoding: Encoding,
    /// Delimiter of a CSV file; guessed from the first line when absent.
    pub delimiter: Option<u8>,
    /// Worksheet of an XLSX file; the first when absent.
    pub sheet: Option<String>,
    /// The row of the column names, from 1.
    pub header_row: u32,
    pub(crate) allow_short_rows: bool,
    pub(crate) ignore: Vec<String>,
}

/// Whether the name fits the pattern, in which `*` stands for any characters.
pub(crate) fn fits(pattern: &str, name: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|head| name.strip_prefix(head)) else {
        return false;
    };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    true
}

/// What records the rows of one source become.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    pub(crate) kind: RecordKind,
    pub(crate) source: usize,
    /// One record for each distinct key, not for each row.
    pub(crate) distinct: bool,
    /// Columns whose texts make the key, when not the kind's own key fields.
    pub(crate) key: Vec<String>,
    pub(crate) conditions: Vec<Condition>,
    pub(crate) fields: Vec<Rule>,
    /// Whether unmapped columns of the source stay with these records.
    pub(crate) carries_extra: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Condition {
    pub(crate) column: String,
    pub(crate) test: Test,
}

#[derive(Clone, Debug)]
pub(crate) enum Test {
    Filled(bool),
    OneOf(Vec<String>),
    NoneOf(Vec<String>),
}

impl Test {
    pub(crate) fn holds(&self, text: &str) -> bool {
        match self {
            Test::Filled(filled) => text.is_empty() != *filled,
            Test::OneOf(list) => list.iter().any(|item| item == text),
            Test::NoneOf(list) => list.iter().all(|item| item != text),
        }
    }
}

/// How one field gets its value.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    pub(crate) spec: &'static FieldSpec,
    /// How the cell is read: the field's own type, or a laxer or stricter one.
    pub(crate) reading: FieldType,
    pub(crate) required: bool,
    pub(crate) feed: Feed,
    pub(crate) or_from: Vec<String>,
    pub(crate) join: String,
    pub(crate) steps: Vec<Step>,
    pub(crate) values: Vec<(String, String)>,
    pub(crate) default: Option<String>,
    /// Places the decimal point moves to the right (万元: 4, 分: -2, percent points: -2).
    pub(crate) shift: i32,
    /// Whether the files' amounts are in another currency than the books'.
    pub(crate) abroad: bool,
    /// Whether the mapping said what a percentage without a sign means.
    pub(crate) unit_given: bool,
    pub(crate) round: bool,
    pub(crate) date_order: DateOrder,
    pub(crate) add_days: i64,
}

/// Where a field's text comes from.
#[derive(Clone, Debug)]
pub(crate) enum Feed {
    Columns(Vec<String>),
    Constant(String),
    /// The columns' text looked up in another source.
    Consult {
        columns: Vec<String>,
        table: Consult,
    },
    /// The sum of a money field over the records of a kind that refer to this one.
    Sum {
        kind: RecordKind,
        field: &'static str,
    },
}

impl Feed {
    pub(crate) fn columns(&self) -> &[String] {
        match self {
            Feed::Columns(columns) | Feed::Consult { columns, .. } => columns,
            Feed::Constant(_) | Feed::Sum { .. } => &[],
        }
    }
}

/// Where a text is looked up: a plain lookup expects one answer, a derivation several.
#[derive(Clone, Debug)]
pub(crate) struct Consult {
    /// Number of this table among all of the mapping's.
    pub(crate) id: usize,
    pub(crate) source: usize,
    pub(crate) matching: String,
    pub(crate) take: String,
    pub(crate) derive: Option<DeriveRule>,
    pub(crate) dated_by: Option<String>,
    pub(crate) conditions: Vec<Condition>,
}

/// Which of several truths is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeriveRule {
    /// The one with most rows; among equals the one with the latest date, then the first to occur.
    Most,
    /// The one with the latest date; among equals the one with most rows, then the first to occur.
    Latest,
}

/// One transformation of a cell's text.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    Trim,
    Upper,
    Lower,
    DigitsOnly,
    HalfWidth,
    Replace(Vec<(String, String)>),
    Prefix(String),
    Suffix(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_of_file_names() {
        for (pattern, name, expected) in [
            ("客户.csv", "客户.csv", true),
            ("客户.csv", "客户.csv.bak", false),
            ("客户*.csv", "客户2025.csv", true),
            ("*.csv", "a.csv", true),
            ("*", "", true),
            ("a*b*c", "a-b-c", true),
            ("a*b*c", "a-c-b", false),
            ("a*a", "a", false),
        ] {
            assert_eq!(fits(pattern, name), expected, "{pattern} {name}");
        }
    }
}
