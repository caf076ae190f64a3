//! A month is reviewed 复核结算月份.

use access::Need;
use kernel::{Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use super::close_period::{Facts, facts};
use crate::commission::month::Month;
use crate::commission::store;
use crate::permissions;

/// Finance has looked at the figures of a month that was calculated. Calculating again undoes it.
#[derive(Debug, Serialize, Deserialize)]
pub struct ReviewPeriod {
    /// Which month.
    pub month: Month,
}

impl Act for ReviewPeriod {
    const NAME: &'static str = "commission.review_period";
    type Facts = Facts;
    type Outcome = Month;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        facts(books, self.month).await
    }

    fn needs(&self, _facts: &Facts) -> Need {
        Need::on_everything(permissions::COMMISSION_RUN)
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<Month, Refusal> {
        facts.ledger()?.review(self.month.days().from)?;
        Ok(self.month)
    }

    async fn write(&self, _: &Facts, month: &Month, books: &mut Writer<'_>) -> Result<(), Failure> {
        Ok(store::set_stage(books, *month, false).await?)
    }

    fn record(&self, _: &Facts, month: &Month) -> Record {
        Record::of(
            format!("commission_period/{month}"),
            format!("复核提成结算月份 {month}"),
            format!("Reviewed the commission month {month}"),
        )
    }
}
