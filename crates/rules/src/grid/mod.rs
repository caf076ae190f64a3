//! A table whose every cell is understood 已读懂的决策表.

mod heading;

use std::collections::BTreeSet;

use crate::bounds;
use crate::cell::Commas;
use crate::cell::{Cell, Test};
use crate::expr::Expr;
use crate::kind::Kind;
use crate::problem::{Column, Flaw, Line, Place, Problem};
use crate::sentence;
use crate::table::{Hit, Table};
use crate::value::{Value, is_plain};

/// A table with its cells as meaning. The only way to get one is [`Grid::read`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    table: Table,
    pub(crate) allowed: Vec<Cell>,
    pub(crate) when: Vec<Vec<Cell>>,
    pub(crate) then: Vec<Vec<Expr>>,
    pub(crate) default: Option<Vec<Expr>>,
    /// For each output its values, best first.
    pub(crate) ranks: Vec<Vec<Value>>,
}

impl Grid {
    /// The table, each cell in its one way of writing.
    #[must_use]
    pub fn table(&self) -> &Table {
        &self.table
    }

    /// The condition of a row.
    #[must_use]
    pub fn condition(&self, row: usize, input: usize) -> Option<&Cell> {
        self.when.get(row)?.get(input)
    }

    /// Whether this row hits, cell by cell; the meaning that the index is held against.
    #[must_use]
    pub fn hits(&self, row: usize, facts: &[Value]) -> bool {
        let cells = self.when.get(row);
        cells.is_some_and(|cells| {
            cells.len() == facts.len()
                && cells.iter().zip(facts).all(|(cell, fact)| cell.holds(fact))
        })
    }

    /// Reads every cell.
    ///
    /// # Errors
    /// All problems at once, each with its cell and a remedy.
    pub fn read(table: &Table, commas: Commas) -> Result<Grid, Vec<Problem>> {
        let mut reader = Reader {
            table,
            commas,
            found: heading::check(table),
        };
        if !reader.found.is_empty() {
            return Err(reader.found);
        }
        let ranks = reader.ranks();
        let allowed = reader.allowed();
        let when = reader.conditions();
        let then = reader.results(&ranks);
        let default = reader.default(&ranks);
        if !reader.found.is_empty() {
            return Err(reader.found);
        }
        let mut grid = Grid {
            table: table.clone(),
            allowed,
            when,
            then,
            default,
            ranks,
        };
        grid.write_canonical();
        Ok(grid)
    }

    fn write_canonical(&mut self) {
        let keys: Vec<String> = self.table.inputs.iter().map(|it| it.key.clone()).collect();
        for (row, (when, then)) in self
            .table
            .rows
            .iter_mut()
            .zip(self.when.iter().zip(&self.then))
        {
            row.when = when.iter().map(Cell::text).collect();
            row.then = then.iter().map(|expr| expr.text(&keys)).collect();
        }
        for (input, allowed) in self.table.inputs.iter_mut().zip(&self.allowed) {
            input.allowed = if *allowed == Cell::Any {
                String::new()
            } else {
                allowed.text()
            };
        }
        for (output, ranks) in self.table.outputs.iter_mut().zip(&self.ranks) {
            if !output.values.is_empty() {
                output.values = ranks.iter().map(Value::literal).collect();
            }
        }
        // What has no name on the screen is called by its key.
        let columns = self
            .table
            .inputs
            .iter_mut()
            .map(|it| (&it.key, &mut it.label));
        let results = self
            .table
            .outputs
            .iter_mut()
            .map(|it| (&it.key, &mut it.label));
        let whole = std::iter::once((&self.table.key, &mut self.table.title));
        for (key, label) in columns.chain(results).chain(whole) {
            if label.zh.is_empty() {
                label.zh.clone_from(key);
            }
        }
        let write = |row: &Vec<Expr>| row.iter().map(|expr| expr.text(&keys)).collect();
        self.table.default = self.default.as_ref().map(write);
    }
}

struct Reader<'a> {
    table: &'a Table,
    commas: Commas,
    found: Vec<Problem>,
}

