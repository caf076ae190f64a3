//! A case with everything its next step needs 案卷.

use std::sync::Arc;

use ::approval::command::{Action, Command};
use ::approval::event::Event;
use ::approval::item::{Holder, ItemNo};
use ::approval::state::{CaseState, State};
use ::approval::validate::Published;
use ::approval::{apply, decide};
use access::Target;
use kernel::{CaseId, EmployeeId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{AnyAct, Denied, Failure, Reader, Record, Writer};

use super::company::Company;
use super::progress::{Happening, Shown, happened};
use super::store::{self, Case};
use crate::{registry, subjects, told};

/// A case, its definition, and the company around it.
pub struct CaseFile {
    pub(crate) case: Case,
    pub(crate) flow: Published,
    pub(crate) company: Arc<Company>,
    /// For whom it is not there: see [`subjects::kept_from`].
    pub(crate) kept_from: Option<EmployeeId>,
}

/// What a step led to.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Turned {
    /// The case.
    pub case: CaseId,
    /// Where it stands now.
    pub state: CaseState,
    /// What happened, in order; nothing when there was nothing to do.
    pub events: Vec<Event>,
}

impl CaseFile {
    /// Reads a case.
    pub(crate) async fn read(books: &mut Reader<'_>, id: CaseId) -> Result<CaseFile, Failure> {
        let case = store::find_case(books, id).await?;
        let case = case.ok_or_else(|| Denied::absent("case"))?;
        let company = Arc::new(Company::read(books).await?);
        CaseFile::within(books, case, &company).await
    }

    /// Reads what belongs to a case of a company that was read before.
    pub(crate) async fn within(
        books: &mut Reader<'_>,
        case: Case,
        company: &Arc<Company>,
    ) -> Result<CaseFile, Failure> {
        let flow = store::flow_of(books, &case).await?.published()?;
        Ok(CaseFile {
            kept_from: subjects::kept_from(books, &case.subject).await?,
            case,
            flow,
            company: Arc::clone(company),
        })
    }

    /// Decides these commands one after another; all of them or none.
    pub(crate) fn turn(&self, commands: &[Command], at: Moment) -> Result<Turned, Refusal> {
        let mut state = self.case.state.clone();
        let mut events = Vec::new();
        for command in commands {
            self.step(&mut state, &mut events, command, at)?;
        }
        Ok(Turned {
            case: self.case.id,
            state: state.case,
            events,
        })
    }

    /// Decides one command on the state that the events before have led to.
    pub(super) fn step(
        &self,
        state: &mut State,
        events: &mut Vec<Event>,
        command: &Command,
        at: Moment,
    ) -> Result<(), Refusal> {
        let more = decide::decide(&self.flow, state, command, &*self.company, at)?;
        more.iter().for_each(|event| apply::apply(state, event));
        events.extend(more);
        Ok(())
    }

    /// Nothing to do.
    pub(crate) fn still(&self) -> Turned {
        Turned {
            case: self.case.id,
            state: self.case.state.case,
            events: Vec::new(),
        }
    }

    /// The command of a person, and before it, when he stands in for the holder today, the step by
    /// which he takes the item over. So the history says whose it was, and every rule of handing on
    /// (may it be handed on, must he stand aside) holds for stand-ins too.
    pub(crate) fn with_stand_in(&self, command: Command) -> Vec<Command> {
        let (Some(by), Some(no)) = (command.by, item_of(&command.action)) else {
            return vec![command];
        };
        let held = self.case.state.item(no).map(|item| &item.holder);
        let Some(Holder::Person(holder)) = held.filter(|_| needs_seat(&command.action)) else {
            return vec![command];
        };
        let stands_in = ::approval::directory::Directory::stand_in_for(&*self.company, *holder);
        if *holder == by || stands_in != Some(by) {
            return vec![command];
        }
        let comment = told::STAND_IN.of(&[]);
        let over = Action::HandOn {
            item: no,
            to: by,
            comment,
        };
        vec![Command::by(*holder, over), command]
    }

    /// Who answers for the case and began it; nobody where a login of no employee did, in whose
    /// stead somebody answers.
    pub(crate) fn began_by(&self, events: &[Event]) -> Option<EmployeeId> {
        let by_nobody = events.first().is_some_and(|first| first.by.is_none());
        self.case.initiator.filter(|_| !by_nobody)
    }

    /// Writes what was decided.
    pub(crate) async fn take(
        &self,
        books: &mut Writer<'_>,
        turned: &Turned,
    ) -> Result<(), Failure> {
        store::take(books, &self.case, &self.flow, &turned.events).await
    }

