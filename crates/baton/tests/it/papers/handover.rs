//! Papers about a handover plan.

use serde_json::{Value as Json, json};

use super::{facts, fen, introduced, issue, leaving, places, sums, wish};
use crate::handover::{agree, carried_out, draw, step, work_of_zhang};
use crate::harness::{Company, Login, World, money};

story!(
    a_confirmation_says_what_goes_to_whom,
    a_confirmation_says_the_same_after_the_handover,
    a_paper_waits_until_the_plan_is_agreed,
    what_is_filled_in_is_checked,
    a_plan_says_which_papers_it_has,
    strangers_learn_nothing_of_papers,
);

#[expect(clippy::too_many_lines, reason = "a story is told in one piece")]
async fn a_confirmation_says_what_goes_to_whom(world: World) {
    let company = Company::found(&world).await;
    let (ids, plan) = leaving(&world, &company).await;
    let contact = json!({ "name": "龘先生", "title": "采购经理", "phone": "13812345678",
        "is_primary": true });
    let path = format!("/customers/{}/contacts", ids[0]);
    world.post(&company.chief.login, &path, contact).await.ok();
    agree(&world, &company, &plan, &[&company.li.login]).await;
    let hr = &company.hr.login;
    let body = wish(
        "customer_handover",
        &plan,
        ("customer_id", &ids[0]),
        introduced(),
    );
    let made = issue(&world, hr, body.clone()).await;
    assert_eq!(made.status.as_u16(), 201, "{}", made.body);
    let id = made.id();
    let said = facts(&world, "LZ2026-0001-KH1").await;
    assert_eq!(said["customer"], "永定机床有限公司");
    assert_eq!(
        (&said["giver"], &said["receiver"]),
        (&json!("张三（E002）"), &json!("李四（E003）"))
    );
    let (count, open) = sums(&world, &ids[0]).await;
    assert_eq!((count, open), (1, 200_002));
    assert_eq!(fen(&said["open_total"]), open);
    let invoices = said["invoices"].as_array().expect("invoices");
    assert_eq!(invoices.len(), 1);
    assert_eq!(invoices[0]["number"], "FP-0-2");
    assert_eq!(
        said["opportunities"].as_array().expect("deals").len(),
        1,
        "won is no longer open"
    );
    assert_eq!(fen(&said["opportunities"][0]["amount"]), 12_000_050);
    assert_eq!(said["contacts"][0]["name"], "龘先生");
    assert_eq!(said["contacts"][0]["phone"], "138****5678");
    assert_eq!(said["follow_ups"][0]["text"], "对方要八折\n下周再谈");
    assert_eq!(said["next_on"], "2026-11-29");
    assert_eq!(said["promises"], "口头答应备件按去年价格供货。");
    assert_eq!(fen(&said["credit_limit"]), 50_000_000);
    assert_eq!(said["materials"][0]["quantity"], 2);

    let seen = world.get(hr, &format!("/documents/{id}")).await.ok();
    assert_eq!(seen["part"], "永定机床有限公司");
    assert!(
        seen["subject"]
            .as_str()
            .expect("a subject")
            .starts_with("departure/")
    );
    let story = &world.entries("document.issue").await[0];
    assert!(
        story["zh"]
            .as_str()
            .expect("words")
            .contains("为张三（E002）移交的「永定机床有限公司」")
    );
    let history = world
        .get(hr, &format!("/evidence?subject=plan/{plan}"))
        .await
        .ok();
    let kinds: Vec<&Json> = history["items"]
        .as_array()
        .expect("items")
        .iter()
        .map(|one| &one["kind"])
        .collect();
    assert!(kinds.contains(&&json!("document.issue")), "{kinds:?}");
    let offer = world
        .get(hr, &format!("/signing-offers?document={id}"))
        .await
        .ok();
    let seats: Vec<(&str, &str)> = offer["seats"]
        .as_array()
        .expect("seats")
        .iter()
        .map(|seat| {
            (
                seat["role"].as_str().expect("a role"),
                seat["level"].as_str().expect("a level"),
            )
        })
        .collect();
    assert_eq!(
        seats,
        [("employee", "L1"), ("receiver", "L1"), ("witness", "L1")]
    );
    assert_eq!(offer["seats"][1]["person"]["name"], "李四");

    let twice = issue(&world, hr, body).await;
    assert_eq!(twice.problem(409), "document.issued_already");
    let other = wish(
        "customer_handover",
        &plan,
        ("customer_id", &ids[1]),
        introduced(),
    );
    issue(&world, hr, other).await.ok();
    facts(&world, "LZ2026-0001-KH2").await;
}

