//! What comes true by itself: the last working day comes and passes 到期事项.

use jiff::tz::TimeZone;
use kernel::{Day, DepartureId, Moment};
use serde::{Deserialize, Serialize};
use spine::{By, Failure, Fault, Job, NewJob, Ran, Spine, Writer};

use super::acts::end_access::{ENDED_BEFORE, EndAccess};
use super::process;
use super::store::{self, Found};
use crate::approval::CaseFile;
use crate::approval::acts::refresh;
use crate::house::House;
use crate::people::acts::set_state::SetState;
use crate::people::store::PersonState;

/// The kind of the job.
pub(crate) const END_ACCESS: &str = "departure.end_access";

#[derive(Serialize, Deserialize)]
struct Body {
    departure: DepartureId,
}

/// The kind of the job that tells the process that the last working day has come.
pub(crate) const LAST_DAY: &str = "departure.last_day";

/// Both jobs of a last working day. A change of dates adds another pair; whichever runs looks at
/// the dates in force.
pub(crate) async fn enqueue_days(
    books: &mut Writer<'_>,
    departure: DepartureId,
    last_working_day: Day,
) -> Result<(), Fault> {
    let zone = books.zone().clone();
    books
        .enqueue(end_access_after(departure, last_working_day, &zone)?)
        .await?;
    let begins = NewJob {
        kind: LAST_DAY,
        body: serde_json::to_string(&Body { departure })?,
        run_at: Moment::start_of(last_working_day, &zone),
        unique: Some(format!("{LAST_DAY}/{departure}/{last_working_day}")),
    };
    books.enqueue(begins).await
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

/// Ends access, unless the departure is over.
pub(crate) async fn end_access(house: &House, job: &Job) -> Result<Ran, Failure> {
    let Body { departure } = serde_json::from_str(&job.body)?;
    let found = end_access_if_due(house, departure).await?;
    let first = found.departure.clocks.last_working_day.plus_days(1);
    Ok(unless_moved(house, &found, first))
}

/// Tells the process that the last working day has come.
pub(crate) async fn last_day(house: &House, job: &Job) -> Result<Ran, Failure> {
    let Body { departure } = serde_json::from_str(&job.body)?;
    follow(house, departure).await?;
    let found = {
        let by = By::system("timer");
        let mut look = house.spine.look(&by).await?;
        store::found(&mut look.books(), departure).await?
    };
    let day = found.departure.clocks.last_working_day;
    Ok(unless_moved(house, &found, day))
}

/// A job whose day was moved waits for the one in force.
fn unless_moved(house: &House, found: &Found, day: Day) -> Ran {
    if found.is_running() && found.today < day {
        return Ran::NotYet(Moment::start_of(day, house.spine.zone()));
    }
    Ran::Through
}

/// Ends the access of somebody whose last working day is over, once.
async fn end_access_if_due(house: &House, departure: DepartureId) -> Result<Found, Failure> {
    let by = By::system("timer");
    let (found, due) = {
        let mut look = house.spine.look(&by).await?;
        let mut books = look.books();
        let found = store::found(&mut books, departure).await?;
        let due = store::access_is_to_end(&mut books, &found).await?;
        (found, due)
    };
    if due {
        match house
            .spine
            .perform(&EndAccess { departure }, &by, None)
            .await
        {
            // The round and the job saw it at the same moment.
            Err(Failure::Refused(no)) if no.code == ENDED_BEFORE => {}
            ended => {
                ended?;
            }
        }
    }
    Ok(found)
}

/// Tells every open process what the books know by now: a receipt that cleared the last invoice, a
/// thing that came back, a paper that was issued. Nothing is written where nothing is new. Access
/// whose day is over ends here too, should its job have been lost; a departure that cannot be
/// brought up to date does not keep the others from it.
///
/// # Errors
/// [`Failure`] when the books cannot be read or written.
pub async fn follow_all(house: &House) -> Result<(), Failure> {
    let by = By::system("timer");
    let open = {
        let mut look = house.spine.look(&by).await?;
        store::open(&mut look.books()).await?
    };
    let mut all = Ok(());
    for departure in open {
        let ended = end_access_if_due(house, departure).await;
        let followed = follow(house, departure).await;
        all = all.and(ended.map(|_| ())).and(followed);
    }
    all
}

/// Whoever counts as leaving for a dismissal that was not served is put back, once, when a house
/// opens: books of before said so to everybody. An act, so that the evidence tells it.
///
/// # Errors
/// [`Failure`] when the books fail.
pub async fn put_back(spine: &Spine) -> Result<(), Failure> {
    let by = By::system("install");
    let early = {
        let mut look = spine.look(&by).await?;
        store::told_too_early(&mut look.books()).await?
    };
    for employee in early {
        let act = SetState {
            employee,
            state: PersonState::Active,
            left_on: None,
            why: "not_served".to_owned(),
        };
        match spine.perform(&act, &by, None).await {
            // Another server that starts at the same moment was quicker.
            Err(Failure::Refused(no)) if no.code == "people.same_state" => {}
            done => {
                done?.done()?;
            }
        }
    }
    Ok(())
}

async fn follow(house: &House, departure: DepartureId) -> Result<(), Failure> {
    let by = By::system("timer");
    let news = {
        let mut look = house.spine.look(&by).await?;
        let mut books = look.books();
        match process::case_of(&mut books, departure).await? {
            Some(case) => {
                let file = CaseFile::read(&mut books, case).await?;
                let known = refresh::known(&mut books, &file).await?;
                let turned = file.tell(&known, books.at())?;
                (!turned.events.is_empty()).then_some(case)
            }
            None => None,
        }
    };
    if let Some(case) = news {
        house
            .spine
            .perform(&process::goes_on(case), &by, None)
            .await?;
    }
    Ok(())
}
