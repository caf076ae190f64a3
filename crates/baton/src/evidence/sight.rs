//! What of an entry somebody may read 可见范围.
//!
//! An entry is read by whoever may read its first subject, and by whoever reads the whole log
//! unless pages keep such things from him: commission, and what customers owe. In the history of a
//! thing stand entries that only mention it, and some say what the page of the thing itself hides
//! from some who read it: those are shown as the page shows them. Bundles ask here too.

use std::collections::{BTreeMap, HashMap};

use access::{Mode, Need};
use kernel::{CaseId, EmployeeId};
use serde_json::Value as Json;
use spine::{Act as _, Failure, LogRow, Look};

use super::view::subjects_of;
use crate::approval::CaseFile;
use crate::approval::share::Share;
use crate::customer::reading;
use crate::departure::acts::file::File;
use crate::departure::acts::record_check::{CONFIDED, RecordCheck};
use crate::departure::acts::withdraw_by_agreement::WithdrawByAgreement;
use crate::house::House;
use crate::http::{Caller, Reply};
use crate::people::acts::set_state::SetState;
use crate::{departure, people, permissions, registry, subjects};

/// Stands in a detail for what the caller may not read.
const HIDDEN: &str = "not_yours_to_read";

/// How much of one entry is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sight {
    /// Nothing: for this reader it is not there.
    Absent,
    /// That it is there, and its proof.
    Hidden,
    /// Its story.
    Whole,
    /// Its story without this field of the detail.
    Without(&'static str),
}

impl Sight {
    pub(super) fn is_in_words(self) -> bool {
        matches!(self, Sight::Whole | Sight::Without(_))
    }

    /// The story as it is shown; none when it is hidden or was erased.
    pub(super) fn of(self, row: &LogRow) -> Option<Json> {
        let mut story = row.story().filter(|_| self.is_in_words())?;
        if let Sight::Without(field) = self
            && let Some(kept) = story["detail"].get_mut(field)
            && *kept != ""
        {
            *kept = Json::from(HIDDEN);
        }
        Some(story)
    }
}

/// Whether the entry says that a person began to leave, or stays after all.
fn says_who_leaves(row: &LogRow) -> bool {
    if row.kind != SetState::NAME {
        return false;
    }
    let Some(story) = row.story() else {
        return false;
    };
    let (before, after) = (&story["detail"]["before"], &story["detail"]["after"]);
    after == "notice" || (before == "notice" && after == "active")
}

/// What an entry is about in the first place.
pub(super) fn first_subject(row: &LogRow) -> Option<String> {
    subjects_of(row).into_iter().next()
}

fn says_sums(row: &LogRow) -> bool {
    let says = |story: Json| story["detail"]["sums"].is_object();
    row.story().is_some_and(says)
}

/// The field of the detail in which an entry of a departure keeps what was told in confidence: in
/// the talk at the end, by the union, of somebody's health, or why both sides took it back. It is
/// read by whoever reads why the person leaves, and a bundle keeps it back unless it is chosen.
pub(crate) fn confided(row: &LogRow) -> Option<&'static str> {
    match row.kind.as_str() {
        WithdrawByAgreement::NAME => Some("reason"),
        RecordCheck::NAME => {
            let story = row.story()?;
            let check = &story["detail"]["check"];
            let kept = check["check"]
                .as_str()
                .is_some_and(|of| CONFIDED.contains(&of));
            let is_said = check["note"]
                .as_str()
                .is_some_and(|note| !note.trim().is_empty());
            (kept && is_said).then_some("check")
        }
        _ => None,
    }
}

/// What the caller may read of what a departure keeps from others.
#[derive(Clone, Copy)]
struct Private {
    reason: bool,
    sums: bool,
}

/// What one caller may read; each subject is asked for once.
pub(crate) struct Eyes {
    /// No entry in words.
    blind: bool,
    /// Every entry.
    all: bool,
    /// That every entry is there.
    audits: bool,
    /// Whether a dismissal of his own is kept from him; none before it was asked.
    unaware: Option<bool>,
    employee: Option<EmployeeId>,
    subjects: HashMap<String, bool>,
    departures: HashMap<String, Option<Private>>,
    cases: BTreeMap<CaseId, Share>,
}

impl Eyes {
    pub(crate) fn of(look: &Look<'_>, caller: &Caller, in_words: bool) -> Eyes {
        Eyes {
            blind: !in_words,
            all: look.may(&Need::on_everything(permissions::EVIDENCE_READ)),
            audits: look.may(&Need::on_everything(permissions::EVIDENCE_AUDIT)),
            unaware: None,
            employee: caller.by.employee(),
            subjects: HashMap::new(),
            departures: HashMap::new(),
            cases: BTreeMap::new(),
        }
    }

    /// How much of this entry is shown.
    pub(crate) async fn on(&mut self, look: &mut Look<'_>, row: &LogRow) -> Result<Sight, Failure> {
        let about = subjects_of(row);
        if self.is_kept(look, row, &about).await?
            || self.tells_of_leaving(look, row, &about).await?
        {
            return Ok(Sight::Absent);
        }
        let Some(first) = about.first().filter(|_| !self.blind) else {
            return Ok(match self.all && !self.blind {
                true => Sight::Whole,
                false => Sight::Hidden,
            });
        };
        let opens = self.opens(look, first).await?;
        if !opens || !self.hears(look, row, &about).await? {
            return Ok(Sight::Hidden);
        }
        let said = match row.kind.as_str() {
            File::NAME => Some("reason"),
            RecordCheck::NAME if says_sums(row) => {
                let private = self.private(look, first).await?;
                return Ok(match private.is_some_and(|private| private.sums) {
                    true => Sight::Whole,
                    false => Sight::Hidden,
                });
            }
            _ => confided(row),
        };
        let Some(said) = said else {
            return Ok(Sight::Whole);
        };
        let private = self.private(look, first).await?;
        Ok(match private.is_some_and(|private| private.reason) {
            true => Sight::Whole,
            false => Sight::Without(said),
        })
    }

