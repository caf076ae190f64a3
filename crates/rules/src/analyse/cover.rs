//! Whether rows cover a space, and what they leave open 覆盖证明.

use std::collections::{BTreeMap, HashSet};

use crate::bits::Bits;
use crate::index::Index;

/// A search, column by column, for what no row takes. Segments of a column that leave the same
/// rows in play are looked at together; what has been found covered once is not looked at again.
pub(super) struct Cover<'a> {
    index: &'a Index,
    within: &'a [Bits],
    /// For each column, the rows that take everything of it and of all columns behind it.
    full_from: Vec<Bits>,
    covered: HashSet<(usize, Bits)>,
    most: usize,
    pub steps_left: usize,
    pub found: Vec<Vec<Bits>>,
    pub gave_up: bool,
}

impl<'a> Cover<'a> {
    /// Looks for at most so many open boxes within this space, in so many steps.
    pub fn over(index: &'a Index, within: &'a [Bits], most: usize, steps: usize) -> Cover<'a> {
        let (rows, columns) = (index.boxes.len(), within.len());
        let mut full_from = vec![Bits::all(rows)];
        for n in (0..columns).rev() {
            let mut full = Bits::none(rows);
            let behind = full_from.last();
            for (row, cells) in index.boxes.iter().enumerate() {
                if within[n].within(&cells[n]) && behind.is_some_and(|it| it.contains(row)) {
                    full.insert(row);
                }
            }
            full_from.push(full);
        }
        full_from.reverse();
        Cover {
            index,
            within,
            full_from,
            covered: HashSet::new(),
            most,
            steps_left: steps,
            found: Vec::new(),
            gave_up: false,
        }
    }

    /// Looks for what these rows leave open. Nothing found and not given up: they cover all.
    pub fn seek(&mut self, rows: &Bits) {
        if self.within.iter().any(Bits::is_empty) {
            return;
        }
        let mut chosen = Vec::new();
        self.descend(0, rows, &mut chosen);
    }

    fn descend(&mut self, column: usize, rows: &Bits, chosen: &mut Vec<Bits>) -> bool {
        if rows.is_empty() {
            let mut open = chosen.clone();
            open.extend_from_slice(&self.within[column..]);
            self.found.push(open);
            return false;
        }
        // Behind the last column every row is full.
        if self
            .full_from
            .get(column)
            .is_none_or(|full| full.meets(rows))
        {
            return true;
        }
        if self.covered.contains(&(column, rows.clone())) {
            return true;
        }
        let cost = self.index.axes[column].segments.len();
        if cost > self.steps_left {
            self.gave_up = true;
            return true;
        }
        self.steps_left -= cost;
        let mut groups: BTreeMap<Vec<u64>, (Bits, Bits)> = BTreeMap::new();
        for segment in self.within[column].iter() {
            let left = rows.and(&self.index.rows(column, segment));
            let group = groups.entry(left.words().to_vec());
            let (_, segments) = group.or_insert_with(|| (left, Bits::none(cost)));
            segments.insert(segment);
        }
        let mut all = true;
        for (left, segments) in groups.into_values() {
            chosen.push(segments);
            all &= self.descend(column + 1, &left, chosen);
            chosen.pop();
            if self.found.len() >= self.most {
                return false;
            }
        }
        if all && !self.gave_up {
            self.covered.insert((column, rows.clone()));
        }
        all
    }
}

/// Joins boxes that differ in one column alone.
pub(super) fn join(mut boxes: Vec<Vec<Bits>>) -> Vec<Vec<Bits>> {
    let mut again = true;
    while again {
        again = false;
        let mut joined: Vec<Vec<Bits>> = Vec::new();
        for next in boxes {
            match joined
                .iter_mut()
                .find_map(|it| differ_in_one(it, &next).map(|n| (it, n)))
            {
                Some((it, n)) => {
                    it[n] = it[n].or(&next[n]);
                    again = true;
                }
                None => joined.push(next),
            }
        }
        boxes = joined;
    }
    boxes
}

fn differ_in_one(a: &[Bits], b: &[Bits]) -> Option<usize> {
    let mut differing = (0..a.len()).filter(|n| a[*n] != b[*n]);
    match (differing.next(), differing.next()) {
        (Some(n), None) => Some(n),
        _ => None,
    }
}
