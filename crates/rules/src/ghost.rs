//! Two tables on the same facts: what would change 影子表对比.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Serialize;
use serde_json::Value as Json;

use crate::answer::{Answer, kind_of};
use crate::bounds;
use crate::facts::Facts;
use crate::index::Index;
use crate::kind::{Kind, ordinal_of};
use crate::table::Table;
use crate::value::Value;

/// What would change if the ghost spoke instead of the live table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// Cases looked at.
    pub cases: usize,
    /// Cases with the same answer.
    pub same: usize,
    /// Cases with another answer; all are counted, the first 1,000 are kept.
    pub differing: usize,
    /// Those that are kept.
    pub differences: Vec<Difference>,
    /// Sums over all cases of each numeric output both tables have; answers that are lists or
    /// refusals count nothing.
    pub totals: Vec<Totals>,
}

/// One case with two answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The case, counted from 0.
    pub case: usize,
    /// What the live table says.
    pub live: Said,
    /// What the ghost says.
    pub ghost: Said,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// What one table says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Said {
    /// The answer; nothing when the table refused.
    pub answer: Option<Json>,
    /// Ids of the rows it comes from.
    pub rows: Vec<String>,
    /// Why there is no answer, in Chinese.
    pub refused: Option<String>,
}

/// The sums of one output.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Key of the output.
    pub output: String,
    /// Sum of the live table, as a decimal; nothing when it is too large to hold.
    pub live: Option<String>,
    /// Sum of the ghost.
    pub ghost: Option<String>,
}

/// Runs both on every case.
pub fn compare<'a>(
    live: &Index,
    ghost: &Index,
    cases: impl IntoIterator<Item = &'a BTreeMap<String, Json>>,
) -> Comparison {
    let mut comparison = Comparison::default();
    let mut sums = Sums::of(live.grid().table(), ghost.grid().table());
    for (case, given) in cases.into_iter().enumerate() {
        let (ours, theirs) = (Spoken::of(live, given), Spoken::of(ghost, given));
        sums.add(&ours, &theirs);
        comparison.cases += 1;
        if ours.said.answer == theirs.said.answer && ours.said.refused == theirs.said.refused {
            comparison.same += 1;
            continue;
        }
        comparison.differing += 1;
        if comparison.differences.len() < bounds::DIFFERENCES_KEPT {
            let number = case + 1;
            comparison.differences.push(Difference {
                case,
                zh: format!("第 {number} 例：现行为{}；影子表为{}", ours.zh, theirs.zh),
                en: format!("Case {number}: live {}; ghost {}", ours.en, theirs.en),
                live: ours.said,
                ghost: theirs.said,
            });
        }
    }
    comparison.totals = sums.told();
    comparison
}

struct Spoken {
    said: Said,
    values: Vec<Value>,
    zh: String,
    en: String,
}

impl Spoken {
    fn of(index: &Index, given: &BTreeMap<String, Json>) -> Spoken {
        let table = index.grid().table();
        match Facts::read(table, given).and_then(|facts| index.decide(&facts)) {
            Err(refusal) => Spoken {
                zh: format!("不予裁决（{}）", refusal.message),
                en: format!("refused ({})", refusal.message_en),
                said: Said {
                    answer: None,
                    rows: Vec::new(),
                    refused: Some(refusal.message),
                },
                values: Vec::new(),
            },
            Ok(decision) => {
                let (zh, en) = decision.answer.words(table);
                let rows = decision
                    .chosen
                    .iter()
                    .map(|row| table.rows[*row].id.clone())
                    .collect();
                let answer = Some(decision.answer.write(table));
                let values = match decision.answer {
                    Answer::One(values) => values,
                    Answer::None | Answer::Many(_) => Vec::new(),
                };
                Spoken {
                    said: Said {
                        answer,
                        rows,
                        refused: None,
                    },
                    values,
                    zh,
                    en,
                }
            }
        }
    }
}

/// Sums of the outputs both tables have, in units of the twelfth place or of money's second.
struct Sums(Vec<Sum>);

struct Sum {
    key: String,
    places: u32,
    /// Position of the output in the live table and in the ghost, and what it summed to.
    sides: [(usize, Option<i128>); 2],
}

impl Sums {
    fn of(live: &Table, ghost: &Table) -> Sums {
        let mut sums = Vec::new();
        for (n, output) in live.outputs.iter().enumerate() {
            let other = ghost.outputs.iter().position(|it| it.key == output.key);
            let places = |table: &Table, n: usize| Kind::places(kind_of(table, n));
            let both =
                other.and_then(|other| Some((other, places(live, n)?, places(ghost, other)?)));
            if let Some((other, a, b)) = both {
                let sides = [(n, Some(0)), (other, Some(0))];
                sums.push(Sum {
                    key: output.key.clone(),
                    places: a.max(b),
                    sides,
                });
            }
        }
        Sums(sums)
    }

    fn add(&mut self, live: &Spoken, ghost: &Spoken) {
        for sum in &mut self.0 {
            for ((n, total), spoken) in sum.sides.iter_mut().zip([live, ghost]) {
                if let Some(Value::Number(number)) = spoken.values.get(*n) {
                    let more = ordinal_of(*number, sum.places);
                    *total = total
                        .zip(more)
                        .and_then(|(total, more)| total.checked_add(more));
                }
            }
        }
    }

    fn told(self) -> Vec<Totals> {
        let text = |total: Option<i128>, places: u32| {
            let number = Decimal::try_from_i128_with_scale(total?, places).ok()?;
            Some(number.normalize().to_string())
        };
        let each = self.0.into_iter().map(|sum| Totals {
            live: text(sum.sides[0].1, sum.places),
            ghost: text(sum.sides[1].1, sum.places),
            output: sum.key,
        });
        each.collect()
    }
}
