//! The definitions that come with the product 内置流程.

use kernel::Refusal;

use crate::def::Def;

/// Key and text of each. Companies copy and change them; the engine treats all alike.
pub const SHIPPED: &[(&str, &str)] = &[
    (
        "departure.resignation",
        include_str!("../definitions/departure.resignation.json"),
    ),
    (
        "departure.mutual",
        include_str!("../definitions/departure.mutual.json"),
    ),
    (
        "departure.dismissal",
        include_str!("../definitions/departure.dismissal.json"),
    ),
    (
        "departure.ending",
        include_str!("../definitions/departure.ending.json"),
    ),
    (
        "departure.waiver",
        include_str!("../definitions/departure.waiver.json"),
    ),
    (
        "signing.seal",
        include_str!("../definitions/signing.seal.json"),
    ),
    (
        "evidence.erasure",
        include_str!("../definitions/evidence.erasure.json"),
    ),
    (
        "handover.plan",
        include_str!("../definitions/handover.plan.json"),
    ),
    (
        "commission.objection",
        include_str!("../definitions/commission.objection.json"),
    ),
    (
        "customer.hand_over",
        include_str!("../definitions/customer.hand_over.json"),
    ),
    (
        "reassignment.skeleton",
        include_str!("../definitions/reassignment.skeleton.json"),
    ),
];

/// The shipped definition of that key.
#[must_use]
pub fn shipped(key: &str) -> Option<Def> {
    let found = SHIPPED.iter().find(|(name, _)| *name == key);
    found.and_then(|(_, text)| read(text).ok())
}

/// Reads a definition; unknown fields and kinds are refused by name and place.
///
/// # Errors
/// `approval.definition_unreadable`, with what the reader could not understand and where.
pub fn read(text: &str) -> Result<Def, Refusal> {
    serde_json::from_str(text).map_err(|error| {
        Refusal::invalid(
            "approval.definition_unreadable",
            format!("流程定义无法读取：第 {} 行，{error}", error.line()),
            format!("The definition cannot be read: {error}"),
        )
        .remedy((
            "请检查该行的字段名与取值",
            "Check the names and values of fields in this line",
        ))
    })
}
