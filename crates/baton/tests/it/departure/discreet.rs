//! What a departure must not undo, and whom it tells less.

use serde_json::{Value as Json, json};

use crate::harness::{Company, Login, World};

story!(
    a_closed_login_stays_closed_through_a_departure,
    a_departure_that_closed_a_login_opens_it_when_withdrawn,
    a_history_tells_no_more_than_the_page,
    what_was_told_in_confidence_is_read_by_who_knows_why,
    an_entry_beyond_every_log_is_not_there,
    it_and_administration_learn_no_business_by_the_gates,
    who_stays_has_no_gates,
);

fn both() -> Json {
    json!({ "employee_agrees": true, "company_agrees": true, "reason": "双方同意" })
}

/// Mode and activity of Zhang's login, as the security administrator sees it.
async fn login_of_zhang(world: &World, company: &Company, security: &Login) -> (String, bool) {
    let logins = world.get(security, "/logins").await.ok();
    let items = logins["items"].as_array().expect("logins");
    let id = company.zhang.login.id.to_string();
    let login = items.iter().find(|one| one["id"] == id.as_str());
    let login = login.expect("a login");
    let mode = login["mode"].as_str().expect("a mode").to_owned();
    (mode, login["active"].as_bool().expect("yes or no"))
}

async fn file(world: &World, company: &Company) -> String {
    let body = json!({ "kind": "resignation", "employee_id": company.zhang.id,
        "reason": "家里老人病重，需回乡照顾" });
    world
        .post(&company.hr.login, "/departures", body)
        .await
        .id()
}

async fn a_closed_login_stays_closed_through_a_departure(world: World) {
    let company = Company::found(&world).await;
    let security = world.login(None, &["security_admin"]).await;
    let access = format!("/logins/{}/access", company.zhang.login.id);
    let close = json!({ "active": false });
    let closed = world.post(&security, &access, close.clone()).await;
    assert_eq!(closed.status.as_u16(), 204, "{}", closed.body);
    let departure = file(&world, &company).await;
    let stands = login_of_zhang(&world, &company, &security).await;
    assert_eq!(stands, ("handover".to_owned(), false));
    let told = world.entries("session.set_access").await;
    assert!(
        told.last()
            .expect("an entry")
            .to_string()
            .contains("仍停用")
    );
    let path = format!("/departures/{departure}/withdraw");
    world.post(&company.hr.login, &path, both()).await.ok();
    let stands = login_of_zhang(&world, &company, &security).await;
    assert_eq!(stands, ("normal".to_owned(), false));
    // Opened and closed again it keeps the mode that a departure gave it meanwhile.
    file(&world, &company).await;
    world
        .post(&security, &access, json!({ "active": true }))
        .await;
    let stands = login_of_zhang(&world, &company, &security).await;
    assert_eq!(stands, ("handover".to_owned(), true));
    world.post(&security, &access, close).await;
    let stands = login_of_zhang(&world, &company, &security).await;
    assert_eq!(stands, ("handover".to_owned(), false));
}

async fn a_departure_that_closed_a_login_opens_it_when_withdrawn(world: World) {
    let company = Company::found(&world).await;
    let security = world.login(None, &["security_admin"]).await;
    let dates = |departure: &str| format!("/departures/{departure}/dates");
    for closed_by_hand in [false, true] {
        let departure = file(&world, &company).await;
        let (last, end) = (world.today().plus_days(2), world.today().plus_days(40));
        let clocks = json!({ "clocks": { "employment_ends_on": end, "last_working_day": last,
            "commission_cutoff_on": last }, "reason": "按约定" });
        let hr = &company.hr.login;
        world.post(hr, &dates(&departure), clocks).await.ok();
        let access = format!("/logins/{}/access", company.zhang.login.id);
        if closed_by_hand {
            world
                .post(&security, &access, json!({ "active": false }))
                .await;
        }
        world.pass_days(3);
        world.run_jobs().await;
        let stands = login_of_zhang(&world, &company, &security).await;
        assert_eq!(stands, ("suspended".to_owned(), false));
        // Opened it would be no more open than before, so nobody is told that it is.
        let open = json!({ "active": true });
        let opens = world.post(&security, &access, open).await;
        assert_eq!(opens.problem(409), "session.last_day_over");
        let path = format!("/departures/{departure}/withdraw");
        world.post(hr, &path, both()).await.ok();
        let stands = login_of_zhang(&world, &company, &security).await;
        assert_eq!(stands, ("normal".to_owned(), !closed_by_hand));
    }
}

