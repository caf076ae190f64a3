//! From the raw TOML to a checked mapping 映射检查.

use std::collections::BTreeMap;

use toml::Spanned;

use super::raw::{RawCondition, RawMapping, RawRecord, RawSource};
use super::{Block, Condition, Feed, Mapping, MappingError, Rule, Source, Test, toml_words};
use crate::kind::{Need, RecordKind};
use crate::text::header_name;

/// Faults found so far, and where we are.
pub(super) struct Check<'a> {
    toml: &'a str,
    line: usize,
    errors: Vec<MappingError>,
    sources: Vec<String>,
    pub(super) consulted: usize,
    /// Whether the files' amounts are in another currency than the books'.
    pub(super) abroad: bool,
}

pub(super) fn mapping(toml: &str) -> Result<Mapping, Vec<MappingError>> {
    let raw: RawMapping = toml::from_str(toml).map_err(|error| vec![of_toml(toml, &error)])?;
    let mut check = Check {
        toml,
        line: 1,
        errors: Vec::new(),
        sources: raw.source.keys().cloned().collect(),
        consulted: 0,
        abroad: !raw.currency.eq_ignore_ascii_case("CNY"),
    };
    check.system(&raw.system);
    let mut sources = Vec::new();
    for (name, source) in raw.source {
        sources.push(check.source(name, source));
    }
    let kinds: Vec<RecordKind> = raw.record.iter().map(|r| r.get_ref().kind).collect();
    let mut blocks = Vec::new();
    for (index, record) in raw.record.into_iter().enumerate() {
        blocks.extend(check.block(index, record, &kinds));
    }
    check.every_source_is_used(&sources, &blocks);
    for index in 0..blocks.len() {
        let source = blocks[index].source;
        let before = blocks[..index]
            .iter()
            .any(|b: &Block| b.carries_extra && b.source == source);
        blocks[index].carries_extra = !blocks[index].distinct && !before;
    }
    if !check.errors.is_empty() {
        return Err(check.errors);
    }
    Ok(Mapping {
        name: raw.name,
        system: raw.system,
        currency: raw.currency.to_uppercase(),
        ignore_files: raw.ignore_files,
        sources,
        blocks,
    })
}

