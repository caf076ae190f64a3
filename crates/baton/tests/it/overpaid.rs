//! What a customer paid beyond what it owed goes back to it 退回余款.

use baton::import::acts::undo::Undo;
use serde_json::{Value as Json, json};

use crate::commission::{holds, open, plan};
use crate::credit::{came, earned, in_use, loaded, matches, part};
use crate::harness::{Answer, Company, Login, World, money};

story!(
    what_is_left_over_goes_back_in_parts,
    what_may_not_go_back_is_refused,
    a_refund_of_what_was_left_is_taken_back,
    two_refunds_at_once_stay_within_what_is_left,
    an_import_whose_money_went_back_is_undone_once_it_did_not,
);

async fn pay_back(world: &World, login: &Login, receipt: &str, of: (&str, &str)) -> Answer {
    let (number, yuan) = of;
    let body = json!({ "number": number, "on": world.today(), "amount": money(yuan),
        "reason": "客户多付" });
    let path = format!("/receipts/{receipt}/refunds");
    world.post(login, &path, body).await
}

async fn seen(world: &World, company: &Company, path: &str) -> Json {
    world.get(&company.finance.login, path).await.ok()
}

/// What a customer's only receipt cleared, what of it was paid back, and what is left.
async fn stands(world: &World, company: &Company, customer: &str) -> [String; 3] {
    let list = format!("/customers/{customer}/receipts");
    let receipts = seen(world, company, &list).await;
    assert_eq!(receipts.as_array().map(Vec::len), Some(1), "{receipts}");
    ["cleared", "refunded", "credit"].map(|key| {
        let amount = receipts[0][key]["amount"].as_str();
        amount.expect("an amount").to_owned()
    })
}

/// A customer that owed 800 and paid 1,000.
async fn overpaid(world: &World, company: &Company) -> (String, String) {
    let customer = company
        .customer(world, &company.zhang, "永定机床有限公司")
        .await;
    company.invoice(world, &customer, "FP-1", "800").await;
    let receipt = came(world, company, &customer, ("HK-1", "1000")).await;
    (customer, receipt)
}

async fn what_is_left_over_goes_back_in_parts(world: World) {
    let company = Company::found(&world).await;
    let finance = &company.finance.login;
    plan(&world, &company, 500).await;
    let (customer, receipt) = overpaid(&world, &company).await;
    open(&world, &company, "2026-11").await;
    assert_eq!(earned(&world, &company, "2026-11").await, "40.00");
    world.pass_days(1);
    pay_back(&world, finance, &receipt, ("TK-1", "50"))
        .await
        .id();
    let sums = stands(&world, &company, &customer).await;
    assert_eq!(sums, ["800.00", "50.00", "150.00"]);
    // It earned nothing and takes nothing back.
    assert_eq!(earned(&world, &company, "2026-11").await, "40.00");
    let refunds = format!("/customers/{customer}/refunds");
    let told = seen(&world, &company, &refunds).await;
    assert_eq!(told[0]["number"], "TK-1");
    assert_eq!(told[0]["receipt"], "HK-1");
    assert_eq!(told[0]["amount"]["amount"], "50.00");
    assert_eq!(told[0]["recorded_by"]["name"], "钱会计");

    // What went back clears nothing any more.
    let invoice = company.invoice(&world, &customer, "FP-2", "500").await;
    let view = seen(&world, &company, &format!("/invoices/{invoice}")).await;
    assert_eq!(view["credits"][0]["credit"]["amount"], "150.00");
    let offer = seen(&world, &company, &matches(&receipt)).await;
    assert_eq!(offer["credit"]["amount"], "150.00");
    assert_eq!(offer["invoices"][0]["takes"]["amount"], "150.00");
    let body = |yuan: &str| json!({ "clearings": [part(&invoice, yuan)] });
    let much = world
        .post(finance, &matches(&receipt), body("150.01"))
        .await;
    assert_eq!(much.problem(422), "receivable.clearing");
    world
        .post(finance, &matches(&receipt), body("100"))
        .await
        .ok();
    let much = pay_back(&world, finance, &receipt, ("TK-2", "50.01")).await;
    assert_eq!(much.problem(422), "receivable.reversal_amount");

    pay_back(&world, finance, &receipt, ("TK-2", "50"))
        .await
        .id();
    let sums = stands(&world, &company, &customer).await;
    assert_eq!(sums, ["900.00", "100.00", "0.00"]);
    let again = pay_back(&world, finance, &receipt, ("TK-3", "0.01")).await;
    assert_eq!(again.problem(409), "receivable.no_credit");
    let again = world.post(finance, &matches(&receipt), json!({})).await;
    assert_eq!(again.problem(409), "receivable.no_credit");
    let view = seen(&world, &company, &format!("/invoices/{invoice}")).await;
    assert_eq!(view["credits"], json!([]));
    assert_eq!(view["reversals"], json!([]));
    assert_eq!(earned(&world, &company, "2026-11").await, "45.00");
    holds(&world).await;
}

