//! Payees are asked to confirm a month by a day; silence is no confirmation, and stops nothing once
//! the day is past.

use baton::people::acts::set_state::SetState;
use serde_json::{Value as Json, json};

use crate::commission::{calculate, flat, holds, statement};
use crate::harness::{Company, Login, World, without_chance};
use crate::objections::{line, say, under};
use crate::payroll::november;

story!(
    payees_are_asked_reminded_and_late,
    a_month_closes_early_with_a_reason_only,
    figures_that_change_are_asked_about_again,
    a_month_without_a_day_is_as_it_was,
    who_has_left_is_asked_in_writing,
);

const MONTH: &str = "/commission-periods/2026-11";
const DESK: &str = "/commission-periods/2026-11/confirmations";

async fn review(world: &World, company: &Company, days: i64) {
    let body = json!({ "confirm_by": world.today().plus_days(days) });
    let path = format!("{MONTH}/review");
    world.post(&company.finance.login, &path, body).await.ok();
}

async fn mine(world: &World, login: &Login) -> Json {
    world.get(login, "/commission-confirmations").await.ok()
}

async fn signs_off(world: &World, login: &Login) {
    let seen = statement(world, login, "month=2026-11").await;
    let body = json!({ "month": "2026-11", "digest": seen["digest"] });
    let path = "/commission-statement/sign-off";
    world.post(login, path, body).await.ok();
}

/// confirmed, objected, waiting, overdue
async fn counts(world: &World, login: &Login) -> [i64; 4] {
    let seen = world.get(login, DESK).await.ok();
    ["confirmed", "objected", "waiting", "overdue"]
        .map(|word| seen["counts"][word].as_i64().expect("a count"))
}

fn names(of: &Json) -> Vec<&str> {
    let people = of.as_array().expect("people").iter();
    let name = |one: &Json| one.get("payee").unwrap_or(one)["name"].clone();
    let all = ["张三", "李四", "王五"];
    people
        .map(|one| {
            let found = all.into_iter().find(|known| name(one) == *known);
            found.expect("somebody")
        })
        .collect()
}

