//! What a condition means, as a table: the cell, what passes, what does not.

use rules::cell::Cell;
use rules::cell::Commas;
use rules::kind::Kind;
use serde_json::json;

fn read(text: &str, kind: &Kind) -> Cell {
    match Cell::read(text, kind, Commas::Doubted) {
        Ok(cell) => cell,
        Err(flaw) => panic!("{text}: {flaw:?}"),
    }
}

#[test]
#[expect(
    clippy::too_many_lines,
    reason = "a table of cases, one after the other"
)]
fn a_cell_lets_pass_what_it_says() {
    let stage = Kind::of_choices(&["跟进中", "已签约", "SELF-EMPLOYED"]);
    // Kind, cell, values that pass, values that do not.
    let lines = [
        (Kind::Money, "-", json!(["0.01", "-5", null]), json!([])),
        (Kind::Money, "", json!(["0.01"]), json!([])),
        (
            Kind::Money,
            ">=30000",
            json!(["30000.00", "30000.01"]),
            json!(["29999.99", null]),
        ),
        (
            Kind::Money,
            "[100..200)",
            json!(["100", "199.99"]),
            json!(["200", "99.99"]),
        ),
        (
            Kind::Money,
            "]100..200]",
            json!(["100.01", "200"]),
            json!(["100", "200.01"]),
        ),
        (
            Kind::Money,
            "(100..200[",
            json!(["150"]),
            json!(["100", "200"]),
        ),
        (
            Kind::Money,
            "<1, >9",
            json!(["0.99", "9.01"]),
            json!(["1", "9"]),
        ),
        (
            Kind::Money,
            "not(1, [5..6])",
            json!(["2", "6.01"]),
            json!(["1", "5", "6", null]),
        ),
        (Kind::Money, "-1.50", json!(["-1.5"]), json!(["1.5"])),
        (Kind::Rate, "3.5%", json!(["0.035"]), json!(["3.5"])),
        (
            Kind::Rate,
            "[1%..5%)",
            json!(["0.01", "0.049999"]),
            json!(["0.05"]),
        ),
        (Kind::Int, "1, 2,3", json!([1, 2, 3]), json!([4])),
        (Kind::Int, "!=7", json!([6]), json!([7, null])),
        (Kind::Int, "=7", json!([7]), json!([8])),
        (Kind::Days, "<=30", json!([30, 0, -1]), json!([31])),
        (
            Kind::Date,
            ">=date(\"2026-01-01\")",
            json!(["2026-01-01"]),
            json!(["2025-12-31"]),
        ),
        (
            Kind::Date,
            "2026-02-28",
            json!(["2026-02-28"]),
            json!(["2026-03-01"]),
        ),
        (
            Kind::Date,
            "[@\"2026-01-01\"..2026-02-01)",
            json!(["2026-01-31"]),
            json!(["2026-02-01"]),
        ),
        (Kind::Bool, "true", json!([true]), json!([false])),
        (
            stage.clone(),
            "已签约",
            json!(["已签约"]),
            json!(["跟进中"]),
        ),
        (
            stage.clone(),
            "\"SELF-EMPLOYED\", 跟进中",
            json!(["跟进中", "SELF-EMPLOYED"]),
            json!(["已签约"]),
        ),
        (
            stage,
            "not(已签约)",
            json!(["跟进中"]),
            json!(["已签约", null]),
        ),
        (
            Kind::Text,
            "\"华东\", \"华南\"",
            json!(["华东"]),
            json!(["华北", ""]),
        ),
        (
            Kind::Text,
            "<\"b\"",
            json!(["a", "", "azz"]),
            json!(["b", "ba"]),
        ),
        (
            Kind::Text,
            "\"他说“好”\"",
            json!(["他说“好”"]),
            json!(["好"]),
        ),
        (
            Kind::Text,
            "“华东”，「华南」",
            json!(["华东", "华南"]),
            json!(["“华东”"]),
        ),
        (Kind::Text, "null", json!([null]), json!(["", "a"])),
        (Kind::Text, "not(null)", json!(["", "a"]), json!([null])),
        // As an office types it.
        (
            Kind::Money,
            "≥３００００",
            json!(["30000"]),
            json!(["29999.99"]),
        ),
        (
            Kind::Money,
            "（100．．200】",
            json!(["200"]),
            json!(["100"]),
        ),
        (Kind::Int, "1，2、3", json!([1, 2, 3]), json!([4])),
        (Kind::Money, "1, 234", json!(["1", "234"]), json!(["1234"])),
    ];
    for (kind, text, pass, fail) in lines {
        let cell = read(text, &kind);
        for value in pass.as_array().unwrap() {
            assert!(
                cell.holds(&kind.read(value).unwrap()),
                "{text} should let {value} pass"
            );
        }
        for value in fail.as_array().unwrap() {
            assert!(
                !cell.holds(&kind.read(value).unwrap()),
                "{text} should not let {value} pass"
            );
        }
        let again = read(&cell.text(), &kind);
        assert_eq!(again, cell, "{text} → {}", cell.text());
        assert_eq!(again.text(), cell.text(), "{text}");
    }
}