async fn what_may_not_go_back_is_refused(world: World) {
    let company = Company::found(&world).await;
    let finance = &company.finance.login;
    let (customer, receipt) = overpaid(&world, &company).await;
    world.pass_days(1);
    for other in [
        &company.zhang.login,
        &company.wang.login,
        &company.hr.login,
        &company.chief.login,
    ] {
        let tried = pay_back(&world, other, &receipt, ("TK-1", "1")).await;
        assert!(matches!(tried.status.as_u16(), 403 | 404), "{}", tried.body);
    }
    let foreign = format!("/customers/{customer}/refunds");
    let foreign = world.get(&company.wang.login, &foreign).await;
    assert!(matches!(foreign.status.as_u16(), 403 | 404));
    let path = format!("/receipts/{receipt}/refunds");
    let body = |on: i64, yuan: &str, reason: &str| {
        json!({ "number": "TK-1", "on": world.today().plus_days(on), "amount": money(yuan),
            "reason": reason })
    };
    for (wrong, code) in [
        (body(0, "200.01", "多付"), "receivable.reversal_amount"),
        (body(0, "0", "多付"), "receivable.reversal_amount"),
        (body(-2, "1", "多付"), "receivable.reversal_early"),
        (body(1, "1", "多付"), "receivable.future_day"),
        (body(0, "1", " "), "request.length"),
    ] {
        let refused = world.post(finance, &path, wrong).await;
        assert_eq!(refused.problem(422), code);
    }
    let absent = "rcp_01arz3ndektsv4rrffq69g5fav";
    let absent = pay_back(&world, finance, absent, ("TK-1", "1")).await;
    absent.problem(404);

    // One series of numbers with the refunds of invoices.
    pay_back(&world, finance, &receipt, ("TK-1", "1"))
        .await
        .id();
    let twice = pay_back(&world, finance, &receipt, ("ＴＫ-1", "1")).await;
    assert_eq!(twice.problem(409), "receivable.number_taken");
    let invoices = format!("/customers/{customer}/invoices");
    let invoice = seen(&world, &company, &invoices).await[0]["id"].clone();
    let mut refund = body(0, "1", "退货");
    refund["kind"] = json!("refund");
    refund["invoice_id"] = invoice;
    refund["receipt_id"] = json!(receipt);
    let twice = world.post(finance, "/reversals", refund.clone()).await;
    assert_eq!(twice.problem(409), "receivable.number_taken");
    // What cleared an invoice goes back as before, and both beside one another.
    refund["number"] = json!("TK-2");
    refund["amount"] = money("800");
    world.post(finance, "/reversals", refund).await.ok();
    let sums = stands(&world, &company, &customer).await;
    assert_eq!(sums, ["800.00", "1.00", "199.00"]);
    holds(&world).await;
}

