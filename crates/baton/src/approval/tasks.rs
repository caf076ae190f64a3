//! Everybody's tasks, projected from the cases 待办投影.

use ::approval::item::{Holder, Item};
use ::approval::state::State;
use ::approval::validate::Published;
use kernel::{CaseId, EmployeeId, Moment};
use serde::Serialize;
use spine::{Binds, Fault, Query, Reader, Row, Select, Writer, binds};

const PUT: &str = "INSERT INTO approval_task (case_id, item, node, kind, title, owner_id, pool, \
     state, decision, opened_at, due_at, done_at) VALUES ";
const OVER: &str = " ON CONFLICT (case_id, item) DO UPDATE SET owner_id = excluded.owner_id, \
     pool = excluded.pool, state = excluded.state, decision = excluded.decision, \
     due_at = excluded.due_at, done_at = excluded.done_at";

/// The word under which the engine's closed sets stand in the books: `running`, `hand_on`.
pub(crate) fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// Writes the items that changed.
pub(crate) async fn project(
    books: &mut Writer<'_>,
    case: CaseId,
    flow: &Published,
    before: &State,
    after: &State,
) -> Result<(), Fault> {
    let changed = after
        .items
        .iter()
        .filter(|item| before.item(item.no) != Some(*item));
    let rows = changed.map(|item| row(case, flow, after, item)).collect();
    books.insert_many(PUT, OVER, rows).await
}

fn row(case: CaseId, flow: &Published, state: &State, item: &Item) -> Binds {
    let (owner, pool) = match &item.holder {
        Holder::Person(person) => (Some(*person), None),
        Holder::Pool(pool) => (None, Some(pool.clone())),
    };
    binds![
        case,
        i64::from(item.no.0),
        item.node.0.as_str(),
        word(&item.kind),
        node_title(flow, item).0,
        owner,
        pool,
        word(&item.state),
        item.decision.as_ref().map(word),
        item.opened_at,
        due_of(state, item),
        item.done_at,
    ]
}

/// Title of the step an item belongs to.
pub(crate) fn node_title(flow: &Published, item: &Item) -> (String, String) {
    match flow.find(&item.node) {
        Some(node) => (node.title().to_owned(), node.title_en().to_owned()),
        None => ("修改申请".to_owned(), "Correct the request".to_owned()),
    }
}

/// Until when an item is due.
pub(crate) fn due_of(state: &State, item: &Item) -> Option<Moment> {
    let runs = state.nodes.get(&item.node)?;
    runs.iter()
        .find(|run| run.iteration == item.iteration)?
        .due_at
}

/// One line of a list of tasks.
pub(crate) struct TaskLine {
    pub(crate) case: CaseId,
    pub(crate) item: i64,
    pub(crate) node: String,
    pub(crate) kind: String,
    pub(crate) title: String,
    pub(crate) case_title: String,
    pub(crate) subject: String,
    pub(crate) owner: Option<EmployeeId>,
    pub(crate) pool: Option<String>,
    pub(crate) state: String,
    pub(crate) decision: Option<String>,
    pub(crate) opened_at: Moment,
    pub(crate) due_at: Option<Moment>,
    pub(crate) done_at: Option<Moment>,
}

const LINE: &str = "SELECT t.case_id AS case_id, t.item AS item, t.node AS node, t.kind AS kind, \
     t.title AS title, c.title AS case_title, c.subject AS subject, t.owner_id AS owner_id, \
     t.pool AS pool, t.state AS state, t.decision AS decision, t.opened_at AS opened_at, \
     t.due_at AS due_at, t.done_at AS done_at \
     FROM approval_task t JOIN approval_case c ON c.id = t.case_id WHERE ";

fn line(row: &Row) -> Result<TaskLine, Fault> {
    Ok(TaskLine {
        case: row.get("case_id")?,
        item: row.get("item")?,
        node: row.get("node")?,
        kind: row.get("kind")?,
        title: row.get("title")?,
        case_title: row.get("case_title")?,
        subject: row.get("subject")?,
        owner: row.get("owner_id")?,
        pool: row.get("pool")?,
        state: row.get("state")?,
        decision: row.get("decision")?,
        opened_at: row.get("opened_at")?,
        due_at: row.get("due_at")?,
        done_at: row.get("done_at")?,
    })
}

/// Whose tasks are listed.
pub(crate) struct Mine {
    /// The person, and everybody for whom he stands in today.
    pub(crate) people: Vec<EmployeeId>,
    /// The pools he may claim from.
    pub(crate) pools: Vec<&'static str>,
}

/// Where a page of tasks begins: after this sort key.
pub(crate) type Place = (i64, String, i64);

// A task without due time comes after all others; the highest moment that fits stands for "never".
const NEVER: i64 = i64::MAX;

/// The sort key of an open line.
pub(crate) fn open_place(line: &TaskLine) -> Place {
    (
        line.due_at.map_or(NEVER, |due| due.0),
        line.case.to_string(),
        line.item,
    )
}

