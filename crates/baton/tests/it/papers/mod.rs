//! Papers of handovers and endings: they say what the books say, and wait for their time.

mod ending;
mod handover;
mod list;
mod money;
mod reassignment;
mod reckoning;
mod strangers;

use serde_json::{Value as Json, json};

use crate::departure::resign;
use crate::handover::{draw, work_of_zhang};
use crate::harness::{Answer, Company, Login, World, money};

/// The item of art. 40 that most stories of a dismissal rest on.
pub(crate) const NOT_UP_TO_IT: &str =
    "第四十条第（二）项 不能胜任工作，经培训或者调整岗位仍不能胜任";

async fn issue(world: &World, login: &Login, body: Json) -> Answer {
    world.post(login, "/documents", body).await
}

/// The facts of the newest document of a kind.
async fn facts(world: &World, number: &str) -> Json {
    let rows = world
        .texts(
            "SELECT number, fields FROM document ORDER BY issued_at, id",
            &["number", "fields"],
        )
        .await;
    let found = rows.iter().rev().find(|row| row[0] == number);
    let found = found.unwrap_or_else(|| panic!("no {number} among {rows:?}"));
    serde_json::from_str(&found[1]).expect("facts")
}

/// The places that a refusal names.
fn places(answer: &Answer) -> Vec<String> {
    let errors = answer.body["errors"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let place = |one: &Json| one["pointer"].as_str().unwrap_or_default().to_owned();
    errors.iter().map(place).collect()
}

fn fen(value: &Json) -> i64 {
    value["fen"].as_i64().expect("an amount")
}

/// What a handover confirmation has filled in.
fn introduced() -> Json {
    json!({ "introduced": "已当面拜访介绍", "introduced_on": "2026-11-22",
        "promises": "口头答应备件按去年价格供货。", "credit_limit": money("500000"),
        "materials": [{ "name": "合同原件", "quantity": 2, "place": "档案柜 3-2" }] })
}

/// 张三 leaves, and his two customers go to 李四: customers and plan.
async fn leaving(world: &World, company: &Company) -> (Vec<String>, String) {
    let ids = work_of_zhang(world, company).await;
    resign(world, &company.zhang.login).await;
    let body = json!({ "from": company.zhang.id });
    let plan = draw(world, company, body).await;
    (ids, plan)
}

fn wish(kind: &str, plan: &str, part: (&str, &str), typed: Json) -> Json {
    json!({ "kind": kind, "plan_id": plan, part.0: part.1, "typed": typed })
}

async fn sums(world: &World, customer: &str) -> (i64, i64) {
    let query = "SELECT customer_id, CAST(count(*) AS TEXT) AS n, \
                 CAST(sum(amount - cleared) AS TEXT) AS open FROM receivable_invoice \
                 WHERE cleared < amount GROUP BY customer_id";
    let rows = world.texts(query, &["customer_id", "n", "open"]).await;
    let row = rows.iter().find(|row| row[0] == customer);
    let row = row.expect("a customer that owes");
    (row[1].parse().expect("n"), row[2].parse().expect("fen"))
}
