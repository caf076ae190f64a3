//! SQL of the departure tables 离职存取.

mod declared;
mod ending;

use ::departure::clocks::Clocks;
use ::departure::kind::DepartureKind;
use ::departure::state::Stage;
use access::{Mode, RowFilter, Target};
use kernel::{CaseId, Day, DepartureId, EmployeeId, LoginId, Moment};
use serde::Serialize;
use spine::{Change, Denied, Failure, Fault, Query, Reader, Row, Select, Writer, binds};

pub(crate) use self::declared::{declared_on, first_notice};
pub(crate) use self::ending::{ACCESS_ENDED, CLOSES, access_is_to_end, closed_the_login};
use super::process;
use super::reckoning::Reckoning;
use crate::people::store::Employee;
use crate::{people, scope, session, word};

/// A departure as the books hold it.
#[derive(Clone, Debug)]
pub(crate) struct Departure {
    pub(crate) id: DepartureId,
    pub(crate) number: String,
    pub(crate) employee: EmployeeId,
    pub(crate) kind: DepartureKind,
    pub(crate) stage: Stage,
    pub(crate) filed_by: String,
    pub(crate) filed_on: Day,
    pub(crate) received_on: Day,
    pub(crate) reason: String,
    pub(crate) earliest_on: Day,
    pub(crate) clocks: Clocks,
    pub(crate) agreed_early: bool,
    pub(crate) reckoning: Reckoning,
    pub(crate) opened_at: Moment,
    pub(crate) closed_at: Option<Moment>,
}

/// A departure with the person and what an act on it needs.
pub struct Found {
    pub(crate) departure: Departure,
    pub(crate) person: Employee,
    /// The person's login, if there is one.
    pub(crate) login: Option<LoginId>,
    /// How that login works.
    pub(crate) mode: Option<Mode>,
    /// The case that runs it.
    pub(crate) case: Option<CaseId>,
    /// The number of the next step.
    pub(crate) seq: i64,
    /// Whether the notice or the agreement has reached the other side.
    pub(crate) acknowledged: bool,
    pub(crate) today: Day,
}

impl Found {
    /// `departure/dep_…`
    pub(crate) fn subject(&self) -> String {
        format!("departure/{}", self.departure.id)
    }

    /// Whether employment ends at all: a dismissal must have been served, an agreement reached;
    /// a notice of the employee and a fact need no receipt.
    pub(crate) fn is_declared(&self) -> bool {
        let flow = process::flow_of(self.departure.kind);
        self.acknowledged || ![process::DISMISSAL, process::MUTUAL].contains(&flow)
    }

    /// Whether it is a dismissal that was not served: the employer prepares it, or gave it up, and
    /// whoever it is about neither reads of it nor loses a right by it.
    pub(crate) fn is_undisclosed(&self) -> bool {
        process::flow_of(self.departure.kind) == process::DISMISSAL && !self.acknowledged
    }

    /// Whether the last working day is over and the departure is not. A day of a dismissal that
    /// was not served is a plan, and nobody loses his access by a plan.
    pub(crate) fn access_is_due(&self) -> bool {
        self.is_running() && self.today > self.departure.clocks.last_working_day
    }

    /// Whether its days count: it is no plan any more, and not over.
    pub(crate) fn is_running(&self) -> bool {
        self.departure.closed_at.is_none() && self.is_declared()
    }

    /// What access asks about it: the person's own, but for what he does not know of.
    pub(crate) fn target(&self) -> Target {
        Target {
            kept_from: self.is_undisclosed().then_some(self.person.id),
            ..self.person.target()
        }
    }

    /// `employee/emp_…`
    pub(crate) fn employee_subject(&self) -> String {
        format!("employee/{}", self.person.id)
    }
}

const COLUMNS: &str = "SELECT d.id AS id, d.number AS number, d.employee_id AS employee_id, \
    d.kind AS kind, d.state AS state, d.filed_by AS filed_by, d.filed_on AS filed_on, \
    d.received_on AS received_on, d.reason AS reason, d.earliest_on AS earliest_on, \
    d.employment_ends_on AS employment_ends_on, d.last_working_day AS last_working_day, \
    d.commission_cutoff_on AS commission_cutoff_on, d.agreed_early AS agreed_early, \
    d.facts AS facts, d.opened_at AS opened_at, d.closed_at AS closed_at \
    FROM departure d WHERE ";

