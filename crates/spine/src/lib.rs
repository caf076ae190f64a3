//! Floor 3: the one way through which every change passes, together with its proof 主干.
//!
//! ```text
//! begin → idempotency → act.load (cannot write) → access.decide → approval gate
//!       → act.decide (pure) → act.write → evidence entry → commit
//! ```
//!
//! [`Spine::perform`] is the only place where a [`Writer`] comes into being, and it never commits
//! without an evidence entry. [`Spine::look`] is its sister for reads that matter. The spine knows
//! SQL, transactions and proofs; it knows no business noun.

mod act;
mod audit;
mod awake;
mod books;
mod bulk;
mod by;
mod checkpoint;
mod chosen;
mod clock;
mod consumer;
mod db;
mod dialect;
mod dump;
mod failure;
mod gate;
mod idempotency;
mod job_list;
mod jobs;
mod log;
mod look;
mod migrate;
mod perform;
mod proofs;
mod rows;
mod sql;

pub use act::{Act, AnyAct, Item, Record};
pub use audit::StoredLog;
pub use books::{Reader, Writer};
pub use bulk::{Bulk, BulkItem, BulkItems};
pub use by::By;
pub use checkpoint::{CheckpointError, LogKey, Signing, last_signed, write_private};
pub use chosen::{Cells, Chosen, Pointer, Sheet};
pub use clock::{Chance, Clock, FixedClock, SeededChance, ShiftedClock, SystemChance, SystemClock};
pub use consumer::Consumer;
pub use db::{Db, DbSettings};
pub use dialect::Dialect;
pub use dump::{Column, ColumnKind, Loading, Snapshot, Table};
pub use failure::{Denied, Failure, Fault};
pub use gate::{Gate, GateAnswer, Held, OpenGate};
pub use idempotency::IdempotencyKey;
pub use job_list::{JobCounts, JobRow, JobState, WantedJobs};
pub use jobs::{Job, JobKind, MOST_ATTEMPTS, NewJob};
pub use log::{AppendedEntry, LOG_TABLES};
pub use look::{Attempt, Look};
pub use migrate::{CHUNKS, Migration, SCHEMA};
pub use perform::{Answer, Done, Spine, SpineParts};
pub use proofs::{LogRow, StoredCheckpoint};
pub use rows::{Difference, LeftOut, RowReport, RowRules, Wrong};
pub use sql::{Binds, Change, FromColumn, IntoValue, Query, Row, Select, Value};
