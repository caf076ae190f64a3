//! The end of the log is known before an act comes to it 预知日志末端.
//!
//! On PostgreSQL a question is a trip to the server, and holding the head makes others wait. But
//! where the log ends, the program that appended last knows by itself, and which leaf the chain of
//! a subject ends with is asked beside the statements of the act that will continue it, or known,
//! if the chain was continued since the log was last entered (`register.rs`). What was foreseen
//! holds if no other program appends meanwhile: an index is taken once, so that the entry of the
//! slower one is refused, and its act is carried out once more with the head held.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use evidence::hash::Hash;
use tokio::sync::{Mutex as Turn, MutexGuard as TurnGuard};

use crate::link::{Asked, Transaction};
use crate::log::{Appended, hash_of};
use crate::proofs::whole;
use crate::row::Row;
use crate::{Fault, Record, binds};

/// Acts that foresee nothing after another program was found to append too.
const WARY: u32 = 100;
/// Entries that may wait to be entered; beyond, an act enters them itself.
const MOST_WAITING: usize = 4_096;

/// How far the log is entered, and the last leaf of a chain there.
const ENTERED_AND_LEAF: &str = "SELECT size, (SELECT leaf FROM log_subject \
    WHERE subject = $1 AND n > -2 ORDER BY idx DESC LIMIT 1) AS leaf FROM log_head WHERE id = 1";

/// What this program knows of the end of the log.
#[derive(Clone, Default)]
pub(crate) struct End {
    turn: Arc<Turn<()>>,
    /// Whoever enters what follows from the entries holds it meanwhile.
    pub(crate) entering: Arc<Turn<()>>,
    known: Arc<Mutex<Known>>,
}

#[derive(Default)]
struct Known {
    /// How many entries there are; nothing before this program has held the head.
    size: Option<u64>,
    /// How many of them are entered, as far as is known here.
    entered: u64,
    /// From here on `tail` has every entry. It is less than `entered`, so that a question may be
    /// some moments old.
    from: u64,
    /// Where each chain ends that was continued there.
    tail: HashMap<String, (u64, Hash)>,
    /// How far this program may have appended without entering.
    reached: u64,
    wary: u32,
    /// Whether somebody will see to entering.
    seen_to: bool,
}

/// Held by whoever appends, until he has committed.
pub(crate) struct MyTurn<'e> {
    end: &'e End,
    _turn: TurnGuard<'e, ()>,
    /// Whether it was said how it ended.
    told: bool,
}

/// Where the log ends, and the last leaf of each chain that there is.
pub(crate) type Ends = (u64, HashMap<String, Hash>);

impl End {
    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until nobody else of this program appends.
    pub(crate) async fn my_turn(&self) -> MyTurn<'_> {
        MyTurn {
            end: self,
            _turn: self.turn.lock().await,
            told: false,
        }
    }

    /// What an act may foresee; nothing where it must hold the head.
    pub(crate) fn foresight(&self) -> Option<Foresight> {
        let known = self.known();
        let may = known.size.is_some() && known.wary == 0 && known.tail.len() < MOST_WAITING;
        may.then(Foresight::default)
    }

    /// Where the log and these chains end, if that was foreseen.
    pub(crate) fn foreseen(
        &self,
        foresight: Option<Foresight>,
        names: &HashSet<String>,
    ) -> Result<Option<Ends>, Fault> {
        let mut known = self.known();
        let (Some(foresight), Some(size)) = (foresight, known.size) else {
            return Ok(None);
        };
        let mut leaves = HashMap::with_capacity(names.len());
        let mut missing: HashSet<&String> = names.iter().collect();
        for (subject, row) in foresight.seen {
            let entered = whole(&row, "size")?;
            if entered < known.from || entered > size {
                return Ok(None);
            }
            missing.remove(&subject);
            if row.get::<Option<Vec<u8>>>("leaf")?.is_some() {
                leaves.insert(subject, hash_of(&row, "leaf")?);
            }
        }
        for name in names {
            if let Some((_, leaf)) = known.tail.get(name) {
                missing.remove(name);
                leaves.insert(name.clone(), *leaf);
            }
        }
        if !missing.is_empty() {
            return Ok(None);
        }
        // Also when nobody hears whether it was committed.
        known.reached = known.reached.max(size + 1);
        Ok(Some((size, leaves)))
    }

    fn appended(&self, appended: &Appended) {
        let Some(size) = appended.entries.last().map(|last| last.index + 1) else {
            return;
        };
        let mut known = self.known();
        known.size = Some(size);
        if appended.entered {
            known.tail.clear();
            (known.entered, known.from, known.reached) = (size, size, size);
            known.wary = known.wary.saturating_sub(1);
            return;
        }
        known.reached = known.reached.max(size);
        for (name, entry) in &appended.chained {
            let place = (entry.index, entry.leaf);
            known.tail.insert(name.clone(), place);
        }
    }

    /// The log is entered so far.
    pub(crate) fn entered(&self, size: u64) {
        let mut known = self.known();
        if size <= known.entered {
            return;
        }
        let from = std::mem::replace(&mut known.entered, size);
        known.from = from;
        known.tail.retain(|_, (index, _)| *index >= from);
    }

    /// Whether something that this program appended is not entered yet.
    pub(crate) fn is_open(&self) -> bool {
        let known = self.known();
        known.entered < known.reached
    }

    /// Whether somebody must see to entering, whom the caller is from now on.
    pub(crate) fn is_mine_to_see_to(&self) -> bool {
        let mut known = self.known();
        let mine = known.entered < known.reached && !known.seen_to;
        known.seen_to |= mine;
        mine
    }

    /// He sees to it now.
    pub(crate) fn sees_to_it(&self) {
        self.known().seen_to = false;
    }
}

