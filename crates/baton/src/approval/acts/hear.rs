//! A case hears what was said on the page of its subject 登记页面答复.

use ::approval::command::{Action, Command};
use ::approval::def::NodeId;
use ::approval::fact::Facts as CaseFacts;
use ::approval::item::{Decision, Holder, Item, ItemKind, ItemNo, ItemState};
use ::approval::state::State;
use access::Need;
use kernel::{CaseId, EmployeeId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use crate::approval::casefile::{CaseFile, Turned};
use crate::{permissions, told};

/// Answering on a page and answering in the list of tasks are one step: the slice of the subject
/// wrote the answer down and tells the case, in the same transaction. The slice is not told back.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Hear {
    /// The case.
    pub case: CaseId,
    /// The approval it is about.
    pub node: String,
    /// What changed; without words it is asked again, with words only where the person's seat has
    /// been decided before.
    pub amend: Option<Amendment>,
    /// What somebody said.
    pub word: Option<Word>,
}

/// What is different now.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Amendment {
    /// Facts by the keys that the flow declares.
    pub facts: CaseFacts,
    /// Whose earlier yes still stands.
    pub standing: Vec<EmployeeId>,
}

/// What a person said.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Word {
    /// Who.
    pub by: EmployeeId,
    /// Yes or no.
    pub yes: bool,
    /// 意见
    pub comment: String,
}

impl Act for Hear {
    const NAME: &'static str = "approval.hear";
    type Facts = CaseFile;
    type Outcome = Turned;

    async fn load(&self, books: &mut Reader<'_>) -> Result<CaseFile, Failure> {
        CaseFile::read(books, self.case).await
    }

    fn needs(&self, _file: &CaseFile) -> Need {
        Need::on_everything(permissions::APPROVAL_MANAGE)
    }

    fn decide(&self, file: &CaseFile, at: Moment) -> Result<Turned, Refusal> {
        let (mut state, mut events) = (file.case.state.clone(), Vec::new());
        let said = |state: &State| {
            self.word
                .as_ref()
                .is_some_and(|word| self.said(state, word))
        };
        let seat = |state: &State| self.word.as_ref().and_then(|word| self.seat(state, word));
        if !state.case.is_closed() && !said(&state) {
            if let Some(action) = self.amendment().filter(|_| seat(&state).is_none()) {
                file.by_system(&mut state, &mut events, action, at)?;
            }
            if let Some(word) = &self.word {
                match seat(&state) {
                    Some(item) => {
                        let take = Action::Take {
                            item,
                            to: word.by,
                            comment: told::ON_ITS_PAGE.of(&[]),
                        };
                        file.by_system(&mut state, &mut events, take, at)?;
                        let vote = Command::by(word.by, word.vote(item));
                        file.step(&mut state, &mut events, &vote, at)?;
                    }
                    // The books are ahead of the case, which has nothing left to ask.
                    None => {
                        let reason = told::DONE_ON_ITS_PAGE.of(&[]);
                        let end = Action::Terminate { reason };
                        file.by_system(&mut state, &mut events, end, at)?;
                    }
                }
            }
        }
        Ok(Turned {
            case: self.case,
            state: state.case,
            events,
        })
    }

    async fn write(
        &self,
        file: &CaseFile,
        turned: &Turned,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        file.take(books, turned).await
    }

    fn record(&self, file: &CaseFile, turned: &Turned) -> Record {
        file.record(turned, ("核对了进度，没有新的进展", "nothing new"))
    }
}

impl Hear {
    fn amendment(&self) -> Option<Action> {
        let amend = self.amend.clone()?;
        Some(Action::Amend {
            node: NodeId(self.node.clone()),
            facts: amend.facts,
            standing: amend.standing,
        })
    }

    /// The seats of the present walk.
    fn seats<'a>(&self, state: &'a State) -> Vec<&'a Item> {
        let node = NodeId(self.node.clone());
        let iteration = state.run(&node).map_or(0, |run| run.iteration);
        let items = state.items.iter();
        items
            .filter(|it| it.node == node && it.iteration == iteration)
            .filter(|it| it.kind == ItemKind::Approve)
            .collect()
    }

    /// Whether the case has this word already.
    fn said(&self, state: &State, word: &Word) -> bool {
        let decision = if word.yes {
            Decision::Approve
        } else {
            Decision::Reject
        };
        let holder = Holder::Person(word.by);
        let mut seats = self.seats(state).into_iter();
        seats.any(|it| it.holder == holder && it.decision == Some(decision))
    }

    /// The person's own open seat; else, where he did not have one before, one that waits for
    /// somebody else who could not or did not speak.
    fn seat(&self, state: &State, word: &Word) -> Option<ItemNo> {
        let seats = self.seats(state);
        let holder = Holder::Person(word.by);
        let open = |it: &&&Item| it.state == ItemState::Open;
        if let Some(own) = seats.iter().filter(open).find(|it| it.holder == holder) {
            return Some(own.no);
        }
        let spoke = seats.iter().any(|it| it.holder == holder);
        let mut others = seats.iter().filter(open);
        others
            .find(|it| !spoke && (self.amend.is_none() || matches!(it.holder, Holder::Pool(_))))
            .map(|it| it.no)
    }
}

impl Word {
    fn vote(&self, item: ItemNo) -> Action {
        let comment = self.comment.clone();
        if self.yes {
            Action::Approve { item, comment }
        } else {
            Action::Reject { item, comment }
        }
    }
}