    /// Whether the entry speaks of what is kept from the caller, himself.
    async fn is_kept(
        &mut self,
        look: &mut Look<'_>,
        row: &LogRow,
        about: &[String],
    ) -> Result<bool, Failure> {
        if !self.is_unaware(look).await? {
            return Ok(false);
        }
        let own = self.employee.map(|me| format!("employee/{me}"));
        if about.first() == own.as_ref() && says_who_leaves(row) {
            return Ok(true);
        }
        for subject in about {
            if subjects::kept_from(&mut look.books(), subject).await? == self.employee {
                return Ok(true);
            }
        }
        Ok(false)
    }

    async fn is_unaware(&mut self, look: &mut Look<'_>) -> Result<bool, Failure> {
        if let Some(known) = self.unaware {
            return Ok(known);
        }
        let kept = departure::store::kept_from(&mut look.books(), self.employee).await?;
        self.unaware = Some(!kept.is_empty());
        Ok(!kept.is_empty())
    }

    /// Whether it tells somebody who reads the history of another thing, and nothing of departures,
    /// that a person is about to leave: the name of the act alone says so.
    async fn tells_of_leaving(
        &mut self,
        look: &mut Look<'_>,
        row: &LogRow,
        about: &[String],
    ) -> Result<bool, Failure> {
        let Some(first) = about.first().filter(|_| !self.all && !self.audits) else {
            return Ok(false);
        };
        if first.starts_with("departure/") {
            return Ok(!self.reads(look, first).await?);
        }
        if !says_who_leaves(row) {
            return Ok(false);
        }
        let id = first.strip_prefix("employee/");
        let Some(id) = id.and_then(|id| id.parse().ok()) else {
            return Ok(false);
        };
        let person = people::store::find_employee(&mut look.books(), id).await?;
        Ok(person.is_none_or(|person| {
            let knows = Need::on(permissions::DEPARTURE_READ, person.target());
            self.employee != Some(person.id) && !look.may(&knows)
        }))
    }

    /// Whether the log as a whole or the right to its subject opens an entry.
    async fn opens(&mut self, look: &mut Look<'_>, subject: &str) -> Result<bool, Failure> {
        let kept = subjects::kept_by(subject);
        let shown = kept.is_none_or(|by| look.may(&Need::on_everything(by)));
        Ok((self.all && shown) || self.reads(look, subject).await?)
    }

    /// Whether the case that an entry is about tells the caller what others said in it.
    async fn hears(
        &mut self,
        look: &mut Look<'_>,
        row: &LogRow,
        about: &[String],
    ) -> Result<bool, Failure> {
        let [first, subject, ..] = about else {
            return Ok(true);
        };
        let kind = subject.split_once('/').map_or("", |(kind, _)| kind);
        let case: Option<CaseId> = first.strip_prefix("case/").and_then(|id| id.parse().ok());
        let (Some(case), Some(_)) = (case, registry::discreet(kind)) else {
            return Ok(true);
        };
        if let Some(share) = self.cases.get(&case) {
            return Ok(share.tells_of(&row.actor));
        }
        let file = match CaseFile::read(&mut look.books(), case).await {
            Ok(file) => file,
            Err(Failure::Denied(_)) => return Ok(true),
            Err(failure) => return Err(failure),
        };
        let share = Share::of(look, &file, self.employee).await?;
        self.cases.insert(case, share);
        Ok(share.tells_of(&row.actor))
    }

    async fn reads(&mut self, look: &mut Look<'_>, subject: &str) -> Result<bool, Failure> {
        if let Some(known) = self.subjects.get(subject) {
            return Ok(*known);
        }
        let need = subjects::reading(&mut look.books(), subject).await?;
        let reads = need.is_some_and(|need| look.may(&need));
        self.subjects.insert(subject.to_owned(), reads);
        Ok(reads)
    }

    /// None when the subject is no departure of somebody in the books.
    async fn private(
        &mut self,
        look: &mut Look<'_>,
        subject: &str,
    ) -> Result<Option<Private>, Failure> {
        if let Some(known) = self.departures.get(subject) {
            return Ok(*known);
        }
        let mut found = None;
        if let Some(id) = subject
            .strip_prefix("departure/")
            .and_then(|id| id.parse().ok())
            && let Some(departure) = departure::store::find(&mut look.books(), id).await?
        {
            let whose = departure.employee;
            found = people::store::find_employee(&mut look.books(), whose).await?;
        }
        let private = found.map(|person| Private {
            reason: departure::knows_why(look, self.employee, &person),
            sums: look.may(&Need::on(permissions::RECEIVABLE_READ, person.target())),
        });
        self.departures.insert(subject.to_owned(), private);
        Ok(private)
    }
}

/// Charges somebody who is leaving for the customer whose history he is shown.
pub(super) async fn charge(
    house: &House,
    caller: &Caller,
    look: &mut Look<'_>,
    subject: &str,
) -> Reply<()> {
    if caller.login.actor.mode == Mode::Normal {
        return Ok(());
    }
    let customer = subjects::customer_of(&mut look.books(), subject).await?;
    reading::charge(house, caller, look, customer).await
}
