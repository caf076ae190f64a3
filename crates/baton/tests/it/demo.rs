//! The demo company: its story goes through to the end, its evidence holds, nothing is by chance.

use std::collections::BTreeSet;

use baton::config::Config;
use baton::demo::{self, Size, Standing};
use baton::house::House;
use evidence::verdict::Verdict;
use kernel::Moment;

use crate::harness::empty_postgres;

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

/// Fields of what was recorded, fields of fields too, that the screen has no words for.
async fn nameless_fields(house: &House) -> BTreeSet<String> {
    let words = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../web/src/ui/fieldWords.ts"
    );
    let words = std::fs::read_to_string(words).expect("the words of the screen");
    let select = spine::Query::new("SELECT payload AS p FROM log_entry").select();
    let rows = house.spine.db().read(&select.0, select.1).await;
    let mut nameless = BTreeSet::new();
    for row in rows.expect("payloads") {
        let payload: Vec<u8> = row.get("p").expect("bytes");
        let payload: serde_json::Value = serde_json::from_slice(&payload).expect("JSON");
        let mut inside = vec![&payload["detail"]];
        while let Some(value) = inside.pop() {
            if let Some(list) = value.as_array() {
                inside.extend(list);
            }
            for (field, value) in value.as_object().into_iter().flatten() {
                if !words.contains(&format!("\n  {field}: [")) {
                    nameless.insert(field.clone());
                }
                inside.push(value);
            }
        }
    }
    nameless
}

async fn count(house: &House, what: &'static str) -> i64 {
    let select = spine::Query::new(what).select();
    let rows = house.spine.db().read(&select.0, select.1).await;
    rows.expect("rows")[0].get("n").expect("a number")
}

#[expect(
    clippy::too_many_lines,
    reason = "everything the company must hold, in one list"
)]
async fn holds(house: &House) {
    let report = house.audit().await.expect("an audit");
    assert!(report.findings.is_empty(), "{:?}", report.findings.first());
    assert!(matches!(
        report.verdict,
        Verdict::Valid | Verdict::ValidUnwitnessed
    ));
    let books = house.spine.audit_rows().await.expect("a comparison");
    assert_eq!(books.total, 0, "{:?}", books.listed.first());
    assert!(books.rows > 3_000, "{}", books.rows);
    assert_eq!(nameless_fields(house).await, BTreeSet::new());
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
            "SELECT count(*) AS n FROM commission_period WHERE stage = 'closed'",
            2,
        ),
        ("SELECT count(*) AS n FROM commission_confirm_day", 1),
        (
            "SELECT count(*) AS n FROM commission_line WHERE kind = 'line'",
            20,
        ),
        (
            "SELECT count(*) AS n FROM commission_word WHERE said = 'confirmed'",
            1,
        ),
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
            "SELECT count(*) AS n FROM departure WHERE state = 'closed'",
            3,
        ),
        (
            "SELECT count(*) AS n FROM document WHERE kind = 'leaving_certificate'",
            4,
        ),
        (
            "SELECT count(*) AS n FROM document WHERE kind = 'resignation_notice'",
            6,
        ),
        (
            "SELECT count(*) AS n FROM document WHERE kind = 'handover_list'",
            4,
        ),
        (
            "SELECT count(*) AS n FROM approval_task WHERE state = 'open' AND node = 'accept'",
            1,
        ),
        (
            "SELECT count(*) AS n FROM alert WHERE state = 'resolved'",
            1,
        ),
        ("SELECT count(*) AS n FROM alert WHERE state = 'taken'", 1),
        ("SELECT count(*) AS n FROM alert WHERE state = 'open'", 3),
        (
            "SELECT count(*) AS n FROM alert WHERE kind = 'handover_denied'",
            4,
        ),
        (
            "SELECT count(*) AS n FROM alert WHERE kind = 'many_denied'",
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
    // Work is done when it is due, but for a handful that a living company has late.
    let open = "SELECT count(*) AS n FROM approval_task WHERE state = 'open'";
    assert!(count(house, open).await <= 24, "open tasks");
    let late = "SELECT count(*) AS n FROM approval_task WHERE state = 'open' AND due_at < \
                (SELECT max(at) FROM log_entry)";
    assert!((1..=8).contains(&count(house, late).await), "late tasks");
    let old = "SELECT count(*) AS n FROM approval_task WHERE state = 'open' AND opened_at < \
               (SELECT max(at) FROM log_entry) - 2592000000";
    assert_eq!(count(house, old).await, 0, "tasks of long ago");
    let unending = "SELECT count(*) AS n FROM departure WHERE state NOT IN ('closed', 'withdrawn') \
                    AND opened_at < (SELECT max(at) FROM log_entry) - 5184000000";
    assert_eq!(count(house, unending).await, 0, "departures without end");
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
    let Some(address) = empty_postgres().await else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    holds(&founded(config(folder.path(), Some(address))).await).await;
}
