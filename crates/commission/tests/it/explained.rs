//! Why did I get this, or nothing? The sentences.

use commission::assignment::Assignee;
use commission::event::Trigger;
use commission::explain;
use commission::plan::{Method, RuleRow};
use commission::split_after_handover::Terms;
use commission::window::Window;
use kernel::Bps;

use crate::world::{
    ByNumber, books, emp, event, flat, given, handed_over, marginal, outcome, plan, protection,
};

/// Whoever agrees to terms reads in either language who gets the money.
#[test]
fn terms_say_who_gets_the_money() {
    let to_the_end = Terms::ToContractEnd { share: Bps(5_000) };
    for terms in [protection(), to_the_end] {
        let said = explain::terms(&terms);
        assert!(said.zh.contains("原负责人"), "{said:?}");
        assert!(said.en.contains("the previous owner gets"), "{said:?}");
    }
}

#[test]
fn a_line_tells_its_whole_story() {
    let ladder = marginal(&[("0", 200), ("5000", 350)]);
    let mut books = books(Method::Ladder(ladder));
    books.plans[0].versions[0].components[0].decided_by = Some(RuleRow {
        table: "费率表".to_owned(),
        version: 2,
        row: 7,
        asked: String::new(),
        asked_en: String::new(),
    });
    books
        .stretches
        .push(handed_over(2, "2025-06-01", 1, 2, protection()));
    books.events.push(event(
        "receipt/rcp_1",
        Trigger::Cash,
        "2025-06-15",
        1,
        "10000",
    ));
    let outcome = outcome(&books);
    let story = explain::line(&outcome.lines[1], &ByNumber);
    let zh: Vec<_> = story.iter().map(|reason| reason.zh.as_ref()).collect();
    assert_eq!(
        zh,
        [
            "2025-06-15 回款，计提金额 10,000.00 元（凭据 receipt/rcp_1）",
            "该客户于 2025-06-01 由 员工1 交接给 员工2（handover/pln_1），至今第 14 天：在 30 天保护期档内",
            "席位份额 100%，其中本人 70%，计入业绩 7,000.00 元",
            "适用方案「方案1」第 1 版「销售提成」（指定给本人）",
            "比例取自决策表「费率表」第 2 版第 7 行",
            "当季累计业绩由 0.00 元变为 7,000.00 元",
            "0.00 元起的一档：5,000.00 元 × 2%",
            "5,000.00 元起的一档：2,000.00 元 × 3.5%",
            "累计应得由 0.00 变为 170.00，四舍五入后 170.00 − 0.00 ＝ 170.00 元",
            "2025-06-15 计提，2025-06-15 应付",
        ]
    );
    let en: Vec<_> = story.iter().map(|reason| reason.en.as_ref()).collect();
    assert_eq!(en[7], "band from 5,000.00: 2,000.00 at 3.5%");
    assert!(en.iter().all(|sentence| sentence.is_ascii()
        || sentence.contains("员工")
        || sentence.contains("方案")
        || sentence.contains("费率表")));
}

#[test]
fn a_missing_line_tells_which_condition_failed_and_which_plans_were_not_chosen() {
    let mut books = books(flat(1_000));
    let other = plan(2, Window::Month, Trigger::Signing, flat(50));
    books.assignments[0].valid.until = Some(crate::world::day("2025-01-01"));
    let mut signing = given(&other, Assignee::Person(emp(1)));
    signing.valid.from = crate::world::day("2025-01-01");
    books.assignments.push(signing);
    books.plans.push(other);
    books
        .stretches
        .push(handed_over(2, "2025-10-01", 1, 2, protection()));
    books
        .events
        .push(event("receipt/1", Trigger::Cash, "2025-06-15", 1, "10000"));
    books
        .events
        .push(event("receipt/2", Trigger::Cash, "2026-06-15", 1, "10000"));
    let outcome = outcome(&books);
    let told: Vec<Vec<_>> = outcome
        .absences
        .iter()
        .map(|absence| explain::absence(absence, &ByNumber))
        .map(|story| {
            story
                .into_iter()
                .map(|reason| reason.zh.into_owned())
                .collect()
        })
        .collect();
    assert_eq!(
        told,
        [
            vec![
                "方案在签约时计提，本次是回款".to_owned(),
                "方案「方案1」未采用：当日不在指定期内".to_owned(),
            ],
            vec![
                "员工1 无份额。该客户于 2025-10-01 由 员工1 交接给 员工2（handover/pln_1），\
                 至今第 257 天：90 天保护期已过"
                    .to_owned()
            ],
        ]
    );
}

#[test]
fn a_zero_line_says_why_it_is_zero() {
    for (method, amount, cap, code) in [
        (flat(1), "0.10", None, "commission.zero_rounding"),
        (flat(0), "1000", None, "commission.zero_rounding"),
        (flat(100), "0", None, "commission.zero_credit"),
        (
            flat(100),
            "1000",
            Some(kernel::Fen(0)),
            "commission.zero_cap",
        ),
    ] {
        let mut books = books(method);
        books.plans[0].versions[0].cap = cap;
        books
            .events
            .push(event("receipt/1", Trigger::Cash, "2025-02-01", 1, amount));
        let line = outcome(&books).lines.remove(0);
        let story = explain::line(&line, &ByNumber);
        assert!(story.iter().any(|reason| reason.code == code), "{code}");
    }
}

#[test]
fn every_sentence_comes_as_json_too() {
    let mut books = books(flat(300));
    books
        .events
        .push(event("receipt/1", Trigger::Cash, "2025-02-01", 1, "1000"));
    let line = outcome(&books).lines.remove(0);
    let json = serde_json::to_string(&line).unwrap();
    let back: commission::line::Line = serde_json::from_str(&json).unwrap();
    assert_eq!(back, line);
    let story = serde_json::to_value(explain::line(&line, &ByNumber)).unwrap();
    assert_eq!(story[0]["code"], "commission.happened");
}
