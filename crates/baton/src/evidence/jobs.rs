//! What happens by itself: checkpoints are stamped, log and tables audited 存证后台任务.

use spine::{Failure, Fault, Job, NewJob, Ran};

use super::audits;
use crate::house::House;

/// The kind of the job that asks a timestamp authority.
pub(crate) const STAMP: &str = "evidence.stamp";

/// The kind of the job that audits each night.
pub(crate) const AUDIT: &str = "evidence.audit";

/// Lets one server audit, when the night has come.
///
/// # Errors
/// [`Fault`] when the database fails.
pub async fn enqueue_audit_if_due(house: &House) -> Result<(), Fault> {
    if !audits::is_due(house).await? {
        return Ok(());
    }
    let job = NewJob {
        kind: AUDIT,
        body: "{}".to_owned(),
        run_at: house.spine.now(),
        unique: Some(AUDIT.to_owned()),
    };
    house.spine.enqueue_own(job).await
}

/// Audits log and tables and records what came out.
pub(crate) async fn audit(house: &House, _job: &Job) -> Result<Ran, Failure> {
    // Another server may have been faster.
    if audits::is_due(house).await? {
        let audited = audits::nightly(house).await?;
        tracing::info!(verdict = audited.verdict, rows = audited.rows, "audited");
    }
    Ok(Ran::Through)
}

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
pub(crate) async fn stamp(house: &House, _job: &Job) -> Result<Ran, Failure> {
    match house.stamps.stamp(house).await {
        Ok(_) | Err(Failure::Refused(_)) => Ok(Ran::Through),
        Err(failure) => Err(failure),
    }
}
