//! Whether the frame of a table holds: sizes, keys, kinds 表头检查.

use super::{first_twice, is_id, is_label, wants_numbers};
use crate::bounds;
use crate::cell::lex::is_name;
use crate::kind::Kind;
use crate::problem::{Column, Flaw, Line, Place, Problem};
use crate::sentence;
use crate::table::{Hit, Table};
use crate::value::is_plain;

/// Words that mean something in cells already.
const TAKEN: [&str; 6] = ["true", "false", "null", "not", "round", "date"];

pub(super) fn check(table: &Table) -> Vec<Problem> {
    let mut frame = Frame {
        table,
        found: Vec::new(),
    };
    frame.sizes();
    if frame.found.is_empty() {
        frame.names();
        frame.columns();
        frame.widths();
        frame.policy();
    }
    frame.found
}

struct Frame<'a> {
    table: &'a Table,
    found: Vec<Problem>,
}

type Words = (&'static str, &'static str);

impl Frame<'_> {
    fn tell(&mut self, line: Line, column: Option<Column>, flaw: Flaw) {
        let words = sentence::place(self.table, line, column);
        let place = Place {
            line,
            column,
            chars: None,
        };
        self.found.push(flaw.at(place, &words));
    }

    fn sizes(&mut self) {
        let table = self.table;
        let sizes = [
            ("行", "rows", table.rows.len(), 0, bounds::ROWS),
            ("条件列", "inputs", table.inputs.len(), 1, bounds::INPUTS),
            ("结果列", "outputs", table.outputs.len(), 1, bounds::OUTPUTS),
            (
                "样例",
                "examples",
                table.examples.len(),
                0,
                bounds::EXAMPLES,
            ),
        ];
        for (zh, en, count, least, most) in sizes {
            if !(least..=most).contains(&count) {
                let flaw = Flaw::of(
                    "size",
                    (
                        format!("{zh}数为 {count}"),
                        format!("there are {count} {en}"),
                    ),
                    (
                        format!("应为 {least} 至 {most} 个"),
                        format!("{least} to {most} are allowed"),
                    ),
                );
                self.tell(Line::Table, None, flaw);
            }
        }
    }

    fn names(&mut self) {
        let id: Words = (
            "用英文字母开头，只含字母、数字、点、下划线、连字符，最多 60 个字",
            "begin with a letter; letters, digits, dot, underscore, hyphen; at most 60",
        );
        let table = self.table;
        if !is_id(&table.key)
            || !is_label(&table.title.zh, bounds::LABEL)
            || !is_label(&table.title.en, bounds::LABEL)
        {
            let flaw = Flaw::of(
                "bad_key",
                (
                    "决策表的标识或名称不合规",
                    "key or title of the table is unfit",
                ),
                id,
            );
            self.tell(Line::Table, None, flaw);
        }
        for (r, row) in table.rows.iter().enumerate() {
            let labels = is_label(&row.label, bounds::LABEL) && is_label(&row.note, bounds::NOTE);
            if !is_id(&row.id) || !labels {
                let flaw = Flaw::of(
                    "bad_key",
                    (
                        "行标识、名称或说明不合规",
                        "id, label or note of the row is unfit",
                    ),
                    id,
                );
                self.tell(Line::Row(r), None, flaw);
            }
        }
        if let Some(r) = first_twice(table.rows.iter().map(|row| row.id.as_str())) {
            let flaw = Flaw::of(
                "twice",
                ("行标识重复", "the id of the row is used twice"),
                ("请换一个", "choose another"),
            );
            self.tell(Line::Row(r), None, flaw);
        }
        for (n, example) in table.examples.iter().enumerate() {
            if !is_label(&example.name, bounds::LABEL) {
                let flaw = Flaw::of(
                    "bad_key",
                    ("样例名称过长", "the name of the example is too long"),
                    ("最多 100 个字", "at most 100 characters"),
                );
                self.tell(Line::Example(n), None, flaw);
            }
        }
    }

    fn columns(&mut self) {
        let table = self.table;
        for (n, input) in table.inputs.iter().enumerate() {
            self.column(
                Column::Input(n),
                &input.key,
                &input.holds,
                (&input.label.zh, &input.label.en),
            );
        }
        for (n, output) in table.outputs.iter().enumerate() {
            self.column(
                Column::Output(n),
                &output.key,
                &output.holds,
                (&output.label.zh, &output.label.en),
            );
            if output.values.len() > bounds::CHOICES {
                self.choices(Column::Output(n));
            }
        }
        let again: Words = ("请换一个名字", "choose another name");
        if let Some(n) = first_twice(table.inputs.iter().map(|it| it.key.as_str())) {
            let flaw = Flaw::of(
                "twice",
                ("列名重复", "the key of the column is used twice"),
                again,
            );
            self.tell(Line::Heading, Some(Column::Input(n)), flaw);
        }
        if let Some(n) = first_twice(table.outputs.iter().map(|it| it.key.as_str())) {
            let flaw = Flaw::of(
                "twice",
                ("列名重复", "the key of the column is used twice"),
                again,
            );
            self.tell(Line::Heading, Some(Column::Output(n)), flaw);
        }
    }

    fn column(&mut self, column: Column, key: &str, kind: &Kind, label: (&str, &str)) {
        let inside = |c: char| is_name(c) || matches!(c, ' ' | '.');
        let fit = match column {
            // The key stands in calculations, so it must not look like one.
            Column::Input(_) => {
                key.starts_with(|c: char| is_name(c) && !c.is_numeric()) && key.chars().all(inside)
            }
            Column::Output(_) => !key.is_empty() && is_plain(key),
        };
        let short = key.chars().count() <= bounds::KEY && key.trim() == key && !key.contains("..");
        let labels = is_label(label.0, bounds::LABEL) && is_label(label.1, bounds::LABEL);
        if !fit || !short || !labels || TAKEN.contains(&key) {
            let flaw = Flaw::of(
                "bad_key",
                ("列名不合规", "the key or label of the column is unfit"),
                (
                    "用文字开头，只含文字、数字、下划线、点和空格，最多 60 个字",
                    "begin with a letter; letters, digits, underscore, dot and space; at most 60",
                ),
            );
            self.tell(Line::Heading, Some(column), flaw);
        }
        if let Kind::Enum { choices } = kind {
            let good = |text: &str| is_label(text, bounds::LITERAL);
            let fit = choices
                .iter()
                .all(|it| !it.code.is_empty() && good(&it.code) && good(&it.zh) && good(&it.en));
            let once = first_twice(choices.iter().map(|it| it.code.as_str())).is_none();
            if choices.is_empty() || choices.len() > bounds::CHOICES || !fit || !once {
                self.choices(column);
            }
        }
    }

    fn choices(&mut self, column: Column) {
        let flaw = Flaw::of(
            "choices_broken",
            (
                "选项为空、重复或过多",
                "the choices are none, repeated or too many",
            ),
            (
                format!("写 1 至 {} 个互不相同的选项", bounds::CHOICES),
                format!("give 1 to {} different choices", bounds::CHOICES),
            ),
        );
        self.tell(Line::Heading, Some(column), flaw);
    }

    /// Every line has as many cells as there are columns.
    fn widths(&mut self) {
        let (inputs, outputs) = (self.table.inputs.len(), self.table.outputs.len());
        let flaw = |when: usize, then: usize| {
            Flaw::of(
                "width",
                (
                    format!("有 {when} 个条件格、{then} 个结果格"),
                    format!("has {when} condition cells and {then} result cells"),
                ),
                (
                    format!("应有 {inputs} 个条件格、{outputs} 个结果格"),
                    format!("{inputs} and {outputs} are needed"),
                ),
            )
        };
        for (r, row) in self.table.rows.iter().enumerate() {
            if row.when.len() != inputs || row.then.len() != outputs {
                self.tell(Line::Row(r), None, flaw(row.when.len(), row.then.len()));
            }
        }
        if let Some(cells) = &self.table.default
            && cells.len() != outputs
        {
            self.tell(Line::Default, None, flaw(inputs, cells.len()));
        }
    }

    fn policy(&mut self) {
        let hit = self.table.hit;
        if !hit.is_aggregate() {
            return;
        }
        if self.table.outputs.len() != 1 {
            let flaw = Flaw::of(
                "one_output",
                (
                    format!("命中方式「{}」只能有一个结果列", hit.name().0),
                    format!("hit policy “{}” has exactly one output", hit.name().1),
                ),
                (
                    "请删去其余结果列，或改用「全取」",
                    "leave one output, or use “collect”",
                ),
            );
            self.tell(Line::Heading, Some(Column::Output(1)), flaw);
        }
        let kind = self.table.outputs.first().map(|output| &output.holds);
        let number = kind.is_some_and(|kind| kind.places().is_some());
        let day = matches!(hit, Hit::Min | Hit::Max) && kind == Some(&Kind::Date);
        if wants_numbers(hit) && !number && !day {
            let flaw = Flaw::of(
                "not_summable",
                (
                    format!("命中方式「{}」的结果列要是数字", hit.name().0),
                    format!("hit policy “{}” needs a numeric output", hit.name().1),
                ),
                (
                    "请改结果列的类型，或改用「全取」",
                    "change the kind of the output, or use “collect”",
                ),
            );
            self.tell(Line::Heading, Some(Column::Output(0)), flaw);
        }
    }
}
