//! What a departure does about the progress of its process 流程回应.

use ::approval::state::CaseState;
use kernel::DepartureId;
use spine::AnyAct;

use super::acts::acknowledge::Acknowledge;
use super::acts::call_off::CallOff;
use super::acts::step_done::StepDone;
use super::process::FLOWS;
use crate::approval::{Happened, Happening};

/// The milestone of an agreement to which everybody has said yes.
const AGREED: &str = "departure.agreed";

/// A step that a person ticks off in his list of tasks is the same as the step on the page of the
/// departure; a process that ends with a no calls the departure off. What the system tells a case
/// stands in the books already.
pub(crate) fn hear(happening: &Happening<'_>) -> Vec<Box<dyn AnyAct>> {
    if !FLOWS.contains(&happening.flow) {
        return Vec::new();
    }
    let id = happening.subject.strip_prefix("departure/");
    let Some(departure) = id.and_then(|id| id.parse::<DepartureId>().ok()) else {
        return Vec::new();
    };
    let act: Option<Box<dyn AnyAct>> = match (happening.what, happening.by) {
        (
            Happened::StepDone {
                node,
                title,
                title_en,
            },
            Some(by),
        ) => Some(Box::new(StepDone {
            departure,
            case: happening.case,
            node: node.to_owned(),
            title: title.to_owned(),
            title_en: title_en.to_owned(),
            by,
        })),
        (Happened::Milestone { key: AGREED }, _) => Some(Box::new(Acknowledge {
            departure,
            on: None,
            by: "system".to_owned(),
        })),
        (Happened::Closed { state, .. }, by) if says_no(state, by.is_some()) => {
            let state = Some(state);
            Some(Box::new(CallOff { departure, state }))
        }
        _ => None,
    };
    act.into_iter().collect()
}

/// The system ends a case when its departure is over already.
fn says_no(state: CaseState, by_person: bool) -> bool {
    match state {
        CaseState::Rejected | CaseState::Withdrawn => true,
        CaseState::Terminated => by_person,
        CaseState::Draft | CaseState::Running | CaseState::Completed => false,
    }
}
