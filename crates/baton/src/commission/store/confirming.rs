//! By when payees are asked, and who has answered 确认期限存取.

use access::RowFilter;
use kernel::{Day, DepartmentId, EmployeeId, Moment};
use serde::{Deserialize, Serialize};
use spine::{Change, Fault, Query, Reader, Row, Select, Writer, binds};

use crate::commission::month::Month;
use crate::{scope, word};

/// A last day that was named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ConfirmDay {
    pub(crate) seq: i64,
    pub(crate) day: Day,
    /// Why it was moved; empty for a day that was named with the review.
    pub(crate) reason: String,
    pub(crate) at: Moment,
}

const DAYS: Select = Select::new(
    "SELECT month, seq, last_day, reason, named_at FROM commission_confirm_day \
     ORDER BY month, seq",
);
const DAYS_OF: Select = Select::new(
    "SELECT month, seq, last_day, reason, named_at FROM commission_confirm_day \
     WHERE month = $1 ORDER BY seq",
);

fn day_of(row: &Row) -> Result<ConfirmDay, Fault> {
    Ok(ConfirmDay {
        seq: row.get("seq")?,
        day: row.get("last_day")?,
        reason: row.get("reason")?,
        at: row.get("named_at")?,
    })
}

/// Every last day that was named for a month, the one that counts last.
pub(crate) async fn confirm_days(
    books: &mut Reader<'_>,
    month: Month,
) -> Result<Vec<ConfirmDay>, Fault> {
    let rows = books.all(&DAYS_OF, binds![month.to_string()]).await?;
    rows.iter().map(day_of).collect()
}

/// The last days of all months, of each month the one that counts last.
pub(crate) async fn all_confirm_days(
    books: &mut Reader<'_>,
) -> Result<Vec<(Month, ConfirmDay)>, Fault> {
    let rows = books.all(&DAYS, binds![]).await?;
    let named = |row: &Row| {
        let month: String = row.get("month")?;
        let month = month.parse().map_err(|_| Fault::new("a month"))?;
        Ok((month, day_of(row)?))
    };
    rows.iter().map(named).collect()
}

const NAME: Change = Change::new(
    "INSERT INTO commission_confirm_day (month, seq, last_day, reason, named_at) \
     VALUES ($1, $2, $3, $4, $5)",
);

pub(crate) async fn add_confirm_day(
    books: &mut Writer<'_>,
    month: Month,
    new: &ConfirmDay,
) -> Result<(), Fault> {
    let (day, reason) = (new.day, new.reason.as_str());
    let values = binds![month.to_string(), new.seq, day, reason, new.at];
    books.run(&NAME, values).await?;
    Ok(())
}

/// When people are reminded of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReminderKind {
    /// 期限前
    Before,
    /// 逾期
    Overdue,
}

const REMINDED: Select = Select::new(
    "SELECT kind, told_at FROM commission_reminder WHERE month = $1 AND seq = $2 \
     ORDER BY told_at",
);

/// When those who had not answered were reminded of this day, oldest first.
pub(crate) async fn reminders(
    books: &mut Reader<'_>,
    (month, seq): (Month, i64),
) -> Result<Vec<(ReminderKind, Moment)>, Fault> {
    let rows = books.all(&REMINDED, binds![month.to_string(), seq]).await?;
    let one = |row: &Row| Ok((word::read(row.get("kind")?)?, row.get("told_at")?));
    rows.iter().map(one).collect()
}

const REMIND: Change = Change::new(
    "INSERT INTO commission_reminder (month, seq, kind, people, told_at) \
     VALUES ($1, $2, $3, $4, $5)",
);

pub(crate) async fn add_reminder(
    books: &mut Writer<'_>,
    (month, seq): (Month, i64),
    (kind, people): (ReminderKind, i64),
) -> Result<(), Fault> {
    let (at, kind) = (books.at(), word::of(&kind)?);
    let values = binds![month.to_string(), seq, kind, people, at];
    books.run(&REMIND, values).await?;
    Ok(())
}

/// What a superior was told.
#[derive(Clone, Debug)]
pub(crate) struct Silence {
    pub(crate) month: Month,
    pub(crate) seq: i64,
    /// Who of his people had not answered then.
    pub(crate) payees: Vec<EmployeeId>,
    pub(crate) at: Moment,
}

