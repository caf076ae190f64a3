//! How money looks on the wire 金额格式.

use serde::Serialize;
use utoipa::ToSchema;

/// The schema of [`kernel::Fen`] on the wire; fields name it with `#[schema(value_type = Money)]`.
#[derive(Serialize, ToSchema)]
pub struct Money {
    /// Decimal with two places, a string so that no float touches it.
    #[schema(example = "12345.67")]
    pub amount: String,
    /// ISO 4217.
    #[schema(example = "CNY")]
    pub currency: String,
}
