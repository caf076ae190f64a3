//! What the log is searched by, held against its entries 检索登记核对.
//!
//! Act, moment and actor of an entry stand in columns beside it, and what it speaks of in
//! `log_subject`, so that lists, histories and chains are found without opening every entry. They
//! say nothing that an entry does not say; somebody who edits them hides or misplaces an entry all
//! the same. So they are compared with the entries: the columns one by one, the rows of
//! `log_subject` by sums of keyed hashes, entry by entry, in whatever order they come.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{BuildHasher, RandomState};

use evidence::audit::{AuditReport, Fault as Wrong};
use evidence::verdict::Verdict;
use kernel::Moment;
use serde::Deserialize;

use super::AT_ONCE;
use super::cells::Unreadable;
use crate::register::{leaf_beside, terms};
use crate::{ERASE, Fault, Row, Select, Spine, binds, bulk};

const ENTRIES: Select = Select::new(
    "SELECT idx, kind, at, actor, entry, leaf FROM log_entry \
     WHERE idx >= $1 AND idx < 9223372036854775807 ORDER BY idx LIMIT $2",
);
const ITEMS: Select = Select::new("SELECT idx, item FROM log_item WHERE idx >= $1 AND idx <= $2");
const CHUNKS: Select =
    Select::new("SELECT idx, items FROM log_chunk WHERE idx >= $1 AND idx <= $2");
const SUBJECTS: Select = Select::new(
    "SELECT subject, idx, n, leaf FROM log_subject WHERE (subject, idx, n) > ($1, $2, $3) \
     ORDER BY subject, idx, n LIMIT $4",
);
/// Rows of `log_subject` that are read at once.
const SOME: i64 = 5_000;

/// The fields of an entry that stand beside it, too.
#[derive(Deserialize)]
pub(crate) struct Said<'a> {
    #[serde(borrow, rename = "type")]
    pub(crate) act: Cow<'a, str>,
    pub(crate) at: Moment,
    #[serde(borrow)]
    pub(crate) actor: SaidActor<'a>,
    #[serde(borrow)]
    pub(crate) subject: Vec<Cow<'a, str>>,
}

#[derive(Deserialize)]
pub(crate) struct SaidActor<'a> {
    #[serde(borrow)]
    pub(crate) id: Cow<'a, str>,
}

impl Said<'_> {
    /// What these bytes say; nothing when they are no entry.
    pub(crate) fn of(entry: &[u8]) -> Option<Said<'_>> {
        serde_json::from_slice(entry).ok()
    }
}

#[derive(Deserialize)]
struct SaidItem<'a> {
    n: i64,
    #[serde(borrow)]
    subject: Cow<'a, str>,
}

/// A sum for each entry of what `log_subject` is to hold of it, less what it holds. By index, not
/// by place: whoever edits an index must not decide how much memory an audit takes.
struct Sums {
    keys: [RandomState; 2],
    of: BTreeMap<u64, u128>,
}

impl Sums {
    fn hash(&self, row: (&str, i64, &[u8])) -> u128 {
        let [high, low] = &self.keys;
        u128::from(high.hash_one(row)) << 64 | u128::from(low.hash_one(row))
    }

    fn expect(&mut self, at: u64, row: (&str, i64, &[u8])) {
        let hash = self.hash(row);
        let sum = self.of.entry(at).or_default();
        *sum = sum.wrapping_add(hash);
    }

    /// Whether there is such an entry.
    fn found(&mut self, at: u64, row: (&str, i64, &[u8])) -> bool {
        let hash = self.hash(row);
        let Some(sum) = self.of.get_mut(&at) else {
            return false;
        };
        *sum = sum.wrapping_sub(hash);
        true
    }
}

impl Spine {
    /// Compares columns and subjects with the first `size` entries, and what was erased with the
    /// acts that erased it.
    pub(super) async fn compare_registers(
        &self,
        size: u64,
        report: &mut AuditReport,
    ) -> Result<(), Fault> {
        let mut sums = Sums {
            keys: [RandomState::new(), RandomState::new()],
            of: BTreeMap::new(),
        };
        let erased = self.what_is_to_stand(size, &mut sums, report).await?;
        self.less_what_stands(&mut sums, report).await?;
        for (at, _) in sums.of.iter().filter(|(_, sum)| **sum != 0) {
            report.find(*at, Wrong::Subjects);
        }
        for at in report.erased.clone() {
            if erased.contains(&at) {
                report.verdict = report.verdict.max(Verdict::Incomplete);
            } else {
                report.find(at, Wrong::Vanished);
            }
        }
        Ok(())
    }

