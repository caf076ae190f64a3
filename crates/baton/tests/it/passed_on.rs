//! What terms of a handover leave to others is decided at the exit like the rest.

use serde_json::{Value as Json, json};

use crate::commission::{calculate, hand_over, open, plan, statement};
use crate::departure::{certificate, resign};
use crate::exit::{Leaving, contract, item, nothing, on_collection, pays, share};
use crate::harness::{Company, World};

story!(
    terms_that_leave_him_nothing_are_decided_like_the_rest,
    what_was_passed_on_since_a_notice_that_was_taken_back_stays_on_the_list,
    terms_that_leave_him_a_token_take_nothing_that_he_did_not_sign,
    as_it_comes_in_is_void_where_a_later_handover_leaves_him_less,
    a_merge_takes_nothing_from_whoever_handed_over_on_terms,
    what_terms_leave_is_reckoned_on_a_day_on_which_they_hold,
);

/// A plan of which nobody knows.
const ANOTHER: &str = "pln_00000000000000000000000000";

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

/// 0.01 % for 400 days and nothing after: Li and the chief agreed to it, he did not. Of the
/// 20,000.00 of HT-2 that are 0.20 of 2,000.00.
async fn terms_that_leave_him_a_token_take_nothing_that_he_did_not_sign(world: World) {
    let company = Company::found(&world).await;
    let token = json!({ "protection": { "covers": "all", "afterwards": 0,
        "steps": [{ "before_day": 400, "share": 1 }] } });
    let leaving = Leaving::begin_on(&world, &company, token).await;
    let own = leaving.seen(&world, &leaving.zhang).await;
    for (number, to_come, leaves) in [
        ("HT-1", "400.00", "0.04"),
        ("HT-2", "2000.00", "0.20"),
        ("HT-3", "2000.00", "0.20"),
        ("HT-4", "4000.00", "0.40"),
    ] {
        let item = item(&own, number);
        assert_eq!(item["to_come"]["amount"], to_come, "{number}");
        let by = &item["passed_on"];
        assert_eq!(by["leaves"]["amount"], leaves, "{number}");
        assert!(by["zh"].to_string().contains("0.01%"), "{by}");
        assert_eq!(item["suggested"]["zh"], "当期付清", "{number}");
    }
    let mut of_another = leaving.signed(3);
    of_another["on_collection"]["consent"]["plan"] = json!(ANOTHER);
    let mut blank = leaving.signed(3);
    blank["on_collection"]["consent"]["paper"] = json!(" ");
    let agreed = nothing("terms_agreed", Some("三方过渡期提成协议 XY-3（本人签字）"));
    for (decision, code) in [
        (on_collection(3), "commission.terms_not_signed"),
        (of_another, "commission.terms_not_signed"),
        (agreed, "commission.nothing_passed_on"),
        (blank, "request.length"),
    ] {
        let refused = leaving.decide(&world, &company, ("HT-2", decision)).await;
        assert_eq!(refused.problem(422), code);
    }
    for (number, decision) in [
        ("HT-1", json!("pay_in_full")),
        ("HT-2", leaving.signed(3)),
        ("HT-3", share(6_000)),
        ("HT-4", json!("pay_in_full")),
    ] {
        let decided = leaving.decide(&world, &company, (number, decision));
        decided.await.ok();
    }
    let seen = leaving.seen(&world, &company.finance.login).await;
    assert_eq!(seen["lacking"], 0);
    let signed = item(&seen, "HT-2")["decided"]["zh"].to_string();
    assert!(signed.contains("按本人签字同意的交接条款"), "{signed}");
    world.pass_days(31);
    certificate(&world, &leaving.departure).await;
    let close = format!("/departures/{}/close", leaving.departure);
    let hr = &company.hr.login;
    world.post(hr, &close, json!({})).await.ok();
    let seen = leaving.seen(&world, &company.finance.login).await;
    assert_eq!(item(&seen, "HT-2")["later"]["amount"], "0.20");
    open(&world, &company, "2026-12").await;
    calculate(&world, &company).await;
    // 400.00 and 4,000.00 in full, 60 % of 2,000.00; of HT-2 nothing has come in.
    let of_zhang = format!("month=2026-12&payee={}", company.zhang.id);
    let december = statement(&world, &company.finance.login, &of_zhang).await;
    assert_eq!(december["total"]["amount"], "5600.00", "{december:#}");
}

