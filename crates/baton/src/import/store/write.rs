//! Writes a batch into the books 写入.

use std::collections::HashMap;

use ::customer::AssignmentReason;
use intake::RecordKind;
use kernel::{CustomerId, ImportId, Moment};
use serde_json::{Map, Value as Json, json};
use spine::{Binds, Fault, Value, Writer, binds};

use super::sheet;
use crate::customer::load as customer;
use crate::customer::store::unload as customers;
use crate::import::line::Line;
use crate::import::pack::{PACK, Pack, lines_of};
use crate::import::plan::{Edit, Mark, Plan, Planner};
use crate::import::steps::Steps;
use crate::people::load as people;
use crate::people::store::unload as employees;
use crate::receivable::load as receivable;
use crate::{session, told};

/// Packs planned and written together: some tens of thousands of records.
const STRETCH: usize = 32;
/// From so many packs on the database is told to make room.
const MANY: usize = 16;

/// What is written, and on whose account.
pub(crate) struct Task<'a> {
    pub(crate) batch: ImportId,
    pub(crate) system: &'a str,
    pub(crate) recorded_by: &'a str,
    pub(crate) steps: &'a Steps,
}

/// Plans and writes the batch stretch by stretch; while one is written the next one is planned, on
/// other threads. Gives the planner back, who knows what became of everything.
pub(crate) async fn write(
    books: &mut Writer<'_>,
    task: &Task<'_>,
    planner: Planner,
    packs: Vec<Pack>,
) -> Result<Planner, Fault> {
    if packs.len() < MANY {
        return write_and_index(books, task, planner, packs).await;
    }
    books.make_room(true).await?;
    let written = write_and_index(books, task, planner, packs).await;
    // The connection outlives a failure, and its memory must not.
    books.make_room(false).await?;
    written
}

async fn write_and_index(
    books: &mut Writer<'_>,
    task: &Task<'_>,
    planner: Planner,
    packs: Vec<Pack>,
) -> Result<Planner, Fault> {
    let aside = customer::lay_aside_indexes(books, planner.new_customers()).await?;
    let planner = write_all(books, task, planner, packs).await?;
    books.index_again(aside).await?;
    Ok(planner)
}

async fn write_all(
    books: &mut Writer<'_>,
    task: &Task<'_>,
    planner: Planner,
    packs: Vec<Pack>,
) -> Result<Planner, Fault> {
    let expected = u64::try_from(packs.len().saturating_mul(PACK)).unwrap_or(u64::MAX);
    task.steps.expect(expected);
    let mut desk = Desk {
        planner,
        rest: packs.into_iter(),
        at: books.at(),
        recorded_by: task.recorded_by.to_owned(),
    };
    let mut stretch;
    (desk, stretch) = planned(desk).await?;
    while let Some(ready) = stretch.take() {
        let next = tokio::task::spawn_blocking(move || desk.next());
        let records = ready.plan.marks.len();
        let written = write_stretch(books, task, ready).await;
        // The planning is waited for in any case: nothing of it may go on behind a failure.
        (desk, stretch) = next.await.map_err(|error| broken(&error))??;
        written?;
        task.steps.done(records);
    }
    Ok(desk.planner)
}

async fn planned(desk: Desk) -> Result<(Desk, Option<Stretch>), Fault> {
    tokio::task::spawn_blocking(move || desk.next())
        .await
        .map_err(|error| broken(&error))?
}

fn broken(error: &tokio::task::JoinError) -> Fault {
    Fault::new(format!("planning an import: {error}"))
}

/// The records that are planned together next; none behind the last ones.
pub(crate) fn stretch_of(rest: &mut std::vec::IntoIter<Pack>) -> Result<Option<Vec<Line>>, Fault> {
    let packs: Vec<Pack> = rest.by_ref().take(STRETCH).collect();
    if packs.is_empty() {
        return Ok(None);
    }
    let mut lines = lines_of(&packs)?;
    // People and departments refer to one another in any order, so they come in together.
    let people = |lines: &[Line]| {
        let last = lines.last();
        last.is_some_and(|line| line.kind <= RecordKind::Employee)
    };
    while people(&lines) {
        let Some(pack) = rest.next() else { break };
        lines.extend(pack.lines()?);
    }
    Ok(Some(lines))
}

