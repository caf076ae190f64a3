//! The payee confirms a line 确认提成.

use access::Need;
use kernel::{EmployeeId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, AnyAct, Failure, Reader, Record, Writer};

use crate::commission::month::Month;
use crate::commission::objection;
use crate::commission::saying::{self as say, Facts};
use crate::commission::store::{self, Said};
use crate::permissions;

/// Says that a line of his own is right. Of a line he had objected to, nobody is asked any more.
#[derive(Debug, Serialize, Deserialize)]
pub struct Confirm {
    /// Which month.
    pub month: Month,
    /// Which line.
    pub key: String,
    /// Who.
    pub by: EmployeeId,
}

impl Act for Confirm {
    const NAME: &'static str = "commission.confirm";
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
        Ok(at)
    }

    async fn write(
        &self,
        facts: &Facts,
        at: &Moment,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let word = facts.word(Said::Confirmed, "", self.by.to_string(), *at);
        Ok(store::add_word(books, &word).await?)
    }

    fn record(&self, facts: &Facts, at: &Moment) -> Record {
        let said = facts.word(Said::Confirmed, "", self.by.to_string(), *at);
        facts.record(("已由本人确认", "confirmed by the payee"), &said)
    }

    fn then(&self, facts: &Facts, _: &Moment) -> Vec<Box<dyn AnyAct>> {
        objection::goes_on(facts.case)
    }
}
