//! An execution changes holders and nothing else.

use baton::people::acts::add_stand_in::AddStandIn;
use baton::people::acts::change_job::ChangeJob;
use baton::people::acts::set_head::SetHead;
use serde_json::{Value as Json, json};

use super::{agree, draw, owners, plan, step, texts, work_of_zhang};
use crate::departure::{certificate, resign};
use crate::harness::{Company, World};
use crate::objections::under;

story!(
    a_handover_changes_holders_and_nothing_else,
    a_superior_hands_over_for_somebody_who_is_absent,
    work_that_somebody_else_holds_by_now_stops_the_execution,
    roles_and_seats_pass_on,
    only_a_dry_run_may_come_before_approval_and_day,
    whoever_began_to_leave_after_the_approval_gets_nothing,
    a_day_that_was_missed_is_told_and_tried_again,
    a_plan_says_when_its_day_and_the_last_working_day_part,
    a_departure_whose_plan_was_called_off_stands_on_the_desk,
    a_plan_that_was_called_off_is_asked_for_again,
    a_departure_that_was_closed_before_holds_no_plan_up,
    what_was_there_already_is_not_counted_as_moved,
    a_plan_of_which_everything_is_there_already_is_refused_once,
);

async fn a_handover_changes_holders_and_nothing_else(world: World) {
    let company = Company::found(&world).await;
    work_of_zhang(&world, &company).await;
    let unchanged = texts(&world).await;
    let body = json!({ "from": company.zhang.id, "effective_on": world.today() });
    let id = draw(&world, &company, body).await;
    agree(&world, &company, &id, &[&company.li.login]).await;
    world.pass_days(0);
    step(&world, &company.chief.login, &id, "execute", json!({}))
        .await
        .ok();
    assert_eq!(texts(&world).await, unchanged);
    let history = "SELECT reason, plan_id FROM customer_assignment WHERE seq = 2";
    let rows = world.texts(history, &["reason", "plan_id"]).await;
    assert_eq!(rows, vec![vec!["handed_over".to_owned(), id.clone()]; 2]);
    let entry = &world.entries("handover.execute").await[0];
    assert!(entry.to_string().contains("2 户客户"), "{entry}");
    let again = step(&world, &company.chief.login, &id, "execute", json!({})).await;
    assert_eq!(again.problem(409), "handover.plan_state");
    for table in [
        "customer_assignment",
        "receivable_responsibility",
        "handover_acceptance",
    ] {
        assert!(
            world.raw(&format!("DELETE FROM {table}")).await.is_err(),
            "{table}"
        );
    }
}

// 芋道: an administrator cannot cleanly transfer for an absent owner.
async fn a_superior_hands_over_for_somebody_who_is_absent(world: World) {
    let company = Company::found(&world).await;
    work_of_zhang(&world, &company).await;
    let body = json!({ "from": company.zhang.id, "effective_on": world.today() });
    let id = draw(&world, &company, body).await;
    assert_eq!(
        plan(&world, &company.chief.login, &id).await["departure_id"],
        Json::Null
    );
    agree(&world, &company, &id, &[&company.li.login]).await;
    step(&world, &company.chief.login, &id, "execute", json!({}))
        .await
        .ok();
    assert!(owners(&world).await.iter().all(|row| row[1] == "李四"));
    let session = world.get(&company.zhang.login, "/session").await.ok();
    assert_eq!(session["login"]["mode"], "normal");
}

