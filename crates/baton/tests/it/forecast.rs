//! What each would earn under a handover, shown before anybody agrees and kept when he does.

use serde_json::{Value as Json, json};

use crate::commission::plan;
use crate::harness::{Company, Login, World, money};

story!(
    each_sees_what_he_would_earn_before_he_agrees,
    what_was_shown_is_kept_with_the_answer,
    what_the_page_of_a_case_showed_is_kept_too,
    a_customer_without_history_has_no_figures,
    what_was_merged_into_a_customer_is_reckoned_with_it,
    whoever_gives_back_is_the_giver,
);

/// Zhang's customer, paid on the 15th of each month for two years: 1,000, then 2,000.
async fn history(world: &World, company: &Company) -> String {
    let finance = &company.finance.login;
    let customer = company
        .customer(world, &company.zhang, "永定机床有限公司")
        .await;
    let contract = json!({ "customer_id": customer, "number": "HT-1", "title": "三号线改造",
        "amount": money("1000000.00"), "signed_on": "2024-06-01" });
    let contract = world.post(finance, "/contracts", contract).await.id();
    let invoice = json!({ "customer_id": customer, "number": "FP-1", "contract_id": contract,
        "amount": money("1000000.00"), "issued_on": "2024-06-02", "due_on": "2024-07-02",
        "responsible_id": company.zhang.id });
    world.post(finance, "/invoices", invoice).await.ok();
    for month in 0..24 {
        let on = "2024-12-15"
            .parse::<kernel::Day>()
            .expect("a day")
            .plus_months(month);
        let yuan = if month < 12 { "1000.00" } else { "2000.00" };
        receipt(world, company, &customer, on, yuan).await;
    }
    customer
}

async fn receipt(world: &World, company: &Company, customer: &str, on: kernel::Day, yuan: &str) {
    let body = json!({ "customer_id": customer, "number": format!("HK-{on}"),
        "amount": money(yuan), "received_on": on });
    let finance = &company.finance.login;
    world.post(finance, "/receipts", body).await.ok();
}

/// The chief draws up that everything of Zhang goes to Li.
async fn drawn(world: &World, company: &Company) -> String {
    let chief = &company.chief.login;
    let body = json!({ "from": company.zhang.id, "effective_on": world.today(), "fill": false });
    let id = world.post(chief, "/handover-plans", body).await.id();
    let all = json!({ "version": 1, "change": { "change": "assign_by_rule", "kinds": [],
        "regions": [], "industries": [], "only_unassigned": true,
        "successor_id": company.li.id } });
    step(world, chief, &id, "edit", all).await;
    id
}

async fn step(world: &World, login: &Login, id: &str, verb: &str, body: Json) -> Json {
    world
        .post(login, &format!("/handover-plans/{id}/{verb}"), body)
        .await
        .ok()
}

async fn seen(world: &World, login: &Login, id: &str) -> Json {
    world
        .get(login, &format!("/handover-plans/{id}/forecast"))
        .await
        .ok()
}

/// `张三 giver 2400.00 → 300.00` of the middle year.
fn people(figures: &Json) -> Vec<String> {
    let people = figures["people"].as_array().expect("people").iter();
    let mid = |one: &Json, course: &str| {
        let amount = one[course]["mid"]["amount"].as_str();
        amount.expect("an amount").to_owned()
    };
    let line = |one: &Json| {
        format!(
            "{} {} {} → {}",
            one["person"]["name"].as_str().expect("a name"),
            one["side"].as_str().expect("a side"),
            mid(one, "without"),
            mid(one, "with"),
        )
    };
    people.map(line).collect()
}

async fn submit(world: &World, login: &Login, id: &str) {
    let path = format!("/handover-plans/{id}");
    let version = world.get(login, &path).await.ok()["version"].clone();
    let body = json!({ "version": version });
    step(world, login, id, "submit", body).await;
}

