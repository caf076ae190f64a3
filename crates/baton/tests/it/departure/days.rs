//! The days of a departure: what is only planned does nothing, what was set stays, what is over is
//! over.

use access::Mode;
use baton::departure::jobs::follow_all;
use baton::session::acts::set_access::SetAccess;
use serde_json::{Value as Json, json};
use spine::Ran;

use super::dismissal::{above, approved, dismissed, no_fault_notice_issued, notice_issued};
use super::{resign, view};
use crate::harness::{Company, World};

story!(
    nobody_loses_access_by_a_dismissal_that_was_not_served,
    days_that_hr_set_survive_service,
    employment_that_is_over_does_not_go_on_by_a_later_day,
    whoever_works_on_gets_in_again,
    access_ends_though_its_job_was_lost,
    a_job_whose_day_was_moved_waits_for_the_other_day,
);

/// Mode and activity of the login of 张三.
async fn access(world: &World) -> String {
    let query = "SELECT l.mode AS mode, CAST(l.active AS VARCHAR(8)) AS active \
                 FROM session_login l JOIN people_employee e \
                 ON e.id = l.employee_id WHERE e.number = 'E002'";
    let found = world.texts(query, &["mode", "active"]).await;
    found
        .concat()
        .join(" ")
        .replace("true", "1")
        .replace("false", "0")
}

fn dates(end: &str, last: &str, cut_off: &str) -> Json {
    json!({ "clocks": { "employment_ends_on": end, "last_working_day": last,
        "commission_cutoff_on": cut_off }, "reason": "另行核定" })
}

async fn clocks(world: &World, company: &Company, id: &str) -> [String; 3] {
    let seen = view(world, &company.hr.login, id).await;
    let clocks = &seen["dates"]["clocks"];
    let day = |key: &str| clocks[key].as_str().expect("a day").to_owned();
    [
        day("employment_ends_on"),
        day("last_working_day"),
        day("commission_cutoff_on"),
    ]
}

/// A dismissal is a plan until it was served, and a plan closes no login: neither on its day nor
/// by a day that lay in the past when it was drawn up.
async fn nobody_loses_access_by_a_dismissal_that_was_not_served(world: World) {
    let company = Company::found(&world).await;
    let above = above(&world, &company).await;
    let hr = &company.hr.login;
    let id = dismissed(&world, &company, "misconduct", json!({})).await;
    approved(&world, &company, &above).await;
    world.pass_days(3);
    world.run_jobs().await;
    assert_eq!(access(&world).await, "normal 1");
    assert!(world.entries("departure.end_access").await.is_empty());
    // Nothing ended yet, so another day may be set.
    let path = format!("/departures/{id}/dates");
    let later = dates("2026-11-27", "2026-11-27", "2026-11-27");
    world.post(hr, &path, later).await.ok();
    world.pass_days(3);
    notice_issued(&world, &company, &id).await;
    let serve = format!("/departures/{id}/acknowledge");
    world.post(hr, &serve, json!({})).await.ok();
    assert_eq!(clocks(&world, &company, &id).await, ["2026-11-28"; 3]);
    world.run_jobs().await;
    assert_eq!(access(&world).await, "handover 1", "it is his last day");
    world.pass_days(1);
    world.run_jobs().await;
    assert_eq!(access(&world).await, "suspended 0");
}

/// Service moves what counts from it, and nothing that HR set beyond it.
async fn days_that_hr_set_survive_service(world: World) {
    let company = Company::found(&world).await;
    let above = above(&world, &company).await;
    let hr = &company.hr.login;
    let id = dismissed(&world, &company, "no_fault_dismissal", json!({})).await;
    let path = format!("/departures/{id}/dates");
    let set = dates("2027-01-15", "2026-11-24", "2027-01-10");
    world.post(hr, &path, set).await.ok();
    approved(&world, &company, &above).await;
    world.pass_days(5);
    no_fault_notice_issued(&world, &company, &id).await;
    let serve = format!("/departures/{id}/acknowledge");
    world.post(hr, &serve, json!({})).await.ok();
    // He was to stay away from the 25th on; it reached him on the 27th.
    let days = ["2027-01-15", "2026-11-27", "2027-01-10"].map(str::to_owned);
    assert_eq!(clocks(&world, &company, &id).await, days);
}

