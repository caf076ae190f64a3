//! Handovers: nothing that names a leaver is missed, nothing is changed but its holder.

use std::collections::{BTreeMap, BTreeSet};

use baton::handover::holdings::{Meaning, REFERENCES, found_kinds};
use baton::people::acts::add_stand_in::AddStandIn;
use baton::people::acts::change_job::ChangeJob;
use baton::people::acts::set_head::SetHead;
use serde_json::{Value as Json, json};

use crate::departure::{certificate, resign};
use crate::harness::{Company, Login, World, money};

story!(
    every_reference_to_a_person_is_classified,
    one_whole_departure_leaves_nothing_behind,
    a_handover_changes_holders_and_nothing_else,
    a_plan_is_answered_again_when_a_share_changed,
    nobody_approves_what_he_gives_or_gains_alone,
    a_superior_hands_over_for_somebody_who_is_absent,
    what_arrives_later_gets_a_plan_of_its_own,
    the_way_back_is_a_new_plan,
    two_truths_about_the_owner_block_and_are_shown,
    work_that_somebody_else_holds_by_now_stops_the_execution,
    roles_and_seats_pass_on,
    a_receiver_sees_his_own_share_only,
);

/// Asks the schema, not a list made by hand (HubSpot: only the owner field is moved).
async fn every_reference_to_a_person_is_classified(world: World) {
    let dialect = world.house.spine.db().dialect();
    let select = spine::Select::new(match dialect {
        spine::Dialect::Sqlite => spine::Dialect::Sqlite.list_references(),
        spine::Dialect::Postgres => spine::Dialect::Postgres.list_references(),
    });
    let rows = world
        .house
        .spine
        .db()
        .read(&select, Vec::new())
        .await
        .expect("references");
    let mut asked = BTreeSet::new();
    for row in &rows {
        let column = |name: &str| row.get::<String>(name).expect("a name");
        if column("target") == "people_employee" {
            asked.insert((column("table_name"), column("column_name")));
        }
    }
    let listed: BTreeSet<_> = REFERENCES
        .iter()
        .map(|one| (one.table.to_owned(), one.column.to_owned()))
        .collect();
    assert_eq!(asked, listed);
    let kinds = found_kinds();
    for reference in REFERENCES {
        if let Meaning::Moves(kind) = reference.meaning {
            assert!(
                kinds.contains(&kind),
                "{}.{}",
                reference.table,
                reference.column
            );
        }
    }
}

/// Sums that must not change: of invoices, opportunities and orders, whoever holds them.
async fn sums(world: &World) -> BTreeMap<&'static str, String> {
    let mut sums = BTreeMap::new();
    for (name, query) in [
        (
            "open",
            "SELECT CAST(sum(amount - cleared) AS TEXT) AS n FROM receivable_invoice",
        ),
        (
            "invoices",
            "SELECT CAST(count(*) AS TEXT) AS n FROM receivable_invoice",
        ),
        (
            "deals",
            "SELECT CAST(sum(amount) AS TEXT) AS n FROM customer_opportunity",
        ),
        (
            "customers",
            "SELECT CAST(count(*) AS TEXT) AS n FROM customer",
        ),
        (
            "notes",
            "SELECT CAST(count(*) AS TEXT) AS n FROM customer_follow_up",
        ),
    ] {
        sums.insert(name, world.texts(query, &["n"]).await.concat().concat());
    }
    sums
}

/// Everything but the holders, row by row.
async fn texts(world: &World) -> Vec<Vec<Vec<String>>> {
    let customer = [
        "id", "number", "name", "industry", "region", "tier", "address", "state",
    ];
    let deal = [
        "id",
        "number",
        "customer_id",
        "title",
        "product",
        "stage",
        "opened_on",
        "closed_on",
    ];
    let note = [
        "id",
        "customer_id",
        "opportunity_id",
        "author_id",
        "kind",
        "text",
        "next_on",
    ];
    let contact = ["id", "customer_id", "name", "title", "phone", "email"];
    let invoice = ["id", "number", "customer_id", "issued_on", "due_on"];
    vec![
        world
            .texts("SELECT * FROM customer ORDER BY id", &customer)
            .await,
        world
            .texts("SELECT * FROM customer_opportunity ORDER BY id", &deal)
            .await,
        world
            .texts("SELECT * FROM customer_follow_up ORDER BY id", &note)
            .await,
        world
            .texts("SELECT * FROM customer_contact ORDER BY id", &contact)
            .await,
        world
            .texts("SELECT * FROM receivable_invoice ORDER BY id", &invoice)
            .await,
    ]
}

