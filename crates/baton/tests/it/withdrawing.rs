//! Papers that were entered by mistake are taken back, and their numbers are free again.

use serde_json::{Value as Json, json};

use crate::commission::{calculate, holds, open, plan, statement};
use crate::credit::loaded;
use crate::harness::{Answer, Company, Login, World, money};
use crate::payroll::closed;
use crate::plans::{any, component, offer};
use crate::statement::holds_again;

story!(
    a_receipt_with_a_slip_of_the_pen_is_entered_again,
    what_something_rests_on_goes_last,
    a_contract_that_was_handed_over_by_itself_stays,
    papers_of_a_merged_customer_are_his,
    a_month_is_calculated_again_before_it_is_closed,
    what_earned_nothing_or_is_of_later_holds_no_month_up,
    a_closed_month_keeps_what_it_counted,
    a_contract_of_a_closed_month_is_entered_again,
    an_invoice_of_a_closed_month_is_issued_again,
    the_papers_of_a_closed_month_go_from_the_end,
    what_an_import_brought_goes_with_the_import,
    a_refund_that_never_was_is_taken_back,
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
    // It never came, yesterday neither.
    let day = world.today().plus_days(-1);
    let then = seen(
        &world,
        &company,
        &format!("/invoices?open=true&as_of={day}"),
    )
    .await;
    assert_eq!(then["items"][0]["open"]["amount"], "800.00");
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
    // Who entered what and why stays to be read, beside a customer who is still there.
    let told = format!("/evidence?subject=contract/{contract}");
    let told = seen(&world, &company, &told).await.to_string();
    for said in ["登记", "误录的合同 HT-1，800.00 元：录错了"] {
        assert!(told.contains(said), "{told}");
    }
    // Whoever was named to chase it keeps nothing in the books.
    let named = json!({ "customer_id": customer, "number": "FP-1", "amount": money("800"),
        "issued_on": world.today(), "due_on": world.today(), "responsible_id": company.li.id });
    let named = world.post(finance, "/invoices", named).await.id();
    let named = format!("invoices/{named}");
    withdraw(&world, finance, &named).await.ok();
    let dispute = json!({ "disputed": true, "reason": "质量问题" });
    let path = format!("/{named}/dispute");
    let dead = world.post(finance, &path, dispute).await;
    assert_eq!(dead.problem(409), "receivable.withdrawn");
    let appoint = json!({ "to_id": company.wang.id, "effective_on": world.today() });
    let path = format!("/{named}/responsible");
    let dead = world.post(finance, &path, appoint).await;
    assert_eq!(dead.problem(409), "receivable.withdrawn");
    let view = seen(&world, &company, &format!("/{named}")).await;
    assert_eq!(view["may_reverse"], false);
    company.invoice(&world, &customer, "FP-1", "800").await;
    holds(&world).await;
}

async fn a_contract_that_was_handed_over_by_itself_stays(world: World) {
    let company = Company::found(&world).await;
    let finance = &company.finance.login;
    let customer = customer(&world, &company).await;
    let contract = json!({ "customer_id": customer, "number": "HT-1", "title": "设备",
        "amount": money("800"), "signed_on": world.today(),
        "ends_on": world.today().plus_days(90) });
    let contract = world.post(finance, "/contracts", contract).await.id();
    let chief = &company.chief.login;
    let body = json!({ "from": company.zhang.id, "effective_on": world.today(),
        "contract_ids": [contract] });
    let plan = world.post(chief, "/handover-plans", body).await.id();
    let to_li = json!({ "version": 1, "change": { "change": "assign_contracts",
        "contract_ids": [contract], "successor_id": company.li.id } });
    crate::handover::step(&world, chief, &plan, "edit", to_li)
        .await
        .ok();
    crate::handover::carried_out(&world, &company, &plan).await;
    let refused = withdraw(&world, finance, &format!("contracts/{contract}")).await;
    let told = refused.body.to_string();
    assert_eq!(refused.problem(409), "receivable.in_use");
    assert!(told.contains("合同单独交接"), "{told}");
}

