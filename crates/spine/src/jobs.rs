//! Work that waits in the books: leased, repeated, never lost 后台任务.
//!
//! A job is a row in the same database, so it comes into being with the act that wants it. Any app
//! server may take it; a server that dies loses its lease and another one takes over.

use kernel::{JobId, Moment};

use crate::{Change, Fault, Row, Spine, Writer, binds};

/// The kind of a job: `noun.verb`, known to the registry of jobs.
pub type JobKind = &'static str;

/// A job to be.
#[derive(Clone, Debug)]
pub struct NewJob {
    /// What to do.
    pub kind: JobKind,
    /// With what, JSON.
    pub body: String,
    /// Not before this moment.
    pub run_at: Moment,
    /// While an unfinished job with this name exists, another one is not added.
    pub unique: Option<String>,
}

/// A job in hand.
#[derive(Clone, Debug)]
pub struct Job {
    /// Its id.
    pub id: JobId,
    /// What to do.
    pub kind: String,
    /// With what, JSON.
    pub body: String,
    /// How often it was taken, this time included.
    pub attempts: i64,
}

/// How a job that did not fail came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ran {
    /// Nothing is left to do.
    Through,
    /// Its time has not come, by what the books say now: it waits for this moment.
    NotYet(Moment),
}

/// A server that holds a job longer than this is taken for dead: 5 minutes.
const LEASE_SECONDS: i64 = 300;
/// A job that fails this often stays where it is until a person looks at it.
pub const MOST_ATTEMPTS: i64 = 10;

pub(crate) const ADD_TEXT: &str = "INSERT INTO job \
    (id, kind, body, run_at, attempts, unique_name) \
    VALUES ($1, $2, $3, $4, 0, $5) ON CONFLICT DO NOTHING";
const ADD: Change = Change::new(ADD_TEXT);
const CLAIM_HEAD: &str = "UPDATE job \
    SET locked_until = $1, locked_by = $2, attempts = attempts + 1 \
    WHERE id IN (SELECT id FROM job WHERE done_at IS NULL AND run_at <= $3 AND attempts < $4 \
    AND (locked_until IS NULL OR locked_until < $5) ORDER BY run_at LIMIT $6";
const CLAIM_TAIL: &str = ") RETURNING id, kind, body, attempts";
const DONE: &str = "UPDATE job SET done_at = $2, locked_until = NULL, unique_name = NULL, \
                    last_error = NULL WHERE id = $1";
// The days it was named after are not its own any more.
const PUT_BACK: &str = "UPDATE job SET run_at = $2, attempts = 0, locked_until = NULL, \
                        unique_name = NULL, last_error = NULL WHERE id = $1";
const FAILED: &str =
    "UPDATE job SET run_at = $2, locked_until = NULL, last_error = $3 WHERE id = $1";

impl Writer<'_> {
    /// Adds a job with the act in hand.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn enqueue(&mut self, job: NewJob) -> Result<(), Fault> {
        let id = JobId::mint(self.at(), self.dice());
        self.run(&ADD, binds![id, job.kind, job.body, job.run_at, job.unique])
            .await?;
        Ok(())
    }
}

impl Spine {
    /// Takes up to `most` due jobs for this worker.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn take_jobs(&self, worker: &str, most: i64) -> Result<Vec<Job>, Fault> {
        let now = self.now();
        let db = self.db();
        let text = format!("{CLAIM_HEAD}{}{CLAIM_TAIL}", db.dialect.skip_taken());
        let until = now.plus_seconds(LEASE_SECONDS);
        let values = binds![until, worker, now, MOST_ATTEMPTS, now, most];
        let rows = db.writer.all(&text, values).await?;
        rows.iter().map(job_of).collect()
    }

    /// The job is done, or waits for its time.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn job_ran(&self, id: JobId, ran: Ran) -> Result<(), Fault> {
        let (text, at) = match ran {
            Ran::Through => (DONE, self.now()),
            Ran::NotYet(due) => (PUT_BACK, due),
        };
        self.db().writer.run(text, binds![id, at]).await?;
        Ok(())
    }

    /// The job failed; it comes again after 10 s, 20 s, 40 s, … at most an hour. After the last
    /// attempt it stays, with the moment of its failure as `run_at`.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn job_failed(&self, job: &Job, cause: &str) -> Result<(), Fault> {
        let exponent = u32::try_from(job.attempts.clamp(1, 12) - 1).unwrap_or(0);
        let wait = if job.attempts >= MOST_ATTEMPTS {
            0
        } else {
            (10_i64 << exponent).min(3_600)
        };
        let cause: String = cause.chars().take(500).collect();
        let values = binds![job.id, self.now().plus_seconds(wait), cause];
        self.db().writer.run(FAILED, values).await?;
        Ok(())
    }
}

fn job_of(row: &Row) -> Result<Job, Fault> {
    Ok(Job {
        id: row.get("id")?,
        kind: row.get("kind")?,
        body: row.get("body")?,
        attempts: row.get("attempts")?,
    })
}