    /// What happened, in words; `plain` is what was asked, for when nothing worth a sentence was.
    pub(crate) fn record(&self, turned: &Turned, plain: (&str, &str)) -> Record {
        let events = turned.events.iter();
        let story: Vec<(String, String)> = events
            .filter_map(|event| told::line(&self.flow, event, &*self.company))
            .collect();
        let (mut zh, mut en): (Vec<String>, Vec<String>) = story.iter().take(3).cloned().unzip();
        if story.is_empty() {
            zh.push(plain.0.to_owned());
            en.push(plain.1.to_owned());
        }
        let title = &self.case.title;
        let story: Vec<serde_json::Value> = story
            .into_iter()
            .map(|(zh, en)| serde_json::json!({ "zh": zh, "en": en }))
            .collect();
        let record = Record::of(
            format!("case/{}", self.case.id),
            format!("「{title}」{}", zh.join("；")),
            format!("“{}”: {}", told::in_english(title), en.join("; ")),
        );
        record
            .about(self.case.subject.clone())
            .why(&self.flow.key)
            .detail(serde_json::json!({
                "flow": self.flow.key,
                "version": self.flow.version,
                "from_event": turned.events.first().map(|event| event.seq),
                "to_event": turned.events.last().map(|event| event.seq),
                "story": story,
            }))
    }

    /// What the slice of the subject does about it, in the same transaction.
    pub(crate) fn reactions(&self, turned: &Turned) -> Vec<Box<dyn AnyAct>> {
        self.reactions_to(turned, None)
    }

    /// The same, with what somebody had before him when he pressed the button.
    pub(crate) fn reactions_to(
        &self,
        turned: &Turned,
        shown: Option<&Shown>,
    ) -> Vec<Box<dyn AnyAct>> {
        let kind = self
            .case
            .subject
            .split_once('/')
            .map_or("", |(kind, _)| kind);
        let Some(react) = registry::reaction(kind) else {
            return Vec::new();
        };
        let heard = happened(&self.flow, &self.case.state.items, &turned.events).into_iter();
        let acts = heard.flat_map(|(by, what)| {
            react(&Happening {
                case: self.case.id,
                flow: &self.flow.key,
                subject: &self.case.subject,
                about: self.case.about,
                by,
                what,
                shown,
            })
        });
        acts.collect()
    }

    /// Whether the person stands in today for somebody who has something in hand here.
    pub(crate) fn stands_in(&self, person: EmployeeId) -> bool {
        use ::approval::directory::Directory;
        let mut items = self.case.state.items.iter().filter(|item| item.is_live());
        items.any(|item| match item.holder {
            Holder::Person(holder) => self.company.stand_in_for(holder) == Some(person),
            Holder::Pool(_) => false,
        })
    }

    /// Whether the person wants to claim what came from a pool of his.
    pub(crate) fn missed(&self, action: &Action, person: EmployeeId) -> bool {
        use ::approval::directory::Directory;
        let Action::Claim { item } = action else {
            return false;
        };
        let pool = self
            .case
            .state
            .item(*item)
            .and_then(|item| item.pool.as_ref());
        pool.is_some_and(|pool| self.company.members(pool).contains(&person))
    }

    /// What access asks about a case: its initiator owns it, everybody with a part collaborates.
    pub(crate) fn target(&self) -> Target {
        let pools = self
            .case
            .state
            .items
            .iter()
            .filter_map(|item| match &item.holder {
                Holder::Pool(pool) => Some(pool),
                Holder::Person(_) => None,
            });
        let manning =
            pools.flat_map(|pool| ::approval::directory::Directory::members(&*self.company, pool));
        let mut collaborators: Vec<_> = store::parties(&self.case.state)
            .into_iter()
            .chain(manning)
            .collect();
        collaborators.sort_unstable();
        collaborators.dedup();
        Target {
            owner: self.case.initiator,
            collaborators,
            department: self
                .case
                .initiator
                .and_then(|id| self.company.department_of(id)),
            kept_from: self.kept_from,
        }
    }
}

/// The item an action is about.
fn item_of(action: &Action) -> Option<ItemNo> {
    match action {
        Action::Approve { item, .. }
        | Action::Reject { item, .. }
        | Action::Abstain { item, .. }
        | Action::Complete { item, .. }
        | Action::SendBack { item, .. }
        | Action::HandOn { item, .. }
        | Action::Delegate { item, .. }
        | Action::AddSigner { item, .. }
        | Action::RemoveSigner { item }
        | Action::Claim { item }
        | Action::Urge { item }
        | Action::MarkRead { item } => Some(*item),
        _ => None,
    }
}

/// Whether the action is the holder's alone.
fn needs_seat(action: &Action) -> bool {
    !matches!(
        action,
        Action::RemoveSigner { .. }
            | Action::Claim { .. }
            | Action::Urge { .. }
            | Action::MarkRead { .. }
    )
}
