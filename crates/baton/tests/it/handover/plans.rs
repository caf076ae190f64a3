//! Plans: drawn up, changed, answered, approved.

use serde_json::json;

use super::{agree, draw, owners, plan, step, work_of_zhang};
use crate::harness::{Company, Login, World};

story!(
    a_plan_is_answered_again_when_a_share_changed,
    nobody_approves_what_he_gives_or_gains_alone,
    two_truths_about_the_owner_block_and_are_shown,
    what_arrives_later_gets_a_plan_of_its_own,
    a_receiver_sees_his_own_share_only,
    lines_and_sums_of_a_draft_are_those_of_today,
    whoever_reads_a_draft_reads_its_history,
    what_changes_nothing_is_refused,
);

async fn listed(world: &World, login: &Login, narrowed: &str) -> usize {
    let path = format!("/handover-plans?{narrowed}");
    let found = world.get(login, &path).await.ok();
    found["items"].as_array().map_or(0, Vec::len)
}

async fn a_plan_is_answered_again_when_a_share_changed(world: World) {
    let company = Company::found(&world).await;
    let ids = work_of_zhang(&world, &company).await;
    let (chief, li, wang) = (&company.chief.login, &company.li.login, &company.wang.login);
    let id = draw(&world, &company, json!({ "from": company.zhang.id })).await;
    assert_eq!(listed(&world, chief, "drawn=1&state=draft").await, 1);
    assert_eq!(listed(&world, li, "drawn=1").await, 0);
    assert_eq!(listed(&world, li, "waiting=1").await, 0, "not asked yet");
    step(&world, chief, &id, "submit", json!({ "version": 1 }))
        .await
        .ok();
    assert_eq!(listed(&world, li, "waiting=1").await, 1);
    let no = json!({ "version": 1, "accept": false, "reason": "" });
    let wordless = step(&world, li, &id, "answer", no).await;
    assert_eq!(wordless.problem(422), "handover.decline_without_reason");
    step(
        &world,
        li,
        &id,
        "answer",
        json!({ "version": 1, "accept": true }),
    )
    .await
    .ok();
    assert_eq!(listed(&world, li, "waiting=1").await, 0);

    let change = json!({ "version": 1, "change": { "change": "assign_customers",
        "customer_ids": [ids[0]], "successor_id": company.wang.id } });
    let changed = step(&world, chief, &id, "edit", change.clone()).await.ok();
    assert_eq!(
        (&changed["version"], &changed["changed"]),
        (&json!(2), &json!(1))
    );
    let stale = step(&world, chief, &id, "edit", change).await;
    assert_eq!(stale.problem(409), "handover.plan_changed");
    let seen = plan(&world, chief, &id).await;
    let standing = |name: &str| {
        let all = seen["acceptances"].as_array().expect("answers");
        let one = all
            .iter()
            .find(|one| one["successor"]["name"] == name)
            .expect("one");
        one["standing"].as_str().expect("a word").to_owned()
    };
    assert_eq!(
        (standing("李四").as_str(), standing("王五").as_str()),
        ("outdated", "waiting")
    );
    // What he said was about another share.
    assert_eq!(listed(&world, li, "waiting=1").await, 1);
    let waiting = step(&world, chief, &id, "approve", json!({ "version": 2 })).await;
    assert_eq!(waiting.problem(409), "handover.not_accepted");
    for receiver in [li, wang] {
        step(
            &world,
            receiver,
            &id,
            "answer",
            json!({ "version": 2, "accept": true }),
        )
        .await
        .ok();
    }
    step(&world, chief, &id, "approve", json!({ "version": 2 }))
        .await
        .ok();
    let late = json!({ "version": 2, "change": { "change": "accept_suggestions" } });
    assert_eq!(
        step(&world, chief, &id, "edit", late).await.problem(409),
        "handover.plan_state"
    );
}

