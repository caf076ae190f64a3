//! Where time and chance come from 时钟与随机.

use std::sync::Mutex;

use kernel::Moment;
use sha2::{Digest, Sha256};

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Moment;
}

/// The machine's clock.
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where the machine's clock is read"
    )]
    fn now(&self) -> Moment {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        Moment(since.map_or(0, |span| {
            i64::try_from(span.as_millis()).unwrap_or(i64::MAX)
        }))
    }
}

/// A clock that stands where it is put; for tests and for the demo company's past.
pub struct FixedClock(Mutex<Moment>);

impl FixedClock {
    /// Stands at this moment.
    #[must_use]
    pub fn at(moment: Moment) -> FixedClock {
        FixedClock(Mutex::new(moment))
    }

    /// Moves to another moment.
    pub fn set(&self, moment: Moment) {
        *self
            .0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner) = moment;
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Moment {
        *self
            .0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// A clock that runs like another one, but from a moment of its own; for books on which one
/// practises.
pub struct ShiftedClock {
    by_millis: i64,
}

impl ShiftedClock {
    /// Shows this moment now and runs on from it.
    #[must_use]
    pub fn from(moment: Moment) -> ShiftedClock {
        ShiftedClock {
            by_millis: moment.0.saturating_sub(SystemClock.now().0),
        }
    }
}

impl Clock for ShiftedClock {
    fn now(&self) -> Moment {
        SystemClock.now().plus_millis(self.by_millis)
    }
}

/// Rolls dice.
pub trait Chance: Send + Sync {
    /// Fills the buffer with random bytes.
    fn fill(&self, buffer: &mut [u8]);
}

/// The machine's own randomness.
pub struct SystemChance;

impl Chance for SystemChance {
    fn fill(&self, buffer: &mut [u8]) {
        // INVARIANT: a machine without randomness must not mint ids or salts.
        #[expect(
            clippy::expect_used,
            reason = "going on without randomness would be unsafe"
        )]
        getrandom::fill(buffer).expect("the operating system gives random bytes");
    }
}

/// Repeatable chance: SHA-256 over seed and counter. For tests and the demo, never for secrets.
pub struct SeededChance {
    seed: u64,
    counter: Mutex<u64>,
}

impl SeededChance {
    /// The same seed gives the same bytes.
    #[must_use]
    pub fn new(seed: u64) -> SeededChance {
        SeededChance {
            seed,
            counter: Mutex::new(0),
        }
    }
}

impl Chance for SeededChance {
    fn fill(&self, buffer: &mut [u8]) {
        let mut counter = self
            .counter
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        for chunk in buffer.chunks_mut(32) {
            *counter += 1;
            let mut hasher = Sha256::new();
            hasher.update(self.seed.to_be_bytes());
            hasher.update(counter.to_be_bytes());
            chunk.copy_from_slice(&hasher.finalize()[..chunk.len()]);
        }
    }
}
