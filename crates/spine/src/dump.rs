//! The whole books as rows, for a backup and its way back 整库导出与装入.
//!
//! A [`Snapshot`] is one reading transaction: what it gives is one state of the books, however busy
//! the program is. [`Loading`] is one writing transaction on a schema without rows: all or nothing.
//! Both know only the three column types of the house, so that books of one database can be
//! loaded into the other.

use crate::link::Transaction;
use crate::row::Got;
use crate::{Binds, Db, Dialect, Fault, Row, Value};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// `TEXT`
    Text,
    /// `BIGINT`
    Int,
    /// `BLOB` / `BYTEA`
    Bytes,
}

impl ColumnKind {
    fn of(declared: &str) -> Result<ColumnKind, Fault> {
        match declared.to_ascii_uppercase().as_str() {
            "TEXT" => Ok(ColumnKind::Text),
            // The number of the row itself, on SQLite.
            "BIGINT" | "INTEGER" => Ok(ColumnKind::Int),
            "BLOB" | "BYTEA" => Ok(ColumnKind::Bytes),
            other => Err(Fault::new(format!("a column of the type {other}"))),
        }
    }

    /// The null of this kind.
    #[must_use]
    pub fn null(self) -> Value {
        match self {
            ColumnKind::Text => Value::Text(None),
            ColumnKind::Int => Value::Int(None),
            ColumnKind::Bytes => Value::Bytes(None),
        }
    }
}

/// One column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: ColumnKind,
}

/// One table with its columns in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns.
    pub columns: Vec<Column>,
}

/// Says which steps of the schema were taken; every database writes it for itself.
const OWN_STEPS: &str = "schema_migration";

/// The names come out of the database's own catalogue; what is not plain is refused, so that they
/// can stand in a statement.
fn plain(name: String) -> Result<String, Fault> {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if !name.is_empty() && name.chars().all(fits) {
        return Ok(name);
    }
    Err(Fault::new(format!("a table or column called {name}")))
}

async fn tables(tx: &mut Transaction, dialect: Dialect) -> Result<Vec<Table>, Fault> {
    let rows = tx.all(dialect.list_types(), Vec::new()).await?;
    let mut tables: Vec<Table> = Vec::new();
    for row in rows {
        let table = plain(row.get("table_name")?)?;
        if table == OWN_STEPS {
            continue;
        }
        let column = Column {
            name: plain(row.get("column_name")?)?,
            kind: ColumnKind::of(&row.get::<String>("column_type")?)?,
        };
        match tables.last_mut() {
            Some(last) if last.name == table => last.columns.push(column),
            _ => tables.push(Table {
                name: table,
                columns: vec![column],
            }),
        }
    }
    Ok(tables)
}

fn values(row: Row, table: &Table) -> Result<Binds, Fault> {
    let cells = table.columns.iter().zip(row.values);
    cells
        .map(|(column, got)| match (column.kind, got) {
            (kind, Got::Null) => Ok(kind.null()),
            (ColumnKind::Text, Got::Text(text)) => Ok(Value::Text(Some(text))),
            (ColumnKind::Int, Got::Int(number)) => Ok(Value::Int(Some(number))),
            (ColumnKind::Bytes, Got::Bytes(bytes)) => Ok(Value::Bytes(Some(bytes))),
            _ => {
                let (table, column) = (&table.name, &column.name);
                Err(Fault::new(format!(
                    "{table}.{column} holds what it must not"
                )))
            }
        })
        .collect()
}

async fn each_row(
    tx: &mut Transaction,
    table: &Table,
    visit: &mut (dyn FnMut(Binds) -> Result<(), Fault> + Send),
) -> Result<(), Fault> {
    let names: Vec<String> = table
        .columns
        .iter()
        .map(|c| format!("\"{}\"", c.name))
        .collect();
    let text = format!("SELECT {} FROM \"{}\"", names.join(", "), table.name);
    let mut one = |row| visit(values(row, table)?);
    tx.each(&text, Vec::new(), &mut one).await
}

/// One state of the books.
pub struct Snapshot {
    pub(crate) tx: Transaction,
    dialect: Dialect,
}

impl Db {
    /// Holds on to the books as they are now; others go on reading and writing.
    ///
    /// # Errors
    /// [`Fault`] when the database does not answer.
    pub async fn snapshot(&self) -> Result<Snapshot, Fault> {
        let begin = self.dialect.begin_read();
        Ok(Snapshot {
            tx: self.reader.begin(begin).await?,
            dialect: self.dialect,
        })
    }