fn departure(row: &Row) -> Result<Departure, Fault> {
    Ok(Departure {
        id: row.get("id")?,
        number: row.get("number")?,
        employee: row.get("employee_id")?,
        kind: word::read(row.get("kind")?)?,
        stage: word::read(row.get("state")?)?,
        filed_by: row.get("filed_by")?,
        filed_on: row.get("filed_on")?,
        received_on: row.get("received_on")?,
        reason: row.get("reason")?,
        earliest_on: row.get("earliest_on")?,
        clocks: Clocks {
            employment_ends: row.get("employment_ends_on")?,
            last_working_day: row.get("last_working_day")?,
            commission_cut_off: row.get("commission_cutoff_on")?,
        },
        agreed_early: row.get("agreed_early")?,
        reckoning: serde_json::from_str(&row.get::<String>("facts")?)?,
        opened_at: row.get("opened_at")?,
        closed_at: row.get("closed_at")?,
    })
}

/// The departure with this id.
pub(crate) async fn find(
    books: &mut Reader<'_>,
    id: DepartureId,
) -> Result<Option<Departure>, Fault> {
    let mut query = Query::new(COLUMNS);
    query.push("d.id = ").bind(id);
    let (select, values) = query.select();
    books
        .first(&select, values)
        .await?
        .map(|row| departure(&row))
        .transpose()
}

/// The open departure of this person, also one he does not know of: for those who run and plan it.
pub(crate) async fn open_of(
    books: &mut Reader<'_>,
    employee: EmployeeId,
) -> Result<Option<Departure>, Fault> {
    let mut query = Query::new(COLUMNS);
    query
        .push("d.closed_at IS NULL AND d.employee_id = ")
        .bind(employee);
    let (select, values) = query.select();
    books
        .first(&select, values)
        .await?
        .map(|row| departure(&row))
        .transpose()
}

/// The departures `d` that are undisclosed, see [`Found::is_undisclosed`].
pub(crate) const UNDISCLOSED: &str = "(d.kind IN ('probation_failure', 'misconduct', \
     'no_fault_dismissal', 'layoff') AND NOT EXISTS (SELECT 1 FROM departure_step k \
     WHERE k.departure_id = d.id AND k.kind = 'acknowledged'))";

/// The dismissal of this person that is prepared and that he does not know of.
pub(crate) async fn prepared_of(
    books: &mut Reader<'_>,
    employee: EmployeeId,
) -> Result<Option<DepartureId>, Fault> {
    let mut query = Query::new("SELECT d.id AS id FROM departure d WHERE d.closed_at IS NULL AND ");
    query.push(UNDISCLOSED);
    query.push(" AND d.employee_id = ").bind(employee);
    let (select, values) = query.select();
    let row = books.first(&select, values).await?;
    row.map(|row| row.get("id")).transpose()
}

/// The open departure of this person, unless he does not know of it: until a dismissal is served
/// everybody else deals with him as ever.
pub(crate) async fn disclosed_of(
    books: &mut Reader<'_>,
    employee: EmployeeId,
) -> Result<Option<Departure>, Fault> {
    let prepared = prepared_of(books, employee).await?;
    let open = open_of(books, employee).await?;
    Ok(open.filter(|open| prepared != Some(open.id)))
}

/// Whom this departure is kept from: the person, while he does not know of it.
pub(crate) async fn unaware_of(
    books: &mut Reader<'_>,
    id: DepartureId,
) -> Result<Option<EmployeeId>, Fault> {
    let mut query = Query::new("SELECT d.employee_id AS employee_id FROM departure d WHERE ");
    query.push(UNDISCLOSED).push(" AND d.id = ").bind(id);
    let (select, values) = query.select();
    let row = books.first(&select, values).await?;
    row.map(|row| row.get("employee_id")).transpose()
}

/// People who count as leaving for a dismissal that was not served, as books before schema 46 say.
pub(crate) async fn told_too_early(books: &mut Reader<'_>) -> Result<Vec<EmployeeId>, Fault> {
    let mut query = Query::new(
        "SELECT e.id AS id FROM departure d JOIN people_employee e ON e.id = d.employee_id \
         WHERE d.closed_at IS NULL AND e.state = 'notice' AND ",
    );
    query.push(UNDISCLOSED).push(" ORDER BY e.id");
    let (select, values) = query.select();
    let rows = books.all(&select, values).await?;
    rows.iter().map(|row| row.get("id")).collect()
}

