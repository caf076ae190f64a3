//! What has happened in a case 流程事件.

use kernel::{EmployeeId, Moment};
use serde::{Deserialize, Serialize};

use crate::def::NodeId;
use crate::fact::{Facts, Value};
use crate::item::{Decision, Holder, Item, ItemNo, Origin};
use crate::policy::Resume;
use crate::state::{CaseState, Outcome, Timer, TimerNo};

/// One thing that happened. Everything that was looked up outside is written here, so replay never
/// asks again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// 1, 2, 3, … without gaps.
    pub seq: u64,
    /// When.
    pub at: Moment,
    /// Who; nobody when the system did it.
    pub by: Option<EmployeeId>,
    /// What.
    pub what: What,
}

/// Why a step ended or an item was dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// 按流程
    Course,
    /// 表决已有结果
    Decided,
    /// 无人可办
    Empty,
    /// 超时
    Timeout,
    /// 条件已满足
    Fulfilled,
    /// 退回
    SentBack,
    /// 退回后直达
    DirectBack,
    /// 减签
    SignerRemoved,
    /// 其他分支已满足
    BranchDecided,
    /// 流程已结束
    CaseClosed,
}

/// Why people are told something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// 到期提醒
    Reminder,
    /// 已超时
    Overdue,
}

/// The kinds of events.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum What {
    /// 发起
    Started {
        /// Key of the definition.
        definition: String,
        /// Its version.
        version: u32,
        /// Who started it.
        initiator: EmployeeId,
        /// What it is about.
        subject: String,
        /// 当事人
        subject_person: Option<EmployeeId>,
        /// What is known.
        facts: Facts,
    },
    /// 登记事实
    FactSet {
        /// Which.
        key: String,
        /// Its value.
        value: Value,
    },
    /// 节点开始
    NodeOpened {
        /// Which.
        node: NodeId,
        /// Which walk.
        iteration: u32,
        /// Until when.
        due_at: Option<Moment>,
    },
    /// 分支选择
    BranchesTaken {
        /// Which step.
        node: NodeId,
        /// The steps it goes on with.
        branches: Vec<NodeId>,
    },
    /// 节点结束; its timers end with it.
    NodeClosed {
        /// Which.
        node: NodeId,
        /// Which walk.
        iteration: u32,
        /// How.
        outcome: Outcome,
        /// Why.
        why: Why,
    },
    /// 里程碑
    MilestoneReached {
        /// Which step.
        node: NodeId,
        /// What others wait for.
        key: String,
    },
    /// 生成待办
    ItemOpened {
        /// The item as it begins.
        item: Item,
    },
    /// 等待他人
    ItemPaused {
        /// Which.
        item: ItemNo,
        /// Of which step.
        node: NodeId,
    },
    /// 轮到办理
    ItemWoken {
        /// Which.
        item: ItemNo,
        /// Of which step.
        node: NodeId,
    },
    /// 办理
    ItemDecided {
        /// Which.
        item: ItemNo,
        /// Of which step.
        node: NodeId,
        /// 代理: for whom.
        acting_for: Option<EmployeeId>,
        /// What.
        decision: Decision,
        /// 意见
        comment: String,
        /// Ticked entries of the checklist.
        checked: Vec<String>,
    },
    /// 待办失效
    ItemsDropped {
        /// Which.
        items: Vec<ItemNo>,
        /// Of which step.
        node: NodeId,
        /// Somebody else decided, rather than the step being cancelled.
        superseded: bool,
        /// Why.
        why: Why,
    },
    /// 待办换人
    ItemMoved {
        /// Which.
        item: ItemNo,
        /// Of which step.
        node: NodeId,
        /// From whom.
        from: Holder,
        /// To whom.
        to: Holder,
        /// 代理: for whom.
        acting_for: Option<EmployeeId>,
        /// By which way.
        origin: Origin,
        /// 说明
        comment: String,
    },
    /// 更换发起人
    InitiatorPassed {
        /// Who answered for the case until now.
        from: Option<EmployeeId>,
        /// Who does from now on.
        to: EmployeeId,
    },
    /// 评论
    Commented {
        /// The words.
        text: String,
    },
    /// 未能执行: what was approved was in the way of the books.
    NotDone {
        /// Why, in Chinese.
        why: String,
        /// The same in English.
        why_en: String,
    },
    /// 已阅
    ItemRead {
        /// Which.
        item: ItemNo,
    },
    /// 催办
    Urged {
        /// Which.
        item: ItemNo,
        /// Of which step.
        node: NodeId,
        /// Whom.
        holder: Holder,
    },
    /// 通知
    Told {
        /// About which step.
        node: NodeId,
        /// Whom; pools reach all their members.
        to: Vec<Holder>,
        /// Why.
        about: About,
    },
    /// 设定时
    TimerArmed {
        /// The timer as it begins.
        timer: Timer,
    },
    /// 定时到
    TimerFired {
        /// Which.
        timer: TimerNo,
    },
    /// 发起子流程
    ChildWanted {
        /// By which step.
        node: NodeId,
        /// Which walk.
        iteration: u32,
        /// For which entry.
        key: String,
        /// The definition to follow, with version range if given.
        process: String,
    },
    /// 子流程结束
    ChildClosed {
        /// Of which step.
        node: NodeId,
        /// For which entry.
        key: String,
        /// How.
        outcome: CaseState,
    },
    /// 终止子流程
    ChildTerminated {
        /// Of which step.
        node: NodeId,
        /// Which walk.
        iteration: u32,
        /// For which entry.
        key: String,
    },
    /// 调用排队
    CallQueued {
        /// By which step.
        node: NodeId,
        /// Which walk.
        iteration: u32,
        /// Which service.
        service: String,
        /// 1 for the first attempt.
        attempt: u32,
    },
    /// 调用失败
    CallFailed {
        /// Of which step.
        node: NodeId,
        /// What the service said.
        reason: String,
    },
    /// 撤销调用
    CompensationQueued {
        /// Of which step.
        node: NodeId,
        /// The service that undoes it.
        service: String,
    },
    /// 退回
    SentBack {
        /// By which step.
        from: NodeId,
        /// To which step, or [`crate::def::START`].
        to: NodeId,
        /// Steps that will be walked again.
        reset: Vec<NodeId>,
        /// Steps around the target that run on.
        reopened: Vec<NodeId>,
        /// The way back up.
        resume: Resume,
    },
    /// 流程结束; the initiator is always told.
    CaseClosed {
        /// How.
        state: CaseState,
        /// Whom to tell.
        tell: Vec<EmployeeId>,
        /// In whose words.
        reason: String,
    },
}
