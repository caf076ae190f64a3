//! Whether the background works, as this process knows it 后台心跳.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use kernel::Moment;

/// When each part of the background worked last; cheap to clone. Every server has its own.
#[derive(Clone)]
pub struct Heartbeat(Arc<Mutex<Beats>>);

struct Beats {
    started: Moment,
    last: BTreeMap<&'static str, Moment>,
    unsigned: Option<(Moment, bool)>,
}

impl Heartbeat {
    /// The process starts at this moment.
    #[must_use]
    pub fn starting(at: Moment) -> Heartbeat {
        Heartbeat(Arc::new(Mutex::new(Beats {
            started: at,
            last: BTreeMap::new(),
            unsigned: None,
        })))
    }

    fn with<T>(&self, look: impl FnOnce(&mut Beats) -> T) -> T {
        look(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// This part of the background finished a round.
    pub fn beat(&self, part: &'static str, at: Moment) {
        self.with(|beats| beats.last.insert(part, at));
    }

    /// The log was signed, or needed no signature.
    pub fn signed(&self) {
        self.with(|beats| beats.unsigned = None);
    }

    /// The log could not be signed; `broken` when it does not continue what was signed.
    pub fn not_signed(&self, at: Moment, broken: bool) {
        self.with(|beats| {
            let since = beats.unsigned.map_or(at, |(since, _)| since);
            beats.unsigned = Some((since, broken));
        });
    }

    /// Since when the log cannot be signed, and whether it is broken.
    #[must_use]
    pub fn unsigned(&self) -> Option<(Moment, bool)> {
        self.with(|beats| beats.unsigned)
    }

    /// When the process started.
    #[must_use]
    pub fn started(&self) -> Moment {
        self.with(|beats| beats.started)
    }

    /// When each part worked last.
    #[must_use]
    pub fn last(&self) -> Vec<(&'static str, Moment)> {
        self.with(|beats| beats.last.iter().map(|(part, at)| (*part, *at)).collect())
    }
}
