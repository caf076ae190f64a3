//! People: who works where and under whom, who stands in, what they hold.

use serde_json::{Value as Json, json};

use crate::harness::{Company, World, hire, money, person};

story!(
    a_job_change_is_a_new_row_and_the_line_follows,
    nobody_stands_above_himself,
    leaving_and_coming_back_are_rows,
    a_stand_in_may_not_overlap_or_loop,
    assets_come_back_or_are_paid_and_accounts_are_closed,
    papers_are_masked_and_a_look_is_recorded,
    the_tree_counts_people_below,
    employees_are_found_by_pinyin_and_role,
    the_calendar_is_replaced_year_by_year,
    no_day_of_the_calendar_goes_unseen,
    every_act_has_a_label_and_comes_back_from_its_request,
);

pub(crate) async fn see(world: &World, company: &Company, who: &str) -> Json {
    world
        .get(&company.hr.login, &format!("/employees/{who}"))
        .await
        .ok()
}

pub(crate) fn names(list: &Json, key: &str) -> Vec<String> {
    let name = |row: &Json| row[key].as_str().unwrap_or_default().to_owned();
    list.as_array().expect("a list").iter().map(name).collect()
}

async fn a_job_change_is_a_new_row_and_the_line_follows(world: World) {
    let company = Company::found(&world).await;
    for (department, head) in [
        (company.sales, &company.chief),
        (company.north, &company.li),
    ] {
        let body = json!({ "employee_id": head.id });
        world
            .post(
                &company.hr.login,
                &format!("/departments/{department}/head"),
                body,
            )
            .await
            .ok();
    }
    let zhang = company.zhang.id.to_string();
    assert_eq!(
        names(&see(&world, &company, &zhang).await["line"], "name"),
        ["李四", "陈总"]
    );
    let mut body = json!({
        "effective_on": world.today(), "entity_id": company.entity, "department_id": company.south,
        "post_id": company.post, "line_manager_id": company.wang.id, "reason": "支援华南",
    });
    let path = format!("/employees/{zhang}/job");
    world
        .post(&company.hr.login, &path, body.clone())
        .await
        .ok();
    let view = see(&world, &company, &zhang).await;
    assert_eq!(view["department"], "华南组");
    assert_eq!(names(&view["line"], "name"), ["王五", "陈总"]);
    assert_eq!(
        names(&view["employment"], "department"),
        ["华北组", "华南组"]
    );
    body["department_id"] = json!(company.north);
    body["effective_on"] = json!(world.today().plus_days(1));
    let ahead = world.post(&company.hr.login, &path, body.clone()).await;
    assert_eq!(ahead.problem(422), "people.future_job");
    body["effective_on"] = json!(world.today().plus_days(-1));
    let back = world.post(&company.hr.login, &path, body.clone()).await;
    assert_eq!(back.problem(409), "people.retroactive_job");
    let other = world.post(&company.zhang.login, &path, body).await;
    assert_eq!(other.problem(403), "access.denied");
}

async fn nobody_stands_above_himself(world: World) {
    let company = Company::found(&world).await;
    let job = |manager: &str| {
        json!({
            "effective_on": world.today(), "entity_id": company.entity,
            "department_id": company.north, "post_id": company.post,
            "line_manager_id": manager, "reason": "调整汇报关系",
        })
    };
    let (zhang, li) = (company.zhang.id.to_string(), company.li.id.to_string());
    let path = format!("/employees/{zhang}/job");
    let own = world.post(&company.hr.login, &path, job(&zhang)).await;
    assert_eq!(own.problem(422), "people.manager_loop");
    world.post(&company.hr.login, &path, job(&li)).await.ok();
    let loops = world
        .post(
            &company.hr.login,
            &format!("/employees/{li}/job"),
            job(&zhang),
        )
        .await;
    assert_eq!(loops.problem(422), "people.manager_loop");
}

async fn leaving_and_coming_back_are_rows(world: World) {
    let company = Company::found(&world).await;
    let set = async |state: &str, left_on| {
        let act = baton::people::acts::set_state::SetState {
            employee: company.zhang.id,
            state: serde_json::from_value(json!(state)).expect("a state"),
            left_on,
            why: "departure".to_owned(),
        };
        world.done(&act).await;
    };
    set("notice", None).await;
    set("left", Some(world.today())).await;
    world.pass_days(90);
    set("active", None).await;
    let view = see(&world, &company, &company.zhang.id.to_string()).await;
    let ended: Vec<&Json> = view["employment"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| &row["ended"])
        .collect();
    assert_eq!(ended, [&json!(false), &json!(true), &json!(false)]);
    assert_eq!(
        (&view["state"], &view["left_on"]),
        (&json!("active"), &Json::Null)
    );
}

