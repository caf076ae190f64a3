//! Reading the whole log past the auditor 存证审计.
//!
//! Rows come out of the database many at once, packed into one row of the answer: unpacking is a
//! tenth of the work of fetching them one by one. What does not unpack cleanly, because somebody
//! changed it, is fetched again row by row.

mod cells;
mod packed;
mod register;

use std::num::NonZero;
use std::ops::ControlFlow;
use std::sync::mpsc::sync_channel;

use evidence::audit::{
    AuditReport, Auditor, CheckedRow, ItemRow, Row as AuditRow, StoredHead, check_row,
};
use evidence::checkpoint::LogTrust;
use evidence::tree::TreeHead;
use serde::Deserialize;

use crate::bulk;
use crate::log::hash_of;
use crate::register::HEAD_SEEN;
use crate::{Fault, Row, Select, Spine, binds};
use cells::Unreadable;
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
    "SELECT idx, entry, leaf, payload, salt FROM log_entry \
     WHERE idx >= $1 AND idx < 9223372036854775807 ORDER BY idx LIMIT $2",
);
/// Entries at an index that no log reaches.
const STRAYS: Select = Select::new(
    "SELECT entry FROM log_entry WHERE idx < 0 OR idx >= 9223372036854775807 LIMIT 1000",
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
    unreadable: Unreadable,
}

