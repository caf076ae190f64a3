//! What came to rest on a batch after it 其后的变动.
//!
//! A batch is taken back only as long as its records are as it left them: nothing points to them,
//! no later batch said more of them, nobody changed them, and no commission was calculated by them.

use intake::RecordKind;
use kernel::{Day, ImportId, Moment};
use spine::{Chosen, Fault, Pointer, Query, Reader, Select, binds};

use super::BatchState;
use crate::customer::store::unload as customer;
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
pub(super) fn created(batch: ImportId) -> Chosen {
    let from = "import_record o WHERE o.action = 'created' AND o.batch_id = ";
    Chosen::of("o.record_id", from, batch)
}

/// What batches created that were undone, as far as it stays for its history's sake: it holds
/// nobody any more. The ids of what is deleted may be given anew.
fn gone() -> Chosen {
    let from = "import_record o JOIN import_batch b ON b.id = o.batch_id \
                WHERE o.action = 'created' AND o.kind IN \
                ('department', 'employee', 'customer', 'invoice', 'receipt') AND b.state = ";
    Chosen::of("o.record_id", from, BatchState::Undone.word())
}

const UNDONE: Select = Select::new(
    "SELECT 1 AS one FROM import_record r JOIN import_batch b ON b.id = r.batch_id \
     WHERE r.record_id = $1 AND r.action = 'created' AND b.state = 'undone' LIMIT 1",
);

/// Adds `EXISTS (…)`: that an import which was undone had brought the record with the id in this
/// column.
pub(crate) fn push_undone(query: &mut Query, id: &'static str) {
    query.push("EXISTS (SELECT 1 FROM import_record ir JOIN import_batch ib ON ib.id = ");
    query.push("ir.batch_id WHERE ir.record_id = ").push(id);
    query.push(" AND ir.action = 'created' AND ib.state = 'undone')");
}

/// Whether an import that was undone had brought this record.
pub(crate) async fn was_undone(books: &mut Reader<'_>, record: &str) -> Result<bool, Fault> {
    Ok(books.first(&UNDONE, binds![record]).await?.is_some())
}

/// The same, as the evidence names them: `contract/ctr_…`.
fn subjects(batch: ImportId) -> Chosen {
    let from = "import_record o WHERE o.action = 'created' AND o.batch_id = ";
    Chosen::of("o.kind || '/' || o.record_id", from, batch)
}

/// Something that came to rest on a record of a batch.
#[derive(Clone, Debug)]
pub(crate) struct Resting {
    pub(crate) kind: RecordKind,
    /// Its key in its system.
    pub(crate) key: String,
    pub(crate) what: Rests,
}

/// What it is.
#[derive(Clone, Debug)]
pub(crate) enum Rests {
    /// So it is called, and it refers to the record.
    Refers(&'static str),
    /// Commission of a month was calculated by it: `已关账的 2026-11 月提成`.
    Earned(String),
    /// Somebody changed it.
    Changed,
}

impl Resting {
    async fn on(
        books: &mut Reader<'_>,
        batch: ImportId,
        (id, what): (&str, Rests),
    ) -> Result<Resting, Fault> {
        let row = books.first(&CALLED, binds![id, batch]).await?;
        let row = row.ok_or_else(|| Fault::new("a record of no batch"))?;
        let kind: String = row.get("kind")?;
        Ok(Resting {
            kind: RecordKind::named(&kind).ok_or_else(|| Fault::new("kind"))?,
            key: row.get("key")?,
            what,
        })
    }

    /// As people call the record: `客户「C01」`.
    fn called(&self) -> String {
        format!("{}「{}」", self.kind.label(), self.key)
    }

    /// As people say it: `客户「C01」已有跟进记录`.
    pub(crate) fn words(&self) -> String {
        let called = self.called();
        match &self.what {
            Rests::Refers(what) => format!("{called}已有{what}"),
            Rests::Earned(month) => format!("{called}已计入{month}"),
            Rests::Changed => format!("{called}之后又有改动"),
        }
    }