async fn papers_of_a_merged_customer_are_his(world: World) {
    let company = Company::found(&world).await;
    let finance = &company.finance.login;
    let stays = customer(&world, &company).await;
    let zhang = &company.zhang;
    let twin = company.customer(&world, zhang, "永定机床厂").await;
    let contract = |number: &str| {
        json!({ "customer_id": twin, "number": number, "title": "设备", "amount": money("800"),
            "signed_on": world.today() })
    };
    let one = world
        .post(finance, "/contracts", contract("HT-1"))
        .await
        .id();
    let two = world
        .post(finance, "/contracts", contract("HT-2"))
        .await
        .id();
    let merge = json!({ "into_id": stays, "reason": "重复录入" });
    let path = format!("/customers/{twin}/merge");
    world.post(&company.chief.login, &path, merge).await.ok();
    let order = json!({ "customer_id": stays, "number": "DD-1", "contract_id": one,
        "amount": money("800"), "ordered_on": world.today() });
    let order = world.post(finance, "/orders", order).await.id();
    let invoice = |contract: &str| {
        json!({ "customer_id": stays, "number": "FP-1", "contract_id": contract,
            "order_id": order, "amount": money("800"), "issued_on": world.today(),
            "due_on": world.today() })
    };
    let crossed = world.post(finance, "/invoices", invoice(&two)).await;
    assert_eq!(crossed.problem(422), "receivable.order_of_another");
    world.post(finance, "/invoices", invoice(&one)).await.id();
}

async fn a_month_is_calculated_again_before_it_is_closed(world: World) {
    let company = Company::found(&world).await;
    let finance = &company.finance.login;
    plan(&world, &company, 500).await;
    let customer = customer(&world, &company).await;
    company.invoice(&world, &customer, "FP-1", "800").await;
    let wrong = came(&world, &company, &customer, "800").await.id();
    open(&world, &company, "2026-11").await;
    world.pass_days(9);
    calculate(&world, &company).await;
    let step = |step: &str| format!("/commission-periods/2026-11/{step}");
    world.post(finance, &step("review"), json!({})).await.ok();
    world.pass_days(1);
    withdraw(&world, finance, &format!("receipts/{wrong}"))
        .await
        .ok();
    let stale = world.post(finance, &step("close"), json!({})).await;
    assert_eq!(stale.problem(409), "commission.withdrawn_since");
    calculate(&world, &company).await;
    closed(&world, &company, "2026-11").await;
}

/// A refund of what was left over, and money of December, stand in no figure of November.
async fn what_earned_nothing_or_is_of_later_holds_no_month_up(world: World) {
    let company = Company::found(&world).await;
    let finance = &company.finance.login;
    plan(&world, &company, 500).await;
    let customer = customer(&world, &company).await;
    company.invoice(&world, &customer, "FP-1", "800").await;
    let receipt = came(&world, &company, &customer, "1000").await.id();
    open(&world, &company, "2026-11").await;
    world.pass_days(9);
    company.invoice(&world, &customer, "FP-2", "300").await;
    calculate(&world, &company).await;
    let step = |step: &str| format!("/commission-periods/2026-11/{step}");
    world.post(finance, &step("review"), json!({})).await.ok();
    world.pass_days(1);
    let body = json!({ "number": "TK-1", "on": world.today(), "amount": money("200"),
        "reason": "客户多付" });
    let path = format!("/receipts/{receipt}/refunds");
    let refund = world.post(finance, &path, body).await.id();
    withdraw(&world, finance, &format!("reversals/{refund}"))
        .await
        .ok();
    let body = json!({ "customer_id": customer, "number": "HK-2", "amount": money("300"),
        "received_on": world.today() });
    let later = world.post(finance, "/receipts", body).await.id();
    withdraw(&world, finance, &format!("receipts/{later}"))
        .await
        .ok();
    world.post(finance, &step("close"), json!({})).await.ok();
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
    let other = came(&world, &company, &customer, "700").await.id();
    assert_eq!(earned().await, "35.00");
    closed(&world, &company, "2026-11").await;
    world.pass_days(1);
    withdraw(&world, finance, &format!("receipts/{other}"))
        .await
        .ok();
    let november = statement(&world, zhang, "month=2026-11").await;
    assert_eq!(november["total"]["amount"], "35.00", "it never moves");
    holds_again(&world, zhang, "2026-11", None).await;
    world.pass_days(12);
    open(&world, &company, "2026-12").await;
    calculate(&world, &company).await;
    let december = statement(&world, zhang, "month=2026-12").await;
    assert_eq!(december["total"]["amount"], "-35.00");
    came(&world, &company, &customer, "800").await.id();
    calculate(&world, &company).await;
    let december = statement(&world, zhang, "month=2026-12").await;
    assert_eq!(december["total"]["amount"], "5.00");
    holds(&world).await;
}

