//! What stands in the way of a plan 交接冲突.

use std::collections::BTreeMap;

use kernel::{CustomerId, Day, EmployeeId};
use serde::{Deserialize, Serialize};

use crate::holding::{HoldingKey, HoldingKind};
use crate::plan::{Chosen, HandoverPlan, Item};
use crate::preview::preview;

/// Somebody who may get things.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receiver {
    /// Who.
    pub employee: EmployeeId,
    /// Name for sentences.
    pub name: String,
    /// Whether the person is employed and at work.
    pub active: bool,
    /// Last working day, when the person is leaving too.
    pub leaving_on: Option<Day>,
    /// Whether that day is over.
    #[serde(default)]
    pub gone: bool,
    /// Customers owned now.
    pub customers_now: u32,
    /// Customers the person may own (库容).
    pub capacity: u32,
}

/// Who owns a customer according to each place that says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnerTruth {
    /// Which customer.
    pub customer: CustomerId,
    /// 归属历史: the open assignment.
    pub timeline: Option<EmployeeId>,
    /// The customer record.
    pub record: Option<EmployeeId>,
    /// Owners of its open opportunities.
    pub opportunities: Vec<EmployeeId>,
}

/// An approval under way that concerns a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnderApproval {
    /// The line.
    pub item: HoldingKey,
    /// What is being approved.
    pub title: String,
    /// The same in English.
    pub title_en: String,
}

/// The days of the departure to which the plan belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeaverDays {
    /// The last day at work of whoever leaves.
    pub works_until: Day,
    /// The day from which the plan counts.
    pub effective_on: Day,
    /// Whether the days of the departure were set anew since the plan was drawn up.
    pub moved_since: bool,
    /// The day on which a dismissal was served or an agreement reached; nothing where neither is
    /// asked for, or it has not come about yet.
    pub declared_on: Option<Day>,
}

/// What must be known to find conflicts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConflictFacts {
    /// Everybody who may get things.
    pub receivers: Vec<Receiver>,
    /// Owners by source; customers not listed are taken as agreed.
    pub owners: Vec<OwnerTruth>,
    /// Approvals under way.
    pub under_approval: Vec<UnderApproval>,
    /// Who is to approve the plan.
    pub approver: Option<EmployeeId>,
    /// The days of its departure, where it has one.
    pub leaver: Option<LeaverDays>,
}

/// Whether a plan may be approved in spite of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Must be solved first.
    Blocks,
    /// Must be seen.
    Warns,
}

/// What kind of conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConflictKind {
    /// 无接替人
    Unassigned,
    /// 接替人未知
    ReceiverUnknown,
    /// 接替人不在岗
    ReceiverInactive,
    /// 接替人也在离职
    ReceiverLeaving,
    /// 超出客户上限
    CapacityExceeded,
    /// 负责人记录不一致
    TwoOwners,
    /// 商机负责人与客户负责人不同
    OpportunityOwnerDiffers,
    /// 客户与应收分给不同的人
    ReceivableApart,
    /// 审批中
    UnderApproval,
    /// 生效日早于送达或协商一致
    ReachesBack,
    /// 生效日与最后工作日不符
    DaysApart,
    /// 已换负责人
    Stale,
    /// 均已归接替人
    NothingMoves,
    /// 审批人受益
    ApproverGains,
}

/// One conflict, in words and with a remedy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// What kind.
    pub kind: ConflictKind,
    /// Whether it blocks.
    pub severity: Severity,
    /// The person it is about.
    pub employee: Option<EmployeeId>,
    /// The lines it is about.
    pub items: Vec<HoldingKey>,
    /// What is wrong, in Chinese.
    pub zh: String,
    /// What is wrong, in English.
    pub en: String,
    /// What would help, in Chinese.
    pub remedy: String,
    /// What would help, in English.
    pub remedy_en: String,
}

