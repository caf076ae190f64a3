//! Days that cannot be meant, and things of somebody else, are refused in words.

use baton::people::acts::lend_asset::LendAsset;
use serde_json::{Value as Json, json};

use super::{resign, view};
use crate::harness::{Answer, Company, Login, Person, World, hire, person};

story!(
    what_somebody_else_holds_is_not_settled_in_this_departure,
    a_contract_does_not_expire_before_its_last_day,
    days_that_cannot_be_meant_are_refused,
    an_agreed_day_does_not_lie_before_the_agreement,
    what_the_law_ends_is_over_on_its_day,
    failed_probation_is_over_with_probation,
    the_file_goes_out_after_the_day_that_stands,
);

/// A salesperson of the north with these days of probation and contract.
async fn hired(world: &World, company: &Company, days: (Option<&str>, Option<&str>)) -> Person {
    let place = (company.entity, company.north, company.post);
    let mut new = person(place, "E310", "钱一", true);
    let day = |text: &str| text.parse().expect("a day");
    (new.probation_until, new.contract_until) = (days.0.map(day), days.1.map(day));
    hire(world, new, "salesperson").await
}

/// The words of a refusal.
fn refused(answer: Answer, status: u16, code: &str) -> String {
    let words = answer.body.to_string();
    assert_eq!(answer.problem(status), code, "{words}");
    words
}

async fn file(world: &World, login: &Login, body: &Json) -> Answer {
    let seen = world.post(login, "/departures/preview", body.clone()).await;
    let filed = world.post(login, "/departures", body.clone()).await;
    assert_eq!(seen.status.is_success(), filed.status.is_success());
    filed
}

async fn what_somebody_else_holds_is_not_settled_in_this_departure(world: World) {
    let company = Company::found(&world).await;
    let lend = |who: &Person, kind: &str| LendAsset {
        employee: who.id,
        kind: kind.to_owned(),
        name: "笔记本".to_owned(),
        serial: "SN-1".to_owned(),
    };
    let laptop = world.done(&lend(&company.li, "equipment")).await;
    let mail = world.done(&lend(&company.li, "account")).await;
    let own = world.done(&lend(&company.zhang, "equipment")).await;
    let id = resign(&world, &company.zhang.login).await;
    let checks = format!("/departures/{id}/checks");
    let asset = |id: String| json!({ "check": "asset", "asset_id": id, "cost": null, "note": "" });
    let account = json!({ "check": "account_closed", "asset_id": mail, "note": "" });
    for (who, body) in [
        (&company.office.login, asset(laptop.to_string())),
        (&company.it.login, account),
    ] {
        let answer = world.post(who, &checks, body).await;
        let words = refused(answer, 409, "departure.asset_of_another");
        assert!(words.contains("该资产不是该员工领用的"), "{words}");
    }
    let states = "SELECT state FROM people_asset WHERE state <> 'lent'";
    assert!(world.texts(states, &["state"]).await.is_empty());
    world
        .post(&company.office.login, &checks, asset(own.to_string()))
        .await
        .ok();
}

async fn a_contract_does_not_expire_before_its_last_day(world: World) {
    let company = Company::found(&world).await;
    let qian = hired(&world, &company, (None, Some("2027-06-30"))).await;
    let body = |kind: &str, on: Json| {
        json!({ "kind": kind, "wished_on": on,
        "employee_id": qian.id, "protected": {} })
    };
    let now = body("expiry_by_employee", json!(world.today()));
    let answer = file(&world, &qian.login, &now).await;
    let words = refused(answer, 409, "departure.contract_runs");
    assert!(
        words.contains("合同至 2027-06-30 才到期；提前离职请选择辞职"),
        "{words}"
    );
    let hr = &company.hr.login;
    let now = body("expiry_by_employer", json!("2027-06-29"));
    refused(file(&world, hr, &now).await, 409, "departure.contract_runs");
    // Nobody need name the day that the contract names.
    let by_itself = body("expiry_by_employee", Json::Null);
    let filed = file(&world, &qian.login, &by_itself).await.ok();
    assert_eq!(filed["dates"]["clocks"]["employment_ends_on"], "2027-06-30");
    let path = format!(
        "/departures/{}/agree-early",
        filed["id"].as_str().expect("an id")
    );
    let early = json!({ "last_day": "2027-01-31", "note": "协议见人事档案" });
    let answer = world.post(hr, &path, early).await;
    refused(answer, 409, "departure.contract_runs");
    // Where nothing fixes the day somebody must name it.
    let open = json!({ "kind": "mutual_by_employee" });
    let answer = file(&world, &company.li.login, &open).await;
    refused(answer, 422, "departure.needs_day");
}

