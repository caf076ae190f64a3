//! Takes a batch back 撤销.
//!
//! The slices know what points to their records, how to take records back and how to change them;
//! here stands only which records a batch brought, and in which order the slices are asked.

use ::customer::AssignmentReason;
use intake::RecordKind;
use kernel::{CustomerId, ImportId, Moment};
use serde_json::Value as Json;
use spine::{Change as Sql, Chosen, Fault, Query, Reader, Select, Value, Writer, binds};

use super::resting::created;
use super::{sheet, write};
use crate::customer::store::unload as customer;
use crate::import::plan::{Action, Touched};
use crate::people::store::unload as people;
use crate::receivable::store::unload as receivable;
use crate::told;

/// Those of one kind.
fn created_of(kind: RecordKind, batch: ImportId) -> Chosen {
    macro_rules! of {
        ($kind:literal) => {
            concat!(
                "import_record o WHERE o.action = 'created' AND o.kind = '",
                $kind,
                "' AND o.batch_id = "
            )
        };
    }
    let from = match kind {
        RecordKind::Department => of!("department"),
        RecordKind::Employee => of!("employee"),
        RecordKind::Product => of!("product"),
        RecordKind::Customer => of!("customer"),
        RecordKind::Contact => of!("contact"),
        RecordKind::Opportunity => of!("opportunity"),
        RecordKind::Contract => of!("contract"),
        RecordKind::Order => of!("order"),
        RecordKind::OrderLine => of!("order_line"),
        RecordKind::Invoice => of!("invoice"),
        RecordKind::Receipt => of!("receipt"),
    };
    Chosen::of("o.record_id", from, batch)
}

/// What a batch changed in a record that was there before.
pub(crate) struct Change {
    pub(crate) kind: RecordKind,
    pub(crate) key: String,
    pub(crate) record: String,
    /// `before`, `after`, `owner`, `identity`.
    pub(crate) told: Json,
    /// Whether the columns still hold what the batch wrote; not so where the record is gone.
    pub(crate) untouched: bool,
}

const CHANGED: Select = Select::new(
    "SELECT kind, key, record_id, before FROM import_record WHERE batch_id = $1 \
     AND before IS NOT NULL AND action IN ('updated', 'matched') ORDER BY n",
);

/// Reads back what a batch changed.
pub(crate) async fn changes(books: &mut Reader<'_>, batch: ImportId) -> Result<Vec<Change>, Fault> {
    let mut changes = Vec::new();
    for row in books.all(&CHANGED, binds![batch]).await? {
        let kind: String = row.get("kind")?;
        let kind = RecordKind::named(&kind).ok_or_else(|| Fault::new("kind"))?;
        let record: String = row.get("record_id")?;
        let told: Json = serde_json::from_str(&row.get::<String>("before")?)?;
        let after = cells(&told["after"]);
        let mut untouched = true;
        if !after.is_empty() {
            let now = sheet(kind).find(books, &record, &after).await?;
            untouched = now.as_ref() == Some(&told["after"]);
        }
        if let Some(seq) = told["owner"]["seq"].as_i64() {
            untouched &= is_last_owner(books, &record, seq).await?;
        }
        let key = row.get("key")?;
        changes.push(Change {
            kind,
            key,
            record,
            told,
            untouched,
        });
    }
    Ok(changes)
}

const UNDONE: Select = Select::new(
    "SELECT DISTINCT b.committed_at AS committed_at, b.undone_at AS undone_at \
     FROM import_record l JOIN import_batch b ON b.id = l.batch_id WHERE l.record_id = $1 \
     AND l.kind = 'customer' AND b.state = 'undone'",
);

/// Whether the customer still has the owner of this row of its history: behind it stands at most
/// what batches wrote that were undone since, and what their undos wrote.
async fn is_last_owner(books: &mut Reader<'_>, customer_id: &str, seq: i64) -> Result<bool, Fault> {
    let behind = customer::assignments_behind(books, customer_id, seq).await?;
    if behind.is_empty() {
        return Ok(true);
    }
    let mut undone: Vec<Moment> = Vec::new();
    for row in books.all(&UNDONE, binds![customer_id]).await? {
        undone.extend(row.get::<Option<Moment>>("committed_at")?);
        undone.extend(row.get::<Option<Moment>>("undone_at")?);
    }
    Ok(behind
        .iter()
        .all(|at| at.is_some_and(|at| undone.contains(&at))))
}

/// Columns that hold numbers; the rest hold text.
const NUMBERS: &[&str] = &[
    "price",
    "amount",
    "margin",
    "disputed",
    "quantity_ppm",
    "unit_price_fine",
    "discount_ppm",
];

/// Every column an import changes, so that a stored name becomes a literal again.
const COLUMNS: &[&str] = &[
    "name",
    "pinyin",
    "initials",
    "phone",
    "email",
    "citizen_id",
    "extra",
    "price",
    "credit_code",
    "industry",
    "region",
    "tier",
    "address",
    "title",
    "owner_id",
    "product",
    "stage",
    "amount",
    "margin",
    "opened_on",
    "closed_on",
    "ends_on",
    "shipped_on",
    "state",
    "quantity_ppm",
    "unit_price_fine",
    "discount_ppm",
    "due_on",
    "disputed",
];

