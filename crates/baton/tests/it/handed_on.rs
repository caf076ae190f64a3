//! What a leaver was left is not ended by what others do with his customers afterwards.

use serde_json::{Value as Json, json};

use crate::commission::{calculate, hand_over, open, plan, statement};
use crate::departure::{certificate, resign};
use crate::exit::{contract, item, nothing, on_collection, pays, share, signed};
use crate::handover;
use crate::harness::{Company, Person, World};

story!(
    what_terms_left_a_leaver_goes_on_when_it_is_handed_on,
    what_is_handed_on_by_hand_before_he_is_gone_is_decided_at_his_exit,
    what_was_given_away_by_hand_is_not_taken_by_terms_that_are_not_there,
    what_came_in_before_a_plan_was_undone_is_decided_at_his_exit,
    what_a_leaver_left_in_the_pool_stays_his_when_it_is_claimed,
);

/// Half of everything.
fn half() -> Json {
    json!({ "protection": { "covers": "all", "afterwards": 5_000,
        "steps": [{ "before_day": 400, "share": 5_000 }] } })
}

async fn by_hand(world: &World, company: &Company, customer: &str) {
    let body = json!({ "to_id": company.wang.id, "effective_on": world.today(),
        "reason": "岗位调整" });
    let path = format!("/customers/{customer}/hand-over");
    world.post(&company.chief.login, &path, body).await.ok();
}

/// Everything of somebody's goes to another by a plan, today.
async fn by_plan(world: &World, company: &Company, (from, to): (&Person, &Person), terms: Json) {
    let chief = &company.chief.login;
    let body = json!({ "from": from.id, "effective_on": world.today(), "fill": false });
    let id = handover::draw(world, company, body).await;
    let all = json!({ "change": "assign_by_rule", "kinds": [], "regions": [], "industries": [],
        "only_unassigned": true, "successor_id": to.id });
    let agreed = json!({ "change": "set_terms", "terms": terms });
    for change in [all, agreed] {
        let version = handover::plan(world, chief, &id).await["version"].clone();
        let edit = json!({ "version": version, "change": change });
        handover::step(world, chief, &id, "edit", edit).await.ok();
    }
    handover::agree(world, company, &id, &[&to.login]).await;
    let done = handover::step(world, chief, &id, "execute", json!({})).await;
    done.ok();
}

/// Zhang has left and is paid half of what comes in, as he signed. Li hands HT-1 on to Wang by
/// hand, and HT-2 by a plan that leaves her 30 % of what is hers. Of 1,000.00 each, at 10 %:
///
/// | receipt | Zhang | Li | Wang |
/// | --- | ---: | ---: | ---: |
/// | HK-1, HK-2 before | 50.00 | 50.00 | 0 |
/// | HK-3 of HT-1 after | 50.00 | 0 | 50.00 |
/// | HK-4 of HT-2 after | 50.00 | 15.00 | 35.00 |
async fn what_terms_left_a_leaver_goes_on_when_it_is_handed_on(world: World) {
    let company = Company::found(&world).await;
    plan(&world, &company, 1_000).await;
    let first = contract(&world, &company, "HT-1", "10000.00").await;
    let second = contract(&world, &company, "HT-2", "10000.00").await;
    open(&world, &company, "2026-11").await;
    calculate(&world, &company).await;
    world.pass_days(1);
    let departure = resign(&world, &company.zhang.login).await;
    let handed = hand_over(&world, &company, Some(half())).await;
    let finance = &company.finance.login;
    let path = |step: &str| format!("/departures/{departure}/commission{step}");
    let seen = world.get(finance, &path("")).await.ok();
    let deals: Vec<Json> = ["HT-1", "HT-2"]
        .map(|number| item(&seen, number)["deal_id"].clone())
        .to_vec();
    let mut signed = on_collection(3);
    signed["on_collection"]["consent"] = json!({ "plan": handed, "paper": "协议 XY-3" });
    let body = json!({ "deal_ids": deals, "decision": signed });
    world.post(finance, &path("/decide"), body).await.ok();
    world.pass_days(31);
    certificate(&world, &departure).await;
    let close = format!("/departures/{departure}/close");
    let hr = &company.hr.login;
    world.post(hr, &close, json!({})).await.ok();

    open(&world, &company, "2026-12").await;
    pays(&world, &company, &first, "HK-1", "1000.00").await;
    pays(&world, &company, &second, "HK-2", "1000.00").await;
    world.pass_days(1);
    by_hand(&world, &company, &first).await;
    let terms = json!({ "protection": { "covers": "all", "afterwards": 0,
        "steps": [{ "before_day": 60, "share": 3_000 }] } });
    by_plan(&world, &company, (&company.li, &company.wang), terms).await;
    pays(&world, &company, &first, "HK-3", "1000.00").await;
    pays(&world, &company, &second, "HK-4", "1000.00").await;
    calculate(&world, &company).await;
    for (who, total, says) in [
        (
            &company.zhang,
            "200.00",
            "已离职人员的份额不因再次移交而终止",
        ),
        (&company.li, "115.00", "已离职人员按此前的条款先得 50%"),
        (&company.wang, "85.00", "已离职人员按此前的条款先得 50%"),
    ] {
        let query = format!("month=2026-12&payee={}", who.id);
        let seen = statement(&world, finance, &query).await;
        assert_eq!(seen["total"]["amount"], total, "{seen:#}");
        assert!(seen.to_string().contains(says), "{seen:#}");
    }
}

