//! Who answers for what comes in 负责人.

use intake::RecordKind;
use kernel::{CustomerId, Day, EmployeeId};

use super::Planner;
use crate::import::line::Line;
use crate::import::notes;

type Notes = Vec<String>;

impl Planner {
    /// Whom the file names; an error says why he cannot be the one.
    fn named(&mut self, line: &Line) -> Result<Option<EmployeeId>, String> {
        let Some(key) = line.refers("owner") else {
            return Ok(None);
        };
        let owner: Option<EmployeeId> = self.id(RecordKind::Employee, line, "owner");
        let owner = owner.ok_or_else(|| self.lacks_owner(key))?;
        if self.known.has_left(owner) {
            return Err(notes::HAS_LEFT.zh().to_owned());
        }
        self.sells(owner);
        Ok(Some(owner))
    }

    /// Why the one whom the file names is given no customer, as the form says; nothing where he can
    /// have it, or is not found.
    pub(super) fn takes_none(&self, line: &Line) -> Option<String> {
        let owner: EmployeeId = self.id(RecordKind::Employee, line, "owner")?;
        let going = self.known.going.get(&owner)?;
        let why = match going.left {
            true => notes::OWNER_LEFT,
            false => notes::OWNER_GOES,
        };
        Some(why.of(&[&going.called]))
    }

    /// Why a customer stays with whom it has, though the file names somebody else; nothing where it
    /// goes to him.
    pub(super) fn stays(&self, line: &Line, from: Option<EmployeeId>) -> Option<String> {
        let Some(key) = line.refers("owner") else {
            return Some(notes::NO_OWNER_SAID.zh().to_owned());
        };
        let to: Option<EmployeeId> = self.id(RecordKind::Employee, line, "owner");
        if to.is_none() {
            return Some(self.lacks_owner(key));
        }
        if let Some(why) = self.takes_none(line) {
            return Some(why);
        }
        // What somebody who leaves holds goes by a plan, with its receivables and its terms.
        let giver = self.known.going.get(&from?)?;
        let number = giver.departure.as_ref()?;
        let who = &giver.called;
        Some(notes::OWNER_LEAVES.of(&[who, number]))
    }

    pub(super) fn owner(&mut self, line: &Line, notes: &mut Notes) -> Option<EmployeeId> {
        self.named(line).unwrap_or_else(|why| {
            notes.push(notes::UNOWNED.of(&[&why]));
            None
        })
    }

    /// Who must chase an invoice: named in the file, else the owner of its order, its contract,
    /// its customer. An invoice that nobody chases is easily forgotten, so the row says so.
    pub(super) fn responsible(
        &mut self,
        line: &Line,
        customer: CustomerId,
        notes: &mut Notes,
    ) -> Option<EmployeeId> {
        let why = match self.named(line) {
            Ok(Some(owner)) => return Some(owner),
            Ok(None) => None,
            Err(why) => Some(why),
        };
        let instead = self.instead(line, customer);
        match (why, instead) {
            (Some(why), Some((_, whose))) => notes.push(notes::INSTEAD.of(&[&why, whose])),
            (Some(why), None) => notes.push(notes::WHY_UNCHASED.of(&[&why])),
            (None, None) => notes.push(notes::UNCHASED.zh().to_owned()),
            (None, Some(_)) => {}
        }
        instead.map(|(owner, _)| owner)
    }

    /// Who answers for an invoice of which the file names nobody, and whose owner he is; somebody
    /// who left answers for nothing any more.
    fn instead(&self, line: &Line, customer: CustomerId) -> Option<(EmployeeId, &'static str)> {
        let here = |owner: &EmployeeId| !self.known.has_left(*owner);
        let paper = |kind: RecordKind, field: &str| {
            let id: String = self.resolve(kind, line.refers(field)?)?;
            let new = self.paper_owners.get(&id);
            let owner = new.or_else(|| self.known.paper_owners.get(&id)).copied();
            Some((owner.filter(here)?, kind.label()))
        };
        let of_customer = || {
            let owner = self.owner_of(customer).filter(here)?;
            Some((owner, RecordKind::Customer.label()))
        };
        paper(RecordKind::Order, "order")
            .or_else(|| paper(RecordKind::Contract, "contract"))
            .or_else(of_customer)
    }

    pub(super) fn owner_of(&self, customer: CustomerId) -> Option<EmployeeId> {
        match self.owners.get(&customer) {
            Some(owner) => *owner,
            None => self.known.owners.get(&customer).copied().flatten(),
        }
    }

    /// Since when a customer is its owner's. Nobody owned anything before he was hired, as the form
    /// says too.
    pub(super) fn since(&self, line: &Line, owner: Option<EmployeeId>, notes: &mut Notes) -> Day {
        let today = self.around.today;
        let since = line.day("owned_since").unwrap_or(today);
        let hired = owner.and_then(|owner| self.known.hired.get(&owner).copied());
        match hired.filter(|hired| since < *hired && *hired <= today) {
            Some(hired) => {
                notes.push(notes::SINCE_HIRED.zh().to_owned());
                hired
            }
            None => since,
        }
    }
}
