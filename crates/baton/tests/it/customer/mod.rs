//! Customers: whose they are, what follows them, who may see them.

use kernel::EmployeeId;
use serde_json::{Value as Json, json};

use crate::harness::{Answer, Login, World};

mod handing_over;
mod history;
mod records;
mod sight;

fn owners(view: &Json) -> Vec<String> {
    let name = |row: &Json| row["owner"]["name"].as_str().unwrap_or("公海").to_owned();
    view["assignments"]
        .as_array()
        .expect("a history")
        .iter()
        .map(name)
        .collect()
}

fn items(page: Json) -> Vec<Json> {
    page["items"].as_array().expect("a page").clone()
}

async fn see(world: &World, login: &Login, id: &str) -> Json {
    world.get(login, &format!("/customers/{id}")).await.ok()
}

async fn hand_over(world: &World, by: &Login, id: &str, to: EmployeeId) -> Answer {
    let body = json!({ "to_id": to, "effective_on": world.today(), "reason": "岗位调整" });
    world
        .post(by, &format!("/customers/{id}/hand-over"), body)
        .await
}
