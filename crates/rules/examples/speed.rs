//! How many decisions a second, on one core 裁决速度.
//!
//! `cargo run --release -p rules --example speed` prints a table: rows, policy, decisions a
//! second, and how long reading, indexing and proving took.

use std::hint::black_box;
use std::time::Instant;

use rules::analyse::analyse;
use rules::cell::Commas;
use rules::facts::Facts;
use rules::grid::Grid;
use rules::index::Index;
use rules::kind::Kind;
use rules::table::{Hit, Input, Label, Output, Row, Table};
use rules::value::Value;

const INDUSTRIES: [&str; 5] = ["制造", "零售", "软件", "医药", "其他"];
const STEPS: usize = 10_000;

/// `bands` bands of money, five industries, new and old customers; one row each.
fn table(bands: usize, hit: Hit, calculated: bool) -> Table {
    let input = |key: &str, holds: Kind, allowed: &str| Input {
        key: key.to_owned(),
        label: Label::of(key, ""),
        holds,
        allowed: allowed.to_owned(),
        optional: false,
    };
    let mut rows = Vec::new();
    for band in 0..bands {
        let (low, high) = (band * STEPS, (band + 1) * STEPS);
        let amount = if band + 1 == bands {
            format!(">={low}")
        } else {
            format!("[{low}..{high})")
        };
        for industry in INDUSTRIES {
            for new in ["true", "false"] {
                let rate = format!("0.0{:02}", rows.len() % 100);
                let then = if calculated {
                    format!("round(回款 * {rate}, 2, half_up)")
                } else {
                    rate
                };
                rows.push(Row {
                    id: format!("r{}", rows.len() + 1),
                    label: String::new(),
                    note: String::new(),
                    when: vec![amount.clone(), format!("\"{industry}\""), new.to_owned()],
                    then: vec![then],
                });
            }
        }
    }
    let holds = if calculated { Kind::Money } else { Kind::Rate };
    Table {
        key: "speed".to_owned(),
        title: Label::of("速度", "speed"),
        hit,
        inputs: vec![
            input("回款", Kind::Money, ">=0"),
            input("行业", Kind::of_choices(&INDUSTRIES), ""),
            input("新客户", Kind::Bool, ""),
        ],
        outputs: vec![Output {
            key: "提成".to_owned(),
            label: Label::of("提成", "commission"),
            holds,
            values: Vec::new(),
        }],
        rows,
        default: None,
        examples: Vec::new(),
    }
}

fn facts(table: &Table, bands: usize) -> Vec<Facts> {
    let mut all = Vec::new();
    for n in 0..4096_usize {
        let amount = (n * 7919) % (bands * STEPS + 500);
        let values = vec![
            Value::number(&format!("{amount}.{:02}", n % 100)).unwrap_or(Value::Null),
            Value::Text(INDUSTRIES[n % INDUSTRIES.len()].to_owned()),
            Value::Bool(n % 3 == 0),
        ];
        all.extend(Facts::of(table, values));
    }
    all
}

#[expect(clippy::disallowed_methods, reason = "a measurement needs the clock")]
fn measure(bands: usize, hit: Hit, calculated: bool) {
    let table = table(bands, hit, calculated);
    let start = Instant::now();
    let Ok(grid) = Grid::read(&table, Commas::Doubted) else {
        println!("the table does not read");
        return;
    };
    let index = Index::of(grid);
    let made = start.elapsed();
    let start = Instant::now();
    let analysis = analyse(&index);
    let proved = start.elapsed();
    let facts = facts(&table, bands);
    let rounds = 400;
    let start = Instant::now();
    for _ in 0..rounds {
        for it in &facts {
            let _ = black_box(index.decide(black_box(it)));
        }
    }
    let took = start.elapsed();
    let count = rounds * facts.len();
    let nanos = took.as_nanos() / count.max(1) as u128;
    let whole = analysis.proved && analysis.gaps.is_empty() && analysis.overlaps.is_empty();
    println!(
        "| {} | {} | {calculated} | {} | {nanos} | {} | {} | {whole} |",
        table.rows.len(),
        hit.sign(),
        1_000_000_000 / nanos.max(1),
        made.as_micros(),
        proved.as_micros(),
    );
}

fn main() {
    println!("| rows | policy | calculated | decisions/s | ns | read µs | prove µs | whole |");
    println!("| --- | --- | --- | --- | --- | --- | --- | --- |");
    measure(10, Hit::Unique, false);
    measure(10, Hit::Unique, true);
    measure(10, Hit::First, false);
    measure(10, Hit::Sum, false);
    measure(50, Hit::Unique, false);
}
