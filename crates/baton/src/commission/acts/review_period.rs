//! A month is reviewed 复核结算月份.

use access::Need;
use kernel::{Day, Moment, Refusal, WorkCalendar};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use super::close_period;
use crate::commission::month::Month;
use crate::commission::store::{self, ConfirmDay};
use crate::commission::{confirming, jobs};
use crate::people::store as people;
use crate::permissions;

/// Finance has looked at the figures of a month that was calculated, and asks every payee to
/// confirm his own by a day. Calculating again undoes the review; whoever's figures changed by it
/// is asked again after the next one.
#[derive(Debug, Serialize, Deserialize)]
pub struct ReviewPeriod {
    /// Which month.
    pub month: Month,
    /// The last day to confirm: today or later, at most 60 days ahead. Nobody is asked by a day
    /// when absent; a day that was named by an earlier review goes on counting then.
    #[serde(default)]
    pub confirm_by: Option<Day>,
}

/// What the decision needs to know.
pub struct Facts {
    month: close_period::Facts,
    days: Vec<ConfirmDay>,
    calendar: WorkCalendar,
    today: Day,
}

impl Act for ReviewPeriod {
    const NAME: &'static str = "commission.review_period";
    type Facts = Facts;
    type Outcome = Month;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        Ok(Facts {
            month: close_period::facts(books, self.month).await?,
            days: store::confirm_days(books, self.month).await?,
            calendar: people::calendar(books).await?,
            today: books.today(),
        })
    }

    fn needs(&self, _facts: &Facts) -> Need {
        Need::on_everything(permissions::COMMISSION_RUN)
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<Month, Refusal> {
        facts.month.ledger()?.review(self.month.days().from)?;
        match (self.confirm_by, facts.days.last()) {
            (Some(day), _) => confirming::fits("/confirm_by", day, facts.today)?,
            // Figures may have changed; nobody is late with what he was never asked.
            (None, Some(last)) if last.day < facts.today => {
                let zh = format!("原确认期限 {} 已过，请另定确认期限", last.day);
                let en = format!("the last day {} is past; name another one", last.day);
                return Err(Refusal::invalid("commission.confirm_day", zh.clone(), en)
                    .remedy((
                        "重新核算后金额有变动的人须重新确认，请给出新的期限",
                        "Those whose amount changed must confirm again; give a new day",
                    ))
                    .at("/confirm_by", zh));
            }
            (None, _) => {}
        }
        facts.month.is_whole(self.month)?;
        Ok(self.month)
    }

    async fn write(
        &self,
        facts: &Facts,
        month: &Month,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        store::set_stage(books, *month, false).await?;
        let Some(day) = self.confirm_by else {
            return Ok(());
        };
        let named = ConfirmDay {
            seq: facts.days.last().map_or(0, |last| last.seq) + 1,
            day,
            reason: String::new(),
            at: books.at(),
        };
        store::add_confirm_day(books, *month, &named).await?;
        Ok(jobs::enqueue(books, *month, &named, &facts.calendar).await?)
    }

    fn record(&self, _: &Facts, month: &Month) -> Record {
        let (mut zh, mut en) = (
            format!("复核提成结算月份 {month}"),
            format!("Reviewed the commission month {month}"),
        );
        if let Some(day) = self.confirm_by {
            zh.push_str(&format!("，请本人在 {day} 前确认"));
            en.push_str(&format!("; payees are asked to confirm by {day}"));
        }
        let record = Record::of(format!("commission_period/{month}"), zh, en);
        match self.confirm_by {
            Some(day) => record.detail(serde_json::json!({ "confirm_by": day })),
            None => record,
        }
    }
}
