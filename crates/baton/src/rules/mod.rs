//! Rules as tables: drafted, checked, published for days, asked, kept 决策表.
//!
//! Tables: `rules_table`, `rules_draft` and, append-only, `rules_version` and `rules_decision`.
//!
//! The engine `rules` reads the cells, proves that nothing is forgotten and decides; this slice
//! keeps the tables and their versions. Who asks a table brings the facts: commission asks for
//! rates ([`crate::commission`]). Somebody else than the one who wrote a draft puts it in force.

pub mod acts;
pub mod api;
pub(crate) mod ready;
pub(crate) mod store;
mod view;

use kernel::{Refusal, RuleTableId};
use serde_json::Value as Json;

/// `rules_table/rtb_…`
pub(crate) fn subject(table: RuleTableId) -> String {
    format!("rules_table/{table}")
}

/// The table of a request.
///
/// # Errors
/// `rules.unreadable` when it is none.
pub(crate) fn table_of(body: &Json) -> Result<::rules::table::Table, Refusal> {
    serde_json::from_value(body.clone()).map_err(|error| {
        Refusal::invalid(
            "rules.unreadable",
            "这不是一张决策表",
            format!("this is no decision table: {error}"),
        )
        .remedy((
            "请在编辑器中编辑，或导入 DMN 文件",
            "Use the editor, or import a DMN file",
        ))
        .at("/table", ("无法读懂", "It cannot be read"))
    })
}
