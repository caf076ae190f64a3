//! The way back is a new plan.

use serde_json::json;

use super::{agree, draw, owners, plan, step, work_of_zhang};
use crate::departure::{certificate, resign};
use crate::harness::{Company, World};
use crate::objections::under;

story!(
    the_way_back_is_a_new_plan,
    the_way_back_leaves_what_the_successor_held_before,
    a_handover_is_undone_once,
    what_gives_something_back_is_no_plan_of_the_receiver,
    nothing_goes_back_to_somebody_who_has_left,
);

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

/// Who has to do what on these customers: label and name.
async fn duties(world: &World) -> Vec<Vec<String>> {
    let query = "SELECT f.text AS text, e.name AS name FROM customer_follow_up f \
                 JOIN people_employee e ON e.id = f.duty_id ORDER BY f.text";
    world.texts(query, &["text", "name"]).await
}

// A reversal took along what the successor had held on that customer all the time.
async fn the_way_back_leaves_what_the_successor_held_before(world: World) {
    let company = Company::found(&world).await;
    let (zhang, li, chief) = (&company.zhang, &company.li, &company.chief.login);
    let customer = company.customer(&world, zhang, "永定机床有限公司").await;
    let seat = json!({ "employee_id": li.id, "opens": true, "reason": "共同投标" });
    world
        .post(&zhang.login, &format!("/customers/{customer}/seats"), seat)
        .await
        .ok();
    for (who, text) in [(zhang, "甲：回访"), (li, "乙：送样")] {
        let note = json!({ "kind": "call", "text": text, "next_on": world.today().plus_days(7) });
        world
            .post(
                &who.login,
                &format!("/customers/{customer}/follow-ups"),
                note,
            )
            .await
            .ok();
    }
    company.invoice(&world, &customer, "FP-1", "700").await;
    let before = duties(&world).await;
    assert_eq!(before, [["乙：送样", "李四"], ["甲：回访", "张三"]]);
    let body = json!({ "from": zhang.id, "effective_on": world.today() });
    let id = draw(&world, &company, body).await;
    agree(&world, &company, &id, &[&li.login]).await;
    step(&world, chief, &id, "execute", json!({})).await.ok();
    assert!(duties(&world).await.iter().all(|row| row[1] == "李四"));
    // What arrives meanwhile hangs on the customer and goes back with it.
    world.pass_days(3);
    company.invoice(&world, &customer, "FP-2", "300").await;
    let back = step(&world, chief, &id, "reverse", json!({})).await.id();
    let shown = plan(&world, chief, &back).await;
    assert_eq!(shown["preview"]["total"]["by_kind"]["follow_up_duty"], 1);
    assert_eq!(shown["preview"]["total"]["receivables"], 2);
    agree(&world, &company, &back, &[&zhang.login]).await;
    step(&world, chief, &back, "execute", json!({})).await.ok();
    assert_eq!(duties(&world).await, before);
    let chases = "SELECT DISTINCT e.name AS n FROM receivable_invoice i \
                  JOIN people_employee e ON e.id = i.responsible_id";
    assert_eq!(world.texts(chases, &["n"]).await, [["张三"]]);
}

