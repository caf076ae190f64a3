//! SQL of flows and cases 流程存取.

use std::collections::BTreeSet;

use ::approval::event::{Event, What};
use ::approval::item::Holder;
use ::approval::state::State;
use ::approval::validate::{self, Published};
use ::approval::{apply, shipped};
use kernel::{CaseId, EmployeeId, FlowId, Moment};
use serde_json::Value as Json;
use spine::{Change, Failure, Fault, NewJob, Reader, Row, Select, Writer, binds};

use super::jobs;
use super::tasks;

const FLOWS: Select = Select::new(
    "SELECT id, key, version, title, body, digest, published_at FROM approval_flow \
     ORDER BY key, version",
);
const NEWEST: Select = Select::new(
    "SELECT id, key, version, title, body, digest, published_at FROM approval_flow \
     WHERE key = $1 ORDER BY version DESC LIMIT 1",
);
const VERSIONS: Select = Select::new(
    "SELECT id, key, version, title, body, digest, published_at FROM approval_flow \
     WHERE key = $1 ORDER BY version",
);
const FLOW: Select = Select::new(
    "SELECT id, key, version, title, body, digest, published_at FROM approval_flow WHERE id = $1",
);
const ADD_FLOW: Change = Change::new(
    "INSERT INTO approval_flow (id, key, version, title, body, digest, published_at) \
     VALUES ($1, $2, $3, $4, $5, $6, $7)",
);

/// One published version of a definition.
#[derive(Clone, Debug)]
pub(crate) struct Flow {
    pub(crate) id: FlowId,
    pub(crate) key: String,
    pub(crate) version: i64,
    pub(crate) title: String,
    pub(crate) body: String,
    pub(crate) digest: String,
    pub(crate) published_at: Moment,
}

impl Flow {
    /// As the engine wants it. It was checked when it was published.
    pub(crate) fn published(&self) -> Result<Published, Failure> {
        let version = u32::try_from(self.version).map_err(|_| Fault::new("flow version"))?;
        Ok(validate::publish(shipped::read(&self.body)?, version)?)
    }
}

fn flow(row: &Row) -> Result<Flow, Fault> {
    Ok(Flow {
        id: row.get("id")?,
        key: row.get("key")?,
        version: row.get("version")?,
        title: row.get("title")?,
        body: row.get("body")?,
        digest: row.get("digest")?,
        published_at: row.get("published_at")?,
    })
}

/// Every version of every flow.
pub(crate) async fn flows(books: &mut Reader<'_>) -> Result<Vec<Flow>, Fault> {
    books
        .all(&FLOWS, binds![])
        .await?
        .iter()
        .map(flow)
        .collect()
}

/// Every version of a flow, oldest first.
pub(crate) async fn versions(books: &mut Reader<'_>, key: &str) -> Result<Vec<Flow>, Fault> {
    books
        .all(&VERSIONS, binds![key])
        .await?
        .iter()
        .map(flow)
        .collect()
}

/// The version that new cases follow.
pub(crate) async fn newest_flow(books: &mut Reader<'_>, key: &str) -> Result<Option<Flow>, Fault> {
    books
        .first(&NEWEST, binds![key])
        .await?
        .map(|row| flow(&row))
        .transpose()
}

pub(crate) async fn add_flow(books: &mut Writer<'_>, new: &Flow) -> Result<(), Fault> {
    let Flow {
        id,
        key,
        version,
        title,
        body,
        digest,
        published_at,
    } = new;
    let values = binds![
        *id,
        key.as_str(),
        *version,
        title.as_str(),
        body.as_str(),
        digest.as_str(),
        *published_at
    ];
    books.run(&ADD_FLOW, values).await?;
    Ok(())
}

/// A case as it stands.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) id: CaseId,
    pub(crate) flow: FlowId,
    pub(crate) title: String,
    pub(crate) subject: String,
    pub(crate) initiator: Option<EmployeeId>,
    pub(crate) about: Option<EmployeeId>,
    pub(crate) state: State,
    pub(crate) held: Option<HeldAct>,
    pub(crate) opened_at: Moment,
    pub(crate) closed_at: Option<Moment>,
}

/// An act that waits for its case.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct HeldAct {
    /// [`spine::Act::NAME`]
    pub name: String,
    /// The request.
    pub body: Json,
}

