//! SQLite: a library, and a file 单机数据库.
//!
//! A statement is carried out where it is asked for. It takes microseconds, mostly; for the others,
//! and for those that wait for another process, the thread is taken from the runtime meanwhile, and
//! for a transaction of many small ones once ([`together`]).

use std::borrow::Cow;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags, Statement};
use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::Visit;
use super::writeback::Writeback;
use crate::failure::FaultKind;
use crate::row::{Got, Row};
use crate::{Binds, Fault, Value};

/// How long a connection is waited for.
const PATIENCE: Duration = Duration::from_secs(30);
/// Statements a connection keeps prepared.
const PREPARED: usize = 200;

/// The same arguments always give the same answer, and nothing else happens.
const PURE: FunctionFlags = FunctionFlags::SQLITE_UTF8
    .union(FunctionFlags::SQLITE_DETERMINISTIC)
    .union(FunctionFlags::SQLITE_INNOCUOUS);

/// Connections to one file.
#[derive(Clone)]
pub(crate) struct Pool(Arc<Connections>);

struct Connections {
    path: String,
    flags: OpenFlags,
    greeting: &'static [&'static str],
    size: u32,
    permits: Arc<Semaphore>,
    idle: Mutex<Vec<Connection>>,
    /// Of connections that write.
    writeback: Mutex<Option<Writeback>>,
}

/// A connection while somebody has it.
pub(crate) struct Lease {
    // Nobody waits for the lock: whoever has the lease has it alone. It makes the lease `Sync`.
    connection: Option<Mutex<Connection>>,
    home: Arc<Connections>,
    _permit: OwnedSemaphorePermit,
}

/// A transaction; dropped, it is rolled back.
pub(crate) struct Transaction(Lease);

impl Pool {
    pub(super) fn open(
        url: &str,
        greeting: &'static [&'static str],
        size: u32,
        reads: bool,
    ) -> Result<Pool, Fault> {
        let (path, flags) = address(url)?;
        let writeback = (!reads).then(|| Writeback::beside(&path, flags)).flatten();
        let connections = Connections {
            path,
            flags,
            greeting,
            size,
            permits: Arc::new(Semaphore::new(usize::try_from(size).unwrap_or(1))),
            idle: Mutex::default(),
            writeback: Mutex::new(writeback),
        };
        let first = connections.connect()?;
        connections.idle().push(first);
        Ok(Pool(Arc::new(connections)))
    }

    pub(super) async fn lease(&self) -> Result<Lease, Fault> {
        let permit = Arc::clone(&self.0.permits).acquire_owned();
        let permit = tokio::time::timeout(PATIENCE, permit)
            .await
            .map_err(|_| Fault::new("no connection to the database became free"))?
            .map_err(|_| Fault::new("the database was closed"))?;
        let idle = self.0.idle().pop();
        let connection = match idle {
            Some(connection) => connection,
            None => aside(|| self.0.connect())?,
        };
        Ok(Lease {
            connection: Some(Mutex::new(connection)),
            home: Arc::clone(&self.0),
            _permit: permit,
        })
    }

    pub(super) async fn begin(&self, how: &str) -> Result<Transaction, Fault> {
        let mut lease = self.lease().await?;
        lease.run(how, &[])?;
        Ok(Transaction(lease))
    }

    pub(super) async fn close(&self) {
        // An error says that it is closed already.
        let all = self.0.permits.acquire_many(self.0.size).await;
        if all.is_ok() {
            self.0.permits.close();
            aside(|| {
                self.0.idle().clear();
                self.0.writeback().take().map(Writeback::end)
            });
        }
    }
}

impl Connections {
    fn connect(&self) -> Result<Connection, Fault> {
        let mut connection = Connection::open_with_flags(&self.path, self.flags)?;
        connection.set_prepared_statement_cache_capacity(PREPARED);
        // A plan does not depend on the values bound to it. Else SQLite takes every kept statement
        // with a value in its conditions for stale as soon as its values are cleared, which is at
        // its every use, and compiles it again.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        connection.create_scalar_function("strpos", 2, PURE, |call| strpos(call))?;
        for statement in self.greeting {
            connection.execute_batch(statement)?;
        }
        if let Some(writeback) = &*self.writeback() {
            writeback.watch(&mut connection)?;
        }
        Ok(connection)
    }

