//! The deep audit: whoever edits the database past the house is named, by table, row and field.

use serde_json::{Value as Json, json};

use crate::harness::{Company, World, money};

story!(
    a_house_in_use_agrees_with_its_log,
    whoever_edits_the_tables_is_named,
    a_row_that_no_act_wrote_and_one_that_is_gone_are_named,
    append_only_tables_are_covered_when_their_triggers_are_gone,
    what_an_entry_noted_cannot_be_changed_or_taken_away,
    an_auditor_without_business_rights_learns_the_place_and_no_value,
    a_table_and_a_column_that_are_gone_are_named,
    triggers_that_are_gone_switched_off_or_hollow_are_named,
    a_foreign_table_is_named_and_blinds_nobody,
);

/// Something of everything, then a departure with a plan; gives the ids that are edited later.
async fn busy(world: &World, company: &Company) -> Vec<(&'static str, String)> {
    let zhang = &company.zhang.login;
    let finance = &company.finance.login;
    let today = world.today();
    let customer = company
        .customer(world, &company.zhang, "永定机床有限公司")
        .await;
    let path = |what: &str| format!("/customers/{customer}/{what}");
    let card = json!({ "name": "赵采购", "phone": "13812341234" });
    let contact = world
        .post(zhang, &path("contacts"), card.clone())
        .await
        .id();
    let changed = json!({ "name": "赵经理", "phone": "13812345678" });
    world
        .post(zhang, &format!("/contacts/{contact}"), changed)
        .await
        .ok();
    let deal = json!({ "title": "三号线改造", "stage": "proposal", "amount": money("120.50") });
    world.post(zhang, &path("opportunities"), deal).await.ok();
    let talk = json!({ "kind": "call", "text": "对方要八折", "next_on": today.plus_days(2) });
    let talk = world.post(zhang, &path("follow-ups"), talk).await.id();
    let contract = json!({ "customer_id": customer, "number": "HT-1", "title": "年度框架",
        "amount": money("90000"), "signed_on": today });
    let contract = world.post(finance, "/contracts", contract).await.id();
    let invoice = company.invoice(world, &customer, "FP-1", "5000").await;
    let receipt = json!({ "customer_id": customer, "number": "HK-1", "received_on": today,
        "amount": money("1000.01"),
        "clearings": [{ "invoice_id": invoice, "amount": money("1000.01") }] });
    let receipt = world.post(finance, "/receipts", receipt).await.id();
    let seat = json!({ "employee_id": company.wang.id, "opens": true, "reason": "共同投标" });
    world.post(zhang, &path("seats"), seat).await.ok();
    let handed = json!({ "to_id": company.li.id, "effective_on": today, "reason": "岗位调整" });
    world
        .post(&company.chief.login, &path("hand-over"), handed)
        .await
        .ok();
    let other = company
        .customer(world, &company.zhang, "通州泵业有限公司")
        .await;
    let resigned = json!({ "kind": "resignation" });
    let departure = world.post(zhang, "/departures", resigned).await.id();
    let plan = json!({ "from": company.zhang.id });
    let plan = world
        .post(&company.chief.login, "/handover-plans", plan)
        .await
        .id();
    world.run_jobs().await;
    vec![
        ("customer", customer),
        ("contact", contact),
        ("follow_up", talk),
        ("contract", contract),
        ("invoice", invoice),
        ("receipt", receipt),
        ("departure", departure),
        ("plan", plan),
        ("other", other),
    ]
}

