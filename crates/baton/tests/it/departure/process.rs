//! The process of a departure is one: on its page, in everybody's list of tasks, in the books.

use baton::people::acts::lend_asset::LendAsset;
use baton::people::acts::set_head::SetHead;
use kernel::DepartmentId;
use serde_json::{Value as Json, json};

use super::{certificate, resign, task, view};
use crate::desk::{complete, task as at_desk, tasks};
use crate::harness::{Company, Login, World, hire, money, person};

story!(
    filing_starts_the_process_of_every_way_of_leaving,
    every_office_has_its_task_with_owner_due_time_and_reminder,
    a_resignation_runs_to_the_closed_file,
    a_step_on_the_page_and_in_the_list_is_the_same_step,
    what_leaves_a_trace_cannot_be_ticked_off_without_it,
    what_was_done_early_is_not_asked_again,
    what_happens_elsewhere_in_the_books_reaches_the_process,
    withdrawal_ends_the_process_and_nobody_else_can,
    an_overdue_step_climbs_and_is_shown,
    a_login_of_no_employee_begins_nothing_in_the_name_of_another,
    what_an_office_leaves_undone_climbs_to_whoever_stands_above_it,
);

/// A process of its own must run for each kind, with these steps first.
const KINDS: [(&str, &str, &str); 15] = [
    ("mutual_by_employer", "departure.mutual", "consent"),
    ("mutual_by_employee", "departure.mutual", "consent"),
    ("resignation", "departure.resignation", "acknowledge"),
    (
        "resignation_for_cause",
        "departure.resignation",
        "acknowledge",
    ),
    ("probation_failure", "departure.dismissal", "protection"),
    ("misconduct", "departure.dismissal", "protection"),
    ("no_fault_dismissal", "departure.dismissal", "protection"),
    ("layoff", "departure.dismissal", "protection"),
    ("expiry_by_employer", "departure.ending", "acknowledge"),
    ("expiry_by_employee", "departure.ending", "acknowledge"),
    ("task_end", "departure.ending", "acknowledge"),
    ("retirement", "departure.ending", "acknowledge"),
    ("death", "departure.ending", "acknowledge"),
    ("employer_closure", "departure.ending", "acknowledge"),
    ("unlawful_dismissal", "departure.ending", "acknowledge"),
];

async fn filing_starts_the_process_of_every_way_of_leaving(world: World) {
    let company = Company::found(&world).await;
    let hr = &company.hr.login;
    let kinds = world.get(hr, "/departure-kinds").await.ok();
    assert_eq!(kinds.as_array().expect("kinds").len(), KINDS.len());
    for (n, (kind, flow, first)) in KINDS.into_iter().enumerate() {
        let place = (company.entity, company.south, company.post);
        let mut new = person(place, &format!("E2{n:02}"), "某人", true);
        new.probation_until = (kind == "probation_failure").then(|| world.today().plus_days(10));
        new.contract_until = kind
            .starts_with("expiry")
            .then(|| world.today().plus_days(40));
        let somebody = hire(&world, new, "salesperson").await;
        // Failed probation ends employment within probation, and a death lies in no future.
        let days = match kind {
            "probation_failure" => 5,
            "death" => 0,
            _ => 40,
        };
        let body = json!({ "employee_id": somebody.id, "kind": kind, "protected": {},
            "wished_on": world.today().plus_days(days), "reason": "" });
        let preview = world
            .post(hr, "/departures/preview", body.clone())
            .await
            .ok();
        assert_eq!(preview["tasks"][0]["node"], first, "{kind}");
        let id = world.post(hr, "/departures", body).await.id();
        let seen = view(&world, hr, &id).await;
        let case = seen["case_id"].as_str().expect("a case");
        let case = world.get(hr, &format!("/cases/{case}")).await.ok();
        assert_eq!(
            (&case["flow"], &case["state"]),
            (&json!(flow), &json!("running")),
            "{kind}"
        );
        assert_eq!(case["about"]["name"], "某人");
        assert_eq!(task(&seen, first)["state"], "active", "{kind}");
    }
    assert_eq!(world.entries("approval.start").await.len(), KINDS.len());
}

