//! How far a long piece of work is 进度.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use kernel::Refusal;
use serde::Serialize;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use utoipa::ToSchema;

/// Counts records while they are read or written; cheap to clone, and whoever has a clone sees how
/// far it is.
#[derive(Clone, Debug, Default)]
pub struct Steps(Arc<Counters>);

#[derive(Debug, Default)]
struct Counters {
    done: AtomicU64,
    of: AtomicU64,
}

impl Steps {
    /// So many records are to be done in all; none where that is not known.
    pub(crate) fn expect(&self, records: u64) {
        self.0.of.store(records, Ordering::Relaxed);
    }

    /// So many more are done.
    pub(crate) fn done(&self, records: usize) {
        let records = u64::try_from(records).unwrap_or(u64::MAX);
        self.0.done.fetch_add(records, Ordering::Relaxed);
    }
}

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ImportPhase)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Nothing, by this server.
    Idle,
    /// Files are read and checked.
    Reading,
    /// A batch is written.
    Writing,
    /// A batch is taken back.
    Undoing,
}

/// How far a piece of work is.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ImportProgress)]
pub struct Progress {
    /// What is being done.
    pub phase: Phase,
    /// Records done.
    pub done: u64,
    /// Records in all; 0 where that is not known yet.
    pub of: u64,
}

/// Uploads read at the same time: each holds its files in memory.
const TURNS: usize = 2;

type List = Mutex<HashMap<String, (Phase, Steps)>>;

/// The long pieces of work of this server, by name.
#[derive(Clone)]
pub struct AtWork {
    list: Arc<List>,
    turns: Arc<Semaphore>,
}

impl Default for AtWork {
    fn default() -> AtWork {
        AtWork {
            list: Arc::default(),
            turns: Arc::new(Semaphore::new(TURNS)),
        }
    }
}

/// Takes a piece of work off the list when it ends, however it ends.
pub(crate) struct Entered {
    list: AtWork,
    name: String,
}

impl Drop for Entered {
    fn drop(&mut self) {
        let mut list = self
            .list
            .list
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        list.remove(&self.name);
    }
}

impl AtWork {
    /// Puts a piece of work on the list as long as the answer lives.
    pub(crate) fn enter(&self, name: &str, phase: Phase, steps: &Steps) -> Entered {
        let mut list = self.list.lock().unwrap_or_else(PoisonError::into_inner);
        list.insert(name.to_owned(), (phase, steps.clone()));
        Entered {
            list: self.clone(),
            name: name.to_owned(),
        }
    }

    /// A turn to read an upload, given back with the answer.
    ///
    /// # Errors
    /// [`Refusal`] while others have every turn.
    pub(crate) fn turn(&self) -> Result<OwnedSemaphorePermit, Refusal> {
        Arc::clone(&self.turns).try_acquire_owned().map_err(|_| {
            let (zh, en) = ("正在读取别的文件", "Other files are being read");
            Refusal::conflict("import.busy", zh, en)
                .remedy(("请稍等片刻再上传", "Upload again in a moment"))
        })
    }

    /// How far the piece of work of this name is.
    pub(crate) fn progress(&self, name: &str) -> Progress {
        let list = self.list.lock().unwrap_or_else(PoisonError::into_inner);
        let (phase, counters) = match list.get(name) {
            Some((phase, steps)) => (*phase, steps.0.clone()),
            None => (Phase::Idle, Arc::default()),
        };
        Progress {
            phase,
            done: counters.done.load(Ordering::Relaxed),
            of: counters.of.load(Ordering::Relaxed),
        }
    }
}
