//! SQL of the table `alert` 预警存取.

mod people;

use ::risk::{AlertKind, Case, Conclusion, Severity, Standing, State};
use kernel::{AlertId, DepartureId, Moment};
use serde::{Deserialize, Serialize};
use spine::{Change, Denied, Failure, Fault, Query, Reader, Row, Select, Writer, binds};

pub(crate) use people::{
    Attempted, Person, denied_of, denied_since, is_handing_over, person_numbered, person_of,
};

use crate::{evidence, word};

/// An alert as the books hold it.
pub(crate) struct Alert {
    pub(crate) id: AlertId,
    pub(crate) kind: AlertKind,
    pub(crate) severity: Severity,
    pub(crate) state: State,
    pub(crate) about: String,
    pub(crate) subject: String,
    pub(crate) zh: String,
    pub(crate) en: String,
    pub(crate) times: i64,
    pub(crate) first_at: Moment,
    pub(crate) last_at: Moment,
    pub(crate) taken_by: Option<String>,
    pub(crate) taken_at: Option<Moment>,
    pub(crate) handled_by: Option<String>,
    pub(crate) handled_at: Option<Moment>,
    pub(crate) conclusion: Option<Conclusion>,
    pub(crate) note: Option<String>,
}

/// What stands in `detail`.
#[derive(Serialize, Deserialize)]
struct Detail {
    what: Vec<String>,
}

const COLUMNS: &str = "SELECT a.id AS id, a.kind AS kind, a.severity AS severity, \
    a.state AS state, a.about AS about, a.subject AS subject, a.zh AS zh, a.en AS en, \
    a.times AS times, a.at AS at, a.last_at AS last_at, a.taken_by AS taken_by, \
    a.taken_at AS taken_at, a.handled_by AS handled_by, a.handled_at AS handled_at, \
    a.conclusion AS conclusion, a.note AS note FROM alert a WHERE ";

fn alert(row: &Row) -> Result<Alert, Fault> {
    let conclusion: Option<String> = row.get("conclusion")?;
    Ok(Alert {
        id: row.get("id")?,
        kind: word::read(row.get("kind")?)?,
        severity: word::read(row.get("severity")?)?,
        state: word::read(row.get("state")?)?,
        about: row.get("about")?,
        subject: row.get("subject")?,
        zh: row.get("zh")?,
        en: row.get("en")?,
        times: row.get("times")?,
        first_at: row.get("at")?,
        last_at: row.get("last_at")?,
        taken_by: row.get("taken_by")?,
        taken_at: row.get("taken_at")?,
        handled_by: row.get("handled_by")?,
        handled_at: row.get("handled_at")?,
        conclusion: conclusion.map(word::read).transpose()?,
        note: row.get("note")?,
    })
}

/// The alert with this id.
pub(crate) async fn find(books: &mut Reader<'_>, id: AlertId) -> Result<Option<Alert>, Fault> {
    let mut query = Query::new(COLUMNS);
    query.push("a.id = ").bind(id);
    let (select, values) = query.select();
    let row = books.first(&select, values).await?;
    row.map(|row| alert(&row)).transpose()
}

/// What to list.
#[derive(Default)]
pub(crate) struct Wanted<'a> {
    /// Any of these states; none means all.
    pub(crate) states: Vec<State>,
    pub(crate) severity: Option<Severity>,
    pub(crate) kind: Option<AlertKind>,
    pub(crate) departure: Option<DepartureId>,
    /// Part of the sentence: a name, a number.
    pub(crate) q: Option<&'a str>,
    pub(crate) from: Option<Moment>,
    pub(crate) until: Option<Moment>,
    pub(crate) before: Option<(Moment, AlertId)>,
    pub(crate) limit: i64,
}

