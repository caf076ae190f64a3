//! One total function from votes to a decision 表决.
//!
//! Passing and rejecting are one function, not two settings, so they cannot contradict each other.
//! An abstention is no approval and does not shrink the whole.

use crate::policy::Mode;

/// The votes so far, in seats or in weight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// All seats.
    pub total: u32,
    /// 同意
    pub approved: u32,
    /// 拒绝
    pub rejected: u32,
    /// 弃权
    pub abstained: u32,
}

/// What the votes amount to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// 未决
    Open,
    /// 通过
    Pass,
    /// 拒绝
    Reject,
}

/// The decision on these votes.
///
/// INVARIANT: decided once all have voted; never contradicted by a later vote; independent of
/// order; an approval never harms. The exhaustive test below keeps it so.
#[must_use]
pub fn verdict(mode: Mode, tally: Tally) -> Verdict {
    let Tally {
        total,
        approved,
        rejected,
        abstained,
    } = tally;
    let open = approved + rejected + abstained < total;
    match mode {
        Mode::AllOf | Mode::InTurn => match (rejected, open, approved) {
            (1.., ..) => Verdict::Reject,
            (0, true, _) => Verdict::Open,
            (0, false, 1..) => Verdict::Pass,
            (0, false, 0) => Verdict::Reject,
        },
        Mode::AnyOf if approved > 0 => Verdict::Pass,
        Mode::AnyOf if open => Verdict::Open,
        Mode::AnyOf => Verdict::Reject,
        Mode::Weighted { num, den, veto } => {
            let wanted = u64::from(num) * u64::from(total);
            let can_reach = |weight: u32| u64::from(weight) * u64::from(den) >= wanted;
            let still_possible = total.saturating_sub(rejected + abstained);
            if (veto && rejected > 0) || !can_reach(still_possible) {
                Verdict::Reject
            } else if (veto && open) || !can_reach(approved) {
                Verdict::Open
            } else {
                Verdict::Pass
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Copy, PartialEq)]
    enum Vote {
        Approve,
        Reject,
        Abstain,
    }
    use Vote::{Abstain, Approve, Reject};

    fn after(mode: Mode, seats: usize, votes: &[Vote]) -> Verdict {
        let count = |wanted| {
            let number = votes.iter().filter(|vote| **vote == wanted).count();
            u32::try_from(number).unwrap()
        };
        verdict(
            mode,
            Tally {
                total: u32::try_from(seats).unwrap(),
                approved: count(Approve),
                rejected: count(Reject),
                abstained: count(Abstain),
            },
        )
    }

    fn settings() -> Vec<Mode> {
        let mut modes = vec![Mode::AllOf, Mode::AnyOf];
        for (num, den) in [(1, 3), (1, 2), (2, 3), (1, 1)] {
            for veto in [false, true] {
                modes.push(Mode::Weighted { num, den, veto });
            }
        }
        modes
    }

    fn sequences(seats: usize) -> Vec<Vec<Vote>> {
        (0..seats).fold(vec![Vec::new()], |shorter, _| {
            let longer = |votes: &Vec<Vote>| {
                [Approve, Reject, Abstain].map(|vote| [votes.as_slice(), &[vote]].concat())
            };
            shorter.iter().flat_map(longer).collect()
        })
    }

    #[test]
    fn every_sequence_of_one_to_six_votes_in_ten_settings() {
        let mut checked = 0;
        for mode in settings() {
            for seats in 1..=6 {
                for votes in sequences(seats) {
                    checked += 1;
                    let last = after(mode, seats, &votes);
                    assert_ne!(last, Verdict::Open, "decided when all have voted");
                    for early in 0..seats {
                        let then = after(mode, seats, &votes[..early]);
                        assert!(then == Verdict::Open || then == last, "never contradicted");
                    }
                    let mut reversed = votes.clone();
                    reversed.reverse();
                    assert_eq!(after(mode, seats, &reversed), last, "order does not matter");
                    for seat in 0..seats {
                        let mut kinder = votes.clone();
                        kinder[seat] = Approve;
                        let kinder = after(mode, seats, &kinder);
                        assert!(
                            last != Verdict::Pass || kinder == Verdict::Pass,
                            "never harms"
                        );
                    }
                }
            }
        }
        assert_eq!(checked, 10_920);
    }

    #[test]
    fn in_turn_counts_like_all_of() {
        for votes in sequences(3) {
            for seen in 0..=3 {
                assert_eq!(
                    after(Mode::InTurn, 3, &votes[..seen]),
                    after(Mode::AllOf, 3, &votes[..seen])
                );
            }
        }
    }

    #[test]
    fn a_table_for_clerks() {
        let half = Mode::Weighted {
            num: 1,
            den: 2,
            veto: false,
        };
        let veto = Mode::Weighted {
            num: 1,
            den: 2,
            veto: true,
        };
        for (mode, seats, votes, expected) in [
            (Mode::AllOf, 2, vec![Approve], Verdict::Open),
            (Mode::AllOf, 2, vec![Approve, Abstain], Verdict::Pass),
            (Mode::AllOf, 2, vec![Abstain, Abstain], Verdict::Reject),
            (Mode::AllOf, 3, vec![Reject], Verdict::Reject),
            (Mode::AnyOf, 3, vec![Reject, Approve], Verdict::Pass),
            (Mode::AnyOf, 2, vec![Reject, Abstain], Verdict::Reject),
            // One refusal does not end a ratio vote (ruoyi-vue-pro #1069) …
            (half, 4, vec![Reject], Verdict::Open),
            (half, 4, vec![Reject, Approve, Approve], Verdict::Pass),
            (half, 4, vec![Reject, Reject, Reject], Verdict::Reject),
            // … unless there is a veto, and then nothing passes early.
            (veto, 4, vec![Reject], Verdict::Reject),
            (veto, 4, vec![Approve, Approve, Approve], Verdict::Open),
        ] {
            assert_eq!(after(mode, seats, &votes), expected, "{mode:?} {seats}");
        }
    }
}