const CASE: Select = Select::new(
    "SELECT id, flow_id, title, subject, initiator_id, about_id, snapshot, held_act, held_body, \
     opened_at, closed_at FROM approval_case WHERE id = $1",
);
const ADD_CASE: Change = Change::new(
    "INSERT INTO approval_case (id, flow_id, title, subject, initiator_id, about_id, state, \
     version, snapshot, held_act, held_body, opened_at, closed_at) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
);
const SET_CASE: Change = Change::new(
    "UPDATE approval_case SET state = $1, version = $2, snapshot = $3, closed_at = $4, \
     initiator_id = $5 WHERE id = $6 AND version = $7",
);
const ADD_EVENT: &str = "INSERT INTO approval_event (case_id, seq, at, actor, body) VALUES ";
const EVENTS: Select =
    Select::new("SELECT body FROM approval_event WHERE case_id = $1 ORDER BY seq");
const ADD_PARTY: &str = "INSERT INTO approval_party (employee_id, case_id) VALUES ";

/// The case of this id.
pub(crate) async fn find_case(books: &mut Reader<'_>, id: CaseId) -> Result<Option<Case>, Fault> {
    let Some(row) = books.first(&CASE, binds![id]).await? else {
        return Ok(None);
    };
    let name: Option<String> = row.get("held_act")?;
    let body: Option<String> = row.get("held_body")?;
    let held = match (name, body) {
        (Some(name), Some(body)) => Some(HeldAct {
            name,
            body: serde_json::from_str(&body)?,
        }),
        _ => None,
    };
    Ok(Some(Case {
        id: row.get("id")?,
        flow: row.get("flow_id")?,
        title: row.get("title")?,
        subject: row.get("subject")?,
        initiator: row.get("initiator_id")?,
        about: row.get("about_id")?,
        state: serde_json::from_str(&row.get::<String>("snapshot")?)?,
        held,
        opened_at: row.get("opened_at")?,
        closed_at: row.get("closed_at")?,
    }))
}

/// The flow a case follows.
pub(crate) async fn flow_of(books: &mut Reader<'_>, case: &Case) -> Result<Flow, Failure> {
    let row = books.first(&FLOW, binds![case.flow]).await?;
    let row = row.ok_or_else(|| Fault::new(format!("case {} follows no flow", case.id)))?;
    Ok(flow(&row)?)
}

/// Everything that happened in a case.
pub(crate) async fn events(books: &mut Reader<'_>, case: CaseId) -> Result<Vec<Event>, Fault> {
    let rows = books.all(&EVENTS, binds![case]).await?;
    let event = |row: &Row| Ok(serde_json::from_str(&row.get::<String>("body")?)?);
    rows.iter().map(event).collect()
}

/// Adds a case that has only just begun, before its first events.
pub(crate) async fn add_case(books: &mut Writer<'_>, case: &Case) -> Result<(), Fault> {
    let held_body = case.held.as_ref().map(|held| held.body.to_string());
    let values = binds![
        case.id,
        case.flow,
        case.title.as_str(),
        case.subject.as_str(),
        case.initiator,
        case.about,
        "draft",
        0_i64,
        serde_json::to_string(&case.state)?,
        case.held.as_ref().map(|held| held.name.clone()),
        held_body,
        case.opened_at,
        case.closed_at,
    ];
    books.run(&ADD_CASE, values).await?;
    Ok(())
}

/// Takes events into a case: its snapshot, its history, everybody's tasks, and the jobs that
/// follow.
pub(crate) async fn take(
    books: &mut Writer<'_>,
    case: &Case,
    flow: &Published,
    events: &[Event],
) -> Result<(), Failure> {
    if events.is_empty() {
        return Ok(());
    }
    let mut state = case.state.clone();
    events
        .iter()
        .for_each(|event| apply::apply(&mut state, event));
    set_case(books, case, &state).await?;
    let mut rows = Vec::with_capacity(events.len());
    for event in events {
        let actor = event
            .by
            .map_or_else(|| "system".to_owned(), |by| by.to_string());
        let body = serde_json::to_string(event).map_err(Fault::from)?;
        rows.push(binds![case.id, number(event.seq)?, event.at, actor, body]);
    }
    books.insert_many(ADD_EVENT, "", rows).await?;
    tasks::project(books, case.id, flow, &case.state, &state).await?;
    let parties = parties(&state)
        .into_iter()
        .map(|person| binds![person, case.id])
        .collect();
    books
        .insert_many(ADD_PARTY, " ON CONFLICT DO NOTHING", parties)
        .await?;
    for event in events {
        if let What::TimerArmed { timer } = &event.what {
            books.enqueue(jobs::timer_job(case.id, timer)).await?;
        }
    }
    if case.held.is_some() && releases(events) {
        books.enqueue(held_job(case.id, books.at())).await?;
    }
    Ok(())
}

