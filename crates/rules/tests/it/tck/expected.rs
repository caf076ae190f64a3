//! What a case of the kit expects.

use roxmltree::Node;
use rules::answer::Answer;
use rules::table::Table;
use rules::value::Value;

/// An expected result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// One value.
    Plain(Value),
    /// Values by name.
    Parts(Vec<(String, Expected)>),
    /// A list.
    List(Vec<Expected>),
    /// A type our tables do not have.
    Foreign(String),
}

const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

fn elements<'a, 'i>(node: Node<'a, 'i>) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(Node::is_element)
}

impl Expected {
    /// What stands within `expected`, `item`, `component` or `inputNode`.
    pub fn of(node: Node) -> Expected {
        let inside: Vec<Node> = elements(node).collect();
        match inside.first().map(|it| it.tag_name().name()) {
            Some("value") => value(inside[0]),
            Some("list") => Expected::List(elements(inside[0]).map(Expected::of).collect()),
            Some("component") => {
                let part = |it: &Node| {
                    (
                        it.attribute("name").unwrap_or("").to_owned(),
                        Expected::of(*it),
                    )
                };
                Expected::Parts(inside.iter().map(part).collect())
            }
            _ => Expected::Plain(Value::Null),
        }
    }

    pub fn number(number: i64) -> Expected {
        Expected::Plain(Value::Number(number.into()))
    }

    /// Whether the answer of a table is this.
    pub fn is(&self, answer: &Answer, table: &Table) -> bool {
        let row = |expected: &Expected, values: &Vec<Value>| match expected {
            Expected::Plain(value) => values.as_slice() == [value.clone()],
            Expected::Parts(parts) => {
                let pairs = table.outputs.iter().zip(values);
                let ours: Vec<_> = pairs
                    .map(|(it, value)| (it.key.clone(), Expected::Plain(value.clone())))
                    .collect();
                ours.len() == parts.len() && ours.iter().all(|it| parts.contains(it))
            }
            _ => false,
        };
        match (self, answer) {
            (Expected::Plain(Value::Null), Answer::None) => true,
            (expected, Answer::One(values)) => row(expected, values),
            (Expected::List(items), Answer::Many(rows)) => {
                items.len() == rows.len() && items.iter().zip(rows).all(|(a, b)| row(a, b))
            }
            _ => false,
        }
    }
}

fn value(node: Node) -> Expected {
    let text = node.text().unwrap_or("");
    if node.attribute((XSI, "nil")) == Some("true") {
        return Expected::Plain(Value::Null);
    }
    let read = match node
        .attribute((XSI, "type"))
        .and_then(|it| it.split(':').next_back())
    {
        Some("decimal") => Value::number(text.trim()),
        Some("boolean") => text.trim().parse().ok().map(Value::Bool),
        Some("date") => text.trim().parse().ok().map(Value::Day),
        Some("string") | None => Some(Value::Text(text.to_owned())),
        Some(_) => None,
    };
    read.map_or_else(|| Expected::Foreign(text.to_owned()), Expected::Plain)
}
