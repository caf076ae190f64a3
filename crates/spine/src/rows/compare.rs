//! What must be in the tables, next to what is 状态审计.

use std::collections::HashSet;

use serde::Deserialize;

use super::cell::Cell;
use super::made::Made;
use super::notes::NotesRoot;
use super::replay::{Expected, Replay, row_name};
use super::shape::{Shape, Table};
use crate::link::Transaction;
use crate::{Binds, Fault, Row, Spine, binds};

/// Differences listed; more are counted.
const LISTED: usize = 1_000;
/// Rows held in memory at once.
const SHARE: u64 = 500_000;
const AT_ONCE: i64 = 1_000;

/// What is wrong with a row, or with an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// A field is not what was written last; the values in words, `None` where they are veiled.
    Changed {
        /// The column.
        field: String,
        /// What the table holds.
        is: Option<String>,
        /// What the entry wrote.
        was: Option<String>,
    },
    /// An entry wrote the row; it is not in the table.
    Missing,
    /// The row is in the table; no entry put it there.
    Extra,
    /// What the entry noted of its rows was changed or taken away.
    Damaged,
    /// The whole table is gone: entries wrote in it, no step of the schema took it away.
    TableGone,
    /// The column is gone, likewise.
    FieldGone {
        /// The column.
        field: String,
    },
    /// The table has no primary key; no step of the schema makes such a table.
    Keyless,
    /// A trigger by which the database refuses what goes past the program was taken away, switched
    /// off or changed.
    Unguarded {
        /// The trigger.
        trigger: String,
    },
}

/// One difference between the tables and the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The table; empty for a damaged entry.
    pub table: String,
    /// The primary key, its columns joined by `/`.
    pub key: String,
    /// The entry that wrote the row last.
    pub entry: Option<u64>,
    /// What is wrong.
    pub wrong: Wrong,
}

/// What the comparison found.
#[derive(Clone, Debug, Default)]
pub struct RowReport {
    /// Tables compared.
    pub tables: u64,
    /// Rows compared.
    pub rows: u64,
    /// Entries whose notes were erased with their payload; their rows cannot be compared.
    pub erased: u64,
    /// All differences, also those not listed.
    pub total: u64,
    /// The first differences.
    pub listed: Vec<Difference>,
}

impl RowReport {
    fn add(&mut self, difference: Difference) {
        self.total += 1;
        if self.listed.len() < LISTED {
            self.listed.push(difference);
        }
    }
}

/// The only field of a payload that matters here.
#[derive(Default, Deserialize)]
struct Story {
    rows: Option<String>,
}

const STORIES: &str =
    "SELECT idx, payload, notes FROM log_entry WHERE idx > $1 ORDER BY idx LIMIT $2";
/// Notes of several parts.
const PARTS: &str = "SELECT payload FROM log_payload WHERE idx = $1 AND n < -1 ORDER BY n";
/// Which entries have them.
const PARTED: &str = "SELECT DISTINCT idx FROM log_payload WHERE n < -1";
/// A part has at most a megabyte.
const STORIES_AT_ONCE: i64 = 128;

impl Spine {
    /// Replays what every act wrote and compares it with the tables, all as of one moment.
    ///
    /// The entries themselves are taken as they stand; whether they are the ones that were signed
    /// is for [`Spine::audit`] to say.
    ///
    /// # Errors
    /// [`Fault`] when the database fails; what is wrong with the books is in the report.
    pub async fn audit_rows(&self) -> Result<RowReport, Fault> {
        let db = self.db();
        let shape = self.ledger.shape_now(db).await?;
        let taken = db.schema_version().await?;
        let mut tx = db.reader.begin(db.dialect.begin_read()).await?;
        let mut report = RowReport {
            tables: shape.tables.len() as u64,
            ..RowReport::default()
        };
        for table in &shape.tables {
            let count = format!("SELECT count(*) AS n FROM {}", quoted(&table.name));
            report.rows += u64::try_from(number(&mut tx, &count).await?).unwrap_or_default();
        }
        let shares = report.rows / SHARE + 1;
        for share in 0..shares {
            let mut replay = Replay::new(&shape, share, shares);
            replay_all(&mut tx, &mut replay, (share == 0).then_some(&mut report)).await?;
            if share == 0 {
                self.compare_shape(&mut tx, taken, (&shape, &replay), &mut report)
                    .await?;
            }
            for number in 0..shape.tables.len() {
                compare(&mut tx, &shape, number, &mut replay, &mut report).await?;
            }
            for (number, row) in replay.unseen().filter(|(_, row)| row.born) {
                let table = &shape.tables[number];
                report.add(Difference {
                    table: table.name.clone(),
                    key: key_words(table, &row.cells),
                    entry: Some(row.entry),
                    wrong: Wrong::Missing,
                });
            }
        }
        tx.rollback().await?;
        let place = |found: &Difference| (found.table.clone(), found.key.clone());
        report.listed.sort_by_cached_key(place);
        Ok(report)
    }

