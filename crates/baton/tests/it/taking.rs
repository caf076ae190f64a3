//! What a refund or a bad debt would take back is shown before it is recorded, and is what it
//! takes.

use serde_json::{Value as Json, json};

use crate::commission::{calculate, holds, open, statement};
use crate::harness::{Company, World, money};
use crate::payroll::{closed, november};
use crate::plans::{any, component, contract, flat, invoiced, mine, offer, plan};

story!(
    what_a_refund_takes_back_is_shown_before,
    what_other_customers_added_up_counts,
    both_sides_of_a_handover_are_shown,
);

const PREVIEW: &str = "/reversals/preview";

async fn came(world: &World, company: &Company, customer: &str, of: (&str, &str)) -> String {
    let (number, yuan) = of;
    let body = json!({ "customer_id": customer, "number": number, "amount": money(yuan),
        "received_on": world.today() });
    let finance = &company.finance.login;
    world.post(finance, "/receipts", body).await.id()
}

/// `name amount` of each.
fn told(preview: &Json) -> Vec<String> {
    let people = preview["people"].as_array().expect("people").iter();
    let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    people
        .map(|one| {
            let (name, amount) = (&one["person"]["name"], &one["amount"]["amount"]);
            format!("{} {}", text(name), text(amount))
        })
        .collect()
}

async fn what_a_refund_takes_back_is_shown_before(world: World) {
    let company = Company::found(&world).await;
    let finance = &company.finance.login;
    let by_cash = offer("cash", &[component("回款提成", "gross", any(), flat(500))]);
    plan(&world, &company, ("回款提成", by_cash), json!({})).await;
    let by_invoice = offer("invoice", &[component("开票奖", "gross", any(), flat(100))]);
    let more = json!({ "overlay": "开票" });
    plan(&world, &company, ("开票奖", by_invoice), more).await;
    let (customer, deal) = contract(&world, &company, ("HT-1", "10000.00")).await;
    let credit = json!({ "credit": {
        "direct": [{ "share": 10_000 }],
        "overlays": [{ "name": "开票", "members":
            [{ "employee_id": company.li.id, "share": 10_000 }] }] }, "reason": "内勤开票" });
    let path = format!("/commission-deals/{deal}/credit");
    world.post(finance, &path, credit).await.ok();
    let invoice = invoiced(&world, &company, (&customer, &deal), "10000.00").await;
    let receipt = came(&world, &company, &customer, ("HK-1", "8000.00")).await;
    open(&world, &company, "2026-11").await;
    let ask = |kind: &str, yuan: &str| {
        json!({ "kind": kind, "invoice_id": invoice, "on": world.today(), "amount": money(yuan),
            "receipt_id": (kind == "refund").then_some(receipt.as_str()) })
    };
    let before = world.entries("receivable.reverse").await.len();
    // Refused where recording is, at the same places.
    let much = world.post(finance, PREVIEW, ask("refund", "8000.01")).await;
    assert_eq!(much.problem(422), "receivable.reversal_amount");
    let mut ahead = ask("refund", "1.00");
    ahead["on"] = json!(world.today().plus_days(1));
    let ahead = world.post(finance, PREVIEW, ahead).await;
    assert!(ahead.status.is_client_error());
    for other in [&company.wang.login, &company.zhang.login, &company.hr.login] {
        let foreign = world.post(other, PREVIEW, ask("refund", "3000.00")).await;
        assert!(matches!(foreign.status.as_u16(), 403 | 404));
    }
    let refund = world.post(finance, PREVIEW, ask("refund", "3000.00")).await;
    let refund = refund.ok();
    assert_eq!(told(&refund), ["张三 150.00", "李四 30.00"]);
    assert_eq!(
        (&refund["month"], &refund["others"]),
        (&json!("2026-11"), &json!(false))
    );
    let lost = world
        .post(finance, PREVIEW, ask("bad_debt", "2000.00"))
        .await;
    assert_eq!(told(&lost.ok()), ["李四 20.00"]);
    assert_eq!(world.entries("receivable.reverse").await.len(), before);

    // It takes what was shown, and a second one only the rest.
    let mut record = ask("refund", "3000.00");
    record["number"] = json!("TK-1");
    record["reason"] = json!("设备退货");
    world.post(finance, "/reversals", record).await.ok();
    calculate(&world, &company).await;
    assert_eq!(
        mine(&world, &company.zhang.login).await["total"]["amount"],
        "250.00"
    );
    assert_eq!(
        mine(&world, &company.li.login).await["total"]["amount"],
        "70.00"
    );
    let rest = world.post(finance, PREVIEW, ask("refund", "5000.00")).await;
    assert_eq!(told(&rest.ok()), ["张三 250.00", "李四 50.00"]);
    // Of a closed month it is set off in the next one.
    closed(&world, &company, "2026-11").await;
    let later = world.post(finance, PREVIEW, ask("refund", "5000.00")).await;
    assert_eq!(later.ok()["month"], "2026-12");
    holds(&world).await;
}