#[expect(clippy::too_many_lines, reason = "a story is told in one piece")]
async fn each_sees_what_he_would_earn_before_he_agrees(world: World) {
    let company = Company::found(&world).await;
    plan(&world, &company, 1_000).await;
    let customer = history(&world, &company).await;
    let id = drawn(&world, &company).await;
    let (chief, zhang, li) = (
        &company.chief.login,
        &company.zhang.login,
        &company.li.login,
    );
    let path = format!("/handover-plans/{id}/forecast");

    // Twelve stretches: eleven months at 1,000 and one at 2,000 in the poorest, all at 2,000 in the
    // richest. 70, 50 and 30 % of the first three months stay with the giver.
    let all = seen(&world, chief, &id).await["figures"].clone();
    assert_eq!(all["people"].as_array().map(Vec::len), Some(2), "{all}");
    let (giver, receiver) = (&all["people"][0], &all["people"][1]);
    let range = |of: &Json| {
        ["low", "mid", "high"].map(|level| of[level]["amount"].as_str().expect("money").to_owned())
    };
    assert_eq!(range(&giver["without"]), ["1300.00", "1800.00", "2400.00"]);
    assert_eq!(range(&receiver["without"]), ["0.00", "0.00", "0.00"]);
    assert_eq!(range(&giver["with"])[2], "300.00");
    assert_eq!(range(&receiver["with"])[2], "2100.00");
    assert_eq!(range(&giver["change"])[2], "-2100.00");
    let one = &all["customers"][0];
    assert_eq!(
        (&one["basis"], &one["stretches"]),
        (&json!("weak"), &json!(12))
    );
    assert_eq!(
        range(&one["turnover"]),
        ["13000.00", "18000.00", "24000.00"]
    );
    assert_eq!(all["months"][1]["with"].as_array().map(Vec::len), Some(12));

    // Each side his own, once they are asked: a draft may still give it to somebody else.
    for early in [zhang, li] {
        world.get(early, &path).await.problem(404);
    }
    submit(&world, chief, &id).await;
    let his = seen(&world, zhang, &id).await["figures"].clone();
    assert_eq!(people(&his), [people(&all)[0].clone()]);
    assert_eq!(his["months"].as_array().map(Vec::len), Some(1));
    let hers = seen(&world, li, &id).await["figures"].clone();
    assert_eq!(people(&hers), [people(&all)[1].clone()]);
    assert_eq!(hers["customers"][0]["people"][0]["person"]["name"], "李四");
    assert!(!hers.to_string().contains("张三"), "{hers}");
    let finance = seen(&world, &company.finance.login, &id).await["figures"].clone();
    assert_eq!(people(&finance), people(&all));
    world.get(&company.wang.login, &path).await.problem(404);
    // Who sees the plan but nobody's pay.
    world.get(&company.hr.login, &path).await.problem(403);

    // Other terms change the figures before anybody says so.
    let tried = json!({ "customer_ids": [customer], "terms": { "to_contract_end":
        { "share": 5_000 } } });
    let other = world.post(chief, &path, tried.clone()).await.ok();
    assert_eq!(range(&other["people"][0]["with"])[2], "1200.00");
    assert_eq!(
        people(&seen(&world, chief, &id).await["figures"]),
        people(&all)
    );
    for login in [zhang, li, &company.finance.login] {
        let refused = world.post(login, &path, tried.clone()).await;
        assert!(
            matches!(refused.status.as_u16(), 403 | 404),
            "{}",
            refused.body
        );
    }
    let nonsense = json!({ "terms": { "to_contract_end": { "share": 50_000 } } });
    let refused = world.post(chief, &path, nonsense).await;
    assert_eq!(refused.problem(422), "commission.terms_broken");

    // Saying so changes them for everybody.
    let terms = json!({ "version": 2, "change": { "change": "set_terms",
        "terms": "nothing_kept" } });
    step(&world, chief, &id, "edit", terms).await;
    let now = seen(&world, zhang, &id).await["figures"].clone();
    assert_eq!(people(&now), ["张三 giver 1800.00 → 0.00"]);
}