/// The sort key of a line that is done.
pub(crate) fn done_place(line: &TaskLine) -> Place {
    (
        line.done_at.map_or(0, |done| done.0),
        line.case.to_string(),
        line.item,
    )
}

/// Open tasks, the most urgent first.
pub(crate) async fn open(
    books: &mut Reader<'_>,
    mine: &Mine,
    after: Option<Place>,
    limit: i64,
) -> Result<Vec<TaskLine>, Fault> {
    let mut query = Query::new(LINE);
    query
        .push("t.state = 'open' AND (t.owner_id IN ")
        .bind_list(mine.people.iter().copied());
    query
        .push(" OR t.pool IN ")
        .bind_list(mine.pools.iter().copied())
        .push(")");
    if let Some((due, case, item)) = after {
        query
            .push(" AND (COALESCE(t.due_at, 9223372036854775807) > ")
            .bind(due);
        query
            .push(" OR (COALESCE(t.due_at, 9223372036854775807) = ")
            .bind(due);
        query.push(" AND (t.case_id > ").bind(case.as_str());
        query
            .push(" OR (t.case_id = ")
            .bind(case.as_str())
            .push(" AND t.item > ")
            .bind(item);
        query.push("))))");
    }
    query.push(" ORDER BY COALESCE(t.due_at, 9223372036854775807), t.case_id, t.item LIMIT ");
    query.bind(limit);
    let (select, values) = query.select();
    books.all(&select, values).await?.iter().map(line).collect()
}

/// Tasks the person has done, the latest first.
pub(crate) async fn done(
    books: &mut Reader<'_>,
    person: EmployeeId,
    after: Option<Place>,
    limit: i64,
) -> Result<Vec<TaskLine>, Fault> {
    let mut query = Query::new(LINE);
    query
        .push("t.state = 'done' AND t.owner_id = ")
        .bind(person);
    if let Some((done, case, item)) = after {
        query
            .push(" AND (t.done_at < ")
            .bind(done)
            .push(" OR (t.done_at = ")
            .bind(done);
        query.push(" AND (t.case_id > ").bind(case.as_str());
        query
            .push(" OR (t.case_id = ")
            .bind(case.as_str())
            .push(" AND t.item > ")
            .bind(item);
        query.push("))))");
    }
    query
        .push(" ORDER BY t.done_at DESC, t.case_id, t.item LIMIT ")
        .bind(limit);
    let (select, values) = query.select();
    books.all(&select, values).await?.iter().map(line).collect()
}

/// The cases in which something that is not done waits for the person or in one of these pools.
pub(crate) async fn cases_waiting_for(
    books: &mut Reader<'_>,
    person: EmployeeId,
    pools: &[&'static str],
) -> Result<Vec<CaseId>, Fault> {
    let mut query = Query::new(
        "SELECT DISTINCT case_id FROM approval_task WHERE state IN ('open', 'waiting') \
         AND (owner_id = ",
    );
    query
        .bind(person)
        .push(" OR pool IN ")
        .bind_list(pools.iter().copied());
    query.push(") ORDER BY case_id");
    let (select, values) = query.select();
    let rows = books.all(&select, values).await?;
    rows.iter().map(|row| row.get("case_id")).collect()
}

/// Whether work waits for the person himself. What he only has to read does not count.
pub(crate) async fn wait_for(books: &mut Reader<'_>, person: EmployeeId) -> Result<bool, Fault> {
    const WAITS: Select = Select::new(
        "SELECT case_id FROM approval_task WHERE owner_id = $1 AND kind <> 'cc' \
         AND state IN ('open', 'waiting') LIMIT 1",
    );
    Ok(books.first(&WAITS, binds![person]).await?.is_some())
}

/// Somebody's open task, and what it is about.
pub(crate) struct Waiting {
    pub(crate) case: CaseId,
    pub(crate) subject: String,
    pub(crate) owner: Option<EmployeeId>,
    pub(crate) pool: Option<String>,
    pub(crate) due_at: Option<Moment>,
}

const WAITING: Select = Select::new(
    "SELECT t.case_id AS case_id, c.subject AS subject, t.owner_id AS owner_id, t.pool AS pool, \
     t.due_at AS due_at FROM approval_task t JOIN approval_case c ON c.id = t.case_id \
     JOIN approval_flow f ON f.id = c.flow_id \
     WHERE f.key = $1 AND t.state = 'open' AND t.kind <> 'cc' ORDER BY t.case_id, t.item",
);

/// Every task that is open in cases of a flow.
pub(crate) async fn waiting_in(books: &mut Reader<'_>, flow: &str) -> Result<Vec<Waiting>, Fault> {
    let rows = books.all(&WAITING, binds![flow]).await?;
    let waiting = |row: &Row| {
        Ok(Waiting {
            case: row.get("case_id")?,
            subject: row.get("subject")?,
            owner: row.get("owner_id")?,
            pool: row.get("pool")?,
            due_at: row.get("due_at")?,
        })
    };
    rows.iter().map(waiting).collect()
}
