//! Floor 1: the few words every other room uses 内核.
//!
//! Whole money ([`Fen`]), integer rates ([`Bps`], [`Ppm`]), calendar days ([`Day`]), moments
//! ([`Moment`]), half-open spans of days ([`Period`]), typed ids and the business "no"
//! ([`Refusal`]). Nothing here does IO, reads a clock or rolls dice.

mod day;
mod id;
mod moment;
mod money;
mod period;
mod refusal;
mod share;

pub use day::{Day, DayError};
pub use id::*;
pub use moment::Moment;
pub use money::{Fen, MoneyError};
pub use period::Period;
pub use refusal::{FieldError, Refusal};
pub use share::{Bps, Ppm, allocate};
