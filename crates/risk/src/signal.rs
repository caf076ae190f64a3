//! What was noticed 风险信号.

use kernel::Moment;
use serde::{Deserialize, Serialize};

/// Somebody asked for what he may not have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Denial {
    /// When.
    pub at: Moment,
    /// Whether his login was in handover mode (交接期) at that moment.
    pub in_handover: bool,
    /// The permission that was missing, `customer.export`.
    pub permission: String,
}

/// A login that failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoginFailure {
    /// When.
    pub at: Moment,
    /// The 工号 as it was typed; it may belong to nobody.
    pub number: String,
    /// How many failed in a row with this number, this one included.
    pub in_a_row: i64,
}

/// Somebody looked at a phone number or an id in clear, as he may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reveal {
    /// When.
    pub at: Moment,
    /// Whether his login was in handover mode (交接期) at that moment.
    pub in_handover: bool,
}
