//! What is proved before anybody decides: gaps, overlaps, rows that never count.

use crate::world::{index, input, output, rates, refused, table};
use rules::analyse::{Analysis, Why, analyse};
use rules::kind::Kind;
use rules::report::report;
use rules::table::{Hit, Table};
use serde_json::json;

fn of(table: &Table) -> Analysis {
    analyse(&index(table))
}

#[test]
fn a_whole_table_has_nothing_to_tell() {
    let analysis = of(&rates());
    assert!(analysis.gaps.is_empty() && analysis.overlaps.is_empty() && analysis.dead.is_empty());
    assert!(analysis.proved && report(&rates()).publishable);
}

#[test]
fn a_gap_is_told_with_a_case_and_a_row_to_add() {
    let mut table = rates();
    table.rows[1].when[0] = "<20000".into();
    let analysis = of(&table);
    assert_eq!(analysis.gaps.len(), 1, "{analysis:?}");
    let gap = &analysis.gaps[0];
    assert_eq!(gap.cells, ["[20000..30000)", "\"已签约\", \"已回款\""]);
    assert_eq!(gap.zh, "空缺：金额=20,000.00、阶段=已签约时没有任何行命中");
    assert_eq!(gap.witness["金额"], json!("20000.00"));
    // It lies beside row 2 and is out of its reach in the column of the amount.
    let beside = gap.beside.as_ref().unwrap();
    assert_eq!((beside.row, beside.inputs.as_slice()), (1, &[0][..]));
    let refusal = refused(&table);
    assert_eq!(refusal.code, "rules.gap");
    assert!(
        refusal.remedy.contains("[20000..30000)"),
        "{}",
        refusal.remedy
    );
    // The row that is offered closes the gap.
    let mut row = table.rows[1].clone();
    row.id = "patch".into();
    row.when = gap.cells.clone();
    table.rows.push(row);
    assert!(report(&table).publishable);
}

#[test]
fn money_has_no_gap_between_one_fen_and_the_next() {
    let rows = ["<=29999.99 => 1", ">=30000 => 2"];
    let money = table(
        Hit::Unique,
        vec![input("x", Kind::Money)],
        vec![output("n", Kind::Int)],
        &rows,
    );
    assert!(of(&money).gaps.is_empty());
    let number = table(
        Hit::Unique,
        vec![input("x", Kind::Number)],
        vec![output("n", Kind::Int)],
        &rows,
    );
    assert_eq!(of(&number).gaps[0].cells, ["(29999.99..30000)"]);
    assert_eq!(of(&number).gaps[0].witness["x"], json!("29999.991"));
}

#[test]
fn every_kind_has_its_ends() {
    // Kind, rows, the cell of the gap.
    let lines = [
        (Kind::Bool, "true => 1", "false"),
        (
            Kind::of_choices(&["甲", "乙", "丙"]),
            "乙 => 1",
            "\"甲\", \"丙\"",
        ),
        (Kind::Int, ">3 => 1", "<=3"),
        (Kind::Days, "not([1..30]) => 1", "[1..30]"),
        (
            Kind::Date,
            "<date(\"2026-01-01\") => 1",
            ">=date(\"2026-01-01\")",
        ),
        (
            Kind::Date,
            "not(date(\"2026-01-01\")) => 1",
            "date(\"2026-01-01\")",
        ),
        (Kind::Rate, "[0..1] => 1", "<0, >1"),
        (Kind::Text, "\"华东\" => 1", "<\"华东\", >\"华东\""),
        (Kind::Text, ">=\"\" => 1", ""),
        (Kind::Money, ">=0 => 1", "<0"),
    ];
    for (kind, row, cell) in lines {
        let table = table(
            Hit::Unique,
            vec![input("x", kind)],
            vec![output("n", Kind::Int)],
            &[row],
        );
        let gaps = of(&table).gaps;
        if cell.is_empty() {
            assert!(gaps.is_empty(), "{row}: {gaps:?}");
            continue;
        }
        assert_eq!(gaps.len(), 1, "{row}: {gaps:?}");
        assert_eq!(gaps[0].cells, [cell], "{row}");
    }
}

