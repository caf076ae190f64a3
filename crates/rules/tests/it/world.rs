//! Tables as a clerk would write them, and short ways to ask them.

use std::collections::BTreeMap;

use kernel::{Period, Refusal};
use rules::cell::Commas;
use rules::grid::Grid;
use rules::index::Index;
use rules::kind::Kind;
use rules::publish::{Published, publish};
use rules::table::{Hit, Input, Label, Output, Row, Table};
use serde_json::Value as Json;

pub fn input(key: &str, holds: Kind) -> Input {
    Input {
        key: key.into(),
        label: Label::of(key, ""),
        holds,
        allowed: String::new(),
        optional: false,
    }
}

pub fn output(key: &str, holds: Kind) -> Output {
    Output {
        key: key.into(),
        label: Label::of(key, ""),
        holds,
        values: Vec::new(),
    }
}

/// Rows as lines: cells parted by `|`, results behind `=>`.
pub fn table(hit: Hit, inputs: Vec<Input>, outputs: Vec<Output>, rows: &[&str]) -> Table {
    let cells = |part: &str| {
        part.split('|')
            .map(|cell| cell.trim().to_owned())
            .collect::<Vec<_>>()
    };
    let row = |(n, line): (usize, &&str)| {
        let (when, then) = line.split_once("=>").unwrap();
        Row {
            id: format!("r{}", n + 1),
            label: String::new(),
            note: String::new(),
            when: cells(when),
            then: cells(then),
        }
    };
    Table {
        key: "test".into(),
        title: Label::of("试算表", "trial"),
        hit,
        inputs,
        outputs,
        rows: rows.iter().enumerate().map(row).collect(),
        default: None,
        examples: Vec::new(),
    }
}

/// The rate by what was received and in which stage: the table of the design.
pub fn rates() -> Table {
    let mut amount = input("金额", Kind::Money);
    amount.allowed = ">=0".into();
    let stage = input("阶段", Kind::of_choices(&["跟进中", "已签约", "已回款"]));
    table(
        Hit::Unique,
        vec![amount, stage],
        vec![output("比例", Kind::Rate)],
        &[
            "-          | 跟进中         => 0",
            "<30000     | 已签约, 已回款 => 0.02",
            ">=30000    | 已签约         => 0.025",
            ">=30000    | 已回款         => 0.035",
        ],
    )
}

pub fn index(table: &Table) -> Index {
    Index::of(Grid::read(table, Commas::Doubted).unwrap())
}

pub fn always() -> Period {
    Period {
        from: "2020-01-01".parse().unwrap(),
        until: None,
    }
}

pub fn published(table: &Table) -> Published {
    publish(table, 1, always()).unwrap()
}

pub fn refused(table: &Table) -> Refusal {
    publish(table, 1, always()).unwrap_err()
}

pub fn given(json: &Json) -> BTreeMap<String, Json> {
    json.as_object().unwrap().clone().into_iter().collect()
}

/// The answer of the table as JSON.
pub fn ask(table: &Table, facts: &Json) -> Json {
    let index = index(table);
    let facts = rules::facts::Facts::read(table, &given(facts)).unwrap();
    index
        .decide(&facts)
        .unwrap()
        .answer
        .write(index.grid().table())
}
