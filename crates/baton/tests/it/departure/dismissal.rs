//! Dismissals and agreements run through the same machine, with their own steps before it.

use serde_json::{Value as Json, json};

use super::{certificate, gate, task, view};
use crate::desk::{approve, complete, reject, task as at_desk};
use crate::harness::{Company, Person, World, hire, money, person};

story!(
    a_dismissal_goes_by_law_union_and_two_directors_to_closing,
    a_dismissal_that_is_refused_is_called_off,
    a_dismissal_withdrawn_before_service_is_called_off_and_later_is_not,
    an_agreement_needs_everybody_and_compensation_before_closing,
    an_employee_who_does_not_agree_works_as_before,
    somebody_protected_is_not_dismissed_when_service_comes_late,
    a_dismissal_is_not_served_before_it_was_approved_and_the_union_told,
);

/// The offices a dismissal asks beside those of the company.
pub(crate) struct Above {
    pub(crate) boss: Person,
    pub(crate) legal: Person,
    pub(crate) hr2: Person,
}

pub(crate) async fn above(world: &World, company: &Company) -> Above {
    let place = (company.entity, company.sales, company.post);
    Above {
        boss: hire(world, person(place, "E900", "高总", false), "executive").await,
        legal: hire(world, person(place, "E901", "法务", false), "legal").await,
        hr2: hire(world, person(place, "E902", "副人事", false), "hr").await,
    }
}

pub(crate) async fn dismissed(
    world: &World,
    company: &Company,
    kind: &str,
    protected: Json,
) -> String {
    let body = json!({ "kind": kind, "employee_id": company.zhang.id,
        "protected": protected, "reason": "不能胜任，培训后仍不能胜任" });
    world
        .post(&company.hr.login, "/departures", body)
        .await
        .id()
}

async fn mode(world: &World, company: &Company) -> String {
    let query = "SELECT mode FROM session_login l JOIN people_employee e \
                 ON e.id = l.employee_id WHERE e.number = 'E002'";
    let _ = company;
    world.texts(query, &["mode"]).await.concat().concat()
}

/// By law, union, head of HR and general manager to the served notice.
pub(crate) async fn approved(world: &World, company: &Company, above: &Above) {
    approve(world, &above.legal.login, "protection").await;
    complete(world, &company.hr.login, "union").await.ok();
    // HR who filed it stands aside; her colleague decides.
    approve(world, &above.hr2.login, "hr_director").await;
    approve(world, &above.boss.login, "gm").await;
}

/// The notice is issued, to be handed over.
pub(crate) async fn notice_issued(world: &World, company: &Company, departure: &str) {
    let typed = json!({ "facts": "严重违反考勤制度，经书面告知仍未改正。", "service": "当面送达",
        "ground": "第三十九条第（二）项 严重违反规章制度" });
    let body = json!({ "kind": "termination_notice", "departure_id": departure, "typed": typed });
    world.post(&company.hr.login, "/documents", body).await.ok();
}

/// The same without fault, with what is due besides.
pub(crate) async fn no_fault_notice_issued(world: &World, company: &Company, departure: &str) {
    let typed = json!({ "facts": "两次考核不合格，培训后仍不能胜任。", "service": "当面送达",
        "ground": crate::papers::NOT_UP_TO_IT, "wages12": money("120000"), "wage_months": 12,
        "minimum_wage": money("2740"), "wage_cap": money("37302") });
    let body = json!({ "kind": "termination_notice", "departure_id": departure, "typed": typed });
    world.post(&company.hr.login, "/documents", body).await.ok();
}

/// Everything after it reached the other side, up to the last day.
async fn handed_over(world: &World, company: &Company) {
    complete(world, &company.finance.login, "receivables")
        .await
        .ok();
    complete(world, &company.it.login, "accounts").await.ok();
    complete(world, &company.office.login, "assets").await.ok();
    complete(world, &company.hr.login, "interview").await.ok();
}

