//! Alerts: what is attempted beyond one's rights reaches the security officer, once, in words.

use baton::alert::follow;
use baton::session::acts::count_failure::CountFailure;
use serde_json::{Value as Json, json};
use spine::{JobKind, NewJob, Select};

use crate::departure::resign;
use crate::harness::{Company, Login, World};

story!(
    one_denied_attempt_in_the_notice_period_is_an_alert_at_once,
    repeated_attempts_are_counted_not_listed,
    an_officer_takes_and_resolves_and_it_is_proved,
    five_denials_of_a_colleague_are_an_alert_one_is_none,
    guessed_passwords_name_the_login_and_no_typed_secret,
    reveals_jobs_and_signatures_raise_alerts_too,
    alerts_are_for_those_who_may_and_say_no_customer,
    whoever_runs_a_departure_sees_its_alerts_and_the_leaver_does_not,
);

async fn alerts(world: &World, login: &Login, query: &str) -> Vec<Json> {
    let page = world.get(login, &format!("/alerts{query}")).await.ok();
    page["items"].as_array().expect("items").clone()
}

async fn officer(world: &World) -> Login {
    world.login(None, &["security_admin"]).await
}

fn pass_seconds(world: &World, seconds: i64) {
    world
        .clock
        .set(world.house.spine.now().plus_seconds(seconds));
}

/// Raises what there is; gives how many alerts were raised or counted up.
async fn raised(world: &World) -> usize {
    follow(&world.house).await.expect("alerts")
}

async fn one_denied_attempt_in_the_notice_period_is_an_alert_at_once(world: World) {
    let company = Company::found(&world).await;
    let own = company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    let departure = resign(&world, &company.zhang.login).await;
    let zhang = world.log_in(company.zhang.login.id).await;
    let give = json!({ "to_id": company.li.id, "effective_on": world.today(), "reason": "给他" });
    let path = format!("/customers/{own}/hand-over");
    assert_eq!(world.post(&zhang, &path, give).await.status.as_u16(), 403);
    assert_eq!(raised(&world).await, 1);

    let officer = officer(&world).await;
    let seen = alerts(&world, &officer, "").await;
    assert_eq!(seen.len(), 1, "{seen:?}");
    assert_eq!(seen[0]["kind"]["key"], "handover_denied");
    assert_eq!(seen[0]["severity"]["key"], "high");
    assert_eq!(seen[0]["departure_id"], departure);
    assert_eq!(
        seen[0]["zh"],
        "张三（E002）在交接期越权操作 1 次，均被拒绝：申请移交客户"
    );
    let id = seen[0]["id"].as_str().expect("an id");
    let view = world.get(&officer, &format!("/alerts/{id}")).await.ok();
    assert_eq!(view["attempts"][0]["act"]["zh"], "移交客户");
    assert_eq!(view["attempts"][0]["in_handover"], true);
    assert_eq!(view["may_handle"], true);
    // The proof: one entry, whose words stand outside the tree, and whose code in it is the kind.
    let entries = world.entries("alert.raise").await;
    assert_eq!(entries.len(), 1);
    assert!(entries[0]["zh"].as_str().expect("words").contains("张三"));
    assert_eq!(
        entries[0]["detail"]["about"],
        format!("employee/{}", company.zhang.id)
    );
    const TREE: Select = Select::new("SELECT entry FROM log_entry WHERE kind = 'alert.raise'");
    let rows = world
        .house
        .spine
        .db()
        .read(&TREE, Vec::new())
        .await
        .expect("the log");
    let tree = String::from_utf8(rows[0].get("entry").expect("bytes")).expect("text");
    assert!(
        tree.contains("handover_denied") && !tree.contains("张三"),
        "{tree}"
    );
    // Nothing new: nothing happens.
    assert_eq!(raised(&world).await, 0);
}

