//! Who owns a customer, and what goes with him when he is handed over.

use serde_json::{Value as Json, json};

use super::{hand_over, items, owners, see};
use crate::harness::{Company, World, hire, money, person};

story!(
    every_path_writes_the_interval,
    the_receiver_reads_the_whole_past,
    a_handover_changes_the_owner_and_nothing_else_of_an_opportunity,
    what_follows_is_listed_and_done_in_one_transaction,
    a_failed_part_takes_the_whole_back,
    a_third_person_hands_over_for_the_absent_owner,
    nobody_takes_who_has_left_is_leaving_or_is_full,
    a_future_or_backward_change_is_refused,
    what_a_leaver_holds_goes_by_a_plan,
    it_is_taken_from_nobody_but_whom_the_page_showed,
);

// peers.md §10: 悟空CRM, 芋道 keep a structured owner record only via the pool.
async fn every_path_writes_the_interval(world: World) {
    let company = Company::found(&world).await;
    let id = company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    let path = format!("/customers/{id}/assign");
    let today = world.today();
    let to_li = json!({ "owner_id": company.li.id, "effective_on": today, "reason": "reassigned" });
    world.post(&company.chief.login, &path, to_li).await.ok();
    world.pass_days(1);
    let pool = json!({ "owner_id": null, "effective_on": world.today(), "reason": "released" });
    world.post(&company.chief.login, &path, pool).await.ok();
    let view = world
        .get(&company.finance.login, &format!("/customers/{id}"))
        .await
        .ok();
    assert_eq!(owners(&view), ["张三", "李四", "公海"]);
    let superseded: Vec<&Json> = view["assignments"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| &row["superseded"])
        .collect();
    assert_eq!(superseded, [&json!(true), &json!(false), &json!(false)]);
    assert_eq!(world.entries("customer.assign").await.len(), 3);
    let pool = json!({ "name": "公海里的客户", "pool": true });
    let steward = world.login(None, &["data_steward"]).await;
    let id = world.post(&steward, "/customers", pool).await.id();
    assert_eq!(owners(&see(&world, &steward, &id).await), ["公海"]);
}

// CordysCRM #849, #2131: the receiver cannot see earlier follow-ups.
async fn the_receiver_reads_the_whole_past(world: World) {
    let company = Company::found(&world).await;
    let id = company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    let path = format!("/customers/{id}/follow-ups");
    let next_on = world.today().plus_days(7);
    let talk = json!({ "kind": "visit", "text": "谈了付款条件", "next_on": next_on });
    world.post(&company.zhang.login, &path, talk).await.ok();
    assert_eq!(
        world.get(&company.li.login, &path).await.problem(404),
        "access.absent"
    );
    hand_over(&world, &company.chief.login, &id, company.li.id)
        .await
        .ok();
    let past = items(world.get(&company.li.login, &path).await.ok());
    assert_eq!(past[0]["text"], "谈了付款条件");
    assert_eq!(past[0]["author"]["name"], "张三");
    assert_eq!(past[0]["duty"]["name"], "李四");
    assert_eq!(
        world.get(&company.zhang.login, &path).await.problem(404),
        "access.absent"
    );
}

// CordysCRM #1385, #2260, #2586: a transfer resets the stage, loses texts and disconnects notes.
#[expect(clippy::too_many_lines, reason = "one story")]
async fn a_handover_changes_the_owner_and_nothing_else_of_an_opportunity(world: World) {
    let company = Company::found(&world).await;
    let id = company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    let opportunities = format!("/customers/{id}/opportunities");
    let mut ids = Vec::new();
    for title in ["三号线改造", "备件年单"] {
        let body = json!({
            "title": title, "product": "主轴", "stage": "proposal", "amount": money("120000.50"),
        });
        ids.push(
            world
                .post(&company.zhang.login, &opportunities, body)
                .await
                .id(),
        );
    }
    let won = json!({ "stage": "won" });
    let path = format!("/opportunities/{}/stage", ids[1]);
    world.post(&company.zhang.login, &path, won).await.ok();
    let note = json!({ "opportunity_id": ids[0], "kind": "call", "text": "对方要八折\n下周再谈" });
    world
        .post(
            &company.zhang.login,
            &format!("/customers/{id}/follow-ups"),
            note,
        )
        .await
        .ok();
    let columns = [
        "id",
        "number",
        "customer_id",
        "title",
        "product",
        "stage",
        "opened_on",
        "closed_on",
    ];
    let text = "SELECT * FROM customer_opportunity ORDER BY id";
    let notes = "SELECT * FROM customer_follow_up ORDER BY id";
    let note_columns = [
        "id",
        "customer_id",
        "opportunity_id",
        "author_id",
        "kind",
        "text",
    ];
    let before = (
        world.texts(text, &columns).await,
        world.texts(notes, &note_columns).await,
    );
    hand_over(&world, &company.chief.login, &id, company.li.id)
        .await
        .ok();
    let after = (
        world.texts(text, &columns).await,
        world.texts(notes, &note_columns).await,
    );
    assert_eq!(before, after);
    let seen = world.get(&company.li.login, &opportunities).await.ok();
    // The open one has a new owner; the won one keeps who won it, and the receiver reads it too.
    assert_eq!(
        (&seen[0]["title"], &seen[0]["owner"]["name"]),
        (&json!("三号线改造"), &json!("李四"))
    );
    assert_eq!(
        (&seen[1]["title"], &seen[1]["owner"]["name"]),
        (&json!("备件年单"), &json!("张三"))
    );
    assert_eq!(seen[0]["amount"]["amount"], "120000.50");
}

