//! A dismissal is the employer's plan until it is served: whom it is about neither reads of it nor
//! loses a right by it.

use serde_json::{Value as Json, json};

use super::dismissal::{above, approved, dismissed, notice_issued};
use crate::desk::{reject, tasks};
use crate::handover::{agree, draw, plan, step, work_of_zhang};
use crate::harness::{Company, Login, World};

story!(
    whoever_is_to_be_dismissed_learns_of_it_by_its_service,
    no_receiver_is_asked_before_he_was_told,
    nothing_moves_before_an_agreement_stands,
    a_dismissal_that_was_given_up_was_never_there_for_him,
    a_draft_that_was_called_off_stays_with_those_who_plan,
);

async fn found(world: &World, login: &Login, path: &str) -> Json {
    world.get(login, path).await.ok()
}

/// Nothing that he can open says a word of it.
async fn knows_nothing(world: &World, company: &Company, departure: &str) {
    let zhang = &company.zhang.login;
    let session = found(world, zhang, "/session").await;
    assert_eq!(session["login"]["mode"], "normal", "{session}");
    assert_eq!(found(world, zhang, "/departures").await["items"], json!([]));
    let page = format!("/departures/{departure}");
    world.get(zhang, &page).await.problem(404);
    let history = format!("/evidence?subject=departure/{departure}");
    let history = world.get(zhang, &history).await;
    assert!(history.status.is_client_error(), "{}", history.body);
    let own = format!("/employees/{}", company.zhang.id);
    assert_eq!(found(world, zhang, &own).await["state"], "active");
    for list in ["/handover-plans", "/documents", "/signings"] {
        let listed = found(world, zhang, list).await;
        assert_eq!(listed["items"], json!([]), "{list}");
    }
    let waits = found(world, zhang, "/signings/waiting").await;
    assert_eq!(waits, json!([]));
}

/// The notice, and who signs for it, are there for HR and not for him.
async fn reads_no_paper(world: &World, company: &Company, departure: &str) -> String {
    let (hr, zhang) = (&company.hr.login, &company.zhang.login);
    let listed = format!("/documents?subject=departure/{departure}");
    let paper = found(world, hr, &listed).await["items"][0]["id"].clone();
    let paper = paper.as_str().expect("the notice").to_owned();
    let seats = json!([
        { "role": "witness", "employee_id": company.chief.id, "level": "L0", "turn": 1 },
        { "role": "employee", "employee_id": company.zhang.id, "level": "L0", "turn": 2 },
    ]);
    let body = json!({ "document_id": paper, "seats": seats,
        "deadline": world.today().plus_days(7) });
    let asked = world.post(hr, "/signings", body).await.id();
    knows_nothing(world, company, departure).await;
    for path in [
        format!("/documents/{paper}"),
        format!("/documents/{paper}/file"),
        format!("/signings/{asked}"),
        format!("/signings/{asked}/file"),
    ] {
        let (status, ..) = world.file(Some(zhang), &path, None).await;
        assert_eq!(status, 404, "{path}");
        let (status, ..) = world.file(Some(hr), &path, None).await;
        assert_eq!(status, 200, "{path}");
    }
    for subject in [format!("document/{paper}"), format!("signing/{asked}")] {
        let history = format!("/evidence?subject={subject}");
        let history = world.get(zhang, &history).await;
        assert!(history.status.is_client_error(), "{}", history.body);
    }
    paper
}

async fn whoever_is_to_be_dismissed_learns_of_it_by_its_service(world: World) {
    let company = Company::found(&world).await;
    let above = above(&world, &company).await;
    work_of_zhang(&world, &company).await;
    let hr = &company.hr.login;
    let id = dismissed(&world, &company, "misconduct", json!({})).await;
    knows_nothing(&world, &company, &id).await;
    // Those who run it and those who plan work on it meanwhile.
    let seen = found(&world, hr, &format!("/departures/{id}")).await;
    assert_eq!(seen["stage"]["key"], "filed");
    let body = json!({ "from": company.zhang.id, "departure_id": id });
    let drawn = draw(&world, &company, body).await;
    knows_nothing(&world, &company, &id).await;
    let zhang = &company.zhang.login;
    let hidden = world.get(zhang, &format!("/handover-plans/{drawn}")).await;
    hidden.problem(404);
    let history = format!("/evidence?subject=plan/{drawn}");
    let history = world.get(zhang, &history).await;
    assert!(history.status.is_client_error(), "{}", history.body);
    approved(&world, &company, &above).await;
    knows_nothing(&world, &company, &id).await;

    notice_issued(&world, &company, &id).await;
    let paper = reads_no_paper(&world, &company, &id).await;
    let served = format!("/departures/{id}/acknowledge");
    world.post(hr, &served, json!({})).await.ok();
    let ended = world.get(zhang, "/session").await;
    assert_eq!(ended.status.as_u16(), 401, "every session has ended");
    let zhang = world.log_in(zhang.id).await;
    let session = found(&world, &zhang, "/session").await;
    assert_eq!(session["login"]["mode"], "handover");
    let page = found(&world, &zhang, &format!("/departures/{id}")).await;
    assert_eq!(page["kind"]["key"], "misconduct");
    let chief = &company.chief.login;
    step(&world, chief, &drawn, "submit", json!({ "version": 1 }))
        .await
        .ok();
    assert_eq!(plan(&world, &zhang, &drawn).await["state"], "submitted");
    let own = found(&world, &zhang, "/documents").await;
    assert_eq!(own["items"][0]["id"], json!(paper), "{own}");
    let file = format!("/documents/{paper}/file");
    assert_eq!(world.file(Some(&zhang), &file, None).await.0, 200);
}

