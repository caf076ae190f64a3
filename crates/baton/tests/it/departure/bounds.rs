//! Days that cannot be meant, and things of somebody else, are refused in words.

use baton::people::acts::lend_asset::LendAsset;
use serde_json::{Value as Json, json};

use super::resign;
use crate::harness::{Answer, Company, Person, World};

story!(what_somebody_else_holds_is_not_settled_in_this_departure,);

/// The words of a refusal.
fn refused(answer: Answer, status: u16, code: &str) -> String {
    let words = answer.body.to_string();
    assert_eq!(answer.problem(status), code, "{words}");
    words
}

async fn what_somebody_else_holds_is_not_settled_in_this_departure(world: World) {
    let company = Company::found(&world).await;
    let lend = |who: &Person, kind: &str| LendAsset {
        employee: who.id,
        kind: kind.to_owned(),
        name: "笔记本".to_owned(),
        serial: "SN-1".to_owned(),
    };
    let laptop = world.done(&lend(&company.li, "equipment")).await;
    let mail = world.done(&lend(&company.li, "account")).await;
    let own = world.done(&lend(&company.zhang, "equipment")).await;
    let id = resign(&world, &company.zhang.login).await;
    let checks = format!("/departures/{id}/checks");
    let asset = |id: String| json!({ "check": "asset", "asset_id": id, "cost": null, "note": "" });
    let account = json!({ "check": "account_closed", "asset_id": mail, "note": "" });
    for (who, body) in [
        (&company.office.login, asset(laptop.to_string())),
        (&company.it.login, account),
    ] {
        let answer = world.post(who, &checks, body).await;
        let words = refused(answer, 409, "departure.asset_of_another");
        assert!(words.contains("该资产不是该员工领用的"), "{words}");
    }
    let states = "SELECT state FROM people_asset WHERE state <> 'lent'";
    assert!(world.texts(states, &["state"]).await.is_empty());
    world
        .post(&company.office.login, &checks, asset(own.to_string()))
        .await
        .ok();
}