async fn a_confirmation_says_the_same_after_the_handover(world: World) {
    let company = Company::found(&world).await;
    let ids = work_of_zhang(&world, &company).await;
    let body = json!({ "from": company.zhang.id, "effective_on": world.today() });
    let plan = draw(&world, &company, body).await;
    // Somebody else chases one invoice of the customer: it stays with him.
    company.invoice(&world, &ids[0], "FP-9", "77.70").await;
    let wang = company.wang.id;
    let given =
        format!("UPDATE receivable_invoice SET responsible_id = '{wang}' WHERE number = 'FP-9'");
    world.raw(&given).await.expect("another one chases it");
    let hr = &company.hr.login;
    let wished = wish(
        "customer_handover",
        &plan,
        ("customer_id", &ids[0]),
        introduced(),
    );
    agree(&world, &company, &plan, &[&company.li.login]).await;
    issue(&world, hr, wished.clone()).await.ok();
    let before = facts(&world, "JJ2026-0001-KH1").await;
    step(&world, &company.chief.login, &plan, "execute", json!({}))
        .await
        .ok();
    let mut again = wished;
    again["because"] = json!("执行后复核");
    issue(&world, hr, again).await.ok();
    let after = facts(&world, "JJ2026-0001-KH2").await;
    for key in [
        "invoices",
        "contracts",
        "orders",
        "opportunities",
        "open_total",
        "receiver",
    ] {
        assert_eq!(before[key], after[key], "{key}");
    }
    assert_eq!(fen(&before["open_total"]), 200_002);
    assert_eq!(
        (&before["plan_state"], &after["plan_state"]),
        (&json!("已批准"), &json!("已执行"))
    );
    assert_eq!(after["next_on"], "2026-11-29", "the duty went along");
}

#[expect(clippy::too_many_lines, reason = "a story is told in one piece")]
async fn a_paper_waits_until_the_plan_is_agreed(world: World) {
    let company = Company::found(&world).await;
    let (ids, plan) = leaving(&world, &company).await;
    let hr = &company.hr.login;
    let body = wish(
        "customer_handover",
        &plan,
        ("customer_id", &ids[0]),
        introduced(),
    );
    let early = issue(&world, hr, body.clone()).await;
    assert!(
        early.body["remedy"]
            .as_str()
            .expect("a remedy")
            .contains("方案批准后")
    );
    assert_eq!(early.problem(409), "document.plan_not_agreed");
    let (status, _, bytes) = world.file(Some(hr), "/documents/preview", Some(body)).await;
    assert!(status == 200 && bytes.starts_with(b"%PDF-"), "{status}");
    let offers = world
        .get(hr, &format!("/plan-document-offers?plan={plan}"))
        .await
        .ok();
    assert_eq!(
        offers["offers"][1]["in_the_way"]["code"],
        "document.plan_not_agreed"
    );
    let other = company.customer(&world, &company.li, "别的公司").await;
    let strange = wish(
        "customer_handover",
        &plan,
        ("customer_id", &other),
        introduced(),
    );
    assert_eq!(issue(&world, hr, strange).await.status.as_u16(), 404);
    let nobody = company.wang.id.to_string();
    let strange = wish(
        "transition_commission",
        &plan,
        ("receiver_id", &nobody),
        json!({}),
    );
    assert_eq!(issue(&world, hr, strange).await.status.as_u16(), 404);
    let whole = json!({ "kind": "customer_handover", "plan_id": plan, "typed": introduced() });
    let whole = issue(&world, hr, whole).await;
    assert_eq!(whole.problem(422), "document.elsewhere");
    let both = json!({ "kind": "customer_handover", "plan_id": plan, "customer_id": ids[0],
        "receiver_id": company.li.id });
    assert_eq!(issue(&world, hr, both).await.problem(422), "document.about");
    let cancel = json!({ "reason": "不再需要" });
    step(&world, &company.chief.login, &plan, "cancel", cancel)
        .await
        .ok();
    let body = wish(
        "customer_handover",
        &plan,
        ("customer_id", &ids[0]),
        introduced(),
    );
    let over = issue(&world, hr, body).await;
    assert!(
        over.body["remedy"]
            .as_str()
            .expect("a remedy")
            .contains("新方案"),
        "{}",
        over.body
    );
    assert_eq!(over.problem(409), "document.plan_not_agreed");
}

