//! What is known about customers and those who could take them over 接替事实.

use kernel::{CustomerId, DepartmentId, EmployeeId, Fen};
use serde::{Deserialize, Serialize};

/// A capacity from which on there is no limit; no sentence speaks of it.
pub const NO_LIMIT: u32 = 1_000_000;

/// A customer that needs a successor. Ids are distinct within one request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerFacts {
    /// Which customer.
    pub customer: CustomerId,
    /// Region as the company names it, e.g. 华东.
    pub region: Option<String>,
    /// Industry as the company names it, e.g. 制造业.
    pub industry: Option<String>,
    /// 1 is the best tier; the better tiers are placed first.
    pub tier: u8,
    /// What the customer is worth a year; negative counts as nothing.
    pub value: Fen,
    /// The department that has looked after it.
    pub department: Option<DepartmentId>,
    /// Who works on it already besides the owner.
    pub collaborators: Vec<EmployeeId>,
    /// Who declined it before; not asked again.
    pub declined_by: Vec<EmployeeId>,
}

/// Somebody who could take over. Ids are distinct within one request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CandidateFacts {
    /// Who.
    pub employee: EmployeeId,
    /// Name for sentences.
    pub name: String,
    /// Regions the person works in.
    pub regions: Vec<String>,
    /// Industries the person knows.
    pub industries: Vec<String>,
    /// Departments the person belongs to.
    pub departments: Vec<DepartmentId>,
    /// Customers owned now.
    pub current_load: u32,
    /// Customers the person may own (库容).
    pub capacity: u32,
    /// What the present customers are worth a year.
    pub current_value: Fen,
    /// Whether the person is leaving too.
    pub leaving: bool,
    /// Whether the person is employed and at work.
    pub active: bool,
}

/// How much each consideration counts, in points; range 0..=10,000, more is cut.
///
/// The first four are given in full when they hold. `room` is what the last place of a full person
/// costs more than the first of an empty one; `value_balance` is what an average customer costs
/// somebody who holds a fair share of the value already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weights {
    /// Works on the customer already.
    pub collaborator: u16,
    /// Works in its region.
    pub region: u16,
    /// Knows its industry.
    pub industry: u16,
    /// Belongs to its department.
    pub department: u16,
    /// Has places left.
    pub room: u16,
    /// Holds less than a fair share of the value.
    pub value_balance: u16,
}

impl Default for Weights {
    fn default() -> Weights {
        Weights {
            collaborator: 400,
            region: 200,
            industry: 150,
            department: 100,
            room: 200,
            value_balance: 100,
        }
    }
}
