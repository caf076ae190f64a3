//! Logins: who opens them, and what a first password is good for.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use baton::session::acts::change_password::ChangePassword;
use baton::session::acts::open::Open;
use kernel::LoginId;
use serde_json::json;

use crate::harness::{Company, Login, World};

story!(
    a_first_password_is_good_for_changing_it_and_nothing_else,
    only_who_keeps_logins_opens_one,
    many_guesses_at_once_are_no_more_than_five,
    a_session_guesses_the_password_no_faster,
    right_passwords_at_once_all_open_the_door,
    a_role_named_twice_is_one_role,
    a_forgotten_password_is_reset_by_who_keeps_logins,
    a_closed_login_stays_closed_when_its_password_is_reset,
    nobody_who_left_gets_his_login_back,
    what_was_typed_into_the_wrong_box_is_kept_nowhere,
    the_last_administrator_stays,
    nobody_sets_his_own_roles,
    logins_are_searched_for_what_was_typed,
    a_password_that_was_reset_meanwhile_opens_nothing,
    json_is_json_however_it_is_called,
    whoever_is_leaving_gets_no_more_by_a_new_login,
    a_page_of_one_person_does_not_act_for_another,
    a_login_that_came_first_is_the_employees,
);

const PASSWORD: &str = "Aa-12345678";

/// Opens a login with [`PASSWORD`], that it may be used with.
async fn opened(world: &World) -> (LoginId, Login) {
    let security = world.login(None, &["security_admin"]).await;
    let new = json!({ "number": "N-1", "name": "新来的", "roles": ["hr"], "password": PASSWORD });
    let made = world.post(&security, "/logins", new).await.id();
    (made.parse().expect("a login"), security)
}

/// What comes of it when somebody logs in so: `in`, or the code of the refusal.
pub(crate) async fn tried(world: &World, number: &str, password: &str) -> String {
    let body = json!({ "number": number, "password": password }).to_string();
    let request = Request::post("/api/v1/session").header("content-type", "application/json");
    let request = request.body(Body::from(body)).expect("a request");
    let answer = world.knock(request).await;
    if answer.status() == StatusCode::OK {
        return "in".to_owned();
    }
    let bytes = axum::body::to_bytes(answer.into_body(), 1 << 16).await;
    let said: serde_json::Value =
        serde_json::from_slice(&bytes.expect("a body")).expect("a problem");
    said["code"].as_str().expect("a code").to_owned()
}

/// Logs in with each of these passwords at the same time; how often which answer came.
async fn at_once(world: &Arc<World>, passwords: Vec<String>) -> BTreeMap<String, usize> {
    let mut tries = tokio::task::JoinSet::new();
    for password in passwords {
        let world = Arc::clone(world);
        tries.spawn(async move { tried(&world, "N-1", &password).await });
    }
    let mut told = BTreeMap::new();
    while let Some(answer) = tries.join_next().await {
        *told.entry(answer.expect("an answer")).or_default() += 1;
    }
    told
}

async fn many_guesses_at_once_are_no_more_than_five(world: World) {
    opened(&world).await;
    let world = Arc::new(world);
    let wrong = (0..60).map(|n| format!("Wrong-{n:06}")).collect();
    let told = at_once(&world, wrong).await;
    assert_eq!(told["session.wrong_password"], 5, "{told:?}");
    assert_eq!(told["session.must_wait"], 55, "{told:?}");
    // Not even the right one is told that it was.
    let right = at_once(&world, vec![PASSWORD.to_owned()]).await;
    assert_eq!(right["session.must_wait"], 1, "{right:?}");
    assert_eq!(world.entries("session.count_failure").await.len(), 5);
    world.clock.set(world.house.spine.now().plus_seconds(61));
    let right = at_once(&world, vec![PASSWORD.to_owned()]).await;
    assert_eq!(right["in"], 1, "{right:?}");
}

