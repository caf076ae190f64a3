//! Rows that never count 失效行.

use std::cmp::Ordering;

use super::cover::Cover;
use super::{Dead, Why};
use crate::bits::Bits;
use crate::index::Index;
use crate::sentence;
use crate::table::Hit;

/// The rows that never count, and whether that was proved to the end.
pub(super) fn dead(index: &Index, steps: &mut usize) -> (Vec<Dead>, bool) {
    let mut found = Vec::new();
    let mut proved = true;
    for (row, cells) in index.boxes.iter().enumerate() {
        if cells.iter().any(Bits::is_empty) {
            found.push(tell(row, Why::Empty, Vec::new()));
            continue;
        }
        let rivals = rivals(index, row);
        if rivals.is_empty() {
            found.extend(repeated(index, row));
            continue;
        }
        let mut cover = Cover::over(index, cells, 1, *steps);
        cover.seek(&rivals);
        *steps = cover.steps_left;
        proved &= !cover.gave_up;
        if cover.found.is_empty() && !cover.gave_up {
            found.push(tell(row, Why::Covered, rivals.iter().collect()));
        }
    }
    (found, proved)
}

/// The rows that go before this one and meet it.
fn rivals(index: &Index, row: usize) -> Bits {
    let hit = index.grid().table().hit;
    let before = |other: usize| match hit {
        Hit::First => other < row,
        Hit::Priority => match index.better(other, row) {
            Ordering::Less => true,
            Ordering::Equal => other < row,
            Ordering::Greater => false,
        },
        _ => false,
    };
    let mut rivals = Bits::none(index.boxes.len());
    for (other, cells) in index.boxes.iter().enumerate() {
        let meets = cells.iter().zip(&index.boxes[row]).all(|(a, b)| a.meets(b));
        if other != row && before(other) && meets {
            rivals.insert(other);
        }
    }
    rivals
}

/// A row whose every case another row answers in the same words.
fn repeated(index: &Index, row: usize) -> Option<Dead> {
    let then = &index.grid().then;
    let takes = |other: usize| {
        let pairs = index.boxes[row].iter().zip(&index.boxes[other]);
        pairs.into_iter().all(|(mine, theirs)| mine.within(theirs)) && then[other] == then[row]
    };
    let by = match index.grid().table().hit {
        Hit::Any => {
            let same = |other: usize| index.boxes[other] == index.boxes[row];
            (0..index.boxes.len()).find(|n| *n != row && takes(*n) && (!same(*n) || *n < row))
        }
        // Two rows in a list or a sum may be meant; only the same row twice is worth a word.
        hit if hit.is_list() || hit.is_aggregate() => {
            (0..row).find(|n| takes(*n) && index.boxes[*n] == index.boxes[row])
        }
        _ => None,
    };
    by.map(|by| tell(row, Why::Repeated, vec![by]))
}

fn tell(row: usize, why: Why, by: Vec<usize>) -> Dead {
    let (this, this_en) = (sentence::rows(&[row]), sentence::rows_en(&[row]));
    let (others, others_en) = (sentence::rows(&by), sentence::rows_en(&by));
    let (zh, en) = match why {
        Why::Empty => (
            format!("{this}永不命中：有一格在允许的取值里没有任何值"),
            format!("{this_en} never hits: one of its cells lets no allowed value pass"),
        ),
        Why::Covered => (
            format!("{this}永不生效：它的情形都已由{others}处理"),
            format!("{this_en} never counts: its cases are all taken by {others_en}"),
        ),
        Why::Repeated => (
            format!("{this}多余：{others}对同样的情形给出同样的结果"),
            format!("{this_en} is needless: {others_en} says the same for the same cases"),
        ),
    };
    Dead {
        row,
        why,
        by,
        harmless: why == Why::Repeated,
        zh,
        en,
    }
}
