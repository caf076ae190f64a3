//! From a draft to a version in force, its log, its replay, its ghost.

use crate::world::{always, given, input, output, published, rates, refused, table};
use kernel::{Day, Period};
use rules::explain::Fate;
use rules::facts::Facts;
use rules::ghost::compare;
use rules::kind::Kind;
use rules::problem::{Column, Line};
use rules::publish::publish;
use rules::report::report;
use rules::table::{Example, Hit, Table};
use rules::versions::Versions;
use serde_json::{Value as Json, json};

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn example(name: &str, facts: &Json, expect: Json) -> Example {
    Example {
        name: name.into(),
        given: given(facts),
        expect,
    }
}

#[test]
fn examples_must_come_out() {
    let mut table = rates();
    let facts = json!({ "金额": "50000", "阶段": "已回款" });
    table.examples = vec![example("大单", &facts, json!({ "比例": "0.0350" }))];
    assert!(report(&table).publishable);
    table.examples[0].expect = json!({ "比例": "0.04" });
    let refusal = refused(&table);
    assert_eq!(refusal.code, "rules.example_failed");
    assert_eq!(
        refusal.message,
        "样例「大单」：应得 比例=4%，实得 比例=3.5%"
    );
    assert_eq!(refusal.fields[0].pointer, "/examples/0");
    // An example that cannot be asked, and one whose answer is none, fail as well.
    table.examples = vec![
        example("缺", &json!({ "金额": "1" }), json!({ "比例": "0" })),
        example("错", &facts, json!({ "rate": "0.035" })),
    ];
    let tried = report(&table).examples;
    assert_eq!(tried[0].zh, "缺少「阶段」");
    assert!(
        tried[1].zh.contains("每个结果列写一个值：比例"),
        "{}",
        tried[1].zh
    );
}

#[test]
fn every_wrong_cell_is_named_at_once() {
    let mut table = rates();
    table.rows[0].when[0] = "50,000".into();
    table.rows[2].when[1] = "签约".into();
    table.rows[3].then[0] = "0.0351234".into();
    table.inputs[0].allowed = "≥".into();
    let problems = report(&table).problems;
    let places: Vec<_> = problems
        .iter()
        .map(|it| (it.place.line, it.place.column))
        .collect();
    assert_eq!(
        places,
        [
            (Line::Heading, Some(Column::Input(0))),
            (Line::Row(0), Some(Column::Input(0))),
            (Line::Row(2), Some(Column::Input(1))),
            (Line::Row(3), Some(Column::Output(0))),
        ]
    );
    assert!(
        problems[1].message.starts_with("第 1 行「金额」："),
        "{}",
        problems[1].message
    );
    assert_eq!(
        problems[2].remedy,
        "请写成 \"跟进中\", \"已签约\", \"已回款\""
    );
    let refusal = refused(&table);
    let pointers: Vec<_> = refusal
        .fields
        .iter()
        .map(|it| it.pointer.as_str())
        .collect();
    assert_eq!(
        pointers,
        [
            "/inputs/0",
            "/rows/0/when/0",
            "/rows/2/when/1",
            "/rows/3/then/0"
        ]
    );
}

