//! Integer rates and division of money that never loses a fen 比例与分摊.

use serde::{Deserialize, Serialize};

use crate::Fen;

/// Basis points, 万分比: 10,000 is the whole.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Bps(pub i64);

/// Parts per million, 百万分比: 1,000,000 is the whole.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Ppm(pub i64);

/// Divides `total` in proportion to `weights` so that the parts sum to `total` exactly
/// (largest remainder method of Hamilton; ties go to the earlier part).
///
/// Negative totals divide like their mirror image. Weights below zero count as zero; when all
/// weights are zero the first part takes everything. Empty weights give no parts.
#[must_use]
pub fn allocate(total: Fen, weights: &[i64]) -> Vec<Fen> {
    if weights.is_empty() {
        return Vec::new();
    }
    let weight = |index: usize| i128::from(weights[index].max(0));
    let sum: i128 = (0..weights.len()).map(weight).sum();
    if sum == 0 {
        let mut parts = vec![Fen::ZERO; weights.len()];
        parts[0] = total;
        return parts;
    }
    let magnitude = i128::from(total.0).abs();
    let mut floors: Vec<i128> = (0..weights.len())
        .map(|i| magnitude * weight(i) / sum)
        .collect();
    let mut by_remainder: Vec<usize> = (0..weights.len()).collect();
    by_remainder.sort_by_key(|&i| (-(magnitude * weight(i) % sum), i));
    let missing = magnitude - floors.iter().sum::<i128>();
    for &index in by_remainder
        .iter()
        .take(usize::try_from(missing).unwrap_or(0))
    {
        floors[index] += 1;
    }
    // INVARIANT: every part lies between zero and the total, so it fits where the total fitted.
    let sign = i128::from(total.0.signum());
    floors
        .into_iter()
        .map(|part| Fen(i64::try_from(part * sign).unwrap_or(total.0)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_third_each_of_one_hundred_yuan() {
        // law.md §1.7: pool 100.00 at 1/3 each → 33.34 / 33.33 / 33.33, ties to the first payee.
        assert_eq!(
            allocate(Fen(10_000), &[1, 1, 1]),
            [Fen(3_334), Fen(3_333), Fen(3_333)]
        );
    }

    proptest! {
        #[test]
        fn parts_sum_to_the_whole(
            total: i64,
            weights in prop::collection::vec(0..1_000_000_i64, 1..20),
        ) {
            let parts = allocate(Fen(total), &weights);
            prop_assert_eq!(parts.iter().map(|p| i128::from(p.0)).sum::<i128>(), i128::from(total));
        }
    }
}
