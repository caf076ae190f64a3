//! The second log over the same entries, with SM3 and SM2 国密日志.
//!
//! It follows the first one beside the work: no act waits for it, and nothing of it is written in
//! an act's transaction. What it is, says [`evidence::sm`]; here it is kept, signed and audited.
//! It is signed only as far as the first log is, and what was signed last stands in a file outside
//! the database too.

use std::path::{Path, PathBuf};

use evidence::hash::{Hash, TreeHash, leaf_hash};
use evidence::monotonic::{Decision, decide_by};
use evidence::sm::{SmAudit, SmFinding, SmSignerKey, SmVerifierKey, origin_of};
use evidence::tile::TileId;
use evidence::tile_set::{TileSet, tiles_for_consistency, tiles_for_inclusion};
use evidence::tree::{Frontier, TreeHead, mth_by};
use tokio::sync::Mutex;

use crate::checkpoint::{LastSigned, remembered, write_private};
use crate::log::hash_of;
use crate::proofs::position;
use crate::{Chance, CheckpointError, Fault, Row, Select, Spine, StoredCheckpoint, binds};

/// Leaves in a tile.
const TILE: u64 = 256;
/// Entries that one transaction takes over.
const STEP: u64 = 64 * TILE;
/// What is read at once.
const AT_ONCE: u64 = 4 * TILE;

const SIGNED: Select = Select::new("SELECT coalesce(max(size), 0) AS size FROM log_checkpoint");
const HEAD: Select = Select::new("SELECT size, frontier FROM log_sm_head WHERE id = 1");
const ENTRIES: Select =
    Select::new("SELECT idx, entry, leaf FROM log_entry WHERE idx >= $1 AND idx < $2 ORDER BY idx");
const TILES: Select =
    Select::new("SELECT n, data, root FROM log_sm_tile WHERE n >= $1 AND n < $2 ORDER BY n");
const ROOTS: Select =
    Select::new("SELECT n, root FROM log_sm_tile WHERE n >= $1 AND n < $2 ORDER BY n");
const NEWEST: Select =
    Select::new("SELECT size, note, signed_at FROM log_sm_checkpoint ORDER BY size DESC LIMIT 1");
const OVER: Select = Select::new(
    "SELECT size, note, signed_at FROM log_sm_checkpoint WHERE size >= $1 ORDER BY size LIMIT 1",
);
const ALL: Select = Select::new("SELECT size, note FROM log_sm_checkpoint ORDER BY size");
const KEEP_TILE: &str =
    "INSERT INTO log_sm_tile (n, data, root) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
/// Of two servers that follow at once the slower one changes nothing.
const KEEP_HEAD: &str = "INSERT INTO log_sm_head (id, size, frontier) VALUES (1, $1, $2) \
    ON CONFLICT (id) DO UPDATE SET size = excluded.size, frontier = excluded.frontier \
    WHERE log_sm_head.size < excluded.size";
const KEEP_NOTE: &str = "INSERT INTO log_sm_checkpoint (size, note, signed_at) \
    VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";

/// Follows the log with SM3 and signs with SM2.
pub struct SmSigning {
    spine: Spine,
    key: SmSignerKey,
    verifier: SmVerifierKey,
    state: PathBuf,
    turn: Mutex<()>,
}

/// What an audit of the second log says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SmReport {
    /// Everything wrong.
    pub findings: Vec<SmFinding>,
    /// Heads that were compared.
    pub checked: u64,
}

/// A full tile on its way into the books.
struct Full {
    n: u64,
    data: Vec<u8>,
    root: Hash,
}

fn unsigned(row: &Row, column: &str) -> Result<u64, Fault> {
    u64::try_from(row.get::<i64>(column)?).map_err(|_| Fault::new(format!("{column} < 0")))
}

fn stored(row: &Row) -> Result<StoredCheckpoint, Fault> {
    Ok(StoredCheckpoint {
        size: unsigned(row, "size")?,
        note: row.get("note")?,
        signed_at: row.get("signed_at")?,
    })
}

fn bytes_of(hashes: &[Hash]) -> Vec<u8> {
    hashes.iter().flat_map(|hash| *hash.as_bytes()).collect()
}