/// The dismissals of a reader that he does not know of, as the log calls them; what is about one of
/// them is not there for him.
pub(crate) async fn kept_from(
    books: &mut Reader<'_>,
    reader: Option<EmployeeId>,
) -> Result<Vec<String>, Fault> {
    let Some(reader) = reader else {
        return Ok(Vec::new());
    };
    let mut query = Query::new("SELECT d.id AS id FROM departure d WHERE ");
    query.push(UNDISCLOSED);
    query.push(" AND d.employee_id = ").bind(reader);
    let (select, values) = query.select();
    let rows = books.all(&select, values).await?;
    let subject = |row: &Row| Ok(format!("departure/{}", row.get::<DepartureId>("id")?));
    rows.iter().map(subject).collect()
}

const OPEN: Select =
    Select::new("SELECT id FROM departure WHERE closed_at IS NULL ORDER BY opened_at, id");

/// Every departure that is not over.
pub(crate) async fn open(books: &mut Reader<'_>) -> Result<Vec<DepartureId>, Fault> {
    let rows = books.all(&OPEN, binds![]).await?;
    rows.iter().map(|row| row.get("id")).collect()
}

/// Everybody who is leaving and knows it, with the last day at work.
pub(crate) async fn leaving(books: &mut Reader<'_>) -> Result<Vec<(EmployeeId, Day)>, Fault> {
    let mut query = Query::new(
        "SELECT d.employee_id AS employee_id, d.last_working_day AS last_working_day \
         FROM departure d WHERE d.closed_at IS NULL AND NOT ",
    );
    query.push(UNDISCLOSED);
    let (select, values) = query.select();
    let rows = books.all(&select, values).await?;
    rows.iter()
        .map(|row| Ok((row.get("employee_id")?, row.get("last_working_day")?)))
        .collect()
}

/// The departure, the person, the login, and the number of the next step.
pub(crate) async fn found(books: &mut Reader<'_>, id: DepartureId) -> Result<Found, Failure> {
    let departure = find(books, id)
        .await?
        .ok_or_else(|| Denied::absent("departure"))?;
    let person = people::store::find_employee(books, departure.employee).await?;
    let person = person.ok_or_else(|| Denied::absent("employee"))?;
    let login = session::store::login_of_employee(books, departure.employee).await?;
    let row = books.first(&NEXT_STEP, binds![id]).await?;
    let row = row.ok_or_else(|| Fault::new("a sum over no step is one row"))?;
    let (seq, acknowledged): (i64, i64) = (row.get("seq")?, row.get("acknowledged")?);
    let today = books.today();
    Ok(Found {
        departure,
        person,
        mode: login.as_ref().map(|login| login.mode),
        login: login.map(|login| login.id),
        case: process::case_of(books, id).await?,
        seq,
        acknowledged: acknowledged > 0,
        today,
    })
}

const NUMBERS: Select = Select::new("SELECT count(*) AS n FROM departure WHERE number LIKE $1");

/// The next number of this year, `LZ2026-0001`.
pub(crate) async fn next_number(books: &mut Reader<'_>) -> Result<String, Fault> {
    let year = books.today().date().year();
    let taken = books.count(&NUMBERS, binds![format!("LZ{year}-%")]).await?;
    Ok(format!("LZ{year}-{:04}", taken + 1))
}

const ADD: Change = Change::new(
    "INSERT INTO departure (id, number, employee_id, kind, state, filed_by, filed_on, received_on, \
     reason, earliest_on, employment_ends_on, last_working_day, commission_cutoff_on, \
     agreed_early, facts, opened_at) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
);

/// Adds a departure.
pub(crate) async fn add(books: &mut Writer<'_>, new: &Departure) -> Result<(), Fault> {
    let values = binds![
        new.id,
        new.number.as_str(),
        new.employee,
        word::of(&new.kind)?,
        word::of(&new.stage)?,
        new.filed_by.as_str(),
        new.filed_on,
        new.received_on,
        new.reason.as_str(),
        new.earliest_on,
        new.clocks.employment_ends,
        new.clocks.last_working_day,
        new.clocks.commission_cut_off,
        new.agreed_early,
        serde_json::to_string(&new.reckoning)?,
        new.opened_at,
    ];
    books.run(&ADD, values).await?;
    Ok(())
}

const SET_STAGE: Change =
    Change::new("UPDATE departure SET state = $2, closed_at = $3 WHERE id = $1");