async fn a_stand_in_may_not_overlap_or_loop(world: World) {
    let company = Company::found(&world).await;
    let (zhang, li) = (&company.zhang, &company.li);
    let body = |deputy: &crate::harness::Person, from: i64, until: i64| {
        json!({
            "deputy_id": deputy.id, "from": world.today().plus_days(from),
            "until": world.today().plus_days(until), "reason": "年假",
        })
    };
    let path = |person: &crate::harness::Person| format!("/employees/{}/stand-ins", person.id);
    let first = world
        .post(&zhang.login, &path(zhang), body(li, 0, 10))
        .await
        .id();
    let overlap = world
        .post(&zhang.login, &path(zhang), body(&company.wang, 5, 7))
        .await;
    assert_eq!(overlap.problem(409), "people.stand_in_overlap");
    let loops = world.post(&li.login, &path(li), body(zhang, 3, 4)).await;
    assert_eq!(loops.problem(409), "people.stand_in_loop");
    let foreign = world.post(&li.login, &path(zhang), body(li, 20, 30)).await;
    assert!(foreign.status.is_client_error(), "{}", foreign.body);
    let end = format!("/stand-ins/{first}/end");
    world.post(&zhang.login, &end, json!({})).await.ok();
    world
        .post(&li.login, &path(li), body(zhang, 3, 4))
        .await
        .ok();
}

async fn assets_come_back_or_are_paid_and_accounts_are_closed(world: World) {
    let company = Company::found(&world).await;
    let path = format!("/employees/{}/assets", company.zhang.id);
    let mut ids = Vec::new();
    for (kind, name) in [
        ("equipment", "笔记本电脑"),
        ("key", "仓库钥匙"),
        ("account", "ERP"),
    ] {
        // Whoever closes accounts notes them.
        let (login, other) = match kind {
            "account" => (&company.it.login, &company.office.login),
            _ => (&company.office.login, &company.it.login),
        };
        let body = json!({ "kind": kind, "name": name });
        world.post(other, &path, body.clone()).await.problem(403);
        ids.push(world.post(login, &path, body).await.id());
    }
    let office = &company.office.login;
    let back = json!({ "note": "完好" });
    world
        .post(office, &format!("/assets/{}/return", ids[0]), back.clone())
        .await
        .ok();
    let twice = world
        .post(office, &format!("/assets/{}/return", ids[0]), back.clone())
        .await;
    assert_eq!(twice.problem(409), "people.asset_not_lent");
    let lost = json!({ "cost": money("50"), "note": "遗失" });
    world
        .post(office, &format!("/assets/{}/return", ids[1]), lost)
        .await
        .ok();
    let account = world
        .post(office, &format!("/assets/{}/return", ids[2]), back)
        .await;
    assert_eq!(account.problem(422), "people.account_is_closed");
    let close = format!("/assets/{}/close", ids[2]);
    let denied = world.post(office, &close, json!({})).await;
    assert_eq!(denied.problem(403), "access.denied");
    world.post(&company.it.login, &close, json!({})).await.ok();
    let view = see(&world, &company, &company.zhang.id.to_string()).await;
    let mut states = names(&view["assets"], "state");
    states.sort();
    assert_eq!(states, ["closed", "cost_agreed", "returned"]);
}

async fn papers_are_masked_and_a_look_is_recorded(world: World) {
    let company = Company::found(&world).await;
    let place = (company.entity, company.south, company.post);
    let mut new = person(place, "E200", "欧阳锋", true);
    new.citizen_id = Some("11010519491231002x".to_owned());
    new.phone = Some("+86 138 1234 1234".to_owned());
    let ou = hire(&world, new, "salesperson").await;
    let view = see(&world, &company, &ou.id.to_string()).await;
    assert_eq!(
        (&view["citizen_id"], &view["phone"]),
        (&json!("110***********002X"), &json!("138****1234"))
    );
    let path = format!("/employees/{}/reveal", ou.id);
    let why = json!({ "reason": "办理社保" });
    let shown = world.post(&company.hr.login, &path, why.clone()).await.ok();
    assert_eq!(shown["citizen_id"], "11010519491231002X");
    let entry = world.entries("people.reveal_employee").await[0].to_string();
    assert!(
        entry.contains("办理社保") && !entry.contains("19491231"),
        "{entry}"
    );
    assert_eq!(
        world
            .post(&company.chief.login, &path, why)
            .await
            .problem(403),
        "access.denied"
    );
}

async fn the_tree_counts_people_below(world: World) {
    let company = Company::found(&world).await;
    let tree = world.get(&company.hr.login, "/departments").await.ok();
    let counts: Vec<(i64, i64)> = tree
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            (
                row["people"].as_i64().unwrap(),
                row["people_below"].as_i64().unwrap(),
            )
        })
        .collect();
    assert_eq!(counts, [(4, 4), (1, 4), (2, 2), (1, 1)]);
}

