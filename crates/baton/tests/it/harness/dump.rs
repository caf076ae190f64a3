//! Every row of every table, as text, for comparing the books before and after.

use std::collections::BTreeMap;

use super::World;

/// Table → key of the row (its first columns as they come) → column → value.
pub(crate) type Books = BTreeMap<String, Vec<BTreeMap<String, String>>>;

impl World {
    /// Reads all tables but the machinery: log, sessions, jobs, answered requests.
    pub(crate) async fn books(&self) -> Books {
        let spine = &self.house.spine;
        let select = spine::Select::new(match spine.db().dialect() {
            spine::Dialect::Sqlite => spine::Dialect::Sqlite.list_columns(),
            spine::Dialect::Postgres => spine::Dialect::Postgres.list_columns(),
        });
        let rows = spine.db().read(&select, Vec::new()).await.expect("columns");
        let mut columns: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for row in &rows {
            let table: String = row.get("table_name").expect("a table");
            let column: String = row.get("column_name").expect("a column");
            columns.entry(table).or_default().push(column);
        }
        let machinery = [
            "log_",
            "session",
            "job",
            "idempotency",
            "access_",
            "schema_",
            "import_",
        ];
        columns.retain(|table, _| !machinery.iter().any(|name| table.starts_with(name)));
        let mut books = Books::new();
        for (table, columns) in columns {
            let columns: Vec<String> = columns.into_iter().filter(|c| c != "bytes").collect();
            let list: Vec<String> = columns
                .iter()
                .map(|column| format!("CAST({column} AS TEXT) AS {column}"))
                .collect();
            let text = format!("SELECT {} FROM {table}", list.join(", "));
            let select = spine::Select::new(text.leak());
            let found = spine.db().read(&select, Vec::new()).await.expect("rows");
            let value = |row: &spine::Row, column: &String| {
                let value: Option<String> = row.get(column).expect("a text");
                (column.clone(), value.unwrap_or_else(|| "NULL".to_owned()))
            };
            let row = |row| columns.iter().map(|column| value(row, column)).collect();
            let mut rows: Vec<BTreeMap<String, String>> = found.iter().map(row).collect();
            rows.sort();
            books.insert(table, rows);
        }
        books
    }
}
