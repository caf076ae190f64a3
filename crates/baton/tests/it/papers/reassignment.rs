//! The agreement with somebody who gives customers away and stays.

use serde_json::{Value as Json, json};

use super::{facts, fen, issue, places};
use crate::departure::resign;
use crate::handover::{agree, draw, step, work_of_zhang};
use crate::harness::{Company, World, money};

story!(
    who_stays_agrees_before_it_takes_effect,
    nobody_who_leaves_is_asked_to_agree,
);

fn typed() -> Json {
    json!({ "reason": "按行业重新划分客户", "income_after": money("150000"),
        "compensation": "移入客户 6 户", "transition_months": 6, "review_on": "2027-07-01",
        "objection": "人力资源部 何人事", "changes_contract": false })
}

fn wish(plan: &str, typed: Json) -> Json {
    json!({ "kind": "reassignment_agreement", "plan_id": plan, "typed": typed })
}

#[expect(clippy::too_many_lines, reason = "a story is told in one piece")]
async fn who_stays_agrees_before_it_takes_effect(world: World) {
    let company = Company::found(&world).await;
    work_of_zhang(&world, &company).await;
    let on = world.today().plus_days(2);
    let plan = draw(
        &world,
        &company,
        json!({ "from": company.zhang.id, "effective_on": on }),
    )
    .await;
    let hr = &company.hr.login;
    let early = issue(&world, hr, wish(&plan, typed())).await;
    assert_eq!(early.problem(409), "document.plan_not_agreed");
    let version = world
        .get(&company.chief.login, &format!("/handover-plans/{plan}"))
        .await
        .ok();
    let seen = json!({ "version": version["version"] });
    step(&world, &company.chief.login, &plan, "submit", seen)
        .await
        .ok();
    let mut changed = typed();
    changed["changes_contract"] = json!(true);
    let how = issue(&world, hr, wish(&plan, changed)).await;
    assert_eq!(places(&how), ["/typed/contract_change"]);
    assert_eq!(how.problem(422), "document.typed");
    let made = issue(&world, hr, wish(&plan, typed())).await;
    assert_eq!(made.status.as_u16(), 201, "{}", made.body);
    let said = facts(&world, "JJ2026-0001-KT1").await;
    assert_eq!(said["customers"].as_array().map(Vec::len), Some(2));
    assert_eq!(said["customers"][0]["receiver"], "李四（E003）");
    assert_eq!(fen(&said["open_total"]), 500_005);
    let open: i64 = said["customers"]
        .as_array()
        .expect("customers")
        .iter()
        .map(|one| fen(&one["open"]))
        .sum();
    assert_eq!(open, 500_005);
    assert_eq!(
        (&said["income_months"], &said["income_before"]),
        (&json!(0), &Json::Null)
    );
    assert!(
        said["terms"][0]["text"]
            .as_str()
            .expect("terms")
            .contains("70%"),
        "{}",
        said["terms"]
    );
    let document = world.get(hr, &format!("/documents?plan={plan}")).await.ok();
    let document = document["items"][0]["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let offer = world
        .get(hr, &format!("/signing-offers?document={document}"))
        .await
        .ok();
    assert_eq!(
        (&offer["seats"][0]["role"], &offer["seats"][0]["level"]),
        (&json!("employee"), &json!("L2"))
    );

    world.pass_days(3);
    let mut late = wish(&plan, typed());
    late["because"] = json!("补签");
    let late = issue(&world, hr, late).await;
    assert!(
        late.body["remedy"]
            .as_str()
            .expect("a remedy")
            .contains("另立方案")
    );
    assert_eq!(late.problem(409), "document.retroactive");
}

async fn nobody_who_leaves_is_asked_to_agree(world: World) {
    let company = Company::found(&world).await;
    work_of_zhang(&world, &company).await;
    resign(&world, &company.zhang.login).await;
    let plan = draw(&world, &company, json!({ "from": company.zhang.id })).await;
    agree(&world, &company, &plan, &[&company.li.login]).await;
    let asked = issue(&world, &company.hr.login, wish(&plan, typed())).await;
    assert_eq!(asked.problem(409), "document.of_a_departure");
}
