//! What a customer still owes, and who must chase it 应收.
//!
//! A [`Receivable`] knows its open balance and its days overdue on any day, also in the past;
//! [`totals`] adds many of them up; [`Responsibility`] says who must see to the money on a day.

mod balance;
mod responsibility;

pub use balance::{Movement, MovementKind, Receivable, Total, totals};
pub use responsibility::{Responsibility, ResponsibilityBasis, ResponsibilityRow};