    fn writeback(&self) -> std::sync::MutexGuard<'_, Option<Writeback>> {
        self.writeback
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// PostgreSQL's `strpos`: which character of the first text the second one begins at, from 1 on; 0
/// where it is nowhere. SQLite's LIKE and instr look at one character after the other, and where a
/// list is searched for a word that is half of its cost.
fn strpos(call: &Context<'_>) -> rusqlite::Result<Option<i64>> {
    let (ValueRef::Text(text), ValueRef::Text(word)) = (call.get_raw(0), call.get_raw(1)) else {
        return Ok(None);
    };
    let place = memchr::memmem::find(text, word).map(|place| {
        let begins = |byte: &&u8| **byte & 0xC0 != 0x80;
        text[..place].iter().filter(begins).count() + 1
    });
    Ok(Some(i64::try_from(place.unwrap_or(0)).unwrap_or(i64::MAX)))
}

impl Drop for Lease {
    fn drop(&mut self) {
        let Some(connection) = self.connection.take() else {
            return;
        };
        let connection = connection
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        // A connection that cannot be brought back to its beginning is not given to another.
        if connection.is_autocommit() || aside(|| connection.execute_batch("ROLLBACK")).is_ok() {
            self.home.idle().push(connection);
        }
    }
}

impl Transaction {
    pub(super) fn lease(&mut self) -> &mut Lease {
        &mut self.0
    }

    pub(super) fn commit(mut self) -> Result<(), Fault> {
        self.0.run("COMMIT", &[])?;
        Ok(())
    }
}

impl Lease {
    pub(super) fn all(&mut self, text: &str, binds: &[Value]) -> Result<Vec<Row>, Fault> {
        let mut rows = Vec::new();
        self.each(text, binds, &mut |row| {
            rows.push(row);
            Ok(())
        })?;
        Ok(rows)
    }

    pub(super) fn first(&mut self, text: &str, binds: &[Value]) -> Result<Option<Row>, Fault> {
        self.with(text, binds, |statement| {
            let columns = columns(statement);
            let mut rows = statement.raw_query();
            rows.next()?.map(|row| taken(row, &columns)).transpose()
        })
    }

    pub(super) fn each(
        &mut self,
        text: &str,
        binds: &[Value],
        visit: Visit<'_>,
    ) -> Result<(), Fault> {
        self.with(text, binds, |statement| {
            let columns = columns(statement);
            let mut rows = statement.raw_query();
            while let Some(row) = rows.next()? {
                visit(taken(row, &columns)?)?;
            }
            Ok(())
        })
    }

    pub(super) fn run(&mut self, text: &str, binds: &[Value]) -> Result<u64, Fault> {
        self.with(text, binds, |statement| {
            let mut rows = statement.raw_query();
            while rows.next()?.is_some() {}
            Ok(())
        })?;
        let changed = self.connection()?.changes();
        Ok(changed)
    }

    /// Carries out statements in their order, each with every row of its values.
    pub(super) fn run_rows(&mut self, statements: &[(String, Vec<Binds>)]) -> Result<(), Fault> {
        let connection = self.connection()?;
        aside(|| {
            for (text, rows) in statements {
                let mut statement = connection.prepare_cached(&numbered(text))?;
                for binds in rows {
                    bind(&mut statement, binds)?;
                    let mut answer = statement.raw_query();
                    while answer.next()?.is_some() {}
                }
            }
            Ok(())
        })
    }

