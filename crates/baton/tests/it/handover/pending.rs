//! What waits for the leaver in the processes of the house goes with the handover.

use ::approval::fact::Facts;
use baton::approval::acts::publish_flow::PublishFlow;
use baton::approval::acts::start::Start;
use baton::people::acts::change_job::ChangeJob;
use kernel::{CaseId, EmployeeId};
use serde_json::{Value as Json, json};

use super::{agree, draw, plan, step};
use crate::departure::resign;
use crate::desk::{complete, task, tasks};
use crate::harness::{Company, Person, World};

story!(
    everything_pending_moves_with_the_plan,
    what_arrives_after_the_plan_goes_to_somebody_too,
    an_absent_persons_later_tasks_stay_his,
    after_the_last_day_nothing_waits_for_nobody,
    a_successor_who_must_stand_aside_does_not_stop_the_handover,
);

/// A process with a copy to read and a signature, both asked of this person by name.
async fn flow_naming(world: &World, who: EmployeeId) {
    let flow = json!({
        "schema": "baton.process/1", "key": "test.named", "title": "价格特批",
        "title_en": "Special price", "subject": "test",
        "root": { "id": "all", "kind": "seq", "children": [
            { "id": "read", "kind": "cc", "to": [{ "from": "person", "id": who }] },
            { "id": "sign", "kind": "approve", "title": "特批签字",
              "title_en": "Sign it", "due": { "work_days": 1 },
              "approvers": [{ "from": "person", "id": who }] },
        ] },
    });
    let body = flow.to_string();
    world.done(&PublishFlow { body }).await;
}

async fn asked(world: &World, by: &Person, title: &str) -> CaseId {
    let start = Start {
        case: None,
        flow: "test.named".to_owned(),
        title: title.to_owned(),
        subject: "test/1".to_owned(),
        about: None,
        initiator: Some(by.id),
        facts: Facts::new(),
        held: None,
    };
    world.done(&start).await.case
}

async fn reports_to(world: &World, company: &Company, who: &Person, manager: &Person) {
    let job = ChangeJob {
        employee: who.id,
        effective_on: world.today(),
        entity: company.entity,
        department: company.north,
        post: company.post,
        line_manager: Some(manager.id),
        reason: "汇报关系".to_owned(),
        seen: None,
    };
    world.done(&job).await;
}

/// The lines of a plan as `kind label`, sorted.
async fn lines(world: &World, company: &Company, id: &str) -> Vec<String> {
    named(world, company, id, "label").await
}

/// The same by the label in one language.
async fn named(world: &World, company: &Company, id: &str, label: &str) -> Vec<String> {
    let page = world
        .get(&company.chief.login, &format!("/handover-plans/{id}/items"))
        .await
        .ok();
    let items = page["items"].as_array().expect("lines");
    let text = |item: &Json| {
        let word = |key: &str| item[key].as_str().expect("a word").to_owned();
        format!("{} {}", word("kind"), word(label))
    };
    items.iter().map(text).collect()
}

async fn waiting(world: &World, who: &Person) -> Vec<String> {
    let query = "SELECT t.node AS node, t.owner_id AS owner FROM approval_task t \
                 WHERE t.kind <> 'cc' AND t.state IN ('open', 'waiting') ORDER BY 1";
    let rows = world.texts(query, &["node", "owner"]).await;
    let his = rows.into_iter().filter(|row| row[1] == who.id.to_string());
    his.map(|row| row[0].clone()).collect()
}

fn pending(shown: &Json) -> Vec<(String, String)> {
    let moves = shown["pending"].as_array().expect("tasks").iter();
    let mut named: Vec<(String, String)> = moves
        .map(|one| {
            let word = |key: &str| one[key].as_str().expect("a word").to_owned();
            (word("task"), word("to_name"))
        })
        .collect();
    named.sort();
    named
}

