//! Who attempted what: the rows that alerts are made from 越权记录与人员.

use kernel::{AccessRecordId, DepartureId, EmployeeId, LoginId, Moment};
use spine::{Fault, Query, Reader, Row, Select, binds};

use crate::people::store::full_name;

/// The employee and the login behind `employee/…` or `login/…`; both act under either id.
pub(super) async fn everybody(books: &mut Reader<'_>, about: &str) -> Result<Vec<String>, Fault> {
    const BOTH: Select =
        Select::new("SELECT id, employee_id FROM session_login WHERE id = $1 OR employee_id = $2");
    let Some(("employee" | "login", id)) = about.split_once('/') else {
        return Ok(Vec::new());
    };
    let mut ids = vec![id.to_owned()];
    for row in books.all(&BOTH, binds![id, id]).await? {
        ids.push(row.get("id")?);
        ids.extend(row.get::<Option<String>>("employee_id")?);
    }
    Ok(ids)
}

/// One denied attempt, with the mode of the session in which it was made.
pub(crate) struct Attempted {
    pub(crate) at: Moment,
    pub(crate) actor: String,
    pub(crate) act: String,
    pub(crate) reason: String,
    pub(crate) in_handover: bool,
}

fn attempted(row: &Row) -> Result<Attempted, Fault> {
    let mode: Option<String> = row.get("mode")?;
    Ok(Attempted {
        at: row.get("at")?,
        actor: row.get("actor")?,
        act: row.get("act")?,
        reason: row.get("reason")?,
        in_handover: mode.as_deref() == Some("handover"),
    })
}

/// People's denied attempts since a moment, oldest first.
pub(crate) async fn denied_since(
    books: &mut Reader<'_>,
    from: Moment,
    most: i64,
) -> Result<Vec<Attempted>, Fault> {
    const SINCE: Select = Select::new(
        "SELECT r.at AS at, r.actor AS actor, r.act AS act, r.reason AS reason, s.mode AS mode \
         FROM access_record r LEFT JOIN session s ON s.token_hash = r.session \
         WHERE r.attempt = 'denied' AND r.id >= $1 AND r.actor <> 'system' \
         ORDER BY r.id LIMIT $2",
    );
    let first = AccessRecordId::mint(from, [0; 10]);
    let rows = books.all(&SINCE, binds![first, most]).await?;
    rows.iter().map(attempted).collect()
}

/// The denied attempts of one actor within a time, newest first.
pub(crate) async fn denied_of(
    books: &mut Reader<'_>,
    actor: &str,
    (from, until): (Moment, Moment),
    most: i64,
) -> Result<Vec<Attempted>, Fault> {
    const OF: Select = Select::new(
        "SELECT r.at AS at, r.actor AS actor, r.act AS act, r.reason AS reason, s.mode AS mode \
         FROM access_record r LEFT JOIN session s ON s.token_hash = r.session \
         WHERE r.actor = $1 AND r.at >= $2 AND r.at <= $3 AND r.attempt = 'denied' \
         ORDER BY r.at DESC, r.id DESC LIMIT $4",
    );
    let rows = books.all(&OF, binds![actor, from, until, most]).await?;
    rows.iter().map(attempted).collect()
}

/// Who is meant by an opaque actor, and whether he is leaving.
pub(crate) struct Person {
    /// `employee/emp_…` or `login/lgn_…`
    pub(crate) about: String,
    pub(crate) called: String,
    pub(crate) departure: Option<DepartureId>,
}

fn person(row: &Row, departure: Option<DepartureId>) -> Result<Person, Fault> {
    let about = match row.get::<Option<EmployeeId>>("employee_id")? {
        Some(employee) => format!("employee/{employee}"),
        None => format!("login/{}", row.get::<LoginId>("id")?),
    };
    let (name, number): (String, String) = (row.get("name")?, row.get("number")?);
    Ok(Person {
        about,
        called: full_name(&name, &number),
        departure,
    })
}

const LOGIN: &str = "SELECT l.id AS id, l.employee_id AS employee_id, \
    coalesce(e.name, l.name) AS name, coalesce(e.number, l.number) AS number \
    FROM session_login l LEFT JOIN people_employee e ON e.id = l.employee_id WHERE ";

async fn person_where(
    books: &mut Reader<'_>,
    condition: &'static str,
    value: &str,
) -> Result<Option<Person>, Fault> {
    let mut query = Query::new(LOGIN);
    query.push(condition).bind(value);
    let (select, values) = query.select();
    let Some(row) = books.first(&select, values).await? else {
        return Ok(None);
    };
    let employee: Option<EmployeeId> = row.get("employee_id")?;
    let departure = match employee {
        Some(employee) => crate::departure::store::open_of(books, employee).await?,
        None => None,
    };
    Ok(Some(person(&row, departure.map(|open| open.id))?))
}

/// The person behind an opaque actor: an employee's id or a login's.
pub(crate) async fn person_of(
    books: &mut Reader<'_>,
    actor: &str,
) -> Result<Option<Person>, Fault> {
    let condition = if actor.starts_with("lgn_") {
        "l.id = "
    } else {
        "l.employee_id = "
    };
    person_where(books, condition, actor).await
}

/// The person whose 工号 was typed at a login, if it is anybody's.
pub(crate) async fn person_numbered(
    books: &mut Reader<'_>,
    number: &str,
) -> Result<Option<Person>, Fault> {
    person_where(books, "l.number = ", number).await
}

/// The mode of the session in which an actor looks at things now: of his login.
pub(crate) async fn is_handing_over(books: &mut Reader<'_>, actor: &str) -> Result<bool, Fault> {
    const MODE: Select = Select::new(
        "SELECT count(*) AS n FROM session_login WHERE mode = 'handover' \
         AND (id = $1 OR employee_id = $2)",
    );
    Ok(books.count(&MODE, binds![actor, actor]).await? > 0)
}
