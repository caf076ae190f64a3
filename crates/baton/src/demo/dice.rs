//! Repeatable dice for the demo company 演示随机数.

use spine::{Chance as _, SeededChance};

/// The same seed throws the same numbers, on every machine.
pub(super) struct Dice(SeededChance);

impl Dice {
    pub(super) fn new(seed: u64) -> Dice {
        Dice(SeededChance::new(seed))
    }

    /// A number in `0..sides`.
    pub(super) fn below(&self, sides: usize) -> usize {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        let sides = u64::try_from(sides.max(1)).unwrap_or(u64::MAX);
        usize::try_from(u64::from_be_bytes(bytes) % sides).unwrap_or(0)
    }

    /// A number in `from..=to`.
    pub(super) fn between(&self, from: i64, to: i64) -> i64 {
        let sides = usize::try_from(to - from + 1).unwrap_or(1);
        from + i64::try_from(self.below(sides)).unwrap_or(0)
    }

    /// True this often in a hundred.
    pub(super) fn happens(&self, in_a_hundred: usize) -> bool {
        self.below(100) < in_a_hundred
    }

    /// One of these.
    pub(super) fn pick<'a, T>(&self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}
