//! What happens by itself: the newest checkpoint is stamped 定时加盖时间戳.

use spine::{Failure, Fault, Job, NewJob};

use crate::house::House;

/// The kind of the job that asks a timestamp authority.
pub(crate) const STAMP: &str = "evidence.stamp";

/// Lets one server ask, when it is time.
///
/// # Errors
/// [`Fault`] when the database fails.
pub async fn enqueue_if_due(house: &House) -> Result<(), Fault> {
    if !house.stamps.is_due(house).await? {
        return Ok(());
    }
    let job = NewJob {
        kind: STAMP,
        body: "{}".to_owned(),
        run_at: house.spine.now(),
        unique: Some(STAMP.to_owned()),
    };
    house.spine.enqueue_own(job).await
}

/// Asks for a stamp over the newest checkpoint. An authority that does not answer is no failed
/// job: it is asked again soon, and when that takes too long there is an alert of its own.
pub(crate) async fn stamp(house: &House, _job: &Job) -> Result<(), Failure> {
    match house.stamps.stamp(house).await {
        Ok(_) | Err(Failure::Refused(_)) => Ok(()),
        Err(failure) => Err(failure),
    }
}
