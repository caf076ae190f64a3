//! The database without the spine, as whoever has its password may use it.

use std::path::Path;

use rusqlite::Connection;
use tokio_postgres::{Client, NoTls};

/// Carries out a statement; the error in the database's words.
pub async fn run(url: &str, statement: &str) -> Result<(), String> {
    if let Some(path) = url.strip_prefix("sqlite://") {
        let connection = Connection::open(path).expect("the books");
        return connection
            .execute_batch(statement)
            .map_err(|error| error.to_string());
    }
    let done = connect(url).await.batch_execute(statement).await;
    done.map_err(|error| match error.as_db_error() {
        Some(said) => said.message().to_owned(),
        None => error.to_string(),
    })
}

/// A connection to a PostgreSQL server.
pub async fn connect(url: &str) -> Client {
    let connected = tokio_postgres::connect(url, NoTls).await;
    let (client, carrying) = connected.expect("the server");
    tokio::spawn(carrying);
    client
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
