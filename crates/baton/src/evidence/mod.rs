//! The evidence log on screen: what happened, in words, with its proof 存证.
//!
//! Entries are written by the spine. Tables: none of its own (`log_*` are the spine's, read here
//! through its reading functions and [`store`]). [`witnesses`] asks those who watch the log for
//! their signatures, [`stamps`] a timestamp authority for the time; [`audits`] holds the tables
//! against the log each night and before an export, [`daily`] lays a checkpoint down outside.

pub mod acts;
pub mod api;
pub(crate) mod audits;
mod call;
pub mod daily;
pub(crate) mod deep;
pub mod jobs;
mod naming;
pub(crate) mod sight;
mod stamp_api;
pub mod stamps;
pub(crate) mod store;
mod tls;
mod view;
pub mod witnesses;

pub(crate) use view::with_second;
