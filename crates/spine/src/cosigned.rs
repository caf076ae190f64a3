//! Cosignatures of witnesses, kept with the checkpoints they sign 见证签名.
//!
//! They are no business of any act: a witness signs what is signed already, so an entry for each
//! would make the log grow for ever. What a cosignature is worth says its own signature.

use kernel::Moment;

use crate::proofs::{position, whole};
use crate::{Fault, Row, Select, Spine, StoredCheckpoint, binds};

/// A signature of a witness under one checkpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cosignature {
    /// Entries under the checkpoint.
    pub size: u64,
    /// Name of the witness's key.
    pub name: String,
    /// Id of the key.
    pub key_id: u32,
    /// Seconds since 1970 at which the witness had seen the checkpoint, by its own clock.
    pub seconds: u64,
    /// The line of the note, with its line feed.
    pub line: String,
}

const KEEP: &str = "INSERT INTO log_cosignature (size, name, key_id, seconds, line) \
                    VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
/// The earliest of each key comes first: it proves the most.
const UNDER: Select = Select::new(
    "SELECT size, name, key_id, seconds, line FROM log_cosignature WHERE size = $1 \
     ORDER BY name, key_id, seconds",
);
const NEWEST: Select = Select::new(
    "SELECT size, name, key_id, seconds, line FROM log_cosignature \
     WHERE name = $1 AND key_id = $2 ORDER BY seconds DESC, size DESC LIMIT 1",
);
const SIZES: Select = Select::new(
    "SELECT DISTINCT size FROM log_cosignature WHERE size >= $1 ORDER BY size LIMIT 50",
);
const HEADS: Select = Select::new(
    "SELECT c.size AS size, c.signed_at AS signed_at, (SELECT count(DISTINCT s.name) \
     FROM log_cosignature s WHERE s.size = c.size) AS cosigned \
     FROM log_checkpoint c ORDER BY c.size DESC LIMIT $1",
);
const WITNESSED: Select = Select::new("SELECT max(size) AS size FROM log_cosignature");

/// A checkpoint as a list shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CheckpointHead {
    /// Entries under it.
    pub size: u64,
    /// When it was signed.
    pub signed_at: Moment,
    /// How many witnesses have signed it.
    pub cosigned: u64,
}

impl Cosignature {
    fn of(row: &Row) -> Result<Cosignature, Fault> {
        let whole = |column: &str| whole(row, column);
        let key_id = u32::try_from(whole("key_id")?).map_err(|_| Fault::new("an id of a key"))?;
        Ok(Cosignature {
            size: whole("size")?,
            name: row.get("name")?,
            key_id,
            seconds: whole("seconds")?,
            line: row.get("line")?,
        })
    }
}

impl Spine {
    /// The newest checkpoints, the newest first.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn checkpoint_heads(&self, most: u32) -> Result<Vec<CheckpointHead>, Fault> {
        let rows = self.db().read(&HEADS, binds![i64::from(most)]).await?;
        let head = |row: &Row| {
            Ok(CheckpointHead {
                size: whole(row, "size")?,
                signed_at: row.get("signed_at")?,
                cosigned: whole(row, "cosigned")?,
            })
        };
        rows.iter().map(head).collect()
    }

    /// Keeps what a witness signed. The caller has checked the signature.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn keep_cosignature(&self, kept: &Cosignature) -> Result<(), Fault> {
        let (size, seconds) = (position(kept.size)?, position(kept.seconds)?);
        let id = i64::from(kept.key_id);
        let values = binds![size, kept.name.as_str(), id, seconds, kept.line.as_str()];
        self.db().writer.run(KEEP, values).await?;
        Ok(())
    }

    /// The newest cosignature of a witness.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn last_cosignature(
        &self,
        name: &str,
        key_id: u32,
    ) -> Result<Option<Cosignature>, Fault> {
        let values = binds![name, i64::from(key_id)];
        let rows = self.db().read(&NEWEST, values).await?;
        rows.first().map(Cosignature::of).transpose()
    }

    /// Sizes of checkpoints that witnesses have signed and that cover `size` entries, the smallest
    /// first, at most fifty.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn cosigned_sizes(&self, size: u64) -> Result<Vec<u64>, Fault> {
        let rows = self.db().read(&SIZES, binds![position(size)?]).await?;
        rows.iter().map(|row| whole(row, "size")).collect()
    }

    /// The largest size that a witness has signed.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn witnessed_size(&self) -> Result<Option<u64>, Fault> {
        let rows = self.db().read(&WITNESSED, Vec::new()).await?;
        let size: Option<i64> = rows.first().map_or(Ok(None), |row| row.get("size"))?;
        Ok(size.and_then(|size| u64::try_from(size).ok()))
    }

    /// The checkpoint with the lines of its witnesses under it, one line for each key.
    pub(crate) async fn cosigned(
        &self,
        mut checkpoint: StoredCheckpoint,
    ) -> Result<StoredCheckpoint, Fault> {
        let size = position(checkpoint.size)?;
        let rows = self.db().read(&UNDER, binds![size]).await?;
        let mut last = None;
        for row in &rows {
            let kept = Cosignature::of(row)?;
            let key = (kept.name, kept.key_id);
            if last.as_ref() != Some(&key) {
                checkpoint.note.push_str(&kept.line);
                last = Some(key);
            }
        }
        Ok(checkpoint)
    }
}