    /// Whether both rest on the same record.
    pub(crate) fn is_beside(&self, other: &Resting) -> bool {
        self.kind == other.kind && self.key == other.key
    }
}

const CALLED: Select = Select::new(
    "SELECT kind, key FROM import_record WHERE record_id = $1 AND batch_id = $2 LIMIT 1",
);

/// What came to refer to the batch's records after it, at most five of a sort.
pub(crate) async fn in_the_way(
    books: &mut Reader<'_>,
    batch: ImportId,
) -> Result<Vec<Resting>, Fault> {
    let (mut found, set, gone) = (Vec::new(), created(batch), gone());
    for pointers in POINTERS {
        for (id, what) in books.pointed_at(pointers, &set, Some(&gone)).await? {
            found.push(Resting::on(books, batch, (id.as_str(), Rests::Refers(what))).await?);
        }
    }
    Ok(found)
}

/// These acts are no change of a record: what another batch did to it is told by [`later`], who
/// reads a telephone number leaves it as it is, and of refunds and bad debts those in the way that
/// stand are told by [`in_the_way`]: one that was a mistake and was taken back holds nothing.
const NO_CHANGE: [&str; 5] = [
    "import.commit",
    "import.undo",
    "customer.reveal_contact",
    "receivable.refund_credit",
    "receivable.reverse",
];

/// What the batch created and somebody changed since, at most twenty.
pub(crate) async fn changed_since(
    books: &mut Reader<'_>,
    batch: ImportId,
) -> Result<Vec<Resting>, Fault> {
    let mut found = Vec::new();
    // An opportunity or a contact is changed by an act upon its customer, which only mentions it.
    let mentioned = ["opportunity/%", "contact/%"];
    let set = subjects(batch);
    for subject in books.acted_upon(&set, &mentioned, &NO_CHANGE).await? {
        let id = subject.split_once('/').map_or("", |(_, id)| id);
        found.push(Resting::on(books, batch, (id, Rests::Changed)).await?);
    }
    Ok(found)
}

/// What the batch created and commission was calculated by, at most twenty.
pub(crate) async fn earned_by(
    books: &mut Reader<'_>,
    batch: ImportId,
) -> Result<Vec<Resting>, Fault> {
    let mut found = Vec::new();
    for earned in commission::store::earned_by(books, &created(batch)).await? {
        let closed = if earned.closed {
            "已关账的"
        } else {
            "已算出的"
        };
        let month = earned.month;
        let earns = Rests::Earned(format!("{closed} {month} 月提成"));
        found.push(Resting::on(books, batch, (earned.record.as_str(), earns)).await?);
    }
    Ok(found)
}

/// A batch that came after this one and said more of its records.
pub(crate) struct Later {
    pub(crate) id: ImportId,
    pub(crate) title: String,
    pub(crate) on: Option<Day>,
    /// How many records of this batch it speaks of, and one of them.
    pub(crate) records: i64,
    pub(crate) one: String,
    /// Whether it found all of them as this batch had left them.
    pub(crate) unchanged: bool,
}

// What a batch created every other batch met later. What it only changed may have been met before
// it: then the other one was committed earlier, and the record is not known by it. A batch that
// found a record as it was holds it too: it says that the record stands in the books. What was only
// found by its number stands there without either.
const LATER: Select = Select::new(
    "SELECT l.batch_id AS id, b.title AS title, b.committed_at AS committed_at, \
     count(DISTINCT o.record_id) AS records, min(o.record_id) AS one, \
     CAST(max(CASE WHEN l.action = 'same' THEN 0 ELSE 1 END) AS BIGINT) AS news \
     FROM import_record o \
     JOIN import_batch a ON a.id = o.batch_id JOIN import_record l ON l.record_id = o.record_id \
     JOIN import_batch b ON b.id = l.batch_id WHERE o.batch_id = $1 \
     AND o.action IN ('created', 'updated', 'matched') AND l.batch_id <> o.batch_id \
     AND l.kind = o.kind AND (l.action IN ('updated', 'matched') \
     OR (l.action = 'same' AND o.action <> 'matched')) AND b.state = 'committed' \
     AND (o.action = 'created' OR b.committed_at > a.committed_at OR l.batch_id = \
     (SELECT f.batch_id FROM import_identity f WHERE f.system = a.system AND f.kind = o.kind \
     AND f.key = o.key)) GROUP BY l.batch_id, b.title, b.committed_at \
     ORDER BY b.committed_at DESC, l.batch_id DESC LIMIT 5",
);

/// The batches that must be undone before this one, the last one first.
pub(crate) async fn later(books: &mut Reader<'_>, batch: ImportId) -> Result<Vec<Later>, Fault> {
    let mut found = Vec::new();
    for row in books.all(&LATER, binds![batch]).await? {
        let at: Option<Moment> = row.get("committed_at")?;
        let one: String = row.get("one")?;
        found.push(Later {
            id: row.get("id")?,
            title: row.get("title")?,
            on: at.map(|at| at.day_in(books.zone())),
            records: row.get("records")?,
            one: Resting::on(books, batch, (one.as_str(), Rests::Changed))
                .await?
                .called(),
            unchanged: row.get::<i64>("news")? == 0,
        });
    }
    Ok(found)
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