async fn repeated_attempts_are_counted_not_listed(world: World) {
    let company = Company::found(&world).await;
    let zhang = world.enter_handover(&company.zhang.login).await;
    let body = json!({ "name": "新客户", "region": "", "industry": "", "tier": "" });
    for _ in 0..3 {
        pass_seconds(&world, 1);
        assert_eq!(
            world
                .post(&zhang, "/customers", body.clone())
                .await
                .status
                .as_u16(),
            403
        );
    }
    assert_eq!(raised(&world).await, 1);
    for _ in 0..40 {
        pass_seconds(&world, 2);
        world
            .post(&zhang, "/customers", body.clone())
            .await
            .problem(403);
        raised(&world).await;
    }
    pass_seconds(&world, 61);
    raised(&world).await;
    let officer = officer(&world).await;
    let seen = alerts(&world, &officer, "").await;
    assert_eq!((seen.len(), &seen[0]["times"]), (1, &json!(43)));
    // Counted up at most once a minute: 80 seconds of attempts, the opening and two updates.
    let entries = world.entries("alert.raise").await.len();
    assert!((2..=4).contains(&entries), "{entries}");
    // Graver than before: counted at once.
    let plan = json!({ "from": company.zhang.id });
    world
        .post(&zhang, "/handover-plans", plan)
        .await
        .problem(403);
    pass_seconds(&world, 1);
    world
        .post(
            &zhang,
            "/handover-plans",
            json!({ "from": company.zhang.id }),
        )
        .await
        .problem(403);
    assert_eq!(raised(&world).await, 1);
    let seen = alerts(&world, &officer, "?severity=high").await;
    assert_eq!(seen.len(), 1, "{seen:?}");
}

