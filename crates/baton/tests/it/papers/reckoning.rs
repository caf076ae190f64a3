//! What is due at the end stands on one paper, what is told is true, and nothing is certified that
//! has not happened.

use serde_json::{Value as Json, json};

use super::{facts, fen, issue, places};
use crate::departure::dismissal::{above, approved, dismissed, notice_issued};
use crate::departure::{certificate, resign};
use crate::desk::{approve, complete};
use crate::harness::{Company, World, money};

story!(
    who_is_driven_out_gets_a_reckoning,
    damages_are_twice_what_would_be_due,
    figures_that_cannot_be_are_refused_in_their_place,
    the_notice_waits_for_the_approvals_and_counts_from_today,
    a_late_notice_claims_no_days_that_its_date_denies,
    the_notice_tells_of_an_agreed_day,
    nothing_is_certified_that_was_not_declared,
    a_term_that_is_not_on_file_is_not_certified,
);

fn wish(kind: &str, departure: &str, typed: Json) -> Json {
    json!({ "kind": kind, "departure_id": departure, "typed": typed })
}

/// Ten thousand a month.
fn paid() -> Json {
    json!({ "wages12": money("120000"), "wage_months": 12, "minimum_wage": money("2740"),
        "wage_cap": money("37302") })
}

fn with(mut typed: Json, key: &str, value: Json) -> Json {
    typed[key] = value;
    typed
}

/// What the notice of a dismissal needs besides.
fn notice() -> Json {
    let typed = with(paid(), "facts", json!("两次考核不合格，培训后仍不能胜任。"));
    let typed = with(typed, "ground", json!(crate::papers::NOT_UP_TO_IT));
    with(typed, "service", json!("当面送达"))
}

async fn filed(world: &World, company: &Company, kind: &str) -> String {
    let body = json!({ "kind": kind, "employee_id": company.zhang.id, "reason": "见附件",
        "wished_on": "2026-11-22" });
    world
        .post(&company.hr.login, "/departures", body)
        .await
        .id()
}

/// 劳动合同法 art. 38 with 46(1).
async fn who_is_driven_out_gets_a_reckoning(world: World) {
    let company = Company::found(&world).await;
    let hr = &company.hr.login;
    let id = filed(&world, &company, "resignation_for_cause").await;
    let refused = issue(&world, hr, wish("termination_notice", &id, notice())).await;
    let remedy = refused.body["remedy"].as_str().expect("a remedy");
    assert!(remedy.contains("核算单"), "{remedy}");
    assert_eq!(refused.problem(409), "document.not_employers_act");
    let made = issue(&world, hr, wish("compensation_reckoning", &id, paid())).await;
    assert_eq!(made.status.as_u16(), 201, "{}", made.body);
    let said = facts(&world, "LZ2026-0001-HS1").await;
    // From 2020-03-01 six years and nine months: seven years of ten thousand.
    assert_eq!(
        (
            &said["twice"],
            fen(&said["compensation"]),
            fen(&said["due_total"])
        ),
        (&json!(false), 7_000_000, 7_000_000)
    );
    let formula = said["formula"].as_str().expect("a formula");
    assert!(!formula.contains("2N"), "{formula}");
    // Where another paper carries it, or nothing is due, that is said.
    for (who, kind, remedy) in [
        (&company.li, "resignation", "不产生经济补偿"),
        (&company.wang, "mutual_by_employer", "协商解除协议"),
    ] {
        let body = json!({ "kind": kind, "employee_id": who.id, "wished_on": "2026-12-31" });
        let id = world.post(hr, "/departures", body).await.id();
        let no = issue(&world, hr, wish("compensation_reckoning", &id, paid())).await;
        let words = no.body["remedy"].as_str().expect("a remedy").to_owned();
        assert!(words.contains(remedy), "{kind}: {words}");
        assert_eq!(no.problem(409), "document.reckoned_elsewhere", "{kind}");
    }
}

/// 劳动合同法 art. 87.
async fn damages_are_twice_what_would_be_due(world: World) {
    let company = Company::found(&world).await;
    let hr = &company.hr.login;
    let id = filed(&world, &company, "unlawful_dismissal").await;
    let typed = with(paid(), "grounds", json!("仲裁裁决书（2026）第 88 号"));
    let made = issue(&world, hr, wish("compensation_reckoning", &id, typed)).await;
    assert_eq!(made.status.as_u16(), 201, "{}", made.body);
    let said = facts(&world, "LZ2026-0001-HS1").await;
    assert_eq!(
        (
            &said["twice"],
            fen(&said["compensation"]),
            fen(&said["due_total"])
        ),
        (&json!(true), 7_000_000, 14_000_000)
    );
    let formula = said["formula"].as_str().expect("a formula");
    let doubled =
        "赔偿金 2N =（计算基数 10,000.00 元 × 7 个月）× 2 = 70,000.00 × 2 = 140,000.00 元";
    assert!(formula.contains(doubled), "{formula}");
}

