//! Papers with which employment ends.

use baton::people::acts::lend_asset::LendAsset;
use serde_json::{Value as Json, json};

use super::{facts, fen, issue, places};
use crate::departure::dismissal::{above, approved};
use crate::departure::resign;
use crate::harness::{Company, World, money};

story!(
    an_agreement_to_part_names_every_amount,
    the_file_is_promised_by_the_day_that_stands,
    a_notice_waits_for_the_union_and_says_what_is_due,
    a_noncompete_is_paid_and_ends_by_the_law,
    an_undertaking_lists_what_was_lent_and_no_penalty,
    who_leaves_by_himself_gets_neither_agreement_nor_notice,
);

async fn filed(world: &World, company: &Company, body: Json) -> String {
    world
        .post(&company.hr.login, "/departures", body)
        .await
        .id()
}

fn wish(kind: &str, departure: &str, typed: Json) -> Json {
    json!({ "kind": kind, "departure_id": departure, "typed": typed })
}

fn with(mut typed: Json, more: Json) -> Json {
    for (key, value) in more.as_object().expect("fields") {
        typed[key] = value.clone();
    }
    typed
}

/// Ten thousand a month.
fn paid() -> Json {
    json!({ "wages12": money("120000"), "wage_months": 12, "minimum_wage": money("2740"),
        "wage_cap": money("37302") })
}

#[expect(clippy::too_many_lines, reason = "a story is told in one piece")]
async fn an_agreement_to_part_names_every_amount(world: World) {
    let company = Company::found(&world).await;
    let laptop = LendAsset {
        employee: company.zhang.id,
        kind: "equipment".to_owned(),
        name: "笔记本".to_owned(),
        serial: "SN-1".to_owned(),
    };
    world.done(&laptop).await;
    let body = json!({ "kind": "mutual_by_employer", "employee_id": company.zhang.id,
        "wished_on": "2026-12-10", "reason": "岗位调整，协商一致" });
    let id = filed(&world, &company, body).await;
    let hr = &company.hr.login;
    let typed = json!({ "wages": money("9800"), "wages_on": "2026-12-31",
        "insured_until": "2026年12月", "noncompete": "双方没有竞业限制约定", "reading_days": 3,
        "address": "zhang@example.com",
        "released": [{ "item": "加班工资", "amount": money("0") }] });
    let bare = issue(&world, hr, wish("mutual_termination", &id, typed.clone())).await;
    assert_eq!(places(&bare), ["/typed/wage_months"]);
    assert_eq!(bare.problem(422), "document.typed");
    let body = wish("mutual_termination", &id, with(typed, paid()));
    let made = issue(&world, hr, body).await;
    assert_eq!(made.status.as_u16(), 201, "{}", made.body);
    let document = made.id();
    let said = facts(&world, "LZ2026-0001-XY1").await;
    assert_eq!(
        (&said["proposed_by"], &said["ends_on"]),
        (&json!("甲方"), &json!("2026-12-10"))
    );
    // From 2020-03-01 six years and nine months: seven years of ten thousand.
    assert_eq!(
        (&said["years"], fen(&said["compensation"])),
        (&json!("7"), 7_000_000)
    );
    assert_eq!(fen(&said["average"]), 1_000_000);
    assert_eq!(said["things"][0]["serial"], "SN-1");
    assert_eq!(
        (
            said["commissions"].as_array().map(Vec::len),
            fen(&said["owed_total"])
        ),
        (Some(0), 0)
    );
    let offer = world
        .get(hr, &format!("/signing-offers?document={document}"))
        .await
        .ok();
    let seats = offer["seats"].as_array().expect("seats");
    assert!(
        seats.iter().all(|seat| seat["level"] == "L2") && seats.len() == 2,
        "{seats:?}"
    );
    let offers = world
        .get(hr, &format!("/document-offers?departure={id}"))
        .await
        .ok();
    let offers = offers.as_array().expect("offers");
    let of = |kind: &str| {
        offers
            .iter()
            .find(|one| one["kind"] == kind)
            .expect("an offer")
    };
    assert_eq!(
        of("mutual_termination")["filled"]["wages"],
        money("9800.00")
    );
    assert_eq!(of("mutual_termination")["in_the_way"], Json::Null);
    assert_eq!(
        of("termination_notice")["in_the_way"]["code"],
        "document.not_employers_act"
    );
}

