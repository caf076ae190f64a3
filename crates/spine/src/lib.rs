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
mod aside;
mod audit;
mod books;
mod bulk;
mod by;
mod checkpoint;
mod chosen;
mod clock;
mod consumer;
mod cosigned;
mod db;
mod dialect;
mod dump;
mod erase;
mod extract;
mod failure;
mod foresight;
mod gate;
mod idempotency;
mod job_list;
mod jobs;
mod link;
mod log;
mod look;
mod migrate;
mod perform;
mod proofs;
mod register;
mod row;
mod rows;
mod sm;
mod sql;
mod stamped;

pub use act::{Act, AnyAct, Item, Record};
pub use aside::Indexes;
pub use audit::StoredLog;
pub use books::{Reader, Writer};
pub use bulk::{Bulk, BulkItem, BulkItems};
pub use by::By;
pub use checkpoint::{CheckpointError, LAST_SIGNED, LogKey, Signing, last_signed, write_private};
pub use chosen::{Cells, Chosen, Pointer, Sheet};
pub use clock::{Chance, Clock, FixedClock, SeededChance, ShiftedClock, SystemChance, SystemClock};
pub use consumer::Consumer;
pub use cosigned::{CheckpointHead, Cosignature};
pub use db::{Db, DbSettings};
pub use dialect::Dialect;
pub use dump::{Column, ColumnKind, Loading, Snapshot, Table};
pub use erase::ERASE;
pub use extract::{Extract, ExtractItem, Opened};
pub use failure::{Denied, Failure, Fault};
pub use gate::{Gate, GateAnswer, Held, OpenGate};
pub use idempotency::IdempotencyKey;
pub use job_list::{JobCounts, JobRow, JobState, WantedJobs};
pub use jobs::{Job, JobKind, MOST_ATTEMPTS, NewJob, Ran};
pub use log::{AppendedEntry, LOG_TABLES};
pub use look::{Attempt, Look};
pub use migrate::{CHUNKS, COSIGNATURES, LEAN_LOG, Migration, ONE_ROW, SCHEMA, SM_LOG, STAMPS};
pub use perform::{Answer, Done, Spine, SpineParts};
pub use proofs::{LogRow, StoredCheckpoint, damaged};
pub use row::{FromColumn, Row};
pub use rows::{Difference, LeftOut, RowReport, RowRules, Wrong};
pub use sm::{SmReport, SmSigning};
pub use sql::{Binds, Change, IntoValue, Query, Select, Value};
pub use stamped::{StampQuery, StampedCheckpoint};
