//! The state of the system itself 系统状态.

pub mod api;