    /// Tables, columns and triggers that are not as the steps of the schema left them, up to the
    /// newest that was taken.
    async fn compare_shape(
        &self,
        tx: &mut Transaction,
        newest: Option<i64>,
        (shape, replay): (&Shape, &Replay<'_>),
        report: &mut RowReport,
    ) -> Result<(), Fault> {
        let (rules, dialect) = (self.ledger.rules(), self.db().dialect);
        let steps = rules.made.iter();
        let made = Made::by(steps.filter(|step| Some(step.version) <= newest), dialect);
        let mut gone = HashSet::new();
        for (place, entry) in &replay.elsewhere {
            let (table, field) = (&place.0, place.1.clone());
            let known = rules.leave_out(table, field.as_deref().unwrap_or_default())
                || made.took(place)
                || shape.keyless.contains(table);
            if known {
                continue;
            }
            let wrong = field.map_or(Wrong::TableGone, |field| Wrong::FieldGone { field });
            if wrong == Wrong::TableGone {
                gone.insert(table.clone());
            }
            report.add(Difference::of_table(table, Some(*entry), wrong));
        }
        for table in &shape.keyless {
            report.add(Difference::of_table(table, None, Wrong::Keyless));
        }
        for (table, trigger) in made.unguarded(tx, dialect).await? {
            // That the triggers of a table go with it needs no telling.
            if !gone.contains(&table) {
                report.add(Difference::of_table(
                    &table,
                    None,
                    Wrong::Unguarded { trigger },
                ));
            }
        }
        Ok(())
    }
}

impl Difference {
    fn of_table(table: &str, entry: Option<u64>, wrong: Wrong) -> Difference {
        Difference {
            table: table.to_owned(),
            key: String::new(),
            entry,
            wrong,
        }
    }
}

async fn number(tx: &mut Transaction, text: &str) -> Result<i64, Fault> {
    let row = tx.first(text, Vec::new()).await?;
    row.ok_or_else(|| Fault::new("a count gave no row"))?
        .get("n")
}

/// Takes in all notes; says which are damaged when there is a report to say it in.
async fn replay_all(
    tx: &mut Transaction,
    replay: &mut Replay<'_>,
    mut report: Option<&mut RowReport>,
) -> Result<(), Fault> {
    let mut parted = HashSet::new();
    for row in tx.all(PARTED, Vec::new()).await? {
        parted.extend(row.get::<i64>("idx").ok());
    }
    let mut last = -1_i64;
    loop {
        let before = last;
        for row in tx.all(STORIES, binds![last, STORIES_AT_ONCE]).await? {
            // An index of another kind is named by the audit of the log.
            let Ok(index) = row.get::<i64>("idx") else {
                continue;
            };
            last = index;
            let mut entry = Entry::new(u64::try_from(last).unwrap_or_default());
            if parted.contains(&last) {
                let mut take = |part: Row| {
                    let bytes = entry.bytes(&part, "payload");
                    bytes.iter().for_each(|bytes| entry.note(replay, bytes));
                    Ok(())
                };
                tx.each(PARTS, binds![last], &mut take).await?;
            }
            if let Some(notes) = entry.bytes(&row, "notes") {
                entry.note(replay, &notes);
            }
            if let Some(story) = entry.bytes(&row, "payload") {
                entry.story = Some(serde_json::from_slice(&story).unwrap_or_default());
            }
            close(&entry, report.as_deref_mut());
        }
        if last == before {
            return Ok(());
        }
    }
}

fn close(entry: &Entry, report: Option<&mut RowReport>) {
    let Some(report) = report else {
        return;
    };
    match entry.taken() {
        Taken::Whole => {}
        Taken::Erased => report.erased += 1,
        Taken::Damaged => report.add(Difference {
            table: String::new(),
            key: String::new(),
            entry: Some(entry.index),
            wrong: Wrong::Damaged,
        }),
    }
}

enum Taken {
    Whole,
    Erased,
    Damaged,
}

/// One entry while its payload and the parts of its notes are read.
struct Entry {
    index: u64,
    story: Option<Story>,
    root: NotesRoot,
    /// Whether every part could be read.
    readable: bool,
}

impl Entry {
    fn new(index: u64) -> Entry {
        Entry {
            index,
            story: None,
            root: NotesRoot::default(),
            readable: true,
        }
    }

