//! Logins: who opens them, and what a first password is good for.

use kernel::LoginId;
use serde_json::json;

use crate::harness::{Company, World};

story!(
    a_first_password_is_good_for_changing_it_and_nothing_else,
    only_who_keeps_logins_opens_one,
);

async fn a_first_password_is_good_for_changing_it_and_nothing_else(world: World) {
    let company = Company::found(&world).await;
    let security = world.login(None, &["security_admin"]).await;
    let new = json!({ "number": "N-1", "name": "新来的", "roles": ["hr"],
        "password": "Aa-12345678" });
    let made = world.post(&security, "/logins", new.clone()).await.id();
    let id: LoginId = made.parse().expect("a login");
    let again = world.post(&security, "/logins", new).await;
    assert_eq!(again.problem(409), "session.number_taken");

    let first = world.log_in(id).await;
    let shut = world.get(&first, "/employees").await;
    assert_eq!(shut.problem(403), "session.must_change_password");
    let session = world.get(&first, "/session").await.ok();
    assert_eq!(session["login"]["must_change_password"], true);
    let change = json!({ "current": "Aa-12345678", "next": "Bb-87654321" });
    let changed = world.post(&first, "/session/password", change).await;
    assert_eq!(changed.status.as_u16(), 204, "{}", changed.body);
    let own = world.log_in(id).await;
    world.get(&own, "/employees").await.ok();
    let told = world.entries("session.add_login").await;
    assert!(!json!(told).to_string().contains("Aa-12345678"));

    // A login for a 工号 somebody has is his, under his own name.
    let his = json!({ "number": "E-none", "roles": ["hr"], "password": "short" });
    let weak = world.post(&security, "/logins", his).await;
    assert_eq!(weak.problem(422), "session.weak_password");
    let _ = company;
}

async fn only_who_keeps_logins_opens_one(world: World) {
    let company = Company::found(&world).await;
    let new = json!({ "number": "N-1", "roles": ["security_admin"], "password": "Aa-12345678" });
    for login in [
        &company.hr.login,
        &company.zhang.login,
        &company.chief.login,
    ] {
        world.post(login, "/logins", new.clone()).await.problem(403);
    }
    assert!(
        world
            .entries("session.add_login")
            .await
            .iter()
            .all(|one| { !one.to_string().contains("N-1") })
    );
}
