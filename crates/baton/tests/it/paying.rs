//! Earned, due, paid: what finance records of payments, and who knows what is still owed.

use baton::session::acts::set_roles::SetRoles;
use serde_json::{Value as Json, json};

use crate::commission::{calculate, deal, flat, holds, open, plan, receipt, statement};
use crate::harness::{Answer, Company, Login, World, money};
use crate::payroll::{closed, november};

story!(
    a_month_is_paid_in_parts_and_undone,
    what_is_kept_back_waits_and_what_was_taken_back_is_set_off,
    nobody_records_his_own_payment,
    a_slip_opens_no_month_that_was_settled_before,
);

const PAYMENTS: &str = "/commission-periods/2026-11/payments";

async fn pay(world: &World, login: &Login, month: &str, body: Json) -> Answer {
    let path = format!("/commission-periods/{month}/payments");
    world.post(login, &path, body).await
}

fn all(world: &World, reference: &str) -> Json {
    json!({ "paid_on": world.today(), "reference": reference })
}

fn one(world: &World, who: &str, amount: Option<&str>, reason: &str) -> Json {
    json!({ "payee": who, "paid_on": world.today(), "reference": "银行回单 2026-3",
        "amount": amount.map(money), "reason": reason })
}

/// `paid, owed, state of the first line` of a statement.
async fn stands(world: &World, login: &Login, month: &str) -> (String, String, String) {
    let seen = statement(world, login, &format!("month={month}")).await;
    let text = |value: &Json| value.as_str().expect("text").to_owned();
    (
        text(&seen["paid"]["amount"]),
        text(&seen["owed"]["amount"]),
        text(&seen["lines"][0]["pay"]),
    )
}

fn said(paid: &str, owed: &str, state: &str) -> (String, String, String) {
    (paid.to_owned(), owed.to_owned(), state.to_owned())
}

#[expect(clippy::too_many_lines, reason = "a story is told in one piece")]
async fn a_month_is_paid_in_parts_and_undone(world: World) {
    let company = Company::found(&world).await;
    november(&world, &company).await;
    let (finance, zhang) = (&company.finance.login, &company.zhang.login);
    let his = company.zhang.id.to_string();
    assert_eq!(
        stands(&world, zhang, "2026-11").await,
        said("0.00", "2302.22", "open")
    );
    let early = pay(&world, finance, "2026-11", all(&world, "工资批次 11")).await;
    assert_eq!(early.problem(409), "commission.payment_open");
    closed(&world, &company, "2026-11").await;
    // Nobody has written a payment down yet: nothing is said of it.
    assert_eq!(
        stands(&world, zhang, "2026-11").await,
        said("0.00", "0.00", "unrecorded")
    );

    // Two thousand first, with the reason.
    for (body, code) in [
        (one(&world, &his, Some("2000.00"), ""), "request.length"),
        (
            one(&world, &his, Some("2302.23"), "多付一分"),
            "commission.payment_too_much",
        ),
        (
            one(&world, &his, Some("0.00"), "一分不付"),
            "commission.payment_too_much",
        ),
    ] {
        let refused = pay(&world, finance, "2026-11", body).await;
        let status = if code == "request.length" { 422 } else { 409 };
        assert_eq!(refused.problem(status), code);
    }
    let mut ahead = one(&world, &his, None, "");
    ahead["paid_on"] = json!(world.today().plus_days(1));
    let ahead = pay(&world, finance, "2026-11", ahead).await;
    assert_eq!(ahead.problem(422), "commission.payment_day");
    let mut nobody = all(&world, "工资批次 11");
    nobody["amount"] = money("1.00");
    let nobody = pay(&world, finance, "2026-11", nobody).await;
    assert_eq!(nobody.problem(422), "commission.payment_part");
    let part = one(&world, &his, Some("2000.00"), "先付整数，其余下批");
    pay(&world, finance, "2026-11", part).await.ok();
    assert_eq!(
        stands(&world, zhang, "2026-11").await,
        said("2000.00", "302.22", "part")
    );
    let seen = statement(&world, zhang, "month=2026-11").await;
    let line = &seen["lines"][0];
    // Three dates: earned, due, paid.
    assert_eq!(line["earned_on"], "2026-11-28");
    assert_eq!(line["payable_on"], "2026-12-15");
    assert_eq!(line["paid_on"], json!(world.today()));

    // The rest of everybody.
    let whole = pay(&world, finance, "2026-11", all(&world, "工资批次 11"))
        .await
        .id();
    assert_eq!(
        stands(&world, zhang, "2026-11").await,
        said("2302.22", "0.00", "paid")
    );
    assert_eq!(
        stands(&world, &company.li.login, "2026-11").await,
        said("986.67", "0.00", "paid")
    );
    let twice = pay(&world, finance, "2026-11", all(&world, "工资批次 12")).await;
    assert_eq!(twice.problem(409), "commission.nothing_to_pay");
    let listed = world.get(finance, PAYMENTS).await.ok();
    assert_eq!(listed["due"], json!([]));
    assert_eq!(listed["since"], "2026-11");
    let totals: Vec<&Json> = listed["items"].as_array().expect("items").iter().collect();
    assert!(
        totals
            .iter()
            .any(|one| one["total"]["amount"] == "1288.89" && one["people"] == 2)
    );

    // It went back: undone once, with the reason, and open again.
    let undo = |reason: &str| json!({ "reason": reason });
    let path = format!("/commission-payments/{whole}/undo");
    assert_eq!(
        world.post(finance, &path, undo("x")).await.problem(422),
        "request.length"
    );
    let undone = world
        .post(finance, &path, undo("银行退回，账号有误"))
        .await
        .id();
    assert_eq!(
        stands(&world, zhang, "2026-11").await,
        said("2000.00", "302.22", "part")
    );
    for id in [&whole, &undone] {
        let path = format!("/commission-payments/{id}/undo");
        let again = world.post(finance, &path, undo("再撤一次")).await;
        assert_eq!(again.problem(409), "commission.payment_undone");
    }
    let history = world.get(zhang, "/commission-history").await.ok();
    let of = |months: &Json, name: &str, kind: &str| {
        let months = months.as_array().expect("months").iter();
        let month = months
            .clone()
            .find(|one| one["month"] == name)
            .expect("the month");
        month[kind]["amount"].clone()
    };
    assert_eq!(of(&history["months"], "2026-11", "paid"), "2000.00");
    assert_eq!(of(&history["months"], "2026-11", "owed"), "302.22");

    // The entry names each person's part, and nobody else's to him.
    let entries = world.entries("commission.record_payment").await;
    assert_eq!(entries.len(), 2);
    assert!(
        entries[1]
            .to_string()
            .contains("2 人，1,288.89 元（工资批次 11）"),
        "{}",
        entries[1]
    );
    assert_eq!(world.entries("commission.undo_payment").await.len(), 1);
    // The bundle of the statement stands as before: payments come after it.
    crate::statement::holds_again(&world, zhang, "2026-11", None).await;
    holds(&world).await;
}

