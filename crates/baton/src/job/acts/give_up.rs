//! A job is given up 放弃后台任务.

use access::Need;
use kernel::{JobId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use super::Facts;
use crate::permissions;

/// Ends a job that failed without doing it; what it should have done must be done by hand.
#[derive(Debug, Serialize, Deserialize)]
pub struct GiveUp {
    /// Which job.
    pub job: JobId,
}

impl Act for GiveUp {
    const NAME: &'static str = "job.give_up";
    type Facts = Facts;
    type Outcome = ();

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        super::load(books, self.job).await
    }

    fn needs(&self, _facts: &Facts) -> Need {
        Need::on_everything(permissions::SYSTEM_MANAGE)
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<(), Refusal> {
        super::must_have_failed(facts)?;
        if super::may_be_given_up(&facts.job.kind) {
            return Ok(());
        }
        Err(Refusal::conflict(
            "job.must_run",
            "这项任务不能放弃：放弃后离职人员的账号不会按时关闭，离职流程也不会推进",
            "This job cannot be given up: the login of somebody who left would not be closed in \
             time, and the process of his departure would stand still",
        )
        .remedy((
            "请排除失败原因后重试；急需时请安全管理员先停用该账号",
            "Remove the cause of the failure and try again; if it is urgent, let the security \
             administrator close the login",
        )))
    }

    async fn write(&self, _: &Facts, _: &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        Ok(books.drop_job(self.job).await?)
    }

    fn record(&self, facts: &Facts, _outcome: &()) -> Record {
        super::record(self.job, facts, "give_up", "放弃", "given up")
    }
}
