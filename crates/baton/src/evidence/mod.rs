//! The evidence log on screen: what happened, in words, with its proof 存证.
//!
//! Reads only; entries are written by the spine. Tables: none of its own (`log_*` are the spine's,
//! read here through its reading functions and [`store`]). [`witnesses`] asks those who watch
//! the log for their signatures.

pub mod api;
pub(crate) mod deep;
pub(crate) mod store;
mod view;
pub mod witnesses;
