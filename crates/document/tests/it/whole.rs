//! Nothing that a document may say is left off its paper.

use document::{Content, Field, FieldKind, Fonts, Kind, Manifest, Press, Rows, Template, Value};
use serde_json::{Map, Value as Json, json};

use crate::printing::print;

/// Facts that are said only in some cases, and what stays inside when a paper goes to a customer.
const SAID_OTHERWISE: [(Kind, &str); 17] = [
    (Kind::HandoverList, "items.plan"),
    (Kind::CustomerLetter, "plan"),
    (Kind::CustomerLetter, "plan_state"),
    (Kind::CustomerLetter, "as_of"),
    (Kind::CustomerLetter, "giver"),
    (Kind::CustomerLetter, "giver_department"),
    (Kind::CustomerLetter, "receiver"),
    (Kind::CustomerLetter, "receiver_department"),
    (Kind::ReceivableStatement, "plan"),
    (Kind::ReceivableStatement, "plan_state"),
    (Kind::ReceivableStatement, "effective_on"),
    (Kind::ReceivableStatement, "giver"),
    (Kind::ReceivableStatement, "giver_department"),
    (Kind::ReceivableStatement, "receiver"),
    (Kind::ReceivableStatement, "receiver_department"),
    (Kind::ReceivableStatement, "invoices.overdue_days"),
    (Kind::ReassignmentAgreement, "contract_change"),
];

/// The facts of a sample as they must be found in the text, with the path of their field.
fn said(fields: &[Field], content: &Content, at: &str, into: &mut Vec<(String, Vec<String>)>) {
    for field in fields {
        let path = format!("{at}{}", field.key);
        let forms = match content.get(&field.key) {
            None | Some(Value::Yes(_)) => continue,
            Some(Value::Text(text)) => text.lines().map(str::to_owned).collect(),
            Some(Value::Day(day)) => {
                let date = day.date();
                let zh = format!("{}年{}月{}日", date.year(), date.month(), date.day());
                into.push((path, vec![zh, day.to_string()]));
                continue;
            }
            Some(Value::Money(fen)) => vec![fen.to_string()],
            Some(Value::Count(number)) => vec![number.to_string()],
            Some(Value::List(Rows(rows))) => {
                for row in rows {
                    said(&field.columns, row, &format!("{path}."), into);
                }
                continue;
            }
        };
        into.extend(forms.into_iter().map(|form| (path.clone(), vec![form])));
    }
}

fn bare(text: &str) -> String {
    text.split_whitespace().collect()
}

#[test]
fn a_paper_says_every_fact_of_its_manifest() {
    for kind in Kind::ALL {
        let manifest = kind.manifest();
        let content = manifest.sample(3);
        let text = bare(&print(kind, &content).unwrap().pages.concat());
        let mut facts = Vec::new();
        said(&manifest.fields, &content, "", &mut facts);
        for (path, forms) in facts {
            let otherwise = SAID_OTHERWISE.contains(&(kind, path.as_str()));
            let found = forms.iter().any(|form| text.contains(&bare(form)));
            assert!(
                found || otherwise,
                "{kind:?}: {path} {forms:?} is not on the paper"
            );
        }
    }
}

#[test]
fn every_field_that_is_left_out_is_left_out_neatly() {
    for kind in Kind::ALL {
        let mut content = kind.manifest().sample(0);
        for field in kind.manifest().fields.iter().filter(|field| field.optional) {
            content.remove(&field.key);
        }
        let text = print(kind, &content).unwrap().pages.concat();
        for word in ["none", "true", "false", "dictionary", "()"] {
            assert!(!text.contains(word), "{kind:?} says {word}");
        }
    }
}

#[test]
fn long_lists_go_on_over_pages_in_every_document() {
    for kind in Kind::ALL {
        let content = kind.manifest().sample(120);
        let printed = print(kind, &content).unwrap();
        let last = printed.pages.len();
        for (n, page) in printed.pages.iter().enumerate() {
            let foot = format!("第 {} 页　共 {last} 页", n + 1);
            assert!(page.contains(&foot), "{kind:?}: {foot}");
            assert!(
                page.contains(&printed.code),
                "{kind:?}: no code on page {}",
                n + 1
            );
        }
        let rows = |field: &&Field| field.kind == FieldKind::List && field.sample_rows.is_none();
        let long = kind.manifest().fields.iter().filter(rows).count();
        assert!(long == 0 || last >= 3, "{kind:?}: {last} pages");
    }
}

/// What a browser sends for these facts.
fn asked(fields: &[&Field], content: &Content) -> Map<String, Json> {
    let each = fields.iter().filter_map(|field| {
        let value = match content.get(&field.key)? {
            Value::Text(text) => json!(text),
            Value::Day(day) => json!(day),
            Value::Money(fen) => json!(fen),
            Value::Count(number) => json!(number),
            Value::Yes(yes) => json!(yes),
            Value::List(Rows(rows)) => {
                let columns: Vec<&Field> = field.columns.iter().collect();
                rows.iter()
                    .map(|row| Json::Object(asked(&columns, row)))
                    .collect()
            }
        };
        Some((field.key.clone(), value))
    });
    each.collect()
}

fn typed(manifest: &Manifest, content: &Content) -> Content {
    let mut content = content.clone();
    content.retain(|key, _| manifest.typed().any(|field| field.key == *key));
    content
}

#[test]
fn the_examples_of_what_is_filled_in_can_be_filled_in() {
    for kind in Kind::ALL {
        let manifest = kind.manifest();
        let content = manifest.sample(2);
        let fields: Vec<&Field> = manifest.typed().collect();
        let read = manifest.read(&asked(&fields, &content));
        let read = read.unwrap_or_else(|wrong| panic!("{kind:?}: {wrong:?}"));
        assert_eq!(read, typed(manifest, &content), "{kind:?}");
        for field in fields {
            assert!(
                !field.en.is_empty(),
                "{kind:?}.{} has no English name",
                field.key
            );
        }
    }
}

#[test]
fn rare_characters_print_in_every_document() {
    fn renamed(content: &mut Content, name: &str) {
        for value in content.values_mut() {
            match value {
                Value::Text(text) => text.push_str(name),
                Value::List(Rows(rows)) => rows.iter_mut().for_each(|row| renamed(row, name)),
                _ => {}
            }
        }
    }
    let press = Press::new(Fonts::shipped());
    for kind in Kind::ALL {
        let mut content = kind.manifest().sample(2);
        renamed(&mut content, "䶮㛃𬭊");
        let printed = print(kind, &content).unwrap();
        assert!(printed.pages.concat().contains("䶮㛃𬭊"), "{kind:?}");
        let short = Template::shipped(kind).short_version().to_owned();
        assert!(printed.pages[0].contains(&short), "{kind:?}");
        assert!(
            String::from_utf8_lossy(&printed.bytes).contains("pdfaid"),
            "{kind:?}"
        );
    }
    assert!(!press.fonts().is_empty());
}
