//! What a batch becomes in the books, decided before anything is written 导入方案.
//!
//! A record that came in before with the same content is left alone. One that came in before with
//! another content changes only the columns in which the *file* differs from what it said last
//! time: what was changed in the house since stays. A file gives an owner to what is new or has
//! none, and takes nobody's away. A new record whose number and name stand in the books already is
//! matched with what is there; one whose number belongs to another gets the name of its system
//! before the number, and the report says so. People and papers stay outside then.

mod changed;
mod create;
mod ids;
mod known;
mod named;
mod outside;
mod owner;
mod remark;
mod twin;
mod whose;

use std::collections::{BTreeMap, HashMap, HashSet};

use intake::RecordKind;
use kernel::{
    ContactId, ContractId, CustomerId, Day, DepartmentId, EmployeeId, Fen, InvoiceId,
    OpportunityId, OrderId, ReceiptId,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json, json};
use spine::{BulkItem, BulkItems, Value};
use utoipa::ToSchema;

use crate::customer::load::{NewContact, NewCustomer, NewOpportunity, NewProduct};
use crate::import::line::Line;
use crate::import::notes;
use crate::import::store::Batch;
use crate::people::load::{NewDepartment, NewEmployee, NewEntity, NewPost};
use crate::receivable::load::{NewContract, NewInvoice, NewOrder, NewOrderLine, NewReceipt};

pub(crate) use ids::Rising;
pub(crate) use known::{
    ByKey, Citizen, Going, Identity, Known, Named, Numbered, Open, Paper, Standing,
};
use outside::RowsOutside;
use remark::Remarks;
use twin::like_the_books;
pub(crate) use twin::{Face, is_paper, twin_number, unlike};
use whose::Whose;

/// What became of a staged record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// 新建
    Created,
    /// 更新
    Updated,
    /// 对应到已有记录
    Matched,
    /// 没有变化
    Same,
    /// 不予导入
    Refused,
}

impl Action {
    /// Every one of them.
    pub const ALL: [Action; 5] = [
        Action::Created,
        Action::Updated,
        Action::Matched,
        Action::Same,
        Action::Refused,
    ];

    /// The word in the books.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Action::Created => "created",
            Action::Updated => "updated",
            Action::Matched => "matched",
            Action::Same => "same",
            Action::Refused => "refused",
        }
    }

    /// Whether the books know the record by another content now than before.
    pub(crate) fn is_news(self) -> bool {
        matches!(self, Action::Created | Action::Updated | Action::Matched)
    }

    /// As screens show it.
    #[must_use]
    pub fn zh(self) -> &'static str {
        match self {
            Action::Created => "新建",
            Action::Updated => "更新",
            Action::Matched => "对应到已有记录",
            Action::Same => "没有变化",
            Action::Refused => "未导入",
        }
    }
}

/// What became of one line.
#[derive(Clone, Debug)]
pub(crate) struct Mark {
    pub(crate) n: i64,
    pub(crate) kind: RecordKind,
    pub(crate) key: String,
    pub(crate) digest: String,
    pub(crate) action: Action,
    pub(crate) record: Option<String>,
    /// Digest and batch by which it was known before.
    pub(crate) last: Option<Json>,
    pub(crate) note: String,
    /// The place of its owner in the report's list of those whom the files name, from 1.
    pub(crate) owner: i64,
}

/// Columns of a record in the books that get other values.
#[derive(Clone, Debug)]
pub(crate) struct Edit {
    pub(crate) n: i64,
    pub(crate) kind: RecordKind,
    pub(crate) record: String,
    pub(crate) cells: Vec<(&'static str, Value)>,
    /// Columns kept with the record that are anew; null takes one away.
    pub(crate) extra: Map<String, Json>,
}

/// A customer of the pool gets an owner.
#[derive(Clone, Debug)]
pub(crate) struct NewOwner {
    pub(crate) n: i64,
    pub(crate) customer: CustomerId,
    pub(crate) to: EmployeeId,
}

/// What a stretch of the batch becomes.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    pub(crate) entities: Vec<NewEntity>,
    pub(crate) posts: Vec<NewPost>,
    pub(crate) departments: Vec<NewDepartment>,
    pub(crate) employees: Vec<NewEmployee>,
    pub(crate) products: Vec<NewProduct>,
    pub(crate) customers: Vec<NewCustomer>,
    pub(crate) contacts: Vec<NewContact>,
    pub(crate) opportunities: Vec<NewOpportunity>,
    pub(crate) contracts: Vec<NewContract>,
    pub(crate) orders: Vec<NewOrder>,
    pub(crate) more_lines: Vec<(OrderId, i64, NewOrderLine)>,
    pub(crate) invoices: Vec<NewInvoice>,
    pub(crate) receipts: Vec<NewReceipt>,
    pub(crate) edits: Vec<Edit>,
    pub(crate) owners: Vec<NewOwner>,
    /// Who owns something from now on.
    pub(crate) sellers: Vec<EmployeeId>,
    pub(crate) marks: Vec<Mark>,
}

