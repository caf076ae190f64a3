//! Asks a decision of the kit: as a table, as a condition, or as a result cell.

use std::collections::BTreeMap;

use roxmltree::{Document, Node};
use rules::answer::Answer;
use rules::cell::Cell;
use rules::cell::Commas;
use rules::dmn::{self, Found};
use rules::expr::{Expr, Undefined};
use rules::facts::Facts;
use rules::grid::Grid;
use rules::index::Index;
use rules::kind::Kind;
use rules::table::Table;
use rules::value::Value;

use super::expected::Expected;

/// A file of the kit: its tables as our reader sees them, its literal expressions as text.
pub struct Model {
    found: Vec<Found>,
    literals: BTreeMap<String, String>,
}

impl Model {
    pub fn of(bytes: &[u8]) -> Model {
        let text = std::str::from_utf8(bytes).unwrap();
        let document = Document::parse(text).unwrap();
        let mut literals = BTreeMap::new();
        for decision in document
            .descendants()
            .filter(|it| it.tag_name().name() == "decision")
        {
            let literal = decision
                .children()
                .find(|it| it.tag_name().name() == "literalExpression");
            let text =
                literal.and_then(|it| it.descendants().find(|it| it.tag_name().name() == "text"));
            if let (Some(name), Some(text)) = (decision.attribute("name"), text) {
                literals.insert(name.to_owned(), text.text().unwrap_or("").trim().to_owned());
            }
        }
        Model {
            found: dmn::read(bytes).unwrap(),
            literals,
        }
    }

    /// Runs every result of a case.
    pub fn run(&self, case: Node) -> Result<&'static str, String> {
        let given = given(case);
        let mut how = Err("the case asks nothing".to_owned());
        for result in case
            .children()
            .filter(|it| it.tag_name().name() == "resultNode")
        {
            let expected = result
                .children()
                .find(|it| it.tag_name().name() == "expected");
            let expected = Expected::of(expected.ok_or("nothing is expected")?);
            let name = result.attribute("name").unwrap_or("");
            how = Ok(self.result(name, &given, &expected)?);
        }
        how
    }

    fn result(
        &self,
        name: &str,
        given: &BTreeMap<String, Value>,
        expected: &Expected,
    ) -> Result<&'static str, String> {
        if let Some(text) = self.literals.get(name) {
            if let Some((value, cell)) = as_condition(text) {
                let holds = cell.holds(&value);
                return same("condition", &Expected::Plain(Value::Bool(holds)), expected);
            }
            let value = as_result(text, given)?;
            return same("result", &Expected::Plain(value), expected);
        }
        let (answer, table) = self.answer(name, given)?;
        if expected.is(&answer, &table) {
            return Ok("table");
        }
        Err(format!("expected {expected:?}, got {answer:?}"))
    }

    fn answer(
        &self,
        name: &str,
        given: &BTreeMap<String, Value>,
    ) -> Result<(Answer, Table), String> {
        let found = self
            .found
            .iter()
            .find(|it| it.name == name)
            .ok_or("no such decision")?;
        let table = found.table.clone().map_err(|refusal| refusal.message_en)?;
        let index =
            Index::of(Grid::read(&table, Commas::Standard).map_err(|it| format!("{it:?}"))?);
        let values = table
            .inputs
            .iter()
            .map(|it| given.get(&it.key).cloned().unwrap_or(Value::Null));
        let facts = Facts::of(&table, values.collect()).map_err(|refusal| refusal.message_en)?;
        let decision = index.decide(&facts).map_err(|refusal| refusal.message_en)?;
        Ok((decision.answer, table))
    }

    /// The whole number a table of the file says.
    pub fn number(&self, name: &str, case: Node) -> i64 {
        match self.answer(name, &given(case)).unwrap().0 {
            Answer::One(values) => match values[0] {
                Value::Number(number) => i64::try_from(number).unwrap(),
                _ => panic!("{name} says no number"),
            },
            other => panic!("{name} says {other:?}"),
        }
    }
}

fn same(how: &'static str, got: &Expected, expected: &Expected) -> Result<&'static str, String> {
    if got == expected {
        Ok(how)
    } else {
        Err(format!("expected {expected:?}, got {got:?}"))
    }
}

/// The facts of a case; components by their path (`loan.rate`).
fn given(case: Node) -> BTreeMap<String, Value> {
    let mut all = BTreeMap::new();
    for node in case
        .children()
        .filter(|it| it.tag_name().name() == "inputNode")
    {
        flatten(
            node.attribute("name").unwrap_or(""),
            &Expected::of(node),
            &mut all,
        );
    }
    all
}

fn flatten(path: &str, value: &Expected, all: &mut BTreeMap<String, Value>) {
    match value {
        Expected::Plain(value) => {
            all.insert(path.to_owned(), value.clone());
        }
        Expected::Parts(parts) => {
            parts
                .iter()
                .for_each(|(name, it)| flatten(&format!("{path}.{name}"), it, all));
        }
        Expected::List(_) | Expected::Foreign(_) => {}
    }
}

/// `1 in [2..4)` and `5 between 1 and 10` are a value and a condition.
fn as_condition(text: &str) -> Option<(Value, Cell)> {
    let (value, cell) = match text.split_once(" between ") {
        Some((value, ends)) => {
            let (low, high) = ends.split_once(" and ")?;
            (value, format!("[{low}..{high}]"))
        }
        None => {
            let (value, cell) = text.split_once(" in ")?;
            (value, unlisted(cell.trim()))
        }
    };
    let Ok(Expr::Constant(value)) = Expr::read(value, &[]) else {
        return None;
    };
    let kind = match value {
        Value::Number(_) => Kind::Number,
        Value::Day(_) => Kind::Date,
        Value::Bool(_) => Kind::Bool,
        Value::Text(_) => Kind::Text,
        Value::Null => return None,
    };
    let cell = Cell::read(&cell, &kind, Commas::Standard).ok()?;
    Some((value, cell))
}

/// A cell is a list of tests already: `[1, 2]` and `(1, <5)` lose their brackets, ranges keep them.
fn unlisted(text: &str) -> String {
    let inside = text.get(1..text.len().saturating_sub(1)).unwrap_or("");
    let list = text.starts_with('[') && text.ends_with(']')
        || text.starts_with('(') && text.ends_with(')');
    let range = inside.contains("..") && !inside.contains("], [") && !inside.contains(", ");
    if list && !range {
        inside.to_owned()
    } else {
        text.to_owned()
    }
}

/// An expression as a result cell over the facts of the case; no result is null, as in FEEL.
fn as_result(text: &str, given: &BTreeMap<String, Value>) -> Result<Value, String> {
    let keys: Vec<String> = given.keys().cloned().collect();
    let values: Vec<Value> = given.values().cloned().collect();
    let expr = Expr::read(text, &keys).map_err(|flaw| flaw.en)?;
    // A bare word is the code of a choice in a table; in FEEL it is a name, and there is none.
    if matches!(&expr, Expr::Constant(Value::Text(_))) && !text.starts_with('"') {
        return Err("a name".to_owned());
    }
    match expr.eval(&values) {
        Ok(value) => Ok(value),
        Err(Undefined::Null | Undefined::DivisionByZero) => Ok(Value::Null),
        Err(why) => Err(why.words().1.to_owned()),
    }
}
