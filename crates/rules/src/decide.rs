//! Which rows count, and what they say 裁决.

use std::cmp::Ordering;

use kernel::Refusal;
use rust_decimal::Decimal;

use crate::answer::Answer;
use crate::expr::{Expr, Undefined};
use crate::facts::Facts;
use crate::index::{Hits, Index};
use crate::kind::{Kind, ordinal_of};
use crate::sentence;
use crate::table::Hit;
use crate::value::Value;

/// What a table says, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The answer.
    pub answer: Answer,
    /// All rows that hit, in their order.
    pub hits: Vec<usize>,
    /// The rows the answer comes from, in the order of the answer; empty when the default speaks.
    pub chosen: Vec<usize>,
    /// Whether the default row speaks.
    pub by_default: bool,
}

impl Index {
    /// Decides.
    ///
    /// # Errors
    /// A fact that is not allowed, two rows where one was promised, a result that cannot be
    /// calculated or does not fit its column.
    pub fn decide(&self, facts: &Facts) -> Result<Decision, Refusal> {
        let hits = self.hits(facts)?;
        if hits.first().is_none() {
            return self.unhit(facts);
        }
        let hit = self.grid().table().hit;
        let (answer, chosen) = match hit {
            Hit::Unique => self.unique(&hits, facts)?,
            Hit::Any => self.any(&hits, facts)?,
            Hit::First => {
                let first: Vec<usize> = hits.iter().take(1).collect();
                (Answer::One(self.row(&first, facts)?), first)
            }
            Hit::Priority => {
                let best: Vec<usize> = self.by_output(&hits).into_iter().take(1).collect();
                (Answer::One(self.row(&best, facts)?), best)
            }
            Hit::RuleOrder | Hit::Collect => self.all(hits.iter().collect(), facts)?,
            Hit::OutputOrder => self.all(self.by_output(&hits), facts)?,
            Hit::Sum | Hit::Min | Hit::Max | Hit::Count => self.total(hit, &hits, facts)?,
        };
        Ok(Decision {
            answer,
            hits: hits.iter().collect(),
            chosen,
            by_default: false,
        })
    }

    fn unhit(&self, facts: &Facts) -> Result<Decision, Refusal> {
        let answer = match &self.grid().default {
            Some(cells) if self.grid().table().hit.is_list() => {
                Answer::Many(vec![self.results(None, cells, facts)?])
            }
            Some(cells) => Answer::One(self.results(None, cells, facts)?),
            None => Answer::None,
        };
        let by_default = answer != Answer::None;
        Ok(Decision {
            answer,
            hits: Vec::new(),
            chosen: Vec::new(),
            by_default,
        })
    }

    /// What the first of these rows says.
    fn row(&self, rows: &[usize], facts: &Facts) -> Result<Vec<Value>, Refusal> {
        match rows
            .first()
            .and_then(|row| Some((*row, self.grid().then.get(*row)?)))
        {
            Some((row, cells)) => self.results(Some(row), cells, facts),
            None => Ok(Vec::new()),
        }
    }

    fn results(
        &self,
        row: Option<usize>,
        cells: &[Expr],
        facts: &Facts,
    ) -> Result<Vec<Value>, Refusal> {
        let mut values = Vec::with_capacity(cells.len());
        for (n, cell) in cells.iter().enumerate() {
            values.push(match cell.constant() {
                Some(value) => value.clone(),
                None => self.calculated(row, n, cell, facts)?,
            });
        }
        Ok(values)
    }

    fn calculated(
        &self,
        row: Option<usize>,
        n: usize,
        cell: &Expr,
        facts: &Facts,
    ) -> Result<Value, Refusal> {
        let kind = &self.grid().table().outputs[n].holds;
        let value = match cell.eval(facts.values()) {
            Ok(Value::Null) => return Err(self.uncalculated(row, n, Undefined::Null.words())),
            Ok(value) => value,
            Err(why) => return Err(self.uncalculated(row, n, why.words())),
        };
        kind.admit(value)
            .map_err(|flaw| self.uncalculated(row, n, (&flaw.zh, &flaw.en)))
    }

    fn uncalculated(&self, row: Option<usize>, n: usize, (zh, en): (&str, &str)) -> Refusal {
        let table = self.grid().table();
        let (where_, where_en) = sentence::result_place(table, row, n);
        Refusal::invalid(
            "rules.uncalculated",
            format!("{where_}算不出来：{zh}"),
            format!("{where_en} cannot be calculated: {en}"),
        )
        .remedy((
            "请核对事实，或修改这一格的算式",
            "Check the facts, or change the formula of this cell",
        ))
    }