#[test]
fn an_overlap_is_told_with_a_case_that_hits_both() {
    let mut table = rates();
    table.rows[1].when[0] = "<=30000".into();
    let analysis = of(&table);
    assert_eq!(analysis.overlap_count, 2);
    let overlap = &analysis.overlaps[0];
    assert_eq!(overlap.rows, [1, 2]);
    assert_eq!(overlap.cells, ["30000", "\"已签约\""]);
    assert_eq!(
        overlap.zh,
        "重叠：金额=30,000.00、阶段=已签约时第 2、3 行同时命中"
    );
    assert_eq!(
        overlap.en,
        "Overlap: rows 2, 3 hit together when 金额 = 30,000.00, 阶段 = 已签约"
    );
    assert_eq!(refused(&table).code, "rules.overlap");
}

#[test]
fn any_lets_rows_meet_that_say_the_same() {
    let mut table = table(
        Hit::Any,
        vec![input("n", Kind::Int)],
        vec![output("m", Kind::Int)],
        &["<10 => 1", ">=5 => 1"],
    );
    assert!(report(&table).publishable);
    table.rows[1].then[0] = "2".into();
    let analysis = of(&table);
    assert_eq!(analysis.overlaps[0].cells, ["[5..10)"]);
    assert!(analysis.overlaps[0].zh.ends_with("结果却不同"));
}

/// Policy, rows, the dead row (from 1), why, by which rows (from 1).
type DeadRow<'a> = (Hit, &'a [&'a str], usize, Why, &'a [usize]);

#[test]
fn rows_that_never_count_are_told() {
    let lines: [DeadRow; 6] = [
        (
            Hit::First,
            &["<5 => 1", ">=5 => 2", "3 => 3"],
            3,
            Why::Covered,
            &[1],
        ),
        (
            Hit::First,
            &["<5 => 1", ">3 => 2", "- => 3"],
            3,
            Why::Covered,
            &[1, 2],
        ),
        (Hit::Priority, &["7 => 3", "- => 1"], 1, Why::Covered, &[2]),
        (Hit::Any, &["- => 1", "7 => 1"], 2, Why::Repeated, &[1]),
        (Hit::Sum, &["- => 1", "- => 1"], 2, Why::Repeated, &[1]),
        (Hit::Collect, &["- => 1", "1000 => 2"], 2, Why::Empty, &[]),
    ];
    for (hit, rows, dead, why, by) in lines {
        let mut n = input("n", Kind::Int);
        n.allowed = "[-100..100]".into();
        let mut m = output("m", Kind::Int);
        m.values = ["1", "2", "3"].map(str::to_owned).to_vec();
        let table = table(hit, vec![n], vec![m], rows);
        let found = of(&table).dead;
        assert_eq!(found.len(), 1, "{rows:?}: {found:?}");
        let by: Vec<usize> = by.iter().map(|row| row - 1).collect();
        assert_eq!(
            (found[0].row, found[0].why, &found[0].by),
            (dead - 1, why, &by),
            "{rows:?}"
        );
        let harmless = why == Why::Repeated;
        assert_eq!(report(&table).publishable, harmless, "{rows:?}");
    }
}

#[test]
fn with_a_default_row_gaps_are_a_reminder() {
    let mut table = rates();
    table.rows.pop();
    table.default = Some(vec!["0".into()]);
    let report = report(&table);
    assert!(report.publishable);
    let gap = &report.analysis.unwrap().gaps[0];
    assert_eq!(
        gap.zh,
        "金额=30,000.00、阶段=已回款时没有行命中，由缺省行决定"
    );
}

#[test]
fn a_table_at_its_limits_is_proved_or_says_that_it_is_not() {
    // Twelve columns, rows that overlap in every way: the worst there is.
    let inputs: Vec<_> = (0..12)
        .map(|n| input(&format!("x{n}"), Kind::Int))
        .collect();
    let lines: Vec<String> = (0..60)
        .map(|row| {
            let cell = |n: i64| {
                let (a, b) = ((row * 7 + n * 5) % 23, (row * 11 + n * 3) % 19);
                if (row + n) % 3 == 0 {
                    "-".to_owned()
                } else {
                    format!("[{}..{}]", a + 1, a + b + 1)
                }
            };
            let cells: Vec<String> = (0..12).map(cell).collect();
            format!("{} => 1", cells.join(" | "))
        })
        .collect();
    let rows: Vec<&str> = lines.iter().map(String::as_str).collect();
    let table = table(Hit::Collect, inputs, vec![output("m", Kind::Int)], &rows);
    let analysis = of(&table);
    assert!(
        !analysis.gaps.is_empty() || !analysis.proved,
        "no row takes 0 in every column"
    );
}