// CordysCRM #983, HubSpot: contacts and other person fields stay with the old owner.
async fn what_follows_is_listed_and_done_in_one_transaction(world: World) {
    let company = Company::found(&world).await;
    let id = company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    let card = json!({ "name": "赵采购", "phone": "13812341234" });
    world
        .post(
            &company.zhang.login,
            &format!("/customers/{id}/contacts"),
            card,
        )
        .await
        .ok();
    let invoice = company.invoice(&world, &id, "FP-1", "5000").await;
    let contract = json!({
        "customer_id": id, "number": "HT-1", "title": "年度框架", "amount": money("90000"),
        "signed_on": world.today(),
    });
    let contract = world
        .post(&company.finance.login, "/contracts", contract)
        .await
        .id();
    let order = json!({
        "customer_id": id, "contract_id": contract, "number": "DD-1", "amount": money("5000"),
        "ordered_on": world.today(),
    });
    world
        .post(&company.finance.login, "/orders", order)
        .await
        .ok();
    hand_over(&world, &company.chief.login, &id, company.li.id)
        .await
        .ok();
    let view = see(&world, &company.li.login, &id).await;
    assert_eq!(view["contacts"][0]["name"], "赵采购");
    for (path, zero) in [("contracts", 0), ("orders", 0)] {
        let list = world
            .get(&company.li.login, &format!("/customers/{id}/{path}"))
            .await
            .ok();
        assert_eq!(list[zero]["owner"]["name"], "李四", "{path}");
    }
    let invoice = world
        .get(&company.li.login, &format!("/invoices/{invoice}"))
        .await
        .ok();
    assert_eq!(invoice["responsible"]["name"], "李四");
    let kinds = [
        "customer.hand_over",
        "customer.assign",
        "receivable.take_over",
        "customer.pass_on",
    ];
    for kind in kinds {
        assert!(
            !world.entries(kind).await.is_empty(),
            "{kind} left no entry"
        );
    }
    let listed = &world.entries("customer.hand_over").await[0]["detail"];
    let counted = (
        &listed["open_invoices"],
        &listed["contracts"],
        &listed["orders"],
    );
    assert_eq!(counted, (&json!(1), &json!(1), &json!(1)));
}

async fn a_failed_part_takes_the_whole_back(world: World) {
    let company = Company::found(&world).await;
    let id = company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    company.invoice(&world, &id, "FP-1", "5000").await;
    let before = see(&world, &company.chief.login, &id).await;
    // The office may not own customers, so the assignment inside refuses.
    let answer = hand_over(&world, &company.chief.login, &id, company.office.id).await;
    assert_eq!(answer.problem(409), "customer.owner_does_not_sell");
    assert_eq!(see(&world, &company.chief.login, &id).await, before);
    for kind in ["customer.hand_over", "receivable.take_over"] {
        assert!(world.entries(kind).await.is_empty(), "{kind} left an entry");
    }
}

// 芋道 [RY4]: an administrator cannot cleanly transfer for an absent owner.
async fn a_third_person_hands_over_for_the_absent_owner(world: World) {
    let company = Company::found(&world).await;
    let id = company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    company.invoice(&world, &id, "FP-1", "700").await;
    let gone = baton::people::acts::set_state::SetState {
        employee: company.zhang.id,
        state: serde_json::from_str("\"left\"").expect("a state"),
        left_on: Some(world.today()),
        why: "departure".to_owned(),
    };
    world.done(&gone).await;
    let boss = world.login(None, &["executive"]).await;
    hand_over(&world, &boss, &id, company.wang.id).await.ok();
    let view = see(&world, &company.wang.login, &id).await;
    assert_eq!(owners(&view), ["张三", "王五"]);
    // The owner himself may only ask; it waits for the receiver and a manager.
    let by_himself = hand_over(&world, &company.wang.login, &id, company.li.id).await;
    assert_eq!(by_himself.status, 202, "{}", by_himself.body);
}

