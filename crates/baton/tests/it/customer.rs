//! Customers: whose they are, what follows them, who may see them.

use kernel::{CustomerId, EmployeeId};
use serde_json::{Value as Json, json};

use crate::harness::{Company, Login, World, hire, money, person};

story!(
    every_path_writes_the_interval,
    the_receiver_reads_the_whole_past,
    a_handover_changes_the_owner_and_nothing_else_of_an_opportunity,
    what_follows_is_listed_and_done_in_one_transaction,
    a_failed_part_takes_the_whole_back,
    history_survives_a_merge,
    history_is_append_only_at_the_database,
    a_third_person_hands_over_for_the_absent_owner,
    nobody_takes_who_has_left_is_leaving_or_is_full,
    a_future_or_backward_change_is_refused,
    a_duplicate_is_refused_until_accepted,
    contacts_are_masked_and_a_look_is_recorded,
    in_handover_mode_one_sees_only_his_own,
    a_collaborator_reads_and_writes_but_does_not_hand_over,
    a_stranger_cannot_tell_absent_from_forbidden,
    the_same_request_twice_is_one_customer,
    lists_are_found_sorted_and_paged,
    snapshots_of_answers_and_entries,
    the_sql_scope_is_the_access_decision,
);

fn owners(view: &Json) -> Vec<String> {
    let name = |row: &Json| row["owner"]["name"].as_str().unwrap_or("公海").to_owned();
    view["assignments"]
        .as_array()
        .expect("a history")
        .iter()
        .map(name)
        .collect()
}

fn items(page: Json) -> Vec<Json> {
    page["items"].as_array().expect("a page").clone()
}

async fn see(world: &World, login: &Login, id: &str) -> Json {
    world.get(login, &format!("/customers/{id}")).await.ok()
}

async fn hand_over(world: &World, by: &Login, id: &str, to: EmployeeId) -> crate::harness::Answer {
    let body = json!({ "to_id": to, "effective_on": world.today(), "reason": "岗位调整" });
    world
        .post(by, &format!("/customers/{id}/hand-over"), body)
        .await
}

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

// CordysCRM [CD3]: deleting a customer erases its ownership history. Here nothing is deleted.
async fn history_survives_a_merge(world: World) {
    let company = Company::found(&world).await;
    let stays = company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    let twin = company.customer(&world, &company.li, "永定机床厂").await;
    let older = company.customer(&world, &company.li, "老永定").await;
    let talk = json!({ "kind": "call", "text": "同一家公司" });
    world
        .post(
            &company.li.login,
            &format!("/customers/{twin}/follow-ups"),
            talk,
        )
        .await
        .ok();
    company.invoice(&world, &twin, "FP-1", "700").await;
    for (from, into) in [(&older, &twin), (&twin, &stays)] {
        let body = json!({ "into_id": into, "reason": "重复录入" });
        world
            .post(
                &company.chief.login,
                &format!("/customers/{from}/merge"),
                body,
            )
            .await
            .ok();
    }
    let view = see(&world, &company.zhang.login, &stays).await;
    assert_eq!(view["merged"].as_array().unwrap().len(), 2);
    assert_eq!(view["open"]["amount"], "700.00");
    let path = format!("/customers/{stays}/follow-ups");
    let past = items(world.get(&company.zhang.login, &path).await.ok());
    assert_eq!(past[0]["text"], "同一家公司");
    // The duplicate is still there with its own history, readable by whoever reads the one that
    // stays.
    let twin = see(&world, &company.zhang.login, &twin).await;
    assert_eq!(
        (&twin["state"], owners(&twin)),
        (&json!("merged"), vec!["李四".into(), "公海".to_owned()])
    );
    let list = items(world.get(&company.chief.login, "/customers").await.ok());
    assert_eq!(list.len(), 1);
    let body = json!({ "name": "改名" });
    let path = format!("/customers/{}", twin["id"].as_str().unwrap());
    let steward = world.login(None, &["data_steward"]).await;
    assert_eq!(
        world.post(&steward, &path, body).await.problem(409),
        "customer.is_merged"
    );
    let route = world
        .call_delete(&company.chief.login, &format!("/customers/{stays}"))
        .await;
    assert_eq!(route, 405, "a customer cannot be deleted");
}