#[expect(clippy::too_many_lines, reason = "one month from review to closing")]
async fn payees_are_asked_reminded_and_late(world: World) {
    let company = Company::found(&world).await;
    november(&world, &company).await;
    for who in [&company.zhang, &company.li] {
        under(&world, &company, who, &company.chief).await;
    }
    let (zhang, li) = (&company.zhang.login, &company.li.login);
    let (chief, finance) = (&company.chief.login, &company.finance.login);
    // It is Saturday, 28 November. Five working days are proposed.
    let months = world.get(finance, "/commission-periods").await.ok();
    assert_eq!(months["items"][0]["proposed_confirm_by"], "2026-12-04");
    for outside in ["2026-11-27", "2027-01-28"] {
        let body = json!({ "confirm_by": outside });
        let refused = world.post(finance, &format!("{MONTH}/review"), body).await;
        assert_eq!(refused.problem(422), "commission.confirm_day");
    }
    review(&world, &company, 6).await;

    // Each payee is asked for his own, nobody else for anything.
    let asked = mine(&world, zhang).await;
    assert_eq!(
        asked["own"],
        json!([{ "month": "2026-11", "confirm_by": "2026-12-04", "days_left": 6, "waiting": 1,
            "reminded": false }])
    );
    assert_eq!(asked["people"], json!([]));
    let nothing = json!({ "own": [], "people": [] });
    for other in [&company.wang.login, chief, finance] {
        assert_eq!(mine(&world, other).await, nothing);
    }
    let own = statement(&world, zhang, "month=2026-11").await;
    assert_eq!(
        own["asked"],
        json!({ "confirm_by": "2026-12-04", "days_left": 6, "waiting": 1 })
    );
    assert_eq!(counts(&world, finance).await, [0, 0, 2, 0]);
    assert_eq!(counts(&world, chief).await, [0, 0, 2, 0]);
    assert_eq!(counts(&world, zhang).await, [0, 0, 1, 0]);
    assert_eq!(counts(&world, &company.wang.login).await, [0, 0, 0, 0]);
    world.get(&company.it.login, DESK).await.problem(403);

    // Nobody closes over their heads, nobody takes time from them, and more is given with a reason.
    let close = format!("{MONTH}/close");
    let refused = world.post(finance, &close, json!({})).await;
    insta::assert_snapshot!("confirmation_running", without_chance(&refused.body));
    let day = format!("{MONTH}/confirm-day");
    let later = |to: &str| json!({ "confirm_by": to, "reason": "系统维护一天" });
    let earlier = world.post(finance, &day, later("2026-12-03")).await;
    assert_eq!(earlier.problem(422), "commission.confirm_day_earlier");
    world
        .post(chief, &day, later("2026-12-07"))
        .await
        .problem(403);
    world.post(finance, &day, later("2026-12-07")).await.ok();
    signs_off(&world, li).await;
    assert_eq!(mine(&world, li).await, nothing);
    assert_eq!(counts(&world, finance).await, [1, 0, 1, 0]);

    // The day that was moved reminds nobody; the working day before the new one does, at nine.
    world.pass_days(5);
    world.run_jobs().await;
    assert_eq!(mine(&world, zhang).await["own"][0]["reminded"], false);
    world.pass_days(1);
    world.run_jobs().await;
    let asked = mine(&world, zhang).await;
    assert_eq!(
        (&asked["own"][0]["reminded"], &asked["own"][0]["days_left"]),
        (&json!(true), &json!(3))
    );
    assert_eq!(mine(&world, chief).await, nothing);

    // Late: he is shown as such, and his superior is told once.
    world.pass_days(4);
    assert_eq!(world.today().to_string(), "2026-12-08");
    world.run_jobs().await;
    assert_eq!(counts(&world, finance).await, [1, 0, 0, 1]);
    let asked = mine(&world, zhang).await;
    assert_eq!(asked["own"][0]["days_left"], -1);
    let told = mine(&world, chief).await;
    assert_eq!(names(&told["people"][0]["named"]), ["张三"]);
    assert_eq!(told["people"].as_array().map(Vec::len), Some(1));
    for other in [&company.wang.login, finance, li] {
        assert_eq!(mine(&world, other).await, nothing);
    }
    let late = world.get(chief, &format!("{DESK}?state=overdue")).await;
    assert_eq!(names(&late.ok()["items"]), ["张三"]);
    let done = world.get(chief, &format!("{DESK}?state=confirmed")).await;
    assert_eq!(names(&done.ok()["items"]), ["李四"]);
    let first = world.get(chief, &format!("{DESK}?limit=1")).await.ok();
    assert_eq!(names(&first["items"]), ["张三"]);
    let next = first["next_cursor"].as_str().expect("a cursor");
    let next = format!("{DESK}?limit=1&cursor={next}");
    let second = world.get(chief, &next).await.ok();
    assert_eq!(names(&second["items"]), ["李四"]);
    let odd = world.get(chief, &format!("{DESK}?state=silent")).await;
    assert_eq!(odd.problem(422), "request.unknown_word");

    // Who objects has answered, late or not; the objection keeps the month open, silence does not.
    let wrong = json!({ "month": "2026-11", "reason": "应为两万元" });
    let own = line(&world, zhang).await;
    world.post(zhang, &say(&own, "object"), wrong).await.ok();
    assert_eq!(mine(&world, zhang).await, nothing);
    assert_eq!(mine(&world, chief).await, nothing);
    assert_eq!(counts(&world, finance).await, [1, 1, 0, 0]);
    let held = world.post(finance, &close, json!({})).await;
    assert_eq!(held.problem(409), "commission.objections_open");
    let answer = json!({ "month": "2026-11", "verdict": "refuse", "reason": "到账只有一万元" });
    world.post(chief, &say(&own, "answer"), answer).await.ok();
    assert_eq!(counts(&world, finance).await, [1, 1, 0, 0]);
    world.post(finance, &close, json!({})).await.ok();
    let closed = statement(&world, zhang, "month=2026-11").await;
    assert_eq!(closed["asked"], Json::Null);
    let told = json!({
        "reviewed": world.entries("commission.review_period").await,
        "moved": world.entries("commission.move_confirm_day").await,
        "reminded": world.entries("commission.remind_payees").await,
        "closed": world.entries("commission.close_period").await,
    });
    insta::assert_snapshot!("confirmed_by_a_day", without_chance(&told));
    holds(&world).await;
}

async fn a_month_closes_early_with_a_reason_only(world: World) {
    let company = Company::found(&world).await;
    november(&world, &company).await;
    review(&world, &company, 5).await;
    let finance = &company.finance.login;
    signs_off(&world, &company.zhang.login).await;
    let close = format!("{MONTH}/close");
    let refused = world.post(finance, &close, json!({ "reason": " " })).await;
    assert_eq!(refused.problem(409), "commission.confirmation_running");
    let short = world.post(finance, &close, json!({ "reason": "急" })).await;
    assert_eq!(short.problem(422), "request.length");
    let why = json!({ "reason": "年结提前，李四已电话核对" });
    world.post(finance, &close, why).await.ok();
    let entry = &world.entries("commission.close_period").await[0];
    let detail = &entry["detail"];
    assert_eq!(detail["unanswered"], 1, "{entry}");
    assert_eq!(detail["early_because"], "年结提前，李四已电话核对");
    // The day is past by then; what is closed reminds nobody.
    world.pass_days(9);
    world.run_jobs().await;
    assert!(world.entries("commission.remind_payees").await.is_empty());
    holds(&world).await;
}

