//! What a batch becomes in the books, decided before anything is written 导入方案.
//!
//! A record that came in before with the same content is left alone. One that came in before with
//! another content changes only the columns in which the *file* differs from what it said last
//! time: what was changed in the house since stays. A new record whose number and name stand in the
//! books already is matched with what is there; one whose number belongs to somebody else gets the
//! name of its system before the number, and the report says so.

mod changed;
mod create;
mod known;

use std::collections::{BTreeMap, HashMap};

use intake::RecordKind;
use kernel::{
    ContactId, ContractId, CustomerId, Day, DepartmentId, EmployeeId, Fen, InvoiceId, Moment,
    OpportunityId, OrderId, ReceiptId,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use spine::{Item, Value};
use utoipa::ToSchema;

use crate::customer::load::{NewContact, NewCustomer, NewOpportunity, NewProduct};
use crate::import::line::Line;
use crate::people::load::{NewDepartment, NewEmployee, NewEntity, NewPost};
use crate::receivable::load::{NewContract, NewInvoice, NewOrder, NewOrderLine, NewReceipt};

pub(crate) use known::{Identity, Known, Numbered, Open, Owning};

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
    pub(crate) action: Action,
    pub(crate) record: Option<String>,
    pub(crate) before: Option<Json>,
    pub(crate) note: String,
}

/// Columns of a record in the books that get other values.
#[derive(Clone, Debug)]
pub(crate) struct Edit {
    pub(crate) n: i64,
    pub(crate) kind: RecordKind,
    pub(crate) record: String,
    pub(crate) cells: Vec<(&'static str, Value)>,
}

/// An existing customer gets another owner.
#[derive(Clone, Debug)]
pub(crate) struct NewOwner {
    pub(crate) n: i64,
    pub(crate) customer: CustomerId,
    pub(crate) seq: i64,
    pub(crate) effective_on: Day,
    pub(crate) from: Option<EmployeeId>,
    pub(crate) to: Option<EmployeeId>,
}

/// The whole of it.
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
    pub(crate) marks: Vec<Mark>,
    /// Kind, key, record, digest.
    pub(crate) identities: Vec<(RecordKind, String, String, String)>,
    pub(crate) items: Vec<Item>,
}

impl Plan {
    /// How many lines became what, by kind.
    pub(crate) fn counts(&self, lines: &[Line]) -> BTreeMap<String, BTreeMap<Action, u64>> {
        let kinds: HashMap<i64, RecordKind> = lines.iter().map(|l| (l.n, l.kind)).collect();
        let mut counts: BTreeMap<String, BTreeMap<Action, u64>> = BTreeMap::new();
        for mark in &self.marks {
            if let Some(kind) = kinds.get(&mark.n) {
                let of_kind = counts.entry(kind.name().to_owned()).or_default();
                *of_kind.entry(mark.action).or_default() += 1;
            }
        }
        counts
    }
}

/// What the plan needs beside the lines.
pub(crate) struct Circumstances<'a> {
    pub(crate) system: &'a str,
    pub(crate) at: Moment,
    pub(crate) today: Day,
    pub(crate) dice: &'a dyn Fn() -> [u8; 10],
}

/// Draws up the plan.
pub(crate) fn draw(lines: &[Line], known: &mut Known, around: &Circumstances<'_>) -> Plan {
    let mut planner = Planner {
        known,
        around,
        plan: Plan::default(),
        ids: HashMap::new(),
        lines: lines
            .iter()
            .map(|l| ((l.kind, l.key.as_str()), l))
            .collect(),
        orders: HashMap::new(),
        owners: HashMap::new(),
        paper_owners: HashMap::new(),
        home: None,
    };
    planner.name_everything(lines);
    for line in lines {
        planner.take(line);
    }
    planner.plan
}

struct Planner<'a, 'k> {
    known: &'k mut Known,
    around: &'a Circumstances<'a>,
    plan: Plan,
    /// What each line of the batch is in the books, known before any is written: a person may
    /// report to somebody who stands further down.
    ids: HashMap<(RecordKind, &'a str), String>,
    lines: HashMap<(RecordKind, &'a str), &'a Line>,
    /// Where a new order stands in the plan.
    orders: HashMap<OrderId, usize>,
    /// Owners of the customers of this batch.
    owners: HashMap<CustomerId, Option<EmployeeId>>,
    /// Owners of the orders and contracts of this batch.
    paper_owners: HashMap<String, EmployeeId>,
    /// Where people without a department go.
    home: Option<DepartmentId>,
}

/// Why a line stays outside.
struct Outside(String);

impl<'a> Planner<'a, '_> {
    fn mint(&self, kind: RecordKind) -> String {
        let (at, dice) = (self.around.at, (self.around.dice)());
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
            // A product goes by its number, an order line by its order and place.
            RecordKind::Product | RecordKind::OrderLine => String::new(),
        }
    }

