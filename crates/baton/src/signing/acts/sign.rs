//! A person signs 签署.

use ::evidence::entry::Document;
use ::evidence::file_digest::FileDigest;
use ::signing::ceremony::record::{Consent, Factor as By, Level, Proof, Sha256Digest, Step};
use access::Need;
use kernel::{EmployeeId, Moment, Refusal, SigningId};
use serde::{Deserialize, Serialize};
use spine::{Act, Denied, Failure, Reader, Record, Writer};

use crate::people::store as people;
use crate::signing::factor::Standing;
use crate::signing::found::{Found, found};
use crate::signing::making::Made;
use crate::signing::store::{self, NewFile};
use crate::signing::{consent, seats};

/// Signs what lies before the person. Code and secret never come here; what they gave does.
#[derive(Debug, Serialize, Deserialize)]
pub struct Sign {
    /// Which.
    pub ceremony: SigningId,
    /// Who; always the caller himself.
    pub by: EmployeeId,
    /// Digest of the bytes that were on the screen.
    pub read: Sha256Digest,
    /// Digest of the drawn signature.
    pub drawn: Option<Sha256Digest>,
    /// Whether the signature goes into the document.
    pub reliable: bool,
    /// What was made beforehand.
    #[serde(skip)]
    pub(crate) made: Option<Result<Made, Refusal>>,
}

/// The ceremony, and what the signer had done before.
pub struct Facts {
    found: Found,
    name: String,
    codes: Standing,
    consent: Option<Consent>,
}

/// What was signed.
#[derive(Debug, Serialize, Deserialize)]
pub struct Signed {
    /// The step.
    pub step: Step,
}

impl Sign {
    fn made(&self) -> Result<Made, Refusal> {
        self.made.clone().ok_or_else(super::not_made)?
    }

    fn proof(&self, level: Level, facts: &Facts, made: &Made) -> Result<Proof, Refusal> {
        let factor = By::OneTimeCode;
        if let Some(signed) = &made.signed {
            facts.consent.as_ref().ok_or_else(no_consent)?;
            return Ok(Proof::Reliable {
                before: self.read,
                after: Sha256Digest::of(&signed.bytes),
                certificate: signed.certificate,
                stamped_at: signed.stamped_at,
                seal_use: None,
            });
        }
        if level == Level::Receipt {
            return Ok(Proof::Receipt {
                read: self.read,
                factor,
            });
        }
        let drawn = made.drawn.as_deref().ok_or_else(super::not_made)?;
        Ok(Proof::Agreed {
            read: self.read,
            consent: facts.consent.clone().ok_or_else(no_consent)?,
            factor,
            drawn: Sha256Digest::of(drawn),
            seal_use: None,
        })
    }
}

fn no_consent() -> Refusal {
    Refusal::conflict(
        "signing.no_consent",
        "您尚未同意电子签署方式",
        "You have not agreed to sign electronically yet",
    )
    .remedy((
        "请先阅读并同意《电子签署同意书》；也可改用纸质签署",
        "Read and agree to the consent to electronic signing first; or sign on paper",
    ))
}

impl Act for Sign {
    const NAME: &'static str = "signing.sign";
    type Facts = Facts;
    type Outcome = Signed;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let found = found(books, self.ceremony).await?;
        if found.seat_of(self.by).is_none() {
            return Err(Denied::absent("signing").into());
        }
        let person = people::find_employee(books, self.by).await?;
        Ok(Facts {
            found,
            name: person.map(|one| one.called()).unwrap_or_default(),
            codes: Standing::read(books, self.by).await?,
            consent: store::consent(books, self.by, consent::digest()).await?,
        })
    }

    fn needs(&self, _: &Facts) -> Need {
        super::own(self.by)
    }

    fn decide(&self, facts: &Facts, at: Moment) -> Result<Signed, Refusal> {
        let (party, ceremony) = (self.by.to_string(), &facts.found.ceremony);
        let seat = ceremony.seat_of(&party, at)?;
        let made = self.made()?;
        let confirmed = made.confirmed.ok_or_else(super::not_made)?;
        facts.codes.allows(confirmed, at)?;
        let level = ceremony.terms().seats[seat].level;
        let proof = self.proof(level, facts, &made)?;
        let step = ceremony.sign(&party, proof, at)?;
        Ok(Signed { step })
    }

    async fn write(
        &self,
        facts: &Facts,
        signed: &Signed,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let made = self.made()?;
        if let Some(confirmed) = made.confirmed {
            store::use_step(books, self.by, confirmed.step).await?;
        }
        let drawn = made.drawn.map(|bytes| NewFile {
            kind: "drawn",
            media: "application/json".to_owned(),
            bytes,
        });
        let file = made.signed.map(|file| NewFile {
            kind: "signed",
            media: "application/pdf".to_owned(),
            bytes: file.bytes,
        });
        let files: Vec<NewFile> = drawn.into_iter().chain(file).collect();
        let what = (self.ceremony, &facts.found.ceremony);
        store::keep(books, what, &signed.step, &self.by.to_string(), &files).await
    }

    fn record(&self, facts: &Facts, signed: &Signed) -> Record {
        let found = &facts.found;
        let level = match &signed.step.deed {
            ::signing::ceremony::record::Deed::Signed { proof, .. } => proof.level(),
            _ => Level::Receipt,
        };
        let (zh, en) = seats::level_words(level);
        let record = found.step_record(
            &signed.step,
            format!("{}以「{zh}」签署{}", facts.name, found.called()),
            format!("{} signed {} ({en})", facts.name, found.document.number),
        );
        let record = record.why("signed").about(format!("employee/{}", self.by));
        match self.made().ok().and_then(|made| made.drawn) {
            Some(drawn) => record.document(Document {
                name: "drawn".to_owned(),
                sha256: FileDigest::sha256(&drawn),
                sm3: None,
            }),
            None => record,
        }
    }
}
