//! Papers that were entered by mistake are taken back, and their numbers are free again.

use serde_json::{Value as Json, json};

use crate::commission::{calculate, holds, open, plan, statement};
use crate::credit::loaded;
use crate::harness::{Answer, Company, Login, World, money};
use crate::payroll::closed;

story!(
    a_receipt_with_a_slip_of_the_pen_is_entered_again,
    what_something_rests_on_goes_last,
    a_closed_month_keeps_what_it_counted,
    what_an_import_brought_goes_with_the_import,
);

async fn customer(world: &World, company: &Company) -> String {
    company
        .customer(world, &company.zhang, "永定机床有限公司")
        .await
}

async fn came(world: &World, company: &Company, customer: &str, yuan: &str) -> Answer {
    let body = json!({ "customer_id": customer, "number": "HK-1", "amount": money(yuan),
        "received_on": world.today() });
    world.post(&company.finance.login, "/receipts", body).await
}

async fn withdraw(world: &World, login: &Login, paper: &str) -> Answer {
    let path = format!("/{paper}/withdraw");
    world
        .post(login, &path, json!({ "reason": "录错了" }))
        .await
}

async fn seen(world: &World, company: &Company, path: &str) -> Json {
    world.get(&company.finance.login, path).await.ok()
}

async fn a_receipt_with_a_slip_of_the_pen_is_entered_again(world: World) {
    let company = Company::found(&world).await;
    let finance = &company.finance.login;
    let customer = customer(&world, &company).await;
    let invoice = company.invoice(&world, &customer, "FP-1", "800").await;
    let receipt = came(&world, &company, &customer, "8000").await.id();
    world.pass_days(1);
    let paper = format!("receipts/{receipt}");
    for login in [
        &company.zhang.login,
        &company.wang.login,
        &company.hr.login,
        &company.chief.login,
    ] {
        let tried = withdraw(&world, login, &paper).await;
        assert!(matches!(tried.status.as_u16(), 403 | 404), "{}", tried.body);
    }
    let wordless = json!({ "reason": " " });
    let path = format!("/{paper}/withdraw");
    let wordless = world.post(finance, &path, wordless).await;
    assert_eq!(wordless.problem(422), "request.length");

    withdraw(&world, finance, &paper).await.ok();
    let view = seen(&world, &company, &format!("/invoices/{invoice}")).await;
    assert_eq!(view["open"]["amount"], "800.00");
    assert_eq!(view["receipts"], json!([]));
    assert_eq!(view["credits"], json!([]));
    let list = format!("/customers/{customer}/receipts");
    assert_eq!(seen(&world, &company, &list).await, json!([]));
    let entry = world.entries("receivable.withdraw").await.remove(0);
    let entry = entry.to_string();
    let said = "误录的回款 HK-1，8,000.00 元：录错了";
    assert!(entry.contains(said), "{entry}");
    let again = withdraw(&world, finance, &paper).await;
    assert_eq!(again.problem(409), "receivable.withdrawn");
    // Its number is free, and what it cleared is cleared by the right one.
    came(&world, &company, &customer, "800").await.id();
    let view = seen(&world, &company, &format!("/invoices/{invoice}")).await;
    assert_eq!(view["open"]["amount"], "0.00");
    assert_eq!(view["receipts"].as_array().map(Vec::len), Some(1));
    holds(&world).await;
}

async fn what_something_rests_on_goes_last(world: World) {
    let company = Company::found(&world).await;
    let finance = &company.finance.login;
    let customer = customer(&world, &company).await;
    let contract = json!({ "customer_id": customer, "number": "HT-1", "title": "设备",
        "amount": money("800"), "signed_on": world.today() });
    let contract = world.post(finance, "/contracts", contract).await.id();
    let order = json!({ "customer_id": customer, "number": "DD-1", "contract_id": contract,
        "amount": money("800"), "ordered_on": world.today() });
    let order = world.post(finance, "/orders", order).await.id();
    let invoice = json!({ "customer_id": customer, "number": "FP-1", "contract_id": contract,
        "order_id": order, "amount": money("800"), "issued_on": world.today(),
        "due_on": world.today() });
    let invoice = world.post(finance, "/invoices", invoice).await.id();
    let receipt = came(&world, &company, &customer, "300").await.id();
    let papers = [
        format!("contracts/{contract}"),
        format!("orders/{order}"),
        format!("invoices/{invoice}"),
    ];
    for (paper, why) in papers
        .iter()
        .zip(["订单、发票", "发票", "已核销 300.00 元"])
    {
        let refused = withdraw(&world, finance, paper).await;
        let told = refused.body.to_string();
        assert_eq!(refused.problem(409), "receivable.in_use");
        assert!(told.contains(why), "{told}");
    }
    let receipt = format!("receipts/{receipt}");
    withdraw(&world, finance, &receipt).await.ok();
    for paper in papers.iter().rev() {
        withdraw(&world, finance, paper).await.ok();
    }
    for paper in &papers[..2] {
        withdraw(&world, finance, paper).await.problem(404);
    }
    for list in ["contracts", "orders", "invoices", "receipts"] {
        let path = format!("/customers/{customer}/{list}");
        assert_eq!(seen(&world, &company, &path).await, json!([]), "{list}");
    }
    company.invoice(&world, &customer, "FP-1", "800").await;
    holds(&world).await;
}

async fn a_closed_month_keeps_what_it_counted(world: World) {
    let company = Company::found(&world).await;
    let (zhang, finance) = (&company.zhang.login, &company.finance.login);
    plan(&world, &company, 500).await;
    let customer = customer(&world, &company).await;
    company.invoice(&world, &customer, "FP-1", "800").await;
    let wrong = came(&world, &company, &customer, "800").await.id();
    open(&world, &company, "2026-11").await;
    let earned = async || {
        calculate(&world, &company).await;
        let november = statement(&world, zhang, "month=2026-11").await;
        november["total"]["amount"].clone()
    };
    assert_eq!(earned().await, "40.00");
    // An open month is calculated again.
    withdraw(&world, finance, &format!("receipts/{wrong}"))
        .await
        .ok();
    assert_eq!(earned().await, "0.00");
    let right = came(&world, &company, &customer, "700").await.id();
    assert_eq!(earned().await, "35.00");
    closed(&world, &company, "2026-11").await;
    let refused = withdraw(&world, finance, &format!("receipts/{right}")).await;
    assert!(
        refused.body.to_string().contains("登记退款"),
        "{}",
        refused.body
    );
    assert_eq!(refused.problem(409), "receivable.in_closed_month");
    holds(&world).await;
}

async fn what_an_import_brought_goes_with_the_import(world: World) {
    let company = Company::found(&world).await;
    let customer = customer(&world, &company).await;
    loaded(&world, &company, &customer).await;
    let list = format!("/customers/{customer}/receipts");
    let receipts = seen(&world, &company, &list).await;
    let receipt = receipts[0]["id"].as_str().expect("an id");
    let paper = format!("receipts/{receipt}");
    let refused = withdraw(&world, &company.finance.login, &paper).await;
    assert_eq!(refused.problem(409), "receivable.imported");
}
