//! A leaver objects to what was decided of his commission 对离职提成有异议.

use access::Need;
use kernel::{ContractId, DepartureId, EmployeeId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use crate::commission::exiting::{self, Facts};
use crate::commission::store::{self, ExitSaid};
use crate::{bounds, permissions};

/// Says that amount or decision of an open contract of one's own is wrong; what he writes, whose
/// login may be closed by then, whoever decides takes down for him. The departure cannot be closed
/// until it is answered by a decision, the same or another one.
#[derive(Debug, Serialize, Deserialize)]
pub struct ObjectExit {
    /// In which departure.
    pub departure: DepartureId,
    /// About which contract.
    pub deal: ContractId,
    /// 2..=200 characters.
    pub reason: String,
    /// Whether it came in writing and somebody else takes it down.
    #[serde(default)]
    pub in_writing: bool,
    /// Who says it, or takes it down.
    pub by: EmployeeId,
}

impl Act for ObjectExit {
    const NAME: &'static str = "commission.object_exit";
    type Facts = Facts;
    type Outcome = Moment;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        exiting::facts(books, self.departure).await
    }

    fn needs(&self, facts: &Facts) -> Need {
        facts.needs(if self.in_writing {
            permissions::COMMISSION_EXIT
        } else {
            permissions::COMMISSION_CONFIRM
        })
    }

    fn decide(&self, facts: &Facts, at: Moment) -> Result<Moment, Refusal> {
        if !self.in_writing && facts.found.person.id != self.by {
            let zh = "只有本人可以提出异议";
            return Err(Refusal::conflict(
                "commission.not_own",
                zh,
                "only the leaver in person",
            ));
        }
        facts.must_be_open()?;
        facts.item(self.deal)?;
        bounds::length("/reason", "异议理由", &self.reason, bounds::REASON)?;
        Ok(at)
    }

    async fn write(
        &self,
        facts: &Facts,
        at: &Moment,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let (item, by) = (facts.item(self.deal)?, self.by.to_string());
        let reason = match self.in_writing {
            true => format!("书面异议：{}", self.reason.trim()),
            false => self.reason.clone(),
        };
        let word = facts.word(item, (ExitSaid::Objected, None), &reason, (&by, *at));
        let of = (self.departure, facts.found.person.id);
        Ok(store::add_exit_words(books, of, &facts.words, &[word]).await?)
    }

    fn record(&self, facts: &Facts, _: &Moment) -> Record {
        let reason = self.reason.trim();
        let said = match self.in_writing {
            true => (
                format!("登记本人的书面异议：{reason}"),
                format!("the leaver objects in writing: {reason}"),
            ),
            false => (
                format!("本人有异议：{reason}"),
                format!("the leaver objects: {reason}"),
            ),
        };
        facts.record(&[self.deal], (&said.0, &said.1), None, reason)
    }
}
