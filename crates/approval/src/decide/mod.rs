//! From a command to events, or to a refusal with its reason 流程决策.
//!
//! Each file holds one kind of command; `advance` walks the tree afterwards until nothing more
//! follows by itself.

mod advance;
mod amend;
mod facts;
mod moves;
mod notes;
mod outside;
mod place;
mod refusals;
mod seats;
mod send_back;
mod signers;
mod start;
mod timers;
mod vote;

use kernel::{EmployeeId, Moment, Refusal};

use crate::apply::apply;
use crate::command::{Action, Command, PlanRow};
use crate::def::{Node, NodeId};
use crate::directory::Directory;
use crate::event::{Event, What};
use crate::state::{CaseState, State};
use crate::validate::Published;

/// The key of the only sub-case of a `sub` step.
pub const SUB_KEY: &str = "sub";

/// A case is worked on at this desk: a copy of the state that follows every event at once.
struct Desk<'a> {
    flow: &'a Published,
    directory: &'a dyn Directory,
    at: Moment,
    by: Option<EmployeeId>,
    state: State,
    events: Vec<Event>,
}

type Done = Result<(), Refusal>;

/// What follows from a command. Pure and deterministic; nothing has happened until the caller has
/// stored the events and [`apply`]'d them.
///
/// # Errors
/// A [`Refusal`] in the words of the person who asked; `conflict` when the case has moved on.
pub fn decide(
    flow: &Published,
    state: &State,
    command: &Command,
    directory: &dyn Directory,
    at: Moment,
) -> Result<Vec<Event>, Refusal> {
    let mut desk = Desk {
        flow,
        directory,
        at,
        by: command.by,
        state: state.clone(),
        events: Vec::new(),
    };
    desk.admit(&command.action)?;
    desk.carry_out(&command.action)?;
    desk.settle()?;
    Ok(desk.events)
}

/// Where a leaver's items would go by themselves, for showing before it is done.
#[must_use]
pub fn handover_plan(
    flow: &Published,
    state: &State,
    from: EmployeeId,
    directory: &dyn Directory,
) -> Vec<PlanRow> {
    let desk = Desk {
        flow,
        directory,
        at: Moment(0),
        by: None,
        state: state.clone(),
        events: Vec::new(),
    };
    desk.default_plan(from)
}

impl<'a> Desk<'a> {
    fn emit(&mut self, what: What) {
        let event = Event {
            seq: self.state.version + 1,
            at: self.at,
            by: self.by,
            what,
        };
        apply(&mut self.state, &event);
        self.events.push(event);
    }

    fn find(&self, id: &NodeId) -> Option<&'a Node> {
        self.flow.find(id)
    }

    /// What the state of the case as a whole forbids.
    fn admit(&self, action: &Action) -> Done {
        let starting = matches!(action, Action::Start { .. });
        match self.state.case {
            CaseState::Draft if starting => return Ok(()),
            CaseState::Draft => return Err(refusals::not_started()),
            _ if starting => return Err(refusals::already_started()),
            _ => {}
        }
        let own = (self.flow.key.clone(), self.flow.version);
        if self.state.definition.as_ref() != Some(&own) {
            return Err(refusals::other_definition(&own.0, own.1));
        }
        let harmless = matches!(
            action,
            Action::Comment { .. } | Action::MarkRead { .. } | Action::NotDone { .. }
        );
        if self.state.case.is_closed() && !harmless {
            return Err(refusals::case_closed(self.state.case));
        }
        Ok(())
    }

    fn carry_out(&mut self, action: &Action) -> Done {
        match action {
            Action::Start {
                initiator,
                subject,
                subject_person,
                facts,
            } => self.start(*initiator, subject, *subject_person, facts),
            Action::Approve { item, comment } => self.approve(*item, comment),
            Action::Reject { item, comment } => self.reject(*item, comment),
            Action::Abstain { item, comment } => self.abstain(*item, comment),
            Action::Complete {
                item,
                comment,
                checked,
            } => self.complete(*item, comment, checked),
            Action::SendBack { item, to, comment } => self.send_back(*item, to, comment),
            Action::Withdraw { reason } => self.withdraw(reason),
            Action::HandOn { item, to, comment } => self.hand_on(*item, *to, comment),
            Action::Delegate { item, to, comment } => self.delegate(*item, *to, comment),
            Action::AddSigner {
                item,
                person,
                seating,
                comment,
            } => self.add_signer(*item, *person, *seating, comment),
            Action::RemoveSigner { item } => self.remove_signer(*item),
            Action::Claim { item } => self.claim(*item),
            Action::Urge { item } => self.urge(*item),
            Action::Comment { text } => self.comment(text),
            Action::MarkRead { item } => self.mark_read(*item),
            Action::FireTimer { timer } => self.fire_timer(*timer),
            Action::SetFact { key, value } => self.set_fact(key, value),
            Action::ChildClosed { node, key, outcome } => self.child_closed(node, key, *outcome),
            Action::CallSucceeded { node } => self.call_succeeded(node),
            Action::CallFailed { node, reason } => self.call_failed(node, reason),
            Action::Terminate { reason } => self.terminate(reason),
            Action::HandOnByDeparture { from, plan } => self.hand_on_by_departure(*from, plan),
            Action::HandOnListed { from, plan } => self.hand_on_listed(*from, plan),
            Action::Amend {
                node,
                facts,
                standing,
            } => self.amend(node, facts, standing),
            Action::Reopen { node } => self.reopen(node),
            Action::Take { item, to, comment } => self.take(*item, *to, comment),
            Action::FindHolders => self.find_holders(),
            Action::PassToInitiator { to } => self.pass_to_initiator(*to),
            Action::NotDone { why, why_en } => self.not_done(why, why_en),
        }
    }
}
