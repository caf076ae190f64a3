//! Handovers: nothing that names a leaver is missed, nothing is changed but its holder.

mod asking;
mod execution;
mod pending;
mod plans;
mod reaching_back;
mod references;
mod reversal;
mod seats;
mod whole;

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use crate::harness::{Company, Login, World, hire, money, person};

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
pub(crate) async fn work_of_zhang(world: &World, company: &Company) -> Vec<String> {
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

pub(crate) async fn draw(world: &World, company: &Company, body: Json) -> String {
    world
        .post(&company.chief.login, "/handover-plans", body)
        .await
        .id()
}

pub(crate) async fn plan(world: &World, login: &Login, id: &str) -> Json {
    world
        .get(login, &format!("/handover-plans/{id}"))
        .await
        .ok()
}

pub(crate) async fn step(
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

/// Submits, has everybody of these answer yes, and has the chief approve, or an executive where the
/// chief is among them.
pub(crate) async fn agree(world: &World, company: &Company, id: &str, receivers: &[&Login]) {
    let version = plan(world, &company.chief.login, id).await["version"].clone();
    let seen = json!({ "version": version });
    step(world, &company.chief.login, id, "submit", seen.clone())
        .await
        .ok();
    for receiver in receivers {
        let yes = json!({ "version": version, "accept": true });
        step(world, receiver, id, "answer", yes).await.ok();
    }
    let gains = receivers.iter().any(|it| it.id == company.chief.login.id);
    let approver = if gains {
        let place = (company.entity, company.sales, company.post);
        let boss = person(place, "E900", "高总", false);
        hire(world, boss, "executive").await.login
    } else {
        company.chief.login.clone()
    };
    step(world, &approver, id, "approve", seen).await.ok();
}

/// Agreed by everybody, and executed.
pub(crate) async fn carried_out(world: &World, company: &Company, id: &str) {
    agree(world, company, id, &[&company.li.login]).await;
    let done = step(world, &company.chief.login, id, "execute", json!({})).await;
    done.ok();
}

async fn owners(world: &World) -> Vec<Vec<String>> {
    let query = "SELECT c.name AS name, e.name AS owner FROM customer c \
                 LEFT JOIN people_employee e ON e.id = c.owner_id ORDER BY c.name";
    world.texts(query, &["name", "owner"]).await
}
