//! Writes a plan into the books 写入.

use std::collections::HashMap;

use intake::RecordKind;
use kernel::{CustomerId, ImportId};
use serde_json::{Value as Json, json};
use spine::{Change, Fault, Query, Reader, Row, Value, Writer, binds};

use super::{identifier, table};
use crate::customer::{load as customer, store as customers};
use crate::import::plan::{Action, Edit, Mark, NewOwner, Plan};
use crate::people::load as people;
use crate::receivable::load as receivable;

/// Writes everything: what is new, what changes, what each line became, and the identities by which
/// the same file is known again.
pub(crate) async fn write(
    books: &mut Writer<'_>,
    batch: ImportId,
    system: &str,
    plan: &Plan,
    recorded_by: &str,
) -> Result<(), Fault> {
    people::load_entities(books, &plan.entities).await?;
    people::load_posts(books, &plan.posts).await?;
    people::load_departments(books, &plan.departments).await?;
    people::load_employees(books, &plan.employees, "导入").await?;
    customer::load_products(books, &plan.products).await?;
    customer::load_customers(books, &plan.customers, recorded_by).await?;
    customer::load_contacts(books, &plan.contacts).await?;
    customer::load_opportunities(books, &plan.opportunities).await?;
    receivable::load_contracts(books, &plan.contracts).await?;
    receivable::load_orders(books, &plan.orders).await?;
    for (order, n, line) in &plan.more_lines {
        receivable::add_order_lines(books, *order, *n, std::slice::from_ref(line)).await?;
    }
    receivable::load_invoices(books, &plan.invoices, recorded_by).await?;
    receivable::load_receipts(books, &plan.receipts).await?;
    let mut before: HashMap<i64, Json> = HashMap::new();
    for edit in &plan.edits {
        let was = columns(books, edit.kind, &edit.record, &edit.cells).await?;
        set(books, edit.kind, &edit.record, &edit.cells).await?;
        before.insert(edit.n, json!({ "before": was, "after": as_json(edit) }));
    }
    for owner in &plan.owners {
        change_owner(books, owner, recorded_by).await?;
        let told = json!({ "from": owner.from, "to": owner.to, "seq": owner.seq });
        before.entry(owner.n).or_insert_with(|| json!({}))["owner"] = told;
    }
    let last = identities(books, batch, system, plan).await?;
    marks(books, batch, &plan.marks, before, &last).await
}

fn as_json(edit: &Edit) -> Json {
    let cells = edit.cells.iter();
    Json::Object(
        cells
            .map(|(name, value)| ((*name).to_owned(), plain(value)))
            .collect(),
    )
}

/// A column value as it is kept for the undo.
pub(super) fn plain(value: &Value) -> Json {
    match value {
        Value::Text(Some(text)) => json!(text),
        Value::Int(Some(number)) => json!(number),
        Value::Bytes(_) | Value::Text(None) | Value::Int(None) => Json::Null,
    }
}

