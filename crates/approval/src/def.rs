//! The definition of a process: a tree, so it cannot deadlock 流程定义.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::fact::{FactDecl, Guard};
use crate::policy::{
    Anchor, Class, Dedupe, Due, Empty, Inactive, Mode, OnReject, OnTimeout, Permit, Remind, Resume,
    ReturnTo, SelfRule, Who, Withdraw,
};

/// The only schema there is.
pub const SCHEMA: &str = "baton.process/1";

/// Where a case lies while its initiator corrects it: an implicit step before the root.
pub const START: &str = "start";

/// The name of a step inside its definition.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NodeId(pub String);

impl From<&str> for NodeId {
    fn from(text: &str) -> NodeId {
        NodeId(text.to_owned())
    }
}

impl std::fmt::Display for NodeId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A whole definition, as drawn. [`crate::validate::publish`] makes it usable.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Def {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// Dotted lower-case name, `handover.plan`.
    pub key: String,
    /// 名称
    pub title: String,
    /// Name in English.
    #[serde(default)]
    pub title_en: String,
    /// What kind of thing the subject id names; opaque here.
    pub subject: String,
    /// Class of every step, unless a step says more.
    #[serde(default)]
    pub class: Class,
    /// 通知: an act of one side that nobody can refuse (劳动合同法 art. 37), only handle.
    #[serde(default)]
    pub notice: bool,
    /// Until when the initiator may withdraw.
    #[serde(default)]
    pub withdraw: Withdraw,
    /// How often a case may be sent back, 0..=50.
    #[serde(default = "ten")]
    pub max_returns: u32,
    /// Due time of steps that name none.
    #[serde(default)]
    pub due: Option<Due>,
    /// Who gains by the outcome, and so never decides it alone.
    #[serde(default)]
    pub gains: Vec<Anchor>,
    /// 待办池升级: to whom what lies in a pool goes when its time is over, by pool; where it is
    /// silent, to whoever stands above the pool's department.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub climbs: BTreeMap<String, Who>,
    /// The facts it may speak of.
    #[serde(default)]
    pub facts: Vec<FactDecl>,
    /// The tree.
    pub root: Node,
}

fn ten() -> u32 {
    10
}

fn usual_permits() -> Vec<Permit> {
    vec![
        Permit::HandOn,
        Permit::Delegate,
        Permit::AddBefore,
        Permit::AddAfter,
        Permit::AddParallel,
        Permit::SendBack,
    ]
}

fn task_permits() -> Vec<Permit> {
    vec![Permit::HandOn, Permit::Delegate]
}

fn everywhere() -> Vec<ReturnTo> {
    vec![
        ReturnTo::Initiator,
        ReturnTo::Previous,
        ReturnTo::AnyCompleted,
    ]
}

/// When a `par` or an `each` is satisfied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Join {
    /// 全部
    #[default]
    All,
    /// 任一
    Any,
    /// 至少 k 个
    K(u32),
}

impl Join {
    /// How many of `total` must pass.
    #[must_use]
    pub fn needed(self, total: usize) -> usize {
        match self {
            Join::All => total,
            Join::Any => total.min(1),
            Join::K(k) => usize::try_from(k).unwrap_or(usize::MAX).min(total),
        }
    }
}

/// One way of a choice.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Branch {
    /// Name of the branch, unique like a step's.
    pub id: NodeId,
    /// Condition.
    pub when: Guard,
    /// The way.
    pub node: Node,
}

/// How often a failing call is tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retry {
    /// Attempts in all, 1..=20.
    pub max: u32,
    /// Pause between attempts.
    #[serde(default = "one_hour")]
    pub after: Due,
}

fn one_hour() -> Due {
    Due::Hours(1)
}

fn single_try() -> Retry {
    Retry {
        max: 1,
        after: one_hour(),
    }
}

/// What happens when a call has failed for good.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum OnFailure {
    /// Somebody does it by hand.
    Task {
        /// Who.
        owner: Who,
    },
    /// The step is rejected.
    Reject,
}

