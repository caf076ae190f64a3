//! HR sets the three dates 核定日期.

use ::departure::clocks::Clocks;
use access::Need;
use kernel::{DepartureId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, AnyAct, Failure, Reader, Record, Writer};

use crate::departure::jobs;
use crate::departure::parts;
use crate::departure::reckoning::{Reckoning, check, within_bounds};
use crate::departure::store::{self, Found};
use crate::{bounds, permissions};

/// Sets end of employment, last working day and commission cut-off, within what the notice allows.
#[derive(Debug, Serialize, Deserialize)]
pub struct SetDates {
    /// Which departure.
    pub departure: DepartureId,
    /// The three dates.
    pub clocks: Clocks,
    /// Why, 2..=200 characters.
    pub reason: String,
    /// Who sets them, as the evidence names him.
    pub by: String,
}

/// What the decision needs to know.
pub struct Facts {
    found: Found,
    /// Whether the login was closed by this departure.
    closed_it: bool,
}

impl Act for SetDates {
    const NAME: &'static str = "departure.set_dates";
    type Facts = Facts;
    type Outcome = Reckoning;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let found = store::found(books, self.departure).await?;
        let closed_it = store::closed_the_login(books, &found).await?;
        Ok(Facts { found, closed_it })
    }

    fn needs(&self, Facts { found, .. }: &Facts) -> Need {
        Need::on(permissions::DEPARTURE_RUN, found.target())
    }

    fn decide(&self, Facts { found, .. }: &Facts, _at: Moment) -> Result<Reckoning, Refusal> {
        super::must_be_anothers(found, &self.by)?;
        super::must_be_open(found)?;
        bounds::length("/reason", "原因", &self.reason, bounds::REASON)?;
        super::must_not_rise_again(found, self.clocks.employment_ends)?;
        let old = &found.departure.reckoning;
        let clock_reasons = check(&self.clocks, &old.answer, &found.person)?;
        within_bounds(
            &old.notice,
            &self.clocks,
            found.person.hired_on,
            found.today,
        )?;
        Ok(Reckoning {
            clocks: self.clocks,
            clock_reasons,
            ..old.clone()
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
        store::add_step(books, step, ("dates", ""), &self.by, &self.clocks).await?;
        store::set_dates(books, id, reckoning).await?;
        let last = reckoning.clocks.last_working_day;
        Ok(jobs::enqueue_days(books, id, last).await?)
    }

    fn record(&self, Facts { found, .. }: &Facts, reckoning: &Reckoning) -> Record {
        let (who, clocks) = (super::who(found), reckoning.clocks);
        let (end, last, cut) = (
            clocks.employment_ends,
            clocks.last_working_day,
            clocks.commission_cut_off,
        );
        Record::of(
            found.subject(),
            format!("核定{who}的日期：劳动关系至 {end}，最后工作日 {last}，提成截止 {cut}"),
            format!("{who}: employed until {end}, last working day {last}, credit until {cut}"),
        )
        .about(found.employee_subject())
        .detail(serde_json::json!({
            "before": found.departure.clocks,
            "after": clocks,
            "reason": self.reason.trim(),
        }))
    }

    fn then(&self, facts: &Facts, reckoning: &Reckoning) -> Vec<Box<dyn AnyAct>> {
        parts::days_moved(&facts.found, facts.closed_it, reckoning.clocks)
    }
}
