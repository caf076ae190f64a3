//! SQL over the log, reading only 存证查询.

use kernel::{CustomerId, Moment};
use spine::{Fault, LogRow, Query, Reader, Row, Select, binds};

/// What to list.
pub(crate) struct Wanted<'a> {
    pub(crate) subject: Option<&'a str>,
    pub(crate) kind: Option<&'a str>,
    pub(crate) actor: Option<&'a str>,
    pub(crate) from: Option<Moment>,
    pub(crate) until: Option<Moment>,
    pub(crate) before: Option<i64>,
    pub(crate) limit: i64,
}

const CUSTOMER_BESIDE: Select = Select::new(
    "SELECT b.subject AS subject FROM log_subject a JOIN log_subject b ON b.idx = a.idx \
     WHERE a.subject = $1 AND b.subject LIKE 'customer/%' ORDER BY a.idx LIMIT 1",
);

/// The customer of whom the first entry about a subject speaks too, of a paper that is gone.
pub(crate) async fn customer_beside(
    books: &mut Reader<'_>,
    subject: &str,
) -> Result<Option<CustomerId>, Fault> {
    books.all_entered().await?;
    let Some(row) = books.first(&CUSTOMER_BESIDE, binds![subject]).await? else {
        return Ok(None);
    };
    let beside: String = row.get("subject")?;
    let id = beside.strip_prefix("customer/");
    Ok(id.and_then(|id| id.parse().ok()))
}

/// Entries, newest first.
pub(crate) async fn list(
    books: &mut Reader<'_>,
    wanted: &Wanted<'_>,
) -> Result<Vec<LogRow>, Fault> {
    books.all_entered().await?;
    let mut query = Query::new(
        "SELECT e.idx AS idx, e.kind AS kind, e.at AS at, e.actor AS actor, e.entry AS entry, \
         e.payload AS payload FROM log_entry e",
    );
    // Entries are found by what is rarest: a subject, who acted, the act.
    let place = match (wanted.subject, wanted.actor, wanted.kind) {
        (Some(subject), ..) => {
            query.push(" WHERE e.idx IN (SELECT idx FROM log_subject WHERE subject = ");
            query.bind(subject).push(")");
            "e.idx"
        }
        (None, Some(actor), _) => found_by(&mut query, actor, " AND s.n = -4"),
        (None, None, Some(kind)) => found_by(&mut query, kind, " AND s.n = -3"),
        (None, None, None) => {
            query.push(" WHERE e.idx >= 0");
            "e.idx"
        }
    };
    if let Some(kind) = wanted.kind {
        query.push(" AND e.kind = ").bind(kind);
    }
    if let Some(actor) = wanted.actor {
        query.push(" AND e.actor = ").bind(actor);
    }
    if let Some(from) = wanted.from {
        query.push(" AND e.at >= ").bind(from);
    }
    if let Some(until) = wanted.until {
        query.push(" AND e.at < ").bind(until);
    }
    if let Some(before) = wanted.before {
        query.push(" AND ").push(place).push(" < ").bind(before);
    }
    query.push(" ORDER BY ").push(place).push(" DESC LIMIT ");
    query.bind(wanted.limit);
    let (select, values) = query.select();
    books
        .all(&select, values)
        .await?
        .iter()
        .map(LogRow::of)
        .collect()
}

/// Act and actor stand among the subjects. Gives the column by which the list is put in order: that
/// of the register, which has the order.
fn found_by(query: &mut Query, name: &str, as_what: &'static str) -> &'static str {
    query.push(" JOIN log_subject s ON s.idx = e.idx WHERE s.subject = ");
    query.bind(name).push(as_what);
    "s.idx"
}

/// The item of a bulk act that speaks of this subject: its bytes and its payload.
pub(crate) async fn item_about(
    books: &mut Reader<'_>,
    index: i64,
    subject: &str,
) -> Result<Option<Vec<u8>>, Fault> {
    const ITEM: Select = Select::new(
        "SELECT max(n) AS n FROM log_subject WHERE subject = $1 AND idx = $2 AND n >= 0",
    );
    let row = books.first(&ITEM, binds![subject, index]).await?;
    let n: Option<i64> = row.map_or(Ok(None), |row: Row| row.get("n"))?;
    match n {
        Some(n) => books.item_payload(index, n).await,
        None => Ok(None),
    }
}

/// Names behind opaque actors: employees and logins.
pub(crate) async fn names(
    books: &mut Reader<'_>,
    actors: &[String],
) -> Result<Vec<(String, String)>, Fault> {
    let mut query = Query::new("SELECT id, name FROM people_employee WHERE id IN ");
    query.bind_list(actors.iter().map(String::as_str));
    query.push(" UNION SELECT id, name FROM session_login WHERE id IN ");
    query.bind_list(actors.iter().map(String::as_str));
    let (select, values) = query.select();
    let rows = books.all(&select, values).await?;
    rows.iter()
        .map(|row| Ok((row.get("id")?, row.get("name")?)))
        .collect()
}

/// Size of the log.
pub(crate) async fn size(books: &mut Reader<'_>) -> Result<i64, Fault> {
    const SIZE: Select = Select::new("SELECT coalesce(max(size), 0) AS n FROM log_head");
    books.count(&SIZE, Vec::new()).await
}
