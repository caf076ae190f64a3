//! What is agreed for one person or one team: a quota of one's own, a part for those who help.

use serde_json::{Value as Json, json};

use crate::commission::{calculate, deal, flat, holds, open, receipt, statement};
use crate::harness::{Company, World, money, without_chance};
use crate::payroll::closed;
use crate::plans::{any, component, contract, invoiced, mine, offer, why};
use crate::statement::holds_again;

story!(
    a_quota_of_ones_own_counts_and_is_worked_out_again,
    a_team_shares_before_the_two_of_a_handover,
    a_first_plan_of_ones_own_takes_nothing_from_a_closed_month,
);

fn by_quota() -> Json {
    let quota = json!({ "quota": { "quota": money("40000.00"), "steps": [
        { "attained": 0, "rate": 100, "reach": "excess" },
        { "attained": 10_000, "rate": 300, "reach": "whole" }] } });
    offer("cash", &[component("目标提成", "gross", any(), quota)])
}

async fn a_quota_of_ones_own_counts_and_is_worked_out_again(world: World) {
    let company = Company::found(&world).await;
    let (zhang, finance) = (&company.zhang, &company.finance.login);
    let begin = |name: &str, offer: Json| {
        json!({ "name": name, "adds_up": "month", "change_inside": "next_window",
            "valid_from": "2026-11-01", "offer": offer })
    };
    let plan = world.post(finance, "/commission-plans", begin("目标提成", by_quota()));
    let plan = plan.await.id();
    let plain = world.post(finance, "/commission-plans", begin("回款提成", flat(100)));
    let plain = plain.await.id();
    let assign = |plan: &str| format!("/commission-plans/{plan}/assignments");
    let to = |who: &str, quota: Option<&str>| {
        let quota = quota.map(money);
        json!({ "assignee_id": who, "effective_on": "2026-11-01", "quota": quota })
    };
    let (sales, his) = (company.sales.to_string(), zhang.id.to_string());
    world
        .post(finance, &assign(&plan), to(&sales, None))
        .await
        .ok();
    let unfit = world
        .post(finance, &assign(&plain), to(&his, Some("20000.00")))
        .await;
    assert_eq!(unfit.problem(422), "commission.quota_not_asked");
    let none = world
        .post(finance, &assign(&plan), to(&his, Some("0.00")))
        .await;
    assert_eq!(none.problem(422), "commission.quota_not_positive");
    world
        .post(finance, &assign(&plan), to(&his, Some("20000.00")))
        .await
        .ok();
    let listed = world.get(finance, "/commission-plans").await.ok();
    let items = listed["items"].as_array().expect("plans").iter();
    let shown = items.clone().find(|one| one["name"] == "目标提成");
    let given = shown.expect("the plan")["assigned"].as_array().unwrap();
    let own = given.iter().find(|one| one["kind"] == "person");
    assert_eq!(own.expect("a person")["quota"]["amount"], "20000.00");

    let (customer, deal) = contract(&world, &company, ("HT-1", "30000.00")).await;
    invoiced(&world, &company, (&customer, &deal), "30000.00").await;
    receipt(&world, &company, &customer, "HK-1", "30000.00").await;
    open(&world, &company, "2026-11").await;
    calculate(&world, &company).await;
    // The plan's 40,000 would not be reached; his own 20,000 is: 3 % of everything.
    let seen = mine(&world, &zhang.login).await;
    assert_eq!(seen["total"]["amount"], "900.00");
    let story = why(&seen["lines"][0]);
    assert!(
        story.contains("本人目标 20,000.00 元，累计完成 150%"),
        "{story}"
    );
    // A version under which his quota would make no steps is not published.
    let mut narrow = by_quota();
    narrow["components"][0]["method"]["quota"]["steps"] = json!([
        { "attained": 0, "rate": 100, "reach": "excess" },
        { "attained": 1, "rate": 200, "reach": "excess" },
        { "attained": 2, "rate": 300, "reach": "excess" }]);
    let tiny = to(&his, Some("0.01"));
    let tiny = json!({ "assignee_id": tiny["assignee_id"], "quota": tiny["quota"],
        "effective_on": "2026-12-01" });
    world.post(finance, &assign(&plan), tiny).await.ok();
    let next = json!({ "valid_from": "2027-01-01", "offer": narrow });
    let versions = format!("/commission-plans/{plan}/versions");
    let refused = world.post(finance, &versions, next).await;
    assert_eq!(refused.status.as_u16(), 422, "{}", refused.body);
    closed(&world, &company, "2026-11").await;
    holds_again(&world, &zhang.login, "2026-11", None).await;
    let told = world.entries("commission.assign_plan").await;
    insta::assert_snapshot!("own_quota_assigned", without_chance(&json!(told)));
    holds(&world).await;
}