async fn acknowledge(world: &World, company: &Company, id: &str) {
    let path = format!("/departures/{id}/acknowledge");
    world.post(&company.hr.login, &path, json!({})).await.ok();
}

#[expect(
    clippy::too_many_lines,
    reason = "a story is told from its beginning to its end"
)]
async fn every_office_has_its_task_with_owner_due_time_and_reminder(world: World) {
    let company = Company::found(&world).await;
    let filing = world
        .post(
            &company.zhang.login,
            "/departures",
            json!({ "kind": "resignation" }),
        )
        .await
        .ok();
    let id = filing["id"].as_str().expect("an id").to_owned();
    // One transaction: the notice, the state, the sessions, the process.
    let first = filing["entry"].as_u64().expect("an entry");
    let chain: Vec<String> = {
        let mut query = spine::Query::new("SELECT kind FROM log_entry WHERE idx >= ");
        query
            .bind(i64::try_from(first).expect("an index"))
            .push(" ORDER BY idx");
        let (select, values) = query.select();
        let rows = world
            .house
            .spine
            .db()
            .read(&select, values)
            .await
            .expect("the log");
        rows.iter()
            .map(|row| row.get("kind").expect("a kind"))
            .collect()
    };
    let wanted = [
        "departure.file",
        "people.set_state",
        "session.set_access",
        "approval.start",
    ];
    assert_eq!(chain, wanted);
    acknowledge(&world, &company, &id).await;
    let seen = view(&world, &company.hr.login, &id).await;
    for (node, pool, who) in [
        ("receivables", "finance", &company.finance.login),
        ("accounts", "it", &company.it.login),
        ("assets", "administration", &company.office.login),
        ("interview", "hr", &company.hr.login),
    ] {
        let step = task(&seen, node);
        assert_eq!(step["holders"][0]["pool"], pool, "{node}");
        assert_eq!(
            (&step["state"], &step["overdue"]),
            (&json!("active"), &json!(false))
        );
        assert!(step["due_at"].is_string(), "{step}");
        let mine = at_desk(&world, who, node).await;
        assert_eq!(
            (&mine["due_at"], &mine["subject"]),
            (&step["due_at"], &json!(format!("departure/{id}")))
        );
    }
    // The plan is asked of his superior; there is none here, so it rests with who runs processes.
    assert_eq!(task(&seen, "plan")["holders"][0]["pool"], "admin");
    let mut ahead: Vec<&Json> = seen["tasks"].as_array().expect("steps").iter().collect();
    ahead.retain(|step| step["state"] == "pending");
    let names: Vec<&Json> = ahead.iter().map(|step| &step["node"]).collect();
    assert_eq!(
        names,
        ["settled", "close_accounts", "collect_assets", "certificate"]
    );
    let armed = "SELECT body AS b FROM job WHERE kind = 'approval.timer' AND done_at IS NULL";
    assert!(
        world.texts(armed, &["b"]).await.len() >= 8,
        "due times and reminders are set"
    );
}

