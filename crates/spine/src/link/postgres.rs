//! PostgreSQL: a server 数据库服务器.
//!
//! The driver sends what it is given at once and waits for the answers apart, in their order. So
//! what does not depend on an answer travels with what is asked before it: a question beside the
//! statements of an act ([`Connection::ask`]), the last statements of a transaction with its commit
//! ([`Transaction::commit_with`]).

use std::error::Error as StdError;
use std::fmt;
use std::pin::pin;
use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use futures_util::future::{FutureExt as _, join, join_all};
use futures_util::{SinkExt as _, TryStreamExt as _};
use hashlink::LruCache;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};
use tokio_postgres::{Client, Column, RowStream, Statement};

use super::arrays::{self, Argument, LONG};
use super::{Asked, Rows, Visit, copied};
use crate::failure::FaultKind;
use crate::row::{Got, Row};
use crate::sql::BY_VALUES;
use crate::{Binds, Fault, Value};

mod pool;

use pool::Lease;
pub(crate) use pool::Pool;

/// Statements that a connection keeps prepared.
const PREPARED: usize = 200;

/// A connection to the server, and the statements that it has prepared.
pub(super) struct Connection {
    client: Arc<Client>,
    prepared: LruCache<String, Statement>,
    /// Whether something was said of which the answer was not heard to its end.
    busy: bool,
}

impl Connection {
    fn new(client: Client) -> Connection {
        Connection {
            client: Arc::new(client),
            prepared: LruCache::new(PREPARED),
            busy: false,
        }
    }

    pub(super) async fn all(&mut self, text: &str, binds: Binds) -> Result<Vec<Row>, Fault> {
        let mut rows = Vec::new();
        let mut keep = |row| {
            rows.push(row);
            Ok(())
        };
        self.each(text, binds, &mut keep).await?;
        Ok(rows)
    }

    pub(super) async fn first(&mut self, text: &str, binds: Binds) -> Result<Option<Row>, Fault> {
        // To the end: an error may come behind the first row.
        let rows = self.all(text, binds).await?;
        Ok(rows.into_iter().next())
    }

    pub(super) async fn each(
        &mut self,
        text: &str,
        binds: Binds,
        visit: Visit<'_>,
    ) -> Result<(), Fault> {
        let mut rows = pin!(self.stream(text, binds).await?);
        let mut names = None;
        while let Some(row) = rows.try_next().await? {
            let columns = names.get_or_insert_with(|| columns(row.columns()));
            visit(taken(&row, columns)?)?;
        }
        self.busy = false;
        Ok(())
    }

    pub(super) async fn run(&mut self, text: &str, binds: Binds) -> Result<u64, Fault> {
        let mut rows = pin!(self.stream(text, binds).await?);
        while rows.try_next().await?.is_some() {}
        self.busy = false;
        Ok(rows.rows_affected().unwrap_or(0))
    }

    /// Asks without waiting. What is said on this connection meanwhile is answered after it, so
    /// both must be waited for together.
    pub(super) async fn ask(&mut self, text: &str, binds: Binds) -> Result<Asked, Fault> {
        let arguments = each_alone(binds);
        let statement = self.prepare(text, &arguments).await?;
        let client = Arc::clone(&self.client);
        Ok(Box::pin(async move {
            let rows = client.query_raw(&statement, arguments.iter().map(Bound));
            let rows: Vec<tokio_postgres::Row> = rows.await?.try_collect().await?;
            let columns = rows.first().map(|row| columns(row.columns()));
            let columns = columns.unwrap_or_default();
            rows.iter().map(|row| taken(row, &columns)).collect()
        }))
    }

    /// Inserts rows of one width; `head` and `tail` are those of [`crate::Writer::insert_many`].
    pub(super) async fn insert(
        &mut self,
        (head, tail): (&str, &str),
        rows: Rows<'_>,
    ) -> Result<(), Fault> {
        loop {
            let some: Vec<Binds> = rows.take(ROWS_TOGETHER).collect();
            if some.is_empty() {
                return Ok(());
            }
            if some.len() >= copied::FROM && tail.is_empty() {
                return self.copy(head, &mut some.into_iter().chain(rows)).await;
            }
            let (text, columns) = arrays::columns((head, tail), some)?;
            let statement = self.prepare(&text, &columns).await?;
            let each = columns.iter().map(Bound);
            self.client.execute_raw(&statement, each).await?;
        }
    }