/// Half of both contracts was left to Zhang before he gave notice. Li hands HT-1 on by hand while
/// he is still here: that is decided with what he would have. HT-2 she hands on after the cut-off:
/// that ends nothing of his.
async fn what_is_handed_on_by_hand_before_he_is_gone_is_decided_at_his_exit(world: World) {
    let company = Company::found(&world).await;
    plan(&world, &company, 1_000).await;
    let first = contract(&world, &company, "HT-1", "10000.00").await;
    let second = contract(&world, &company, "HT-2", "10000.00").await;
    open(&world, &company, "2026-11").await;
    calculate(&world, &company).await;
    world.pass_days(1);
    hand_over(&world, &company, Some(half())).await;
    world.pass_days(1);
    let departure = resign(&world, &company.zhang.login).await;
    by_hand(&world, &company, &first).await;
    let finance = &company.finance.login;
    let path = |step: &str| format!("/departures/{departure}/commission{step}");
    let seen = world.get(finance, &path("")).await.ok();
    let cut_off: kernel::Day = seen["cut_off"]
        .as_str()
        .expect("a day")
        .parse()
        .expect("a day");
    let one = item(&seen, "HT-1");
    assert_eq!(one["to_come"]["amount"], "500.00", "{one:#}");
    assert_eq!(one["passed_on"]["to"]["name"], "王五");
    for absent in ["plan", "plan_id", "leaves"] {
        assert_eq!(one["passed_on"][absent], Json::Null, "{absent}");
    }
    assert_eq!(one["suggested"]["zh"], "当期付清");
    // Of both it is the one of which there are no terms that he could have signed.
    let both = json!([item(&seen, "HT-2")["deal_id"], one["deal_id"]]);
    let said = "HT-1 改造：该合同不是按同一份交接方案移交他人的，没有可供本人签字的提成条款";
    for (deals, decision, code) in [
        (&both, on_collection(3), "passed_on"),
        (
            &json!([one["deal_id"]]),
            nothing("terms_agreed", Some("扫描件 2026-11")),
            "nothing_passed_on",
        ),
    ] {
        let body = json!({ "deal_ids": deals, "decision": decision });
        let refused = world.post(finance, &path("/decide"), body).await;
        let (words, place) = (refused.body.to_string(), refused.body["errors"][0].clone());
        assert_eq!(
            refused.problem(422),
            format!("commission.{code}"),
            "{words}"
        );
        assert!(words.contains(said), "{words}");
        assert!(!words.contains("本人已书面同意该条款"), "{words}");
        let at = deals.as_array().expect("deals").len() - 1;
        assert_eq!(place["pointer"], format!("/deal_ids/{at}"));
    }
    let body = json!({ "deal_ids": [one["deal_id"]], "decision": "pay_in_full" });
    world.post(finance, &path("/decide"), body).await.ok();

    while world.today() <= cut_off {
        world.pass_days(1);
    }
    by_hand(&world, &company, &second).await;
    let seen = world.get(finance, &path("")).await.ok();
    let other = item(&seen, "HT-2");
    assert_eq!(other["to_come"]["amount"], "500.00", "{other:#}");
    assert_eq!(other["passed_on"], Json::Null);
}

/// His customer is given to Wang by hand, and he gives notice the same day. Nobody drew up terms.
async fn what_was_given_away_by_hand_is_not_taken_by_terms_that_are_not_there(world: World) {
    let company = Company::found(&world).await;
    plan(&world, &company, 1_000).await;
    let customer = contract(&world, &company, "HT-1", "10000.00").await;
    open(&world, &company, "2026-11").await;
    calculate(&world, &company).await;
    world.pass_days(1);
    by_hand(&world, &company, &customer).await;
    let departure = resign(&world, &company.zhang.login).await;
    let finance = &company.finance.login;
    let path = |step: &str| format!("/departures/{departure}/commission{step}");
    let seen = world.get(finance, &path("")).await.ok();
    let one = item(&seen, "HT-1");
    assert_eq!(one["to_come"]["amount"], "1000.00", "{one:#}");
    assert_eq!(one["passed_on"]["to"]["name"], "王五", "{one:#}");
    assert_eq!(one["passed_on"]["plan"], Json::Null);
    let body = |decision: Json| json!({ "deal_ids": [one["deal_id"]], "decision": decision });
    let agreed = nothing("terms_agreed", Some("扫描件 2026-11"));
    for (decision, code) in [
        (agreed, "commission.nothing_passed_on"),
        (on_collection(3), "commission.passed_on"),
    ] {
        let refused = world.post(finance, &path("/decide"), body(decision)).await;
        assert_eq!(refused.problem(422), code);
    }
    let settled = body(share(6_000));
    world.post(finance, &path("/decide"), settled).await.ok();
    let seen = world.get(finance, &path("")).await.ok();
    assert_eq!(seen["lacking"], 0, "{seen:#}");
}

