//! A login failed 登录失败.

use access::Need;
use kernel::{Moment, Refusal};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
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
///
/// What nobody's 工号 is may be a password, a telephone or an identity number, typed into the wrong
/// box: the evidence never forgets, so none of it is kept.
#[derive(Debug, Serialize, Deserialize)]
pub struct CountFailure {
    /// The 工号 of a login, or what stands for a text that is none.
    pub number: String,
}

/// What the decision needs to know.
pub struct Facts {
    failures: i64,
    waits_until: Moment,
    /// Whether a login has this 工号.
    known: bool,
}

impl CountFailure {
    /// Tells several apart, and not which: each stands for every 256th text there is.
    fn shade(&self) -> String {
        hex::encode(&Sha256::digest(self.number.as_bytes())[..1])
    }
}

impl Act for CountFailure {
    const NAME: &'static str = "session.count_failure";
    type Facts = Facts;
    type Outcome = Moment;

    fn guards(&self) -> Vec<String> {
        vec![format!("login-number/{}", self.number)]
    }

    async fn load(&self, books: &mut Reader<'_>) -> Result<Self::Facts, Failure> {
        let (failures, waits_until) = store::failures(books, &self.number).await?;
        let login = store::login_by_number(books, &self.number).await?;
        Ok(Facts {
            failures,
            waits_until,
            known: login.is_some(),
        })
    }

    fn needs(&self, _facts: &Self::Facts) -> Need {
        Need::at_all(permissions::LOGIN_MANAGE)
    }

    fn decide(&self, facts: &Self::Facts, at: Moment) -> Result<Moment, Refusal> {
        no_more_guesses(facts.waits_until, at)?;
        let beyond = facts.failures + 1 - FREE_FAILURES;
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

    fn record(&self, facts: &Self::Facts, blocked_until: &Moment) -> Record {
        let (zh, en) = match facts.known {
            true => ("一次登录失败", "A login failed"),
            false => (
                "一次登录失败：没有这个账号",
                "A login failed: nobody has this number",
            ),
        };
        let (key, said) = match facts.known {
            true => ("number", self.number.clone()),
            false => ("unknown", self.shade()),
        };
        Record::of("login/unknown".to_owned(), zh, en).detail(serde_json::json!({
            key: said,
            "failures": facts.failures + 1,
            "blocked_until": blocked_until,
        }))
    }
}
