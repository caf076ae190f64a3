//! What one person holds goes to others, all of it and from the same moment 交接.
//!
//! Tables: `handover_plan`, `handover_item`, `handover_share`, `handover_terms`, and, append-only,
//! `handover_acceptance`, `handover_kept` and `handover_forecast`.
//!
//! Plan, show, approve, execute. A plan lists everything that points to a person; what hangs on a
//! customer follows the customer and is counted, not listed. Receivers answer, somebody who does
//! not gain alone approves, and at the effective day one transaction moves everything. Undoing is a
//! new plan; what arrived later is a new plan.

pub mod acts;
pub(crate) mod apart;
pub mod api;
mod change;
mod draw;
mod facts;
pub(crate) mod forecast;
pub(crate) mod hears;
pub mod holdings;
pub(crate) mod jobs;
mod labels;
pub(crate) mod loaded;
pub(crate) mod parts;
pub(crate) mod process;
pub mod references;
mod staying;
pub(crate) mod store;
pub(crate) mod terms;
mod view;