/// Finance pays 5 % when this happens.
async fn pays(world: &World, company: &Company, trigger: &str) {
    let flat = crate::plans::flat(500);
    let offer = offer(trigger, &[component("提成", "gross", any(), flat)]);
    crate::plans::plan(world, company, ("提成", offer), json!({})).await;
}

/// Calculates, and gives what Zhang has in this month.
async fn has(world: &World, company: &Company, month: &str) -> Json {
    calculate(world, company).await;
    let query = format!("month={month}");
    statement(world, &company.zhang.login, &query).await["total"]["amount"].clone()
}

async fn a_contract_of_a_closed_month_is_entered_again(world: World) {
    let company = Company::found(&world).await;
    let (zhang, finance) = (&company.zhang.login, &company.finance.login);
    pays(&world, &company, "signing").await;
    let customer = customer(&world, &company).await;
    let day = world.today();
    let signed = async |yuan: &str| {
        let body = json!({ "customer_id": customer, "number": "HT-1", "title": "设备",
            "amount": money(yuan), "signed_on": day });
        world.post(finance, "/contracts", body).await.id()
    };
    let wrong = signed("8000").await;
    open(&world, &company, "2026-11").await;
    assert_eq!(has(&world, &company, "2026-11").await, "400.00");
    closed(&world, &company, "2026-11").await;
    world.pass_days(1);

    let paper = format!("contracts/{wrong}");
    let stranger = withdraw(&world, &company.wang.login, &paper).await;
    assert!(stranger.status.is_client_error(), "{}", stranger.body);
    withdraw(&world, finance, &paper).await.ok();
    withdraw(&world, finance, &paper).await.problem(404);
    let list = format!("/customers/{customer}/contracts");
    assert_eq!(seen(&world, &company, &list).await, json!([]));
    let entry = world.entries("receivable.withdraw").await.remove(0);
    let entry = entry.to_string();
    let said = "误录的合同 HT-1，8,000.00 元：录错了";
    assert!(entry.contains(said), "{entry}");
    // The right one of the same day has its number, and was not known in November.
    signed("800").await;
    let november = statement(&world, zhang, "month=2026-11").await;
    assert_eq!(november["total"]["amount"], "400.00", "it never moves");
    assert!(november.to_string().contains("HT-1"), "{november}");
    holds_again(&world, zhang, "2026-11", None).await;
    world.pass_days(12);
    open(&world, &company, "2026-12").await;
    assert_eq!(has(&world, &company, "2026-12").await, "-360.00");
    closed(&world, &company, "2026-12").await;
    holds_again(&world, zhang, "2026-12", None).await;
    holds(&world).await;
}

