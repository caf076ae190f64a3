//! Reading and writing the books 账册.

use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::tz::TimeZone;
use kernel::{Day, Moment};

use crate::link::{Rows, Transaction};
use crate::rows::{Plan, RowNotes};
use crate::sql::renumbered;
use crate::{Binds, Chance, Change, Db, Dialect, Fault, Row, Select, binds};

/// The moment and place in which one act happens.
#[derive(Clone)]
pub(crate) struct Setting {
    pub(crate) at: Moment,
    pub(crate) zone: TimeZone,
    pub(crate) chance: Arc<dyn Chance>,
    pub(crate) dialect: Dialect,
    /// For what follows from the log, which has a connection of its own.
    pub(crate) db: Db,
    /// INVARIANT: only [`crate::Spine::dry_run`], which rolls back, sets this.
    pub(crate) rehearsal: bool,
    /// What the writing statements wrote; none where nothing is kept of them.
    pub(crate) notes: Option<Arc<RowNotes>>,
    /// Rows that were added, by table.
    pub(crate) grown: Arc<Mutex<BTreeMap<&'static str, usize>>>,
}

/// Where a statement's rows are noted, and how they are read out of it.
type Noted = (Arc<RowNotes>, Arc<Plan>);

/// Reads the books inside one transaction; it has no way to change them.
pub struct Reader<'a> {
    tx: &'a mut Transaction,
    setting: &'a Setting,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(tx: &'a mut Transaction, setting: &'a Setting) -> Reader<'a> {
        Reader { tx, setting }
    }

    /// The moment of this act.
    #[must_use]
    pub fn at(&self) -> Moment {
        self.setting.at
    }

    /// The business day of this act.
    #[must_use]
    pub fn today(&self) -> Day {
        self.setting.at.day_in(&self.setting.zone)
    }

    /// The business time zone.
    #[must_use]
    pub fn zone(&self) -> &TimeZone {
        &self.setting.zone
    }

    /// Whether nothing of this will last: the caller wants to see what an act would do, also before
    /// its day. No request can say so; only [`crate::Spine::dry_run`] does.
    #[must_use]
    pub fn is_rehearsal(&self) -> bool {
        self.setting.rehearsal
    }

    /// Whether an act decides by what is read here; then it sees what is committed meanwhile.
    fn decides(&self) -> bool {
        self.setting.rehearsal || self.setting.notes.is_some()
    }

    /// Is asked before the log is searched by subject, act or actor: an act must not decide by what
    /// was done while some of that is not entered. Who only looks had it entered before he began.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn all_entered(&mut self) -> Result<(), Fault> {
        if self.dialect().travels() && self.decides() {
            self.setting.db.settle_log().await?;
        }
        Ok(())
    }

    /// Which database holds the books.
    #[must_use]
    pub fn dialect(&self) -> Dialect {
        self.setting.dialect
    }

    /// Eighty random bits, for a new id: `CustomerId::mint(books.at(), books.dice())`.
    #[must_use]
    pub fn dice(&self) -> [u8; 10] {
        let mut bytes = [0; 10];
        self.setting.chance.fill(&mut bytes);
        bytes
    }

    /// Two hundred and fifty-six random bits, for a secret.
    #[must_use]
    pub fn secret(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        self.setting.chance.fill(&mut bytes);
        bytes
    }

    /// Every row of the answer.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn all(&mut self, select: &Select, binds: Binds) -> Result<Vec<Row>, Fault> {
        self.tx.all(&select.0, binds).await
    }

    /// The first row of the answer, if any.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn first(&mut self, select: &Select, binds: Binds) -> Result<Option<Row>, Fault> {
        self.tx.first(&select.0, binds).await
    }

    /// The one number of an answer such as `SELECT count(*) AS n`; the column is called `n`.
    ///
    /// # Errors
    /// [`Fault`] when the database fails or gives no row.
    pub async fn count(&mut self, select: &Select, binds: Binds) -> Result<i64, Fault> {
        let row = self.first(select, binds).await?;
        row.ok_or_else(|| Fault::new("a count gave no row"))?
            .get("n")
    }
}

