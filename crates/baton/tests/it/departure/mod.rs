//! Departures: filed, acknowledged, handed over, closed; by the law and without losing anything.

mod bounds;
mod days;
mod discreet;
pub(crate) mod dismissal;
mod given_up;
mod grounds;
mod prepared;
mod process;
mod unaware;
mod vacant;

use baton::document::acts::issue::Issue;
use baton::people::acts::lend_asset::LendAsset;
use document::Kind;
use serde_json::{Value as Json, json};

use crate::harness::{Company, Login, World};

story!(
    filing_ends_every_session_at_once_and_begins_handover_mode,
    a_resignation_is_never_refused_and_the_dates_say_why,
    in_handover_mode_a_leaver_sees_his_own_and_takes_nothing,
    withdrawal_is_an_event_and_nothing_is_deleted,
    the_dates_stay_within_what_the_notice_allows,
    the_gates_stay_red_until_the_offices_have_done_their_part,
    after_the_last_working_day_access_ends_by_itself,
    a_dismissal_asks_for_protection_and_union_first,
    strangers_and_colleagues_learn_nothing,
    whoever_reads_a_departure_reads_its_history,
);

/// Files a resignation for oneself; gives its id.
pub(crate) async fn resign(world: &World, login: &Login) -> String {
    world
        .post(login, "/departures", json!({ "kind": "resignation" }))
        .await
        .id()
}

async fn view(world: &World, login: &Login, id: &str) -> Json {
    world.get(login, &format!("/departures/{id}")).await.ok()
}

fn gate<'a>(view: &'a Json, key: &str) -> &'a Json {
    let gates = view["gates"].as_array().expect("gates");
    gates
        .iter()
        .find(|gate| gate["key"] == key)
        .expect("a gate")
}

/// The step of the process of this name.
fn task<'a>(view: &'a Json, node: &str) -> &'a Json {
    let tasks = view["tasks"].as_array().expect("tasks");
    let found = tasks.iter().find(|task| task["node"] == node);
    found.unwrap_or_else(|| panic!("no step {node}: {tasks:#?}"))
}

/// Issues the leaving certificate.
pub(crate) async fn certificate(world: &World, departure: &str) {
    let departure = departure.parse().expect("a departure");
    let act = Issue::of(Kind::LeavingCertificate, departure, "test".to_owned());
    world.done(&act).await;
}

// Keycloak, twenty #13024: a token that still works after somebody was disabled.
async fn filing_ends_every_session_at_once_and_begins_handover_mode(world: World) {
    let company = Company::found(&world).await;
    let zhang = &company.zhang;
    let second = world.log_in(zhang.login.id).await;
    world.get(&second, "/session").await.ok();
    let answer = world
        .post(
            &zhang.login,
            "/departures",
            json!({ "kind": "resignation" }),
        )
        .await;
    assert_eq!(answer.status.as_u16(), 201);
    assert_eq!(
        world.get(&zhang.login, "/session").await.status.as_u16(),
        401
    );
    assert_eq!(world.get(&second, "/customers").await.status.as_u16(), 401);

    let again = world.log_in(zhang.login.id).await;
    let session = world.get(&again, "/session").await.ok();
    assert_eq!(session["login"]["mode"], "handover");
    let person = world
        .get(&company.hr.login, &format!("/employees/{}", zhang.id))
        .await
        .ok();
    assert_eq!(person["state"], "notice");
    for kind in ["departure.file", "people.set_state"] {
        assert_eq!(world.entries(kind).await.len(), 1, "{kind}");
    }
    let twice = world
        .post(&again, "/departures", json!({ "kind": "resignation" }))
        .await;
    assert_eq!(twice.problem(409), "departure.already_open");
}

