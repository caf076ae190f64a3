//! Reading the log: entries, tiles, proofs 证明.

use evidence::hash::Hash;
use evidence::tile::TileId;
use evidence::tile_set::{TileSet, tiles_for_consistency, tiles_for_inclusion};
use evidence::tlog_proof::TlogProof;
use kernel::{Moment, Refusal};
use serde_json::Value as Json;

use crate::audit::Said;
use crate::{Binds, Dialect, Failure, Fault, Query, Reader, Row, Select, Spine, binds};

pub(crate) const LOG_ROW_COLUMNS: &str =
    "SELECT idx, kind, at, actor, entry, payload FROM log_entry";

/// One entry as it lies in the books.
#[derive(Clone, Debug)]
pub struct LogRow {
    /// Index, which is its `seq`.
    pub index: u64,
    /// Name of the act.
    pub kind: String,
    /// When.
    pub at: Moment,
    /// Opaque id of who acted.
    pub actor: String,
    /// The logged bytes.
    pub entry: Vec<u8>,
    /// The payload, unless it was erased.
    pub payload: Option<Vec<u8>>,
    /// Somebody put something of another kind into it, so that it cannot be shown as evidence.
    pub damaged: bool,
}

/// An entry that cannot be shown as it lies in the books.
#[must_use]
pub fn damaged(index: u64) -> Refusal {
    Refusal::conflict(
        "evidence.damaged",
        format!("第 {index} 条存证已损坏，不能作为证据出示：库中的记录被绕过系统改动"),
        format!("Entry {index} is damaged and no evidence: it was changed past the program"),
    )
    .remedy((
        "请审计员在「存证日志」运行审计，或在服务器上运行 baton audit --deep，查明何处被改动，再从备份恢复",
        "Have an auditor run the audit on the page of the log, or run baton audit --deep on the \
         server, to learn what was changed; then restore a backup",
    ))
}

impl LogRow {
    /// Reads a row of the log. What was done, when and by whom is told by the entry, which is
    /// proved, and only where that is damaged by the columns that it is searched by.
    ///
    /// # Errors
    /// [`Fault`] when it has no index.
    pub fn of(row: &Row) -> Result<LogRow, Fault> {
        let bytes = |column: &str| row.get::<Option<Vec<u8>>>(column);
        let (entry, payload) = (bytes("entry"), bytes("payload"));
        let damaged = !matches!(entry, Ok(Some(_))) || payload.is_err();
        let mut read = LogRow {
            index: whole(row, "idx")?,
            kind: row.get("kind").unwrap_or_default(),
            at: row.get("at").unwrap_or(Moment(0)),
            actor: row.get("actor").unwrap_or_default(),
            damaged,
            entry: entry.ok().flatten().unwrap_or_default(),
            // Whom it may be told to cannot be known then; and damaged is not erased.
            payload: match damaged {
                true => Some(Vec::new()),
                false => payload.ok().flatten(),
            },
        };
        let said = Said::of(&read.entry);
        let said = said.map(|said| (said.act.into_owned(), said.at, said.actor.id.into_owned()));
        if let Some((kind, at, actor)) = said {
            (read.kind, read.at, read.actor) = (kind, at, actor);
        }
        Ok(read)
    }

    /// The payload as JSON: `zh`, `en`, `detail`, perhaps `items`.
    #[must_use]
    pub fn story(&self) -> Option<Json> {
        serde_json::from_slice(self.payload.as_deref()?).ok()
    }
}

/// What stands in the books of a checkpoint.
#[derive(Clone, Debug)]
pub struct StoredCheckpoint {
    /// Entries under it.
    pub size: u64,
    /// The signed note.
    pub note: String,
    /// When it was signed.
    pub signed_at: Moment,
}

impl StoredCheckpoint {
    /// Without the lines of its witnesses.
    fn of(row: &Row) -> Result<StoredCheckpoint, Fault> {
        Ok(StoredCheckpoint {
            size: whole(row, "size")?,
            note: row.get("note")?,
            signed_at: row.get("signed_at")?,
        })
    }
}