/// He is to be paid as it comes in; then all goes to Li on the terms that are proposed, half on the
/// cut-off day. They count with his signature, and until then nobody has decided.
async fn as_it_comes_in_is_void_where_a_later_handover_leaves_him_less(world: World) {
    let company = Company::found(&world).await;
    plan(&world, &company, 1_000).await;
    let customer = contract(&world, &company, "HT-1", "10000.00").await;
    open(&world, &company, "2026-11").await;
    calculate(&world, &company).await;
    world.pass_days(1);
    let departure = resign(&world, &company.zhang.login).await;
    let (finance, hr) = (&company.finance.login, &company.hr.login);
    let path = |step: &str| format!("/departures/{departure}/commission{step}");
    let seen = world.get(finance, &path("")).await.ok();
    assert_eq!(item(&seen, "HT-1")["passed_on"], Json::Null);
    let deal = item(&seen, "HT-1")["deal_id"].clone();
    let body = |decision: Json| json!({ "deal_ids": [deal], "decision": decision });
    let unasked = json!({ "on_collection": { "until": "2027-12-31", "statement_months": 3,
        "consent": { "plan": ANOTHER, "paper": "协议 XY-3" } } });
    let refused = world.post(finance, &path("/decide"), body(unasked)).await;
    assert_eq!(refused.problem(422), "commission.consent_unasked");
    world
        .post(finance, &path("/decide"), body(on_collection(3)))
        .await
        .ok();

    let handed = hand_over(&world, &company, None).await;
    let seen = world.get(finance, &path("")).await.ok();
    let open_item = item(&seen, "HT-1");
    assert_eq!(open_item["lacks"], "decision", "{open_item:#}");
    assert_eq!(open_item["to_come"]["amount"], "1000.00");
    assert_eq!(open_item["passed_on"]["leaves"]["amount"], "500.00");
    assert_eq!(open_item["void"], true);
    world.pass_days(31);
    certificate(&world, &departure).await;
    let close = format!("/departures/{departure}/close");
    let red = world.post(hr, &close, json!({})).await;
    let words = red.body.to_string();
    assert_eq!(red.problem(409), "departure.gates_red");
    assert!(words.contains("移交使原决定不再适用"), "{words}");

    // Nor does it count again when he objects to it.
    let wrong = json!({ "deal_id": deal, "reason": "交接条款没有我的签字", "in_writing": true });
    world.post(finance, &path("/object"), wrong).await.ok();
    let seen = world.get(finance, &path("")).await.ok();
    let objected = item(&seen, "HT-1");
    assert_eq!(objected["lacks"], "answer", "{objected:#}");
    assert_eq!(objected["void"], true);
    assert_eq!(objected["suggested"]["zh"], "当期付清");

    let mut signed = on_collection(3);
    signed["on_collection"]["consent"] = json!({ "plan": handed, "paper": "协议 XY-3" });
    let mut answer = body(signed);
    answer["reply"] = json!("本人已签字同意");
    world.post(finance, &path("/decide"), answer).await.ok();
    world.post(hr, &close, json!({})).await.ok();
    pays(&world, &company, &customer, "HK-1", "10000.00").await;
    open(&world, &company, "2026-12").await;
    calculate(&world, &company).await;
    let of_zhang = format!("month=2026-12&payee={}", company.zhang.id);
    let december = statement(&world, finance, &of_zhang).await;
    assert_eq!(december["total"]["amount"], "500.00", "{december:#}");
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

/// Of what comes in within 30 days 70 % are Zhang's. HT-1 is merged into another customer of Li's,
/// HT-2 into one of Wang's: until the end of that day Li has the other 30 %, then Wang.
async fn a_merge_takes_nothing_from_whoever_handed_over_on_terms(world: World) {
    let company = Company::found(&world).await;
    plan(&world, &company, 1_000).await;
    let own = contract(&world, &company, "HT-1", "10000.00").await;
    let others = contract(&world, &company, "HT-2", "10000.00").await;
    open(&world, &company, "2026-11").await;
    world.pass_days(1);
    let terms = json!({ "protection": { "covers": "signed_before", "afterwards": 0, "steps": [
        { "before_day": 30, "share": 7_000 }, { "before_day": 60, "share": 5_000 }] } });
    hand_over(&world, &company, Some(terms)).await;
    pays(&world, &company, &own, "HK-1", "1000.00").await;
    pays(&world, &company, &others, "HK-2", "1000.00").await;
    world.pass_days(1);
    let hers = company
        .customer(&world, &company.li, "潮白铸造有限公司")
        .await;
    let his = company
        .customer(&world, &company.wang, "永定铸造有限公司")
        .await;
    for (from, into) in [(&own, &hers), (&others, &his)] {
        let body = json!({ "into_id": into, "reason": "同一客户重复录入" });
        let path = format!("/customers/{from}/merge");
        world.post(&company.chief.login, &path, body).await.ok();
    }
    pays(&world, &company, &hers, "HK-3", "1000.00").await;
    pays(&world, &company, &his, "HK-4", "1000.00").await;
    world.pass_days(1);
    pays(&world, &company, &hers, "HK-5", "1000.00").await;
    pays(&world, &company, &his, "HK-6", "1000.00").await;
    calculate(&world, &company).await;
    for (who, total) in [
        (&company.zhang, "420.00"),
        (&company.li, "150.00"),
        (&company.wang, "30.00"),
    ] {
        let query = format!("month=2026-11&payee={}", who.id);
        let seen = statement(&world, &company.finance.login, &query).await;
        assert_eq!(seen["total"]["amount"], total, "{seen:#}");
        let by_merge = seen.to_string().contains("后因客户合并由");
        assert_eq!(by_merge, total != "150.00", "{seen:#}");
    }
}

/// The plan begins the day after the cut-off. 10 % of 10,000.00 are his until then; what comes in
/// later is shared, and no day is left on which he would get all of it.
async fn what_terms_leave_is_reckoned_on_a_day_on_which_they_hold(world: World) {
    let company = Company::found(&world).await;
    plan(&world, &company, 1_000).await;
    contract(&world, &company, "HT-1", "10000.00").await;
    open(&world, &company, "2026-11").await;
    calculate(&world, &company).await;
    let departure = resign(&world, &company.zhang.login).await;
    let finance = &company.finance.login;
    let path = format!("/departures/{departure}/commission");
    let cut_off = world.get(finance, &path).await.ok()["cut_off"].clone();
    let cut_off: kernel::Day = cut_off.as_str().expect("a day").parse().expect("a day");
    while world.today() <= cut_off {
        world.pass_days(1);
    }
    let terms = json!({ "protection": { "covers": "signed_before", "afterwards": 0,
        "steps": [{ "before_day": 30, "share": 7_000 }] } });
    hand_over(&world, &company, Some(terms)).await;
    let seen = world.get(finance, &path).await.ok();
    let open_item = item(&seen, "HT-1");
    assert_eq!(open_item["to_come"]["amount"], "1000.00", "{open_item:#}");
    let by = &open_item["passed_on"];
    assert_eq!(by["leaves"]["amount"], "700.00", "{by:#}");
    assert_eq!(by["leaves_on"], world.today().to_string());
}