/// The number that an entry gives itself.
#[derive(Deserialize)]
struct Numbered {
    seq: u64,
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
        let mut unreadable = Unreadable::default();
        let size = self.size(&mut unreadable).await?;
        let auditor = Auditor::with_room(usize::try_from(size).unwrap_or(usize::MAX));
        let checkpoints = self.checkpoints(&mut unreadable).await?;
        let mut auditor = begun(auditor, &checkpoints, trust, anchor);
        let mut some = self.some_batches(0, &mut unreadable).await?;
        let mut seen = 0;
        let ending = loop {
            while let Some(next) = next_after(&some) {
                let check = tokio::task::spawn_blocking(move || {
                    follow(&mut auditor, &some);
                    auditor
                });
                // The next ones are read while these are checked.
                let read = self.some_batches(next, &mut unreadable).await;
                auditor = check.await.map_err(|error| Fault::new(error.to_string()))?;
                (some, seen) = (read?, next);
            }
            match self.ending_or_more(seen, &mut unreadable).await? {
                ControlFlow::Break(ending) => break ending,
                ControlFlow::Continue(more) => some = more,
            }
        };
        let mut report = ended(auditor, &ending);
        let size = ending.head.as_ref().map_or(0, |(size, _)| *size);
        self.find_strays(&mut unreadable).await?;
        unreadable.tell(&mut report);
        self.compare_registers(size, &mut report).await?;
        Ok(report)
    }

    /// Reads the whole log into memory, to audit it apart from the database.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn read_log(&self) -> Result<StoredLog, Fault> {
        let mut unreadable = Unreadable::default();
        let checkpoints = self.checkpoints(&mut unreadable).await?;
        let mut some = self.some_batches(0, &mut unreadable).await?;
        let (mut batches, mut seen) = (Vec::new(), 0);
        let ending = loop {
            while let Some(next) = next_after(&some) {
                batches.append(&mut some);
                (some, seen) = (self.some_batches(next, &mut unreadable).await?, next);
            }
            match self.ending_or_more(seen, &mut unreadable).await? {
                ControlFlow::Break(ending) => break ending,
                ControlFlow::Continue(more) => some = more,
            }
        };
        Ok(StoredLog {
            checkpoints,
            batches,
            ending,
            unreadable,
        })
    }

    async fn checkpoints(&self, unreadable: &mut Unreadable) -> Result<Vec<(u64, String)>, Fault> {
        let mut checkpoints = Vec::new();
        for row in self.db().read(&CHECKPOINTS, Vec::new()).await? {
            let size = unreadable.number(&row, ("log_checkpoint", 0), "size");
            let place = ("log_checkpoint", size.unwrap_or_default());
            let note = unreadable.cell::<String>(&row, place, "note");
            checkpoints.extend(size.zip(note));
        }
        Ok(checkpoints)
    }

    async fn some_batches(
        &self,
        mut next: i64,
        unreadable: &mut Unreadable,
    ) -> Result<Vec<Batch>, Fault> {
        let mut some = Vec::new();
        while some.len() < AHEAD {
            let Some(batch) = self.batch(next, unreadable).await? else {
                break;
            };
            next = batch.next()?;
            some.push(batch);
        }
        Ok(some)
    }

    /// The rows from this index on.
    async fn batch(&self, from: i64, unreadable: &mut Unreadable) -> Result<Option<Batch>, Fault> {
        let db = self.db();
        let packed = Select(db.dialect().packed_log().into());
        let unpacked = match db.read(&packed, binds![from, AT_ONCE]).await {
            Ok(rows) => rows.first().and_then(Rows::unpacked),
            Err(_) => None,
        };
        let rows = match unpacked {
            Some(rows) => rows,
            None => {
                let answer = db.read(&ROWS, binds![from, AT_ONCE]).await?;
                let from = u64::try_from(from).unwrap_or_default();
                Rows::gathered(&answer, from, unreadable)
            }
        };
        let Some(last) = rows.last().and_then(|last| i64::try_from(last).ok()) else {
            return Ok(None);
        };
        let items = db.read(&ITEMS, binds![from, last]).await?;
        let chunks = db.read(&CHUNKS, binds![from, last]).await?;
        Ok(Some(Batch {
            items: items
                .iter()
                .filter_map(|row| stored_item(row, unreadable))
                .collect(),
            chunks: chunks
                .iter()
                .filter_map(|row| stored_chunk(row, unreadable))
                .collect(),
            rows,
        }))
    }

    /// Entries that were put where nobody looks for them, by the number that they give themselves.
    async fn find_strays(&self, unreadable: &mut Unreadable) -> Result<(), Fault> {
        for row in self.db().read(&STRAYS, Vec::new()).await? {
            let entry = row.get::<Vec<u8>>("entry").unwrap_or_default();
            let own = serde_json::from_slice::<Numbered>(&entry);
            unreadable.note(("log_entry", own.map_or(u64::MAX, |own| own.seq)), "idx");
        }
        Ok(())
    }

    /// What ends a log whose rows were read up to this index; or what somebody wrote meanwhile.
    async fn ending_or_more(
        &self,
        seen: i64,
        unreadable: &mut Unreadable,
    ) -> Result<ControlFlow<Ending, Vec<Batch>>, Fault> {
        let ending = self.ending(unreadable).await?;
        if !ending.is_ahead_of(seen) {
            return Ok(ControlFlow::Break(ending));
        }
        let more = self.some_batches(seen, unreadable).await?;
        // A head that tells of more than there is: rows are gone.
        Ok(if more.is_empty() {
            ControlFlow::Break(ending)
        } else {
            ControlFlow::Continue(more)
        })
    }

    /// The head and the tiles of one moment, when all entries that there were are entered: where
    /// the head moved while they were read, they are read again.
    async fn ending(&self, unreadable: &mut Unreadable) -> Result<Ending, Fault> {
        if self.db().dialect().travels()
            && let Err(fault) = self.db().settle_log().await
            && (fault.is_passing() || fault.is_lost())
        {
            // Any other reason is damage, which shows below.
            return Err(fault);
        }
        let mut head = self.stored_head(unreadable).await?;
        for _ in 0..TRIES {
            let mut tiles = Vec::new();
            for row in self.db().read(&TILES, Vec::new()).await? {
                let Some(n) = unreadable.number(&row, ("log_tile", 0), "n") else {
                    continue;
                };
                let level = unreadable.number(&row, ("log_tile", n), "level");
                let level = level.and_then(|level| u8::try_from(level).ok());
                let data = unreadable.bytes(&row, ("log_tile", n), "data");
                tiles.push((level.unwrap_or(u8::MAX), n, data.unwrap_or_default()));
            }
            tiles.extend(self.growing_tiles(unreadable).await?);
            let now = self.stored_head(unreadable).await?;
            if now == head {
                return Ok(Ending { head, tiles });
            }
            head = now;
        }
        Err(Fault::new(
            "the log grows faster than it can be audited; try again",
        ))
    }

    /// How many entries the head tells of.
    async fn size(&self, unreadable: &mut Unreadable) -> Result<u64, Fault> {
        let head = self.stored_head(unreadable).await?;
        Ok(head.map_or(0, |(size, _)| size))
    }

    async fn stored_head(
        &self,
        unreadable: &mut Unreadable,
    ) -> Result<Option<(u64, Vec<u8>)>, Fault> {
        let rows = self.db().read(&HEAD, Vec::new()).await?;
        let place = ("log_head", 1);
        Ok(rows.first().map(|row| {
            let size = unreadable.number(row, place, "size");
            let frontier = unreadable.bytes(row, place, "frontier");
            (size.unwrap_or_default(), frontier.unwrap_or_default())
        }))
    }

    /// The hashes of the upper levels, gathered into tiles as they grow.
    async fn growing_tiles(&self, unreadable: &mut Unreadable) -> Result<Vec<StoredTile>, Fault> {
        let mut tiles: Vec<StoredTile> = Vec::new();
        for row in self.db().read(&NODES, Vec::new()).await? {
            let Some(n) = unreadable.number(&row, ("log_node", 0), "n") else {
                continue;
            };
            let level = unreadable.number(&row, ("log_node", n), "level");
            let level = level.and_then(|level| u8::try_from(level).ok());
            let (level, tile) = (level.unwrap_or(u8::MAX), n / 256);
            let Ok(hash) = hash_of(&row, "hash") else {
                unreadable.note(("log_node", n), "hash");
                continue;
            };
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
        let mut report = ended(auditor, &self.ending);
        self.unreadable.tell(&mut report);
        report
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

fn stored_item(row: &Row, unreadable: &mut Unreadable) -> Option<StoredItem> {
    let idx = unreadable.number(row, ("log_item", 0), "idx")?;
    let mut bytes = |column| unreadable.bytes(row, ("log_item", idx), column);
    Some(StoredItem {
        idx,
        item: bytes("item").unwrap_or_default(),
        payload: bytes("payload"),
        salt: bytes("salt"),
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

fn stored_chunk(row: &Row, unreadable: &mut Unreadable) -> Option<StoredChunk> {
    let idx = unreadable.number(row, ("log_chunk", 0), "idx")?;
    let mut bytes = |column| unreadable.bytes(row, ("log_chunk", idx), column);
    Some(StoredChunk {
        idx,
        items: bytes("items").unwrap_or_default(),
        payloads: bytes("payloads"),
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