/// Sets the stage; the two last ones close it.
pub(crate) async fn set_stage(
    books: &mut Writer<'_>,
    id: DepartureId,
    stage: Stage,
) -> Result<(), Fault> {
    let closed = stage.is_final().then(|| books.at());
    books
        .run(&SET_STAGE, binds![id, word::of(&stage)?, closed])
        .await?;
    Ok(())
}

const SET_DATES: Change = Change::new(
    "UPDATE departure SET earliest_on = $2, employment_ends_on = $3, last_working_day = $4, \
     commission_cutoff_on = $5, agreed_early = $6, facts = $7, received_on = $8 WHERE id = $1",
);

/// Sets the three dates with their reasons.
pub(crate) async fn set_dates(
    books: &mut Writer<'_>,
    id: DepartureId,
    reckoning: &Reckoning,
) -> Result<(), Fault> {
    let clocks = reckoning.clocks;
    let values = binds![
        id,
        reckoning.answer.earliest,
        clocks.employment_ends,
        clocks.last_working_day,
        clocks.commission_cut_off,
        reckoning.notice.agreed.is_some(),
        serde_json::to_string(reckoning)?,
        reckoning.notice.received_on,
    ];
    books.run(&SET_DATES, values).await?;
    Ok(())
}

/// One thing that happened to a departure.
#[derive(Clone, Debug)]
pub(crate) struct StepLine {
    pub(crate) seq: i64,
    /// `filed`, `acknowledged`, `agreed`, `dates`, `check`, `waiver`, `stage`, `withdrawn`,
    /// `called_off`, `closed`
    pub(crate) kind: String,
    /// Which check or gate; empty otherwise.
    pub(crate) what: String,
    pub(crate) at: Moment,
    pub(crate) recorded_by: String,
    pub(crate) detail: serde_json::Value,
}

const NEXT_STEP: Select = Select::new(
    "SELECT CAST(coalesce(max(seq), 0) + 1 AS BIGINT) AS seq, \
     count(CASE WHEN kind = 'acknowledged' THEN 1 END) AS acknowledged FROM departure_step \
     WHERE departure_id = $1",
);
const ADD_STEP: Change = Change::new(
    "INSERT INTO departure_step (departure_id, seq, kind, what, at, recorded_by, detail) \
     VALUES ($1, $2, $3, $4, $5, $6, $7)",
);
const STEPS: Select = Select::new(
    "SELECT seq, kind, what, at, recorded_by, detail FROM departure_step \
     WHERE departure_id = $1 ORDER BY seq",
);

/// Appends a step: `(departure, seq)`, `(kind, what)`, who, and its story.
pub(crate) async fn add_step(
    books: &mut Writer<'_>,
    (id, seq): (DepartureId, i64),
    (kind, what): (&str, &str),
    recorded_by: &str,
    detail: &impl Serialize,
) -> Result<(), Fault> {
    let at = books.at();
    let detail = serde_json::to_string(detail)?;
    books
        .run(
            &ADD_STEP,
            binds![id, seq, kind, what, at, recorded_by, detail],
        )
        .await?;
    Ok(())
}

const DAYS_SET_AT: Select = Select::new(
    "SELECT max(at) AS at FROM departure_step WHERE departure_id = $1 \
     AND kind IN ('dates', 'agreed')",
);

/// When its days were last set by hand or by agreement.
pub(crate) async fn days_set_at(
    books: &mut Reader<'_>,
    id: DepartureId,
) -> Result<Option<Moment>, Fault> {
    let row = books.first(&DAYS_SET_AT, binds![id]).await?;
    row.map_or(Ok(None), |row| row.get("at"))
}

/// Every step, oldest first.
pub(crate) async fn steps(books: &mut Reader<'_>, id: DepartureId) -> Result<Vec<StepLine>, Fault> {
    let rows = books.all(&STEPS, binds![id]).await?;
    let line = |row: &Row| {
        Ok(StepLine {
            seq: row.get("seq")?,
            kind: row.get("kind")?,
            what: row.get("what")?,
            at: row.get("at")?,
            recorded_by: row.get("recorded_by")?,
            detail: serde_json::from_str(&row.get::<String>("detail")?)?,
        })
    };
    rows.iter().map(line).collect()
}

/// A line of the board.
pub(crate) struct BoardLine {
    pub(crate) id: DepartureId,
    pub(crate) number: String,
    pub(crate) employee: (EmployeeId, String, String),
    pub(crate) department: String,
    pub(crate) kind: DepartureKind,
    pub(crate) stage: Stage,
    pub(crate) filed_on: Day,
    pub(crate) clocks: Clocks,
    pub(crate) opened_at: Moment,
    pub(crate) closed_at: Option<Moment>,
    pub(crate) customers_left: i64,
}