/// Every conflict of the plan, blocking ones first.
#[must_use]
pub fn conflicts(plan: &HandoverPlan, facts: &ConflictFacts) -> Vec<Conflict> {
    let mut found = Vec::new();
    unassigned(plan, &mut found);
    receivers(plan, facts, &mut found);
    owners(plan, facts, &mut found);
    receivables_apart(plan, &mut found);
    approvals(plan, facts, &mut found);
    approver(plan, facts.approver, &mut found);
    let told = |days: LeaverDays| reaches_back(days.effective_on, days.declared_on?);
    found.extend(facts.leaver.and_then(told));
    found.extend(facts.leaver.and_then(days_apart));
    found.sort_by_key(|conflict| (conflict.severity, conflict.kind));
    found
}

fn keys<'a>(items: impl Iterator<Item = &'a Item>) -> Vec<HoldingKey> {
    items.map(|item| item.holding.key.clone()).collect()
}

fn unassigned(plan: &HandoverPlan, found: &mut Vec<Conflict>) {
    for (must, severity, remedy) in [
        (
            true,
            Severity::Blocks,
            ("请为这些事项指定接替人", "Name a successor for each."),
        ),
        (
            false,
            Severity::Warns,
            (
                "可以指定接替人；不指定则随离职终止",
                "A successor may be named; without one they end with the departure.",
            ),
        ),
    ] {
        let open = plan.items().iter().filter(|item| item.choice.is_none());
        let items = keys(open.filter(|item| item.holding.key.kind.must_move() == must));
        if items.is_empty() {
            continue;
        }
        let count = items.len();
        found.push(Conflict {
            kind: ConflictKind::Unassigned,
            severity,
            employee: None,
            items,
            zh: format!("{count} 项尚无接替人"),
            en: format!("{count} lines have no successor."),
            remedy: remedy.0.to_owned(),
            remedy_en: remedy.1.to_owned(),
        });
    }
}

fn receivers(plan: &HandoverPlan, facts: &ConflictFacts, found: &mut Vec<Conflict>) {
    let shares = preview(plan, &facts.receivers).shares;
    for share in shares {
        let person = share.successor;
        let receiver = facts
            .receivers
            .iter()
            .find(|receiver| receiver.employee == person);
        let name = receiver.map_or_else(|| person.to_string(), |receiver| receiver.name.clone());
        let (leaves, leaves_en) = leaving(receiver);
        let mut blocks = |kind, zh: String, en: String, remedy: (&str, &str)| {
            let own = plan
                .assigned()
                .filter(|(_, successor)| *successor == person);
            found.push(Conflict {
                kind,
                severity: Severity::Blocks,
                employee: Some(person),
                items: keys(own.map(|(item, _)| item)),
                zh,
                en,
                remedy: remedy.0.to_owned(),
                remedy_en: remedy.1.to_owned(),
            });
        };
        match receiver {
            None => blocks(
                ConflictKind::ReceiverUnknown,
                format!("接替人 {name} 不在可接替人员名单中"),
                format!("{name} is not among those who may receive."),
                ("请选择在职员工", "Choose somebody who is employed."),
            ),
            Some(receiver) if !receiver.active => blocks(
                ConflictKind::ReceiverInactive,
                format!("{name} 不在岗，不能接收"),
                format!("{name} is not at work and cannot receive."),
                ("请改派其他接替人", "Choose another successor."),
            ),
            Some(Receiver {
                leaving_on: Some(day),
                ..
            }) => blocks(
                ConflictKind::ReceiverLeaving,
                format!("{name} {leaves}于 {day} 离职，不能接收"),
                format!("{name} {leaves_en} on {day} and cannot receive."),
                (
                    "请改派留任的接替人，避免二次交接",
                    "Choose somebody who stays, or it is handed over twice.",
                ),
            ),
            Some(_) => {}
        }
        if let Some(load) = share.load
            && load.after > load.capacity
            && share.moves.customers > 0
        {
            let (after, most) = (load.after, load.capacity);
            blocks(
                ConflictKind::CapacityExceeded,
                format!("{name} 交接后 {after} 户，超过上限 {most} 户"),
                format!("{name} would own {after} customers, {most} at most."),
                (
                    &format!("请改派至少 {} 户，或先调高其客户上限", after - most),
                    &format!(
                        "Give at least {} to others, or raise the limit.",
                        after - most
                    ),
                ),
            );
        }
    }
}

