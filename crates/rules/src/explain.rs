//! Why a row hit, and why each other did not 命中说明.

use serde::Serialize;

use crate::decide::Decision;
use crate::facts::Facts;
use crate::index::Index;
use crate::sentence;
use crate::table::Hit;

/// The whole story of a decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Story {
    /// The answer in one sentence, in Chinese.
    pub zh: String,
    /// The same in English.
    pub en: String,
    /// Each row, in its order.
    pub rows: Vec<RowStory>,
}

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It hit and the answer comes from it.
    Chosen,
    /// It hit, but the policy prefers another.
    PassedOver,
    /// It did not hit.
    Missed,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RowStory {
    /// The row, counted from 0.
    pub row: usize,
    /// Its id.
    pub id: String,
    /// What became of it.
    pub fate: Fate,
    /// Why, in Chinese.
    pub zh: String,
    /// Why, in English.
    pub en: String,
    /// Each cell, in the order of the inputs.
    pub cells: Vec<CellStory>,
}

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CellStory {
    /// Whether the fact passes.
    pub holds: bool,
    /// `金额 50,000.00 满足 >=30000`
    pub zh: String,
    /// `Amount 50,000.00 meets >=30000`
    pub en: String,
}

impl Index {
    /// Tells why this decision was made from these facts.
    #[must_use]
    pub fn explain(&self, facts: &Facts, decision: &Decision) -> Story {
        let table = self.grid().table();
        let (answer, answer_en) = decision.answer.words(table);
        let (zh, en) = if decision.by_default {
            (
                format!("没有行命中，由缺省行得出：{answer}"),
                format!("No row hits; the default row says: {answer_en}"),
            )
        } else if decision.chosen.is_empty() {
            (
                "没有行命中，也没有缺省行".to_owned(),
                "No row hits and there is no default".to_owned(),
            )
        } else {
            let from = sentence::rows(&decision.chosen);
            let from_en = sentence::rows_en(&decision.chosen);
            (
                format!("由{from}得出：{answer}"),
                format!("From {from_en}: {answer_en}"),
            )
        };
        let rows = (0..table.rows.len())
            .map(|row| self.row_story(row, facts, decision))
            .collect();
        Story { zh, en, rows }
    }

    fn row_story(&self, row: usize, facts: &Facts, decision: &Decision) -> RowStory {
        let table = self.grid().table();
        let cells: Vec<CellStory> = (0..table.inputs.len())
            .map(|input| self.cell_story(row, input, facts))
            .collect();
        let hit = cells.iter().all(|cell| cell.holds);
        let fate = match (hit, decision.chosen.contains(&row)) {
            (true, true) => Fate::Chosen,
            (true, false) => Fate::PassedOver,
            (false, _) => Fate::Missed,
        };
        let written = &table.rows[row];
        let name = if written.label.is_empty() {
            String::new()
        } else {
            format!("「{}」", written.label)
        };
        let (this, this_en) = (sentence::rows(&[row]), sentence::rows_en(&[row]));
        let (why, why_en) = match fate {
            Fate::Chosen => ("命中".to_owned(), "hits".to_owned()),
            Fate::PassedOver => {
                let (zh, en) = preferred(table.hit);
                (format!("也命中，但{zh}"), format!("hits too, but {en}"))
            }
            Fate::Missed => {
                let missed = cells.iter().filter(|cell| !cell.holds);
                let (zh, en): (Vec<_>, Vec<_>) = missed
                    .map(|cell| (cell.zh.as_str(), cell.en.as_str()))
                    .unzip();
                (
                    format!("未命中：{}", zh.join("；")),
                    format!("does not hit: {}", en.join("; ")),
                )
            }
        };
        RowStory {
            row,
            id: written.id.clone(),
            fate,
            zh: format!("{this}{name}{why}"),
            en: format!("{this_en} {why_en}"),
            cells,
        }
    }

    fn cell_story(&self, row: usize, n: usize, facts: &Facts) -> CellStory {
        let input = &self.grid().table().inputs[n];
        let fact = &facts.values()[n];
        let cell = &self.grid().when[row][n];
        let (zh, en) = sentence::named(&input.label, &input.key);
        let (seen, seen_en) = (
            sentence::shown(&input.holds, fact),
            sentence::shown_en(&input.holds, fact),
        );
        let text = cell.text();
        let holds = cell.holds(fact);
        let (verb, verb_en) = if holds {
            ("满足", "meets")
        } else {
            ("不满足", "does not meet")
        };
        CellStory {
            holds,
            zh: format!("{zh} {seen} {verb} {text}"),
            en: format!("{en} {seen_en} {verb_en} {text}"),
        }
    }
}

fn preferred(hit: Hit) -> (&'static str, &'static str) {
    match hit {
        Hit::First => ("前面的行先命中", "an earlier row hits first"),
        _ => ("别的行优先", "another row has priority"),
    }
}