async fn a_resignation_is_never_refused_and_the_dates_say_why(world: World) {
    let company = Company::found(&world).await;
    let body = json!({ "kind": "resignation", "wished_on": world.today().plus_days(3) });
    let zhang = &company.zhang.login;
    let preview = world
        .post(zhang, "/departures/preview", body.clone())
        .await
        .ok();
    assert_eq!(preview["dates"]["notice_days"], 30);
    assert_eq!(preview["dates"]["earliest_on"], "2026-12-22");
    let codes = |view: &Json| {
        let reasons = view["dates"]["reasons"]
            .as_array()
            .expect("reasons")
            .clone();
        let code = |reason: &Json| reason["code"].as_str().unwrap_or_default().to_owned();
        reasons.iter().map(code).collect::<Vec<_>>()
    };
    assert!(codes(&preview).contains(&"notice.wish_too_early".to_owned()));
    assert!(world.entries("departure.file").await.is_empty());

    let filed = world.post(zhang, "/departures", body).await.ok();
    assert_eq!(filed["dates"]["clocks"]["employment_ends_on"], "2026-12-22");
    let id = filed["id"].as_str().expect("an id").to_owned();
    let hr = &company.hr.login;
    let agreed = json!({ "last_day": "2026-12-04", "note": "协议见人事档案" });
    world
        .post(hr, &format!("/departures/{id}/agree-early"), agreed)
        .await
        .ok();
    let seen = view(&world, hr, &id).await;
    assert_eq!(seen["dates"]["clocks"]["last_working_day"], "2026-12-04");
    assert!(codes(&seen).contains(&"notice.agreed".to_owned()));
    // There is no route that refuses it.
    let refusal = world
        .post(hr, &format!("/departures/{id}/refuse"), json!({}))
        .await;
    assert_eq!(refusal.status.as_u16(), 404);
    // Who resigns is paid no compensation, which is all that could wait for the handover.
    assert_eq!(waiting(&seen), Vec::<String>::new());
    for (kind, waits) in [
        ("mutual_by_employer", &["economic_compensation"][..]),
        ("mutual_by_employee", &[]),
        ("resignation_for_cause", &["economic_compensation"]),
    ] {
        let new = json!({ "employee_id": company.wang.id, "kind": kind,
            "wished_on": "2026-12-31", "agreed_on": "2026-12-31" });
        let ahead = world.post(hr, "/departures/preview", new).await.ok();
        assert_eq!(waiting(&ahead), waits, "{kind}");
    }
}

/// What the company may keep back until the handover is done.
fn waiting(seen: &Json) -> Vec<String> {
    let duties = seen["duties"].as_array().expect("duties").iter();
    let waits = duties.filter(|duty| duty["may_wait"] == true);
    waits
        .map(|duty| duty["key"].as_str().expect("a key").to_owned())
        .collect()
}

async fn in_handover_mode_a_leaver_sees_his_own_and_takes_nothing(world: World) {
    let company = Company::found(&world).await;
    let own = company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    let other = company
        .customer(&world, &company.li, "卢沟轴承有限公司")
        .await;
    let departure = resign(&world, &company.zhang.login).await;
    let zhang = world.log_in(company.zhang.login.id).await;
    world.get(&zhang, &format!("/customers/{own}")).await.ok();
    world
        .get(&zhang, &format!("/customers/{other}"))
        .await
        .problem(404);
    let new = json!({ "name": "新客户", "region": "", "industry": "", "tier": "" });
    assert_eq!(
        world.post(&zhang, "/customers", new).await.status.as_u16(),
        403
    );
    let body = json!({ "to_id": company.li.id, "effective_on": world.today(), "reason": "给他" });
    let answer = world
        .post(&zhang, &format!("/customers/{own}/hand-over"), body)
        .await;
    assert_eq!(answer.status.as_u16(), 403, "{}", answer.body);
    let plan = json!({ "from": company.zhang.id });
    let answer = world.post(&zhang, "/handover-plans", plan).await;
    assert!(
        [403, 404].contains(&answer.status.as_u16()),
        "{}",
        answer.body
    );
    // His own departure he sees, but runs nothing of it.
    view(&world, &zhang, &departure).await;
    let close = world
        .post(&zhang, &format!("/departures/{departure}/close"), json!({}))
        .await;
    assert_eq!(close.status.as_u16(), 403);
}

