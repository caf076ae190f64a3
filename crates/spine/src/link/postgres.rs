//! PostgreSQL: a server 数据库服务器.

use std::sync::Arc;
use std::time::Duration;

use futures_util::TryStreamExt as _;
use sqlx::postgres::{PgArguments, PgPoolOptions, PgRow};
use sqlx::query::Query;
use sqlx::{
    Column as _, Connection as _, Decode, Executor as _, PgConnection, PgPool, Postgres, Row as _,
    TypeInfo as _, ValueRef as _,
};

use super::arrays::{self, Argument, LONG};
use super::copied;
use super::{Rows, Visit};
use crate::row::{Got, Row};
use crate::sql::BY_VALUES;
use crate::{Binds, Fault, Value};

/// So long a connection may lie before it is tried first.
const A_MOMENT: Duration = Duration::from_secs(1);

pub(super) async fn open(
    url: &str,
    greeting: &'static [&'static str],
    size: u32,
) -> Result<PgPool, Fault> {
    let pool = PgPoolOptions::new()
        .max_connections(size)
        .acquire_timeout(Duration::from_secs(30))
        // A server may hang up, and then the pool connects anew. One that answered a moment ago is
        // not asked again whether it is there: that would be a trip more for each statement.
        .test_before_acquire(false)
        .before_acquire(|connection, told| {
            Box::pin(async move {
                if told.idle_for >= A_MOMENT {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
        .after_connect(move |connection, _| {
            Box::pin(async move {
                for statement in greeting {
                    connection.execute(*statement).await?;
                }
                Ok(())
            })
        })
        .connect(url)
        .await?;
    Ok(pool)
}

pub(super) async fn all(
    connection: &mut PgConnection,
    text: &str,
    binds: Binds,
) -> Result<Vec<Row>, Fault> {
    let rows = prepared(text, binds).fetch_all(connection).await?;
    let columns = rows.first().map(columns).unwrap_or_default();
    rows.iter().map(|row| taken(row, &columns)).collect()
}

pub(super) async fn first(
    connection: &mut PgConnection,
    text: &str,
    binds: Binds,
) -> Result<Option<Row>, Fault> {
    let row = prepared(text, binds).fetch_optional(connection).await?;
    row.map(|row| taken(&row, &columns(&row))).transpose()
}

pub(super) async fn each(
    connection: &mut PgConnection,
    text: &str,
    binds: Binds,
    visit: Visit<'_>,
) -> Result<(), Fault> {
    let mut rows = prepared(text, binds).fetch(connection);
    let mut names = None;
    while let Some(row) = rows.try_next().await? {
        let columns = names.get_or_insert_with(|| columns(&row));
        visit(taken(&row, columns)?)?;
    }
    Ok(())
}

pub(super) async fn run(
    connection: &mut PgConnection,
    text: &str,
    binds: Binds,
) -> Result<u64, Fault> {
    let done = prepared(text, binds).execute(connection).await?;
    Ok(done.rows_affected())
}

/// Inserts rows of one width; `head` and `tail` are those of [`crate::Writer::insert_many`].
pub(super) async fn insert(
    connection: &mut PgConnection,
    (head, tail): (&str, &str),
    rows: Rows<'_>,
) -> Result<(), Fault> {
    loop {
        let some: Vec<Binds> = rows.take(ROWS_TOGETHER).collect();
        if some.is_empty() {
            return Ok(());
        }
        if some.len() >= copied::FROM && tail.is_empty() {
            return copy(connection, head, &mut some.into_iter().chain(rows)).await;
        }
        let (text, columns) = arrays::columns((head, tail), some)?;
        bound(text, columns).execute(&mut *connection).await?;
    }
}

/// Rows that travel together where each of their columns has one place in the statement.
const ROWS_TOGETHER: usize = 2_000;

/// Inserts rows as a stream: the server writes the first of them while the next are made.
async fn copy(connection: &mut PgConnection, head: &str, rows: Rows<'_>) -> Result<(), Fault> {
    let mut stream = connection.copy_in_raw(&copied::statement(head)).await?;
    let mut bytes = copied::beginning();
    for row in rows {
        copied::push(&mut bytes, &row)?;
        if bytes.len() >= copied::AT_ONCE {
            stream.send(bytes.as_slice()).await?;
            bytes.clear();
        }
    }
    copied::end(&mut bytes);
    stream.send(bytes.as_slice()).await?;
    stream.finish().await?;
    Ok(())
}

/// A statement with its binds. Its text is made of literals: [`crate::Select`], [`crate::Change`]
/// and [`crate::Query`] take nothing else.
fn prepared(text: &str, binds: Binds) -> Query<'static, Postgres, PgArguments> {
    // A long list is planned for its own values each time. A plan that is kept for any list walks
    // all that one person holds, and compares each row with every value of the list in turn.
    let lists = binds.len() > LONG && arrays::may_gather(text);
    let by_values = lists || text.ends_with(BY_VALUES);
    let (text, arguments) = lists
        .then(|| arrays::gathered(text, &binds))
        .flatten()
        .unwrap_or_else(|| {
            let each = binds.into_iter().map(Argument::One);
            (text.to_owned(), each.collect())
        });
    bound(text, arguments).persistent(!by_values)
}

fn bound(text: String, arguments: Vec<Argument>) -> Query<'static, Postgres, PgArguments> {
    let mut query = sqlx::query(sqlx::AssertSqlSafe(text));
    for argument in arguments {
        query = match argument {
            Argument::One(Value::Text(text)) => query.bind(text),
            Argument::One(Value::Int(number)) => query.bind(number),
            Argument::One(Value::Bytes(bytes)) => query.bind(bytes),
            Argument::Texts(texts) => query.bind(texts),
            Argument::Ints(numbers) => query.bind(numbers),
            Argument::Blobs(blobs) => query.bind(blobs),
        };
    }
    query
}

fn columns(row: &PgRow) -> Arc<[String]> {
    row.columns()
        .iter()
        .map(|column| column.name().to_owned())
        .collect()
}

fn taken(row: &PgRow, columns: &Arc<[String]>) -> Result<Row, Fault> {
    let mut values = Vec::with_capacity(columns.len());
    for at in 0..columns.len() {
        values.push(value(row, at).map_err(|error| {
            let column = columns.get(at).map_or("", String::as_str);
            Fault::new(format!("column {column}: {error}"))
        })?);
    }
    Ok(Row {
        columns: Arc::clone(columns),
        values,
    })
}

fn value(row: &PgRow, at: usize) -> Result<Got, Box<dyn std::error::Error + Send + Sync>> {
    let raw = row.try_get_raw(at)?;
    if raw.is_null() {
        return Ok(Got::Null);
    }
    let kind = raw.type_info().into_owned();
    Ok(match kind.name() {
        "INT8" => Got::Int(Decode::<Postgres>::decode(raw)?),
        "INT4" => Got::Int(<i32 as Decode<Postgres>>::decode(raw)?.into()),
        "INT2" => Got::Int(<i16 as Decode<Postgres>>::decode(raw)?.into()),
        "BOOL" => Got::Int(<bool as Decode<Postgres>>::decode(raw)?.into()),
        "TEXT" | "VARCHAR" | "NAME" => Got::Text(Decode::<Postgres>::decode(raw)?),
        "BYTEA" => Got::Bytes(Decode::<Postgres>::decode(raw)?),
        _ => Got::Other("a type that the books do not have"),
    })
}

impl From<sqlx::Error> for Fault {
    fn from(error: sqlx::Error) -> Fault {
        let code = error
            .as_database_error()
            .and_then(|e| e.code())
            .unwrap_or_default()
            .into_owned();
        // Serialization failure, deadlock, lock not available.
        let passing = matches!(code.as_str(), "40001" | "40P01" | "55P03");
        Fault::of_the_database(error, passing)
    }
}
