//! What the screens show of a case 流程视图.

use kernel::{EmployeeId, Moment};
use serde::Serialize;

use crate::def::{Def, Node, NodeId, START};
use crate::item::{Decision, Holder, Item, ItemKind, ItemState, SeatKind};
use crate::policy::Permit;
use crate::state::{CaseState, NodeRun, NodeState, State};

/// The person's open items of a case: 待办 and unread copies. Pools are not among them.
#[must_use]
pub fn open_items_of(state: &State, person: EmployeeId) -> Vec<&Item> {
    open(state, &Holder::Person(person))
}

/// The open items a role's members may claim.
#[must_use]
pub fn open_items_in_pool<'a>(state: &'a State, role: &str) -> Vec<&'a Item> {
    open(state, &Holder::Pool(role.to_owned()))
}

fn open<'a>(state: &'a State, holder: &Holder) -> Vec<&'a Item> {
    let items = state.items.iter();
    let open = items.filter(|item| item.state == ItemState::Open);
    open.filter(|item| item.holder == *holder).collect()
}

/// One line of a case's timeline: one walk through one step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// The step.
    pub node: NodeId,
    /// 标题
    pub title: String,
    /// Title in English.
    pub title_en: String,
    /// 类型
    pub kind: &'static str,
    /// The same in English.
    pub kind_en: &'static str,
    /// 1 for the first walk.
    pub iteration: u32,
    /// Its life.
    pub state: NodeState,
    /// 状态
    pub state_zh: &'static str,
    /// The same in English.
    pub state_en: &'static str,
    /// When it began.
    pub opened_at: Option<Moment>,
    /// When it ended.
    pub ended_at: Option<Moment>,
    /// Until when it is due.
    pub due_at: Option<Moment>,
    /// Who was asked, and what became of it.
    pub seats: Vec<SeatProgress>,
}

/// One seat of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SeatProgress {
    /// Who holds it.
    pub holder: Holder,
    /// For whom.
    pub acting_for: Option<EmployeeId>,
    /// Its place in the vote.
    pub seat: SeatKind,
    /// Its life.
    pub state: ItemState,
    /// What was decided.
    pub decision: Option<Decision>,
    /// 意见
    pub comment: String,
    /// When it ended.
    pub done_at: Option<Moment>,
}

/// The timeline: walks that have begun in the order of their beginning, then what is still to come.
/// Only steps that people see: no containers, no empty steps.
#[must_use]
pub fn summary(def: &Def, state: &State) -> Vec<Progress> {
    let nodes = def.nodes().into_iter();
    let shown = nodes.filter(|node| node.is_leaf() && !matches!(node, Node::Nop(_)));
    let (mut begun, mut ahead) = (corrections(state), Vec::new());
    for node in shown {
        let runs = state.nodes.get(node.id()).map_or(&[][..], Vec::as_slice);
        let walked = runs.iter().filter(|run| run.state != NodeState::Pending);
        begun.extend(walked.map(|run| line(node, run, state)));
        let waits = runs
            .last()
            .is_none_or(|run| run.state == NodeState::Pending);
        if waits && state.case == CaseState::Running {
            ahead.push(blank(node));
        }
    }
    // The sort is stable, so steps that begin together keep the order of the tree.
    begun.sort_by_key(|line| line.opened_at.or(line.ended_at));
    begun.extend(ahead);
    begun
}

/// The start, and every time the case went back to it.
fn corrections(state: &State) -> Vec<Progress> {
    let start = NodeId::from(START);
    let runs = state.nodes.get(&start).map_or(&[][..], Vec::as_slice);
    let lines = runs.iter().map(|run| Progress {
        title: "发起".to_owned(),
        title_en: "Start".to_owned(),
        kind: "发起",
        kind_en: "start",
        ..walked(&start, run, state)
    });
    lines.collect()
}

fn line(node: &Node, run: &NodeRun, state: &State) -> Progress {
    Progress {
        title: node.title().to_owned(),
        title_en: node.title_en().to_owned(),
        kind: node.label_zh(),
        kind_en: node.label_en(),
        ..walked(node.id(), run, state)
    }
}

fn walked(node: &NodeId, run: &NodeRun, state: &State) -> Progress {
    let items = state.items.iter();
    let items = items.filter(|item| item.node == *node && item.iteration == run.iteration);
    Progress {
        node: node.clone(),
        title: String::new(),
        title_en: String::new(),
        kind: "",
        kind_en: "",
        iteration: run.iteration,
        state: run.state,
        state_zh: run.state.label_zh(),
        state_en: run.state.label_en(),
        opened_at: run.opened_at,
        ended_at: run.ended_at,
        due_at: run.due_at,
        seats: items.map(seat).collect(),
    }
}

fn seat(item: &Item) -> SeatProgress {
    SeatProgress {
        holder: item.holder.clone(),
        acting_for: item.acting_for,
        seat: item.seat,
        state: item.state,
        decision: item.decision,
        comment: item.comment.clone(),
        done_at: item.done_at,
    }
}

fn blank(node: &Node) -> Progress {
    Progress {
        node: node.id().clone(),
        title: node.title().to_owned(),
        title_en: node.title_en().to_owned(),
        kind: node.label_zh(),
        kind_en: node.label_en(),
        iteration: 0,
        state: NodeState::Pending,
        state_zh: NodeState::Pending.label_zh(),
        state_en: NodeState::Pending.label_en(),
        opened_at: None,
        ended_at: None,
        due_at: None,
        seats: Vec::new(),
    }
}

/// A button beside an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Button {
    /// 认领
    Claim,
    /// 同意
    Approve,
    /// 拒绝
    Reject,
    /// 弃权
    Abstain,
    /// 办结
    Complete,
    /// 退回
    SendBack,
    /// 转办
    HandOn,
    /// 委派
    Delegate,
    /// 前加签
    AddBefore,
    /// 后加签
    AddAfter,
    /// 并加签
    AddParallel,
    /// 已阅
    MarkRead,
}

/// What the holder of an item may press. `decide` has the last word.
#[must_use]
pub fn buttons(def: &Def, item: &Item) -> Vec<Button> {
    if item.state != ItemState::Open {
        return Vec::new();
    }
    if item.kind == ItemKind::Cc {
        return vec![Button::MarkRead];
    }
    if matches!(item.holder, Holder::Pool(_)) {
        return vec![Button::Claim];
    }
    let node = def.find(&item.node);
    let mut buttons = match (item.kind, node) {
        (ItemKind::Approve, _) => vec![Button::Approve, Button::Reject],
        (_, Some(Node::Wait(_))) => vec![Button::HandOn],
        (_, Some(Node::Approve(_))) => Vec::new(),
        (_, Some(Node::Call(_))) => vec![Button::Complete, Button::HandOn],
        _ => vec![Button::Complete],
    };
    let allowed = node
        .and_then(Node::rules)
        .map_or(&[][..], |rules| rules.allow);
    let seat = item.kind == ItemKind::Approve && item.is_seat();
    let advises = item.seat == SeatKind::Delegated;
    let permitted = allowed.iter().filter_map(|permit| match permit {
        Permit::HandOn => Some(Button::HandOn),
        Permit::Delegate => Some(Button::Delegate),
        Permit::AddBefore => seat.then_some(Button::AddBefore),
        Permit::AddAfter => seat.then_some(Button::AddAfter),
        Permit::AddParallel => seat.then_some(Button::AddParallel),
        Permit::SendBack => (!advises).then_some(Button::SendBack),
        Permit::Abstain => (item.kind == ItemKind::Approve).then_some(Button::Abstain),
    });
    buttons.extend(permitted);
    buttons
}