async fn work_that_somebody_else_holds_by_now_stops_the_execution(world: World) {
    let company = Company::found(&world).await;
    let ids = work_of_zhang(&world, &company).await;
    let chief = &company.chief.login;
    let body = json!({ "from": company.zhang.id, "effective_on": world.today() });
    let id = draw(&world, &company, body).await;
    agree(&world, &company, &id, &[&company.li.login]).await;
    let body = json!({ "owner_id": company.wang.id, "effective_on": world.today(),
        "reason": "reassigned" });
    world
        .post(chief, &format!("/customers/{}/assign", ids[0]), body)
        .await
        .ok();
    let before = owners(&world).await;
    let stale = step(&world, chief, &id, "execute", json!({})).await;
    let words = stale.body.to_string();
    assert_eq!(stale.problem(409), "handover.plan_stale");
    assert!(words.contains("例如客户归属「"), "{words}");
    // The page says the same before anybody presses the button.
    let seen = plan(&world, chief, &id).await["conflicts"].to_string();
    assert!(seen.contains("1 项在起草后已换了负责人"), "{seen}");
    assert_eq!(owners(&world).await, before);
}

#[expect(clippy::too_many_lines, reason = "a story is told in one piece")]
async fn roles_and_seats_pass_on(world: World) {
    let company = Company::found(&world).await;
    let (zhang, li, wang, chief) = (&company.zhang, &company.li, &company.wang, &company.chief);
    let other = company.customer(&world, wang, "珠江阀门有限公司").await;
    let seat = json!({ "employee_id": zhang.id, "opens": true, "reason": "协助投标" });
    world
        .post(&chief.login, &format!("/customers/{other}/seats"), seat)
        .await
        .ok();
    let reports = ChangeJob {
        employee: li.id,
        effective_on: world.today(),
        entity: company.entity,
        department: company.north,
        post: company.post,
        line_manager: Some(zhang.id),
        reason: "汇报关系".to_owned(),
        seen: None,
    };
    world.done(&reports).await;
    world
        .done(&SetHead {
            department: company.north,
            employee: zhang.id,
            seen: None,
        })
        .await;
    let stand_in = AddStandIn {
        absent: wang.id,
        deputy: zhang.id,
        from: world.today(),
        until: None,
        reason: "出差".to_owned(),
        own: false,
    };
    world.done(&stand_in).await;
    let body = json!({ "from": zhang.id, "effective_on": world.today() });
    let id = draw(&world, &company, body).await;
    let seen = plan(&world, &chief.login, &id).await;
    let kinds: Vec<&String> = seen["preview"]["total"]["by_kind"]
        .as_object()
        .expect("kinds")
        .keys()
        .collect();
    assert_eq!(
        kinds,
        [
            "collaborator_seat",
            "department_head_role",
            "line_manager_role",
            "stand_in"
        ]
    );
    let path = format!("/handover-plans/{id}/items?kind=stand_in");
    let named = world.get(&chief.login, &path).await.ok();
    let named = &named["items"][0];
    assert!(
        named["label"].as_str().expect("a name").contains("代理"),
        "{named}"
    );
    let english = named["label_en"].as_str().expect("a name");
    assert!(english.contains(" stands in for "), "{named}");
    let roles = json!({ "version": 1, "change": { "change": "assign_by_rule",
        "kinds": ["department_head_role", "line_manager_role"], "successor_id": chief.id } });
    step(&world, &chief.login, &id, "edit", roles).await.ok();
    let seats = json!({ "version": 2, "change": { "change": "assign_by_rule",
        "kinds": ["collaborator_seat"], "successor_id": li.id } });
    step(&world, &chief.login, &id, "edit", seats).await.ok();
    agree(&world, &company, &id, &[&chief.login, &li.login]).await;
    step(&world, &chief.login, &id, "execute", json!({}))
        .await
        .ok();
    let query = "SELECT e.name AS n FROM customer_seat s JOIN people_employee e \
                 ON e.id = s.employee_id";
    assert_eq!(world.texts(query, &["n"]).await, [["李四"]]);
    let query = "SELECT m.name AS n FROM people_employee e JOIN people_employee m \
                 ON m.id = e.line_manager_id WHERE e.name = '李四'";
    assert_eq!(world.texts(query, &["n"]).await, [["陈总"]]);
    let query = "SELECT e.name AS n FROM people_head h JOIN people_employee e \
                 ON e.id = h.employee_id";
    assert_eq!(world.texts(query, &["n"]).await, [["陈总"]]);
    let query = "SELECT until_on AS n FROM people_stand_in";
    assert_eq!(
        world.texts(query, &["n"]).await,
        [[world.today().to_string()]]
    );
}

