//! Lookups in other sources, and one truth out of many 关联查找与推定.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Write as _;

use kernel::Day;

use crate::bind::Columns;
use crate::cell::Notes;
use crate::date::{DateOrder, read_date};
use crate::finding::{Detail, Findings, Sheet};
use crate::mapping::{Consult, DeriveRule, Mapping, Test};
use crate::reason::Reason;
use crate::table::{Row, Table};
use crate::text::half_width;

/// Every table the mapping looks something up in, filled from its sources.
#[derive(Debug, Default)]
pub(crate) struct Index {
    tables: Vec<Answers>,
}

/// For every text that was matched, what stood beside it.
#[derive(Debug)]
struct Answers {
    source_name: String,
    derive: Option<DeriveRule>,
    found: HashMap<String, Vec<Candidate>>,
}

/// One of the answers, with the number of its rows and its latest date.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Candidate {
    value: String,
    rows: u64,
    last: Option<Day>,
}

/// The columns of one consulted table in one sheet.
pub(crate) struct Reading<'m> {
    id: usize,
    matching: usize,
    take: usize,
    dated_by: Option<usize>,
    conditions: Vec<(usize, &'m Test)>,
}

/// At most so many candidates are spelled out in a finding.
const SPELLED_OUT: usize = 5;

impl Index {
    pub(crate) fn of(mapping: &Mapping) -> Index {
        let answers = |table: &Consult| Answers {
            source_name: mapping.sources[table.source].file.clone(),
            derive: table.derive,
            found: HashMap::new(),
        };
        let mut consulted: Vec<&Consult> = mapping.consulted().collect();
        consulted.sort_by_key(|table| table.id);
        Index {
            tables: consulted.into_iter().map(answers).collect(),
        }
    }

    /// Adds what one row says.
    pub(crate) fn learn(&mut self, readings: &[Reading<'_>], row: &Row<'_>) {
        for reading in readings {
            if !reading
                .conditions
                .iter()
                .all(|(column, test)| test.holds(row.text(*column)))
            {
                continue;
            }
            let (key, value) = (row.text(reading.matching), row.text(reading.take));
            if key.is_empty() || value.is_empty() {
                continue;
            }
            let date = reading.dated_by.and_then(|column| {
                read_date(row.text(column), DateOrder::Ymd)
                    .ok()
                    .map(|read| read.day)
            });
            if let Some(answers) = self.tables.get_mut(reading.id) {
                answers.add(&half_width(key), value, date);
            }
        }
    }

    /// The answer for this text; empty when there is none, which the notes then say.
    pub(crate) fn consult<'i>(&'i self, id: usize, text: &str, notes: &mut Notes) -> Cow<'i, str> {
        let Some(answers) = self.tables.get(id).filter(|_| !text.is_empty()) else {
            return Cow::Borrowed("");
        };
        let Some(candidates) = answers.found.get(&*half_width(text)) else {
            // A derivation may well find nothing: a customer without deals. The empty field says
            // so.
            if answers.derive.is_none() {
                notes.add(Reason::LookupMissed, text, answers.source_name.as_str());
            }
            return Cow::Borrowed("");
        };
        let best = answers.best(candidates);
        if candidates.len() > 1 {
            let reason = match answers.derive {
                Some(_) => Reason::OwnersDisagree,
                None => Reason::LookupAmbiguous,
            };
            notes.add(reason, text, answers.disagreement(candidates, best));
        }
        Cow::Borrowed(&candidates[best].value)
    }
}

impl Answers {
    fn add(&mut self, key: &str, value: &str, date: Option<Day>) {
        if !self.found.contains_key(key) {
            self.found.insert(key.to_owned(), Vec::new());
        }
        let Some(candidates) = self.found.get_mut(key) else {
            return;
        };
        match candidates
            .iter_mut()
            .find(|candidate| candidate.value == value)
        {
            Some(known) => {
                known.rows += 1;
                known.last = known.last.max(date);
            }
            None => candidates.push(Candidate {
                value: value.to_owned(),
                rows: 1,
                last: date,
            }),
        }
    }