/// Where stretches are planned.
struct Desk {
    planner: Planner,
    rest: std::vec::IntoIter<Pack>,
    at: Moment,
    recorded_by: String,
}

/// A stretch ready to be written.
struct Stretch {
    plan: Plan,
    customers: customer::Customers,
}

impl Desk {
    fn next(mut self) -> Result<(Desk, Option<Stretch>), Fault> {
        let Some(lines) = stretch_of(&mut self.rest)? else {
            return Ok((self, None));
        };
        let mut plan = self.planner.draw(&lines);
        drop(lines);
        let new = std::mem::take(&mut plan.customers);
        let customers = customer::prepare(&new, self.at, &self.recorded_by)?;
        Ok((self, Some(Stretch { plan, customers })))
    }
}

async fn write_stretch(
    books: &mut Writer<'_>,
    task: &Task<'_>,
    stretch: Stretch,
) -> Result<(), Fault> {
    let Stretch { plan, customers } = stretch;
    people::load_entities(books, &plan.entities).await?;
    people::load_posts(books, &plan.posts).await?;
    people::load_departments(books, &plan.departments).await?;
    people::load_employees(books, &plan.employees, told::IMPORTED.zh()).await?;
    if !plan.employees.is_empty() {
        session::store::join_all(books).await?;
    }
    people::set_sells(books, &plan.sellers).await?;
    customer::load_products(books, &plan.products).await?;
    customer::write_customers(books, customers).await?;
    customer::load_contacts(books, &plan.contacts).await?;
    customer::load_opportunities(books, &plan.opportunities).await?;
    receivable::load_contracts(books, &plan.contracts).await?;
    receivable::load_orders(books, &plan.orders).await?;
    let mut more = Vec::with_capacity(plan.more_lines.len());
    for (order, n, line) in &plan.more_lines {
        more.push((*order, *n, line));
    }
    receivable::load_order_lines(books, more).await?;
    receivable::load_invoices(books, &plan.invoices, task.recorded_by).await?;
    receivable::load_receipts(books, &plan.receipts).await?;
    let before = edits(books, task, &plan).await?;
    marks(books, task, plan.marks, before).await
}

/// Changes what is in the books already; tells what was there before, by number of the line.
async fn edits(
    books: &mut Writer<'_>,
    task: &Task<'_>,
    plan: &Plan,
) -> Result<HashMap<i64, Json>, Fault> {
    let mut before: HashMap<i64, Json> = HashMap::new();
    for edit in &plan.edits {
        let cells = cells_of(books, edit).await?;
        if cells.is_empty() {
            continue;
        }
        let was = sheet(edit.kind).read(books, &edit.record, &cells).await?;
        set(books, edit.kind, &edit.record, &cells).await?;
        before.insert(edit.n, json!({ "before": was, "after": as_json(&cells) }));
    }
    for owner in &plan.owners {
        let (why, by) = (AssignmentReason::Imported, task.recorded_by);
        let since = customers::owned_since(books, owner.customer).await?;
        let to = Some(owner.to);
        let seq = customers::append_owner(books, owner.customer, to, why, by).await?;
        // Its undo gives back what batches of old say under `from`: here the pool.
        let told = json!({ "to": to, "seq": seq, "since": since });
        before.entry(owner.n).or_insert_with(|| json!({}))["owner"] = told;
    }
    Ok(before)
}

