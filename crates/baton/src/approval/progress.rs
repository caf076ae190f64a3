//! What other slices hear of a case 流程进展.

use ::approval::def::Node;
use ::approval::event::{Event, What};
use ::approval::item::{Decision, Item, ItemNo};
use ::approval::state::{CaseState, Outcome};
use ::approval::validate::Published;
use kernel::{CaseId, EmployeeId};

/// What was on the screen of whoever pressed a button, as the slice of the subject worked it out
/// again; what it means is that slice's business.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// SHA-256 of the body, hex.
    pub digest: String,
    /// JSON.
    pub body: String,
}

/// Something happened in a case that concerns the thing it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happening<'a> {
    /// The case.
    pub case: CaseId,
    /// Key of the flow it follows: a thing can have cases of several.
    pub flow: &'a str,
    /// What it is about: `departure/dep_…`.
    pub subject: &'a str,
    /// 当事人
    pub about: Option<EmployeeId>,
    /// Who did it; nobody when the system did.
    pub by: Option<EmployeeId>,
    /// What.
    pub what: Happened<'a>,
    /// What he had before him, when he said so.
    pub shown: Option<&'a Shown>,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happened<'a> {
    /// 节点办结: an approval, a task or a wait has passed.
    StepDone {
        /// Its id in the definition, `accounts`.
        node: &'a str,
        /// What people call it.
        title: &'a str,
        /// The same in English.
        title_en: &'a str,
    },
    /// 表决: somebody has said yes or no at an approval that may be decided by others too.
    Voted {
        /// The approval.
        node: &'a str,
        /// Whether he said yes.
        yes: bool,
        /// 意见
        comment: &'a str,
        /// Whose word was asked for; another one than who spoke where the question came to him.
        of: Option<EmployeeId>,
    },
    /// 到达里程碑
    Milestone {
        /// Its key, `departure.acknowledged`.
        key: &'a str,
    },
    /// 流程结束
    Closed {
        /// How.
        state: CaseState,
        /// 理由, in the words of whoever ended it.
        reason: &'a str,
    },
}

/// Whom an item asked before it came to whoever holds it now.
fn first_asked(items: &[Item], no: ItemNo) -> Option<EmployeeId> {
    items.iter().find(|item| item.no == no)?.first_asked()
}

/// What these events mean to others, in their order; `items` as they were before.
pub(crate) fn happened<'a>(
    flow: &'a Published,
    items: &[Item],
    events: &'a [Event],
) -> Vec<(Option<EmployeeId>, Happened<'a>)> {
    // A rejected case says nothing itself; whoever rejected it did.
    let said = events.iter().rev().find_map(|event| match &event.what {
        What::ItemDecided { comment, .. } => Some(comment.as_str()),
        _ => None,
    });
    let said = said.unwrap_or_default();
    let heard = events.iter().filter_map(|event| {
        let what = match &event.what {
            What::NodeClosed {
                node,
                outcome: Outcome::Passed,
                ..
            } => {
                let step = flow.find(node)?;
                let work = matches!(step, Node::Approve(_) | Node::Task(_) | Node::Wait(_));
                work.then_some(Happened::StepDone {
                    node: &node.0,
                    title: step.title(),
                    title_en: step.title_en(),
                })?
            }
            What::ItemDecided {
                item,
                node,
                decision: decision @ (Decision::Approve | Decision::Reject),
                comment,
                ..
            } => Happened::Voted {
                node: &node.0,
                yes: *decision == Decision::Approve,
                comment,
                of: first_asked(items, *item),
            },
            What::MilestoneReached { key, .. } => Happened::Milestone { key },
            What::CaseClosed { state, reason, .. } => Happened::Closed {
                state: *state,
                reason: if reason.is_empty() { said } else { reason },
            },
            _ => return None,
        };
        Some((event.by, what))
    });
    heard.collect()
}