/// Whether somebody is still to leave on his day, or left.
fn leaving(receiver: Option<&Receiver>) -> (&'static str, &'static str) {
    match receiver {
        Some(Receiver { gone: true, .. }) => ("已", "left"),
        _ => ("将", "is leaving"),
    }
}

fn owners(plan: &HandoverPlan, facts: &ConflictFacts, found: &mut Vec<Conflict>) {
    let truths: BTreeMap<CustomerId, &OwnerTruth> = facts
        .owners
        .iter()
        .map(|truth| (truth.customer, truth))
        .collect();
    let owned = plan.items().iter();
    let owned = owned.filter(|item| item.holding.key.kind == HoldingKind::CustomerOwnership);
    for item in owned {
        let Some(truth) = item
            .holding
            .customer
            .and_then(|customer| truths.get(&customer))
        else {
            continue;
        };
        let (holder, title) = (Some(item.holding.holder), &item.holding.title);
        let conflict = |kind, severity, zh: String, en: String, remedy: (&str, &str)| Conflict {
            kind,
            severity,
            employee: truth.timeline,
            items: vec![item.holding.key.clone()],
            zh,
            en,
            remedy: remedy.0.to_owned(),
            remedy_en: remedy.1.to_owned(),
        };
        if truth.timeline != truth.record || truth.timeline != holder {
            found.push(conflict(
                ConflictKind::TwoOwners,
                Severity::Blocks,
                format!("「{title}」的负责人不一致：归属历史、客户档案与方案所列移交人不是同一人"),
                format!("{title}: timeline, record and plan name different owners."),
                (
                    "请先核实并在归属历史中更正，再交接",
                    "Find out who owns it and correct the timeline first.",
                ),
            ));
        } else if truth
            .opportunities
            .iter()
            .any(|owner| Some(*owner) != truth.timeline)
        {
            found.push(conflict(
                ConflictKind::OpportunityOwnerDiffers,
                Severity::Warns,
                format!("「{title}」有商机的负责人不是客户负责人"),
                format!("{title}: an opportunity has another owner than the customer."),
                (
                    "请确认该商机是否一并交接",
                    "See whether that opportunity should go along.",
                ),
            ));
        }
    }
}

/// A receivable that goes to somebody else than its customer is chased by a stranger.
fn receivables_apart(plan: &HandoverPlan, found: &mut Vec<Conflict>) {
    let new_owner: BTreeMap<CustomerId, EmployeeId> = plan
        .assigned()
        .filter(|(item, _)| item.holding.key.kind == HoldingKind::CustomerOwnership)
        .filter_map(|(item, person)| Some((item.holding.customer?, person)))
        .collect();
    let apart = plan.assigned().filter(|(item, person)| {
        let owner = item
            .holding
            .customer
            .and_then(|customer| new_owner.get(&customer));
        let receivable = item.holding.key.kind == HoldingKind::ReceivableResponsibility;
        let with_contract = item
            .choice
            .is_some_and(|one| one.how == Chosen::WithContract);
        receivable && !with_contract && owner.is_some_and(|owner| owner != person)
    });
    let items = keys(apart.map(|(item, _)| item));
    if !items.is_empty() {
        let count = items.len();
        found.push(Conflict {
            kind: ConflictKind::ReceivableApart,
            severity: Severity::Warns,
            employee: None,
            items,
            zh: format!("{count} 笔应收与其客户分给了不同的人"),
            en: format!("{count} receivables go to somebody else than their customer."),
            remedy: "请确认催收人与客户负责人分开是否有意为之".to_owned(),
            remedy_en: "See whether it is meant that somebody else chases the money.".to_owned(),
        });
    }
}

