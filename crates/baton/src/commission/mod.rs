//! Who is paid for a deal, how much and why, also after the customer changed hands 提成.
//!
//! Tables: `commission_plan`, `commission_period`, and, append-only, `commission_version`,
//! `commission_assignment`, `commission_terms`, `commission_line`, `commission_word`,
//! `commission_exit_word`, `commission_exit`, `commission_payout`, `commission_basis`,
//! `commission_paying`, `commission_payment`, `commission_credit`, `commission_crediting`,
//! `commission_attachment`, `commission_sign_off`, `commission_run`, `commission_confirm_day`,
//! `commission_reminder`, `commission_silence`.
//!
//! The engine `commission` decides; this slice brings it the facts ([`ledger::facts`]), keeps its
//! lines with their traces, and lets payee and finance speak to each of them. Executing a handover
//! plan opens the terms in the same transaction. A month that is closed never moves; what turns out
//! otherwise later is a difference line of the first open month.

pub mod acts;
pub mod api;
mod asking;
pub(crate) mod basis;
mod begun;
pub(crate) mod confirming;
mod covering;
pub(crate) mod crediting;
pub(crate) mod credits;
mod example;
pub(crate) mod exiting;
pub(crate) mod ghost;
mod history;
pub(crate) mod jobs;
pub(crate) mod leaving;
pub(crate) mod ledger;
mod merged;
pub(crate) mod month;
pub(crate) mod objection;
pub(crate) mod offer;
pub(crate) mod outlook;
pub(crate) mod paper;
mod passed_on;
pub(crate) mod paying;
pub(crate) mod payout;
pub(crate) mod protection;
pub(crate) mod saying;
pub(crate) mod store;
pub(crate) mod tables;
pub(crate) mod taking;
mod telling;
mod view;
mod view_confirming;
mod view_exit;
mod view_objection;
mod view_paying;