async fn employees_are_found_by_pinyin_and_role(world: World) {
    let company = Company::found(&world).await;
    let found = async |query: &str| -> Vec<String> {
        let page = world
            .get(&company.hr.login, &format!("/employees?{query}"))
            .await
            .ok();
        names(&page["items"], "number")
    };
    assert_eq!(found("q=zhangsan").await, ["E002"]);
    assert_eq!(found("q=ZS").await, ["E002"]);
    assert_eq!(
        found("q=e00&sells=true").await,
        ["E001", "E002", "E003", "E004"]
    );
    assert_eq!(found("role=finance").await, ["E005"]);
    assert_eq!(
        found(&format!("department={}", company.north)).await,
        ["E002", "E003"]
    );
    let first = world
        .get(&company.hr.login, "/employees?limit=5")
        .await
        .ok();
    let next = first["next_cursor"].as_str().unwrap();
    assert_eq!(
        found(&format!("limit=5&cursor={next}")).await,
        ["E006", "E007", "E008"]
    );
}

async fn the_calendar_is_replaced_year_by_year(world: World) {
    let company = Company::found(&world).await;
    let day = |day: &str, is_off: bool| json!({ "day": day, "name": "元旦", "is_off": is_off });
    let notice =
        json!({ "year": 2027, "days": [day("2027-01-01", true), day("2027-01-03", false)] });
    world
        .post(&company.hr.login, "/calendar", notice.clone())
        .await
        .ok();
    world
        .post(&company.hr.login, "/calendar", notice)
        .await
        .ok();
    let view = world.get(&company.zhang.login, "/calendar").await.ok();
    assert_eq!(
        (&view["years"], view["days"].as_array().unwrap().len()),
        (&json!([2027]), 2)
    );
    let wrong = json!({ "year": 2027, "days": [day("2025-01-01", true)] });
    let answer = world.post(&company.hr.login, "/calendar", wrong).await;
    assert_eq!(answer.problem(422), "people.calendar");
}

/// Deadlines hang on these days.
async fn no_day_of_the_calendar_goes_unseen(world: World) {
    let company = Company::found(&world).await;
    let hr = &company.hr.login;
    let day = |day: &str, is_off: bool| json!({ "day": day, "name": "节日", "is_off": is_off });
    let (first, last) = (day("2027-01-01", true), day("2027-10-01", true));
    let notice = |days: &[&Json], seen: &[&Json]| {
        let mut body = json!({ "year": 2027, "days": days });
        body["replaces"] = json!(seen);
        body
    };
    world
        .post(hr, "/calendar", notice(&[&first], &[]))
        .await
        .ok();
    // Whoever types one more day has not meant to drop the first, nor to turn it round.
    let worked = day("2027-01-01", false);
    for days in [vec![&last], vec![&worked, &last]] {
        let dropped = world.post(hr, "/calendar", notice(&days, &[])).await;
        let told = dropped.body["title"].to_string();
        assert!(told.contains("2027-01-01（节日，放假）"), "{told}");
        assert_eq!(dropped.problem(409), "people.calendar_drops");
    }
    let days = async || world.get(hr, "/calendar").await.ok()["days"].clone();
    assert_eq!(days().await.as_array().map(Vec::len), Some(1));
    world
        .post(hr, "/calendar", notice(&[&first, &last], &[]))
        .await
        .ok();
    assert_eq!(days().await.as_array().map(Vec::len), Some(2));
    assert_eq!(days().await[0]["notice_year"], 2027);
    // What was seen and left out goes, and the history says so.
    let seen = [&first, &last];
    world
        .post(hr, "/calendar", notice(&[&last], &seen))
        .await
        .ok();
    assert_eq!(days().await.as_array().map(Vec::len), Some(1));
    let entries = world.entries("people.set_calendar").await;
    let told = entries.last().expect("an entry").to_string();
    assert!(told.contains("原有 1 天取消或改动"), "{told}");
    // One day is not named twice, and not by two years.
    let twice = world
        .post(hr, "/calendar", notice(&[&last, &first, &worked], &[]))
        .await;
    let told = twice.body["title"].to_string();
    assert!(told.contains("第 2 条和第 3 条都写了 2027-01-01"), "{told}");
    assert_eq!(twice.problem(422), "people.calendar");
    let eve = day("2027-12-31", true);
    let next = json!({ "year": 2028, "days": [eve] });
    world.post(hr, "/calendar", next).await.ok();
    let elsewhere = world
        .post(hr, "/calendar", notice(&[&last, &eve], &[]))
        .await;
    assert_eq!(elsewhere.problem(409), "people.calendar_elsewhere");
}

async fn every_act_has_a_label_and_comes_back_from_its_request(_world: World) {
    let mut seen = std::collections::BTreeSet::new();
    for line in baton::registry::ACTS {
        assert!(
            seen.insert(line.name) && line.name.contains('.'),
            "{}",
            line.name
        );
        assert!(!line.zh.is_empty() && !line.en.is_empty(), "{}", line.name);
    }
    let request = json!({ "name": "业务代表" });
    let line = baton::registry::act("people.add_post").expect("a line");
    let act = (line.revive)(request.clone()).expect("an act");
    assert_eq!(
        (act.name(), act.body().unwrap()),
        ("people.add_post", request)
    );
}