fn id<'a>(ids: &'a [(&'static str, String)], name: &str) -> &'a str {
    let found = ids.iter().find(|(known, _)| *known == name);
    &found.expect("an id").1
}

async fn audit(world: &World) -> Json {
    let auditor = world.login(None, &["legal"]).await;
    let state = world
        .get(&auditor, "/evidence-log/audit?deep=true")
        .await
        .ok();
    state["audit"].clone()
}

/// Table, row, field and kind of every difference.
fn named(audit: &Json) -> Vec<(String, String, String, String)> {
    let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    let one = |found: &Json| {
        let (table, key) = (text(&found["table"]), text(&found["key"]));
        (table, key, text(&found["field"]), text(&found["kind"]))
    };
    let differences = audit["books"]["differences"].as_array();
    differences.expect("differences").iter().map(one).collect()
}

async fn without_triggers(world: &World) {
    let dialect = world.house.spine.db().dialect();
    for table in [
        "customer_assignment",
        "receivable_responsibility",
        "departure_step",
        "approval_event",
        "log_entry",
        "people_employment",
    ] {
        let names = match dialect {
            spine::Dialect::Sqlite => vec![
                format!("DROP TRIGGER {table}_no_update"),
                format!("DROP TRIGGER {table}_no_delete"),
            ],
            spine::Dialect::Postgres => {
                vec![format!("DROP TRIGGER {table}_append_only ON {table}")]
            }
        };
        for statement in names {
            world.raw(&statement).await.expect("a trigger to drop");
        }
    }
}

async fn a_house_in_use_agrees_with_its_log(world: World) {
    let company = Company::found(&world).await;
    busy(&world, &company).await;
    let found = audit(&world).await;
    assert_eq!(found["books"]["total"], 0, "{found:#}");
    assert_eq!(found["verdict"], "VALID", "{found:#}");
    assert!(found["books"]["rows"].as_u64().unwrap() > 50, "{found:#}");
    assert!(found["books"]["tables"].as_u64().unwrap() > 25, "{found:#}");
}

#[expect(
    clippy::too_many_lines,
    reason = "a table of edits reads best in one piece"
)]
async fn whoever_edits_the_tables_is_named(world: World) {
    let company = Company::found(&world).await;
    let ids = busy(&world, &company).await;
    let login = company.wang.login.id.to_string();
    let role = format!("{login}/salesperson");
    for (statement, table, key, field) in [
        (
            format!(
                "UPDATE customer SET owner_id = '{}' WHERE id = '{}'",
                company.wang.id,
                id(&ids, "customer")
            ),
            "customer",
            id(&ids, "customer"),
            "owner_id",
        ),
        (
            format!(
                "UPDATE receivable_contract SET amount = 1 WHERE id = '{}'",
                id(&ids, "contract")
            ),
            "receivable_contract",
            id(&ids, "contract"),
            "amount",
        ),
        (
            format!(
                "UPDATE receivable_invoice SET cleared = 0 WHERE id = '{}'",
                id(&ids, "invoice")
            ),
            "receivable_invoice",
            id(&ids, "invoice"),
            "cleared",
        ),
        (
            format!(
                "UPDATE receivable_receipt SET received_on = '2026-01-01' WHERE id = '{}'",
                id(&ids, "receipt")
            ),
            "receivable_receipt",
            id(&ids, "receipt"),
            "received_on",
        ),
        (
            format!(
                "UPDATE departure SET employment_ends_on = '2026-11-30' WHERE id = '{}'",
                id(&ids, "departure")
            ),
            "departure",
            id(&ids, "departure"),
            "employment_ends_on",
        ),
        (
            format!(
                "UPDATE handover_plan SET effective_on = '2026-11-30' WHERE id = '{}'",
                id(&ids, "plan")
            ),
            "handover_plan",
            id(&ids, "plan"),
            "effective_on",
        ),
        (
            format!("UPDATE session_login SET mode = 'handover' WHERE id = '{login}'"),
            "session_login",
            &login,
            "mode",
        ),
        (
            format!("UPDATE session_login SET password_hash = 'mine' WHERE id = '{login}'"),
            "session_login",
            &login,
            "password_hash",
        ),
        (
            format!(
                "UPDATE customer_contact SET phone = '13999999999' WHERE id = '{}'",
                id(&ids, "contact")
            ),
            "customer_contact",
            id(&ids, "contact"),
            "phone",
        ),
        (
            format!("UPDATE session_role SET role = 'executive' WHERE login_id = '{login}'"),
            "session_role",
            &role,
            "",
        ),
    ] {
        let before = named(&audit(&world).await);
        world.raw(&statement).await.expect("an edit past the house");
        let found = audit(&world).await;
        assert_eq!(found["verdict"], "INVALID", "{statement}");
        let after = named(&found);
        let new = after
            .iter()
            .find(|one| !before.contains(one) && one.0 == table && one.1 == key && one.2 == field);
        assert!(new.is_some(), "{statement} is not named: {found:#}");
    }
    let found = audit(&world).await.to_string();
    assert!(
        !found.contains("13999999999") && !found.contains("13812345678"),
        "{found}"
    );
    assert!(found.contains("字段 amount 现为「1」"), "{found}");
    assert!(found.contains("写入的是「9000000」"), "{found}");
}