/// A plan tells its receivers who leaves, so it stays with those who plan until he knows it.
async fn no_receiver_is_asked_before_he_was_told(world: World) {
    let company = Company::found(&world).await;
    let above = above(&world, &company).await;
    work_of_zhang(&world, &company).await;
    let (hr, chief, li) = (&company.hr.login, &company.chief.login, &company.li.login);
    let id = dismissed(&world, &company, "misconduct", json!({})).await;
    let body = json!({ "from": company.zhang.id, "departure_id": id });
    let drawn = draw(&world, &company, body).await;
    let early = step(&world, chief, &drawn, "submit", json!({ "version": 1 })).await;
    assert!(early.body["remedy"].is_string(), "{}", early.body);
    assert_eq!(early.problem(409), "handover.not_served");
    assert_eq!(tasks(&world, li).await, Vec::<Json>::new());
    let hidden = world.get(li, &format!("/handover-plans/{drawn}")).await;
    hidden.problem(404);
    approved(&world, &company, &above).await;
    notice_issued(&world, &company, &id).await;
    knows_nothing(&world, &company, &id).await;

    let served = format!("/departures/{id}/acknowledge");
    world.post(hr, &served, json!({})).await.ok();
    agree(&world, &company, &drawn, &[li]).await;
    world.pass_days(1);
    world.run_jobs().await;
    assert_eq!(plan(&world, chief, &drawn).await["state"], "executed");
}

async fn nothing_moves_before_an_agreement_stands(world: World) {
    let company = Company::found(&world).await;
    above(&world, &company).await;
    work_of_zhang(&world, &company).await;
    let (hr, chief) = (&company.hr.login, &company.chief.login);
    let body = json!({ "kind": "mutual_by_employer", "employee_id": company.zhang.id,
        "wished_on": "2026-12-10", "reason": "岗位调整，协商一致" });
    let id = world.post(hr, "/departures", body).await.id();
    let body = json!({ "from": company.zhang.id, "departure_id": id,
        "effective_on": world.today().plus_days(1) });
    let drawn = draw(&world, &company, body).await;
    agree(&world, &company, &drawn, &[&company.li.login]).await;
    world.pass_days(1);
    world.run_jobs().await;
    assert_eq!(world.entries("handover.miss_day").await.len(), 1);
    let early = step(&world, chief, &drawn, "execute", json!({})).await;
    assert_eq!(early.problem(409), "handover.not_declared");
    assert_eq!(plan(&world, chief, &drawn).await["state"], "approved");
}

async fn a_dismissal_that_was_given_up_was_never_there_for_him(world: World) {
    let company = Company::found(&world).await;
    let above = above(&world, &company).await;
    let id = dismissed(&world, &company, "misconduct", json!({})).await;
    reject(&world, &above.legal.login, "protection").await;
    let hr = &company.hr.login;
    let seen = found(&world, hr, &format!("/departures/{id}")).await;
    assert_eq!(seen["stage"]["key"], "withdrawn");
    // His session went on through all of it.
    knows_nothing(&world, &company, &id).await;
}

async fn a_draft_that_was_called_off_stays_with_those_who_plan(world: World) {
    let company = Company::found(&world).await;
    work_of_zhang(&world, &company).await;
    let chief = &company.chief.login;
    let reason = || json!({ "reason": "另行安排" });
    let body = || json!({ "from": company.zhang.id, "effective_on": world.today() });
    let draft = draw(&world, &company, body()).await;
    step(&world, chief, &draft, "cancel", reason()).await.ok();
    let asked = draw(&world, &company, body()).await;
    step(&world, chief, &asked, "submit", json!({ "version": 1 }))
        .await
        .ok();
    step(&world, chief, &asked, "cancel", reason()).await.ok();
    for login in [&company.zhang.login, &company.li.login] {
        let path = format!("/handover-plans/{draft}");
        world.get(login, &path).await.problem(404);
        let list = found(&world, login, "/handover-plans").await.to_string();
        assert!(!list.contains(&draft), "{list}");
        assert!(list.contains(&asked), "{list}");
        assert_eq!(plan(&world, login, &asked).await["state"], "cancelled");
    }
    assert_eq!(plan(&world, chief, &draft).await["state"], "cancelled");
}
