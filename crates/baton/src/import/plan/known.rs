//! What the books know of a batch before it comes in 已知情况.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use customer::NameKey;
use intake::RecordKind;
use kernel::{
    CustomerId, Day, DepartmentId, EmployeeId, EntityId, Fen, InvoiceId, OrderId, PostId,
};

use crate::import::line::Line;
use crate::import::notes;

/// A foreign record that came in before.
#[derive(Clone, Debug)]
pub(crate) struct Identity {
    /// What it became.
    pub(crate) record: String,
    /// Digest of the content that came in last.
    pub(crate) digest: String,
    /// The batch it came with last, as its id stands in the books.
    pub(crate) batch: String,
    /// What was said last of each column that the new content has; none when the batch does not
    /// hold its content any more, or when the content is that one.
    pub(crate) before: Option<Line>,
    /// Whether it came in without an owner and nobody was one since.
    pub(crate) unowned: bool,
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

/// Somebody who left or is leaving.
#[derive(Clone, Debug)]
pub(crate) struct Going {
    /// `张三（E002）`
    pub(crate) called: String,
    /// Whether he left already.
    pub(crate) left: bool,
    /// Number of his departure, while it is under way and he knows of it.
    pub(crate) departure: Option<String>,
}

/// What the books say of a record that a line met under its number: by field, as the books write
/// it, references by id.
pub(crate) type Standing = BTreeMap<&'static str, String>;

/// A field that the file fills otherwise than the books; where it refers to a record, the id of the
/// one that the books name, for only the plan knows which one the file means.
pub(crate) type Unlike = (&'static str, Option<String>);

/// Whom a file means that gives a name and no number.
#[derive(Clone, Debug)]
pub(crate) enum Named {
    /// The only one of this name.
    One {
        /// His id; a record of the batch may stay outside after all.
        id: Box<str>,
        /// His number, for people.
        number: String,
        /// His key in the batch.
        key: Option<Box<str>>,
    },
    /// So many have this name.
    Several(usize),
}

/// Texts by kind and key, looked up without making a key.
#[derive(Debug)]
pub(crate) struct ByKey<T>(HashMap<RecordKind, HashMap<Box<str>, T>>);

impl<T> Default for ByKey<T> {
    fn default() -> ByKey<T> {
        ByKey(HashMap::new())
    }
}

impl<T> ByKey<T> {
    pub(crate) fn get(&self, kind: RecordKind, key: &str) -> Option<&T> {
        self.0.get(&kind)?.get(key)
    }

    pub(crate) fn insert(&mut self, kind: RecordKind, key: &str, value: T) {
        self.0.entry(kind).or_default().insert(key.into(), value);
    }

    /// Everything of a kind.
    pub(super) fn of(&self, kind: RecordKind) -> impl Iterator<Item = (&str, &T)> {
        let of_kind = self.0.get(&kind).into_iter().flatten();
        of_kind.map(|(key, value)| (&**key, value))
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
    /// Records of the batch that came in before with another content, or that may get the owner at
    /// last whom they name.
    pub(crate) changed: HashMap<i64, Identity>,
    /// Records of the batch that stand in the books under the same number and name; contacts that
    /// their customer has.
    pub(crate) twins: HashSet<i64>,
    /// In what these say something else than the books.
    pub(crate) unlike: HashMap<i64, Vec<Unlike>>,
    /// Papers of the batch whose number stands in the books, with what the books say of it.
    pub(crate) papers: HashMap<i64, Paper>,
    /// Customers that nobody has in the books.
    pub(crate) new_customers: usize,
    /// Records that the batch refers to and does not hold.
    pub(crate) outside: ByKey<Box<str>>,
    /// People and customers that the batch refers to by their name.
    pub(crate) by_name: ByKey<Named>,
    /// Numbers of the batch that somebody else in the books has.
    pub(crate) taken: ByKey<()>,
    /// People of the batch whose 工号 somebody of another name has, with that name.
    pub(crate) others: HashMap<i64, String>,
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
    /// Owner of an opportunity, an order or a contract of the books.
    pub(crate) paper_owners: HashMap<String, EmployeeId>,
    /// The people whom the batch names, and those who own what it speaks of, as people call them.
    pub(crate) people: HashMap<EmployeeId, String>,
    /// Employees who left or are leaving; they are given no customer.
    pub(crate) going: HashMap<EmployeeId, Going>,
    /// When employees were hired, of whom that is known.
    pub(crate) hired: HashMap<EmployeeId, Day>,
    /// Whose the citizen ids of the batch are.
    pub(crate) citizens: HashMap<Box<str>, Citizen>,
    /// The credit codes of customers, as [`fingerprint`]s: there may be a million of them.
    codes: HashSet<u64>,
    /// Their names, see [`Known::meets`].
    names: HashSet<u64>,
    /// Numbers of the customers in the books that have such a code or name: the few that the batch
    /// is like.
    numbers: HashMap<u64, Box<str>>,
}

/// The fingerprints of a name: in its region, in none, and anywhere.
fn name_prints(name: &NameKey) -> [u64; 3] {
    let of = |region: &str| fingerprint(&format!("{}\n{region}", name.core));
    // Under a region that there is none of stand all that have the core.
    [of(&name.region), of(""), of("*")]
}

impl Known {
    /// What a reference names: in the batch, else what came in before, else a number of the books,
    /// else the only one of this name.
    pub(crate) fn resolve(&self, kind: RecordKind, key: &str) -> Option<&str> {
        let id = self.ids.get(kind, key);
        let id: &str = match id.or_else(|| self.outside.get(kind, key)) {
            Some(id) => id,
            None => self.named(kind, key)?,
        };
        (!id.is_empty()).then_some(id)
    }

    /// The customer that a reference names; where it was merged, the one that stays.
    pub(crate) fn customer(&self, key: &str) -> Option<CustomerId> {
        let named: CustomerId = self.resolve(RecordKind::Customer, key)?.parse().ok()?;
        Some(self.merged.get(&named).copied().unwrap_or(named))
    }

    /// The id of the only one of this name; empty for one of the batch that stays outside.
    pub(super) fn named(&self, kind: RecordKind, name: &str) -> Option<&str> {
        match self.by_name.get(kind, name)? {
            Named::One { key: Some(key), .. } => self.ids.get(kind, key).map(|id| &**id),
            Named::One { id, .. } => Some(id),
            Named::Several(_) => None,
        }
    }

    /// Whether he left; he owns nothing new.
    pub(super) fn has_left(&self, who: EmployeeId) -> bool {
        self.going.get(&who).is_some_and(|going| going.left)
    }

    /// Takes the name of a customer down; gives what [`Known::called`] calls one of the same name
    /// that was met before: the same but for legal form and writing, in the same region or where
    /// either names none.
    pub(crate) fn meets(&mut self, name: &NameKey) -> Option<u64> {
        if name.core.is_empty() {
            return None;
        }
        let [own, bare, any] = name_prints(name);
        let anywhere = !self.names.insert(any);
        let here = !self.names.insert(own);
        if here {
            return Some(own);
        }
        let met = if name.region.is_empty() { any } else { bare };
        (anywhere && self.names.contains(&met)).then_some(met)
    }

    /// The same of its credit code.
    pub(crate) fn meets_code(&mut self, code: &str) -> Option<u64> {
        let print = fingerprint(code);
        (!self.codes.insert(print)).then_some(print)
    }

    /// Takes down that a customer of the books has this name.
    pub(crate) fn has_name(&mut self, number: &str, name: &NameKey) {
        if name.core.is_empty() {
            return;
        }
        let [own, _, any] = name_prints(name);
        self.names.extend([own, any]);
        for print in [own, any] {
            self.numbers.entry(print).or_insert_with(|| number.into());
        }
    }

    /// Takes down that a customer of the books has this credit code.
    pub(crate) fn has_code(&mut self, number: &str, code: &str) {
        let print = fingerprint(code);
        self.codes.insert(print);
        let entry = self.numbers.entry(print);
        entry.or_insert_with(|| number.into());
    }

    /// As people call the customer that was met.
    pub(crate) fn called(&self, met: u64) -> String {
        let number = self.numbers.get(&met);
        number.map_or_else(
            || notes::OTHER_ROW.zh().to_owned(),
            |number| notes::CUSTOMER.of(&[number]),
        )
    }
}

/// A number in the place of a text. That two texts share one is next to impossible; then somebody
/// looks at two customers that are not the same.
fn fingerprint(text: &str) -> u64 {
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