async fn what_other_customers_added_up_counts(world: World) {
    let company = Company::found(&world).await;
    let finance = &company.finance.login;
    // Nothing up to 10,000 a month, a tenth above.
    let bands = json!({ "ladder": [
        { "from": money("0"), "rate": 0, "reach": "excess" },
        { "from": money("10000.00"), "rate": 1_000, "reach": "excess" }] });
    let by_cash = offer("cash", &[component("回款提成", "gross", any(), bands)]);
    plan(&world, &company, ("回款提成", by_cash), json!({})).await;
    let (first, deal) = contract(&world, &company, ("HT-1", "10000.00")).await;
    invoiced(&world, &company, (&first, &deal), "10000.00").await;
    came(&world, &company, &first, ("HK-1", "10000.00")).await;
    world.pass_days(1);
    let (second, deal) = contract(&world, &company, ("HT-2", "6000.00")).await;
    let invoice = invoiced(&world, &company, (&second, &deal), "6000.00").await;
    let receipt = came(&world, &company, &second, ("HK-2", "6000.00")).await;
    let ask = json!({ "kind": "refund", "invoice_id": invoice, "receipt_id": receipt,
        "on": world.today(), "amount": money("2000.00") });
    let seen = world.post(finance, PREVIEW, ask).await.ok();
    // By itself the second customer would never have reached the band.
    assert_eq!(told(&seen), ["张三 200.00"]);
    holds(&world).await;
}

async fn both_sides_of_a_handover_are_shown(world: World) {
    let company = Company::found(&world).await;
    november(&world, &company).await;
    let finance = &company.finance.login;
    let invoices = world.get(finance, "/invoices?limit=1").await.ok();
    let id = invoices["items"][0]["id"].as_str().expect("an invoice");
    let seen = world.get(finance, &format!("/invoices/{id}")).await.ok();
    let receipt = &seen["receipts"][0]["id"];
    let mut ask = json!({ "kind": "refund", "invoice_id": id, "receipt_id": receipt,
        "on": world.today(), "amount": money("98765.43") });
    let whole = world.post(finance, PREVIEW, ask.clone()).await.ok();
    assert_eq!(told(&whole), ["张三 2302.22", "李四 986.67"]);
    ask["amount"] = money("9876.54");
    let part = told(&world.post(finance, PREVIEW, ask.clone()).await.ok());
    ask["number"] = json!("TK-1");
    ask["reason"] = json!("设备退货");
    world.post(finance, "/reversals", ask).await.ok();
    calculate(&world, &company).await;
    let mut taken = Vec::new();
    for (name, login) in [("张三", &company.zhang.login), ("李四", &company.li.login)] {
        let lines = statement(&world, login, "month=2026-11").await["lines"].clone();
        let mut lines = lines.as_array().expect("lines").clone().into_iter();
        let back = lines.find_map(|line| {
            let amount = line["commission"]["amount"].as_str()?.strip_prefix('-')?;
            Some(amount.to_owned())
        });
        taken.push(format!("{name} {}", back.expect("what was taken back")));
    }
    assert_eq!(part, taken);
    holds(&world).await;
}