// Pressed twice it made two plans; the second was executed, moved nothing, and said that it did.
async fn a_handover_is_undone_once(world: World) {
    let company = Company::found(&world).await;
    work_of_zhang(&world, &company).await;
    under(&world, &company, &company.wang, &company.zhang).await;
    let (chief, li) = (&company.chief.login, &company.li);
    let body = json!({ "from": company.zhang.id, "effective_on": world.today() });
    let id = draw(&world, &company, body).await;
    let role = json!({ "version": 1, "change": { "change": "assign_by_rule",
        "kinds": ["line_manager_role"], "successor_id": li.id } });
    step(&world, chief, &id, "edit", role).await.ok();
    agree(&world, &company, &id, &[&li.login]).await;
    step(&world, chief, &id, "execute", json!({})).await.ok();
    let executed = plan(&world, chief, &id).await;
    assert!(executed["may"].to_string().contains("reverse"));
    world.pass_days(1);
    let back = step(&world, chief, &id, "reverse", json!({})).await.id();
    let drafted = plan(&world, chief, &back).await;
    // History counts what the page counts: 3 lines, and what goes along with the customers.
    let all = &drafted["preview"]["total"]["items"];
    let said = world.entries("handover.reverse").await[0].to_string();
    assert!(
        all.as_u64() > Some(3) && said.contains(&format!("移交的 {all} 项退回")),
        "{all}: {said}"
    );

    let again = step(&world, chief, &id, "reverse", json!({})).await;
    let words = again.body.to_string();
    assert_eq!(again.problem(409), "handover.plan_open");
    assert!(
        words.contains("已有未办结的反向方案 JJ2026-0002"),
        "{words}"
    );
    // Each page leads to the other one.
    let undone = plan(&world, chief, &id).await;
    assert!(!undone["may"].to_string().contains("reverse"), "{undone}");
    assert_eq!(undone["undone_by"][0]["id"], back.as_str());
    assert_eq!(undone["undone_by"][0]["state"], "draft");
    assert_eq!(drafted["reverses_number"], executed["number"]);
    // A draft is for those who plan.
    let his = plan(&world, &company.zhang.login, &id).await;
    assert_eq!(his["undone_by"], json!([]));

    agree(&world, &company, &back, &[&company.zhang.login]).await;
    step(&world, chief, &back, "execute", json!({})).await.ok();
    assert!(owners(&world).await.iter().all(|row| row[1] == "张三"));
    // The role went back as well, and nothing is left.
    let twice = step(&world, chief, &id, "reverse", json!({})).await;
    assert_eq!(twice.problem(409), "handover.nothing");
    let undone = plan(&world, chief, &id).await;
    assert!(!undone["may"].to_string().contains("reverse"), "{undone}");
    let his = plan(&world, &company.zhang.login, &id).await;
    assert_eq!(his["undone_by"][0]["number"], "JJ2026-0002");

    // One that was given up stands in nobody's way.
    let body = json!({ "from": company.zhang.id, "effective_on": world.today() });
    let next = draw(&world, &company, body).await;
    let role = json!({ "version": 1, "change": { "change": "assign_by_rule",
        "kinds": ["line_manager_role"], "successor_id": li.id } });
    step(&world, chief, &next, "edit", role).await.ok();
    agree(&world, &company, &next, &[&li.login]).await;
    step(&world, chief, &next, "execute", json!({})).await.ok();
    let back = step(&world, chief, &next, "reverse", json!({})).await.id();
    let why = json!({ "reason": "不再需要" });
    step(&world, chief, &back, "cancel", why).await.ok();
    step(&world, chief, &next, "reverse", json!({})).await.id();
}

// It lists what others hold, and held up every plan for what he has himself.
async fn what_gives_something_back_is_no_plan_of_the_receiver(world: World) {
    let company = Company::found(&world).await;
    work_of_zhang(&world, &company).await;
    let (zhang, chief) = (&company.zhang, &company.chief.login);
    let body = || json!({ "from": zhang.id, "effective_on": world.today() });
    let id = draw(&world, &company, body()).await;
    agree(&world, &company, &id, &[&company.li.login]).await;
    step(&world, chief, &id, "execute", json!({})).await.ok();
    step(&world, chief, &id, "reverse", json!({})).await.id();
    company.customer(&world, zhang, "珠江阀门有限公司").await;
    let next = draw(&world, &company, body()).await;
    let seen = plan(&world, chief, &next).await;
    assert_eq!(seen["preview"]["total"]["customers"], 1, "{seen}");
    // Of his own there is one at a time as ever.
    let again = world.post(chief, "/handover-plans", body()).await;
    assert_eq!(again.problem(409), "handover.plan_open");
}

async fn nothing_goes_back_to_somebody_who_has_left(world: World) {
    let company = Company::found(&world).await;
    work_of_zhang(&world, &company).await;
    let (chief, hr) = (&company.chief.login, &company.hr.login);
    let departure = resign(&world, &company.zhang.login).await;
    let path = |step: &str| format!("/departures/{departure}/{step}");
    world.post(hr, &path("acknowledge"), json!({})).await.ok();
    let id = draw(&world, &company, json!({ "from": company.zhang.id })).await;
    agree(&world, &company, &id, &[&company.li.login]).await;
    world.pass_days(31);
    world.run_jobs().await;
    let back = step(&world, chief, &id, "reverse", json!({})).await.id();

    // What was drawn up before is given up with the file.
    certificate(&world, &departure).await;
    world.post(hr, &path("close"), json!({})).await.ok();
    assert_eq!(plan(&world, chief, &back).await["state"], "cancelled");
    let told = world.entries("handover.cancel").await[0].to_string();
    assert!(told.contains("离职已办结，不再退回给离职员工"), "{told}");
    assert_eq!(plan(&world, chief, &id).await["state"], "executed");

    let late = step(&world, chief, &id, "reverse", json!({})).await;
    let words = late.body.to_string();
    assert_eq!(late.problem(409), "handover.giver_left");
    assert!(words.contains("张三（E002）已离职"), "{words}");
    assert!(words.contains("请为现负责人另建交接方案"), "{words}");
}
