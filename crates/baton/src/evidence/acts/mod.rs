//! Acts of the evidence log 存证动作.

pub mod erase;
pub mod record_audit;
