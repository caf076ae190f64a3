//! The payee objects to a line 提出异议.

use access::Need;
use kernel::{EmployeeId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use crate::bounds;
use crate::commission::month::Month;
use crate::commission::saying::{self as say, Facts};
use crate::commission::store::{self, Said};
use crate::permissions;

/// Says that a line of his own, or that there is none, is wrong, and why. Finance must answer
/// before the month closes.
#[derive(Debug, Serialize, Deserialize)]
pub struct Object {
    /// Which month.
    pub month: Month,
    /// Which line.
    pub key: String,
    /// 2..=200 characters.
    pub reason: String,
    /// Who.
    pub by: EmployeeId,
}

impl Act for Object {
    const NAME: &'static str = "commission.object";
    type Facts = Facts;
    type Outcome = Moment;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        say::facts(books, self.month, &self.key).await
    }

    fn needs(&self, facts: &Facts) -> Need {
        facts.needs(permissions::COMMISSION_CONFIRM)
    }

    fn decide(&self, facts: &Facts, at: Moment) -> Result<Moment, Refusal> {
        facts.must_be_open()?;
        facts.must_be_own(self.by)?;
        bounds::length("/reason", "异议理由", &self.reason, bounds::REASON)?;
        Ok(at)
    }

    async fn write(
        &self,
        facts: &Facts,
        at: &Moment,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let word = facts.word(Said::Objected, &self.reason, self.by.to_string(), *at);
        Ok(store::add_word(books, &word).await?)
    }

    fn record(&self, facts: &Facts, _: &Moment) -> Record {
        facts.record(("本人提出异议", "is objected to"), &self.reason)
    }
}