/// How many records became what, by kind.
pub type Counts = BTreeMap<String, BTreeMap<Action, u64>>;

/// What the plan needs beside the lines.
#[derive(Debug)]
struct Circumstances {
    system: String,
    today: Day,
}

/// Draws up the plan, one stretch of the batch after the other, in their order: what it learned of
/// earlier records it remembers for later ones.
#[derive(Debug)]
pub(crate) struct Planner {
    known: Known,
    around: Circumstances,
    ids: Rising,
    plan: Plan,
    /// Where a new order stands in the plan.
    orders: HashMap<OrderId, usize>,
    /// Owners of the customers of this batch.
    owners: HashMap<CustomerId, Option<EmployeeId>>,
    /// Owners of the orders and contracts of this batch.
    paper_owners: HashMap<String, EmployeeId>,
    /// Customers of this batch who have a contact.
    met: HashSet<CustomerId>,
    /// Owners who were named already.
    sellers: HashSet<EmployeeId>,
    /// Where people without a department go.
    home: Option<DepartmentId>,
    counts: Counts,
    remarks: Remarks,
    outside: RowsOutside,
    whose: Whose,
    pub(crate) items: Vec<Touched>,
}

/// Why a line stays outside.
struct Outside(String);

/// Mints the id of a new record of this kind.
pub(crate) fn mint(kind: RecordKind, ids: &mut Rising) -> String {
    // A product goes by its number, an order line by its order and place.
    if matches!(kind, RecordKind::Product | RecordKind::OrderLine) {
        return String::new();
    }
    let (at, dice) = ids.next();
    match kind {
        RecordKind::Department => DepartmentId::mint(at, dice).to_string(),
        RecordKind::Employee => EmployeeId::mint(at, dice).to_string(),
        RecordKind::Customer => CustomerId::mint(at, dice).to_string(),
        RecordKind::Contact => ContactId::mint(at, dice).to_string(),
        RecordKind::Opportunity => OpportunityId::mint(at, dice).to_string(),
        RecordKind::Contract => ContractId::mint(at, dice).to_string(),
        RecordKind::Order => OrderId::mint(at, dice).to_string(),
        RecordKind::Invoice => InvoiceId::mint(at, dice).to_string(),
        RecordKind::Receipt => ReceiptId::mint(at, dice).to_string(),
        RecordKind::Product | RecordKind::OrderLine => String::new(),
    }
}

/// The line's number, or with its system before it where somebody else has it; and whether so.
pub(crate) fn free_number(known: &Known, system: &str, line: &Line) -> (String, bool) {
    let number = line.text("number");
    if known.taken.get(line.kind, number).is_some() {
        (format!("{system}-{number}"), true)
    } else {
        (number.to_owned(), false)
    }
}

impl Planner {
    pub(crate) fn new(known: Known, batch: &Batch, today: Day, ids: Rising) -> Planner {
        Planner {
            known,
            around: Circumstances {
                system: batch.system.clone(),
                today,
            },
            ids,
            plan: Plan::default(),
            orders: HashMap::new(),
            owners: HashMap::new(),
            paper_owners: HashMap::new(),
            met: HashSet::new(),
            sellers: HashSet::new(),
            home: None,
            counts: Counts::new(),
            remarks: Remarks::default(),
            outside: RowsOutside::default(),
            whose: Whose::of(&batch.report["totals"]),
            items: Vec::new(),
        }
    }

    /// Customers that come in anew, at most.
    pub(crate) fn new_customers(&self) -> usize {
        self.known.new_customers
    }

    /// What became of all lines so far.
    pub(crate) fn counts(&self) -> &Counts {
        &self.counts
    }

    /// Whether anything is new to the books, or known by another content than before.
    pub(crate) fn has_news(&self) -> bool {
        has_news(&self.counts)
    }

