//! Places, values and cases in words 用语.

use kernel::Fen;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::kind::Kind;
use crate::problem::{Column, Line};
use crate::table::{Label, Table};
use crate::value::Value;

/// Where it is: `第 3 行「金额」`, `row 3 “Amount”`.
pub(crate) fn place(table: &Table, line: Line, column: Option<Column>) -> (String, String) {
    let (line_zh, line_en) = match line {
        Line::Table => (String::new(), String::new()),
        Line::Heading => ("表头".to_owned(), "heading".to_owned()),
        Line::Row(n) => (format!("第 {} 行", n + 1), format!("row {}", n + 1)),
        Line::Default => ("缺省行".to_owned(), "default row".to_owned()),
        Line::Example(n) => {
            let name = table.examples.get(n).map_or("", |it| it.name.as_str());
            (format!("样例「{name}」"), format!("example “{name}”"))
        }
    };
    let label = match column {
        Some(Column::Input(n)) => table.inputs.get(n).map(|it| (&it.label, &it.key)),
        Some(Column::Output(n)) => table.outputs.get(n).map(|it| (&it.label, &it.key)),
        None => None,
    };
    let Some((label, key)) = label else {
        return (line_zh, line_en);
    };
    let (zh, en) = named(label, key);
    (format!("{line_zh}「{zh}」"), format!("{line_en} “{en}”"))
}

/// Where a result stands: a row, the default, or the total.
pub(crate) fn result_place(table: &Table, row: Option<usize>, n: usize) -> (String, String) {
    let line = row.map_or(Line::Default, Line::Row);
    if row.is_none() && table.hit.is_aggregate() && table.default.is_none() {
        let (zh, en) = table
            .outputs
            .get(n)
            .map_or(("", ""), |it| named(&it.label, &it.key));
        return (format!("合计「{zh}」"), format!("total “{en}”"));
    }
    place(table, line, Some(Column::Output(n)))
}

pub(crate) fn named<'a>(label: &'a Label, key: &'a str) -> (&'a str, &'a str) {
    let zh = if label.zh.is_empty() { key } else { &label.zh };
    let en = if label.english().is_empty() {
        key
    } else {
        label.english()
    };
    (zh, en)
}

/// `第 3、5 行`
pub(crate) fn rows(rows: &[usize]) -> String {
    let numbers = rows.iter().take(10).map(|row| (row + 1).to_string());
    let more = if rows.len() > 10 { "等" } else { "" };
    format!("第 {}{more} 行", numbers.collect::<Vec<_>>().join("、"))
}

/// `rows 3, 5`
pub(crate) fn rows_en(rows: &[usize]) -> String {
    let numbers = rows.iter().take(10).map(|row| (row + 1).to_string());
    let numbers = numbers.collect::<Vec<_>>().join(", ");
    let more = if rows.len() > 10 { " and more" } else { "" };
    format!(
        "row{} {numbers}{more}",
        if rows.len() == 1 { "" } else { "s" }
    )
}

/// A value as people read it: `50,000.00`, `3.5%`, `已签约`.
#[must_use]
pub fn shown(kind: &Kind, value: &Value) -> String {
    match (kind, value) {
        (_, Value::Null) => "（空）".to_owned(),
        (_, Value::Bool(true)) => "是".to_owned(),
        (_, Value::Bool(false)) => "否".to_owned(),
        (Kind::Enum { choices }, Value::Text(code)) => {
            let choice = choices.iter().find(|it| it.code == *code);
            let zh = choice.map_or("", |it| it.zh.as_str());
            if zh.is_empty() {
                code.clone()
            } else {
                zh.to_owned()
            }
        }
        (Kind::Days, Value::Number(number)) => format!("{number} 天"),
        (Kind::Text, Value::Text(text)) => format!("“{text}”"),
        _ => plain(kind, value),
    }
}

/// The same in English.
#[must_use]
pub fn shown_en(kind: &Kind, value: &Value) -> String {
    match (kind, value) {
        (_, Value::Null) => "(none)".to_owned(),
        (_, Value::Bool(yes)) => if *yes { "yes" } else { "no" }.to_owned(),
        (Kind::Enum { choices }, Value::Text(code)) => {
            let choice = choices.iter().find(|it| it.code == *code);
            let en = choice.map_or("", |it| it.en.as_str());
            if en.is_empty() {
                code.clone()
            } else {
                en.to_owned()
            }
        }
        (Kind::Days, Value::Number(number)) => format!("{number} days"),
        (Kind::Text, Value::Text(text)) => format!("“{text}”"),
        _ => plain(kind, value),
    }
}

fn plain(kind: &Kind, value: &Value) -> String {
    match (kind, value) {
        (Kind::Money, Value::Number(number)) => money(*number),
        (Kind::Rate, Value::Number(number)) => percent(*number),
        (_, Value::Number(number)) => number.normalize().to_string(),
        (_, Value::Day(day)) => day.to_string(),
        (_, Value::Text(text)) => text.clone(),
        (_, Value::Bool(yes)) => yes.to_string(),
        (_, Value::Null) => String::new(),
    }
}

fn money(number: Decimal) -> String {
    let fen = crate::kind::ordinal_of(number, 2).and_then(|fen| fen.to_i64());
    fen.map_or_else(|| number.to_string(), |fen| Fen(fen).to_string())
}

fn percent(rate: Decimal) -> String {
    let hundred = Decimal::ONE_HUNDRED;
    rate.checked_mul(hundred)
        .map_or_else(|| rate.to_string(), |it| format!("{}%", it.normalize()))
}

/// A case: `金额=50,000.00、阶段=已签约`, `Amount = 50,000.00, Stage = signed`.
pub(crate) fn case(table: &Table, facts: &[Value]) -> (String, String) {
    let each = table.inputs.iter().zip(facts);
    let one = |(input, value): (&crate::table::Input, &Value)| {
        let (zh, en) = named(&input.label, &input.key);
        let kind = &input.holds;
        (
            format!("{zh}={}", shown(kind, value)),
            format!("{en} = {}", shown_en(kind, value)),
        )
    };
    let (zh, en): (Vec<_>, Vec<_>) = each.map(one).unzip();
    (zh.join("、"), en.join(", "))
}
