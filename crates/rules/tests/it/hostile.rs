//! Text from anywhere: nothing panics, and every "no" names its cell and a remedy.

use proptest::prelude::*;
use rules::bounds;
use rules::cell::Cell;
use rules::cell::Commas;
use rules::dmn;
use rules::expr::Expr;
use rules::grid::Grid;
use rules::kind::Kind;
use rules::problem::{Column, Line};
use rules::report::report;
use rules::value::Value;

use crate::generate::kind;
use crate::world::rates;

/// Text that looks like a cell, more often than chance would make it.
fn cellish() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "<",
        "<=",
        ">",
        ">=",
        "=",
        "!=",
        "[",
        "]",
        "(",
        ")",
        "..",
        ",",
        "，",
        "-",
        "not(",
        "null",
        "true",
        "date(",
        "\"",
        "@\"",
        "2026-01-01",
        "\"2026-02-30\"",
        "1",
        "0.5",
        ".5",
        "1.",
        "50,000",
        "99999999999999999999999999999999",
        "金额",
        "x",
        "+",
        "*",
        "**",
        "/",
        "round(",
        "half_up",
        "%",
        " ",
        "\\",
        "\u{0}",
        "甲",
        "≥",
        "“",
        "）",
        "e",
        "-0",
        "\u{200b}",
        "\u{feff}",
        "🙂",
    ]);
    prop_oneof![
        3 => prop::collection::vec(words, 0..14).prop_map(|parts| parts.concat()),
        1 => any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn no_condition_panics_and_what_is_read_can_be_written(text in cellish(), kind in kind()) {
        for commas in [Commas::Doubted, Commas::Standard] {
            match Cell::read(&text, &kind, commas) {
                Ok(cell) => prop_assert_eq!(Cell::read(&cell.text(), &kind, commas), Ok(cell)),
                Err(flaw) => {
                    let told = [&flaw.zh, &flaw.en, &flaw.remedy, &flaw.remedy_en];
                    prop_assert!(told.iter().all(|it| !it.is_empty()), "{flaw:?}");
                    let length = text.chars().count();
                    prop_assert!(flaw.chars.is_none_or(|(a, b)| a <= b && b <= length), "{flaw:?}");
                }
            }
        }
    }

    #[test]
    fn no_result_panics_and_what_is_read_can_be_written(text in cellish(), kind in kind()) {
        let keys = vec!["金额".to_owned(), "x".to_owned()];
        let inputs = [Value::number("79228162514264337593543950335").unwrap(), Value::Null];
        match Expr::read(&text, &keys) {
            Ok(expr) => {
                let written = expr.text(&keys);
                if written.chars().count() <= bounds::CELL {
                    prop_assert_eq!(Expr::read(&written, &keys), Ok(expr.clone()), "{}", written);
                }
                let _ = expr.eval(&inputs);
                let _ = expr.fit(&kind, &[Kind::Number, Kind::Text]);
            }
            Err(flaw) => {
                let told = [&flaw.zh, &flaw.en, &flaw.remedy, &flaw.remedy_en];
                prop_assert!(told.iter().all(|it| !it.is_empty()), "{flaw:?}");
            }
        }
    }

    #[test]
    fn a_table_with_any_text_in_a_cell_names_that_cell(
        text in cellish(), row in 0..4_usize, column in 0..3_usize,
    ) {
        let mut table = rates();
        let (place, cell) = match column {
            2 => (Column::Output(0), &mut table.rows[row].then[0]),
            n => (Column::Input(n), &mut table.rows[row].when[n]),
        };
        *cell = text;
        if let Err(problems) = Grid::read(&table, Commas::Doubted) {
            prop_assert_eq!(problems.len(), 1);
            let at = problems[0].place;
            prop_assert_eq!((at.line, at.column), (Line::Row(row), Some(place)));
            let named = format!("第 {} 行「", row + 1);
            prop_assert!(problems[0].message.starts_with(&named), "{}", problems[0].message);
            prop_assert!(!problems[0].remedy.is_empty());
        } else {
            let _ = report(&table);
        }
    }

    #[test]
    fn no_bytes_panic_the_reader_of_xml(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(dmn::read(&bytes).is_err());
    }

    #[test]
    fn a_file_with_a_few_bytes_changed_is_read_or_refused(
        at in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut bytes = dmn::write(&Grid::read(&rates(), Commas::Doubted).unwrap()).into_bytes();
        for (index, byte) in at {
            let n = index.index(bytes.len());
            bytes[n] = byte;
        }
        if let Ok(found) = dmn::read(&bytes) {
            for it in found {
                if let Ok(table) = it.table {
                    let _ = report(&table);
                }
            }
        }
    }
}

#[test]
fn what_is_too_large_is_refused() {
    let long = "1,".repeat(bounds::CELL);
    assert_eq!(
        Cell::read(&long, &Kind::Int, Commas::Standard)
            .unwrap_err()
            .code,
        "cell_too_long"
    );
    let many = "1,".repeat(bounds::TESTS) + "1";
    assert_eq!(
        Cell::read(&many, &Kind::Int, Commas::Standard)
            .unwrap_err()
            .code,
        "too_many_tests"
    );
    let deep = format!(
        "{}1{}",
        "(".repeat(bounds::NESTING),
        ")".repeat(bounds::NESTING)
    );
    assert_eq!(Expr::read(&deep, &[]).unwrap_err().code, "too_deep");
    let fine = format!(
        "{}1{}",
        "(".repeat(bounds::NESTING - 1),
        ")".repeat(bounds::NESTING - 1)
    );
    assert!(Expr::read(&fine, &[]).is_ok());
}