    /// Which candidate is taken. Among equals the first to occur wins, so that the same files
    /// always give the same answer.
    fn best(&self, candidates: &[Candidate]) -> usize {
        let rank = |candidate: &Candidate| match self.derive {
            None => (None, 0, None),
            Some(DeriveRule::Most) => (None, candidate.rows, candidate.last),
            Some(DeriveRule::Latest) => (candidate.last, candidate.rows, None),
        };
        let mut best = 0;
        for (at, candidate) in candidates.iter().enumerate().skip(1) {
            if rank(candidate) > rank(&candidates[best]) {
                best = at;
            }
        }
        best
    }

    fn disagreement(&self, candidates: &[Candidate], best: usize) -> Detail {
        let mut order: Vec<&Candidate> = candidates.iter().collect();
        order.sort_by_key(|candidate| std::cmp::Reverse(candidate.rows));
        let (mut zh, mut en) = (String::new(), String::new());
        for candidate in order.iter().take(SPELLED_OUT) {
            let Candidate { value, rows, .. } = candidate;
            let _ = write!(
                zh,
                "{}{value}（{rows} 行）",
                if zh.is_empty() { "" } else { "、" }
            );
            let _ = write!(
                en,
                "{}{value} ({rows})",
                if en.is_empty() { "" } else { ", " }
            );
        }
        if order.len() > SPELLED_OUT {
            let _ = write!(zh, " 等 {} 个", order.len());
            let _ = write!(en, " and more, {} in all", order.len());
        }
        let taken = &candidates[best].value;
        match self.derive {
            Some(_) => {
                let _ = write!(zh, "，取 {taken}");
                let _ = write!(en, "; {taken} is taken");
                Detail::both(zh, en)
            }
            None => {
                let source = &self.source_name;
                Detail::both(
                    format!("{source}里有几个不同的值（{zh}）"),
                    format!("{source} holds several values ({en})"),
                )
            }
        }
    }
}

/// Binds what is consulted in one sheet of a source; nothing when a column is missing, which the
/// findings then say.
pub(crate) fn readings<'m>(
    mapping: &'m Mapping,
    source: usize,
    table: &Table<'_>,
    sheet: &Sheet,
    findings: &mut Findings,
) -> Option<Vec<Reading<'m>>> {
    let mut columns = Columns::of(&table.header);
    let mut readings = Vec::new();
    for consult in mapping
        .consulted()
        .filter(|consult| consult.source == source)
    {
        readings.push(Reading {
            id: consult.id,
            matching: columns.place(&consult.matching),
            take: columns.place(&consult.take),
            dated_by: consult.dated_by.as_deref().map(|name| columns.place(name)),
            conditions: consult
                .conditions
                .iter()
                .map(|condition| (columns.place(&condition.column), &condition.test))
                .collect(),
        });
    }
    columns.are_sound(sheet, findings).then_some(readings)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(derive: Option<DeriveRule>) -> Answers {
        let mut answers = Answers {
            source_name: "商机".into(),
            derive,
            found: HashMap::new(),
        };
        for (who, day) in [
            ("甲", 1),
            ("乙", 9),
            ("乙", 2),
            ("甲", 3),
            ("丙", 9),
            ("甲", 1),
        ] {
            answers.add("华北钢铁", who, Day::of(2025, 1, day));
        }
        answers
    }

    #[test]
    fn one_truth_out_of_many() {
        for (derive, taken) in [
            (Some(DeriveRule::Most), "甲"),
            (Some(DeriveRule::Latest), "乙"),
            (None, "甲"),
        ] {
            let answers = answers(derive);
            let candidates = &answers.found["华北钢铁"];
            assert_eq!(candidates[answers.best(candidates)].value, taken);
        }
    }

    #[test]
    fn the_disagreement_is_spelled_out() {
        let index = Index {
            tables: vec![answers(Some(DeriveRule::Most))],
        };
        let mut notes = Notes::default();
        assert_eq!(index.consult(0, "华北钢铁", &mut notes), "甲");
        assert_eq!(
            notes.list[0].detail.zh,
            "甲（3 行）、乙（2 行）、丙（1 行），取 甲"
        );
        assert_eq!(index.consult(0, "无此客户", &mut notes), "");
    }
}