/// LCL 50: fifteen days from the end of employment, whichever day that is by now.
async fn the_file_is_promised_by_the_day_that_stands(world: World) {
    let company = Company::found(&world).await;
    let body = json!({ "kind": "mutual_by_employee", "employee_id": company.zhang.id,
        "wished_on": "2026-12-10", "reason": "回老家，协商一致" });
    let id = filed(&world, &company, body).await;
    let hr = &company.hr.login;
    let later = json!({ "clocks": { "employment_ends_on": "2026-12-20",
        "last_working_day": "2026-12-10", "commission_cutoff_on": "2026-12-10" },
        "reason": "双方商定延后" });
    world
        .post(hr, &format!("/departures/{id}/dates"), later)
        .await
        .ok();
    let typed = json!({ "wages": money("9800"), "wages_on": "2026-12-31",
        "insured_until": "2026年12月", "noncompete": "双方没有竞业限制约定", "reading_days": 3,
        "address": "zhang@example.com",
        "released": [{ "item": "加班工资", "amount": money("0") }] });
    let made = issue(&world, hr, wish("mutual_termination", &id, typed)).await;
    assert_eq!(made.status.as_u16(), 201, "{}", made.body);
    let said = facts(&world, "LZ2026-0001-XY1").await;
    assert_eq!(said["ends_on"], "2026-12-20");
    assert_eq!(said["file_transfer_by"], "2027-01-04");
}

#[expect(clippy::too_many_lines, reason = "a story is told in one piece")]
async fn a_notice_waits_for_the_union_and_says_what_is_due(world: World) {
    let company = Company::found(&world).await;
    let above = above(&world, &company).await;
    let hr = &company.hr.login;
    let dismissal = |who, in_lieu: bool| {
        json!({ "kind": "no_fault_dismissal", "employee_id": who, "protected": {},
            "pay_in_lieu": in_lieu, "reason": "不能胜任，培训后仍不能胜任" })
    };
    let id = filed(&world, &company, dismissal(company.zhang.id, false)).await;
    let typed = with(
        paid(),
        json!({ "facts": "两次考核不合格，培训后仍不能胜任。", "service": "当面送达",
        "evidence": [{ "name": "考核表", "proves": "不能胜任" }] }),
    );
    let early = issue(&world, hr, wish("termination_notice", &id, typed.clone())).await;
    assert!(
        early.body["remedy"]
            .as_str()
            .expect("a remedy")
            .contains("通知工会")
    );
    assert_eq!(early.problem(409), "document.union_first");
    approved(&world, &company, &above).await;
    // The form offers the items of this kind alone, and wants one.
    let offers = world
        .get(hr, &format!("/document-offers?departure={id}"))
        .await
        .ok();
    let offers = offers.as_array().expect("offers").iter();
    let offer = offers
        .clone()
        .find(|one| one["kind"] == "termination_notice");
    let form = offer.expect("the notice")["form"]
        .as_array()
        .expect("fields");
    let field = form.iter().find(|field| field["key"] == "ground");
    let field = field.expect("the item");
    assert_eq!(field["choices"].as_array().map(Vec::len), Some(3));
    assert_eq!(field["required"], true);
    // An article alone leaves open what has to be proved; one of another kind proves nothing.
    let misconduct = json!({ "ground": "第三十九条第（二）项 严重违反规章制度" });
    for typed in [typed.clone(), with(typed.clone(), misconduct)] {
        let refused = issue(&world, hr, wish("termination_notice", &id, typed)).await;
        assert_eq!(places(&refused), ["/typed/ground"]);
    }
    let typed = with(typed, json!({ "ground": super::NOT_UP_TO_IT }));
    let made = issue(&world, hr, wish("termination_notice", &id, typed.clone())).await;
    assert_eq!(made.status.as_u16(), 201, "{}", made.body);
    let said = facts(&world, "LZ2026-0001-JC1").await;
    assert_eq!(
        (&said["union_on"], &said["ending"]),
        (&json!("2026-11-22"), &json!("解除"))
    );
    assert_eq!(
        said["basis"],
        "劳动合同法第四十条第（二）项、第四十六条第（三）项"
    );
    assert_eq!(
        (fen(&said["compensation"]), fen(&said["due_total"])),
        (7_000_000, 7_000_000)
    );

    let second = filed(&world, &company, dismissal(company.li.id, true)).await;
    approved(&world, &company, &above).await;
    let bare = issue(
        &world,
        hr,
        wish("termination_notice", &second, typed.clone()),
    )
    .await;
    assert_eq!(places(&bare), ["/typed/last_wage"]);
    let typed = with(typed, json!({ "last_wage": money("11000") }));
    issue(&world, hr, wish("termination_notice", &second, typed))
        .await
        .ok();
    let said = facts(&world, "LZ2026-0002-JC1").await;
    assert_eq!(fen(&said["in_lieu"]), 1_100_000);
    assert_eq!(
        fen(&said["due_total"]),
        fen(&said["compensation"]) + 1_100_000
    );
}