async fn what_was_shown_is_kept_with_the_answer(world: World) {
    let company = Company::found(&world).await;
    plan(&world, &company, 1_000).await;
    let customer = history(&world, &company).await;
    let id = drawn(&world, &company).await;
    let (chief, li) = (&company.chief.login, &company.li.login);
    step(&world, chief, &id, "submit", json!({ "version": 2 })).await;
    let before = seen(&world, li, &id).await;
    // Money comes in while she reads: she is not taken at a word about other figures.
    receipt(
        &world,
        &company,
        &customer,
        world.today().plus_days(-1),
        "500.00",
    )
    .await;
    let answer = format!("/handover-plans/{id}/answer");
    let yes = |digest: &Json| json!({ "version": 2, "accept": true, "forecast": digest });
    let stale = world.post(li, &answer, yes(&before["digest"])).await;
    assert_eq!(stale.problem(409), "handover.forecast_changed");
    let whole = seen(&world, chief, &id).await;
    let others = world.post(li, &answer, yes(&whole["digest"])).await;
    assert_eq!(others.problem(409), "handover.forecast_changed");
    let now = seen(&world, li, &id).await;
    world.post(li, &answer, yes(&now["digest"])).await.ok();
    let approval = json!({ "version": 2, "forecast": whole["digest"] });
    step(&world, chief, &id, "approve", approval).await;

    let said = world.entries("handover.answer").await;
    assert!(
        said[0].to_string().contains("其所见提成测算一并存证"),
        "{}",
        said[0]
    );
    for (kind, shown) in [("handover.answer", &now), ("handover.approve", &whole)] {
        let entry = &world.entries(kind).await[0];
        let digest = shown["digest"].as_str().expect("a digest");
        assert!(entry.to_string().contains(digest), "{entry}");
    }
    // Time goes on, and what was shown stays as it was.
    step(&world, chief, &id, "execute", json!({})).await;
    world.pass_days(3);
    receipt(&world, &company, &customer, world.today(), "9000.00").await;
    let kept = seen(&world, chief, &id).await;
    assert_eq!(kept["figures"], Json::Null);
    let steps: Vec<&Json> = kept["agreed"]
        .as_array()
        .expect("kept")
        .iter()
        .map(|one| &one["step"])
        .collect();
    assert_eq!(steps, ["answer", "approve"]);
    assert_eq!(kept["agreed"][0]["figures"], now["figures"]);
    assert_eq!(kept["agreed"][1]["figures"], whole["figures"]);
    // She reads again what she was shown, nobody else's.
    let hers = seen(&world, li, &id).await["agreed"].clone();
    assert_eq!(hers.as_array().map(Vec::len), Some(1));
    assert_eq!(hers[0]["digest"], now["digest"]);
    let giver = seen(&world, &company.zhang.login, &id).await;
    assert_eq!(giver["agreed"], json!([]));
    // Nobody can rewrite it.
    let changed = world.raw("UPDATE handover_forecast SET body = '{}'").await;
    assert!(changed.is_err());
    let report = world.house.audit().await.expect("an audit");
    assert!(report.findings.is_empty(), "{:?}", report.findings.first());
    let rows = world.house.spine.audit_rows().await.expect("a comparison");
    assert_eq!(rows.total, 0, "{:?}", rows.listed.first());
}

async fn a_customer_without_history_has_no_figures(world: World) {
    let company = Company::found(&world).await;
    company
        .customer(&world, &company.zhang, "潮白铸造有限公司")
        .await;
    let id = drawn(&world, &company).await;
    let chief = &company.chief.login;
    let unplanned = seen(&world, chief, &id).await["figures"].clone();
    assert_eq!(unplanned["plans"], false);
    plan(&world, &company, 1_000).await;
    let found = seen(&world, chief, &id).await["figures"].clone();
    assert_eq!(
        (&found["reckoned"], &found["too_short"], &found["plans"]),
        (&json!(0), &json!(1), &json!(true))
    );
    assert_eq!(found["customers"][0]["basis"], "too_short");
    assert_eq!(found["customers"][0]["people"], json!([]));
}