    /// Begins to load books into a schema without rows.
    ///
    /// # Errors
    /// [`Fault`] when the database does not answer.
    pub async fn loading(&self) -> Result<Loading, Fault> {
        let begin = self.dialect.begin_write();
        let mut tx = self.writer.begin(begin).await?;
        if let Some(statement) = self.dialect.check_references_last() {
            tx.run(statement, Vec::new()).await?;
        }
        let mut again = Vec::new();
        if let Some(statement) = self.dialect.list_reference_statements() {
            let rows = tx.all(statement, Vec::new()).await?;
            for row in rows {
                let gone: String = row.get("gone")?;
                tx.run(&gone, Vec::new()).await?;
                again.push(row.get::<String>("again")?);
            }
        }
        let tables = tables(&mut tx, self.dialect).await?;
        // A step of the schema may have put a first row in; the archive brings its own.
        for table in &tables {
            // Asked first: a table that is only added to refuses the mere word.
            let any = format!("SELECT 1 AS one FROM \"{}\" LIMIT 1", table.name);
            let row = tx.first(&any, Vec::new()).await?;
            if row.is_some() {
                let text = format!("DELETE FROM \"{}\"", table.name);
                tx.run(&text, Vec::new()).await?;
            }
        }
        Ok(Loading { tx, tables, again })
    }
}

impl Snapshot {
    /// The tables, by name, without the list of the schema's own steps.
    ///
    /// # Errors
    /// [`Fault`] when the database fails or holds something that is not of this house.
    pub async fn tables(&mut self) -> Result<Vec<Table>, Fault> {
        tables(&mut self.tx, self.dialect).await
    }

    /// The newest step of the schema in this state.
    ///
    /// # Errors
    /// [`Fault`] when the database fails or holds no schema of ours.
    pub async fn schema_version(&mut self) -> Result<i64, Fault> {
        const NEWEST: &str = "SELECT max(version) AS n FROM schema_migration";
        let row = self.tx.first(NEWEST, Vec::new()).await?;
        row.ok_or_else(|| Fault::new("no step of the schema"))?
            .get("n")
    }

    /// Shows every row of a table, in no order that means anything.
    ///
    /// # Errors
    /// [`Fault`] when the database fails, or what `visit` gives.
    pub async fn each_row(
        &mut self,
        table: &Table,
        visit: &mut (dyn FnMut(Binds) -> Result<(), Fault> + Send),
    ) -> Result<(), Fault> {
        each_row(&mut self.tx, table, visit).await
    }
}

/// Books on their way into a database.
pub struct Loading {
    tx: Transaction,
    tables: Vec<Table>,
    again: Vec<String>,
}

impl Loading {
    /// The tables of the schema, by name.
    #[must_use]
    pub fn tables(&self) -> &[Table] {
        &self.tables
    }

    /// Puts rows into a table; each has a value for every column.
    ///
    /// # Errors
    /// [`Fault`] when the database fails or refuses.
    pub async fn insert(&mut self, table: &Table, rows: Vec<Binds>) -> Result<(), Fault> {
        let width = table.columns.len().max(1);
        let names: Vec<String> = table
            .columns
            .iter()
            .map(|c| format!("\"{}\"", c.name))
            .collect();
        let head = format!(
            "INSERT INTO \"{}\" ({}) VALUES ",
            table.name,
            names.join(", ")
        );
        let at_once = crate::books::rows_at_once(width);
        let mut rest = rows.into_iter().peekable();
        while rest.peek().is_some() {
            let batch = &mut rest.by_ref().take(at_once);
            self.tx.insert((&head, ""), batch).await?;
        }
        Ok(())
    }

    /// Shows every row of a table as it stands now, to compare it with what was put in.
    ///
    /// # Errors
    /// [`Fault`] when the database fails, or what `visit` gives.
    pub async fn each_row(
        &mut self,
        table: &Table,
        visit: &mut (dyn FnMut(Binds) -> Result<(), Fault> + Send),
    ) -> Result<(), Fault> {
        each_row(&mut self.tx, table, visit).await
    }

    /// Checks the references between tables and keeps everything.
    ///
    /// # Errors
    /// [`Fault`] when a reference leads nowhere; then nothing is kept.
    pub async fn commit(mut self) -> Result<(), Fault> {
        for statement in &self.again {
            self.tx.run(statement, Vec::new()).await?;
        }
        self.tx.commit().await?;
        Ok(())
    }
}