async fn right_passwords_at_once_all_open_the_door(world: World) {
    opened(&world).await;
    let world = Arc::new(world);
    let told = at_once(&world, vec![PASSWORD.to_owned(); 8]).await;
    assert_eq!(told["in"], 8, "{told:?}");
}

async fn a_session_guesses_the_password_no_faster(world: World) {
    let (id, _) = opened(&world).await;
    let own = world.log_in(id).await;
    let world = Arc::new(world);
    let change = |current: &str| json!({ "current": current, "next": "Bb-87654321" });
    let mut tries = tokio::task::JoinSet::new();
    for n in 0..40 {
        let (world, own) = (Arc::clone(&world), own.clone());
        let body = change(&format!("Wrong-{n:06}"));
        tries.spawn(async move {
            let answer = world.post(&own, "/session/password", body).await;
            answer.problem(422)
        });
    }
    let told = tries.join_all().await;
    let wrong = |code: &&String| *code == "session.wrong_password";
    assert_eq!(told.iter().filter(wrong).count(), 5, "{told:?}");
    let right = world
        .post(&own, "/session/password", change(PASSWORD))
        .await;
    assert_eq!(right.problem(422), "session.must_wait");
}

async fn a_role_named_twice_is_one_role(world: World) {
    let (id, security) = opened(&world).await;
    let path = format!("/logins/{id}/roles");
    let twice = json!({ "roles": ["salesperson", "hr", "salesperson"] });
    let changed = world.post(&security, &path, twice).await;
    assert_eq!(changed.status.as_u16(), 204, "{}", changed.body);
    let new = json!({ "number": "N-2", "roles": ["hr", "hr"], "password": PASSWORD });
    world.post(&security, "/logins", new).await.id();
    let logins = world.get(&security, "/logins?q=N-").await.ok();
    let roles = |at: usize| logins["items"][at]["roles"].to_string();
    assert!(roles(0).matches("salesperson").count() == 1, "{logins}");
    assert!(roles(1).matches("hr").count() == 1, "{logins}");
    let unknown = world
        .post(&security, &path, json!({ "roles": ["nope"] }))
        .await;
    let remedy = unknown.body["remedy"].to_string();
    assert!(remedy.contains("salesperson（业务员）"), "{remedy}");
}

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
    // Whoever gave it would know it ever after.
    let same = json!({ "current": "Aa-12345678", "next": "Aa-12345678" });
    let same = world.post(&first, "/session/password", same).await;
    assert_eq!(same.body["errors"][0]["pointer"], "/next");
    assert_eq!(same.problem(422), "session.same_password");
    let shut = world.get(&first, "/employees").await;
    assert_eq!(shut.problem(403), "session.must_change_password");
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

async fn a_forgotten_password_is_reset_by_who_keeps_logins(world: World) {
    let (id, security) = opened(&world).await;
    let own = world.log_in(id).await;
    let world = Arc::new(world);
    let wrong = (0..9).map(|n| format!("Wrong-{n:06}")).collect();
    at_once(&world, wrong).await;
    let right = at_once(&world, vec![PASSWORD.to_owned()]).await;
    assert_eq!(right["session.must_wait"], 1, "{right:?}");

    let path = format!("/logins/{id}/password");
    let first = json!({ "password": "Cc-2468-first" });
    world.post(&own, &path, first.clone()).await.problem(403);
    let weak = world
        .post(&security, &path, json!({ "password": "short" }))
        .await;
    assert_eq!(weak.problem(422), "session.weak_password");
    let mine = format!("/logins/{}/password", security.id);
    let mine = world.post(&security, &mine, first.clone()).await;
    assert_eq!(mine.problem(422), "session.own_password");

    let reset = world.post(&security, &path, first).await;
    assert_eq!(reset.status.as_u16(), 204, "{}", reset.body);
    world.get(&own, "/session").await.problem(401);
    // What was guessed at is no more: nobody waits.
    let told = at_once(
        &world,
        vec![PASSWORD.to_owned(), "Cc-2468-first".to_owned()],
    )
    .await;
    assert_eq!(
        (told["in"], told["session.wrong_password"]),
        (1, 1),
        "{told:?}"
    );
    let again = world.log_in(id).await;
    let shut = world.get(&again, "/employees").await;
    assert_eq!(shut.problem(403), "session.must_change_password");
    let entry = json!(world.entries("session.reset_password").await).to_string();
    assert!(entry.contains("的密码被重置"), "{entry}");
    assert!(!entry.contains("Cc-2468"), "{entry}");
}