/// Gives Zhang two customers with deals, notes, contacts and invoices; gives their ids.
async fn work_of_zhang(world: &World, company: &Company) -> Vec<String> {
    let zhang = &company.zhang;
    let mut ids = Vec::new();
    for (n, name) in ["永定机床有限公司", "潮白铸造有限公司"]
        .into_iter()
        .enumerate()
    {
        let id = company.customer(world, zhang, name).await;
        let path = |what: &str| format!("/customers/{id}/{what}");
        for (title, stage) in [("三号线改造", "proposal"), ("备件年单", "won")] {
            let body = json!({ "title": title, "product": "主轴", "stage": "proposal",
                "amount": money("120000.50") });
            let deal = world
                .post(&zhang.login, &path("opportunities"), body)
                .await
                .id();
            if stage == "won" {
                let won = json!({ "stage": "won" });
                world
                    .post(&zhang.login, &format!("/opportunities/{deal}/stage"), won)
                    .await
                    .ok();
            }
        }
        let note = json!({ "kind": "call", "text": "对方要八折\n下周再谈",
            "next_on": world.today().plus_days(7) });
        world
            .post(&zhang.login, &path("follow-ups"), note)
            .await
            .ok();
        company
            .invoice(world, &id, &format!("FP-{n}-1"), "1000.01")
            .await;
        company
            .invoice(world, &id, &format!("FP-{n}-2"), "2000.02")
            .await;
        ids.push(id);
    }
    // One invoice is paid: it stays with whoever had it.
    let receipt = json!({ "customer_id": ids[0], "number": "HK-1", "amount": money("1000.01"),
        "received_on": world.today() });
    world
        .post(&company.finance.login, "/receipts", receipt)
        .await
        .ok();
    ids
}

async fn draw(world: &World, company: &Company, body: Json) -> String {
    world
        .post(&company.chief.login, "/handover-plans", body)
        .await
        .id()
}

async fn plan(world: &World, login: &Login, id: &str) -> Json {
    world
        .get(login, &format!("/handover-plans/{id}"))
        .await
        .ok()
}

async fn step(
    world: &World,
    login: &Login,
    id: &str,
    step: &str,
    body: Json,
) -> crate::harness::Answer {
    world
        .post(login, &format!("/handover-plans/{id}/{step}"), body)
        .await
}

/// Submits, has everybody of these answer yes, and has the chief approve.
async fn agree(world: &World, company: &Company, id: &str, receivers: &[&Login]) {
    let version = plan(world, &company.chief.login, id).await["version"].clone();
    let seen = json!({ "version": version });
    step(world, &company.chief.login, id, "submit", seen.clone())
        .await
        .ok();
    for receiver in receivers {
        let yes = json!({ "version": version, "accept": true });
        step(world, receiver, id, "answer", yes).await.ok();
    }
    step(world, &company.chief.login, id, "approve", seen)
        .await
        .ok();
}

async fn owners(world: &World) -> Vec<Vec<String>> {
    let query = "SELECT c.name AS name, e.name AS owner FROM customer c \
                 LEFT JOIN people_employee e ON e.id = c.owner_id ORDER BY c.name";
    world.texts(query, &["name", "owner"]).await
}

