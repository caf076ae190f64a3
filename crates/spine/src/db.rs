//! The doors to the books: one writer, many readers, one keeper of the log's register 数据库连接.

use crate::link::Pool;
use crate::{Dialect, Fault};

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
    pub(crate) writer: Pool,
    pub(crate) reader: Pool,
    /// Enters what follows from the log: whoever has a connection for writing may ask for it and
    /// not wait for another one.
    pub(crate) keeper: Pool,
}

impl Db {
    /// Opens the database; a SQLite file is made when missing.
    ///
    /// # Errors
    /// [`Fault`] when the address has an unknown scheme or the database does not answer.
    pub async fn open(settings: &DbSettings) -> Result<Db, Fault> {
        let dialect = Dialect::of(&settings.url).ok_or_else(|| {
            Fault::new("database_url must begin with sqlite: or postgres:".to_owned())
        })?;
        let writers = if dialect == Dialect::Sqlite {
            1
        } else {
            settings.writers.max(1)
        };
        let writer = Pool::open(&settings.url, dialect, writers, false).await?;
        let reader = Pool::open(&settings.url, dialect, settings.readers.max(1), true).await?;
        let keeper = match dialect {
            Dialect::Sqlite => writer.clone(),
            Dialect::Postgres => Pool::open(&settings.url, dialect, 1, false).await?,
        };
        Ok(Db {
            dialect,
            writer,
            reader,
            keeper,
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
        self.reader.run("SELECT 1", Vec::new()).await?;
        Ok(())
    }

    /// Bytes the database takes.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn bytes(&self) -> Result<i64, Fault> {
        let text = self.dialect.size_of_database();
        let row = self.reader.first(text, Vec::new()).await?;
        row.ok_or_else(|| Fault::new("a size gave no row"))?
            .get("n")
    }

    /// Closes both doors after the work in hand.
    pub async fn close(&self) {
        self.reader.close().await;
        self.writer.close().await;
        self.keeper.close().await;
    }
}