/// Changes the books. Only [`crate::Spine::perform`] makes one, and what it makes leaves evidence.
///
/// An act that is still loading its facts has no way to write:
///
/// ```compile_fail
/// async fn load(books: &mut spine::Reader<'_>) -> Result<(), spine::Fault> {
///     const CHANGE: spine::Change = spine::Change::new("UPDATE customer SET owner_id = $1");
///     books.run(&CHANGE, spine::binds!["emp"]).await?;
///     Ok(())
/// }
/// ```
///
/// the same lines compile where writing is the point:
///
/// ```rust
/// async fn write(books: &mut spine::Writer<'_>) -> Result<(), spine::Fault> {
///     const CHANGE: spine::Change = spine::Change::new("UPDATE customer SET owner_id = $1");
///     books.run(&CHANGE, spine::binds!["emp"]).await?;
///     Ok(())
/// }
/// ```
///
/// nobody outside the spine makes a writer out of a reader:
///
/// ```compile_fail
/// fn cheat<'a>(books: spine::Reader<'a>) -> spine::Writer<'a> {
///     spine::Writer(books)
/// }
/// ```
///
/// and a statement that writes does not pass as one that reads:
///
/// ```compile_fail
/// const SLY: spine::Select = spine::Select::new("WITH a AS (DELETE FROM customer) SELECT 1");
/// ```
pub struct Writer<'a>(Reader<'a>);