/// What these columns hold now.
pub(super) async fn columns(
    books: &mut Reader<'_>,
    kind: RecordKind,
    record: &str,
    cells: &[(&'static str, Value)],
) -> Result<Json, Fault> {
    let mut query = Query::new("SELECT ");
    for (at, (name, _)) in cells.iter().enumerate() {
        query.push(if at == 0 { "" } else { ", " }).push(name);
    }
    query
        .push(" FROM ")
        .push(table(kind))
        .push(" WHERE ")
        .push(identifier(kind));
    query.push(" = ").bind(record);
    let (select, values) = query.select();
    let row = books.first(&select, values).await?;
    let row = row.ok_or_else(|| Fault::new("an imported record is gone"))?;
    let read = |row: &Row, name: &str, value: &Value| -> Result<Json, Fault> {
        Ok(match value {
            Value::Int(_) => json!(row.get::<Option<i64>>(name)?),
            Value::Text(_) | Value::Bytes(_) => json!(row.get::<Option<String>>(name)?),
        })
    };
    let cells = cells
        .iter()
        .map(|(name, value)| Ok(((*name).to_owned(), read(&row, name, value)?)));
    Ok(Json::Object(cells.collect::<Result<_, Fault>>()?))
}

/// Gives these columns these values; a customer's keys follow its name.
pub(super) async fn set(
    books: &mut Writer<'_>,
    kind: RecordKind,
    record: &str,
    cells: &[(&'static str, Value)],
) -> Result<(), Fault> {
    let mut query = Query::new("UPDATE ");
    query.push(table(kind)).push(" SET ");
    for (at, (name, value)) in cells.iter().enumerate() {
        query
            .push(if at == 0 { "" } else { ", " })
            .push(name)
            .push(" = ")
            .bind(value);
    }
    query
        .push(" WHERE ")
        .push(identifier(kind))
        .push(" = ")
        .bind(record);
    let renamed = kind == RecordKind::Customer && cells.iter().any(|(name, _)| *name == "name");
    let id = record.parse::<CustomerId>().ok().filter(|_| renamed);
    let found = match id {
        Some(id) => customers::find_customer(books, id).await?,
        None => None,
    };
    let (change, values) = query.change();
    books.run(&change, values).await?;
    let Some(was) = found else { return Ok(()) };
    let Some(now) = customers::find_customer(books, was.id).await? else {
        return Ok(());
    };
    let edited = customers::NewCustomer {
        id: now.id,
        number: &now.number,
        name: &now.name,
        credit_code: now.credit_code.as_deref(),
        industry: &now.industry,
        region: &now.region,
        tier: &now.tier,
        address: &now.address,
    };
    customers::edit_customer(books, &was.name, &edited).await
}

const ASSIGN: Change = Change::new(
    "INSERT INTO customer_assignment (customer_id, seq, effective_on, recorded_at, owner_id, \
     recorded_by, reason) VALUES ($1, $2, $3, $4, $5, $6, $7)",
);
const SET_OWNER: Change =
    Change::new("UPDATE customer SET owner_id = $2, owned_since = $3 WHERE id = $1");

/// Appends to a customer's history and repeats it where lists look.
pub(super) async fn change_owner(
    books: &mut Writer<'_>,
    new: &NewOwner,
    recorded_by: &str,
) -> Result<(), Fault> {
    let at = books.at();
    let (id, from) = (new.customer, new.effective_on);
    let values = binds![id, new.seq, from, at, new.to, recorded_by, "imported"];
    books.run(&ASSIGN, values).await?;
    books.run(&SET_OWNER, binds![id, new.to, from]).await?;
    Ok(())
}

const IDENTITY: &str = "INSERT INTO import_identity (system, kind, key, record_id, digest, \
                        batch_id) VALUES ";
const AGAIN: &str = " ON CONFLICT (system, kind, key) DO UPDATE SET record_id = \
                     excluded.record_id, digest = excluded.digest, batch_id = excluded.batch_id";

/// Notes what each foreign record became; gives digest and batch of those known before.
async fn identities(
    books: &mut Writer<'_>,
    batch: ImportId,
    system: &str,
    plan: &Plan,
) -> Result<HashMap<String, Json>, Fault> {
    let mut last = HashMap::new();
    let changes = |mark: &&Mark| matches!(mark.action, Action::Updated | Action::Matched);
    let changed = plan.marks.iter().filter(changes);
    let ids: Vec<&String> = changed.filter_map(|mark| mark.record.as_ref()).collect();
    for some in ids.chunks(500) {
        let mut query =
            Query::new("SELECT record_id, digest, batch_id FROM import_identity WHERE system = ");
        query
            .bind(system)
            .push(" AND record_id IN ")
            .bind_list(some.iter().map(|id| id.as_str()));
        let (select, values) = query.select();
        for row in books.all(&select, values).await? {
            let (digest, batch): (String, String) = (row.get("digest")?, row.get("batch_id")?);
            last.insert(
                row.get("record_id")?,
                json!({ "digest": digest, "batch": batch }),
            );
        }
    }
    let row = |(kind, key, record, digest): &(RecordKind, String, String, String)| {
        binds![
            system,
            kind.name(),
            key.as_str(),
            record.as_str(),
            digest.as_str(),
            batch
        ]
    };
    books
        .insert_many(IDENTITY, AGAIN, plan.identities.iter().map(row).collect())
        .await?;
    Ok(last)
}

const MARKED: &str = "INSERT INTO import_record (batch_id, n, kind, key, body, digest, source, \
                      action, record_id, before, note) VALUES ";
const MARK: &str = " ON CONFLICT (batch_id, n) DO UPDATE SET action = excluded.action, \
                    record_id = excluded.record_id, before = excluded.before, note = excluded.note";

async fn marks(
    books: &mut Writer<'_>,
    batch: ImportId,
    marks: &[Mark],
    mut before: HashMap<i64, Json>,
    last: &HashMap<String, Json>,
) -> Result<(), Fault> {
    let mut rows = Vec::with_capacity(marks.len());
    for mark in marks {
        let mut told = before.remove(&mark.n).or_else(|| mark.before.clone());
        let known = mark.record.as_ref().and_then(|record| last.get(record));
        if let Some(known) = known {
            told.get_or_insert_with(|| json!({}))["identity"] = known.clone();
        }
        let note = Some(mark.note.clone()).filter(|note| !note.is_empty());
        let told = told.map(|told| told.to_string());
        let (action, record) = (mark.action.word(), mark.record.clone());
        // The row is there; only its last four columns change, many rows in one statement.
        rows.push(binds![
            batch, mark.n, "", "", "", "", "", action, record, told, note
        ]);
    }
    books.insert_many(MARKED, MARK, rows).await
}
