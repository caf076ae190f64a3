//! When the last working day is over, access ends by itself 到期收回权限.

use jiff::tz::TimeZone;
use kernel::{Day, DepartureId, Moment};
use serde::{Deserialize, Serialize};
use spine::{By, Failure, Fault, Job, NewJob};

use super::acts::end_access::EndAccess;
use crate::house::House;

/// The kind of the job.
pub(crate) const END_ACCESS: &str = "departure.end_access";

#[derive(Serialize, Deserialize)]
struct Body {
    departure: DepartureId,
}

/// The job that ends access at the first moment after the last working day. A change of dates adds
/// another one; whichever runs looks at the dates in force.
pub(crate) fn end_access_after(
    departure: DepartureId,
    last_working_day: Day,
    zone: &TimeZone,
) -> Result<NewJob, Fault> {
    Ok(NewJob {
        kind: END_ACCESS,
        body: serde_json::to_string(&Body { departure })?,
        run_at: Moment::start_of(last_working_day.plus_days(1), zone),
        unique: Some(format!("{END_ACCESS}/{departure}/{last_working_day}")),
    })
}

/// Ends access, unless the dates moved or the departure is over.
pub(crate) async fn end_access(house: &House, job: &Job) -> Result<(), Failure> {
    let body: Body = serde_json::from_str(&job.body)?;
    let by = By::system("timer");
    let due = {
        let mut look = house.spine.look(&by).await?;
        let mut books = look.books();
        let found = super::store::found(&mut books, body.departure).await?;
        found.access_is_due()
    };
    if due {
        let act = EndAccess {
            departure: body.departure,
        };
        house.spine.perform(&act, &by, None).await?;
    }
    Ok(())
}