/// A stored request that says of itself that it is a rehearsal moves nothing: only the spine knows.
async fn only_a_dry_run_may_come_before_approval_and_day(world: World) {
    let company = Company::found(&world).await;
    work_of_zhang(&world, &company).await;
    let chief = &company.chief.login;
    let id = draw(&world, &company, json!({ "from": company.zhang.id })).await;
    let before = owners(&world).await;
    let shown = step(&world, chief, &id, "dry-run", json!({})).await.ok();
    assert_eq!(shown["customers"], 2, "a draft can be rehearsed");
    let stored = json!({ "plan": id, "by": "system", "rehearsal": true });
    let line = baton::registry::act("handover.execute").expect("the act");
    let act = (line.revive)(stored).expect("a request");
    let system = spine::By::system("test");
    let done = world.house.spine.perform_stored(&*act, &system, None).await;
    let Err(spine::Failure::Refused(no)) = done else {
        panic!("a draft was executed: {done:?}");
    };
    assert_eq!(no.code, "handover.plan_state");
    assert_eq!(owners(&world).await, before);
    assert_eq!(plan(&world, chief, &id).await["state"], "draft");
    assert!(world.entries("handover.execute").await.is_empty());
}

async fn whoever_began_to_leave_after_the_approval_gets_nothing(world: World) {
    let company = Company::found(&world).await;
    work_of_zhang(&world, &company).await;
    let chief = &company.chief.login;
    let body = json!({ "from": company.zhang.id, "effective_on": world.today().plus_days(1) });
    let id = draw(&world, &company, body).await;
    agree(&world, &company, &id, &[&company.li.login]).await;
    resign(&world, &company.li.login).await;
    world.pass_days(1);
    let before = owners(&world).await;
    let late = step(&world, chief, &id, "execute", json!({})).await;
    let words = late.body.to_string();
    assert_eq!(late.problem(409), "handover.plan_blocked");
    assert!(
        words.contains("李四 将于 2026-12-22 离职，不能接收"),
        "{words}"
    );
    assert!(
        words.contains("请作废该方案，重新起草并改派留任的接替人"),
        "{words}"
    );
    // The page says the same.
    let seen = plan(&world, chief, &id).await["conflicts"].to_string();
    assert!(
        seen.contains("李四 将于 2026-12-22 离职，不能接收"),
        "{seen}"
    );
    world.pass_days(30);
    let seen = plan(&world, chief, &id).await["conflicts"].to_string();
    assert!(
        seen.contains("李四 已于 2026-12-22 离职，不能接收"),
        "{seen}"
    );

    assert_eq!(owners(&world).await, before);
    let reason = json!({ "reason": "接替人也要离职" });
    step(&world, chief, &id, "cancel", reason).await.ok();
    let body = json!({ "from": company.zhang.id, "effective_on": world.today() });
    draw(&world, &company, body).await;
}