/// What the board is narrowed to.
#[derive(Default)]
pub(crate) struct BoardFilter {
    pub(crate) stage: Option<Stage>,
    pub(crate) employee: Option<EmployeeId>,
    /// Who reads: what is prepared about him is left out.
    pub(crate) reader: Option<EmployeeId>,
    /// Opened before this, and with a smaller id when at the same moment.
    pub(crate) before: Option<(Moment, DepartureId)>,
}

/// Whoever leaves owns the departure.
pub(crate) const OWNER: scope::Columns = scope::Columns {
    owner: "d.employee_id",
    customer: None,
    beside: None,
};

/// Departures, the newest first.
pub(crate) async fn board(
    books: &mut Reader<'_>,
    reach: &RowFilter,
    filter: &BoardFilter,
    limit: i64,
) -> Result<Vec<BoardLine>, Fault> {
    let mut query = Query::new(
        "SELECT d.id AS id, d.number AS number, e.id AS employee_id, e.number AS employee_number, \
         e.name AS employee_name, p.name AS department, d.kind AS kind, d.state AS state, \
         d.filed_on AS filed_on, d.employment_ends_on AS employment_ends_on, \
         d.last_working_day AS last_working_day, d.commission_cutoff_on AS commission_cutoff_on, \
         d.opened_at AS opened_at, d.closed_at AS closed_at, \
         (SELECT count(*) FROM customer c WHERE c.owner_id = d.employee_id) AS customers_left \
         FROM departure d JOIN people_employee e ON e.id = d.employee_id \
         JOIN people_department p ON p.id = e.department_id WHERE 1 = 1",
    );
    scope::push(&mut query, reach, &OWNER, books.today());
    if let Some(stage) = filter.stage {
        query.push(" AND d.state = ").bind(word::of(&stage)?);
    }
    if let Some(employee) = filter.employee {
        query.push(" AND d.employee_id = ").bind(employee);
    }
    if let Some(reader) = filter.reader {
        query.push(" AND NOT (d.employee_id = ").bind(reader);
        query.push(" AND ").push(UNDISCLOSED).push(")");
    }
    if let Some((at, id)) = filter.before {
        query.push(" AND (d.opened_at < ").bind(at);
        query
            .push(" OR (d.opened_at = ")
            .bind(at)
            .push(" AND d.id < ")
            .bind(id)
            .push("))");
    }
    query
        .push(" ORDER BY d.opened_at DESC, d.id DESC LIMIT ")
        .bind(limit);
    let (select, values) = query.select();
    books
        .all(&select, values)
        .await?
        .iter()
        .map(board_line)
        .collect()
}

fn board_line(row: &Row) -> Result<BoardLine, Fault> {
    Ok(BoardLine {
        id: row.get("id")?,
        number: row.get("number")?,
        employee: (
            row.get("employee_id")?,
            row.get("employee_number")?,
            row.get("employee_name")?,
        ),
        department: row.get("department")?,
        kind: word::read(row.get("kind")?)?,
        stage: word::read(row.get("state")?)?,
        filed_on: row.get("filed_on")?,
        clocks: Clocks {
            employment_ends: row.get("employment_ends_on")?,
            last_working_day: row.get("last_working_day")?,
            commission_cut_off: row.get("commission_cutoff_on")?,
        },
        opened_at: row.get("opened_at")?,
        closed_at: row.get("closed_at")?,
        customers_left: row.get("customers_left")?,
    })
}

/// What of this slice points to records of other slices.
pub(crate) const POINTERS: &[spine::Pointer] = &[spine::Pointer::by(
    "departure",
    "employee_id",
    "t.id",
    "离职",
)];

#[cfg(test)]
mod tests {
    use ::departure::kind::RULES;

    use super::*;

    // The condition of queries and `Found::is_undisclosed` mean the same ways of leaving.
    #[test]
    fn every_dismissal_is_undisclosed_and_nothing_else() {
        for rule in &RULES {
            let kind = word::of(&rule.kind).unwrap();
            let told = UNDISCLOSED.contains(&format!("'{kind}'"));
            assert_eq!(told, process::flow_of(rule.kind) == process::DISMISSAL);
        }
    }
}
