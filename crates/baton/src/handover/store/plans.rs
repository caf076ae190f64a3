//! The head of a plan 方案.

use ::handover::holding::HoldingKey;
use access::RowFilter;
use kernel::{Day, DepartureId, EmployeeId, Moment, PlanId};
use serde::{Deserialize, Serialize};
use spine::{Change, Fault, Query, Reader, Row, Select, Writer, binds};
use utoipa::ToSchema;

use crate::departure::store::UNDISCLOSED;
use crate::{scope, word};

/// Where a plan stands 方案状态.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PlanState {
    /// 草稿
    Draft,
    /// 待确认: the receivers answer.
    Submitted,
    /// 已批准
    Approved,
    /// 已执行
    Executed,
    /// 已作废
    Cancelled,
}

impl PlanState {
    /// Chinese and English name.
    pub(crate) fn words(self) -> (&'static str, &'static str) {
        match self {
            PlanState::Draft => ("草稿", "draft"),
            PlanState::Submitted => ("待接替人确认", "with the receivers"),
            PlanState::Approved => ("已批准", "approved"),
            PlanState::Executed => ("已执行", "executed"),
            PlanState::Cancelled => ("已作废", "cancelled"),
        }
    }
}

/// A plan without its lines.
#[derive(Clone, Debug)]
pub(crate) struct PlanHead {
    pub(crate) id: PlanId,
    pub(crate) number: String,
    pub(crate) departure: Option<DepartureId>,
    pub(crate) from: EmployeeId,
    /// Whether it is for listed things only, not for everything of a person.
    pub(crate) listed: bool,
    pub(crate) state: PlanState,
    pub(crate) effective_on: Day,
    pub(crate) version: u32,
    pub(crate) reverses: Option<PlanId>,
    pub(crate) remainder_of: Option<PlanId>,
    pub(crate) drawn_by: String,
    pub(crate) approved_by: Option<EmployeeId>,
    pub(crate) approved_at: Option<Moment>,
    pub(crate) created_at: Moment,
    pub(crate) executed_at: Option<Moment>,
    /// The preview at the moment of execution, JSON.
    pub(crate) moved: Option<String>,
    /// Whether it is those who plan who read it, and nobody else: a draft, also one that was given
    /// up without ever being submitted.
    pub(crate) private: bool,
}

macro_rules! private {
    () => {
        "(p.state = 'draft' OR p.state = 'cancelled' AND NOT EXISTS (SELECT 1 \
         FROM approval_case a WHERE a.subject = 'plan/' || p.id))"
    };
}

const COLUMNS: &str = concat!(
    "SELECT CASE WHEN ",
    private!(),
    " THEN 1 ELSE 0 END AS private, \
    p.id AS id, p.number AS number, p.departure_id AS departure_id, \
    p.from_id AS from_id, p.listed AS listed, p.state AS state, p.effective_on AS effective_on, \
    p.version AS version, p.reverses_id AS reverses_id, p.remainder_of_id AS remainder_of_id, \
    p.drawn_by AS drawn_by, p.approved_by AS approved_by, p.approved_at AS approved_at, \
    p.created_at AS created_at, p.executed_at AS executed_at, p.moved AS moved \
    FROM handover_plan p WHERE "
);

fn head(row: &Row) -> Result<PlanHead, Fault> {
    let approved_by: Option<String> = row.get("approved_by")?;
    Ok(PlanHead {
        id: row.get("id")?,
        number: row.get("number")?,
        departure: row.get("departure_id")?,
        from: row.get("from_id")?,
        listed: row.get("listed")?,
        state: word::read(row.get("state")?)?,
        effective_on: row.get("effective_on")?,
        version: u32::try_from(row.get::<i64>("version")?).map_err(|_| Fault::new("version"))?,
        reverses: row.get("reverses_id")?,
        remainder_of: row.get("remainder_of_id")?,
        drawn_by: row.get("drawn_by")?,
        approved_by: approved_by.and_then(|id| id.parse().ok()),
        approved_at: row.get("approved_at")?,
        created_at: row.get("created_at")?,
        executed_at: row.get("executed_at")?,
        moved: row.get("moved")?,
        private: row.get::<i64>("private")? != 0,
    })
}

/// The plan with this id.
pub(crate) async fn find(books: &mut Reader<'_>, id: PlanId) -> Result<Option<PlanHead>, Fault> {
    let mut query = Query::new(COLUMNS);
    query.push("p.id = ").bind(id);
    let (select, values) = query.select();
    books
        .first(&select, values)
        .await?
        .map(|row| head(&row))
        .transpose()
}