async fn a_noncompete_is_paid_and_ends_by_the_law(world: World) {
    let company = Company::found(&world).await;
    let id = resign(&world, &company.zhang.login).await;
    let hr = &company.hr.login;
    let typed = json!({ "clause": "《竞业限制协议》第二条", "months": 12, "scope": "主轴的生产与销售",
        "area": "江苏省", "wages12": money("96000"), "wage_months": 12,
        "minimum_wage": money("2740"), "pay_day": 15, "account": "原工资账户", "report_months": 3,
        "report_to": "人力资源部" });
    issue(&world, hr, wish("noncompete_notice", &id, typed.clone()))
        .await
        .ok();
    let said = facts(&world, "LZ2026-0001-JY1").await;
    // 30% of 8,000 is below the minimum wage, which counts instead.
    assert_eq!(
        (fen(&said["average"]), fen(&said["monthly"])),
        (800_000, 274_000)
    );
    assert_eq!(
        (fen(&said["total"]), &said["percent"]),
        (3_288_000, &json!("34.3%"))
    );
    assert_eq!(
        (&said["from"], &said["until"]),
        (&json!("2026-12-23"), &json!("2027-12-22"))
    );
    let low = with(typed.clone(), json!({ "agreed_monthly": money("2739.99") }));
    let again = |typed: Json| {
        let mut body = wish("noncompete_notice", &id, typed);
        body["because"] = json!("更正金额");
        body
    };
    let low = issue(&world, hr, again(low)).await;
    assert_eq!(places(&low), ["/typed/agreed_monthly"]);
    assert_eq!(low.problem(422), "document.noncompete_low");
    let long = with(typed, json!({ "months": 25 }));
    let long = issue(&world, hr, again(long)).await;
    assert_eq!(places(&long), ["/typed/months"]);

    let clause = "《竞业限制协议》第二条";
    let release =
        |on: &str| json!({ "clause": clause, "released_on": on, "monthly": money("6000") });
    let past = issue(
        &world,
        hr,
        wish("noncompete_release", &id, release("2026-11-21")),
    )
    .await;
    assert_eq!(past.problem(422), "document.retroactive");
    issue(
        &world,
        hr,
        wish("noncompete_release", &id, release("2026-12-22")),
    )
    .await
    .ok();
    let before = facts(&world, "LZ2026-0001-JR1").await;
    assert_eq!(
        (&before["in_term"], &before["extra"]),
        (&json!(false), &Json::Null)
    );
    let mut later = wish("noncompete_release", &id, release("2027-04-22"));
    later["because"] = json!("改在离职后解除");
    issue(&world, hr, later).await.ok();
    let inside = facts(&world, "LZ2026-0001-JR2").await;
    assert_eq!(
        (&inside["in_term"], fen(&inside["extra"])),
        (&json!(true), 1_800_000)
    );
}

