//! A person refuses to sign 拒签.

use ::signing::ceremony::record::Step;
use access::Need;
use kernel::{EmployeeId, Moment, Refusal, SigningId};
use serde::{Deserialize, Serialize};
use spine::{Act, Denied, Failure, Reader, Record, Writer};

use crate::people::store as people;
use crate::signing::found::{Found, found};
use crate::signing::store;

/// Refuses, with a reason; the ceremony is over.
#[derive(Debug, Serialize, Deserialize)]
pub struct Refuse {
    /// Which.
    pub ceremony: SigningId,
    /// Who; always the caller himself.
    pub by: EmployeeId,
    /// Why, in his own words.
    pub reason: String,
}

impl Act for Refuse {
    const NAME: &'static str = "signing.refuse";
    /// The ceremony, and what the person is called.
    type Facts = (Found, String);
    type Outcome = Step;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Self::Facts, Failure> {
        let found = found(books, self.ceremony).await?;
        if found.seat_of(self.by).is_none() {
            return Err(Denied::absent("signing").into());
        }
        let person = people::find_employee(books, self.by).await?;
        Ok((found, person.map(|one| one.called()).unwrap_or_default()))
    }

    fn needs(&self, _: &Self::Facts) -> Need {
        super::own(self.by)
    }

    fn decide(&self, (found, _): &Self::Facts, at: Moment) -> Result<Step, Refusal> {
        let refused = found
            .ceremony
            .refuse(&self.by.to_string(), &self.reason, at);
        refused.map_err(|no| match no.code.as_str() {
            "signing.reason" => no.at(
                "/reason",
                ("请填写拒签理由", "Give the reason why you do not sign"),
            ),
            _ => no,
        })
    }

    async fn write(
        &self,
        (found, _): &Self::Facts,
        step: &Step,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let by = self.by.to_string();
        store::keep(books, (self.ceremony, &found.ceremony), step, &by, &[]).await
    }

    fn record(&self, (found, name): &Self::Facts, step: &Step) -> Record {
        let reason = self.reason.trim();
        found
            .step_record(
                step,
                format!("{name}拒签{}：{reason}", found.called()),
                format!("{name} refused to sign {}: {reason}", found.document.number),
            )
            .why("refused")
            .about(format!("employee/{}", self.by))
    }
}