/// Nobody looks at a list of jobs: the plan, its history and the desk say what did not happen.
async fn a_day_that_was_missed_is_told_and_tried_again(world: World) {
    let company = Company::found(&world).await;
    work_of_zhang(&world, &company).await;
    let chief = &company.chief.login;
    let body = json!({ "from": company.zhang.id, "effective_on": world.today().plus_days(1) });
    let id = draw(&world, &company, body).await;
    agree(&world, &company, &id, &[&company.li.login]).await;
    let leaves = resign(&world, &company.li.login).await;
    let missed = async || {
        let path = "/handover-plans?missed=1";
        world.get(chief, path).await.ok()["items"].clone()
    };
    world.run_jobs().await;
    assert_eq!(missed().await, json!([]), "its day has not come");
    let before = owners(&world).await;
    for times in [1, 2] {
        world.pass_days(1);
        for _ in [1, 2] {
            world.run_jobs().await;
        }
        assert_eq!(world.entries("handover.miss_day").await.len(), times);
    }
    assert_eq!(owners(&world).await, before);
    assert_eq!(missed().await[0]["id"], json!(id));
    let history = world
        .get(chief, &format!("/evidence?subject=plan/{id}"))
        .await;
    let history = history.ok().to_string();
    for told in [
        "到期未能执行",
        "李四 将于 2026-12-22 离职，不能接收",
        "次日再试",
    ] {
        assert!(history.contains(told), "{told}: {history}");
    }
    let withdrawn = json!({ "employee_agrees": true, "company_agrees": true, "reason": "留任" });
    let path = format!("/departures/{leaves}/withdraw");
    world.post(&company.hr.login, &path, withdrawn).await.ok();
    world.pass_days(1);
    world.run_jobs().await;
    assert_eq!(plan(&world, chief, &id).await["state"], "executed");
    assert_ne!(owners(&world).await, before);
    assert_eq!(missed().await, json!([]));
    world.pass_days(1);
    world.run_jobs().await;
    assert_eq!(world.entries("handover.miss_day").await.len(), 2);
}

async fn a_plan_says_when_its_day_and_the_last_working_day_part(world: World) {
    let company = Company::found(&world).await;
    work_of_zhang(&world, &company).await;
    let (chief, hr) = (&company.chief.login, &company.hr.login);
    let leaves = resign(&world, &company.zhang.login).await;
    let body = json!({ "from": company.zhang.id, "departure_id": leaves });
    let id = draw(&world, &company, body).await;
    let told = async || {
        let found = plan(&world, chief, &id).await["conflicts"].clone();
        let found = found.as_array().expect("conflicts").clone();
        let apart = found.into_iter().find(|one| one["kind"] == "days_apart");
        apart.map(|one| (one["blocks"].clone(), one["zh"].to_string()))
    };
    assert_eq!(
        told().await,
        None,
        "it counts from the day after the last one"
    );
    for (last, words) in [
        (
            "2026-12-20",
            "移交人工作到 2026-12-20，方案自 2026-12-23 起才生效，其间 2 天",
        ),
        ("2026-12-22", ""),
        (
            "2026-12-30",
            "起草方案之后最后工作日改为 2026-12-30，方案仍自 2026-12-23 起生效",
        ),
    ] {
        let clocks = json!({ "clocks": { "employment_ends_on": "2026-12-31",
            "last_working_day": last, "commission_cutoff_on": "2026-12-22" }, "reason": "商定" });
        world
            .post(hr, &format!("/departures/{leaves}/dates"), clocks)
            .await
            .ok();
        match told().await {
            None => assert!(words.is_empty(), "{words}"),
            Some((blocks, zh)) => {
                assert_eq!(blocks, json!(false));
                assert!(!words.is_empty() && zh.contains(words), "{zh}");
            }
        }
    }
}

async fn a_departure_whose_plan_was_called_off_stands_on_the_desk(world: World) {
    let company = Company::found(&world).await;
    work_of_zhang(&world, &company).await;
    let chief = &company.chief.login;
    let leaves = resign(&world, &company.zhang.login).await;
    let missed = async || {
        let found = world.get(chief, "/handover-plans?missed=1").await.ok();
        texts_of(&found["items"], "id")
    };
    let reason = || json!({ "reason": "接替人另有安排" });
    let departing = || json!({ "from": company.zhang.id, "departure_id": leaves });
    let first = draw(&world, &company, departing()).await;
    assert!(missed().await.is_empty(), "it is being drawn up");
    step(&world, chief, &first, "cancel", reason()).await.ok();
    assert_eq!(missed().await, [first.as_str()]);
    world.pass_days(1);
    let second = draw(&world, &company, departing()).await;
    assert!(missed().await.is_empty(), "there is another");
    agree(&world, &company, &second, &[&company.li.login]).await;
    step(&world, chief, &second, "cancel", reason()).await.ok();
    assert_eq!(missed().await, [second.as_str()], "only the last one");
    let stays = json!({ "employee_agrees": true, "company_agrees": true, "reason": "留任" });
    let path = format!("/departures/{leaves}/withdraw");
    world.post(&company.hr.login, &path, stays).await.ok();
    assert!(missed().await.is_empty(), "he stays");
}