    fn with<T>(
        &mut self,
        text: &str,
        binds: &[Value],
        work: impl FnOnce(&mut Statement<'_>) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let connection = self.connection()?;
        aside(|| {
            let mut statement = connection.prepare_cached(&numbered(text))?;
            bind(&mut statement, binds)?;
            work(&mut statement)
        })
    }

    fn connection(&mut self) -> Result<&mut Connection, Fault> {
        let connection = self.connection.as_mut();
        let connection = connection.ok_or_else(|| Fault::new("a connection was given back"))?;
        Ok(connection.get_mut().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Works on this thread; where the runtime has others, they take over what else is to be done.
fn aside<T>(work: impl FnOnce() -> T) -> T {
    let runtime = Handle::try_current().map(|handle| handle.runtime_flavor());
    match runtime {
        Ok(RuntimeFlavor::MultiThread) => tokio::task::block_in_place(work),
        _ => work(),
    }
}

/// Does work of many statements. Whenever it goes on, its thread is taken from the runtime once for
/// all of them: that costs some microseconds, as much as a small statement does.
pub(super) async fn together<W: Future>(work: W) -> W::Output {
    let mut work = pin!(work);
    poll_fn(|context| aside(|| work.as_mut().poll(context))).await
}

/// The file of an address, and how it is opened: `sqlite:FILE` or `sqlite://FILE`, with `?mode=ro`,
/// `rw` or `rwc`, which is what holds without a word.
fn address(url: &str) -> Result<(String, OpenFlags), Fault> {
    let path = url.strip_prefix("sqlite:").unwrap_or(url);
    let path = path.strip_prefix("//").unwrap_or(path);
    let (path, mode) = path.rsplit_once("?mode=").unwrap_or((path, "rwc"));
    let how = match mode {
        "ro" => OpenFlags::SQLITE_OPEN_READ_ONLY,
        "rw" => OpenFlags::SQLITE_OPEN_READ_WRITE,
        "rwc" => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
        other => {
            return Err(Fault::new(format!(
                "database_url: mode={other} is not known; it is ro, rw or rwc"
            )));
        }
    };
    Ok((path.to_owned(), how | OpenFlags::SQLITE_OPEN_NO_MUTEX))
}

/// Our `$1` as SQLite finds it by its number. It seeks a numbered one among all others, which costs
/// the square of their number; where they merely count up the numbers say nothing.
fn numbered(text: &str) -> Cow<'_, str> {
    let Some(first) = text.find('$') else {
        return Cow::Borrowed(text);
    };
    let counts_up = places(text, first)
        .enumerate()
        .all(|(n, place)| place.number == n + 1);
    let (mut out, mut done) = (String::with_capacity(text.len()), 0);
    for place in places(text, first) {
        out.push_str(&text[done..place.at]);
        out.push('?');
        done = if counts_up { place.end } else { place.at + 1 };
    }
    out.push_str(&text[done..]);
    Cow::Owned(out)
}

/// Where a `$1` stands in a statement, and its number.
struct Placeholder {
    at: usize,
    end: usize,
    number: usize,
}

fn places(text: &str, from: usize) -> impl Iterator<Item = Placeholder> {
    let bytes = text.as_bytes();
    let mut next = from;
    std::iter::from_fn(move || {
        loop {
            let at = next + bytes.get(next..)?.iter().position(|byte| *byte == b'$')?;
            let (mut end, mut number) = (at + 1, 0);
            while let Some(digit) = bytes.get(end).filter(|byte| byte.is_ascii_digit()) {
                number = number * 10 + usize::from(digit - b'0');
                end += 1;
            }
            next = end;
            // A sign without a number is text.
            if end > at + 1 {
                return Some(Placeholder { at, end, number });
            }
        }
    })
}

fn bind(statement: &mut Statement<'_>, binds: &[Value]) -> Result<(), Fault> {
    for (at, value) in binds.iter().enumerate() {
        statement.raw_bind_parameter(at + 1, bound(value))?;
    }
    Ok(())
}

fn bound(value: &Value) -> ToSqlOutput<'_> {
    ToSqlOutput::Borrowed(match value {
        Value::Text(Some(text)) => ValueRef::Text(text.as_bytes()),
        Value::Int(Some(number)) => ValueRef::Integer(*number),
        Value::Bytes(Some(bytes)) => ValueRef::Blob(bytes),
        Value::Text(None) | Value::Int(None) | Value::Bytes(None) => ValueRef::Null,
    })
}

fn columns(statement: &Statement<'_>) -> Arc<[String]> {
    let names = statement.column_names();
    names.into_iter().map(str::to_owned).collect()
}

fn taken(row: &rusqlite::Row<'_>, columns: &Arc<[String]>) -> Result<Row, Fault> {
    let mut values = Vec::with_capacity(columns.len());
    for at in 0..columns.len() {
        values.push(match row.get_ref(at)? {
            ValueRef::Null => Got::Null,
            ValueRef::Integer(number) => Got::Int(number),
            ValueRef::Real(_) => Got::Other("a real number"),
            ValueRef::Text(text) => match std::str::from_utf8(text) {
                Ok(text) => Got::Text(text.to_owned()),
                Err(_) => Got::Other("a text that is not UTF-8"),
            },
            ValueRef::Blob(bytes) => Got::Bytes(bytes.to_vec()),
        });
    }
    Ok(Row {
        columns: Arc::clone(columns),
        values,
    })
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Fault {
        let kind = match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DatabaseBusy) => FaultKind::Crossed,
            _ => FaultKind::Broken,
        };
        Fault::new(error.to_string()).of_kind(kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_only_count_up_are_left_out() {
        assert_eq!(
            numbered("SELECT a WHERE b = $1 AND c = $2"),
            "SELECT a WHERE b = ? AND c = ?"
        );
        assert_eq!(numbered("SELECT $2, $1, $2"), "SELECT ?2, ?1, ?2");
        assert_eq!(numbered("SELECT $1, $1"), "SELECT ?1, ?1");
        assert_eq!(
            numbered("SELECT '$' WHERE a = $1"),
            "SELECT '$' WHERE a = ?"
        );
        assert_eq!(numbered("SELECT 1"), "SELECT 1");
    }

    #[test]
    fn an_address_names_a_file_and_how_it_is_opened() {
        let path = |url| address(url).map(|(path, _)| path);
        assert_eq!(path("sqlite:///a/b.db").as_deref(), Ok("/a/b.db"));
        assert_eq!(path("sqlite:b.db?mode=ro").as_deref(), Ok("b.db"));
        assert_eq!(path("sqlite:///a?b/c%20.db").as_deref(), Ok("/a?b/c%20.db"));
        assert!(path("sqlite:b.db?mode=memory").is_err());
    }

    async fn pool(folder: &tempfile::TempDir, size: u32) -> Pool {
        let url = format!("sqlite://{}", folder.path().join("a.db").display());
        let pool = Pool::open(&url, &["PRAGMA journal_mode = WAL"], size, false).unwrap();
        let mut lease = pool.lease().await.unwrap();
        lease
            .run(
                "CREATE TABLE IF NOT EXISTS t (a TEXT, b BIGINT, c BLOB)",
                &[],
            )
            .unwrap();
        drop(lease);
        pool
    }

    #[tokio::test]
    async fn values_come_back_as_they_went_in() {
        let folder = tempfile::tempdir().unwrap();
        let pool = pool(&folder, 1).await;
        let mut lease = pool.lease().await.unwrap();
        let values = crate::binds!["接棒", 7, vec![0_u8, 255]];
        assert_eq!(
            lease.run("INSERT INTO t VALUES ($1, $2, $3)", &values),
            Ok(1)
        );
        let nulls = [Value::Text(None), Value::Int(None), Value::Bytes(None)];
        lease
            .run("INSERT INTO t VALUES ($1, $2, $3)", &nulls)
            .unwrap();
        lease
            .run("INSERT INTO t VALUES (1.5, 2, CAST(x'ff' AS TEXT))", &[])
            .unwrap();
        let rows = lease
            .all("SELECT a, b, c FROM t ORDER BY rowid", &[])
            .unwrap();
        let row = [
            Got::Text("接棒".into()),
            Got::Int(7),
            Got::Bytes(vec![0, 255]),
        ];
        assert_eq!(rows[0].values, row);
        assert_eq!(rows[1].values, [Got::Null, Got::Null, Got::Null]);
        assert!(rows[2].get::<Vec<u8>>("c").is_err(), "no column of ours");
        let first = lease.first(
            "SELECT b FROM t WHERE b > $1 ORDER BY b",
            &[Value::Int(Some(2))],
        );
        assert_eq!(first.unwrap().unwrap().get::<i64>("b"), Ok(7));
    }

    #[tokio::test]
    async fn a_word_is_found_as_postgresql_finds_it() {
        let folder = tempfile::tempdir().unwrap();
        let pool = pool(&folder, 1).await;
        let mut lease = pool.lease().await.unwrap();
        for (text, word, place) in [
            ("深圳市腾讯 shenzhen", "腾讯", 4),
            ("深圳市腾讯 shenzhen", "zhen", 11),
            ("深圳市腾讯", "阿里", 0),
            ("a%b", "%", 2),
            ("ab", "%", 0),
            ("ab", "", 1),
        ] {
            let given = [text, word].map(|one| Value::Text(Some(one.to_owned())));
            let found = lease
                .first("SELECT strpos($1, $2) AS n", &given)
                .unwrap()
                .unwrap();
            assert_eq!(found.get::<i64>("n"), Ok(place), "{word} in {text}");
        }
        let null = [Value::Text(None), Value::Text(Some("a".to_owned()))];
        let found = lease.first("SELECT strpos($1, $2) AS n", &null).unwrap();
        assert_eq!(found.unwrap().values, [Got::Null]);
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn work_of_many_statements_may_wait_for_others_in_between() {
        let folder = tempfile::tempdir().unwrap();
        let pool = pool(&folder, 2).await;
        let (told, hears) = tokio::sync::oneshot::channel();
        let work = tokio::spawn(together({
            let pool = pool.clone();
            async move {
                let mut tx = pool.begin("BEGIN IMMEDIATE").await?;
                let text = "INSERT INTO t (b) VALUES ($1)";
                tx.lease().run(text, &[Value::Int(Some(1))])?;
                let more: i64 = hears.await.map_err(|_| Fault::new("nobody told"))?;
                let rows = vec![crate::binds![more], crate::binds![more + 1]];
                tx.lease().run_rows(&[(text.to_owned(), rows)])?;
                tx.commit()
            }
        }));
        tokio::task::yield_now().await;
        told.send(7).unwrap();
        work.await.unwrap().unwrap();
        let rows = pool
            .lease()
            .await
            .unwrap()
            .all("SELECT b FROM t ORDER BY b", &[]);
        let all: Vec<i64> = rows
            .unwrap()
            .iter()
            .map(|row| row.get("b").unwrap())
            .collect();
        assert_eq!(all, [1, 7, 8]);
    }

    #[tokio::test]
    async fn what_was_not_committed_is_gone_and_the_connection_is_as_new() {
        let folder = tempfile::tempdir().unwrap();
        let pool = pool(&folder, 1).await;
        let mut dropped = pool.begin("BEGIN IMMEDIATE").await.unwrap();
        dropped
            .lease()
            .run("INSERT INTO t VALUES ('x', 1, NULL)", &[])
            .unwrap();
        drop(dropped);
        let mut kept = pool.begin("BEGIN IMMEDIATE").await.unwrap();
        kept.lease()
            .run("INSERT INTO t VALUES ('y', 2, NULL)", &[])
            .unwrap();
        kept.commit().unwrap();
        let mut lease = pool.lease().await.unwrap();
        let rows = lease.all("SELECT a FROM t", &[]).unwrap();
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].get::<String>("a").as_deref(), Ok("y"));
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn many_wait_for_few_connections_and_for_the_close() {
        let folder = tempfile::tempdir().unwrap();
        let pool = pool(&folder, 3).await;
        let tasks: Vec<_> = (0..50)
            .map(|n| {
                let pool = pool.clone();
                tokio::spawn(async move {
                    let values = [Value::Int(Some(n))];
                    let mut lease = pool.lease().await?;
                    lease.first("SELECT $1 AS n", &values)
                })
            })
            .collect();
        for (n, task) in (0..).zip(tasks) {
            let row = task.await.unwrap().unwrap().unwrap();
            assert_eq!(row.get::<i64>("n"), Ok(n));
        }
        pool.close().await;
        assert!(pool.lease().await.is_err(), "it is closed");
        pool.close().await;
    }
}
