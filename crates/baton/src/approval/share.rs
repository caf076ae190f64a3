//! What a case keeps from some who take part in it 可见份额.

use ::approval::event::{Event, What};
use ::approval::item::{Holder, Item, ItemNo};
use ::approval::view::Progress;
use kernel::EmployeeId;
use spine::{Failure, Look};

use super::casefile::CaseFile;
use super::terms::{TermView, terms_of};
use crate::{registry, subjects};

/// How much of a case somebody is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Share {
    /// All of it.
    Whole,
    /// Not what was asked for, and of what is said at this step his own word alone: the page of the
    /// subject keeps the rest from him.
    Part {
        /// The step.
        step: &'static str,
        /// Who reads.
        reader: Option<EmployeeId>,
    },
}

impl Share {
    /// The reader's: all of it where he may read the subject, began the case, or decides at another
    /// step than that at which each speaks for himself.
    pub(crate) async fn of(
        look: &mut Look<'_>,
        file: &CaseFile,
        reader: Option<EmployeeId>,
    ) -> Result<Share, Failure> {
        let subject = file.case.subject.as_str();
        let kind = subject.split_once('/').map_or("", |(kind, _)| kind);
        let Some(step) = registry::discreet(kind) else {
            return Ok(Share::Whole);
        };
        let need = subjects::reading(&mut look.books(), subject).await?;
        let reads = need.is_some_and(|need| look.may(&need));
        let began = reader.is_some() && reader == file.case.initiator;
        let mut items = file.case.state.items.iter();
        let decides = items.any(|item| item.node.0 != step && is_of(item, reader));
        Ok(match reads || began || decides {
            true => Share::Whole,
            false => Share::Part { step, reader },
        })
    }

    /// What was asked for, as far as it is shown.
    pub(super) fn terms(self, file: &CaseFile) -> Vec<TermView> {
        match self {
            Share::Whole => terms_of(file),
            Share::Part { .. } => Vec::new(),
        }
    }

    /// The steps without the seats of others that are not shown.
    pub(super) fn steps(self, steps: Vec<Progress>) -> impl Iterator<Item = Progress> {
        steps.into_iter().map(move |mut line| {
            if let Share::Part { step, reader } = self
                && line.node.0 == step
            {
                let own = reader.map(Holder::Person);
                line.seats.retain(|seat| {
                    let acts = seat.acting_for.is_some() && seat.acting_for == reader;
                    acts || Some(&seat.holder) == own.as_ref()
                });
            }
            line
        })
    }

    /// Whether an event is told.
    pub(super) fn tells(self, file: &CaseFile, event: &Event) -> bool {
        let Share::Part { step, reader } = self else {
            return true;
        };
        let own = |no: ItemNo| {
            let item = file.case.state.item(no);
            item.is_some_and(|item| is_of(item, reader))
        };
        match &event.what {
            What::ItemOpened { item } if item.node.0 == step => own(item.no),
            What::ItemDecided { item, node, .. }
            | What::ItemMoved { item, node, .. }
            | What::Urged { item, node, .. }
                if node.0 == step =>
            {
                own(*item)
            }
            What::ItemsDropped { node, .. } | What::Told { node, .. } => node.0 != step,
            What::NotDone { .. } => false,
            What::Commented { .. } => event.by.is_some() && event.by == reader,
            _ => true,
        }
    }

    /// Whether the entry of a step that this person took is told.
    pub(crate) fn tells_of(self, actor: &str) -> bool {
        match self {
            Share::Whole => true,
            Share::Part { reader, .. } => reader.is_some_and(|one| one.to_string() == actor),
        }
    }
}

/// Whether an item is or was this person's.
fn is_of(item: &Item, person: Option<EmployeeId>) -> bool {
    person.is_some_and(|person| {
        item.holder == Holder::Person(person)
            || item.acting_for == Some(person)
            || item.held_before.contains(&person)
    })
}