fn line_of(toml: &str, at: usize) -> usize {
    toml.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

fn of_toml(toml: &str, error: &toml::de::Error) -> MappingError {
    let said = error.message();
    MappingError {
        line: error.span().map_or(1, |span| line_of(toml, span.start)),
        path: String::new(),
        message: toml_words::told(said),
        message_en: said.to_owned(),
    }
}

impl Check<'_> {
    pub(super) fn fault(&mut self, path: &str, zh: impl Into<String>, en: impl Into<String>) {
        self.errors.push(MappingError {
            line: self.line,
            path: path.to_owned(),
            message: zh.into(),
            message_en: en.into(),
        });
    }

    fn system(&mut self, system: &str) {
        let sound = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if system.is_empty() || !system.chars().all(sound) {
            self.fault(
                "system",
                "来源系统的代号只能用小写字母、数字和下划线，例如 maven_crm",
                "only lower-case letters, digits and underscores",
            );
        }
    }

    fn source(&mut self, name: String, raw: Spanned<RawSource>) -> Source {
        self.line = line_of(self.toml, raw.span().start);
        let raw = raw.into_inner();
        let path = format!("source.{name}");
        let delimiter = raw
            .delimiter
            .and_then(|c| u8::try_from(c).ok())
            .filter(u8::is_ascii);
        if raw
            .delimiter
            .is_some_and(|c| matches!(c, '"' | '\r' | '\n'))
            || delimiter.is_some() != raw.delimiter.is_some()
        {
            self.fault(
                &path,
                "delimiter 必须是一个半角字符",
                "delimiter must be one ASCII character",
            );
        }
        if raw.header_row == 0 {
            self.fault(&path, "header_row 从 1 数起", "header_row counts from 1");
        }
        Source {
            name,
            file: raw.file,
            format: raw.format,
            encoding: raw.encoding,
            delimiter,
            sheet: raw.sheet,
            header_row: raw.header_row.max(1),
            allow_short_rows: raw.allow_short_rows,
            ignore: raw.ignore.iter().map(|name| header_name(name)).collect(),
        }
    }

    pub(super) fn source_named(&mut self, path: &str, name: &str) -> usize {
        let found = self.sources.iter().position(|source| source == name);
        if found.is_none() {
            let there = self.sources.join("、");
            self.fault(
                path,
                format!("没有名为「{name}」的 source，现有 {there}"),
                format!("no source `{name}`; there are {there}"),
            );
        }
        found.unwrap_or(0)
    }

    fn every_source_is_used(&mut self, sources: &[Source], blocks: &[Block]) {
        for (index, source) in sources.iter().enumerate() {
            let consulted = |rule: &Rule| match &rule.feed {
                Feed::Consult { table, .. } => table.source == index,
                _ => false,
            };
            let used = |block: &Block| block.source == index || block.fields.iter().any(consulted);
            if !blocks.iter().any(used) {
                let path = format!("source.{}", source.name);
                self.fault(&path, "没有任何 record 用到它，请删去", "no record uses it");
            }
        }
    }

    fn block(
        &mut self,
        index: usize,
        raw: Spanned<RawRecord>,
        kinds: &[RecordKind],
    ) -> Option<Block> {
        self.line = line_of(self.toml, raw.span().start);
        let raw = raw.into_inner();
        let path = format!("record[{}]", index + 1);
        let source = self.source_named(&format!("{path}.source"), &raw.source);
        let kind = raw.kind;
        let mut rules = BTreeMap::new();
        for (name, rule) in raw.fields {
            let path = format!("{path}.fields.{name}");
            let Some(spec) = kind.field(&name) else {
                let there: Vec<_> = kind.fields().iter().map(|spec| spec.name).collect();
                let (label, there) = (kind.label(), there.join("、"));
                self.fault(
                    &path,
                    format!("{label}没有字段「{name}」，可用 {there}"),
                    format!("{} has no field `{name}`; there are {there}", kind.name()),
                );
                continue;
            };
            if let Some(rule) = self.rule(&path, kind, spec, rule.0, kinds) {
                rules.insert(spec.name, rule);
            }
        }
        let computed = |name: &str| {
            kind == RecordKind::OrderLine
                && name == "amount"
                && rules.contains_key("quantity")
                && rules.contains_key("unit_price")
        };
        for spec in kind
            .fields()
            .iter()
            .filter(|spec| spec.need == Need::Required)
        {
            if !rules.contains_key(spec.name) && !computed(spec.name) {
                let (name, label) = (spec.name, spec.label);
                self.fault(
                    &path,
                    format!("缺少必填字段 {name}（{label}）"),
                    format!("the required field `{name}` is missing"),
                );
            }
        }
        let conditions = self.conditions(&path, raw.conditions);
        let fields = kind
            .fields()
            .iter()
            .filter_map(|spec| rules.remove(spec.name))
            .collect();
        let key = raw.key.iter().map(|name| header_name(name)).collect();
        let distinct = raw.distinct;
        Some(Block {
            kind,
            source,
            distinct,
            key,
            conditions,
            fields,
            carries_extra: false,
        })
    }

    pub(super) fn conditions(&mut self, path: &str, raw: Vec<RawCondition>) -> Vec<Condition> {
        let mut conditions = Vec::new();
        for condition in raw {
            let test = match (condition.filled, condition.one_of, condition.none_of) {
                (Some(filled), None, None) => Test::Filled(filled),
                (None, Some(list), None) => Test::OneOf(list),
                (None, None, Some(list)) => Test::NoneOf(list),
                _ => {
                    self.fault(
                        &format!("{path}.where"),
                        "每个条件写 filled、one_of、none_of 三者之一",
                        "a condition has one of filled, one_of, none_of",
                    );
                    continue;
                }
            };
            conditions.push(Condition {
                column: header_name(&condition.column),
                test,
            });
        }
        conditions
    }
}
