//! What the browser sends to cases 流程请求.

use std::collections::BTreeSet;

use ::approval::command::{Action, Seating, Target};
use ::approval::def::{NodeId, START};
use ::approval::item::{Holder, ItemNo};
use kernel::{CaseId, EmployeeId, Refusal};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
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
        #[serde(deserialize_with = "numbered")]
        item: u32,
        #[serde(default)]
        comment: String,
        /// Digest of what was on the screen about the subject, where its page shows one; refused
        /// when it would be another one now.
        #[serde(default)]
        shown: Option<String>,
    },
    /// 拒绝（终止）
    Reject {
        #[serde(deserialize_with = "numbered")]
        item: u32,
        comment: String,
    },
    /// 弃权
    Abstain {
        #[serde(deserialize_with = "numbered")]
        item: u32,
        #[serde(default)]
        comment: String,
    },
    /// 办结
    Complete {
        #[serde(deserialize_with = "numbered")]
        item: u32,
        #[serde(default)]
        comment: String,
        /// The ticked entries of the checklist, in words.
        #[serde(default)]
        checked: Vec<String>,
    },
    /// 退回修改
    SendBack {
        #[serde(deserialize_with = "numbered")]
        item: u32,
        /// `initiator`, `previous`, or the id of a step.
        to: String,
        comment: String,
    },
    /// 撤回
    Withdraw { reason: String },
    /// 转办
    HandOn {
        #[serde(deserialize_with = "numbered")]
        item: u32,
        #[schema(value_type = String)]
        to: EmployeeId,
        #[serde(default)]
        comment: String,
    },
    /// 委派
    Delegate {
        #[serde(deserialize_with = "numbered")]
        item: u32,
        #[schema(value_type = String)]
        to: EmployeeId,
        #[serde(default)]
        comment: String,
    },
    /// 加签
    AddSigner {
        #[serde(deserialize_with = "numbered")]
        item: u32,
        #[schema(value_type = String)]
        person: EmployeeId,
        seating: SeatingBody,
        #[serde(default)]
        comment: String,
    },
    /// 减签
    RemoveSigner {
        #[serde(deserialize_with = "numbered")]
        item: u32,
    },
    /// 认领
    Claim {
        #[serde(deserialize_with = "numbered")]
        item: u32,
    },
    /// 催办
    Urge {
        #[serde(deserialize_with = "numbered")]
        item: u32,
    },
    /// 评论
    Comment { text: String },
    /// 已阅
    MarkRead {
        #[serde(deserialize_with = "numbered")]
        item: u32,
    },
    /// 终止; process administrators only.
    Terminate { reason: String },
}

/// The number of an item. It says by itself that it is none: of a body that is told apart by `do`
/// nobody else knows which field was wrong.
fn numbered<'de, D: Deserializer<'de>>(from: D) -> Result<u32, D::Error> {
    let given = serde_json::Value::deserialize(from)?;
    let number = given.as_u64().and_then(|number| u32::try_from(number).ok());
    number.ok_or_else(|| D::Error::custom("「item」应为待办编号，不小于 0 的整数"))
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
    fn row(self) -> Result<ReassignRow, Refusal> {
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

/// As the act wants them; each task is named once.
pub(crate) fn rows(bodies: Vec<RowBody>) -> Result<Vec<ReassignRow>, Refusal> {
    let mut seen = BTreeSet::new();
    let mut rows = Vec::with_capacity(bodies.len());
    for (place, body) in bodies.into_iter().enumerate() {
        let row = body.row()?;
        if !seen.insert((row.case, row.item)) {
            return Err(Refusal::invalid(
                "approval.item_twice",
                format!("待办 {} 指定了两次", row.item.0),
                format!("Task {} is named twice", row.item.0),
            )
            .remedy((
                "每项待办只能指定一次，请删去多余的一行",
                "Name each task once; take the other row away",
            ))
            .at(
                &format!("/rows/{place}/item"),
                ("与前面一行重复", "An earlier row names it"),
            ));
        }
        rows.push(row);
    }
    Ok(rows)
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