async fn a_row_that_no_act_wrote_and_one_that_is_gone_are_named(world: World) {
    let company = Company::found(&world).await;
    let ids = busy(&world, &company).await;
    let (talk, customer) = (id(&ids, "follow_up"), id(&ids, "customer"));
    let gone = format!("DELETE FROM customer_follow_up WHERE id = '{talk}'");
    world.raw(&gone).await.expect("a deletion past the house");
    let added = format!(
        "INSERT INTO receivable_invoice (id, number, customer_id, issued_on, due_on, amount, \
         cleared, disputed, extra) VALUES ('inv_forged', 'FP-9', '{customer}', '2026-11-01', \
         '2026-11-02', 100, 0, 0, '{{}}')"
    );
    world.raw(&added).await.expect("an invoice past the house");
    let grant = format!(
        "INSERT INTO session_role (login_id, role) VALUES ('{}', 'executive')",
        company.wang.login.id
    );
    world.raw(&grant).await.expect("a role past the house");
    let found = audit(&world).await;
    let named = named(&found);
    let is = |table: &str, key: &str, kind: &str| {
        named
            .iter()
            .any(|one| one.0 == table && one.1 == key && one.3 == kind)
    };
    assert!(is("customer_follow_up", talk, "missing"), "{found:#}");
    assert!(is("receivable_invoice", "inv_forged", "extra"), "{found:#}");
    let role = format!("{}/executive", company.wang.login.id);
    assert!(is("session_role", &role, "extra"), "{found:#}");
    assert_eq!(found["books"]["total"], 3, "{found:#}");
}

async fn append_only_tables_are_covered_when_their_triggers_are_gone(world: World) {
    let company = Company::found(&world).await;
    let ids = busy(&world, &company).await;
    without_triggers(&world).await;
    let (customer, invoice) = (id(&ids, "customer"), id(&ids, "invoice"));
    let departure = id(&ids, "departure");
    for statement in [
        format!(
            "UPDATE customer_assignment SET effective_on = '2020-01-01' \
                 WHERE customer_id = '{customer}' AND seq = 1"
        ),
        format!("DELETE FROM receivable_responsibility WHERE invoice_id = '{invoice}' AND seq = 1"),
        format!(
            "UPDATE departure_step SET recorded_by = 'somebody' \
                 WHERE departure_id = '{departure}' AND seq = 1"
        ),
        format!(
            "UPDATE people_employment SET effective_on = '2019-01-01' \
                 WHERE employee_id = '{}' AND seq = 1",
            company.li.id
        ),
    ] {
        world.raw(&statement).await.expect("an edit of a history");
    }
    let found = audit(&world).await;
    let named = named(&found);
    let li = format!("{}/1", company.li.id);
    for (table, key, field, kind) in [
        (
            "customer_assignment",
            format!("{customer}/1"),
            "effective_on",
            "changed",
        ),
        (
            "receivable_responsibility",
            format!("{invoice}/1"),
            "",
            "missing",
        ),
        (
            "departure_step",
            format!("{departure}/1"),
            "recorded_by",
            "changed",
        ),
        ("people_employment", li, "effective_on", "changed"),
    ] {
        let wanted = (table.to_owned(), key, field.to_owned(), kind.to_owned());
        assert!(named.contains(&wanted), "{wanted:?}: {found:#}");
    }
}

async fn what_an_entry_noted_cannot_be_changed_or_taken_away(world: World) {
    let company = Company::found(&world).await;
    busy(&world, &company).await;
    let noted = "SELECT CAST(idx AS TEXT) AS idx FROM log_entry WHERE notes IS NOT NULL \
                 ORDER BY log_entry.idx";
    let noted = world.texts(noted, &["idx"]).await;
    let (first, second) = (&noted[noted.len() - 3][0], &noted[noted.len() - 2][0]);
    world
        .raw(&format!(
            "UPDATE log_entry SET notes = NULL WHERE idx = {first}"
        ))
        .await
        .expect("notes taken away");
    world
        .raw(&format!(
            "UPDATE log_entry SET notes = (SELECT e.notes FROM log_entry e \
             WHERE e.idx = 4) WHERE idx = {second}"
        ))
        .await
        .expect("notes changed");
    let found = audit(&world).await;
    assert_eq!(found["verdict"], "INVALID");
    let differences = found["books"]["differences"].as_array().unwrap();
    let damaged: Vec<String> = differences
        .iter()
        .filter(|one| one["kind"] == "damaged")
        .map(|one| one["entry"].to_string())
        .collect();
    assert_eq!(damaged, [first.clone(), second.clone()], "{found:#}");
}

async fn an_auditor_without_business_rights_learns_the_place_and_no_value(world: World) {
    let company = Company::found(&world).await;
    let ids = busy(&world, &company).await;
    let contract = id(&ids, "contract");
    let edit = format!("UPDATE receivable_contract SET amount = 777123 WHERE id = '{contract}'");
    world.raw(&edit).await.expect("an edit past the house");
    let auditor = world.login(None, &["auditor"]).await;
    let state = world
        .get(&auditor, "/evidence-log/audit?deep=true")
        .await
        .ok();
    let text = state.to_string();
    assert!(
        text.contains(contract) && text.contains("字段 amount"),
        "{text}"
    );
    assert!(
        !text.contains("777123") && !text.contains("9000000"),
        "{text}"
    );
    let stranger = &company.zhang.login;
    let refused = world.get(stranger, "/evidence-log/audit?deep=true").await;
    assert!(
        matches!(refused.status.as_u16(), 401 | 403),
        "{}",
        refused.status
    );
}