async fn figures_that_change_are_asked_about_again(world: World) {
    let company = Company::found(&world).await;
    november(&world, &company).await;
    let (zhang, finance) = (&company.zhang.login, &company.finance.login);
    review(&world, &company, 5).await;
    signs_off(&world, zhang).await;
    signs_off(&world, &company.li.login).await;
    assert_eq!(counts(&world, finance).await, [2, 0, 0, 0]);
    // Calculated again without another figure: what was said stands.
    calculate(&world, &company).await;
    assert_eq!(mine(&world, zhang).await["own"], json!([]));
    review(&world, &company, 5).await;
    assert_eq!(counts(&world, finance).await, [2, 0, 0, 0]);
    // A better rate: both are asked again, and the month does not close over it.
    let better = json!({ "valid_from": "2026-02-01", "offer": flat(600) });
    let plans = world.get(finance, "/commission-plans").await.ok();
    let id = plans["items"][0]["id"].as_str().expect("a plan");
    let path = format!("/commission-plans/{id}/versions");
    world.post(finance, &path, better).await.ok();
    calculate(&world, &company).await;
    // Until it is reviewed again nobody is asked for figures that finance has not looked at.
    assert_eq!(mine(&world, zhang).await["own"], json!([]));
    world.pass_days(6);
    // The day that was named is past, and nobody is late with what he was never asked.
    let path = format!("{MONTH}/review");
    let same = world.post(finance, &path, json!({})).await;
    assert_eq!(same.problem(422), "commission.confirm_day");
    // The month is over by then, and its figures must not be older than its end.
    let stale = json!({ "confirm_by": world.today().plus_days(5) });
    let stale = world.post(finance, &path, stale).await;
    assert_eq!(stale.problem(409), "commission.calculated_early");
    calculate(&world, &company).await;
    review(&world, &company, 5).await;
    assert_eq!(mine(&world, zhang).await["own"][0]["waiting"], 1);
    assert_eq!(line(&world, zhang).await["state"], "waiting");
    assert_eq!(counts(&world, finance).await, [0, 0, 2, 0]);
    holds(&world).await;
}

async fn a_month_without_a_day_is_as_it_was(world: World) {
    let company = Company::found(&world).await;
    november(&world, &company).await;
    let (zhang, finance) = (&company.zhang.login, &company.finance.login);
    let day = format!("{MONTH}/confirm-day");
    let to = json!({ "confirm_by": world.today().plus_days(3), "reason": "补定期限" });
    let early = world.post(finance, &day, to.clone()).await;
    assert_eq!(early.problem(409), "commission.not_under_review");
    let path = format!("{MONTH}/review");
    world.post(finance, &path, json!({})).await.ok();
    assert_eq!(mine(&world, zhang).await["own"], json!([]));
    let desk = world.get(finance, DESK).await.ok();
    assert_eq!((&desk["days"], &desk["late"]), (&json!([]), &json!(false)));
    assert_eq!(desk["counts"]["waiting"], 2);
    // A day can still be named, and from then on they are asked.
    world.post(finance, &day, to).await.ok();
    assert_eq!(mine(&world, zhang).await["own"][0]["days_left"], 3);
    world.pass_days(4);
    let close = format!("{MONTH}/close");
    world.post(finance, &close, json!({})).await.ok();
    let entry = &world.entries("commission.close_period").await[0];
    assert_eq!(entry["detail"]["unanswered"], 2, "{entry}");
    holds(&world).await;
}

async fn who_has_left_is_asked_in_writing(world: World) {
    let company = Company::found(&world).await;
    november(&world, &company).await;
    under(&world, &company, &company.zhang, &company.chief).await;
    signs_off(&world, &company.li.login).await;
    let gone = SetState {
        employee: company.zhang.id,
        state: serde_json::from_str("\"left\"").expect("a state"),
        left_on: Some(world.today()),
        why: "departure".to_owned(),
    };
    world.done(&gone).await;
    review(&world, &company, 5).await;
    let (chief, finance) = (&company.chief.login, &company.finance.login);
    let desk = world
        .get(finance, &format!("{DESK}?state=paper"))
        .await
        .ok();
    assert_eq!(desk["counts"]["paper"], 1);
    assert_eq!(
        (&desk["items"][0]["left"], &desk["items"][0]["state"]),
        (&json!(true), &json!("waiting"))
    );
    // Nobody can be reminded here; his superior is told when the day is past.
    world.pass_days(8);
    world.run_jobs().await;
    let told = world.entries("commission.remind_payees").await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0]["detail"]["reminded"], 0);
    assert_eq!(mine(&world, chief).await["people"][0]["people"], 1);
    holds(&world).await;
}
