//! Columns of a DMN table and what they hold 列与类型.

use std::collections::BTreeMap;

use kernel::Refusal;
use roxmltree::Node;

use super::note::{ColumnNote, type_ref};
use super::read::{boxed, children, inner, note};
use crate::bounds;
use crate::cell::Commas;
use crate::cell::{Cell, Test};
use crate::expr::Expr;
use crate::kind::{Choice, Kind};
use crate::table::{Input, Label, Output};
use crate::value::Value;

/// The types a file defines: what each comes down to, and the types of its components.
pub(super) struct Types<'a, 'i> {
    base: BTreeMap<&'a str, String>,
    parts: BTreeMap<(&'a str, &'a str), String>,
    root: Node<'a, 'i>,
}

impl<'a, 'i> Types<'a, 'i> {
    pub fn of(root: Node<'a, 'i>) -> Types<'a, 'i> {
        let mut types = Types {
            base: BTreeMap::new(),
            parts: BTreeMap::new(),
            root,
        };
        let referred = |node: Node| -> Option<String> {
            let text = children(node, "typeRef").next()?.text()?;
            Some(text.trim().to_owned())
        };
        for item in children(root, "itemDefinition") {
            let Some(name) = item.attribute("name") else {
                continue;
            };
            if let Some(base) = referred(item) {
                types.base.insert(name, base);
            }
            for part in children(item, "itemComponent") {
                if let (Some(key), Some(base)) = (part.attribute("name"), referred(part)) {
                    types.parts.insert((name, key), base);
                }
            }
        }
        types
    }

    /// What a type comes down to: `number`, `string`, `boolean`, `date`.
    fn plain(&self, name: &str) -> Option<&'static str> {
        let mut name = name.to_owned();
        // A chain of names is short; a ring of them must end.
        for _ in 0..8 {
            let local = name.rsplit(':').next().unwrap_or(&name);
            let known = ["number", "string", "boolean", "date"]
                .into_iter()
                .find(|it| *it == local);
            if known.is_some() {
                return known;
            }
            name = self.base.get(name.as_str())?.clone();
        }
        None
    }

    /// The type of a datum that is called so, perhaps with a component behind a point.
    fn of_datum(&self, key: &str) -> Option<&'static str> {
        let named = |name: &str| {
            children(self.root, "inputData")
                .find(|it| it.attribute("name") == Some(name))
                .and_then(|it| children(it, "variable").next())
                .and_then(|it| it.attribute("typeRef"))
        };
        if let Some(name) = named(key) {
            return self.plain(name);
        }
        let (name, part) = key.split_once('.')?;
        self.plain(self.parts.get(&(named(name)?, part))?)
    }
}

fn kind(plain: Option<&str>) -> Kind {
    match plain {
        Some("number") => Kind::Number,
        Some("boolean") => Kind::Bool,
        Some("date") => Kind::Date,
        _ => Kind::Text,
    }
}

/// Our own note, when it still speaks of the same type.
fn own(node: Node, plain: Option<&str>) -> Option<ColumnNote> {
    let note: ColumnNote = note(node, "column")?;
    (plain.is_none() || plain == Some(type_ref(&note.holds))).then_some(note)
}

/// The texts of a list of literals, when it is nothing else.
fn literals(text: &str, kind: &Kind) -> Option<Vec<Value>> {
    let cell = Cell::read(text, kind, Commas::Standard).ok()?;
    let Cell::OneOf(tests) = cell else {
        return None;
    };
    let each = tests.into_iter().map(|test| match test {
        Test::Equal(value) => Some(value),
        _ => None,
    });
    each.collect()
}

fn label(node: Node, fallback: &str, en: String) -> Label {
    let zh = node
        .attribute("label")
        .filter(|it| !it.is_empty())
        .unwrap_or(fallback);
    Label {
        zh: zh.chars().take(bounds::LABEL).collect(),
        en,
    }
}