#[test]
#[expect(
    clippy::too_many_lines,
    reason = "a table of cases, one after the other"
)]
fn a_wrong_cell_is_told_where_and_how_to_write_it() {
    // Kind, cell, code, the characters that are wrong, a word of the remedy.
    let lines = [
        (
            Kind::Money,
            "50,000",
            "digit_groups",
            Some((0, 2)),
            "千分位",
        ),
        (
            Kind::Money,
            "1,000.00",
            "digit_groups",
            Some((0, 1)),
            "千分位",
        ),
        (Kind::Money, "007", "digit_groups", Some((0, 3)), "千分位"),
        (Kind::Money, ">= 1.234", "too_fine", Some((3, 8)), "2 位"),
        (Kind::Money, ">=", "not_a_test", Some((0, 2)), "50000.00"),
        (Kind::Money, "3.5%", "not_a_test", Some((0, 4)), "50000.00"),
        (
            Kind::Money,
            "[200..100]",
            "range_empty",
            Some((0, 10)),
            "[100..200)",
        ),
        (
            Kind::Money,
            "[5..5)",
            "range_empty",
            Some((0, 6)),
            "[100..200)",
        ),
        (
            Kind::Money,
            "[5,6]",
            "range_broken",
            Some((2, 3)),
            "[100..200)",
        ),
        (Kind::Money, "[5..6", "unclosed", Some((4, 5)), "右括号"),
        (Kind::Money, "not(5", "unclosed", Some((4, 5)), "右括号"),
        (Kind::Money, "5 6", "not_a_test", Some((2, 3)), "逗号"),
        (Kind::Money, "5;6", "unknown_sign", Some((1, 2)), "双引号"),
        (
            Kind::Money,
            "> 最低额",
            "not_a_test",
            Some((2, 5)),
            "50000.00",
        ),
        (
            Kind::Money,
            "99999999999999999999",
            "too_large",
            Some((0, 20)),
            "多写",
        ),
        (Kind::Int, "1.5", "too_fine", Some((0, 3)), "0 位"),
        (Kind::Date, "2026-02-30", "not_a_day", None, "date("),
        (
            Kind::Date,
            "date(\"2026-02-30\")",
            "not_a_day",
            None,
            "date(",
        ),
        (Kind::Date, "5", "wrong_kind", Some((0, 1)), "date("),
        (Kind::Bool, "<true", "not_ordered", Some((0, 1)), "true"),
        (
            Kind::of_choices(&["a", "b"]),
            "c",
            "no_such_choice",
            Some((0, 1)),
            "\"a\", \"b\"",
        ),
        (
            Kind::of_choices(&["a", "b"]),
            "<a",
            "not_ordered",
            Some((0, 1)),
            "\"a\"",
        ),
        (Kind::Text, "\"a", "open_quote", Some((0, 2)), "双引号"),
        (Kind::Text, "a", "not_a_test", Some((0, 1)), "华东"),
    ];
    for (kind, text, code, chars, remedy) in lines {
        let flaw = Cell::read(text, &kind, Commas::Doubted).expect_err(text);
        assert_eq!(flaw.code, code, "{text}: {flaw:?}");
        if chars.is_some() {
            assert_eq!(flaw.chars, chars, "{text}: {flaw:?}");
        }
        assert!(flaw.remedy.contains(remedy), "{text}: {}", flaw.remedy);
        assert!(
            !flaw.zh.is_empty() && !flaw.en.is_empty() && !flaw.remedy_en.is_empty(),
            "{text}"
        );
    }
}

#[test]
fn a_file_may_write_commas_as_the_standard_has_them() {
    let cell = Cell::read("1,234", &Kind::Int, Commas::Standard).unwrap();
    assert_eq!(cell.text(), "1, 234");
}