async fn a_refund_of_what_was_left_is_taken_back(world: World) {
    let company = Company::found(&world).await;
    let finance = &company.finance.login;
    let customer = company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    // Nothing is owed: all of it waits.
    let receipt = came(&world, &company, &customer, ("HK-1", "100")).await;
    let refund = pay_back(&world, finance, &receipt, ("TK-1", "100"))
        .await
        .id();
    let withdraw = async |paper: String| {
        let path = format!("/{paper}/withdraw");
        let body = json!({ "reason": "录错了" });
        world.post(finance, &path, body).await
    };
    let resting = withdraw(format!("receipts/{receipt}")).await;
    let told = resting.body.to_string();
    assert_eq!(resting.problem(409), "receivable.in_use");
    assert!(told.contains("退款与坏账"), "{told}");

    withdraw(format!("reversals/{refund}")).await.ok();
    let again = withdraw(format!("reversals/{refund}")).await;
    assert_eq!(again.problem(409), "receivable.withdrawn");
    let sums = stands(&world, &company, &customer).await;
    assert_eq!(sums, ["0.00", "0.00", "100.00"]);
    let refunds = format!("/customers/{customer}/refunds");
    assert_eq!(seen(&world, &company, &refunds).await, json!([]));
    let history = format!("/evidence?subject=receipt/{receipt}");
    let told = seen(&world, &company, &history).await.to_string();
    for said in [
        "的回款 HK-1 的余款 100.00 元，退款单 TK-1：客户多付",
        "误录的退款或坏账 TK-1，100.00 元：录错了",
    ] {
        assert!(told.contains(said), "{told}");
    }

    // Its number is free, and nothing rests on the receipt any more.
    let next = pay_back(&world, finance, &receipt, ("TK-1", "40"))
        .await
        .id();
    withdraw(format!("reversals/{next}")).await.ok();
    withdraw(format!("receipts/{receipt}")).await.ok();
    let gone = pay_back(&world, finance, &receipt, ("TK-1", "1")).await;
    assert_eq!(gone.problem(409), "receivable.withdrawn");
    let list = format!("/customers/{customer}/receipts");
    assert_eq!(seen(&world, &company, &list).await, json!([]));
    came(&world, &company, &customer, ("HK-1", "100")).await;
    holds(&world).await;
}

async fn two_refunds_at_once_stay_within_what_is_left(world: World) {
    let company = Company::found(&world).await;
    let finance = &company.finance.login;
    let (customer, receipt) = overpaid(&world, &company).await;
    let (one, other) = tokio::join!(
        pay_back(&world, finance, &receipt, ("TK-1", "120")),
        pay_back(&world, finance, &receipt, ("TK-2", "120")),
    );
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 422], "{} {}", one.body, other.body);
    let sums = stands(&world, &company, &customer).await;
    assert_eq!(sums, ["800.00", "120.00", "80.00"]);
    holds(&world).await;
}

async fn an_import_whose_money_went_back_is_undone_once_it_did_not(world: World) {
    let company = Company::found(&world).await;
    let customer = company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    let batch = loaded(&world, &company, &customer).await;
    let list = format!("/customers/{customer}/receipts");
    let receipts = seen(&world, &company, &list).await;
    let receipt = receipts[0]["id"].as_str().expect("an id");
    let finance = &company.finance.login;
    let refund = pay_back(&world, finance, receipt, ("TK-1", "300"))
        .await
        .id();
    let told = in_use(&world, batch).await;
    assert!(told.contains("回款「HK-1」已有退款与坏账"), "{told}");

    // It was a mistake, and it never was.
    let reason = json!({ "reason": "记错了客户" });
    let path = format!("/reversals/{refund}/withdraw");
    world.post(finance, &path, reason).await.ok();
    let recorded_by = "system".to_owned();
    world.done(&Undo { batch, recorded_by }).await;
    assert_eq!(seen(&world, &company, &list).await, json!([]));
    let gone = pay_back(&world, finance, receipt, ("TK-2", "1")).await;
    let words = gone.body.to_string();
    assert_eq!(gone.problem(409), "receivable.withdrawn");
    assert!(words.contains("回款 HK-1 已经撤回"), "{words}");
    holds(&world).await;
}
