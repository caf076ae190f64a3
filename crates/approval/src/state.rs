//! Where a case stands 流程实例状态.

use std::collections::BTreeMap;

use kernel::{EmployeeId, Moment};
use serde::{Deserialize, Serialize};

use crate::def::NodeId;
use crate::fact::Facts;
use crate::item::{Item, ItemNo};

/// Number of a timer within its case, from 1 upwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TimerNo(pub u32);

/// The life of a case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseState {
    /// 未发起
    #[default]
    Draft,
    /// 进行中
    Running,
    /// 已通过
    Completed,
    /// 已拒绝
    Rejected,
    /// 已撤回
    Withdrawn,
    /// 已终止
    Terminated,
}

/// How a step ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// 通过
    Passed,
    /// 拒绝
    Rejected,
    /// 跳过, already passed before a return.
    Skipped,
    /// 取消, the case or the branch did not need it any more.
    Cancelled,
    /// 退回
    SentBack,
}

/// The life of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NodeState {
    /// 未到
    Pending,
    /// 进行中
    Active,
    /// 已结束
    Ended(Outcome),
}

/// Where the call of a `call` step is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallState {
    /// 无
    #[default]
    None,
    /// 已排队
    Queued,
    /// 失败
    Failed,
}

/// One walk through a step.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct NodeRun {
    /// 1 for the first walk.
    pub iteration: u32,
    /// Its life.
    pub state: NodeState,
    /// When it began.
    pub opened_at: Option<Moment>,
    /// When it ended.
    pub ended_at: Option<Moment>,
    /// The event that ended it, 0 before.
    pub ended_seq: u64,
    /// Until when it is due.
    pub due_at: Option<Moment>,
    /// The ways a choice has taken.
    pub taken: Vec<NodeId>,
    /// Attempts of a call.
    pub attempts: u32,
    /// Its call.
    pub call: CallState,
    /// How often the due time has passed.
    pub overdue: u32,
}

/// What a timer is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// 提醒; `left` more follow, `every` hours apart.
    Remind {
        /// Working hours between two, 0 for a single one.
        every: u32,
        /// How many follow.
        left: u32,
    },
    /// 到期
    Due,
    /// 延时
    Delay,
    /// 重试
    Retry,
}

/// The life of a timer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimerState {
    /// 已设
    Armed,
    /// 已触发
    Fired,
    /// 已取消
    Cancelled,
}

/// Something that happens by itself.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Timer {
    /// Number within the case.
    pub no: TimerNo,
    /// The step it belongs to.
    pub node: NodeId,
    /// Which walk through it.
    pub iteration: u32,
    /// What for.
    pub purpose: Purpose,
    /// Not before.
    pub fire_at: Moment,
    /// Its life.
    pub state: TimerState,
}

/// The life of a sub-case, as its parent sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChildState {
    /// 进行中
    Open,
    /// 已结束: a terminal state of its own.
    Closed(CaseState),
    /// 随主流程终止
    Terminated,
}

/// A sub-case.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Child {
    /// The step that wanted it.
    pub node: NodeId,
    /// Which walk through it.
    pub iteration: u32,
    /// The entry of the list, or [`crate::decide::SUB_KEY`].
    pub key: String,
    /// The definition it follows.
    pub process: String,
    /// Its life.
    pub state: ChildState,
}

/// A return that goes straight back up once `after` is done.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DirectBack {
    /// The step that has to be done again.
    pub after: NodeId,
    /// The steps that were reset.
    pub reset: Vec<NodeId>,
    /// The facts at the time, to see whether they changed.
    pub facts: Facts,
}

/// All there is to know about a case; [`crate::apply::fold`] makes it from events.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct State {
    /// Its life.
    pub case: CaseState,
    /// Key and version of its definition, once started.
    pub definition: Option<(String, u32)>,
    /// Who started it.
    pub initiator: Option<EmployeeId>,
    /// 当事人
    pub subject_person: Option<EmployeeId>,
    /// What it is about; opaque.
    pub subject: String,
    /// What is known.
    pub facts: Facts,
    /// Every walk through every step, oldest first; the last one counts.
    pub nodes: BTreeMap<NodeId, Vec<NodeRun>>,
    /// Items in order of their numbers.
    pub items: Vec<Item>,
    /// Timers in order of their numbers.
    pub timers: Vec<Timer>,
    /// Sub-cases in order of their wanting.
    pub children: Vec<Child>,
    /// Milestones reached, in order.
    pub milestones: Vec<String>,
    /// Returns on their way back up.
    pub direct_backs: Vec<DirectBack>,
    /// How often it was sent back.
    pub returns: u32,
    /// Number of the last event; one writer at a time compares it.
    pub version: u64,
}

impl CaseState {
    /// Whether the case has ended.
    #[must_use]
    pub fn is_closed(self) -> bool {
        !matches!(self, CaseState::Draft | CaseState::Running)
    }
}

impl State {
    /// The last walk through a step.
    #[must_use]
    pub fn run(&self, node: &NodeId) -> Option<&NodeRun> {
        self.nodes.get(node).and_then(|runs| runs.last())
    }

    /// Where a step stands.
    #[must_use]
    pub fn status(&self, node: &NodeId) -> NodeState {
        self.run(node).map_or(NodeState::Pending, |run| run.state)
    }

    /// The item of that number.
    #[must_use]
    pub fn item(&self, no: ItemNo) -> Option<&Item> {
        let index = usize::try_from(no.0).ok()?.checked_sub(1)?;
        self.items.get(index)
    }

    /// The items of the present walk through a step.
    pub fn items_in<'a>(&'a self, node: &'a NodeId) -> impl Iterator<Item = &'a Item> + 'a {
        let iteration = self.run(node).map_or(0, |run| run.iteration);
        let items = self.items.iter();
        items.filter(move |item| item.node == *node && item.iteration == iteration)
    }

    /// The sub-cases of the present walk through a step.
    pub fn children_in<'a>(&'a self, node: &'a NodeId) -> impl Iterator<Item = &'a Child> + 'a {
        let iteration = self.run(node).map_or(0, |run| run.iteration);
        let children = self.children.iter();
        children.filter(move |child| child.node == *node && child.iteration == iteration)
    }
}