fn cells(told: &Json) -> Vec<(&'static str, Value)> {
    let cells = told.as_object().into_iter().flatten();
    cells
        .filter_map(|(name, value)| {
            let name = COLUMNS.iter().find(|column| *column == name)?;
            let value = if NUMBERS.contains(name) {
                Value::Int(value.as_i64())
            } else {
                Value::Text(value.as_str().map(str::to_owned))
            };
            Some((*name, value))
        })
        .collect()
}

const RESTORE: Sql = Sql::new(
    "UPDATE import_identity SET digest = $1, batch_id = $2, n = coalesce((SELECT r.n \
     FROM import_record r WHERE r.batch_id = $3 AND r.kind = $4 AND r.key = $5), 0) \
     WHERE system = $6 AND kind = $7 AND key = $8",
);

/// Gives changed records their former content back.
pub(crate) async fn restore(
    books: &mut Writer<'_>,
    system: &str,
    changes: &[Change],
    recorded_by: &str,
) -> Result<(), Fault> {
    for change in changes {
        let before = cells(&change.told["before"]);
        if !before.is_empty() {
            write::set(books, change.kind, &change.record, &before).await?;
        }
        if change.told["owner"].is_object() {
            give_back(books, change, recorded_by).await?;
        }
        let identity = &change.told["identity"];
        let last = (identity["digest"].as_str(), identity["batch"].as_str());
        if let (Some(digest), Some(batch)) = last {
            let (kind, key) = (change.kind.name(), change.key.as_str());
            let values = binds![digest, batch, batch, kind, key, system, kind, key];
            books.run(&RESTORE, values).await?;
        }
    }
    Ok(())
}

async fn give_back(
    books: &mut Writer<'_>,
    change: &Change,
    recorded_by: &str,
) -> Result<(), Fault> {
    let id: CustomerId = change
        .record
        .parse()
        .map_err(|_| Fault::new("a customer's id"))?;
    let from = change.told["owner"]["from"].as_str();
    let to = from.and_then(|id| id.parse().ok());
    let why = AssignmentReason::Corrected;
    customer::append_owner(books, id, to, why, recorded_by).await?;
    // Batches of old do not tell since when he had it.
    let since = change.told["owner"]["since"].as_str();
    if let Some(since) = since.and_then(|day| day.parse().ok()) {
        customer::own_since(books, id, since).await?;
    }
    Ok(())
}

/// Takes everything back that the batch created, what refers to others first. `suffix` is added to
/// the numbers of what stays.
pub(crate) async fn take_back(
    books: &mut Writer<'_>,
    batch: ImportId,
    suffix: &str,
    recorded_by: &str,
) -> Result<(), Fault> {
    let of = |kind| created_of(kind, batch);
    receivable::receipts(books, &of(RecordKind::Receipt), suffix).await?;
    receivable::invoices(books, &of(RecordKind::Invoice), suffix).await?;
    receivable::order_lines(books, &of(RecordKind::OrderLine)).await?;
    receivable::orders(books, &of(RecordKind::Order)).await?;
    receivable::contracts(books, &of(RecordKind::Contract)).await?;
    customer::opportunities(books, &of(RecordKind::Opportunity)).await?;
    customer::contacts(books, &of(RecordKind::Contact)).await?;
    customer::products(books, &of(RecordKind::Product)).await?;
    customer::customers(books, &of(RecordKind::Customer), suffix, recorded_by).await?;
    people::employees(
        books,
        &of(RecordKind::Employee),
        suffix,
        told::NOT_IMPORTED.zh(),
    )
    .await?;
    people::departments(books, &of(RecordKind::Department), suffix).await?;
    forget(books, batch).await
}

/// What the batch made known is not known any more: neither what it created, by whichever batch it
/// was met again, nor what was in the books before and was met by this batch first.
async fn forget(books: &mut Writer<'_>, batch: ImportId) -> Result<(), Fault> {
    let mut query = Query::new("DELETE FROM import_identity WHERE record_id IN ");
    created(batch).list(&mut query);
    let (change, values) = query.change();
    books.run(&change, values).await?;
    let mut query = Query::new("DELETE FROM import_identity WHERE batch_id = ");
    query.bind(batch).push(" AND record_id IN ");
    query.push("(SELECT record_id FROM import_record WHERE batch_id = ");
    query.bind(batch).push(")");
    let (change, values) = query.change();
    books.run(&change, values).await?;
    Ok(())
}

const TOUCHED: Select = Select::new(
    "SELECT kind, record_id, action FROM import_record WHERE batch_id = $1 \
     AND (action IN ('created', 'updated') OR (action = 'matched' AND before IS NOT NULL)) \
     AND record_id IS NOT NULL ORDER BY n",
);

/// Everything that an undo touches and that stands by itself.
pub(crate) async fn touched(
    books: &mut Reader<'_>,
    batch: ImportId,
) -> Result<Vec<Touched>, Fault> {
    let mut items = Vec::new();
    for row in books.all(&TOUCHED, binds![batch]).await? {
        let (kind, record): (String, String) = (row.get("kind")?, row.get("record_id")?);
        let kind = RecordKind::named(&kind).ok_or_else(|| Fault::new("kind"))?;
        let action = match row.get::<String>("action")?.as_str() {
            "created" => Action::Created,
            _ => Action::Updated,
        };
        items.extend(Touched::of(kind, &record, action, None));
    }
    Ok(items)
}
