//! What can be done with evidence bundles 存证包动作.

pub mod export;
pub mod export_statement;
