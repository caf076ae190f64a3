//! Reading the whole log past the auditor 存证审计.
//!
//! Rows come out of the database many at once, packed into one row of the answer: unpacking is a
//! tenth of the work of fetching them one by one. What does not unpack cleanly, because somebody
//! changed it, is fetched again row by row.

mod packed;
mod register;

use std::num::NonZero;
use std::ops::ControlFlow;
use std::sync::mpsc::sync_channel;

use evidence::audit::{
    AuditReport, Auditor, CheckedRow, ItemRow, Row as AuditRow, StoredHead, check_row,
};
use evidence::checkpoint::LogTrust;
use evidence::hash::Hash;
use evidence::tree::TreeHead;

use crate::bulk;
use crate::log::hash_of;
use crate::register::HEAD_SEEN;
use crate::{Fault, Row, Select, Spine, binds};
use packed::Rows;
pub(crate) use register::Said;

/// Rows in one row of the answer, and rows that one thread checks at a time.
const AT_ONCE: i64 = 1_000;
/// Batches that are checked while the next ones are read.
const AHEAD: usize = 32;

/// What was stamped is a checkpoint too, and must be one of this very log.
const CHECKPOINTS: Select = Select::new(
    "SELECT size, note FROM log_checkpoint UNION SELECT size, note FROM log_stamp \
     ORDER BY size, note",
);
const ROWS: Select = Select::new(
    "SELECT idx, entry, leaf, payload, salt FROM log_entry WHERE idx >= $1 ORDER BY idx LIMIT $2",
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
const HEAD: Select = Select::new(HEAD_SEEN);
const TILES: Select = Select::new("SELECT level, n, data FROM log_tile ORDER BY level, n");
const NODES: Select = Select::new("SELECT level, n, hash FROM log_node ORDER BY level, n");

struct StoredItem {
    idx: u64,
    item: Vec<u8>,
    payload: Option<Vec<u8>>,
    salt: Option<Vec<u8>>,
}

/// Neighbouring rows with their items.
struct Batch {
    rows: Rows,
    items: Vec<StoredItem>,
    chunks: Vec<StoredChunk>,
}

/// A row of `log_tile`, or the growing tile that rows of `log_node` make: level, number, hashes.
type StoredTile = (u8, u64, Vec<u8>);

/// What ends the rows: the head, and the tiles.
struct Ending {
    head: Option<(u64, Vec<u8>)>,
    tiles: Vec<StoredTile>,
}

impl Ending {
    /// Whether the log is longer than what was read of it.
    fn is_ahead_of(&self, seen: i64) -> bool {
        let size = self.head.as_ref().map_or(0, |(size, _)| *size);
        u64::try_from(seen).is_ok_and(|seen| size > seen)
    }
}

/// How often the end of the log is read before one gives up.
const TRIES: u32 = 50;

/// The whole log in memory, as it is stored; some 1 GB for a million entries.
pub struct StoredLog {
    checkpoints: Vec<(u64, String)>,
    batches: Vec<Batch>,
    ending: Ending,
}

fn unsigned(row: &Row, column: &str) -> Result<u64, Fault> {
    u64::try_from(row.get::<i64>(column)?).map_err(|_| Fault::new(format!("negative {column}")))
}

impl Spine {
    /// Computes the whole log anew and compares it with what is stored and signed, and what the log
    /// is searched by with its entries. `anchor` is the head that was signed last according to the
    /// file outside the database. Where an act erased content, the verdict is INCOMPLETE.
    ///
    /// # Errors
    /// [`Fault`] when the database fails; what is wrong with the log is in the report.
    pub async fn audit(
        &self,
        trust: &LogTrust,
        anchor: Option<TreeHead>,
    ) -> Result<AuditReport, Fault> {
        let auditor = Auditor::with_room(usize::try_from(self.size().await?).unwrap_or(usize::MAX));
        let mut auditor = begun(auditor, &self.checkpoints().await?, trust, anchor);
        let mut some = self.some_batches(0).await?;
        let mut seen = 0;
        let ending = loop {
            while let Some(next) = next_after(&some) {
                let check = tokio::task::spawn_blocking(move || {
                    follow(&mut auditor, &some);
                    auditor
                });
                // The next ones are read while these are checked.
                let read = self.some_batches(next).await;
                auditor = check.await.map_err(|error| Fault::new(error.to_string()))?;
                (some, seen) = (read?, next);
            }
            match self.ending_or_more(seen).await? {
                ControlFlow::Break(ending) => break ending,
                ControlFlow::Continue(more) => some = more,
            }
        };
        let mut report = ended(auditor, &ending);
        let size = ending.head.as_ref().map_or(0, |(size, _)| *size);
        self.compare_registers(size, &mut report).await?;
        Ok(report)
    }

    /// Reads the whole log into memory, to audit it apart from the database.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn read_log(&self) -> Result<StoredLog, Fault> {
        let checkpoints = self.checkpoints().await?;
        let mut some = self.some_batches(0).await?;
        let (mut batches, mut seen) = (Vec::new(), 0);
        let ending = loop {
            while let Some(next) = next_after(&some) {
                batches.append(&mut some);
                (some, seen) = (self.some_batches(next).await?, next);
            }
            match self.ending_or_more(seen).await? {
                ControlFlow::Break(ending) => break ending,
                ControlFlow::Continue(more) => some = more,
            }
        };
        Ok(StoredLog {
            checkpoints,
            batches,
            ending,
        })
    }

    async fn checkpoints(&self) -> Result<Vec<(u64, String)>, Fault> {
        let rows = self.db().read(&CHECKPOINTS, Vec::new()).await?;
        let each = rows.iter();
        each.map(|row| Ok((unsigned(row, "size")?, row.get("note")?)))
            .collect()
    }

    async fn some_batches(&self, mut next: i64) -> Result<Vec<Batch>, Fault> {
        let mut some = Vec::new();
        while some.len() < AHEAD {
            let Some(batch) = self.batch(next).await? else {
                break;
            };
            next = batch.next()?;
            some.push(batch);
        }
        Ok(some)
    }

    /// The rows from this index on.
    async fn batch(&self, from: i64) -> Result<Option<Batch>, Fault> {
        let db = self.db();
        let packed = Select(db.dialect().packed_log().into());
        let unpacked = match db.read(&packed, binds![from, AT_ONCE]).await {
            Ok(rows) => rows.first().and_then(Rows::unpacked),
            Err(_) => None,
        };
        let rows = match unpacked {
            Some(rows) => rows,
            None => Rows::gathered(&db.read(&ROWS, binds![from, AT_ONCE]).await?)?,
        };
        let Some(last) = rows.last().and_then(|last| i64::try_from(last).ok()) else {
            return Ok(None);
        };
        let items = db.read(&ITEMS, binds![from, last]).await?;
        let items = items.iter().map(stored_item);
        let chunks = db.read(&CHUNKS, binds![from, last]).await?;
        let chunks = chunks.iter().map(stored_chunk);
        Ok(Some(Batch {
            items: items.collect::<Result<Vec<_>, Fault>>()?,
            chunks: chunks.collect::<Result<Vec<_>, Fault>>()?,
            rows,
        }))
    }

    /// What ends a log whose rows were read up to this index; or what somebody wrote meanwhile.
    async fn ending_or_more(&self, seen: i64) -> Result<ControlFlow<Ending, Vec<Batch>>, Fault> {
        let ending = self.ending().await?;
        if !ending.is_ahead_of(seen) {
            return Ok(ControlFlow::Break(ending));
        }
        let more = self.some_batches(seen).await?;
        // A head that tells of more than there is: rows are gone.
        Ok(if more.is_empty() {
            ControlFlow::Break(ending)
        } else {
            ControlFlow::Continue(more)
        })
    }

    /// The head and the tiles of one moment, when all entries that there were are entered: where
    /// the head moved while they were read, they are read again.
    async fn ending(&self) -> Result<Ending, Fault> {
        if self.db().dialect().travels() {
            self.db().settle_log().await?;
        }
        let mut head = self.stored_head().await?;
        for _ in 0..TRIES {
            let mut tiles = Vec::new();
            for row in self.db().read(&TILES, Vec::new()).await? {
                let level = u8::try_from(unsigned(&row, "level")?).unwrap_or(u8::MAX);
                tiles.push((level, unsigned(&row, "n")?, row.get("data")?));
            }
            tiles.extend(self.growing_tiles().await?);
            let now = self.stored_head().await?;
            if now == head {
                return Ok(Ending { head, tiles });
            }
            head = now;
        }
        Err(Fault::new(
            "the log grows faster than it can be audited; try again",
        ))
    }

    async fn size(&self) -> Result<u64, Fault> {
        let rows = self.db().read(&HEAD, Vec::new()).await?;
        rows.first().map_or(Ok(0), |row| unsigned(row, "size"))
    }

    async fn stored_head(&self) -> Result<Option<(u64, Vec<u8>)>, Fault> {
        let rows = self.db().read(&HEAD, Vec::new()).await?;
        let head = rows.first();
        head.map(|row| Ok((unsigned(row, "size")?, row.get("frontier")?)))
            .transpose()
    }

    /// The hashes of the upper levels, gathered into tiles as they grow.
    async fn growing_tiles(&self) -> Result<Vec<StoredTile>, Fault> {
        let mut tiles: Vec<StoredTile> = Vec::new();
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

impl StoredLog {
    /// As [`Spine::audit`], of what was read.
    #[must_use]
    pub fn audit(&self, trust: &LogTrust, anchor: Option<TreeHead>) -> AuditReport {
        let rows = self.batches.iter().map(|batch| batch.rows.len()).sum();
        let auditor = Auditor::with_room(rows);
        let mut auditor = begun(auditor, &self.checkpoints, trust, anchor);
        follow(&mut auditor, &self.batches);
        ended(auditor, &self.ending)
    }
}

fn begun(
    mut auditor: Auditor,
    checkpoints: &[(u64, String)],
    trust: &LogTrust,
    anchor: Option<TreeHead>,
) -> Auditor {
    for (size, note) in checkpoints {
        auditor.checkpoint(*size, note, trust);
    }
    if let Some(head) = anchor {
        auditor.anchor(head);
    }
    auditor
}

/// Checks every row by itself on all cores while this thread follows the log.
fn follow(auditor: &mut Auditor, batches: &[Batch]) {
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
    let threads = threads.clamp(1, 8).min(batches.len().max(1));
    std::thread::scope(|scope| {
        let checkers: Vec<_> = (0..threads)
            .map(|first| {
                let (send, receive) = sync_channel(AHEAD);
                scope.spawn(move || {
                    let mut own = batches.iter().skip(first).step_by(threads);
                    // Nobody listens any more only when the other side has panicked.
                    let _ = own.try_for_each(|batch| send.send(batch.checked()));
                });
                receive
            })
            .collect();
        // The batches come round robin, so the rows stay in order.
        let in_turn = checkers.iter().cycle().take(batches.len());
        for checked in in_turn.map_while(|checker| checker.recv().ok()) {
            auditor.rows(checked);
        }
    });
}

fn ended(auditor: Auditor, ending: &Ending) -> AuditReport {
    let head = ending.head.as_ref().map(|(size, frontier)| StoredHead {
        size: *size,
        frontier,
    });
    let mut tiles = auditor.head(head);
    for (level, tile, data) in &ending.tiles {
        tiles.tile(*level, *tile, data);
    }
    tiles.finish()
}

fn next_after(some: &[Batch]) -> Option<i64> {
    some.last()?.next().ok()
}

fn stored_item(row: &Row) -> Result<StoredItem, Fault> {
    Ok(StoredItem {
        idx: unsigned(row, "idx")?,
        item: row.get("item")?,
        payload: row.get("payload")?,
        salt: row.get("salt")?,
    })
}

/// The neighbours that belong to the row of this index, and those behind them.
fn own_of<T>(sorted: &[T], row: u64, index: impl Fn(&T) -> u64) -> (&[T], &[T]) {
    let skipped = sorted.partition_point(|one| index(one) < row);
    let sorted = &sorted[skipped..];
    sorted.split_at(sorted.partition_point(|one| index(one) == row))
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

impl Batch {
    /// The index after its last row.
    fn next(&self) -> Result<i64, Fault> {
        let last = self.rows.last().unwrap_or(0);
        i64::try_from(last + 1).map_err(|_| Fault::new("log index"))
    }

    fn checked(&self) -> Vec<CheckedRow<'_>> {
        let (mut rest, mut chunks) = (self.items.as_slice(), self.chunks.as_slice());
        let mut checked = Vec::with_capacity(self.rows.len());
        for row in self.rows.iter() {
            let own;
            (own, rest) = own_of(rest, row.idx, |item| item.idx);
            let own_chunks;
            (own_chunks, chunks) = own_of(chunks, row.idx, |chunk| chunk.idx);
            let single = own.iter().map(|item| ItemRow {
                item: &item.item,
                payload: item.payload.as_deref(),
                salt: item.salt.as_deref(),
            });
            let chunked = own_chunks.iter().flat_map(StoredChunk::views);
            let views: Vec<ItemRow<'_>> = single.chain(chunked).collect();
            checked.push(check_row(&AuditRow {
                idx: row.idx,
                entry: row.entry,
                leaf: row.leaf,
                payload: row.payload,
                salt: row.salt,
                items: &views,
            }));
        }
        checked
    }
}