async fn figures_that_cannot_be_are_refused_in_their_place(world: World) {
    let company = Company::found(&world).await;
    let hr = &company.hr.login;
    let id = filed(&world, &company, "resignation_for_cause").await;
    for (key, value, code) in [
        ("minimum_wage", money("0"), "departure.standard_missing"),
        ("wage_cap", money("0"), "departure.standard_missing"),
        ("wage_cap", money("2739.99"), "departure.cap_below_minimum"),
    ] {
        let typed = with(paid(), key, value);
        let no = issue(&world, hr, wish("compensation_reckoning", &id, typed)).await;
        assert_eq!(places(&no), [format!("/typed/{key}")]);
        assert_eq!(no.problem(422), code);
    }
    // He was hired five weeks ago: the wages are of two months at most.
    let place = (company.entity, company.north, company.post);
    let mut new = crate::harness::person(place, "E320", "孙新", true);
    new.hired_on = "2026-10-18".parse().expect("a day");
    let new = crate::harness::hire(&world, new, "salesperson").await;
    let body = json!({ "kind": "resignation_for_cause", "reason": "未缴社保" });
    let id = world.post(&new.login, "/departures", body).await.id();
    let typed = with(paid(), "wage_months", json!(3));
    let no = issue(&world, hr, wish("compensation_reckoning", &id, typed)).await;
    assert_eq!(places(&no), ["/typed/wage_months"]);
    assert!(
        no.body.to_string().contains("只工作了 2 个月"),
        "{}",
        no.body
    );
    assert_eq!(no.problem(422), "departure.wage_months");
    let typed = with(paid(), "wage_months", json!(2));
    issue(&world, hr, wish("compensation_reckoning", &id, typed))
        .await
        .ok();
}

/// It is approved three days after it was filed; the notice that is handed over then says when
/// employment ends from then on.
async fn the_notice_waits_for_the_approvals_and_counts_from_today(world: World) {
    let company = Company::found(&world).await;
    let above = above(&world, &company).await;
    let hr = &company.hr.login;
    let id = dismissed(&world, &company, "no_fault_dismissal", json!({})).await;
    approve(&world, &above.legal.login, "protection").await;
    complete(&world, hr, "union").await.ok();
    let early = issue(&world, hr, wish("termination_notice", &id, notice())).await;
    let remedy = early.body["remedy"].as_str().expect("a remedy");
    assert!(remedy.contains("预览"), "{remedy}");
    assert_eq!(early.problem(409), "document.not_approved_yet");
    let ahead = wish("termination_notice", &id, notice());
    let ahead = world.post(hr, "/documents/preview", ahead).await;
    assert_eq!(ahead.status.as_u16(), 200, "a preview stays open");
    world.pass_days(3);
    approve(&world, &above.hr2.login, "hr_director").await;
    approve(&world, &above.boss.login, "gm").await;
    let made = issue(&world, hr, wish("termination_notice", &id, notice())).await;
    assert_eq!(made.status.as_u16(), 201, "{}", made.body);
    let said = facts(&world, "LZ2026-0001-JC1").await;
    assert_eq!(
        (&said["ends_on"], &said["notice_days"], &said["notice_said"]),
        (&json!("2026-12-25"), &json!(30), &Json::Null)
    );
    let path = format!("/departures/{id}/acknowledge");
    world.post(hr, &path, json!({})).await.ok();
    let seen = world.get(hr, &format!("/departures/{id}")).await.ok();
    assert_eq!(seen["dates"]["clocks"]["employment_ends_on"], "2026-12-25");
}

