//! `baton witness`: watches logs from another machine and signs what continues 见证服务.
//!
//! Speaks C2SP tlog-witness over HTTP. It shares nothing with the house it watches: its own folder,
//! its own key, no database. What it decides stands in `evidence::witness`; here are its memory
//! ([`memory`]) and its door ([`door`]).

pub mod door;
pub mod memory;

use std::sync::{Arc, Mutex};

use ::evidence::witness::Witness;

use spine::Clock;

use memory::Memory;

/// A witness at work; cheap to clone.
#[derive(Clone)]
pub struct Watch {
    witness: Arc<Witness>,
    /// INVARIANT: held from reading what is remembered until the new head is on disk, so that two
    /// requests cannot both continue the same head.
    memory: Arc<Mutex<Memory>>,
    clock: Arc<dyn Clock>,
}

impl Watch {
    /// Watches by this memory and this clock.
    #[must_use]
    pub fn of(witness: Witness, memory: Memory, clock: Arc<dyn Clock>) -> Watch {
        Watch {
            witness: Arc::new(witness),
            memory: Arc::new(Mutex::new(memory)),
            clock,
        }
    }
}
