//! What is known about one case 事实.

use std::collections::BTreeMap;

use kernel::Refusal;
use serde_json::Value as Json;

use crate::problem::Flaw;
use crate::table::{Input, Table};
use crate::value::Value;

/// The facts a table needs, in the order of its inputs, each of its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts(Vec<Value>);

impl Facts {
    /// Picks what the table needs out of what is given; more may be given.
    ///
    /// # Errors
    /// A fact that is missing or not of its kind, named by its key.
    pub fn read(table: &Table, given: &BTreeMap<String, Json>) -> Result<Facts, Refusal> {
        let mut values = Vec::with_capacity(table.inputs.len());
        for input in &table.inputs {
            let json = given.get(&input.key).unwrap_or(&Json::Null);
            let value = input.holds.read(json).map_err(|flaw| unfit(input, &flaw))?;
            values.push(value);
        }
        Facts::of(table, values)
    }

    /// Facts that stand in the order of the inputs already.
    ///
    /// # Errors
    /// As [`Facts::read`]; also when there are more or fewer than inputs.
    pub fn of(table: &Table, values: Vec<Value>) -> Result<Facts, Refusal> {
        if values.len() != table.inputs.len() {
            let (given, needed) = (values.len(), table.inputs.len());
            return Err(Refusal::invalid(
                "rules.facts_count",
                format!("给了 {given} 个事实，需要 {needed} 个"),
                format!("{given} facts were given, {needed} are needed"),
            ));
        }
        let mut admitted = Vec::with_capacity(values.len());
        for (input, value) in table.inputs.iter().zip(values) {
            if value == Value::Null && !input.optional {
                return Err(missing(input));
            }
            admitted.push(
                input
                    .holds
                    .admit(value)
                    .map_err(|flaw| unfit(input, &flaw))?,
            );
        }
        Ok(Facts(admitted))
    }

    /// The values, in the order of the inputs.
    #[must_use]
    pub fn values(&self) -> &[Value] {
        &self.0
    }
}

fn missing(input: &Input) -> Refusal {
    Refusal::invalid(
        "rules.fact_missing",
        format!("缺少「{}」", input.label.zh),
        format!("“{}” is missing", input.label.english()),
    )
    .remedy((
        "请补上这一事实；确实可能没有时，把该列设为可空并写明如何处理",
        "Add this fact; if it may be missing, let the column be empty and say what happens then",
    ))
    .at(
        &format!("/{}", input.key),
        ("不能为空", "It may not be empty"),
    )
}

fn unfit(input: &Input, flaw: &Flaw) -> Refusal {
    Refusal::invalid(
        &format!("rules.{}", flaw.code),
        format!("「{}」：{}", input.label.zh, flaw.zh),
        format!("“{}”: {}", input.label.english(), flaw.en),
    )
    .remedy((&flaw.remedy, &flaw.remedy_en))
    .at(&format!("/{}", input.key), (&flaw.zh, &flaw.en))
}
