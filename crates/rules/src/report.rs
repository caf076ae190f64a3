//! Everything the editor shows of a table, finished or not 编辑检查报告.

use kernel::Refusal;
use serde::Serialize;
use serde_json::Value as Json;

use crate::analyse::{Analysis, Dead, analyse};
use crate::answer::Answer;
use crate::cell::Commas;
use crate::facts::Facts;
use crate::grid::Grid;
use crate::index::Index;
use crate::problem::{Flaw, Line, Place, Problem, Severity, refusal};
use crate::sentence;
use crate::table::{Example, Table};

/// What is known of a table at this moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// What is wrong, with its cells; the worst first.
    pub problems: Vec<Problem>,
    /// What was proved; nothing while a cell cannot be read.
    pub analysis: Option<Analysis>,
    /// What the examples gave; empty while a cell cannot be read.
    pub examples: Vec<Tried>,
    /// Whether it may be published.
    pub publishable: bool,
}

/// What an example gave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tried {
    /// Its name.
    pub name: String,
    /// Whether it came out as expected.
    pub passed: bool,
    /// What came out; nothing when the table refused.
    pub got: Option<Json>,
    /// What went wrong, in Chinese; empty when it passed.
    pub zh: String,
    /// The same in English.
    pub en: String,
}

/// Reads, proves, tries.
#[must_use]
pub fn report(table: &Table) -> Report {
    match Grid::read(table, Commas::Doubted) {
        Err(problems) => Report {
            problems,
            analysis: None,
            examples: Vec::new(),
            publishable: false,
        },
        Ok(grid) => report_on(&Index::of(grid)),
    }
}

/// The report on a table whose cells are all understood.
pub(crate) fn report_on(index: &Index) -> Report {
    let analysis = analyse(index);
    let table = index.grid().table();
    let examples: Vec<Tried> = table.examples.iter().map(|it| try_one(index, it)).collect();
    let mut problems = complaints(table, &analysis);
    for (n, tried) in examples
        .iter()
        .enumerate()
        .filter(|(_, tried)| !tried.passed)
    {
        let flaw = Flaw::of(
            "example_failed",
            (tried.zh.clone(), tried.en.clone()),
            (
                "请修改规则，或在样例写错时修改样例",
                "correct the rows, or the example if it is wrong",
            ),
        );
        let line = Line::Example(n);
        problems.push(flaw.at(Place::line(line), &sentence::place(table, line, None)));
    }
    problems.sort_by_key(|problem| problem.severity);
    let publishable = problems
        .iter()
        .all(|problem| problem.severity == Severity::Hint);
    Report {
        problems,
        analysis: Some(analysis),
        examples,
        publishable,
    }
}

impl Report {
    /// Why it cannot be published.
    #[must_use]
    pub fn refusal(&self) -> Refusal {
        refusal(&self.problems)
    }
}

fn try_one(index: &Index, example: &Example) -> Tried {
    let table = index.grid().table();
    let decided = Facts::read(table, &example.given).and_then(|facts| index.decide(&facts));
    let name = example.name.clone();
    let failed = |got: Option<Json>, (zh, en): (String, String)| Tried {
        name: name.clone(),
        passed: false,
        got,
        zh,
        en,
    };
    let decision = match decided {
        Err(refusal) => return failed(None, (refusal.message, refusal.message_en)),
        Ok(decision) => decision,
    };
    let got = decision.answer.write(table);
    match Answer::read(table, &example.expect) {
        Err(flaw) => failed(
            Some(got),
            (
                format!("{}。{}", flaw.zh, flaw.remedy),
                format!("{}; {}", flaw.en, flaw.remedy_en),
            ),
        ),
        Ok(expected) if expected == decision.answer => Tried {
            name,
            passed: true,
            got: Some(got),
            zh: String::new(),
            en: String::new(),
        },
        Ok(expected) => {
            let ((zh, en), (got_zh, got_en)) =
                (expected.words(table), decision.answer.words(table));
            let words = (
                format!("应得 {zh}，实得 {got_zh}"),
                format!("expected {en}, got {got_en}"),
            );
            failed(Some(got), words)
        }
    }
}

fn complaints(table: &Table, analysis: &Analysis) -> Vec<Problem> {
    let whole = (String::new(), String::new());
    let mut problems = Vec::new();
    for gap in &analysis.gaps {
        let flaw = Flaw::of(
            "gap",
            (gap.zh.clone(), gap.en.clone()),
            (
                format!("请补一行：{}；或写明缺省行", gap.cells.join(" | ")),
                format!(
                    "add a row: {}; or give a default row",
                    gap.cells.join(" | ")
                ),
            ),
        );
        let line = gap
            .beside
            .as_ref()
            .map_or(Line::Table, |it| Line::Row(it.row));
        let problem = flaw.at(Place::line(line), &whole);
        problems.push(if table.default.is_some() {
            problem.mild()
        } else {
            problem
        });
    }
    for overlap in &analysis.overlaps {
        let flaw = Flaw::of(
            "overlap",
            (overlap.zh.clone(), overlap.en.clone()),
            (
                format!("请从其中一行去掉：{}", overlap.cells.join(" | ")),
                format!("take out of one of them: {}", overlap.cells.join(" | ")),
            ),
        );
        problems.push(flaw.at(Place::line(Line::Row(overlap.rows[1])), &whole));
    }
    problems.extend(analysis.dead.iter().map(|dead| dead_row(dead, &whole)));
    if !analysis.proved {
        let flaw = Flaw::of(
            "unproved",
            (
                "表太复杂，无法证明没有空缺和失效行",
                "too complex to prove that there is no gap and no dead row",
            ),
            ("请拆成几张表", "split the table"),
        );
        problems.push(flaw.at(Place::line(Line::Table), &whole));
    }
    problems
}

fn dead_row(dead: &Dead, whole: &(String, String)) -> Problem {
    let flaw = Flaw::of(
        "dead_row",
        (dead.zh.clone(), dead.en.clone()),
        (
            "请删去这一行，或修改条件、调整次序",
            "delete the row, or change its cells or its place",
        ),
    );
    let problem = flaw.at(Place::line(Line::Row(dead.row)), whole);
    if dead.harmless {
        problem.mild()
    } else {
        problem
    }
}
