//! Rows that hit together and must not 重叠.

use super::{Overlap, cells, keyed, may_meet, witness};
use crate::bits::Bits;
use crate::index::Index;
use crate::sentence;
use crate::table::Hit;

/// All pairs that meet though the policy forbids it.
pub(super) fn find(index: &Index) -> Vec<[usize; 2]> {
    let hit = index.grid().table().hit;
    if may_meet(hit) {
        return Vec::new();
    }
    let then = &index.grid().then;
    let mut found = Vec::new();
    for (b, later) in index.boxes.iter().enumerate() {
        for (a, earlier) in index.boxes[..b].iter().enumerate() {
            let meet = earlier.iter().zip(later).all(|(x, y)| x.meets(y));
            if meet && !(hit == Hit::Any && then[a] == then[b]) {
                found.push([a, b]);
            }
        }
    }
    found.sort_unstable();
    found
}

pub(super) fn tell(index: &Index, rows: [usize; 2]) -> Overlap {
    let [a, b] = rows;
    let pairs = index.boxes[a].iter().zip(&index.boxes[b]);
    let space: Vec<Bits> = pairs.map(|(x, y)| x.and(y)).collect();
    let case = witness(index, &space);
    let (zh, en) = sentence::case(index.grid().table(), &case);
    let (list, list_en) = (sentence::rows(&rows), sentence::rows_en(&rows));
    let differ = index.grid().table().hit == Hit::Any;
    let (tail, tail_en) = if differ {
        ("，结果却不同", " and say different things")
    } else {
        ("", "")
    };
    Overlap {
        rows,
        cells: cells(index, &space),
        witness: keyed(index, &case),
        zh: format!("重叠：{zh}时{list}同时命中{tail}"),
        en: format!("Overlap: {list_en} hit together when {en}{tail_en}"),
    }
}
