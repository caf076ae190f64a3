//! Figures of the log at one million entries of about 300 bytes: append, proof, audit.
//!
//! `cargo run --release -p evidence --example bench_log [entries]`
#![expect(
    clippy::disallowed_methods,
    reason = "a measurement reads the clock; nothing is decided by it"
)]

use std::collections::BTreeMap;
use std::error::Error;
use std::sync::mpsc::sync_channel;
use std::time::{Duration, Instant};

use evidence::audit::{Auditor, CheckedRow, Row, StoredHead, check_row};
use evidence::checkpoint::{Checkpoint, LogTrust};
use evidence::commitment::commit;
use evidence::entry::{Actor, Entry};
use evidence::hash::{Hash, leaf_hash};
use evidence::key::SignerKey;
use evidence::proof::{verify_consistency, verify_inclusion};
use evidence::tile::TileId;
use evidence::tile_set::{TileSet, tiles_for_consistency, tiles_for_inclusion, tiles_for_root};
use evidence::tree::{Frontier, TreeHead};
use kernel::Moment;

const ORIGIN: &str = "baton.example.cn/log/bench";
const SUBJECTS: u64 = 50_000;
const ROUNDS: u64 = 1_000;
const BATCH: usize = 256;

struct Stored {
    entry: Vec<u8>,
    leaf: Hash,
    payload: Vec<u8>,
    salt: [u8; 32],
}

/// A log as the tables hold it.
#[derive(Default)]
struct Log {
    rows: Vec<Stored>,
    tiles: BTreeMap<(u8, u64), Vec<u8>>,
    frontier: Frontier,
    last: BTreeMap<u64, Hash>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let entries = std::env::args()
        .nth(1)
        .map_or(Ok(1_000_000), |count| count.parse())?;
    let mut log = Log::default();
    let started = Instant::now();
    let mut slowest = Duration::ZERO;
    for seq in 0..entries {
        let one = Instant::now();
        log.append(seq)?;
        slowest = slowest.max(one.elapsed());
    }
    let bytes: usize = log.rows.iter().map(|row| row.entry.len()).sum();
    println!(
        "entries              {entries}, {} bytes on average",
        bytes / log.rows.len()
    );
    tell("append", started.elapsed(), entries);
    println!("append, slowest      {slowest:?} (growing the vectors of this example)");
    proofs(&log)?;
    audit(&log, 1)?;
    audit(&log, 2)
}

fn tell(what: &str, all: Duration, count: u64) {
    let each = all.as_nanos() / u128::from(count.max(1));
    println!("{what:<20} {each} ns each, {} ms in all", all.as_millis());
}

impl Log {
    /// Everything an append computes: commitment, canonical bytes, leaf, tree, tiles.
    fn append(&mut self, seq: u64) -> Result<(), Box<dyn Error>> {
        let subject = seq.wrapping_mul(0x9e37_79b9_7f4a_7c15) % SUBJECTS;
        let salt = *leaf_hash(&seq.to_be_bytes()).as_bytes();
        let payload = format!(
            "{{\"amount\":{seq},\"name\":\"深圳市某某科技有限公司\",\"owner\":\"emp_{subject}\"}}"
        )
        .into_bytes();
        let entry = Entry {
            seq,
            tenant: "hengxin".to_owned(),
            act: "customer.reassign".to_owned(),
            at: Moment(1_795_334_400_000).plus_seconds(i64::try_from(seq)?),
            actor: Actor {
                id: "lgn_7".to_owned(),
                auth: "password".to_owned(),
                session: None,
            },
            subject: vec![format!("customer/cus_{subject}")],
            why: "离职交接".to_owned(),
            approvals: Vec::new(),
            commit: commit(&salt, &payload),
            docs: Vec::new(),
            prev: self.last.get(&subject).copied(),
        }
        .to_bytes()?;
        let leaf = leaf_hash(&entry);
        self.last.insert(subject, leaf);
        let tile = (0, self.frontier.size() >> 8);
        self.tiles.entry(tile).or_default().extend(leaf.as_bytes());
        for hash in self.frontier.push(leaf) {
            let tile = (hash.level, hash.tile());
            self.tiles
                .entry(tile)
                .or_default()
                .extend(hash.hash.as_bytes());
        }
        self.rows.push(Stored {
            entry,
            leaf,
            payload,
            salt,
        });
        Ok(())
    }