fn approvals(plan: &HandoverPlan, facts: &ConflictFacts, found: &mut Vec<Conflict>) {
    for pending in &facts.under_approval {
        if let Some(item) = plan.item(&pending.item) {
            let title = &item.holding.title;
            let (what, what_en) = (&pending.title, &pending.title_en);
            found.push(Conflict {
                kind: ConflictKind::UnderApproval,
                severity: Severity::Warns,
                employee: None,
                items: vec![pending.item.clone()],
                zh: format!("「{title}」有审批在途：{what}"),
                en: format!("{title} is under approval: {what_en}."),
                remedy: "可待审批结束后执行，或由接替人继续办理该审批".to_owned(),
                remedy_en: "Execute when it is decided, or let the successor go on with it."
                    .to_owned(),
            });
        }
    }
}

/// Nobody decides about what he gains (law.md §8.2), be it all of the plan or a part.
fn approver(plan: &HandoverPlan, approver: Option<EmployeeId>, found: &mut Vec<Conflict>) {
    let Some(approver) = approver else { return };
    let gainers = plan.successors();
    if !gainers.contains(&approver) {
        return;
    }
    let (zh, en) = if gainers.len() == 1 {
        (
            "全部事项都交给审批人自己",
            "Everything goes to the approver alone.",
        )
    } else {
        (
            "审批人也是接替人之一",
            "The approver is one of the successors.",
        )
    };
    let own = plan.assigned().filter(|(_, person)| *person == approver);
    found.push(Conflict {
        kind: ConflictKind::ApproverGains,
        severity: Severity::Blocks,
        employee: Some(approver),
        items: keys(own.map(|(item, _)| item)),
        zh: zh.to_owned(),
        en: en.to_owned(),
        remedy: "请由其上级或另一位有权批准的人审批".to_owned(),
        remedy_en: "Let a superior, or another one who may, approve it.".to_owned(),
    });
}

/// Nothing moves back to a day before the leaver was told, or had agreed: what was earned until
/// then was earned under what was agreed (law.md §1.7), and nobody gave his word for another day.
#[must_use]
pub fn reaches_back(effective_on: Day, declared_on: Day) -> Option<Conflict> {
    (effective_on < declared_on).then(|| Conflict {
        kind: ConflictKind::ReachesBack,
        severity: Severity::Blocks,
        employee: None,
        items: Vec::new(),
        zh: format!(
            "方案自 {effective_on} 起生效，而解除通知 {declared_on} 才送达（或协商一致），\
             交接不能追溯生效"
        ),
        en: format!(
            "The plan counts from {effective_on}; the notice was served, or the agreement \
             reached, only on {declared_on}, and a handover is never retroactive."
        ),
        remedy: "请把生效日改到今天或以后，并请接替人重新确认".to_owned(),
        remedy_en: "Set its day to today or later and ask the receivers again.".to_owned(),
    })
}

/// A plan that counts later than the day after the last working day leaves its customers with
/// nobody meanwhile. An earlier day is a choice, unless the last working day moved away from it.
fn days_apart(days: LeaverDays) -> Option<Conflict> {
    let (last, from) = (days.works_until, days.effective_on);
    let alone = last.plus_days(1).days_until(from);
    let (zh, en) = if alone > 0 {
        (
            format!(
                "移交人工作到 {last}，方案自 {from} 起才生效，其间 {alone} 天客户和应收无人负责"
            ),
            format!(
                "The giver works until {last}, the plan counts from {from}: {alone} days with \
                 nobody."
            ),
        )
    } else if alone < 0 && days.moved_since {
        (
            format!("起草方案之后最后工作日改为 {last}，方案仍自 {from} 起生效"),
            format!("The last working day moved to {last}; the plan still counts from {from}."),
        )
    } else {
        return None;
    };
    Some(Conflict {
        kind: ConflictKind::DaysApart,
        severity: Severity::Warns,
        employee: None,
        items: Vec::new(),
        zh,
        en,
        remedy: "请确认是否有意为之；否则请作废该方案，按新的日期重新起草".to_owned(),
        remedy_en: "See whether that is meant; otherwise cancel it and draw it up anew.".to_owned(),
    })
}
