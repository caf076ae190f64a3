//! What is kept of a decision, and its replay 决策日志.

use std::collections::BTreeMap;

use kernel::{Day, Refusal};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::facts::Facts;
use crate::publish::Published;

/// The rules of evaluation that made a record. A change that could change an answer raises it.
pub const ENGINE: u32 = 1;

/// Everything needed to make the decision again and get the same bytes. When and by whom it was
/// made stands in the evidence entry around it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Key of the table.
    pub table: String,
    /// Its version.
    pub version: u32,
    /// SHA-256 of the table.
    pub digest: String,
    /// The business date that chose the version.
    pub as_of: Day,
    /// The facts, by key of input; facts the table did not ask for are left out.
    pub given: BTreeMap<String, Json>,
    /// Ids of all rows that hit, in their order.
    pub hits: Vec<String>,
    /// Ids of the rows the answer comes from, in its order.
    pub chosen: Vec<String>,
    /// Whether the default row spoke.
    pub by_default: bool,
    /// The answer.
    pub answer: Json,
    /// The rules of evaluation.
    pub engine: u32,
}

impl Published {
    /// Decides and keeps what is needed to do it again.
    ///
    /// # Errors
    /// As [`Facts::read`] and [`Published::decide`]; a day the version does not hold for.
    pub fn record(&self, as_of: Day, given: &BTreeMap<String, Json>) -> Result<Record, Refusal> {
        if !self.valid().contains(as_of) {
            return Err(Refusal::conflict(
                "rules.none_in_force",
                format!("版本 {} 在 {as_of} 不生效", self.version()),
                format!("version {} is not in force on {as_of}", self.version()),
            )
            .remedy((
                "请按业务日期取生效的版本",
                "Use the version in force on the business day",
            )));
        }
        let table = self.table();
        let facts = Facts::read(table, given)?;
        let decision = self.decide(&facts)?;
        let pairs = table.inputs.iter().zip(facts.values());
        let ids = |rows: &[usize]| rows.iter().map(|row| table.rows[*row].id.clone()).collect();
        Ok(Record {
            table: table.key.clone(),
            version: self.version(),
            digest: self.digest().to_owned(),
            as_of,
            given: pairs
                .map(|(it, value)| (it.key.clone(), it.holds.write(value)))
                .collect(),
            hits: ids(&decision.hits),
            chosen: ids(&decision.chosen),
            by_default: decision.by_default,
            answer: decision.answer.write(table),
            engine: ENGINE,
        })
    }

    /// Makes a kept decision again and holds it against what was kept.
    ///
    /// # Errors
    /// Another table, another engine, or another outcome, named field by field.
    pub fn replay(&self, kept: &Record) -> Result<(), Refusal> {
        let again = self.record(kept.as_of, &kept.given)?;
        let pairs = [
            ("table", "决策表", again.table == kept.table),
            ("version", "版本", again.version == kept.version),
            ("digest", "规则内容", again.digest == kept.digest),
            ("given", "事实", again.given == kept.given),
            ("hits", "命中行", again.hits == kept.hits),
            ("chosen", "生效行", again.chosen == kept.chosen),
            (
                "by_default",
                "是否缺省",
                again.by_default == kept.by_default,
            ),
            ("answer", "结果", again.answer == kept.answer),
            ("engine", "计算规则版本", again.engine == kept.engine),
        ];
        let wrong: Vec<_> = pairs.iter().filter(|(_, _, same)| !same).collect();
        if wrong.is_empty() {
            return Ok(());
        }
        let zh: Vec<_> = wrong.iter().map(|(_, zh, _)| *zh).collect();
        let en: Vec<_> = wrong.iter().map(|(key, _, _)| *key).collect();
        let refusal = Refusal::conflict(
            "rules.replay_differs",
            format!("重算与留存的决策不一致：{}", zh.join("、")),
            format!("replay differs from what was kept: {}", en.join(", ")),
        )
        .remedy((
            "请核对是否取了同一版本，或留存的记录被改动",
            "Check whether it is the same version, or whether the kept record was changed",
        ));
        Err(wrong.iter().fold(refusal, |it, (key, zh, _)| {
            it.at(&format!("/{key}"), (*zh, *key))
        }))
    }
}
