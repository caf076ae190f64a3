//! What the books know of a batch before it comes in 已知情况.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use customer::NameKey;
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
    /// The batch it came with last, as its id stands in the books.
    pub(crate) batch: String,
    /// The content that came in last; none when the batch does not hold it any more.
    pub(crate) before: Option<Line>,
}

/// A record of the books that goes by a number.
#[derive(Clone, Debug)]
pub(crate) struct Numbered {
    pub(crate) id: String,
    pub(crate) name: String,
    /// What a contract, an invoice or a receipt says beside its number.
    pub(crate) paper: Option<Paper>,
}

/// What tells a paper from another one of the same number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Paper {
    /// Whose it is: where the customer was merged, the one that stays.
    pub(crate) customer: CustomerId,
    pub(crate) amount: Fen,
    /// Signed, issued or received.
    pub(crate) on: Day,
}

/// An invoice of the books that a receipt of the batch may clear.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Open {
    /// Whose it is to pay: where its customer was merged, the one that stays.
    pub(crate) customer: CustomerId,
    pub(crate) open: Fen,
}

/// Texts by kind and key, looked up without making a key.
#[derive(Debug, Default)]
pub(crate) struct ByKey<T>(HashMap<RecordKind, HashMap<Box<str>, T>>);

impl<T> ByKey<T> {
    pub(crate) fn get(&self, kind: RecordKind, key: &str) -> Option<&T> {
        self.0.get(&kind)?.get(key)
    }

    pub(crate) fn insert(&mut self, kind: RecordKind, key: &str, value: T) {
        self.0.entry(kind).or_default().insert(key.into(), value);
    }
}

/// Everything the plan asks the books. Of records that come in unchanged it only knows their ids,
/// so that a million of them need little memory.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// What each record of the batch is in the books, known before any is written: a person may
    /// report to somebody who stands further down. Empty for a record that stays outside.
    pub(crate) ids: ByKey<Box<str>>,
    /// Records of the batch whose content came in before.
    pub(crate) same: HashSet<i64>,
    /// Records of the batch that came in before with another content.
    pub(crate) changed: HashMap<i64, Identity>,
    /// Records of the batch that stand in the books under the same number and name.
    pub(crate) twins: HashSet<i64>,
    /// Papers of the batch whose number stands in the books, with what the books say of it.
    pub(crate) papers: HashMap<i64, Paper>,
    /// Customers that nobody has in the books.
    pub(crate) new_customers: usize,
    /// Records that the batch refers to and does not hold.
    pub(crate) outside: ByKey<Box<str>>,
    /// Numbers of the batch that somebody else in the books has.
    pub(crate) taken: ByKey<()>,
    /// Keys of people who own something in the batch.
    pub(crate) sellers: HashSet<Box<str>>,
    pub(crate) entity: Option<EntityId>,
    pub(crate) posts: BTreeMap<String, PostId>,
    pub(crate) department_codes: HashMap<String, DepartmentId>,
    pub(crate) owners: HashMap<CustomerId, Option<EmployeeId>>,
    /// Customers that were merged, each with the one that stays.
    pub(crate) merged: HashMap<CustomerId, CustomerId>,
    pub(crate) open: HashMap<InvoiceId, Open>,
    pub(crate) last_line: HashMap<OrderId, i64>,
    /// Owner of an order or a contract of the books.
    pub(crate) paper_owners: HashMap<String, EmployeeId>,
    /// Employees who left; they own nothing new.
    pub(crate) left: HashSet<EmployeeId>,
    /// Whose the citizen ids of the batch are.
    pub(crate) citizens: HashMap<Box<str>, Citizen>,
    /// The credit codes of customers, as [`fingerprint`]s: there may be a million of them.
    pub(crate) codes: HashSet<u64>,
    /// Their names, see [`Known::meets`].
    pub(crate) names: HashSet<u64>,
}

impl Known {
    /// Takes the name of a customer down; tells whether one of the same name was met before: the
    /// same but for legal form and writing, in the same region or where either names none.
    pub(crate) fn meets(&mut self, name: &NameKey) -> bool {
        if name.core.is_empty() {
            return false;
        }
        let of = |region: &str| fingerprint(&format!("{}\n{region}", name.core));
        // Under a region that there is none of stand all that have the core.
        let (own, bare, any) = (of(&name.region), of(""), of("*"));
        let anywhere = !self.names.insert(any);
        let here = !self.names.insert(own);
        here || anywhere && (name.region.is_empty() || self.names.contains(&bare))
    }
}

/// A number in the place of a text. That two texts share one is next to impossible; then somebody
/// looks at two customers that are not the same.
pub(crate) fn fingerprint(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// The employee who has a citizen id.
#[derive(Clone, Debug)]
pub(crate) struct Citizen {
    pub(crate) id: EmployeeId,
    /// 工号
    pub(crate) number: String,
}
