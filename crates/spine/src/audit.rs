//! Reading the whole log past the auditor 存证审计.

use evidence::audit::{AuditReport, Auditor, ItemRow, Row as AuditRow, StoredHead, check_row};
use evidence::checkpoint::LogTrust;
use evidence::hash::Hash;
use evidence::tree::TreeHead;

use crate::bulk;
use crate::log::hash_of;
use crate::{Fault, Row, Select, Spine, binds};

/// Rows read at once.
const AT_ONCE: i64 = 2_000;

const CHECKPOINTS: Select = Select::new("SELECT size, note FROM log_checkpoint ORDER BY size");
const ROWS: Select = Select::new(
    "SELECT e.idx AS idx, e.entry AS entry, e.leaf AS leaf, p.payload AS payload, p.salt AS salt \
     FROM log_entry e LEFT JOIN log_payload p ON p.idx = e.idx AND p.n = -1 \
     WHERE e.idx >= $1 ORDER BY e.idx LIMIT $2",
);
const ITEMS: Select = Select::new(
    "SELECT i.idx AS idx, i.item AS item, p.payload AS payload, p.salt AS salt FROM log_item i \
     LEFT JOIN log_payload p ON p.idx = i.idx AND p.n = i.n \
     WHERE i.idx >= $1 AND i.idx <= $2 ORDER BY i.idx, i.n",
);
const CHUNKS: Select = Select::new(
    "SELECT i.idx AS idx, i.items AS items, p.payloads AS payloads FROM log_chunk i \
     LEFT JOIN log_chunk_payload p ON p.idx = i.idx AND p.first_n = i.first_n \
     WHERE i.idx >= $1 AND i.idx <= $2 ORDER BY i.idx, i.first_n",
);
const HEAD: Select = Select::new("SELECT size, frontier FROM log_head WHERE id = 1");
const TILES: Select = Select::new("SELECT level, n, data FROM log_tile ORDER BY level, n");
const NODES: Select = Select::new("SELECT level, n, hash FROM log_node ORDER BY level, n");

struct Stored {
    idx: u64,
    entry: Vec<u8>,
    leaf: Vec<u8>,
    payload: Option<Vec<u8>>,
    salt: Option<Vec<u8>>,
}

struct StoredItem {
    idx: u64,
    item: Vec<u8>,
    payload: Option<Vec<u8>>,
    salt: Option<Vec<u8>>,
}

fn unsigned(row: &Row, column: &str) -> Result<u64, Fault> {
    u64::try_from(row.get::<i64>(column)?).map_err(|_| Fault::new(format!("negative {column}")))
}

impl Spine {
    /// Computes the whole log anew and compares it with what is stored and signed. `anchor` is the
    /// head that was signed last according to the file outside the database.
    ///
    /// # Errors
    /// [`Fault`] when the database fails; what is wrong with the log is in the report.
    pub async fn audit(
        &self,
        trust: &LogTrust,
        anchor: Option<TreeHead>,
    ) -> Result<AuditReport, Fault> {
        let db = self.db();
        let mut auditor = Auditor::default();
        for row in db.read(&CHECKPOINTS, Vec::new()).await? {
            auditor.checkpoint(unsigned(&row, "size")?, &row.get::<String>("note")?, trust);
        }
        if let Some(head) = anchor {
            auditor.anchor(head);
        }
        let mut next = 0_i64;
        loop {
            let rows = db.read(&ROWS, binds![next, AT_ONCE]).await?;
            let rows = rows.iter().map(stored).collect::<Result<Vec<_>, Fault>>()?;
            let Some(last) = rows.last().and_then(|row| i64::try_from(row.idx).ok()) else {
                break;
            };
            let items = db.read(&ITEMS, binds![next, last]).await?;
            let items = items
                .iter()
                .map(stored_item)
                .collect::<Result<Vec<_>, Fault>>()?;
            let chunks = db.read(&CHUNKS, binds![next, last]).await?;
            let chunks = chunks
                .iter()
                .map(stored_chunk)
                .collect::<Result<Vec<_>, Fault>>()?;
            feed(&mut auditor, &rows, &items, &chunks);
            next = last + 1;
        }
        let head = db.read(&HEAD, Vec::new()).await?;
        let head = head
            .first()
            .map(|row| Ok::<_, Fault>((unsigned(row, "size")?, row.get::<Vec<u8>>("frontier")?)));
        let head = head.transpose()?;
        let head = head.as_ref().map(|(size, frontier)| StoredHead {
            size: *size,
            frontier,
        });
        let mut tiles = auditor.head(head);
        for row in db.read(&TILES, Vec::new()).await? {
            let level = u8::try_from(unsigned(&row, "level")?).unwrap_or(u8::MAX);
            tiles.tile(level, unsigned(&row, "n")?, &row.get::<Vec<u8>>("data")?);
        }
        for (level, tile, data) in self.growing_tiles().await? {
            tiles.tile(level, tile, &data);
        }
        Ok(tiles.finish())
    }

