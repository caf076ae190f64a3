//! The database without the spine, as whoever has its password may use it.

use std::path::Path;

use rusqlite::Connection;
use sqlx::{Connection as _, Executor as _};

/// Carries out a statement; the error in the database's words.
pub async fn run(url: &str, statement: &str) -> Result<(), String> {
    if let Some(path) = url.strip_prefix("sqlite://") {
        let connection = Connection::open(path).expect("the books");
        return connection
            .execute_batch(statement)
            .map_err(|error| error.to_string());
    }
    let mut connection = sqlx::PgConnection::connect(url).await.expect("the server");
    let done = connection
        .execute(sqlx::AssertSqlSafe(statement.to_owned()))
        .await;
    done.map(|_| ()).map_err(|error| error.to_string())
}

/// Changes books in a folder; an administrator's triggers do not stop him.
pub fn edit(folder: &Path, statements: &[&str]) {
    let connection = Connection::open(folder.join("books.db")).unwrap();
    let mut triggers = connection
        .prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        .unwrap();
    let names: Vec<String> = triggers
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    for name in names {
        let drop = format!("DROP TRIGGER {name}");
        connection.execute_batch(&drop).unwrap();
    }
    for statement in statements {
        let touched = connection.execute(statement, []).unwrap();
        assert!(touched > 0, "the tampering touched nothing");
    }
}
