//! A paper that was entered by hand comes in a second time by a file.

use baton::import::Action;
use serde_json::{Value as Json, json};

use super::undo_of;
use super::undone::papers;
use crate::harness::{Company, World, money};

story!(
    a_paper_of_the_same_number_and_content_is_the_same,
    a_paper_of_the_same_number_and_other_content_is_refused,
);

/// Finance enters a contract, an invoice and a receipt by hand; gives the customer's number.
async fn by_hand(world: &World) -> String {
    let company = Company::found(world).await;
    let finance = &company.finance.login;
    let (zhang, name) = (&company.zhang, "永定机床有限公司");
    let customer = company.customer(world, zhang, name).await;
    let today = world.today();
    let post = async |path: &str, body: Json| {
        world.post(finance, path, body).await.ok();
    };
    let contract = json!({ "customer_id": customer, "number": "HT-1", "title": "三号线改造",
        "amount": money("500"), "signed_on": today });
    post("/contracts", contract).await;
    company.invoice(world, &customer, "FP-1", "70").await;
    let receipt = json!({ "customer_id": customer, "number": "ＤＲ－１", "amount": money("30"),
        "received_on": today });
    post("/receipts", receipt).await;
    let number = world.texts("SELECT number FROM customer", &["number"]);
    number.await.swap_remove(0).swap_remove(0)
}

/// Number and amount of every paper.
async fn booked(world: &World) -> Vec<Vec<String>> {
    let all = "SELECT number, CAST(amount AS TEXT) AS amount FROM receivable_contract \
               UNION ALL SELECT number, CAST(amount AS TEXT) FROM receivable_invoice \
               UNION ALL SELECT number, CAST(amount AS TEXT) FROM receivable_receipt";
    let mut all = world.texts(all, &["number", "amount"]).await;
    all.sort();
    all
}

async fn a_paper_of_the_same_number_and_content_is_the_same(world: World) {
    let (k, today) = (by_hand(&world).await, world.today());
    let before = booked(&world).await;
    let c = format!("HT-1,{k},,{today},500,,");
    let f = format!("ＦＰ－１ ,{k},,{today},,70");
    // A receipt of the file clears the invoice that was entered by hand.
    let h = format!("DR-1,{k},,{today},30\nDR-2,{k},FP-1,{today},40");
    let summary = papers(&world, ["", &c, &f, &h]).await;
    for kind in ["contract", "invoice", "receipt"] {
        let became = &summary.counts[kind];
        assert_eq!(became[&Action::Matched], 1, "{kind} {became:?}");
    }
    let mut after = before.clone();
    after.push(vec!["DR-2".to_owned(), "4000".to_owned()]);
    after.sort();
    assert_eq!(booked(&world).await, after, "counted once");
    let open = "SELECT CAST(amount - cleared AS TEXT) AS open FROM receivable_invoice";
    assert_eq!(world.texts(open, &["open"]).await, [["0"]]);
    world.done(&undo_of(summary.id)).await;
    let still = booked(&world).await;
    let still = still.into_iter().filter(|row| !row[0].starts_with("DR-2"));
    assert!(still.eq(before), "what was entered by hand stays");
}

async fn a_paper_of_the_same_number_and_other_content_is_refused(world: World) {
    let (k, today) = (by_hand(&world).await, world.today());
    let before = booked(&world).await;
    let (other, yesterday) = ("R001,远山机电有限公司,华东,", today.plus_days(-1));
    let c = format!("HT-1,{k},,{today},600,,");
    let f = format!("FP-1,R001,,{today},,70");
    let h = format!("DR-1,{k},,{yesterday},30");
    let summary = papers(&world, [other, &c, &f, &h]).await;
    assert_eq!(booked(&world).await, before);
    // The counts of each file agree with the list of what stays outside.
    let sources = summary.report.sources.iter();
    let counts: Vec<(&str, u64, u64)> = sources
        .map(|of| (of.file.as_str(), of.used, of.refused))
        .collect();
    let wanted = [
        ("c.csv", 0, 1),
        ("f.csv", 0, 1),
        ("h.csv", 0, 1),
        ("k.csv", 1, 0),
    ];
    assert_eq!(
        (counts.as_slice(), summary.report.batch.refused),
        (&wanted[..], 3)
    );
    let findings = summary.report.findings.iter();
    let outside = findings.clone().filter(|found| found.severity == "refused");
    let called: Vec<&str> = outside.map(|found| found.value_en.as_str()).collect();
    assert_eq!(called, ["contract HT-1", "invoice FP-1", "receipt DR-1"]);
    let told: Vec<&str> = findings
        .filter(|found| found.severity == "refused")
        .inspect(|found| assert!(found.remedy.contains("请核对编号"), "{}", found.remedy))
        .map(|found| found.reason.as_str())
        .collect();
    let days =
        format!("系统中已有编号为「DR-1」的回款，日期不同（文件 {yesterday}，系统 {today}）");
    assert_eq!(
        told,
        [
            "系统中已有编号为「HT-1」的合同，金额不同（文件 600.00 元，系统 500.00 元）",
            "系统中已有编号为「FP-1」的发票，客户不同",
            days.as_str(),
        ]
    );
}
