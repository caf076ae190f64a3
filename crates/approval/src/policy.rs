//! The settings of a step 节点设置.

use kernel::EmployeeId;
use serde::{Deserialize, Serialize};

/// What a step decides about. Outside `ordinary`, silence never means yes
/// (law.md §8.1: no auto-pass for money, termination and customer reassignment).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// 一般事项
    #[default]
    Ordinary,
    /// 资金
    Money,
    /// 解除劳动关系
    Termination,
    /// 客户归属
    Ownership,
    /// 系统权限
    Access,
}

/// Whose manager, or which people: a point in the case to start from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Anchor {
    /// 发起人
    Initiator,
    /// 当事人, the person the case is about.
    Subject,
    /// 当前处理人; only when escalating.
    Assignee,
    /// 事实中的人员
    Fact(String),
}

/// Who is asked.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "from", rename_all = "snake_case", deny_unknown_fields)]
pub enum Who {
    /// 指定成员
    Person {
        /// The person.
        id: EmployeeId,
    },
    /// 角色: in an approval each holder gets a seat; a task goes to the role's pool.
    Role {
        /// Role key.
        key: String,
    },
    /// 角色待办池: one seat, whoever claims it.
    Pool {
        /// Role key.
        key: String,
    },
    /// 第 N 级主管; vacant, inactive and excluded levels are skipped.
    Manager {
        /// Whose.
        of: Anchor,
        /// 1 is the direct manager; 1..=10.
        level: u8,
    },
    /// 发起人自己
    Initiator,
    /// 当事人自己
    Subject,
    /// 表单内成员
    Fact {
        /// Key of a fact naming people.
        key: String,
    },
}

/// How seats make a decision; the arithmetic is in [`crate::vote`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Mode {
    /// 并行会签
    #[default]
    AllOf,
    /// 或签
    AnyOf,
    /// 顺序会签
    InTurn,
    /// 票签: passes at `num/den` of the whole weight.
    Weighted {
        /// Numerator, 1..=den.
        num: u32,
        /// Denominator, 1..=100.
        den: u32,
        /// 一票否决
        #[serde(default)]
        veto: bool,
    },
}

/// A span of time, in working time or by the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Due {
    /// 工作小时
    WorkHours(u32),
    /// 工作日, of eight working hours.
    WorkDays(u32),
    /// 小时
    Hours(u32),
    /// 自然日
    Days(u32),
}

/// When people are reminded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub enum Remind {
    /// Once, so many hours before the due time.
    Before {
        /// Working hours; by the clock where the due time is counted so.
        before_hours: u32,
    },
    /// Again and again.
    Every {
        /// Working hours.
        every_hours: u32,
        /// How often at most, 1..=20.
        max: u32,
    },
}

/// What happens when the due time passes. Initiator and holders are told in every case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum OnTimeout {
    /// 仅提醒; a `wait` gives the case to the administrators.
    #[default]
    Notify,
    /// 升级: the open seats move; at the top they rest with the administrators.
    Escalate {
        /// To whom.
        to: Who,
    },
    /// 自动通过
    AutoPass,
    /// 自动拒绝
    AutoReject,
}

/// What happens when nobody can be asked. Never "nobody".
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Empty {
    /// 转管理员: the step stands still until an administrator acts.
    #[default]
    ToAdmin,
    /// 自动通过
    AutoPass,
    /// 自动拒绝
    AutoReject,
    /// 转指定人员
    To(Who),
}

/// What a rejection does to its step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnReject {
    /// 否决: the step ends with a no.
    #[default]
    Ends,
    /// 待调整: the step stays open, others are still heard, and the initiator has to put right what
    /// was rejected; then [`crate::command::Action::Amend`] asks again whoever it concerns.
    Amend,
}

/// When the approver would be the initiator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SelfRule {
    /// 转上级
    #[default]
    ToManager,
    /// 本人审批
    Keep,
    /// 去掉该席位; without any seat left, [`Empty`] decides.
    Skip,
}

/// When somebody has already approved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dedupe {
    /// 不去重
    #[default]
    None,
    /// 与上一审批节点去重
    Adjacent,
    /// 与此前所有节点去重
    Anywhere,
}

/// When the approver does not work here any more or is away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Inactive {
    /// 代理人 → 上级 → 管理员
    #[default]
    StandInThenManager,
    /// 转管理员; nobody stands in.
    ToAdmin,
    /// 本人: consent that nobody can give for another. Should he be away for good, administrators
    /// hold the seat and may reject, return or hand it back, but not approve.
    Personal,
}

impl Inactive {
    /// Whether neither stand-in nor manager takes the place.
    #[must_use]
    pub fn has_no_substitute(self) -> bool {
        self != Inactive::StandInThenManager
    }
}

/// What the holder of a seat may do besides deciding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Permit {
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
    /// 退回
    SendBack,
    /// 弃权
    Abstain,
}

/// Where a case may be sent back to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReturnTo {
    /// 发起人
    Initiator,
    /// 上一节点
    Previous,
    /// 任意已办节点
    AnyCompleted,
}

/// The way back up after a return.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Resume {
    /// 重新逐级办理
    #[default]
    Replay,
    /// 直接回到退回人; guarded steps are asked again when the facts have changed meanwhile.
    DirectBack,
}

/// Until when the initiator may take the case back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Withdraw {
    /// 首次办理之前
    #[default]
    BeforeFirstAction,
    /// 结束之前
    AnyTime,
    /// 不可撤回
    Never,
}

impl Class {
    /// Whether silence must never mean yes.
    #[must_use]
    pub fn is_guarded(self) -> bool {
        self != Class::Ordinary
    }
}
