//! Tables and facts out of thin air.

use proptest::prelude::*;
use rules::kind::Kind;
use rules::table::{Hit, Table};
use rules::value::Value;

use crate::world::{input, output, table};

/// The kinds a column may have here.
pub fn kind() -> impl Strategy<Value = Kind> {
    prop_oneof![
        Just(Kind::Money),
        Just(Kind::Rate),
        Just(Kind::Int),
        Just(Kind::Number),
        Just(Kind::Date),
        Just(Kind::Bool),
        Just(Kind::Text),
        Just(Kind::of_choices(&["甲", "乙", "丙 丁", "d-\"e"])),
    ]
}

/// A value from a small range, so that ends and facts meet often.
pub fn value(kind: &Kind) -> BoxedStrategy<Value> {
    let number = |text: String| Value::number(&text).unwrap();
    match kind {
        Kind::Money => (-5..15_i64, 0..3_i64)
            .prop_map(move |(a, b)| number(format!("{a}.{b:02}")))
            .boxed(),
        Kind::Rate => (0..5_i64)
            .prop_map(move |n| number(format!("0.00000{n}")))
            .boxed(),
        Kind::Number => (-3..5_i64, 0..3_i64)
            .prop_map(move |(a, b)| number(format!("{a}.{b}")))
            .boxed(),
        Kind::Int | Kind::Days => (-5..15_i64)
            .prop_map(move |n| number(n.to_string()))
            .boxed(),
        Kind::Date => (0..12_i64)
            .prop_map(|n| Value::Day(kernel::Day::of(2026, 2, 25).unwrap().plus_days(n)))
            .boxed(),
        Kind::Bool => any::<bool>().prop_map(Value::Bool).boxed(),
        Kind::Text => "[a-c \"甲]{0,2}".prop_map(Value::Text).boxed(),
        Kind::Enum { choices } => {
            let codes: Vec<String> = choices.iter().map(|it| it.code.clone()).collect();
            prop::sample::select(codes).prop_map(Value::Text).boxed()
        }
    }
}

fn test(kind: &Kind) -> BoxedStrategy<String> {
    let equal = value(kind).prop_map(|it| it.literal());
    if !kind.is_ordered() {
        return equal.boxed();
    }
    let sign = prop::sample::select(vec!["<", "<=", ">", ">=", "!=", "="]);
    let compared = (sign, value(kind)).prop_map(|(sign, it)| format!("{sign}{}", it.literal()));
    let range =
        (value(kind), value(kind), any::<bool>(), any::<bool>()).prop_map(|(a, b, c, d)| {
            let (low, high) = if a <= b { (a, b) } else { (b, a) };
            let shut = low == high;
            let (open, close) = (
                if c || shut { '[' } else { '(' },
                if d || shut { ']' } else { ')' },
            );
            format!("{open}{}..{}{close}", low.literal(), high.literal())
        });
    prop_oneof![equal, compared, range].boxed()
}

/// A cell that can be read.
pub fn cell(kind: &Kind) -> BoxedStrategy<String> {
    let tests = prop::collection::vec(test(kind), 1..4).prop_map(|tests| tests.join(", "));
    let negated = tests.clone().prop_map(|tests| format!("not({tests})"));
    prop_oneof![2 => Just("-".to_owned()), 4 => tests, 1 => negated].boxed()
}

/// A table of one to three columns and up to six rows, its cells readable.
pub fn small_table() -> impl Strategy<Value = Table> {
    let hits = prop::sample::select(Hit::ALL.to_vec());
    (hits, prop::collection::vec((kind(), any::<bool>()), 1..4)).prop_flat_map(|(hit, columns)| {
        let cells: Vec<_> = columns.iter().map(|(kind, _)| cell(kind)).collect();
        let row = (cells, 0..4_i64);
        prop::collection::vec(row, 0..7).prop_map(move |rows| {
            let inputs = columns.iter().enumerate().map(|(n, (kind, optional))| {
                let mut input = input(&format!("x{n}"), kind.clone());
                input.optional = *optional;
                input
            });
            let mut result = output("m", Kind::Int);
            result.values = ["0", "1", "2", "3"].map(str::to_owned).to_vec();
            let mut made = table(hit, inputs.collect(), vec![result], &[]);
            for (n, (when, then)) in rows.iter().enumerate() {
                made.rows.push(rules::table::Row {
                    id: format!("r{n}"),
                    label: String::new(),
                    note: if n == 0 {
                        "为何 <有> & \"它\"".into()
                    } else {
                        String::new()
                    },
                    when: when.clone(),
                    then: vec![then.to_string()],
                });
            }
            made
        })
    })
}

/// Facts for a table, null where the column may be so.
pub fn facts(table: &Table) -> BoxedStrategy<Vec<Value>> {
    let each: Vec<BoxedStrategy<Value>> = table
        .inputs
        .iter()
        .map(|input| {
            if input.optional {
                prop_oneof![5 => value(&input.holds), 1 => Just(Value::Null)].boxed()
            } else {
                value(&input.holds)
            }
        })
        .collect();
    each.boxed()
}

/// A table and some facts for it.
pub fn asked() -> impl Strategy<Value = (Table, Vec<Vec<Value>>)> {
    small_table().prop_flat_map(|table| {
        let many = prop::collection::vec(facts(&table), 1..40);
        (Just(table), many)
    })
}