    /// What a column holds; what is of another kind is damage.
    fn bytes(&mut self, row: &Row, column: &str) -> Option<Vec<u8>> {
        row.get(column).unwrap_or_else(|_| {
            self.readable = false;
            None
        })
    }

    /// The next part of the notes, in their order.
    fn note(&mut self, replay: &mut Replay<'_>, bytes: &[u8]) {
        self.root.add(bytes);
        // What can still be read is used, so that the damage stays in one place.
        self.readable &= replay.take(self.index, bytes).is_some();
    }

    fn taken(&self) -> Taken {
        let root = self.root.clone().finish();
        match &self.story {
            None if root.is_none() && self.readable => Taken::Erased,
            Some(story) if story.rows == root && self.readable => Taken::Whole,
            _ => Taken::Damaged,
        }
    }
}

/// Reads a table in the order of its key and holds each row against what is known of it.
async fn compare(
    tx: &mut Transaction,
    shape: &Shape,
    number: usize,
    replay: &mut Replay<'_>,
    report: &mut RowReport,
) -> Result<(), Fault> {
    let table = &shape.tables[number];
    let mut after: Option<Binds> = None;
    loop {
        let (text, binds) = page(table, after.take());
        let rows = tx.all(&text, binds).await?;
        let whole = rows.len() == usize::try_from(AT_ONCE).unwrap_or(usize::MAX);
        for row in rows {
            let live: Vec<Cell> = row.values.into_iter().map(Cell::given).collect();
            let key: Vec<&Cell> = table.key.iter().map(|place| &live[*place]).collect();
            let name = row_name(number, &key);
            if replay.mine(&name) {
                hold(table, &live, replay.seen(&name), report);
            }
            after = Some(key_binds(&key));
        }
        if !whole {
            return Ok(());
        }
    }
}

fn hold(table: &Table, live: &[Cell], known: Option<Expected>, report: &mut RowReport) {
    let mut found = |entry: Option<u64>, wrong: Wrong| {
        report.add(Difference {
            table: table.name.clone(),
            key: key_words(table, live),
            entry,
            wrong,
        });
    };
    let Some(known) = known.filter(|known| known.born) else {
        return found(None, Wrong::Extra);
    };
    for ((column, live), noted) in table.columns.iter().zip(live).zip(&known.cells) {
        if !noted.is(live, &table.name, &column.name) {
            let veiled = noted.word().is_none() || column.veiled;
            let word = |cell: &Cell| cell.word().filter(|_| !veiled);
            let wrong = Wrong::Changed {
                field: column.name.clone(),
                is: word(live),
                was: word(noted),
            };
            found(Some(known.entry), wrong);
        }
    }
}

/// A name as a statement takes it, whoever gave it.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn page(table: &Table, after: Option<Binds>) -> (String, Binds) {
    let names = |places: &mut dyn Iterator<Item = usize>| {
        let names: Vec<String> = places.map(|n| quoted(&table.columns[n].name)).collect();
        names.join(", ")
    };
    let all = names(&mut (0..table.columns.len()));
    let key = names(&mut table.key.iter().copied());
    let mut text = format!("SELECT {all} FROM {}", quoted(&table.name));
    if after.is_some() {
        let places: Vec<String> = (1..=table.key.len()).map(|n| format!("${n}")).collect();
        text.push_str(&format!(" WHERE ({key}) > ({})", places.join(", ")));
    }
    text.push_str(&format!(" ORDER BY {key} LIMIT {AT_ONCE}"));
    (text, after.unwrap_or_default())
}

/// The statement that reads the noted columns of one row by its key.
pub(crate) fn one_row(table: &Table) -> String {
    let name = |place: &usize| table.columns[*place].name.as_str();
    let all: Vec<&str> = table.columns.iter().map(|one| one.name.as_str()).collect();
    let key = table.key.iter().enumerate();
    let key: Vec<String> = key
        .map(|(n, at)| format!("{} = ${}", name(at), n + 1))
        .collect();
    let (all, key) = (all.join(", "), key.join(" AND "));
    format!("SELECT {all} FROM {} WHERE {key}", table.name)
}

fn key_binds(key: &[&Cell]) -> Binds {
    key.iter().map(|cell| cell.value()).collect()
}

fn key_words(table: &Table, cells: &[Cell]) -> String {
    let word = |place: &usize| cells[*place].word().unwrap_or_else(|| "…".to_owned());
    table.key.iter().map(word).collect::<Vec<_>>().join("/")
}
