//! What happens by itself: reminders, the deadline, and the seal after its approval 签署后台任务.

use ::signing::ceremony::record::Standing;
use kernel::{Moment, SealUseId, SigningId};
use serde::{Deserialize, Serialize};
use spine::{By, Failure, Fault, Job, NewJob, Ran, Writer};

use super::acts::expire::Expire;
use super::acts::remind::Remind;
use super::acts::seal::Seal;
use super::found::Found;
use super::store::Head;
use super::{found, making};
use crate::house::House;

/// The kind of the job that reminds.
pub(crate) const REMIND: &str = "signing.remind";
/// The kind of the job that ends what nobody signed in time.
pub(crate) const EXPIRE: &str = "signing.expire";
/// The kind of the job that sets the company's seal.
pub(crate) const SEAL: &str = "signing.seal";

/// In how many last days people are reminded, once a day.
pub(crate) const REMIND_DAYS: i64 = 3;
const DAY: i64 = 24 * 3_600;

#[derive(Serialize, Deserialize)]
struct Body {
    ceremony: SigningId,
}

/// When nobody can sign any more.
fn after(head: &Head) -> Moment {
    head.terms.deadline.plus_millis(1)
}

/// The jobs of a new ceremony.
pub(super) async fn enqueue(books: &mut Writer<'_>, head: &Head) -> Result<(), Fault> {
    let (ceremony, deadline) = (head.id, head.terms.deadline);
    let body = serde_json::to_string(&Body { ceremony })?;
    for days in 1..=REMIND_DAYS {
        // A second after, so that fewer than so many whole days are left.
        let run_at = deadline.plus_seconds(1 - days * DAY);
        if run_at <= books.at() {
            continue;
        }
        let reminder = NewJob {
            kind: REMIND,
            body: body.clone(),
            run_at,
            unique: Some(format!("{REMIND}/{ceremony}/{days}")),
        };
        books.enqueue(reminder).await?;
    }
    let end = NewJob {
        kind: EXPIRE,
        body,
        run_at: after(head),
        unique: Some(format!("{EXPIRE}/{ceremony}")),
    };
    books.enqueue(end).await
}

async fn read(house: &House, ceremony: SigningId) -> Result<Found, Failure> {
    let system = By::system("timer");
    let mut look = house.spine.look(&system).await?;
    found(&mut look.books(), ceremony).await
}

/// Reminds, unless everybody has signed or it is over.
pub(crate) async fn remind(house: &House, job: &Job) -> Result<Ran, Failure> {
    let Body { ceremony } = serde_json::from_str(&job.body)?;
    let found = read(house, ceremony).await?;
    let due = found.ceremony.reminders(house.spine.now(), REMIND_DAYS);
    if !due.is_empty() {
        let act = Remind { ceremony };
        house
            .spine
            .perform(&act, &By::system("timer"), None)
            .await?;
    }
    Ok(Ran::Through)
}

/// Ends a ceremony whose deadline passed.
pub(crate) async fn expire(house: &House, job: &Job) -> Result<Ran, Failure> {
    let Body { ceremony } = serde_json::from_str(&job.body)?;
    let found = read(house, ceremony).await?;
    match found.ceremony.standing(house.spine.now()) {
        Standing::Open => return Ok(Ran::NotYet(after(&found.head))),
        Standing::Expired => {
            let act = Expire { ceremony };
            house
                .spine
                .perform(&act, &By::system("timer"), None)
                .await?;
        }
        Standing::Complete | Standing::Refused | Standing::Withdrawn => {}
    }
    Ok(Ran::Through)
}

#[derive(Serialize, Deserialize)]
struct SealBody {
    ceremony: SigningId,
    seal_use: SealUseId,
}

/// The job that seals what was approved.
pub(super) async fn enqueue_seal(
    books: &mut Writer<'_>,
    ceremony: SigningId,
    seal_use: SealUseId,
) -> Result<(), Fault> {
    let run_at = books.at();
    let job = NewJob {
        kind: SEAL,
        body: serde_json::to_string(&SealBody { ceremony, seal_use })?,
        run_at,
        unique: Some(format!("{SEAL}/{seal_use}")),
    };
    books.enqueue(job).await
}

/// Sets the company's seal.
pub(crate) async fn seal(house: &House, job: &Job) -> Result<Ran, Failure> {
    let SealBody { ceremony, seal_use } = serde_json::from_str(&job.body)?;
    let system = By::system("seal");
    let (found, bytes) = {
        let mut look = house.spine.look(&system).await?;
        let mut books = look.books();
        let found = found(&mut books, ceremony).await?;
        let bytes = found.bytes(&mut books).await?;
        (found, bytes)
    };
    if found.company_seat(house.spine.now()).is_none() {
        // Signed on paper meanwhile, refused, or over.
        return Ok(Ran::Through);
    }
    let act = Seal {
        ceremony,
        seal_use,
        before: found.ceremony.current(),
        made: Some(making::by_company(house, &found, bytes).await?),
    };
    house.spine.perform(&act, &system, None).await?;
    Ok(Ran::Through)
}