// Horilla [HO7]: a history row can be removed in code.
async fn history_is_append_only_at_the_database(world: World) {
    let company = Company::found(&world).await;
    let id = company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    company.invoice(&world, &id, "FP-1", "700").await;
    for table in [
        "customer_assignment",
        "receivable_responsibility",
        "people_employment",
    ] {
        for change in [
            format!("DELETE FROM {table}"),
            format!("UPDATE {table} SET seq = 9"),
        ] {
            let error = world
                .raw(&change)
                .await
                .expect_err("history must not change");
            assert!(error.contains("append-only"), "{error}");
        }
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

async fn a_duplicate_is_refused_until_accepted(world: World) {
    let company = Company::found(&world).await;
    company
        .customer(&world, &company.wang, "深圳市腾讯计算机系统有限公司")
        .await;
    let mut body = json!({ "name": "深圳腾讯计算机系统股份有限公司" });
    let answer = world
        .post(&company.zhang.login, "/customers", body.clone())
        .await;
    assert_eq!(answer.problem(409), "customer.duplicate");
    body["accept_duplicate"] = json!(true);
    world
        .post(&company.zhang.login, "/customers", body)
        .await
        .ok();
    // "腾讯计算机系绕", percent-encoded: one slip of the pen.
    let near = "/customers/duplicates?name=\
                %E8%85%BE%E8%AE%AF%E8%AE%A1%E7%AE%97%E6%9C%BA%E7%B3%BB%E7%BB%95";
    let near = world.get(&company.zhang.login, near).await.ok();
    assert_eq!(near.as_array().unwrap().len(), 2, "{near}");
    assert_eq!(near[0]["strength"], "possible");
}

async fn contacts_are_masked_and_a_look_is_recorded(world: World) {
    let company = Company::found(&world).await;
    let id = company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    let card = json!({ "name": "赵采购", "phone": "138 1234 1234", "email": "zhao@example.com" });
    let path = format!("/customers/{id}/contacts");
    let contact = world.post(&company.zhang.login, &path, card).await.id();
    let view = see(&world, &company.zhang.login, &id).await;
    assert_eq!(view["contacts"][0]["phone"], "138****1234");
    assert_eq!(view["contacts"][0]["email"], "z***@example.com");
    let path = format!("/contacts/{contact}/reveal");
    let short = world
        .post(&company.zhang.login, &path, json!({ "reason": "看" }))
        .await;
    assert_eq!(short.problem(422), "request.length");
    let shown = world
        .post(
            &company.zhang.login,
            &path,
            json!({ "reason": "约拜访时间" }),
        )
        .await
        .ok();
    assert_eq!(
        (&shown["phone"], &shown["email"]),
        (&json!("13812341234"), &json!("zhao@example.com"))
    );
    let entry = world.entries("customer.reveal_contact").await[0].to_string();
    assert!(
        entry.contains("约拜访时间") && !entry.contains("13812341234"),
        "{entry}"
    );
    let other = world
        .post(&company.li.login, &path, json!({ "reason": "随便看看" }))
        .await;
    assert_eq!(other.problem(404), "access.absent");
    // Editing with the masked fields left out keeps what is there.
    let card = json!({ "name": "赵经理" });
    world
        .post(&company.zhang.login, &format!("/contacts/{contact}"), card)
        .await
        .ok();
    let shown = world
        .post(
            &company.zhang.login,
            &path,
            json!({ "reason": "再核对一次" }),
        )
        .await
        .ok();
    assert_eq!(shown["phone"], "13812341234");
}

async fn in_handover_mode_one_sees_only_his_own(world: World) {
    let company = Company::found(&world).await;
    let own = company.customer(&world, &company.chief, "总部大客户").await;
    let other = company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    let card = json!({ "name": "赵采购", "phone": "13812341234" });
    let contacts = format!("/customers/{own}/contacts");
    let contact = world.post(&company.chief.login, &contacts, card).await.id();
    let leaving = world.enter_handover(&company.chief.login).await;
    assert_eq!(
        world.get(&company.chief.login, "/customers").await.status,
        401
    );
    assert_eq!(items(world.get(&leaving, "/customers").await.ok()).len(), 1);
    assert_eq!(
        world
            .get(&leaving, &format!("/customers/{other}"))
            .await
            .status,
        404
    );
    let path = format!("/contacts/{contact}/reveal");
    let silent = world.post(&leaving, &path, json!({ "reason": "" })).await;
    assert_eq!(silent.problem(403), "access.denied");
    world
        .post(&leaving, &path, json!({ "reason": "交接说明" }))
        .await
        .ok();
    assert_eq!(
        hand_over(&world, &leaving, &own, company.li.id)
            .await
            .status,
        403
    );
}

async fn a_collaborator_reads_and_writes_but_does_not_hand_over(world: World) {
    let company = Company::found(&world).await;
    let id = company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    let until = world.today().plus_days(10);
    let seat = json!({
        "employee_id": company.wang.id, "opens": true, "until": until, "reason": "共同投标",
    });
    let path = format!("/customers/{id}/seats");
    world.post(&company.zhang.login, &path, seat).await.ok();
    let wang = &company.wang.login;
    assert_eq!(
        see(&world, wang, &id).await["seats"][0]["employee"]["name"],
        "王五"
    );
    assert_eq!(items(world.get(wang, "/customers").await.ok()).len(), 1);
    let talk = json!({ "kind": "meeting", "text": "一起见了客户" });
    world
        .post(wang, &format!("/customers/{id}/follow-ups"), talk)
        .await
        .ok();
    let seat = json!({ "employee_id": company.li.id, "opens": true, "reason": "再拉一个人" });
    assert_eq!(
        world.post(wang, &path, seat).await.problem(404),
        "access.absent"
    );
    world.pass_days(10);
    assert_eq!(
        world.get(wang, &format!("/customers/{id}")).await.status,
        404
    );
    assert!(items(world.get(wang, "/customers").await.ok()).is_empty());
}

async fn a_stranger_cannot_tell_absent_from_forbidden(world: World) {
    let company = Company::found(&world).await;
    let id = company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    let made_up = CustomerId::mint(kernel::Moment(1), [3; 10]).to_string();
    let mut answers = Vec::new();
    for id in [id.as_str(), made_up.as_str(), "nonsense"] {
        let answer = world
            .get(&company.wang.login, &format!("/customers/{id}"))
            .await;
        answers.push((answer.status, answer.body));
    }
    assert!(
        answers.iter().all(|answer| *answer == answers[0]),
        "{answers:?}"
    );
    for path in [
        "/customers",
        "/employees",
        "/invoices",
        "/departments",
        "/calendar",
    ] {
        assert_eq!(
            world.nobody_gets(path).await.problem(401),
            "session-revoked"
        );
    }
    let system = world.login(None, &["system_admin"]).await;
    for path in [
        "/customers",
        "/employees",
        "/invoices",
        "/customers/filters",
    ] {
        assert_eq!(
            world.get(&system, path).await.problem(403),
            "access.denied",
            "{path}"
        );
    }
}

async fn the_same_request_twice_is_one_customer(world: World) {
    let company = Company::found(&world).await;
    let body = json!({ "name": "永定机床有限公司" });
    let mut answers = Vec::new();
    for _ in 0..2 {
        let login = &company.zhang.login;
        answers.push(
            world
                .post_as("one-key", login, "/customers", body.clone())
                .await
                .ok(),
        );
    }
    assert_eq!(answers[0]["id"], answers[1]["id"]);
    assert_eq!(world.entries("customer.add").await.len(), 1);
    let other = json!({ "name": "另一家" });
    let answer = world
        .post_as("one-key", &company.zhang.login, "/customers", other)
        .await;
    assert_eq!(answer.problem(422), "request.key_reused");
}

async fn lists_are_found_sorted_and_paged(world: World) {
    let company = Company::found(&world).await;
    for name in [
        "重庆长安汽车有限公司",
        "阿里云计算有限公司",
        "北京百度网讯科技有限公司",
        "腾讯计算机系统",
    ] {
        company.customer(&world, &company.zhang, name).await;
    }
    let names = async |path: &str| -> Vec<String> {
        let page = world.get(&company.zhang.login, path).await.ok();
        items(page)
            .iter()
            .map(|item| item["name"].as_str().unwrap().to_owned())
            .collect()
    };
    let all = names("/customers").await;
    let sorted = [
        "阿里云计算有限公司",
        "北京百度网讯科技有限公司",
        "重庆长安汽车有限公司",
        "腾讯计算机系统",
    ];
    assert_eq!(all, sorted);
    for (q, found) in [
        ("changan", 2..3),
        ("aly", 0..1),
        ("BAIDU", 1..2),
        ("jsjxt", 3..4),
        ("zzz", 0..0),
    ] {
        assert_eq!(
            names(&format!("/customers?q={q}")).await,
            sorted[found],
            "{q}"
        );
    }
    let mut paged = Vec::new();
    let mut cursor = String::new();
    loop {
        let path = format!("/customers?limit=3&sort=-owned_since&cursor={cursor}");
        let page = world.get(&company.zhang.login, &path).await.ok();
        let rows = page["items"].as_array().unwrap().iter();
        paged.extend(rows.map(|item| item["name"].as_str().unwrap().to_owned()));
        match page["next_cursor"].as_str() {
            Some(next) => cursor = next.to_owned(),
            None => break,
        }
    }
    paged.sort_by_key(|name| sorted.iter().position(|s| s == name));
    assert_eq!(paged, sorted);
    let filters = world
        .get(&company.zhang.login, "/customers/filters")
        .await
        .ok();
    assert_eq!(
        filters,
        json!({ "regions": ["北京"], "industries": ["机械"], "tiers": ["A"] })
    );
    assert!(
        names("/customers?region=%E4%B8%8A%E6%B5%B7")
            .await
            .is_empty()
    );
}

async fn snapshots_of_answers_and_entries(world: World) {
    let company = Company::found(&world).await;
    let body = json!({ "number": "KH001", "name": "永定机床有限公司", "region": "北京" });
    let added = world
        .post(&company.zhang.login, "/customers", body)
        .await
        .ok();
    let id = added["id"].as_str().unwrap().to_owned();
    company.invoice(&world, &id, "FP-1", "1234.56").await;
    let handed = hand_over(&world, &company.chief.login, &id, company.li.id)
        .await
        .ok();
    let mut told = json!({ "added": added, "handed": handed });
    for kind in [
        "customer.add",
        "customer.assign",
        "customer.hand_over",
        "receivable.take_over",
    ] {
        told[kind] = Json::Array(world.entries(kind).await);
    }
    let text = crate::harness::without_chance(&told);
    insta::assert_snapshot!("customer_added_and_handed_over", text);
}

/// On organisations made by dice, what the list shows is what the decision allows one by one.
async fn the_sql_scope_is_the_access_decision(world: World) {
    let company = Company::found(&world).await;
    let people = [&company.zhang, &company.li, &company.wang, &company.chief];
    let mut dice = proptest::test_runner::TestRunner::deterministic();
    let mut roll = |below: usize| {
        use proptest::prelude::Strategy as _;
        use proptest::strategy::ValueTree as _;
        (0..below).new_tree(&mut dice).expect("a number").current()
    };
    let mut customers = Vec::new();
    for number in 0..24 {
        let owner = people[roll(4)];
        let id = company
            .customer(&world, owner, &format!("客户{number}号"))
            .await;
        company
            .invoice(&world, &id, &format!("FP-{number}"), "100")
            .await;
        if roll(3) == 0 {
            let helper = people[roll(4)];
            let seat = json!({ "employee_id": helper.id, "opens": true, "reason": "协作" });
            world
                .post(&owner.login, &format!("/customers/{id}/seats"), seat)
                .await;
        }
        if roll(3) == 0 {
            let body = json!({
                "owner_id": null, "effective_on": world.today(), "reason": "released",
            });
            world
                .post(
                    &company.chief.login,
                    &format!("/customers/{id}/assign"),
                    body,
                )
                .await
                .ok();
        }
        customers.push(id);
    }
    for (person, roles) in [
        (company.zhang.id, &["salesperson"][..]),
        (company.wang.id, &["salesperson"]),
        (company.chief.id, &["sales_manager"]),
        (company.finance.id, &["finance"]),
        (company.office.id, &["office", "executive"]),
        (company.li.id, &["salesperson", "sales_manager"]),
        (company.hr.id, &["legal"]),
    ] {
        for handing_over in [false, true] {
            let mut login = world.relogin(person, roles).await;
            if handing_over {
                login = world.enter_handover(&login).await;
            }
            same_scope(&world, &login, &customers).await;
        }
    }
}

async fn same_scope(world: &World, login: &Login, customers: &[String]) {
    let listed = world.get(login, "/customers?limit=200").await.ok();
    let mut listed: Vec<String> = items(listed)
        .iter()
        .map(|item| item["id"].as_str().unwrap().to_owned())
        .collect();
    let mut allowed = Vec::new();
    for id in customers {
        if world.get(login, &format!("/customers/{id}")).await.status == 200 {
            allowed.push(id.clone());
        }
    }
    listed.sort();
    allowed.sort();
    assert_eq!(listed, allowed, "customers");
    let everything = world.get(login, "/invoices?limit=200").await.ok();
    let listed: Vec<String> = items(everything)
        .iter()
        .map(|item| item["number"].as_str().unwrap().to_owned())
        .collect();
    let all = world
        .texts(
            "SELECT id, number FROM receivable_invoice",
            &["id", "number"],
        )
        .await;
    for row in all {
        let one = world
            .get(login, &format!("/invoices/{}", row[0]))
            .await
            .status
            == 200;
        assert_eq!(listed.contains(&row[1]), one, "invoice {}", row[1]);
    }
}