/// The line of the history with this act.
fn line<'a>(told: &'a Json, kind: &str) -> &'a Json {
    let lines = told["items"].as_array().expect("lines");
    lines.iter().find(|line| line["kind"] == kind).expect(kind)
}

async fn a_history_tells_no_more_than_the_page(world: World) {
    let company = Company::found(&world).await;
    let customer = company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    company.invoice(&world, &customer, "FP-1", "31234.50").await;
    let id = file(&world, &company).await;
    let check = json!({ "check": "receivables", "note": "已核对" });
    let checks = format!("/departures/{id}/checks");
    world
        .post(&company.finance.login, &checks, check)
        .await
        .ok();
    let history = format!("/evidence?subject=departure/{id}");
    for office in [&company.it.login, &company.office.login] {
        let told = world.get(office, &history).await.ok();
        let filed = line(&told, "departure.file");
        assert!(
            filed["zh"].as_str().is_some_and(|zh| zh.contains("辞职")),
            "{told}"
        );
        assert_eq!(filed["detail"]["reason"], "not_yours_to_read");
        let checked = line(&told, "departure.record_check");
        assert_eq!(
            (&checked["zh"], &checked["detail"]),
            (&Json::Null, &Json::Null)
        );
        for word in ["老人病重", "31,234.50", "3123450", "31234.50"] {
            assert!(!told.to_string().contains(word), "{word}: {told}");
        }
        for kind in ["departure.file", "departure.record_check"] {
            let one = format!("/evidence/{}", line(&told, kind)["index"]);
            let one = world.get(office, &one).await.ok().to_string();
            for word in ["老人病重", "31,234.50", "3123450", "31234.50"] {
                assert!(!one.contains(word), "{word}: {one}");
            }
        }
    }
    // Who manages sales reads the sums, and the reason as little as on the page.
    let chief = world.get(&company.chief.login, &history).await.ok();
    assert!(
        line(&chief, "departure.record_check")["zh"].is_string(),
        "{chief}"
    );
    assert_eq!(
        line(&chief, "departure.file")["detail"]["reason"],
        "not_yours_to_read"
    );
    let finance = world.get(&company.finance.login, &history).await.ok();
    assert!(!finance.to_string().contains("老人病重"), "{finance}");
    let zhang = world.log_in(company.zhang.login.id).await;
    // Legal reads the notice, in which it stands.
    let legal = world.login(None, &["legal"]).await;
    let page = world.get(&legal, &format!("/departures/{id}")).await.ok();
    assert_eq!(page["reason"], "家里老人病重，需回乡照顾");
    for login in [&company.hr.login, &zhang, &legal] {
        let told = world.get(login, &history).await.ok();
        let reason = &line(&told, "departure.file")["detail"]["reason"];
        assert_eq!(reason, "家里老人病重，需回乡照顾");
    }
}

