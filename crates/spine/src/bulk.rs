//! The items of an act over very many things, kept in chunks 批量明细.
//!
//! What is hashed is the same as for every bulk act (`evidence::items`): one leaf for each item,
//! one root in the entry's payload. Only the storing differs: 1,024 items share a row of
//! `log_chunk`, their payloads and salts one of `log_chunk_payload`, from which one payload can be
//! erased while the tree stays whole. A million rows cost a database more than hashing what they
//! hold.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::Arc;

use evidence::commitment::commit;
use evidence::hash::Hash;
use evidence::items::{Item as LogItem, ItemTree, ItemsRoot};
use rayon::prelude::*;
use serde_json::Value as Json;

use crate::books::Setting;
use crate::log::leaves_of;
use crate::register::SUBJECTS;
use crate::{Fault, Item, Reader, Record, Select, Writer, binds};

/// One thing out of very many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BulkItem {
    /// `customer/cus_…`; the item continues its chain.
    pub subject: String,
    /// What happened to it.
    pub detail: Json,
    /// Whether the thing came into being with this act, so that no chain can be there to continue.
    pub fresh: bool,
}

/// Makes the items of a bulk act one after the other, so that they are never all in memory.
pub trait BulkItems: Send + Sync {
    /// How many.
    fn count(&self) -> usize;
    /// Item `n` of `0..count`; the same one each time it is asked for.
    fn item(&self, n: usize) -> BulkItem;
    /// What item `n` is about.
    fn subject(&self, n: usize) -> String {
        self.item(n).subject
    }
}

/// The items of a bulk act as its record holds them.
#[derive(Clone)]
pub struct Bulk(pub(crate) Arc<dyn BulkItems>);

impl Bulk {
    /// Items that are made when they are written down.
    #[must_use]
    pub fn of(items: Arc<dyn BulkItems>) -> Bulk {
        Bulk(items)
    }
}

impl fmt::Debug for Bulk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Bulk({})", self.0.count())
    }
}

impl PartialEq for Bulk {
    fn eq(&self, other: &Bulk) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Bulk {}

/// From so many items on, an act that lists them has them kept in chunks.
const MANY: usize = 512;

/// Items that stand in memory already.
struct Listed(Vec<Item>);

impl BulkItems for Listed {
    fn count(&self) -> usize {
        self.0.len()
    }

    fn item(&self, n: usize) -> BulkItem {
        let Item { subject, detail } = self.0[n].clone();
        BulkItem {
            subject,
            detail,
            fresh: false,
        }
    }

