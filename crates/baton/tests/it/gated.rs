//! What a person may not decide alone waits until others have agreed.

use baton::people::acts::change_job::ChangeJob;
use kernel::EmployeeId;
use serde_json::{Value as Json, json};

use crate::departure::resign;
use crate::desk::{approve, press, reject, task, tasks};
use crate::harness::{Answer, Company, Login, Person, World, hire, person};

story!(
    a_salesperson_asks_and_receiver_and_manager_agree,
    whoever_may_approve_does_not_wait_unless_he_gains_or_gives,
    a_no_leaves_everything_as_it_was,
    an_approved_plan_does_not_wait_a_second_time,
    a_plan_shows_what_is_under_approval,
    a_waiver_is_granted_by_somebody_else,
    a_leaver_and_a_stranger_ask_for_nothing,
);

/// The chief is the line manager of the salespeople, and an executive stands above him.
async fn reporting(world: &World, company: &Company) -> Person {
    let place = (company.entity, company.sales, company.post);
    let boss = hire(world, person(place, "E900", "高总", false), "executive").await;
    for (who, department, manager) in [
        (&company.zhang, company.north, company.chief.id),
        (&company.li, company.north, company.chief.id),
        (&company.wang, company.south, company.chief.id),
        (&company.chief, company.sales, boss.id),
    ] {
        let job = ChangeJob {
            employee: who.id,
            effective_on: world.today(),
            entity: company.entity,
            department,
            post: company.post,
            line_manager: Some(manager),
            reason: "汇报关系".to_owned(),
            seen: None,
        };
        world.done(&job).await;
    }
    boss
}

async fn hand_over(world: &World, by: &Login, customer: &str, to: EmployeeId) -> Answer {
    let body = json!({ "to_id": to, "effective_on": world.today(), "reason": "区域调整" });
    world
        .post(by, &format!("/customers/{customer}/hand-over"), body)
        .await
}

async fn assign(world: &World, by: &Login, customer: &str, to: EmployeeId) -> Answer {
    let body = json!({ "owner_id": to, "effective_on": world.today(), "reason": "reassigned" });
    world
        .post(by, &format!("/customers/{customer}/assign"), body)
        .await
}

/// The case under which it waits.
#[track_caller]
fn held(answer: Answer) -> String {
    assert_eq!(answer.status.as_u16(), 202, "{}", answer.body);
    assert_eq!(
        (&answer.body["id"], &answer.body["entry"]),
        (&Json::Null, &Json::Null)
    );
    answer.body["case_id"].as_str().expect("a case").to_owned()
}

async fn owner(world: &World) -> String {
    let query = "SELECT e.name AS n FROM customer c JOIN people_employee e ON e.id = c.owner_id";
    world.texts(query, &["n"]).await.concat().concat()
}

/// Whoever agrees sees what he agrees to.
fn tells_what_was_asked(world: &World, case: &Json) {
    let terms = case["terms"].as_array().expect("terms").iter();
    let terms: Vec<_> = terms.map(|term| (&term["key"], &term["value"])).collect();
    let wanted = json!([
        ["receiver", "李四（E003）"],
        ["effective_on", world.today()],
        ["reason", "区域调整"],
    ]);
    assert_eq!(json!(terms), wanted);
}

