//! From the raw TOML to a checked mapping 映射检查.

use std::collections::BTreeMap;

use toml::Spanned;

use super::raw::{
    RawCondition, RawDerive, RawLookup, RawMapping, RawRecord, RawRule, RawSource, RawStep, RawUnit,
};
use super::{
    Block, Condition, Consult, DeriveRule, Feed, Mapping, MappingError, Rule, Source, Step, Test,
};
use crate::cell::constant_fault;
use crate::kind::{FieldSpec, FieldType, Need, RecordKind};
use crate::text::{half_width, header_name};

/// Faults found so far, and where we are.
struct Check<'a> {
    toml: &'a str,
    line: usize,
    errors: Vec<MappingError>,
    sources: Vec<String>,
    consulted: usize,
}

pub(super) fn mapping(toml: &str) -> Result<Mapping, Vec<MappingError>> {
    let raw: RawMapping = toml::from_str(toml).map_err(|error| vec![of_toml(toml, &error)])?;
    let mut check = Check {
        toml,
        line: 1,
        errors: Vec::new(),
        sources: raw.source.keys().cloned().collect(),
        consulted: 0,
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
        message: format!("写法有误（{said}）。请对照 docs/modules/import.md 改正"),
        message_en: said.to_owned(),
    }
}

/// How the value of a rule is read, by the word in `type`.
fn reading_named(word: &str) -> Option<FieldType> {
    Some(match word {
        "text" => FieldType::Text,
        "code" => FieldType::Code,
        "person_name" => FieldType::PersonName,
        "money" => FieldType::Money,
        "quantity" => FieldType::Quantity,
        "integer" => FieldType::Integer,
        "percent" => FieldType::Percent,
        "date" => FieldType::Date,
        "bool" => FieldType::Bool,
        "phone" => FieldType::Phone,
        "email" => FieldType::Email,
        "credit_code" => FieldType::CreditCode,
        "citizen_id" => FieldType::CitizenId,
        _ => word
            .strip_prefix("ref:")
            .and_then(RecordKind::named)
            .map(FieldType::Ref)?,
    })
}

/// A field that holds text may be read more strictly; one that only warns may be read as free text.
fn may_be_read_as(holds: FieldType, reading: FieldType) -> bool {
    let lax = matches!(
        holds,
        FieldType::Phone | FieldType::Email | FieldType::CreditCode
    );
    holds == reading || holds == FieldType::Text || (lax && reading == FieldType::Text)
}

