//! Shares that always sum to the whole 份额
//!
//! A team splits a deal, a pool splits its part, an overlay splits its own whole. Whoever wrote the
//! shares down, they are 10,000 basis points together, or they are refused.

use std::collections::BTreeSet;

use kernel::{Bps, EmployeeId, Fen, Refusal, allocate};
use serde::{Deserialize, Serialize};

/// The whole, in basis points.
pub const WHOLE: i64 = 10_000;

/// Who gets which part of a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<(T, Bps)>", into = "Vec<(T, Bps)>")]
#[serde(bound(
    serialize = "T: Holder + Serialize",
    deserialize = "T: Holder + Deserialize<'de>"
))]
pub struct Shares<T: Holder> {
    // INVARIANT: every share is above zero, nobody stands twice, together they are WHOLE.
    parts: Vec<(T, Bps)>,
}

/// Who can hold a share.
pub trait Holder: Clone + Ord {}
impl<T: Clone + Ord> Holder for T {}

/// The shares of people.
pub type PersonShares = Shares<EmployeeId>;

impl<T: Holder> Shares<T> {
    /// Everything to one.
    #[must_use]
    pub fn all_to(one: T) -> Shares<T> {
        Shares {
            parts: vec![(one, Bps(WHOLE))],
        }
    }

    /// These shares, in this order; the odd fen goes to the larger remainder, at a tie to who
    /// stands first (law.md §1.7).
    ///
    /// # Errors
    /// `commission.shares_not_whole` when they do not sum to 10,000 or one is not above zero;
    /// `commission.share_twice` when somebody stands twice.
    pub fn new(parts: Vec<(T, Bps)>) -> Result<Shares<T>, Refusal> {
        let sum: i128 = parts.iter().map(|(_, share)| i128::from(share.0)).sum();
        if sum != i128::from(WHOLE) || parts.iter().any(|(_, share)| share.0 <= 0) {
            return Err(Refusal::invalid(
                "commission.shares_not_whole",
                format!("各份额须大于 0 且合计 10,000（万分比），现为 {sum}"),
                format!("shares must be above 0 and sum to 10,000 basis points; they sum to {sum}"),
            )
            .remedy(("请调整份额，使合计为 100%", "Let the shares add up to 100%")));
        }
        let holders: BTreeSet<&T> = parts.iter().map(|(holder, _)| holder).collect();
        if holders.len() < parts.len() {
            return Err(Refusal::invalid(
                "commission.share_twice",
                "同一人在分配中出现两次",
                "somebody stands twice in the split",
            )
            .remedy(("请合并为一行", "Make them one row")));
        }
        Ok(Shares { parts })
    }

    /// The parts as written.
    #[must_use]
    pub fn parts(&self) -> &[(T, Bps)] {
        &self.parts
    }

    /// Divides an amount so that not one fen is lost or made.
    #[must_use]
    pub fn divide(&self, amount: Fen) -> Vec<Fen> {
        let weights: Vec<i64> = self.parts.iter().map(|(_, share)| share.0).collect();
        allocate(amount, &weights)
    }
}

impl<T: Holder> TryFrom<Vec<(T, Bps)>> for Shares<T> {
    type Error = Refusal;
    fn try_from(parts: Vec<(T, Bps)>) -> Result<Shares<T>, Refusal> {
        Shares::new(parts)
    }
}

impl<T: Holder> From<Shares<T>> for Vec<(T, Bps)> {
    fn from(shares: Shares<T>) -> Vec<(T, Bps)> {
        shares.parts
    }
}
