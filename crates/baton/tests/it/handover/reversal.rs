//! The way back is a new plan.

use serde_json::json;

use super::{agree, draw, owners, plan, step, work_of_zhang};
use crate::harness::{Company, World};

story!(
    the_way_back_is_a_new_plan,
    the_way_back_leaves_what_the_successor_held_before,
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
