//! What of a batch is in the books, read back from their tables 入账合计.

use std::collections::{BTreeMap, BTreeSet};

use intake::RecordKind;
use kernel::{Fen, ImportId};
use serde::{Deserialize, Serialize};
use spine::{Fault, Query, Reader};

use super::known::ASKED;
use super::{Batch, BatchState, push_undone};

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
        "(SELECT l.order_id || '#' || l.n AS id, l.order_id AS order_id, l.amount AS amount, \
         o.owner_id AS owner_id FROM receivable_order_line l \
         JOIN receivable_order o ON o.id = l.order_id) t \
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

/// Which records of a kind are summed up.
#[derive(Clone, Copy)]
enum Which<'a> {
    /// Those of a batch that was written.
    Of(ImportId),
    /// These, some of them at a time.
    These(&'a [String]),
}

impl Which<'_> {
    /// What its condition asks beside the table.
    fn push_join(self, query: &mut Query, id: &'static str) {
        if let Which::Of(_) = self {
            query
                .push(" JOIN import_record r ON r.record_id = ")
                .push(id);
        }
    }

    /// Narrows to these records, as far as they stand in the books.
    fn push_where(self, query: &mut Query, kind: RecordKind, id: &'static str) {
        match self {
            Which::Of(batch) => {
                query.push(" WHERE r.batch_id = ").bind(batch);
                query.push(" AND r.kind = ").bind(kind.name());
            }
            Which::These(ids) => {
                let texts = || ids.iter().map(String::as_str);
                query
                    .push(" WHERE ")
                    .push(id)
                    .push(" IN ")
                    .bind_list(texts());
                if kind == RecordKind::OrderLine {
                    // No index knows the place of a line by its name.
                    let orders = texts().filter_map(|id| id.split_once('#'));
                    let orders: BTreeSet<&str> = orders.map(|(order, _)| order).collect();
                    query.push(" AND t.order_id IN ").bind_list(orders);
                }
            }
        }
        query.push(standing(kind));
        if matches!(kind, RecordKind::Department | RecordKind::Employee) {
            query.push(" AND NOT ");
            push_undone(query, "t.id");
        }
    }
}

/// Kinds without an owner, and what their records go by.
const PLAIN: &[(RecordKind, &str, &str)] = &[
    (RecordKind::Department, "people_department t", "t.id"),
    (RecordKind::Employee, "people_employee t", "t.id"),
    (RecordKind::Contact, "customer_contact t", "t.id"),
    (RecordKind::Product, "customer_product t", "t.number"),
];

/// Counts and sums by kind and owner of everything this batch created, changed or found again and
/// that stands in the books; of the kinds that occur in it. Nothing of a batch that was undone
/// does.
pub(crate) async fn totals(
    books: &mut Reader<'_>,
    batch: &Batch,
) -> Result<Vec<OwnerTotal>, Fault> {
    let mut totals = Vec::new();
    if batch.state != BatchState::Committed {
        return Ok(totals);
    }
    let kinds = RecordKind::ALL.into_iter();
    for kind in kinds.filter(|kind| batch.report["totals"].get(kind.name()).is_some()) {
        totals.extend(of_kind(books, batch, kind, Which::Of(batch.id)).await?);
    }
    Ok(totals)
}

/// The same of a batch that is not written yet: what the books hold of it already.
pub(crate) async fn totals_of(
    books: &mut Reader<'_>,
    batch: &Batch,
    known: &BTreeMap<RecordKind, Vec<String>>,
) -> Result<Vec<OwnerTotal>, Fault> {
    let mut totals = Vec::new();
    for (kind, ids) in known {
        // A record that several rows speak of is there once.
        let ids: BTreeSet<&String> = ids.iter().collect();
        let ids: Vec<String> = ids.into_iter().cloned().collect();
        let mut by_owner: BTreeMap<(String, String), OwnerTotal> = BTreeMap::new();
        for some in ids.chunks(ASKED) {
            for total in of_kind(books, batch, *kind, Which::These(some)).await? {
                let owner = (total.owner.clone(), total.name.clone());
                match by_owner.get_mut(&owner) {
                    Some(sum) => sum.add(&total),
                    None => {
                        by_owner.insert(owner, total);
                    }
                }
            }
        }
        totals.extend(by_owner.into_values());
    }
    Ok(totals)
}

impl OwnerTotal {
    fn add(&mut self, other: &OwnerTotal) {
        self.records += other.records;
        if let Some(more) = other.amount {
            let sum = self.amount.unwrap_or_default().0.saturating_add(more.0);
            self.amount = Some(Fen(sum));
        }
    }
}

/// The same of one kind.
async fn of_kind(
    books: &mut Reader<'_>,
    batch: &Batch,
    kind: RecordKind,
    which: Which<'_>,
) -> Result<Vec<OwnerTotal>, Fault> {
    let mut owned_kinds = OWNED.iter().copied();
    if let Some((_, amount, from)) = owned_kinds.find(|(owned, ..)| *owned == kind) {
        return owned(books, batch, kind, (amount, from, which)).await;
    }
    let mut plain_kinds = PLAIN.iter().copied();
    let Some((_, from, id)) = plain_kinds.find(|(plain, ..)| *plain == kind) else {
        return Ok(Vec::new());
    };
    let mut query = Query::new("SELECT count(*) AS n FROM ");
    query.push(from);
    which.push_join(&mut query, id);
    which.push_where(&mut query, kind, id);
    let (select, values) = query.select();
    let records = books.count(&select, values).await?;
    let total = OwnerTotal {
        kind,
        owner: String::new(),
        name: String::new(),
        records,
        amount: None,
    };
    Ok(Some(total).filter(|_| records > 0).into_iter().collect())
}

async fn owned(
    books: &mut Reader<'_>,
    batch: &Batch,
    kind: RecordKind,
    (amount, from, which): (&'static str, &'static str, Which<'_>),
) -> Result<Vec<OwnerTotal>, Fault> {
    let mut query = Query::new("SELECT coalesce(f.key, e.number, '') AS owner, ");
    query
        .push("coalesce(e.name, '') AS name, count(*) AS n, CAST(sum(")
        .push(amount);
    query.push(") AS BIGINT) AS amount FROM ").push(from);
    which.push_join(&mut query, "t.id");
    query.push(" LEFT JOIN import_identity f ");
    query
        .push("ON f.record_id = e.id AND f.kind = 'employee' AND f.system = ")
        .bind(batch.system.as_str());
    which.push_where(&mut query, kind, "t.id");
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