/// The step of the departure is open again, with its time; another plan ends it again.
async fn a_plan_that_was_called_off_is_asked_for_again(world: World) {
    let company = Company::found(&world).await;
    work_of_zhang(&world, &company).await;
    let (chief, hr) = (&company.chief.login, &company.hr.login);
    let leaves = resign(&world, &company.zhang.login).await;
    let path = format!("/departures/{leaves}/acknowledge");
    world.post(hr, &path, json!({})).await.ok();
    let asked = async || {
        let path = format!("/departures/{leaves}");
        let seen = world.get(hr, &path).await.ok();
        let mut walked = seen["tasks"].as_array().expect("tasks").iter();
        let last = walked.rfind(|task| task["node"] == "plan");
        last.expect("the step").clone()
    };
    let due = asked().await["due_at"].clone();
    assert!(due.is_string());
    let departing = || json!({ "from": company.zhang.id, "departure_id": leaves });
    let first = draw(&world, &company, departing()).await;
    agree(&world, &company, &first, &[&company.li.login]).await;
    assert_eq!(asked().await["state"], "passed");
    world.pass_days(7);
    let reason = || json!({ "reason": "接替人另有安排" });
    step(&world, chief, &first, "cancel", reason()).await.ok();
    let again = asked().await;
    assert_eq!(
        (&again["state"], &again["overdue"]),
        (&json!("active"), &json!(false))
    );
    assert!(
        again["due_at"].is_string() && again["due_at"] != due,
        "{again}"
    );

    let second = draw(&world, &company, departing()).await;
    let version = json!({ "version": plan(&world, chief, &second).await["version"] });
    step(&world, chief, &second, "submit", version).await.ok();
    assert_eq!(asked().await["state"], "passed");
    // Nor is it submitted any more once it goes back to whoever draws it up.
    step(&world, chief, &second, "withdraw", reason())
        .await
        .ok();
    assert_eq!(asked().await["state"], "active");
    agree(&world, &company, &second, &[&company.li.login]).await;
    assert_eq!(asked().await["state"], "passed");
    let story = world.entries("approval.refresh").await;
    let told = story
        .iter()
        .filter(|one| one.to_string().contains("须重新办理"));
    assert_eq!(told.count(), 2);
}

/// What it lists was seen to in another way; its day comes when the departure is closed.
async fn a_departure_that_was_closed_before_holds_no_plan_up(world: World) {
    let company = Company::found(&world).await;
    let (chief, hr) = (&company.chief.login, &company.hr.login);
    under(&world, &company, &company.li, &company.zhang).await;
    let leaves = resign(&world, &company.zhang.login).await;
    let departure = |step: &str| format!("/departures/{leaves}/{step}");
    world
        .post(hr, &departure("acknowledge"), json!({}))
        .await
        .ok();
    let day = world.today().plus_days(40);
    let body = json!({ "from": company.zhang.id, "departure_id": leaves, "effective_on": day });
    let id = draw(&world, &company, body).await;
    let role = json!({ "version": 1, "change": { "change": "assign_by_rule",
        "kinds": ["line_manager_role"], "successor_id": company.wang.id } });
    step(&world, chief, &id, "edit", role).await.ok();
    agree(&world, &company, &id, &[&company.wang.login]).await;
    under(&world, &company, &company.li, &company.chief).await;
    world.pass_days(31);
    certificate(&world, &leaves).await;
    world.post(hr, &departure("close"), json!({})).await.ok();
    world.pass_days(10);
    world.run_jobs().await;
    assert_eq!(plan(&world, chief, &id).await["state"], "executed");
    assert!(world.entries("handover.miss_day").await.is_empty());
}

