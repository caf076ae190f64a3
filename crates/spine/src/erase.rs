//! A payload is erased on lawful demand, and the books stay provable 依法删除.
//!
//! The tree holds commitments only, so that payload and salt may go and every proof holds. What an
//! entry noted of the rows it wrote goes with its payload, since it is the same data; the rows that
//! are still there are noted anew beside the entry that is being written, as they stand. So the
//! audit of the tables goes on, and says of the erased entry that it was erased.

use crate::rows::{Plan, Replay, Verb, one_row, row_name};
use crate::{Binds, Fault, Writer, binds};

/// The act that erases, as it stands in the log; among its subjects is `log/<index>`. An audit
/// takes for lawful what was erased by it, and nothing else.
pub const ERASE: &str = "evidence.erase";

const PARTS: &str =
    "SELECT payload FROM log_payload WHERE idx = $1 AND n < -1 AND payload IS NOT NULL ORDER BY n";
const STORY: &str = "SELECT notes FROM log_entry WHERE idx = $1 AND payload IS NOT NULL";
const ITS_OWN: &str = "UPDATE log_entry SET payload = NULL, salt = NULL, notes = NULL \
    WHERE idx = $1";
const PAYLOADS: &str = "UPDATE log_payload SET payload = NULL, salt = NULL WHERE idx = $1";
const CHUNKS: &str = "DELETE FROM log_chunk_payload WHERE idx = $1";

impl Writer<'_> {
    /// Erases what an entry says beside its hashed bytes: its own payload, those of its items, and
    /// what it noted of rows. Gives how many rows were noted anew; nothing when there was nothing
    /// left to erase.
    ///
    /// # Errors
    /// [`Fault`] when the database fails, or the notes cannot be read: then nobody could say which
    /// rows they spoke of.
    pub async fn erase(&mut self, index: u64) -> Result<Option<u64>, Fault> {
        let place = i64::try_from(index).map_err(|_| Fault::new("log index"))?;
        let (tx, setting) = self.parts();
        let Some(story) = tx.first(STORY, binds![place]).await? else {
            return Ok(None);
        };
        let mut noted = 0;
        if let Some(notes) = &setting.notes {
            let shape = notes.shape();
            let mut replay = Replay::new(&shape, 0, 1);
            let mut parts: Vec<Vec<u8>> = Vec::new();
            for row in tx.all(PARTS, binds![place]).await? {
                parts.push(row.get("payload")?);
            }
            parts.extend(story.get::<Option<Vec<u8>>>("notes")?);
            for part in parts {
                let read = replay.take(index, &part);
                read.ok_or_else(|| Fault::new(format!("the notes of entry {index} are damaged")))?;
            }
            let mut rows: Vec<(Vec<u8>, usize, Binds)> = Vec::new();
            for (number, row) in replay.unseen() {
                let table = &shape.tables[number];
                let key: Vec<_> = table.key.iter().map(|at| &row.cells[*at]).collect();
                let values = key.iter().map(|cell| cell.value());
                rows.push((row_name(number, &key), number, values.collect()));
            }
            // Their order is that of the books, not that of a hash.
            rows.sort_by(|one, other| one.0.cmp(&other.0));
            for (_, number, key) in rows {
                let table = &shape.tables[number];
                let plan = Plan {
                    table: number,
                    verb: Verb::Put,
                    columns: (0..table.columns.len()).collect(),
                    binds: Vec::new(),
                    returning: String::new(),
                };
                for row in tx.all(&one_row(table), key).await? {
                    notes.given_back(&plan, row);
                    noted += 1;
                }
            }
        }
        tx.run(ITS_OWN, binds![place]).await?;
        tx.run(PAYLOADS, binds![place]).await?;
        tx.run(CHUNKS, binds![place]).await?;
        Ok(Some(noted))
    }
}
