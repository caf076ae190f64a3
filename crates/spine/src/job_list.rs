//! What the background has to do, for people to see and to mend 后台任务清单.

use kernel::{JobId, Moment};

use crate::jobs::MOST_ATTEMPTS;
use crate::{Change, Fault, Query, Reader, Row, Select, Writer, binds};

/// How a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JobState {
    /// 等待: its time has not come.
    Waiting,
    /// 到期: it is due and nobody has taken it yet.
    Due,
    /// 执行中: a server has it.
    Running,
    /// 待重试: it failed and comes again by itself.
    Retrying,
    /// 失败: it failed too often and waits for a person.
    Failed,
    /// 完成
    Done,
    /// 已放弃: a person gave it up.
    Dropped,
}

impl JobState {
    /// Every state, those first that want a person.
    pub const ALL: [JobState; 7] = [
        JobState::Failed,
        JobState::Retrying,
        JobState::Running,
        JobState::Due,
        JobState::Waiting,
        JobState::Done,
        JobState::Dropped,
    ];

    /// The word on the wire.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            JobState::Waiting => "waiting",
            JobState::Due => "due",
            JobState::Running => "running",
            JobState::Retrying => "retrying",
            JobState::Failed => "failed",
            JobState::Done => "done",
            JobState::Dropped => "dropped",
        }
    }

    /// Whether it failed, so that a person may try it again or give it up. What only waits comes by
    /// itself, and to run it before its time could use it up.
    #[must_use]
    pub fn has_failed(self) -> bool {
        matches!(self, JobState::Failed | JobState::Retrying)
    }

    fn push(self, query: &mut Query, now: Moment) {
        const FREE: &str =
            " AND j.done_at IS NULL AND (j.locked_until IS NULL OR j.locked_until < ";
        match self {
            JobState::Done => {
                query.push(" AND j.done_at IS NOT NULL AND j.last_error IS NULL");
            }
            JobState::Dropped => {
                query.push(" AND j.done_at IS NOT NULL AND j.last_error IS NOT NULL");
            }
            JobState::Running => {
                query
                    .push(" AND j.done_at IS NULL AND j.locked_until >= ")
                    .bind(now);
            }
            JobState::Failed => {
                query.push(FREE).bind(now).push(") AND j.attempts >= ");
                query.bind(MOST_ATTEMPTS);
            }
            JobState::Retrying | JobState::Due | JobState::Waiting => {
                query.push(FREE).bind(now).push(") AND j.attempts < ");
                query.bind(MOST_ATTEMPTS);
                match self {
                    JobState::Retrying => {
                        query.push(" AND j.last_error IS NOT NULL");
                    }
                    JobState::Due => {
                        query.push(" AND j.last_error IS NULL AND j.run_at <= ");
                        query.bind(now);
                    }
                    _ => {
                        query.push(" AND j.last_error IS NULL AND j.run_at > ");
                        query.bind(now);
                    }
                }
            }
        }
    }
}

/// A job as it stands in the books, without its body, which may speak of business.
#[derive(Clone, Debug)]
pub struct JobRow {
    /// Its id.
    pub id: JobId,
    /// What to do.
    pub kind: String,
    /// Not before this moment; for a failed job, when it failed last.
    pub run_at: Moment,
    /// How often it was taken.
    pub attempts: i64,
    /// Until when a server holds it.
    pub locked_until: Option<Moment>,
    /// Which server holds it.
    pub locked_by: Option<String>,
    /// When it was finished or given up.
    pub done_at: Option<Moment>,
    /// Why it failed last; a job that was given up keeps it.
    pub last_error: Option<String>,
}

impl JobRow {
    /// How it stands now.
    #[must_use]
    pub fn state(&self, now: Moment) -> JobState {
        let failed = self.last_error.is_some();
        match self.done_at {
            Some(_) if failed => JobState::Dropped,
            Some(_) => JobState::Done,
            None if self.locked_until.is_some_and(|until| until >= now) => JobState::Running,
            None if self.attempts >= MOST_ATTEMPTS => JobState::Failed,
            None if failed => JobState::Retrying,
            None if self.run_at <= now => JobState::Due,
            None => JobState::Waiting,
        }
    }
}

/// Which jobs to list, newest first.
#[derive(Clone, Debug, Default)]
pub struct WantedJobs<'a> {
    /// Only those that stand so.
    pub state: Option<JobState>,
    /// Only this kind.
    pub kind: Option<&'a str>,
    /// Only those older than this one.
    pub before: Option<JobId>,
    /// At most so many.
    pub limit: i64,
}

/// How the jobs of one kind stand.
#[derive(Clone, Debug)]
pub struct JobCounts {
    /// The kind.
    pub kind: String,
    /// Not finished: waiting, due, running or to come again.
    pub open: i64,
    /// Failed for good.
    pub failed: i64,
    /// Finished or given up.
    pub ended: i64,
    /// When the next one is due.
    pub next_at: Option<Moment>,
    /// When the last one ended.
    pub last_at: Option<Moment>,
}

