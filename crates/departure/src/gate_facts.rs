//! What the gates look at 关卡事实.

use kernel::{Day, EmployeeId, Fen, Moment};
use serde::{Deserialize, Serialize};

use crate::gates::GateKey;

/// Where a thing that pointed to the leaver points now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "at", rename_all = "snake_case")]
pub enum Holder {
    /// Still the leaver.
    Leaver,
    /// Nobody.
    Nobody,
    /// 公海 or the pool of a role, put there on purpose.
    Pool,
    /// Somebody else; `staying` is false when that person is leaving or gone too.
    Person {
        /// Who.
        employee: EmployeeId,
        /// Whether that person stays with the company.
        staying: bool,
    },
}

/// A customer, receivable or piece of work that pointed to the leaver.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldThing {
    /// Its id, as text.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// Where it points now.
    pub holder: Holder,
    /// What is open on it, for receivables.
    pub open: Option<Fen>,
}

/// How a company asset stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum AssetState {
    /// Still with the leaver.
    Out,
    /// Given back.
    Returned {
        /// When.
        on: Day,
    },
    /// Not given back; the leaver agreed in writing to this cost.
    CostAgreed {
        /// What the leaver pays; deducted from wages at most 20 % a month, see law.
        amount: Fen,
        /// When it was agreed.
        on: Day,
    },
}

/// One asset handed to the leaver.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssetFact {
    /// Its id, as text.
    pub id: String,
    /// What people call it, with its serial number.
    pub title: String,
    /// The same in English.
    pub title_en: String,
    /// How it stands.
    pub state: AssetState,
}

/// One login or system account of the leaver.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountFact {
    /// The system, e.g. 邮箱.
    pub system: String,
    /// When it was closed.
    pub closed_at: Option<Moment>,
}

/// One paper the company must give or sign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentFact {
    /// Its name, e.g. 离职证明.
    pub title: String,
    /// The same in English.
    pub title_en: String,
    /// When it was issued.
    pub issued_on: Option<Day>,
}

/// What an open line of commission still lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CommissionLack {
    /// None of the four decisions was made.
    Decision,
    /// One was made, and terms of a handover left him less since.
    Void,
    /// The leaver objects, and nobody answered.
    Answer,
    /// "Nothing earned" was decided, and no second person looked at it.
    SecondPerson,
}

/// Commission of a contract that is open and not settled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommissionFact {
    /// Id of the contract, as text.
    pub id: String,
    /// Its number and title.
    pub title: String,
    /// What is still to be done.
    pub lacks: CommissionLack,
}

/// Somebody answers for a red gate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiver {
    /// Which gate.
    pub gate: GateKey,
    /// Who answers for it; never the leaver.
    pub by: EmployeeId,
    /// Why, in own words; never empty.
    pub reason: String,
}

/// Everything the gates look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GateFacts {
    /// Who leaves.
    pub leaver: EmployeeId,
    /// Every customer the leaver owned when the departure was filed or later.
    pub customers: Vec<HeldThing>,
    /// Every open receivable the leaver was responsible for.
    pub receivables: Vec<HeldThing>,
    /// Approvals, tasks, follow-ups, roles and seats that pointed to the leaver.
    pub pending_work: Vec<HeldThing>,
    /// Assets handed out.
    pub assets: Vec<AssetFact>,
    /// Accounts.
    pub accounts: Vec<AccountFact>,
    /// Papers that are due.
    pub documents: Vec<DocumentFact>,
    /// Open commission that is not settled yet.
    pub commission: Vec<CommissionFact>,
    /// Waivers given.
    pub waivers: Vec<Waiver>,
}
