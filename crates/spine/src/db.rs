//! The two doors to the books: one writer, many readers 数据库连接.

use std::time::Duration;

use sqlx::any::{AnyConnectOptions, AnyPoolOptions, install_default_drivers};
use sqlx::{AnyPool, Executor as _};

use crate::sql::prepared;
use crate::{Dialect, Fault, Row};

/// Where the books are and how many may read at once.
#[derive(Clone, Debug)]
pub struct DbSettings {
    /// `sqlite:///path/baton.db` or `postgres://user:password@host/database`.
    pub url: String,
    /// Connections for reading, 1..=64.
    pub readers: u32,
    /// Connections for writing on PostgreSQL, 1..=64; SQLite always has one.
    pub writers: u32,
}

/// The books' database.
#[derive(Clone)]
pub struct Db {
    pub(crate) dialect: Dialect,
    pub(crate) writer: AnyPool,
    pub(crate) reader: AnyPool,
}

impl Db {
    /// Opens the database; a SQLite file is made when missing.
    ///
    /// # Errors
    /// [`Fault`] when the address has an unknown scheme or the database does not answer.
    pub async fn open(settings: &DbSettings) -> Result<Db, Fault> {
        install_default_drivers();
        let dialect = Dialect::of(&settings.url).ok_or_else(|| {
            Fault::new("database_url must begin with sqlite: or postgres:".to_owned())
        })?;
        let url = match dialect {
            Dialect::Sqlite if !settings.url.contains('?') => format!("{}?mode=rwc", settings.url),
            _ => settings.url.clone(),
        };
        let writers = if dialect == Dialect::Sqlite {
            1
        } else {
            settings.writers.max(1)
        };
        let writer = pool(&url, dialect, writers, false).await?;
        let reader = pool(&url, dialect, settings.readers.max(1), true).await?;
        Ok(Db {
            dialect,
            writer,
            reader,
        })
    }

    /// Which database this is.
    #[must_use]
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// [`Fault`] when it does not.
    pub async fn ping(&self) -> Result<(), Fault> {
        sqlx::query("SELECT 1").execute(&self.reader).await?;
        Ok(())
    }

    /// Bytes the database takes.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn bytes(&self) -> Result<i64, Fault> {
        let row = prepared(self.dialect.size_of_database(), Vec::new())
            .fetch_one(&self.reader)
            .await?;
        Row(row).get("n")
    }

    /// Closes both doors after the work in hand.
    pub async fn close(&self) {
        self.reader.close().await;
        self.writer.close().await;
    }
}

async fn pool(url: &str, dialect: Dialect, size: u32, reader: bool) -> Result<AnyPool, Fault> {
    let options: AnyConnectOptions = url.parse()?;
    let pool = AnyPoolOptions::new()
        .max_connections(size)
        .min_connections(u32::from(!reader))
        .acquire_timeout(Duration::from_secs(30))
        // A file does not hang up; a server may, and then the pool connects anew.
        .test_before_acquire(dialect == Dialect::Postgres)
        .after_connect(move |connection, _| {
            Box::pin(async move {
                for statement in dialect.greeting(reader) {
                    connection.execute(*statement).await?;
                }
                Ok(())
            })
        })
        .connect_with(options)
        .await?;
    Ok(pool)
}
