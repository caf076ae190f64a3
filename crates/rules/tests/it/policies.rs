//! Which rows count when several hit.

use crate::world::{ask, given, index, input, output, rates, table};
use kernel::Refusal;
use rules::facts::Facts;
use rules::kind::Kind;
use rules::table::{Hit, Table};
use serde_json::{Value as Json, json};

/// Age decides; the lists of the outputs say what is best.
fn grades(hit: Hit) -> Table {
    let mut grade = output("grade", Kind::Text);
    grade.values = ["\"best\"", "\"good\"", "\"poor\""]
        .map(str::to_owned)
        .to_vec();
    let mut table = table(
        hit,
        vec![input("n", Kind::Int)],
        vec![grade],
        &[
            "<18 => \"poor\"",
            ">=10 => \"good\"",
            ">=15 => \"best\"",
            "12 => \"good\"",
        ],
    );
    if hit.is_aggregate() && hit != Hit::Count {
        table.outputs = vec![output("grade", Kind::Money)];
        for (row, amount) in table.rows.iter_mut().zip(["64.32", "100", "0.01", "7"]) {
            row.then = vec![amount.to_owned()];
        }
    }
    table
}

fn decide(table: &Table, facts: &Json) -> Result<Json, Refusal> {
    let index = index(table);
    let facts = Facts::read(table, &given(facts))?;
    Ok(index.decide(&facts)?.answer.write(table))
}

#[test]
fn each_policy_answers_in_its_way() {
    let one = |grade: &str| json!({ "grade": grade });
    // Policy, n, answer.
    let lines = [
        (Hit::First, 16, one("poor")),
        (Hit::First, 20, one("good")),
        (Hit::Priority, 16, one("best")),
        (Hit::Priority, 12, one("good")),
        (
            Hit::RuleOrder,
            16,
            json!([one("poor"), one("good"), one("best")]),
        ),
        (
            Hit::Collect,
            16,
            json!([one("poor"), one("good"), one("best")]),
        ),
        (
            Hit::OutputOrder,
            16,
            json!([one("best"), one("good"), one("poor")]),
        ),
        (
            Hit::OutputOrder,
            12,
            json!([one("good"), one("good"), one("poor")]),
        ),
        (Hit::Count, 16, json!({ "grade": 3 })),
        (Hit::Sum, 16, json!({ "grade": "164.33" })),
        (Hit::Min, 16, json!({ "grade": "0.01" })),
        (Hit::Max, 16, json!({ "grade": "100.00" })),
        (Hit::Unique, 9, one("poor")),
        (Hit::Any, 20, Json::Null),
    ];
    for (hit, n, expected) in lines {
        let got = decide(&grades(hit), &json!({ "n": n }));
        if (hit, n) == (Hit::Any, 20) {
            assert_eq!(
                got.unwrap_err().code,
                "rules.several_hit",
                "“good” and “best” differ"
            );
            continue;
        }
        assert_eq!(got, Ok(expected), "{hit:?} {n}");
    }
    let refusal = decide(&grades(Hit::Unique), &json!({ "n": 16 })).unwrap_err();
    assert_eq!(refusal.message, "第 1、2、3 行同时命中，只许一行命中");
}

#[test]
fn the_first_output_is_the_first_priority_and_the_next_breaks_a_tie() {
    let listed = |key: &str, values: [&str; 2]| {
        let mut output = output(key, Kind::Text);
        output.values = values.map(str::to_owned).to_vec();
        output
    };
    let mut table = table(
        Hit::Priority,
        vec![input("n", Kind::Int)],
        vec![
            listed("verdict", ["\"no\"", "\"yes\""]),
            listed("rank", ["\"high\"", "\"low\""]),
        ],
        &[
            "- => \"yes\" | \"high\"",
            ">1 => \"no\" | \"low\"",
            ">2 => \"no\" | \"high\"",
        ],
    );
    let said = |verdict: &str, rank: &str| json!({ "verdict": verdict, "rank": rank });
    assert_eq!(ask(&table, &json!({ "n": 1 })), said("yes", "high"));
    assert_eq!(ask(&table, &json!({ "n": 2 })), said("no", "low"));
    assert_eq!(ask(&table, &json!({ "n": 3 })), said("no", "high"));
    table.hit = Hit::OutputOrder;
    let all = [said("no", "high"), said("no", "low"), said("yes", "high")];
    assert_eq!(ask(&table, &json!({ "n": 3 })), json!(all));
}

