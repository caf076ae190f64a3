//! What is signed, taken away or left behind: mistakes of others that must not be made here.

use std::collections::BTreeSet;

use baton::{permissions, registry, roles};
use serde_json::{Value as Json, json};

use crate::departure::resign;
use crate::harness::{Company, World, money};

story!(
    no_empty_row_can_be_signed,
    what_a_leaver_wrote_stays_in_his_name,
);

// frappe/hrms #3550: a settlement shows empty rows of receivables, and is submitted all the same.
async fn no_empty_row_can_be_signed(world: World) {
    let company = Company::found(&world).await;
    let chief = &company.chief.login;
    let finance = &company.finance.login;
    // A plan for somebody to whom nothing points.
    let nothing = json!({ "from": company.wang.id });
    let answer = world.post(chief, "/handover-plans", nothing).await;
    assert_eq!(answer.problem(409), "handover.nothing");
    let customer = company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    let invoice = company.invoice(&world, &customer, "FP-1", "5000").await;
    // Papers and clearings without an amount.
    let today = world.today();
    let empty = json!({ "customer_id": customer, "number": "FP-0", "amount": money("0"),
        "issued_on": today, "due_on": today });
    assert_eq!(
        world
            .post(finance, "/invoices", empty)
            .await
            .status
            .as_u16(),
        422
    );
    let receipt = |clearing: Json, amount: &str| {
        json!({ "customer_id": customer, "number": "HK-0", "received_on": today,
            "amount": money(amount), "clearings": [clearing] })
    };
    let zero = json!({ "invoice_id": invoice, "amount": money("0") });
    let answer = world.post(finance, "/receipts", receipt(zero, "10")).await;
    assert_eq!(answer.status.as_u16(), 422, "{}", answer.body);
    let absent = json!({ "invoice_id": "inv_00000000000000000000000000", "amount": money("1") });
    let answer = world
        .post(finance, "/receipts", receipt(absent, "10"))
        .await;
    assert!(answer.status.is_client_error(), "{}", answer.body);
    // A check of something that is not there.
    let departure = resign(&world, &company.zhang.login).await;
    let checks = format!("/departures/{departure}/checks");
    let asset = json!({ "check": "asset", "asset_id": "ast_00000000000000000000000000",
        "cost": null, "note": "完好" });
    let answer = world.post(&company.office.login, &checks, asset).await;
    assert!(answer.status.is_client_error(), "{}", answer.body);
    // What finance signs are the rows that are open at that moment, one item for each customer.
    let check = json!({ "check": "receivables", "note": "已核对" });
    world.post(finance, &checks, check).await.ok();
    let signed = world.entries("departure.record_check").await;
    let signed = signed.last().expect("an entry");
    assert_eq!(signed["items"]["n"], 1, "{signed}");
    let text = signed.to_string();
    assert!(
        text.contains("500000") || text.contains("5000.00"),
        "{text}"
    );
}

// twenty #21443, odoo #198742: removing a user deletes his mails and activities.
async fn what_a_leaver_wrote_stays_in_his_name(world: World) {
    let company = Company::found(&world).await;
    let customer = company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    let path = format!("/customers/{customer}/follow-ups");
    let talk = json!({ "kind": "visit", "text": "谈了付款条件" });
    world.post(&company.zhang.login, &path, talk).await.ok();
    let history = format!("/evidence?subject=customer/{customer}");
    let before = world.get(&company.chief.login, &history).await.ok();
    resign(&world, &company.zhang.login).await;
    let body = json!({ "from": company.zhang.id, "effective_on": world.today() });
    let plan = world.post(&company.chief.login, "/handover-plans", body);
    let plan = plan.await.id();
    crate::handover::carried_out(&world, &company, &plan).await;
    let gone = baton::people::acts::set_state::SetState {
        employee: company.zhang.id,
        state: serde_json::from_str("\"left\"").expect("a state"),
        left_on: Some(world.today()),
        why: "departure".to_owned(),
    };
    world.done(&gone).await;
    let talks = world.get(&company.li.login, &path).await.ok();
    assert_eq!(talks["items"][0]["text"], "谈了付款条件");
    assert_eq!(talks["items"][0]["author"]["name"], "张三");
    // The person is still there to be read, and what he did stands in the history under his name.
    let person = format!("/employees/{}", company.zhang.id);
    let person = world.get(&company.hr.login, &person).await.ok();
    assert_eq!(
        (&person["name"], &person["state"]),
        (&json!("张三"), &json!("left"))
    );
    let after = world.get(&company.chief.login, &history).await.ok();
    for line in before["items"].as_array().expect("lines") {
        let index = &line["index"];
        let lines = after["items"].as_array().expect("lines");
        let kept = lines
            .iter()
            .find(|one| one["index"] == *index)
            .expect("the line is kept");
        let told = |line: &Json| (line["zh"].clone(), line["actor_name"].clone());
        assert_eq!(told(kept), told(line));
    }
}

// frappe/hrms #1019: nobody had the right to submit by default.
#[test]
fn roles_are_complete_on_install() {
    let granted: BTreeSet<String> = roles::shipped()
        .iter()
        .flat_map(|role| {
            role.grants
                .keys()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
        })
        .collect();
    for one in permissions::all() {
        let key = one.permission.to_string();
        assert!(
            granted.contains(&key),
            "no shipped role holds {key} ({})",
            one.zh
        );
    }
}

// Salesforce: unticking "keep team" deletes the splits.
#[test]
fn what_takes_something_away_says_so_and_asks_why() {
    let text = baton::http::openapi_json().expect("a description");
    let api: Json = serde_json::from_str(&text).expect("JSON");
    for (path, methods) in api["paths"].as_object().expect("paths") {
        let deletes = methods.get("delete").is_some();
        assert!(
            !deletes || path == "/api/v1/session",
            "{path} deletes something"
        );
    }
    // What these acts are called says what they take away.
    let verbs = [
        "合并", "撤销", "放弃", "作废", "豁免", "撤回", "关闭", "收回", "结束", "反向",
    ];
    for name in [
        "customer.merge",
        "import.undo",
        "import.discard",
        "handover.cancel",
        "handover.reverse",
        "departure.waive_gate",
        "departure.withdraw_by_agreement",
        "departure.end_access",
        "people.close_account",
        "people.end_stand_in",
    ] {
        let line = registry::act(name).unwrap_or_else(|| panic!("{name} is no act"));
        assert!(
            verbs.iter().any(|verb| line.zh.contains(verb)),
            "{name} is called {}",
            line.zh
        );
    }
    // Those that touch what is in force ask why.
    for path in [
        "/api/v1/customers/{id}/merge",
        "/api/v1/handover-plans/{id}/cancel",
        "/api/v1/departures/{id}/waive",
        "/api/v1/departures/{id}/withdraw",
    ] {
        let body = &api["paths"][path]["post"]["requestBody"]["content"]["application/json"];
        let name = body["schema"]["$ref"].as_str().expect("a schema");
        let schema = api
            .pointer(name.trim_start_matches('#'))
            .expect("the schema");
        let required = schema["required"].as_array().expect("fields");
        assert!(required.contains(&json!("reason")), "{path} asks no reason");
    }
}
