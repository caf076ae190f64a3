//! One whole departure, from the notice to the closed file.

use serde_json::{Value as Json, json};

use super::{agree, draw, owners, plan, step, sums, texts, work_of_zhang};
use crate::departure::{certificate, resign};
use crate::harness::{Company, World};

story!(one_whole_departure_leaves_nothing_behind,);

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
    // History counts what the page counts: 2 lines, and what goes along with them.
    let all = &drawn["preview"]["total"]["items"];
    let said = world.entries("handover.draw_up").await[0].to_string();
    assert!(
        all.as_u64() > Some(2) && said.contains(&format!("共 {all} 项")),
        "{all}: {said}"
    );
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
    // What is over stays as it was, also when the new holder begins to leave.
    resign(&world, li).await;
    let path = format!("/departures/{departure}");
    let later = world.get(hr, &path).await.ok();
    assert_eq!(later["gates"], closed["gates"]);
    assert!(!later["gates"].to_string().contains("\"red\""), "{later}");
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
