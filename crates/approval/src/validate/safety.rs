//! Safety: what must never happen by setting 安全校验.

use super::Finding;
use crate::def::{Def, Join, Node, OnFailure};
use crate::policy::{Anchor, Class, Empty, Inactive, OnTimeout, Permit, SelfRule, Who};

pub(super) fn check(def: &Def) -> Vec<Finding> {
    let mut findings = ownership(def);
    for node in def.nodes() {
        findings.extend(silence(def, node));
        findings.extend(own_cause(def, node));
        findings.extend(nobody_left(node));
        findings.extend(notice(def, node));
        findings.extend(personal(node));
        findings.extend(named(node));
    }
    findings
}

/// Silence never means yes for money, termination, ownership and access (law.md §8.1).
fn silence(def: &Def, node: &Node) -> Vec<Finding> {
    let mut findings = Vec::new();
    if !def.is_guarded(node.id()) {
        return findings;
    }
    if node.on_timeout() == Some(&OnTimeout::AutoPass) {
        findings.push(Finding::at(
            "auto_pass",
            node,
            "涉及资金、解除、客户归属或权限，超时不得自动通过",
            "decides on money, termination, ownership or access: no pass on timeout",
        ));
    }
    if node.rules().map(|rules| rules.empty) == Some(&Empty::AutoPass) {
        findings.push(Finding::at(
            "auto_pass",
            node,
            "涉及资金、解除、客户归属或权限，无审批人时不得自动通过",
            "decides on money, termination, ownership or access: no pass without approvers",
        ));
    }
    findings
}

/// Nobody approves his own request for money.
fn own_cause(def: &Def, node: &Node) -> Vec<Finding> {
    let path = def.root.path_to(node.id());
    let money = def.class == Class::Money || path.iter().any(|it| it.class() == Class::Money);
    let own = match node {
        Node::Approve(it) => {
            it.self_rule == SelfRule::Keep || it.approvers.contains(&Who::Initiator)
        }
        _ => false,
    };
    let finding = (money && own).then(|| {
        Finding::at(
            "own_cause",
            node,
            "涉及资金，发起人不得自己审批",
            "decides on money: the initiator must not be the one who approves it",
        )
    });
    finding.into_iter().collect()
}

/// Who is asked and who stands aside must not be the same people.
fn nobody_left(node: &Node) -> Vec<Finding> {
    let Some(rules) = node.rules() else {
        return Vec::new();
    };
    let asked = match node {
        Node::Approve(it) => it.approvers.iter().collect(),
        Node::Task(it) => vec![&it.owner],
        _ => Vec::new(),
    };
    let himself = |who: &&Who| match who {
        Who::Manager { .. } => false,
        _ => who
            .anchor()
            .is_some_and(|anchor| rules.exclude.contains(&anchor)),
    };
    let none = !asked.is_empty() && asked.iter().all(himself);
    let finding = none.then(|| {
        Finding::at(
            "nobody_left",
            node,
            "的处理人全部须回避，无人可办",
            "asks only people who must stand aside",
        )
    });
    finding.into_iter().collect()
}

/// A notice takes effect by itself (劳动合同法 art. 37): its process must have no way to a "no".
fn notice(def: &Def, node: &Node) -> Vec<Finding> {
    if !def.notice {
        return Vec::new();
    }
    let refusable = match node {
        Node::Approve(_) | Node::Sub(_) => true,
        Node::Call(it) => it.on_failure == OnFailure::Reject,
        _ => {
            let rules = node.rules();
            let returns = rules.is_some_and(|it| it.allow.contains(&Permit::SendBack));
            let empty = rules.is_some_and(|it| *it.empty == Empty::AutoReject);
            returns || empty || node.on_timeout() == Some(&OnTimeout::AutoReject)
        }
    };
    let finding = refusable.then(|| {
        Finding::at(
            "notice",
            node,
            "可能否决或退回通知；通知只能办理，不能审批",
            "could refuse or return a notice; a notice is handled, not approved",
        )
    });
    finding.into_iter().collect()
}

/// Personal consent is asked of people, not of roles, and does not move up.
fn personal(node: &Node) -> Vec<Finding> {
    let Some(rules) = node.rules().filter(|it| it.inactive == Inactive::Personal) else {
        return Vec::new();
    };
    let asked = match node {
        Node::Approve(it) => it.approvers.as_slice(),
        _ => &[],
    };
    let of_office = |who: &Who| {
        matches!(
            who,
            Who::Role { .. } | Who::Pool { .. } | Who::Manager { .. }
        )
    };
    let moves = matches!(rules.on_timeout, OnTimeout::Escalate { .. });
    let finding = (asked.is_empty() || asked.iter().any(of_office) || moves).then(|| {
        Finding::at(
            "personal",
            node,
            "须本人同意（personal）的只能是审批，只能问具体的人，超时不得升级",
            "asks for personal consent: an approval by people, never roles, never escalated",
        )
    });
    finding.into_iter().collect()
}

fn named(node: &Node) -> Vec<Finding> {
    let names = |who: &&Who| matches!(who, Who::Person { .. });
    let finding = node.whos().iter().any(names).then(|| {
        Finding::at(
            "named_person",
            node,
            "指定了具体人员，该员工调岗或离职后须修改；建议改用角色或主管",
            "names a person; prefer a role or a manager",
        )
        .mild()
    });
    finding.into_iter().collect()
}

/// Whoever gains by a change of ownership never decides it alone: on every way through the process
/// there is an approval from which all who gain stand aside (law.md §8.2, separation of duties).
fn ownership(def: &Def) -> Vec<Finding> {
    let nodes = def.nodes();
    let concerned = nodes.iter().any(|node| node.class() == Class::Ownership);
    if def.class != Class::Ownership && !concerned {
        return Vec::new();
    }
    let mut findings = Vec::new();
    let fixed = |anchor: &Anchor| match anchor {
        Anchor::Fact(key) => {
            let fact = def.fact(key);
            fact.is_some_and(|fact| fact.is_people() && fact.fixed && fact.required)
        }
        Anchor::Initiator | Anchor::Subject => true,
        Anchor::Assignee => false,
    };
    if def.gains.is_empty() || !def.gains.iter().all(fixed) {
        findings.push(Finding::of(
            "gains",
            "涉及客户归属，须写明获益人（gains），且该事实须为必填并锁定（required、fixed）",
            "Ownership: name who gains, by facts that are required and fixed",
        ));
    }
    let independent = |node: &&Node| match node {
        Node::Approve(it) => def.gains.iter().all(|gainer| it.exclude.contains(gainer)),
        _ => false,
    };
    if !always_passed(&def.root).iter().any(independent) {
        findings.push(Finding::of(
            "independent_approval",
            "涉及客户归属，每条路径上都须有一个获益人全部回避（exclude）的审批节点",
            "Ownership: every way needs an approval from which all who gain stand aside",
        ));
    }
    findings
}

/// The steps that must have passed whenever the process completes.
fn always_passed(node: &Node) -> Vec<&Node> {
    match node {
        Node::Seq(it) => it.children.iter().flat_map(always_passed).collect(),
        Node::Par(it) if it.join == Join::All => {
            it.children.iter().flat_map(always_passed).collect()
        }
        _ if node.is_leaf() => vec![node],
        _ => Vec::new(),
    }
}