async fn an_undertaking_lists_what_was_lent_and_no_penalty(world: World) {
    let company = Company::found(&world).await;
    company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    company
        .customer(&world, &company.zhang, "潮白铸造有限公司")
        .await;
    let laptop = LendAsset {
        employee: company.zhang.id,
        kind: "equipment".to_owned(),
        name: "笔记本".to_owned(),
        serial: "SN-7".to_owned(),
    };
    world.done(&laptop).await;
    let id = resign(&world, &company.zhang.login).await;
    let hr = &company.hr.login;
    let secret = |what: &str| json!([{ "category": "客户信息", "what": what }]);
    let typed = |what: &str| {
        json!({ "secrets": secret(what), "duration": "至相关信息被合法公开之日",
            "devices": "个人设备与账号中没有单位资料" })
    };
    let vague = issue(
        &world,
        hr,
        wish("confidentiality", &id, json!({ "secrets": [] })),
    )
    .await;
    assert_eq!(
        places(&vague),
        ["/typed/secrets", "/typed/duration", "/typed/devices"]
    );
    let fined = typed("客户清单，泄露的支付违约金十万元");
    let fined = issue(&world, hr, wish("confidentiality", &id, fined)).await;
    assert_eq!(places(&fined), ["/typed/secrets"]);
    assert_eq!(fined.problem(422), "document.penalty");
    let body = wish("confidentiality", &id, typed("华东客户清单 KHQD-2026-03"));
    issue(&world, hr, body).await.ok();
    let said = facts(&world, "LZ2026-0001-BM1").await;
    assert_eq!(
        (&said["customers"], &said["plans"]),
        (&json!(2), &Json::Null)
    );
    assert_eq!(
        (&said["things"][0]["serial"], &said["things"][0]["state"]),
        (&json!("SN-7"), &json!("在用"))
    );
    let plan = json!({ "from": company.zhang.id });
    world
        .post(&company.chief.login, "/handover-plans", plan)
        .await
        .id();
    let mut again = wish("confidentiality", &id, typed("华东客户清单 KHQD-2026-03"));
    again["because"] = json!("方案已编制");
    issue(&world, hr, again).await.ok();
    let said = facts(&world, "LZ2026-0001-BM2").await;
    assert_eq!(
        (&said["customers"], &said["plans"]),
        (&json!(2), &json!("JJ2026-0001"))
    );
}

async fn who_leaves_by_himself_gets_neither_agreement_nor_notice(world: World) {
    let company = Company::found(&world).await;
    let id = resign(&world, &company.zhang.login).await;
    let hr = &company.hr.login;
    let offers = world
        .get(hr, &format!("/document-offers?departure={id}"))
        .await
        .ok();
    let in_the_way = |kind: &str| {
        let mut offers = offers.as_array().expect("offers").iter();
        let offer = offers.find(|one| one["kind"] == kind).expect("an offer");
        offer["in_the_way"]["code"].clone()
    };
    assert_eq!(in_the_way("mutual_termination"), "document.not_mutual");
    assert_eq!(
        in_the_way("termination_notice"),
        "document.not_employers_act"
    );
    assert_eq!(in_the_way("confidentiality"), Json::Null);
    assert_eq!(in_the_way("leaving_certificate"), "document.too_early");
    for kind in ["mutual_termination", "termination_notice"] {
        let made = issue(&world, hr, wish(kind, &id, json!({}))).await;
        assert_eq!(made.status.as_u16(), 409, "{kind}: {}", made.body);
        assert!(!made.body["remedy"].as_str().expect("a remedy").is_empty());
    }
    let agreement = wish("reassignment_agreement", &id, json!({}));
    let made = issue(&world, hr, agreement).await;
    assert_eq!(made.problem(422), "document.elsewhere");
}