async fn an_invoice_of_a_closed_month_is_issued_again(world: World) {
    let company = Company::found(&world).await;
    let (zhang, finance) = (&company.zhang.login, &company.finance.login);
    pays(&world, &company, "invoice").await;
    let customer = customer(&world, &company).await;
    let wrong = company.invoice(&world, &customer, "FP-1", "800").await;
    open(&world, &company, "2026-11").await;
    assert_eq!(has(&world, &company, "2026-11").await, "40.00");
    closed(&world, &company, "2026-11").await;
    world.pass_days(1);
    let paper = format!("invoices/{wrong}");
    withdraw(&world, finance, &paper).await.ok();
    let again = withdraw(&world, finance, &paper).await;
    assert!(again.status.is_client_error(), "{}", again.body);
    company.invoice(&world, &customer, "FP-1", "700").await;
    let november = statement(&world, zhang, "month=2026-11").await;
    assert_eq!(november["total"]["amount"], "40.00", "it never moves");
    // It is called as it was.
    let told = november.to_string();
    assert!(told.contains("FP-1") && !told.contains("FP-1~"), "{told}");
    holds_again(&world, zhang, "2026-11", None).await;
    world.pass_days(12);
    open(&world, &company, "2026-12").await;
    assert_eq!(has(&world, &company, "2026-12").await, "-5.00");
    holds(&world).await;
}

