//! What a plan does about the progress of its process 交接流程回应.

use ::approval::state::CaseState;
use ::handover::acceptance::Verdict;
use kernel::PlanId;
use spine::AnyAct;

use super::acts::answer::Answer;
use super::acts::approve::Approve;
use super::acts::take_back::TakeBack;
use super::forecast::Seen;
use super::process::{ACCEPT, FLOW, MANAGER};
use crate::approval::{Happened, Happening};

/// What people say in their lists of tasks is written into the plan: an answer, the approval, a no
/// of the superior or of whoever asked. What the system tells a case stands in the plan already.
pub(crate) fn hear(happening: &Happening<'_>) -> Vec<Box<dyn AnyAct>> {
    let plan = happening.subject.strip_prefix("plan/");
    let plan = plan.and_then(|id| id.parse::<PlanId>().ok());
    let (Some(plan), Some(by)) = (plan.filter(|_| happening.flow == FLOW), happening.by) else {
        return Vec::new();
    };
    let seen = happening.shown.map(|shown| Seen {
        digest: shown.digest.clone(),
        body: shown.body.clone(),
    });
    let act: Option<Box<dyn AnyAct>> = match happening.what {
        Happened::Voted {
            node: ACCEPT,
            yes,
            comment,
            of,
        } => {
            let reason = comment.to_owned();
            let verdict = if yes {
                Verdict::Accept
            } else {
                Verdict::Decline { reason }
            };
            let successor = of.unwrap_or(by);
            Some(Box::new(Answer {
                plan,
                successor,
                in_stead: Some(by).filter(|by| *by != successor),
                version: None,
                seen: seen.filter(|_| yes),
                verdict,
            }))
        }
        Happened::StepDone { node: MANAGER, .. } => Some(Box::new(Approve {
            plan,
            version: None,
            by,
            seen,
        })),
        Happened::Closed {
            state: CaseState::Rejected | CaseState::Withdrawn | CaseState::Terminated,
            reason,
        } => Some(Box::new(TakeBack {
            plan,
            reason: reason.to_owned(),
        })),
        _ => None,
    };
    act.into_iter().collect()
}