#[expect(clippy::too_many_lines, reason = "a story is told in one piece")]
async fn a_team_shares_before_the_two_of_a_handover(world: World) {
    let company = Company::found(&world).await;
    let (chief, li) = (&company.chief.login, &company.li.login);
    crate::commission::plan(&world, &company, 1_000).await;
    let customer = deal(&world, &company).await;
    world.pass_days(1);
    let body = json!({ "from": company.zhang.id, "effective_on": world.today() });
    let id = world.post(chief, "/handover-plans", body).await.id();
    let path = |step: &str| format!("/handover-plans/{id}/{step}");
    let version = async |world: &World| {
        let plan = world.get(chief, &format!("/handover-plans/{id}")).await;
        plan.ok()["version"].clone()
    };
    let halves = json!([{ "person": company.wang.id, "share": 5_000 },
        { "person": company.chief.id, "share": 5_000 }]);
    let terms = json!({ "to_contract_end": { "share": 5_000 } });
    let set = |version: Json, share: i64, members: Json| {
        json!({ "version": version, "change": { "change": "set_terms", "terms": terms,
            "pool": { "share": share, "before_day": 30, "members": members } } })
    };
    let odd = json!([{ "person": company.wang.id, "share": 9_999 }]);
    let nobody = json!([{ "person": "emp_0000000000000000000000", "share": 10_000 }]);
    for (share, members, wanted) in [
        (1_000, odd, "commission.shares_not_whole"),
        (0, halves.clone(), "commission.terms_broken"),
        (1_000, json!([]), "commission.shares_not_whole"),
    ] {
        let edit = set(version(&world).await, share, members);
        let refused = world.post(chief, &path("edit"), edit).await;
        assert_eq!(refused.problem(422), wanted);
    }
    let edit = set(version(&world).await, 1_000, nobody);
    let unknown = world.post(chief, &path("edit"), edit).await;
    assert!(unknown.status.is_client_error(), "{}", unknown.body);
    // The forecast knows the team before anybody says so.
    let tried = json!({ "terms": terms, "pool": { "share": 1_000, "members": halves } });
    world.post(chief, &path("forecast"), tried).await.ok();
    let edit = set(version(&world).await, 1_000, halves);
    world.post(chief, &path("edit"), edit).await.ok();
    let seen = world
        .get(chief, &format!("/handover-plans/{id}"))
        .await
        .ok();
    let agreed = &seen["terms"][0];
    assert_eq!(
        agreed["zh"],
        "30 天内团队 2 人先得 10%；其余部分，交接前签订的合同，原负责人至合同结束享有 50%"
    );
    assert_eq!(agreed["pool"]["members"][0]["person"]["name"], "王五");
    let seen = json!({ "version": version(&world).await });
    let yes = json!({ "version": seen["version"], "accept": true });
    for (who, step, body) in [
        (chief, "submit", seen.clone()),
        (li, "answer", yes),
        (chief, "approve", seen),
        (chief, "execute", json!({})),
    ] {
        world.post(who, &path(step), body).await.ok();
    }
    world.pass_days(3);
    receipt(&world, &company, &customer, "HK-1", "10000.00").await;
    open(&world, &company, "2026-11").await;
    calculate(&world, &company).await;
    // 10 % of 10,000: 100 for the team, the rest in two halves.
    for (who, yuan) in [
        (&company.zhang, "450.00"),
        (&company.li, "450.00"),
        (&company.wang, "50.00"),
        (&company.chief, "50.00"),
    ] {
        let seen = statement(&world, &who.login, "month=2026-11").await;
        assert_eq!(seen["total"]["amount"], yuan);
        let story = why(&seen["lines"][0]);
        assert!(story.contains("团队先得 10%"), "{story}");
        assert_eq!(story.contains("属于团队份额"), yuan == "50.00", "{story}");
    }
    closed(&world, &company, "2026-11").await;
    for who in [&company.zhang, &company.wang] {
        holds_again(&world, &who.login, "2026-11", None).await;
    }
    // After its thirty days the team gets nothing more.
    world.pass_days(30);
    receipt(&world, &company, &customer, "HK-2", "10000.00").await;
    open(&world, &company, "2026-12").await;
    calculate(&world, &company).await;
    let li = statement(&world, li, "month=2026-12").await;
    assert_eq!(li["total"]["amount"], "500.00");
    let wang = statement(&world, &company.wang.login, "month=2026-12").await;
    assert_eq!(wang["total"]["amount"], "0.00");
    let told = world.entries("commission.open_terms").await;
    insta::assert_snapshot!("team_shares_after_a_handover", without_chance(&json!(told)));
    holds(&world).await;
}