    fn subject(&self, n: usize) -> String {
        self.0[n].subject.clone()
    }
}

/// Very many items of a record become bulk items: what is hashed is the same.
pub(crate) fn pack(record: &mut Record) {
    if record.items.len() >= MANY && record.bulk.is_none() {
        let items = std::mem::take(&mut record.items);
        record.bulk = Some(Bulk::of(Arc::new(Listed(items))));
    }
}

/// Items of one chunk.
const CHUNK: usize = 1_024;
/// Bytes of a salt.
const SALT: usize = 32;
/// Chunks made and written together: some two megabytes.
const CHUNKS_AT_ONCE: usize = 4;

const ITEMS: &str = "INSERT INTO log_chunk (idx, first_n, items) VALUES ";
const PAYLOADS: &str = "INSERT INTO log_chunk_payload (idx, first_n, payloads) VALUES ";

/// Stands for the length of a payload that was erased.
const ERASED: u32 = u32::MAX;

/// Writes the items of entry `index`; gives the root over them. Items and hashes are made on all
/// processors.
pub(crate) async fn keep(
    writer: &mut Writer<'_>,
    setting: &Setting,
    index: i64,
    bulk: &Bulk,
    noted: &HashMap<String, Hash>,
) -> Result<ItemsRoot, Fault> {
    let items = &*bulk.0;
    let mut leaves = Vec::with_capacity(items.count());
    let make = |first: usize| Batch::of(items, first);
    let mut next = make(0);
    while let Some(batch) = next {
        let known = batch.items.iter().filter(|item| !item.fresh);
        let known = leaves_of(writer, known.map(|item| &item.subject).collect());
        // A server looks for the chains while the payloads are made, and writes while what comes
        // next is made.
        let (chains, payloads) = tokio::join!(known, async { batch.payloads(setting) });
        let mut chains = chains?;
        for item in &batch.items {
            // What this transaction wrote of it before is not in the database yet.
            if let Some(leaf) = noted.get(&item.subject) {
                chains.insert(item.subject.clone(), *leaf);
            }
        }
        let built = batch.chunks(payloads?, &chains)?;
        let (mut chunks, mut secrets) = (Vec::new(), Vec::new());
        for (first, chunk) in built {
            let place = i64::try_from(first).map_err(|_| Fault::new("too many items"))?;
            leaves.extend(chunk.leaves);
            chunks.push(binds![index, place, chunk.items]);
            secrets.push(binds![index, place, chunk.payloads]);
        }
        let write = async {
            writer.insert_many(ITEMS, "", chunks).await?;
            writer.insert_many(PAYLOADS, "", secrets).await
        };
        let (written, following) = tokio::join!(write, async { make(batch.after()) });
        written?;
        next = following;
    }
    Ok(ItemTree::of_leaves(leaves).root())
}

/// Notes which things entry `index` speaks of, once its leaf is known.
pub(crate) async fn note_subjects(
    writer: &mut Writer<'_>,
    index: i64,
    bulk: &Bulk,
    leaf: Hash,
    (chains, continued): (&mut HashMap<String, Hash>, &HashSet<String>),
) -> Result<(), Fault> {
    let items = &*bulk.0;
    let numbers = (0..items.count()).collect::<Vec<_>>();
    for some in numbers.chunks(16 * CHUNK) {
        let mut rows = Vec::with_capacity(some.len());
        for n in some {
            let subject = items.subject(*n);
            // A later entry of this transaction continues from here.
            if continued.contains(&subject) {
                chains.insert(subject.clone(), leaf);
            }
            let place = i64::try_from(*n).unwrap_or(i64::MAX);
            rows.push(binds![subject, index, place, leaf.as_bytes().as_slice()]);
        }
        writer.insert_many(SUBJECTS, "", rows).await?;
    }
    Ok(())
}

/// Items that are made and written together, on all processors.
struct Batch {
    first: usize,
    items: Vec<BulkItem>,
}

/// What an item says, and what its entry commits to.
struct Payload {
    bytes: Vec<u8>,
    salt: [u8; SALT],
    commit: Hash,
}

impl Batch {
    /// Those from `first` on; `None` behind the last one.
    fn of(items: &dyn BulkItems, first: usize) -> Option<Batch> {
        let last = items.count().min(first + CHUNKS_AT_ONCE * CHUNK);
        let numbers = (first..last).into_par_iter();
        let items: Vec<BulkItem> = numbers.map(|n| items.item(n)).collect();
        (!items.is_empty()).then_some(Batch { first, items })
    }

    fn after(&self) -> usize {
        self.first + self.items.len()
    }

    fn payloads(&self, setting: &Setting) -> Result<Vec<Payload>, Fault> {
        let mut salts = vec![[0; SALT]; self.items.len()];
        setting.chance.fill(salts.as_flattened_mut());
        let pairs = self.items.par_iter().zip(salts).enumerate();
        let payload = |(n, (item, salt)): (usize, (&BulkItem, [u8; SALT]))| {
            let bytes = evidence::json::canonical(&item.detail)
                .map_err(|error| broken(self.first + n, &error))?;
            let commit = commit(&salt, &bytes);
            Ok(Payload {
                bytes,
                salt,
                commit,
            })
        };
        pairs.map(payload).collect()
    }

