//! What happened that may be paid for: contracts and their events 触发事件

use std::fmt;

use kernel::{Bps, ContractId, CustomerId, Day, EmployeeId, Fen, Refusal};
use serde::{Deserialize, Serialize};

use crate::plan::RuleRow;
use crate::shares::{PersonShares, Shares};

/// The record in the books that stands behind an event, named as the evidence log names it:
/// `receipt/rcp_…`. Records order by their text; within a day that is the order they count in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Record(pub String);

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a plan may wait for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trigger {
    /// 签约
    Signing,
    /// 交付
    Delivery,
    /// 开票
    Invoice,
    /// 回款: pro rata to the cash that arrived.
    Cash,
}

impl Trigger {
    /// As people say it.
    #[must_use]
    pub fn zh(self) -> &'static str {
        match self {
            Trigger::Signing => "签约",
            Trigger::Delivery => "交付",
            Trigger::Invoice => "开票",
            Trigger::Cash => "回款",
        }
    }

    /// The same in English.
    #[must_use]
    pub fn en(self) -> &'static str {
        match self {
            Trigger::Signing => "signing",
            Trigger::Delivery => "delivery",
            Trigger::Invoice => "invoicing",
            Trigger::Cash => "cash received",
        }
    }
}

/// Something that happened to a contract on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// The evidence.
    pub record: Record,
    /// What happened.
    pub trigger: Trigger,
    /// On its own date; splits and plans are measured on this day and no other.
    pub on: Day,
    /// To which contract.
    pub contract: ContractId,
    /// Signed, delivered, invoiced or received; below zero for a return, which follows the rules of
    /// its own date.
    pub amount: Fen,
    /// The earlier event whose commission this one takes back, for a refund or a bad debt; see
    /// [`crate::clawback`].
    pub takes_back: Option<Record>,
}

/// A contract as far as pay is concerned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contract {
    /// Which.
    pub id: ContractId,
    /// Whose.
    pub customer: CustomerId,
    /// When it was signed.
    pub signed_on: Day,
    /// Its last day, when it has one.
    pub ends_on: Option<Day>,
    /// What it is worth, tax as the company agreed.
    pub gross: Fen,
    /// What is left of that after its cost, when known.
    pub margin: Option<Fen>,
    /// Product or product line.
    pub product: String,
    /// Industry of the customer.
    pub industry: String,
    /// Whether the customer was new when it was signed.
    pub new_customer: bool,
    /// Who gets credit for it.
    pub team: Team,
}

/// A place in a deal that takes credit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// Whoever owns the customer on the day of the event; split again after a handover.
    Owner,
    /// A named person, for the whole life of the contract.
    Person(EmployeeId),
}

/// Who gets credit: the deal is split once among its direct places; each overlay is a whole of its
/// own beside it (presales, managers).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Team {
    /// The deal itself.
    pub direct: Shares<Place>,
    /// Name of the overlay and who shares it.
    pub overlays: Vec<(String, PersonShares)>,
    /// The row of a decision table that said so, when one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<RuleRow>,
}

impl Default for Team {
    fn default() -> Team {
        Team {
            direct: Shares::all_to(Place::Owner),
            overlays: Vec::new(),
            decided_by: None,
        }
    }
}

impl Team {
    /// A team of the owner and named colleagues.
    ///
    /// # Errors
    /// As [`Shares::new`].
    pub fn split(direct: Vec<(Place, Bps)>) -> Result<Team, Refusal> {
        Ok(Team {
            direct: Shares::new(direct)?,
            overlays: Vec::new(),
            decided_by: None,
        })
    }
}
