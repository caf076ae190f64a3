//! Both sides agree on another last day 约定最后日期.

use ::departure::clocks::Clocks;
use ::departure::notice::{AgreedLastDay, NoticeFacts, takes_effect};
use access::Need;
use kernel::{Day, DepartureId, Moment, Refusal, Words, WorkCalendar};
use serde::{Deserialize, Serialize};
use spine::{Act, AnyAct, Failure, Reader, Record, Writer};

use crate::departure::reckoning::{Reckoning, check, within_bounds};
use crate::departure::store::{self, Found};
use crate::departure::{jobs, parts};
use crate::people::store as people;
use crate::{bounds, permissions};

/// Takes down that both sides agreed in writing on a last day, usually before the notice runs out.
#[derive(Debug, Serialize, Deserialize)]
pub struct AgreeEarlyDay {
    /// Which departure.
    pub departure: DepartureId,
    /// The agreed last day of employment; the other two dates are moved to it where they lie later.
    pub last_day: Day,
    /// When the agreement was made: from the day the notice was received to today.
    pub agreed_on: Day,
    /// Where the written agreement is, 2..=200 characters.
    pub note: String,
    /// Who takes it down, as the evidence names him.
    pub by: String,
}

/// What the decision needs to know.
pub struct Facts {
    found: Found,
    calendar: WorkCalendar,
    /// Whether the login was closed by this departure.
    closed_it: bool,
}

impl AgreeEarlyDay {
    /// Nobody agrees on how long to work after a notice that was not given yet; whoever agreed to
    /// part before it ended the contract by that (劳动合同法 art. 36).
    fn about_this_notice(&self, received: Day) -> Result<(), Refusal> {
        let agreed = self.agreed_on;
        if agreed >= received {
            return Ok(());
        }
        let zh = format!("约定日期 {agreed} 早于收到通知的 {received}");
        let en = format!("The agreement of {agreed} lies before the notice of {received}.");
        Err(
            Refusal::invalid("departure.agreement_before_notice", zh, en)
                .remedy((
                    "请核对协议上的日期；收到通知前就已约定终止的，属于协商解除，\
                     请撤回后按协商解除登记",
                    "Check the date of the agreement; where both had agreed to part before the \
                     notice, withdraw this and file a termination by agreement",
                ))
                .at("/agreed_on", Words::not_before(received)),
        )
    }
}

impl Act for AgreeEarlyDay {
    const NAME: &'static str = "departure.agree_early_day";
    type Facts = Facts;
    type Outcome = Reckoning;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let found = store::found(books, self.departure).await?;
        Ok(Facts {
            closed_it: store::closed_the_login(books, &found).await?,
            found,
            calendar: people::calendar(books).await?,
        })
    }

    fn needs(&self, facts: &Facts) -> Need {
        Need::on(permissions::DEPARTURE_RUN, facts.found.target())
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<Reckoning, Refusal> {
        super::must_be_anothers(&facts.found, &self.by)?;
        super::must_be_open(&facts.found)?;
        bounds::length("/note", "书面约定说明", &self.note, bounds::REASON)?;
        if self.agreed_on > facts.found.today {
            let zh = "约定日期不能晚于今天";
            return Err(
                Refusal::invalid("departure.agreed_in_future", zh, "not agreed yet")
                    .at("/agreed_on", zh),
            );
        }
        let old = &facts.found.departure.reckoning;
        self.about_this_notice(old.notice.received_on)?;
        let notice = NoticeFacts {
            agreed: Some(AgreedLastDay {
                last_day: self.last_day,
                agreed_on: self.agreed_on,
            }),
            ..old.notice
        };
        let answer = takes_effect(&notice, old.answer.off_days, &facts.calendar)?;
        let end = answer.last_day;
        super::must_not_rise_again(&facts.found, end)?;
        let clocks = Clocks {
            employment_ends: end,
            last_working_day: old.clocks.last_working_day.min(end),
            commission_cut_off: old.clocks.commission_cut_off.min(end),
        };
        let found = &facts.found;
        let clock_reasons = check(&clocks, &answer, &found.person)?;
        within_bounds(&notice, &clocks, found.person.hired_on, found.today)?;
        let protections = old.protections.clone();
        Ok(Reckoning {
            notice,
            answer,
            clocks,
            clock_reasons,
            protections,
        })
    }

    async fn write(
        &self,
        Facts { found, .. }: &Facts,
        reckoning: &Reckoning,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let id = found.departure.id;
        let step = (id, found.seq);
        store::add_step(books, step, ("agreed", ""), &self.by, self).await?;
        store::set_dates(books, id, reckoning).await?;
        let last = reckoning.clocks.last_working_day;
        Ok(jobs::enqueue_days(books, id, last).await?)
    }

    fn record(&self, Facts { found, .. }: &Facts, reckoning: &Reckoning) -> Record {
        let (who, day) = (super::who(found), self.last_day);
        Record::of(
            found.subject(),
            format!("双方于 {} 书面约定{who}的劳动关系至 {day}", self.agreed_on),
            format!(
                "Both sides agreed on {} that {who} is employed until {day}",
                self.agreed_on
            ),
        )
        .about(found.employee_subject())
        .detail(serde_json::json!({
            "before": found.departure.clocks,
            "after": reckoning.clocks,
            "note": self.note.trim(),
        }))
    }

    fn then(&self, facts: &Facts, reckoning: &Reckoning) -> Vec<Box<dyn AnyAct>> {
        parts::days_moved(&facts.found, facts.closed_it, reckoning.clocks)
    }
}