    /// Goes through the entries: what `log_subject` is to hold, and which entries were erased by an
    /// act. A missing row leaves a gap, of which the audit speaks.
    async fn what_is_to_stand(
        &self,
        size: u64,
        sums: &mut Sums,
        report: &mut AuditReport,
    ) -> Result<BTreeSet<u64>, Fault> {
        let (mut erased, mut next) = (BTreeSet::new(), 0_i64);
        loop {
            let rows = self.db().read(&ENTRIES, binds![next, AT_ONCE]).await?;
            let Some((last, _)) = rows.iter().rev().find_map(index) else {
                return Ok(erased);
            };
            let mut leaves: HashMap<u64, Vec<u8>> = HashMap::with_capacity(rows.len());
            for row in &rows {
                let Some((_, at)) = index(row) else { continue };
                // What is of another kind is named by the audit of the entries.
                let leaf: Vec<u8> = row.get("leaf").unwrap_or_default();
                // What came meanwhile may not be entered yet.
                if at >= size {
                    continue;
                }
                sums.of.entry(at).or_default();
                let entry: Vec<u8> = row.get("entry").unwrap_or_default();
                let Some(said) = Said::of(&entry) else {
                    leaves.insert(at, leaf);
                    continue;
                };
                if !columns_agree(row, &said) {
                    report.find(at, Wrong::Columns);
                }
                let by = (&*said.act, &*said.actor.id);
                for (subject, n) in terms(by, &said.subject) {
                    sums.expect(at, (subject, n, leaf_beside(n, &leaf)));
                }
                leaves.insert(at, leaf);
                if said.act == ERASE {
                    let named = said
                        .subject
                        .iter()
                        .filter_map(|name| name.strip_prefix("log/"));
                    erased.extend(named.filter_map(|index| index.parse::<u64>().ok()));
                }
            }
            self.expected_items(sums, &leaves, (next, last)).await?;
            next = last.saturating_add(1);
        }
    }

    /// The same of the items of these entries, by their leaves.
    async fn expected_items(
        &self,
        sums: &mut Sums,
        leaves: &HashMap<u64, Vec<u8>>,
        among: (i64, i64),
    ) -> Result<(), Fault> {
        let mut expect = |row: &Row, item: &[u8]| {
            let said: Option<SaidItem> = serde_json::from_slice(item).ok();
            let leaf = index(row).and_then(|(_, at)| Some((at, leaves.get(&at)?)));
            if let (Some(said), Some((at, leaf))) = (said, leaf) {
                sums.expect(at, (&said.subject, said.n, leaf));
            }
        };
        for row in self.db().read(&ITEMS, binds![among.0, among.1]).await? {
            let item: Vec<u8> = row.get("item").unwrap_or_default();
            expect(&row, &item);
        }
        for row in self.db().read(&CHUNKS, binds![among.0, among.1]).await? {
            let chunk: Vec<u8> = row.get("items").unwrap_or_default();
            for item in bulk::items(&chunk) {
                expect(&row, item);
            }
        }
        Ok(())
    }

    /// Goes through `log_subject`. What speaks of entries that came meanwhile is theirs.
    async fn less_what_stands(
        &self,
        sums: &mut Sums,
        report: &mut AuditReport,
    ) -> Result<(), Fault> {
        let mut ahead = BTreeSet::new();
        let mut place = (String::new(), -1_i64, i64::MIN);
        loop {
            let (subject, idx, n) = &place;
            let values = binds![subject.as_str(), *idx, *n, SOME];
            let rows = self.db().read(&SUBJECTS, values).await?;
            for row in &rows {
                let Some((subject, idx, n)) = subject_of(row) else {
                    ahead.extend(index(row).map(|(_, at)| at));
                    continue;
                };
                let leaf: Vec<u8> = row.get("leaf").unwrap_or_default();
                let at = u64::try_from(idx).unwrap_or(u64::MAX);
                if !sums.found(at, (&subject, n, &leaf)) {
                    ahead.insert(at);
                }
            }
            // What is of another kind comes last.
            let Some(last) = rows.iter().rev().find_map(subject_of) else {
                break;
            };
            place = last;
        }
        let size = self.size(&mut Unreadable::default()).await?;
        for at in ahead.range(size..) {
            report.find(*at, Wrong::Subjects);
        }
        Ok(())
    }
}

fn columns_agree(row: &Row, said: &Said<'_>) -> bool {
    let text = |column: &str| row.get::<String>(column).ok();
    let at: Option<Moment> = row.get("at").ok();
    text("kind").as_deref() == Some(&*said.act)
        && text("actor").as_deref() == Some(&*said.actor.id)
        && at == Some(said.at)
}

/// The index of a row, as the database and as the log counts.
fn index(row: &Row) -> Option<(i64, u64)> {
    let idx: i64 = row.get("idx").ok()?;
    Some((idx, u64::try_from(idx).ok()?))
}

/// By what a row of `log_subject` is found.
fn subject_of(row: &Row) -> Option<(String, i64, i64)> {
    Some((
        row.get("subject").ok()?,
        row.get("idx").ok()?,
        row.get("n").ok()?,
    ))
}
