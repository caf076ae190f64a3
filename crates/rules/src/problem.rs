//! What is wrong with a table, and in which cell 问题.

use kernel::Refusal;
use serde::Serialize;

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// 必须改正: the table cannot be published.
    Stop,
    /// 提醒: worth a look.
    Hint,
}

/// Which line of the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    /// The table as a whole.
    Table,
    /// The heading, where a column says what it holds.
    Heading,
    /// A row, counted from 0.
    Row(usize),
    /// The default row.
    Default,
    /// An example, counted from 0.
    Example(usize),
}

/// Which column of the grid, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// A condition.
    Input(usize),
    /// A result.
    Output(usize),
}

/// A cell, or a part of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// The line.
    pub line: Line,
    /// The column; nothing when the whole line is meant.
    pub column: Option<Column>,
    /// First character and the one after the last, within the text of the cell.
    pub chars: Option<(usize, usize)>,
}

impl Place {
    /// A whole line.
    #[must_use]
    pub fn line(line: Line) -> Place {
        Place {
            line,
            column: None,
            chars: None,
        }
    }

    /// A cell.
    #[must_use]
    pub fn cell(line: Line, column: Column) -> Place {
        Place {
            line,
            column: Some(column),
            chars: None,
        }
    }

    /// JSON pointer (RFC 6901) into the table's own JSON.
    #[must_use]
    pub fn pointer(&self) -> String {
        match (self.line, self.column) {
            (Line::Table, _) => String::new(),
            (Line::Heading, Some(Column::Input(n))) => format!("/inputs/{n}"),
            (Line::Heading, Some(Column::Output(n))) => format!("/outputs/{n}"),
            (Line::Heading, None) => "/inputs".to_owned(),
            (Line::Row(row), Some(Column::Input(n))) => format!("/rows/{row}/when/{n}"),
            (Line::Row(row), Some(Column::Output(n))) => format!("/rows/{row}/then/{n}"),
            (Line::Row(row), None) => format!("/rows/{row}"),
            (Line::Default, Some(Column::Output(n))) => format!("/default/{n}"),
            (Line::Default, _) => "/default".to_owned(),
            (Line::Example(n), _) => format!("/examples/{n}"),
        }
    }
}

/// Something wrong, where, and what would help.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// How bad.
    pub severity: Severity,
    /// Stable name.
    pub code: String,
    /// Where.
    pub place: Place,
    /// What, in Chinese, naming row and column.
    pub message: String,
    /// What, in English.
    pub message_en: String,
    /// What would help, in Chinese.
    pub remedy: String,
    /// What would help, in English.
    pub remedy_en: String,
}

/// A problem that does not know yet in which cell it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// Stable name.
    pub code: &'static str,
    /// Characters of the cell.
    pub chars: Option<(usize, usize)>,
    /// What, in Chinese.
    pub zh: String,
    /// What, in English.
    pub en: String,
    /// What would help, in Chinese.
    pub remedy: String,
    /// What would help, in English.
    pub remedy_en: String,
}

impl Flaw {
    pub(crate) fn of(
        code: &'static str,
        (zh, en): (impl Into<String>, impl Into<String>),
        (remedy, remedy_en): (impl Into<String>, impl Into<String>),
    ) -> Flaw {
        Flaw {
            code,
            chars: None,
            zh: zh.into(),
            en: en.into(),
            remedy: remedy.into(),
            remedy_en: remedy_en.into(),
        }
    }

    pub(crate) fn on(mut self, chars: (usize, usize)) -> Flaw {
        self.chars.get_or_insert(chars);
        self
    }

    /// Names the cell: `第 3 行「金额」：…`.
    pub(crate) fn at(self, place: Place, (zh, en): &(String, String)) -> Problem {
        let apart = |where_: &str, colon: &str| match where_ {
            "" => String::new(),
            named => format!("{named}{colon}"),
        };
        Problem {
            severity: Severity::Stop,
            code: format!("rules.{}", self.code),
            place: Place {
                chars: self.chars,
                ..place
            },
            message: format!("{}{}", apart(zh, "："), self.zh),
            message_en: format!("{}{}", apart(en, ": "), self.en),
            remedy: self.remedy,
            remedy_en: self.remedy_en,
        }
    }
}

impl Problem {
    /// The same as a reminder.
    #[must_use]
    pub(crate) fn mild(self) -> Problem {
        Problem {
            severity: Severity::Hint,
            ..self
        }
    }
}

/// All problems as one "no": the first in words, each at its place.
#[must_use]
pub fn refusal(problems: &[Problem]) -> Refusal {
    let stops = problems
        .iter()
        .filter(|problem| problem.severity == Severity::Stop);
    let Some(first) = stops.clone().next() else {
        return Refusal::invalid(
            "rules.table_refused",
            "决策表未通过检查",
            "The decision table did not pass the check",
        );
    };
    let whole = Refusal::invalid(&first.code, &first.message, &first.message_en)
        .remedy((&first.remedy, &first.remedy_en));
    stops.fold(whole, |refusal, problem| {
        refusal.at(
            &problem.place.pointer(),
            (
                format!("{}。{}", problem.message, problem.remedy),
                format!("{}; {}", problem.message_en, problem.remedy_en),
            ),
        )
    })
}