    /// Inserts rows as a stream: the server writes the first of them while the next are made.
    async fn copy(&mut self, head: &str, rows: Rows<'_>) -> Result<(), Fault> {
        let statement = self.prepare(&copied::statement(head), &[]).await?;
        let mut stream = pin!(self.client.copy_in::<_, Bytes>(&statement).await?);
        let mut bytes = copied::beginning();
        for row in rows {
            copied::push(&mut bytes, &row)?;
            if bytes.len() >= copied::AT_ONCE {
                let full = std::mem::replace(&mut bytes, copied::part());
                stream.send(full.into()).await?;
            }
        }
        copied::end(&mut bytes);
        stream.send(bytes.into()).await?;
        stream.finish().await?;
        Ok(())
    }

    /// A long list is planned for its own values each time. A plan that is kept for any list walks
    /// all that one person holds, and compares each row with every value of the list in turn.
    async fn stream(&mut self, text: &str, binds: Binds) -> Result<RowStream, Fault> {
        self.busy = true;
        let lists = binds.len() > LONG && arrays::may_gather(text);
        if !lists && !text.ends_with(BY_VALUES) {
            let arguments = each_alone(binds);
            let statement = self.prepare(text, &arguments).await?;
            let each = arguments.iter().map(Bound);
            return Ok(self.client.query_raw(&statement, each).await?);
        }
        let gathered = lists.then(|| arrays::gathered(text, &binds)).flatten();
        let (text, arguments) = gathered.unwrap_or_else(|| (text.to_owned(), each_alone(binds)));
        let each = arguments.iter().map(|one| (Bound(one), kind(one)));
        Ok(self.client.query_typed_raw(&text, each).await?)
    }

    /// The statement as the server keeps it for values of these types. Its text is made of
    /// literals: [`crate::Select`], [`crate::Change`] and [`crate::Query`] take nothing else.
    async fn prepare(&mut self, text: &str, arguments: &[Argument]) -> Result<Statement, Fault> {
        let kinds: Vec<Type> = arguments.iter().map(kind).collect();
        if let Some(statement) = self.prepared.get(text)
            && statement.params() == kinds
        {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare_typed(text, &kinds).await?;
        self.prepared.insert(text.to_owned(), statement.clone());
        Ok(statement)
    }

    /// Carries out a statement that has no values and gives no rows.
    async fn say(&self, statement: &str) -> Result<(), Fault> {
        Ok(self.client.batch_execute(statement).await?)
    }
}

/// A transaction; dropped, it is rolled back.
pub(crate) struct Transaction {
    lease: Lease,
    open: bool,
}

impl Transaction {
    async fn begin(lease: Lease, how: &str) -> Result<Transaction, Fault> {
        // Whoever is dropped while he waits for the answer rolls back as well.
        let transaction = Transaction { lease, open: true };
        transaction.lease.say(how).await?;
        Ok(transaction)
    }

    pub(super) fn connection(&mut self) -> &mut Connection {
        &mut self.lease
    }

    /// Carries out statements and commits, in one trip. Where one of them fails the server takes
    /// the commit for a rollback, so nothing of the transaction is there.
    pub(super) async fn commit_with(mut self, last: Vec<(String, Binds)>) -> Result<(), Fault> {
        let mut ready = Vec::with_capacity(last.len());
        for (text, binds) in last {
            let arguments = each_alone(binds);
            ready.push((self.lease.prepare(&text, &arguments).await?, arguments));
        }
        let client = &self.lease.client;
        let each = ready.iter().map(|(statement, arguments)| {
            client.execute_raw(statement, arguments.iter().map(Bound))
        });
        // Both begin in the order in which they stand here: what begins is sent.
        let (done, committed) = join(join_all(each), client.batch_execute("COMMIT")).await;
        self.open = false;
        let done: Result<Vec<u64>, _> = done.into_iter().collect();
        let all = done.and(committed).map_err(Fault::from);
        all.map_err(Fault::of_a_commit)
    }