    /// The chunks, each with the number of its first item.
    fn chunks(
        &self,
        payloads: Vec<Payload>,
        chains: &HashMap<String, Hash>,
    ) -> Result<Vec<(usize, Chunk)>, Fault> {
        let apart = self.items.par_chunks(CHUNK).zip(payloads.par_chunks(CHUNK));
        let built = apart.enumerate().map(|(nth, (items, payloads))| {
            let first = self.first + nth * CHUNK;
            Chunk::of(first, items, payloads, chains).map(|chunk| (first, chunk))
        });
        built.collect()
    }
}

#[derive(Default)]
struct Chunk {
    items: Vec<u8>,
    payloads: Vec<u8>,
    leaves: Vec<Hash>,
}

impl Chunk {
    fn of(
        first: usize,
        items: &[BulkItem],
        payloads: &[Payload],
        chains: &HashMap<String, Hash>,
    ) -> Result<Chunk, Fault> {
        let mut chunk = Chunk::default();
        for ((n, item), payload) in (first..).zip(items).zip(payloads) {
            let bytes = LogItem {
                n: u64::try_from(n).map_err(|_| Fault::new("too many items"))?,
                subject: item.subject.clone(),
                prev: chains.get(&item.subject).copied(),
                commit: payload.commit,
            }
            .to_bytes()
            .map_err(|error| broken(n, &error))?;
            chunk.leaves.push(evidence::hash::leaf_hash(&bytes));
            push(&mut chunk.items, &bytes)?;
            push(&mut chunk.payloads, &payload.bytes)?;
            chunk.payloads.extend(payload.salt);
        }
        Ok(chunk)
    }
}

fn broken(n: usize, error: &dyn fmt::Display) -> Fault {
    Fault::new(format!("item {n}: {error}"))
}

fn push(out: &mut Vec<u8>, bytes: &[u8]) -> Result<(), Fault> {
    let length = u32::try_from(bytes.len()).map_err(|_| Fault::new("an item is too long"))?;
    out.extend(length.to_be_bytes());
    out.extend(bytes);
    Ok(())
}

/// The items of a chunk in their order. A chunk that was cut short gives those before the cut; the
/// audit then misses the rest.
pub(crate) fn items(chunk: &[u8]) -> Vec<&[u8]> {
    let (mut rest, mut found) = (chunk, Vec::new());
    while let Some((bytes, after)) = piece(rest) {
        found.push(bytes.unwrap_or_default());
        rest = after;
    }
    found
}

/// Payload and salt of each item of a chunk; nothing where it was erased.
pub(crate) fn payloads(chunk: &[u8]) -> Vec<Option<(&[u8], &[u8])>> {
    let (mut rest, mut found) = (chunk, Vec::new());
    while let Some((payload, after)) = piece(rest) {
        let Some(payload) = payload else {
            found.push(None);
            rest = after;
            continue;
        };
        let Some((salt, after)) = after.split_at_checked(SALT) else {
            break;
        };
        found.push(Some((payload, salt)));
        rest = after;
    }
    found
}

type Piece<'a> = (Option<&'a [u8]>, &'a [u8]);

fn piece(rest: &[u8]) -> Option<Piece<'_>> {
    let (length, after) = rest.split_first_chunk::<4>()?;
    let length = u32::from_be_bytes(*length);
    if length == ERASED {
        return Some((None, after));
    }
    let (bytes, after) = after.split_at_checked(usize::try_from(length).ok()?)?;
    Some((Some(bytes), after))
}

const PAYLOAD: Select = Select::new("SELECT payload FROM log_payload WHERE idx = $1 AND n = $2");
const CHUNK_OF: Select = Select::new(
    "SELECT first_n, payloads FROM log_chunk_payload WHERE idx = $1 AND first_n <= $2 \
     ORDER BY first_n DESC LIMIT 1",
);

impl Reader<'_> {
    /// The payload of item `n` of a bulk act, canonical JSON; nothing once it was erased.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn item_payload(&mut self, index: i64, n: i64) -> Result<Option<Vec<u8>>, Fault> {
        if let Some(row) = self.first(&PAYLOAD, binds![index, n]).await? {
            return row.get("payload");
        }
        let Some(row) = self.first(&CHUNK_OF, binds![index, n]).await? else {
            return Ok(None);
        };
        let (first, chunk): (i64, Vec<u8>) = (row.get("first_n")?, row.get("payloads")?);
        let place = usize::try_from(n - first).unwrap_or(usize::MAX);
        let found = payloads(&chunk).get(place).copied().flatten();
        Ok(found.map(|(payload, _)| payload.to_vec()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chunk_gives_back_what_was_put_in_and_survives_damage() {
        let mut chunk = Vec::new();
        for text in ["a", "", "long enough"] {
            push(&mut chunk, text.as_bytes()).unwrap();
            chunk.extend([7; 32]);
        }
        chunk.splice(5..37, []);
        chunk.splice(0..5, ERASED.to_be_bytes());
        let found = payloads(&chunk);
        let texts: Vec<_> = found.iter().map(|f| f.map(|(text, _)| text)).collect();
        assert_eq!(texts, [None, Some(&b""[..]), Some(&b"long enough"[..])]);
        for cut in 0..chunk.len() {
            assert!(payloads(&chunk[..cut]).len() <= 3 && items(&chunk[..cut]).len() <= 4);
        }
    }
}