#[expect(clippy::too_many_lines, reason = "a story is told in one piece")]
async fn a_dismissal_goes_by_law_union_and_two_directors_to_closing(world: World) {
    let company = Company::found(&world).await;
    let above = above(&world, &company).await;
    let hr = &company.hr.login;
    let id = dismissed(&world, &company, "no_fault_dismissal", json!({})).await;
    let filed = view(&world, hr, &id).await;
    assert_eq!(
        filed["kind"]["basis"],
        "劳动合同法第四十条、第四十六条第（三）项"
    );
    assert_eq!(filed["dates"]["clocks"]["employment_ends_on"], "2026-12-22");
    assert_eq!(task(&filed, "protection")["holders"][0]["pool"], "legal");
    let serve = format!("/departures/{id}/acknowledge");
    approve(&world, &above.legal.login, "protection").await;
    let early = world.post(hr, &serve, json!({})).await;
    assert_eq!(early.problem(409), "departure.union_first");
    complete(&world, hr, "union").await.ok();
    let told = &world.entries("departure.record_check").await[0];
    assert!(
        told.to_string().contains("通知工会"),
        "ticking it off took it down: {told}"
    );
    let early = world.post(hr, &serve, json!({})).await;
    assert_eq!(early.problem(409), "departure.not_approved_yet");
    approve(&world, &above.hr2.login, "hr_director").await;
    approve(&world, &above.boss.login, "gm").await;

    // What is missing by now is its service, and none of the approvals.
    let close = format!("/departures/{id}/close");
    let unserved = world.post(hr, &close, json!({})).await;
    assert_eq!(unserved.problem(409), "departure.not_served_yet");
    let unwritten = world.post(hr, &serve, json!({})).await;
    assert_eq!(unwritten.problem(409), "departure.notice_not_issued");

    // The notice is served three days after it was prepared, and counts from then.
    world.pass_days(3);
    no_fault_notice_issued(&world, &company, &id).await;
    let served = world
        .post(hr, &serve, json!({ "on": world.today() }))
        .await
        .ok();
    assert!(served["entry"].is_u64(), "{served}");
    let entry = &world.entries("departure.acknowledge").await[0];
    assert!(
        entry
            .to_string()
            .contains("解除通知已于 2026-11-25 送达张三（E002），劳动关系至 2026-12-25"),
        "{entry}"
    );
    let seen = view(&world, hr, &id).await;
    assert_eq!(seen["stage"]["key"], "acknowledged");
    assert_eq!(seen["dates"]["received_on"], "2026-11-25");
    assert_eq!(seen["dates"]["clocks"]["employment_ends_on"], "2026-12-25");
    assert_eq!(task(&seen, "service")["state"], "passed");
    handed_over(&world, &company).await;
    let seen = view(&world, hr, &id).await;
    assert_eq!(
        task(&seen, "settled")["state"],
        "passed",
        "he had nothing to hand over"
    );
    assert_eq!(
        task(&seen, "compensation")["state"],
        "active",
        "N or N+1 is due (art. 46, 50)"
    );

    world.pass_days(31);
    certificate(&world, &id).await;
    let unpaid = world.post(hr, &close, json!({})).await;
    assert_eq!(unpaid.problem(409), "departure.compensation_open");
    complete(&world, &company.finance.login, "compensation")
        .await
        .ok();
    let closed = world.post(hr, &close, json!({})).await.ok();
    assert!(closed["entry"].is_u64(), "{closed}");
    let seen = view(&world, hr, &id).await;
    assert_eq!(seen["stage"]["key"], "closed");
    assert_eq!(gate(&seen, "documents")["state"], "green");
    let case = seen["case_id"].as_str().expect("a case");
    let case = world.get(hr, &format!("/cases/{case}")).await.ok();
    assert_eq!(
        (&case["state"], &case["milestones"]),
        (
            &json!("completed"),
            &json!(["departure.notice_served", "departure.closed"])
        )
    );
    assert!(
        world
            .house
            .audit()
            .await
            .expect("an audit")
            .findings
            .is_empty()
    );
}

