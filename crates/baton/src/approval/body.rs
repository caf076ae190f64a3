//! What the browser sends to cases 流程请求.

use ::approval::command::{Action, Seating, Target};
use ::approval::def::{NodeId, START};
use ::approval::item::{Holder, ItemNo};
use kernel::{CaseId, EmployeeId, Refusal};
use serde::Deserialize;
use utoipa::ToSchema;

use super::acts::reassign_all::ReassignRow;

/// Where an added signer sits.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SeatingBody {
    /// 前加签
    Before,
    /// 后加签
    After,
    /// 并加签
    Parallel,
}

/// What a person asks of a case. Comments: at most 2,000 characters.
#[derive(Deserialize, ToSchema)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum CommandBody {
    /// 同意
    Approve {
        item: u32,
        #[serde(default)]
        comment: String,
        /// Digest of what was on the screen about the subject, where its page shows one; refused
        /// when it would be another one now.
        #[serde(default)]
        shown: Option<String>,
    },
    /// 拒绝（终止）
    Reject { item: u32, comment: String },
    /// 弃权
    Abstain {
        item: u32,
        #[serde(default)]
        comment: String,
    },
    /// 办结
    Complete {
        item: u32,
        #[serde(default)]
        comment: String,
        /// The ticked entries of the checklist, in words.
        #[serde(default)]
        checked: Vec<String>,
    },
    /// 退回修改
    SendBack {
        item: u32,
        /// `initiator`, `previous`, or the id of a step.
        to: String,
        comment: String,
    },
    /// 撤回
    Withdraw { reason: String },
    /// 转办
    HandOn {
        item: u32,
        #[schema(value_type = String)]
        to: EmployeeId,
        #[serde(default)]
        comment: String,
    },
    /// 委派
    Delegate {
        item: u32,
        #[schema(value_type = String)]
        to: EmployeeId,
        #[serde(default)]
        comment: String,
    },
    /// 加签
    AddSigner {
        item: u32,
        #[schema(value_type = String)]
        person: EmployeeId,
        seating: SeatingBody,
        #[serde(default)]
        comment: String,
    },
    /// 减签
    RemoveSigner { item: u32 },
    /// 认领
    Claim { item: u32 },
    /// 催办
    Urge { item: u32 },
    /// 评论
    Comment { text: String },
    /// 已阅
    MarkRead { item: u32 },
    /// 终止; process administrators only.
    Terminate { reason: String },
}

/// Most entries of a checklist that are looked at.
const TICKS: usize = 100;

impl CommandBody {
    /// Digest of what was on the screen of whoever agrees.
    pub(crate) fn shown(&self) -> Option<&str> {
        match self {
            CommandBody::Approve { shown, .. } => shown.as_deref(),
            _ => None,
        }
    }

    /// As the engine wants it.
    pub(crate) fn action(self) -> Result<Action, Refusal> {
        use CommandBody as Body;
        let no = ItemNo;
        Ok(match self {
            Body::Approve { item, comment, .. } => Action::Approve {
                item: no(item),
                comment,
            },
            Body::Reject { item, comment } => Action::Reject {
                item: no(item),
                comment,
            },
            Body::Abstain { item, comment } => Action::Abstain {
                item: no(item),
                comment,
            },
            Body::Complete {
                item,
                comment,
                checked,
            } => {
                few(&checked)?;
                Action::Complete {
                    item: no(item),
                    comment,
                    checked,
                }
            }
            Body::SendBack { item, to, comment } => Action::SendBack {
                item: no(item),
                to: target(to),
                comment,
            },
            Body::Withdraw { reason } => Action::Withdraw { reason },
            Body::HandOn { item, to, comment } => Action::HandOn {
                item: no(item),
                to,
                comment,
            },
            Body::Delegate { item, to, comment } => Action::Delegate {
                item: no(item),
                to,
                comment,
            },
            Body::AddSigner {
                item,
                person,
                seating,
                comment,
            } => Action::AddSigner {
                item: no(item),
                person,
                seating: seating.into(),
                comment,
            },
            Body::RemoveSigner { item } => Action::RemoveSigner { item: no(item) },
            Body::Claim { item } => Action::Claim { item: no(item) },
            Body::Urge { item } => Action::Urge { item: no(item) },
            Body::Comment { text } => Action::Comment { text },
            Body::MarkRead { item } => Action::MarkRead { item: no(item) },
            Body::Terminate { reason } => Action::Terminate { reason },
        })
    }
}

impl From<SeatingBody> for Seating {
    fn from(body: SeatingBody) -> Seating {
        match body {
            SeatingBody::Before => Seating::Before,
            SeatingBody::After => Seating::After,
            SeatingBody::Parallel => Seating::Parallel,
        }
    }
}

fn few(checked: &[String]) -> Result<(), Refusal> {
    if checked.len() <= TICKS {
        return Ok(());
    }
    let (zh, en) = (
        format!("勾选项不能超过 {TICKS} 条"),
        format!("at most {TICKS} ticks"),
    );
    Err(Refusal::invalid("request.length", zh, en).at("/checked", ("条目过多", "Too many entries")))
}

fn target(to: String) -> Target {
    match to.as_str() {
        "initiator" | START => Target::Initiator,
        "previous" => Target::Previous,
        _ => Target::Node(NodeId(to)),
    }
}

/// One task and its next holder: a person or a pool.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RowBody {
    #[schema(value_type = String)]
    case_id: CaseId,
    item: u32,
    #[schema(value_type = Option<String>)]
    to_person: Option<EmployeeId>,
    /// Key of a pool, when no person is named.
    to_pool: Option<String>,
}

impl RowBody {
    /// As the act wants it.
    pub(crate) fn row(self) -> Result<ReassignRow, Refusal> {
        let to = match (self.to_person, self.to_pool) {
            (Some(person), None) => Holder::Person(person),
            (None, Some(pool)) => Holder::Pool(pool),
            _ => {
                return Err(Refusal::invalid(
                    "approval.one_heir",
                    "每项待办须指定一位接手人或一个待办池，不能都填或都不填",
                    "Each task goes to one person or one pool",
                )
                .at("/rows", ("接手人不明确", "Who takes over is not clear")));
            }
        };
        Ok(ReassignRow {
            case: self.case_id,
            item: ItemNo(self.item),
            to,
        })
    }
}

/// Everything of one person goes to others.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReassignBody {
    #[schema(value_type = String)]
    pub(crate) from: EmployeeId,
    /// Tasks not named go the way the flow provides. At most 2,000.
    #[serde(default)]
    pub(crate) rows: Vec<RowBody>,
    #[schema(min_length = 2, max_length = 200)]
    pub(crate) reason: String,
    /// Show what would happen; change nothing.
    #[serde(default)]
    pub(crate) dry_run: bool,
}