#[test]
fn the_frame_is_checked_before_the_cells() {
    type Spoil = fn(&mut Table);
    let spoils: [(&str, Spoil); 12] = [
        ("rules.size", |it| it.inputs.clear()),
        ("rules.size", |it| it.rows = vec![it.rows[0].clone(); 501]),
        ("rules.bad_key", |it| it.key = "中文".into()),
        ("rules.bad_key", |it| it.rows[0].id = "1".into()),
        ("rules.bad_key", |it| it.inputs[0].key = "a+b".into()),
        ("rules.bad_key", |it| it.inputs[0].key = "round".into()),
        ("rules.bad_key", |it| {
            it.inputs[0].label.zh = "a\u{7}".into()
        }),
        ("rules.twice", |it| it.rows[1].id = it.rows[0].id.clone()),
        ("rules.twice", |it| {
            it.inputs[1].key = it.inputs[0].key.clone()
        }),
        ("rules.choices_broken", |it| {
            it.inputs[1].holds = Kind::of_choices(&["a", "a"])
        }),
        ("rules.width", |it| it.rows[2].when.truncate(1)),
        ("rules.not_summable", |it| {
            it.hit = Hit::Sum;
            it.outputs[0].holds = Kind::Text;
        }),
    ];
    for (code, spoil) in spoils {
        let mut table = rates();
        spoil(&mut table);
        let refusal = refused(&table);
        assert_eq!(refusal.code, code, "{}", refusal.message);
        assert!(!refusal.remedy.is_empty(), "{code}");
    }
}

#[test]
fn a_story_tells_why_each_row_did_or_did_not() {
    let table = published(&rates());
    let facts = json!({ "金额": "50000.00", "阶段": "已签约" });
    let facts = Facts::read(table.table(), &given(&facts)).unwrap();
    let story = table.explain(&facts, &table.decide(&facts).unwrap());
    assert_eq!(story.zh, "由第 3 行得出：比例=2.5%");
    let told: Vec<_> = story.rows.iter().map(|row| row.zh.as_str()).collect();
    assert_eq!(
        told,
        [
            "第 1 行未命中：阶段 已签约 不满足 \"跟进中\"",
            "第 2 行未命中：金额 50,000.00 不满足 <30000",
            "第 3 行命中",
            "第 4 行未命中：阶段 已签约 不满足 \"已回款\"",
        ]
    );
    assert_eq!(story.rows[2].fate, Fate::Chosen);
    assert_eq!(story.rows[2].cells[0].zh, "金额 50,000.00 满足 >=30000");
}

#[test]
fn a_row_that_is_passed_over_says_so() {
    let table = published(&table(
        Hit::First,
        vec![input("n", Kind::Int)],
        vec![output("m", Kind::Int)],
        &["<5 => 1", "- => 2"],
    ));
    let facts = Facts::read(table.table(), &given(&json!({ "n": 1 }))).unwrap();
    let story = table.explain(&facts, &table.decide(&facts).unwrap());
    assert_eq!(story.rows[1].fate, Fate::PassedOver);
    assert_eq!(story.rows[1].zh, "第 2 行也命中，但前面的行先命中");
}

#[test]
fn the_business_date_chooses_the_version() {
    let mut versions = Versions::new();
    let period = |from: &str, until: Option<&str>| Period {
        from: day(from),
        until: until.map(day),
    };
    versions
        .add(publish(&rates(), 1, period("2025-01-01", Some("2026-01-01"))).unwrap())
        .unwrap();
    let mut raised = rates();
    raised.rows[3].then[0] = "4%".into();
    versions
        .add(publish(&raised, 2, period("2026-01-01", None)).unwrap())
        .unwrap();
    for (as_of, version) in [
        ("2025-01-01", 1),
        ("2025-12-31", 1),
        ("2026-01-01", 2),
        ("2030-05-05", 2),
    ] {
        assert_eq!(
            versions.in_force(day(as_of)).unwrap().version(),
            version,
            "{as_of}"
        );
    }
    assert_eq!(
        versions.in_force(day("2024-12-31")).unwrap_err().code,
        "rules.none_in_force"
    );
    let late = publish(&raised, 3, period("2027-01-01", None)).unwrap();
    assert_eq!(versions.add(late).unwrap_err().code, "rules.days_taken");
    let again = publish(&raised, 2, period("2020-01-01", Some("2021-01-01"))).unwrap();
    assert_eq!(versions.add(again).unwrap_err().code, "rules.version_taken");
    let mut other = rates();
    other.key = "other".into();
    assert_eq!(
        versions.add(published(&other)).unwrap_err().code,
        "rules.other_table"
    );
    let empty = publish(&raised, 4, period("2026-01-01", Some("2026-01-01")));
    assert_eq!(empty.unwrap_err().code, "rules.no_days");
}

