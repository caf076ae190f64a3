//! What can be proved of a definition before anybody runs it 流程校验.
//!
//! A tree has no deadlock and no endless loop by its shape. What remains is checked here, once, at
//! publishing; [`Published`] is the proof, and the engine takes nothing else.

mod family;
mod people;
mod safety;
mod shape;

use std::ops::Deref;

use kernel::Refusal;
use serde::{Deserialize, Serialize};

use crate::def::{Def, Node, NodeId};

pub use family::check_family;
pub use people::check_people;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// 错误: cannot be published.
    Error,
    /// 提醒
    Warning,
}

/// Something wrong with a definition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// How bad.
    pub severity: Severity,
    /// Stable name of the rule.
    pub code: String,
    /// Where; nothing when it is about the whole.
    pub node: Option<NodeId>,
    /// What, in Chinese, naming the step.
    pub message: String,
    /// What, in English.
    pub message_en: String,
}

impl Finding {
    fn of(code: &str, zh: impl Into<String>, en: impl Into<String>) -> Finding {
        Finding {
            severity: Severity::Error,
            code: code.to_owned(),
            node: None,
            message: zh.into(),
            message_en: en.into(),
        }
    }

    fn at(code: &str, node: &Node, zh: &str, en: &str) -> Finding {
        Finding {
            node: Some(node.id().clone()),
            ..Finding::of(
                code,
                format!("「{}」（{}）{zh}", node.title(), node.id()),
                format!("“{}” ({}) {en}", node.title_en(), node.id()),
            )
        }
    }

    fn mild(self) -> Finding {
        Finding {
            severity: Severity::Warning,
            ..self
        }
    }
}

/// A definition that has passed every check, with its version. The only way to get one is
/// [`publish`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    def: Def,
    /// Counted by the caller, from 1 upwards.
    pub version: u32,
}

impl Deref for Published {
    type Target = Def;

    fn deref(&self) -> &Def {
        &self.def
    }
}

/// Every finding of the checks that need nothing but the definition.
#[must_use]
pub fn check(def: &Def) -> Vec<Finding> {
    let mut findings = shape::check(def);
    // A tree beyond its limits is not walked any further.
    if findings.iter().all(|it| it.code != shape::TOO_BIG) {
        findings.extend(safety::check(def));
    }
    findings.sort_by_key(|finding| finding.severity);
    findings
}

/// Makes a definition usable.
///
/// # Errors
/// `approval.definition_invalid`, with one field error for each finding that is an error.
pub fn publish(def: Def, version: u32) -> Result<Published, Refusal> {
    let errors = check(&def).into_iter();
    let errors: Vec<Finding> = errors.filter(|it| it.severity == Severity::Error).collect();
    let Some(first) = errors.first() else {
        return Ok(Published { def, version });
    };
    let refusal = Refusal::invalid(
        "approval.definition_invalid",
        format!("流程定义有 {} 处错误，如：{}", errors.len(), first.message),
        format!(
            "The definition has {} error(s): {}",
            errors.len(),
            first.message_en
        ),
    );
    let refusal = refusal.remedy((
        "请按提示逐处修改后再发布",
        "Correct each marked place before you publish",
    ));
    let place = |finding: &Finding| match &finding.node {
        Some(node) => format!("/nodes/{node}"),
        None => "/".to_owned(),
    };
    let all = errors.iter().fold(refusal, |refusal, finding| {
        let words = (finding.message.clone(), finding.message_en.clone());
        refusal.at(&place(finding), words)
    });
    Err(all)
}
