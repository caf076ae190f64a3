//! The demo company: its story goes through to the end, its evidence holds, nothing is by chance.

use std::collections::BTreeSet;

use baton::config::Config;
use baton::demo::{self, Size, Standing};
use baton::house::House;
use evidence::verdict::Verdict;
use kernel::Moment;

use crate::harness::World;

/// The end of the story: half past ten in the morning, in Shanghai.
const NOW: &str = "2026-11-26T02:30:00.000Z";

fn config(folder: &std::path::Path, database_url: Option<String>) -> Config {
    Config {
        data_dir: folder.to_owned(),
        database_url,
        ..Config::default()
    }
}

async fn founded(config: Config) -> House {
    let now: Moment = NOW.parse().expect("a moment");
    demo::found(config, 2026, Size::SMALL, now)
        .await
        .expect("the story goes through")
}

async fn count(house: &House, what: &'static str) -> i64 {
    let select = spine::Query::new(what).select();
    let rows = house.spine.db().read(&select.0, select.1).await;
    rows.expect("rows")[0].get("n").expect("a number")
}

async fn holds(house: &House) {
    let report = house.audit().await.expect("an audit");
    assert!(report.findings.is_empty(), "{:?}", report.findings.first());
    assert!(matches!(
        report.verdict,
        Verdict::Valid | Verdict::ValidUnwitnessed
    ));
    let stages = "SELECT count(DISTINCT state) AS n FROM departure";
    assert!(count(house, stages).await >= 4);
    for (what, least) in [
        ("SELECT count(*) AS n FROM people_employee", 80),
        ("SELECT count(*) AS n FROM customer", 150),
        ("SELECT count(*) AS n FROM receivable_invoice", 200),
        ("SELECT count(*) AS n FROM customer_follow_up", 200),
        (
            "SELECT count(*) AS n FROM people_asset WHERE kind = 'account'",
            40,
        ),
        ("SELECT count(*) AS n FROM departure", 12),
        (
            "SELECT count(*) AS n FROM handover_plan WHERE state = 'executed'",
            4,
        ),
        (
            "SELECT count(*) AS n FROM handover_plan WHERE state = 'submitted'",
            1,
        ),
        (
            "SELECT count(*) AS n FROM handover_plan WHERE state = 'approved'",
            1,
        ),
        (
            "SELECT count(*) AS n FROM handover_plan WHERE state = 'draft'",
            1,
        ),
        (
            "SELECT count(*) AS n FROM handover_acceptance WHERE accepted = 0",
            1,
        ),
        (
            "SELECT count(*) AS n FROM import_record WHERE action = 'refused'",
            1,
        ),
    ] {
        let found = count(house, what).await;
        assert!(found >= least, "{what}: {found}, wanted {least}");
    }
    let moved = "SELECT count(DISTINCT customer_id) AS n FROM customer_assignment WHERE seq > 1";
    assert!(count(house, moved).await >= 20);
}

#[tokio::test]
async fn the_demo_company_is_whole_and_the_same_each_time() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let config_of_one = config(one.path(), None);
    assert_eq!(
        demo::standing(&config_of_one).await.unwrap(),
        Standing::Empty
    );
    let house = founded(config_of_one.clone()).await;
    holds(&house).await;
    assert_eq!(
        demo::standing(&config_of_one).await.unwrap(),
        Standing::Rehearsal
    );
    let again = founded(config(two.path(), None)).await;
    let heads: BTreeSet<String> = [
        house.audit().await.unwrap().head.root.to_string(),
        again.audit().await.unwrap().head.root.to_string(),
    ]
    .into();
    assert_eq!(heads.len(), 1, "the same seed, another evidence");
    // Nothing lies in the future, and the story ends this morning.
    let newest = count(&house, "SELECT max(at) AS n FROM log_entry").await;
    let now: Moment = NOW.parse().unwrap();
    assert!(newest <= now.0 && newest > now.0 - 3 * 3_600_000);
    // A second company does not move in.
    let twice = demo::found(config_of_one, 1, Size::SMALL, now).await;
    assert!(twice.is_err());
}

#[tokio::test]
async fn the_demo_company_is_whole_on_postgres() {
    let Some(address) = World::empty_postgres().await else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    holds(&founded(config(folder.path(), Some(address))).await).await;
}
