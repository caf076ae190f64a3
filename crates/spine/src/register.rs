//! What follows from the entries of the log 登记.
//!
//! An entry is searched by its subjects, its act and its actor, and the hashes of the tree stand in
//! tiles. None of this says anything that the entries do not say, so it is entered after them. In
//! the process of the database that is in the same transaction. Where statements travel an act
//! writes its entry alone, and what follows is entered a moment later, for several at once: the
//! rows of `log_entry` from the head's size on are those not entered yet. Whoever searches the log,
//! signs or audits it has them entered first; a program that is killed leaves them to the next one.

use std::collections::BTreeSet;

use evidence::hash::Hash;
use evidence::tree::{Frontier, TileHash, TreeHead};

use crate::audit::Said;
use crate::books::rows_at_once;
use crate::link::Transaction;
use crate::log::hash_of;
use crate::proofs::{position, whole};
use crate::{Binds, Change, Db, Dialect, Fault, Row, Snapshot, binds};

/// How a subject stands to an entry, in `log_subject.n`: it is its first subject.
pub(crate) const FIRST: i64 = -1;
/// It is only mentioned.
pub(crate) const MENTIONED: i64 = -2;
/// It is the act's name.
pub(crate) const ACT: i64 = -3;
/// It is who acted.
pub(crate) const ACTOR: i64 = -4;

/// The head of `log_subject`'s insertion, for rows of [`rows`].
pub(crate) const SUBJECTS: &str = "INSERT INTO log_subject (subject, idx, n, leaf) VALUES ";

const OPEN: &str = "SELECT idx FROM log_entry \
    WHERE idx >= coalesce((SELECT size FROM log_head WHERE id = 1), 0) LIMIT 1";
const TAIL: &str = "SELECT idx, kind, actor, entry, leaf FROM log_entry WHERE idx >= $1 \
    ORDER BY idx LIMIT $2";
/// The head without holding it.
pub(crate) const HEAD_SEEN: &str = "SELECT size, frontier FROM log_head WHERE id = 1";
const LEAVES: &str = "SELECT leaf FROM log_entry WHERE idx >= $1 ORDER BY idx";
/// Entries that are read at once.
const AT_ONCE: i64 = 500;
static HEAD_NEW: Change =
    Change::new("INSERT INTO log_head (id, size, frontier) VALUES (1, $1, $2)");
static HEAD: Change = Change::new("UPDATE log_head SET size = $1, frontier = $2 WHERE id = 1");
const TILE: &str = "INSERT INTO log_tile (level, n, data) VALUES ($1, $2, $3)";
const NODE: &str = "INSERT INTO log_node (level, n, hash) VALUES ($1, $2, $3)";

/// What an entry is searched by, beside its items: a row of `log_subject` for each.
pub(crate) fn rows(
    index: i64,
    (act, actor): (&str, &str),
    subjects: &[impl AsRef<str>],
    leaf: &[u8],
) -> Vec<Binds> {
    terms((act, actor), subjects)
        .into_iter()
        .map(|(name, n)| binds![name, index, n, leaf_beside(n, leaf)])
        .collect()
}

/// The same without index and leaf; a subject that is mentioned twice is one.
pub(crate) fn terms<'a>(
    (act, actor): (&'a str, &'a str),
    subjects: &'a [impl AsRef<str>],
) -> BTreeSet<(&'a str, i64)> {
    let numbered = subjects.iter().enumerate();
    let own = numbered.map(|(n, name)| (name.as_ref(), if n == 0 { FIRST } else { MENTIONED }));
    own.chain([(act, ACT), (actor, ACTOR)]).collect()
}

/// The leaf stands beside what is chained or mentioned only.
pub(crate) fn leaf_beside(n: i64, leaf: &[u8]) -> &[u8] {
    if matches!(n, ACT | ACTOR) { &[] } else { leaf }
}

/// The log as far as it is entered.
pub(crate) struct Settled {
    pub(crate) frontier: Frontier,
    /// Whether there is a row of the head.
    begun: bool,
}

impl Settled {
    /// As the row of the head has it.
    pub(crate) fn at(head: Option<&Row>) -> Result<Settled, Fault> {
        Ok(Settled {
            frontier: restore(head)?,
            begun: head.is_some(),
        })
    }
}

/// Enters what of the log is not entered. The head must be held, or nobody else may write.
///
/// # Errors
/// [`Fault`] when the database fails, or an entry is missing.
pub(crate) async fn settle(
    tx: &mut Transaction,
    dialect: Dialect,
    head: Option<&Row>,
) -> Result<Settled, Fault> {
    let mut settled = Settled::at(head)?;
    loop {
        let next = settled.frontier.size();
        let entries = tx.all(TAIL, binds![position(next)?, AT_ONCE]).await?;
        if entries.is_empty() {
            return Ok(settled);
        }
        let (mut subjects, mut full) = (Vec::new(), Vec::new());
        for row in &entries {
            let index: i64 = row.get("idx")?;
            if index != position(settled.frontier.size())? {
                return Err(Fault::new(format!("the log has a hole before {index}")));
            }
            let leaf = hash_of(row, "leaf")?;
            full.extend(settled.frontier.push(leaf));
            let (act, actor): (String, String) = (row.get("kind")?, row.get("actor")?);
            let entry: Vec<u8> = row.get("entry")?;
            // What cannot be read any more is still searched by its columns.
            let said = Said::of(&entry)
                .map(|said| said.subject)
                .unwrap_or_default();
            subjects.extend(rows(index, (&act, &actor), &said, leaf.as_bytes()));
        }
        insert(tx, subjects).await?;
        keep_full_tiles(tx, dialect, full).await?;
        let (head, values) = head_statement(&settled)?;
        tx.run(&head.0, values).await?;
        settled.begun = true;
    }
}

