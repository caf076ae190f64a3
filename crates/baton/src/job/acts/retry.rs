//! A job begins anew 重试后台任务.

use access::Need;
use kernel::{JobId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use super::Facts;
use crate::permissions;

/// Lets a job that failed begin anew at once, with all its attempts.
#[derive(Debug, Serialize, Deserialize)]
pub struct Retry {
    /// Which job.
    pub job: JobId,
}

impl Act for Retry {
    const NAME: &'static str = "job.retry";
    type Facts = Facts;
    type Outcome = ();

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        super::load(books, self.job).await
    }

    fn needs(&self, _facts: &Facts) -> Need {
        Need::on_everything(permissions::SYSTEM_MANAGE)
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<(), Refusal> {
        super::must_have_failed(facts)
    }

    async fn write(&self, _: &Facts, _: &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        Ok(books.retry_job(self.job).await?)
    }

    fn record(&self, facts: &Facts, _outcome: &()) -> Record {
        super::record(self.job, facts, "retry", "重试", "tried again")
    }
}
