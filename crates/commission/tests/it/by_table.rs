//! A rate that a decision table says, deal by deal.

use commission::calculate::Books;
use commission::event::{Record, Trigger};
use commission::explain;
use commission::line::Because;
use commission::plan::{Decided, Method, RuleRow, Ruling};
use kernel::{Bps, Fen};
use proptest::prelude::*;

use crate::world::{ByNumber, books, event, flat, handed_over, outcome, paid, protection, total};

const TABLE: &str = "rtb_rates";

fn says(record: &str, books: &Books, ruling: Ruling) -> Decided {
    Decided {
        table: TABLE.to_owned(),
        record: Record(record.to_owned()),
        contract: books.contracts[0].id,
        ruling,
    }
}

fn rate(bps: i64, row: u32) -> Ruling {
    Ruling::Rate {
        rate: Bps(bps),
        row: RuleRow {
            table: "费率表".to_owned(),
            version: 3,
            row,
            asked: "行业 制造".to_owned(),
            asked_en: "Industry 制造".to_owned(),
        },
    }
}

fn by_table(amounts: &[(&str, &str, &str)]) -> Books {
    let mut books = books(Method::ByTable(TABLE.to_owned()));
    for (record, day, amount) in amounts {
        books
            .events
            .push(event(record, Trigger::Cash, day, 1, amount));
    }
    books
}

#[test]
fn each_deal_is_paid_by_its_row_and_says_which() {
    let mut books = by_table(&[
        ("receipt/rcp_1", "2025-02-03", "10000"),
        ("receipt/rcp_2", "2025-02-04", "10000"),
        ("receipt/rcp_3", "2025-02-05", "10000"),
        ("receipt/rcp_4", "2025-02-06", "10000"),
    ]);
    let silent = Ruling::Silent {
        table: "费率表".to_owned(),
        version: 3,
        zh: "行业「渔业」不在表内".to_owned(),
        en: "industry 渔业 is not in the table".to_owned(),
    };
    let closed = Ruling::NotInForce {
        table: "费率表".to_owned(),
    };
    for (record, ruling) in [
        ("receipt/rcp_1", rate(500, 2)),
        ("receipt/rcp_2", rate(125, 0)),
        ("receipt/rcp_3", silent),
        ("receipt/rcp_4", closed),
    ] {
        books.decided.push(says(record, &books, ruling));
    }
    let out = outcome(&books);
    let sums: Vec<_> = paid(&out).into_iter().map(|(_, _, fen)| fen).collect();
    assert_eq!(sums, [Fen(50_000), Fen(12_500)]);
    let story = |at: usize| {
        let reasons = explain::line(&out.lines[at], &ByNumber);
        let zh: Vec<_> = reasons.iter().map(|one| one.zh.to_string()).collect();
        zh.join("\n")
    };
    let first = story(0);
    assert!(
        first.contains("比例取自决策表「费率表」第 3 版第 2 行（行业 制造）"),
        "{first}"
    );
    assert!(first.contains("10,000.00 元 × 5%"), "{first}");
    assert!(story(1).contains("第 3 版缺省行"), "{}", story(1));
    let why: Vec<_> = out.absences.iter().map(|one| &one.because).collect();
    assert!(
        matches!(
            why[..],
            [Because::TableSilent { .. }, Because::NoTable { .. }]
        ),
        "{why:?}"
    );
    let zh = &explain::absence(&out.absences[0], &ByNumber)[0].zh;
    assert!(zh.contains("行业「渔业」不在表内"), "{zh}");
}

#[test]
fn an_event_nobody_asked_a_table_about_is_paid_nothing_and_says_so() {
    let books = by_table(&[("receipt/rcp_1", "2025-02-03", "10000")]);
    let out = outcome(&books);
    assert!(out.lines.is_empty());
    assert!(matches!(out.absences[0].because, Because::NoTable { .. }));
}

#[test]
fn a_handover_splits_what_the_table_pays() {
    let mut books = by_table(&[("receipt/rcp_1", "2025-06-15", "10000")]);
    books
        .stretches
        .push(handed_over(2, "2025-06-01", 1, 2, protection()));
    books
        .decided
        .push(says("receipt/rcp_1", &books, rate(333, 1)));
    let out = outcome(&books);
    assert_eq!((total(&out, 1), total(&out, 2)), (Fen(23_310), Fen(9_990)));
}

proptest! {
    /// A table that says one rate everywhere pays what that flat rate pays, line for line.
    #[test]
    fn one_rate_everywhere_is_a_flat_rate(
        cents in prop::collection::vec(-9_999_999_i64..9_999_999, 1..12), bps in 0_i64..10_000,
    ) {
        let mut asked = by_table(&[]);
        for (n, fen) in cents.iter().enumerate() {
            let (record, day) = (format!("receipt/rcp_{n:02}"), format!("2025-02-{:02}", n + 1));
            let amount = Fen(*fen).to_string().replace(',', "");
            asked.events.push(event(&record, Trigger::Cash, &day, 1, &amount));
            asked.decided.push(says(&record, &asked, rate(bps, 1)));
        }
        let mut plain = asked.clone();
        plain.decided.clear();
        plain.plans[0].versions[0].components[0].method = flat(bps);
        prop_assert_eq!(paid(&outcome(&asked)), paid(&outcome(&plain)));
    }
}