/// The statement that moves the head to the end of what is entered.
pub(crate) fn head_statement(settled: &Settled) -> Result<(&'static Change, Binds), Fault> {
    let size = position(settled.frontier.size())?;
    let values = binds![size, settled.frontier.to_bytes()];
    Ok((if settled.begun { &HEAD } else { &HEAD_NEW }, values))
}

async fn insert(tx: &mut Transaction, rows: Vec<Binds>) -> Result<(), Fault> {
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let some = &mut rows.by_ref().take(rows_at_once(4));
        // Somebody may have moved the head back.
        tx.insert((SUBJECTS, " ON CONFLICT DO NOTHING"), some)
            .await?;
    }
    Ok(())
}

/// The tree as the row of the head has it; an empty one where there is none.
pub(crate) fn restore(head: Option<&Row>) -> Result<Frontier, Fault> {
    let Some(row) = head else {
        return Ok(Frontier::default());
    };
    let bytes: Vec<u8> = row.get("frontier")?;
    Frontier::restore(whole(row, "size")?, &bytes)
        .map_err(|error| Fault::new(format!("log head: {error}")))
}

/// Tiles became full: keeps the root of each, which is a hash of the tile one level up, and the
/// tile itself, whose hashes are the leaves (level 0) or the roots of the tiles below.
pub(crate) async fn keep_full_tiles(
    tx: &mut Transaction,
    dialect: Dialect,
    full: Vec<TileHash>,
) -> Result<(), Fault> {
    for root in full {
        let number = position(root.index)?;
        let level = i64::from(root.level) - 1;
        let hash = root.hash.as_bytes().as_slice();
        tx.run(NODE, binds![level + 1, number, hash]).await?;
        let (first, after) = (number * 256, number * 256 + 256);
        let (text, place) = match level {
            0 => (dialect.leaves_together(), binds![first, after]),
            _ => (dialect.nodes_together(), binds![level, first, after]),
        };
        let row = tx.first(text, place).await?;
        let data: Option<Vec<u8>> = row.map(|row| row.get("hashes")).transpose()?.flatten();
        let data = data.unwrap_or_default();
        if data.len() != 256 * Hash::LEN {
            return Err(Fault::new(format!("tile {level}/{number} lacks hashes")));
        }
        tx.run(TILE, binds![level, number, data]).await?;
    }
    Ok(())
}

impl Db {
    /// Has everything entered that follows from the entries of the log; gives how many it has. A
    /// head that somebody else holds is waited for if one is patient; else nothing is given.
    ///
    /// # Errors
    /// [`Fault`] when the database fails, or an entry is missing.
    pub(crate) async fn settle(&self, patient: bool) -> Result<Option<u64>, Fault> {
        let mut tx = self.keeper.begin(self.dialect.begin_write()).await?;
        // What is lost with the server is entered again.
        for statement in self.dialect.lightly() {
            tx.run(statement, Vec::new()).await?;
        }
        let head = tx.first(self.dialect.log_head(patient), Vec::new()).await?;
        if head.is_none() && !patient && self.dialect.travels() {
            tx.rollback().await?;
            return Ok(None);
        }
        let settled = settle(&mut tx, self.dialect, head.as_ref()).await?;
        tx.commit().await?;
        Ok(Some(settled.frontier.size()))
    }

    /// Has everything entered that is not: what acts have just done, and what a program which was
    /// killed, or a backup, left to be entered.
    ///
    /// # Errors
    /// [`Fault`] when the database fails, or an entry is missing.
    pub async fn settle_log(&self) -> Result<(), Fault> {
        if self.reader.first(OPEN, Vec::new()).await?.is_some() {
            self.settle(true).await?;
        }
        Ok(())
    }
}

impl Snapshot {
    /// How many entries the log has in this state, and the root over them.
    ///
    /// # Errors
    /// [`Fault`] when the database fails, or the head is broken.
    pub async fn tree_head(&mut self) -> Result<TreeHead, Fault> {
        let head = self.tx.first(HEAD_SEEN, Vec::new()).await?;
        let mut frontier = restore(head.as_ref())?;
        let from = position(frontier.size())?;
        let mut push = |row: Row| {
            frontier.push(hash_of(&row, "leaf")?);
            Ok(())
        };
        self.tx.each(LEAVES, binds![from], &mut push).await?;
        Ok(frontier.head())
    }
}