async fn the_papers_of_a_closed_month_go_from_the_end(world: World) {
    let company = Company::found(&world).await;
    let (zhang, finance) = (&company.zhang.login, &company.finance.login);
    plan(&world, &company, 500).await;
    let customer = customer(&world, &company).await;
    let today = world.today();
    let contract = json!({ "customer_id": customer, "number": "HT-1", "title": "设备",
        "amount": money("800"), "signed_on": today });
    let contract = world.post(finance, "/contracts", contract).await.id();
    let order = json!({ "customer_id": customer, "number": "DD-1", "contract_id": contract,
        "amount": money("800"), "ordered_on": today });
    let order = world.post(finance, "/orders", order).await.id();
    let invoice = json!({ "customer_id": customer, "number": "FP-1", "order_id": order,
        "amount": money("800"), "issued_on": today, "due_on": today });
    let invoice = world.post(finance, "/invoices", invoice).await.id();
    let receipt = came(&world, &company, &customer, "600").await.id();
    let refund = json!({ "kind": "refund", "number": "TK-1", "invoice_id": invoice,
        "receipt_id": receipt, "on": today, "amount": money("200"), "reason": "退货" });
    let refund = world.post(finance, "/reversals", refund).await.id();
    open(&world, &company, "2026-11").await;
    assert_eq!(has(&world, &company, "2026-11").await, "20.00");
    closed(&world, &company, "2026-11").await;
    world.pass_days(1);

    for (paper, why) in [
        (format!("contracts/{contract}"), "已有订单，不能撤回"),
        (format!("orders/{order}"), "已有发票，不能撤回"),
        (format!("invoices/{invoice}"), "已核销 600.00 元"),
        (format!("receipts/{receipt}"), "已有退款与坏账"),
    ] {
        let refused = withdraw(&world, finance, &paper).await;
        let told = refused.body.to_string();
        assert_eq!(refused.problem(409), "receivable.in_use");
        assert!(told.contains(why) && told.contains("请先"), "{told}");
    }
    for paper in [
        format!("reversals/{refund}"),
        format!("receipts/{receipt}"),
        format!("invoices/{invoice}"),
        format!("orders/{order}"),
        format!("contracts/{contract}"),
    ] {
        withdraw(&world, finance, &paper).await.ok();
    }
    let november = statement(&world, zhang, "month=2026-11").await;
    assert_eq!(november["total"]["amount"], "20.00", "it never moves");
    // What was received and given back is still of that contract.
    holds_again(&world, zhang, "2026-11", None).await;
    world.pass_days(12);
    open(&world, &company, "2026-12").await;
    assert_eq!(has(&world, &company, "2026-12").await, "-20.00");
    closed(&world, &company, "2026-12").await;
    holds_again(&world, zhang, "2026-12", None).await;
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

#[expect(clippy::too_many_lines, reason = "a story is told in one piece")]
async fn a_refund_that_never_was_is_taken_back(world: World) {
    let company = Company::found(&world).await;
    let (zhang, finance) = (&company.zhang.login, &company.finance.login);
    plan(&world, &company, 500).await;
    let customer = customer(&world, &company).await;
    let invoice = company.invoice(&world, &customer, "FP-1", "800").await;
    let receipt = came(&world, &company, &customer, "600").await.id();
    let undo = |kind: &str, number: &str, receipt: Option<&str>| {
        json!({ "kind": kind, "number": number, "invoice_id": invoice, "receipt_id": receipt,
            "on": world.today(), "amount": money("200"), "reason": "录入" })
    };
    let record = async |body: Json| world.post(finance, "/reversals", body).await;
    let refund = record(undo("refund", "TK-1", Some(&receipt))).await.id();
    let lost = record(undo("bad_debt", "HZ-1", None)).await.id();
    let (refund, lost) = (format!("reversals/{refund}"), format!("reversals/{lost}"));
    open(&world, &company, "2026-11").await;
    calculate(&world, &company).await;
    closed(&world, &company, "2026-11").await;
    let november = statement(&world, zhang, "month=2026-11").await;
    assert_eq!(november["total"]["amount"], "20.00", "5 % of 600 less 200");
    world.pass_days(1);

    let stranger = withdraw(&world, &company.wang.login, &refund).await;
    assert!(stranger.status.is_client_error(), "{}", stranger.body);
    let resting = withdraw(&world, finance, &format!("receipts/{receipt}")).await;
    let told = resting.body.to_string();
    assert_eq!(resting.problem(409), "receivable.in_use");
    assert!(told.contains("退款与坏账"), "{told}");
    withdraw(&world, finance, &refund).await.ok();
    let again = withdraw(&world, finance, &refund).await;
    assert_eq!(again.problem(409), "receivable.withdrawn");
    withdraw(&world, finance, &lost).await.ok();
    let view = seen(&world, &company, &format!("/invoices/{invoice}")).await;
    assert_eq!(view["reversals"], json!([]));
    assert_eq!(view["may_lose"]["amount"], "200.00");
    assert_eq!(view["receipts"][0]["may_go_back"]["amount"], "600.00");
    let told = seen(
        &world,
        &company,
        &format!("/evidence?subject=invoice/{invoice}"),
    )
    .await;
    // The entry calls what it speaks of by its number.
    let entry = format!("/evidence/{}", told["items"][1]["index"]);
    let called = seen(&world, &company, &entry).await["called"].clone();
    let id = refund.replace("reversals/", "reversal/");
    assert_eq!(called[&id], "TK-1", "{called}");
    assert_eq!(called[format!("invoice/{invoice}")], "FP-1");
    let told = told.to_string();
    assert!(
        told.contains("误录的退款或坏账 TK-1，200.00 元：录错了"),
        "{told}"
    );

    // The closed month stands, and what it took back comes in the next.
    let november = statement(&world, zhang, "month=2026-11").await;
    assert_eq!(november["total"]["amount"], "20.00", "it never moves");
    holds_again(&world, zhang, "2026-11", None).await;
    world.pass_days(12);
    open(&world, &company, "2026-12").await;
    calculate(&world, &company).await;
    let december = statement(&world, zhang, "month=2026-12").await;
    assert_eq!(december["total"]["amount"], "10.00");

    // Its number is free, as often as it is taken back.
    for _ in 0..2 {
        let next = record(undo("refund", "TK-1", Some(&receipt))).await.id();
        let twice = record(undo("refund", "TK-1", Some(&receipt))).await;
        assert_eq!(twice.problem(409), "receivable.number_taken");
        withdraw(&world, finance, &format!("reversals/{next}"))
            .await
            .ok();
    }
    // Nothing rests on the papers any more.
    withdraw(&world, finance, &format!("receipts/{receipt}"))
        .await
        .ok();
    withdraw(&world, finance, &format!("invoices/{invoice}"))
        .await
        .ok();
    holds(&world).await;
}