#[expect(clippy::too_many_lines, reason = "a story is told in one piece")]
async fn days_that_cannot_be_meant_are_refused(world: World) {
    let company = Company::found(&world).await;
    let (hr, zhang) = (&company.hr.login, &company.zhang);
    let body = |more: Json| {
        let mut body = json!({ "kind": "resignation", "employee_id": zhang.id });
        for (key, value) in more.as_object().expect("an object") {
            body[key] = value.clone();
        }
        body
    };
    for (who, more, code) in [
        (hr, json!({ "received_on": "2020-02-29" }), "before_hired"),
        (
            hr,
            json!({ "commission_cutoff_on": "2020-02-29" }),
            "before_hired",
        ),
        (
            hr,
            json!({ "commission_cutoff_on": "2027-12-22" }),
            "credited_too_long",
        ),
        (
            hr,
            json!({ "last_working_day": "2026-11-21" }),
            "works_before_notice",
        ),
        (hr, json!({ "wished_on": "2028-11-23" }), "ends_too_late"),
        (hr, json!({ "agreed_on": "2033-01-01" }), "ends_too_late"),
        (
            &zhang.login,
            json!({ "wished_on": "2062-11-23" }),
            "ends_too_late",
        ),
        (
            &zhang.login,
            json!({ "last_working_day": "2026-11-21" }),
            "works_before_notice",
        ),
        (
            &zhang.login,
            json!({ "commission_cutoff_on": "2027-12-31" }),
            "cutoff_is_set",
        ),
    ] {
        let answer = file(&world, who, &body(more.clone())).await;
        let words = refused(answer, 422, &format!("departure.{code}"));
        let said: Json = serde_json::from_str(&words).expect("a problem");
        assert_ne!(said["remedy"], "", "{more}");
        assert_ne!(said["remedy_en"], "", "{more}");
        assert_ne!(said["errors"][0]["detail_en"], "", "{more}");
    }
    let two_years = json!({ "wished_on": "2028-11-22", "commission_cutoff_on": "2027-01-31" });
    let filed = file(&world, hr, &body(two_years)).await.ok();
    let path = |what: &str| {
        let id = filed["id"].as_str().expect("an id");
        format!("/departures/{id}/{what}")
    };
    let dates = |end: &str, last: &str, cut: &str| {
        json!({ "clocks": { "employment_ends_on": end, "last_working_day": last,
            "commission_cutoff_on": cut }, "reason": "按约定" })
    };
    for (new, code) in [
        (
            dates("2028-11-23", "2027-01-31", "2027-01-31"),
            "ends_too_late",
        ),
        (
            dates("2028-11-22", "2026-11-21", "2027-01-31"),
            "works_before_notice",
        ),
        (
            dates("2028-11-22", "2027-01-31", "2020-02-29"),
            "before_hired",
        ),
        (
            dates("2028-11-22", "2027-01-31", "9999-12-31"),
            "credited_too_long",
        ),
    ] {
        let answer = world.post(hr, &path("dates"), new).await;
        refused(answer, 422, &format!("departure.{code}"));
    }
    let late = json!({ "last_day": "2028-11-23", "note": "协议见人事档案" });
    let answer = world.post(hr, &path("agree-early"), late).await;
    refused(answer, 422, "departure.ends_too_late");
}

async fn an_agreed_day_does_not_lie_before_the_agreement(world: World) {
    let company = Company::found(&world).await;
    let id = resign(&world, &company.zhang.login).await;
    world.pass_days(10);
    let hr = &company.hr.login;
    let path = format!("/departures/{id}/agree-early");
    let agreed = |on: &str| json!({ "last_day": "2026-11-30", "agreed_on": on, "note": "协议" });
    let answer = world.post(hr, &path, agreed("2026-12-01")).await;
    let words = refused(answer, 422, "departure.agreed_afterwards");
    assert!(words.contains("劳动关系不能倒签终止"), "{words}");
    for long_before in ["0001-01-01", "2026-11-21"] {
        let answer = world.post(hr, &path, agreed(long_before)).await;
        let words = refused(answer, 422, "departure.agreement_before_notice");
        assert!(words.contains("不能早于 2026-11-22"), "{words}");
    }
    world.post(hr, &path, agreed("2026-11-30")).await.ok();
}

async fn what_the_law_ends_is_over_on_its_day(world: World) {
    let company = Company::found(&world).await;
    let hr = &company.hr.login;
    let body = json!({ "kind": "death", "employee_id": company.zhang.id,
        "wished_on": "2026-11-15", "last_working_day": "2026-10-30" });
    let filed = file(&world, hr, &body).await.ok();
    let dates = &filed["dates"];
    assert_eq!(dates["clocks"]["employment_ends_on"], "2026-11-15");
    assert_eq!(dates["clocks"]["last_working_day"], "2026-10-30");
    assert_eq!(dates["file_transfer_by"], "2026-11-30");
    let words = dates["reasons"].to_string();
    assert!(!words.contains("早于通知期满"), "{words}");
    assert!(words.contains("劳动关系于 2026-11-15 终止"), "{words}");
}

async fn failed_probation_is_over_with_probation(world: World) {
    let company = Company::found(&world).await;
    let hr = &company.hr.login;
    let qian = hired(&world, &company, (Some("2026-11-30"), None)).await;
    let body = |on: &str| {
        json!({ "kind": "probation_failure", "employee_id": qian.id,
        "wished_on": on, "reason": "不符合录用条件" })
    };
    let answer = file(&world, hr, &body("2026-12-01")).await;
    let words = refused(answer, 409, "departure.probation_over");
    assert!(words.contains("试用期至 2026-11-30"), "{words}");
    let id = file(&world, hr, &body("2026-11-30")).await.id();
    let later = json!({ "clocks": { "employment_ends_on": "2026-12-31",
        "last_working_day": "2026-11-30", "commission_cutoff_on": "2026-11-30" },
        "reason": "延后" });
    let answer = world
        .post(hr, &format!("/departures/{id}/dates"), later)
        .await;
    refused(answer, 409, "departure.probation_over");
}

async fn the_file_goes_out_after_the_day_that_stands(world: World) {
    let company = Company::found(&world).await;
    let hr = &company.hr.login;
    let id = resign(&world, &company.zhang.login).await;
    assert_eq!(
        view(&world, hr, &id).await["dates"]["file_transfer_by"],
        "2027-01-06"
    );
    let later = json!({ "clocks": { "employment_ends_on": "2026-12-31",
        "last_working_day": "2026-12-22", "commission_cutoff_on": "2026-12-22" },
        "reason": "双方商定" });
    let path = format!("/departures/{id}/dates");
    world.post(hr, &path, later).await.ok();
    assert_eq!(
        view(&world, hr, &id).await["dates"]["file_transfer_by"],
        "2027-01-15"
    );
}
