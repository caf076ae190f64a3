//! One field of one row: from the cell's text to a typed value 单元格读取.

use std::borrow::Cow;

use kernel::{Day, Fen, Ppm};

use crate::bind::BoundRule;
use crate::date::{DateForm, read_date};
use crate::decimal::{Decimal, is_foreign};
use crate::finding::Detail;
use crate::identity::{
    Identity, read_citizen_id, read_code, read_credit_code, read_email, read_phone,
};
use crate::index::Index;
use crate::kind::{FieldSpec, FieldType, Need, Within};
use crate::mapping::{Feed, Rule, Step};
use crate::reason::Reason;
use crate::table::Row;
use crate::text::{
    half_width, has_control, in_one_line, is_cell_error, is_scientific, trimmed, with_middle_dots,
};
use crate::value::Value;

/// Something to say about a cell of the row at hand.
#[derive(Debug)]
pub(crate) struct Note {
    pub(crate) reason: Reason,
    /// Index of the rule within its block; its column names the place.
    pub(crate) rule: usize,
    pub(crate) value: String,
    pub(crate) detail: Detail,
}

/// What is gathered while the fields of one row are read.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    pub(crate) list: Vec<Note>,
    pub(crate) date_forms: Vec<(usize, DateForm)>,
    rule: usize,
}

impl Notes {
    pub(crate) fn clear(&mut self) {
        self.list.clear();
        self.date_forms.clear();
    }

    pub(crate) fn at(&mut self, rule: usize) -> &mut Notes {
        self.rule = rule;
        self
    }

    pub(crate) fn add(&mut self, reason: Reason, value: &str, detail: impl Into<Detail>) {
        let (rule, value) = (self.rule, value.to_owned());
        self.list.push(Note {
            reason,
            rule,
            value,
            detail: detail.into(),
        });
    }

    pub(crate) fn refuse(&self) -> bool {
        self.list.iter().any(|note| note.reason.refuses())
    }
}

/// A value, and for money the exact figure in thousand-millionths of a 分 before rounding.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Read {
    pub(crate) value: Value,
    pub(crate) exact: Option<i128>,
}

/// Decimal places of the exact figure, counted from 元: two for 分 and nine behind it.
const EXACT_PLACES: i32 = 11;

/// Reads the field; nothing when it is empty or cannot be read, which the notes then say.
pub(crate) fn read_field(
    bound: &BoundRule<'_>,
    row: &Row<'_>,
    index: &Index,
    today: Option<Day>,
    notes: &mut Notes,
) -> Option<Read> {
    let rule = bound.rule;
    let (text, number) = match &rule.feed {
        Feed::Constant(text) => (Cow::Borrowed(text.as_str()), false),
        Feed::Sum { .. } => return None,
        _ => fed_text(bound, row, index, notes),
    };
    let text = if text.is_empty() {
        let mut columns = bound.columns.iter().chain(&bound.or_columns);
        if columns.any(|column| row.is_merged(*column)) {
            notes.add(Reason::MergedCell, "", "");
            return None;
        }
        instead_of_nothing(rule, notes)?
    } else {
        text
    };
    if has_control(&text) {
        notes.add(Reason::ControlCharacter, &text, "");
        return None;
    }
    if number && is_identifier(rule.reading) && text.bytes().filter(u8::is_ascii_digit).count() > 15
    {
        notes.add(Reason::DigitsLost, &text, "");
        return None;
    }
    let read = match read_as(rule, &text, today, notes) {
        Ok(read) => read,
        Err(reason) => {
            notes.add(reason, &text, detail_of(reason, rule));
            return None;
        }
    };
    if let Some((reason, detail)) = beyond(rule.spec, &read.value, today) {
        // What was read is told with what was refused.
        notes.add(reason, &text, detail);
    }
    if rule.spec.holds == FieldType::Text && rule.reading != FieldType::Text {
        return Some(Read {
            value: Value::Text(read.value.shown()),
            exact: None,
        });
    }
    Some(read)
}

/// Why the field may not have this value, or what is to be said of it, if anything.
pub(crate) fn beyond(
    spec: &FieldSpec,
    value: &Value,
    today: Option<Day>,
) -> Option<(Reason, Detail)> {
    let reason = match (spec.within, value) {
        (Within::Most(most), Value::Text(text) | Value::Ref { key: text, .. }) => {
            return too_long(text, most).map(|detail| (Reason::TextTooLong, detail));
        }
        (Within::Billed, Value::Money(fen)) if *fen <= Fen::ZERO => Reason::NotBilled,
        (Within::Received, Value::Money(fen)) if *fen <= Fen::ZERO => Reason::NotReceived,
        (Within::Agreed, Value::Money(fen)) if *fen <= Fen::ZERO => Reason::NotAgreed,
        (Within::Hoped, Value::Money(fen)) if *fen < Fen::ZERO => Reason::BelowZero,
        (Within::Hoped, Value::Money(fen)) if *fen == Fen::ZERO => Reason::ZeroAmount,
        (Within::NotAhead, Value::Day(day)) if today.is_some_and(|today| *day > today) => {
            Reason::DayAhead
        }
        _ => return None,
    };
    Some((reason, Detail::none()))
}