async fn a_dismissal_that_is_refused_is_called_off(world: World) {
    let company = Company::found(&world).await;
    let above = above(&world, &company).await;
    let hr = &company.hr.login;
    let id = dismissed(&world, &company, "misconduct", json!({})).await;
    assert_eq!(mode(&world, &company).await, "normal");
    approve(&world, &above.legal.login, "protection").await;
    complete(&world, hr, "union").await.ok();
    approve(&world, &above.hr2.login, "hr_director").await;
    reject(&world, &above.boss.login, "gm").await;
    let seen = view(&world, hr, &id).await;
    assert_eq!(seen["stage"]["key"], "withdrawn");
    let steps = seen["steps"].as_array().expect("steps");
    assert_eq!(steps.last().expect("a step")["kind"], "called_off");
    assert_eq!(mode(&world, &company).await, "normal");
    let person = world
        .get(hr, &format!("/employees/{}", company.zhang.id))
        .await
        .ok();
    assert_eq!(person["state"], "active");
    let entry = &world.entries("departure.call_off").await[0];
    assert!(
        entry.to_string().contains("不再办理，恢复原岗位权限"),
        "{entry}"
    );
}

async fn a_dismissal_withdrawn_before_service_is_called_off_and_later_is_not(world: World) {
    let company = Company::found(&world).await;
    let above = above(&world, &company).await;
    let hr = &company.hr.login;
    let withdraw = json!({ "do": "withdraw", "reason": "另行安排岗位" });
    let id = dismissed(&world, &company, "misconduct", json!({})).await;
    let case = |seen: &Json| format!("/cases/{}/commands", seen["case_id"].as_str().expect("one"));
    let seen = view(&world, hr, &id).await;
    world.post(hr, &case(&seen), withdraw.clone()).await.ok();
    assert_eq!(view(&world, hr, &id).await["stage"]["key"], "withdrawn");

    let id = dismissed(&world, &company, "misconduct", json!({})).await;
    approved(&world, &company, &above).await;
    let unwritten = complete(&world, hr, "service").await;
    let remedy = unwritten.body["remedy"].as_str().expect("a remedy");
    assert!(remedy.contains("《解除劳动合同通知书》"), "{remedy}");
    assert_eq!(unwritten.problem(409), "departure.notice_not_issued");
    assert_eq!(view(&world, hr, &id).await["stage"]["key"], "filed");
    notice_issued(&world, &company, &id).await;
    complete(&world, hr, "service").await.ok();
    let seen = view(&world, hr, &id).await;
    assert_eq!(
        seen["stage"]["key"], "acknowledged",
        "ticked off in the list"
    );
    let late = world.post(hr, &case(&seen), withdraw).await;
    assert_eq!(late.problem(409), "departure.reached_the_other_side");
    let still = view(&world, hr, &id).await;
    assert_eq!(still["stage"]["key"], "acknowledged");
    assert_eq!(
        task(&still, "receivables")["state"],
        "active",
        "the process runs on"
    );
}

async fn an_agreement_needs_everybody_and_compensation_before_closing(world: World) {
    let company = Company::found(&world).await;
    let above = above(&world, &company).await;
    let hr = &company.hr.login;
    let body = json!({ "kind": "mutual_by_employer", "employee_id": company.zhang.id,
        "wished_on": "2026-12-10", "reason": "岗位调整，协商一致" });
    let id = world.post(hr, "/departures", body).await.id();
    let by_hand = world
        .post(hr, &format!("/departures/{id}/acknowledge"), json!({}))
        .await;
    assert_eq!(by_hand.problem(409), "departure.not_agreed_yet");
    // He says yes himself, in handover mode.
    let zhang = world.log_in(company.zhang.login.id).await;
    assert_eq!(at_desk(&world, &zhang, "consent").await["kind"], "approve");
    approve(&world, &zhang, "consent").await;
    approve(&world, &above.hr2.login, "hr").await;
    approve(&world, &above.boss.login, "gm").await;
    let seen = view(&world, hr, &id).await;
    assert_eq!(seen["stage"]["key"], "acknowledged");
    let entry = &world.entries("departure.acknowledge").await[0];
    assert!(
        entry
            .to_string()
            .contains("与张三（E002）协商一致，劳动关系至 2026-12-10"),
        "{entry}"
    );
    handed_over(&world, &company).await;
    world.pass_days(19);
    certificate(&world, &id).await;
    let close = format!("/departures/{id}/close");
    let unpaid = world.post(hr, &close, json!({})).await;
    assert_eq!(unpaid.problem(409), "departure.compensation_open");
    complete(&world, &company.finance.login, "compensation")
        .await
        .ok();
    world.post(hr, &close, json!({})).await.ok();
    let closed = view(&world, hr, &id).await;
    assert_eq!(closed["stage"]["key"], "closed");
    let case = closed["case_id"].as_str().expect("a case");
    let case = world.get(hr, &format!("/cases/{case}")).await.ok();
    assert_eq!(
        case["milestones"],
        json!(["departure.agreed", "departure.closed"])
    );
}