async fn a_salesperson_asks_and_receiver_and_manager_agree(world: World) {
    let company = Company::found(&world).await;
    reporting(&world, &company).await;
    let (zhang, li, chief) = (&company.zhang, &company.li, &company.chief);
    let id = company.customer(&world, zhang, "永定机床有限公司").await;
    company.invoice(&world, &id, "FP-1", "700").await;
    let case = held(hand_over(&world, &zhang.login, &id, li.id).await);
    assert_eq!(owner(&world).await, "张三");
    assert_eq!(world.entries("approval.request").await.len(), 1);
    let seen = world
        .get(&zhang.login, &format!("/cases/{case}"))
        .await
        .ok();
    assert_eq!(seen["held_zh"], "移交客户");
    assert_eq!(seen["subject"], format!("customer/{id}"));
    tells_what_was_asked(&world, &seen);
    assert!(
        tasks(&world, &chief.login).await.is_empty(),
        "the receiver is asked first"
    );
    approve(&world, &li.login, "accept").await;
    approve(&world, &chief.login, "manager").await;
    world.run_jobs().await;
    assert_eq!(owner(&world).await, "李四");
    let entry = &world.entries("customer.hand_over").await[0];
    assert!(
        entry
            .to_string()
            .contains("由张三（E002）移交给李四（E003）"),
        "{entry}"
    );
    // The proof says who had agreed.
    let proof = spine::Query::new(
        "SELECT entry FROM log_entry WHERE kind = 'customer.hand_over' ORDER BY idx DESC LIMIT 1",
    )
    .select();
    let rows = world
        .house
        .spine
        .db()
        .read(&proof.0, proof.1)
        .await
        .expect("the log");
    let bytes: Vec<u8> = rows[0].get("entry").expect("bytes");
    let proof = evidence::entry::Entry::from_bytes(&bytes).expect("an entry");
    let agreed: Vec<(&str, &str)> = proof
        .approvals
        .iter()
        .map(|one| (one.decision.as_str(), one.by.as_str()))
        .collect();
    let (li_id, chief_id) = (li.id.to_string(), chief.id.to_string());
    assert_eq!(
        agreed,
        [("approve", li_id.as_str()), ("approve", chief_id.as_str())]
    );
    let chases = "SELECT e.name AS n FROM receivable_invoice i JOIN people_employee e \
                  ON e.id = i.responsible_id";
    assert_eq!(world.texts(chases, &["n"]).await, [["李四"]]);
    let seen = world
        .get(&zhang.login, &format!("/cases/{case}"))
        .await
        .ok();
    assert!(
        seen["history"]
            .to_string()
            .contains("已按审批结果执行「移交客户」")
    );
}

// Horilla #1089: the same change is guarded on one path and open on another.
async fn whoever_may_approve_does_not_wait_unless_he_gains_or_gives(world: World) {
    let company = Company::found(&world).await;
    let boss = reporting(&world, &company).await;
    let chief = &company.chief;
    let id = company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    let done = hand_over(&world, &chief.login, &id, company.li.id).await;
    assert_eq!(done.status.as_u16(), 200, "{}", done.body);
    let done = assign(&world, &chief.login, &id, company.zhang.id).await;
    assert_eq!(done.status.as_u16(), 200, "{}", done.body);
    // To himself: by either path somebody above him is asked.
    held(hand_over(&world, &chief.login, &id, chief.id).await);
    let case = held(assign(&world, &chief.login, &id, chief.id).await);
    assert_eq!(owner(&world).await, "张三");
    let asked = world
        .get(&chief.login, &format!("/cases/{case}"))
        .await
        .ok();
    assert_eq!(asked["held_zh"], "归属变更");
    for _ in 0..2 {
        approve(&world, &chief.login, "accept").await;
        approve(&world, &boss.login, "manager").await;
    }
    world.run_jobs().await;
    assert_eq!(owner(&world).await, "陈总");
    // Nor does he give his own away alone.
    held(hand_over(&world, &chief.login, &id, company.li.id).await);
    // From the pool nobody loses anything, so nobody is asked.
    let free = json!({ "name": "公海客户有限公司", "region": "", "industry": "", "tier": "",
        "pool": true });
    let free = world.post(&chief.login, "/customers", free).await;
    if free.status.is_success() {
        let done = assign(&world, &chief.login, &free.id(), company.wang.id).await;
        assert_eq!(done.status.as_u16(), 200, "{}", done.body);
    }
}

async fn a_no_leaves_everything_as_it_was(world: World) {
    let company = Company::found(&world).await;
    reporting(&world, &company).await;
    let id = company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    let case = held(hand_over(&world, &company.zhang.login, &id, company.li.id).await);
    reject(&world, &company.li.login, "accept").await;
    world.run_jobs().await;
    assert_eq!(owner(&world).await, "张三");
    let seen = world
        .get(&company.zhang.login, &format!("/cases/{case}"))
        .await
        .ok();
    assert_eq!(seen["state"], "rejected");
    assert!(world.entries("customer.hand_over").await.is_empty());
}

async fn an_approved_plan_does_not_wait_a_second_time(world: World) {
    let company = Company::found(&world).await;
    reporting(&world, &company).await;
    company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    let chief = &company.chief.login;
    let body = json!({ "from": company.zhang.id, "effective_on": world.today() });
    let plan = world.post(chief, "/handover-plans", body).await.id();
    let step = |who: Login, step: &'static str, body: Json| {
        let path = format!("/handover-plans/{plan}/{step}");
        let world = &world;
        async move { world.post(&who, &path, body).await.ok() }
    };
    let seen = json!({ "version": 1 });
    step(chief.clone(), "submit", seen.clone()).await;
    let yes = json!({ "version": 1, "accept": true });
    step(company.li.login.clone(), "answer", yes).await;
    step(chief.clone(), "approve", seen).await;
    let done = step(chief.clone(), "execute", json!({})).await;
    assert_eq!(done["customers"], 1);
    assert_eq!(owner(&world).await, "李四");
    assert!(world.entries("approval.request").await.is_empty());
}