#[test]
fn a_kept_decision_can_be_made_again_and_a_changed_one_is_found_out() {
    let table = published(&rates());
    let facts = given(&json!({ "金额": "50000", "阶段": "已回款", "客户": "不相干" }));
    let kept = table.record(day("2026-03-01"), &facts).unwrap();
    assert_eq!(kept.hits, ["r4"]);
    assert_eq!(kept.answer, json!({ "比例": "0.035" }));
    assert_eq!(
        kept.given,
        given(&json!({ "金额": "50000.00", "阶段": "已回款" }))
    );
    table.replay(&kept).unwrap();
    let text = serde_json::to_string(&kept).unwrap();
    let read: rules::record::Record = serde_json::from_str(&text).unwrap();
    assert_eq!(read, kept);
    let mut forged = kept.clone();
    forged.answer = json!({ "比例": "0.05" });
    let refusal = table.replay(&forged).unwrap_err();
    assert_eq!(refusal.message, "重算与留存的决策不一致：结果");
    // The same number, other rules: the digest tells.
    let mut other = rates();
    other.rows[0].then[0] = "0.001".into();
    let refusal = publish(&other, 1, always())
        .unwrap()
        .replay(&kept)
        .unwrap_err();
    assert_eq!(refusal.message, "重算与留存的决策不一致：规则内容");
    assert_eq!(
        table.record(day("2019-01-01"), &facts).unwrap_err().code,
        "rules.none_in_force"
    );
}

#[test]
fn the_digest_is_of_the_meaning_not_of_the_typing() {
    let mut typed = rates();
    typed.rows[1].when = vec![" <30000.00 ".into(), "\"已签约\"，已回款".into()];
    typed.rows[1].then = vec!["2%".into()];
    assert_eq!(published(&typed).digest(), published(&rates()).digest());
    typed.rows[1].then = vec!["2.1%".into()];
    assert_ne!(published(&typed).digest(), published(&rates()).digest());
}

#[test]
fn a_ghost_shows_what_would_change() {
    let mut raised = rates();
    raised.rows[3].then[0] = "0.04".into();
    raised.inputs[0].allowed = "[0..100000]".into();
    let (live, ghost) = (published(&rates()), published(&raised));
    let cases: Vec<_> = [
        ("50000", "已回款"),
        ("50000", "已签约"),
        ("100001", "已签约"),
    ]
    .iter()
    .map(|(amount, stage)| given(&json!({ "金额": amount, "阶段": stage })))
    .collect();
    let comparison = compare(live.index(), ghost.index(), &cases);
    assert_eq!(
        (comparison.cases, comparison.same, comparison.differing),
        (3, 1, 2)
    );
    assert_eq!(
        comparison.differences[0].zh,
        "第 1 例：现行为比例=3.5%；影子表为比例=4%"
    );
    assert_eq!(comparison.differences[0].ghost.rows, ["r4"]);
    assert!(
        comparison.differences[1].zh.contains("影子表为不予裁决"),
        "{comparison:?}"
    );
    let totals = &comparison.totals[0];
    assert_eq!(
        (totals.live.as_deref(), totals.ghost.as_deref()),
        (Some("0.085"), Some("0.065"))
    );
}

#[test]
fn a_table_travels_as_json() {
    let mut table = rates();
    let facts = json!({ "金额": "1", "阶段": "跟进中" });
    table.examples = vec![example("小单", &facts, json!({ "比例": "0" }))];
    let text = serde_json::to_string(&table).unwrap();
    assert_eq!(serde_json::from_str::<Table>(&text).unwrap(), table);
    let unknown = text.replacen("\"rows\"", "\"row\":1,\"rows\"", 1);
    assert!(serde_json::from_str::<Table>(&unknown).is_err());
}
