//! Who may see a customer, and how much of him.

use baton::alert::follow;
use kernel::CustomerId;
use serde_json::json;

use super::{hand_over, items, see};
use crate::harness::{Company, World};

story!(
    contacts_are_masked_and_a_look_is_recorded,
    what_an_edit_replaced_is_kept_masked_and_revealed,
    in_handover_mode_one_sees_only_his_own,
    in_handover_mode_one_adds_and_overwrites_nothing,
    in_handover_mode_nobody_reads_in_bulk,
    in_handover_mode_reading_has_a_budget,
    no_side_door_leads_past_the_budget,
    a_collaborator_reads_and_writes_but_does_not_hand_over,
    a_stranger_cannot_tell_absent_from_forbidden,
);

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

async fn what_an_edit_replaced_is_kept_masked_and_revealed(world: World) {
    let company = Company::found(&world).await;
    let zhang = &company.zhang.login;
    let id = company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    let card = json!({ "name": "赵采购", "phone": "13812341234", "email": "zhao@example.com" });
    let contacts = format!("/customers/{id}/contacts");
    let contact = world.post(zhang, &contacts, card).await.id();
    let path = format!("/contacts/{contact}");
    // Neither a new title nor the same number replaces anything.
    for card in [
        json!({ "name": "赵采购", "title": "经理", "phone": "138 1234 1234" }),
        json!({ "name": "赵采购", "phone": "13800000000" }),
        json!({ "name": "赵采购", "phone": "13900000000", "email": "new@example.com" }),
    ] {
        world.post(zhang, &path, card).await.ok();
    }
    let former = see(&world, zhang, &id).await["contacts"][0]["former"].clone();
    let former = former.as_array().expect("what was replaced");
    let masked = [
        ("138****0000", json!("z***@example.com")),
        ("138****1234", json!(null)),
    ];
    assert_eq!(former.len(), masked.len(), "{former:?}");
    for (is, (phone, email)) in former.iter().zip(&masked) {
        assert_eq!((&is["phone"], &is["email"]), (&json!(phone), email));
        assert!(is["replaced_at"].is_string(), "{is}");
    }
    let reveal = format!("{path}/reveal");
    let why = json!({ "reason": "号码被改错" });
    let shown = world.post(zhang, &reveal, why.clone()).await.ok();
    assert_eq!(shown["phone"], "13900000000");
    assert_eq!(shown["former"][0]["phone"], "13800000000");
    assert_eq!(shown["former"][0]["email"], "zhao@example.com");
    assert_eq!(shown["former"][1]["phone"], "13812341234");
    world
        .post(&company.li.login, &reveal, why)
        .await
        .problem(404);
    let said = world.entries("customer.edit_contact").await;
    let told = format!("{said:?}");
    for number in ["13812341234", "13800000000", "zhao@example.com"] {
        assert!(!told.contains(number), "{told}");
    }
    let rows = world.house.spine.audit_rows().await.expect("an audit");
    assert_eq!(rows.total, 0, "{:?}", rows.listed);
}

