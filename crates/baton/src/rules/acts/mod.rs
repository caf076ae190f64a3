//! Everything that changes decision tables 决策表动作.

pub mod drop_draft;
pub mod publish;
pub mod retire;
pub mod save_draft;
