//! What people do at their desk: they look at their tasks and press buttons.

use serde_json::{Value as Json, json};

use crate::harness::{Answer, Login, World};

/// The open tasks of a person, his own and those of his pools.
pub(crate) async fn tasks(world: &World, login: &Login) -> Vec<Json> {
    let page = world.get(login, "/tasks?limit=200").await.ok();
    page["items"].as_array().expect("tasks").clone()
}

/// The one open task of a person at this step.
#[track_caller]
fn at_step<'a>(tasks: &'a [Json], node: &str) -> &'a Json {
    let found = tasks.iter().find(|task| task["node"] == node);
    found.unwrap_or_else(|| panic!("no task {node} among {tasks:#?}"))
}

/// The open task of a person at this step.
pub(crate) async fn task(world: &World, login: &Login, node: &str) -> Json {
    at_step(&tasks(world, login).await, node).clone()
}

/// Presses a button beside a task.
pub(crate) async fn press(world: &World, login: &Login, task: &Json, mut body: Json) -> Answer {
    body["item"] = task["item"].clone();
    let case = task["case_id"].as_str().expect("a case");
    world
        .post(login, &format!("/cases/{case}/commands"), body)
        .await
}

/// Claims the task where it lies in a pool.
async fn in_hand(world: &World, login: &Login, node: &str) -> Json {
    let task = task(world, login, node).await;
    if task["buttons"][0]["key"] == "claim" {
        press(world, login, &task, json!({ "do": "claim" }))
            .await
            .ok();
    }
    task
}

/// Ticks everything and says that the task is done.
pub(crate) async fn complete(world: &World, login: &Login, node: &str) -> Answer {
    let task = in_hand(world, login, node).await;
    let case = task["case_id"].as_str().expect("a case");
    let seen = world.get(login, &format!("/cases/{case}")).await.ok();
    let mine = seen["my_items"].as_array().expect("items");
    let mine = mine.iter().find(|item| item["item"] == task["item"]);
    let checked = mine.map_or(json!([]), |item| item["checklist"].clone());
    let body = json!({ "do": "complete", "comment": "", "checked": checked });
    press(world, login, &task, body).await
}

/// Says yes.
pub(crate) async fn approve(world: &World, login: &Login, node: &str) {
    let task = in_hand(world, login, node).await;
    press(world, login, &task, json!({ "do": "approve" }))
        .await
        .ok();
}

/// Says no, with words.
pub(crate) async fn reject(world: &World, login: &Login, node: &str) {
    let task = in_hand(world, login, node).await;
    press(
        world,
        login,
        &task,
        json!({ "do": "reject", "comment": "依据不足" }),
    )
    .await
    .ok();
}
