//! The audit of the whole log 存证审计.

use std::time::{Duration, Instant};

use crate::Problem;
use crate::site::Site;
use crate::table::{Bar, Line};

const ROUNDS: usize = 3;

/// Audits the log from memory, as the product does it, and then by the command, disk and all.
pub async fn measure(site: &Site) -> Result<Vec<Line>, Problem> {
    let house = site.house().await?;
    let anchor = house.signing.last()?;
    let trust = house.signing.key().trust();
    let log = house.spine.read_log().await?;
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        let started = Instant::now();
        let report = log.audit(&trust, anchor);
        times.push(started.elapsed());
        if !report.findings.is_empty() || report.head.size < u64::from(site.entries) {
            return Err(format!("{} {:?}", report.verdict, report.findings.first()).into());
        }
    }
    drop(log);
    house.spine.db().close().await;
    let size = site.entries;
    let command = site.place.run(&["audit"]).await?;
    let deep = site.place.run(&["audit", "--deep"]).await?;
    Ok(vec![
        Line::times(
            "audit of the log, without disk",
            Bar::P50(Duration::from_secs(1)),
            times,
            format!("{size} entries and payloads in memory, {ROUNDS} rounds"),
        ),
        Line::times(
            "baton audit",
            Bar::Open,
            vec![command],
            "process, database, all".to_owned(),
        ),
        Line::times(
            "baton audit --deep",
            Bar::Open,
            vec![deep],
            "and the tables against their history".to_owned(),
        ),
    ])
}