    /// What the report of the batch keeps of this: what was said of lines that came in all the
    /// same, rows of which nothing came in, which of the references that it waited for nothing
    /// answers, who was meant by names, whose the records are, and how many lines became what.
    pub(crate) fn for_report(&self, report: &Json) -> Json {
        let waiting = report["unresolved"].as_array().into_iter().flatten();
        let unresolved: Vec<&Json> = waiting.filter(|one| !self.answers(one)).collect();
        let named = self.known.by_name.of(RecordKind::Employee);
        let named = named.filter_map(|(name, whom)| match whom {
            Named::One { number, key, .. } => {
                let goes_by = key.as_deref().unwrap_or(number);
                Some((name.to_owned(), json!(goes_by)))
            }
            Named::Several(_) => None,
        });
        let all = |actions: &[Action]| -> u64 {
            let kinds = self.counts.values();
            let of = |of: &BTreeMap<Action, u64>| -> u64 {
                actions.iter().filter_map(|action| of.get(action)).sum()
            };
            kinds.map(of).sum()
        };
        json!({
            "remarks": self.remarks.for_report(),
            "outside": self.outside.for_report(),
            "unresolved": unresolved,
            "named": Json::Object(named.collect()),
            "owners": self.whose.for_report(),
            "became": {
                "created": all(&[Action::Created]),
                "updated": all(&[Action::Updated]),
                "unchanged": all(&[Action::Matched, Action::Same]),
                "refused": all(&[Action::Refused]),
            },
        })
    }

    /// What these lines become.
    pub(crate) fn draw(&mut self, lines: &[Line]) -> Plan {
        for line in lines {
            self.take(line);
        }
        for (id, at) in self.orders.drain() {
            // Lines of the order that come with a later stretch are numbered on.
            let lines = self
                .plan
                .orders
                .get(at)
                .map_or(0, |order| order.lines.len());
            let last = i64::try_from(lines).unwrap_or(i64::MAX);
            self.known.last_line.insert(id, last);
        }
        std::mem::take(&mut self.plan)
    }

    /// Whoever owns something has customers from now on.
    fn sells(&mut self, owner: EmployeeId) {
        if self.sellers.insert(owner) {
            self.plan.sellers.push(owner);
        }
    }

    /// Why somebody of another 工号 cannot have this citizen id; nothing where nobody has it.
    fn citizen_taken(&self, line: &Line, own: EmployeeId) -> Option<String> {
        let citizen = self.known.citizens.get(line.text("citizen_id").trim())?;
        let number = &citizen.number;
        (citizen.id != own).then(|| {
            let taken = notes::CITIZEN_TAKEN.of(&[number]);
            let (same, back) = (notes::SAME_NUMBER.zh(), notes::REHIRE.zh());
            format!("{taken}。{same}；{back}")
        })
    }

    fn free_number(&self, line: &Line) -> (String, bool) {
        free_number(&self.known, &self.around.system, line)
    }

    fn resolve(&self, kind: RecordKind, key: &str) -> Option<String> {
        self.known.resolve(kind, key).map(str::to_owned)
    }

    fn id<T: std::str::FromStr>(&self, kind: RecordKind, line: &Line, field: &str) -> Option<T> {
        self.resolve(kind, line.refers(field)?)?.parse().ok()
    }

    fn own_id<T: std::str::FromStr>(&self, line: &Line) -> Result<T, Outside> {
        let id = self.known.ids.get(line.kind, &line.key);
        id.and_then(|id| id.parse().ok())
            .ok_or_else(|| Outside(notes::BAD_NUMBER.zh().to_owned()))
    }

    fn needed<T: std::str::FromStr>(
        &self,
        kind: RecordKind,
        line: &Line,
        field: &str,
    ) -> Result<T, Outside> {
        self.id(kind, line, field).ok_or_else(|| {
            let key = line.refers(field).unwrap_or("（空）");
            Outside(match self.lacking(kind, kind.label(), key) {
                (why, Some(help)) => format!("{why}。{help}后重新导入"),
                (why, None) => notes::ASKED_FIRST.of(&[&why]),
            })
        })
    }

