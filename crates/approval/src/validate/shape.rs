//! Form: names, sizes, due times, facts 结构校验.

use std::collections::BTreeSet;

use super::Finding;
use crate::def::{Def, Join, Node, NodeId, SCHEMA, START};
use crate::fact::{FactType, Op, Value};
use crate::policy::{Anchor, Due, Mode, OnTimeout, Remind, Who};

pub(super) const TOO_BIG: &str = "too_big";
const DEPTH: usize = 12;
const NODES: usize = 200;
/// Longest due time, in days or working days: a year.
const LONGEST: u32 = 366;

pub(super) fn check(def: &Def) -> Vec<Finding> {
    let nodes = def.nodes();
    if nodes.len() > NODES || depth(&def.root) > DEPTH {
        return vec![Finding::of(
            TOO_BIG,
            format!("流程超过 {NODES} 个节点或 {DEPTH} 层，请拆成子流程"),
            format!("More than {NODES} steps or {DEPTH} levels: use sub-cases"),
        )];
    }
    let mut findings = header(def);
    findings.extend(names(def, &nodes));
    for node in nodes {
        findings.extend(settings(node));
        findings.extend(times(def, node));
        findings.extend(facts(def, node));
    }
    findings
}

fn depth(node: &Node) -> usize {
    1 + node.children().into_iter().map(depth).max().unwrap_or(0)
}

fn header(def: &Def) -> Vec<Finding> {
    let mut findings = Vec::new();
    if def.schema != SCHEMA {
        findings.push(Finding::of(
            "schema",
            format!("格式应为 {SCHEMA}"),
            format!("The schema must be {SCHEMA}"),
        ));
    }
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-_".contains(c);
    if def.key.is_empty() || !def.key.chars().all(plain) || def.title.trim().is_empty() {
        findings.push(Finding::of(
            "name",
            "流程须有标题，标识只能用小写字母、数字和 . - _",
            "A title is needed, and a key of lower-case letters, digits and . - _",
        ));
    }
    if def.max_returns > 50 {
        findings.push(Finding::of(
            "max_returns",
            "退回次数上限不能超过 50",
            "At most 50 returns",
        ));
    }
    let mut keys = BTreeSet::new();
    for fact in &def.facts {
        let options = (fact.kind == FactType::Enum) != fact.values.is_empty();
        if fact.key.is_empty() || !keys.insert(&fact.key) || !options {
            findings.push(Finding::of(
                "fact_declaration",
                format!("事实「{}」重名、无名，或选项与类型不符", fact.key),
                format!(
                    "Fact “{}” is nameless, named twice, or its options do not fit",
                    fact.key
                ),
            ));
        }
    }
    findings
}

fn names(def: &Def, nodes: &[&Node]) -> Vec<Finding> {
    let mut seen: BTreeSet<&NodeId> = BTreeSet::new();
    let branches = nodes.iter().flat_map(|node| match node {
        Node::Choice(it) | Node::MultiChoice(it) => it.branches.iter().map(|b| &b.id).collect(),
        _ => Vec::new(),
    });
    let ids = nodes.iter().map(|node| node.id()).chain(branches);
    let wrong = ids.filter(|id| id.0.is_empty() || id.0 == START || !seen.insert(id));
    let wrong: Vec<&NodeId> = wrong.collect();
    let findings = wrong.into_iter().map(|id| Finding {
        node: def.find(id).map(|node| node.id().clone()),
        ..Finding::of(
            "node_id",
            format!("节点标识「{id}」为空、重复或是保留字"),
            format!("Step id “{id}” is empty, used twice or reserved"),
        )
    });
    findings.collect()
}

fn settings(node: &Node) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut wrong = |code: &str, zh: &str, en: &str| {
        findings.push(Finding::at(code, node, zh, en));
    };
    let people = matches!(node, Node::Approve(_) | Node::Task(_) | Node::Wait(_));
    if people && node.title() == node.id().0 {
        wrong("title", "须有标题", "needs a title");
    }
    let needs = |join: Join, most: usize| match join {
        Join::K(k) => k == 0 || usize::try_from(k).is_ok_and(|k| k > most),
        Join::All | Join::Any => false,
    };
    match node {
        Node::Seq(it) if it.children.is_empty() => wrong("empty", "没有子节点", "has no steps"),
        Node::Par(it) if it.children.is_empty() || needs(it.join, it.children.len()) => {
            wrong(
                "join",
                "没有分支，或汇合数与分支数不符",
                "has no branches or a wrong join",
            );
        }
        Node::Choice(it) | Node::MultiChoice(it) if it.branches.is_empty() => {
            wrong("empty", "没有条件分支", "has no branches");
        }
        Node::Approve(it) => {
            let weights = it.weights.iter().all(|weight| (1..=100).contains(weight));
            let paired = it.weights.is_empty() || it.weights.len() == it.approvers.len();
            if it.approvers.is_empty() || !weights || !paired {
                wrong(
                    "approvers",
                    "没有审批人，或权重不符",
                    "has no approvers or wrong weights",
                );
            }
            if let Mode::Weighted { num, den, .. } = it.mode
                && !((1..=den).contains(&num) && den <= 100)
            {
                wrong(
                    "ratio",
                    "票签比例须在 0 与 1 之间",
                    "needs a ratio between 0 and 1",
                );
            }
        }
        Node::Each(it) if !(1..=1_000).contains(&it.limit) || needs(it.join, 1_000) => {
            wrong(
                "limit",
                "条目上限须为 1 至 1000",
                "needs a limit of 1 to 1000",
            );
        }
        Node::Call(it) if !(1..=20).contains(&it.retry.max) || it.service.is_empty() => {
            wrong(
                "call",
                "须有服务名，尝试次数为 1 至 20",
                "needs a service and 1 to 20 attempts",
            );
        }
        Node::Milestone(it) if it.key.is_empty() => wrong("milestone", "须有标识", "needs a key"),
        _ => {}
    }
    let level = |who: &&Who| matches!(who, Who::Manager { level, .. } if !(1..=10).contains(level));
    if node.whos().iter().any(level) {
        wrong(
            "level",
            "主管级数须为 1 至 10",
            "needs a manager level of 1 to 10",
        );
    }
    findings
}