/// The cells of an edit. Of the columns kept with the record only those that are anew change: the
/// file of today need not have all that were brought before.
async fn cells_of(
    books: &mut Writer<'_>,
    edit: &Edit,
) -> Result<Vec<(&'static str, Value)>, Fault> {
    let mut cells = edit.cells.clone();
    if edit.extra.is_empty() {
        return Ok(cells);
    }
    let asked = [("extra", Value::Text(None))];
    let kept = sheet(edit.kind).read(books, &edit.record, &asked).await?;
    let kept = kept["extra"].as_str().unwrap_or_default();
    let mut all: Map<String, Json> = serde_json::from_str(kept).unwrap_or_default();
    for (name, value) in &edit.extra {
        if value.is_null() {
            all.remove(name);
        } else {
            all.insert(name.clone(), value.clone());
        }
    }
    let extra = Json::Object(all).to_string();
    if extra != kept {
        cells.push(("extra", Value::Text(Some(extra))));
    }
    Ok(cells)
}

fn as_json(cells: &[(&'static str, Value)]) -> Json {
    let cells = cells.iter();
    let cells = cells.map(|(name, value)| ((*name).to_owned(), plain(value)));
    Json::Object(cells.collect())
}

/// A column value as it is kept for the undo.
fn plain(value: &Value) -> Json {
    match value {
        Value::Text(Some(text)) => json!(text),
        Value::Int(Some(number)) => json!(number),
        Value::Bytes(_) | Value::Text(None) | Value::Int(None) => Json::Null,
    }
}

/// Gives these columns these values; a customer's keys follow its name, and whoever has a form
/// about a person or a contact open learns that it was written since.
pub(super) async fn set(
    books: &mut Writer<'_>,
    kind: RecordKind,
    record: &str,
    cells: &[(&'static str, Value)],
) -> Result<(), Fault> {
    let customer = record.parse::<CustomerId>().ok();
    if let Some(id) = customer.filter(|_| kind == RecordKind::Customer) {
        return customers::patch(books, id, cells).await;
    }
    sheet(kind).write(books, record, cells).await?;
    match kind {
        RecordKind::Employee => employees::written_anew(books, record).await,
        RecordKind::Contact => customers::contact_written_anew(books, record).await,
        _ => Ok(()),
    }
}

const IDENTITY: &str = "INSERT INTO import_identity (system, kind, key, record_id, digest, \
                        batch_id, n) VALUES ";
const AGAIN: &str = " ON CONFLICT (system, kind, key) DO UPDATE SET record_id = \
                     excluded.record_id, digest = excluded.digest, batch_id = excluded.batch_id, \
                     n = excluded.n";
const RECORD: &str = "INSERT INTO import_record (batch_id, n, kind, key, action, record_id, \
                      before, note, owner) VALUES ";

/// Notes what each record became and by what it is known again. Most of them were not known before.
async fn marks(
    books: &mut Writer<'_>,
    task: &Task<'_>,
    marks: Vec<Mark>,
    mut before: HashMap<i64, Json>,
) -> Result<(), Fault> {
    let mut records = Vec::with_capacity(marks.len());
    let (mut met, mut met_again) = (Vec::new(), Vec::new());
    for mark in marks {
        let identities = if mark.last.is_some() {
            &mut met_again
        } else {
            &mut met
        };
        let mut told = before.remove(&mark.n);
        if let Some(last) = mark.last {
            told.get_or_insert_with(|| json!({}))["identity"] = last;
        }
        let identity = mark.record.as_ref().filter(|_| mark.action.is_news());
        identities.extend(identity.map(|record| -> Binds {
            binds![
                task.system,
                mark.kind.name(),
                mark.key.as_str(),
                record.as_str(),
                mark.digest,
                task.batch,
                mark.n,
            ]
        }));
        let note = Some(mark.note).filter(|note| !note.is_empty());
        let told = told.map(|told| told.to_string());
        let (action, kind) = (mark.action.word(), mark.kind.name());
        records.push(binds![
            task.batch,
            mark.n,
            kind,
            mark.key,
            action,
            mark.record,
            told,
            note,
            mark.owner
        ]);
    }
    books.insert_many(IDENTITY, "", met).await?;
    books.insert_many(IDENTITY, AGAIN, met_again).await?;
    books.insert_many(RECORD, "", records).await
}
