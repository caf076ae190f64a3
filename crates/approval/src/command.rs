//! What people and the system ask of a case 流程指令.

use kernel::EmployeeId;
use serde::{Deserialize, Serialize};

use crate::def::NodeId;
use crate::fact::{Facts, Value};
use crate::item::{Holder, ItemNo};
use crate::state::{CaseState, TimerNo};

/// A request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Command {
    /// Who asks; nobody when the system does. Whether he may is the caller's question, except
    /// that an item answers to its holder only.
    pub by: Option<EmployeeId>,
    /// What is asked.
    pub action: Action,
}

/// Where an added signer sits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seating {
    /// 前加签: heard before me.
    Before,
    /// 后加签: heard after I approve.
    After,
    /// 并加签: beside me.
    Parallel,
}

/// Where a case is sent back to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// 发起人
    Initiator,
    /// 上一节点
    Previous,
    /// 指定节点
    Node(NodeId),
}

/// One line of a plan for a leaver's items.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanRow {
    /// The item.
    pub item: ItemNo,
    /// Its next holder.
    pub to: Holder,
}

/// The actions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum Action {
    /// 发起
    Start {
        /// Who starts it.
        initiator: EmployeeId,
        /// What it is about; opaque.
        subject: String,
        /// 当事人
        subject_person: Option<EmployeeId>,
        /// What is known.
        facts: Facts,
    },
    /// 同意
    Approve {
        /// The seat.
        item: ItemNo,
        /// 意见
        comment: String,
    },
    /// 拒绝（终止）; needs words.
    Reject {
        /// The seat.
        item: ItemNo,
        /// 意见
        comment: String,
    },
    /// 弃权
    Abstain {
        /// The seat.
        item: ItemNo,
        /// 意见
        comment: String,
    },
    /// 办结; the system may do it for work done inside the application.
    Complete {
        /// The item.
        item: ItemNo,
        /// 说明
        comment: String,
        /// Ticked entries of the checklist.
        checked: Vec<String>,
    },
    /// 退回修改; needs words.
    SendBack {
        /// The seat.
        item: ItemNo,
        /// Where to.
        to: Target,
        /// 意见
        comment: String,
    },
    /// 撤回
    Withdraw {
        /// 理由
        reason: String,
    },
    /// 转办
    HandOn {
        /// The item.
        item: ItemNo,
        /// To whom.
        to: EmployeeId,
        /// 说明
        comment: String,
    },
    /// 委派: asks for advice, the seat comes back.
    Delegate {
        /// The item.
        item: ItemNo,
        /// Whom.
        to: EmployeeId,
        /// 说明
        comment: String,
    },
    /// 加签
    AddSigner {
        /// My seat.
        item: ItemNo,
        /// Whom.
        person: EmployeeId,
        /// Where he sits.
        seating: Seating,
        /// 说明
        comment: String,
    },
    /// 减签: takes back a signer I added who has not acted.
    RemoveSigner {
        /// His seat.
        item: ItemNo,
    },
    /// 认领
    Claim {
        /// An item of a pool.
        item: ItemNo,
    },
    /// 催办
    Urge {
        /// The item.
        item: ItemNo,
    },
    /// 评论
    Comment {
        /// The words.
        text: String,
    },
    /// 已阅
    MarkRead {
        /// The item.
        item: ItemNo,
    },
    /// 定时到
    FireTimer {
        /// The timer.
        timer: TimerNo,
    },
    /// 登记事实
    SetFact {
        /// Which.
        key: String,
        /// Its value.
        value: Value,
    },
    /// 子流程结束
    ChildClosed {
        /// The step that wanted it.
        node: NodeId,
        /// For which entry.
        key: String,
        /// How.
        outcome: CaseState,
    },
    /// 调用成功
    CallSucceeded {
        /// The step.
        node: NodeId,
    },
    /// 调用失败
    CallFailed {
        /// The step.
        node: NodeId,
        /// What the service said.
        reason: String,
    },
    /// 终止; needs words.
    Terminate {
        /// 理由
        reason: String,
    },
    /// 离职转办: everything of one person goes to others. Asked of every running case in which he
    /// holds something or a pool waits of which he is a member.
    HandOnByDeparture {
        /// Who leaves.
        from: EmployeeId,
        /// Who gets what; items not named go the way of [`crate::decide::handover_plan`].
        plan: Vec<PlanRow>,
    },
    /// 移交所列待办: only what is named goes to others, the rest stays where it is.
    HandOnListed {
        /// Whose.
        from: EmployeeId,
        /// Who gets what.
        plan: Vec<PlanRow>,
    },
    /// 内容调整: what is asked has changed. New facts are taken down, fixed ones too, and everything
    /// from this approval on is asked again, but of those whose earlier yes still stands.
    Amend {
        /// The approval.
        node: NodeId,
        /// What has changed.
        facts: Facts,
        /// Whoever said yes at this step to what has not changed for him.
        standing: Vec<EmployeeId>,
    },
    /// 重新办理: the work of a task that was done has come undone outside, so it is asked again.
    Reopen {
        /// The task.
        node: NodeId,
    },
    /// 接手: somebody with the right to decide takes an item whose holder did not.
    Take {
        /// The item.
        item: ItemNo,
        /// Who.
        to: EmployeeId,
        /// 说明
        comment: String,
    },
    /// 归位: what lies with the administrators because nobody was there goes to whom its step asks,
    /// once somebody is.
    FindHolders,
    /// 更换发起人: another person answers for the case from now on, takes its corrections and may
    /// withdraw it; the first initiator stays in the history.
    PassToInitiator {
        /// Who.
        to: EmployeeId,
    },
    /// 未能执行: what was approved could not be carried out.
    NotDone {
        /// Why, in Chinese.
        why: String,
        /// The same in English.
        why_en: String,
    },
}

impl Command {
    /// A request by a person.
    #[must_use]
    pub fn by(person: EmployeeId, action: Action) -> Command {
        Command {
            by: Some(person),
            action,
        }
    }

    /// A request by the system.
    #[must_use]
    pub fn by_system(action: Action) -> Command {
        Command { by: None, action }
    }

    /// The canonical text of the request: equal texts are the same request. The caller keeps it
    /// (or its digest) beside the command id, and so knows a repetition from a mix-up.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        // INVARIANT: every key in a command is text and its maps are ordered, so this cannot fail
        // and does not vary.
        serde_json::to_string(self).unwrap_or_default()
    }
}
