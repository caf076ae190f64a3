//! What of a batch is in the books, read back from their tables 入账合计.
//!
//! It is counted for the owner whom the files name, so that it can be set beside what was read:
//! after a handover, too, the books hold everything that came in for the one who gave it away.

use std::collections::{BTreeMap, BTreeSet};

use intake::RecordKind;
use kernel::{EmployeeId, Fen, ImportId};
use serde::{Deserialize, Serialize};
use spine::{Fault, Query, Reader, Row};

use super::known::ASKED;
use super::{Batch, BatchState, push_undone};

/// Records and money of one owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnerTotal {
    /// Which kind.
    pub kind: RecordKind,
    /// The key of the owner whom the files name; empty without.
    pub owner: String,
    /// The owner's name; empty without owner.
    pub name: String,
    /// How many.
    pub records: i64,
    /// The sum of their amounts; none where the kind has no money or nothing has an amount.
    pub amount: Option<Fen>,
    /// How many of them are not this owner's today.
    pub moved: i64,
    /// The sum of their amounts.
    pub moved_amount: Option<Fen>,
}

/// Kinds with an owner, what their money is, and where and how the books tell whose they are.
const OWNED: &[(RecordKind, &str, &str, &str)] = &[
    (
        RecordKind::Customer,
        "CAST(NULL AS BIGINT)",
        "customer t",
        "t.owner_id",
    ),
    (
        RecordKind::Opportunity,
        "t.amount",
        "customer_opportunity t",
        "t.owner_id",
    ),
    (
        RecordKind::Contract,
        "t.amount",
        "receivable_contract t",
        "t.owner_id",
    ),
    (
        RecordKind::Order,
        "t.amount",
        "receivable_order t",
        "t.owner_id",
    ),
    (
        RecordKind::OrderLine,
        "t.amount",
        "(SELECT l.order_id || '#' || l.n AS id, l.order_id AS order_id, l.amount AS amount, \
         o.owner_id AS owner_id FROM receivable_order_line l \
         JOIN receivable_order o ON o.id = l.order_id) t",
        "t.owner_id",
    ),
    (
        RecordKind::Invoice,
        "t.amount",
        "receivable_invoice t",
        "t.responsible_id",
    ),
    (
        RecordKind::Receipt,
        "t.amount",
        "(SELECT r.id AS id, r.amount AS amount, coalesce((SELECT min(i.responsible_id) \
         FROM receivable_clearing c JOIN receivable_invoice i ON i.id = c.invoice_id \
         WHERE c.receipt_id = r.id), k.owner_id) AS owner_id FROM receivable_receipt r \
         JOIN customer k ON k.id = r.customer_id) t",
        "t.owner_id",
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
    /// These of the owner at this place, some of them at a time.
    These(i64, &'a [String]),
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

    /// Asks for the owner named, where the records tell.
    fn push_named(self, query: &mut Query, then: &'static str) {
        if let Which::Of(_) = self {
            query.push("r.owner").push(then);
        }
    }

    fn named(self, row: &Row) -> Result<Option<i64>, Fault> {
        match self {
            Which::Of(_) => row.get("named"),
            Which::These(owner, _) => Ok(Some(owner)),
        }
    }

    /// Narrows to these records, as far as they stand in the books.
    fn push_where(self, query: &mut Query, kind: RecordKind, id: &'static str) {
        match self {
            Which::Of(batch) => {
                query.push(" WHERE r.batch_id = ").bind(batch);
                query.push(" AND r.kind = ").bind(kind.name());
            }
            Which::These(_, ids) => {
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
    let mut sums = Sums::default();
    if batch.state == BatchState::Committed {
        let kinds = RecordKind::ALL.into_iter();
        for kind in kinds.filter(|kind| batch.report["totals"].get(kind.name()).is_some()) {
            sums.add(kind, shares(books, kind, Which::Of(batch.id)).await?);
        }
    }
    sums.by_owner(books, batch).await
}

/// The same of a batch that is not written yet: what the books hold of it already.
pub(crate) async fn totals_of(
    books: &mut Reader<'_>,
    batch: &Batch,
    known: &BTreeMap<RecordKind, BTreeMap<String, i64>>,
) -> Result<Vec<OwnerTotal>, Fault> {
    let mut sums = Sums::default();
    for (kind, of_kind) in known {
        let mut of_owner: BTreeMap<i64, Vec<String>> = BTreeMap::new();
        for (id, owner) in of_kind {
            of_owner.entry(*owner).or_default().push(id.clone());
        }
        for (owner, ids) in of_owner {
            for some in ids.chunks(ASKED) {
                sums.add(
                    *kind,
                    shares(books, *kind, Which::These(owner, some)).await?,
                );
            }
        }
    }
    sums.by_owner(books, batch).await
}

/// What one owner has today of what the files give to one.
struct Share {
    /// Whom the files name: a place in the report's list; none in batches of old.
    named: Option<i64>,
    today: Option<EmployeeId>,
    records: i64,
    amount: Option<Fen>,
}

/// Kind, owner named and owner of today.
type Of = (RecordKind, Option<i64>, Option<EmployeeId>);

#[derive(Default)]
struct Sums(BTreeMap<Of, (i64, Option<Fen>)>);

impl Sums {
    fn add(&mut self, kind: RecordKind, shares: Vec<Share>) {
        for share in shares {
            let of = (kind, share.named, share.today);
            let (records, amount) = self.0.entry(of).or_default();
            *records += share.records;
            *amount = both(*amount, share.amount);
        }
    }

    /// Tells them by the owner named.
    async fn by_owner(
        self,
        books: &mut Reader<'_>,
        batch: &Batch,
    ) -> Result<Vec<OwnerTotal>, Fault> {
        let named: Vec<(String, Option<EmployeeId>)> =
            serde_json::from_value(batch.report["owners"].clone()).unwrap_or_default();
        let told = named.iter().filter_map(|(_, who)| *who);
        let today = self.0.keys().filter_map(|(_, _, today)| *today);
        let people = people(books, batch, told.chain(today).collect()).await?;
        let mut totals: BTreeMap<(RecordKind, String), OwnerTotal> = BTreeMap::new();
        for ((kind, place, today), (records, amount)) in self.0 {
            let place = place.map(|place| usize::try_from(place).unwrap_or_default());
            let (owner, who) = match place {
                Some(0) => (String::new(), today),
                Some(place) => named.get(place - 1).cloned().unwrap_or_default(),
                // Batches of old are told by who owns it today.
                None => {
                    let key = today.and_then(|who| people.get(&who)).map(|(key, _)| key);
                    (key.cloned().unwrap_or_default(), today)
                }
            };
            let name = match (owner.is_empty(), who.and_then(|who| people.get(&who))) {
                (false, Some((_, name))) => name.clone(),
                _ => String::new(),
            };
            let total = totals.entry((kind, owner.clone())).or_insert(OwnerTotal {
                kind,
                owner,
                name,
                records: 0,
                amount: None,
                moved: 0,
                moved_amount: None,
            });
            total.records += records;
            total.amount = both(total.amount, amount);
            if today != who {
                total.moved += records;
                total.moved_amount = both(total.moved_amount, amount);
            }
        }
        Ok(totals.into_values().collect())
    }
}

/// The sum of two amounts, where there are any.
fn both(one: Option<Fen>, other: Option<Fen>) -> Option<Fen> {
    match (one, other) {
        (Some(one), Some(other)) => Some(Fen(one.0.saturating_add(other.0))),
        _ => one.or(other),
    }
}

/// Key and name of these people: their key in the foreign system, else their number.
async fn people(
    books: &mut Reader<'_>,
    batch: &Batch,
    ids: BTreeSet<EmployeeId>,
) -> Result<BTreeMap<EmployeeId, (String, String)>, Fault> {
    let ids: Vec<EmployeeId> = ids.into_iter().collect();
    let mut people = BTreeMap::new();
    for some in ids.chunks(ASKED) {
        let mut query = Query::new(
            "SELECT e.id AS id, coalesce(f.key, e.number) AS key, e.name AS name \
             FROM people_employee e LEFT JOIN import_identity f ON f.record_id = e.id \
             AND f.kind = 'employee' AND f.system = ",
        );
        query.bind(batch.system.as_str()).push(" WHERE e.id IN ");
        query.bind_list(some.iter().copied());
        let (select, values) = query.select();
        for row in books.all(&select, values).await? {
            people.insert(row.get("id")?, (row.get("key")?, row.get("name")?));
        }
    }
    Ok(people)
}

/// What of a kind stands in the books, by the owner named and the one of today.
async fn shares(
    books: &mut Reader<'_>,
    kind: RecordKind,
    which: Which<'_>,
) -> Result<Vec<Share>, Fault> {
    let mut owned_kinds = OWNED.iter().copied();
    if let Some((_, amount, from, owner)) = owned_kinds.find(|(owned, ..)| *owned == kind) {
        return owned(books, kind, (amount, from, owner), which).await;
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
    let share = Share {
        named: Some(0),
        today: None,
        records,
        amount: None,
    };
    Ok(Some(share).filter(|_| records > 0).into_iter().collect())
}

async fn owned(
    books: &mut Reader<'_>,
    kind: RecordKind,
    (amount, from, owner): (&'static str, &'static str, &'static str),
    which: Which<'_>,
) -> Result<Vec<Share>, Fault> {
    let mut query = Query::new("SELECT ");
    which.push_named(&mut query, " AS named, ");
    query
        .push(owner)
        .push(" AS today, count(*) AS n, CAST(sum(");
    query.push(amount).push(") AS BIGINT) AS amount FROM ");
    query.push(from);
    which.push_join(&mut query, "t.id");
    which.push_where(&mut query, kind, "t.id");
    query.push(" GROUP BY ");
    which.push_named(&mut query, ", ");
    query.push(owner);
    let (select, values) = query.select();
    let mut found = Vec::new();
    for row in books.all(&select, values).await? {
        found.push(Share {
            named: which.named(&row)?,
            today: row.get("today")?,
            records: row.get("n")?,
            amount: row.get("amount")?,
        });
    }
    Ok(found)
}
