//! Somebody signed by hand 登记纸质签署.

use ::evidence::entry::Document;
use ::evidence::file_digest::FileDigest;
use ::signing::ceremony::record::{Proof, Sha256Digest, Step};
use access::Need;
use kernel::{Moment, Refusal, SigningId};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use crate::people::store as people;
use crate::signing::found::{Found, found};
use crate::signing::seats;
use crate::signing::store::{self, NewFile};
use crate::{bounds, permissions, told};

/// Records a signature on paper: the scan, and where the original lies. Recorded by somebody other
/// than its signer.
#[derive(Debug, Serialize, Deserialize)]
pub struct RecordPaper {
    /// Which.
    pub ceremony: SigningId,
    /// Whose place to sign, from 0.
    pub seat: usize,
    /// Where the original lies.
    pub kept_at: String,
    /// Digest of the scan.
    pub scan: Sha256Digest,
    /// Who records it, as the evidence names him.
    pub by: String,
    /// The scan.
    #[serde(skip)]
    pub(crate) file: Option<NewFile>,
}

impl Act for RecordPaper {
    const NAME: &'static str = "signing.record_paper";
    /// The ceremony, and what the signer is called.
    type Facts = (Found, String);
    type Outcome = Step;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Self::Facts, Failure> {
        let found = found(books, self.ceremony).await?;
        let seat = found.head.terms.seats.get(self.seat);
        let name = match seat.and_then(|seat| seat.party.parse().ok()) {
            Some(employee) => people::find_employee(books, employee).await?,
            None => None,
        };
        let name = name.map_or_else(|| told::COMPANY.of(&[]), |one| one.called());
        Ok((found, name))
    }

    fn needs(&self, (found, _): &Self::Facts) -> Need {
        Need::on(permissions::SIGNING_REQUEST, found.target())
    }

    fn decide(&self, (found, _): &Self::Facts, at: Moment) -> Result<Step, Refusal> {
        bounds::length("/kept_at", "原件存放地点", &self.kept_at, bounds::SHORT)?;
        let seat = found.head.terms.seats.get(self.seat).ok_or_else(|| {
            Refusal::invalid("signing.seat", "没有这个签署席位", "There is no such seat")
                .at("/seat", ("没有这个签署席位", "There is no such seat"))
        })?;
        self.file.as_ref().ok_or_else(super::not_made)?;
        let proof = Proof::Paper {
            scan: self.scan,
            kept_at: self.kept_at.trim().to_owned(),
            recorded_by: self.by.clone(),
        };
        found.ceremony.sign(&seat.party, proof, at)
    }

    async fn write(
        &self,
        (found, _): &Self::Facts,
        step: &Step,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let files: Vec<NewFile> = self.file.iter().cloned().collect();
        store::keep(
            books,
            (self.ceremony, &found.ceremony),
            step,
            &self.by,
            &files,
        )
        .await
    }

    fn record(&self, (found, name): &Self::Facts, step: &Step) -> Record {
        let place = self.kept_at.trim();
        let seat = found.head.terms.seats.get(self.seat);
        let (zh, _) = seat.map_or(("", ""), |seat| seats::role_words(seat.role));
        found
            .step_record(
                step,
                format!(
                    "登记{zh}{name}对{}的纸质签署，原件存于{place}",
                    found.called()
                ),
                format!(
                    "{} signed {} on paper, kept at {place}",
                    told::in_english(name),
                    found.document.number
                ),
            )
            .why("paper")
            .document(Document {
                name: "scan".to_owned(),
                sha256: FileDigest::from_bytes(self.scan.0),
                sm3: None,
            })
    }
}