/// What somebody else knows of it is worth nothing before it is opened again.
async fn a_closed_login_stays_closed_when_its_password_is_reset(world: World) {
    let (id, security) = opened(&world).await;
    let access = format!("/logins/{id}/access");
    let close = json!({ "active": false });
    let closed = world.post(&security, &access, close).await;
    assert_eq!(closed.status.as_u16(), 204, "{}", closed.body);
    let first = json!({ "password": "Cc-2468-first" });
    let path = format!("/logins/{id}/password");
    let reset = world.post(&security, &path, first).await;
    assert_eq!(reset.status.as_u16(), 204, "{}", reset.body);
    let entry = json!(world.entries("session.reset_password").await).to_string();
    assert!(entry.contains("账号仍停用"), "{entry}");
    assert!(entry.contains("stays closed"), "{entry}");
    assert_ne!(tried(&world, "N-1", "Cc-2468-first").await, "in");
    let open = json!({ "active": true });
    let open = world.post(&security, &access, open).await;
    assert_eq!(open.status.as_u16(), 204, "{}", open.body);
    assert_ne!(tried(&world, "N-1", PASSWORD).await, "in");
    assert_eq!(tried(&world, "N-1", "Cc-2468-first").await, "in");
}

async fn nobody_who_left_gets_his_login_back(world: World) {
    let company = Company::found(&world).await;
    let security = world.login(None, &["security_admin"]).await;
    let left = baton::people::acts::set_state::SetState {
        employee: company.zhang.id,
        state: serde_json::from_value(json!("left")).expect("a state"),
        left_on: Some(world.today()),
        why: "departure".to_owned(),
    };
    world.done(&left).await;
    let path = format!("/logins/{}/access", company.zhang.login.id);
    let closed = world
        .post(&security, &path, json!({ "active": false }))
        .await;
    assert_eq!(closed.status.as_u16(), 204, "{}", closed.body);
    let opens = world
        .post(&security, &path, json!({ "active": true }))
        .await;
    let remedy = opens.body["remedy"].to_string();
    assert!(remedy.contains("重新入职"), "{remedy}");
    assert_eq!(opens.problem(409), "session.has_left");
}

async fn a_page_of_one_person_does_not_act_for_another(world: World) {
    let company = Company::found(&world).await;
    let (zhang, li) = (&company.zhang.login, &company.li.login);
    assert_eq!(world.on_page_of(zhang.id, zhang).await, StatusCode::OK);
    let other = world.on_page_of(zhang.id, li).await;
    assert_eq!(other, StatusCode::UNAUTHORIZED);
}

async fn a_login_that_came_first_is_the_employees(world: World) {
    let company = Company::found(&world).await;
    let (_, security) = opened(&world).await;
    let admin = json!({ "number": "N-2", "name": "管理员", "roles": ["system_admin"],
        "password": PASSWORD });
    world.post(&security, "/logins", admin).await.ok();
    for (number, name) in [("N-1", "陈静"), ("N-2", "林琳")] {
        let new = json!({ "number": number, "name": name, "entity_id": company.entity,
            "department_id": company.north, "post_id": company.post,
            "hired_on": world.today() });
        world.post(&company.hr.login, "/employees", new).await.id();
    }
    let whose = "SELECT l.number AS number, l.name AS name, coalesce(e.number, '') AS employee \
                 FROM session_login l LEFT JOIN people_employee e ON e.id = l.employee_id \
                 WHERE l.number LIKE 'N-%' ORDER BY l.number";
    assert_eq!(
        world.texts(whose, &["number", "name", "employee"]).await,
        [["N-1", "陈静", "N-1"], ["N-2", "管理员", ""]],
        "an administrator's stays apart"
    );
    let told: Vec<bool> = world
        .entries("people.add_employee")
        .await
        .iter()
        .rev()
        .take(2)
        .map(|entry| entry.to_string().contains("同工号的账号归其使用"))
        .collect();
    assert_eq!(told, [false, true]);
}