#[expect(clippy::too_many_lines, reason = "a story is told in one piece")]
async fn what_is_kept_back_waits_and_what_was_taken_back_is_set_off(world: World) {
    let company = Company::found(&world).await;
    let (finance, zhang) = (&company.finance.login, &company.zhang.login);
    // A tenth of each line is kept back for ninety days.
    let mut offer = flat(1_000);
    offer["holdback"] = json!({ "share": 1_000, "reason": "质保金",
        "release": { "after_days": 90 } });
    let new = json!({ "name": "留存方案", "adds_up": "month", "change_inside": "next_window",
        "valid_from": "2026-01-01", "offer": offer });
    let id = world.post(finance, "/commission-plans", new).await.id();
    let to = json!({ "assignee_id": company.sales, "effective_on": "2026-01-01" });
    let path = format!("/commission-plans/{id}/assignments");
    world.post(finance, &path, to).await.ok();
    let customer = deal(&world, &company).await;
    receipt(&world, &company, &customer, "HK-1", "10000.00").await;
    open(&world, &company, "2026-11").await;
    calculate(&world, &company).await;
    closed(&world, &company, "2026-11").await;
    let listed = world.get(finance, PAYMENTS).await.ok();
    assert_eq!(listed["due"][0]["payable"]["amount"], "900.00");
    assert_eq!(listed["withheld"]["amount"], "100.00");
    pay(&world, finance, "2026-11", all(&world, "工资批次 11"))
        .await
        .ok();
    assert_eq!(
        stands(&world, zhang, "2026-11").await,
        said("900.00", "100.00", "part")
    );
    let seen = statement(&world, zhang, "month=2026-11").await;
    assert_eq!(seen["lines"][0]["withheld"]["amount"], "100.00");

    // It was Li who did most of it: 60 of each 100 are taken back in December.
    let deals = world.get(finance, "/commission-deals?search=HT-1").await;
    let deal = deals.ok()["items"][0]["id"].clone();
    let credit = json!({ "reason": "李四谈成", "credit": { "direct": [
        { "employee_id": null, "share": 4_000 },
        { "employee_id": company.li.id, "share": 6_000 } ], "overlays": [] } });
    let path = format!(
        "/commission-deals/{}/credit",
        deal.as_str().expect("a deal")
    );
    world.post(finance, &path, credit).await.ok();
    world.pass_days(12);
    receipt(&world, &company, &customer, "HK-2", "20000.00").await;
    open(&world, &company, "2026-12").await;
    calculate(&world, &company).await;
    world.pass_days(25);
    closed(&world, &company, "2026-12").await;
    let december = statement(&world, zhang, "month=2026-12").await;
    // 40 % of 2,000, less 600 of November: never more than was booked for that line. A tenth of
    // the 800 is kept back.
    assert_eq!(december["total"]["amount"], "200.00");
    let back = december["lines"]
        .as_array()
        .expect("lines")
        .last()
        .expect("a difference")
        .clone();
    assert_eq!(
        (&back["kind"], &back["pay"]),
        (&json!("difference"), &json!("set_off"))
    );
    let listed = world
        .get(finance, "/commission-periods/2026-12/payments")
        .await
        .ok();
    assert_eq!(listed["due"][0]["payable"]["amount"], "120.00");
    pay(&world, finance, "2026-12", all(&world, "工资批次 12"))
        .await
        .ok();
    assert_eq!(
        stands(&world, zhang, "2026-12").await,
        said("120.00", "80.00", "part")
    );
    // Ninety days later the part that was kept back can be paid with any month.
    world.pass_days(60);
    pay(&world, finance, "2026-12", all(&world, "质保金返还"))
        .await
        .ok();
    assert_eq!(
        stands(&world, zhang, "2026-11").await,
        said("1000.00", "0.00", "paid")
    );
    holds(&world).await;
}