/// The limit, when the text is longer.
pub(crate) fn too_long(text: &str, most: usize) -> Option<Detail> {
    let long = text.len() > most && text.chars().nth(most).is_some();
    long.then(|| Detail::from(most.to_string()))
}

fn is_identifier(reading: FieldType) -> bool {
    matches!(
        reading,
        FieldType::Text
            | FieldType::Code
            | FieldType::CitizenId
            | FieldType::CreditCode
            | FieldType::Phone
            | FieldType::Ref(_)
    )
}

/// What stands for an empty cell: the default, or nothing at all.
fn instead_of_nothing<'r>(rule: &'r Rule, notes: &mut Notes) -> Option<Cow<'r, str>> {
    if let Some(default) = &rule.default {
        notes.add(Reason::DefaultUsed, "", default.as_str());
        return Some(Cow::Borrowed(default));
    }
    if rule.required {
        notes.add(Reason::RequiredEmpty, "", "");
    } else if rule.spec.need == Need::Expected {
        notes.add(Reason::EmptyField, "", "");
    }
    None
}

fn fed_text<'r>(
    bound: &BoundRule<'r>,
    row: &Row<'r>,
    index: &'r Index,
    notes: &mut Notes,
) -> (Cow<'r, str>, bool) {
    let (mut text, mut number) = joined(&bound.columns, row, &bound.rule.join);
    if text.is_empty() && !bound.or_columns.is_empty() {
        (text, number) = joined(&bound.or_columns, row, &bound.rule.join);
    }
    if let Some(table) = bound.consults {
        text = index.consult(table, &text, notes);
        number = false;
    }
    for step in &bound.rule.steps {
        text = stepped(step, text, notes);
    }
    (text, number)
}

fn joined<'r>(columns: &[usize], row: &Row<'r>, join: &str) -> (Cow<'r, str>, bool) {
    if let [column] = columns {
        let (text, number) = row.cell(*column);
        return (Cow::Borrowed(text), number);
    }
    let mut out = String::new();
    for column in columns {
        let text = row.text(*column);
        if !text.is_empty() && !out.is_empty() {
            out.push_str(join);
        }
        out.push_str(text);
    }
    (Cow::Owned(out), false)
}

fn stepped<'r>(step: &Step, text: Cow<'r, str>, notes: &mut Notes) -> Cow<'r, str> {
    if text.is_empty() {
        return text;
    }
    match step {
        Step::Trim => Cow::Owned(trimmed(&text).to_owned()),
        Step::Upper => Cow::Owned(text.to_uppercase()),
        Step::Lower => Cow::Owned(text.to_lowercase()),
        Step::DigitsOnly => Cow::Owned(
            half_width(&text)
                .chars()
                .filter(char::is_ascii_digit)
                .collect(),
        ),
        Step::HalfWidth => Cow::Owned(half_width(&text).into_owned()),
        Step::Prefix(prefix) => Cow::Owned(format!("{prefix}{text}")),
        Step::Suffix(suffix) => Cow::Owned(format!("{text}{suffix}")),
        Step::Replace(pairs) => match pairs.iter().find(|(from, _)| *from == *text) {
            None => text,
            Some((_, to)) => {
                notes.add(Reason::Replaced, &text, to.as_str());
                Cow::Owned(to.clone())
            }
        },
    }
}

/// Reads a text as the rule says.
fn read_as(rule: &Rule, text: &str, today: Option<Day>, notes: &mut Notes) -> Result<Read, Reason> {
    let plain = |value| Ok(Read { value, exact: None });
    match rule.reading {
        FieldType::Text => {
            if is_cell_error(text) {
                return Err(Reason::CellError);
            }
            if is_scientific(text) {
                notes.add(Reason::ScientificText, text, "");
            }
            let line = in_one_line(text).into_owned();
            plain(Value::Text(told_if_changed(line, text, notes)))
        }
        FieldType::PersonName => {
            let line = in_one_line(text);
            if is_cell_error(text) {
                return Err(Reason::CellError);
            }
            let name = with_middle_dots(&line).into_owned();
            plain(Value::Text(told_if_changed(name, text, notes)))
        }
        FieldType::Code => plain(Value::Text(told_if_changed(read_code(text)?, text, notes))),
        FieldType::Ref(kind) => plain(Value::Ref {
            kind,
            key: told_if_changed(read_code(text)?, text, notes),
        }),
        FieldType::Money => read_money(rule, text, notes),
        FieldType::Quantity => {
            let (milli, rounded) = Decimal::number(text)?.whole(3, rule.round)?;
            if rounded {
                notes.add(Reason::Rounded, text, format!("{milli}/1000"));
            }
            plain(Value::Quantity(milli))
        }
        FieldType::Integer => plain(Value::Integer(Decimal::number(text)?.whole(0, false)?.0)),
        FieldType::Percent => plain(Value::Percent(read_percent(rule, text, notes)?)),
        FieldType::Date => {
            let read = read_date(text, rule.date_order)?;
            if read.time_dropped {
                notes.add(Reason::TimeDropped, "", "");
            }
            notes.date_forms.push((notes.rule, read.form));
            plain(Value::Day(read.day.plus_days(rule.add_days)))
        }
        FieldType::Bool => plain(Value::Bool(read_bool(worded(rule, text))?)),
        FieldType::Choice(words) => {
            let wanted = worded(rule, text);
            let found = words.iter().find(|word| **word == wanted);
            found.map_or(Err(Reason::NotAChoice), |word| plain(Value::Choice(word)))
        }
        FieldType::Phone => identity(read_phone(text)?, text, notes),
        FieldType::Email => identity(read_email(text)?, text, notes),
        FieldType::CreditCode => identity(read_credit_code(text)?, text, notes),
        FieldType::CitizenId => identity(read_citizen_id(text, today)?, text, notes),
    }
}

