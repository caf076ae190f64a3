//! The auditor: is the stored log what was signed? 存证审计.
//!
//! Everything is computed anew from the entries upwards; stored hashes are compared, never
//! believed. Fed in this order: checkpoints and anchors, rows by index, head, tiles. Checking a row
//! by itself ([`check_row`]) is most of the work and needs nothing else, so a caller may do it on
//! several threads; the rest is sequential and cheap.

mod chains;
mod finding;
mod row;
mod subject_hasher;

use std::collections::{BTreeMap, BTreeSet};

use crate::checkpoint::{LogTrust, SignedCheckpoint};
use crate::hash::{self, Hash};
use crate::tile::{FULL, full_tiles_between};
use crate::tree::{Frontier, TreeHead};
use crate::verdict::Verdict;

use chains::Chains;
pub use finding::{Fault, Finding};
use row::Link;
pub use row::{CheckedRow, ItemRow, Row, check_row};

/// Findings beyond this are counted, not listed.
const MOST_FINDINGS: usize = 1_000;

/// The row of `log_head`.
#[derive(Clone, Copy, Debug)]
pub struct StoredHead<'a> {
    /// How many entries.
    pub size: u64,
    /// Roots of the complete subtrees ([`Frontier::to_bytes`]).
    pub frontier: &'a [u8],
}

/// Room is made for no more rows than this beforehand: some 120 MB.
const MOST_FORESEEN: usize = 1 << 20;

/// Takes in what was signed and the rows, and compares.
#[derive(Debug, Default)]
pub struct Auditor {
    /// Index of the row that is due.
    next: u64,
    /// Row by row the same as the log, up to the first gap.
    frontier: Frontier,
    /// The leaves of all rows, 32 MB for a million.
    leaves: Vec<Hash>,
    /// All hashes of the tile levels above them, to compare the tiles with.
    levels: Vec<Vec<Hash>>,
    /// Heads that somebody signed or holds, by size, still ahead.
    expected: BTreeMap<u64, Vec<Expected>>,
    largest_expected: u64,
    last_good: Option<u64>,
    contradicted: Vec<(u64, Expected)>,
    chains: Chains,
    /// INVARIANT: set as soon as a row is missing, misplaced or differs from its leaf; tiles and
    /// frontier cannot be judged then.
    rows_damaged: bool,
    has_gap: bool,
    erased: Vec<u64>,
    findings: Vec<Finding>,
    unlisted: u64,
    verdict: Verdict,
}

/// Takes in the tiles, when rows and head are known.
#[derive(Debug)]
pub struct TileAuditor {
    log: Auditor,
    seen: BTreeSet<(u8, u64)>,
}

#[derive(Clone, Copy, Debug)]
struct Expected {
    root: Hash,
    is_anchor: bool,
}

/// What an audit has found.
#[derive(Clone, Debug)]
pub struct AuditReport {
    /// VALID, DERIVED-DATA or INVALID.
    pub verdict: Verdict,
    /// Size and root computed from the entries.
    pub head: TreeHead,
    /// Size of the largest checkpoint or anchor that the entries bear out; all entries below it are
    /// what was signed.
    pub last_good: Option<u64>,
    /// Entries whose payload was erased: they stay proved, their content cannot be shown.
    pub erased: Vec<u64>,
    /// What is wrong, the first thousand, in the order of the examination.
    pub findings: Vec<Finding>,
    /// How many more findings there were.
    pub unlisted: u64,
}

impl Auditor {
    /// An auditor with room for so many rows, which may be wrong: with tables that grow under way
    /// an audit takes half as long again.
    #[must_use]
    pub fn with_room(rows: usize) -> Auditor {
        let rows = rows.min(MOST_FORESEEN);
        Auditor {
            leaves: Vec::with_capacity(rows),
            // Most things are spoken of more than once, but an act over many is one row.
            chains: Chains::with_room(rows),
            ..Auditor::default()
        }
    }