/// The plans that give back what this one moved, but for those that were cancelled, oldest first.
pub(crate) async fn undoing(books: &mut Reader<'_>, id: PlanId) -> Result<Vec<PlanHead>, Fault> {
    let mut query = Query::new(COLUMNS);
    query.push("p.reverses_id = ").bind(id);
    query.push(" AND p.state <> 'cancelled' ORDER BY p.created_at, p.id");
    let (select, values) = query.select();
    books.all(&select, values).await?.iter().map(head).collect()
}

/// Plans for what this person holds that are neither executed nor cancelled. What gives something
/// back to him lists what others hold, and is none of them.
pub(crate) async fn open_of(
    books: &mut Reader<'_>,
    from: EmployeeId,
) -> Result<Vec<PlanHead>, Fault> {
    let mut query = Query::new(COLUMNS);
    query
        .push("p.state IN ('draft', 'submitted', 'approved') AND p.reverses_id IS NULL ")
        .push("AND p.from_id = ")
        .bind(from);
    query.push(" ORDER BY p.created_at");
    let (select, values) = query.select();
    books.all(&select, values).await?.iter().map(head).collect()
}

/// Every plan of a departure, oldest first.
pub(crate) async fn of_departure(
    books: &mut Reader<'_>,
    departure: DepartureId,
) -> Result<Vec<PlanHead>, Fault> {
    let mut query = Query::new(COLUMNS);
    query
        .push("p.departure_id = ")
        .bind(departure)
        .push(" ORDER BY p.created_at, p.id");
    let (select, values) = query.select();
    books.all(&select, values).await?.iter().map(head).collect()
}

/// Plans of a departure that are neither executed nor cancelled.
pub(crate) async fn open_plans(
    books: &mut Reader<'_>,
    departure: DepartureId,
) -> Result<Vec<PlanHead>, Fault> {
    let mut plans = of_departure(books, departure).await?;
    plans.retain(|plan| !matches!(plan.state, PlanState::Executed | PlanState::Cancelled));
    Ok(plans)
}

/// What open plans for this person list already of what he holds, but for those of a departure
/// that is kept from whoever asks.
pub(crate) async fn listed_in_open_plans(
    books: &mut Reader<'_>,
    from: EmployeeId,
    but_for: Option<DepartureId>,
) -> Result<Vec<HoldingKey>, Fault> {
    let mut query = Query::new(
        "SELECT i.kind AS kind, i.thing_id AS thing_id FROM handover_item i \
         JOIN handover_plan p ON p.id = i.plan_id \
         WHERE p.state IN ('draft', 'submitted', 'approved') AND p.reverses_id IS NULL \
         AND p.from_id = ",
    );
    query.bind(from);
    if let Some(departure) = but_for {
        query.push(" AND (p.departure_id IS NULL OR p.departure_id <> ");
        query.bind(departure).push(")");
    }
    let (select, values) = query.select();
    let rows = books.all(&select, values).await?;
    let key = |row: &Row| {
        Ok(HoldingKey {
            kind: word::read(row.get("kind")?)?,
            subject: row.get("thing_id")?,
        })
    };
    rows.iter().map(key).collect()
}

const WITHOUT_OWNER: Select = Select::new(
    "SELECT c.id AS id, c.name AS name, c.owner_id AS owner_id FROM handover_plan p \
     JOIN handover_item i ON i.plan_id = p.id AND i.kind = 'customer_ownership' \
     JOIN customer c ON c.id = i.thing_id LEFT JOIN people_employee e ON e.id = c.owner_id \
     WHERE p.departure_id = $1 AND p.state = 'executed' AND c.owner_id <> p.from_id \
     AND (e.id IS NULL OR e.state <> 'active') ORDER BY c.name",
);

/// Customers that a departure handed over and that somebody owns now who is leaving too:
/// id, name, owner.
pub(crate) async fn customers_without_staying_owner(
    books: &mut Reader<'_>,
    departure: DepartureId,
) -> Result<Vec<(String, String, Option<EmployeeId>)>, Fault> {
    let rows = books.all(&WITHOUT_OWNER, binds![departure]).await?;
    rows.iter()
        .map(|row| Ok((row.get("id")?, row.get("name")?, row.get("owner_id")?)))
        .collect()
}

const ANY_WITHOUT_OWNER: Select = Select::new(
    "SELECT c.id AS id FROM handover_plan p \
     JOIN handover_item i ON i.plan_id = p.id AND i.kind = 'customer_ownership' \
     JOIN customer c ON c.id = i.thing_id LEFT JOIN people_employee e ON e.id = c.owner_id \
     WHERE p.departure_id = $1 AND p.state = 'executed' AND c.owner_id <> p.from_id \
     AND (e.id IS NULL OR e.state <> 'active') LIMIT 1",
);