async fn what_is_filled_in_is_checked(world: World) {
    let company = Company::found(&world).await;
    let (ids, plan) = leaving(&world, &company).await;
    agree(&world, &company, &plan, &[&company.li.login]).await;
    let hr = &company.hr.login;
    let part = ("customer_id", ids[0].as_str());
    let bare = issue(
        &world,
        hr,
        wish("customer_handover", &plan, part, json!({})),
    )
    .await;
    assert_eq!(places(&bare), ["/typed/introduced"]);
    assert_eq!(bare.problem(422), "document.typed");
    let typed = json!({ "introduced": "大概吧", "credit_days": -1, "salary": 1,
        "materials": [{ "name": "合同", "quantity": 0 }] });
    let wrong = issue(&world, hr, wish("customer_handover", &plan, part, typed)).await;
    assert_eq!(
        places(&wrong),
        [
            "/typed/salary",
            "/typed/introduced",
            "/typed/credit_days",
            "/typed/materials/0/quantity"
        ]
    );
    assert_eq!(wrong.problem(422), "document.typed");
    let mut typed = introduced();
    typed["remark"] = json!("客户未交接好的，罚款 50000 元");
    let fined = issue(&world, hr, wish("customer_handover", &plan, part, typed)).await;
    assert!(
        fined.body["remedy"]
            .as_str()
            .expect("a remedy")
            .contains("第二十五条")
    );
    assert_eq!(fined.problem(422), "document.penalty");
    let mut typed = introduced();
    typed["remark"] = json!("联系人\u{1F600}");
    let face = issue(&world, hr, wish("customer_handover", &plan, part, typed)).await;
    assert!(
        face.body["title"]
            .as_str()
            .expect("a title")
            .contains("其他说明第 4 个字")
    );
    assert_eq!(face.problem(409), "document.character");
    assert!(
        world
            .texts("SELECT id FROM document", &["id"])
            .await
            .is_empty()
    );
}

async fn a_plan_says_which_papers_it_has(world: World) {
    let company = Company::found(&world).await;
    let ids = work_of_zhang(&world, &company).await;
    let body = json!({ "from": company.zhang.id, "effective_on": world.today() });
    let plan = draw(&world, &company, body).await;
    carried_out(&world, &company, &plan).await;
    let hr = &company.hr.login;
    let path = format!("/plan-document-offers?plan={plan}");
    let offers = world.get(hr, &path).await.ok();
    let customers = offers["customers"].as_array().expect("customers");
    assert_eq!(customers.len(), 2);
    assert!(
        customers
            .iter()
            .all(|one| one["issued"] == json!({}) && one["receiver"] == "李四（E003）")
    );
    assert_eq!(offers["receivers"][0]["name"], "李四（E003）");
    let kinds: Vec<&str> = offers["offers"]
        .as_array()
        .expect("offers")
        .iter()
        .filter_map(|one| one["kind"].as_str())
        .collect();
    let expected = [
        "reassignment_agreement",
        "customer_handover",
        "customer_letter",
        "receivable_statement",
        "receivable_confirmation",
        "transition_commission",
    ];
    assert_eq!(kinds, expected);
    assert_eq!(offers["offers"][1]["form"][0]["choices"][3], "尚未介绍");
    assert_eq!(offers["offers"][1]["form"][0]["required"], true);

    let body = wish(
        "customer_handover",
        &plan,
        ("customer_id", &ids[0]),
        introduced(),
    );
    let document = issue(&world, hr, body).await.id();
    let offers = world.get(hr, &path).await.ok();
    let done = offers["customers"].as_array().expect("customers").iter();
    let done = done.filter(|one| one["issued"]["customer_handover"] == json!(document));
    assert_eq!(done.count(), 1);
    // What was filled in stands ready for the next one, amounts as requests have them.
    assert_eq!(
        offers["offers"][1]["filled"]["credit_limit"],
        money("500000.00")
    );
    assert_eq!(offers["offers"][1]["filled"]["materials"][0]["quantity"], 2);
    let list = world.get(hr, &format!("/documents?plan={plan}")).await.ok();
    assert_eq!(list["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(list["items"][0]["subject"], format!("plan/{plan}"));
}

async fn strangers_learn_nothing_of_papers(world: World) {
    let company = Company::found(&world).await;
    let (ids, plan) = leaving(&world, &company).await;
    agree(&world, &company, &plan, &[&company.li.login]).await;
    let body = wish(
        "customer_handover",
        &plan,
        ("customer_id", &ids[0]),
        introduced(),
    );
    let document = issue(&world, &company.hr.login, body).await.id();
    let stranger = world.login(None, &[]).await;
    let zhang: Login = world.log_in(company.zhang.login.id).await;
    for who in [
        &stranger,
        &zhang,
        &company.wang.login,
        &company.chief.login,
        &company.it.login,
    ] {
        // Neither a right form nor a wrong one tells anything.
        for typed in [introduced(), json!({})] {
            let body = wish("customer_handover", &plan, ("customer_id", &ids[1]), typed);
            let made = issue(&world, who, body.clone()).await;
            assert!([403, 404].contains(&made.status.as_u16()), "{}", made.body);
            let seen = world
                .file(Some(who), "/documents/preview", Some(body))
                .await;
            assert!([403, 404].contains(&seen.0), "{}", seen.0);
        }
        let offers = world
            .get(who, &format!("/plan-document-offers?plan={plan}"))
            .await;
        assert!(
            [403, 404].contains(&offers.status.as_u16()),
            "{}",
            offers.body
        );
    }
    let path = format!("/documents/{document}/file");
    assert_eq!(
        world.file(Some(&company.wang.login), &path, None).await.0,
        404
    );
    // Whom it is about reads it, in handover mode too.
    assert_eq!(world.file(Some(&zhang), &path, None).await.0, 200);
}