const TOLD: Select = Select::new(
    "SELECT s.month AS month, s.seq AS seq, s.payees AS payees, s.told_at AS told_at \
     FROM commission_silence s JOIN commission_period p ON p.month = s.month \
     WHERE s.superior_id = $1 AND p.stage = 'reviewed' ORDER BY s.month, s.seq",
);

/// What this superior was told of months that are still under review, oldest first.
pub(crate) async fn silences_told(
    books: &mut Reader<'_>,
    superior: EmployeeId,
) -> Result<Vec<Silence>, Fault> {
    let rows = books.all(&TOLD, binds![superior]).await?;
    let silence = |row: &Row| {
        let month: String = row.get("month")?;
        Ok(Silence {
            month: month.parse().map_err(|_| Fault::new("a month"))?,
            seq: row.get("seq")?,
            payees: serde_json::from_str(&row.get::<String>("payees")?)?,
            at: row.get("told_at")?,
        })
    };
    rows.iter().map(silence).collect()
}

const TELL: &str =
    "INSERT INTO commission_silence (month, seq, superior_id, payees, told_at) VALUES ";

/// Each superior is told of his own people.
pub(crate) async fn add_silences(
    books: &mut Writer<'_>,
    (month, seq): (Month, i64),
    told: impl IntoIterator<Item = (EmployeeId, Vec<EmployeeId>)>,
) -> Result<(), Fault> {
    let at = books.at();
    let mut rows = Vec::new();
    for (superior, payees) in told {
        let payees = serde_json::to_string(&payees)?;
        rows.push(binds![month.to_string(), seq, superior, payees, at]);
    }
    books.insert_many(TELL, "", rows).await
}

/// How far a payee has come with his lines of a month. Absences say that nobody is paid, and are
/// not asked about.
#[derive(Clone, Debug)]
pub(crate) struct Answering {
    pub(crate) payee: (EmployeeId, String, String),
    pub(crate) department: String,
    pub(crate) place: DepartmentId,
    pub(crate) line_manager: Option<EmployeeId>,
    /// He has left and cannot log in any more.
    pub(crate) left: bool,
    pub(crate) lines: i64,
    /// Lines of which he said nothing, or of which he said it at another amount.
    pub(crate) waiting: i64,
    /// Lines he objected to, answered or not.
    pub(crate) objected: i64,
    /// When he last said something of one of them.
    pub(crate) said_at: Option<Moment>,
    pub(crate) signed_at: Option<Moment>,
}

/// Who is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Have {
    /// 全部已确认
    Confirmed,
    /// 已提异议: answered everything, something of it by an objection.
    Objected,
    /// 未确认
    Waiting,
    /// 未确认，已离职: he cannot answer here.
    Paper,
}

/// How many people have come how far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Answered {
    pub(crate) people: i64,
    pub(crate) confirmed: i64,
    pub(crate) objected: i64,
    /// Who has left among them.
    pub(crate) waiting: i64,
    pub(crate) paper: i64,
}

const EACH: &str = "(SELECT e.id AS id, e.number AS number, e.name AS name, e.state AS state, \
    e.line_manager_id AS line_manager_id, e.department_id AS department_id, \
    d.name AS department, count(*) AS lines, \
    CAST(sum(CASE WHEN w.said IS NULL OR (w.said <> 'objected' AND w.commission <> l.commission) \
    THEN 1 ELSE 0 END) AS BIGINT) AS waiting, \
    CAST(sum(CASE WHEN w.said = 'objected' OR (w.said <> 'confirmed' \
    AND w.commission = l.commission) THEN 1 ELSE 0 END) AS BIGINT) AS objected, \
    max(w.said_at) AS said_at \
    FROM commission_line l \
    JOIN commission_period p ON p.month = l.month AND p.run = l.run \
    JOIN people_employee e ON e.id = l.payee_id \
    JOIN people_department d ON d.id = e.department_id \
    LEFT JOIN commission_word w ON w.month = l.month AND w.key = l.key AND w.seq = \
    (SELECT max(x.seq) FROM commission_word x WHERE x.month = l.month AND x.key = l.key) \
    WHERE l.kind <> 'absence' AND l.month = ";
const GROUPED: &str = " GROUP BY e.id, e.number, e.name, e.state, e.line_manager_id, \
    e.department_id, d.name) s WHERE 1 = 1";