    fn unique(&self, hits: &Hits, facts: &Facts) -> Result<(Answer, Vec<usize>), Refusal> {
        let rows: Vec<usize> = hits.iter().collect();
        if rows.len() > 1 {
            return Err(self.several(&rows, "只许一行命中", "only one row may hit"));
        }
        Ok((Answer::One(self.row(&rows, facts)?), rows))
    }

    fn any(&self, hits: &Hits, facts: &Facts) -> Result<(Answer, Vec<usize>), Refusal> {
        let rows: Vec<usize> = hits.iter().collect();
        let first = self.row(&rows, facts)?;
        for row in &rows[1..] {
            if self.row(&[*row], facts)? != first {
                return Err(self.several(&rows, "结果应当相同", "they must say the same"));
            }
        }
        Ok((Answer::One(first), rows))
    }

    fn several(&self, rows: &[usize], zh: &str, en: &str) -> Refusal {
        let (list, list_en) = (sentence::rows(rows), sentence::rows_en(rows));
        Refusal::invalid(
            "rules.several_hit",
            format!("{list}同时命中，{zh}"),
            format!("{list_en} hit together; {en}"),
        )
        .remedy((
            "请修改条件，使这些行互不重叠",
            "Change the conditions so that these rows do not overlap",
        ))
    }

    fn all(&self, rows: Vec<usize>, facts: &Facts) -> Result<(Answer, Vec<usize>), Refusal> {
        let each = rows.iter().map(|row| self.row(&[*row], facts));
        Ok((Answer::Many(each.collect::<Result<_, _>>()?), rows))
    }

    /// The rows, best results first; equal ones stay in their order.
    fn by_output(&self, hits: &Hits) -> Vec<usize> {
        let mut rows: Vec<usize> = hits.iter().collect();
        rows.sort_by(|a, b| self.better(*a, *b));
        rows
    }

    /// Compares the results of two rows by the lists of the outputs, from left to right.
    pub(crate) fn better(&self, a: usize, b: usize) -> Ordering {
        let grid = self.grid();
        let rank = |row: usize, n: usize| {
            let value = grid.then.get(row)?.get(n)?.constant()?;
            grid.ranks.get(n)?.iter().position(|it| it == value)
        };
        let columns = 0..grid.ranks.len();
        let listed = columns.filter(|n| !grid.ranks[*n].is_empty());
        listed
            .map(|n| rank(a, n).cmp(&rank(b, n)))
            .find(|it| it.is_ne())
            .unwrap_or(Ordering::Equal)
    }

    fn total(&self, hit: Hit, hits: &Hits, facts: &Facts) -> Result<(Answer, Vec<usize>), Refusal> {
        let rows: Vec<usize> = hits.iter().collect();
        if hit == Hit::Count {
            let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
            return Ok((Answer::One(vec![Value::Number(count.into())]), rows));
        }
        let mut values = Vec::with_capacity(rows.len());
        for row in &rows {
            values.extend(self.row(&[*row], facts)?);
        }
        let kind = &self.grid().table().outputs[0].holds;
        let total = match hit {
            Hit::Sum => self.sum(kind, &values)?,
            Hit::Min => values.into_iter().min().unwrap_or(Value::Null),
            _ => values.into_iter().max().unwrap_or(Value::Null),
        };
        Ok((Answer::One(vec![total]), rows))
    }

    fn sum(&self, kind: &Kind, values: &[Value]) -> Result<Value, Refusal> {
        let number = |value: &Value| match value {
            Value::Number(number) => Some(*number),
            _ => None,
        };
        // In whole units: a decimal rounds silently when it runs out of digits.
        let places = kind.places().unwrap_or(0);
        let add = |a: i128, b: &Value| a.checked_add(ordinal_of(number(b)?, places)?);
        let total = values.iter().try_fold(0_i128, add);
        let total = total.and_then(|total| Decimal::try_from_i128_with_scale(total, places).ok());
        let large = || self.uncalculated(None, 0, Undefined::TooLarge.words());
        let total = total.ok_or_else(large)?;
        kind.admit(Value::Number(total))
            .map_err(|flaw| self.uncalculated(None, 0, (&flaw.zh, &flaw.en)))
    }
}
