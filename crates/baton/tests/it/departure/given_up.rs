//! What was prepared and never told is given up without anybody's consent, and moves nothing on.

use serde_json::json;

use super::dismissal::{above, approved, dismissed, notice_issued};
use super::view;
use crate::handover::{draw, work_of_zhang};
use crate::harness::{Company, World};

story!(
    a_dismissal_that_was_not_served_is_given_up_by_the_employer_alone,
    an_agreement_that_was_not_reached_is_given_up_by_the_employer_alone,
    a_plan_that_was_drawn_up_before_the_service_begins_with_it,
);

async fn a_dismissal_that_was_not_served_is_given_up_by_the_employer_alone(world: World) {
    let company = Company::found(&world).await;
    let above = above(&world, &company).await;
    let (hr, zhang) = (&company.hr.login, &company.zhang.login);
    let id = dismissed(&world, &company, "misconduct", json!({})).await;
    assert_eq!(view(&world, hr, &id).await["declared"], false);
    let withdraw = format!("/departures/{id}/withdraw");
    let why = json!({ "reason": "复核后证据不足" });
    world.post(hr, &withdraw, why.clone()).await.ok();
    let seen = view(&world, hr, &id).await;
    assert_eq!(seen["stage"]["key"], "withdrawn");
    let steps = seen["steps"].as_array().expect("steps");
    assert_eq!(steps.last().expect("a step")["kind"], "called_off");
    let entry = world.entries("departure.withdraw_by_agreement").await[0].to_string();
    assert!(entry.contains("解除通知未送达"), "{entry}");
    assert!(!entry.contains("双方"), "{entry}");
    assert!(world.entries("departure.call_off").await.is_empty());
    let case = seen["case_id"].as_str().expect("a case");
    let case = world.get(hr, &format!("/cases/{case}")).await.ok();
    assert_eq!(case["state"], "terminated");
    // His session went on through all of it.
    let session = world.get(zhang, "/session").await.ok();
    assert_eq!(session["login"]["mode"], "normal");

    // What was served is taken back by both.
    let id = dismissed(&world, &company, "misconduct", json!({})).await;
    approved(&world, &company, &above).await;
    notice_issued(&world, &company, &id).await;
    let served = format!("/departures/{id}/acknowledge");
    world.post(hr, &served, json!({})).await.ok();
    assert_eq!(view(&world, hr, &id).await["declared"], true);
    let withdraw = format!("/departures/{id}/withdraw");
    let alone = world.post(hr, &withdraw, why).await;
    assert_eq!(alone.problem(409), "departure.withdraw_needs_both");
}

async fn an_agreement_that_was_not_reached_is_given_up_by_the_employer_alone(world: World) {
    let company = Company::found(&world).await;
    above(&world, &company).await;
    let hr = &company.hr.login;
    let body = json!({ "kind": "mutual_by_employer", "employee_id": company.zhang.id,
        "wished_on": "2026-12-10", "reason": "协商" });
    let id = world.post(hr, "/departures", body).await.id();
    let withdraw = format!("/departures/{id}/withdraw");
    let why = json!({ "reason": "补偿金额谈不拢" });
    world.post(hr, &withdraw, why).await.ok();
    assert_eq!(view(&world, hr, &id).await["stage"]["key"], "withdrawn");
    let entry = world.entries("departure.withdraw_by_agreement").await[0].to_string();
    assert!(entry.contains("双方未达成一致"), "{entry}");
    let zhang = world.log_in(company.zhang.login.id).await;
    let session = world.get(&zhang, "/session").await.ok();
    assert_eq!(session["login"]["mode"], "normal");
}

async fn a_plan_that_was_drawn_up_before_the_service_begins_with_it(world: World) {
    let company = Company::found(&world).await;
    let above = above(&world, &company).await;
    work_of_zhang(&world, &company).await;
    let hr = &company.hr.login;
    let id = dismissed(&world, &company, "misconduct", json!({})).await;
    let body = json!({ "from": company.zhang.id, "departure_id": id });
    draw(&world, &company, body).await;
    assert_eq!(view(&world, hr, &id).await["stage"]["key"], "filed");
    approved(&world, &company, &above).await;
    notice_issued(&world, &company, &id).await;
    let served = format!("/departures/{id}/acknowledge");
    world.post(hr, &served, json!({})).await.ok();
    let seen = view(&world, hr, &id).await;
    assert_eq!(seen["stage"]["key"], "handing_over");
}