async fn nobody_takes_who_has_left_is_leaving_or_is_full(world: World) {
    let company = Company::found(&world).await;
    let place = (company.entity, company.south, company.post);
    let mut full = person(place, "E100", "满员", true);
    full.capacity = Some(1);
    let full = hire(&world, full, "salesperson").await;
    company.customer(&world, &full, "唯一的客户").await;
    let id = company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    let answer = hand_over(&world, &company.chief.login, &id, full.id).await;
    assert_eq!(answer.problem(409), "customer.capacity_full");
    for (state, left_on, code) in [
        ("\"notice\"", None, "customer.owner_is_leaving"),
        ("\"left\"", Some(world.today()), "customer.owner_has_left"),
    ] {
        let act = baton::people::acts::set_state::SetState {
            employee: company.li.id,
            state: serde_json::from_str(state).expect("a state"),
            left_on,
            why: "departure".to_owned(),
        };
        world.done(&act).await;
        let answer = hand_over(&world, &company.chief.login, &id, company.li.id).await;
        assert_eq!(answer.problem(409), code);
    }
}

async fn a_future_or_backward_change_is_refused(world: World) {
    let company = Company::found(&world).await;
    let id = company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    for (days, code) in [
        (1, "customer.future_assignment"),
        (-1, "customer.assignment_retroactive"),
    ] {
        let body = json!({
            "owner_id": company.li.id, "effective_on": world.today().plus_days(days),
            "reason": "reassigned",
        });
        let path = format!("/customers/{id}/assign");
        let answer = world.post(&company.chief.login, &path, body).await;
        assert_eq!(answer.body["code"], code, "{}", answer.body);
    }
}

/// A customer moved beside the plan of a departure would take the leaver's open commission along.
async fn what_a_leaver_holds_goes_by_a_plan(world: World) {
    let company = Company::found(&world).await;
    let mut ids = Vec::new();
    for (owner, name) in [
        (&company.zhang, "永定机床有限公司"),
        (&company.li, "海川机械厂"),
    ] {
        ids.push(company.customer(&world, owner, name).await);
    }
    crate::departure::resign(&world, &company.zhang.login).await;
    let chief = &company.chief.login;
    let today = world.today();
    let assign = json!({ "owner_id": company.wang.id, "effective_on": today,
        "reason": "reassigned" });
    let merge = json!({ "into_id": ids[1], "reason": "重复记录" });
    for (step, body) in [("assign", assign), ("merge", merge)] {
        let path = format!("/customers/{}/{step}", ids[0]);
        let answer = world.post(chief, &path, body).await;
        let words = answer.body.to_string();
        assert_eq!(
            answer.problem(409),
            "customer.owner_leaves",
            "{step}: {words}"
        );
        assert!(words.contains("LZ2026-0001"), "{words}");
    }
    let beside = hand_over(&world, chief, &ids[0], company.wang.id).await;
    assert_eq!(beside.problem(409), "customer.owner_leaves");
    assert_eq!(owners(&see(&world, chief, &ids[0]).await), ["张三"]);
}

/// Two people who look at the same page, or one who looked long ago: the second is told.
async fn it_is_taken_from_nobody_but_whom_the_page_showed(world: World) {
    let company = Company::found(&world).await;
    let id = company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    let boss = &world.login(None, &["executive"]).await;
    let (zhang, li, wang) = (company.zhang.id, company.li.id, company.wang.id);
    let today = world.today();
    let give = async |from: &str, to: Json| {
        let body = json!({ "from": from, "to_id": to, "effective_on": today,
            "reason": "岗位调整" });
        let path = format!("/customers/{id}/hand-over");
        world.post(boss, &path, body).await
    };
    let assign = async |from: &str, to: Json| {
        let why = if to.is_null() {
            "released"
        } else {
            "reassigned"
        };
        let body = json!({ "from": from, "owner_id": to, "effective_on": today, "reason": why });
        let path = format!("/customers/{id}/assign");
        world.post(boss, &path, body).await
    };
    let seen = zhang.to_string();
    give(&seen, json!(li)).await.ok();
    for late in [
        give(&seen, json!(wang)).await,
        assign(&seen, json!(wang)).await,
        assign("pool", json!(wang)).await,
    ] {
        let words = late.body.to_string();
        assert_eq!(late.problem(409), "customer.owner_changed", "{words}");
        assert!(
            words.contains("负责人已变为李四（E003），请刷新"),
            "{words}"
        );
    }
    let seen = li.to_string();
    assign(&seen, Json::Null).await.ok();
    let late = give(&seen, json!(wang)).await;
    let words = late.body.to_string();
    assert_eq!(late.problem(409), "customer.owner_changed", "{words}");
    assert!(words.contains("客户已在公海，请刷新"), "{words}");
    give("pool", json!(wang)).await.ok();
    let view = see(&world, boss, &id).await;
    assert_eq!(owners(&view), ["张三", "李四", "公海", "王五"]);
}