impl Reader<'_> {
    /// Keeps the value, or the problem at its place and something harmless instead.
    fn keep<T>(&mut self, read: Result<T, Flaw>, line: Line, column: Column) -> Option<T> {
        let words = sentence::place(self.table, line, Some(column));
        read.map_err(|flaw| self.found.push(flaw.at(Place::cell(line, column), &words)))
            .ok()
    }

    fn ranks(&mut self) -> Vec<Vec<Value>> {
        let mut all = Vec::new();
        for (n, output) in self.table.outputs.iter().enumerate() {
            let mut ranks = Vec::new();
            for text in &output.values {
                let read = Expr::read(text, &[]).and_then(|expr| expr.fit(&output.holds, &[]));
                let read = read.and_then(|expr| match expr {
                    Expr::Constant(value) if !ranks.contains(&value) => Ok(value),
                    _ => Err(Flaw::of(
                        "values_broken",
                        (
                            "取值列表里有重复或不是值的内容",
                            "the list of values repeats itself or holds no value",
                        ),
                        (
                            "每个值写一次，优先的在前",
                            "write each value once, the best first",
                        ),
                    )),
                });
                ranks.extend(self.keep(read, Line::Heading, Column::Output(n)));
            }
            if let (Kind::Enum { choices }, true) = (&output.holds, output.values.is_empty()) {
                ranks = choices
                    .iter()
                    .map(|it| Value::Text(it.code.clone()))
                    .collect();
            }
            all.push(ranks);
        }
        if self.table.hit.is_by_output() && all.iter().all(Vec::is_empty) {
            let flaw = Flaw::of(
                "no_priorities",
                (
                    format!("命中方式「{}」要有优先次序", self.table.hit.name().0),
                    format!(
                        "hit policy “{}” needs an order of priority",
                        self.table.hit.name().1
                    ),
                ),
                (
                    "请给一个结果列写明取值列表，优先的在前",
                    "give an output its list of values, the best first",
                ),
            );
            self.keep::<()>(Err(flaw), Line::Heading, Column::Output(0));
        }
        all
    }

    fn allowed(&mut self) -> Vec<Cell> {
        let mut all = Vec::new();
        for (n, input) in self.table.inputs.iter().enumerate() {
            let read = Cell::read(&input.allowed, &input.holds, self.commas);
            all.push(
                self.keep(read, Line::Heading, Column::Input(n))
                    .unwrap_or(Cell::Any),
            );
        }
        all
    }

    fn conditions(&mut self) -> Vec<Vec<Cell>> {
        let mut tests = vec![0; self.table.inputs.len()];
        let mut rows = Vec::new();
        for (r, row) in self.table.rows.iter().enumerate() {
            let mut cells = Vec::new();
            for (n, (text, input)) in row.when.iter().zip(&self.table.inputs).enumerate() {
                let read = Cell::read(text, &input.holds, self.commas).and_then(|cell| {
                    tests[n] += cell.tests().len();
                    if tests[n] > bounds::COLUMN_TESTS {
                        return Err(column_too_long());
                    }
                    if !input.optional && cell.tests().contains(&Test::Null) {
                        return Err(never_null());
                    }
                    Ok(cell)
                });
                cells.push(
                    self.keep(read, Line::Row(r), Column::Input(n))
                        .unwrap_or(Cell::Any),
                );
            }
            rows.push(cells);
        }
        rows
    }

    fn results(&mut self, ranks: &[Vec<Value>]) -> Vec<Vec<Expr>> {
        let mut rows = Vec::new();
        for (r, row) in self.table.rows.iter().enumerate() {
            rows.push(self.line(Line::Row(r), &row.then, ranks));
        }
        rows
    }

    fn default(&mut self, ranks: &[Vec<Value>]) -> Option<Vec<Expr>> {
        let cells = self.table.default.as_ref()?;
        Some(self.line(Line::Default, cells, ranks))
    }

    fn line(&mut self, line: Line, texts: &[String], ranks: &[Vec<Value>]) -> Vec<Expr> {
        let keys: Vec<String> = self.table.inputs.iter().map(|it| it.key.clone()).collect();
        let kinds: Vec<Kind> = self
            .table
            .inputs
            .iter()
            .map(|it| it.holds.clone())
            .collect();
        let mut cells = Vec::new();
        for (n, (text, output)) in texts.iter().zip(&self.table.outputs).enumerate() {
            let read = Expr::read(text, &keys).and_then(|expr| expr.fit(&output.holds, &kinds));
            let read = read.and_then(|expr| self.listed(expr, &output.values, &ranks[n]));
            let kept = self.keep(read, line, Column::Output(n));
            cells.push(kept.unwrap_or(Expr::Constant(Value::Null)));
        }
        cells
    }

    /// A result stands in the list of its output, where there is one.
    fn listed(&self, expr: Expr, values: &[String], ranks: &[Value]) -> Result<Expr, Flaw> {
        let decided_by_list = self.table.hit.is_by_output() && !ranks.is_empty();
        match expr.constant() {
            Some(value) if ranks.is_empty() || ranks.contains(value) => Ok(expr),
            None if values.is_empty() && !decided_by_list => Ok(expr),
            _ => {
                let list = ranks
                    .iter()
                    .map(Value::literal)
                    .collect::<Vec<_>>()
                    .join(", ");
                Err(Flaw::of(
                    "not_in_list",
                    (
                        "结果不在本列的取值列表里",
                        "the result is not in the list of its column",
                    ),
                    (format!("可写：{list}"), format!("one of: {list}")),
                ))
            }
        }
    }
}

fn column_too_long() -> Flaw {
    Flaw::of(
        "too_many_tests",
        (
            format!("这一列的条件合计超过 {} 个", bounds::COLUMN_TESTS),
            format!("this column has more than {} tests", bounds::COLUMN_TESTS),
        ),
        ("请拆成几张表", "split the table"),
    )
}

fn never_null() -> Flaw {
    Flaw::of(
        "never_null",
        (
            "这一列不允许为空，null 永不命中",
            "this column is never null, so null never hits",
        ),
        (
            "删去 null，或把该列设为可空",
            "leave out null, or make the column optional",
        ),
    )
}

/// Names of one sort, each once.
pub(crate) fn first_twice<'a>(names: impl Iterator<Item = &'a str>) -> Option<usize> {
    let mut seen = BTreeSet::new();
    names
        .enumerate()
        .find(|(_, name)| !seen.insert(*name))
        .map(|(at, _)| at)
}

/// Whether a text may be an id: a letter, then letters, digits, `.`, `_`, `-`.
pub(crate) fn is_id(text: &str) -> bool {
    let mut chars = text.chars();
    let first = chars.next().is_some_and(|c| c.is_ascii_alphabetic());
    first
        && text.len() <= bounds::KEY
        && chars.all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'))
}

/// Whether a text is a fit label: not too long, nothing invisible.
pub(crate) fn is_label(text: &str, longest: usize) -> bool {
    text.chars().count() <= longest && is_plain(text)
}

/// Whether this policy wants its single output to be a number.
pub(crate) fn wants_numbers(hit: Hit) -> bool {
    matches!(hit, Hit::Sum | Hit::Min | Hit::Max)
}