    fn name_everything(&mut self, lines: &'a [Line]) {
        for line in lines {
            let identity = self.known.identities.get(&(line.kind, line.key.clone()));
            let id = match (identity, self.twin(line)) {
                (Some(identity), _) => identity.record.clone(),
                (None, Some(twin)) => twin,
                (None, None) if line.kind == RecordKind::Product => self.free_number(line).0,
                (None, None) => self.mint(line.kind),
            };
            self.ids.insert((line.kind, line.key.as_str()), id);
        }
    }

    /// The record of the books with the same number and name.
    fn twin(&self, line: &Line) -> Option<String> {
        use RecordKind::{Customer, Department, Employee, Product};
        if !matches!(line.kind, Customer | Department | Employee | Product) {
            return None;
        }
        let number = if line.kind == Department {
            line.text("name")
        } else {
            line.text("number")
        };
        let found = self.known.numbered.get(&(line.kind, number.to_owned()))?;
        (found.name == name_in_books(line)).then(|| found.id.clone())
    }

    /// The line's number, or with its system before it where somebody else has it; and whether so.
    fn free_number(&self, line: &Line) -> (String, bool) {
        let number = line.text("number");
        if self
            .known
            .numbered
            .contains_key(&(line.kind, number.to_owned()))
        {
            (format!("{}-{number}", self.around.system), true)
        } else {
            (number.to_owned(), false)
        }
    }

    /// What a reference names: in the batch, else what came in before, else a number of the books.
    fn resolve(&self, kind: RecordKind, key: &str) -> Option<String> {
        if let Some(id) = self.ids.get(&(kind, key)) {
            return Some(id.clone()).filter(|id| !id.is_empty());
        }
        let at = (kind, key.to_owned());
        let before = self
            .known
            .identities
            .get(&at)
            .map(|identity| identity.record.clone());
        before.or_else(|| {
            self.known
                .numbered
                .get(&at)
                .map(|numbered| numbered.id.clone())
        })
    }

    fn id<T: std::str::FromStr>(&self, kind: RecordKind, line: &Line, field: &str) -> Option<T> {
        self.resolve(kind, line.refers(field)?)?.parse().ok()
    }

    fn own_id<T: std::str::FromStr>(&self, line: &Line) -> Result<T, Outside> {
        let id = self.ids.get(&(line.kind, line.key.as_str()));
        id.and_then(|id| id.parse().ok())
            .ok_or_else(|| Outside("编号无法使用".to_owned()))
    }

    fn needed<T: std::str::FromStr>(
        &self,
        kind: RecordKind,
        line: &Line,
        field: &str,
    ) -> Result<T, Outside> {
        self.id(kind, line, field).ok_or_else(|| {
            let key = line.refers(field).unwrap_or("（空）");
            Outside(format!("找不到{}「{key}」，请先导入或新建", kind.label()))
        })
    }

    fn take(&mut self, line: &'a Line) {
        let at = (line.kind, line.key.clone());
        let id = self
            .ids
            .get(&(line.kind, line.key.as_str()))
            .cloned()
            .unwrap_or_default();
        let identity = self.known.identities.get(&at).cloned();
        let (action, note) = match identity {
            Some(identity) if identity.digest == line.digest => (Action::Same, String::new()),
            Some(identity) => self.change(line, &identity),
            None if self.twin(line).is_some() => (
                Action::Matched,
                "编号和名称与系统中已有的记录相同".to_owned(),
            ),
            None => match self.create(line) {
                Ok(notes) => (Action::Created, notes.join("；")),
                Err(Outside(why)) => (Action::Refused, why),
            },
        };
        if action == Action::Refused {
            self.ids
                .insert((line.kind, line.key.as_str()), String::new());
        }
        let record = match action {
            Action::Refused => None,
            // The id of an order line is settled while it is created.
            _ => self
                .ids
                .get(&(line.kind, line.key.as_str()))
                .cloned()
                .or(Some(id)),
        };
        if let Some(record) = record.as_ref().filter(|_| action != Action::Same) {
            let digest = line.digest.clone();
            self.plan
                .identities
                .push((line.kind, line.key.clone(), record.clone(), digest));
            if let Some(subject) = subject(line.kind, record) {
                let detail = json!({ "action": action.word(), "kind": line.kind.name(),
                                     "digest": line.digest });
                self.plan.items.push(Item { subject, detail });
            }
        }
        self.plan.marks.push(Mark {
            n: line.n,
            action,
            record,
            before: None,
            note,
        });
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
fn name_in_books(line: &Line) -> String {
    match line.kind {
        RecordKind::Employee => spelling::canonical_name(line.text("name")),
        _ => line.text("name").trim().to_owned(),
    }
}

/// Zero where the file says nothing.
fn amount(line: &Line, notes: &mut Vec<String>) -> Fen {
    line.money("amount").unwrap_or_else(|| {
        notes.push("没有金额，按 0 记".to_owned());
        Fen::ZERO
    })
}