/// A paper does not claim thirty days that its own date denies (劳动合同法 art. 40).
async fn a_late_notice_claims_no_days_that_its_date_denies(world: World) {
    let company = Company::found(&world).await;
    let above = above(&world, &company).await;
    let hr = &company.hr.login;
    let served = |id: &str| format!("/departures/{id}/acknowledge");
    let id = dismissed(&world, &company, "no_fault_dismissal", json!({})).await;
    approved(&world, &company, &above).await;
    // Thirty days ahead of the day on which it was set; the paper is made five days later, and the
    // thirtieth day from then is a Sunday.
    let set = json!({ "clocks": { "employment_ends_on": "2026-12-22",
        "last_working_day": "2026-12-22", "commission_cutoff_on": "2026-12-22" },
        "reason": "按法定提前通知期" });
    let dates = format!("/departures/{id}/dates");
    world.post(hr, &dates, set).await.ok();
    world.pass_days(5);
    let made = issue(&world, hr, wish("termination_notice", &id, notice())).await;
    assert_eq!(made.status.as_u16(), 201, "{}", made.body);
    let said = facts(&world, "LZ2026-0001-JC1").await;
    assert_eq!(
        (&said["ends_on"], &said["notice_days"], &said["notice_said"]),
        (&json!("2026-12-28"), &json!(30), &Json::Null)
    );
    // Nor was it handed over before it was there.
    let before = json!({ "on": "2026-11-22" });
    let early = world.post(hr, &served(&id), before).await;
    let told = early.body.to_string();
    assert_eq!(early.problem(422), "departure.served_when");
    assert!(told.contains("解除通知书 2026-11-27 才出具"), "{told}");

    // One that was served in time is put right by another, which says when that was.
    let body = json!({ "kind": "no_fault_dismissal", "employee_id": company.li.id,
        "protected": {}, "reason": "不能胜任，培训后仍不能胜任" });
    let second = world.post(hr, "/departures", body).await.id();
    approved(&world, &company, &above).await;
    let made = issue(&world, hr, wish("termination_notice", &second, notice())).await;
    assert_eq!(made.status.as_u16(), 201, "{}", made.body);
    world.post(hr, &served(&second), json!({})).await.ok();
    world.pass_days(3);
    let mut again = wish("termination_notice", &second, notice());
    again["because"] = json!("更正送达地址");
    let made = issue(&world, hr, again).await;
    assert_eq!(made.status.as_u16(), 201, "{}", made.body);
    let said = facts(&world, "LZ2026-0002-JC2").await;
    assert_eq!(said["notice_days"], 0);
    let words = said["notice_said"].as_str().expect("words");
    let told = "已于 2026-11-27 提前 30 日送达通知书 LZ2026-0002-JC1";
    assert!(words.contains(told), "{words}");
}

/// Nobody writes of thirty days where both agreed on a nearer day.
async fn the_notice_tells_of_an_agreed_day(world: World) {
    let company = Company::found(&world).await;
    let above = above(&world, &company).await;
    let hr = &company.hr.login;
    let id = dismissed(&world, &company, "no_fault_dismissal", json!({})).await;
    let agreed = json!({ "last_day": "2026-12-04", "note": "协议见人事档案" });
    world
        .post(hr, &format!("/departures/{id}/agree-early"), agreed)
        .await
        .ok();
    approved(&world, &company, &above).await;
    let made = issue(&world, hr, wish("termination_notice", &id, notice())).await;
    assert_eq!(made.status.as_u16(), 201, "{}", made.body);
    let said = facts(&world, "LZ2026-0001-JC1").await;
    assert_eq!(
        (&said["ends_on"], &said["notice_days"]),
        (&json!("2026-12-04"), &json!(0))
    );
    let words = said["notice_said"].as_str().expect("words");
    assert!(
        words.contains("双方于 2026-11-22 书面约定劳动关系至 2026-12-04"),
        "{words}"
    );
}

/// A dismissal that was not served and an agreement that was not reached end nothing.
async fn nothing_is_certified_that_was_not_declared(world: World) {
    let company = Company::found(&world).await;
    let above = above(&world, &company).await;
    let hr = &company.hr.login;
    let first = dismissed(&world, &company, "misconduct", json!({})).await;
    let body = json!({ "kind": "mutual_by_employer", "employee_id": company.li.id,
        "wished_on": "2026-11-22" });
    let second = world.post(hr, "/departures", body).await.id();
    for (id, remedy) in [(&first, "登记送达"), (&second, "还差谁同意")] {
        let no = issue(&world, hr, wish("leaving_certificate", id, json!({}))).await;
        let words = no.body["remedy"].as_str().expect("a remedy").to_owned();
        assert!(words.contains(remedy), "{words}");
        assert_eq!(no.problem(409), "document.not_declared");
    }
    approved(&world, &company, &above).await;
    notice_issued(&world, &company, &first).await;
    complete(&world, hr, "service").await.ok();
    certificate(&world, &first).await;
}

/// 实施条例 art. 24 wants the term; one that nobody entered is not 无固定期限.
async fn a_term_that_is_not_on_file_is_not_certified(world: World) {
    let company = Company::found(&world).await;
    let hr = &company.hr.login;
    let path = format!("/employees/{}/contract", company.li.id);
    let open = json!({ "begins_on": "2023-03-01", "reason": "补录无固定期限合同" });
    world.post(hr, &path, open).await.ok();
    let mut said = Vec::new();
    for who in [&company.zhang, &company.li] {
        resign(&world, &who.login).await;
    }
    world.pass_days(30);
    for number in ["LZ2026-0001", "LZ2026-0002"] {
        let query = "SELECT id, number FROM departure ORDER BY number";
        let rows = world.texts(query, &["id", "number"]).await;
        let row = rows
            .iter()
            .find(|row| row[1] == number)
            .expect("a departure");
        certificate(&world, &row[0]).await;
        said.push(facts(&world, &format!("{number}-ZM1")).await);
    }
    let of = |said: &Json| (said["open_ended"].clone(), said["contract_until"].clone());
    assert_eq!(of(&said[0]), (json!(false), Json::Null));
    assert_eq!(of(&said[1]), (json!(true), Json::Null));
    assert_eq!(said[1]["contract_from"], "2023-03-01");
}
