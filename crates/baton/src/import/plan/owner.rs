//! Who answers for what comes in 负责人.

use intake::RecordKind;
use kernel::{CustomerId, Day, EmployeeId};

use super::Planner;
use crate::import::line::Line;

type Notes = Vec<String>;

/// Said of an invoice that nobody answers for.
const NOBODY: &str = "没有人负责催收，请在发票页指定回款责任人";

impl Planner {
    /// Whom the file names; an error says why he cannot be the one.
    fn named(&mut self, line: &Line) -> Result<Option<EmployeeId>, String> {
        let Some(key) = line.refers("owner") else {
            return Ok(None);
        };
        let owner: Option<EmployeeId> = self.id(RecordKind::Employee, line, "owner");
        let owner = owner.ok_or_else(|| format!("找不到负责人「{key}」"))?;
        if self.known.left.contains(&owner) {
            return Err("负责人已离职".to_owned());
        }
        self.sells(owner);
        Ok(Some(owner))
    }

    pub(super) fn owner(&mut self, line: &Line, notes: &mut Notes) -> Option<EmployeeId> {
        self.named(line).unwrap_or_else(|why| {
            notes.push(format!("{why}，暂无负责人"));
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
            (Some(why), Some((_, whose))) => notes.push(format!("{why}，按{whose}负责人记")),
            (Some(why), None) => notes.push(format!("{why}，{NOBODY}")),
            (None, None) => notes.push(NOBODY.to_owned()),
            (None, Some(_)) => {}
        }
        instead.map(|(owner, _)| owner)
    }

    /// Who answers for an invoice of which the file names nobody, and whose owner he is; somebody
    /// who left answers for nothing any more.
    fn instead(&self, line: &Line, customer: CustomerId) -> Option<(EmployeeId, &'static str)> {
        let here = |owner: &EmployeeId| !self.known.left.contains(owner);
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
                notes.push("负责起始日早于负责人入职日，按入职日记".to_owned());
                hired
            }
            None => since,
        }
    }
}
