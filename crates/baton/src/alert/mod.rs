//! What somebody should look at: raised by the system, handled by the security officer 预警.
//!
//! Table: `alert`. A follower ([`follow`]) reads what was attempted (`access_record`), what failed
//! and what was revealed (the evidence log), asks the rules of the crate `risk`, and raises alerts;
//! what repeats is counted into the open alert. An alert names employees, never customers: the
//! security officer has no business data (三员分立).

pub mod acts;
pub mod api;
mod follow;
mod signals;
pub(crate) mod store;
mod view;
mod words;

pub use follow::follow;
