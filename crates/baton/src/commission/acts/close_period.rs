//! A month is closed 提成关账.

use ::commission::period::Ledger;
use access::Need;
use kernel::{Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Denied, Failure, Reader, Record, Writer};

use crate::commission::month::Month;
use crate::commission::store::{self, PeriodRow};
use crate::permissions;

/// Closes a month that was reviewed: its lines never move again. Objections must be answered
/// before.
#[derive(Debug, Serialize, Deserialize)]
pub struct ClosePeriod {
    /// Which month.
    pub month: Month,
}

/// What the decision needs to know.
pub struct Facts {
    periods: Vec<PeriodRow>,
    objections: i64,
}

/// What is known about a month that is there.
pub(super) async fn facts(books: &mut Reader<'_>, month: Month) -> Result<Facts, Failure> {
    let periods = store::periods(books).await?;
    if !periods.iter().any(|period| period.month == month) {
        return Err(Denied::absent("commission_period").into());
    }
    Ok(Facts {
        periods,
        objections: store::open_objections(books, month).await?,
    })
}

impl Facts {
    /// The months as the engine knows them.
    pub(super) fn ledger(&self) -> Result<Ledger, Refusal> {
        let periods: Vec<_> = self.periods.iter().map(PeriodRow::settlement).collect();
        Ledger::restore(&periods, Vec::new())
    }
}

impl Act for ClosePeriod {
    const NAME: &'static str = "commission.close_period";
    type Facts = Facts;
    type Outcome = Month;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        facts(books, self.month).await
    }

    fn needs(&self, _facts: &Facts) -> Need {
        Need::on_everything(permissions::COMMISSION_RUN)
    }

    fn decide(&self, facts: &Facts, at: Moment) -> Result<Month, Refusal> {
        if facts.objections > 0 {
            let count = facts.objections;
            return Err(Refusal::conflict(
                "commission.objections_open",
                format!("还有 {count} 条异议未答复"),
                format!("{count} objections are not answered"),
            )
            .remedy("请在提成异议中逐条答复后再关账"));
        }
        facts.ledger()?.close(self.month.days().from, at)?;
        Ok(self.month)
    }

    async fn write(&self, _: &Facts, month: &Month, books: &mut Writer<'_>) -> Result<(), Failure> {
        Ok(store::set_stage(books, *month, true).await?)
    }

    fn record(&self, _: &Facts, month: &Month) -> Record {
        Record::of(
            format!("commission_period/{month}"),
            format!("提成结算月份 {month} 关账，其后的更正记入之后的月份"),
            format!("Closed the commission month {month}; corrections go into later months"),
        )
    }
}