    /// A row of `log_checkpoint`: the tree must have this root at this size. Feed all of them
    /// before the rows.
    pub fn checkpoint(&mut self, size: u64, note: &str, trust: &LogTrust) {
        match SignedCheckpoint::open(note, trust) {
            Ok(signed) if signed.checkpoint.head.size == size => {
                self.expect(signed.checkpoint.head, false);
            }
            Ok(signed) => {
                let says = signed.checkpoint.head.size;
                self.find(size, Fault::CheckpointSize { says });
            }
            Err(why) => self.find(size, Fault::CheckpointUnreadable { why }),
        }
    }

    /// A head known from outside the database: the signer's memory, a witness, a receipt. Feed them
    /// before the rows.
    pub fn anchor(&mut self, head: TreeHead) {
        self.expect(head, true);
    }

    fn expect(&mut self, head: TreeHead, is_anchor: bool) {
        let expected = Expected {
            root: head.root,
            is_anchor,
        };
        self.expected.entry(head.size).or_default().push(expected);
        self.largest_expected = self.largest_expected.max(head.size);
    }

    /// The next rows of `log_entry`, checked by [`check_row`]; rows come by ascending index. Many
    /// at once are quicker than one by one.
    pub fn rows(&mut self, rows: Vec<CheckedRow<'_>>) {
        let mut before = self.chain(&rows).into_iter();
        for row in rows {
            self.row(row, &mut before);
        }
    }