/// What he said when he left, what the union answered, and why both took it back is as much his own
/// as the reason for which he gave notice.
async fn what_was_told_in_confidence_is_read_by_who_knows_why(world: World) {
    let company = Company::found(&world).await;
    let hr = &company.hr.login;
    let id = file(&world, &company).await;
    let checks = format!("/departures/{id}/checks");
    let today = world.today();
    for check in [
        json!({ "check": "interview", "on": today, "note": "嫌提成算得不公" }),
        json!({ "check": "union_notice", "on": today, "note": "工会认为理由不足" }),
        json!({ "check": "protection", "note": "孕期材料已核验" }),
    ] {
        world.post(hr, &checks, check).await.ok();
    }
    let path = format!("/departures/{id}/withdraw");
    let back = json!({ "employee_agrees": true, "company_agrees": true, "reason": "加薪后留任" });
    world.post(hr, &path, back).await.ok();
    let secrets = ["提成算得不公", "理由不足", "孕期材料", "加薪后留任"];
    let history = format!("/evidence?subject=departure/{id}");
    for other in [
        &company.it.login,
        &company.office.login,
        &company.finance.login,
        &company.chief.login,
    ] {
        let told = world.get(other, &history).await.ok();
        let lines = told["items"].as_array().expect("lines").clone();
        let kept = |kind: &str, field: &str, times: usize| {
            let of = lines.iter().filter(|line| line["kind"] == kind);
            let kept = of.filter(|line| line["detail"][field] == "not_yours_to_read");
            assert_eq!(kept.count(), times, "{kind}: {told}");
        };
        kept("departure.record_check", "check", 3);
        kept("departure.withdraw_by_agreement", "reason", 1);
        let checked = line(&told, "departure.record_check");
        assert!(
            checked["zh"].is_string(),
            "that it was done is told: {told}"
        );
        for line in &lines {
            let one = format!("/evidence/{}", line["index"]);
            let one = world.get(other, &one).await.body.to_string();
            let leak = secrets.iter().find(|secret| one.contains(**secret));
            assert_eq!(leak, None, "{one}");
        }
    }
    let legal = world.login(None, &["legal"]).await;
    let zhang = world.log_in(company.zhang.login.id).await;
    for login in [hr, &legal, &zhang] {
        let told = world.get(login, &history).await.ok().to_string();
        let missed = secrets.iter().find(|secret| !told.contains(**secret));
        assert_eq!(missed, None, "{told}");
    }
}

async fn an_entry_beyond_every_log_is_not_there(world: World) {
    let company = Company::found(&world).await;
    for index in [
        "9223372036854775807",
        "9223372036854775808",
        "18446744073709551615",
    ] {
        for path in [
            format!("/evidence/{index}"),
            format!("/evidence/{index}/proof"),
        ] {
            world.get(&company.finance.login, &path).await.problem(404);
        }
    }
}

/// IT closes accounts and 行政 takes things back: whose customers owe what is nothing for them.
async fn it_and_administration_learn_no_business_by_the_gates(world: World) {
    let company = Company::found(&world).await;
    let customer = company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    company.invoice(&world, &customer, "FP-1", "31234.50").await;
    let id = file(&world, &company).await;
    let path = format!("/departures/{id}");
    for (login, named) in [
        (&company.hr.login, true),
        (&company.chief.login, true),
        (&company.finance.login, true),
        (&company.it.login, false),
        (&company.office.login, false),
    ] {
        let seen = world.get(login, &path).await.ok();
        let gates = seen["gates"].as_array().expect("gates").clone();
        let of = |key: &str| {
            let mut found = gates.iter().filter(|gate| gate["key"] == key);
            found.next().expect("a gate").clone()
        };
        for key in ["customers", "receivables"] {
            assert_eq!(of(key)["missing_count"], 1, "{key}");
        }
        let words = json!(gates).to_string();
        assert_eq!(words.contains("永定机床"), named, "{words}");
        assert_eq!(
            words.contains("31,234.50") || words.contains("31234.50"),
            named
        );
    }
}

async fn who_stays_has_no_gates(world: World) {
    let company = Company::found(&world).await;
    company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    let id = file(&world, &company).await;
    let path = format!("/departures/{id}/withdraw");
    world.post(&company.hr.login, &path, both()).await.ok();
    let path = format!("/departures/{id}");
    let seen = world.get(&company.hr.login, &path).await.ok();
    assert_eq!((&seen["gates"], &seen["duties"]), (&json!([]), &json!([])));
}
