//! What can be done with flows and cases 审批动作.

pub mod command;
pub mod fire_timer;
pub mod hear;
pub mod publish_flow;
pub mod reassign_all;
pub mod refresh;
pub mod set_fact;
pub mod start;
