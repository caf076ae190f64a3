//! Where the signals come from: what was denied, what failed, what was revealed 信号来源.

use std::collections::{BTreeMap, BTreeSet};

use ::risk::{Denial, Finding, LoginFailure, Reveal, rules};
use kernel::Moment;
use spine::{Act as _, By, Consumer, Failure, LogRow};

use super::acts::raise::Raise;
use super::store::{self, Attempted, Person};
use crate::evidence::acts::record_audit::RecordAudit;
use crate::evidence::daily;
use crate::house::House;
use crate::registry;

/// What was found, and how far each source was read; the places are kept when all is raised.
#[derive(Default)]
pub(super) struct Gathered {
    pub(super) raises: Vec<Raise>,
    pub(super) places: Vec<(Consumer, i64)>,
}

/// Access records are written outside of any transaction, so that one may appear a little later
/// than a younger one: what is this old is read again, and counted once all the same.
const OVERLAP_SECONDS: i64 = 60;
/// Records and entries read at once.
const AT_ONCE: i64 = 20_000;
/// What happened longer ago than this before it is read for the first time raises nothing: 30 days.
const OLDEST_SECONDS: i64 = 30 * 86_400;

const DENIED: Consumer = Consumer("alert.denied");

fn raise(finding: Finding, person: &Person) -> Raise {
    Raise {
        finding,
        about: person.about.clone(),
        called: person.called.clone(),
        called_en: person.called.replace('（', " (").replace('）', ")"),
        departure: person.departure,
    }
}

fn raise_about(finding: Finding, about: &str, called: &str, called_en: &str) -> Raise {
    Raise {
        finding,
        about: about.to_owned(),
        called: called.to_owned(),
        called_en: called_en.to_owned(),
        departure: None,
    }
}

/// Denied attempts, person by person.
pub(super) async fn denied(house: &House, found: &mut Gathered) -> Result<(), Failure> {
    let place = Moment(house.spine.position(DENIED).await?);
    let oldest = house.spine.now().plus_seconds(-OLDEST_SECONDS);
    let from = place.plus_seconds(-OVERLAP_SECONDS).max(oldest);
    let by = By::system("alert");
    let mut look = house.spine.look(&by).await?;
    let mut books = look.books();
    let rows = store::denied_since(&mut books, from, AT_ONCE).await?;
    let Some(last) = rows.last().map(|row| row.at) else {
        return Ok(());
    };
    let mut first_of: BTreeMap<&str, Moment> = BTreeMap::new();
    for row in &rows {
        first_of.entry(&row.actor).or_insert(row.at);
    }
    for (actor, first) in first_of {
        let since = first.plus_seconds(-rules::SHORT_WINDOW_SECONDS);
        let mut all = store::denied_of(&mut books, actor, (since, last), AT_ONCE).await?;
        all.reverse();
        let denials: Vec<Denial> = all.into_iter().map(denial).collect();
        let findings = rules::denied(&denials);
        if findings.is_empty() {
            continue;
        }
        let Some(person) = store::person_of(&mut books, actor).await? else {
            continue;
        };
        let raises = findings.into_iter().map(|finding| raise(finding, &person));
        found.raises.extend(raises);
    }
    // A flood that fills a whole reading must not be read twice, or it would never end.
    let flooded = i64::try_from(rows.len()).is_ok_and(|rows| rows >= AT_ONCE);
    let next = last.plus_seconds(if flooded { OVERLAP_SECONDS } else { 0 });
    if next > place {
        found.places.push((DENIED, next.0));
    }
    Ok(())
}

fn denial(row: Attempted) -> Denial {
    Denial {
        at: row.at,
        in_handover: row.in_handover,
        permission: row.reason,
    }
}

const FAILED_LOGINS: Consumer = Consumer("alert.failed_logins");
const COUNT_FAILURE: &str = "session.count_failure";

fn failure(row: &LogRow) -> Option<LoginFailure> {
    let story = row.story()?;
    let detail = &story["detail"];
    let known = detail["number"].as_str().map(str::to_owned);
    // What nobody's number is was not kept; several are told apart by what stands for them.
    let unknown = || Some(format!("?{}", detail["unknown"].as_str()?));
    Some(LoginFailure {
        at: row.at,
        number: known.or_else(unknown)?,
        in_a_row: detail["failures"].as_i64()?,
    })
}