/// Whether [`customers_without_staying_owner`] finds any.
pub(crate) async fn has_customers_without_staying_owner(
    books: &mut Reader<'_>,
    departure: DepartureId,
) -> Result<bool, Fault> {
    Ok(books
        .first(&ANY_WITHOUT_OWNER, binds![departure])
        .await?
        .is_some())
}

/// The numbers of these plans, by `plan/pln_…`; other records are passed over.
pub(crate) async fn numbers(
    books: &mut Reader<'_>,
    records: &[String],
) -> Result<std::collections::BTreeMap<String, String>, Fault> {
    let mut numbers = std::collections::BTreeMap::new();
    for some in records.chunks(500) {
        let ids = some
            .iter()
            .filter_map(|record| record.strip_prefix("plan/"));
        let mut query = Query::new("SELECT id, number FROM handover_plan WHERE id IN ");
        query.bind_list(ids);
        let (select, values) = query.select();
        for row in books.all(&select, values).await? {
            let id: String = row.get("id")?;
            numbers.insert(format!("plan/{id}"), row.get("number")?);
        }
    }
    Ok(numbers)
}

const NUMBERS: Select = Select::new("SELECT count(*) AS n FROM handover_plan WHERE number LIKE $1");

/// The next number of this year, `JJ2026-0001`.
pub(crate) async fn next_number(books: &mut Reader<'_>) -> Result<String, Fault> {
    let year = books.today().date().year();
    let taken = books.count(&NUMBERS, binds![format!("JJ{year}-%")]).await?;
    Ok(format!("JJ{year}-{:04}", taken + 1))
}

/// A plan to be added, version 1, a draft.
pub(crate) struct NewPlan<'a> {
    pub(crate) id: PlanId,
    pub(crate) number: &'a str,
    pub(crate) departure: Option<DepartureId>,
    pub(crate) from: EmployeeId,
    pub(crate) listed: bool,
    pub(crate) effective_on: Day,
    pub(crate) reverses: Option<PlanId>,
    pub(crate) remainder_of: Option<PlanId>,
    pub(crate) drawn_by: &'a str,
}

const ADD: Change = Change::new(
    "INSERT INTO handover_plan (id, number, departure_id, from_id, listed, state, effective_on, \
     version, reverses_id, remainder_of_id, drawn_by, created_at) \
     VALUES ($1, $2, $3, $4, $5, 'draft', $6, 1, $7, $8, $9, $10)",
);

pub(crate) async fn add(books: &mut Writer<'_>, new: &NewPlan<'_>) -> Result<(), Fault> {
    let at = books.at();
    let values = binds![
        new.id,
        new.number,
        new.departure,
        new.from,
        new.listed,
        new.effective_on,
        new.reverses,
        new.remainder_of,
        new.drawn_by,
        at,
    ];
    books.run(&ADD, values).await?;
    Ok(())
}

const SET_STATE: Change = Change::new("UPDATE handover_plan SET state = $2 WHERE id = $1");
const SET_VERSION: Change =
    Change::new("UPDATE handover_plan SET version = $2, effective_on = $3 WHERE id = $1");
const SET_APPROVED: Change = Change::new(
    "UPDATE handover_plan SET state = 'approved', approved_by = $2, approved_at = $3 WHERE id = $1",
);
const SET_EXECUTED: Change = Change::new(
    "UPDATE handover_plan SET state = 'executed', executed_at = $2, moved = $3 WHERE id = $1",
);

pub(crate) async fn set_state(
    books: &mut Writer<'_>,
    id: PlanId,
    state: PlanState,
) -> Result<(), Fault> {
    books.run(&SET_STATE, binds![id, word::of(&state)?]).await?;
    Ok(())
}

pub(crate) async fn set_version(
    books: &mut Writer<'_>,
    id: PlanId,
    version: u32,
    effective_on: Day,
) -> Result<(), Fault> {
    books
        .run(&SET_VERSION, binds![id, i64::from(version), effective_on])
        .await?;
    Ok(())
}

pub(crate) async fn set_approved(
    books: &mut Writer<'_>,
    id: PlanId,
    by: EmployeeId,
) -> Result<(), Fault> {
    let at = books.at();
    books.run(&SET_APPROVED, binds![id, by, at]).await?;
    Ok(())
}

pub(crate) async fn set_executed(
    books: &mut Writer<'_>,
    id: PlanId,
    moved: &str,
) -> Result<(), Fault> {
    let at = books.at();
    books.run(&SET_EXECUTED, binds![id, at, moved]).await?;
    Ok(())
}

