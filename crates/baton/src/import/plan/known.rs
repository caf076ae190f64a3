//! What the books know of a batch before it comes in 已知情况.

use std::collections::{BTreeMap, HashMap, HashSet};

use intake::RecordKind;
use kernel::{
    CustomerId, Day, DepartmentId, EmployeeId, EntityId, Fen, InvoiceId, OrderId, PostId,
};

use crate::import::line::Line;

/// A foreign record that came in before.
#[derive(Clone, Debug)]
pub(crate) struct Identity {
    /// What it became.
    pub(crate) record: String,
    /// Digest of the content that came in last.
    pub(crate) digest: String,
    /// The content that came in last; none when it is not of this batch.
    pub(crate) before: Option<Line>,
}

/// A record of the books that goes by a number.
#[derive(Clone, Debug)]
pub(crate) struct Numbered {
    pub(crate) id: String,
    pub(crate) name: String,
}

/// The owner of a customer and the end of its history.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Owning {
    pub(crate) owner: Option<EmployeeId>,
    pub(crate) last_seq: i64,
    pub(crate) last_day: Day,
}

/// An invoice of the books that a receipt of the batch may clear.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Open {
    pub(crate) customer: CustomerId,
    pub(crate) open: Fen,
}

/// Everything the plan asks the books.
#[derive(Debug, Default)]
pub(crate) struct Known {
    pub(crate) identities: HashMap<(RecordKind, String), Identity>,
    pub(crate) numbered: HashMap<(RecordKind, String), Numbered>,
    pub(crate) entity: Option<EntityId>,
    pub(crate) posts: BTreeMap<String, PostId>,
    pub(crate) department_codes: HashMap<String, DepartmentId>,
    pub(crate) owners: HashMap<CustomerId, Owning>,
    pub(crate) open: HashMap<InvoiceId, Open>,
    pub(crate) last_line: HashMap<OrderId, i64>,
    /// Owner of an order or a contract of the books.
    pub(crate) paper_owners: HashMap<String, EmployeeId>,
    /// Employees who left; they own nothing new.
    pub(crate) left: HashSet<EmployeeId>,
}