// 悟空HRM: cancelling a resignation deletes its record.
async fn withdrawal_is_an_event_and_nothing_is_deleted(world: World) {
    let company = Company::found(&world).await;
    company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    let id = resign(&world, &company.zhang.login).await;
    let (hr, path) = (&company.hr.login, format!("/departures/{id}/withdraw"));
    let plan = json!({ "from": company.zhang.id });
    let plan = world
        .post(&company.chief.login, "/handover-plans", plan)
        .await
        .id();
    let alone = json!({ "employee_agrees": true, "company_agrees": false, "reason": "想留下" });
    let refused = world.post(hr, &path, alone).await;
    assert_eq!(refused.problem(409), "departure.withdraw_needs_both");
    let both = json!({ "employee_agrees": true, "company_agrees": true, "reason": "双方同意" });
    world.post(hr, &path, both).await.ok();
    let seen = view(&world, hr, &id).await;
    assert_eq!(seen["stage"]["key"], "withdrawn");
    let steps = seen["steps"].as_array().expect("steps");
    assert_eq!((&steps[0]["kind"], steps.len()), (&json!("filed"), 3));
    let plan = world
        .get(&company.chief.login, &format!("/handover-plans/{plan}"))
        .await
        .ok();
    assert_eq!(plan["state"], "cancelled");
    let zhang = world.log_in(company.zhang.login.id).await;
    assert_eq!(
        world.get(&zhang, "/session").await.ok()["login"]["mode"],
        "normal"
    );
    for table in ["departure_step", "handover_acceptance"] {
        let gone = world.raw(&format!("DELETE FROM {table}")).await;
        assert!(table == "handover_acceptance" || gone.is_err(), "{table}");
    }
    // He may leave another time.
    resign(&world, &zhang).await;
}

async fn the_dates_stay_within_what_the_notice_allows(world: World) {
    let company = Company::found(&world).await;
    let id = resign(&world, &company.zhang.login).await;
    let path = format!("/departures/{id}/dates");
    let clocks = |end: &str, last: &str, cut: &str| {
        json!({ "clocks": { "employment_ends_on": end, "last_working_day": last,
            "commission_cutoff_on": cut }, "reason": "按约定" })
    };
    let hr = &company.hr.login;
    let early = world
        .post(hr, &path, clocks("2026-12-01", "2026-12-01", "2026-12-01"))
        .await;
    assert_eq!(early.problem(409), "departure.ends_before_notice");
    let late = world
        .post(hr, &path, clocks("2026-12-22", "2026-12-23", "2026-12-22"))
        .await;
    assert_eq!(late.problem(422), "departure.works_after_end");
    world
        .post(hr, &path, clocks("2026-12-22", "2026-12-11", "2026-12-31"))
        .await
        .ok();
    let seen = view(&world, hr, &id).await;
    assert_eq!(seen["dates"]["clocks"]["last_working_day"], "2026-12-11");
    assert_eq!(
        seen["dates"]["clocks"]["commission_cutoff_on"],
        "2026-12-31"
    );
}

async fn the_gates_stay_red_until_the_offices_have_done_their_part(world: World) {
    let company = Company::found(&world).await;
    let (zhang, hr) = (&company.zhang, &company.hr.login);
    let lend = |kind: &str, name: &str| LendAsset {
        employee: zhang.id,
        kind: kind.to_owned(),
        name: name.to_owned(),
        serial: "SN-1".to_owned(),
    };
    let laptop = world.done(&lend("equipment", "笔记本")).await;
    let mail = world.done(&lend("account", "邮箱")).await;
    let id = resign(&world, &zhang.login).await;
    let (checks, close) = (
        format!("/departures/{id}/checks"),
        format!("/departures/{id}/close"),
    );
    world
        .post(hr, &format!("/departures/{id}/acknowledge"), json!({}))
        .await
        .ok();
    let early = world.post(hr, &close, json!({})).await;
    assert_eq!(early.problem(409), "departure.not_ended");
    world.pass_days(31);
    let red = world.post(hr, &close, json!({})).await;
    assert_eq!(red.problem(409), "departure.gates_red");
    let seen = view(&world, hr, &id).await;
    for (key, state) in [
        ("customers", "green"),
        ("assets", "red"),
        ("accounts", "red"),
        ("documents", "red"),
    ] {
        assert_eq!(gate(&seen, key)["state"], state, "{key}");
    }
    assert_eq!(task(&seen, "receivables")["overdue"], true);

    let returned = json!({ "check": "asset", "asset_id": laptop, "cost": null, "note": "完好" });
    world.post(hr, &checks, returned.clone()).await.problem(403);
    world
        .post(&company.office.login, &checks, returned)
        .await
        .ok();
    let closed = json!({ "check": "account_closed", "asset_id": mail, "note": "" });
    world.post(&company.it.login, &checks, closed).await.ok();
    let talk = json!({ "check": "interview", "on": world.today(), "note": "回老家" });
    world.post(hr, &checks, talk).await.ok();
    let waiver = json!({ "gate": "documents", "reason": "以后再说" });
    let refused = world
        .post(hr, &format!("/departures/{id}/waive"), waiver)
        .await;
    assert_eq!(refused.problem(422), "departure.gate_not_waivable");
    certificate(&world, &id).await;
    world.post(hr, &close, json!({})).await.ok();
    let seen = view(&world, hr, &id).await;
    assert_eq!(seen["stage"]["key"], "closed");
    assert_eq!(task(&seen, "interview")["state"], "passed");
    let person = world
        .get(hr, &format!("/employees/{}", zhang.id))
        .await
        .ok();
    assert_eq!(person["state"], "left");
    assert_eq!(
        world.get(&zhang.login, "/session").await.status.as_u16(),
        401
    );
}

