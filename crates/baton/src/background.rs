//! What works beside the requests 后台.

use spine::{CheckpointError, Failure};

use crate::house::House;
use crate::{alert, evidence, registry};

/// Signs the log's head when it grew.
pub(crate) async fn sign(house: &House) {
    let now = house.spine.now();
    match house.signing.sign_if_grown().await {
        Ok(_) => {
            house.heartbeat.signed();
            house.heartbeat.beat("sign", now);
        }
        Err(error) => {
            let broken = !matches!(error, CheckpointError::Fault(_));
            house.heartbeat.not_signed(now, broken);
            tracing::error!(%error, "the log could not be signed");
        }
    }
}

/// Shows the newest checkpoint to the witnesses whose turn it is.
pub(crate) async fn ask_witnesses(house: &House) {
    match house.witnesses.ask(house, false).await {
        Ok(()) => house.heartbeat.beat("witness", house.spine.now()),
        Err(error) => tracing::error!(%error, "the witnesses could not be asked"),
    }
}

/// Has the newest checkpoint stamped when it is time.
pub(crate) async fn stamp(house: &House) {
    match evidence::jobs::enqueue_if_due(house).await {
        Ok(()) => house.heartbeat.beat("stamp", house.spine.now()),
        Err(error) => tracing::error!(%error, "no timestamp could be asked for"),
    }
}

/// Lays a checkpoint down outside once a day, and has log and tables audited each night.
pub(crate) async fn look_back(house: &House) {
    match evidence::daily::lay_down(house).await {
        Ok(_) => house.heartbeat.beat("daily", house.spine.now()),
        Err(error) => tracing::error!(%error, "no checkpoint could be laid down outside"),
    }
    match evidence::jobs::enqueue_audit_if_due(house).await {
        Ok(()) => house.heartbeat.beat("audit", house.spine.now()),
        Err(error) => tracing::error!(%error, "the nightly audit could not be asked for"),
    }
}

/// Lets the second log follow the first, where one is kept.
pub(crate) async fn follow_second(house: &House) {
    let Some(second) = &house.second else {
        return;
    };
    match second.follow().await {
        Ok(_) => house.heartbeat.beat("second_log", house.spine.now()),
        Err(error) => tracing::error!(%error, "the second log could not follow"),
    }
}

/// Raises alerts from what happened since the last round.
pub(crate) async fn alert(house: &House) {
    match alert::follow(house).await {
        Ok(_) => house.heartbeat.beat("alert", house.spine.now()),
        Err(failure) => tracing::error!(%failure, "alerts could not be raised"),
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
    match house.spine.forget_old_answers().await {
        Ok(_) => house.heartbeat.beat("clear", house.spine.now()),
        Err(error) => tracing::error!(%error, "old answers could not be cleared"),
    }
}

/// Why a job failed, for the system administrator: codes and what broke, no sentence that could
/// name a customer.
pub(crate) fn cause_of(failure: &Failure) -> String {
    match failure {
        Failure::Refused(refusal) => format!("refused: {}", refusal.code),
        Failure::Denied(denied) => format!("denied: {}", denied.permission),
        Failure::Fault(fault) => format!("fault: {fault}"),
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
                .map_err(|failure| cause_of(&failure)),
            None => Err("no such kind of job".to_owned()),
        };
        let noted = match &ended {
            Ok(ran) => house.spine.job_ran(job.id, *ran).await,
            Err(cause) => {
                tracing::warn!(job = %job.id, kind = job.kind, cause, "a job failed");
                house.spine.job_failed(&job, cause).await
            }
        };
        if let Err(error) = noted {
            tracing::error!(%error, job = %job.id, "the end of a job could not be noted");
        }
    }
    house.heartbeat.beat("jobs", house.spine.now());
}
