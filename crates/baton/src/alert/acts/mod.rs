//! What can be done about alerts 预警动作.

pub mod raise;
pub mod resolve;
pub mod take;
