//! Each way of leaving with what the law attaches to it, and without what it does not.

use approval::shipped::SHIPPED;
use baton::approval::acts::publish_flow::PublishFlow;
use serde_json::{Value as Json, json};

use super::{certificate, task, view};
use crate::desk::complete;
use crate::harness::{Answer, Company, Person, World, hire, money, person};

story!(
    who_is_driven_out_is_paid_before_the_departure_closes,
    a_case_that_asks_nobody_to_pay_closes_with_the_paper,
    pay_instead_of_notice_is_for_one_article_only,
    nothing_expires_that_has_no_end_on_file,
    a_term_on_file_is_one_that_can_be,
    nobody_dies_tomorrow,
    who_works_on_after_his_contract_is_told_so,
);

/// Somebody whose contract ends on this day.
async fn until(world: &World, company: &Company, until: &str) -> Person {
    let place = (company.entity, company.north, company.post);
    let mut new = person(place, "E310", "钱一", true);
    new.contract_from = Some(new.hired_on);
    new.contract_until = Some(until.parse().expect("a day"));
    hire(world, new, "salesperson").await
}

/// The words of a refusal, which has a remedy.
fn refused(answer: Answer, status: u16, code: &str) -> String {
    let words = answer.body.to_string();
    assert!(
        answer.body["remedy"]
            .as_str()
            .is_some_and(|it| !it.is_empty())
    );
    assert_eq!(answer.problem(status), code, "{words}");
    words
}

/// Art. 38, from the notice to where nothing but money and closing is left.
async fn driven_out(world: &World, company: &Company) -> String {
    let body = json!({ "kind": "resignation_for_cause", "reason": "拖欠提成三个月" });
    let zhang = &company.zhang.login;
    let ahead = world
        .post(zhang, "/departures/preview", body.clone())
        .await
        .ok();
    let steps = ahead["tasks"].to_string();
    let id = world.post(zhang, "/departures", body).await.id();
    for (who, node) in [
        (&company.hr.login, "acknowledge"),
        (&company.finance.login, "receivables"),
        (&company.it.login, "accounts"),
        (&company.office.login, "assets"),
        (&company.hr.login, "interview"),
    ] {
        assert!(steps.contains(&format!("\"{node}\"")), "{node}: {steps}");
        complete(world, who, node).await.ok();
    }
    certificate(world, &id).await;
    id
}

/// 劳动合同法 art. 46(1): N is due, and somebody is asked to pay it.
async fn who_is_driven_out_is_paid_before_the_departure_closes(world: World) {
    let company = Company::found(&world).await;
    let hr = &company.hr.login;
    let id = driven_out(&world, &company).await;
    let close = format!("/departures/{id}/close");
    let open = world.post(hr, &close, json!({})).await;
    refused(open, 409, "departure.compensation_open");
    let seen = view(&world, hr, &id).await;
    assert_eq!(task(&seen, "compensation")["state"], "active");
    complete(&world, &company.finance.login, "compensation")
        .await
        .ok();
    world.post(hr, &close, json!({})).await.ok();
    assert_eq!(view(&world, hr, &id).await["stage"]["key"], "closed");
    // Whoever goes of his own will is paid nothing, and nobody is asked.
    let ahead = json!({ "kind": "resignation", "employee_id": company.li.id });
    let ahead = world.post(hr, "/departures/preview", ahead).await.ok();
    let steps = ahead["tasks"].to_string();
    assert!(!steps.contains("compensation"), "{steps}");
}

/// The flow as it was shipped before it had a step for what is due.
fn without_the_step() -> String {
    let (_, text) = SHIPPED[0];
    let mut flow: Json = serde_json::from_str(text).expect("a flow");
    assert_eq!(flow["key"], "departure.resignation");
    let handover = &mut flow["root"]["children"][2]["children"][0]["children"];
    let steps = handover.as_array_mut().expect("steps");
    let before = steps.len();
    steps.retain(|step| step["id"] != "compensation_due_choice");
    assert_eq!(steps.len(), before - 1);
    flow.to_string()
}

async fn a_case_that_asks_nobody_to_pay_closes_with_the_paper(world: World) {
    let company = Company::found(&world).await;
    let hr = &company.hr.login;
    let old = PublishFlow {
        body: without_the_step(),
    };
    world.done(&old).await;
    let id = driven_out(&world, &company).await;
    let close = format!("/departures/{id}/close");
    let open = world.post(hr, &close, json!({})).await;
    let words = refused(open, 409, "departure.compensation_open");
    assert!(words.contains("核算单"), "{words}");
    let typed = json!({ "wages12": money("120000"), "wage_months": 12,
        "minimum_wage": money("2740"), "wage_cap": money("37302") });
    let paper = json!({ "kind": "compensation_reckoning", "departure_id": id, "typed": typed });
    world.post(hr, "/documents", paper).await.ok();
    world.post(hr, &close, json!({})).await.ok();
}

/// 劳动合同法 art. 40 knows 代通知金, art. 41 and all others do not.
async fn pay_instead_of_notice_is_for_one_article_only(world: World) {
    let company = Company::found(&world).await;
    let hr = &company.hr.login;
    let body = |kind: &str| {
        json!({ "kind": kind, "employee_id": company.zhang.id, "protected": {},
            "pay_in_lieu": true, "reason": "岗位撤销", "wished_on": "2026-12-31" })
    };
    for kind in ["layoff", "misconduct", "resignation", "mutual_by_employer"] {
        for path in ["/departures/preview", "/departures"] {
            let answer = world.post(hr, path, body(kind)).await;
            let words = refused(answer, 422, "departure.no_pay_in_lieu");
            assert!(words.contains("/pay_in_lieu"), "{kind}: {words}");
        }
    }
    world
        .post(hr, "/departures", body("no_fault_dismissal"))
        .await
        .id();
}

