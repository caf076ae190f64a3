//! A month of settlement is opened 开放结算月份.

use access::Need;
use kernel::{Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use crate::commission::month::Month;
use crate::commission::store::{self, PeriodRow};
use crate::permissions;

/// Opens the month after the last one; the first may be any that has begun. What was earned before
/// the first month is settled elsewhere, and stays so.
#[derive(Debug, Serialize, Deserialize)]
pub struct OpenPeriod {
    /// Which month.
    pub month: Month,
}

/// What the decision needs to know.
pub struct Facts {
    periods: Vec<PeriodRow>,
    this_month: Month,
}

impl Act for OpenPeriod {
    const NAME: &'static str = "commission.open_period";
    type Facts = Facts;
    type Outcome = Month;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        Ok(Facts {
            periods: store::periods(books).await?,
            this_month: Month::of(books.today()),
        })
    }

    fn needs(&self, _facts: &Facts) -> Need {
        Need::on_everything(permissions::COMMISSION_RUN)
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<Month, Refusal> {
        let next = facts.periods.last().map(|last| last.month.next());
        if let Some(next) = next.filter(|next| *next != self.month) {
            let zh = format!("下一个应开放的月份是 {next}");
            return Err(Refusal::conflict(
                "commission.not_the_next_month",
                zh.clone(),
                format!("the next month to open is {next}"),
            )
            .remedy((
                "结算月份须连续，不得跳过",
                "Months follow each other; none may be left out",
            ))
            .at("/month", zh));
        }
        if self.month > facts.this_month {
            let zh = "不能开放尚未到来的月份";
            return Err(
                Refusal::conflict("commission.month_ahead", zh, "the month lies ahead")
                    .at("/month", zh),
            );
        }
        Ok(self.month)
    }

    async fn write(&self, _: &Facts, month: &Month, books: &mut Writer<'_>) -> Result<(), Failure> {
        Ok(store::add_period(books, *month).await?)
    }

    fn record(&self, _: &Facts, month: &Month) -> Record {
        Record::of(
            format!("commission_period/{month}"),
            format!("开放提成结算月份 {month}"),
            format!("Opened the commission month {month}"),
        )
    }
}