    pub(super) async fn rollback(mut self) -> Result<(), Fault> {
        self.lease.say("ROLLBACK").await?;
        self.open = false;
        Ok(())
    }
}

impl Drop for Transaction {
    fn drop(&mut self) {
        if self.open {
            // Begun, it is sent; the lease waits for the answer.
            let _ = self.lease.client.batch_execute("ROLLBACK").now_or_never();
            self.lease.busy = true;
        }
    }
}

/// Rows that travel together where each of their columns has one place in the statement.
const ROWS_TOGETHER: usize = 2_000;

fn each_alone(binds: Binds) -> Vec<Argument> {
    binds.into_iter().map(Argument::One).collect()
}

/// What a value is to the server, also where it is null.
fn kind(argument: &Argument) -> Type {
    match argument {
        Argument::One(Value::Text(_)) => Type::TEXT,
        Argument::One(Value::Int(_)) => Type::INT8,
        Argument::One(Value::Bytes(_)) => Type::BYTEA,
        Argument::Texts(_) => Type::TEXT_ARRAY,
        Argument::Ints(_) => Type::INT8_ARRAY,
        Argument::Blobs(_) => Type::BYTEA_ARRAY,
    }
}

/// A value on its way. The driver may be told to log the values it sends; these say nothing.
struct Bound<'a>(&'a Argument);

impl fmt::Debug for Bound<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

impl ToSql for Bound<'_> {
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn StdError + Sync + Send>> {
        match self.0 {
            Argument::One(Value::Text(text)) => text.to_sql(kind, out),
            Argument::One(Value::Int(number)) => number.to_sql(kind, out),
            Argument::One(Value::Bytes(bytes)) => bytes.to_sql(kind, out),
            Argument::Texts(texts) => texts.to_sql(kind, out),
            Argument::Ints(numbers) => numbers.to_sql(kind, out),
            Argument::Blobs(blobs) => blobs.to_sql(kind, out),
        }
    }

    /// Statements are prepared for the types that [`kind`] gives.
    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

fn columns(of: &[Column]) -> Arc<[String]> {
    of.iter().map(|column| column.name().to_owned()).collect()
}

fn taken(row: &tokio_postgres::Row, columns: &Arc<[String]>) -> Result<Row, Fault> {
    let mut values = Vec::with_capacity(columns.len());
    for (at, column) in columns.iter().enumerate() {
        let value = row.try_get(at);
        values.push(value.map_err(|error| Fault::new(format!("column {column}: {error}")))?);
    }
    Ok(Row {
        columns: Arc::clone(columns),
        values,
    })
}

impl<'a> FromSql<'a> for Got {
    fn from_sql(kind: &Type, raw: &'a [u8]) -> Result<Got, Box<dyn StdError + Sync + Send>> {
        Ok(match *kind {
            Type::INT8 => Got::Int(i64::from_sql(kind, raw)?),
            Type::INT4 => Got::Int(i32::from_sql(kind, raw)?.into()),
            Type::INT2 => Got::Int(i16::from_sql(kind, raw)?.into()),
            Type::BOOL => Got::Int(bool::from_sql(kind, raw)?.into()),
            Type::TEXT | Type::VARCHAR | Type::NAME => Got::Text(String::from_sql(kind, raw)?),
            Type::BYTEA => Got::Bytes(raw.to_vec()),
            _ => Got::Other("a type that the books do not have"),
        })
    }

    fn from_sql_null(_: &Type) -> Result<Got, Box<dyn StdError + Sync + Send>> {
        Ok(Got::Null)
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

impl From<tokio_postgres::Error> for Fault {
    fn from(error: tokio_postgres::Error) -> Fault {
        let Some(said) = error.as_db_error() else {
            let why = error.source().map(|why| format!(": {why}"));
            let what = format!("{error}{}", why.unwrap_or_default());
            return Fault::new(what).of_kind(FaultKind::Lost);
        };
        let kind = match said.code().code() {
            // A place in the log (`foresight.rs`).
            "23505" if matches!(said.table(), Some("log_entry" | "log_head")) => FaultKind::Taken,
            // Serialization failure, deadlock, lock not available.
            "40001" | "40P01" | "55P03" => FaultKind::Crossed,
            // The server shuts down, has crashed, or is not up yet.
            "57P01" | "57P02" | "57P03" => FaultKind::Lost,
            _ => FaultKind::Broken,
        };
        // Its message only: what it adds in detail are values.
        let what = format!("error returned from database: {}", said.message());
        Fault::new(what).of_kind(kind)
    }
}