async fn nobody_approves_what_he_gives_or_gains_alone(world: World) {
    let company = Company::found(&world).await;
    work_of_zhang(&world, &company).await;
    let chief = &company.chief;
    let id = draw(&world, &company, json!({ "from": company.zhang.id })).await;
    let rule = json!({ "version": 1, "change": { "change": "assign_by_rule",
        "kinds": [], "successor_id": chief.id } });
    step(&world, &chief.login, &id, "edit", rule).await.ok();
    step(&world, &chief.login, &id, "submit", json!({ "version": 2 }))
        .await
        .ok();
    step(
        &world,
        &chief.login,
        &id,
        "answer",
        json!({ "version": 2, "accept": true }),
    )
    .await
    .ok();
    let alone = step(
        &world,
        &chief.login,
        &id,
        "approve",
        json!({ "version": 2 }),
    )
    .await;
    assert_eq!(alone.problem(409), "handover.plan_blocked");
    // A salesperson approves nothing, least of all the giver.
    let giver = step(
        &world,
        &company.zhang.login,
        &id,
        "approve",
        json!({ "version": 2 }),
    )
    .await;
    assert_eq!(giver.status.as_u16(), 403);
    let other = step(
        &world,
        &company.wang.login,
        &id,
        "approve",
        json!({ "version": 2 }),
    )
    .await;
    assert_eq!(other.status.as_u16(), 404);
}

async fn two_truths_about_the_owner_block_and_are_shown(world: World) {
    let company = Company::found(&world).await;
    let ids = work_of_zhang(&world, &company).await;
    let statement = format!(
        "INSERT INTO customer_assignment (customer_id, seq, effective_on, recorded_at, owner_id, \
         recorded_by, reason) VALUES ('{}', 2, '2026-11-22', 1795320000000, '{}', 'x', 'imported')",
        ids[0], company.wang.id
    );
    world.raw(&statement).await.expect("a second truth");
    let id = draw(&world, &company, json!({ "from": company.zhang.id })).await;
    let seen = plan(&world, &company.chief.login, &id).await;
    assert_eq!(seen["conflicts"][0]["kind"], "two_owners");
    assert_eq!(seen["conflicts"][0]["blocks"], true);
    assert_eq!(seen["conflicts"][0]["person"]["name"], "王五");
    let blocked = step(
        &world,
        &company.chief.login,
        &id,
        "submit",
        json!({ "version": 1 }),
    )
    .await;
    assert_eq!(blocked.problem(409), "handover.plan_blocked");
}

async fn what_arrives_later_gets_a_plan_of_its_own(world: World) {
    let company = Company::found(&world).await;
    let ids = work_of_zhang(&world, &company).await;
    let chief = &company.chief.login;
    let id = draw(&world, &company, json!({ "from": company.zhang.id })).await;
    agree(&world, &company, &id, &[&company.li.login]).await;
    let twice = world
        .post(
            chief,
            "/handover-plans",
            json!({ "from": company.zhang.id }),
        )
        .await;
    assert_eq!(twice.problem(409), "handover.plan_open");
    let nothing = step(&world, chief, &id, "remainder", json!({})).await;
    assert_eq!(nothing.problem(409), "handover.nothing");
    company
        .customer(&world, &company.zhang, "后来机械有限公司")
        .await;
    // What hangs on a listed customer follows him whenever it arrives.
    company.invoice(&world, &ids[0], "FP-LATE", "77.00").await;
    let rest = step(&world, chief, &id, "remainder", json!({})).await.id();
    let seen = plan(&world, chief, &rest).await;
    assert_eq!(seen["remainder_of_id"], id.as_str());
    assert_eq!(seen["preview"]["total"]["customers"], 1);
    agree(&world, &company, &rest, &[&company.li.login]).await;
    world.pass_days(1);
    world.run_jobs().await;
    assert!(owners(&world).await.iter().all(|row| row[1] == "李四"));
    let late = "SELECT e.name AS n FROM receivable_invoice i JOIN people_employee e \
                ON e.id = i.responsible_id WHERE i.number = 'FP-LATE'";
    assert_eq!(world.texts(late, &["n"]).await, [["李四"]]);
}

