//! kill -9 at random points of a stream of acts; whatever was acknowledged must be there.
//!
//! A child process performs acts, signs checkpoints and prints the name of each acknowledged coin.
//! `BATON_CRASH_POINTS` sets how often it is killed (25 by default, 1,000 for the full run).

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use evidence::verdict::Verdict;
use spine::{By, Chance as _, Select, SystemChance, binds};

use crate::desk::{self, Put};

crate::on_both!(nothing_acknowledged_is_lost, super::kill_often);

/// The child. Does nothing unless the parent asks for it.
#[tokio::test]
async fn child() {
    let Ok(url) = std::env::var("BATON_CRASH_URL") else {
        return;
    };
    let folder = std::env::var("BATON_CRASH_FOLDER").unwrap();
    let spine = desk::spine(&url, false).await;
    let signing = desk::signing(&spine, Path::new(&folder));
    println!("ready");
    for number in 0..100_000 {
        let coin = format!("{}-{number}", std::process::id());
        let also = (number % 3 == 0).then(|| "other".to_owned());
        let put = Put {
            also,
            ..Put::of("jar", &coin)
        };
        spine
            .perform(&put, &By::system("crash"), None)
            .await
            .unwrap();
        println!("done {coin}");
        if number % 4 == 0 {
            signing.sign_if_grown().await.unwrap();
        }
    }
}

async fn kill_often(url: &str, folder: &Path) {
    let points: usize = std::env::var("BATON_CRASH_POINTS")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(25);
    let spine = desk::spine(url, false).await;
    let mut acknowledged = 0;
    for point in 0..points {
        for coin in run_and_kill(url, folder) {
            acknowledged += 1;
            let found = spine.db().read(&COIN, binds![coin.as_str()]).await.unwrap();
            assert_eq!(found.len(), 1, "{coin} was acknowledged and is lost");
        }
        let row = spine
            .db()
            .read(&TOGETHER, binds![])
            .await
            .unwrap()
            .remove(0);
        let number = |column| row.get::<i64>(column).unwrap();
        let (entries, coins) = (number("entries"), number("coins"));
        assert_eq!((entries, coins), (coins, number("held")), "half-done");
        if point % 25 == 0 || point + 1 == points {
            audit(&spine, folder).await;
        }
    }
    println!("{points} kills, {acknowledged} acknowledged acts, none lost");
    assert!(acknowledged > 0);
}

/// One statement, one state: PostgreSQL may still be committing for the client that was killed.
const TOGETHER: Select = Select::new(
    "SELECT (SELECT count(*) FROM log_entry) AS entries, (SELECT count(*) FROM coin) AS coins, \
     (SELECT CAST(coalesce(sum(coins), 0) AS BIGINT) FROM jar) AS held",
);
const COIN: Select = Select::new("SELECT coin FROM coin WHERE name = 'jar' AND coin = $1");

async fn audit(spine: &spine::Spine, folder: &Path) {
    let signing = desk::signing(spine, folder);
    signing.sign_if_grown().await.unwrap();
    let report = spine
        .audit(&signing.key().trust(), signing.last().unwrap())
        .await
        .unwrap();
    assert_eq!(report.verdict, Verdict::Valid, "{:?}", report.findings);
    let books = spine.audit_rows().await.unwrap();
    assert_eq!(books.total, 0, "{:?}", books.listed);
}

/// Starts the child, lets it work for 0–60 ms, kills it, gives what it had acknowledged.
fn run_and_kill(url: &str, folder: &Path) -> Vec<String> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "crash::child", "--nocapture"])
        .env("BATON_CRASH_URL", url)
        .env("BATON_CRASH_FOLDER", folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap())
        .lines()
        .map_while(Result::ok);
    assert!(
        lines.any(|line| line.contains("ready")),
        "the child did not start"
    );
    let mut dice = [0; 2];
    SystemChance.fill(&mut dice);
    let micros = u64::from(u16::from_be_bytes(dice)) * 60_000 / 65_536;
    std::thread::sleep(Duration::from_micros(micros));
    child.kill().unwrap();
    child.wait().unwrap();
    lines
        .filter_map(|line| line.strip_prefix("done ").map(str::to_owned))
        .collect()
}