fn identity(read: Identity, text: &str, notes: &mut Notes) -> Result<Read, Reason> {
    let text = match read.remark {
        Some(reason) => {
            notes.add(reason, text, "");
            read.text
        }
        None => told_if_changed(read.text, text, notes),
    };
    Ok(Read {
        value: Value::Text(text),
        exact: None,
    })
}

fn told_if_changed(read: String, text: &str, notes: &mut Notes) -> String {
    if read != text {
        notes.add(Reason::Normalised, text, "");
    }
    read
}

fn read_money(rule: &Rule, text: &str, notes: &mut Notes) -> Result<Read, Reason> {
    let not_money = |reason| match reason {
        Reason::NotANumber => Reason::NotMoney,
        other => other,
    };
    let (amount, own_unit) = Decimal::amount(text, rule.shift).map_err(not_money)?;
    if !rule.abroad && is_foreign(text) {
        return Err(Reason::ForeignMoney);
    }
    if own_unit && rule.shift != 0 {
        notes.add(Reason::OwnUnit, text, "");
    }
    let (fen, rounded) = amount.whole(2, rule.round)?;
    if rounded {
        notes.add(Reason::Rounded, text, Fen(fen).to_plain());
    }
    let exact = amount.in_units(EXACT_PLACES).map(|(units, _)| units);
    Ok(Read {
        value: Value::Money(Fen(fen)),
        exact: Some(exact.ok_or(Reason::OutOfRange)?),
    })
}

fn read_percent(rule: &Rule, text: &str, notes: &mut Notes) -> Result<Ppm, Reason> {
    let text = half_width(text);
    let (number, shift) = match text.strip_suffix('%') {
        Some(points) => (Decimal::number(points)?, -2),
        None => (Decimal::number(&text)?, rule.shift),
    };
    if !text.ends_with('%') && !rule.unit_given && number.mantissa != 0 {
        notes.add(Reason::PercentAssumed, "", "");
    }
    let (ppm, rounded) = number.times_ten(shift).whole(6, rule.round)?;
    if rounded {
        notes.add(Reason::Rounded, &text, format!("{ppm} ppm"));
    }
    Ok(Ppm(ppm))
}

fn read_bool(text: &str) -> Result<bool, Reason> {
    match text.to_lowercase().as_str() {
        "是" | "有" | "true" | "yes" | "y" | "1" | "√" => Ok(true),
        "否" | "无" | "false" | "no" | "n" | "0" | "×" => Ok(false),
        _ => Err(Reason::NotABool),
    }
}

/// The mapping's word for what the cell says, or the cell itself.
fn worded<'t>(rule: &'t Rule, text: &'t str) -> &'t str {
    let narrow = half_width(text);
    rule.values
        .iter()
        .find(|(from, _)| *from == *narrow)
        .map_or(text, |(_, to)| to)
}

fn detail_of(reason: Reason, rule: &Rule) -> Detail {
    match (reason, rule.reading) {
        (Reason::NotAChoice, FieldType::Choice(words)) => {
            let mapped = rule.values.iter().map(|(from, _)| from.as_str());
            let all: Vec<&str> = words.iter().copied().chain(mapped).collect();
            Detail::both(all.join("、"), all.join(", "))
        }
        (Reason::TooFine, FieldType::Money) => Detail::both("最多两位", "two at most"),
        (Reason::TooFine, FieldType::Quantity) => Detail::both("最多三位", "three at most"),
        (Reason::TooFine, FieldType::Integer) => Detail::both("应为整数", "whole numbers only"),
        (Reason::TooFine, _) => Detail::both("最多百万分之一", "a millionth at most"),
        _ => Detail::none(),
    }
}

/// Why a constant of the mapping itself would be refused, if it would.
pub(crate) fn constant_fault(rule: &Rule, text: &str) -> Option<Reason> {
    read_as(rule, text, None, &mut Notes::default()).err()
}
