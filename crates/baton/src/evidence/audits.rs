//! Tables are held against the log by themselves, each night and before an export 定时审计.
//!
//! What an audit ends in is an entry of its own, so that a stranger sees that there were audits,
//! and an alert when something differs ([`crate::alert`]).

use ::evidence::verdict::Verdict;
use kernel::{Day, Moment};
use serde::Serialize;
use spine::{Act as _, By, Failure, Fault, RowReport};
use utoipa::ToSchema;

use super::acts::record_audit::{Occasion, RecordAudit};
use super::{deep, with_second};
use crate::house::House;

/// Places that are named in the entry; more are counted.
const NAMED: usize = 20;
/// Books with at most so many entries are audited at each export: half a second or so.
const MOST_AT_EXPORT: u64 = 20_000;
/// Larger ones are at an export audited anew when the last audit is older than this: 26 hours.
const FRESH_SECONDS: i64 = 26 * 3_600;

/// How an audit ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Audited {
    #[schema(value_type = String, format = DateTime)]
    pub(crate) at: Moment,
    /// `VALID`, `INVALID`, …
    pub(crate) verdict: String,
    /// Entries of the log.
    pub(crate) entries: u64,
    /// Rows of tables that were compared.
    pub(crate) rows: u64,
    /// Places in the log that are wrong.
    pub(crate) findings: u64,
    /// Rows that are not what acts wrote.
    pub(crate) differences: u64,
}

/// The newest audit that was recorded.
pub(crate) async fn newest(house: &House) -> Result<Option<Audited>, Fault> {
    let rows = house.spine.latest_of(RecordAudit::NAME, None, 1).await?;
    let Some((row, story)) = rows.first().and_then(|row| Some((row, row.story()?))) else {
        return Ok(None);
    };
    let detail = &story["detail"];
    let number = |name: &str| detail[name].as_u64().unwrap_or_default();
    Ok(Some(Audited {
        at: row.at,
        verdict: detail["verdict"].as_str().unwrap_or_default().to_owned(),
        entries: number("entries"),
        rows: number("rows"),
        findings: number("findings"),
        differences: number("differences"),
    }))
}

/// Whether there was no audit yet this day, and its hour has come.
pub(crate) async fn is_due(house: &House) -> Result<bool, Fault> {
    let (now, zone) = (house.spine.now(), house.spine.zone());
    let today: Day = now.day_in(zone);
    let hour = house.config.audit_hour.saturating_mul(3_600);
    if now < Moment::start_of(today, zone).plus_seconds(hour) {
        return Ok(false);
    }
    let nightly = house.spine.latest_of(RecordAudit::NAME, None, 20).await?;
    let nights = nightly.iter().filter(|row| is_nightly(row));
    Ok(nights.map(|row| row.at.day_in(zone)).all(|day| day < today))
}

fn is_nightly(row: &spine::LogRow) -> bool {
    let entry = ::evidence::entry::Entry::from_bytes(&row.entry);
    entry.is_ok_and(|entry| entry.why == "nightly")
}

/// Computes the log anew, compares the tables with it, and records what came out.
///
/// # Errors
/// [`Failure`] when the books cannot be read or written; what is wrong with them is no error.
pub(crate) async fn nightly(house: &House) -> Result<Audited, Failure> {
    let log = house.audit().await?;
    let second = house.audit_second().await?;
    let books = deep::compare(house).await?;
    let of_second = second.as_ref().map_or(0, |second| second.findings.len());
    let found = Found {
        verdict: with_second(log.verdict, second.as_ref()),
        findings: log.findings.len() + of_second,
        words: log.findings.iter().map(|one| one.message()).collect(),
    };
    record(house, Occasion::Nightly, found, &books).await
}

/// What is said of the tables before evidence goes out. Small books are compared at once; of large
/// ones the last audit counts while it is fresh. What differs is recorded, and stops nobody: who
/// holds the database could else keep evidence back.
///
/// # Errors
/// As [`nightly`].
pub(crate) async fn before_export(house: &House) -> Result<Audited, Failure> {
    let now = house.spine.now();
    let newest = newest(house).await?;
    let size = house.spine.newest_checkpoint().await?;
    let is_large = size.is_some_and(|newest| newest.size > MOST_AT_EXPORT);
    let fresh = newest.filter(|last| is_large && now < last.at.plus_seconds(FRESH_SECONDS));
    if let Some(fresh) = fresh {
        return Ok(fresh);
    }
    let books = deep::compare(house).await?;
    let found = Found {
        verdict: Verdict::Valid,
        findings: 0,
        words: Vec::new(),
    };
    if books.total > 0 || is_large {
        return record(house, Occasion::Export, found, &books).await;
    }
    let verdict = deep::verdict(found.verdict, &books).code().to_owned();
    Ok(Audited {
        at: now,
        verdict,
        entries: entries(house).await?,
        rows: books.rows,
        findings: 0,
        differences: 0,
    })
}

/// What is said of the log.
struct Found {
    verdict: Verdict,
    findings: usize,
    words: Vec<String>,
}

async fn entries(house: &House) -> Result<u64, Fault> {
    let newest = house.spine.newest_checkpoint().await?;
    Ok(newest.map_or(0, |newest| newest.size))
}

async fn record(
    house: &House,
    occasion: Occasion,
    found: Found,
    books: &RowReport,
) -> Result<Audited, Failure> {
    let rows = books.listed.iter().map(|one| deep::sentence(one, false));
    let of_log = found.words.into_iter().map(|text| (text.clone(), text));
    let act = RecordAudit {
        occasion,
        verdict: deep::verdict(found.verdict, books).code().to_owned(),
        entries: entries(house).await?,
        rows: books.rows,
        findings: found.findings as u64,
        differences: books.total,
        places: of_log.chain(rows).take(NAMED).collect(),
    };
    house
        .spine
        .perform(&act, &By::system("audit"), None)
        .await?;
    Ok(Audited {
        at: house.spine.now(),
        verdict: act.verdict,
        entries: act.entries,
        rows: act.rows,
        findings: act.findings,
        differences: act.differences,
    })
}
