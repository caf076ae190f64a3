//! A table made ready to decide fast 索引.

use kernel::Refusal;

use crate::axis::Axis;
use crate::bits::{Bits, members};
use crate::bounds;
use crate::cell::Cell;
use crate::facts::Facts;
use crate::grid::Grid;
use crate::sentence;

/// Words of a set of rows.
pub(crate) const WORDS: usize = bounds::ROWS.div_ceil(64);

/// A table with, for each segment of each column, the set of rows that let it pass. A decision
/// is then one search a column and an intersection of sets.
#[derive(Clone, Debug)]
pub struct Index {
    grid: Grid,
    pub(crate) axes: Vec<Axis>,
    /// For each input, its segments one after the other, each a set of rows.
    rows_of: Vec<Vec<u64>>,
    words: usize,
    /// For each row and input, the segments its cell lets pass.
    pub(crate) boxes: Vec<Vec<Bits>>,
}

/// The rows that hit, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hits {
    words: [u64; WORDS],
    count: usize,
}

impl Hits {
    /// The rows, counted from 0.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        members(&self.words[..self.count])
    }

    /// How many.
    #[must_use]
    pub fn count(&self) -> usize {
        self.words[..self.count]
            .iter()
            .map(|word| word.count_ones())
            .sum::<u32>()
            .try_into()
            .unwrap_or(0)
    }

    /// The first.
    #[must_use]
    pub fn first(&self) -> Option<usize> {
        self.iter().next()
    }
}

impl Index {
    /// Cuts every column and notes which rows pass where.
    #[must_use]
    pub fn of(grid: Grid) -> Index {
        let table = grid.table();
        let words = table.rows.len().div_ceil(64).max(1);
        let mut axes = Vec::new();
        let mut rows_of = Vec::new();
        let mut boxes = vec![Vec::new(); table.rows.len()];
        for (n, input) in table.inputs.iter().enumerate() {
            let column: Vec<&Cell> = grid.when.iter().filter_map(|row| row.get(n)).collect();
            let axis = Axis::cut(
                &input.holds,
                input.optional,
                &grid.allowed[n],
                column.iter().copied(),
            );
            let mut sets = vec![0_u64; axis.segments.len() * words];
            for (row, cell) in column.iter().enumerate() {
                let passes = axis.passes(cell);
                for segment in passes.iter() {
                    sets[segment * words + row / 64] |= 1 << (row % 64);
                }
                boxes[row].push(passes);
            }
            axes.push(axis);
            rows_of.push(sets);
        }
        Index {
            grid,
            axes,
            rows_of,
            words,
            boxes,
        }
    }

    /// The table behind it.
    #[must_use]
    pub fn grid(&self) -> &Grid {
        &self.grid
    }

    /// The rows that hit.
    ///
    /// # Errors
    /// A fact outside of what its column allows.
    pub fn hits(&self, facts: &Facts) -> Result<Hits, Refusal> {
        let mut hits = Hits {
            words: [u64::MAX; WORDS],
            count: self.words,
        };
        for (n, (axis, fact)) in self.axes.iter().zip(facts.values()).enumerate() {
            let Some(segment) = axis.segment(fact) else {
                return Err(self.outside(n, facts));
            };
            let start = segment * self.words;
            let rows = &self.rows_of[n][start..start + self.words];
            for (word, rows) in hits.words.iter_mut().zip(rows) {
                *word &= rows;
            }
        }
        Ok(hits)
    }

    /// The set of rows that pass in this segment of this column.
    pub(crate) fn rows(&self, input: usize, segment: usize) -> Bits {
        let mut bits = Bits::none(self.grid.table().rows.len());
        let start = segment * self.words;
        for row in members(&self.rows_of[input][start..start + self.words]) {
            bits.insert(row);
        }
        bits
    }

    fn outside(&self, n: usize, facts: &Facts) -> Refusal {
        let input = &self.grid.table().inputs[n];
        let fact = &facts.values()[n];
        let (zh, en) = (
            sentence::shown(&input.holds, fact),
            sentence::shown_en(&input.holds, fact),
        );
        let allowed = if input.allowed.is_empty() {
            "-"
        } else {
            &input.allowed
        };
        Refusal::invalid(
            "rules.not_allowed",
            format!(
                "「{}」为 {zh}，不在允许的取值 {allowed} 之内",
                input.label.zh
            ),
            format!(
                "“{}” is {en}, outside of the allowed {allowed}",
                input.label.english()
            ),
        )
        .remedy((
            "请核对这一事实，或修改该列允许的取值",
            "Check this fact, or change what the column allows",
        ))
        .at(
            &format!("/{}", input.key),
            (
                format!("应满足 {allowed}"),
                format!("It should be within {allowed}"),
            ),
        )
    }
}