async fn a_table_and_a_column_that_are_gone_are_named(world: World) {
    let company = Company::found(&world).await;
    busy(&world, &company).await;
    for theft in [
        "DROP TABLE customer_assignment",
        "ALTER TABLE customer_contact DROP COLUMN name",
    ] {
        world.raw(theft).await.expect("a theft past the house");
    }
    let found = audit(&world).await;
    assert_eq!(found["verdict"], "INVALID", "{found:#}");
    let gone: Vec<_> = named(&found)
        .into_iter()
        .map(|(table, _, field, kind)| (table, field, kind))
        .collect();
    let named = |one: &[&str; 3]| {
        let [table, field, kind] = one.map(str::to_owned);
        gone.contains(&(table, field, kind))
    };
    assert!(
        named(&["customer_assignment", "", "table_gone"]),
        "{found:#}"
    );
    assert!(
        named(&["customer_contact", "name", "field_gone"]),
        "{found:#}"
    );
    let text = found.to_string();
    assert!(
        text.contains("表 customer_assignment（客户归属历史）整张不见了：第 "),
        "{text}"
    );
    assert!(text.contains("的字段 name 整列不见了：第 "), "{text}");
}

async fn triggers_that_are_gone_switched_off_or_hollow_are_named(world: World) {
    let company = Company::found(&world).await;
    busy(&world, &company).await;
    let (edits, names): (&[&str], &[(&str, &str)]) = match world.house.spine.db().dialect() {
        spine::Dialect::Sqlite => (
            &[
                "DROP TRIGGER customer_assignment_no_update",
                "DROP TRIGGER departure_step_no_delete",
                "CREATE TRIGGER departure_step_no_delete BEFORE DELETE ON departure_step \
                 WHEN 0 BEGIN SELECT RAISE(ABORT, 'departure_step is append-only'); END",
            ],
            &[
                ("customer_assignment", "customer_assignment_no_update"),
                ("departure_step", "departure_step_no_delete"),
            ],
        ),
        spine::Dialect::Postgres => (
            &[
                "DROP TRIGGER customer_assignment_append_only ON customer_assignment",
                "ALTER TABLE departure_step DISABLE TRIGGER departure_step_append_only",
                "CREATE OR REPLACE FUNCTION approval_event_append_only() RETURNS trigger \
                 LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$",
            ],
            &[
                ("approval_event", "approval_event_append_only"),
                ("customer_assignment", "customer_assignment_append_only"),
                ("departure_step", "departure_step_append_only"),
            ],
        ),
    };
    for edit in edits {
        world.raw(edit).await.expect("an edit past the house");
    }
    let found = audit(&world).await;
    assert_eq!(found["verdict"], "INVALID", "{found:#}");
    let differences = found["books"]["differences"].as_array().unwrap();
    let seen: Vec<_> = differences.iter().map(|one| &one["table"]).collect();
    let tables: Vec<_> = names.iter().map(|(table, _)| *table).collect();
    assert_eq!(seen, tables, "{found:#}");
    for ((_, trigger), one) in names.iter().zip(differences) {
        assert_eq!(one["kind"], "unguarded", "{one}");
        let text = one["zh"].as_str().unwrap();
        assert!(text.contains(&format!("触发器 {trigger} 被删除")), "{text}");
    }
}

/// A copy that an administrator made for himself.
async fn a_foreign_table_is_named_and_blinds_nobody(world: World) {
    let company = Company::found(&world).await;
    let ids = busy(&world, &company).await;
    let copied = "CREATE TABLE copy_of_mine AS SELECT * FROM customer";
    world.raw(copied).await.expect("a copy");
    let customer = id(&ids, "customer");
    let edit = format!("UPDATE customer SET name = '另一家' WHERE id = '{customer}'");
    world.raw(&edit).await.expect("an edit past the house");
    let found = audit(&world).await;
    let changed = |table: &str, key: &str, field: &str, kind: &str| {
        let [table, key] = [table, key].map(str::to_owned);
        (table, key, field.to_owned(), kind.to_owned())
    };
    let wanted = [
        changed("copy_of_mine", "", "", "keyless"),
        changed("customer", customer, "name", "changed"),
    ];
    assert_eq!(named(&found), wanted, "{found:#}");
}