/// A number of the log as the database holds it.
pub(crate) fn position(number: u64) -> Result<i64, Fault> {
    i64::try_from(number).map_err(|_| Fault::new("a number beyond the log"))
}

/// A number of the log out of a row.
pub(crate) fn whole(row: &Row, column: &str) -> Result<u64, Fault> {
    u64::try_from(row.get::<i64>(column)?).map_err(|_| Fault::new(format!("{column} < 0")))
}

/// Tiles in one statement.
const TILES_AT_ONCE: usize = 50;

const NEWEST: Select =
    Select::new("SELECT size, note, signed_at FROM log_checkpoint ORDER BY size DESC LIMIT 1");
const FIRST_OVER: Select = Select::new(
    "SELECT size, note, signed_at FROM log_checkpoint WHERE size >= $1 ORDER BY size LIMIT 1",
);
/// An entry and what proves it best: the newest checkpoint that a witness has signed when it covers
/// the entry, else the newest. In one question, since a server is asked slowly.
const BEST_FOR: Select = Select::new(
    "SELECT b.size AS size, b.note AS note, b.signed_at AS signed_at, \
     (SELECT count(*) FROM log_cosignature s WHERE s.size = b.size) AS witnesses, \
     e.entry AS entry, e.salt AS salt FROM log_checkpoint b \
     LEFT JOIN log_entry e ON e.idx = $1 WHERE b.size >= \
     coalesce((SELECT max(c.size) FROM log_cosignature c HAVING max(c.size) > $2), \
     (SELECT max(n.size) FROM log_checkpoint n)) ORDER BY b.size LIMIT 1",
);

/// Level and number of a tile as the database holds them.
fn place_of(tile: TileId) -> Result<(i64, i64), Fault> {
    Ok((i64::from(tile.level), position(tile.index)?))
}

/// Level, number and hashes of these tiles. Full ones are stored; one that grows is put together
/// from the rows that have its hashes.
fn tiles_together(dialect: Dialect, tiles: &[TileId]) -> Result<(Select, Binds), Fault> {
    let mut query = Query::new("");
    let (mut full, mut growing) = (false, false);
    for tile in tiles.iter().filter(|tile| tile.is_full()) {
        let (level, number) = place_of(*tile)?;
        query.push(if full {
            " OR (level = "
        } else {
            "SELECT level, n, data FROM log_tile WHERE (level = "
        });
        query.bind(level).push(" AND n = ").bind(number).push(")");
        full = true;
    }
    for tile in tiles.iter().filter(|tile| !tile.is_full()) {
        let (level, number) = place_of(*tile)?;
        if full || growing {
            query.push(" UNION ALL ");
        }
        query.push("SELECT CAST(").bind(level);
        query.push(" AS BIGINT) AS level, CAST(").bind(number);
        query.push(" AS BIGINT) AS n, (");
        let (first, after) = (number * 256, number * 256 + i64::from(tile.width));
        match tile.level {
            0 => query.push_select(dialect.leaves_together(), binds![first, after]),
            _ => query.push_select(dialect.nodes_together(), binds![level, first, after]),
        };
        query.push(") AS data");
        growing = true;
    }
    Ok(query.select())
}

impl Spine {
    /// Proof that the log of `old` entries is a prefix of that of `new`.
    ///
    /// # Errors
    /// [`Fault`] when the database fails, or there is no such proof.
    pub async fn consistency(&self, old: u64, new: u64) -> Result<Vec<Hash>, Fault> {
        let broken = |error: &dyn std::fmt::Display| Fault::new(error.to_string());
        let tiles = tiles_for_consistency(old, new).map_err(|error| broken(&error))?;
        let set = self.tiles(tiles).await?;
        // A tile that is missing is a rewritten log: an empty proof makes the signer refuse.
        Ok(set.consistency_proof(old, new).unwrap_or_default())
    }