/// Agreeing at the case, where the same figures stand, keeps them like agreeing at the plan.
async fn what_the_page_of_a_case_showed_is_kept_too(world: World) {
    let company = Company::found(&world).await;
    plan(&world, &company, 1_000).await;
    history(&world, &company).await;
    let id = drawn(&world, &company).await;
    let (chief, li) = (&company.chief.login, &company.li.login);
    step(&world, chief, &id, "submit", json!({ "version": 2 })).await;
    let hers = seen(&world, li, &id).await;
    let asked = crate::desk::task(&world, li, "accept").await;
    let approve = |shown: &Json| json!({ "do": "approve", "shown": shown });
    let stale = approve(&json!("00"));
    let stale = crate::desk::press(&world, li, &asked, stale).await;
    assert_eq!(stale.problem(409), "handover.forecast_changed");
    let right = approve(&hers["digest"]);
    crate::desk::press(&world, li, &asked, right).await.ok();
    let kept = seen(&world, chief, &id).await["agreed"].clone();
    assert_eq!(kept[0]["step"], "answer");
    assert_eq!(kept[0]["digest"], hers["digest"]);
    let entry = &world.entries("handover.answer").await[0];
    let digest = hers["digest"].as_str().expect("a digest");
    assert!(entry.to_string().contains(digest), "{entry}");
}

/// A duplicate owes what its customer owes: bills of before, and one that the customer got under a
/// contract of the duplicate since.
async fn what_was_merged_into_a_customer_is_reckoned_with_it(world: World) {
    let company = Company::found(&world).await;
    let (zhang, finance) = (&company.zhang, &company.finance.login);
    plan(&world, &company, 1_000).await;
    let stays = company.customer(&world, zhang, "永定机床有限公司").await;
    let twin = company.customer(&world, zhang, "永定机床厂").await;
    let contract = json!({ "customer_id": twin, "number": "HT-2", "title": "年度框架",
        "amount": money("9000"), "signed_on": world.today() });
    let contract = world.post(finance, "/contracts", contract).await.id();
    company.invoice(&world, &twin, "FP-1", "3000").await;
    let merge = json!({ "into_id": stays, "reason": "重复录入" });
    let place = format!("/customers/{twin}/merge");
    world.post(&company.chief.login, &place, merge).await.ok();
    let new = json!({ "customer_id": stays, "number": "FP-2", "contract_id": contract,
        "amount": money("5000"), "issued_on": world.today(), "due_on": world.today() });
    world.post(finance, "/invoices", new).await.ok();

    let id = drawn(&world, &company).await;
    let all = seen(&world, &company.chief.login, &id).await["figures"].clone();
    let customers = all["customers"].as_array().expect("customers");
    assert_eq!(customers.len(), 1, "{all}");
    assert_eq!(customers[0]["customer"], "永定机床有限公司");
    assert_eq!(customers[0]["due"]["amount"], "8000.00", "{all}");
    let due = |one: &Json| {
        let amount = |key: &str| one[key]["amount"].as_str().expect("money").to_owned();
        [amount("due_without"), amount("due_with")]
    };
    // Ten per cent of it, and whoever the terms give it to.
    assert_eq!(due(&all["people"][0])[0], "800.00", "{all}");
    assert_eq!(due(&all["people"][1])[0], "0.00", "{all}");
    let kept = due(&all["people"][0])[1].clone();
    let hers = due(&all["people"][1])[1].clone();
    let fen = |yuan: &str| yuan.replace('.', "").parse::<i64>().expect("money");
    assert_eq!(fen(&kept) + fen(&hers), 80_000, "{all}");
    assert_ne!(hers, "0.00");
}

async fn whoever_gives_back_is_the_giver(world: World) {
    let company = Company::found(&world).await;
    plan(&world, &company, 1_000).await;
    history(&world, &company).await;
    let id = drawn(&world, &company).await;
    let (chief, li) = (&company.chief.login, &company.li.login);
    submit(&world, chief, &id).await;
    let yes = json!({ "version": 2, "accept": true });
    step(&world, li, &id, "answer", yes).await;
    step(&world, chief, &id, "approve", json!({ "version": 2 })).await;
    step(&world, chief, &id, "execute", json!({})).await;
    world.pass_days(1);
    let path = format!("/handover-plans/{id}/reverse");
    let back = world.post(chief, &path, json!({})).await.id();
    let figures = seen(&world, chief, &back).await["figures"].clone();
    let sides = people(&figures);
    assert!(sides[0].starts_with("李四 giver "), "{sides:?}");
    assert!(sides[1].starts_with("张三 receiver "), "{sides:?}");
}
