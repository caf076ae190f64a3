//! The rule of one field, checked 字段规则检查.

use super::check::Check;
use super::raw::{Columns, RawDerive, RawLookup, RawRule, RawStep, RawUnit};
use super::{Consult, DeriveRule, Feed, Rule, Step};
use crate::cell::constant_fault;
use crate::kind::{FieldSpec, FieldType, Need, RecordKind};
use crate::text::{half_width, header_name};

impl Check<'_> {
    pub(super) fn rule(
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
            or_from: column_names(raw.or_from.as_ref()),
            join: raw.join.clone().unwrap_or_else(|| " ".to_owned()),
            steps: raw.steps.iter().map(step).collect(),
            values: raw
                .values
                .iter()
                .map(|(k, v)| (half_width(k).into_owned(), v.clone()))
                .collect(),
            default: raw.default.clone(),
            shift,
            abroad: self.abroad,
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
        let columns = column_names(raw.from.as_ref());
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

fn column_names(columns: Option<&Columns>) -> Vec<String> {
    let names = columns
        .map(|columns| columns.0.as_slice())
        .unwrap_or_default();
    names.iter().map(|name| header_name(name)).collect()
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