fn held_job(case: CaseId, at: Moment) -> NewJob {
    NewJob {
        kind: jobs::PERFORM_HELD,
        body: serde_json::json!({ "case": case }).to_string(),
        run_at: at,
        unique: Some(format!("{}/{case}", jobs::PERFORM_HELD)),
    }
}

/// Whether an act that waits may go on: at a milestone called `….approved`, else when the case
/// completes. After the milestone the rest of the case no longer matters to it.
fn releases(events: &[Event]) -> bool {
    use ::approval::state::CaseState::Completed;
    events.iter().any(|event| match &event.what {
        What::MilestoneReached { key, .. } => key.ends_with(".approved"),
        What::CaseClosed { state, .. } => *state == Completed,
        _ => false,
    })
}

async fn set_case(books: &mut Writer<'_>, case: &Case, state: &State) -> Result<(), Failure> {
    let closed_at = state
        .case
        .is_closed()
        .then(|| case.closed_at.unwrap_or(books.at()));
    let values = binds![
        tasks::word(&state.case),
        number(state.version)?,
        serde_json::to_string(state).map_err(Fault::from)?,
        closed_at,
        state.initiator,
        case.id,
        number(case.state.version)?,
    ];
    if books.run(&SET_CASE, values).await? == 1 {
        return Ok(());
    }
    // The books' guard keeps two acts apart; should it ever not, nobody's decision is overwritten.
    Err(kernel::Refusal::conflict(
        "approval.moved_on",
        "流程刚刚有了变化",
        "The case has just moved on",
    )
    .remedy(("请刷新后再试", "Reload and try again"))
    .into())
}

fn number(seq: u64) -> Result<i64, Fault> {
    i64::try_from(seq).map_err(|_| Fault::new("event number"))
}

/// Everybody who has or had a part.
pub(crate) fn parties(state: &State) -> BTreeSet<EmployeeId> {
    let mut parties: BTreeSet<EmployeeId> = state.initiator.into_iter().collect();
    for item in &state.items {
        if let Holder::Person(person) = item.holder {
            parties.insert(person);
        }
        parties.extend(item.acting_for);
        parties.extend(&item.held_before);
    }
    parties
}

const FOLLOWING: Select = Select::new(
    "SELECT c.id AS id, f.key AS flow FROM approval_case c \
     JOIN approval_flow f ON f.id = c.flow_id WHERE c.subject = $1 \
     ORDER BY c.opened_at DESC, c.id DESC",
);

/// The newest case about a thing that follows one of these flows.
pub(crate) async fn case_following(
    books: &mut Reader<'_>,
    subject: &str,
    flows: &[&str],
) -> Result<Option<CaseId>, Fault> {
    for row in books.all(&FOLLOWING, binds![subject]).await? {
        if flows.contains(&row.get::<String>("flow")?.as_str()) {
            return row.get("id").map(Some);
        }
    }
    Ok(None)
}

const RUNNING: Select = Select::new(
    "SELECT c.id AS id FROM approval_case c JOIN approval_flow f ON f.id = c.flow_id \
     WHERE c.subject = $1 AND f.key = $2 AND c.closed_at IS NULL ORDER BY c.opened_at DESC LIMIT 1",
);

/// The case about a thing that follows this flow and has not ended.
pub(crate) async fn running_case(
    books: &mut Reader<'_>,
    subject: &str,
    flow: &str,
) -> Result<Option<CaseId>, Fault> {
    let row = books.first(&RUNNING, binds![subject, flow]).await?;
    row.map(|row| row.get("id")).transpose()
}

const ABOUT: Select = Select::new(
    "SELECT id FROM approval_case WHERE subject = $1 ORDER BY opened_at DESC, id DESC LIMIT 100",
);

/// The hundred newest cases about a thing, newest first.
pub(crate) async fn cases_about(
    books: &mut Reader<'_>,
    subject: &str,
) -> Result<Vec<CaseId>, Fault> {
    books
        .all(&ABOUT, binds![subject])
        .await?
        .iter()
        .map(|row| row.get("id"))
        .collect()
}

/// What of this slice points to records of other slices.
pub(crate) const POINTERS: &[spine::Pointer] = &[
    spine::Pointer::by("approval_case", "initiator_id", "t.id", "流程"),
    spine::Pointer::by("approval_case", "about_id", "t.id", "流程"),
    spine::Pointer::by("approval_task", "owner_id", "t.case_id", "待办"),
    spine::Pointer::by("approval_party", "employee_id", "t.case_id", "流程"),
];