#[expect(
    clippy::too_many_lines,
    reason = "a story is told from its beginning to its end"
)]
async fn everything_pending_moves_with_the_plan(world: World) {
    let company = Company::found(&world).await;
    let (zhang, li, chief) = (&company.zhang, &company.li, &company.chief);
    reports_to(&world, &company, zhang, chief).await;
    reports_to(&world, &company, &company.wang, zhang).await;
    flow_naming(&world, zhang.id).await;
    let signs = asked(&world, &company.finance, "给永定九折").await;
    let started = asked(&world, zhang, "给潮白八折").await;
    // A colleague who reports to Zhang leaves first: the plan of his handover is Zhang's task.
    company
        .customer(&world, &company.wang, "珠江阀门有限公司")
        .await;
    let earlier = resign(&world, &company.wang.login).await;
    world
        .post(
            &company.hr.login,
            &format!("/departures/{earlier}/acknowledge"),
            json!({}),
        )
        .await
        .ok();
    assert_eq!(waiting(&world, zhang).await, ["plan", "sign"]);

    let departure = resign(&world, &zhang.login).await;
    let id = draw(&world, &company, json!({ "from": zhang.id })).await;
    let found = lines(&world, &company, &id).await;
    assert_eq!(
        found,
        [
            "flow_seat 价格特批",
            "initiated_case 给潮白八折",
            "line_manager_role 王五",
            "pending_approval 给永定九折：特批签字",
            "pending_task 王五（E004） · 辞职：提交交接方案",
        ],
        "neither an unread copy nor his own departure is work"
    );
    assert_eq!(
        named(&world, &company, &id, "label_en").await,
        [
            "flow_seat Special price",
            "initiated_case 给潮白八折",
            "line_manager_role 王五",
            "pending_approval 给永定九折: Sign it",
            "pending_task 王五（E004） · Resignation: Submit the handover plan",
        ]
    );
    let rule = |kinds: &[&str], to: &Person, version: u32| {
        json!({ "version": version, "change": { "change": "assign_by_rule",
            "kinds": kinds, "successor_id": to.id } })
    };
    let kinds = ["pending_approval", "initiated_case", "flow_seat"];
    let body = rule(&kinds, li, 1);
    step(&world, &chief.login, &id, "edit", body).await.ok();
    agree(&world, &company, &id, &[&chief.login, &li.login]).await;
    let shown = step(&world, &chief.login, &id, "dry-run", json!({}))
        .await
        .ok();
    assert!(
        pending(&shown).contains(&("提交交接方案".to_owned(), "陈总（E001）".to_owned())),
        "{shown}"
    );
    assert_eq!(
        waiting(&world, zhang).await,
        ["plan", "sign"],
        "shown, not done"
    );
    let gate = |view: &Json| {
        let gates = view["gates"].as_array().expect("gates").clone();
        let gate = gates.into_iter().find(|gate| gate["key"] == "pending_work");
        gate.expect("the gate")["state"].clone()
    };
    let path = format!("/departures/{departure}");
    assert_eq!(gate(&world.get(&company.hr.login, &path).await.ok()), "red");

    world.pass_days(31);
    world.run_jobs().await;
    assert_eq!(plan(&world, &chief.login, &id).await["state"], "executed");
    assert!(waiting(&world, zhang).await.is_empty());
    assert_eq!(
        gate(&world.get(&company.hr.login, &path).await.ok()),
        "green"
    );
    let sign = task(&world, &li.login, "sign").await;
    assert_eq!(sign["case_id"], signs.to_string());
    let plan_task = tasks(&world, &chief.login).await;
    assert!(
        plan_task.iter().any(|one| one["node"] == "plan"),
        "{plan_task:#?}"
    );
    let case = world
        .get(&li.login, &format!("/cases/{started}"))
        .await
        .ok();
    assert_eq!(case["initiator"]["name"], "李四");
    assert!(
        case["history"]
            .to_string()
            .contains("发起人由 张三（E002） 更换为 李四（E003）")
    );
    // The next case asks the successor.
    let next = asked(&world, &company.chief, "给大兴七折").await;
    let asked_of = "SELECT e.name AS n FROM approval_task t JOIN people_employee e \
                    ON e.id = t.owner_id WHERE t.kind = 'approve' AND t.case_id = ";
    let mut query = spine::Query::new(asked_of);
    query.bind(next);
    let (select, values) = query.select();
    let rows = world
        .house
        .spine
        .db()
        .read(&select, values)
        .await
        .expect("rows");
    assert_eq!(rows[0].get::<String>("n").expect("a name"), "李四");
    let entry = &world.entries("approval.reassign_all").await[0];
    assert!(
        entry
            .to_string()
            .contains("项待办已全部移交：按交接方案 JJ2026-0001 移交"),
        "{entry}"
    );
    assert!(
        world
            .house
            .audit()
            .await
            .expect("an audit")
            .findings
            .is_empty()
    );
}