async fn a_plan_shows_what_is_under_approval(world: World) {
    let company = Company::found(&world).await;
    reporting(&world, &company).await;
    let id = company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    held(hand_over(&world, &company.zhang.login, &id, company.wang.id).await);
    let chief = &company.chief.login;
    let body = json!({ "from": company.zhang.id });
    let plan = world.post(chief, "/handover-plans", body).await.id();
    let seen = world
        .get(chief, &format!("/handover-plans/{plan}"))
        .await
        .ok();
    let found = seen["conflicts"].as_array().expect("conflicts");
    let found = found.iter().find(|one| one["kind"] == "under_approval");
    let found = found.expect("the request is shown");
    assert_eq!(found["blocks"], false);
    assert!(found["zh"].to_string().contains("有审批在途"), "{found}");
    assert!(found["en"].to_string().contains("goes to 王五"), "{found}");
}

async fn a_waiver_is_granted_by_somebody_else(world: World) {
    let company = Company::found(&world).await;
    let boss = reporting(&world, &company).await;
    let lend = baton::people::acts::lend_asset::LendAsset {
        employee: company.zhang.id,
        kind: "equipment".to_owned(),
        name: "笔记本".to_owned(),
        serial: "SN-1".to_owned(),
    };
    world.done(&lend).await;
    let departure = resign(&world, &company.zhang.login).await;
    let hr = &company.hr.login;
    let path = format!("/departures/{departure}");
    let waiver = json!({ "gate": "assets", "reason": "已报失，保险已赔付" });
    let case = held(world.post(hr, &format!("{path}/waive"), waiver).await);
    let assets = |view: &Json| {
        let gates = view["gates"].as_array().expect("gates").clone();
        let gate = gates.into_iter().find(|gate| gate["key"] == "assets");
        gate.expect("the gate")["state"].clone()
    };
    assert_eq!(assets(&world.get(hr, &path).await.ok()), "red");
    assert!(
        !tasks(&world, hr)
            .await
            .iter()
            .any(|task| task["case_id"] == case.as_str()),
        "nobody grants what he asks for"
    );
    // The general manager cannot have it decided by whoever may not.
    let sign = task(&world, &boss.login, "sign").await;
    let on = json!({ "do": "hand_on", "to": company.finance.id });
    let refused = press(&world, &boss.login, &sign, on).await;
    assert_eq!(refused.problem(422), "approval.no_right");
    approve(&world, &boss.login, "sign").await;
    world.run_jobs().await;
    let seen = world.get(hr, &path).await.ok();
    assert_eq!(assets(&seen), "waived");
    assert_eq!(
        seen["stage"]["key"], "filed",
        "the departure itself goes on"
    );
    let entry = &world.entries("departure.waive_gate").await[0];
    assert!(
        entry.to_string().contains("资产已归还或已约定赔偿"),
        "{entry}"
    );
    // What may never be waived is refused at once, and nobody is asked.
    let papers = json!({ "gate": "documents", "reason": "以后再说" });
    let refused = world.post(hr, &format!("{path}/waive"), papers).await;
    assert_eq!(refused.problem(422), "departure.gate_not_waivable");
}

async fn a_leaver_and_a_stranger_ask_for_nothing(world: World) {
    let company = Company::found(&world).await;
    reporting(&world, &company).await;
    let id = company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    let foreign = hand_over(&world, &company.wang.login, &id, company.wang.id).await;
    assert_eq!(foreign.status.as_u16(), 404, "{}", foreign.body);
    // Nor does a login without a person learn that there is such a customer.
    let stranger = world.login(None, &[]).await;
    let nobody = hand_over(&world, &stranger, &id, company.wang.id).await;
    assert_eq!(nobody.status.as_u16(), 404, "{}", nobody.body);
    let leaving = world.enter_handover(&company.zhang.login).await;
    let own = hand_over(&world, &leaving, &id, company.li.id).await;
    assert_eq!(own.status.as_u16(), 403, "{}", own.body);
    assert!(world.entries("approval.request").await.is_empty());
}