/// Alerts by their newest signal, newest first.
pub(crate) async fn list(books: &mut Reader<'_>, wanted: &Wanted<'_>) -> Result<Vec<Alert>, Fault> {
    let mut query = Query::new(COLUMNS);
    query.push("1 = 1");
    if !wanted.states.is_empty() {
        let states: Vec<String> = wanted
            .states
            .iter()
            .map(word::of)
            .collect::<Result<_, _>>()?;
        query.push(" AND a.state IN ").bind_list(states);
    }
    if let Some(severity) = &wanted.severity {
        query.push(" AND a.severity = ").bind(word::of(severity)?);
    }
    if let Some(kind) = &wanted.kind {
        query.push(" AND a.kind = ").bind(word::of(kind)?);
    }
    if let Some(departure) = wanted.departure {
        query
            .push(" AND a.subject = ")
            .bind(format!("departure/{departure}"));
    }
    if let Some(q) = wanted.q.filter(|q| !q.is_empty()) {
        let part = q.to_lowercase();
        query.push(" AND (strpos(lower(a.zh), ").bind(part.as_str());
        query
            .push(") > 0 OR strpos(lower(a.en), ")
            .bind(part.as_str())
            .push(") > 0)");
    }
    if let Some(from) = wanted.from {
        query.push(" AND a.last_at >= ").bind(from);
    }
    if let Some(until) = wanted.until {
        query.push(" AND a.last_at < ").bind(until);
    }
    if let Some((at, id)) = wanted.before {
        query.push(" AND (a.last_at < ").bind(at);
        query.push(" OR (a.last_at = ").bind(at);
        query.push(" AND a.id < ").bind(id).push("))");
    }
    query
        .push(" ORDER BY a.last_at DESC, a.id DESC LIMIT ")
        .bind(wanted.limit);
    let (select, values) = query.select();
    books
        .all(&select, values)
        .await?
        .iter()
        .map(alert)
        .collect()
}

/// How many alerts wait: open, taken, and among both those graver than 一般.
pub(crate) async fn counts(books: &mut Reader<'_>) -> Result<(i64, i64, i64), Fault> {
    const COUNTS: Select = Select::new(
        "SELECT CAST(coalesce(sum(CASE WHEN state = 'open' THEN 1 ELSE 0 END), 0) AS BIGINT) \
         AS open, CAST(coalesce(sum(CASE WHEN state = 'taken' THEN 1 ELSE 0 END), 0) AS BIGINT) \
         AS taken, CAST(coalesce(sum(CASE WHEN severity <> 'low' THEN 1 ELSE 0 END), 0) AS BIGINT) \
         AS grave FROM alert WHERE state <> 'resolved'",
    );
    let row = books.first(&COUNTS, binds![]).await?;
    let row = row.ok_or_else(|| Fault::new("a count gave no row"))?;
    Ok((row.get("open")?, row.get("taken")?, row.get("grave")?))
}

/// The newest alert of a kind about somebody.
pub(crate) struct Newest {
    pub(crate) id: AlertId,
    pub(crate) standing: Standing,
    pub(crate) times: i64,
    pub(crate) first_at: Moment,
    pub(crate) what: Vec<String>,
}

/// The newest alert of this kind about this person or thing.
pub(crate) async fn newest(
    books: &mut Reader<'_>,
    kind: AlertKind,
    about: &str,
) -> Result<Option<Newest>, Fault> {
    const NEWEST: Select = Select::new(
        "SELECT id, state, severity, at, last_at, touched_at, times, detail FROM alert \
         WHERE kind = $1 AND about = $2 ORDER BY last_at DESC, id DESC LIMIT 1",
    );
    let row = books
        .first(&NEWEST, binds![word::of(&kind)?, about])
        .await?;
    let Some(row) = row else { return Ok(None) };
    let state: State = word::read(row.get("state")?)?;
    let detail: Detail = serde_json::from_str(&row.get::<String>("detail")?)?;
    Ok(Some(Newest {
        id: row.get("id")?,
        standing: Standing {
            open: state != State::Resolved,
            severity: word::read(row.get("severity")?)?,
            last_at: row.get("last_at")?,
            touched_at: row.get("touched_at")?,
        },
        times: row.get("times")?,
        first_at: row.get("at")?,
        what: detail.what,
    }))
}