/// What the list is narrowed to.
#[derive(Default)]
pub(crate) struct ListFilter {
    pub(crate) departure: Option<DepartureId>,
    pub(crate) state: Option<PlanState>,
    /// Who reads: plans for a dismissal of his that he does not know of are left out.
    pub(crate) reader: Option<EmployeeId>,
    /// Only plans that give something to this person.
    pub(crate) mine: Option<EmployeeId>,
    /// Of those only the ones of which he has not said whether he takes it as it is now.
    pub(crate) unanswered: bool,
    /// Only plans that this person drew up.
    pub(crate) drawn_by: Option<String>,
    /// Only plans that did not come about.
    pub(crate) missed: bool,
    /// Only plans under way of which a receiver has begun to leave; the whole of each is within
    /// reach.
    pub(crate) leaving: bool,
    pub(crate) before: Option<(Moment, PlanId)>,
}

/// A line of the list.
pub(crate) struct PlanLine {
    pub(crate) head: PlanHead,
    pub(crate) from: (EmployeeId, String, String),
    /// Of the lines that the reader may see.
    pub(crate) customers: i64,
    pub(crate) unassigned: i64,
}

/// Whose things move owns the plan; whoever gets something of it counts beside.
pub(crate) const OWNER: scope::Columns = scope::Columns {
    owner: "p.from_id",
    customer: None,
    beside: None,
};

/// The person for whom what he receives counts as his own.
fn receiver_of(reach: &RowFilter) -> Option<EmployeeId> {
    match reach {
        RowFilter::OwnedBy(employee) => Some(*employee),
        RowFilter::Departments { or_owned_by, .. } => *or_owned_by,
        RowFilter::Nothing | RowFilter::Everything => None,
    }
}

/// Only plans that give something to this person; of them only those that wait for his answer.
fn given_to(query: &mut Query, mine: EmployeeId, unanswered: bool) {
    query.push(" AND EXISTS (SELECT 1 FROM handover_item m WHERE m.plan_id = p.id ");
    query.push("AND m.successor_id = ").bind(mine).push(")");
    if unanswered {
        // As `acceptance::standings` tells it: an answer holds until the share changes.
        query.push(" AND NOT EXISTS (SELECT 1 FROM handover_acceptance a LEFT JOIN ");
        query.push("handover_share s ON s.plan_id = a.plan_id ");
        query.push("AND s.successor_id = a.successor_id WHERE a.plan_id = p.id ");
        query.push("AND a.version >= coalesce(s.changed_in, 0) AND a.successor_id = ");
        query.bind(mine).push(")");
    }
}

/// Only approved plans whose day has come, and the last one that was called off of a departure that
/// has no other.
fn did_not_come_about(query: &mut Query, today: Day) {
    query.push(" AND (p.state = 'approved' AND p.effective_on <= ");
    query.bind(today);
    query.push(
        " OR p.state = 'cancelled' AND EXISTS (SELECT 1 FROM departure d \
         WHERE d.id = p.departure_id AND d.closed_at IS NULL) AND NOT EXISTS (SELECT 1 \
         FROM handover_plan q WHERE q.departure_id = p.departure_id \
         AND (q.state <> 'cancelled' OR q.created_at > p.created_at)))",
    );
}

/// Only plans under way of which a receiver has begun to leave.
fn given_to_leavers(query: &mut Query) {
    query.push(
        " AND p.state IN ('submitted', 'approved') AND EXISTS (SELECT 1 FROM handover_item m \
         JOIN departure d ON d.employee_id = m.successor_id WHERE m.plan_id = p.id \
         AND d.closed_at IS NULL AND NOT ",
    );
    query.push(UNDISCLOSED).push(")");
}

/// The receivers of these plans who have begun to leave, each with number and name.
pub(crate) async fn leavers(
    books: &mut Reader<'_>,
    plans: &[PlanId],
) -> Result<Vec<(PlanId, (EmployeeId, String, String))>, Fault> {
    if plans.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = Query::new(
        "SELECT DISTINCT m.plan_id AS plan_id, e.id AS id, e.number AS number, e.name AS name \
         FROM handover_item m JOIN departure d ON d.employee_id = m.successor_id \
         JOIN people_employee e ON e.id = m.successor_id WHERE d.closed_at IS NULL AND NOT ",
    );
    query.push(UNDISCLOSED);
    query
        .push(" AND m.plan_id IN ")
        .bind_list(plans.iter().copied());
    query.push(" ORDER BY plan_id, number");
    let (select, values) = query.select();
    let line = |row: &Row| {
        let person = (row.get("id")?, row.get("number")?, row.get("name")?);
        Ok((row.get("plan_id")?, person))
    };
    books.all(&select, values).await?.iter().map(line).collect()
}

