//! A small salesperson's desk that the tests hand over.

use handover::acceptance::{Answer, Verdict};
use handover::conflict::{ConflictFacts, Receiver};
use handover::frozen::{Approval, FrozenPlan, freeze};
use handover::holding::{Holding, HoldingKey, HoldingKind};
use handover::plan::{HandoverPlan, Scope};
use kernel::{CustomerId, EmployeeId, Fen, Moment, PlanId};

/// The leaver.
pub(crate) const CHEN: u8 = 1;
/// Successors.
pub(crate) const LI: u8 = 2;
pub(crate) const WANG: u8 = 3;
/// The line manager, who approves.
pub(crate) const ZHAO: u8 = 9;
/// Zhao's superior.
const BOSS: u8 = 10;

pub(crate) fn who(n: u8) -> EmployeeId {
    EmployeeId::mint(Moment(0), [n; 10])
}

pub(crate) fn cus(n: u8) -> CustomerId {
    CustomerId::mint(Moment(0), [n; 10])
}

pub(crate) fn plan_id(n: u8) -> PlanId {
    PlanId::mint(Moment(0), [n; 10])
}

pub(crate) const APPROVED_AT: Moment = Moment(1_000);
pub(crate) const EFFECTIVE: Moment = Moment(2_000);

pub(crate) fn thing(kind: HoldingKind, subject: &str, customer: Option<u8>, yuan: i64) -> Holding {
    Holding {
        key: HoldingKey {
            kind,
            subject: subject.into(),
        },
        title: subject.into(),
        holder: who(CHEN),
        customer: customer.map(cus),
        region: customer.map(|n| if n % 2 == 1 { "华东" } else { "华南" }.into()),
        industry: None,
        amount: Fen(yuan * 100),
        overdue: Fen::ZERO,
    }
}

/// 陈's desk: two customers in 华东, one in 华南, and a role.
pub(crate) fn desk() -> Vec<Holding> {
    use HoldingKind::{
        CollaboratorSeat, Contract, CustomerOwnership, LineManagerRole, Opportunity,
        PendingApproval, ReceivableResponsibility,
    };
    let mut late = thing(ReceivableResponsibility, "发票 7", Some(1), 30_000);
    late.overdue = Fen(1_000_000);
    vec![
        thing(CustomerOwnership, "海川机械", Some(1), 0),
        thing(CustomerOwnership, "南粤物流", Some(2), 0),
        thing(CustomerOwnership, "东风模具", Some(3), 0),
        late,
        thing(ReceivableResponsibility, "发票 8", Some(2), 5_000),
        thing(Opportunity, "海川二期", Some(1), 200_000),
        thing(Contract, "合同 3", Some(3), 90_000),
        thing(PendingApproval, "报价审批", None, 0),
        thing(LineManagerRole, "销售一组", None, 0),
        thing(CollaboratorSeat, "西部项目", Some(8), 0),
    ]
}

pub(crate) fn plan_of(holdings: Vec<Holding>) -> HandoverPlan {
    HandoverPlan::new(
        plan_id(1),
        Scope::EverythingOf(who(CHEN)),
        EFFECTIVE,
        holdings,
    )
    .unwrap()
}

pub(crate) fn receiver(n: u8, name: &str) -> Receiver {
    Receiver {
        employee: who(n),
        name: name.into(),
        active: true,
        leaving_on: None,
        gone: false,
        customers_now: 10,
        capacity: 80,
    }
}

pub(crate) fn office() -> ConflictFacts {
    ConflictFacts {
        receivers: vec![
            receiver(LI, "李娜"),
            receiver(WANG, "王强"),
            receiver(ZHAO, "赵敏"),
        ],
        approver: Some(who(ZHAO)),
        ..ConflictFacts::default()
    }
}

pub(crate) fn all_accept(plan: &HandoverPlan) -> Vec<Answer> {
    let accept = |successor| Answer {
        successor,
        plan_version: plan.version(),
        verdict: Verdict::Accept,
        at: Moment(1),
    };
    plan.successors().into_iter().map(accept).collect()
}

/// Approves without looking at conflicts beyond what the facts of an empty office can show.
pub(crate) fn approve(plan: HandoverPlan) -> FrozenPlan {
    let everybody = plan.successors();
    let facts = ConflictFacts {
        receivers: everybody
            .into_iter()
            .map(|employee| Receiver {
                employee,
                capacity: u32::MAX,
                ..receiver(0, "某")
            })
            .collect(),
        ..ConflictFacts::default()
    };
    let answers = all_accept(&plan);
    let approval = Approval {
        by: who(BOSS),
        at: APPROVED_AT,
    };
    freeze(plan, &answers, &facts, approval).unwrap()
}