    fn read(&self, tiles: &[TileId]) -> Result<TileSet, Box<dyn Error>> {
        let mut set = TileSet::default();
        for tile in tiles {
            let stored = self
                .tiles
                .get(&(tile.level, tile.index))
                .ok_or("no such tile")?;
            set.insert(*tile, stored)?;
        }
        Ok(set)
    }
}

/// Proofs at places spread over the log, each from freshly read tiles.
fn proofs(log: &Log) -> Result<(), Box<dyn Error>> {
    let head = log.frontier.head();
    let place = |n: u64| n.wrapping_mul(0x9e37_79b9_7f4a_7c15) % head.size;
    let mut spent = [Duration::ZERO; 4];
    for n in 0..ROUNDS {
        let index = place(n);
        let leaf = log.rows[usize::try_from(index)?].leaf;
        let started = Instant::now();
        let tiles = log.read(&tiles_for_inclusion(index, head.size)?)?;
        let proof = tiles.inclusion_proof(index, head.size)?;
        spent[0] += started.elapsed();
        let started = Instant::now();
        verify_inclusion(index, leaf, &proof, head)?;
        spent[1] += started.elapsed();

        let size = index + 1;
        let tiles = log.read(&tiles_for_root(size))?;
        let old = TreeHead {
            size,
            root: tiles.root(size)?,
        };
        let started = Instant::now();
        let tiles = log.read(&tiles_for_consistency(size, head.size)?)?;
        let proof = tiles.consistency_proof(size, head.size)?;
        spent[2] += started.elapsed();
        let started = Instant::now();
        verify_consistency(old, head, &proof)?;
        spent[3] += started.elapsed();
    }
    tell("inclusion proof", spent[0], ROUNDS);
    tell("inclusion verify", spent[1], ROUNDS);
    tell("consistency proof", spent[2], ROUNDS);
    tell("consistency verify", spent[3], ROUNDS);
    Ok(())
}

/// The deep audit: `threads` threads check rows by themselves while this one follows the log.
fn audit(log: &Log, threads: usize) -> Result<(), Box<dyn Error>> {
    let signer = SignerKey::from_seed(ORIGIN, &[1; 32])?;
    let trust = LogTrust {
        origin: ORIGIN.to_owned(),
        log_keys: vec![signer.verifier()],
        witness_keys: Vec::new(),
    };
    let head = log.frontier.head();
    let note = Checkpoint::new(ORIGIN, head).sign(&signer)?.to_string();
    let frontier = log.frontier.to_bytes();

    let started = Instant::now();
    let mut auditor = Auditor::default();
    auditor.checkpoint(head.size, &note, &trust);
    std::thread::scope(|scope| {
        let checkers: Vec<_> = (0..threads)
            .map(|first| {
                let (send, receive) = sync_channel(8);
                let mut batches = checked_batches(log, first, threads);
                scope.spawn(move || batches.try_for_each(|batch| send.send(batch)));
                receive
            })
            .collect();
        // The batches come round robin, so the rows stay in order.
        let in_turn = checkers
            .iter()
            .cycle()
            .map_while(|checker| checker.recv().ok());
        in_turn.for_each(|rows| auditor.rows(rows));
    });
    let mut tiles = auditor.head(Some(StoredHead {
        size: head.size,
        frontier: &frontier,
    }));
    for ((level, index), data) in &log.tiles {
        tiles.tile(*level, *index, data);
    }
    let report = tiles.finish();
    tell(
        &format!("audit, {threads} + 1 threads"),
        started.elapsed(),
        head.size,
    );
    println!("  {} {:?}", report.verdict, report.findings.first());
    Ok(())
}

fn checked_batches(
    log: &Log,
    first: usize,
    step: usize,
) -> impl Iterator<Item = Vec<CheckedRow<'_>>> {
    let batches = log.rows.chunks(BATCH).enumerate();
    batches.skip(first).step_by(step).map(|(batch, rows)| {
        let numbered = (batch * BATCH..).zip(rows);
        numbered.map(|(idx, row)| checked(idx, row)).collect()
    })
}

fn checked(idx: usize, row: &Stored) -> CheckedRow<'_> {
    check_row(&Row {
        idx: u64::try_from(idx).unwrap_or(u64::MAX),
        entry: &row.entry,
        leaf: row.leaf.as_bytes(),
        payload: Some(&row.payload),
        salt: Some(&row.salt),
        items: &[],
    })
}