async fn nobody_records_his_own_payment(world: World) {
    let company = Company::found(&world).await;
    november(&world, &company).await;
    closed(&world, &company, "2026-11").await;
    for login in [
        &company.zhang.login,
        &company.chief.login,
        &company.hr.login,
        &company.wang.login,
    ] {
        pay(&world, login, "2026-11", all(&world, "工资批次 11"))
            .await
            .problem(403);
        world.get(login, PAYMENTS).await.problem(403);
    }
    // Zhang keeps the books of finance too: his own are recorded by somebody else.
    let roles = ["salesperson", "finance"].map(str::to_owned).to_vec();
    let login = company.zhang.login.id;
    world
        .done(&SetRoles {
            login,
            roles,
            seen: None,
            own: false,
        })
        .await;
    let both = world.log_in(login).await;
    let his = company.zhang.id.to_string();
    for body in [all(&world, "工资批次 11"), one(&world, &his, None, "")] {
        let own = pay(&world, &both, "2026-11", body).await;
        assert_eq!(own.problem(409), "commission.payment_own");
    }
    let hers = one(&world, &company.li.id.to_string(), None, "");
    pay(&world, &both, "2026-11", hers).await.ok();
    let id = pay(
        &world,
        &company.finance.login,
        "2026-11",
        all(&world, "工资批次 11"),
    )
    .await
    .id();
    let path = format!("/commission-payments/{id}/undo");
    let own = world
        .post(&both, &path, json!({ "reason": "撤销本人的" }))
        .await;
    assert_eq!(own.problem(409), "commission.payment_own");
    assert_eq!(
        stands(&world, &company.zhang.login, "2026-11").await,
        said("2302.22", "0.00", "paid")
    );
}

/// Payments are written down from December on. One of November, recorded by mistake and undone,
/// makes nothing payable that was settled before anybody wrote payments down.
async fn a_slip_opens_no_month_that_was_settled_before(world: World) {
    let company = Company::found(&world).await;
    let finance = &company.finance.login;
    plan(&world, &company, 333).await;
    let customer = deal(&world, &company).await;
    receipt(&world, &company, &customer, "HK-1", "10000.00").await;
    open(&world, &company, "2026-11").await;
    calculate(&world, &company).await;
    closed(&world, &company, "2026-11").await;
    world.pass_days(12);
    receipt(&world, &company, &customer, "HK-2", "20000.00").await;
    open(&world, &company, "2026-12").await;
    calculate(&world, &company).await;
    world.pass_days(25);
    closed(&world, &company, "2026-12").await;

    let his = one(&world, &company.zhang.id.to_string(), None, "");
    let slip = pay(&world, finance, "2026-11", his).await.id();
    let path = format!("/commission-payments/{slip}/undo");
    let undo = json!({ "reason": "选错了月份" });
    world.post(finance, &path, undo.clone()).await.ok();
    // December's are due in the middle of January.
    world.pass_days(15);
    let december = "/commission-periods/2026-12/payments";
    let before = world.get(finance, december).await.ok();
    assert_eq!(before["since"], Json::Null);
    // 3.33 % of 20,000.
    assert_eq!(before["payable"]["amount"], "666.00");
    let paid = pay(&world, finance, "2026-12", all(&world, "工资批次 12")).await;
    let paid = paid.id();
    let listed = world.get(finance, december).await.ok();
    assert_eq!(listed["since"], "2026-12");
    assert_eq!(listed["payable"]["amount"], "0.00");

    let late = pay(&world, finance, "2026-11", all(&world, "补登")).await;
    assert_eq!(late.problem(409), "commission.payment_before");
    // What went back is owed again, and its month stays the one payments are written down from.
    world.pass_days(1);
    pay(&world, finance, "2026-12", all(&world, "再付一次"))
        .await
        .problem(409);
    let path = format!("/commission-payments/{paid}/undo");
    world.post(finance, &path, undo).await.ok();
    let listed = world.get(finance, december).await.ok();
    assert_eq!(listed["payable"]["amount"], "666.00");
    holds(&world).await;
}
