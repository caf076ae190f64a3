//! Things that point to a person and must find a new holder 持有事项.

use std::fmt;

use kernel::{CustomerId, EmployeeId, Fen};
use serde::{Deserialize, Serialize};

/// The kinds of things that can point to a person, in the order they are handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HoldingKind {
    /// 客户归属
    CustomerOwnership,
    /// 回款责任
    ReceivableResponsibility,
    /// 合同
    Contract,
    /// 执行中订单
    OrderInProgress,
    /// 商机
    Opportunity,
    /// 跟进任务
    FollowUpDuty,
    /// 客户投诉
    Complaint,
    /// 协作席位
    CollaboratorSeat,
    /// 待审批
    PendingApproval,
    /// 待办
    PendingTask,
    /// 本人发起的在途流程
    InitiatedCase,
    /// 流程中的固定席位
    FlowSeat,
    /// 直属上级
    LineManagerRole,
    /// 部门负责人
    DepartmentHeadRole,
    /// 代理人
    StandIn,
}

impl HoldingKind {
    /// All kinds, in the order they are handed over.
    pub const ALL: [HoldingKind; 15] = [
        Self::CustomerOwnership,
        Self::ReceivableResponsibility,
        Self::Contract,
        Self::OrderInProgress,
        Self::Opportunity,
        Self::FollowUpDuty,
        Self::Complaint,
        Self::CollaboratorSeat,
        Self::PendingApproval,
        Self::PendingTask,
        Self::InitiatedCase,
        Self::FlowSeat,
        Self::LineManagerRole,
        Self::DepartmentHeadRole,
        Self::StandIn,
    ];

    /// Chinese and English name.
    #[must_use]
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::CustomerOwnership => ("客户归属", "Customer ownership"),
            Self::ReceivableResponsibility => ("回款责任", "Receivable responsibility"),
            Self::Contract => ("合同", "Contract"),
            Self::OrderInProgress => ("执行中订单", "Order in progress"),
            Self::Opportunity => ("商机", "Opportunity"),
            Self::FollowUpDuty => ("跟进任务", "Follow-up duty"),
            Self::Complaint => ("客户投诉", "Complaint"),
            Self::CollaboratorSeat => ("协作席位", "Collaborator seat"),
            Self::PendingApproval => ("待审批", "Pending approval"),
            Self::PendingTask => ("待办", "Pending task"),
            Self::InitiatedCase => ("本人发起的在途流程", "Case started by the person"),
            Self::FlowSeat => ("流程中的固定席位", "Seat named in a flow"),
            Self::LineManagerRole => ("直属上级", "Line manager"),
            Self::DepartmentHeadRole => ("部门负责人", "Department head"),
            Self::StandIn => ("代理人", "Stand-in"),
        }
    }

    /// Whether it is something to be done in a flow, or who does it there.
    #[must_use]
    pub fn is_of_a_case(self) -> bool {
        matches!(
            self,
            Self::PendingApproval
                | Self::PendingTask
                | Self::InitiatedCase
                | Self::FlowSeat
                | Self::StandIn
        )
    }

    /// Whether it goes with its customer when the same person has both.
    #[must_use]
    pub fn follows(self) -> bool {
        matches!(
            self,
            Self::ReceivableResponsibility
                | Self::Contract
                | Self::OrderInProgress
                | Self::Opportunity
                | Self::FollowUpDuty
        )
    }

    /// Whether it must find a new holder; the others may lapse with the person.
    #[must_use]
    pub fn must_move(self) -> bool {
        !matches!(
            self,
            Self::CollaboratorSeat | Self::InitiatedCase | Self::StandIn
        )
    }
}

/// What identifies a holding: its kind and the id of the thing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct HoldingKey {
    /// What kind of thing.
    pub kind: HoldingKind,
    /// Its id, as text.
    pub subject: String,
}

/// `客户归属 cus_…`
impl fmt::Display for HoldingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind.words().0, self.subject)
    }
}

/// One thing that points to a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holding {
    /// What it is.
    #[serde(flatten)]
    pub key: HoldingKey,
    /// What people call it.
    pub title: String,
    /// To whom it points.
    pub holder: EmployeeId,
    /// The customer it belongs to; always given for ownership.
    pub customer: Option<CustomerId>,
    /// Region of the customer.
    pub region: Option<String>,
    /// Industry of the customer.
    pub industry: Option<String>,
    /// What is at stake: expected amount of an opportunity, value of a contract or order, what is
    /// open on a receivable; else nothing.
    pub amount: Fen,
    /// What of a receivable is overdue; else nothing.
    pub overdue: Fen,
}
