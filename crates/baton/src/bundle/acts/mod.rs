//! What can be done with evidence bundles 存证包动作.

pub mod export;
pub mod export_statement;

use kernel::{BundleId, Refusal};
use serde::{Deserialize, Serialize};

use super::make::Made;
use crate::bounds;

/// What was handed out.
#[derive(Debug, Serialize, Deserialize)]
pub struct Exported {
    /// Its id.
    pub id: BundleId,
    /// SHA-256 of the bytes, hex.
    pub digest: String,
}

/// Whether it is said to whom and why a bundle goes out.
fn says_why(recipient: &str, reason: &str) -> Result<(), Refusal> {
    bounds::length("/recipient", "接收方", recipient, bounds::SHORT)?;
    bounds::length("/reason", "用途与理由", reason, bounds::REASON)
}

/// The bundle that was made beforehand; without it nothing is handed out.
fn at_hand<'a>(
    made: Option<&'a Made>,
    remedy: (&'static str, &'static str),
) -> Result<&'a Made, Refusal> {
    made.ok_or_else(|| {
        Refusal::conflict(
            "bundle.not_made",
            "存证包尚未制作，未导出任何内容",
            "The bundle was not made; nothing was handed out",
        )
        .remedy(remedy)
    })
}
