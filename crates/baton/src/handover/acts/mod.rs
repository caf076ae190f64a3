//! What can be done with a handover plan 交接动作.

pub mod answer;
pub mod approve;
pub mod cancel;
pub mod draw_up;
pub mod edit;
pub mod execute;
pub mod miss_day;
mod moves;
mod pending;
pub mod reverse;
pub mod submit;
pub mod take_back;
