//! What a table says 答案.

use serde_json::{Map, Value as Json};

use crate::kind::Kind;
use crate::problem::Flaw;
use crate::sentence;
use crate::table::{Hit, Table};
use crate::value::Value;

/// What a table says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Nothing: no row hits and there is no default.
    None,
    /// One value an output.
    One(Vec<Value>),
    /// Several rows, each with one value an output.
    Many(Vec<Vec<Value>>),
}

/// The kind of an output's values in the answer: what counts rows is a whole number.
#[must_use]
pub fn kind_of(table: &Table, output: usize) -> &Kind {
    match table.outputs.get(output) {
        Some(output) if table.hit != Hit::Count => &output.holds,
        _ => &Kind::Int,
    }
}

impl Answer {
    /// As JSON: `null`, an object by key of output, or a list of objects.
    #[must_use]
    pub fn write(&self, table: &Table) -> Json {
        let object = |values: &Vec<Value>| {
            let each = values.iter().zip(&table.outputs).enumerate();
            let entries = each
                .map(|(n, (value, output))| (output.key.clone(), kind_of(table, n).write(value)));
            Json::Object(entries.collect::<Map<_, _>>())
        };
        match self {
            Answer::None => Json::Null,
            Answer::One(values) => object(values),
            Answer::Many(rows) => Json::Array(rows.iter().map(object).collect()),
        }
    }

    /// Reads an answer as [`Answer::write`] writes it; numbers may be written with other zeros.
    ///
    /// # Errors
    /// What is no answer of this table: another shape, a key too many or too few, a wrong kind.
    pub fn read(table: &Table, json: &Json) -> Result<Answer, Flaw> {
        match json {
            Json::Null => Ok(Answer::None),
            Json::Array(rows) => Ok(Answer::Many(
                rows.iter()
                    .map(|row| one(table, row))
                    .collect::<Result<_, _>>()?,
            )),
            other => Ok(Answer::One(one(table, other)?)),
        }
    }

    /// In Chinese and English: `提成比例=3.5%`.
    #[must_use]
    pub fn words(&self, table: &Table) -> (String, String) {
        let row = |values: &Vec<Value>| -> (String, String) {
            let each = values.iter().zip(&table.outputs).enumerate();
            let (zh, en): (Vec<_>, Vec<_>) = each
                .map(|(n, (value, output))| {
                    let kind = kind_of(table, n);
                    let (zh, en) = sentence::named(&output.label, &output.key);
                    (
                        format!("{zh}={}", sentence::shown(kind, value)),
                        format!("{en} = {}", sentence::shown_en(kind, value)),
                    )
                })
                .unzip();
            (zh.join("、"), en.join(", "))
        };
        match self {
            Answer::None => ("没有结果".to_owned(), "no result".to_owned()),
            Answer::One(values) => row(values),
            Answer::Many(rows) => {
                let (zh, en): (Vec<_>, Vec<_>) = rows.iter().map(row).unzip();
                (zh.join("；"), en.join("; "))
            }
        }
    }
}

fn one(table: &Table, json: &Json) -> Result<Vec<Value>, Flaw> {
    let keys: Vec<&str> = table.outputs.iter().map(|it| it.key.as_str()).collect();
    let object = json.as_object().filter(|it| it.len() == keys.len());
    let mut values = Vec::with_capacity(keys.len());
    for (n, key) in keys.iter().enumerate() {
        let Some(json) = object.and_then(|it| it.get(*key)) else {
            let list = keys.join(", ");
            return Err(Flaw::of(
                "bad_answer",
                ("结果的写法不对", "this is no answer of the table"),
                (
                    format!("每个结果列写一个值：{list}；没有结果写 null；多行写成列表"),
                    format!("one value an output: {list}; null for none; a list for several rows"),
                ),
            ));
        };
        values.push(kind_of(table, n).read(json)?);
    }
    Ok(values)
}
