//! What terms of a handover leave to others is decided at the exit like the rest.

use serde_json::json;

use crate::commission::{calculate, open, statement};
use crate::departure::{certificate, resign};
use crate::exit::{Leaving, item, nothing, on_collection, pays, share};
use crate::harness::{Company, World};

story!(
    terms_that_leave_him_nothing_are_decided_like_the_rest,
    what_was_passed_on_since_a_notice_that_was_taken_back_stays_on_the_list,
);

/// Terms that give everything to Li were agreed to by her and the chief, not by him. Of HT-2 5,000
/// of 20,000 come in when it is hers.
async fn terms_that_leave_him_nothing_are_decided_like_the_rest(world: World) {
    let company = Company::found(&world).await;
    let leaving = Leaving::begin_on(&world, &company, json!("nothing_kept")).await;
    let finance = &company.finance.login;
    pays(&world, &company, &leaving.customers[1], "HK-2", "5000.00").await;
    let own = leaving.seen(&world, &leaving.zhang).await;
    for (number, owed, to_come) in [
        ("HT-1", "600.00", "400.00"),
        ("HT-2", "0.00", "2000.00"),
        ("HT-3", "1000.00", "2000.00"),
        ("HT-4", "0.00", "4000.00"),
    ] {
        let item = item(&own, number);
        assert_eq!(item["owed"]["amount"], owed, "{number}");
        assert_eq!(item["to_come"]["amount"], to_come, "{number}");
        assert_eq!(item["passed_on"]["to"]["name"], "李四", "{number}");
        assert_eq!(item["passed_on"]["plan"], "JJ2026-0001", "{number}");
        assert_eq!(item["suggested"]["zh"], "当期付清", "{number}");
    }
    assert_eq!(own["lacking"], 4);
    let deal = item(&own, "HT-4")["deal_id"].clone();
    let wrong = json!({ "deal_id": deal, "reason": "交接条款没有我的签字" });
    world
        .post(&leaving.zhang, &leaving.path("/object"), wrong)
        .await
        .ok();

    // As it comes in he would get nothing, and nobody says so without his paper.
    let signed = nothing("terms_agreed", Some("三方过渡期提成协议 XY-3（本人签字）"));
    for (decision, code) in [
        (on_collection(3), "commission.passed_on"),
        (
            nothing("terms_agreed", None),
            "commission.nothing_without_proof",
        ),
    ] {
        let refused = leaving.decide(&world, &company, ("HT-3", decision)).await;
        assert_eq!(refused.problem(422), code);
    }
    for (number, decision) in [
        ("HT-1", json!("pay_in_full")),
        ("HT-2", share(6_000)),
        ("HT-3", signed),
    ] {
        let decided = leaving.decide(&world, &company, (number, decision));
        decided.await.ok();
    }
    let body = json!({ "deal_ids": [deal], "decision": "pay_in_full", "reply": "按全额付清" });
    world
        .post(finance, &leaving.path("/decide"), body)
        .await
        .ok();
    let second = json!({ "deal_id": leaving.deal(&world, &company, "HT-3").await });
    world
        .post(&company.chief.login, &leaving.path("/check"), second)
        .await
        .ok();
    december_pays_what_was_decided(&world, &company, &leaving).await;
}

/// He takes his notice back when everything is Li's already, and gives it again two days later.
async fn what_was_passed_on_since_a_notice_that_was_taken_back_stays_on_the_list(world: World) {
    let company = Company::found(&world).await;
    let leaving = Leaving::begin_on(&world, &company, json!("nothing_kept")).await;
    let both = json!({ "employee_agrees": true, "company_agrees": true, "reason": "留任" });
    let path = format!("/departures/{}/withdraw", leaving.departure);
    world.post(&company.hr.login, &path, both).await.ok();
    world.pass_days(2);
    let zhang = world.log_in(company.zhang.login.id).await;
    let again = resign(&world, &zhang).await;
    let path = format!("/departures/{again}/commission");
    let seen = world.get(&company.finance.login, &path).await.ok();
    assert_eq!(seen["lacking"], 4, "{seen:#}");
    let item = item(&seen, "HT-2");
    assert_eq!(item["to_come"]["amount"], "2000.00");
    assert_eq!(item["passed_on"]["plan"], "JJ2026-0001");
}

async fn december_pays_what_was_decided(world: &World, company: &Company, leaving: &Leaving) {
    world.pass_days(31);
    certificate(world, &leaving.departure).await;
    let close = format!("/departures/{}/close", leaving.departure);
    let hr = &company.hr.login;
    world.post(hr, &close, json!({})).await.ok();
    open(world, company, "2026-12").await;
    calculate(world, company).await;
    let finance = &company.finance.login;
    // 400.00 of HT-1, 60 % of 2,000.00, nothing of HT-3, all 4,000.00 of HT-4.
    let of_zhang = format!("month=2026-12&payee={}", company.zhang.id);
    let december = statement(world, finance, &of_zhang).await;
    assert_eq!(december["total"]["amount"], "5600.00", "{december:#}");
    // Li has what the terms gave her.
    let of_li = format!("month=2026-11&payee={}", company.li.id);
    let november = statement(world, finance, &of_li).await;
    assert_eq!(november["total"]["amount"], "500.00");
    let report = world.house.audit().await.expect("an audit");
    assert!(report.findings.is_empty(), "{:?}", report.findings.first());
}