pub(super) fn input(node: Node, types: &Types) -> Result<Input, Refusal> {
    let expression = children(node, "inputExpression").next();
    let key = expression.map_or_else(String::new, inner);
    let named = expression.and_then(|it| it.attribute("typeRef"));
    let plain = named
        .and_then(|it| types.plain(it))
        .or_else(|| types.of_datum(&key));
    let mut allowed = boxed(node, "inputValues").unwrap_or_default();
    if named.is_some() && plain.is_none() {
        return Err(Refusal::invalid(
            "rules.dmn_type",
            format!("列「{key}」的类型不是数字、文本、是否或日期"),
            format!("column “{key}” holds no number, text, boolean or date"),
        )
        .remedy(("请把该列改为基本类型", "Give that column a basic type")));
    }
    if let Some(own) = own(node, plain) {
        let told = matches!(own.holds, Kind::Enum { .. }) && !own.listed;
        if told {
            allowed.clear();
        }
        let label = label(node, &key, own.en);
        return Ok(Input {
            key,
            label,
            holds: own.holds,
            allowed,
            optional: own.optional,
        });
    }
    let mut holds = kind(plain);
    if let (Kind::Text, Some(values)) = (&holds, literals(&allowed, &Kind::Text)) {
        let choices = values.iter().filter_map(|value| match value {
            Value::Text(code) => Some(Choice::plain(code)),
            _ => None,
        });
        holds = Kind::Enum {
            choices: choices.collect(),
        };
        allowed.clear();
    }
    let label = label(node, &key, String::new());
    Ok(Input {
        key,
        label,
        holds,
        allowed,
        optional: false,
    })
}

pub(super) fn outputs(decision: Node, table: Node, name: &str, types: &Types) -> Vec<Output> {
    let nodes: Vec<Node> = children(table, "output")
        .take(bounds::OUTPUTS + 1)
        .collect();
    let single = nodes.len() == 1;
    let variable = children(decision, "variable")
        .next()
        .and_then(|it| it.attribute("typeRef"));
    let whole = table.attribute("typeRef").or(variable);
    let mut outputs = Vec::new();
    for (n, node) in nodes.into_iter().enumerate() {
        let key = node.attribute("name").unwrap_or(name);
        let part = || {
            whole
                .and_then(|it| types.parts.get(&(it, key)))
                .map(String::as_str)
        };
        let named = node
            .attribute("typeRef")
            .or_else(|| if single { whole } else { part() });
        let plain = named.and_then(|it| types.plain(it));
        let listed = boxed(node, "outputValues").unwrap_or_default();
        let own = own(node, plain);
        let holds = match &own {
            Some(own) => own.holds.clone(),
            None if plain.is_some() => kind(plain),
            None => guessed(table, n),
        };
        let told = own.as_ref().is_some_and(|it| !it.listed);
        let values = if told {
            None
        } else {
            literals(&listed, &holds)
        };
        let values = values
            .unwrap_or_default()
            .iter()
            .map(Value::literal)
            .collect();
        let outer = table
            .attribute("outputLabel")
            .filter(|_| single)
            .unwrap_or(key);
        let label = label(node, outer, own.map(|it| it.en).unwrap_or_default());
        outputs.push(Output {
            key: key.to_owned(),
            label,
            holds,
            values,
        });
    }
    outputs
}

/// What the results of a column are, when the file does not say.
fn guessed(table: Node, n: usize) -> Kind {
    let cells = children(table, "rule").filter_map(|rule| children(rule, "outputEntry").nth(n));
    let mut kinds = cells.map(|cell| match Expr::read(&inner(cell), &[]) {
        Ok(Expr::Constant(Value::Number(_))) => Some(Kind::Number),
        Ok(Expr::Constant(Value::Bool(_))) => Some(Kind::Bool),
        Ok(Expr::Constant(Value::Day(_))) => Some(Kind::Date),
        _ => None,
    });
    let first = kinds.next().flatten();
    let same = kinds.all(|kind| kind == first);
    first.filter(|_| same).unwrap_or(Kind::Text)
}

/// The default row, when every output has its cell.
pub(super) fn default(table: Node) -> Option<Vec<String>> {
    let cells: Vec<Option<String>> = children(table, "output")
        .map(|it| boxed(it, "defaultOutputEntry"))
        .collect();
    cells
        .into_iter()
        .collect::<Option<Vec<_>>>()
        .filter(|it| !it.is_empty())
}
