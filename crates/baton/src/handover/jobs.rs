//! An approved plan is executed by itself when its day comes 到期执行.

use jiff::tz::TimeZone;
use kernel::{Day, Moment, PlanId};
use serde::{Deserialize, Serialize};
use spine::{By, Failure, Fault, Job, NewJob, Ran};

use super::acts::execute::Execute;
use super::acts::miss_day::MissDay;
use super::store::{self, PlanState};
use crate::house::House;

/// The kind of the job.
pub(crate) const EXECUTE_DUE: &str = "handover.execute_due";

#[derive(Serialize, Deserialize)]
struct Body {
    plan: PlanId,
}

/// The job that executes a plan at the first moment of this day.
pub(crate) fn execute_on(plan: PlanId, day: Day, zone: &TimeZone) -> Result<NewJob, Fault> {
    Ok(NewJob {
        kind: EXECUTE_DUE,
        body: serde_json::to_string(&Body { plan })?,
        run_at: Moment::start_of(day, zone),
        unique: Some(format!("{EXECUTE_DUE}/{plan}/{day}")),
    })
}

/// Executes the plan unless that was done or the plan was cancelled meanwhile. What stands in the
/// way is written down, and it is tried again the next day.
pub(crate) async fn execute_due(house: &House, job: &Job) -> Result<Ran, Failure> {
    let body: Body = serde_json::from_str(&job.body)?;
    let by = By::system("timer");
    let head = {
        let mut look = house.spine.look(&by).await?;
        store::find(&mut look.books(), body.plan).await?
    };
    let Some(head) = head.filter(|head| head.state == PlanState::Approved) else {
        return Ok(Ran::Through);
    };
    let due = Moment::start_of(head.effective_on, house.spine.zone());
    if due > house.spine.now() {
        return Ok(Ran::NotYet(due));
    }
    let (plan, executor) = (body.plan, "system".to_owned());
    let act = Execute { plan, by: executor };
    match house.spine.perform(&act, &by, None).await {
        Err(Failure::Refused(refusal)) => {
            let act = MissDay { plan, refusal };
            house.spine.perform(&act, &by, None).await?;
        }
        done => {
            done?;
        }
    }
    Ok(Ran::Through)
}