impl Check<'_> {
    fn fault(&mut self, path: &str, zh: impl Into<String>, en: impl Into<String>) {
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

    fn source_named(&mut self, path: &str, name: &str) -> usize {
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
            let consulted = |rule: &Rule| matches!(&rule.feed, Feed::Consult { table, .. } if table.source == index);
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

    fn conditions(&mut self, path: &str, raw: Vec<RawCondition>) -> Vec<Condition> {
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

    fn rule(
        &mut self,
        path: &str,
        kind: RecordKind,
        spec: &'static FieldSpec,
        raw: RawRule,
        kinds: &[RecordKind],
    ) -> Option<Rule> {
        let reading = self.reading(path, spec, raw.holds.as_deref());
        self.only_where_it_means_something(path, reading, &raw);
        let (shift, unit_given) = (shift_of(raw.unit), raw.unit.is_some());
        let mut rule = Rule {
            spec,
            reading,
            required: raw.required.unwrap_or(spec.need == Need::Required),
            feed: Feed::Constant(String::new()),
            or_from: raw
                .or_from
                .iter()
                .flat_map(|c| &c.0)
                .map(|name| header_name(name))
                .collect(),
            join: raw.join.clone().unwrap_or_else(|| " ".to_owned()),
            steps: raw.steps.iter().map(step).collect(),
            values: raw
                .values
                .iter()
                .map(|(k, v)| (half_width(k).into_owned(), v.clone()))
                .collect(),
            default: raw.default.clone(),
            shift,
            unit_given,
            round: raw.round.is_some(),
            date_order: raw.date_order.unwrap_or_default(),
            add_days: raw.add_days.unwrap_or_default(),
        };
        let texts = rule
            .default
            .iter()
            .chain(&raw.constant)
            .chain(raw.values.values());
        for text in texts {
            if let Some(reason) = constant_fault(&rule, text) {
                let words = reason.words();
                let (zh, en) = (words.zh.replace("：{}", ""), words.en.replace(": {}", ""));
                self.fault(path, format!("「{text}」{zh}"), format!("`{text}`: {en}"));
            }
        }
        rule.feed = self.feed(path, kind, raw, kinds)?;
        Some(rule)
    }

    fn reading(&mut self, path: &str, spec: &FieldSpec, word: Option<&str>) -> FieldType {
        let Some(word) = word else { return spec.holds };
        let choice = word == "enum" && matches!(spec.holds, FieldType::Choice(_));
        let reading = if choice {
            Some(spec.holds)
        } else {
            reading_named(word)
        };
        match reading.filter(|reading| may_be_read_as(spec.holds, *reading)) {
            Some(reading) => reading,
            None => {
                let label = spec.label;
                self.fault(
                    path,
                    format!("「{label}」不能按类型 {word} 读取"),
                    format!("this field cannot be read as `{word}`"),
                );
                spec.holds
            }
        }
    }

    fn only_where_it_means_something(&mut self, path: &str, reading: FieldType, raw: &RawRule) {
        let date = reading == FieldType::Date;
        let number = matches!(
            reading,
            FieldType::Money | FieldType::Quantity | FieldType::Percent
        );
        let unit_fits = match raw.unit {
            None => true,
            Some(RawUnit::Fraction | RawUnit::Percent) => reading == FieldType::Percent,
            Some(_) => reading == FieldType::Money,
        };
        let worded = matches!(reading, FieldType::Choice(_) | FieldType::Bool);
        for (word, fits) in [
            ("unit", unit_fits),
            ("round", raw.round.is_none() || number),
            ("date_order", raw.date_order.is_none() || date),
            ("add_days", raw.add_days.is_none() || date),
            ("values", raw.values.is_empty() || worded),
            ("join", raw.join.is_none() || raw.from.is_some()),
            ("or_from", raw.or_from.is_none() || raw.from.is_some()),
        ] {
            if !fits {
                self.fault(
                    path,
                    format!("{word} 不适用于这个字段"),
                    format!("{word} does not apply to this field"),
                );
            }
        }
    }

    fn feed(
        &mut self,
        path: &str,
        kind: RecordKind,
        raw: RawRule,
        kinds: &[RecordKind],
    ) -> Option<Feed> {
        let columns: Vec<String> = raw
            .from
            .iter()
            .flat_map(|list| &list.0)
            .map(|name| header_name(name))
            .collect();
        let has_columns = !columns.is_empty();
        match (raw.constant, raw.lookup, raw.derive, raw.sum) {
            (None, None, None, None) if has_columns => Some(Feed::Columns(columns)),
            (Some(text), None, None, None) if !has_columns => Some(Feed::Constant(text)),
            (None, Some(table), None, None) if has_columns => {
                let source = self.source_named(&format!("{path}.lookup.source"), &table.source);
                Some(Feed::Consult {
                    columns,
                    table: self.lookup(source, &table),
                })
            }
            (None, None, Some(table), None) if has_columns => {
                let table = self.derivation(&format!("{path}.derive"), table);
                Some(Feed::Consult { columns, table })
            }
            (None, None, None, Some(sum)) if !has_columns => {
                let refers = |spec: &FieldSpec| spec.holds == FieldType::Ref(kind);
                let spec = sum.kind.field(&sum.field);
                let money = spec.filter(|spec| spec.holds == FieldType::Money);
                let there = kinds.contains(&sum.kind) && sum.kind.fields().iter().any(refers);
                match money.filter(|_| there && sum.kind != kind) {
                    Some(spec) => Some(Feed::Sum {
                        kind: sum.kind,
                        field: spec.name,
                    }),
                    None => {
                        self.fault(
                            &format!("{path}.sum"),
                            "sum 要指向本映射中引用它的另一种记录的金额字段",
                            "sum needs a money field of another mapped kind that refers to this",
                        );
                        None
                    }
                }
            }
            _ => {
                self.fault(
                    path,
                    "字段要写 from、const、sum 之一；lookup 和 derive 与 from 连用，二者只能有其一",
                    "give one of from, const, sum; lookup or derive go with from",
                );
                None
            }
        }
    }
}

impl Check<'_> {
    fn lookup(&mut self, source: usize, raw: &RawLookup) -> Consult {
        self.consulted += 1;
        Consult {
            id: self.consulted - 1,
            source,
            matching: header_name(&raw.matching),
            take: header_name(&raw.take),
            derive: None,
            dated_by: None,
            conditions: Vec::new(),
        }
    }

    fn derivation(&mut self, path: &str, raw: RawDerive) -> Consult {
        let source = self.source_named(&format!("{path}.source"), &raw.source);
        if raw.rule == DeriveRule::Latest && raw.dated_by.is_none() {
            self.fault(
                path,
                "rule = \"latest\" 需要 dated_by",
                "latest needs dated_by",
            );
        }
        self.consulted += 1;
        Consult {
            id: self.consulted - 1,
            source,
            matching: header_name(&raw.matching),
            take: header_name(&raw.take),
            derive: Some(raw.rule),
            dated_by: raw.dated_by.as_deref().map(header_name),
            conditions: self.conditions(path, raw.conditions),
        }
    }
}

fn shift_of(unit: Option<RawUnit>) -> i32 {
    match unit {
        Some(RawUnit::Fen | RawUnit::Percent) => -2,
        Some(RawUnit::Thousand) => 3,
        Some(RawUnit::Wan) => 4,
        Some(RawUnit::Yuan | RawUnit::Fraction) | None => 0,
    }
}

fn step(raw: &RawStep) -> Step {
    match raw {
        RawStep::Trim => Step::Trim,
        RawStep::Upper => Step::Upper,
        RawStep::Lower => Step::Lower,
        RawStep::DigitsOnly => Step::DigitsOnly,
        RawStep::HalfWidth => Step::HalfWidth,
        RawStep::Prefix(text) => Step::Prefix(text.clone()),
        RawStep::Suffix(text) => Step::Suffix(text.clone()),
        RawStep::Replace(map) => Step::Replace(
            map.iter()
                .map(|(from, to)| (from.clone(), to.clone()))
                .collect(),
        ),
    }
}