async fn after_the_last_working_day_access_ends_by_itself(world: World) {
    let company = Company::found(&world).await;
    resign(&world, &company.zhang.login).await;
    let zhang = world.log_in(company.zhang.login.id).await;
    let last = |world: &World| world.today();
    world.pass_days(30);
    assert_eq!(last(&world).to_string(), "2026-12-22");
    world.run_jobs().await;
    world.get(&zhang, "/session").await.ok();
    world.pass_days(1);
    world.run_jobs().await;
    assert_eq!(world.get(&zhang, "/session").await.status.as_u16(), 401);
    assert_eq!(world.entries("departure.end_access").await.len(), 1);
}

async fn a_dismissal_asks_for_protection_and_union_first(world: World) {
    let company = Company::found(&world).await;
    let hr = &company.hr.login;
    let body = |protected: Json| {
        json!({ "kind": "no_fault_dismissal", "employee_id": company.zhang.id,
            "protected": protected, "reason": "不能胜任，培训后仍不能胜任" })
    };
    let denied = world
        .post(&company.zhang.login, "/departures", body(json!({})))
        .await;
    assert_eq!(denied.status.as_u16(), 403);
    let unchecked = world.post(hr, "/departures", body(Json::Null)).await;
    assert_eq!(unchecked.problem(422), "departure.protection_unchecked");
    let sick = json!({ "medical_until": "2027-06-30" });
    let protected = world.post(hr, "/departures", body(sick)).await;
    assert_eq!(protected.problem(409), "departure.protected");
    world.get(&company.zhang.login, "/session").await.ok();

    let id = world.post(hr, "/departures", body(json!({}))).await.id();
    // It is a plan until it is served.
    world.get(&company.zhang.login, "/session").await.ok();
    let path = format!("/departures/{id}/acknowledge");
    assert_eq!(
        world.post(hr, &path, json!({})).await.problem(409),
        "departure.union_first"
    );
    let told = json!({ "check": "union_notice", "on": world.today(), "note": "工会无异议" });
    world
        .post(hr, &format!("/departures/{id}/checks"), told)
        .await
        .ok();
    // Told or not, nothing is served that nobody approved.
    assert_eq!(
        world.post(hr, &path, json!({})).await.problem(409),
        "departure.not_approved_yet"
    );
}

async fn strangers_and_colleagues_learn_nothing(world: World) {
    let company = Company::found(&world).await;
    let id = resign(&world, &company.zhang.login).await;
    let path = format!("/departures/{id}");
    assert_eq!(world.nobody_gets(&path).await.status.as_u16(), 401);
    assert_eq!(
        world.get(&company.li.login, &path).await.problem(404),
        "access.absent"
    );
    let mine = world.get(&company.li.login, "/departures").await.ok();
    assert_eq!(mine["items"], json!([]));
    let board = world
        .get(&company.chief.login, "/departures?stage=filed")
        .await
        .ok();
    assert_eq!(board["items"][0]["employee"]["name"], "张三");
    let withdraw = json!({ "employee_agrees": true, "company_agrees": true, "reason": "试试" });
    let answer = world
        .post(&company.li.login, &format!("{path}/withdraw"), withdraw)
        .await;
    assert_eq!(answer.status.as_u16(), 404);
}

async fn whoever_reads_a_departure_reads_its_history(world: World) {
    let company = Company::found(&world).await;
    let id = resign(&world, &company.zhang.login).await;
    let history = format!("/evidence?subject=departure/{id}");
    let told = world.get(&company.chief.login, &history).await.ok();
    let newest = told["items"].as_array().and_then(|items| items.last());
    let sentence = newest.and_then(|line| line["zh"].as_str());
    assert!(sentence.is_some_and(|zh| zh.contains("辞职")), "{told}");
    world.get(&company.wang.login, &history).await.problem(404);
}
