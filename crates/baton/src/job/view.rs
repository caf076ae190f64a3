//! What the browser sees of jobs 后台任务视图.

use kernel::Moment;
use serde::Serialize;
use spine::{JobCounts, JobRow, JobState, MOST_ATTEMPTS};
use utoipa::ToSchema;

use super::acts;
use crate::registry;

/// What a kind of job is called.
fn called(kind: &str) -> (String, String) {
    registry::job(kind).map_or((kind.to_owned(), kind.to_owned()), |line| {
        (line.zh.to_owned(), line.en.to_owned())
    })
}

/// One job.
#[derive(Serialize, ToSchema)]
pub(crate) struct JobItem {
    pub(crate) id: String,
    kind: String,
    kind_zh: String,
    kind_en: String,
    /// `waiting`, `due`, `running`, `retrying`, `failed`, `done`, `dropped`
    state: String,
    /// Not before this moment; for a failed job, when it failed last.
    #[schema(value_type = String, format = DateTime)]
    run_at: Moment,
    attempts: i64,
    most_attempts: i64,
    /// The server that has it.
    locked_by: Option<String>,
    #[schema(value_type = Option<String>, format = DateTime)]
    done_at: Option<Moment>,
    /// Why it failed last: codes and faults, without business data.
    last_error: Option<String>,
    may_retry: bool,
    may_give_up: bool,
}

impl JobItem {
    pub(super) fn of(job: &JobRow, now: Moment) -> JobItem {
        let state = job.state(now);
        let (kind_zh, kind_en) = called(&job.kind);
        let failed = state.has_failed();
        JobItem {
            id: job.id.to_string(),
            kind: job.kind.clone(),
            kind_zh,
            kind_en,
            state: state.word().to_owned(),
            run_at: job.run_at,
            attempts: job.attempts,
            most_attempts: MOST_ATTEMPTS,
            locked_by: job.locked_by.clone().filter(|_| state == JobState::Running),
            done_at: job.done_at,
            last_error: job.last_error.clone().filter(|error| !error.is_empty()),
            may_retry: failed,
            may_give_up: failed && acts::may_be_given_up(&job.kind),
        }
    }
}

/// How the jobs of one kind stand.
#[derive(Serialize, ToSchema)]
pub(crate) struct JobKindItem {
    kind: String,
    kind_zh: String,
    kind_en: String,
    /// Not finished: waiting, due, running or to come again.
    open: i64,
    /// Failed for good.
    failed: i64,
    /// Finished or given up.
    ended: i64,
    #[schema(value_type = Option<String>, format = DateTime)]
    next_at: Option<Moment>,
    #[schema(value_type = Option<String>, format = DateTime)]
    last_at: Option<Moment>,
}

impl JobKindItem {
    fn of(counts: &JobCounts) -> JobKindItem {
        let (kind_zh, kind_en) = called(&counts.kind);
        JobKindItem {
            kind: counts.kind.clone(),
            kind_zh,
            kind_en,
            open: counts.open,
            failed: counts.failed,
            ended: counts.ended,
            next_at: counts.next_at,
            last_at: counts.last_at,
        }
    }

    /// Every kind there is, also those of which there was never a job.
    pub(super) fn all(counts: &[JobCounts]) -> Vec<JobKindItem> {
        let never = registry::JOBS
            .iter()
            .filter(|line| !counts.iter().any(|one| one.kind == line.kind))
            .map(|line| JobCounts {
                kind: line.kind.to_owned(),
                open: 0,
                failed: 0,
                ended: 0,
                next_at: None,
                last_at: None,
            });
        let never: Vec<JobCounts> = never.collect();
        counts.iter().chain(&never).map(JobKindItem::of).collect()
    }
}