/// Declares the kinds of steps: each has an id, titles and a class besides its own fields.
macro_rules! nodes {
    ($($(#[$doc:meta])* $name:ident { $($(#[$meta:meta])* $field:ident: $kind:ty,)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            /// Unique name.
            pub id: NodeId,
            /// 标题
            #[serde(default)]
            pub title: String,
            /// Title in English.
            #[serde(default)]
            pub title_en: String,
            /// Class of this step and of all below it.
            #[serde(default)]
            pub class: Class,
            $($(#[$meta])* pub $field: $kind,)*
        }
    )*};
}

nodes! {
    /// 顺序: one after another.
    Seq {
        /// In order.
        children: Vec<Node>,
    }
    /// 并行: side by side.
    Par {
        /// When it is satisfied.
        #[serde(default)]
        join: Join,
        /// The branches.
        children: Vec<Node>,
    }
    /// 条件分支: the first true branch; as 包容分支 every true branch.
    Choice {
        /// By priority.
        branches: Vec<Branch>,
        /// When none is true.
        otherwise: Box<Node>,
    }
    /// 审批
    Approve {
        /// Who is asked.
        approvers: Vec<Who>,
        /// Weight of each entry of `approvers`, 1..=100; empty means one each.
        #[serde(default)]
        weights: Vec<u32>,
        /// How seats decide.
        #[serde(default)]
        mode: Mode,
        /// What a rejection does.
        #[serde(default)]
        on_reject: OnReject,
        /// No approver can be asked.
        #[serde(default)]
        empty: Empty,
        /// The approver is the initiator.
        #[serde(default, rename = "self")]
        self_rule: SelfRule,
        /// The approver has already approved.
        #[serde(default)]
        dedupe: Dedupe,
        /// Who must never decide here, by no route.
        #[serde(default)]
        exclude: Vec<Anchor>,
        /// 审批权限: the right that whoever decides must hold, opaque here; without one, anybody
        /// may whom the step asks or a holder chooses.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        right: Option<String>,
        /// The approver is not at work.
        #[serde(default)]
        inactive: Inactive,
        /// Due time.
        #[serde(default)]
        due: Option<Due>,
        /// Reminders.
        #[serde(default)]
        remind: Vec<Remind>,
        /// When the due time passes.
        #[serde(default)]
        on_timeout: OnTimeout,
        /// What holders may do.
        #[serde(default = "usual_permits")]
        allow: Vec<Permit>,
        /// Where they may send it back to.
        #[serde(default = "everywhere")]
        return_to: Vec<ReturnTo>,
        /// The way back up.
        #[serde(default)]
        resume: Resume,
    }
    /// 办理: work that cannot be refused.
    Task {
        /// Who does it; several people each do it.
        owner: Who,
        /// What must be ticked.
        #[serde(default)]
        checklist: Vec<String>,
        /// The same for English pages, entry by entry; what is ticked is named by `checklist`.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        checklist_en: Vec<String>,
        /// Nobody can be asked.
        #[serde(default)]
        empty: Empty,
        /// Who must never do it.
        #[serde(default)]
        exclude: Vec<Anchor>,
        /// The owner is not at work.
        #[serde(default)]
        inactive: Inactive,
        /// Due time.
        #[serde(default)]
        due: Option<Due>,
        /// Reminders.
        #[serde(default)]
        remind: Vec<Remind>,
        /// When the due time passes.
        #[serde(default)]
        on_timeout: OnTimeout,
        /// What holders may do.
        #[serde(default = "task_permits")]
        allow: Vec<Permit>,
        /// Where they may send it back to.
        #[serde(default = "everywhere")]
        return_to: Vec<ReturnTo>,
        /// The way back up.
        #[serde(default)]
        resume: Resume,
    }
    /// 逐项子流程: one sub-case for each entry of a list; satisfied by *closed* sub-cases, however
    /// they ended.
    Each {
        /// Key of a list fact.
        over: String,
        /// What the sub-case calls its entry.
        #[serde(rename = "as")]
        entry: String,
        /// `key` or `key@version`.
        process: String,
        /// Most entries, 1..=1000.
        limit: u32,
        /// When it is satisfied.
        #[serde(default)]
        join: Join,
    }
    /// 子流程: passes when the sub-case completes, is rejected when it ends otherwise.
    Sub {
        /// `key` or `key@version`.
        process: String,
    }
    /// 等待条件
    Wait {
        /// Passes when this holds.
        until: Guard,
        /// Latest.
        deadline: Due,
        /// When the deadline passes.
        #[serde(default)]
        on_timeout: OnTimeout,
    }
    /// 延时
    Timer {
        /// How long.
        after: Due,
    }
    /// 触发器: a service is called through the outbox.
    Call {
        /// Which.
        service: String,
        /// Attempts.
        #[serde(default = "single_try")]
        retry: Retry,
        /// What undoes it; without one, nobody returns across it.
        #[serde(default)]
        compensate: Option<String>,
        /// When it has failed for good.
        on_failure: OnFailure,
    }
    /// 抄送: never holds anything up.
    Cc {
        /// Who reads.
        to: Vec<Who>,
    }
    /// 里程碑
    Milestone {
        /// What other modules wait for.
        key: String,
    }
    /// 空节点
    Nop {}
}

/// A step of the tree.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Node {
    /// 顺序
    Seq(Seq),
    /// 并行
    Par(Par),
    /// 条件分支
    Choice(Choice),
    /// 包容分支
    MultiChoice(Choice),
    /// 审批
    Approve(Approve),
    /// 办理
    Task(Task),
    /// 逐项子流程
    Each(Each),
    /// 子流程
    Sub(Sub),
    /// 等待条件
    Wait(Wait),
    /// 延时
    Timer(Timer),
    /// 触发器
    Call(Call),
    /// 抄送
    Cc(Cc),
    /// 里程碑
    Milestone(Milestone),
    /// 空节点
    Nop(Nop),
}