    /// These tiles, as far as they are there; many in one question, since a server is asked slowly.
    pub(crate) async fn tiles(&self, wanted: Vec<TileId>) -> Result<TileSet, Fault> {
        let mut set = TileSet::default();
        for some in wanted.chunks(TILES_AT_ONCE) {
            let (select, values) = tiles_together(self.db().dialect(), some)?;
            for row in self.db().read(&select, values).await? {
                let place = (row.get::<i64>("level")?, row.get::<i64>("n")?);
                let data: Option<Vec<u8>> = row.get("data")?;
                for tile in some {
                    if place == place_of(*tile)? {
                        // A broken tile shows as a missing one.
                        let _ = set.insert(*tile, data.as_deref().unwrap_or_default());
                    }
                }
            }
        }
        Ok(set)
    }

    /// The newest checkpoint in the books, with the lines of its witnesses.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn newest_checkpoint(&self) -> Result<Option<StoredCheckpoint>, Fault> {
        let rows = self.db().read(&NEWEST, Vec::new()).await?;
        self.stored(rows.first()).await
    }

    /// The smallest checkpoint that covers `size` entries, with the lines of its witnesses.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn checkpoint_over(&self, size: u64) -> Result<Option<StoredCheckpoint>, Fault> {
        let rows = self.db().read(&FIRST_OVER, binds![position(size)?]).await?;
        self.stored(rows.first()).await
    }

    async fn stored(&self, row: Option<&Row>) -> Result<Option<StoredCheckpoint>, Fault> {
        let Some(row) = row else {
            return Ok(None);
        };
        self.cosigned(StoredCheckpoint::of(row)?).await.map(Some)
    }

    /// The proof that entry `index` is under a checkpoint, as C2SP `tlog-proof@v1`. Its
    /// `extra` carries the salt of the payload (32 bytes, zeros once erased) and then the record
    /// itself, so that one file is enough. `None` while no checkpoint covers the entry yet.
    ///
    /// # Errors
    /// [`Failure`] when the database fails; the entry is refused where it, its salt or a tile is
    /// [`damaged`].
    pub async fn proof_of(&self, index: u64) -> Result<Option<String>, Failure> {
        let place = position(index)?;
        let rows = self.db().read(&BEST_FOR, binds![place, place]).await?;
        let Some(found) = rows.first() else {
            return Ok(None);
        };
        let mut checkpoint = StoredCheckpoint::of(found)?;
        if index >= checkpoint.size {
            return Ok(None);
        }
        if found.get::<i64>("witnesses")? > 0 {
            checkpoint = self.cosigned(checkpoint).await?;
        }
        let wanted = tiles_for_inclusion(index, checkpoint.size);
        let wanted = wanted.map_err(|error| Fault::new(error.to_string()))?;
        let set = self.tiles(wanted).await?;
        // A tile is missing or was changed.
        let hashes = set.inclusion_proof(index, checkpoint.size);
        let hashes = hashes.map_err(|_| damaged(index))?;
        let entry: Option<Vec<u8>> = found.get("entry").map_err(|_| damaged(index))?;
        let entry = entry.ok_or_else(|| damaged(index))?;
        let salt: Option<Vec<u8>> = found.get("salt").map_err(|_| damaged(index))?;
        let mut extra = salt.unwrap_or_else(|| vec![0; 32]);
        extra.extend(entry);
        Ok(Some(
            TlogProof {
                extra: Some(extra),
                index,
                hashes,
                checkpoint: checkpoint.note,
            }
            .to_string(),
        ))
    }
}

impl Reader<'_> {
    /// One entry.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn log_entry(&mut self, index: u64) -> Result<Option<LogRow>, Fault> {
        const ONE: Select = Select::new(
            "SELECT idx, kind, at, actor, entry, payload FROM log_entry WHERE idx = $1",
        );
        let place = i64::try_from(index).map_err(|_| Fault::new("log index"))?;
        self.first(&ONE, binds![place])
            .await?
            .map(|row| LogRow::of(&row))
            .transpose()
    }
}
