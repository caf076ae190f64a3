//! The company's seal is to be used 申请用印.

use access::Need;
use kernel::{Moment, Refusal, SealUseId, SigningId};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use crate::signing::found::{Found, found};
use crate::signing::making::{entity_of, no_seal, not_the_companys_turn};
use crate::signing::{jobs, store};
use crate::{bounds, permissions, told};

/// Asks that the company signs. It waits for an approval by somebody else
/// ([`crate::approval::gated`]); what was approved is then sealed by a job.
#[derive(Debug, Serialize, Deserialize)]
pub struct UseSeal {
    /// Which.
    pub ceremony: SigningId,
    /// Why.
    pub reason: String,
    /// Who asks, as the evidence names him.
    pub by: String,
}

/// The ceremony, whether there is a seal, and the id of this use.
pub struct Facts {
    found: Found,
    seal: bool,
    at: Moment,
    id: SealUseId,
}

impl UseSeal {
    /// Whether it can be asked for at all; asked before the approval and after it.
    pub(crate) fn check(&self, facts: &Facts) -> Result<(), Refusal> {
        bounds::length("/reason", "用印事由", &self.reason, bounds::REASON)?;
        if facts.found.company_seat(facts.at).is_none() {
            return Err(not_the_companys_turn());
        }
        if facts.seal { Ok(()) } else { Err(no_seal()) }
    }

    /// What the approvers are told.
    pub(crate) fn asked(facts: &Facts) -> (&Found, String) {
        let found = &facts.found;
        (
            found,
            told::OF_SEAL.of(&[&format!("{}（{}）", found.called(), found.person.called())]),
        )
    }
}

impl Act for UseSeal {
    const NAME: &'static str = "signing.use_seal";
    type Facts = Facts;
    type Outcome = SealUseId;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let found = found(books, self.ceremony).await?;
        let at = books.at();
        let entity = found.company_seat(at).and_then(|(_, seat)| entity_of(seat));
        let seal = match entity {
            Some(entity) => store::seal_of(books, entity).await?.is_some(),
            None => false,
        };
        Ok(Facts {
            found,
            seal,
            at,
            id: SealUseId::mint(at, books.dice()),
        })
    }

    fn needs(&self, facts: &Facts) -> Need {
        Need::on(permissions::SIGNING_REQUEST, facts.found.target())
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<SealUseId, Refusal> {
        self.check(facts)?;
        Ok(facts.id)
    }

    async fn write(
        &self,
        _: &Facts,
        id: &SealUseId,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let reason = self.reason.trim();
        store::add_seal_use(books, (*id, self.ceremony), &self.by, reason).await?;
        Ok(jobs::enqueue_seal(books, self.ceremony, *id).await?)
    }

    fn record(&self, facts: &Facts, id: &SealUseId) -> Record {
        let (called, reason) = (facts.found.called(), self.reason.trim());
        let zh = format!("批准在{called}上用印：{reason}");
        let en = format!("The seal may be used on {called}: {reason}");
        let record = facts.found.record(zh, en).why("seal");
        record.detail(serde_json::json!({ "seal_use": id, "reason": reason }))
    }
}