impl SmSigning {
    /// The second log beside the first named `log`; its key lies in `keys/log-sm2.key` of the data
    /// folder and is made when it is absent.
    ///
    /// # Errors
    /// [`Fault`] when the file cannot be read or written, or belongs to another log.
    pub fn open(
        spine: Spine,
        log: &str,
        data_dir: &Path,
        chance: &dyn Chance,
    ) -> Result<SmSigning, Fault> {
        let path = data_dir.join("keys").join("log-sm2.key");
        let fault =
            |error: &dyn std::fmt::Display| Fault::new(format!("{}: {error}", path.display()));
        let name = origin_of(log);
        let key = match std::fs::read_to_string(&path) {
            Ok(text) => text.trim().parse().map_err(|error| fault(&error))?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let key = made(&name, chance).ok_or_else(|| fault(&"no key could be made"))?;
                let text = key.to_secret_text().map_err(|error| fault(&error))?;
                write_private(&path, &text).map_err(|error| fault(&error))?;
                key
            }
            Err(error) => return Err(fault(&error)),
        };
        let verifier = key.verifier().map_err(|error| fault(&error))?;
        if verifier.name() != name {
            let own = verifier.name();
            return Err(fault(&format!(
                "is the key of {own}, not of {name}; if the log goes on under a new name, put the \
                 old key away and state/checkpoint-sm.json with it"
            )));
        }
        Ok(SmSigning {
            spine,
            key,
            verifier,
            state: data_dir.join("state").join("checkpoint-sm.json"),
            turn: Mutex::new(()),
        })
    }

    /// The public key.
    #[must_use]
    pub fn verifier(&self) -> &SmVerifierKey {
        &self.verifier
    }

    /// Follows the first log as far as it is signed, and signs; gives the size signed, if any.
    ///
    /// # Errors
    /// [`CheckpointError`] when the log does not continue what was signed.
    pub async fn follow(&self) -> Result<Option<u64>, CheckpointError> {
        let _turn = self.turn.lock().await;
        let rows = self.spine.db().read(&SIGNED, Vec::new()).await?;
        let until = rows.first().map_or(Ok(0), |row| unsigned(row, "size"))?;
        let mut tree = self.tree().await?;
        while tree.size() < until {
            tree = self.step(tree, until).await?;
        }
        if tree.size() != until || until == 0 {
            // Another server is ahead, or there is nothing yet.
            return Ok(None);
        }
        self.sign_if_grown(tree.head()).await
    }

    async fn tree(&self) -> Result<Frontier, Fault> {
        let rows = self.spine.db().read(&HEAD, Vec::new()).await?;
        let (size, bytes) = match rows.first() {
            Some(row) => (unsigned(row, "size")?, row.get::<Vec<u8>>("frontier")?),
            None => (0, Vec::new()),
        };
        Frontier::restore_by(TreeHash::Sm3, size, &bytes)
            .map_err(|error| Fault::new(format!("log_sm_head: {error}")))
    }

    /// Takes over some entries, in one transaction.
    async fn step(&self, mut tree: Frontier, until: u64) -> Result<Frontier, Fault> {
        let from = tree.size();
        let first = from - from % TILE;
        let until = until.min(first + STEP);
        let (mut full, mut open) = (Vec::new(), Vec::new());
        let mut next = first;
        while next < until {
            let leaves = self.leaves(next, until.min(next + AT_ONCE)).await?;
            for leaf in leaves {
                if next >= from {
                    tree.push(leaf);
                }
                next += 1;
                open.push(leaf);
                if next.is_multiple_of(TILE) {
                    full.push(Full {
                        n: next / TILE - 1,
                        data: bytes_of(&open),
                        root: mth_by(TreeHash::Sm3, &open),
                    });
                    open.clear();
                }
            }
        }
        self.keep(&tree, full).await?;
        Ok(tree)
    }

    async fn keep(&self, tree: &Frontier, full: Vec<Full>) -> Result<(), Fault> {
        let db = self.spine.db();
        let mut tx = db.writer.begin(db.dialect().begin_write()).await?;
        for Full { n, data, root } in full {
            let values = binds![position(n)?, data, root.as_bytes().as_slice()];
            tx.run(KEEP_TILE, values).await?;
        }
        let head = binds![position(tree.size())?, tree.to_bytes()];
        tx.run(KEEP_HEAD, head).await?;
        tx.commit().await
    }

    /// The leaves of these entries, each of bytes that have the leaf hash of the first log.
    async fn leaves(&self, from: u64, until: u64) -> Result<Vec<Hash>, Fault> {
        let range = binds![position(from)?, position(until)?];
        let rows = self.spine.db().read(&ENTRIES, range).await?;
        let mut leaves = Vec::with_capacity(rows.len());
        for (index, row) in (from..).zip(&rows) {
            let entry: Vec<u8> = row.get("entry")?;
            if unsigned(row, "idx")? != index || hash_of(row, "leaf")? != leaf_hash(&entry) {
                return Err(Fault::new(format!(
                    "the log is damaged at {index}: baton audit"
                )));
            }
            leaves.push(TreeHash::Sm3.leaf(&entry));
        }
        match u64::try_from(leaves.len()) == Ok(until - from) {
            true => Ok(leaves),
            false => Err(Fault::new(format!("entries are missing from {from} on"))),
        }
    }

    async fn sign_if_grown(&self, head: TreeHead) -> Result<Option<u64>, CheckpointError> {
        let last = self.last()?;
        let proof = match last {
            Some(last) if (1..head.size).contains(&last.size) => {
                let wanted = tiles_for_consistency(last.size, head.size);
                let wanted = wanted.map_err(|error| Fault::new(error.to_string()))?;
                let tiles = self.tiles(wanted).await?;
                tiles
                    .consistency_proof(last.size, head.size)
                    .unwrap_or_default()
            }
            _ => Vec::new(),
        };
        match decide_by(TreeHash::Sm3, last, head, &proof) {
            Decision::AlreadySigned => Ok(None),
            Decision::Rollback { last, head } => Err(CheckpointError::Rollback {
                last: last.size,
                head: head.size,
            }),
            Decision::Fork { last, head } => Err(CheckpointError::Fork {
                last: last.size,
                head: head.size,
            }),
            Decision::Sign => {
                self.sign(head).await?;
                Ok(Some(head.size))
            }
        }
    }

    /// The state file goes first, as with the first log.
    async fn sign(&self, head: TreeHead) -> Result<(), Fault> {
        let note = self.key.sign(head);
        let note = note.map_err(|error| Fault::new(error.to_string()))?;
        let last = LastSigned::of(self.verifier.name(), head);
        write_private(&self.state, &serde_json::to_string(&last)?)
            .map_err(|error| Fault::new(format!("{}: {error}", self.state.display())))?;
        let values = binds![position(head.size)?, note, self.spine.now()];
        self.spine.db().writer.run(KEEP_NOTE, values).await?;
        Ok(())
    }

    fn last(&self) -> Result<Option<TreeHead>, Fault> {
        remembered(&self.state, self.verifier.name())
    }

    /// The newest signed head.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn newest(&self) -> Result<Option<StoredCheckpoint>, Fault> {
        let rows = self.spine.db().read(&NEWEST, Vec::new()).await?;
        rows.first().map(stored).transpose()
    }

    /// The smallest signed head that covers `size` entries.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn over(&self, size: u64) -> Result<Option<StoredCheckpoint>, Fault> {
        let rows = self.spine.db().read(&OVER, binds![position(size)?]).await?;
        rows.first().map(stored).transpose()
    }

    /// Proofs that entries are under a head of this size.
    ///
    /// # Errors
    /// [`Fault`] when the database fails, or an entry is not under it.
    pub async fn proofs_under(&self, indexes: &[u64], size: u64) -> Result<Vec<Vec<Hash>>, Fault> {
        let broken = |error: &dyn std::fmt::Display| Fault::new(error.to_string());
        let mut wanted = Vec::new();
        for index in indexes {
            wanted.extend(tiles_for_inclusion(*index, size).map_err(|error| broken(&error))?);
        }
        wanted.sort_unstable();
        wanted.dedup();
        let tiles = self.tiles(wanted).await?;
        let proofs = indexes
            .iter()
            .map(|index| tiles.inclusion_proof(*index, size));
        proofs
            .collect::<Result<_, _>>()
            .map_err(|error| broken(&error))
    }

    async fn tiles(&self, wanted: Vec<TileId>) -> Result<TileSet, Fault> {
        let mut set = TileSet::by(TreeHash::Sm3);
        for tile in wanted {
            let from = tile.index * TILE;
            let hashes = self
                .hashes(tile.level, from, from + u64::from(tile.width))
                .await?;
            // A broken tile shows as a missing one.
            let _ = set.insert(tile, &bytes_of(&hashes));
        }
        Ok(set)
    }

    /// Hashes of one level: of the leaves, of whole tiles of leaves, or above these.
    async fn hashes(&self, level: u8, from: u64, until: u64) -> Result<Vec<Hash>, Fault> {
        if level == 0 {
            return self.leaf_hashes(from, until).await;
        }
        // Each hash of level n is made of 256 of the level below; roots of tiles are level 1.
        let each = TILE.saturating_pow(u32::from(level) - 1);
        let range = binds![position(from * each)?, position(until * each)?];
        let rows = self.spine.db().read(&ROOTS, range).await?;
        let roots = rows.iter().map(|row| hash_of(row, "root"));
        let roots = roots.collect::<Result<Vec<_>, _>>()?;
        let each = usize::try_from(each).map_err(|_| Fault::new("a level of the tree"))?;
        let whole = roots.chunks_exact(each);
        Ok(whole.map(|part| mth_by(TreeHash::Sm3, part)).collect())
    }

    async fn leaf_hashes(&self, from: u64, until: u64) -> Result<Vec<Hash>, Fault> {
        let n = position(from / TILE)?;
        let rows = self.spine.db().read(&TILES, binds![n, n + 1]).await?;
        let Some(row) = rows.first() else {
            return self.leaves(from, until).await;
        };
        let data: Vec<u8> = row.get("data")?;
        let (hashes, _) = data.as_chunks::<32>();
        let wanted = usize::try_from(until - from).unwrap_or(usize::MAX);
        let hashes = hashes.iter().take(wanted);
        Ok(hashes.map(|bytes| Hash::from_bytes(*bytes)).collect())
    }

    /// Computes the second log anew from the entries and compares heads, tiles and what was signed
    /// last according to the file outside the database.
    ///
    /// # Errors
    /// [`Fault`] when the database fails; what is wrong with the log is in the report.
    pub async fn audit(&self) -> Result<SmReport, Fault> {
        let db = self.spine.db();
        let rows = db.read(&ALL, Vec::new()).await?;
        let signed = rows
            .iter()
            .map(|row| Ok::<_, Fault>((unsigned(row, "size")?, row.get("note")?)));
        let signed = signed.collect::<Result<Vec<_>, _>>()?;
        let mut audit = SmAudit::new(self.verifier.clone(), signed);
        if let Some(last) = self.last()? {
            audit.anchor(last);
        }
        let head = self.tree().await?;
        audit.stored_head(&head);
        let mut next = 0;
        loop {
            let range = binds![position(next)?, position(next + AT_ONCE)?];
            let rows = db.read(&ENTRIES, range).await?;
            for row in &rows {
                // What is of another kind is no entry, and is found as such.
                audit.push(&row.get::<Vec<u8>>("entry").unwrap_or_default());
            }
            let tile = position(next / TILE)?;
            let tiles = binds![tile, tile + position(AT_ONCE / TILE)?];
            for row in db.read(&TILES, tiles).await? {
                audit.stored_tile(
                    unsigned(&row, "n")?,
                    &row.get::<Vec<u8>>("data").unwrap_or_default(),
                );
            }
            if u64::try_from(rows.len()).unwrap_or_default() < AT_ONCE {
                break;
            }
            next += AT_ONCE;
        }
        let (findings, checked) = audit.finish();
        Ok(SmReport { findings, checked })
    }
}

/// A key from dice; almost every throw is one.
fn made(name: &str, chance: &dyn Chance) -> Option<SmSignerKey> {
    (0..8).find_map(|_| {
        let mut secret = [0; 32];
        chance.fill(&mut secret);
        SmSignerKey::from_secret(name, &secret).ok()
    })
}