#[test]
fn without_a_hit_the_default_speaks() {
    let mut table = table(
        Hit::Unique,
        vec![input("n", Kind::Int)],
        vec![output("rate", Kind::Rate)],
        &[">5 => 0.1"],
    );
    assert_eq!(ask(&table, &json!({ "n": 1 })), Json::Null);
    table.default = Some(vec!["0".into()]);
    assert_eq!(ask(&table, &json!({ "n": 1 })), json!({ "rate": "0" }));
    table.hit = Hit::Collect;
    assert_eq!(ask(&table, &json!({ "n": 1 })), json!([{ "rate": "0" }]));
}

#[test]
fn facts_are_taken_as_they_are_or_not_at_all() {
    let table = rates();
    // Facts, code of the refusal, what it says.
    let lines = [
        (
            json!({ "金额": 5.5, "阶段": "已签约" }),
            "rules.wrong_kind",
            "5.5 不是金额",
        ),
        (
            json!({ "金额": "5.555", "阶段": "已签约" }),
            "rules.too_fine",
            "2 位",
        ),
        (
            json!({ "金额": "5", "阶段": "作废" }),
            "rules.no_such_choice",
            "作废",
        ),
        (
            json!({ "阶段": "已签约" }),
            "rules.fact_missing",
            "缺少「金额」",
        ),
        (
            json!({ "金额": "-1", "阶段": "已签约" }),
            "rules.not_allowed",
            "-1.00，不在允许的取值 >=0",
        ),
        (
            json!({ "金额": "1e40", "阶段": "已签约" }),
            "rules.wrong_kind",
            "1e40",
        ),
    ];
    for (facts, code, words) in lines {
        let refusal = decide(&table, &facts).unwrap_err();
        assert_eq!(refusal.code, code, "{facts}");
        assert!(
            refusal.message.contains(words),
            "{facts}: {}",
            refusal.message
        );
        assert!(!refusal.remedy.is_empty(), "{facts}");
    }
    let facts = json!({ "金额": "30000.00", "阶段": "已回款", "天气": "晴" });
    assert_eq!(decide(&table, &facts), Ok(json!({ "比例": "0.035" })));
}

#[test]
fn a_sum_that_leaves_its_kind_is_refused() {
    let table = table(
        Hit::Sum,
        vec![input("n", Kind::Int)],
        vec![output("m", Kind::Money)],
        &["- => 92233720368547758.07", ">0 => 0.01"],
    );
    assert_eq!(
        ask(&table, &json!({ "n": 0 })),
        json!({ "m": "92233720368547758.07" })
    );
    let refusal = decide(&table, &json!({ "n": 1 })).unwrap_err();
    assert_eq!(refusal.code, "rules.uncalculated");
}

#[test]
fn a_calculation_that_fails_names_its_cell() {
    let table = table(
        Hit::Unique,
        vec![input("月数", Kind::Int)],
        vec![output("月均", Kind::Money)],
        &["- => round(100 / 月数, 2, half_up)"],
    );
    assert_eq!(
        ask(&table, &json!({ "月数": 3 })),
        json!({ "月均": "33.33" })
    );
    let refusal = decide(&table, &json!({ "月数": 0 })).unwrap_err();
    assert_eq!(refusal.message, "第 1 行「月均」算不出来：除数为零");
}

#[test]
fn a_missing_fact_is_a_value_where_the_column_says_so() {
    let mut region = input("大区", Kind::Text);
    region.optional = true;
    let table = table(
        Hit::First,
        vec![region],
        vec![output("n", Kind::Int)],
        &["null => 1", "\"华东\" => 2", "not(\"华南\") => 3", "- => 4"],
    );
    for (facts, n) in [
        (json!({}), 1),
        (json!({ "大区": null }), 1),
        (json!({ "大区": "华东" }), 2),
        (json!({ "大区": "华北" }), 3),
        (json!({ "大区": "华南" }), 4),
    ] {
        assert_eq!(ask(&table, &facts), json!({ "n": n }), "{facts}");
    }
}
