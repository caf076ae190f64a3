//! What a person can do about jobs 后台任务动作.

pub mod give_up;
pub mod retry;

use kernel::{JobId, Refusal};
use spine::{Denied, Failure, JobRow, JobState, Reader, Record};

use crate::departure::jobs::{END_ACCESS, LAST_DAY};
use crate::registry;

/// A job as an act needs it.
pub struct Facts {
    pub(crate) job: JobRow,
    pub(crate) state: JobState,
}

impl Facts {
    /// What the kind is called.
    pub(crate) fn called(&self) -> (String, String) {
        let kind = self.job.kind.as_str();
        let line = registry::job(kind);
        line.map_or((kind.to_owned(), kind.to_owned()), |line| {
            (line.zh.to_owned(), line.en.to_owned())
        })
    }
}

/// What is kept of a job that a person decided about: what it was and why it had failed.
fn record(job: JobId, facts: &Facts, why: &str, zh: &str, en: &str) -> Record {
    let (called, called_en) = facts.called();
    Record::of(
        format!("job/{job}"),
        format!("{zh}后台任务「{called}」"),
        format!("The job “{called_en}” is {en}"),
    )
    .why(why)
    .detail(serde_json::json!({
        "kind": facts.job.kind,
        "attempts": facts.job.attempts,
        "last_error": facts.job.last_error,
    }))
}

async fn load(books: &mut Reader<'_>, id: JobId) -> Result<Facts, Failure> {
    let job = books.job(id).await?;
    let job = job.ok_or_else(|| Denied::absent("job"))?;
    let state = job.state(books.at());
    Ok(Facts { job, state })
}

/// Whether a person may give up a job of this kind. Without these a leaver would keep his login.
pub(super) fn may_be_given_up(kind: &str) -> bool {
    ![END_ACCESS, LAST_DAY].contains(&kind)
}

fn must_have_failed(facts: &Facts) -> Result<(), Refusal> {
    match facts.state {
        JobState::Waiting | JobState::Due => Err(Refusal::conflict(
            "job.not_failed",
            "这项任务没有失败，到时会自动执行",
            "This job has not failed; it runs by itself when its time has come",
        )
        .remedy((
            "无需处理；若不应再执行，请在相关业务页面改期或撤销",
            "Nothing is to be done; if it should not run, move the date or take the matter back \
             on its own page",
        ))),
        JobState::Done | JobState::Dropped => Err(Refusal::conflict(
            "job.ended",
            "这项任务已经结束",
            "This job has ended",
        )),
        JobState::Running => Err(Refusal::conflict(
            "job.running",
            "这项任务正在执行",
            "This job is running",
        )
        .remedy((
            "请等它结束；执行超过 5 分钟而服务已停的，会自动放开",
            "Wait until it ends; what runs for more than 5 minutes while the service \
             is down is released by itself",
        ))),
        JobState::Failed | JobState::Retrying => Ok(()),
    }
}