/// Only what the reader may see: within his reach or given to him, and nothing that is private to
/// those who plan.
fn within(query: &mut Query, reach: &RowFilter, reader: Option<EmployeeId>, today: Day) {
    query.push(" AND (1 = 0");
    if let Some(receiver) = receiver_of(reach) {
        query.push(" OR NOT ").push(private!());
        query.push(
            " AND EXISTS (SELECT 1 FROM handover_item r \
             WHERE r.plan_id = p.id AND r.successor_id = ",
        );
        query.bind(receiver).push(")");
    }
    query.push(" OR (1 = 1");
    scope::push(query, reach, &OWNER, today);
    if let RowFilter::OwnedBy(_) = reach {
        // Whose things move hears of a plan when it is submitted.
        query.push(" AND NOT ").push(private!());
    }
    query.push("))");
    if let Some(reader) = reader {
        query.push(" AND NOT (p.from_id = ").bind(reader);
        query.push(" AND EXISTS (SELECT 1 FROM departure d WHERE d.id = p.departure_id AND ");
        query.push(UNDISCLOSED).push("))");
    }
}

/// Only lines that the reader may see: all of a plan within his reach, else what he receives.
fn shown(query: &mut Query, reach: &RowFilter, today: Day) {
    query.push(" AND (1 = 0");
    if let Some(receiver) = receiver_of(reach) {
        query.push(" OR i.successor_id = ").bind(receiver);
    }
    query.push(" OR (1 = 1");
    scope::push(query, reach, &OWNER, today);
    query.push("))");
}

/// Plans, the newest first.
pub(crate) async fn list(
    books: &mut Reader<'_>,
    reach: &RowFilter,
    filter: &ListFilter,
    limit: i64,
) -> Result<Vec<PlanLine>, Fault> {
    let today = books.today();
    let mut query = Query::new(concat!(
        "SELECT CASE WHEN ",
        private!(),
        " THEN 1 ELSE 0 END AS private, \
         p.id AS id, p.number AS number, p.departure_id AS departure_id, \
         p.from_id AS from_id, p.listed AS listed, p.state AS state, \
         p.effective_on AS effective_on, p.version AS version, p.reverses_id AS reverses_id, \
         p.remainder_of_id AS remainder_of_id, p.drawn_by AS drawn_by, \
         p.approved_by AS approved_by, p.approved_at AS approved_at, p.created_at AS created_at, \
         p.executed_at AS executed_at, p.moved AS moved, e.number AS from_number, \
         e.name AS from_name",
    ));
    for (lines, called) in [
        ("i.kind = 'customer_ownership'", "customers"),
        ("i.successor_id IS NULL", "unassigned"),
    ] {
        query.push(", (SELECT count(*) FROM handover_item i WHERE i.plan_id = p.id AND ");
        query.push(lines);
        shown(&mut query, reach, today);
        query.push(") AS ").push(called);
    }
    query.push(" FROM handover_plan p JOIN people_employee e ON e.id = p.from_id WHERE 1 = 1");
    within(&mut query, reach, filter.reader, today);
    if let Some(departure) = filter.departure {
        query.push(" AND p.departure_id = ").bind(departure);
    }
    if let Some(state) = filter.state {
        query.push(" AND p.state = ").bind(word::of(&state)?);
    }
    if let Some(mine) = filter.mine {
        given_to(&mut query, mine, filter.unanswered);
    }
    if let Some(by) = &filter.drawn_by {
        query.push(" AND p.drawn_by = ").bind(by.as_str());
    }
    if filter.missed {
        did_not_come_about(&mut query, today);
    }
    if filter.leaving {
        given_to_leavers(&mut query);
        scope::push(&mut query, reach, &OWNER, today);
    }
    if let Some((at, id)) = filter.before {
        query.push(" AND (p.created_at < ").bind(at);
        query
            .push(" OR (p.created_at = ")
            .bind(at)
            .push(" AND p.id < ")
            .bind(id)
            .push("))");
    }
    query
        .push(" ORDER BY p.created_at DESC, p.id DESC LIMIT ")
        .bind(limit);
    let (select, values) = query.select();
    let line = |row: &Row| {
        let head = head(row)?;
        Ok(PlanLine {
            from: (head.from, row.get("from_number")?, row.get("from_name")?),
            head,
            customers: row.get("customers")?,
            unassigned: row.get("unassigned")?,
        })
    };
    books.all(&select, values).await?.iter().map(line).collect()
}