/// November paid 5 % of 10,000.00 through the department: 500.00. A plan of his own at 1 % that
/// begins in November would take 400.00 of it back in December.
async fn a_first_plan_of_ones_own_takes_nothing_from_a_closed_month(world: World) {
    let company = Company::found(&world).await;
    let finance = &company.finance.login;
    crate::commission::plan(&world, &company, 500).await;
    let customer = deal(&world, &company).await;
    receipt(&world, &company, &customer, "HK-1", "10000.00").await;
    open(&world, &company, "2026-11").await;
    world.pass_days(10);
    calculate(&world, &company).await;
    closed(&world, &company, "2026-11").await;
    let begin = |name: &str, overlay: Option<&str>| {
        json!({ "name": name, "adds_up": "month", "change_inside": "next_window",
            "valid_from": "2026-01-01", "overlay": overlay, "offer": flat(100) })
    };
    let own = world.post(finance, "/commission-plans", begin("个人方案", None));
    let own = own.await.id();
    let beside = world.post(
        finance,
        "/commission-plans",
        begin("售前提成", Some("售前")),
    );
    let beside = beside.await.id();
    let assign = |plan: &str| format!("/commission-plans/{plan}/assignments");
    let to = |who: &str, from: &str| json!({ "assignee_id": who, "effective_on": from });
    let his = company.zhang.id.to_string();
    // Himself, his post and his nearer department all stand before the department that has it.
    for (who, from) in [
        (his.clone(), "2026-11-01"),
        (his.clone(), "2026-11-30"),
        (company.post.to_string(), "2026-11-01"),
        (company.north.to_string(), "2026-11-01"),
    ] {
        let refused = world.post(finance, &assign(&own), to(&who, from)).await;
        let words = refused.body.to_string();
        assert_eq!(refused.problem(409), "commission.reaches_closed_month");
        assert!(
            words.contains("请把生效日定在 2026-12-01 或以后"),
            "{words}"
        );
    }
    // Whoever had none, and a place of the deal that nobody had a plan for, lose nothing.
    let hers = company.finance.id.to_string();
    let late = to(&hers, "2026-11-01");
    world.post(finance, &assign(&own), late).await.ok();
    let late = to(&his, "2026-11-01");
    world.post(finance, &assign(&beside), late).await.ok();
    let next = to(&his, "2026-12-01");
    world.post(finance, &assign(&own), next).await.ok();
    open(&world, &company, "2026-12").await;
    calculate(&world, &company).await;
    let list = world.get(finance, "/commission-statements?month=2026-12");
    assert_eq!(list.await.ok()["items"], json!([]));
    let november = mine(&world, &company.zhang.login).await;
    assert_eq!(november["total"]["amount"], "500.00");
    holds(&world).await;
}
