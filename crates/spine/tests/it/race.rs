//! Many at once: indexes stay dense, keys stay single.

use std::path::Path;
use std::time::Duration;

use evidence::verdict::Verdict;
use spine::{By, IdempotencyKey, Select};

use crate::desk::{self, Put};

const WRITERS: usize = 50;
const ACTS: usize = 8;

crate::on_both!(fifty_writers_with_random_rollbacks, super::fifty);

async fn fifty(url: &str, folder: &Path) {
    let spine = desk::spine(url, false).await;
    let mut tasks = Vec::new();
    for writer in 0..WRITERS {
        let spine = spine.clone();
        tasks.push(tokio::spawn(async move {
            let mut done = 0;
            for act in 0..ACTS {
                // Every third is refused after it took its locks.
                let kind = if (writer + act) % 3 == 0 {
                    "bad"
                } else {
                    "good"
                };
                let put = Put::of(
                    &format!("jar{}", writer % 7),
                    &format!("{kind}-{writer}-{act}"),
                );
                done += i64::from(spine.perform(&put, &By::system("race"), None).await.is_ok());
            }
            done
        }));
    }
    let mut done = 0;
    for task in tasks {
        done += task.await.unwrap();
    }
    assert_eq!(
        desk::count(&spine, "SELECT count(*) AS n FROM log_entry").await,
        done
    );
    assert_eq!(
        desk::count(&spine, "SELECT max(idx) + 1 AS n FROM log_entry").await,
        done
    );
    let coins = "SELECT CAST(sum(coins) AS BIGINT) AS n FROM jar";
    assert_eq!(desk::count(&spine, coins).await, done, "no update was lost");
    let signing = desk::signing(&spine, folder);
    signing.sign_if_grown().await.unwrap();
    let report = spine
        .audit(&signing.key().trust(), signing.last().unwrap())
        .await
        .unwrap();
    assert_eq!(report.verdict, Verdict::Valid, "{:?}", report.findings);
    let books = spine.audit_rows().await.unwrap();
    assert_eq!(books.total, 0, "{:?}", books.listed);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_leaves_keeps_nobody_waiting() {
    let Some(url) = desk::postgres().await else {
        return;
    };
    let spine = desk::spine(&url, false).await;
    let slow = Select::new("SELECT CAST(1 AS BIGINT) AS n FROM pg_sleep(3)");
    let asked = spine.db().read(&slow, Vec::new());
    let left = tokio::time::timeout(Duration::from_millis(300), asked).await;
    assert!(left.is_err(), "it was still under way");
    let still = "SELECT count(*) AS n FROM pg_stat_activity WHERE state = 'active' \
        AND query LIKE '%pg_sleep(3)' AND pid <> pg_backend_pid() \
        AND datname = current_database()";
    assert_eq!(
        desk::count(&spine, still).await,
        1,
        "the next one waited for it"
    );
}

crate::on_both!(programs_that_begin_at_once_share_the_steps, super::begin);

async fn begin(url: &str, _: &Path) {
    let mut programs = Vec::new();
    for _ in 0..4 {
        programs.push(desk::database(url).await);
    }
    let tasks = programs
        .iter()
        .map(|db| {
            let db = db.clone();
            tokio::spawn(async move { db.migrate(desk::STEPS, desk::NOON).await })
        })
        .collect::<Vec<_>>();
    let mut taken = Vec::new();
    for task in tasks {
        taken.extend(task.await.unwrap().unwrap());
    }
    taken.sort_unstable();
    let steps: Vec<i64> = desk::STEPS.iter().map(|step| step.version).collect();
    assert_eq!(taken, steps, "each was taken once");
}

crate::on_both!(two_programs_append_to_one_log, super::two_programs);

// What one of them saw of the end of the log, the other one moves.
async fn two_programs(url: &str, folder: &Path) {
    let one = desk::spine(url, false).await;
    let other = desk::spine(url, false).await;
    let mut tasks = Vec::new();
    for writer in 0..8 {
        let spine = if writer % 2 == 0 { &one } else { &other }.clone();
        tasks.push(tokio::spawn(async move {
            for act in 0..ACTS * 3 {
                let put = Put::of(&format!("jar{}", act % 5), &format!("{writer}-{act}"));
                spine.perform(&put, &By::system("race"), None).await?;
            }
            Ok::<_, spine::Failure>(())
        }));
    }
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    let count = desk::count(&one, "SELECT max(idx) + 1 AS n FROM log_entry").await;
    assert_eq!(count, 8 * 3 * i64::try_from(ACTS).unwrap());
    let signing = desk::signing(&one, folder);
    signing.sign_if_grown().await.unwrap();
    let trust = signing.key().trust();
    let report = one.audit(&trust, signing.last().unwrap()).await.unwrap();
    assert_eq!(report.verdict, Verdict::Valid, "{:?}", report.findings);
}

crate::on_both!(
    an_audit_while_others_write_sees_nothing_wrong,
    super::audits
);

// An office audits on a working day: what came while the log was read is no hole in it.
async fn audits(url: &str, folder: &Path) {
    let spine = desk::spine(url, false).await;
    let signing = desk::signing(&spine, folder);
    let writer = tokio::spawn({
        let spine = spine.clone();
        async move {
            for number in 0..600 {
                let put = Put::of("a", &format!("coin{number}"));
                spine.perform(&put, &By::system("race"), None).await?;
                tokio::task::yield_now().await;
            }
            Ok::<_, spine::Failure>(())
        }
    });
    let mut times = 0;
    loop {
        let over = writer.is_finished();
        signing.sign_if_grown().await.unwrap();
        let trust = signing.key().trust();
        let report = spine.audit(&trust, signing.last().unwrap()).await;
        let report = report.unwrap();
        assert_eq!(report.verdict, Verdict::Valid, "{:?}", report.findings);
        let kept = spine.read_log().await.unwrap();
        let report = kept.audit(&trust, signing.last().unwrap());
        assert_eq!(report.verdict, Verdict::Valid, "{:?}", report.findings);
        times += 1;
        if over {
            break;
        }
    }
    writer.await.unwrap().unwrap();
    assert!(times > 1, "it was audited while somebody wrote");
}

crate::on_both!(one_key_from_two_connections_is_one_effect, super::one_key);

async fn one_key(url: &str, _: &Path) {
    let spine = desk::spine(url, false).await;
    for round in 0..20 {
        let key = IdempotencyKey::parse(&format!("round-{round}")).unwrap();
        let put = Put::of("a", &format!("coin-{round}"));
        let system = By::system("race");
        let (left, right) = tokio::join!(
            spine.perform(&put, &system, Some(&key)),
            spine.perform(&put, &system, Some(&key)),
        );
        let (left, right) = (
            left.unwrap().done().unwrap(),
            right.unwrap().done().unwrap(),
        );
        assert_eq!((left.outcome, left.entry), (right.outcome, right.entry));
        assert_ne!(left.replayed, right.replayed);
    }
    assert_eq!(
        desk::count(&spine, "SELECT coins AS n FROM jar WHERE name = 'a'").await,
        20
    );
}
