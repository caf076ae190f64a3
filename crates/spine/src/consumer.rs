//! The outbox: whoever follows the evidence log keeps a cursor on it 日志订阅.

use crate::proofs::{LOG_ROW_COLUMNS, LogRow};
use crate::sql::prepared;
use crate::{Fault, Row, Spine, binds};

/// A follower of the evidence log. It sees every entry, in order, at least once.
#[derive(Clone, Copy, Debug)]
pub struct Consumer(pub &'static str);

const CURSOR: &str = "SELECT next_index FROM log_consumer WHERE name = $1";
const ADVANCE: &str = "INSERT INTO log_consumer (name, next_index) VALUES ($1, $2) \
                       ON CONFLICT (name) DO UPDATE SET next_index = $3";

impl Spine {
    /// The next entries this consumer has not finished, oldest first.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn entries_for(&self, consumer: Consumer, most: i64) -> Result<Vec<LogRow>, Fault> {
        let db = &self.db().reader;
        let row = prepared(CURSOR, binds![consumer.0])
            .fetch_optional(db)
            .await?;
        let next: i64 = row.map_or(Ok(0), |row| Row(row).get("next_index"))?;
        let text = format!("{LOG_ROW_COLUMNS} WHERE idx >= $1 ORDER BY idx LIMIT $2");
        let rows = prepared(&text, binds![next, most]).fetch_all(db).await?;
        rows.into_iter().map(|row| LogRow::of(&Row(row))).collect()
    }

    /// This consumer has finished everything before `next`.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn advance(&self, consumer: Consumer, next: u64) -> Result<(), Fault> {
        let next = i64::try_from(next).unwrap_or(i64::MAX);
        let values = binds![consumer.0, next, next];
        prepared(ADVANCE, values).execute(&self.db().writer).await?;
        Ok(())
    }
}