/// What the successor needs most, the customer's number, is not the leaver's to write over.
async fn in_handover_mode_one_adds_and_overwrites_nothing(world: World) {
    let company = Company::found(&world).await;
    let id = company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    let page = format!("/customers/{id}");
    let contacts = format!("{page}/contacts");
    let card = json!({ "name": "赵采购", "phone": "13812341234", "is_primary": true });
    let zhang = &company.zhang.login;
    let contact = world.post(zhang, &contacts, card).await.id();
    let deal = json!({ "title": "改造", "product": "主轴", "stage": "lead",
        "amount": crate::harness::money("100.00") });
    let deals = format!("{page}/opportunities");
    let deal = world.post(zhang, &deals, deal).await.id();
    let leaving = world.enter_handover(zhang).await;
    let seat = json!({ "employee_id": company.wang.id, "opens": true, "reason": "共同投标" });
    for (path, body) in [
        (
            format!("/contacts/{contact}"),
            json!({ "name": "赵采购", "phone": "13800000000" }),
        ),
        (page.clone(), json!({ "name": "被改名的公司" })),
        (format!("{page}/seats"), seat),
        (
            contacts.clone(),
            json!({ "name": "孙主任", "phone": "13712341234", "is_primary": true }),
        ),
        (
            format!("/opportunities/{deal}/stage"),
            json!({ "stage": "lost" }),
        ),
    ] {
        let refused = world.post(&leaving, &path, body).await;
        let words = refused.body.to_string();
        assert_eq!(refused.problem(403), "access.denied", "{path}");
        assert!(words.contains("交接期间不能"), "{words}");
        assert!(words.contains("请由您的主管或接替人办理"), "{words}");
    }
    let note = json!({ "kind": "call", "text": "已告知客户新的联系人" });
    let notes = format!("{page}/follow-ups");
    world.post(&leaving, &notes, note).await.ok();
    let card = json!({ "name": "钱财务", "phone": "13912341234" });
    world.post(&leaving, &contacts, card).await.ok();
    let seen = see(&world, &company.chief.login, &id).await;
    assert_eq!(seen["name"], "永定机床有限公司");
    let listed = seen["contacts"].as_array().expect("contacts").iter();
    let mut phones: Vec<_> = listed.map(|one| one["phone"].to_string()).collect();
    phones.sort();
    assert_eq!(phones, ["\"138****1234\"", "\"139****1234\""]);
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
        for path in [
            format!("/customers/{id}"),
            format!("/evidence?subject=customer/{id}"),
        ] {
            let answer = world.get(&company.wang.login, &path).await;
            answers.push((answer.status, answer.body));
        }
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

async fn in_handover_mode_nobody_reads_in_bulk(world: World) {
    let company = Company::found(&world).await;
    for number in 0..22 {
        company
            .customer(&world, &company.zhang, &format!("第{number}家工厂"))
            .await;
    }
    let path = "/customers?limit=200";
    let before = items(world.get(&company.zhang.login, path).await.ok());
    assert_eq!(before.len(), 22);
    let leaving = world.enter_handover(&company.zhang.login).await;
    for path in [path, "/customers"] {
        let page = world.get(&leaving, path).await.ok();
        assert_eq!(items(page.clone()).len(), 20, "{path}");
        assert!(page["next_cursor"].is_string());
    }
}

/// The cursor pages on, but only so far: the house of the stories shows a leaver twenty different
/// customers an hour and twenty-one a day.
async fn in_handover_mode_reading_has_a_budget(world: World) {
    let company = Company::found(&world).await;
    let mut ids = Vec::new();
    for number in 0..23 {
        let name = format!("第{number}家工厂");
        ids.push(company.customer(&world, &company.zhang, &name).await);
    }
    let leaving = world.enter_handover(&company.zhang.login).await;
    let first = world.get(&leaving, "/customers?limit=20").await.ok();
    let cursor = first["next_cursor"].as_str().expect("more").to_owned();
    let seen: Vec<String> = items(first)
        .iter()
        .map(|item| item["id"].as_str().expect("an id").to_owned())
        .collect();
    let next = format!("/customers?limit=1&cursor={cursor}");
    let over = world.get(&leaving, &next).await;
    let said = over.body.clone();
    assert_eq!(over.problem(429), "customer.reading_budget");
    assert!(
        said["title"]
            .as_str()
            .expect("words")
            .contains("每小时最多查看 20 户")
    );
    assert!(
        said["remedy"]
            .as_str()
            .expect("a remedy")
            .contains("直属主管")
    );
    let unseen: Vec<&String> = ids.iter().filter(|id| !seen.contains(*id)).collect();
    let path = |id: &str| format!("/customers/{id}");
    for more in ["", "/follow-ups", "/invoices"] {
        let over = world.get(&leaving, &(path(unseen[0]) + more)).await;
        assert_eq!(over.problem(429), "customer.reading_budget", "{more}");
    }
    // What was seen may be looked at again, and again.
    for id in &seen {
        see(&world, &leaving, id).await;
    }
    // The hour passes, the day does not.
    world.clock.set(world.house.spine.now().plus_seconds(3_601));
    see(&world, &leaving, unseen[0]).await;
    let over = world.get(&leaving, &path(unseen[1])).await;
    let said = over.body.clone();
    assert_eq!(over.problem(429), "customer.reading_budget");
    assert!(
        said["title"]
            .as_str()
            .expect("words")
            .contains("每天最多查看 21 户")
    );
    // Colleagues read on, and the security officer knows.
    for id in &ids {
        see(&world, &company.chief.login, id).await;
    }
    follow(&world.house).await.expect("alerts");
    let officer = world.login(None, &["security_admin"]).await;
    let alerts = items(world.get(&officer, "/alerts").await.ok());
    assert_eq!(alerts.len(), 1, "{alerts:?}");
    assert_eq!(alerts[0]["severity"]["key"], "high");
    let words = alerts[0]["zh"].as_str().expect("words");
    assert!(
        words.contains("张三（E002）") && words.contains("导出客户"),
        "{words}"
    );
    assert_eq!(kept(&world).await, 21);
}

/// What leads to a customer by another way costs the same.
async fn no_side_door_leads_past_the_budget(world: World) {
    let company = Company::found(&world).await;
    let zhang = &company.zhang;
    let (mut ids, mut contacts) = (Vec::new(), Vec::new());
    for number in 0..24 {
        let name = format!("第{number}家工厂");
        let id = company.customer(&world, zhang, &name).await;
        let card = json!({ "name": "赵采购", "phone": "138 1234 1234" });
        let path = format!("/customers/{id}/contacts");
        contacts.push(world.post(&zhang.login, &path, card).await.id());
        let deal = json!({ "title": "改造", "product": "主轴", "stage": "proposal",
            "amount": crate::harness::money("1000.00") });
        let path = format!("/customers/{id}/opportunities");
        world.post(&zhang.login, &path, deal).await.id();
        ids.push(id);
    }
    let leaving = world.enter_handover(&zhang.login).await;
    let reveal = |at: usize| format!("/contacts/{}/reveal", contacts[at]);
    let why = json!({ "reason": "交接联系" });
    for at in 0..2 {
        world.post(&leaving, &reveal(at), why.clone()).await.ok();
    }
    assert_eq!(kept(&world).await, 2);
    for id in &ids[2..4] {
        let history = format!("/evidence?subject=customer/{id}");
        world.get(&leaving, &history).await.ok();
    }
    assert_eq!(kept(&world).await, 4);
    // Twenty opportunities at a time, however many were asked for: of these, four were seen.
    let deals = world.get(&leaving, "/opportunities?limit=200").await.ok();
    let told = deals.to_string();
    assert_eq!(items(deals).len(), 20);
    assert_eq!(kept(&world).await, 20);
    let unseen = ids[4..].iter().position(|id| !told.contains(id.as_str()));
    let unseen = 4 + unseen.expect("one that is left");
    for path in [
        format!("/evidence?subject=customer/{}", ids[unseen]),
        format!("/customers/{}", ids[unseen]),
    ] {
        let over = world.get(&leaving, &path).await;
        assert_eq!(over.problem(429), "customer.reading_budget", "{path}");
    }
    let over = world.post(&leaving, &reveal(unseen), why.clone()).await;
    assert_eq!(over.problem(429), "customer.reading_budget");
    assert_eq!(world.entries("customer.reveal_contact").await.len(), 2);
    // Colleagues are charged nothing.
    let deals = world
        .get(&company.chief.login, "/opportunities?limit=200")
        .await;
    assert_eq!(items(deals.ok()).len(), 24);
    assert_eq!(kept(&world).await, 20);
}

/// Different customers that were shown to leavers, as the access records have it.
async fn kept(world: &World) -> i64 {
    let kept = "SELECT count(DISTINCT subject) AS n FROM access_record \
                WHERE act = 'customer.read_in_handover' AND attempt = 'seen'";
    let kept = spine::Query::new(kept).select();
    let rows = world.house.spine.db().read(&kept.0, kept.1).await;
    rows.expect("records")[0].get("n").expect("a number")
}