async fn what_arrives_after_the_plan_goes_to_somebody_too(world: World) {
    let company = Company::found(&world).await;
    let (zhang, chief) = (&company.zhang, &company.chief);
    reports_to(&world, &company, zhang, chief).await;
    company.customer(&world, zhang, "永定机床有限公司").await;
    resign(&world, &zhang.login).await;
    let id = draw(&world, &company, json!({ "from": zhang.id })).await;
    agree(&world, &company, &id, &[&company.li.login]).await;
    flow_naming(&world, zhang.id).await;
    asked(&world, &company.li, "给永定九折").await;
    assert_eq!(waiting(&world, zhang).await, ["sign"]);
    world.pass_days(31);
    world.run_jobs().await;
    assert!(waiting(&world, zhang).await.is_empty());
    assert_eq!(
        waiting(&world, chief).await,
        ["sign"],
        "to his manager, never to nobody"
    );
}

async fn an_absent_persons_later_tasks_stay_his(world: World) {
    let company = Company::found(&world).await;
    let (zhang, chief) = (&company.zhang, &company.chief);
    flow_naming(&world, zhang.id).await;
    asked(&world, &company.li, "给永定九折").await;
    let body = json!({ "from": zhang.id, "effective_on": world.today() });
    let id = draw(&world, &company, body).await;
    let all = json!({ "version": 1, "change": { "change": "assign_by_rule",
        "kinds": ["pending_approval"], "successor_id": chief.id } });
    step(&world, &chief.login, &id, "edit", all).await.ok();
    let seat = json!({ "version": 2, "change": { "change": "assign_by_rule",
        "kinds": ["flow_seat"], "successor_id": company.li.id } });
    step(&world, &chief.login, &id, "edit", seat).await.ok();
    asked(&world, &company.li, "给大兴七折").await;
    agree(&world, &company, &id, &[&chief.login, &company.li.login]).await;
    step(&world, &chief.login, &id, "execute", json!({}))
        .await
        .ok();
    assert_eq!(waiting(&world, chief).await, ["sign"]);
    assert_eq!(
        waiting(&world, zhang).await,
        ["sign"],
        "he comes back to it"
    );
}

async fn after_the_last_day_nothing_waits_for_nobody(world: World) {
    let company = Company::found(&world).await;
    let (zhang, chief) = (&company.zhang, &company.chief);
    reports_to(&world, &company, zhang, chief).await;
    flow_naming(&world, zhang.id).await;
    asked(&world, &company.li, "给永定九折").await;
    resign(&world, &zhang.login).await;
    // Nobody has made a plan when his login is closed.
    world.pass_days(31);
    world.run_jobs().await;
    assert!(waiting(&world, zhang).await.is_empty());
    assert_eq!(waiting(&world, chief).await, ["sign"]);
}

async fn a_successor_who_must_stand_aside_does_not_stop_the_handover(world: World) {
    let company = Company::found(&world).await;
    let (zhang, li, chief) = (&company.zhang, &company.li, &company.chief);
    reports_to(&world, &company, zhang, chief).await;
    flow_naming(&world, zhang.id).await;
    // Li started it, so he must not sign it.
    asked(&world, li, "给永定九折").await;
    resign(&world, &zhang.login).await;
    let id = draw(&world, &company, json!({ "from": zhang.id })).await;
    let all = json!({ "version": 1, "change": { "change": "assign_by_rule",
        "kinds": [], "successor_id": li.id } });
    step(&world, &chief.login, &id, "edit", all).await.ok();
    agree(&world, &company, &id, &[&li.login]).await;
    let shown = step(&world, &chief.login, &id, "dry-run", json!({}))
        .await
        .ok();
    assert_eq!(
        pending(&shown),
        [("特批签字".to_owned(), "陈总（E001）".to_owned())]
    );
    world.pass_days(31);
    world.run_jobs().await;
    assert_eq!(plan(&world, &chief.login, &id).await["state"], "executed");
    assert_eq!(waiting(&world, chief).await, ["sign"]);
    let refused = complete(&world, &chief.login, "sign").await;
    assert_eq!(
        refused.status.as_u16(),
        422,
        "a signature is no task: {}",
        refused.body
    );
}
