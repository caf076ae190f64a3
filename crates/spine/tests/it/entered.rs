//! What follows from the entries of the log: entered later on a server, found at once all the same.

use std::path::Path;

use evidence::verdict::Verdict;
use kernel::Moment;
use spine::{By, CHUNKS, COSIGNATURES, Db, DbSettings, LEAN_LOG, ONE_ROW, SCHEMA, STAMPS, Select};

use crate::desk::{self, Put};
use crate::raw;

crate::on_both!(what_is_done_is_found_at_once, super::found_at_once);

// On a server an act writes its entry alone; who looks has the rest entered.
async fn found_at_once(url: &str, folder: &Path) {
    let spine = desk::spine(url, true).await;
    let by = By::system("test");
    for number in 0..300_u64 {
        let put = Put::of(&format!("jar{}", number % 3), &format!("coin{number}"));
        spine.perform(&put, &by, None).await.unwrap();
        if number % 50 == 7 {
            let done = spine.entries_of("jar.put", 0, 1_000).await.unwrap();
            assert_eq!(done.len() as u64, number + 1);
            let last = spine.latest_of("jar.put", Some(&by.id()), 1).await.unwrap();
            assert_eq!(last[0].index, number);
            let mut look = spine.look(&by).await.unwrap();
            let jar = [format!("jar/jar{}", number % 3)];
            let about = look.books().records_about(&jar, 1_000).await.unwrap();
            assert_eq!(about.last().unwrap().index, number);
        }
    }
    let signing = desk::signing(&spine, folder);
    assert_eq!(signing.sign_if_grown().await.unwrap(), Some(300));
}

crate::on_both!(
    what_one_program_left_to_be_entered_the_next_one_enters,
    super::left
);

async fn left(url: &str, folder: &Path) {
    let by = By::system("test");
    let one = desk::spine(url, true).await;
    for number in 0..5 {
        let put = Put::of("a", &format!("coin{number}"));
        one.perform(&put, &by, None).await.unwrap();
    }
    // As if it were killed: its own task never comes to enter anything.
    one.db().close().await;
    let next = desk::spine(url, false).await;
    next.db().settle_log().await.unwrap();
    let size = "SELECT size AS n FROM log_head";
    assert_eq!(desk::count(&next, size).await, 5);
    let put = Put::of("a", "coin5");
    let done = next.perform(&put, &by, None).await.unwrap().done().unwrap();
    assert_eq!(done.entry, Some(5));
    let signing = desk::signing(&next, folder);
    signing.sign_if_grown().await.unwrap();
    let trust = signing.key().trust();
    let report = next.audit(&trust, signing.last().unwrap()).await.unwrap();
    assert_eq!(report.verdict, Verdict::Valid, "{:?}", report.findings);
}

crate::on_both!(a_log_of_two_tables_becomes_one_of_one, super::one_table);

async fn one_table(url: &str, _: &Path) {
    let settings = DbSettings {
        url: url.to_owned(),
        readers: 1,
        writers: 1,
    };
    let db = Db::open(&settings).await.unwrap();
    let before = [SCHEMA, CHUNKS, COSIGNATURES, STAMPS, LEAN_LOG];
    db.migrate(&before, Moment(0)).await.unwrap();
    for statement in [
        "INSERT INTO log_entry VALUES (0, 'jar.put', 7, 'emp_a', 'entry', 'leaf')",
        "INSERT INTO log_entry VALUES (1, 'jar.take', 8, 'emp_b', 'entry', 'leaf')",
        "INSERT INTO log_payload VALUES (0, -1, 'said', 'salt')",
        "INSERT INTO log_payload VALUES (0, -1000000, 'noted', NULL)",
        "INSERT INTO log_payload VALUES (1, 0, 'item', 'salt')",
    ] {
        raw::run(url, statement).await.unwrap();
    }
    db.close().await;
    let db = Db::open(&settings).await.unwrap();
    let after = [before.as_slice(), &[ONE_ROW]].concat();
    assert_eq!(db.migrate(&after, Moment(1)).await.unwrap(), [48]);
    let told = Select::new(
        "SELECT idx AS a, length(coalesce(payload, 'x')) AS b FROM log_entry ORDER BY idx",
    );
    let rows = db.read(&told, Vec::new()).await.unwrap();
    let told = |row: &spine::Row| (row.get::<i64>("a").unwrap(), row.get::<i64>("b").unwrap());
    assert_eq!(rows.iter().map(told).collect::<Vec<_>>(), [(0, 4), (1, 1)]);
    let kept = Select::new("SELECT idx AS a, n AS b FROM log_payload ORDER BY idx");
    let rows = db.read(&kept, Vec::new()).await.unwrap();
    assert_eq!(
        rows.iter().map(told).collect::<Vec<_>>(),
        [(0, -1_000_000), (1, 0)]
    );
    let found = Select::new("SELECT idx AS a, n AS b FROM log_subject ORDER BY idx, n DESC");
    let rows = db.read(&found, Vec::new()).await.unwrap();
    assert_eq!(
        rows.iter().map(told).collect::<Vec<_>>(),
        [(0, -3), (0, -4), (1, -3), (1, -4)]
    );
    let refused = raw::run(url, "UPDATE log_entry SET leaf = 'other'").await;
    assert!(refused.unwrap_err().contains("append-only"));
    db.close().await;
}
