//! What cases do by themselves: timers, and acts that were approved 流程后台任务.

use ::approval::command::Action;
use ::approval::event::{Event, What};
use ::approval::item::{Decision, Holder};
use ::approval::sentence::Pair;
use ::approval::state::{Timer, TimerNo, TimerState};
use ::evidence::entry::Approval;
use kernel::CaseId;
use serde::Deserialize;
use spine::{By, Failure, Fault, IdempotencyKey, Job, NewJob, Ran};

use super::acts::command::Command;
use super::acts::fire_timer::FireTimer;
use super::gate;
use super::store::{self, Case};
use crate::house::House;
use crate::registry::{self, Running};
use crate::session;
use crate::told;

/// A timer of a case is due.
pub(crate) const TIMER: &str = "approval.timer";
/// An act that waited for its case goes on.
pub(crate) const PERFORM_HELD: &str = "approval.perform_held";

/// The job of a timer that was armed.
pub(crate) fn timer_job(case: CaseId, timer: &Timer) -> NewJob {
    NewJob {
        kind: TIMER,
        body: serde_json::json!({ "case": case, "timer": timer.no }).to_string(),
        run_at: timer.fire_at,
        unique: Some(format!("{TIMER}/{case}/{}", timer.no.0)),
    }
}

#[derive(Deserialize)]
struct TimerBody {
    case: CaseId,
    timer: TimerNo,
}

/// Fires a timer that is still armed.
pub(crate) fn timer<'a>(house: &'a House, job: &'a Job) -> Running<'a> {
    Box::pin(async move {
        let TimerBody { case, timer } = serde_json::from_str(&job.body)?;
        let system = By::system("job");
        let armed = {
            let mut look = house.spine.look(&system).await?;
            let case = store::find_case(&mut look.books(), case).await?;
            case.and_then(|case| {
                let mut timers = case.state.timers.into_iter();
                timers.find(|it| it.no == timer && it.state == TimerState::Armed)
            })
        };
        match armed {
            Some(timer) if timer.fire_at > house.spine.now() => {
                return Ok(Ran::NotYet(timer.fire_at));
            }
            Some(_) => {
                let act = FireTimer { case, timer };
                house.spine.perform(&act, &system, None).await?;
            }
            None => {}
        }
        Ok(Ran::Through)
    })
}

#[derive(Deserialize)]
struct HeldBody {
    case: CaseId,
}

/// Performs an approved act by the authority of whoever asked for it, decided afresh: the facts may
/// have changed since, and so may his rights. What cannot be done any more is said in the case.
pub(crate) fn perform_held<'a>(house: &'a House, job: &'a Job) -> Running<'a> {
    Box::pin(async move {
        let HeldBody { case } = serde_json::from_str(&job.body)?;
        let case = {
            let system = By::system("job");
            let mut look = house.spine.look(&system).await?;
            store::find_case(&mut look.books(), case).await?
        };
        let case = case.ok_or_else(|| Fault::new("a held act without its case"))?;
        let action = match perform(house, &case).await {
            Ok(label) => Action::Comment {
                text: told::DONE.of(&[label]),
            },
            Err(Failure::Refused(no)) => Action::NotDone {
                why: joined("。", [&no.message, &no.remedy]),
                why_en: joined(". ", [&no.message_en, &no.remedy_en]),
            },
            Err(Failure::Denied(no)) => Action::NotDone {
                why: format!("发起人现已无权办理（{}）", no.reason),
                why_en: format!("Whoever asked may not do it any more ({})", no.reason_en),
            },
            Err(Failure::Fault(fault)) => return Err(fault.into()),
        };
        let note = Command {
            case: case.id,
            by: None,
            action,
            shown: None,
        };
        let key = IdempotencyKey::parse(&format!("held/{}/note", case.id))?;
        house
            .spine
            .perform(&note, &By::system("job"), Some(&key))
            .await?;
        Ok(Ran::Through)
    })
}

/// What is wrong and what would help; the one or the other may be missing.
fn joined(stop: &str, sentences: [&str; 2]) -> String {
    let said = sentences.map(|text| text.trim_end_matches(['。', '.']));
    let said: Vec<&str> = said.into_iter().filter(|text| !text.is_empty()).collect();
    said.join(stop)
}

/// Why an approved act could not be done, in both languages.
pub(super) fn not_done(event: &Event) -> Option<Pair> {
    match &event.what {
        What::NotDone { why, why_en } => Some((why.clone(), why_en.clone())),
        // Cases from before the event was have it as a comment.
        What::Commented { text } if event.by.is_none() => {
            let why = told::NOT_DONE.read(text)?.pop()?;
            let en = format!("The reason was kept in Chinese only: {why}");
            Some((why.to_owned(), en))
        }
        _ => None,
    }
}

/// Everybody who had said yes, for the proof.
fn agreed(case: &Case) -> Vec<Approval> {
    let items = case.state.items.iter();
    let yes = items.filter(|item| item.decision == Some(Decision::Approve));
    yes.filter_map(|item| match (&item.holder, item.done_at) {
        (Holder::Person(person), Some(at)) => Some(Approval {
            by: person.to_string(),
            at,
            decision: "approve".to_owned(),
            record: None,
        }),
        _ => None,
    })
    .collect()
}

async fn perform(house: &House, case: &Case) -> Result<&'static str, Failure> {
    let held = case
        .held
        .as_ref()
        .ok_or_else(|| Fault::new("the case holds no act"))?;
    let line = registry::act(&held.name);
    let line = line.ok_or_else(|| Fault::new(format!("no act is called {}", held.name)))?;
    let act = (line.revive)(held.body.clone())?;
    let initiator = case
        .initiator
        .ok_or_else(|| Fault::new("a held act without initiator"))?;
    let actor = {
        let system = By::system("job");
        let mut look = house.spine.look(&system).await?;
        session::store::actor_of(&mut look.books(), initiator).await?
    };
    let actor = actor.ok_or_else(|| spine::Denied::absent("login"))?;
    let mut by = By::person(actor, gate::APPROVED, "");
    by.trace = case.id.to_string();
    by.approvals = agreed(case);
    let key = IdempotencyKey::parse(&format!("held/{}", case.id))?;
    house.spine.perform_stored(&*act, &by, Some(&key)).await?;
    Ok(line.zh)
}