    fn take(&mut self, line: &Line) {
        let changed = self.known.changed.remove(&line.n);
        let not_taken = self.not_taken(line);
        let (action, note) = match &changed {
            Some(identity) => self.change(line, identity),
            None if self.known.same.contains(&line.n) => (Action::Same, String::new()),
            None if self.known.twins.contains(&line.n) => {
                self.keep_beside(line);
                (Action::Matched, like_the_books(line.kind, &not_taken))
            }
            None => {
                let met = match self.known.papers.get(&line.n).copied() {
                    Some(paper) => self.met_again(line, &paper),
                    None => self.create(line).map(|notes| (Action::Created, notes)),
                };
                match met {
                    Ok((action, notes)) => (action, notes.join("；")),
                    Err(Outside(why)) => (Action::Refused, why),
                }
            }
        };
        let note = match action {
            Action::Created | Action::Updated => self.with_names(line, note),
            Action::Matched | Action::Same | Action::Refused => note,
        };
        if action == Action::Refused {
            self.known.ids.insert(line.kind, &line.key, "".into());
        }
        // The id of an order line is settled while it is created.
        let record = self.known.ids.get(line.kind, &line.key);
        let record = record.filter(|_| action != Action::Refused).cloned();
        if let Some(record) = record.as_deref().filter(|_| action != Action::Same) {
            self.items
                .extend(Touched::of(line.kind, record, action, Some(&line.digest)));
        }
        let told = matches!(action, Action::Created | Action::Updated | Action::Same);
        if (told && !note.is_empty()) || !not_taken.is_empty() {
            self.remarks.add(&note, &line.place);
        }
        self.outside.note(&line.place, action == Action::Refused);
        let owner = self.whose(line);
        let of_kind = self.counts.entry(line.kind.name().to_owned()).or_default();
        *of_kind.entry(action).or_default() += 1;
        self.plan.marks.push(Mark {
            n: line.n,
            kind: line.kind,
            key: line.key.clone(),
            digest: line.digest.clone(),
            action,
            record: record.map(String::from),
            last: changed.filter(|_| action != Action::Same).map(|identity| {
                json!({ "digest": identity.digest,
                                                 "batch": identity.batch })
            }),
            note,
            owner,
        });
    }
}

/// Whether the books would know anything by another content than before.
pub(crate) fn has_news(counts: &Counts) -> bool {
    let mut all = counts.values().flatten();
    all.any(|(action, n)| action.is_news() && *n > 0)
}

/// A record that stands by itself and that the batch touched, for the evidence; small, for there
/// may be a million of them.
#[derive(Clone, Debug)]
pub(crate) struct Touched {
    kind: RecordKind,
    action: Action,
    record: Box<str>,
    /// Of the content that came in.
    digest: Option<[u8; 32]>,
}

impl Touched {
    pub(crate) fn of(
        kind: RecordKind,
        record: &str,
        action: Action,
        digest: Option<&str>,
    ) -> Option<Touched> {
        subject(kind, record)?;
        let bytes = |digest: &str| {
            let mut bytes = [0; 32];
            hex::decode_to_slice(digest, &mut bytes).ok()?;
            Some(bytes)
        };
        Some(Touched {
            kind,
            action,
            record: record.into(),
            digest: digest.and_then(bytes),
        })
    }
}

/// The items of a commit, or of its undo.
pub(crate) struct Items {
    pub(crate) touched: Vec<Touched>,
    pub(crate) undone: bool,
}

impl BulkItems for Items {
    fn count(&self) -> usize {
        self.touched.len()
    }

    fn item(&self, n: usize) -> BulkItem {
        let touched = &self.touched[n];
        let (action, kind) = (touched.action.word(), touched.kind.name());
        let detail = match (self.undone, touched.digest) {
            (true, _) => json!({ "undone": action, "kind": kind }),
            (false, Some(digest)) => {
                json!({ "action": action, "kind": kind, "digest": hex::encode(digest) })
            }
            (false, None) => json!({ "action": action, "kind": kind }),
        };
        BulkItem {
            subject: self.subject(n),
            detail,
            fresh: !self.undone && touched.action == Action::Created,
        }
    }

    fn subject(&self, n: usize) -> String {
        let touched = &self.touched[n];
        subject(touched.kind, &touched.record).unwrap_or_default()
    }
}

/// The subject of a record that stands by itself.
pub(crate) fn subject(kind: RecordKind, record: &str) -> Option<String> {
    use RecordKind::{
        Contract, Customer, Department, Employee, Invoice, Opportunity, Order, Receipt,
    };
    let word = match kind {
        Department => "department",
        Employee => "employee",
        Customer => "customer",
        Opportunity => "opportunity",
        Contract => "contract",
        Order => "order",
        Invoice => "invoice",
        Receipt => "receipt",
        _ => return None,
    };
    Some(format!("{word}/{record}"))
}

/// The name as the books would keep it.
pub(crate) fn name_in_books(line: &Line) -> String {
    match line.kind {
        RecordKind::Employee => spelling::canonical_name(line.text("name")),
        _ => line.text("name").trim().to_owned(),
    }
}

/// What a new paper is worth. The forms take none of nothing, and neither does a file.
fn amount(line: &Line) -> Result<Fen, Outside> {
    line.money("amount").ok_or_else(|| {
        let label = line.kind.field("amount").map_or("金额", |of| of.label);
        let (why, help) = (notes::WITHOUT.of(&[label]), notes::FILL_IN.of(&[label]));
        Outside(format!("{why}。{help}"))
    })
}
