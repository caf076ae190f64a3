//! A table as DMN 1.5 XML 写出 DMN.

use std::fmt::Write as _;

use super::note::{ColumnNote, TableNote, type_ref};
use super::{MODELS, OWN};
use crate::grid::Grid;
use crate::kind::Kind;
use crate::table::{Hit, Input, Label, Output, Table};
use crate::value::Value;

/// Writes the table; equal tables give equal bytes.
#[must_use]
pub fn write(grid: &Grid) -> String {
    let table = grid.table();
    let mut xml = Xml {
        text: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned(),
        depth: 0,
    };
    let namespace = format!("urn:baton:table:{}", table.key);
    let frame = [
        ("xmlns", MODELS[0]),
        ("xmlns:baton", OWN),
        ("namespace", namespace.as_str()),
        ("name", table.key.as_str()),
    ];
    xml.open("definitions", &frame);
    xml.open(
        "decision",
        &[
            ("id", "_decision"),
            ("name", &table.key),
            ("label", &table.title.zh),
        ],
    );
    let note = TableNote {
        en: table.title.en.clone(),
        examples: table.examples.clone(),
    };
    if !note.en.is_empty() || !note.examples.is_empty() {
        xml.note("baton:table", &note);
    }
    xml.empty("variable", &[("name", &table.key)]);
    for n in 1..=table.inputs.len() {
        xml.open("informationRequirement", &[]);
        xml.empty("requiredInput", &[("href", &format!("#_input.{n}"))]);
        xml.close("informationRequirement");
    }
    decision_table(&mut xml, table);
    xml.close("decision");
    for (n, input) in table.inputs.iter().enumerate() {
        let id = format!("_input.{}", n + 1);
        xml.open("inputData", &[("id", &id), ("name", &input.key)]);
        let variable = [
            ("name", input.key.as_str()),
            ("typeRef", type_ref(&input.holds)),
        ];
        xml.empty("variable", &variable);
        xml.close("inputData");
    }
    xml.close("definitions");
    xml.text
}

fn decision_table(xml: &mut Xml, table: &Table) {
    let (policy, aggregation) = policy(table.hit);
    xml.open(
        "decisionTable",
        &[("hitPolicy", policy), ("aggregation", aggregation)],
    );
    for input in &table.inputs {
        input_column(xml, input);
    }
    for (n, output) in table.outputs.iter().enumerate() {
        let default = table.default.as_ref().and_then(|cells| cells.get(n));
        output_column(xml, output, default);
    }
    for row in &table.rows {
        xml.open("rule", &[("id", &row.id), ("label", &row.label)]);
        if !row.note.is_empty() {
            xml.leaf("description", &row.note);
        }
        for cell in &row.when {
            xml.boxed("inputEntry", &[], cell);
        }
        for cell in &row.then {
            xml.boxed("outputEntry", &[], cell);
        }
        xml.close("rule");
    }
    xml.close("decisionTable");
}

fn input_column(xml: &mut Xml, input: &Input) {
    xml.open("input", &[("label", &input.label.zh)]);
    let listed = !input.allowed.is_empty();
    column_note(xml, &input.holds, &input.label, input.optional, listed);
    let typed = [("typeRef", type_ref(&input.holds))];
    xml.boxed("inputExpression", &typed, &input.key);
    if listed {
        xml.boxed("inputValues", &[], &input.allowed);
    } else if let Kind::Enum { choices } = &input.holds {
        let codes = choices
            .iter()
            .map(|it| Value::Text(it.code.clone()).literal());
        xml.boxed("inputValues", &[], &codes.collect::<Vec<_>>().join(", "));
    }
    xml.close("input");
}

fn output_column(xml: &mut Xml, output: &Output, default: Option<&String>) {
    let named = [
        ("name", output.key.as_str()),
        ("label", output.label.zh.as_str()),
        ("typeRef", type_ref(&output.holds)),
    ];
    xml.open("output", &named);
    let listed = !output.values.is_empty();
    column_note(xml, &output.holds, &output.label, false, listed);
    if listed {
        xml.boxed("outputValues", &[], &output.values.join(", "));
    } else if let Kind::Enum { choices } = &output.holds {
        let codes = choices
            .iter()
            .map(|it| Value::Text(it.code.clone()).literal());
        xml.boxed("outputValues", &[], &codes.collect::<Vec<_>>().join(", "));
    }
    if let Some(cell) = default {
        xml.boxed("defaultOutputEntry", &[], cell);
    }
    xml.close("output");
}

fn column_note(xml: &mut Xml, kind: &Kind, label: &Label, optional: bool, listed: bool) {
    let note = ColumnNote {
        holds: kind.clone(),
        en: label.en.clone(),
        optional,
        listed,
    };
    xml.note("baton:column", &note);
}

pub(super) fn policy(hit: Hit) -> (&'static str, &'static str) {
    match hit {
        Hit::Unique => ("UNIQUE", ""),
        Hit::Any => ("ANY", ""),
        Hit::First => ("FIRST", ""),
        Hit::Priority => ("PRIORITY", ""),
        Hit::RuleOrder => ("RULE ORDER", ""),
        Hit::OutputOrder => ("OUTPUT ORDER", ""),
        Hit::Collect => ("COLLECT", ""),
        Hit::Sum => ("COLLECT", "SUM"),
        Hit::Min => ("COLLECT", "MIN"),
        Hit::Max => ("COLLECT", "MAX"),
        Hit::Count => ("COLLECT", "COUNT"),
    }
}

struct Xml {
    text: String,
    depth: usize,
}

impl Xml {
    fn start(&mut self, name: &str, attributes: &[(&str, &str)], end: &str) {
        let _ = write!(self.text, "{:1$}<{name}", "", 2 * self.depth);
        for (key, value) in attributes.iter().filter(|(_, value)| !value.is_empty()) {
            let _ = write!(self.text, " {key}=\"{}\"", escaped(value));
        }
        self.text.push_str(end);
    }

    fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.start(name, attributes, ">\n");
        self.depth += 1;
    }

    fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.start(name, attributes, "/>\n");
    }

    fn close(&mut self, name: &str) {
        self.depth -= 1;
        let _ = writeln!(self.text, "{:1$}</{name}>", "", 2 * self.depth);
    }

    fn leaf(&mut self, name: &str, text: &str) {
        self.start(name, &[], ">");
        let _ = writeln!(self.text, "{}</{name}>", escaped(text));
    }

    /// An element that holds its text in `<text>`.
    fn boxed(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.open(name, attributes);
        self.leaf("text", text);
        self.close(name);
    }

    fn note(&mut self, name: &str, note: &impl serde::Serialize) {
        // Notes are strings, lists and maps with string keys, which always serialise.
        let json = serde_json::to_string(note).unwrap_or_default();
        self.open("extensionElements", &[]);
        self.leaf(name, &json);
        self.close("extensionElements");
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // Examples may hold what a parser would smooth away.
            c if c.is_control() => {
                let _ = write!(out, "&#{};", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}
