//! Tables are held against the log each night and before evidence goes out; a checkpoint is laid
//! down outside each day.

use std::sync::Arc;

use baton::alert;
use baton::config::Config;
use baton::evidence::{daily, jobs};
use serde_json::Value as Json;

use crate::bundle::{Case, case, export, least, preview};
use crate::harness::{Company, World};

story!(
    each_night_the_tables_are_held_against_the_log,
    before_an_export_too_and_the_record_says_what_differs,
    a_checkpoint_is_laid_down_outside_once_a_day,
);

async fn at(world: &World, moment: &str) {
    world.clock.set(moment.parse().expect("a moment"));
    jobs::enqueue_audit_if_due(&world.house).await.expect("due");
    world.run_jobs().await;
}

async fn each_night_the_tables_are_held_against_the_log(world: World) {
    let company = Company::found(&world).await;
    let name = "永定机床有限公司";
    company.customer(&world, &company.zhang, name).await;
    // One o'clock in Shanghai, then two, then three.
    at(&world, "2027-01-09T17:00:00.000Z").await;
    assert_eq!(world.entries("evidence.record_audit").await.len(), 0);
    at(&world, "2027-01-09T18:00:00.000Z").await;
    at(&world, "2027-01-09T19:00:00.000Z").await;
    let said = world.entries("evidence.record_audit").await;
    assert_eq!(said.len(), 1, "once a night");
    assert_eq!(said[0]["detail"]["verdict"], "VALID", "{}", said[0]);
    assert_eq!(said[0]["detail"]["differences"], 0);
    alert::follow(&world.house).await.expect("followed");
    assert_eq!(world.entries("alert.raise").await.len(), 0);

    // T02: somebody with the database gives the customer away.
    let other = company.li.id;
    let give = format!("UPDATE customer SET owner_id = '{other}'");
    world.raw(&give).await.expect("changed");
    at(&world, "2027-01-10T18:00:00.000Z").await;
    let said = world.entries("evidence.record_audit").await;
    let last = said.last().expect("the second night");
    assert_eq!(last["detail"]["verdict"], "INVALID", "{last}");
    assert_eq!(last["detail"]["differences"], 1, "{last}");
    let place = last["detail"]["places"][0].as_str().expect("a place");
    assert!(place.contains("表 customer（客户）"), "{place}");
    assert!(place.contains("字段 owner_id"), "{place}");
    assert!(!place.contains(&other.to_string()), "no values: {place}");
    alert::follow(&world.house).await.expect("followed");
    let raised = world.entries("alert.raise").await;
    assert_eq!(raised.len(), 1, "{raised:?}");
    assert!(
        raised[0].to_string().contains("绕过系统改动"),
        "{}",
        raised[0]
    );
    // The screen says so too.
    let auditor = world.login(None, &["auditor"]).await;
    let state = world.get(&auditor, "/evidence-log").await.ok();
    assert_eq!(state["audited"]["verdict"], "INVALID", "{state}");
}

async fn before_an_export_too_and_the_record_says_what_differs(world: World) {
    let company = Company::found(&world).await;
    let hr = &company.hr.login;
    let Case { departure, paper } = case(&world, &company).await;
    let export_it = async || {
        let seen = preview(&world, hr, &departure).await;
        export(&world, hr, &departure, least(&seen, &[&paper])).await;
        let path = format!("/departures/{departure}/bundles");
        let all: Json = world.get(hr, &path).await.ok();
        let made = world.entries("bundle.export").await;
        (all[0].clone(), made.last().cloned().expect("an entry"))
    };
    let (line, entry) = export_it().await;
    assert_eq!(line["differences"], 0, "{line}");
    assert_eq!(entry["detail"]["differences"], 0, "{entry}");
    let rename = "UPDATE customer SET name = '另一家公司'";
    world.raw(rename).await.expect("changed");
    let (line, entry) = export_it().await;
    assert_eq!(line["differences"], 1, "{line}");
    assert!(entry.to_string().contains("1 处不符"), "{entry}");
    let said = world.entries("evidence.record_audit").await;
    assert_eq!(said.len(), 1);
    let place = said[0]["detail"]["places"][0].as_str().expect("a place");
    assert!(place.contains("字段 name"), "{place}");
}

async fn a_checkpoint_is_laid_down_outside_once_a_day(world: World) {
    Company::found(&world).await;
    let folder = tempfile::tempdir().expect("a folder");
    let mut house = world.house.clone();
    assert_eq!(daily::lay_down(&house).await.expect("nowhere"), None);
    let config = Config {
        checkpoint_folder: Some(folder.path().join("out")),
        ..(*house.config).clone()
    };
    house.config = Arc::new(config);
    house.signing.sign_if_grown().await.expect("signed");
    world
        .clock
        .set("2027-01-10T04:00:00.000Z".parse().expect("a moment"));
    let path = daily::lay_down(&house)
        .await
        .expect("written")
        .expect("today");
    assert!(
        path.ends_with("checkpoint-2027-01-10.txt"),
        "{}",
        path.display()
    );
    let newest = house.spine.newest_checkpoint().await.expect("read");
    let note = newest.expect("a checkpoint").note;
    assert_eq!(std::fs::read_to_string(&path).expect("a file"), note);
    assert_eq!(daily::lay_down(&house).await.expect("once"), None);
    assert_eq!(daily::late_since(&house), None);
    let files = std::fs::read_dir(folder.path().join("out")).expect("a folder");
    assert_eq!(files.count(), 1);
    world
        .clock
        .set("2027-01-11T04:00:00.000Z".parse().expect("a moment"));
    assert_eq!(daily::late_since(&house), None, "yesterday has its file");
    world
        .clock
        .set("2027-01-12T04:00:00.000Z".parse().expect("a moment"));
    assert!(daily::late_since(&house).is_some(), "two days without one");
    assert!(daily::lay_down(&house).await.expect("written").is_some());
    assert_eq!(daily::late_since(&house), None);
}