#[expect(clippy::too_many_lines, reason = "a story is told in one piece")]
async fn a_resignation_runs_to_the_closed_file(world: World) {
    let company = Company::found(&world).await;
    let (zhang, hr) = (&company.zhang, &company.hr.login);
    let lend = |kind: &str, name: &str| LendAsset {
        employee: zhang.id,
        kind: kind.to_owned(),
        name: name.to_owned(),
        serial: "SN-1".to_owned(),
    };
    let laptop = world.done(&lend("equipment", "笔记本")).await;
    let mail = world.done(&lend("account", "邮箱")).await;
    company.customer(&world, zhang, "永定机床有限公司").await;
    let id = resign(&world, &zhang.login).await;
    let checks = format!("/departures/{id}/checks");
    acknowledge(&world, &company, &id).await;
    assert_eq!(
        task(&view(&world, hr, &id).await, "acknowledge")["state"],
        "passed"
    );

    let sums = json!({ "check": "receivables", "note": "无异议" });
    world.post(&company.finance.login, &checks, sums).await.ok();
    let seen = view(&world, hr, &id).await;
    let step = task(&seen, "receivables");
    assert_eq!(step["state"], "passed");
    assert_eq!(step["comment"], "钱会计（E005）已核对应收");
    assert_eq!(step["comment_en"], "钱会计（E005） checked the receivables");
    let path = format!("/cases/{}", seen["case_id"].as_str().unwrap());
    let case = world.get(hr, &path).await.ok();
    assert_eq!(case["title_en"], "张三（E002） · Resignation");
    let history = case["history"].to_string();
    assert!(history.contains("：钱会计（E005）已核对应收"), "{history}");
    let en = ": 钱会计（E005） checked the receivables";
    assert!(history.contains(en), "{history}");
    assert!(tasks(&world, &company.finance.login).await.is_empty());

    let chief = &company.chief.login;
    let plan = json!({ "from": zhang.id });
    let plan = world.post(chief, "/handover-plans", plan).await.id();
    assert_eq!(
        task(&view(&world, hr, &id).await, "plan")["state"],
        "active",
        "a draft is no plan"
    );
    let go = |who: &Login, step: &str, body: Json| {
        let (who, path) = (who.clone(), format!("/handover-plans/{plan}/{step}"));
        let world = &world;
        async move { world.post(&who, &path, body).await.ok() }
    };
    go(chief, "submit", json!({ "version": 1 })).await;
    assert_eq!(
        task(&view(&world, hr, &id).await, "plan")["state"],
        "passed"
    );
    go(
        &company.li.login,
        "answer",
        json!({ "version": 1, "accept": true }),
    )
    .await;
    go(chief, "approve", json!({ "version": 1 })).await;
    complete(&world, &company.it.login, "accounts").await.ok();
    complete(&world, &company.office.login, "assets").await.ok();
    complete(&world, hr, "interview").await.ok();
    let seen = view(&world, hr, &id).await;
    assert_eq!(task(&seen, "settled")["state"], "active");

    world.pass_days(30);
    world.run_jobs().await;
    let seen = view(&world, hr, &id).await;
    assert_eq!(task(&seen, "last_day")["state"], "passed");
    for node in ["close_accounts", "collect_assets", "certificate"] {
        assert_eq!(task(&seen, node)["state"], "active", "{node}");
    }
    let back = json!({ "check": "asset", "asset_id": laptop, "cost": null, "note": "完好" });
    world.post(&company.office.login, &checks, back).await.ok();
    let closed = json!({ "check": "account_closed", "asset_id": mail, "note": "" });
    world.post(&company.it.login, &checks, closed).await.ok();
    let seen = view(&world, hr, &id).await;
    for node in ["close_accounts", "collect_assets"] {
        assert_eq!(task(&seen, node)["state"], "passed", "{node}");
    }
    world.pass_days(1);
    world.run_jobs().await;
    let seen = view(&world, hr, &id).await;
    assert_eq!(
        task(&seen, "settled")["state"],
        "passed",
        "the plan took effect"
    );
    certificate(&world, &id).await;
    let closing = world
        .post(hr, &format!("/departures/{id}/close"), json!({}))
        .await
        .ok();
    assert!(closing["entry"].is_u64(), "{closing}");
    let seen = view(&world, hr, &id).await;
    assert_eq!(seen["stage"]["key"], "closed");
    assert!(
        seen["tasks"]
            .as_array()
            .expect("steps")
            .iter()
            .all(|step| step["state"] == "passed"),
        "{seen:#}"
    );
    let case = seen["case_id"].as_str().expect("a case");
    let case = world.get(hr, &format!("/cases/{case}")).await.ok();
    assert_eq!(case["state"], "completed");
    assert_eq!(
        case["milestones"],
        json!(["departure.acknowledged", "departure.closed"])
    );
    let entry = world.entries("departure.close").await;
    assert!(
        entry[0]
            .to_string()
            .contains("张三（E002）的离职（LZ2026-0001）已办结"),
        "{entry:?}"
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

async fn a_step_on_the_page_and_in_the_list_is_the_same_step(world: World) {
    let company = Company::found(&world).await;
    let hr = &company.hr.login;
    let customer = company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    company.invoice(&world, &customer, "FP-1", "700").await;
    let id = resign(&world, &company.zhang.login).await;
    complete(&world, hr, "acknowledge").await.ok();
    let seen = view(&world, hr, &id).await;
    assert_eq!(
        seen["stage"]["key"], "acknowledged",
        "ticked off in the list"
    );
    let path = format!("/departures/{id}/acknowledge");
    let twice = world.post(hr, &path, json!({})).await;
    assert_eq!(twice.problem(409), "departure.acknowledged_already");
    complete(&world, &company.finance.login, "receivables")
        .await
        .ok();
    let entry = &world.entries("departure.record_check").await[0];
    assert!(
        entry.to_string().contains("1 户、1 笔，未收 700.00 元"),
        "{entry}"
    );
    complete(&world, hr, "interview").await.ok();
    let seen = view(&world, hr, &id).await;
    let steps = seen["steps"].as_array().expect("steps");
    let told: Vec<String> = steps
        .iter()
        .map(|step| format!("{}{}", step["kind"].as_str().expect("a kind"), step["what"]))
        .collect();
    for wanted in [
        "acknowledged\"\"",
        "check\"receivables\"",
        "check\"interview\"",
    ] {
        assert!(told.contains(&wanted.to_owned()), "{wanted} in {told:?}");
    }
}

async fn what_leaves_a_trace_cannot_be_ticked_off_without_it(world: World) {
    let company = Company::found(&world).await;
    let hr = &company.hr.login;
    company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    let mail = LendAsset {
        employee: company.zhang.id,
        kind: "account".to_owned(),
        name: "邮箱".to_owned(),
        serial: String::new(),
    };
    let mail = world.done(&mail).await;
    let id = resign(&world, &company.zhang.login).await;
    acknowledge(&world, &company, &id).await;
    let plan = complete(&world, hr, "plan").await;
    assert_eq!(plan.problem(409), "departure.not_done_yet");
    world.pass_days(30);
    world.run_jobs().await;
    for (who, node) in [(hr, "certificate"), (&company.it.login, "close_accounts")] {
        let refused = complete(&world, who, node).await;
        assert_eq!(refused.problem(409), "departure.not_done_yet", "{node}");
    }
    let seen = view(&world, hr, &id).await;
    assert_eq!(
        task(&seen, "certificate")["state"],
        "active",
        "nothing half-done"
    );
    let closed = json!({ "check": "account_closed", "asset_id": mail, "note": "" });
    world
        .post(
            &company.it.login,
            &format!("/departures/{id}/checks"),
            closed,
        )
        .await
        .ok();
    assert_eq!(
        task(&view(&world, hr, &id).await, "close_accounts")["state"],
        "passed"
    );
}

async fn what_was_done_early_is_not_asked_again(world: World) {
    let company = Company::found(&world).await;
    let hr = &company.hr.login;
    company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    let id = resign(&world, &company.zhang.login).await;
    let checks = format!("/departures/{id}/checks");
    let sums = json!({ "check": "receivables", "note": "" });
    world.post(&company.finance.login, &checks, sums).await.ok();
    let plan = json!({ "from": company.zhang.id });
    let plan = world
        .post(&company.chief.login, "/handover-plans", plan)
        .await
        .id();
    world
        .post(
            &company.chief.login,
            &format!("/handover-plans/{plan}/submit"),
            json!({ "version": 1 }),
        )
        .await
        .ok();
    // The handover began before anybody confirmed receipt; that is taken down all the same.
    acknowledge(&world, &company, &id).await;
    let seen = view(&world, hr, &id).await;
    assert_eq!(seen["stage"]["key"], "handing_over");
    for node in ["acknowledge", "receivables", "plan"] {
        assert_eq!(task(&seen, node)["state"], "passed", "{node}");
    }
    assert!(tasks(&world, &company.finance.login).await.is_empty());
}

async fn what_happens_elsewhere_in_the_books_reaches_the_process(world: World) {
    let company = Company::found(&world).await;
    let hr = &company.hr.login;
    // Wang's customer, whose invoice Zhang was asked to chase.
    let customer = company
        .customer(&world, &company.wang, "永定机床有限公司")
        .await;
    let invoice = company.invoice(&world, &customer, "FP-1", "700").await;
    let finance = &company.finance.login;
    let body = json!({ "to_id": company.zhang.id, "effective_on": world.today() });
    let path = format!("/invoices/{invoice}/responsible");
    world.post(finance, &path, body).await.ok();
    let id = resign(&world, &company.zhang.login).await;
    acknowledge(&world, &company, &id).await;
    // The customer pays; then nothing is left to hand over.
    let paid = json!({ "customer_id": customer, "number": "HK-1", "amount": money("700"),
        "received_on": world.today() });
    world.post(finance, "/receipts", paid).await.ok();
    let entries = world.entries("approval.refresh").await.len();
    baton::departure::jobs::follow_all(&world.house)
        .await
        .expect("it follows");
    let seen = view(&world, hr, &id).await;
    assert_eq!(task(&seen, "plan")["comment"], "名下没有需要移交的事项");
    let en = "There is nothing to hand over";
    assert_eq!(task(&seen, "plan")["comment_en"], en);
    assert_eq!(world.entries("approval.refresh").await.len(), entries + 1);
    // Where nothing is new nothing is written.
    baton::departure::jobs::follow_all(&world.house)
        .await
        .expect("it follows");
    assert_eq!(world.entries("approval.refresh").await.len(), entries + 1);
}

async fn withdrawal_ends_the_process_and_nobody_else_can(world: World) {
    let company = Company::found(&world).await;
    let hr = &company.hr.login;
    let id = resign(&world, &company.zhang.login).await;
    let case = view(&world, hr, &id).await["case_id"]
        .as_str()
        .expect("a case")
        .to_owned();
    let commands = format!("/cases/{case}/commands");
    let end = json!({ "do": "terminate", "reason": "不同意辞职" });
    let refused = world.post(hr, &commands, end).await;
    assert_eq!(refused.problem(409), "approval.notice_stands");
    let zhang = world.log_in(company.zhang.login.id).await;
    let alone = json!({ "do": "withdraw", "reason": "不走了" });
    let refused = world.post(&zhang, &commands, alone).await;
    assert_eq!(refused.problem(409), "approval.cannot_withdraw");
    let both = json!({ "employee_agrees": true, "company_agrees": true, "reason": "双方同意" });
    world
        .post(hr, &format!("/departures/{id}/withdraw"), both)
        .await
        .ok();
    let ended = world.get(hr, &format!("/cases/{case}")).await.ok();
    assert_eq!(ended["state"], "terminated");
    assert!(tasks(&world, hr).await.is_empty());
    assert!(
        world.entries("departure.call_off").await.is_empty(),
        "once is enough"
    );
    // Whoever stays may leave another time, with a process of its own.
    let zhang = world.log_in(company.zhang.login.id).await;
    let again = resign(&world, &zhang).await;
    assert_ne!(view(&world, hr, &again).await["case_id"], case.as_str());
}

async fn an_overdue_step_climbs_and_is_shown(world: World) {
    let company = Company::found(&world).await;
    let hr = &company.hr.login;
    let id = resign(&world, &company.zhang.login).await;
    acknowledge(&world, &company, &id).await;
    let due = at_desk(&world, &company.finance.login, "receivables").await["due_at"].clone();
    // Filed on a Sunday: three working days end on Wednesday evening.
    assert_eq!(due, "2026-11-25T10:00:00.000Z");
    world.pass_days(4);
    world.run_jobs().await;
    let seen = view(&world, hr, &id).await;
    let step = task(&seen, "receivables");
    assert_eq!(step["overdue"], true, "{step}");
    assert_eq!(
        step["holders"][0]["pool"], "admin",
        "it climbed past an empty chair"
    );
    let case = seen["case_id"].as_str().expect("a case");
    let history = world.get(hr, &format!("/cases/{case}")).await.ok()["history"].to_string();
    assert!(history.contains("升级"), "{history}");
}

async fn what_an_office_leaves_undone_climbs_to_whoever_stands_above_it(world: World) {
    let company = Company::found(&world).await;
    let hr = &company.hr.login;
    // The office has a head who is none of finance, and somebody stands above him.
    let office: DepartmentId = world
        .texts(OFFICE, &["id"])
        .await
        .concat()
        .concat()
        .parse()
        .unwrap();
    let place = (company.entity, office, company.post);
    let boss = hire(&world, person(place, "E900", "高总", false), "executive").await;
    let mut head = person(place, "E901", "方主任", false);
    head.line_manager = Some(boss.id);
    let head = hire(&world, head, "office").await;
    let heads = SetHead {
        department: office,
        employee: head.id,
        seen: None,
    };
    world.done(&heads).await;
    let id = resign(&world, &company.zhang.login).await;
    acknowledge(&world, &company, &id).await;
    world.pass_days(4);
    world.run_jobs().await;
    let climbed = at_desk(&world, &head.login, "receivables").await;
    assert_eq!(climbed["holder"]["person"]["name"], "方主任");
    assert_eq!(climbed["came_zh"], "「财务」待办池逾期未办，升级到此");
    assert_eq!(
        climbed["came_en"],
        "The pool of Finance was late, so it climbed"
    );
    // The head is one of the office that keeps the things, so theirs goes above him.
    let assets = at_desk(&world, &boss.login, "assets").await;
    assert_eq!(assets["came_zh"], "「行政」待办池逾期未办，升级到此");
    // He leaves it too: above him is the boss, above the boss nobody, and that is said.
    for _ in 0..5 {
        world.pass_days(4);
        world.run_jobs().await;
    }
    let last = at_desk(&world, hr, "receivables").await;
    assert_eq!(last["holder"]["pool"], "admin");
    let words = last["came_zh"].as_str().expect("words");
    assert!(
        words.contains("高总") && words.contains("流程管理员兜底"),
        "{words}"
    );
}

const OFFICE: &str = "SELECT id FROM people_department WHERE code = 'O'";

/// Somebody must answer for a case; that he began it is not said of him.
async fn a_login_of_no_employee_begins_nothing_in_the_name_of_another(world: World) {
    let company = Company::found(&world).await;
    let login = world.login(None, &["hr"]).await;
    let body = json!({ "employee_id": company.zhang.id, "kind": "resignation", "reason": "" });
    let id = world.post(&login, "/departures", body).await.id();
    let hr = &company.hr.login;
    let seen = view(&world, hr, &id).await;
    let case = seen["case_id"].as_str().expect("a case");
    let case = world.get(hr, &format!("/cases/{case}")).await.ok();
    assert_eq!(case["initiator"], Json::Null);
    let told = case["history"][0]["zh"].as_str().expect("a sentence");
    assert!(
        told.starts_with("发起「辞职」，发起账号没有对应的员工，由"),
        "{told}"
    );
    let entry = &world.entries("approval.start").await[0];
    assert!(
        entry.to_string().contains("发起账号没有对应的员工"),
        "{entry}"
    );
}
