//! Who answers for what comes in 负责人.

use intake::RecordKind;
use kernel::{CustomerId, Day, EmployeeId};

use super::Planner;
use super::known::Identity;
use crate::import::line::Line;
use crate::import::notes;

type Notes = Vec<String>;

/// Whether a later file may give a record of this kind an owner; who must chase an invoice is never
/// told by another file than its first one.
pub(super) fn may_be_given(kind: RecordKind) -> bool {
    use RecordKind::{Contract, Customer, Opportunity, Order};
    matches!(kind, Customer | Opportunity | Contract | Order)
}

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

    /// Whom a record that came in before gets by this file: one that has no owner gets whom the
    /// file names `anew`, or named all along where nobody ever owned it; nothing is taken from
    /// anybody, since receivables, contracts and terms do not follow a file. An error says why the
    /// owner stays.
    pub(super) fn given(
        &self,
        file: &Line,
        identity: &Identity,
        anew: bool,
    ) -> Result<Option<EmployeeId>, String> {
        if !may_be_given(file.kind) {
            return Ok(None);
        }
        let has = self.has(file.kind, &identity.record);
        let stays = |why: &str| match has {
            Some(_) => notes::OWNER_STAYS.of(&[why]),
            None => notes::UNOWNED.of(&[why]),
        };
        let unless_anew = |why: String| if anew { Err(why) } else { Ok(None) };
        if self.was_merged(&identity.record) {
            return unless_anew(notes::MERGED_OWNER.zh().to_owned());
        }
        let Some(key) = file.refers("owner") else {
            return match has {
                Some(_) => unless_anew(stays(notes::NO_OWNER_SAID.zh())),
                None => Ok(None),
            };
        };
        let Some(to) = self.id::<EmployeeId>(RecordKind::Employee, file, "owner") else {
            return unless_anew(stays(&self.lacks_owner(key)));
        };
        match has {
            Some(has) if has == to => Ok(None),
            Some(has) => Err(self.held(file, has, to)),
            None if !(anew || identity.unowned) => Ok(None),
            None => match self.unable(file, to) {
                Some(why) => unless_anew(stays(&why)),
                None => Ok(Some(to)),
            },
        }
    }

    /// The owner of a record that came in before, after what was read of the batch so far.
    fn has(&self, kind: RecordKind, record: &str) -> Option<EmployeeId> {
        if kind == RecordKind::Customer {
            return self.owner_of(record.parse().ok()?);
        }
        let new = self.paper_owners.get(record);
        new.or_else(|| self.known.paper_owners.get(record)).copied()
    }

    fn was_merged(&self, record: &str) -> bool {
        let customer = record.parse::<CustomerId>();
        customer.is_ok_and(|customer| self.known.merged.contains_key(&customer))
    }

    /// Why he owns no such record; nothing where he may.
    fn unable(&self, line: &Line, to: EmployeeId) -> Option<String> {
        if line.kind == RecordKind::Customer {
            return self.takes_none(line);
        }
        let left = self.known.has_left(to);
        left.then(|| notes::HAS_LEFT.zh().to_owned())
    }

    /// Said of a record that stays with its owner though the file names another one.
    fn held(&self, line: &Line, has: EmployeeId, to: EmployeeId) -> String {
        if line.kind == RecordKind::Customer {
            if let Some(why) = self.takes_none(line) {
                return notes::OWNER_STAYS.of(&[&why]);
            }
            // What somebody who leaves holds goes by his plan.
            let giver = self.known.going.get(&has);
            let leaves = giver.and_then(|giver| Some((&giver.called, giver.departure.as_ref()?)));
            if let Some((who, number)) = leaves {
                let why = notes::OWNER_LEAVES.of(&[who, number]);
                return notes::OWNER_STAYS.of(&[&why]);
            }
        }
        // Somebody of the batch is not in the books yet.
        let key = line.refers("owner").unwrap_or_default();
        let called = |who: EmployeeId| self.known.people.get(&who).map_or(key, String::as_str);
        notes::OWNER_HELD.of(&[line.kind.label(), called(to), called(has)])
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
