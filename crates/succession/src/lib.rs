//! Floor 3: who should take over each customer, and why 接替
//!
//! [`suggest()`] gives every customer a successor with reasons and up to three alternatives, or
//! says why there is none. It never moves anyone; people drag, accept or decline afterwards.
//!
//! - Leaving and inactive people are never chosen, nor those who declined the customer.
//! - Capacity is never exceeded, and as many customers are placed as capacity allows, the better
//!   tiers first.
//! - The same facts give the same answer, in whatever order they come.

pub mod facts;
pub mod suggest;

mod board;
mod fit;
mod improve;
mod words;

pub use suggest::suggest;
