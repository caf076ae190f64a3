//! What can be done with books for rehearsal 演练动作.

pub mod declare;
pub mod set_clock;
