//! Payees get more time to confirm 推后确认期限.

use access::Need;
use kernel::{Day, Moment, Refusal, WorkCalendar};
use serde::{Deserialize, Serialize};
use spine::{Act, Denied, Failure, Reader, Record, Writer};

use crate::commission::confirming::{self, not_under_review};
use crate::commission::jobs;
use crate::commission::month::Month;
use crate::commission::store::{self, ConfirmDay, PeriodRow};
use crate::people::store as people;
use crate::{bounds, permissions};
use ::commission::period::Stage;

/// Names a later last day for confirming a month under review, or the first one where none was
/// named with the review. It never moves to an earlier day: somebody relies on it.
#[derive(Debug, Serialize, Deserialize)]
pub struct MoveConfirmDay {
    /// Which month.
    pub month: Month,
    /// Today or later, at most 60 days ahead, after the day that counts now.
    pub to: Day,
    /// Why, 2..=200 characters.
    pub reason: String,
}

/// What the decision needs to know.
pub struct Facts {
    period: PeriodRow,
    days: Vec<ConfirmDay>,
    calendar: WorkCalendar,
    today: Day,
}

impl Act for MoveConfirmDay {
    const NAME: &'static str = "commission.move_confirm_day";
    type Facts = Facts;
    type Outcome = Day;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let periods = store::periods(books).await?;
        let period = periods.into_iter().find(|one| one.month == self.month);
        Ok(Facts {
            period: period.ok_or_else(|| Denied::absent("commission_period"))?,
            days: store::confirm_days(books, self.month).await?,
            calendar: people::calendar(books).await?,
            today: books.today(),
        })
    }

    fn needs(&self, _facts: &Facts) -> Need {
        Need::on_everything(permissions::COMMISSION_RUN)
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<Day, Refusal> {
        if facts.period.stage != Stage::Reviewed {
            return Err(not_under_review(self.month));
        }
        bounds::length("/reason", "理由", &self.reason, bounds::REASON)?;
        confirming::fits("/confirm_by", self.to, facts.today)?;
        if let Some(now) = facts.days.last().filter(|now| self.to <= now.day) {
            let zh = format!("确认期限只能推后，现为 {}", now.day);
            let en = format!("the last day can only be moved later than {}", now.day);
            return Err(
                Refusal::invalid("commission.confirm_day_earlier", zh.clone(), en)
                    .remedy((
                        "本人以已公布的期限为准，请另选更晚的日期",
                        "People rely on the day they were told; choose a later one",
                    ))
                    .at("/confirm_by", zh),
            );
        }
        Ok(self.to)
    }

    async fn write(&self, facts: &Facts, to: &Day, books: &mut Writer<'_>) -> Result<(), Failure> {
        let named = ConfirmDay {
            seq: facts.days.last().map_or(0, |last| last.seq) + 1,
            day: *to,
            reason: self.reason.trim().to_owned(),
            at: books.at(),
        };
        store::add_confirm_day(books, self.month, &named).await?;
        Ok(jobs::enqueue(books, self.month, &named, &facts.calendar).await?)
    }

    fn record(&self, facts: &Facts, to: &Day) -> Record {
        let (month, reason) = (self.month, self.reason.trim());
        let before = facts.days.last().map(|last| last.day);
        let (zh, en) = match before {
            Some(before) => (
                format!("{month} 提成确认期限由 {before} 推后到 {to}：{reason}"),
                format!("The last day to confirm {month} moved from {before} to {to}: {reason}"),
            ),
            None => (
                format!("{month} 提成确认期限定为 {to}：{reason}"),
                format!("The last day to confirm {month} is {to}: {reason}"),
            ),
        };
        Record::of(format!("commission_period/{month}"), zh, en).detail(serde_json::json!({
            "confirm_by": to,
            "before": before,
            "reason": reason,
        }))
    }
}
