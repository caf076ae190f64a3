//! Floor 1: the few words every other room uses 内核.
//!
//! Whole money ([`Fen`]), integer rates ([`Bps`], [`Ppm`]), calendar days ([`Day`]), moments
//! ([`Moment`]), half-open spans of days ([`Period`]), the days and hours that are worked
//! ([`WorkCalendar`], [`OpeningHours`]), what of a text is seen ([`seen`]), typed ids, reasons
//! ([`Reason`]) and the business "no" ([`Refusal`]). Nothing here does IO, reads a clock or rolls
//! dice.

mod calendar;
mod capitals;
mod count;
mod day;
mod id;
mod moment;
mod money;
mod opening_hours;
mod period;
mod reason;
mod refusal;
mod share;
mod text;

pub use calendar::{CalendarRow, DayKind, Reckoned, WorkCalendar};
pub use count::many;
pub use day::{Day, DayError};
pub use id::*;
pub use moment::Moment;
pub use money::{Fen, MoneyError};
pub use opening_hours::{OpeningHours, Span};
pub use period::Period;
pub use reason::Reason;
pub use refusal::{FieldError, Refusal, Words};
pub use share::{Bps, Ppm, allocate};
pub use text::{seen, shows_nothing};
