//! The notes of one transaction, as they are written 留痕记录.
//!
//! A part begins with [`HEAD`] and a salt. Then come groups: a head (table, verb, columns by name)
//! and its rows; a value that stood in the row above is not repeated.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sha2::{Digest, Sha256};

use super::cell::{self, Cell, Salt};
use super::plan::{Plan, Verb};
use super::shape::{Ledger, Shape};
use crate::{Binds, Chance, Dialect, Fault, Row};

pub(crate) const HEAD: &[u8] = b"baton-rows-1";
pub(crate) const GROUP: u8 = 1;
pub(crate) const ROW: u8 = 2;
/// A part of this many bytes is full: small enough to be read, checked and erased by itself.
const FULL: usize = 1 << 20;

/// What the statements of one act wrote, in parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) parts: Vec<Vec<u8>>,
}

impl Written {
    /// What the payload says of the parts, so that none can be changed, left out or added.
    pub(crate) fn root(&self) -> Option<String> {
        let mut root = NotesRoot::default();
        self.parts.iter().for_each(|part| root.add(part));
        root.finish()
    }
}

/// SHA-256 over the SHA-256 of every part; nothing when there is none.
#[derive(Clone, Default)]
pub(crate) struct NotesRoot {
    all: Sha256,
    any: bool,
}

impl NotesRoot {
    pub(crate) fn add(&mut self, part: &[u8]) {
        self.all.update(Sha256::digest(part));
        self.any = true;
    }

    pub(crate) fn finish(self) -> Option<String> {
        self.any.then(|| hex::encode(self.all.finalize()))
    }
}

/// Takes notes during one transaction.
pub(crate) struct RowNotes {
    ledger: Arc<Ledger>,
    shape: Arc<Shape>,
    dialect: Dialect,
    chance: Arc<dyn Chance>,
    pad: Mutex<Pad>,
}

#[derive(Default)]
struct Pad {
    salt: Option<Salt>,
    full: Vec<Vec<u8>>,
    part: Vec<u8>,
    group: Option<(usize, Verb, Vec<usize>)>,
    above: Vec<Cell>,
}

impl RowNotes {
    pub(crate) fn new(
        (ledger, shape): (Arc<Ledger>, Arc<Shape>),
        dialect: Dialect,
        chance: Arc<dyn Chance>,
    ) -> RowNotes {
        RowNotes {
            ledger,
            shape,
            dialect,
            chance,
            pad: Mutex::default(),
        }
    }

    /// The tables whose rows are noted.
    pub(crate) fn shape(&self) -> Arc<Shape> {
        Arc::clone(&self.shape)
    }

    /// What is to be noted of a statement.
    pub(crate) fn plan(&self, text: &str) -> Result<Option<Arc<Plan>>, Fault> {
        self.ledger.plan(text, &self.shape, self.dialect)
    }

    /// Notes a row whose values are the binds of a statement.
    pub(crate) fn bound(&self, plan: &Plan, binds: &Binds) {
        let cells = plan.binds.iter();
        self.add(
            plan,
            cells.map(|n| binds.get(*n).map_or(Cell::Null, Cell::bound)),
        );
    }

    /// Notes a row that the database gave back.
    pub(crate) fn given_back(&self, plan: &Plan, row: Row) {
        self.add(plan, row.values.into_iter().map(Cell::given));
    }

    /// What was noted since the last time.
    pub(crate) fn drain(&self) -> Written {
        let mut pad = self.pad();
        pad.close();
        Written {
            parts: std::mem::take(&mut pad.full),
        }
    }

    fn pad(&self) -> MutexGuard<'_, Pad> {
        self.pad.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, plan: &Plan, cells: impl Iterator<Item = Cell>) {
        let table = &self.shape.tables[plan.table];
        let mut pad = self.pad();
        let salt = *pad.salt.get_or_insert_with(|| {
            let mut salt = [0; 16];
            self.chance.fill(&mut salt);
            salt
        });
        if pad.part.is_empty() {
            pad.part.extend_from_slice(HEAD);
            pad.part.extend_from_slice(&salt);
        }
        let same = pad.group.as_ref().is_some_and(|(at, verb, columns)| {
            (*at, *verb) == (plan.table, plan.verb) && *columns == plan.columns
        });
        if !same {
            pad.open(plan, &self.shape);
        }
        let Pad { part, above, .. } = &mut *pad;
        part.push(ROW);
        for ((cell, place), above) in cells.zip(&plan.columns).zip(above.iter_mut()) {
            let column = &table.columns[*place];
            let cell = cell.sealed(&table.name, &column.name, column.veiled, &salt);
            cell.note(part, Some(above));
            *above = cell;
        }
        if pad.part.len() >= FULL {
            pad.close();
        }
    }
}

impl Pad {
    fn open(&mut self, plan: &Plan, shape: &Shape) {
        let table = &shape.tables[plan.table];
        self.part.push(GROUP);
        self.part.push(match plan.verb {
            Verb::Put => b'+',
            Verb::Set => b'=',
            Verb::Drop => b'-',
        });
        cell::push_bytes(&mut self.part, table.name.as_bytes());
        cell::push_number(&mut self.part, plan.columns.len() as u64);
        for place in &plan.columns {
            cell::push_bytes(&mut self.part, table.columns[*place].name.as_bytes());
        }
        self.group = Some((plan.table, plan.verb, plan.columns.clone()));
        self.above.clear();
        self.above.resize(plan.columns.len(), Cell::Null);
    }

    fn close(&mut self) {
        self.group = None;
        if !self.part.is_empty() {
            self.full.push(std::mem::take(&mut self.part));
        }
    }
}
