//! Takes a batch back 撤销.
//!
//! The slices know what points to their records, how to take records back and how to change them;
//! here stands only which records a batch brought, and in which order the slices are asked.

use ::customer::AssignmentReason;
use intake::RecordKind;
use kernel::{CustomerId, ImportId};
use serde_json::Value as Json;
use spine::{Change as Sql, Chosen, Fault, Pointer, Query, Reader, Select, Value, Writer, binds};

use super::{sheet, write};
use crate::customer::store::unload as customer;
use crate::import::plan::{Action, Touched};
use crate::people::store::unload as people;
use crate::receivable::store::unload as receivable;
use crate::{approval, bundle, commission, departure, document, handover, session, signing};

/// Everything that can point to something a batch created.
const POINTERS: [&[Pointer]; 11] = [
    people::POINTERS,
    session::store::POINTERS,
    document::store::POINTERS,
    signing::store::POINTERS,
    customer::POINTERS,
    receivable::POINTERS,
    approval::store::POINTERS,
    departure::store::POINTERS,
    handover::store::POINTERS,
    commission::store::POINTERS,
    bundle::store::POINTERS,
];

/// Every record that the batch created.
fn created(batch: ImportId) -> Chosen {
    let from = "import_record o WHERE o.action = 'created' AND o.batch_id = ";
    Chosen::of("o.record_id", from, batch)
}

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

const CALLED: Select = Select::new(
    "SELECT kind, key FROM import_record WHERE record_id = $1 AND batch_id = $2 LIMIT 1",
);

/// Names what came to refer to the batch's records after it: `客户「C01」已有跟进记录`, at most
/// five of a sort.
pub(crate) async fn in_the_way(
    books: &mut Reader<'_>,
    batch: ImportId,
) -> Result<Vec<String>, Fault> {
    let (mut found, set) = (Vec::new(), created(batch));
    for pointers in POINTERS {
        for (id, what) in books.pointed_at(pointers, &set).await? {
            let row = books.first(&CALLED, binds![id.as_str(), batch]).await?;
            let row = row.ok_or_else(|| Fault::new("a record of no batch"))?;
            let (kind, key): (String, String) = (row.get("kind")?, row.get("key")?);
            let label = RecordKind::named(&kind).map_or("", RecordKind::label);
            found.push(format!("{label}「{key}」已有{what}"));
        }
    }
    Ok(found)
}

/// What a batch changed in a record that was there before.
pub(crate) struct Change {
    pub(crate) kind: RecordKind,
    pub(crate) key: String,
    pub(crate) record: String,
    /// `before`, `after`, `owner`, `identity`.
    pub(crate) told: Json,
    /// Whether the columns still hold what the batch wrote.
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
            untouched = sheet(kind).read(books, &record, &after).await? == told["after"];
        }
        if let Some(seq) = told["owner"]["seq"].as_i64() {
            untouched &= customer::last_assignment(books, &record).await? == seq;
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

/// Columns that hold numbers; the rest hold text.
const NUMBERS: &[&str] = &[
    "price",
    "amount",
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
    people::employees(books, &of(RecordKind::Employee), suffix, "撤销导入").await?;
    people::departments(books, &of(RecordKind::Department), suffix).await?;
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
     AND action IN ('created', 'updated') AND record_id IS NOT NULL ORDER BY n",
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    /// What a batch can create; entities and posts stay when it is undone.
    const CREATED: [&str; 9] = [
        "people_department",
        "people_employee",
        "customer",
        "customer_contact",
        "customer_opportunity",
        "receivable_contract",
        "receivable_order",
        "receivable_invoice",
        "receivable_receipt",
    ];

    #[test]
    fn the_schema_knows_no_reference_that_an_undo_forgets_to_ask() {
        let pointers = super::POINTERS.iter().copied().flatten();
        let asked: BTreeSet<(&str, &str)> = pointers.map(|p| (p.table, p.column)).collect();
        // Rebuilt from other tables whenever these change.
        let derived = [
            ("customer_seat", "customer_id"),
            ("customer_seat", "employee_id"),
            ("customer_term", "customer_id"),
        ];
        let mut forgotten = Vec::new();
        for step in crate::migrations::ALL {
            let mut table = "";
            for line in step.text.lines() {
                let everywhere = line.strip_prefix("{SQLITE}").unwrap_or(line);
                let words: Vec<&str> = everywhere.split_whitespace().collect();
                if let ["CREATE" | "ALTER", "TABLE", name, ..] = words.as_slice() {
                    // What is built anew takes the old name at the end.
                    table = name.strip_suffix("_new").unwrap_or(name);
                }
                let target = words.iter().position(|word| *word == "REFERENCES");
                let Some(target) = target.and_then(|at| words.get(at + 1)) else {
                    continue;
                };
                let column = match words.as_slice() {
                    ["ALTER", "TABLE", _, "ADD", "COLUMN", column, ..] => column,
                    words => words[0],
                };
                let at = (table, column);
                if CREATED.contains(target) && !asked.contains(&at) && !derived.contains(&at) {
                    forgotten.push(at);
                }
            }
        }
        assert!(forgotten.is_empty(), "{forgotten:?}");
    }
}