async fn what_was_typed_into_the_wrong_box_is_kept_nowhere(world: World) {
    opened(&world).await;
    for typed in ["MyS3cret-Passw0rd", "13812345678", "110101199003074514"] {
        let mut told: BTreeMap<String, usize> = BTreeMap::new();
        for _ in 0..7 {
            *told
                .entry(tried(&world, typed, "Wrong-000000").await)
                .or_default() += 1;
        }
        // Nobody has this number, and it is made to wait like any other.
        assert_eq!(told["session.wrong_password"], 5, "{told:?}");
        assert_eq!(told["session.must_wait"], 2, "{told:?}");
        assert!(!world.holds("session_failure", "number", typed).await);
        let entries = json!(world.entries("session.count_failure").await).to_string();
        assert!(!entries.contains(typed), "{entries}");
    }
    let wrong = tried(&world, "N-1", "Wrong-000000").await;
    assert_eq!(wrong, "session.wrong_password");
    let entries = world.entries("session.count_failure").await;
    let known = entries
        .iter()
        .filter(|entry| entry["detail"]["number"] == "N-1");
    assert_eq!(known.count(), 1, "{entries:?}");
    let nobody = entries.iter().filter(|entry| {
        let zh = entry["zh"].as_str();
        zh.is_some_and(|zh| zh.contains("没有这个账号"))
    });
    assert_eq!(nobody.count(), 15, "{entries:?}");
}

async fn the_last_administrator_stays(world: World) {
    let first = world.login(None, &["security_admin"]).await;
    let system = world.login(None, &["system_admin"]).await;
    let access = |login: &Login| format!("/logins/{}/access", login.id);
    let roles = |login: &Login| format!("/logins/{}/roles", login.id);
    let (close, open) = (json!({ "active": false }), json!({ "active": true }));
    let none = json!({ "roles": [] });
    for (path, body) in [
        (access(&first), close.clone()),
        (access(&system), close.clone()),
        (roles(&system), json!({ "roles": ["executive"] })),
    ] {
        let refused = world.post(&first, &path, body).await;
        let remedy = refused.body["remedy"].to_string();
        assert!(remedy.contains("账号与角色"), "{remedy}");
        assert_eq!(refused.problem(409), "session.last_administrator", "{path}");
    }
    // With another one at work either of them may go.
    let second = world.login(None, &["security_admin"]).await;
    let closed = world.post(&second, &access(&first), close.clone()).await;
    assert_eq!(closed.status.as_u16(), 204, "{}", closed.body);
    // One who cannot log in is nobody to leave it to.
    let alone = world.post(&second, &access(&second), close).await;
    assert_eq!(alone.problem(409), "session.last_administrator");
    let opened = world.post(&second, &access(&first), open).await;
    assert_eq!(opened.status.as_u16(), 204, "{}", opened.body);
    let first = world.log_in(first.id).await;
    let dropped = world.post(&first, &roles(&second), none).await;
    assert_eq!(dropped.status.as_u16(), 204, "{}", dropped.body);
}

/// With a second security administrator, whom he makes himself, the first one made himself 高管.
async fn nobody_sets_his_own_roles(world: World) {
    let first = world.login(None, &["security_admin"]).await;
    world.login(None, &["security_admin"]).await;
    let path = format!("/logins/{}/roles", first.id);
    for roles in [json!(["executive"]), json!([]), json!(["security_admin"])] {
        let own = world.post(&first, &path, json!({ "roles": roles })).await;
        let remedy = own.body["remedy"].to_string();
        assert!(remedy.contains("另一位安全管理员"), "{remedy}");
        assert_eq!(own.problem(422), "session.own_roles");
    }
    world.get(&first, "/customers").await.problem(403);
    assert!(world.entries("session.set_roles").await.is_empty());
}