#[expect(clippy::too_many_lines, reason = "a story is told in one piece")]
async fn one_whole_departure_leaves_nothing_behind(world: World) {
    let company = Company::found(&world).await;
    let ids = work_of_zhang(&world, &company).await;
    let (before, unchanged) = (sums(&world).await, texts(&world).await);
    let departure = resign(&world, &company.zhang.login).await;
    let (hr, chief, li) = (&company.hr.login, &company.chief.login, &company.li.login);
    world
        .post(
            hr,
            &format!("/departures/{departure}/acknowledge"),
            json!({}),
        )
        .await
        .ok();
    let checks = format!("/departures/{departure}/checks");
    let check = json!({ "check": "receivables", "note": "无异议" });
    world
        .post(&company.finance.login, &checks, check)
        .await
        .ok();
    let said = &world.entries("departure.record_check").await[0];
    assert!(
        said.to_string().contains("2 户、3 笔，未收 5,000.05 元"),
        "{said}"
    );

    let id = draw(&world, &company, json!({ "from": company.zhang.id })).await;
    let drawn = plan(&world, chief, &id).await;
    assert_eq!(drawn["effective_on"], "2026-12-23");
    assert_eq!(drawn["departure_id"], departure.as_str());
    let share = &drawn["preview"]["shares"][0];
    assert_eq!(share["successor"]["name"], "李四");
    assert_eq!(share["moves"]["customers"], 2);
    assert_eq!(share["moves"]["receivables"], 3);
    assert_eq!(share["moves"]["receivable_open"]["amount"], "5000.05");
    assert_eq!(share["moves"]["opportunities"], 2);
    assert_eq!(drawn["conflicts"], json!([]));
    let lines = world
        .get(chief, &format!("/handover-plans/{id}/items"))
        .await
        .ok();
    assert_eq!(lines["items"].as_array().expect("lines").len(), 2);
    assert!(
        !lines["items"][0]["suggestion"]["reasons"]
            .as_array()
            .expect("reasons")
            .is_empty()
    );

    agree(&world, &company, &id, &[li]).await;
    let early = step(&world, chief, &id, "execute", json!({})).await;
    assert_eq!(early.problem(409), "handover.before_its_day");
    let rehearsal = step(&world, chief, &id, "dry-run", json!({})).await.ok();
    assert_eq!(
        (&rehearsal["customers"], &rehearsal["entry"]),
        (&json!(2), &Json::Null)
    );
    assert_eq!(owners(&world).await[0][1], "张三");

    world.pass_days(31);
    world.run_jobs().await;
    assert_eq!(plan(&world, chief, &id).await["state"], "executed");
    assert!(owners(&world).await.iter().all(|row| row[1] == "李四"));
    assert_eq!(sums(&world).await, before);
    assert_eq!(texts(&world).await, unchanged);
    let paid = "SELECT e.name AS n FROM receivable_invoice i JOIN people_employee e \
                ON e.id = i.responsible_id WHERE i.cleared = i.amount";
    assert_eq!(world.texts(paid, &["n"]).await, [["张三"]]);
    // The receiver reads the whole past.
    let past = world
        .get(li, &format!("/customers/{}/follow-ups", ids[0]))
        .await
        .ok();
    let past = past.get("items").unwrap_or(&past);
    assert_eq!(past[0]["author"]["name"], "张三");
    assert_eq!(past[0]["duty"]["name"], "李四");

    certificate(&world, &departure).await;
    world
        .post(hr, &format!("/departures/{departure}/close"), json!({}))
        .await
        .ok();
    let closed = world
        .get(hr, &format!("/departures/{departure}"))
        .await
        .ok();
    assert_eq!(closed["stage"]["key"], "closed");
    assert_eq!(closed["plans"][0]["state"], "executed");
    assert!(
        world
            .house
            .audit()
            .await
            .expect("an audit")
            .findings
            .is_empty(),
        "the log audits"
    );
}

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

async fn a_plan_is_answered_again_when_a_share_changed(world: World) {
    let company = Company::found(&world).await;
    let ids = work_of_zhang(&world, &company).await;
    let (chief, li, wang) = (&company.chief.login, &company.li.login, &company.wang.login);
    let id = draw(&world, &company, json!({ "from": company.zhang.id })).await;
    step(&world, chief, &id, "submit", json!({ "version": 1 }))
        .await
        .ok();
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

async fn the_way_back_is_a_new_plan(world: World) {
    let company = Company::found(&world).await;
    work_of_zhang(&world, &company).await;
    let chief = &company.chief.login;
    let body = json!({ "from": company.zhang.id, "effective_on": world.today() });
    let id = draw(&world, &company, body).await;
    agree(&world, &company, &id, &[&company.li.login]).await;
    step(&world, chief, &id, "execute", json!({})).await.ok();
    let executed = plan(&world, chief, &id).await;
    world.pass_days(3);
    let back = step(&world, chief, &id, "reverse", json!({})).await.id();
    assert_eq!(plan(&world, chief, &back).await["reverses_id"], id.as_str());
    agree(&world, &company, &back, &[&company.zhang.login]).await;
    step(&world, chief, &back, "execute", json!({})).await.ok();
    assert!(owners(&world).await.iter().all(|row| row[1] == "张三"));
    assert_eq!(
        plan(&world, chief, &id).await["preview"],
        executed["preview"]
    );
    let rows = world
        .texts(
            "SELECT CAST(seq AS TEXT) AS n FROM customer_assignment",
            &["n"],
        )
        .await;
    assert_eq!(rows.len(), 6);
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
    assert_eq!(stale.problem(409), "handover.plan_stale");
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
    };
    world.done(&reports).await;
    world
        .done(&SetHead {
            department: company.north,
            employee: zhang.id,
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

async fn a_receiver_sees_his_own_share_only(world: World) {
    let company = Company::found(&world).await;
    let ids = work_of_zhang(&world, &company).await;
    let id = draw(&world, &company, json!({ "from": company.zhang.id })).await;
    let change = json!({ "version": 1, "change": { "change": "assign_customers",
        "customer_ids": [ids[0]], "successor_id": company.wang.id } });
    step(&world, &company.chief.login, &id, "edit", change)
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
    let path = format!("/handover-plans/{id}");
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