const COLUMNS: &str = "SELECT j.id AS id, j.kind AS kind, j.run_at AS run_at, \
    j.attempts AS attempts, j.locked_until AS locked_until, j.locked_by AS locked_by, \
    j.done_at AS done_at, j.last_error AS last_error FROM job j WHERE ";
const COUNTS: Select = Select::new(
    "SELECT kind, \
     CAST(sum(CASE WHEN done_at IS NULL AND attempts < $1 THEN 1 ELSE 0 END) AS BIGINT) AS open, \
     CAST(sum(CASE WHEN done_at IS NULL AND attempts >= $2 THEN 1 ELSE 0 END) AS BIGINT) \
     AS failed, \
     CAST(sum(CASE WHEN done_at IS NOT NULL THEN 1 ELSE 0 END) AS BIGINT) AS ended, \
     min(CASE WHEN done_at IS NULL AND attempts < $3 THEN run_at END) AS next_at, \
     max(done_at) AS last_at FROM job GROUP BY kind ORDER BY kind",
);
const FAILED: Select = Select::new(
    "SELECT kind, run_at FROM job WHERE done_at IS NULL AND attempts >= $1 \
     AND (locked_until IS NULL OR locked_until < $2) ORDER BY kind, run_at",
);
const RETRY: Change = Change::new(
    "UPDATE job SET attempts = 0, run_at = $2, locked_until = NULL \
     WHERE id = $1 AND done_at IS NULL",
);
const DROP: Change = Change::new(
    "UPDATE job SET done_at = $2, locked_until = NULL, unique_name = NULL, \
     last_error = coalesce(last_error, '') WHERE id = $1 AND done_at IS NULL",
);

fn job_row(row: &Row) -> Result<JobRow, Fault> {
    Ok(JobRow {
        id: row.get("id")?,
        kind: row.get("kind")?,
        run_at: row.get("run_at")?,
        attempts: row.get("attempts")?,
        locked_until: row.get("locked_until")?,
        locked_by: row.get("locked_by")?,
        done_at: row.get("done_at")?,
        last_error: row.get("last_error")?,
    })
}

impl Reader<'_> {
    /// The jobs that are wanted.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn jobs(&mut self, wanted: &WantedJobs<'_>) -> Result<Vec<JobRow>, Fault> {
        let mut query = Query::new(COLUMNS);
        query.push("1 = 1");
        if let Some(state) = wanted.state {
            state.push(&mut query, self.at());
        }
        if let Some(kind) = wanted.kind {
            query.push(" AND j.kind = ").bind(kind);
        }
        if let Some(before) = wanted.before {
            query.push(" AND j.id < ").bind(before);
        }
        query.push(" ORDER BY j.id DESC LIMIT ").bind(wanted.limit);
        let (select, values) = query.select();
        self.all(&select, values)
            .await?
            .iter()
            .map(job_row)
            .collect()
    }

    /// One job.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn job(&mut self, id: JobId) -> Result<Option<JobRow>, Fault> {
        let mut query = Query::new(COLUMNS);
        query.push("j.id = ").bind(id);
        let (select, values) = query.select();
        let row = self.first(&select, values).await?;
        row.map(|row| job_row(&row)).transpose()
    }

    /// How the jobs stand, by kind.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn job_counts(&mut self) -> Result<Vec<JobCounts>, Fault> {
        let most = MOST_ATTEMPTS;
        let rows = self.all(&COUNTS, binds![most, most, most]).await?;
        let counts = |row: &Row| {
            Ok(JobCounts {
                kind: row.get("kind")?,
                open: row.get("open")?,
                failed: row.get("failed")?,
                ended: row.get("ended")?,
                next_at: row.get("next_at")?,
                last_at: row.get("last_at")?,
            })
        };
        rows.iter().map(counts).collect()
    }

    /// The jobs that failed for good: their kind and when.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn failed_jobs(&mut self) -> Result<Vec<(String, Moment)>, Fault> {
        let now = self.at();
        let rows = self.all(&FAILED, binds![MOST_ATTEMPTS, now]).await?;
        let pair = |row: &Row| Ok((row.get("kind")?, row.get("run_at")?));
        rows.iter().map(pair).collect()
    }
}

impl Writer<'_> {
    /// Lets a job that failed begin anew at once.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn retry_job(&mut self, id: JobId) -> Result<(), Fault> {
        let now = self.at();
        self.run(&RETRY, binds![id, now]).await?;
        Ok(())
    }

    /// Ends a job without doing it.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn drop_job(&mut self, id: JobId) -> Result<(), Fault> {
        let now = self.at();
        self.run(&DROP, binds![id, now]).await?;
        Ok(())
    }
}
