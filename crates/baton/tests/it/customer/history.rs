//! What is kept for good.

use std::collections::BTreeMap;

use serde_json::json;

use super::{hand_over, items, owners, see};
use crate::harness::{Company, World, money};

story!(
    history_survives_a_merge,
    history_is_append_only_at_the_database,
    no_customer_and_nobody_is_taken_away_at_the_database,
    whoever_holds_something_is_somebody_at_the_database,
    a_handover_changes_holders_and_not_one_other_bit,
);

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

/// Histories lead to customers and people, and may count on finding them.
async fn no_customer_and_nobody_is_taken_away_at_the_database(world: World) {
    let company = Company::found(&world).await;
    let (zhang, name) = (&company.zhang, "永定机床有限公司");
    company.customer(&world, zhang, name).await;
    for table in ["customer", "people_employee"] {
        let error = world.raw(&format!("DELETE FROM {table}")).await;
        let error = error.expect_err("it must stay");
        assert!(error.contains("never deleted"), "{error}");
    }
}

/// However many rows a statement writes, and whichever way a reference is checked.
async fn whoever_holds_something_is_somebody_at_the_database(world: World) {
    let company = Company::found(&world).await;
    let (zhang, name) = (&company.zhang, "永定机床有限公司");
    let id = company.customer(&world, zhang, name).await;
    company.invoice(&world, &id, "FP-1", "700").await;
    let talk = json!({ "kind": "call", "text": "约了下周见面" });
    let path = format!("/customers/{id}/follow-ups");
    world.post(&zhang.login, &path, talk).await.ok();
    for (table, holder) in [
        ("customer", "owner_id"),
        ("receivable_invoice", "responsible_id"),
        ("customer_follow_up", "duty_id"),
    ] {
        let held_by = async |who: &str| {
            let statement = format!("UPDATE {table} SET {holder} = {who}");
            world.raw(&statement).await
        };
        let error = held_by("'emp_nobody'")
            .await
            .expect_err("there is no such person");
        let error = error.to_lowercase();
        assert!(
            error.contains("foreign key") || error.contains("leads to no row"),
            "{error}"
        );
        let li = format!("'{}'", company.li.id);
        held_by(&li).await.expect("he is there");
        held_by("NULL").await.expect("nobody may hold it");
    }
    let error = world.raw("DELETE FROM receivable_invoice").await;
    let error = error.expect_err("its history speaks of it").to_lowercase();
    assert!(
        error.contains("foreign key") || error.contains("is kept for"),
        "{error}"
    );
}

/// Columns that say who holds a thing; nothing else may change.
const HOLDERS: &[(&str, &[&str])] = &[
    ("customer", &["owner_id", "owned_since"]),
    ("customer_follow_up", &["duty_id"]),
    ("customer_opportunity", &["owner_id"]),
    ("receivable_contract", &["owner_id"]),
    ("receivable_invoice", &["responsible_id"]),
    ("receivable_order", &["owner_id"]),
];

// CordysCRM #1385, #2260, #2586. Asks the schema: every column of every table.
async fn a_handover_changes_holders_and_not_one_other_bit(world: World) {
    let company = Company::found(&world).await;
    let id = company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    let (zhang, finance) = (&company.zhang.login, &company.finance.login);
    let path = |what: &str| format!("/customers/{id}/{what}");
    let card = json!({ "name": "赵采购", "phone": "13812341234", "title": "采购" });
    world.post(zhang, &path("contacts"), card).await.ok();
    let deal = json!({ "title": "三号线改造", "product": "主轴", "stage": "negotiation",
        "amount": money("120000.50") });
    let deal = world.post(zhang, &path("opportunities"), deal).await.id();
    let won = json!({ "title": "备件年单", "product": "", "stage": "proposal" });
    let won = world.post(zhang, &path("opportunities"), won).await.id();
    let stage = json!({ "stage": "won" });
    world
        .post(zhang, &format!("/opportunities/{won}/stage"), stage)
        .await
        .ok();
    let talk = json!({ "kind": "call", "text": "对方要八折\n下周再谈", "opportunity_id": deal,
        "next_on": world.today().plus_days(5) });
    world.post(zhang, &path("follow-ups"), talk).await.ok();
    let contract = json!({ "customer_id": id, "number": "HT-1", "title": "年度框架",
        "amount": money("90000"), "signed_on": world.today() });
    world.post(finance, "/contracts", contract).await.ok();
    company.invoice(&world, &id, "FP-1", "5000").await;
    let before = world.books().await;
    hand_over(&world, &company.chief.login, &id, company.li.id)
        .await
        .ok();
    let after = world.books().await;
    let new_rows = ["customer_assignment", "receivable_responsibility"];
    for (table, was) in &before {
        let holders = HOLDERS.iter().find(|(name, _)| name == table);
        let held = holders.map_or(&[][..], |(_, columns)| *columns);
        let bare = |rows: &[BTreeMap<String, String>]| -> Vec<BTreeMap<String, String>> {
            let mut rows = rows.to_vec();
            for row in &mut rows {
                row.retain(|column, _| !held.contains(&column.as_str()));
            }
            rows.sort();
            rows
        };
        let (was, now) = (bare(was), bare(&after[table]));
        if new_rows.contains(&table.as_str()) {
            assert!(
                was.iter().all(|row| now.contains(row)),
                "{table} lost a row"
            );
            assert_eq!(now.len(), was.len() + 1, "{table}");
        } else {
            assert_eq!(was, now, "{table}");
        }
    }
}
