//! What of a batch is in the books, read back from their tables 入账合计.

use intake::RecordKind;
use kernel::Fen;
use serde::{Deserialize, Serialize};
use spine::{Fault, Query, Reader};

use super::{Batch, BatchState};

/// Records and money of one owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnerTotal {
    /// Which kind.
    pub kind: RecordKind,
    /// The owner's key in the foreign system; empty without owner.
    pub owner: String,
    /// The owner's name; empty without owner.
    pub name: String,
    /// How many.
    pub records: i64,
    /// The sum of their amounts; none where the kind has no money or nothing has an amount.
    pub amount: Option<Fen>,
}

/// Kinds with an owner, and how the books tell it.
const OWNED: &[(RecordKind, &str, &str)] = &[
    (
        RecordKind::Customer,
        "CAST(NULL AS BIGINT)",
        "customer t LEFT JOIN people_employee e ON e.id = t.owner_id",
    ),
    (
        RecordKind::Opportunity,
        "t.amount",
        "customer_opportunity t LEFT JOIN people_employee e ON e.id = t.owner_id",
    ),
    (
        RecordKind::Contract,
        "t.amount",
        "receivable_contract t LEFT JOIN people_employee e ON e.id = t.owner_id",
    ),
    (
        RecordKind::Order,
        "t.amount",
        "receivable_order t LEFT JOIN people_employee e ON e.id = t.owner_id",
    ),
    (
        RecordKind::OrderLine,
        "t.amount",
        "(SELECT l.order_id || '#' || l.n AS id, l.amount AS amount, o.owner_id AS owner_id \
         FROM receivable_order_line l JOIN receivable_order o ON o.id = l.order_id) t \
         LEFT JOIN people_employee e ON e.id = t.owner_id",
    ),
    (
        RecordKind::Invoice,
        "t.amount",
        "receivable_invoice t LEFT JOIN people_employee e ON e.id = t.responsible_id",
    ),
    (
        RecordKind::Receipt,
        "t.amount",
        "(SELECT r.id AS id, r.amount AS amount, coalesce((SELECT min(i.responsible_id) \
         FROM receivable_clearing c JOIN receivable_invoice i ON i.id = c.invoice_id \
         WHERE c.receipt_id = r.id), k.owner_id) AS owner_id FROM receivable_receipt r \
         JOIN customer k ON k.id = r.customer_id) t \
         LEFT JOIN people_employee e ON e.id = t.owner_id",
    ),
];

/// What of a kind was taken back and is kept only because history speaks of it.
fn standing(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Customer => " AND t.state <> 'withdrawn'",
        RecordKind::Invoice | RecordKind::Receipt => " AND t.amount <> 0",
        _ => "",
    }
}

/// Narrows to the records of this kind of the batch that stand in the books: nothing does that a
/// batch created which was undone.
fn push_standing(query: &mut Query, batch: &Batch, kind: RecordKind) {
    query.push(" WHERE r.batch_id = ").bind(batch.id);
    query.push(" AND r.kind = ").bind(kind.name());
    query.push(standing(kind));
    if batch.state == BatchState::Undone {
        query.push(" AND r.action <> 'created'");
    }
}

/// Kinds without an owner.
const PLAIN: &[(RecordKind, &str)] = &[
    (
        RecordKind::Department,
        "people_department t JOIN import_record r ON r.record_id = t.id",
    ),
    (
        RecordKind::Employee,
        "people_employee t JOIN import_record r ON r.record_id = t.id",
    ),
    (
        RecordKind::Contact,
        "customer_contact t JOIN import_record r ON r.record_id = t.id",
    ),
    (
        RecordKind::Product,
        "customer_product t JOIN import_record r ON r.record_id = t.number",
    ),
];

/// Counts and sums by kind and owner of everything this batch created, changed or found again and
/// that stands in the books; of the kinds that occur in it.
pub(crate) async fn totals(
    books: &mut Reader<'_>,
    batch: &Batch,
) -> Result<Vec<OwnerTotal>, Fault> {
    let occurs = |kind: RecordKind| batch.report["totals"].get(kind.name()).is_some();
    let mut totals = Vec::new();
    for (kind, amount, from) in OWNED.iter().filter(|(kind, ..)| occurs(*kind)) {
        totals.extend(owned(books, batch, *kind, (amount, from)).await?);
    }
    for (kind, from) in PLAIN.iter().filter(|(kind, _)| occurs(*kind)) {
        let mut query = Query::new("SELECT count(*) AS n FROM ");
        query.push(from);
        push_standing(&mut query, batch, *kind);
        let (select, values) = query.select();
        let records = books.count(&select, values).await?;
        push(&mut totals, *kind, records, None);
    }
    totals.sort_by(|a, b| (a.kind, &a.owner).cmp(&(b.kind, &b.owner)));
    Ok(totals)
}

fn push(totals: &mut Vec<OwnerTotal>, kind: RecordKind, records: i64, amount: Option<Fen>) {
    if records > 0 {
        let (owner, name) = (String::new(), String::new());
        totals.push(OwnerTotal {
            kind,
            owner,
            name,
            records,
            amount,
        });
    }
}

async fn owned(
    books: &mut Reader<'_>,
    batch: &Batch,
    kind: RecordKind,
    (amount, from): (&'static str, &'static str),
) -> Result<Vec<OwnerTotal>, Fault> {
    let mut query = Query::new("SELECT coalesce(f.key, e.number, '') AS owner, ");
    query
        .push("coalesce(e.name, '') AS name, count(*) AS n, CAST(sum(")
        .push(amount);
    query.push(") AS BIGINT) AS amount FROM ").push(from);
    query.push(" JOIN import_record r ON r.record_id = t.id LEFT JOIN import_identity f ");
    query
        .push("ON f.record_id = e.id AND f.kind = 'employee' AND f.system = ")
        .bind(batch.system.as_str());
    push_standing(&mut query, batch, kind);
    query.push(" GROUP BY coalesce(f.key, e.number, ''), coalesce(e.name, '')");
    let (select, values) = query.select();
    let mut found = Vec::new();
    for row in books.all(&select, values).await? {
        found.push(OwnerTotal {
            kind,
            owner: row.get("owner")?,
            name: row.get("name")?,
            records: row.get("n")?,
            amount: row.get("amount")?,
        });
    }
    Ok(found)
}
