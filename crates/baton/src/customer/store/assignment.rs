//! Who owned a customer when, and who helps 归属历史与协作人.

use customer::{AssignmentReason, AssignmentRow, Timeline};
use kernel::{CustomerId, Day, EmployeeId, Moment};
use spine::{Change, Failure, Fault, Query, Reader, Row, Select, Writer, binds};

/// The word of a reason in the books.
pub(crate) fn reason_word(reason: AssignmentReason) -> &'static str {
    match reason {
        AssignmentReason::Created => "created",
        AssignmentReason::Imported => "imported",
        AssignmentReason::Allotted => "allotted",
        AssignmentReason::Claimed => "claimed",
        AssignmentReason::Reassigned => "reassigned",
        AssignmentReason::HandedOver => "handed_over",
        AssignmentReason::Released => "released",
        AssignmentReason::Recycled => "recycled",
        AssignmentReason::Corrected => "corrected",
    }
}

fn reason_of(word: &str) -> Result<AssignmentReason, Fault> {
    match word {
        "created" => Ok(AssignmentReason::Created),
        "imported" => Ok(AssignmentReason::Imported),
        "allotted" => Ok(AssignmentReason::Allotted),
        "claimed" => Ok(AssignmentReason::Claimed),
        "reassigned" => Ok(AssignmentReason::Reassigned),
        "handed_over" => Ok(AssignmentReason::HandedOver),
        "released" => Ok(AssignmentReason::Released),
        "recycled" => Ok(AssignmentReason::Recycled),
        "corrected" => Ok(AssignmentReason::Corrected),
        _ => Err(Fault::new("an assignment of unknown reason")),
    }
}

const ROWS: Select = Select::new(
    "SELECT seq, effective_on, recorded_at, owner_id, reason FROM customer_assignment \
     WHERE customer_id = $1 ORDER BY seq",
);

/// The history of one customer, checked.
pub(crate) async fn timeline(books: &mut Reader<'_>, id: CustomerId) -> Result<Timeline, Failure> {
    let rows = books.all(&ROWS, binds![id]).await?;
    let row = |row: &Row| {
        Ok(AssignmentRow {
            customer: id,
            seq: u32::try_from(row.get::<i64>("seq")?).map_err(|_| Fault::new("seq"))?,
            effective_on: row.get("effective_on")?,
            owner: row.get("owner_id")?,
            reason: reason_of(&row.get::<String>("reason")?)?,
            recorded_at: row.get("recorded_at")?,
        })
    };
    let rows = rows.iter().map(row).collect::<Result<_, Fault>>()?;
    Ok(Timeline::replay(id, rows)?)
}

const ADD: Change = Change::new(
    "INSERT INTO customer_assignment (customer_id, seq, effective_on, recorded_at, owner_id, \
     recorded_by, reason, plan_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
);

/// Appends a row.
pub(crate) async fn add_assignment(
    books: &mut Writer<'_>,
    row: &AssignmentRow,
    recorded_by: &str,
    plan: Option<kernel::PlanId>,
) -> Result<(), Fault> {
    let values = binds![
        row.customer,
        i64::from(row.seq),
        row.effective_on,
        row.recorded_at,
        row.owner,
        recorded_by,
        reason_word(row.reason),
        plan,
    ];
    books.run(&ADD, values).await?;
    Ok(())
}

const SET_OWNER: Change =
    Change::new("UPDATE customer SET owner_id = $2, owned_since = $3 WHERE id = $1");

/// What holds today.
pub(crate) async fn set_owner(books: &mut Writer<'_>, row: &AssignmentRow) -> Result<(), Fault> {
    books
        .run(
            &SET_OWNER,
            binds![row.customer, row.owner, row.effective_on],
        )
        .await?;
    Ok(())
}

const COUNT_OWNED: Select = Select::new(
    "SELECT count(*) AS n FROM customer WHERE owner_id = $1 AND merged_into_id IS NULL",
);

/// How many customers somebody owns.
pub(crate) async fn count_owned(books: &mut Reader<'_>, owner: EmployeeId) -> Result<i64, Fault> {
    books.count(&COUNT_OWNED, binds![owner]).await
}

/// One interval with its names.
pub(crate) struct AssignmentLine {
    pub(crate) effective_on: Day,
    pub(crate) recorded_at: Moment,
    pub(crate) owner: Option<(EmployeeId, String, String)>,
    pub(crate) recorded_by: Option<String>,
    pub(crate) reason: AssignmentReason,
    pub(crate) plan: Option<kernel::PlanId>,
}

const LINES: Select = Select::new(
    "SELECT a.effective_on AS effective_on, a.recorded_at AS recorded_at, \
     e.id AS owner_id, e.number AS number, e.name AS name, b.name AS recorded_by, \
     a.reason AS reason, a.plan_id AS plan_id FROM customer_assignment a \
     LEFT JOIN people_employee e ON e.id = a.owner_id \
     LEFT JOIN people_employee b ON b.id = a.recorded_by \
     WHERE a.customer_id = $1 ORDER BY a.seq",
);

