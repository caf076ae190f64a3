//! A line: one part of one event, paid by one component, with its whole story 提成明细

use kernel::{Bps, CommissionPlanId, ContractId, CustomerId, Day, EmployeeId, Fen};
use serde::{Deserialize, Serialize};

use crate::assignment::{Assignee, NotChosen};
use crate::event::{Record, Trigger};
use crate::plan::{Base, Customers, Payable, RuleRow};
use crate::schedule::{BandPart, Exact};
use crate::split_after_handover::{Side, Split, Stays};
use crate::window::Window;

/// In which place of a deal somebody stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seat {
    /// The owner's seat, and which side of a handover.
    Owner(Side),
    /// A named member of the team.
    Team,
    /// The overlay of this name.
    Overlay(String),
}

/// What makes a line itself: recomputing it gives the same key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct LineKey {
    /// The event.
    pub record: Record,
    /// Of which contract.
    pub contract: ContractId,
    /// Of which customer.
    pub customer: CustomerId,
    /// In which place.
    pub seat: Seat,
    /// To whom.
    pub payee: EmployeeId,
    /// By which plan.
    pub plan: CommissionPlanId,
    /// By which of its components.
    pub component: String,
}

/// What somebody gets for one event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Which line.
    pub key: LineKey,
    /// The version of the plan.
    pub version: u32,
    /// 计提日: the condition was met.
    pub earned_on: Day,
    /// 应付日: falls due.
    pub payable_on: Day,
    /// 发放日: paid in full; the last day on which something was paid for it.
    pub paid_on: Option<Day>,
    /// Credit the line stands on.
    pub credit: Fen,
    /// Credit the payee had in this window before.
    pub before: Fen,
    /// What it earns.
    pub commission: Fen,
    /// The part of it that is kept back.
    pub held: Option<Held>,
    /// The payee has left; he must be told what was collected (law.md §1.7, Guangzhou case).
    pub statement_due: bool,
    /// How it came about.
    pub trace: Trace,
}

/// A part kept back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// How much.
    pub amount: Fen,
    /// Why.
    pub reason: String,
    /// Until when.
    pub release_on: Day,
}

/// How a line came about, in parts that a machine can check and [`crate::explain`] puts into words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trace {
    /// What happened.
    pub trigger: Trigger,
    /// Name of the plan.
    pub plan_name: String,
    /// Through which assignment.
    pub assigned_by: Assignee,
    /// Row of a decision table behind the rate.
    pub decided_by: Option<RuleRow>,
    /// Of what the rate is taken.
    pub base: Base,
    /// The whole base of the event, before anybody shared it.
    pub base_amount: Fen,
    /// The seat's share of that.
    pub seat_share: Bps,
    /// The payee's share of the seat.
    pub part_share: Bps,
    /// How the seat was split after a handover.
    pub split: Option<Split>,
    /// Whose owner's part goes on though he has left and somebody else has the customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stays: Option<Stays>,
    /// Over which days credit adds up.
    pub window: Window,
    /// The first of them.
    pub window_start: Day,
    /// What the credit earned.
    pub earning: Earning,
    /// Taken off by the plan's cap.
    pub over_cap: Fen,
    /// The quota behind the bands, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quota: Option<Fen>,
    /// Whether that is the quota of the assignment and not the plan's.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub own_quota: bool,
    /// The row of a decision table that said who gets credit, when one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credited_by: Option<RuleRow>,
    /// When it falls due.
    pub payable: Payable,
}

/// How credit turned into money.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Earning {
    /// By bands: how this line changed the amount in each band, and the exact sums.
    Bands {
        /// Changes, the lower band first.
        moved: Vec<BandPart>,
        /// `E(before)`.
        before: Exact,
        /// `E(after)`.
        after: Exact,
    },
    /// By a section: its bounds and rate; none when the amount lies in a gap.
    Section {
        /// Bounds and rate.
        inside: Option<(Fen, Fen, Bps)>,
        /// `E(before)`.
        before: Exact,
        /// `E(after)`.
        after: Exact,
    },
    /// A fixed amount, by the part of the contract that happened.
    Fixed {
        /// For the whole contract.
        whole: Fen,
        /// Of the contract happened before.
        before: Fen,
        /// Of the contract happened now.
        after: Fen,
        /// The contract.
        of: Fen,
    },
    /// An earlier line taken back.
    TakenBack {
        /// The event of that line.
        of: Record,
        /// What that line earned.
        earned: Fen,
        /// What was paid for it until that day and not taken back yet.
        paid: Fen,
        /// Not paid yet, and now never.
        cancelled: Fen,
        /// Paid, and now owed back. INVARIANT: at most `paid`.
        clawed_back: Fen,
    },
}

/// A line that is not there, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absence {
    /// The event.
    pub record: Record,
    /// When.
    pub on: Day,
    /// Whose line it would have been.
    pub payee: EmployeeId,
    /// Its plan and component, as far as it got.
    pub at: Option<(CommissionPlanId, String)>,
    /// Why there is none.
    pub because: Because,
    /// Plans that were considered and are not the one.
    pub others: Vec<(CommissionPlanId, NotChosen)>,
}

/// Why there is no line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Because {
    /// Nobody owned the customer on that day.
    NoOwner,
    /// No plan counts for the person.
    NoPlan,
    /// The plan waits for something else.
    WaitsFor {
        /// What it waits for.
        waits_for: Trigger,
        /// What happened.
        happened: Trigger,
    },
    /// The product is not among those.
    Product {
        /// The contract's.
        is: String,
    },
    /// The industry is not among those.
    Industry {
        /// The contract's.
        is: String,
    },
    /// New or old.
    Customer {
        /// What the component asks for.
        asks: Customers,
    },
    /// The margin is not known.
    NoMargin,
    /// The decision table has no rate for this deal.
    TableSilent {
        /// Name of the table.
        table: String,
        /// Its version.
        version: u32,
        /// Why, in Chinese.
        zh: String,
        /// Why, in English.
        en: String,
    },
    /// The decision table has no version in force on the day.
    NoTable {
        /// Name of the table.
        table: String,
    },
    /// The terms of the handover leave him nothing of this event.
    Split(Box<Split>),
    /// Whoever had the customer before has left, and the owner's part goes on for him.
    StaysWithLeaver(Stays),
    /// Settled for good at the exit.
    SettledAtExit,
    /// The tail agreed at the exit has ended; the part goes to the owner.
    TailOver {
        /// Its last day.
        until: Day,
    },
    /// The event that is taken back is not in these books.
    NothingToTakeBack {
        /// Which.
        of: Record,
    },
}