/// The chief gives a customer to Li by hand, with everything of it.
async fn by_hand(world: &World, company: &Company, customer: &str) {
    let body = json!({ "to_id": company.li.id, "effective_on": world.today(),
        "reason": "岗位调整" });
    let path = format!("/customers/{customer}/hand-over");
    world.post(&company.chief.login, &path, body).await.ok();
}

// The signed log said that all of it was handed over by the plan.
async fn what_was_there_already_is_not_counted_as_moved(world: World) {
    let company = Company::found(&world).await;
    let ids = work_of_zhang(&world, &company).await;
    let chief = &company.chief.login;
    let body = json!({ "from": company.zhang.id, "effective_on": world.today() });
    let id = draw(&world, &company, body).await;
    agree(&world, &company, &id, &[&company.li.login]).await;
    by_hand(&world, &company, &ids[0]).await;
    let counts = |done: &Json| (done["customers"].clone(), done["already"].clone());
    let tried = step(&world, chief, &id, "dry-run", json!({})).await.ok();
    assert_eq!(counts(&tried), (json!(1), json!(1)), "{tried}");
    let done = step(&world, chief, &id, "execute", json!({})).await.ok();
    assert_eq!(counts(&done), (json!(1), json!(1)), "{done}");
    let entry = world.entries("handover.execute").await[0].to_string();
    assert!(
        entry.contains("已执行：1 户客户") && entry.contains("另有 1 项此前已归接替人"),
        "{entry}"
    );
    let seen = plan(&world, chief, &id).await["preview"].clone();
    assert_eq!(seen["already"], 1);
    assert_eq!(seen["total"]["items"], done["things"]);
    assert_eq!(seen["total"]["by_kind"]["customer_ownership"], 1);
    assert_eq!(seen["shares"][0]["moves"]["customers"], 1);
    let moved = "SELECT plan_id AS n FROM customer_assignment WHERE plan_id IS NOT NULL";
    assert_eq!(world.texts(moved, &["n"]).await, [[id]]);
}

/// On its day it is told why nothing happens, and not every night anew.
async fn a_plan_of_which_everything_is_there_already_is_refused_once(world: World) {
    let company = Company::found(&world).await;
    let ids = work_of_zhang(&world, &company).await;
    let chief = &company.chief.login;
    let body = json!({ "from": company.zhang.id, "effective_on": world.today().plus_days(1) });
    let id = draw(&world, &company, body).await;
    agree(&world, &company, &id, &[&company.li.login]).await;
    for customer in &ids {
        by_hand(&world, &company, customer).await;
    }
    for _ in [1, 2] {
        world.pass_days(1);
        world.run_jobs().await;
    }
    let missed = world.entries("handover.miss_day").await;
    assert_eq!(missed.len(), 1, "{missed:?}");
    assert!(
        missed[0].to_string().contains("不再自动重试，请作废该方案"),
        "{}",
        missed[0]
    );
    assert!(world.entries("handover.execute").await.is_empty());
    let seen = plan(&world, chief, &id).await;
    assert_eq!(seen["state"], "approved");
    let mut conflicts = seen["conflicts"].as_array().expect("conflicts").iter();
    let stands = conflicts.find(|one| one["kind"] == "nothing_moves");
    assert_eq!(stands.expect("told on the page")["blocks"], true);
    let late = step(&world, chief, &id, "execute", json!({})).await;
    let words = late.body.to_string();
    assert_eq!(late.problem(409), "handover.nothing_moves");
    assert!(words.contains("请作废该方案"), "{words}");
    let why = json!({ "reason": "均已转移" });
    step(&world, chief, &id, "cancel", why).await.ok();
}

fn texts_of(items: &Json, key: &str) -> Vec<String> {
    let items = items.as_array().expect("items").iter();
    items
        .map(|item| item[key].as_str().unwrap_or_default().to_owned())
        .collect()
}
