//! Signatures are no longer asked for 撤回签署.

use ::signing::ceremony::record::Step;
use access::Need;
use kernel::{Moment, Refusal, SigningId};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use crate::permissions;
use crate::signing::found::{Found, found};
use crate::signing::store;

/// Takes the document back before all have signed.
#[derive(Debug, Serialize, Deserialize)]
pub struct Withdraw {
    /// Which.
    pub ceremony: SigningId,
    /// Who, as the evidence names him.
    pub by: String,
    /// Why.
    pub reason: String,
}

impl Act for Withdraw {
    const NAME: &'static str = "signing.withdraw";
    type Facts = Found;
    type Outcome = Step;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Found, Failure> {
        found(books, self.ceremony).await
    }

    fn needs(&self, found: &Found) -> Need {
        Need::on(permissions::SIGNING_REQUEST, found.target())
    }

    fn decide(&self, found: &Found, at: Moment) -> Result<Step, Refusal> {
        found.ceremony.withdraw(&self.by, &self.reason, at)
    }

    async fn write(
        &self,
        found: &Found,
        step: &Step,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        store::keep(books, (self.ceremony, &found.ceremony), step, &self.by, &[]).await
    }

    fn record(&self, found: &Found, step: &Step) -> Record {
        let reason = self.reason.trim();
        found
            .step_record(
                step,
                format!("撤回{}的签署：{reason}", found.called()),
                format!(
                    "The signing of {} was withdrawn: {reason}",
                    found.document.number
                ),
            )
            .why("withdrawn")
    }
}
