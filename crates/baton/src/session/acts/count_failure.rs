//! A login failed 登录失败.

use access::Need;
use kernel::{Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use crate::permissions;
use crate::session::store;

/// Failures in a row before a 工号 must wait.
pub const FREE_FAILURES: i64 = 5;

/// Whether a 工号 may be tried at this moment.
///
/// # Errors
/// `session.must_wait`.
pub(crate) fn no_more_guesses(until: Moment, at: Moment) -> Result<(), Refusal> {
    if until <= at {
        return Ok(());
    }
    let minutes = (until.0 - at.0) / 60_000 + 1;
    Err(Refusal::invalid(
        "session.must_wait",
        format!("登录失败次数过多，请 {minutes} 分钟后再试"),
        format!("Too many failed logins; try again in {minutes} minutes"),
    )
    .remedy(super::FORGOTTEN))
}

/// Counts a failed login; from the fifth on the 工号 waits 1, 2, 4, … minutes, at most an hour.
///
/// Whoever waits is refused here too, in the transaction that counts: of many guesses that were
/// under way at once, no more than the free ones learn what they came to.
#[derive(Debug, Serialize, Deserialize)]
pub struct CountFailure {
    /// The 工号 as it was typed, cut to 64 characters; it may belong to nobody.
    pub number: String,
}

impl Act for CountFailure {
    const NAME: &'static str = "session.count_failure";
    type Facts = (i64, Moment);
    type Outcome = Moment;

    fn guards(&self) -> Vec<String> {
        vec![format!("login-number/{}", self.number)]
    }

    async fn load(&self, books: &mut Reader<'_>) -> Result<Self::Facts, Failure> {
        Ok(store::failures(books, &self.number).await?)
    }

    fn needs(&self, _facts: &Self::Facts) -> Need {
        Need::at_all(permissions::LOGIN_MANAGE)
    }

    fn decide(&self, (failures, until): &Self::Facts, at: Moment) -> Result<Moment, Refusal> {
        no_more_guesses(*until, at)?;
        let beyond = failures + 1 - FREE_FAILURES;
        if beyond < 0 {
            return Ok(Moment(0));
        }
        let minutes = 1_i64 << beyond.min(6);
        Ok(at.plus_seconds(60 * minutes.min(60)))
    }

    async fn write(
        &self,
        _: &Self::Facts,
        blocked_until: &Moment,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        Ok(store::count_failure(books, &self.number, *blocked_until).await?)
    }

    fn record(&self, (failures, _): &Self::Facts, blocked_until: &Moment) -> Record {
        Record::of("login/unknown".to_owned(), "一次登录失败", "A login failed").detail(
            serde_json::json!({
                "number": self.number,
                "failures": failures + 1,
                "blocked_until": blocked_until,
            }),
        )
    }
}