async fn a_receiver_sees_his_own_share_only(world: World) {
    let company = Company::found(&world).await;
    let ids = work_of_zhang(&world, &company).await;
    let id = draw(&world, &company, json!({ "from": company.zhang.id })).await;
    let change = json!({ "version": 1, "change": { "change": "assign_customers",
        "customer_ids": [ids[0]], "successor_id": company.wang.id } });
    step(&world, &company.chief.login, &id, "edit", change)
        .await
        .ok();
    // A draft may still give it to somebody else; he learns of it when he is asked.
    let path = format!("/handover-plans/{id}");
    let draft = world.get(&company.wang.login, &path).await;
    assert_eq!(draft.status.as_u16(), 404);
    assert_eq!(listed(&world, &company.wang.login, "").await, 0);
    let submit = json!({ "version": 2 });
    step(&world, &company.chief.login, &id, "submit", submit)
        .await
        .ok();
    let seen = plan(&world, &company.wang.login, &id).await;
    assert_eq!(
        (&seen["whole"], &seen["preview"]["total"]["customers"]),
        (&json!(false), &json!(1))
    );
    let lines = world
        .get(&company.wang.login, &format!("/handover-plans/{id}/items"))
        .await
        .ok();
    assert_eq!(lines["items"].as_array().expect("lines").len(), 1);
    let mine = world
        .get(&company.wang.login, "/handover-plans?mine=1")
        .await
        .ok();
    assert_eq!(mine["items"][0]["number"], "JJ2026-0001");
    assert_eq!(mine["items"][0]["customers"], 1, "his share");
    for login in [&company.chief.login, &company.zhang.login] {
        let all = world.get(login, "/handover-plans").await.ok();
        assert_eq!(all["items"][0]["customers"], 2, "the whole plan");
    }
    assert_eq!(
        world
            .get(&company.office.login, &path)
            .await
            .status
            .as_u16(),
        404
    );
    assert_eq!(world.nobody_gets(&path).await.status.as_u16(), 401);
}

/// An invoice that is written after the plan was drawn up is in both.
async fn lines_and_sums_of_a_draft_are_those_of_today(world: World) {
    let company = Company::found(&world).await;
    let ids = work_of_zhang(&world, &company).await;
    let chief = &company.chief.login;
    let id = draw(&world, &company, json!({ "from": company.zhang.id })).await;
    company.invoice(&world, &ids[0], "FP-LATE", "1234.56").await;
    let path = format!("/handover-plans/{id}/items?kind=customer_ownership");
    let lines = world.get(chief, &path).await.ok();
    let (mut count, mut fen) = (0, 0);
    for line in lines["items"].as_array().expect("lines") {
        let follows = line["follows"].as_array().expect("what follows").iter();
        for hang in follows.filter(|one| one["kind"] == "receivable_responsibility") {
            count += hang["count"].as_i64().expect("a number");
            let yuan = hang["amount"]["amount"].as_str().expect("a sum");
            fen += yuan.replace('.', "").parse::<i64>().expect("fen");
        }
    }
    let total = &plan(&world, chief, &id).await["preview"]["total"];
    let whole = total["receivable_open"]["amount"].as_str().expect("a sum");
    assert_eq!(whole.replace('.', ""), fen.to_string(), "{total}");
    assert_eq!(total["receivables"], count);
}

/// A page that one may open asks for nothing that is refused, so nobody is reported for it.
async fn whoever_reads_a_draft_reads_its_history(world: World) {
    let company = Company::found(&world).await;
    work_of_zhang(&world, &company).await;
    let id = draw(&world, &company, json!({ "from": company.zhang.id })).await;
    let history = format!("/evidence?subject=plan/{id}");
    let finance = &company.finance.login;
    assert_eq!(plan(&world, finance, &id).await["state"], "draft");
    let told = world.get(finance, &history).await.ok().to_string();
    assert!(told.contains("JJ2026-0001"), "{told}");
    // Who reads no draft reads no history of one.
    for login in [&company.zhang.login, &company.wang.login] {
        for path in [&format!("/handover-plans/{id}"), &history] {
            let refused = world.get(login, path).await;
            assert!(refused.status.is_client_error(), "{}", refused.body);
        }
    }
}

/// Nobody is asked again, and nothing is recorded, where nothing changes.
async fn what_changes_nothing_is_refused(world: World) {
    let company = Company::found(&world).await;
    work_of_zhang(&world, &company).await;
    let chief = &company.chief.login;
    let id = draw(&world, &company, json!({ "from": company.zhang.id })).await;
    let seen = plan(&world, chief, &id).await;
    let history = format!("/evidence?subject=plan/{id}");
    let entries = async |world: &World| {
        let found = world.get(chief, &history).await.ok();
        found["items"].as_array().map_or(0, Vec::len)
    };
    let before = entries(&world).await;
    for nothing in [
        json!({ "change": "clear_successor", "successor_id": company.chief.id }),
        json!({ "change": "move_effective", "effective_on": seen["effective_on"] }),
        json!({ "change": "set_terms", "terms": seen["terms"][0]["terms"] }),
    ] {
        let edit = json!({ "version": seen["version"], "change": nothing });
        let refused = step(&world, chief, &id, "edit", edit).await;
        assert_eq!(
            refused.problem(409),
            "handover.nothing_changed",
            "{nothing}"
        );
    }
    assert_eq!(plan(&world, chief, &id).await["version"], seen["version"]);
    assert_eq!(entries(&world).await, before);
}
