//! What the slice of a subject knows already is told to its case 流程取数.
//!
//! Work that was done inside the application is not done a second time in a list of tasks: whoever
//! keeps the books of the subject says which steps of its case they cover, and the case follows.

use std::collections::BTreeMap;
use std::pin::Pin;

use ::approval::command::{Action, Command};
use ::approval::def::{Node, NodeId};
use ::approval::event::Event;
use ::approval::fact::Value;
use ::approval::item::{Item, ItemKind, ItemState};
use ::approval::policy::Class;
use ::approval::state::State;
use kernel::{Moment, Refusal};
use spine::{Failure, Reader};

use super::casefile::{CaseFile, Turned};

/// What the books say about the steps of a case.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Facts by the keys that the flow declares.
    pub facts: Vec<(&'static str, Value)>,
    /// Steps whose work is done, by id, each with the words that say by whom.
    pub done: BTreeMap<&'static str, String>,
    /// Steps that the books do not cover: one of them that was done has come undone, and is asked
    /// again.
    pub undone: Vec<&'static str>,
    /// The subject is over: every step of work that is still open ends with these words. Money is
    /// not among them; whether it was paid is said by whoever paid it.
    pub rest: Option<String>,
}

/// What reading gives.
pub type Knowing<'a> = Pin<Box<dyn Future<Output = Result<Known, Failure>> + Send + 'a>>;

/// Reads what the books know about a subject, `departure/dep_…`.
pub type Know = for<'a> fn(&'a mut Reader<'_>, &'a str) -> Knowing<'a>;

impl Known {
    fn says(&self, file: &CaseFile, item: &Item) -> Option<Action> {
        if item.kind != ItemKind::Task || item.state != ItemState::Open {
            return None;
        }
        let Some(Node::Task(step)) = file.flow.find(&item.node) else {
            return None;
        };
        let rest = self.rest.as_ref().filter(|_| step.class != Class::Money);
        let comment = self.done.get(step.id.0.as_str()).or(rest)?.clone();
        Some(Action::Complete {
            item: item.no,
            comment,
            checked: step.checklist.clone(),
        })
    }
}

impl CaseFile {
    /// What follows when the case is told what the books know; a step that opens on the way and is
    /// done already passes too. What nobody was there for goes to whom it asks, once there is one.
    pub(crate) fn tell(&self, known: &Known, at: Moment) -> Result<Turned, Refusal> {
        let mut state = self.case.state.clone();
        let mut events: Vec<Event> = Vec::new();
        if !state.case.is_closed() {
            self.by_system(&mut state, &mut events, Action::FindHolders, at)?;
        }
        for (key, value) in &known.facts {
            let news = self.flow.fact(key).is_some() && state.facts.get(*key) != Some(value);
            if news && !state.case.is_closed() {
                let (key, value) = ((*key).to_owned(), value.clone());
                self.by_system(&mut state, &mut events, Action::SetFact { key, value }, at)?;
            }
        }
        for step in known.undone.iter().copied().map(NodeId::from) {
            let is_task = matches!(self.flow.find(&step), Some(Node::Task(_)));
            if is_task && !state.case.is_closed() {
                self.by_system(&mut state, &mut events, Action::Reopen { node: step }, at)?;
            }
        }
        // INVARIANT: every round ends one open item, and without people no step opens twice: what
        // is undone is not done.
        while let Some(action) = state.items.iter().find_map(|it| known.says(self, it)) {
            self.by_system(&mut state, &mut events, action, at)?;
        }
        Ok(Turned {
            case: self.case.id,
            state: state.case,
            events,
        })
    }

    pub(super) fn by_system(
        &self,
        state: &mut State,
        events: &mut Vec<Event>,
        action: Action,
        at: Moment,
    ) -> Result<(), Refusal> {
        self.step(state, events, &Command::by_system(action), at)
    }
}