async fn employment_that_is_over_does_not_go_on_by_a_later_day(world: World) {
    let company = Company::found(&world).await;
    let hr = &company.hr.login;
    let id = resign(&world, &company.zhang.login).await;
    let path = format!("/departures/{id}/dates");
    world
        .post(hr, &path, dates("2026-12-31", "2026-12-22", "2026-12-22"))
        .await
        .ok();
    world.pass_days(40);
    let later = dates("2027-01-31", "2026-12-22", "2026-12-22");
    let answer = world.post(hr, &path, later).await;
    let words = answer.body.to_string();
    assert_eq!(answer.problem(409), "departure.employment_over", "{words}");
    assert!(words.contains("劳动关系已于 2026-12-31 终止"), "{words}");
    let agreed = json!({ "last_day": "2027-01-31", "agreed_on": "2026-12-30", "note": "协议" });
    let answer = world
        .post(hr, &format!("/departures/{id}/agree-early"), agreed)
        .await;
    assert_eq!(answer.problem(409), "departure.employment_over");
    let cut_off = dates("2026-12-31", "2026-12-22", "2026-12-31");
    world.post(hr, &path, cut_off).await.ok();
}

/// His last working day was over and the login closed; then both found that he works on.
async fn whoever_works_on_gets_in_again(world: World) {
    let company = Company::found(&world).await;
    let hr = &company.hr.login;
    let id = resign(&world, &company.zhang.login).await;
    let path = format!("/departures/{id}/dates");
    world
        .post(hr, &path, dates("2026-12-31", "2026-11-30", "2026-12-31"))
        .await
        .ok();
    world.pass_days(9);
    world.run_jobs().await;
    assert_eq!(access(&world).await, "suspended 0");
    // A day that is over as well opens nothing.
    world
        .post(hr, &path, dates("2026-12-31", "2026-11-29", "2026-12-31"))
        .await
        .ok();
    world.run_jobs().await;
    assert_eq!(access(&world).await, "suspended 0");
    world
        .post(hr, &path, dates("2026-12-31", "2026-12-10", "2026-12-31"))
        .await
        .ok();
    assert_eq!(access(&world).await, "handover 1");
    world.pass_days(10);
    world.run_jobs().await;
    assert_eq!(
        access(&world).await,
        "suspended 0",
        "and again when that day is over"
    );
}

/// Every minute the house looks whose last working day is over, once for each day that is set.
async fn access_ends_though_its_job_was_lost(world: World) {
    let company = Company::found(&world).await;
    let hr = &company.hr.login;
    let id = resign(&world, &company.zhang.login).await;
    let path = format!("/departures/{id}/dates");
    let set = dates("2026-12-31", "2026-11-30", "2026-12-31");
    world.post(hr, &path, set).await.ok();
    let follow = async || follow_all(&world.house).await.expect("it follows");
    world.pass_days(8);
    follow().await;
    assert_eq!(access(&world).await, "handover 1", "it is his last day");
    world.pass_days(1);
    let spine = &world.house.spine;
    for job in spine.take_jobs("test", 50).await.expect("jobs") {
        let lost = spine.job_ran(job.id, Ran::Through).await;
        lost.expect("it is lost");
    }
    follow().await;
    assert_eq!(access(&world).await, "suspended 0");
    assert_eq!(world.entries("departure.end_access").await.len(), 1);
    // A login that was opened again on purpose stays open.
    let login = company.zhang.login.id;
    let open = SetAccess {
        login,
        mode: Some(Mode::Handover),
        active: Some(true),
        why: "security".to_owned(),
    };
    world.done(&open).await;
    follow().await;
    assert_eq!(access(&world).await, "handover 1");
    assert_eq!(world.entries("departure.end_access").await.len(), 1);
}

async fn a_job_whose_day_was_moved_waits_for_the_other_day(world: World) {
    let company = Company::found(&world).await;
    let admin = world.login(None, &["system_admin"]).await;
    let id = resign(&world, &company.zhang.login).await;
    let path = format!("/departures/{id}/dates");
    for last in ["2026-11-30", "2026-12-10"] {
        let set = dates("2026-12-31", last, "2026-12-31");
        world.post(&company.hr.login, &path, set).await.ok();
    }
    world.pass_days(9);
    world.run_jobs().await;
    assert_eq!(access(&world).await, "handover 1");
    for kind in ["departure.end_access", "departure.last_day"] {
        let path = format!("/jobs?kind={kind}&state=done");
        let done = world.get(&admin, &path).await.ok();
        assert_eq!(done["items"], json!([]), "{kind}");
    }
    world.pass_days(10);
    world.run_jobs().await;
    assert_eq!(access(&world).await, "suspended 0");
    assert_eq!(world.entries("departure.end_access").await.len(), 1);
}