impl<'a> Writer<'a> {
    pub(crate) fn new(tx: &'a mut Transaction, setting: &'a Setting) -> Writer<'a> {
        Writer(Reader::new(tx, setting))
    }

    /// For the spine's own statements, past the noting of rows.
    pub(crate) fn parts(&mut self) -> (&mut Transaction, &'a Setting) {
        (&mut *self.0.tx, self.0.setting)
    }

    /// Runs one change; gives the number of rows it touched.
    ///
    /// # Errors
    /// [`Fault`] when the database fails or refuses.
    pub async fn run(&mut self, change: &Change, binds: Binds) -> Result<u64, Fault> {
        let plan = self.plan(&change.0)?;
        if let Some((notes, plan)) = &plan
            && !plan.binds.is_empty()
        {
            notes.bound(plan, &binds);
        }
        self.carry_out(&change.0, binds, plan.as_ref()).await
    }

    /// For what of the spine goes past rows and their notes.
    pub(crate) fn tx(&mut self) -> &mut Transaction {
        self.0.tx
    }

    /// Says that very much is about to be written (`wide`), or that it is done: the database may
    /// use some 250 MB of memory in between. Rows and results are the same either way.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn make_room(&mut self, wide: bool) -> Result<(), Fault> {
        for statement in self.0.setting.dialect.room(wide) {
            self.0.tx.run(statement, Vec::new()).await?;
        }
        Ok(())
    }

    /// Inserts many rows with few statements. `head` is `INSERT INTO t (a, b) VALUES `, `tail` what
    /// follows the rows (`""` or ` ON CONFLICT …`); every row has the same number of values.
    ///
    /// # Errors
    /// [`Fault`] when the database fails or refuses.
    pub async fn insert_many(
        &mut self,
        head: &'static str,
        tail: &'static str,
        rows: Vec<Binds>,
    ) -> Result<(), Fault> {
        self.insert_each(head, tail, &mut rows.into_iter()).await
    }

    /// As [`Writer::insert_many`], of rows that are made as they are asked for.
    ///
    /// # Errors
    /// [`Fault`] when the database fails or refuses.
    pub async fn insert_each(
        &mut self,
        head: &'static str,
        tail: &'static str,
        rows: Rows<'_>,
    ) -> Result<(), Fault> {
        let mut rows = rows.peekable();
        let Some(width) = rows.peek().map(Vec::len) else {
            return Ok(());
        };
        let plan = self.plan(&format!("{head}{tail}"))?;
        let noted = plan.as_ref().filter(|(_, plan)| !plan.binds.is_empty());
        let mut count = 0;
        let mut rows = rows.inspect(|row| {
            count += 1;
            if let Some((notes, plan)) = noted {
                notes.bound(plan, row);
            }
        });
        let asked = plan.is_some() && noted.is_none();
        if self.dialect().travels() && !asked && !tail.contains('$') {
            self.0.tx.insert((head, tail), &mut rows).await?;
        } else {
            let at_once = rows_at_once(width);
            let (mut text, mut fits) = (String::new(), 0);
            loop {
                let batch: Vec<Binds> = rows.by_ref().take(at_once).collect();
                if batch.is_empty() {
                    break;
                }
                if batch.len() != fits {
                    fits = batch.len();
                    text = self.rows_text(head, tail, width, fits);
                }
                let binds = batch.into_iter().flatten().collect();
                self.carry_out(&text, binds, plan.as_ref()).await?;
            }
        }
        drop(rows);
        if let Some(table) = table_of(head) {
            *self.0.setting.grown().entry(table).or_default() += count;
        }
        Ok(())
    }

    /// Has the database count again what grew very much. PostgreSQL would do so within minutes by
    /// itself; until then it takes the table for empty and reads all of it where it should look
    /// things up. A table that was large before is still about what it was.
    pub(crate) async fn take_stock(&mut self) -> Result<(), Fault> {
        let grown = std::mem::take(&mut *self.0.setting.grown());
        for (table, rows) in grown.into_iter().filter(|(_, rows)| *rows >= VERY_MUCH) {
            let Some((known, statement)) = self.dialect().take_stock(table) else {
                continue;
            };
            let known = self.0.count(&Select::new(known), binds![table]).await?;
            if i64::try_from(rows).unwrap_or(i64::MAX) >= known / OLD_COUNT_DOES {
                self.0.tx.run(&statement, Vec::new()).await?;
            }
        }
        Ok(())
    }

    /// Inserts into several tables and makes one change. Where statements travel and the rows are
    /// few, all of it is one statement, which is given back to be carried out with the commit: a
    /// trip costs more than writing a row.
    pub(crate) async fn insert_together(
        &mut self,
        tables: Vec<Rowset>,
        last: (&Change, Binds),
    ) -> Result<Vec<(String, Binds)>, Fault> {
        let tables: Vec<Rowset> = tables
            .into_iter()
            .filter(|one| !one.rows.is_empty())
            .collect();
        let total: usize = tables.iter().map(|one| one.width() * one.rows.len()).sum();
        if !self.dialect().travels() && total <= MOST_TOGETHER {
            // Row by row: for several at once SQLite keeps a journal, in case one is refused.
            let mut statements = Vec::with_capacity(tables.len() + 1);
            for table in tables {
                let text = self.rows_text(table.head, table.tail, table.width(), 1);
                statements.push((text, table.rows));
            }
            statements.push((last.0.0.to_string(), vec![last.1]));
            self.0.tx.run_rows(statements).await?;
            return Ok(Vec::new());
        }
        if total > MOST_TOGETHER {
            for table in tables {
                self.insert_many(table.head, table.tail, table.rows).await?;
            }
            self.run(last.0, last.1).await?;
            return Ok(Vec::new());
        }
        let (mut text, mut binds) = (
            String::with_capacity(1_024),
            Binds::with_capacity(total + 3),
        );
        for (n, table) in tables.into_iter().enumerate() {
            text.push_str(if n == 0 { "WITH part_" } else { ", part_" });
            text.push_str(&n.to_string());
            text.push_str(" AS (");
            let size = (table.width(), table.rows.len());
            push_values(&mut text, (table.head, table.tail), size, binds.len());
            text.push(')');
            binds.extend(table.rows.into_iter().flatten());
        }
        text.push(' ');
        text.push_str(&renumbered(&last.0.0, binds.len()));
        binds.extend(last.1);
        Ok(vec![(text, binds)])
    }

    /// Carries out what [`Writer::insert_together`] gave back.
    pub(crate) async fn run_text(&mut self, text: &str, binds: Binds) -> Result<(), Fault> {
        self.0.tx.run(text, binds).await?;
        Ok(())
    }

    /// The text of an insertion; SQLite is given the places without numbers at once, which it wants
    /// in the end.
    fn rows_text(&self, head: &str, tail: &str, width: usize, rows: usize) -> String {
        if self.dialect().travels() || tail.contains('$') {
            return values_text(head, tail, width, rows);
        }
        let mut text = String::with_capacity(head.len() + tail.len() + rows * (width * 3 + 2));
        text.push_str(head);
        for row in 0..rows {
            text.push_str(if row == 0 { "(?" } else { ", (?" });
            (1..width).for_each(|_| text.push_str(", ?"));
            text.push(')');
        }
        text.push_str(tail);
        text
    }

    /// What is to be noted of a statement, and where.
    fn plan(&self, text: &str) -> Result<Option<Noted>, Fault> {
        let Some(notes) = &self.0.setting.notes else {
            return Ok(None);
        };
        let plan = notes.plan(text)?;
        Ok(plan.map(|plan| (Arc::clone(notes), plan)))
    }

    /// Runs a statement; where its binds do not tell what it writes, it gives its rows back.
    async fn carry_out(
        &mut self,
        text: &str,
        binds: Binds,
        plan: Option<&Noted>,
    ) -> Result<u64, Fault> {
        let asked = plan.filter(|(_, plan)| plan.binds.is_empty());
        let Some((notes, plan)) = asked else {
            return self.0.tx.run(text, binds).await;
        };
        let text = format!("{text}{}", plan.returning);
        let mut given = 0;
        let mut note = |row: Row| {
            notes.given_back(plan, row);
            given += 1;
            Ok(())
        };
        self.0.tx.each(&text, binds, &mut note).await?;
        Ok(given)
    }
}

