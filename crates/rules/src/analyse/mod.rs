//! What can be proved of a table: no gap, no overlap, no dead row 完备性分析.
//!
//! Each row is a box over the segments of its columns, so every answer here is exact: a gap is
//! told with a case that hits no row, an overlap with a case that hits both, and silence means
//! there is none. Whether boxes cover a space is hard in general (it is co-NP-complete), so the
//! proof has a budget; when that is spent the analysis says so instead of guessing.

mod cover;
mod overlap;
mod reach;

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value as Json;

use crate::bits::Bits;
use crate::bounds;
use crate::index::Index;
use crate::sentence;
use crate::table::Hit;
use crate::value::Value;

use cover::Cover;

/// All that was found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Analysis {
    /// Cases that hit no row.
    pub gaps: Vec<Gap>,
    /// Whether there are more gaps than are told.
    pub more_gaps: bool,
    /// Pairs of rows that hit together and must not.
    pub overlaps: Vec<Overlap>,
    /// How many such pairs there are; only some are told.
    pub overlap_count: usize,
    /// Rows that never count.
    pub dead: Vec<Dead>,
    /// Whether every proof came to its end. If not, gaps or dead rows may have been missed.
    pub proved: bool,
}

/// Cases that hit no row: a row that could be added to the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Gap {
    /// One cell an input, as it would stand in a row that closes the gap.
    pub cells: Vec<String>,
    /// One such case, by key of input.
    pub witness: BTreeMap<String, Json>,
    /// The row the gap lies next to, and the columns in which that row does not reach it.
    pub beside: Option<Beside>,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// Where on the grid a gap can be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Beside {
    /// The row, counted from 0.
    pub row: usize,
    /// The inputs, counted from 0.
    pub inputs: Vec<usize>,
}

/// Two rows that hit together though the policy forbids it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Overlap {
    /// The two rows, counted from 0, the earlier first.
    pub rows: [usize; 2],
    /// What they have in common, one cell an input.
    pub cells: Vec<String>,
    /// One such case, by key of input.
    pub witness: BTreeMap<String, Json>,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// Why a row never counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// No allowed value passes one of its cells.
    Empty,
    /// Other rows take every case before it.
    Covered,
    /// Another row says the same for every case of it.
    Repeated,
}

/// A row that never counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Dead {
    /// The row, counted from 0.
    pub row: usize,
    /// Why.
    pub why: Why,
    /// The rows that take its cases.
    pub by: Vec<usize>,
    /// Whether it only repeats; then it is a reminder.
    pub harmless: bool,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// Proves what can be proved.
#[must_use]
pub fn analyse(index: &Index) -> Analysis {
    let mut steps = bounds::PROOF_STEPS;
    let (gaps, more_gaps, gaps_proved) = gaps(index, &mut steps);
    let overlapping = overlap::find(index);
    let (dead, dead_proved) = reach::dead(index, &mut steps);
    let told = overlapping.iter().take(bounds::OVERLAPS_TOLD);
    Analysis {
        gaps,
        more_gaps,
        overlap_count: overlapping.len(),
        overlaps: told.map(|rows| overlap::tell(index, *rows)).collect(),
        dead,
        proved: gaps_proved && dead_proved,
    }
}

fn gaps(index: &Index, steps: &mut usize) -> (Vec<Gap>, bool, bool) {
    let rows = index.boxes.len();
    let within: Vec<Bits> = index
        .axes
        .iter()
        .map(|axis| Bits::all(axis.segments.len()))
        .collect();
    // Neighbouring gaps are joined afterwards, so more are looked for than are told.
    let most = 4 * bounds::GAPS_TOLD;
    let mut cover = Cover::over(index, &within, most, *steps);
    cover.seek(&Bits::all(rows));
    *steps = cover.steps_left;
    let (full, proved) = (cover.found.len() >= most, !cover.gave_up);
    let joined = cover::join(cover.found);
    let more = full || joined.len() > bounds::GAPS_TOLD;
    let told = joined
        .iter()
        .take(bounds::GAPS_TOLD)
        .map(|it| tell_gap(index, it));
    (told.collect(), more, proved)
}

fn tell_gap(index: &Index, gap: &[Bits]) -> Gap {
    let witness = witness(index, gap);
    let (case, case_en) = sentence::case(index.grid().table(), &witness);
    let default = index.grid().default.is_some();
    let (zh, en) = match (default, index.grid().table().hit) {
        (true, _) => (
            format!("{case}时没有行命中，由缺省行决定"),
            format!("No row hits when {case_en}; the default row decides"),
        ),
        (false, _) => (
            format!("空缺：{case}时没有任何行命中"),
            format!("Gap: no row hits when {case_en}"),
        ),
    };
    Gap {
        cells: cells(index, gap),
        witness: keyed(index, &witness),
        beside: beside(index, gap),
        zh,
        en,
    }
}

/// The row that misses the gap in the fewest columns.
fn beside(index: &Index, gap: &[Bits]) -> Option<Beside> {
    let misses = |cells: &Vec<Bits>| -> Vec<usize> {
        let pairs = cells.iter().zip(gap).enumerate();
        pairs
            .filter(|(_, (cell, gap))| !cell.meets(gap))
            .map(|(n, _)| n)
            .collect()
    };
    // Of equals, the row that misses it in an ordered column: there a cell can be stretched.
    let listed = |n: &&usize| !index.axes[**n].kind.is_ordered();
    let each = index.boxes.iter().map(misses).enumerate();
    each.min_by_key(|(_, inputs)| (inputs.len(), inputs.iter().filter(listed).count()))
        .map(|(row, inputs)| Beside { row, inputs })
}

/// One case out of a box.
fn witness(index: &Index, space: &[Bits]) -> Vec<Value> {
    let pick = |(axis, bits): (&crate::axis::Axis, &Bits)| {
        // A known value tells more than a missing one.
        let known = bits
            .iter()
            .filter_map(|n| axis.samples.get(n))
            .find(|it| **it != Value::Null);
        let any = bits.iter().find_map(|n| axis.samples.get(n));
        known.or(any).cloned().unwrap_or(Value::Null)
    };
    index.axes.iter().zip(space).map(pick).collect()
}

fn keyed(index: &Index, case: &[Value]) -> BTreeMap<String, Json> {
    let inputs = index.grid().table().inputs.iter().zip(case);
    inputs
        .map(|(input, value)| (input.key.clone(), input.holds.write(value)))
        .collect()
}

fn cells(index: &Index, space: &[Bits]) -> Vec<String> {
    index
        .axes
        .iter()
        .zip(space)
        .map(|(axis, bits)| axis.cell(bits).text())
        .collect()
}

/// Whether two rows may hit together under this policy.
fn may_meet(hit: Hit) -> bool {
    !matches!(hit, Hit::Unique | Hit::Any)
}