    /// The hashes of the upper levels, gathered into tiles as they grow.
    async fn growing_tiles(&self) -> Result<Vec<(u8, u64, Vec<u8>)>, Fault> {
        let mut tiles: Vec<(u8, u64, Vec<u8>)> = Vec::new();
        for row in self.db().read(&NODES, Vec::new()).await? {
            let level = u8::try_from(unsigned(&row, "level")?).unwrap_or(u8::MAX);
            let tile = unsigned(&row, "n")? / 256;
            let hash: Hash = hash_of(&row, "hash")?;
            match tiles.last_mut() {
                Some((l, t, data)) if (*l, *t) == (level, tile) => data.extend(hash.as_bytes()),
                _ => tiles.push((level, tile, hash.as_bytes().to_vec())),
            }
        }
        Ok(tiles)
    }
}

fn stored(row: &Row) -> Result<Stored, Fault> {
    Ok(Stored {
        idx: unsigned(row, "idx")?,
        entry: row.get("entry")?,
        leaf: row.get("leaf")?,
        payload: row.get("payload")?,
        salt: row.get("salt")?,
    })
}

fn stored_item(row: &Row) -> Result<StoredItem, Fault> {
    Ok(StoredItem {
        idx: unsigned(row, "idx")?,
        item: row.get("item")?,
        payload: row.get("payload")?,
        salt: row.get("salt")?,
    })
}

/// Items of a bulk act as they are kept in chunks.
struct StoredChunk {
    idx: u64,
    items: Vec<u8>,
    payloads: Option<Vec<u8>>,
}

fn stored_chunk(row: &Row) -> Result<StoredChunk, Fault> {
    Ok(StoredChunk {
        idx: unsigned(row, "idx")?,
        items: row.get("items")?,
        payloads: row.get("payloads")?,
    })
}

impl StoredChunk {
    fn views(&self) -> impl Iterator<Item = ItemRow<'_>> {
        let secrets = self.payloads.as_deref().map(bulk::payloads);
        let secrets = secrets.unwrap_or_default().into_iter();
        let items = bulk::items(&self.items).into_iter();
        items
            .zip(secrets.chain(std::iter::repeat(None)))
            .map(|(item, secret)| ItemRow {
                item,
                payload: secret.map(|(payload, _)| payload),
                salt: secret.map(|(_, salt)| salt),
            })
    }
}

fn feed(auditor: &mut Auditor, rows: &[Stored], items: &[StoredItem], chunks: &[StoredChunk]) {
    let mut rest = items;
    for row in rows {
        let skipped = rest.partition_point(|item| item.idx < row.idx);
        rest = &rest[skipped..];
        let own = rest.partition_point(|item| item.idx == row.idx);
        let single = rest[..own].iter().map(|item| ItemRow {
            item: &item.item,
            payload: item.payload.as_deref(),
            salt: item.salt.as_deref(),
        });
        let chunks = chunks.iter().filter(|chunk| chunk.idx == row.idx);
        let views: Vec<ItemRow<'_>> = single.chain(chunks.flat_map(StoredChunk::views)).collect();
        rest = &rest[own..];
        auditor.row(check_row(&AuditRow {
            idx: row.idx,
            entry: &row.entry,
            leaf: &row.leaf,
            payload: row.payload.as_deref(),
            salt: row.salt.as_deref(),
            items: &views,
        }));
    }
}