fn times(def: &Def, node: &Node) -> Vec<Finding> {
    let mut findings = Vec::new();
    let own = match node {
        Node::Wait(it) => Some(it.deadline),
        Node::Timer(it) => Some(it.after),
        Node::Call(it) => Some(it.retry.after),
        _ => node.rules().and_then(|rules| rules.due),
    };
    if node.rules().is_some() && own.or(def.due).is_none() {
        findings.push(Finding::at("due", node, "没有时限", "has no due time"));
    }
    let sane = |due: Due| match due {
        Due::WorkDays(n) | Due::Days(n) => (1..=LONGEST).contains(&n),
        Due::WorkHours(n) | Due::Hours(n) => (1..=LONGEST * 24).contains(&n),
    };
    let fallback = def.due.filter(|_| node.rules().is_some());
    if own.or(fallback).is_some_and(|due| !sane(due)) {
        findings.push(Finding::at(
            "due",
            node,
            "时限须在一小时与一年之间",
            "needs a due time between an hour and a year",
        ));
    }
    let reminders = node.rules().map_or(&[][..], |rules| rules.remind);
    let odd = reminders.iter().any(|it| match *it {
        Remind::Before { before_hours } => before_hours == 0,
        Remind::Every { every_hours, max } => every_hours == 0 || !(1..=20).contains(&max),
    });
    if odd {
        findings.push(Finding::at(
            "remind",
            node,
            "提醒间隔至少一小时，最多 20 次",
            "needs reminders at least an hour apart and at most 20",
        ));
    }
    findings
}

/// Everything a step says about facts must have been declared, and of a fitting kind.
fn facts(def: &Def, node: &Node) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut wrong = |key: &str| {
        let zh = format!("引用的事实「{key}」未声明或类型不符");
        let en = format!("uses fact “{key}”, undeclared or of another kind");
        findings.push(Finding::at("fact", node, &zh, &en));
    };
    for (key, op, value) in node
        .guards()
        .into_iter()
        .flat_map(|guard| guard.comparisons())
    {
        let fits = def.fact(key).is_some_and(|fact| match (op, value) {
            (Op::In, Value::List(list)) => {
                let mut texts = list.iter().map(|text| Value::Text(text.clone()));
                texts.all(|text| fact.accepts(&text))
            }
            (Op::In, _) => false,
            (Op::Equal | Op::Differs, value) => fact.accepts(value),
            (_, value) => {
                let ordered = matches!(fact.kind, FactType::Number | FactType::Money);
                ordered && fact.accepts(value)
            }
        });
        if !fits {
            wrong(key);
        }
    }
    if let Node::Each(it) = node {
        let list = def.fact(&it.over).map(|fact| fact.kind);
        if !matches!(list, Some(FactType::Items | FactType::People)) {
            wrong(&it.over);
        }
    }
    let excluded = node.rules().map_or(&[][..], |rules| rules.exclude);
    let asked = node.whos().into_iter().filter_map(Who::anchor);
    for anchor in asked.chain(excluded.iter().cloned()) {
        if let Anchor::Fact(key) = anchor
            && !def.fact(&key).is_some_and(|fact| fact.is_people())
        {
            wrong(&key);
        }
    }
    let escalation = match node.on_timeout() {
        Some(OnTimeout::Escalate { to }) if !matches!(node, Node::Wait(_)) => Some(to),
        _ => None,
    };
    let lost = node.whos().into_iter().any(|who| {
        who.anchor() == Some(Anchor::Assignee) && escalation.is_none_or(|to| !std::ptr::eq(to, who))
    });
    if lost || excluded.contains(&Anchor::Assignee) {
        findings.push(Finding::at(
            "assignee",
            node,
            "「当前处理人」只能用于超时升级",
            "may speak of the assignee only when escalating",
        ));
    }
    findings
}
