//! Where statements meet a database 数据库连接.
//!
//! SQLite is a library and answers on the thread that asks ([`sqlite`]); PostgreSQL is a server and
//! is waited for ([`postgres`]). Everybody else sees a [`Pool`], a [`Transaction`] and [`Row`]s.

use std::pin::Pin;

use crate::books::values_text;
use crate::row::Row;
use crate::{Binds, Dialect, Fault};

mod arrays;
mod copied;
mod postgres;
mod sqlite;
mod writeback;

/// Connections of one kind: all read, or all write.
#[derive(Clone)]
pub(crate) enum Pool {
    Sqlite(sqlite::Pool),
    Postgres(postgres::Pool),
}

/// Statements that take effect together or not at all; dropped without a word, not at all.
pub(crate) enum Transaction {
    Sqlite(sqlite::Transaction),
    Postgres(postgres::Transaction),
}

/// What is called for each row of an answer.
pub(crate) type Visit<'v> = &'v mut (dyn FnMut(Row) -> Result<(), Fault> + Send);

/// A question that is under way.
pub(crate) type Asked = Pin<Box<dyn Future<Output = Result<Vec<Row>, Fault>> + Send>>;

/// Rows of one width, made as they are asked for.
pub type Rows<'r> = &'r mut (dyn Iterator<Item = Binds> + Send);

impl Pool {
    /// Opens the first connection, so that what is wrong with the address is said now.
    pub(crate) async fn open(
        url: &str,
        dialect: Dialect,
        size: u32,
        reads: bool,
    ) -> Result<Pool, Fault> {
        let greeting = dialect.greeting(reads);
        match dialect {
            Dialect::Sqlite => sqlite::Pool::open(url, greeting, size, reads).map(Pool::Sqlite),
            Dialect::Postgres => postgres::Pool::open(url, greeting, size)
                .await
                .map(Pool::Postgres),
        }
    }

    pub(crate) async fn begin(&self, how: &'static str) -> Result<Transaction, Fault> {
        match self {
            Pool::Sqlite(pool) => pool.begin(how).await.map(Transaction::Sqlite),
            Pool::Postgres(pool) => pool.begin(how).await.map(Transaction::Postgres),
        }
    }

    /// All rows of one statement that is a transaction by itself.
    pub(crate) async fn all(&self, text: &str, binds: Binds) -> Result<Vec<Row>, Fault> {
        match self {
            Pool::Sqlite(pool) => pool.lease().await?.all(text, &binds),
            Pool::Postgres(pool) => pool.lease().await?.all(text, binds).await,
        }
    }

    /// The first row of one statement that is a transaction by itself.
    pub(crate) async fn first(&self, text: &str, binds: Binds) -> Result<Option<Row>, Fault> {
        match self {
            Pool::Sqlite(pool) => pool.lease().await?.first(text, &binds),
            Pool::Postgres(pool) => pool.lease().await?.first(text, binds).await,
        }
    }

    /// Carries out one statement that is a transaction by itself; gives the rows it touched.
    pub(crate) async fn run(&self, text: &str, binds: Binds) -> Result<u64, Fault> {
        match self {
            Pool::Sqlite(pool) => pool.lease().await?.run(text, &binds),
            Pool::Postgres(pool) => pool.lease().await?.run(text, binds).await,
        }
    }

    /// Waits for those who have a connection and closes all.
    pub(crate) async fn close(&self) {
        match self {
            Pool::Sqlite(pool) => pool.close().await,
            Pool::Postgres(pool) => pool.close().await,
        }
    }
}

/// Does work of many statements as the database likes it best.
pub(crate) async fn together<W: Future>(dialect: Dialect, work: W) -> W::Output {
    match dialect {
        Dialect::Sqlite => sqlite::together(work).await,
        Dialect::Postgres => work.await,
    }
}

impl Transaction {
    pub(crate) async fn all(&mut self, text: &str, binds: Binds) -> Result<Vec<Row>, Fault> {
        match self {
            Transaction::Sqlite(tx) => tx.lease().all(text, &binds),
            Transaction::Postgres(tx) => tx.connection().all(text, binds).await,
        }
    }

    pub(crate) async fn first(&mut self, text: &str, binds: Binds) -> Result<Option<Row>, Fault> {
        match self {
            Transaction::Sqlite(tx) => tx.lease().first(text, &binds),
            Transaction::Postgres(tx) => tx.connection().first(text, binds).await,
        }
    }

    pub(crate) async fn run(&mut self, text: &str, binds: Binds) -> Result<u64, Fault> {
        match self {
            Transaction::Sqlite(tx) => tx.lease().run(text, &binds),
            Transaction::Postgres(tx) => tx.connection().run(text, binds).await,
        }
    }

    /// Carries out statements in their order, each with every row of its values.
    pub(crate) async fn run_rows(
        &mut self,
        statements: Vec<(String, Vec<Binds>)>,
    ) -> Result<(), Fault> {
        match self {
            Transaction::Sqlite(tx) => tx.lease().run_rows(&statements),
            Transaction::Postgres(tx) => {
                for (text, rows) in statements {
                    for binds in rows {
                        tx.connection().run(&text, binds).await?;
                    }
                }
                Ok(())
            }
        }
    }

    /// Asks without waiting for the answer, where that saves a trip to a server; there the answer
    /// and what is said meanwhile must be waited for together.
    pub(crate) async fn ask(&mut self, text: &str, binds: Binds) -> Result<Option<Asked>, Fault> {
        match self {
            Transaction::Sqlite(_) => Ok(None),
            Transaction::Postgres(tx) => tx.connection().ask(text, binds).await.map(Some),
        }
    }

    /// Inserts rows of one width, in few trips to the server. SQLite is given them row by row, each
    /// in places of its own.
    pub(crate) async fn insert(
        &mut self,
        (head, tail): (&str, &str),
        rows: Rows<'_>,
    ) -> Result<(), Fault> {
        match self {
            Transaction::Sqlite(tx) => {
                let rows: Vec<Binds> = rows.collect();
                let width = rows.first().map_or(0, Vec::len);
                let text = values_text(head, tail, width, rows.len());
                let binds: Binds = rows.into_iter().flatten().collect();
                tx.lease().run(&text, &binds).map(|_| ())
            }
            Transaction::Postgres(tx) => tx.connection().insert((head, tail), rows).await,
        }
    }

    /// Calls `visit` for one row after the other; none is kept.
    pub(crate) async fn each(
        &mut self,
        text: &str,
        binds: Binds,
        visit: Visit<'_>,
    ) -> Result<(), Fault> {
        match self {
            Transaction::Sqlite(tx) => tx.lease().each(text, &binds, visit),
            Transaction::Postgres(tx) => tx.connection().each(text, binds, visit).await,
        }
    }

    pub(crate) async fn commit(self) -> Result<(), Fault> {
        self.commit_with(Vec::new()).await
    }

    /// Carries out statements and commits, in one trip where statements travel.
    pub(crate) async fn commit_with(self, last: Vec<(String, Binds)>) -> Result<(), Fault> {
        match self {
            Transaction::Sqlite(mut tx) => {
                for (text, binds) in last {
                    tx.lease().run(&text, &binds)?;
                }
                tx.commit()
            }
            Transaction::Postgres(tx) => tx.commit_with(last).await,
        }
    }

    pub(crate) async fn rollback(self) -> Result<(), Fault> {
        match self {
            Transaction::Sqlite(_) => Ok(()),
            Transaction::Postgres(tx) => tx.rollback().await,
        }
    }
}