/// 劳动合同法 art. 44(1): only a term can be over.
async fn nothing_expires_that_has_no_end_on_file(world: World) {
    let company = Company::found(&world).await;
    let hr = &company.hr.login;
    let li = company.li.id;
    let body = |kind: &str| {
        json!({ "kind": kind, "employee_id": li, "protected": {},
            "wished_on": "2026-12-31" })
    };
    for kind in ["expiry_by_employer", "expiry_by_employee"] {
        for path in ["/departures/preview", "/departures"] {
            let answer = world.post(hr, path, body(kind)).await;
            let words = refused(answer, 409, "departure.no_contract_end");
            assert!(words.contains("没有登记劳动合同的终止日"), "{words}");
        }
    }
    let path = format!("/employees/{li}/contract");
    let open = json!({ "begins_on": "2020-03-01", "reason": "补录劳动合同" });
    world.post(hr, &path, open).await.ok();
    let answer = world
        .post(hr, "/departures", body("expiry_by_employer"))
        .await;
    refused(answer, 409, "departure.no_contract_end");
    let term =
        json!({ "begins_on": "2023-12-16", "ends_on": "2026-12-15", "reason": "补录续签合同" });
    world.post(hr, &path, term).await.ok();
    let mut by_itself = body("expiry_by_employer");
    by_itself["wished_on"] = Json::Null;
    let filed = world.post(hr, "/departures", by_itself).await.ok();
    assert_eq!(filed["dates"]["clocks"]["employment_ends_on"], "2026-12-15");
}

async fn a_term_on_file_is_one_that_can_be(world: World) {
    let company = Company::found(&world).await;
    let hr = &company.hr.login;
    let path = format!("/employees/{}/contract", company.li.id);
    let back = json!({ "begins_on": "2026-01-01", "ends_on": "2025-12-31", "reason": "补录" });
    let words = refused(
        world.post(hr, &path, back).await,
        422,
        "people.contract_days",
    );
    assert!(words.contains("/ends_on"), "{words}");
    let term = json!({ "begins_on": "2026-01-01", "ends_on": "2028-12-31", "reason": "补录" });
    let own = world.post(&company.li.login, &path, term.clone()).await;
    assert_eq!(own.status.as_u16(), 403, "{}", own.body);
    world.post(hr, &path, term.clone()).await.ok();
    let again = world.post(hr, &path, term).await;
    refused(again, 409, "people.same_contract");
    let seen = format!("/employees/{}", company.li.id);
    let seen = world.get(hr, &seen).await.ok();
    assert_eq!(
        (&seen["contract_from"], &seen["contract_until"]),
        (&json!("2026-01-01"), &json!("2028-12-31"))
    );
    let told = world.entries("people.set_contract").await[0].to_string();
    assert!(
        told.contains("起至 2028-12-31 止（原为：未登记）"),
        "{told}"
    );
}

async fn nobody_dies_tomorrow(world: World) {
    let company = Company::found(&world).await;
    let hr = &company.hr.login;
    let body =
        |on: &str| json!({ "kind": "death", "employee_id": company.zhang.id, "wished_on": on });
    for path in ["/departures/preview", "/departures"] {
        let answer = world.post(hr, path, body("2026-11-23")).await;
        let words = refused(answer, 422, "departure.death_ahead");
        assert!(words.contains("/wished_on"), "{words}");
    }
    let id = world.post(hr, "/departures", body("2026-11-22")).await.id();
    let later = json!({ "clocks": { "employment_ends_on": "2026-11-30",
        "last_working_day": "2026-11-22", "commission_cutoff_on": "2026-11-22" },
        "reason": "更正" });
    let path = format!("/departures/{id}/dates");
    let answer = world.post(hr, &path, later).await;
    refused(answer, 422, "departure.death_ahead");
}

/// 法释〔2020〕26号 art. 34: no refusal, but it is said.
async fn who_works_on_after_his_contract_is_told_so(world: World) {
    let company = Company::found(&world).await;
    let hr = &company.hr.login;
    let told = |dates: &Json| dates["follows"].to_string();
    let qian = until(&world, &company, "2026-06-30").await;
    let body = json!({ "kind": "resignation" });
    let filed = world.post(&qian.login, "/departures", body).await.ok();
    let words = told(&filed["dates"]);
    assert!(words.contains("劳动合同至 2026-06-30 到期"), "{words}");
    assert!(words.contains("事实劳动关系"), "{words}");
    // It is said as well after the days were set anew.
    let id = filed["id"].as_str().expect("an id");
    let later = json!({ "clocks": { "employment_ends_on": "2026-12-31",
        "last_working_day": "2026-12-22", "commission_cutoff_on": "2026-12-22" },
        "reason": "双方商定" });
    let path = format!("/departures/{id}/dates");
    world.post(hr, &path, later).await.ok();
    let words = told(&view(&world, hr, id).await["dates"]);
    assert!(words.contains("事实劳动关系"), "{words}");
    // Who has no end on file is told nothing of one.
    let body = json!({ "kind": "resignation", "employee_id": company.li.id });
    let ahead = world.post(hr, "/departures/preview", body).await.ok();
    assert!(!told(&ahead["dates"]).contains("事实劳动关系"));
}