/// Everything went to Li on terms that leave Zhang nothing, 1,000.00 came in, and it came back. Of
/// the 10,000.00 the 100.00 of that are not left to him.
async fn what_came_in_before_a_plan_was_undone_is_decided_at_his_exit(world: World) {
    let company = Company::found(&world).await;
    plan(&world, &company, 1_000).await;
    let customer = contract(&world, &company, "HT-1", "10000.00").await;
    open(&world, &company, "2026-11").await;
    calculate(&world, &company).await;
    world.pass_days(1);
    let departure = resign(&world, &company.zhang.login).await;
    let path = format!("/departures/{departure}/acknowledge");
    world.post(&company.hr.login, &path, json!({})).await.ok();
    let handed = hand_over(&world, &company, Some(json!("nothing_kept"))).await;
    let both = json!({ "employee_agrees": true, "company_agrees": true, "reason": "留任" });
    let path = format!("/departures/{departure}/withdraw");
    world.post(&company.hr.login, &path, both).await.ok();
    world.pass_days(1);
    pays(&world, &company, &customer, "HK-1", "1000.00").await;
    world.pass_days(1);
    let (chief, finance) = (&company.chief.login, &company.finance.login);
    let zhang = world.log_in(company.zhang.login.id).await;
    let back = handover::step(&world, chief, &handed, "reverse", json!({})).await;
    let back = back.id();
    handover::agree(&world, &company, &back, &[&zhang]).await;
    let done = handover::step(&world, chief, &back, "execute", json!({})).await;
    done.ok();
    world.pass_days(1);

    let zhang = world.log_in(company.zhang.login.id).await;
    let again = resign(&world, &zhang).await;
    let path = |step: &str| format!("/departures/{again}/commission{step}");
    let seen = world.get(finance, &path("")).await.ok();
    let one = item(&seen, "HT-1");
    assert_eq!(one["owed"]["amount"], "0.00", "{one:#}");
    assert_eq!(one["to_come"]["amount"], "1000.00");
    assert_eq!(one["passed_on"]["plan"], "JJ2026-0001");
    assert_eq!(one["passed_on"]["leaves"]["amount"], "900.00");
    let body = json!({ "deal_ids": [one["deal_id"]], "decision": on_collection(3) });
    let refused = world.post(finance, &path("/decide"), body).await;
    assert_eq!(refused.problem(422), "commission.terms_not_signed");
}

/// A new owner for a customer, or the pool.
async fn assign(world: &World, customer: &str, owner: Option<&Person>, reason: &str) {
    let by = world.login(None, &["executive"]).await;
    let body = json!({ "owner_id": owner.map(|one| one.id), "effective_on": world.today(),
        "reason": reason });
    let path = format!("/customers/{customer}/assign");
    world.post(&by, &path, body).await.ok();
}

/// Zhang gives HT-1 back to the pool and leaves; then Li claims the customer and signs HT-2. Of
/// 1,000.00 each, at 10 %:
///
/// | receipt | Zhang | Li |
/// | --- | ---: | ---: |
/// | HK-1 of HT-1, in the pool | 100.00 | 0 |
/// | HK-2 of HT-1, claimed | 100.00 | 0 |
/// | HK-3 of HT-2 | 0 | 100.00 |
async fn what_a_leaver_left_in_the_pool_stays_his_when_it_is_claimed(world: World) {
    let company = Company::found(&world).await;
    plan(&world, &company, 1_000).await;
    let customer = contract(&world, &company, "HT-1", "2000.00").await;
    open(&world, &company, "2026-11").await;
    assign(&world, &customer, None, "released").await;
    let gone = baton::people::acts::set_state::SetState {
        employee: company.zhang.id,
        state: serde_json::from_str("\"left\"").expect("a state"),
        left_on: Some(world.today()),
        why: "departure".to_owned(),
    };
    world.done(&gone).await;
    world.pass_days(1);
    pays(&world, &company, &customer, "HK-1", "1000.00").await;
    world.pass_days(1);
    assign(&world, &customer, Some(&company.li), "claimed").await;
    pays(&world, &company, &customer, "HK-2", "1000.00").await;
    signed(&world, &company, &customer, ("HT-2", "1000.00")).await;
    pays(&world, &company, &customer, "HK-3", "1000.00").await;
    calculate(&world, &company).await;
    for (who, total) in [(&company.zhang, "200.00"), (&company.li, "100.00")] {
        let query = format!("month=2026-11&payee={}", who.id);
        let seen = statement(&world, &company.finance.login, &query).await;
        assert_eq!(seen["total"]["amount"], total, "{seen:#}");
        let says = "现由 李四 负责；本合同于其离职前签订，负责人的份额仍归其本人";
        assert!(seen.to_string().contains(says), "{seen:#}");
    }
}
