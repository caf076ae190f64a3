//! The list of handed over work names every thing that moves, and counts what it names.

use serde_json::{Value as Json, json};

use super::{facts, fen, issue};
use crate::departure::resign;
use crate::handover::{agree, draw, work_of_zhang};
use crate::harness::{Company, World, money};

story!(the_list_names_every_thing_that_moves_with_its_receiver);

/// Two contracts and an order at the two customers.
async fn papers(world: &World, company: &Company, ids: &[String]) {
    let finance = &company.finance.login;
    let mut contracts = Vec::new();
    for (n, (id, yuan)) in ids.iter().zip(["90000", "45000.50"]).enumerate() {
        let contract = json!({ "customer_id": id, "number": format!("HT-{n}"),
            "title": "年度框架", "amount": money(yuan), "signed_on": world.today() });
        contracts.push(world.post(finance, "/contracts", contract).await.id());
    }
    let order = json!({ "customer_id": ids[0], "contract_id": contracts[0], "number": "DD-1",
        "amount": money("5000"), "ordered_on": world.today() });
    world.post(finance, "/orders", order).await.ok();
}

fn rows<'a>(said: &'a Json, part: &str) -> Vec<&'a Json> {
    let items = said["items"].as_array().expect("items");
    items.iter().filter(|row| row["part"] == part).collect()
}

/// Every section has as many rows as it says, and their sum.
fn adds_up(said: &Json) {
    let parts = said["parts"].as_array().expect("parts");
    let mut all = 0;
    for part in parts {
        let title = part["title"].as_str().expect("a title");
        let rows = rows(said, title);
        assert_eq!(part["count"], json!(rows.len()), "{title}");
        if !part["amount"].is_null() {
            let sum: i64 = rows.iter().map(|row| fen(&row["amount"])).sum();
            assert_eq!(fen(&part["amount"]), sum, "{title}");
        }
        all += rows.len();
    }
    assert_eq!(said["items"].as_array().map(Vec::len), Some(all));
    let owed = rows(said, "回款责任");
    let owed: i64 = owed.iter().map(|row| fen(&row["amount"])).sum();
    assert_eq!(fen(&said["open_total"]), owed);
}

/// What the rows say, whatever became of them meanwhile.
fn lasting(said: &Json) -> Vec<Json> {
    let mut items = said["items"].as_array().expect("items").clone();
    for row in &mut items {
        row["state"] = Json::Null;
    }
    items
}

#[expect(clippy::too_many_lines, reason = "a story is told in one piece")]
async fn the_list_names_every_thing_that_moves_with_its_receiver(world: World) {
    let company = Company::found(&world).await;
    let ids = work_of_zhang(&world, &company).await;
    papers(&world, &company, &ids).await;
    let id = resign(&world, &company.zhang.login).await;
    let hr = &company.hr.login;
    let receipt = format!("/departures/{id}/acknowledge");
    world.post(hr, &receipt, json!({})).await.ok();
    let plan = draw(&world, &company, json!({ "from": company.zhang.id })).await;
    agree(&world, &company, &plan, &[&company.li.login]).await;
    let mut wish = json!({ "kind": "handover_list", "departure_id": id });
    let made = issue(&world, hr, wish.clone()).await;
    assert_eq!(made.status.as_u16(), 201, "{}", made.body);
    let said = facts(&world, "LZ2026-0001-QD1").await;
    adds_up(&said);
    for (part, count) in [
        ("客户归属", 2),
        ("回款责任", 3),
        ("合同", 2),
        ("执行中订单", 1),
        ("商机", 2),
        ("跟进任务", 2),
    ] {
        assert_eq!(rows(&said, part).len(), count, "{part}");
    }
    for row in said["items"].as_array().expect("items") {
        assert_eq!(
            (&row["receiver"], &row["state"], &row["plan"]),
            (
                &json!("李四（E003）"),
                &json!("已批准"),
                &json!("JJ2026-0001")
            ),
            "{row}"
        );
    }
    assert_eq!(said["receivers"][0]["count"], json!(12));
    let (first, second) = ("永定机床有限公司", "潮白铸造有限公司");
    let due = json!(world.today().plus_days(30));
    for (number, customer, open) in [
        ("FP-0-2", first, 200_002),
        ("FP-1-1", second, 100_001),
        ("FP-1-2", second, 200_002),
    ] {
        let invoices = rows(&said, "回款责任");
        let row = invoices.iter().find(|row| row["title"] == number);
        let row = row.unwrap_or_else(|| panic!("no {number} in {said}"));
        assert_eq!(
            (&row["customer"], fen(&row["amount"]), &row["due_on"]),
            (&json!(customer), open, &due)
        );
    }
    assert_eq!(fen(&said["open_total"]), 500_005);
    for (number, customer, amount) in [("HT-0", first, 9_000_000), ("HT-1", second, 4_500_050)] {
        let contracts = rows(&said, "合同");
        let row = contracts.iter().find(|row| row["number"] == number);
        let row = row.unwrap_or_else(|| panic!("no {number} in {said}"));
        assert_eq!(
            (&row["title"], &row["customer"], fen(&row["amount"])),
            (&json!("年度框架"), &json!(customer), amount)
        );
    }
    assert_eq!(rows(&said, "执行中订单")[0]["title"], "DD-1");
    for row in rows(&said, "商机") {
        assert_eq!(
            (&row["title"], &row["stage"], fen(&row["amount"])),
            (&json!("三号线改造"), &json!("方案报价"), 12_000_050)
        );
    }
    for row in rows(&said, "跟进任务") {
        assert_eq!(row["due_on"], "2026-11-29");
    }

    // It says the same of what moved, and nothing of what came to the receiver later.
    world.pass_days(31);
    world.run_jobs().await;
    world.pass_days(1);
    company.invoice(&world, &ids[0], "FP-LATER", "10").await;
    wish["because"] = json!("移交后签署");
    issue(&world, hr, wish).await.ok();
    let after = facts(&world, "LZ2026-0001-QD2").await;
    adds_up(&after);
    assert_eq!(lasting(&after), lasting(&said));
    for row in after["items"].as_array().expect("items") {
        assert_eq!(row["state"], "已移交", "{row}");
    }
}
