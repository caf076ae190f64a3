//! The outbox: whoever follows the evidence log keeps a cursor on it 日志订阅.

use crate::proofs::{LOG_ROW_COLUMNS, LogRow};
use crate::{Fault, Query, Select, Spine, binds};

/// A follower of the evidence log. It sees every entry, in order, at least once.
#[derive(Clone, Copy, Debug)]
pub struct Consumer(pub &'static str);

const CURSOR: &str = "SELECT next_index FROM log_consumer WHERE name = $1";
const ADVANCE: &str = "INSERT INTO log_consumer (name, next_index) VALUES ($1, $2) \
                       ON CONFLICT (name) DO UPDATE SET next_index = $3";

const OF_KIND: Select = Select::new(
    "SELECT e.idx AS idx, e.kind AS kind, e.at AS at, e.actor AS actor, e.entry AS entry, \
     e.payload AS payload FROM log_subject s JOIN log_entry e ON e.idx = s.idx \
     WHERE s.subject = $1 AND s.n = -3 AND s.idx >= $2 ORDER BY s.idx LIMIT $3",
);

impl Spine {
    /// Where this consumer stands: 0 before it has finished anything. What the number counts is
    /// the consumer's own choice; for [`Spine::entries_for`] it is the index of the next entry.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn position(&self, consumer: Consumer) -> Result<i64, Fault> {
        let row = self.db().reader.first(CURSOR, binds![consumer.0]).await?;
        row.map_or(Ok(0), |row| row.get("next_index"))
    }

    /// Entries of one kind of act from this index on, oldest first.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn entries_of(&self, kind: &str, from: i64, most: i64) -> Result<Vec<LogRow>, Fault> {
        self.catch_up().await;
        let rows = self.db().read(&OF_KIND, binds![kind, from, most]).await?;
        rows.iter().map(LogRow::of).collect()
    }

    /// The newest entries of one kind of act, of one actor if he is named, newest first.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn latest_of(
        &self,
        kind: &str,
        actor: Option<&str>,
        most: i64,
    ) -> Result<Vec<LogRow>, Fault> {
        let mut query = Query::new(
            "SELECT e.idx AS idx, e.kind AS kind, e.at AS at, e.actor AS actor, \
             e.entry AS entry, e.payload AS payload FROM log_subject s \
             JOIN log_entry e ON e.idx = s.idx WHERE s.subject = ",
        );
        // Fewer entries are one person's.
        match actor {
            Some(actor) => {
                query.bind(actor).push(" AND s.n = -4 AND e.kind = ");
                query.bind(kind)
            }
            None => query.bind(kind).push(" AND s.n = -3"),
        };
        query.push(" ORDER BY s.idx DESC LIMIT ").bind(most);
        let (select, values) = query.select();
        self.catch_up().await;
        let rows = self.db().read(&select, values).await?;
        rows.iter().map(LogRow::of).collect()
    }

    /// The next entries this consumer has not finished, oldest first.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn entries_for(&self, consumer: Consumer, most: i64) -> Result<Vec<LogRow>, Fault> {
        let db = &self.db().reader;
        let next = self.position(consumer).await?;
        let text = format!("{LOG_ROW_COLUMNS} WHERE idx >= $1 ORDER BY idx LIMIT $2");
        let rows = db.all(&text, binds![next, most]).await?;
        rows.iter().map(LogRow::of).collect()
    }

    /// This consumer has finished everything before `next`.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn advance(&self, consumer: Consumer, next: u64) -> Result<(), Fault> {
        let next = i64::try_from(next).unwrap_or(i64::MAX);
        let values = binds![consumer.0, next, next];
        self.db().writer.run(ADVANCE, values).await?;
        Ok(())
    }
}
