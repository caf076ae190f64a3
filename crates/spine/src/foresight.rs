//! The end of the log is asked for while an act still writes 预取日志末端.
//!
//! On PostgreSQL a question is a trip to the server. Where the log ends, and which leaf the chain
//! of a subject ends with, is therefore asked beside the statements of the act that will continue
//! both. It holds if nobody appends meanwhile. What this program appended is known here, one at a
//! time ([`End`]); when another program did, the statement that moves the head finds it moved and
//! fails (`log.rs`), and the act is carried out once more with its questions asked in turn.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use evidence::hash::Hash;
use tokio::sync::{Mutex, MutexGuard};

use crate::link::{Asked, Transaction};
use crate::log::{HEAD_AND_LEAF, hash_of};
use crate::row::Row;
use crate::{Fault, Record, binds};

/// How many entries the log is known to have; whoever appends holds it until he has committed.
#[derive(Clone, Default)]
pub(crate) struct End(Arc<Mutex<u64>>);

impl End {
    pub(crate) async fn hold(&self) -> MutexGuard<'_, u64> {
        self.0.lock().await
    }
}

/// The head of the log, and the last leaf of each chain that there is.
pub(crate) type Ends = (Row, HashMap<String, Hash>);

/// What was seen of the end of the log before it is continued.
#[derive(Default)]
pub(crate) struct Foresight {
    /// Each subject with the head of the log and the last leaf of its chain, seen together.
    seen: Vec<(String, Row)>,
}

impl Foresight {
    /// Asks where the log and the chain end that this record will continue, if that is worth it.
    pub(crate) async fn ask(tx: &mut Transaction, record: &Record) -> Result<Option<Asked>, Fault> {
        match record.subject.first() {
            Some(subject) if record.items.is_empty() && record.bulk.is_none() => {
                tx.ask(&HEAD_AND_LEAF.0, binds![subject]).await
            }
            _ => Ok(None),
        }
    }

    /// Keeps the answer.
    pub(crate) fn keep(&mut self, record: &Record, answer: Vec<Row>) {
        let first = record.subject.first().cloned();
        self.seen.extend(first.zip(answer.into_iter().next()));
    }

    /// The head of the log and the last leaf of each of these chains that there is, when all of
    /// them were seen together in a log that had at least `known` entries.
    pub(crate) fn of(mut self, names: &HashSet<String>, known: u64) -> Result<Option<Ends>, Fault> {
        let mut leaves = HashMap::new();
        let mut sizes = HashSet::new();
        let mut missing: HashSet<&String> = names.iter().collect();
        for (subject, row) in &self.seen {
            sizes.insert(row.get::<i64>("size")?);
            missing.remove(subject);
            if row.get::<Option<Vec<u8>>>("leaf")?.is_some() {
                leaves.insert(subject.clone(), hash_of(row, "leaf")?);
            }
        }
        let mut sizes = sizes.into_iter();
        let at_once = match (sizes.next(), sizes.next()) {
            (Some(size), None) => u64::try_from(size).is_ok_and(|size| size >= known),
            _ => false,
        };
        if !at_once || !missing.is_empty() {
            return Ok(None);
        }
        Ok(self.seen.pop().map(|(_, head)| (head, leaves)))
    }
}
