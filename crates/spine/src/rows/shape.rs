//! Which tables and columns are noted: all of them, but those that are left out for a reason 留痕范围.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::OnceCell;

use super::plan::{Plan, plan};
use crate::{Db, Dialect, Fault, LOG_TABLES, Migration, Select};

/// A table, or some columns of one, whose rows are not noted.
#[derive(Clone, Copy, Debug)]
pub struct LeftOut {
    /// The table.
    pub table: &'static str,
    /// Its columns; empty for the whole table.
    pub columns: &'static [&'static str],
    /// Why nothing is lost by it.
    pub reason: &'static str,
}

/// How the rows of the books are noted.
#[derive(Clone, Copy, Debug, Default)]
pub struct RowRules {
    /// What is not noted.
    pub left_out: &'static [LeftOut],
    /// Columns of which only a salted digest is noted, in whatever table they stand.
    pub veiled: &'static [&'static str],
    /// The steps that made the tables. What they took away is not missed, and the triggers that
    /// they made must be there.
    pub made: &'static [Migration],
}

impl RowRules {
    /// Whether a column is not noted; with an empty name, whether the whole table is not.
    pub(crate) fn leave_out(&self, table: &str, column: &str) -> bool {
        let left_out = |out: &LeftOut| {
            out.table == table && (out.columns.is_empty() || out.columns.contains(&column))
        };
        LOG_TABLES.contains(&table)
            || MACHINERY.contains(&table)
            || self.left_out.iter().any(left_out)
    }
}

/// The spine's own tables: the log proves itself, and the rest is machinery that no act writes.
const MACHINERY: &[&str] = &[
    "log_consumer",
    "idempotency",
    "access_record",
    "job",
    "schema_migration",
];

/// One column of a table.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    pub(crate) name: String,
    /// Only a digest of it is noted.
    pub(crate) veiled: bool,
    /// The database fills it when a statement does not name it.
    pub(crate) defaulted: bool,
}

/// One table whose rows are noted.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub(crate) name: String,
    pub(crate) columns: Vec<Column>,
    /// Places in `columns` of the primary key, in its order.
    pub(crate) key: Vec<usize>,
}

impl Table {
    pub(crate) fn place(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|known| known.name == column)
    }
}

/// The tables whose rows are noted, in the order of their names.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shape {
    pub(crate) tables: Vec<Table>,
    by_name: HashMap<String, usize>,
    /// Tables without a primary key: no step makes such, and their rows cannot be noted.
    pub(crate) keyless: Vec<String>,
}

impl Shape {
    pub(crate) fn find(&self, table: &str) -> Option<usize> {
        self.by_name.get(table).copied()
    }

    pub(crate) fn made_of(tables: Vec<Table>) -> Shape {
        let keyed = |table: &Table| !table.key.is_empty();
        let (tables, keyless): (Vec<Table>, Vec<Table>) = tables.into_iter().partition(keyed);
        let names = tables.iter().enumerate();
        let by_name = names.map(|(n, table)| (table.name.clone(), n)).collect();
        Shape {
            tables,
            by_name,
            keyless: keyless.into_iter().map(|table| table.name).collect(),
        }
    }

    async fn of(db: &Db, rules: &RowRules) -> Result<Shape, Fault> {
        let mut tables: Vec<Table> = Vec::new();
        let mut keys = Vec::new();
        let columns = Select::new(db.dialect().list_keyed_columns());
        for row in db.read(&columns, Vec::new()).await? {
            let (table, column): (String, String) =
                (row.get("table_name")?, row.get("column_name")?);
            if rules.leave_out(&table, &column) {
                continue;
            }
            if tables.last().is_none_or(|last| last.name != table) {
                tables.push(Table {
                    name: table,
                    columns: Vec::new(),
                    key: Vec::new(),
                });
            }
            let key_place: i64 = row.get("key_place")?;
            let number = tables.len();
            let Some(table) = tables.last_mut() else {
                continue;
            };
            if key_place > 0 {
                keys.push((number, key_place, table.columns.len()));
            }
            table.columns.push(Column {
                veiled: rules.veiled.contains(&column.as_str()),
                defaulted: row.get::<i64>("defaulted")? != 0,
                name: column,
            });
        }
        // The columns of a key stand in the order of the key, which is the order of its index.
        keys.sort_unstable();
        for (number, _, place) in keys {
            tables[number - 1].key.push(place);
        }
        Ok(Shape::made_of(tables))
    }
}

/// The rules, and the shape of the books, read when it is needed first.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    rules: RowRules,
    shape: OnceCell<Arc<Shape>>,
    /// What was read from the texts of statements; they are few, and come again with every act.
    plans: Mutex<HashMap<String, Option<Arc<Plan>>>>,
}

/// Statements whose reading is kept. Those put together from lists of any length are more.
const KEPT: usize = 1_000;

impl Ledger {
    pub(crate) fn new(rules: RowRules) -> Ledger {
        Ledger {
            rules,
            ..Ledger::default()
        }
    }

    /// What a statement writes, read once.
    pub(crate) fn plan(
        &self,
        text: &str,
        shape: &Shape,
        dialect: Dialect,
    ) -> Result<Option<Arc<Plan>>, Fault> {
        let kept = || self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = kept().get(text) {
            return Ok(known.clone());
        }
        let read = plan(text, shape, dialect)?.map(Arc::new);
        let mut plans = kept();
        if plans.len() < KEPT {
            plans.insert(text.to_owned(), read.clone());
        }
        Ok(read)
    }

    pub(crate) async fn shape(&self, db: &Db) -> Result<Arc<Shape>, Fault> {
        let read = async || Shape::of(db, &self.rules).await.map(Arc::new);
        self.shape.get_or_try_init(read).await.map(Arc::clone)
    }

    /// The shape of this moment, whatever it was when the program began.
    pub(crate) async fn shape_now(&self, db: &Db) -> Result<Shape, Fault> {
        Shape::of(db, &self.rules).await
    }

    pub(crate) fn rules(&self) -> &RowRules {
        &self.rules
    }
}
