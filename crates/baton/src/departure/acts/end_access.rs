//! The last working day is over: access ends 收回权限.

use access::Need;
use kernel::{DepartureId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, AnyAct, Failure, Reader, Record, Writer};

use crate::departure::parts;
use crate::departure::store::{self, Found};
use crate::{approval, handover, permissions, session};

/// Closes the login of somebody whose last working day is over.
#[derive(Debug, Serialize, Deserialize)]
pub struct EndAccess {
    /// Which departure.
    pub departure: DepartureId,
}

/// What the decision needs to know.
pub struct Facts {
    found: Found,
    /// Whether it was not done yet.
    open: bool,
    /// Whether a plan is about to move what waits for the person.
    planned: bool,
    /// Whether something waits for him.
    pending: bool,
    /// The epoch of the login once this has closed it; none when it was closed before.
    closes: Option<i64>,
}

/// It was done already.
pub(crate) const ENDED_BEFORE: &str = "departure.access_ended";

impl Act for EndAccess {
    const NAME: &'static str = "departure.end_access";
    type Facts = Facts;
    type Outcome = ();

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let found = store::found(books, self.departure).await?;
        let plans = handover::store::open_plans(books, self.departure).await?;
        let pending = approval::tasks::wait_for(books, found.person.id).await?;
        let login = session::store::login_of_employee(books, found.person.id).await?;
        let login = login.filter(|login| login.active);
        Ok(Facts {
            open: store::access_is_to_end(books, &found).await?,
            closes: login.map(|login| login.auth_epoch + 1),
            found,
            planned: !plans.is_empty(),
            pending,
        })
    }

    fn needs(&self, Facts { found, .. }: &Facts) -> Need {
        Need::on(permissions::DEPARTURE_RUN, found.target())
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<(), Refusal> {
        let found = &facts.found;
        super::must_be_open(found)?;
        if facts.open {
            return Ok(());
        }
        if found.access_is_due() {
            let (zh, en) = ("权限已经收回", "Access has ended already");
            return Err(Refusal::conflict(ENDED_BEFORE, zh, en)
                .remedy(("无需再办理", "Nothing is left to do")));
        }
        let day = found.departure.clocks.last_working_day;
        let zh = format!("最后工作日 {day} 尚未过去");
        let en = format!("the last working day {day} is not over");
        Err(Refusal::conflict("departure.access_not_due", zh, en)
            .remedy(("请在该日之后办理", "Do it after that day")))
    }

    async fn write(
        &self,
        Facts { found, closes, .. }: &Facts,
        _: &(),
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let step = (found.departure.id, found.seq);
        let day = found.departure.clocks.last_working_day;
        let detail = serde_json::json!({ "day": day, store::CLOSES: closes });
        Ok(store::add_step(books, step, (store::ACCESS_ENDED, ""), "system", &detail).await?)
    }

    fn record(&self, Facts { found, .. }: &Facts, _: &()) -> Record {
        let (who, day) = (super::who(found), found.departure.clocks.last_working_day);
        Record::of(
            found.subject(),
            format!("{who}的最后工作日 {day} 已过，系统权限收回"),
            format!("{who}: the last working day {day} is over, access ended"),
        )
        .about(found.employee_subject())
    }

    fn then(&self, facts: &Facts, _: &()) -> Vec<Box<dyn AnyAct>> {
        let mut parts = parts::access_ends(&facts.found);
        // A plan that has not been executed yet says better who gets what.
        if facts.pending && !facts.planned {
            parts.push(parts::tasks_pass_on(&facts.found));
        }
        parts.extend(parts::process_goes_on(&facts.found));
        parts
    }
}