/// The history with names, oldest first.
pub(crate) async fn assignment_lines(
    books: &mut Reader<'_>,
    id: CustomerId,
) -> Result<Vec<AssignmentLine>, Fault> {
    let rows = books.all(&LINES, binds![id]).await?;
    let line = |row: &Row| {
        let owner: Option<EmployeeId> = row.get("owner_id")?;
        let owner = match owner {
            Some(id) => Some((id, row.get("number")?, row.get("name")?)),
            None => None,
        };
        Ok(AssignmentLine {
            effective_on: row.get("effective_on")?,
            recorded_at: row.get("recorded_at")?,
            owner,
            recorded_by: row.get("recorded_by")?,
            reason: reason_of(&row.get::<String>("reason")?)?,
            plan: row.get("plan_id")?,
        })
    };
    rows.iter().map(line).collect()
}

/// Adds `(SELECT …)`, the customers that somebody owns or helps with today.
pub(crate) fn push_own(query: &mut Query, employee: EmployeeId, today: Day) {
    query
        .push("(SELECT o.id FROM customer o WHERE o.owner_id = ")
        .bind(employee);
    query.push(" UNION SELECT s.customer_id FROM customer_seat s WHERE s.employee_id = ");
    query
        .bind(employee)
        .push(" AND (s.until_on IS NULL OR s.until_on > ")
        .bind(today);
    query.push("))");
}

const SEATS: Select = Select::new(
    "SELECT employee_id FROM customer_seat WHERE customer_id = $1 \
     AND (until_on IS NULL OR until_on > $2) ORDER BY employee_id",
);

/// Who helps on this day.
pub(crate) async fn seats_on(
    books: &mut Reader<'_>,
    id: CustomerId,
    day: Day,
) -> Result<Vec<EmployeeId>, Fault> {
    let rows = books.all(&SEATS, binds![id, day]).await?;
    rows.iter().map(|row| row.get("employee_id")).collect()
}

/// A seat to be opened or closed today.
pub(crate) struct Seat<'a> {
    pub(crate) customer: CustomerId,
    pub(crate) employee: EmployeeId,
    pub(crate) opens: bool,
    pub(crate) until: Option<Day>,
    pub(crate) reason: &'a str,
}

const NEXT_SEAT: Select = Select::new(
    "SELECT CAST(coalesce(max(seq), 0) + 1 AS BIGINT) AS n FROM customer_seat_change \
     WHERE customer_id = $1",
);
const ADD_SEAT_CHANGE: Change = Change::new(
    "INSERT INTO customer_seat_change (customer_id, seq, employee_id, opens, until_on, \
     effective_on, recorded_at, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
);
const OPEN_SEAT: Change = Change::new(
    "INSERT INTO customer_seat (customer_id, employee_id, until_on) VALUES ($1, $2, $3) \
     ON CONFLICT (customer_id, employee_id) DO UPDATE SET until_on = $4",
);
const CLOSE_SEAT: Change =
    Change::new("DELETE FROM customer_seat WHERE customer_id = $1 AND employee_id = $2");

/// Appends the change and keeps what holds today.
pub(crate) async fn seat_change(books: &mut Writer<'_>, seat: &Seat<'_>) -> Result<(), Fault> {
    let Seat {
        customer,
        employee,
        opens,
        until,
        reason,
    } = *seat;
    let seq = books.count(&NEXT_SEAT, binds![customer]).await?;
    let (at, today) = (books.at(), books.today());
    let values = binds![customer, seq, employee, opens, until, today, at, reason];
    books.run(&ADD_SEAT_CHANGE, values).await?;
    if opens {
        books
            .run(&OPEN_SEAT, binds![customer, employee, until, until])
            .await?;
    } else {
        books.run(&CLOSE_SEAT, binds![customer, employee]).await?;
    }
    Ok(())
}

/// An open seat with its name.
pub(crate) struct SeatLine {
    pub(crate) employee: (EmployeeId, String, String),
    pub(crate) until: Option<Day>,
}

const SEAT_LINES: Select = Select::new(
    "SELECT e.id AS id, e.number AS number, e.name AS name, s.until_on AS until_on \
     FROM customer_seat s JOIN people_employee e ON e.id = s.employee_id \
     WHERE s.customer_id = $1 AND (s.until_on IS NULL OR s.until_on > $2) ORDER BY e.number",
);

/// The open seats with names.
pub(crate) async fn seat_lines(
    books: &mut Reader<'_>,
    id: CustomerId,
) -> Result<Vec<SeatLine>, Fault> {
    let today = books.today();
    let rows = books.all(&SEAT_LINES, binds![id, today]).await?;
    let line = |row: &Row| {
        Ok(SeatLine {
            employee: (row.get("id")?, row.get("number")?, row.get("name")?),
            until: row.get("until_on")?,
        })
    };
    rows.iter().map(line).collect()
}