const PAYEE: scope::Columns = scope::Columns {
    owner: "l.payee_id",
    customer: None,
    beside: None,
};

/// Whose answers are meant.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Whose<'a> {
    /// Of everybody within a reach.
    Within(&'a RowFilter),
    /// Of these people.
    These(&'a [EmployeeId]),
}

fn each(query: &mut Query, month: Month, whose: Whose<'_>, today: Day) {
    query.push(EACH).bind(month.to_string());
    match whose {
        Whose::Within(reach) => scope::push(query, reach, &PAYEE, today),
        Whose::These(people) => {
            query.push(" AND l.payee_id IN ");
            query.bind_list(people.iter().copied());
        }
    }
    query.push(GROUPED);
}

/// How far the payees of a month have come, by number: those of whom this is true, so many after
/// this number.
pub(crate) async fn answering(
    books: &mut Reader<'_>,
    (month, whose): (Month, Whose<'_>),
    have: Option<Have>,
    (after, most): (Option<&str>, i64),
) -> Result<Vec<Answering>, Fault> {
    let mut query = Query::new(
        "SELECT s.id AS id, s.number AS number, s.name AS name, s.state AS state, \
         s.line_manager_id AS line_manager_id, s.department_id AS department_id, \
         s.department AS department, s.lines AS lines, s.waiting AS waiting, \
         s.objected AS objected, s.said_at AS said_at, \
         (SELECT max(g.signed_at) FROM commission_sign_off g WHERE g.payee_id = s.id \
         AND g.month = ",
    );
    query.bind(month.to_string()).push(") AS signed_at FROM ");
    let today = books.today();
    each(&mut query, month, whose, today);
    query.push(match have {
        None => "",
        Some(Have::Confirmed) => " AND s.waiting = 0 AND s.objected = 0",
        Some(Have::Objected) => " AND s.waiting = 0 AND s.objected > 0",
        Some(Have::Waiting) => " AND s.waiting > 0",
        Some(Have::Paper) => " AND s.waiting > 0 AND s.state = 'left'",
    });
    if let Some(after) = after {
        query.push(" AND s.number > ").bind(after);
    }
    query.push(" ORDER BY s.number LIMIT ").bind(most);
    let (select, values) = query.select();
    let rows = books.all(&select, values).await?;
    let one = |row: &Row| {
        Ok(Answering {
            payee: (row.get("id")?, row.get("number")?, row.get("name")?),
            department: row.get("department")?,
            place: row.get("department_id")?,
            line_manager: row.get("line_manager_id")?,
            left: row.get::<String>("state")? == "left",
            lines: row.get("lines")?,
            waiting: row.get("waiting")?,
            objected: row.get("objected")?,
            said_at: row.get("said_at")?,
            signed_at: row.get("signed_at")?,
        })
    };
    rows.iter().map(one).collect()
}

/// How many of the payees of a month have come how far.
pub(crate) async fn answered(
    books: &mut Reader<'_>,
    month: Month,
    whose: Whose<'_>,
) -> Result<Answered, Fault> {
    let mut query = Query::new(
        "SELECT count(*) AS people, \
         CAST(coalesce(sum(CASE WHEN s.waiting = 0 AND s.objected = 0 THEN 1 ELSE 0 END), 0) \
         AS BIGINT) AS confirmed, \
         CAST(coalesce(sum(CASE WHEN s.waiting = 0 AND s.objected > 0 THEN 1 ELSE 0 END), 0) \
         AS BIGINT) AS objected, \
         CAST(coalesce(sum(CASE WHEN s.waiting > 0 THEN 1 ELSE 0 END), 0) AS BIGINT) AS waiting, \
         CAST(coalesce(sum(CASE WHEN s.waiting > 0 AND s.state = 'left' THEN 1 ELSE 0 END), 0) \
         AS BIGINT) AS paper FROM ",
    );
    let today = books.today();
    each(&mut query, month, whose, today);
    let (select, values) = query.select();
    let row = books.first(&select, values).await?;
    let row = row.ok_or_else(|| Fault::new("a count without a row"))?;
    Ok(Answered {
        people: row.get("people")?,
        confirmed: row.get("confirmed")?,
        objected: row.get("objected")?,
        waiting: row.get("waiting")?,
        paper: row.get("paper")?,
    })
}