fn next_place(rows: &[LogRow]) -> Option<i64> {
    let last = i64::try_from(rows.last()?.index).ok()?;
    Some(last.saturating_add(1))
}

/// Failed logins: of one number, and over all of them.
pub(super) async fn failed_logins(house: &House, found: &mut Gathered) -> Result<(), Failure> {
    let place = house.spine.position(FAILED_LOGINS).await?;
    let rows = house
        .spine
        .entries_of(COUNT_FAILURE, place, AT_ONCE)
        .await?;
    let Some(next) = next_place(&rows) else {
        return Ok(());
    };
    let oldest = house.spine.now().plus_seconds(-OLDEST_SECONDS);
    let fresh: Vec<LoginFailure> = rows.iter().filter_map(failure).collect();
    let fresh: Vec<LoginFailure> = fresh.into_iter().filter(|one| one.at >= oldest).collect();
    let numbers: BTreeSet<&str> = fresh.iter().map(|one| one.number.as_str()).collect();
    for number in numbers {
        let own: Vec<LoginFailure> = fresh
            .iter()
            .filter(|one| one.number == number)
            .cloned()
            .collect();
        let Some(finding) = rules::guessing(&own) else {
            continue;
        };
        // A number that is nobody's is not shown: it may be a password, typed into the wrong box.
        let by = By::system("alert");
        let mut look = house.spine.look(&by).await?;
        if let Some(person) = store::person_numbered(&mut look.books(), number).await? {
            found.raises.push(raise(finding, &person));
        }
    }
    if !fresh.is_empty() {
        let most = i64::try_from(rules::FAILURES_OVER_ALL).unwrap_or(i64::MAX);
        let latest = house
            .spine
            .latest_of(COUNT_FAILURE, None, most * 10)
            .await?;
        let mut latest: Vec<LoginFailure> = latest.iter().filter_map(failure).collect();
        latest.reverse();
        if let Some(finding) = rules::spraying(&latest) {
            found.raises.push(raise_about(
                finding,
                "logins/all",
                "多个账号",
                "several logins",
            ));
        }
    }
    found.places.push((FAILED_LOGINS, next));
    Ok(())
}

/// The acts that show something in clear.
const REVEALING: [(Consumer, &str); 2] = [
    (Consumer("alert.reveal_contact"), "customer.reveal_contact"),
    (Consumer("alert.reveal_employee"), "people.reveal_employee"),
];

/// Looks at contacts and papers, person by person.
pub(super) async fn reveals(house: &House, found: &mut Gathered) -> Result<(), Failure> {
    let oldest = house.spine.now().plus_seconds(-OLDEST_SECONDS);
    let mut actors = BTreeSet::new();
    for (consumer, act) in REVEALING {
        let place = house.spine.position(consumer).await?;
        let rows = house.spine.entries_of(act, place, AT_ONCE).await?;
        let Some(next) = next_place(&rows) else {
            continue;
        };
        let lately = rows.into_iter().filter(|row| row.at >= oldest);
        actors.extend(lately.map(|row| row.actor));
        found.places.push((consumer, next));
    }
    for actor in actors.into_iter().filter(|actor| actor != "system") {
        if let Some(raise) = reveals_of(house, &actor).await? {
            found.raises.push(raise);
        }
    }
    Ok(())
}

/// One reading connection at a time: a house may have a single one.
async fn reveals_of(house: &House, actor: &str) -> Result<Option<Raise>, Failure> {
    let by = By::system("alert");
    let (in_handover, person) = {
        let mut look = house.spine.look(&by).await?;
        let mut books = look.books();
        (
            store::is_handing_over(&mut books, actor).await?,
            store::person_of(&mut books, actor).await?,
        )
    };
    let mut looks = Vec::new();
    let most = i64::try_from(rules::VERY_MANY_REVEALS).unwrap_or(i64::MAX);
    for (_, act) in REVEALING {
        let rows = house.spine.latest_of(act, Some(actor), most).await?;
        looks.extend(rows.into_iter().map(|row| Reveal {
            at: row.at,
            in_handover,
        }));
    }
    looks.sort_unstable_by_key(|look| look.at);
    let finding = rules::reveals(&looks);
    Ok(finding.and_then(|finding| person.map(|person| raise(finding, &person))))
}

