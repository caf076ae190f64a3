//! The company signs with its seal 用印.

use ::signing::ceremony::record::{Proof, Sha256Digest, Step};
use access::Need;
use kernel::{Moment, Refusal, SealUseId, SigningId};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use crate::permissions;
use crate::signing::found::{Found, found};
use crate::signing::making::{Made, not_the_companys_turn};
use crate::signing::store::{self, NewFile};

/// Puts the company's signature into a document, after its use was approved.
#[derive(Debug, Serialize, Deserialize)]
pub struct Seal {
    /// Which.
    pub ceremony: SigningId,
    /// The approved use.
    pub seal_use: SealUseId,
    /// Digest of the document before.
    pub before: Sha256Digest,
    /// What was made beforehand.
    #[serde(skip)]
    pub(crate) made: Option<Result<Made, Refusal>>,
}

impl Seal {
    fn made(&self) -> Result<Made, Refusal> {
        self.made.clone().ok_or_else(super::not_made)?
    }
}

impl Act for Seal {
    const NAME: &'static str = "signing.seal";
    /// The ceremony, and whether this use was approved for it.
    type Facts = (Found, bool);
    type Outcome = Step;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Self::Facts, Failure> {
        let approved = store::seal_use(books, self.seal_use, self.ceremony).await?;
        Ok((found(books, self.ceremony).await?, approved))
    }

    fn needs(&self, _: &Self::Facts) -> Need {
        // The system alone: no role holds everything that this asks for.
        Need::on_everything(permissions::SIGNING_SIGN)
    }

    fn decide(&self, (found, approved): &Self::Facts, at: Moment) -> Result<Step, Refusal> {
        let seat = found.company_seat(at).ok_or_else(not_the_companys_turn)?.1;
        let made = self.made()?;
        let signed = made.signed.ok_or_else(super::not_made)?;
        let proof = Proof::Reliable {
            before: self.before,
            after: Sha256Digest::of(&signed.bytes),
            certificate: signed.certificate,
            stamped_at: signed.stamped_at,
            seal_use: approved.then(|| self.seal_use.to_string()),
        };
        found.ceremony.sign(&seat.party, proof, at)
    }

    async fn write(
        &self,
        (found, _): &Self::Facts,
        step: &Step,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let made = self.made()?;
        let file = made.signed.map(|file| NewFile {
            kind: "signed",
            media: "application/pdf".to_owned(),
            bytes: file.bytes,
        });
        let files: Vec<NewFile> = file.into_iter().collect();
        let what = (self.ceremony, &found.ceremony);
        store::keep(books, what, step, "system", &files).await
    }

    fn record(&self, (found, _): &Self::Facts, step: &Step) -> Record {
        found
            .step_record(
                step,
                format!("{}在{}上用印", found.person.entity_name, found.called()),
                format!("The company's seal was set on {}", found.document.number),
            )
            .why("sealed")
    }
}
