//! The process of a plan: receivers accept, then a superior approves 交接方案流程.
//!
//! The plan keeps the answers and the approval in its own books, and its case asks for them:
//! 我的待办 of each receiver, due times, reminders, the way up. Whoever answers on the page or in
//! the list of tasks does it once; the other side hears of it in the same transaction.

use ::approval::command::Action;
use ::approval::fact::{Facts, Value};
use ::handover::acceptance::{Answer, Standing, Verdict, standings};
use ::handover::plan::HandoverPlan;
use kernel::{CaseId, EmployeeId, PlanId};
use spine::{AnyAct, Failure, Reader};

use super::loaded::Loaded;
use crate::approval;
use crate::approval::acts::command::Command;
use crate::approval::acts::hear::{Amendment, Hear, Word};
use crate::approval::acts::start::Start;
use crate::told;

/// The flow of a plan.
pub(crate) const FLOW: &str = "handover.plan";
/// The step of the receivers.
pub(crate) const ACCEPT: &str = "accept";
/// The step of the superior.
pub(crate) const MANAGER: &str = "manager";

/// `plan/pln_…`
pub(crate) fn subject(id: PlanId) -> String {
    format!("plan/{id}")
}

/// The case that asks for this plan now.
pub(crate) async fn case_of(books: &mut Reader<'_>, id: PlanId) -> Result<Option<CaseId>, Failure> {
    Ok(approval::store::running_case(books, &subject(id), FLOW).await?)
}

/// Who is asked. All of them gain, so none of them decides about the plan (law.md §8.2).
fn facts(plan: &HandoverPlan) -> Facts {
    let receivers = plan.successors();
    let names = receivers.iter().map(EmployeeId::to_string).collect();
    Facts::from([("successors".to_owned(), Value::List(names))])
}

/// The act that asks everybody who gets something of this plan.
pub(crate) fn begins(loaded: &Loaded, plan: &HandoverPlan) -> Box<dyn AnyAct> {
    Box::new(Start {
        case: None,
        flow: FLOW.to_owned(),
        title: told::OF_PLAN.of(&[&loaded.person.called(), &loaded.head.number]),
        subject: loaded.subject(),
        about: Some(loaded.head.from),
        initiator: loaded.head.drawn_by.parse().ok(),
        facts: facts(plan),
        held: None,
    })
}

fn standing(plan: &HandoverPlan, answers: &[Answer]) -> Vec<EmployeeId> {
    let all = standings(plan, answers).into_iter();
    all.filter(|(_, standing)| *standing == Standing::Accepted)
        .map(|(person, _)| person)
        .collect()
}

/// The plan has changed to this: whoever's share is another one is asked again, and so is the
/// superior. A plan that gives nothing to anybody asks nobody.
pub(crate) fn changes(
    loaded: &Loaded,
    plan: &HandoverPlan,
    answers: &[Answer],
) -> Option<Box<dyn AnyAct>> {
    match (loaded.consent, plan.successors().is_empty()) {
        (Some(case), true) => Some(ends(case, &told::NO_SUCCESSOR.of(&[]))),
        (Some(case), false) => Some(Box::new(Hear {
            case,
            node: ACCEPT.to_owned(),
            amend: Some(Amendment {
                facts: facts(plan),
                standing: standing(plan, answers),
            }),
            word: None,
        })),
        (None, true) => None,
        (None, false) => Some(begins(loaded, plan)),
    }
}

/// A receiver has answered on the page of the plan.
pub(crate) fn answered(loaded: &Loaded, before: &[Answer], said: &Answer) -> Option<Hear> {
    let (yes, comment) = match &said.verdict {
        Verdict::Accept => (true, String::new()),
        Verdict::Decline { reason } => (false, reason.trim().to_owned()),
    };
    let mut standing = standing(&loaded.plan, before);
    standing.retain(|person| *person != said.successor);
    Some(Hear {
        case: loaded.consent?,
        node: ACCEPT.to_owned(),
        amend: Some(Amendment {
            facts: facts(&loaded.plan),
            standing,
        }),
        word: Some(Word {
            by: said.successor,
            yes,
            comment,
        }),
    })
}

/// A superior has approved on the page of the plan.
pub(crate) fn approved(case: CaseId, by: EmployeeId) -> Hear {
    Hear {
        case,
        node: MANAGER.to_owned(),
        amend: None,
        word: Some(Word {
            by,
            yes: true,
            comment: String::new(),
        }),
    }
}

/// Nobody is asked any more.
pub(crate) fn ends(case: CaseId, reason: &str) -> Box<dyn AnyAct> {
    let action = Action::Terminate {
        reason: reason.to_owned(),
    };
    Box::new(Command {
        case,
        by: None,
        action,
        shown: None,
    })
}