    /// Takes the leaves in and gives, for each link of each row in its turn, the leaf where its
    /// chain ended before.
    fn chain(&mut self, rows: &[CheckedRow<'_>]) -> Vec<Option<Hash>> {
        let mut links = Vec::with_capacity(rows.len());
        let mut due = self.next;
        for row in rows.iter().filter(|row| is_due(row, &mut due)) {
            let place = self.leaves.len();
            self.leaves.push(row.leaf);
            links.extend(row.links().map(|link| (link.subject, place)));
        }
        let leaf = |place: Option<usize>| self.leaves.get(place?).copied();
        self.chains.go_on(&links).into_iter().map(leaf).collect()
    }

    fn row(&mut self, row: CheckedRow<'_>, before: &mut impl Iterator<Item = Option<Hash>>) {
        let due = self.next;
        if !is_due(&row, &mut self.next) {
            self.rows_damaged = true;
            return self.find(row.idx, Fault::Order { next: due });
        }
        if row.idx > due {
            self.find_gap(due, row.idx);
        }
        self.rows_damaged |= !row.leaf_agrees;
        if row.erased {
            self.erased.push(row.idx);
        }
        for (link, before) in row.links().zip(before) {
            self.follow_chain(row.idx, link, before);
        }
        for fault in row.faults {
            self.find(row.idx, fault);
        }
        self.grow(row.leaf);
    }

    fn find_gap(&mut self, from: u64, end: u64) {
        self.find(from, Fault::Gap { last: end - 1 });
        self.rows_damaged = true;
        self.has_gap = true;
    }

    /// Behind a gap no root can be computed: the tree stays as it was before.
    fn grow(&mut self, leaf: Hash) {
        if self.has_gap {
            return;
        }
        self.compare_roots();
        for complete in self.frontier.push(leaf) {
            // INVARIANT: a level gets its first hash after the one below it.
            let above = usize::from(complete.level) - 1;
            if self.levels.len() == above {
                self.levels.push(Vec::new());
            }
            self.levels[above].push(complete.hash);
        }
    }

    /// `prev` must be the latest entry about the same subject.
    fn follow_chain(&mut self, idx: u64, link: &Link<'_>, before: Option<Hash>) {
        if before != link.prev {
            let fault = Fault::Chain {
                subject: link.subject.to_owned(),
                says: link.prev,
                before,
            };
            self.find(idx, fault);
        }
    }

    /// Compares with what was signed for the size reached.
    fn compare_roots(&mut self) {
        let size = self.frontier.size();
        let Some(due) = self.expected.first_entry().filter(|due| *due.key() == size) else {
            return;
        };
        let root = self.frontier.root();
        for expected in due.remove() {
            if expected.root == root {
                self.last_good = Some(size);
            } else {
                self.contradicted.push((size, expected));
            }
        }
    }

    /// A wrong root below a right one was signed wrongly. Of those above only the first is
    /// a finding: every later root differs with it.
    fn find_contradictions(&mut self) {
        for (size, Expected { is_anchor, .. }) in std::mem::take(&mut self.contradicted) {
            if self.last_good.is_some_and(|good| size <= good) {
                self.find(size, Fault::SplitView { is_anchor });
            } else {
                let last_good = self.last_good.unwrap_or(0);
                let fault = Fault::Root {
                    last_good,
                    is_anchor,
                };
                return self.find(size, fault);
            }
        }
    }

    /// The row of `log_head` ends the rows; `None` when there is none. The tiles come next.
    #[must_use]
    pub fn head(mut self, head: Option<StoredHead<'_>>) -> TileAuditor {
        if !self.has_gap {
            self.compare_roots();
        }
        self.find_contradictions();
        self.examine_head(head);
        TileAuditor {
            log: self,
            seen: BTreeSet::new(),
        }
    }

    fn examine_head(&mut self, head: Option<StoredHead<'_>>) {
        let rows = self.next;
        let size = head.map_or(0, |head| head.size);
        match head {
            None if rows == 0 => {}
            None => self.find(rows, Fault::HeadMissing),
            Some(_) if size > rows => self.find_gap(rows, size),
            Some(_) if size < rows => self.find(size, Fault::HeadBehind { rows }),
            Some(head) if !self.rows_damaged && head.frontier != self.frontier.to_bytes() => {
                self.find(rows, Fault::Frontier);
            }
            Some(_) => {}
        }
        let signed = self.largest_expected;
        if signed > rows.min(size) {
            self.find(rows.min(size), Fault::Truncated { signed });
        }
    }

    fn find(&mut self, at: u64, fault: Fault) {
        self.verdict = self.verdict.max(fault.verdict());
        if self.findings.len() < MOST_FINDINGS {
            self.findings.push(Finding { at, fault });
        } else {
            self.unlisted += 1;
        }
    }
}

/// Whether the row is the due one or one behind it; then the next one is due.
fn is_due(row: &CheckedRow<'_>, due: &mut u64) -> bool {
    let is_due = row.idx >= *due;
    if is_due {
        *due = row.idx.saturating_add(1);
    }
    is_due
}

impl AuditReport {
    /// Something else is wrong.
    pub fn find(&mut self, at: u64, fault: Fault) {
        self.verdict = self.verdict.max(fault.verdict());
        if self.findings.len() < MOST_FINDINGS {
            self.findings.push(Finding { at, fault });
        } else {
            self.unlisted += 1;
        }
    }
}

impl TileAuditor {
    /// A row of `log_tile`. Full tiles must all be there; those that grow may be.
    pub fn tile(&mut self, level: u8, index: u64, data: &[u8]) {
        self.seen.insert((level, index));
        if self.log.rows_damaged {
            return;
        }
        let fault = match hash::split(data) {
            Some(hashes) if self.agrees(level, index, &hashes) => return,
            _ => Fault::Tile { level },
        };
        self.log.find(index, fault);
    }

    fn agrees(&self, level: u8, index: u64, stored: &[Hash]) -> bool {
        let computed = match usize::from(level).checked_sub(1) {
            None => Some(&self.log.leaves),
            Some(above) => self.log.levels.get(above),
        };
        usize::try_from(index)
            .ok()
            .and_then(|index| computed?.chunks(FULL.into()).nth(index))
            == Some(stored)
    }

    /// The end: what it all amounts to.
    #[must_use]
    pub fn finish(mut self) -> AuditReport {
        if !self.log.rows_damaged {
            for tile in full_tiles_between(0, self.log.next) {
                if !self.seen.contains(&(tile.level, tile.index)) {
                    let fault = Fault::TileMissing { level: tile.level };
                    self.log.find(tile.index, fault);
                }
            }
        }
        let log = self.log;
        AuditReport {
            verdict: log.verdict,
            head: log.frontier.head(),
            last_good: log.last_good,
            erased: log.erased,
            findings: log.findings,
            unlisted: log.unlisted,
        }
    }
}
