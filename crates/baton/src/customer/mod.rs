//! Customers, whose they are, and what was agreed with them 客户.
//!
//! Tables: `customer`, `customer_term`, `customer_term_run`, `customer_assignment` (append-only),
//! `customer_merge` (append-only), `customer_seat_change` (append-only), `customer_seat`,
//! `customer_contact`, `customer_contact_former` (append-only), `customer_product`,
//! `customer_opportunity`, `customer_follow_up`.
//!
//! The owner changes in one way only: [`acts::assign`] appends a row to the history and repeats it
//! in `customer.owner_id`. Nothing here is ever deleted; a duplicate is merged and stays readable.

pub mod acts;
pub mod api;
pub(crate) mod reading;
pub(crate) mod store;
mod terms;
mod view;

pub use store::{KnownWords, load};