/// Jobs that gave up, kind by kind.
pub(super) async fn jobs(house: &House, found: &mut Gathered) -> Result<(), Failure> {
    let by = By::system("alert");
    let failed = house.spine.look(&by).await?.books().failed_jobs().await?;
    let mut kinds: BTreeMap<String, Vec<Moment>> = BTreeMap::new();
    for (kind, at) in failed {
        kinds.entry(kind).or_default().push(at);
    }
    for (kind, moments) in kinds {
        let line = registry::job(&kind);
        let (zh, en) = line.map_or((kind.as_str(), kind.as_str()), |line| (line.zh, line.en));
        if let Some(finding) = rules::jobs_failed(moments) {
            let about = format!("job/{kind}");
            found.raises.push(raise_about(finding, &about, zh, en));
        }
    }
    Ok(())
}

/// Whether the log can be signed, as this server sees it.
pub(super) fn signature(house: &House, found: &mut Gathered) {
    if let Some((since, broken)) = house.heartbeat.unsigned()
        && let Some(finding) = rules::unsigned(house.spine.now(), since, broken)
    {
        let (zh, en) = ("存证日志", "the evidence log");
        found.raises.push(raise_about(finding, "log/log", zh, en));
    }
}

/// After a start, those outside are given this long to answer.
const SETTLING_SECONDS: i64 = 600;

/// Whether those who watch the log from outside still do.
pub(super) async fn anchors(house: &House, found: &mut Gathered) -> Result<(), Failure> {
    let now = house.spine.now();
    let started = house.heartbeat.started();
    let settled = now >= started.plus_seconds(SETTLING_SECONDS);
    for alarm in house.witnesses.alarms(house).await? {
        // A contradiction was heard since the start; silence needs time to be one.
        if alarm.broken || settled {
            let finding = rules::anchor(now, alarm.since.unwrap_or(started), alarm.broken);
            let about = format!("log/witness/{}", alarm.name);
            let (zh, en) = (
                format!("见证方 {}", alarm.name),
                format!("The witness {}", alarm.name),
            );
            found.raises.push(raise_about(finding, &about, &zh, &en));
        }
    }
    if settled && let Some(since) = house.stamps.late_since(house).await? {
        let (zh, en) = ("时间戳机构", "The timestamp authority");
        let finding = rules::anchor(now, since, false);
        found
            .raises
            .push(raise_about(finding, "log/timestamp", zh, en));
    }
    if settled && let Some(since) = daily::late_since(house) {
        let (zh, en) = ("每日检查点文件", "The daily file with the checkpoint");
        let finding = rules::anchor(now, since, false);
        found.raises.push(raise_about(finding, "log/file", zh, en));
    }
    Ok(())
}

const AUDITS: Consumer = Consumer("alert.audits");

/// Audits that did not end well.
pub(super) async fn audits(house: &House, found: &mut Gathered) -> Result<(), Failure> {
    let place = house.spine.position(AUDITS).await?;
    let rows = house
        .spine
        .entries_of(RecordAudit::NAME, place, AT_ONCE)
        .await?;
    let Some(next) = next_place(&rows) else {
        return Ok(());
    };
    let oldest = house.spine.now().plus_seconds(-OLDEST_SECONDS);
    let bad = |row: &&LogRow| {
        let story = row.story().unwrap_or_default();
        let many = |name: &str| story["detail"][name].as_u64().unwrap_or_default();
        row.at >= oldest && many("differences") + many("findings") > 0
    };
    let moments = rows.iter().filter(bad).map(|row| row.at).collect();
    if let Some(finding) = rules::books_differ(moments) {
        let (zh, en) = ("状态审计", "The audit of the books");
        found.raises.push(raise_about(finding, "log/audit", zh, en));
    }
    found.places.push((AUDITS, next));
    Ok(())
}
