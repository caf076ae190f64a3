//! What works beside the requests 后台.

use crate::house::House;
use crate::registry;

/// Signs the log's head when it grew.
pub(crate) async fn sign(house: &House) {
    match house.signing.sign_if_grown().await {
        Ok(_) => {}
        Err(error) => tracing::error!(%error, "the log could not be signed"),
    }
}

/// Tells the processes of departures what happened elsewhere in the books.
pub(crate) async fn follow_departures(house: &House) {
    if let Err(error) = crate::departure::jobs::follow_all(house).await {
        tracing::error!(%error, "the processes of departures could not be brought up to date");
    }
}

/// Clears away what need not be kept.
pub(crate) async fn clear(house: &House) {
    if let Err(error) = house.spine.forget_old_answers().await {
        tracing::error!(%error, "old answers could not be cleared");
    }
}

/// Runs the jobs that are due.
pub(crate) async fn run_jobs(house: &House) {
    let worker = format!("pid-{}", std::process::id());
    let jobs = match house.spine.take_jobs(&worker, 8).await {
        Ok(jobs) => jobs,
        Err(error) => {
            tracing::error!(%error, "jobs could not be taken");
            return;
        }
    };
    for job in jobs {
        let ended = match registry::job(&job.kind) {
            Some(line) => (line.run)(house, &job)
                .await
                .map_err(|failure| failure.to_string()),
            None => Err("no such kind of job".to_owned()),
        };
        let noted = match &ended {
            Ok(()) => house.spine.job_done(job.id).await,
            Err(cause) => {
                tracing::warn!(job = %job.id, kind = job.kind, cause, "a job failed");
                house.spine.job_failed(&job, cause).await
            }
        };
        if let Err(error) = noted {
            tracing::error!(%error, job = %job.id, "the end of a job could not be noted");
        }
    }
}