async fn logins_are_searched_for_what_was_typed(world: World) {
    let (_, security) = opened(&world).await;
    for (typed, found) in [("%25", 0), ("_", 0), ("n-1", 1), ("新来", 1)] {
        let path = match typed {
            "新来" => "/logins?q=%E6%96%B0%E6%9D%A5".to_owned(),
            typed => format!("/logins?q={typed}"),
        };
        let logins = world.get(&security, &path).await.ok();
        let items = logins["items"].as_array().expect("logins");
        assert_eq!(items.len(), found, "{typed}: {logins}");
    }
}

/// The code of the refusal of an act.
async fn refused<A: spine::Act>(world: &World, act: &A) -> String
where
    A::Outcome: std::fmt::Debug,
{
    let by = spine::By::system("test");
    match world.house.spine.perform(act, &by, None).await {
        Err(spine::Failure::Refused(refusal)) => refusal.code,
        other => panic!("{other:?}"),
    }
}

/// Between the check of a password and what it is good for lies slow work, and many wait for it.
async fn a_password_that_was_reset_meanwhile_opens_nothing(world: World) {
    let (login, security) = opened(&world).await;
    let opens = Open {
        login,
        token_hash: "00".repeat(32),
        expires_at: world.house.spine.now().plus_seconds(3_600),
        agent: String::new(),
        auth_epoch: Some(1),
    };
    let changes = ChangePassword {
        login,
        password_hash: "what he wanted".to_owned(),
        auth_epoch: 1,
    };
    let path = format!("/logins/{login}/password");
    let first = json!({ "password": "Cc-2468-first" });
    let reset = world.post(&security, &path, first).await;
    assert_eq!(reset.status.as_u16(), 204, "{}", reset.body);
    let changed = "session.changed_meanwhile";
    assert_eq!(refused(&world, &opens).await, changed);
    assert_eq!(refused(&world, &changes).await, changed);
    assert_eq!(tried(&world, "N-1", "Cc-2468-first").await, "in");
}

async fn json_is_json_however_it_is_called(world: World) {
    let (_, security) = opened(&world).await;
    let body = r#"{ "number": "N-2\u0000", "roles": [], "password": "Aa-12345678" }"#;
    for kind in [
        "application/json",
        "Application/JSON; charset=utf-8",
        "application/vnd.baton+json",
    ] {
        let request = Request::post("/api/v1/logins")
            .header("content-type", kind)
            .header("idempotency-key", "nul")
            .header("authorization", security.bearer());
        let answer = world.knock(request.body(Body::from(body)).expect("a request"));
        let answer = answer.await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{kind}");
        let bytes = axum::body::to_bytes(answer.into_body(), 1 << 16).await;
        let text = String::from_utf8(bytes.expect("a body").to_vec()).expect("a text");
        assert!(text.contains("request.nul"), "{kind}: {text}");
    }
}

async fn whoever_is_leaving_gets_no_more_by_a_new_login(world: World) {
    let company = Company::found(&world).await;
    let (hr, security) = (
        &company.hr.login,
        world.login(None, &["security_admin"]).await,
    );
    let new = json!({ "number": "E100", "name": "陈静", "entity_id": company.entity,
        "department_id": company.north, "post_id": company.post, "hired_on": "2020-03-01" });
    let employee = world.post(hr, "/employees", new).await.id();
    let resigns = json!({ "kind": "resignation", "employee_id": employee, "reason": "回老家" });
    world.post(hr, "/departures", resigns).await.id();
    let login = json!({ "number": "E100", "roles": ["salesperson"], "password": PASSWORD });
    world.post(&security, "/logins", login).await.id();
    let logins = world.get(&security, "/logins?q=E100").await.ok();
    assert_eq!(logins["items"][0]["mode"], "handover", "{logins}");
}