/// An alert to be opened or counted up.
pub(crate) struct Raised<'a> {
    pub(crate) id: AlertId,
    pub(crate) kind: AlertKind,
    pub(crate) severity: Severity,
    pub(crate) about: &'a str,
    pub(crate) departure: Option<DepartureId>,
    pub(crate) zh: &'a str,
    pub(crate) en: &'a str,
    pub(crate) what: &'a [String],
    pub(crate) times: i64,
    pub(crate) first_at: Moment,
    pub(crate) last_at: Moment,
}

const OPEN: Change = Change::new(
    "INSERT INTO alert (id, kind, severity, at, about, subject, zh, en, detail, role, state, \
     times, last_at, touched_at) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'security_admin', 'open', $10, $11, $12)",
);
const COUNT: Change = Change::new(
    "UPDATE alert SET severity = $2, zh = $3, en = $4, detail = $5, times = $6, last_at = $7, \
     touched_at = $8 WHERE id = $1",
);

fn detail(raised: &Raised<'_>) -> Result<String, Fault> {
    let what = raised.what.to_vec();
    Ok(serde_json::to_string(&Detail { what })?)
}

/// Writes a new alert.
pub(crate) async fn open(books: &mut Writer<'_>, raised: &Raised<'_>) -> Result<(), Fault> {
    let subject = raised
        .departure
        .map_or_else(String::new, |departure| format!("departure/{departure}"));
    let now = books.at();
    let values = binds![
        raised.id,
        word::of(&raised.kind)?,
        word::of(&raised.severity)?,
        raised.first_at,
        raised.about,
        subject,
        raised.zh,
        raised.en,
        detail(raised)?,
        raised.times,
        raised.last_at,
        now,
    ];
    books.run(&OPEN, values).await?;
    Ok(())
}

/// Counts new signals into an open alert.
pub(crate) async fn count(books: &mut Writer<'_>, raised: &Raised<'_>) -> Result<(), Fault> {
    let now = books.at();
    let values = binds![
        raised.id,
        word::of(&raised.severity)?,
        raised.zh,
        raised.en,
        detail(raised)?,
        raised.times,
        raised.last_at,
        now,
    ];
    books.run(&COUNT, values).await?;
    Ok(())
}

/// An alert as an act of an officer needs it.
pub struct Handled {
    pub(crate) case: Case,
    pub(crate) title: (&'static str, &'static str),
    /// What the officer is called.
    pub(crate) officer: String,
}

/// The alert, the officer's name, and whom the alert is about under any of his ids.
pub(crate) async fn handled(
    books: &mut Reader<'_>,
    id: AlertId,
    officer: &str,
) -> Result<Handled, Failure> {
    let alert = find(books, id).await?;
    let alert = alert.ok_or_else(|| Denied::absent("alert"))?;
    let names = evidence::store::names(books, &[officer.to_owned()]).await?;
    let about = people::everybody(books, &alert.about).await?;
    Ok(Handled {
        case: Case {
            state: alert.state,
            taken_by: alert.taken_by,
            about,
        },
        title: alert.kind.words(),
        officer: names
            .into_iter()
            .next()
            .map_or_else(|| officer.to_owned(), |(_, name)| name),
    })
}

const TAKE: Change =
    Change::new("UPDATE alert SET state = 'taken', taken_by = $2, taken_at = $3 WHERE id = $1");
const RESOLVE: Change = Change::new(
    "UPDATE alert SET state = 'resolved', handled_by = $2, handled_at = $3, conclusion = $4, \
     note = $5 WHERE id = $1",
);

/// Puts the alert into an officer's hands.
pub(crate) async fn take(books: &mut Writer<'_>, id: AlertId, officer: &str) -> Result<(), Fault> {
    let now = books.at();
    books.run(&TAKE, binds![id, officer, now]).await?;
    Ok(())
}

/// Closes the alert: who, what it came to, and the note.
pub(crate) async fn resolve(
    books: &mut Writer<'_>,
    id: AlertId,
    (officer, conclusion, note): (&str, Conclusion, &str),
) -> Result<(), Fault> {
    let now = books.at();
    let conclusion = word::of(&conclusion)?;
    books
        .run(&RESOLVE, binds![id, officer, now, conclusion, note])
        .await?;
    Ok(())
}
