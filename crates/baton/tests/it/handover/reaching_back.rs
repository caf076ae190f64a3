//! Nothing moves back to a day before the leaver was told, or had agreed.

use serde_json::json;

use super::{agree, draw, owners, plan, step, work_of_zhang};
use crate::departure::dismissal::above;
use crate::desk::approve;
use crate::harness::{Company, World};

story!(a_plan_whose_day_was_before_the_agreement_is_agreed_upon_anew);

/// The plan counts from the 22nd, and he says yes on the 25th: what he earned meanwhile is his.
async fn a_plan_whose_day_was_before_the_agreement_is_agreed_upon_anew(world: World) {
    let company = Company::found(&world).await;
    let above = above(&world, &company).await;
    let customers = work_of_zhang(&world, &company).await;
    let (hr, chief, li) = (&company.hr.login, &company.chief.login, &company.li.login);
    let body = json!({ "kind": "mutual_by_employer", "employee_id": company.zhang.id,
        "wished_on": "2026-12-10", "reason": "岗位调整，协商一致" });
    let leaves = world.post(hr, "/departures", body).await.id();
    let from_today = || {
        let today = world.today();
        json!({ "from": company.zhang.id, "departure_id": leaves, "effective_on": today })
    };
    let early = draw(&world, &company, from_today()).await;
    agree(&world, &company, &early, &[li]).await;
    world.pass_days(3);
    world.run_jobs().await;
    let missed = async || world.entries("handover.miss_day").await;
    assert!(missed().await[0].to_string().contains("次日再试"));
    let zhang = world.log_in(company.zhang.login.id).await;
    approve(&world, &zhang, "consent").await;
    approve(&world, &above.hr2.login, "hr").await;
    approve(&world, &above.boss.login, "gm").await;

    let before = owners(&world).await;
    let back = step(&world, chief, &early, "execute", json!({})).await;
    let words = back.body.to_string();
    assert_eq!(back.problem(409), "handover.reaches_back");
    for told in ["自 2026-11-22 起生效", "2026-11-25 才送达（或协商一致）"] {
        assert!(words.contains(told), "{words}");
    }
    let seen = plan(&world, chief, &early).await["conflicts"].clone();
    let found = seen.as_array().expect("conflicts").iter();
    let told = found.filter(|one| one["kind"] == "reaches_back");
    let told: Vec<_> = told.collect();
    assert_eq!(told.len(), 1, "{seen}");
    assert_eq!(told[0]["blocks"], true);
    assert!(
        told[0]["remedy"].to_string().contains("请作废后重新起草"),
        "{seen}"
    );
    // The planner is told once, and it is not tried again.
    for _ in [1, 2] {
        world.pass_days(1);
        world.run_jobs().await;
        let told = missed().await;
        assert_eq!(told.len(), 2);
        assert!(told[1].to_string().contains("不再自动重试"), "{told:?}");
    }
    assert_eq!(owners(&world).await, before);

    let reason = json!({ "reason": "另定生效日" });
    step(&world, chief, &early, "cancel", reason).await.ok();
    let anew = draw(&world, &company, from_today()).await;
    agree(&world, &company, &anew, &[li]).await;
    step(&world, chief, &anew, "execute", json!({})).await.ok();
    let customer = format!("/customers/{}", customers[0]);
    let seen = world.get(li, &customer).await.ok();
    assert_eq!(seen["owned_since"], json!(world.today()));
}