/// Rows for one table, as [`Writer::insert_many`] takes them.
pub(crate) struct Rowset {
    head: &'static str,
    tail: &'static str,
    rows: Vec<Binds>,
}

impl Rowset {
    pub(crate) fn new(head: &'static str, tail: &'static str, rows: Vec<Binds>) -> Rowset {
        Rowset { head, tail, rows }
    }

    fn width(&self) -> usize {
        self.rows.first().map_or(0, Vec::len)
    }
}

impl Setting {
    fn grown(&self) -> std::sync::MutexGuard<'_, BTreeMap<&'static str, usize>> {
        self.grown.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Rows of one table in one transaction from which on old counts mislead.
const VERY_MUCH: usize = 10_000;
/// They mislead when the table grew by one part in so many; PostgreSQL's own measure is a tenth.
const OLD_COUNT_DOES: i64 = 10;

/// The table that an `INSERT INTO t (…` names.
fn table_of(head: &'static str) -> Option<&'static str> {
    head.strip_prefix("INSERT INTO ")?.split([' ', '(']).next()
}

/// Beyond so many binds a trip more is no matter, and the texts would crowd the statement cache.
const MOST_TOGETHER: usize = 400;

/// Both databases limit the binds of one statement; SQLite's 32,766 is the lower limit, and short
/// statements stay in the statement cache.
pub(crate) fn rows_at_once(width: usize) -> usize {
    (MOST_BINDS / width.max(1)).clamp(1, 500)
}

const MOST_BINDS: usize = 4_000;

pub(crate) fn values_text(head: &str, tail: &str, width: usize, rows: usize) -> String {
    let mut text = String::with_capacity(head.len() + tail.len() + rows * width * 6);
    push_values(&mut text, (head, tail), (width, rows), 0);
    text
}

/// Adds an insertion whose places are numbered behind the first `before`.
fn push_values(
    text: &mut String,
    (head, tail): (&str, &str),
    (width, rows): (usize, usize),
    before: usize,
) {
    text.push_str(head);
    let mut number = before;
    for row in 0..rows {
        text.push_str(if row == 0 { "(" } else { ", (" });
        for column in 0..width {
            number += 1;
            text.push_str(if column == 0 { "$" } else { ", $" });
            push_number(text, number);
        }
        text.push(')');
    }
    text.push_str(tail);
}

fn push_number(text: &mut String, number: usize) {
    if number >= 10 {
        push_number(text, number / 10);
    }
    text.extend(
        u32::try_from(number % 10)
            .ok()
            .and_then(|digit| char::from_digit(digit, 10)),
    );
}

impl<'a> Deref for Writer<'a> {
    type Target = Reader<'a>;
    fn deref(&self) -> &Reader<'a> {
        &self.0
    }
}

impl<'a> DerefMut for Writer<'a> {
    fn deref_mut(&mut self) -> &mut Reader<'a> {
        &mut self.0
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn writes_rows_of_placeholders() {
        let text = super::values_text(
            "INSERT INTO t (a, b) VALUES ",
            " ON CONFLICT DO NOTHING",
            2,
            2,
        );
        assert_eq!(
            text,
            "INSERT INTO t (a, b) VALUES ($1, $2), ($3, $4) ON CONFLICT DO NOTHING"
        );
        assert_eq!(
            super::renumbered("UPDATE t SET a = $1, b = $12 WHERE c = 1", 8),
            "UPDATE t SET a = $9, b = $20 WHERE c = 1"
        );
    }
}