async fn an_employee_who_does_not_agree_works_as_before(world: World) {
    let company = Company::found(&world).await;
    above(&world, &company).await;
    let hr = &company.hr.login;
    let body = json!({ "kind": "mutual_by_employer", "employee_id": company.zhang.id,
        "wished_on": "2026-12-10", "reason": "协商" });
    let id = world.post(hr, "/departures", body).await.id();
    let zhang = world.log_in(company.zhang.login.id).await;
    reject(&world, &zhang, "consent").await;
    assert_eq!(view(&world, hr, &id).await["stage"]["key"], "withdrawn");
    assert_eq!(mode(&world, &company).await, "normal");
}

/// Protection is asked again on the day that counts: by then he has served fifteen years and is
/// within five of retirement (劳动合同法 art. 42(5)).
async fn somebody_protected_is_not_dismissed_when_service_comes_late(world: World) {
    let company = Company::found(&world).await;
    let above = above(&world, &company).await;
    let hr = &company.hr.login;
    let mut old = person(
        (company.entity, company.north, company.post),
        "E300",
        "老周",
        true,
    );
    old.hired_on = "2011-12-24".parse().expect("a day");
    let old = hire(&world, old, "salesperson").await;
    let body = json!({ "kind": "no_fault_dismissal", "employee_id": old.id,
        "protected": { "retires_on": "2029-06-01" }, "reason": "不能胜任，培训后仍不能胜任" });
    let id = world.post(hr, "/departures", body).await.id();
    approved(&world, &company, &above).await;
    let path = format!("/departures/{id}/acknowledge");
    let future = json!({ "on": world.today().plus_days(1) });
    assert_eq!(
        world.post(hr, &path, future).await.problem(422),
        "departure.served_when"
    );
    world.pass_days(3);
    let late = world.post(hr, &path, json!({})).await;
    assert_eq!(late.problem(409), "departure.protected");
    assert_eq!(view(&world, hr, &id).await["stage"]["key"], "filed");
}

/// 劳动合同法 art. 43: the union is told before, so no notice can have been served before that.
async fn a_dismissal_is_not_served_before_it_was_approved_and_the_union_told(world: World) {
    let company = Company::found(&world).await;
    let above = above(&world, &company).await;
    let hr = &company.hr.login;
    let id = dismissed(&world, &company, "misconduct", json!({})).await;
    world.pass_days(2);
    approve(&world, &above.legal.login, "protection").await;
    complete(&world, hr, "union").await.ok();
    world.pass_days(1);
    approve(&world, &above.hr2.login, "hr_director").await;
    approve(&world, &above.boss.login, "gm").await;
    notice_issued(&world, &company, &id).await;
    world.pass_days(2);
    let serve = format!("/departures/{id}/acknowledge");
    // Filed on the 22nd, the union was told on the 24th, approved on the 25th.
    for on in [
        "2026-11-21",
        "2026-11-22",
        "2026-11-23",
        "2026-11-24",
        "2026-11-28",
    ] {
        let answer = world.post(hr, &serve, json!({ "on": on })).await;
        let words = answer.body.to_string();
        assert_eq!(answer.problem(422), "departure.served_when", "{on}");
        assert!(words.contains("2026-11-25"), "{words}");
    }
    world
        .post(hr, &serve, json!({ "on": "2026-11-25" }))
        .await
        .ok();
    let seen = view(&world, hr, &id).await;
    assert_eq!(seen["dates"]["clocks"]["employment_ends_on"], "2026-11-25");
}
