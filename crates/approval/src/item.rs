//! Seats and duties: what people see as to do 待办.

use kernel::{EmployeeId, Moment};
use serde::{Deserialize, Serialize};

use crate::def::NodeId;

/// Number of an item within its case, from 1 upwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ItemNo(pub u32);

/// Who holds an item.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holder {
    /// 个人
    Person(EmployeeId),
    /// 角色待办池
    Pool(String),
}

/// What an item asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemKind {
    /// 审批
    Approve,
    /// 办理
    Task,
    /// 抄送
    Cc,
    /// 修改或处理, after a return or a failure.
    Fix,
}

/// The place of an item in the vote; it never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeatKind {
    /// 本席
    Own,
    /// 并加签, a seat of its own beside the others.
    Parallel,
    /// 前加签, part of its parent's vote and heard first.
    Before,
    /// 后加签, part of its parent's vote and heard last.
    After,
    /// 委派, advice to its parent and no vote.
    Delegated,
}

/// How an item came to its present holder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// 按流程
    Resolved,
    /// 代理
    StandIn,
    /// 去重, approved earlier.
    Deduped,
    /// 转办
    HandOn,
    /// 委派
    Delegate,
    /// 加签
    Added,
    /// 认领
    Claim,
    /// 升级
    Escalation,
    /// 离职转办
    Departure,
    /// 回避
    Excluded,
    /// 退回
    Return,
}

/// The life of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemState {
    /// 待办
    Open,
    /// 等待他人
    Waiting,
    /// 已办
    Done,
    /// 已由他人处理
    Superseded,
    /// 已取消
    Cancelled,
}

/// What a person decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
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
    /// 已阅
    Read,
}

/// A seat or a duty: what people see as 待办.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Item {
    /// Number within the case.
    pub no: ItemNo,
    /// The step it belongs to.
    pub node: NodeId,
    /// Which walk through it.
    pub iteration: u32,
    /// What it asks for.
    pub kind: ItemKind,
    /// Who holds it.
    pub holder: Holder,
    /// The pool it was claimed from.
    pub pool: Option<String>,
    /// 代理: whom the holder acts for.
    pub acting_for: Option<EmployeeId>,
    /// Its place in the vote.
    pub seat: SeatKind,
    /// How it came to its holder.
    pub origin: Origin,
    /// The item it was added to or delegated from.
    pub parent: Option<ItemNo>,
    /// Weight of its vote.
    pub weight: u32,
    /// Its life.
    pub state: ItemState,
    /// What was decided.
    pub decision: Option<Decision>,
    /// 意见
    pub comment: String,
    /// Who held it before, oldest first.
    pub held_before: Vec<EmployeeId>,
    /// When it was opened.
    pub opened_at: Moment,
    /// When it was first read.
    pub read_at: Option<Moment>,
    /// When it was last urged.
    pub urged_at: Option<Moment>,
    /// When it ended.
    pub done_at: Option<Moment>,
}

impl Item {
    /// Whether it still asks for something.
    #[must_use]
    pub fn is_live(&self) -> bool {
        matches!(self.state, ItemState::Open | ItemState::Waiting)
    }

    /// Whom it asked before it came to whoever holds it; nobody while it lies in a pool.
    #[must_use]
    pub fn first_asked(&self) -> Option<EmployeeId> {
        let holder = match self.holder {
            Holder::Person(person) => Some(person),
            Holder::Pool(_) => None,
        };
        let before = self.held_before.first().copied();
        before.or(self.acting_for).or(holder)
    }

    /// Whether it was added before or after another seat, whose vote it is part of.
    #[must_use]
    pub fn is_attached(&self) -> bool {
        matches!(self.seat, SeatKind::Before | SeatKind::After)
    }

    /// Whether it counts as a seat of its own.
    #[must_use]
    pub fn is_seat(&self) -> bool {
        matches!(self.seat, SeatKind::Own | SeatKind::Parallel) && self.kind != ItemKind::Cc
    }
}
