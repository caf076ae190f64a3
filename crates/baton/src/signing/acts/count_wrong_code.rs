//! A code or a signing secret was wrong 口令输错.

use access::Need;
use kernel::{EmployeeId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use crate::permissions;
use crate::signing::{factor, store};

/// Wrong ones in a row before a person must wait.
const FREE_FAILURES: i64 = 5;

/// Counts a wrong code; from the fifth on the person waits 5, 10, 20, … minutes, at most two hours:
/// of a million codes nobody tries more than a few dozen a day.
#[derive(Debug, Serialize, Deserialize)]
pub struct CountWrongCode {
    /// Whose.
    pub employee: EmployeeId,
}

impl Act for CountWrongCode {
    const NAME: &'static str = "signing.count_wrong_code";
    type Facts = (i64, Moment);
    type Outcome = Moment;

    fn guards(&self) -> Vec<String> {
        vec![format!("signing-factor/{}", self.employee)]
    }

    async fn load(&self, books: &mut Reader<'_>) -> Result<Self::Facts, Failure> {
        Ok(store::failures(books, self.employee).await?)
    }

    fn needs(&self, _: &Self::Facts) -> Need {
        Need::at_all(permissions::LOGIN_MANAGE)
    }

    fn decide(&self, (failures, until): &Self::Facts, at: Moment) -> Result<Moment, Refusal> {
        factor::no_more_guesses(*until, at)?;
        let beyond = failures + 1 - FREE_FAILURES;
        if beyond < 0 {
            return Ok(Moment(0));
        }
        let minutes = (5_i64 << beyond.min(5)).min(120);
        Ok(at.plus_seconds(60 * minutes))
    }

    async fn write(
        &self,
        _: &Self::Facts,
        blocked_until: &Moment,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        Ok(store::count_failure(books, self.employee, *blocked_until).await?)
    }

    fn record(&self, (failures, _): &Self::Facts, blocked_until: &Moment) -> Record {
        Record::of(
            format!("employee/{}", self.employee),
            "签署时动态口令或签名口令输错一次",
            "A wrong one-time code or signing passphrase",
        )
        .detail(serde_json::json!({
            "failures": failures + 1,
            "blocked_until": blocked_until,
        }))
    }
}