#[expect(
    clippy::too_many_lines,
    reason = "a story is told from its beginning to its end"
)]
async fn an_officer_takes_and_resolves_and_it_is_proved(world: World) {
    let company = Company::found(&world).await;
    let zhang = world.enter_handover(&company.zhang.login).await;
    let body = json!({ "name": "新客户", "region": "", "industry": "", "tier": "" });
    world
        .post(&zhang, "/customers", body.clone())
        .await
        .problem(403);
    raised(&world).await;
    let (first, second) = (officer(&world).await, officer(&world).await);
    let id = alerts(&world, &first, "?state=unresolved").await[0]["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let count = world.get(&first, "/alerts/count").await.ok();
    assert_eq!((&count["open"], &count["taken"]), (&json!(1), &json!(0)));

    let (take, resolve) = (
        format!("/alerts/{id}/take"),
        format!("/alerts/{id}/resolve"),
    );
    let end = |note: &str| json!({ "conclusion": "explained", "note": note });
    let answer = world.post(&first, &take, json!({})).await.ok();
    assert!(answer["entry"].is_u64(), "{answer}");
    assert_eq!(
        world.post(&first, &take, json!({})).await.problem(409),
        "alert.yours_already"
    );
    let other = world.post(&second, &resolve, end("核实过")).await;
    assert_eq!(other.problem(409), "alert.taken_by_another");
    world.post(&second, &take, json!({})).await.ok();
    for (note, ok) in [
        ("", false),
        ("无", false),
        (&*"长".repeat(501), false),
        ("核实过", true),
    ] {
        let answer = world.post(&second, &resolve, end(note)).await;
        assert_eq!(answer.status.is_success(), ok, "{note}: {}", answer.body);
    }
    let unknown = json!({ "conclusion": "whatever", "note": "核实过" });
    assert_eq!(
        world.post(&second, &resolve, unknown).await.problem(422),
        "request.unknown_word"
    );
    assert_eq!(
        world
            .post(&second, &resolve, end("再来"))
            .await
            .problem(409),
        "alert.resolved"
    );
    let view = world.get(&first, &format!("/alerts/{id}")).await.ok();
    assert_eq!(view["state"]["key"], "resolved");
    assert_eq!(view["ending"]["note"], "核实过");
    assert_eq!(view["ending"]["conclusion"]["zh"], "有正当原因");
    let told = world
        .get(&first, &format!("/evidence?subject=alert/{id}"))
        .await
        .ok();
    let lines = told["items"].as_array().expect("items");
    let kinds: Vec<&str> = lines
        .iter()
        .filter_map(|line| line["kind"].as_str())
        .collect();
    assert_eq!(
        kinds,
        ["alert.resolve", "alert.take", "alert.take", "alert.raise"]
    );
    assert!(
        lines[0]["zh"]
            .as_str()
            .expect("words")
            .contains("有正当原因")
    );
    // What was resolved stays so; the next attempt is a new alert.
    assert_eq!(raised(&world).await, 0);
    pass_seconds(&world, 5);
    world.post(&zhang, "/customers", body).await.problem(403);
    assert_eq!(raised(&world).await, 1);
    assert_eq!(alerts(&world, &first, "").await.len(), 2);
    assert_eq!(alerts(&world, &first, "?state=unresolved").await.len(), 1);
}

async fn five_denials_of_a_colleague_are_an_alert_one_is_none(world: World) {
    let company = Company::found(&world).await;
    let theirs = company
        .customer(&world, &company.wang, "卢沟轴承有限公司")
        .await;
    let path = format!("/customers/{theirs}");
    for _ in 0..4 {
        pass_seconds(&world, 20);
        world.get(&company.li.login, &path).await.problem(404);
    }
    assert_eq!(raised(&world).await, 0);
    pass_seconds(&world, 20);
    world.get(&company.li.login, &path).await.problem(404);
    assert_eq!(raised(&world).await, 1);
    let officer = officer(&world).await;
    let seen = alerts(&world, &officer, "?kind=many_denied&q=李四").await;
    assert_eq!((seen.len(), &seen[0]["times"]), (1, &json!(5)));
    let text = seen[0].to_string();
    assert!(!text.contains("卢沟") && !text.contains(&theirs), "{text}");
    assert!(
        alerts(&world, &officer, "?kind=handover_denied")
            .await
            .is_empty()
    );
    let wrong = world.get(&officer, "/alerts?kind=none").await;
    assert_eq!(wrong.problem(422), "request.unknown_word");
    // Resolved, then one more: too little for another alert.
    let id = seen[0]["id"].as_str().expect("an id");
    let end = json!({ "conclusion": "mistaken", "note": "收藏的旧链接" });
    world
        .post(&officer, &format!("/alerts/{id}/resolve"), end)
        .await
        .ok();
    pass_seconds(&world, 20);
    world.get(&company.li.login, &path).await.problem(404);
    assert_eq!(raised(&world).await, 0);
}

async fn guessed_passwords_name_the_login_and_no_typed_secret(world: World) {
    let company = Company::found(&world).await;
    let number = world.get(&company.li.login, "/session").await.ok()["login"]["number"]
        .as_str()
        .expect("a number")
        .to_owned();
    for _ in 0..5 {
        let number = number.clone();
        world.done(&CountFailure { number }).await;
    }
    for _ in 0..5 {
        let number = "hunter2-typed-into-the-wrong-box".to_owned();
        world.done(&CountFailure { number }).await;
    }
    let entries = json!(world.entries("session.count_failure").await).to_string();
    assert!(!entries.contains("hunter2"), "{entries}");
    assert_eq!(raised(&world).await, 1);
    let officer = officer(&world).await;
    let seen = alerts(&world, &officer, "").await;
    assert_eq!(
        (seen.len(), &seen[0]["kind"]["key"]),
        (1, &json!("login_guessing"))
    );
    assert!(
        seen[0]["zh"]
            .as_str()
            .expect("words")
            .contains("李四（E003）")
    );
    for n in 0..20 {
        let number = format!("X{}", n % 4);
        world.done(&CountFailure { number }).await;
    }
    pass_seconds(&world, 61);
    assert_eq!(raised(&world).await, 1);
    let seen = alerts(&world, &officer, "?kind=login_spraying").await;
    assert_eq!(
        (seen.len(), &seen[0]["severity"]["key"]),
        (1, &json!("high"))
    );
    for alert in alerts(&world, &officer, "").await {
        assert!(!alert.to_string().contains("hunter2"), "{alert}");
    }
}

const NEVER: JobKind = "nobody.knows";

async fn reveals_jobs_and_signatures_raise_alerts_too(world: World) {
    let company = Company::found(&world).await;
    let own = company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    let body = json!({ "name": "王小姐", "phone": "13800001111" });
    let contact = world
        .post(
            &company.zhang.login,
            &format!("/customers/{own}/contacts"),
            body,
        )
        .await
        .id();
    let zhang = world.enter_handover(&company.zhang.login).await;
    let reveal = format!("/contacts/{contact}/reveal");
    for n in 0..5 {
        assert_eq!(raised(&world).await, 0, "after {n}");
        pass_seconds(&world, 30);
        let why = json!({ "reason": "交接联系" });
        world.post(&zhang, &reveal, why).await.ok();
    }
    assert_eq!(raised(&world).await, 1);
    let officer = officer(&world).await;
    let seen = alerts(&world, &officer, "?kind=many_reveals").await;
    assert_eq!(&seen[0]["severity"]["key"], "high");
    assert!(!seen[0].to_string().contains("王小姐"));

    crate::job::wanted(
        &world,
        NewJob {
            kind: NEVER,
            body: "{}".to_owned(),
            run_at: world.house.spine.now(),
            unique: None,
        },
    )
    .await;
    crate::job::fail_for_good(&world).await;
    assert_eq!(raised(&world).await, 1);
    assert_eq!(raised(&world).await, 0);
    let seen = alerts(&world, &officer, "?kind=job_failed").await;
    assert!(seen[0]["zh"].as_str().expect("words").contains(NEVER));

    let now = world.house.spine.now();
    world.house.heartbeat.not_signed(now, false);
    assert_eq!(raised(&world).await, 0);
    pass_seconds(&world, 60);
    assert_eq!(raised(&world).await, 1);
    let seen = alerts(&world, &officer, "?severity=critical").await;
    assert_eq!(seen[0]["kind"]["key"], "log_unsigned");
    world.house.heartbeat.signed();
    pass_seconds(&world, 120);
    assert_eq!(raised(&world).await, 0);
}

#[expect(
    clippy::too_many_lines,
    reason = "a story is told from its beginning to its end"
)]
async fn alerts_are_for_those_who_may_and_say_no_customer(world: World) {
    let company = Company::found(&world).await;
    let zhang = world.enter_handover(&company.zhang.login).await;
    let body = json!({ "name": "新客户", "region": "", "industry": "", "tier": "" });
    world.post(&zhang, "/customers", body).await.problem(403);
    raised(&world).await;
    let (guard, auditor) = (officer(&world).await, world.login(None, &["auditor"]).await);
    let id = alerts(&world, &guard, "").await[0]["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let one = format!("/alerts/{id}");
    let end = json!({ "conclusion": "confirmed", "note": "已谈话" });
    let gets = ["/alerts", "/alerts/count", "/alert-words", &*one];
    for path in gets {
        assert_eq!(world.nobody_gets(path).await.status.as_u16(), 401, "{path}");
        for stranger in [
            &company.li,
            &company.chief,
            &company.hr,
            &company.finance,
            &company.it,
        ] {
            assert_eq!(
                world.get(&stranger.login, path).await.status.as_u16(),
                403,
                "{path}"
            );
        }
        assert_eq!(world.get(&zhang, path).await.status.as_u16(), 403, "{path}");
        world.get(&auditor, path).await.ok();
    }
    for (verb, body) in [("take", json!({})), ("resolve", end)] {
        let path = format!("{one}/{verb}");
        for stranger in [&company.li.login, &company.hr.login, &zhang, &auditor] {
            let answer = world.post(stranger, &path, body.clone()).await;
            assert!(
                [403, 404].contains(&answer.status.as_u16()),
                "{path} {}",
                answer.body
            );
        }
    }
    // The auditor sees, and is told so; he handles nothing.
    assert_eq!(world.get(&auditor, &one).await.ok()["may_handle"], false);
    // An officer who is leaving handles nothing any more, and nobody handles his own case.
    let nobody = world
        .get(&guard, "/alerts/alr_00000000000000000000000000")
        .await;
    nobody.problem(404);
    let own = world.enter_handover(&guard).await;
    assert_eq!(world.get(&own, "/alerts").await.status.as_u16(), 403);
    raised(&world).await;
    let second = officer(&world).await;
    let about = alerts(&world, &second, "?q=L0").await;
    let about = about
        .iter()
        .find(|one| one["kind"]["key"] == "handover_denied");
    let about = about.expect("an alert about the officer")["id"]
        .as_str()
        .expect("an id");
    let back = baton::session::acts::set_access::SetAccess {
        login: guard.id,
        mode: Some(access::Mode::Normal),
        active: Some(true),
        why: "test".to_owned(),
    };
    world.done(&back).await;
    let guard = world.log_in(guard.id).await;
    let answer = world
        .post(&guard, &format!("/alerts/{about}/take"), json!({}))
        .await;
    assert_eq!(answer.problem(409), "alert.about_yourself");
}

async fn whoever_runs_a_departure_sees_its_alerts_and_the_leaver_does_not(world: World) {
    let company = Company::found(&world).await;
    let departure = resign(&world, &company.zhang.login).await;
    let zhang = world.log_in(company.zhang.login.id).await;
    let body = json!({ "name": "新客户", "region": "", "industry": "", "tier": "" });
    world.post(&zhang, "/customers", body).await.problem(403);
    raised(&world).await;
    let path = format!("/alerts?departure={departure}");
    for reader in [&company.hr.login, &company.chief.login] {
        let page = world.get(reader, &path).await.ok();
        assert_eq!(page["items"].as_array().expect("items").len(), 1);
        assert_eq!(page["items"][0]["taken_by"], Json::Null);
        // Not the alerts of everybody, and not how they are handled.
        assert_eq!(world.get(reader, "/alerts").await.status.as_u16(), 403);
        let id = page["items"][0]["id"].as_str().expect("an id");
        assert_eq!(
            world
                .get(reader, &format!("/alerts/{id}"))
                .await
                .status
                .as_u16(),
            403
        );
    }
    for stranger in [&zhang, &company.li.login, &company.finance.login] {
        assert_eq!(world.get(stranger, &path).await.status.as_u16(), 403);
    }
    // What he tried does not stand in the histories that he may read.
    let history = format!("/evidence?subject=departure/{departure}");
    let told = world.get(&zhang, &history).await.ok();
    assert!(!told.to_string().contains("alert."), "{told}");
}