impl Known {
    /// Whoever appends next holds the head, and so finds what nobody heard of.
    fn forget(&mut self) {
        self.size = None;
        self.tail.clear();
    }
}

impl MyTurn<'_> {
    /// What was appended is committed.
    pub(crate) fn committed(mut self, appended: &Appended) {
        self.told = true;
        self.end.appended(appended);
    }

    /// It is not, or nobody knows.
    pub(crate) fn failed(mut self, fault: &Fault) {
        self.told = true;
        let mut known = self.end.known();
        if let (Some(size), false) = (known.size, fault.is_uncertain()) {
            known.reached = size;
        }
        known.forget();
        if fault.is_taken() {
            known.wary = WARY;
        }
    }
}

impl Drop for MyTurn<'_> {
    /// Whoever goes without a word may have committed.
    fn drop(&mut self) {
        if !self.told {
            self.end.known().forget();
        }
    }
}

/// What was seen of the end of the log before it is continued.
#[derive(Default)]
pub(crate) struct Foresight {
    /// Each subject with how far the log was entered and the last leaf of its chain there, seen
    /// together.
    seen: Vec<(String, Row)>,
}

impl Foresight {
    /// Asks where the chain ends that this record will continue, if that is worth it.
    pub(crate) async fn ask(tx: &mut Transaction, record: &Record) -> Result<Option<Asked>, Fault> {
        match record.subject.first() {
            Some(subject) if record.items.is_empty() && record.bulk.is_none() => {
                tx.ask(ENTERED_AND_LEAF, binds![subject]).await
            }
            _ => Ok(None),
        }
    }

    /// Keeps the answer.
    pub(crate) fn keep(&mut self, record: &Record, answer: Vec<Row>) {
        let first = record.subject.first().cloned();
        self.seen.extend(first.zip(answer.into_iter().next()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::FaultKind;

    /// Five entries, all entered, and an act that foresees the sixth.
    fn one_foreseen(end: &End) {
        end.known().size = Some(5);
        end.entered(5);
        let foresight = end.foresight();
        let ends = end.foreseen(foresight, &HashSet::new());
        assert_eq!(ends.unwrap().map(|(size, _)| size), Some(5));
        // The register is kept meanwhile, and finds nothing of it yet.
        end.entered(5);
    }

    #[tokio::test]
    async fn what_is_given_up_unheard_stays_to_be_entered() {
        let end = End::default();
        let turn = end.my_turn().await;
        one_foreseen(&end);
        drop(turn);
        assert!(end.is_open());
        assert!(end.foresight().is_none(), "the next one holds the head");
        end.entered(6);
        assert!(!end.is_open());
    }

    #[tokio::test]
    async fn what_nobody_knows_of_stays_to_be_entered() {
        let end = End::default();
        let turn = end.my_turn().await;
        one_foreseen(&end);
        let fault = Fault::new("gone").of_kind(FaultKind::Lost).of_a_commit();
        turn.failed(&fault);
        assert!(end.is_open());
    }

    #[tokio::test]
    async fn only_a_taken_place_makes_wary() {
        for (kind, wary) in [(FaultKind::Crossed, false), (FaultKind::Taken, true)] {
            let end = End::default();
            let turn = end.my_turn().await;
            one_foreseen(&end);
            turn.failed(&Fault::new("in the way").of_kind(kind));
            assert!(!end.is_open(), "it was rolled back");
            end.known().size = Some(5);
            assert_eq!(end.foresight().is_none(), wary);
        }
    }
}
