//! The words of the screens for every code 界面用语.
//!
//! Chinese first, English beside; one pair for each thing, as in the house's glossary.

use crate::command::Action;
use crate::decide::SUB_KEY;
use crate::def::Node;
use crate::event::{About, Why};
use crate::item::{Decision, ItemKind, ItemState, Origin, SeatKind};
use crate::policy::{Class, Mode, Permit, ReturnTo};
use crate::state::{CaseState, NodeState, Outcome};
use crate::view::Button;

/// `label_zh` and `label_en` for a closed set.
macro_rules! labels {
    ($($name:ident { $($pattern:pat => $zh:literal, $en:literal;)* })*) => {$(
        impl $name {
            /// 中文
            #[must_use]
            pub fn label_zh(&self) -> &'static str {
                match self { $($pattern => $zh,)* }
            }

            /// English.
            #[must_use]
            pub fn label_en(&self) -> &'static str {
                match self { $($pattern => $en,)* }
            }
        }
    )*};
}

labels! {
    CaseState {
        CaseState::Draft => "未发起", "not started";
        CaseState::Running => "进行中", "running";
        CaseState::Completed => "已通过", "completed";
        CaseState::Rejected => "已拒绝", "rejected";
        CaseState::Withdrawn => "已撤回", "withdrawn";
        CaseState::Terminated => "已终止", "terminated";
    }
    NodeState {
        NodeState::Pending => "未到", "pending";
        NodeState::Active => "进行中", "active";
        NodeState::Ended(Outcome::Passed) => "已通过", "passed";
        NodeState::Ended(Outcome::Rejected) => "已拒绝", "rejected";
        NodeState::Ended(Outcome::Skipped) => "已跳过", "skipped";
        NodeState::Ended(Outcome::Cancelled) => "已取消", "cancelled";
        NodeState::Ended(Outcome::SentBack) => "已退回", "sent back";
    }
    ItemState {
        ItemState::Open => "待办", "open";
        ItemState::Waiting => "等待他人", "waiting";
        ItemState::Done => "已办", "done";
        ItemState::Superseded => "已由他人处理", "superseded";
        ItemState::Cancelled => "已取消", "cancelled";
    }
    ItemKind {
        ItemKind::Approve => "审批", "approval";
        ItemKind::Task => "办理", "task";
        ItemKind::Cc => "抄送", "copy";
        ItemKind::Fix => "处理", "fix";
    }
    Decision {
        Decision::Approve => "同意", "approved";
        Decision::Reject => "拒绝", "rejected";
        Decision::Abstain => "弃权", "abstained";
        Decision::Complete => "办结", "completed";
        Decision::SendBack => "退回", "sent back";
        Decision::Read => "已阅", "read";
    }
    SeatKind {
        SeatKind::Own => "本席", "own seat";
        SeatKind::Parallel => "并加签", "signer beside";
        SeatKind::Before => "前加签", "signer before";
        SeatKind::After => "后加签", "signer after";
        SeatKind::Delegated => "委派", "delegated";
    }
    Origin {
        Origin::Resolved => "按流程", "by the process";
        Origin::StandIn => "代理", "as stand-in";
        Origin::Deduped => "此前已同意", "approved before";
        Origin::HandOn => "转办", "handed on";
        Origin::Delegate => "委派", "delegated";
        Origin::Added => "加签", "added";
        Origin::Claim => "认领", "claimed";
        Origin::Escalation => "超时升级", "escalated";
        Origin::Departure => "离职转办", "handed on by departure";
        Origin::Excluded => "回避", "stands aside";
        Origin::Return => "退回修改", "sent back";
    }
    Why {
        Why::Course => "按流程", "in its course";
        Why::Decided => "表决已有结果", "the vote is decided";
        Why::Empty => "无人可办", "nobody could be asked";
        Why::Timeout => "超时", "out of time";
        Why::Fulfilled => "条件已满足", "the condition is met";
        Why::SentBack => "退回", "sent back";
        Why::DirectBack => "退回前已办", "done before the return";
        Why::SignerRemoved => "减签", "signer removed";
        Why::BranchDecided => "其他分支已有结果", "another branch decided";
        Why::CaseClosed => "流程已结束", "the case has ended";
    }
    About {
        About::Reminder => "到期提醒", "reminder";
        About::Overdue => "已超时", "overdue";
    }
    Class {
        Class::Ordinary => "一般事项", "ordinary";
        Class::Money => "资金", "money";
        Class::Termination => "解除劳动关系", "termination";
        Class::Ownership => "客户归属", "ownership";
        Class::Access => "系统权限", "access";
    }
    Mode {
        Mode::AllOf => "并行会签", "all of";
        Mode::AnyOf => "或签", "any of";
        Mode::InTurn => "顺序会签", "in turn";
        Mode::Weighted { .. } => "票签", "weighted";
    }
    Permit {
        Permit::HandOn => "转办", "hand on";
        Permit::Delegate => "委派", "delegate";
        Permit::AddBefore => "前加签", "add a signer before";
        Permit::AddAfter => "后加签", "add a signer after";
        Permit::AddParallel => "并加签", "add a signer beside";
        Permit::SendBack => "退回", "send back";
        Permit::Abstain => "弃权", "abstain";
    }
    ReturnTo {
        ReturnTo::Initiator => "发起人", "initiator";
        ReturnTo::Previous => "上一节点", "previous step";
        ReturnTo::AnyCompleted => "任意已办节点", "any step done";
    }
    Node {
        Node::Seq(_) => "顺序", "sequence";
        Node::Par(_) => "并行", "parallel";
        Node::Choice(_) => "条件分支", "choice";
        Node::MultiChoice(_) => "包容分支", "inclusive choice";
        Node::Approve(_) => "审批", "approval";
        Node::Task(_) => "办理", "task";
        Node::Each(_) => "逐项子流程", "sub-case for each";
        Node::Sub(_) => "子流程", "sub-case";
        Node::Wait(_) => "等待条件", "wait";
        Node::Timer(_) => "延时", "delay";
        Node::Call(_) => "触发器", "service call";
        Node::Cc(_) => "抄送", "copy";
        Node::Milestone(_) => "里程碑", "milestone";
        Node::Nop(_) => "空节点", "nothing";
    }
    Button {
        Button::Claim => "认领", "claim";
        Button::Approve => "同意", "approve";
        Button::Reject => "拒绝（终止）", "reject";
        Button::Abstain => "弃权", "abstain";
        Button::Complete => "办结", "complete";
        Button::SendBack => "退回修改", "send back";
        Button::HandOn => "转办", "hand on";
        Button::Delegate => "委派", "delegate";
        Button::AddBefore => "前加签", "add a signer before";
        Button::AddAfter => "后加签", "add a signer after";
        Button::AddParallel => "并加签", "add a signer beside";
        Button::MarkRead => "已阅", "mark as read";
    }
    Action {
        Action::Start { .. } => "发起", "start";
        Action::Approve { .. } => "同意", "approve";
        Action::Reject { .. } => "拒绝（终止）", "reject";
        Action::Abstain { .. } => "弃权", "abstain";
        Action::Complete { .. } => "办结", "complete";
        Action::SendBack { .. } => "退回修改", "send back";
        Action::Withdraw { .. } => "撤回", "withdraw";
        Action::HandOn { .. } => "转办", "hand on";
        Action::Delegate { .. } => "委派", "delegate";
        Action::AddSigner { .. } => "加签", "add a signer";
        Action::RemoveSigner { .. } => "减签", "remove a signer";
        Action::Claim { .. } => "认领", "claim";
        Action::Urge { .. } => "催办", "urge";
        Action::Comment { .. } => "评论", "comment";
        Action::MarkRead { .. } => "已阅", "mark as read";
        Action::FireTimer { .. } => "定时到", "timer";
        Action::SetFact { .. } => "登记事实", "set a fact";
        Action::ChildClosed { .. } => "子流程结束", "sub-case closed";
        Action::CallSucceeded { .. } => "调用成功", "call succeeded";
        Action::CallFailed { .. } => "调用失败", "call failed";
        Action::Terminate { .. } => "终止", "terminate";
        Action::HandOnByDeparture { .. } => "离职转办", "hand on by departure";
        Action::HandOnListed { .. } => "移交待办", "hand on as listed";
        Action::Amend { .. } => "内容调整", "amend";
        Action::Reopen { .. } => "重新办理", "ask again";
        Action::Take { .. } => "接手", "take over";
        Action::FindHolders => "归位", "find holders";
        Action::PassToInitiator { .. } => "更换发起人", "pass to another initiator";
        Action::NotDone { .. } => "未能执行", "not carried out";
    }
}

/// What a sub-case is called beside its step: its entry, or nothing for an only one.
#[must_use]
pub fn entry_label(key: &str) -> &str {
    if key == SUB_KEY { "" } else { key }
}
