//! A ceremony as it is read: its steps decided anew 签署流程读取.

use ::evidence::entry::Document;
use ::evidence::file_digest::FileDigest;
use ::signing::ceremony::Ceremony;
use ::signing::ceremony::record::{Seat, Sha256Digest, Step};
use access::Target;
use kernel::{EmployeeId, Refusal, SigningId};
use spine::{Denied, Failure, Reader, Record};

use super::store::{self, Head, StepLine};
use crate::document::store::{self as documents, DocumentLine};
use crate::people::store::{self as people, Employee};
use crate::subjects;

/// A ceremony, its document, and whom the document is about.
pub struct Found {
    pub(crate) head: Head,
    pub(crate) ceremony: Ceremony,
    pub(crate) steps: Vec<StepLine>,
    pub(crate) document: DocumentLine,
    pub(crate) person: Employee,
    /// For whom it is not there: see [`subjects::kept_from`].
    kept_from: Option<EmployeeId>,
}

/// Reads a ceremony. Every step is decided anew, so that one that was changed, left out or put in
/// past the program is noticed here.
///
/// # Errors
/// Absent; `signing.broken` when the steps do not follow from each other.
pub(crate) async fn found(books: &mut Reader<'_>, id: SigningId) -> Result<Found, Failure> {
    let head = store::find(books, id).await?;
    let head = head.ok_or_else(|| Denied::absent("signing"))?;
    let steps = store::steps(books, id).await?;
    let document = documents::find(books, head.document).await?;
    let document = document.ok_or_else(|| Denied::absent("signing"))?;
    let person = people::find_employee(books, head.employee).await?;
    let person = person.ok_or_else(|| Denied::absent("signing"))?;
    let taken: Vec<Step> = steps.iter().map(|line| line.step.clone()).collect();
    let ceremony = Ceremony::replay(head.terms.clone(), &taken);
    let ceremony = ceremony.map_err(|no| broken(id, &no.code))?;
    if String::from(head.terms.document) != document.digest {
        return Err(broken(id, "document").into());
    }
    Ok(Found {
        kept_from: subjects::kept_from(books, &document.subject).await?,
        head,
        ceremony,
        steps,
        document,
        person,
    })
}

pub(super) fn broken(id: SigningId, what: &str) -> Refusal {
    tracing::error!(signing = %id, what, "a ceremony does not follow from its steps");
    Refusal::conflict(
        "signing.broken",
        "签署记录前后不衔接，可能被改动，已停止办理",
        "The steps of this signing do not follow from each other; nothing more is done",
    )
    .remedy((
        "请联系审计人员运行 baton audit --deep 查明原因",
        "Ask an auditor to run baton audit --deep to find the cause",
    ))
}

impl Found {
    /// What the evidence calls it.
    pub(crate) fn subject(&self) -> String {
        format!("signing/{}", self.head.id)
    }

    /// What access asks of those who run it.
    pub(crate) fn target(&self) -> Target {
        Target {
            kept_from: self.kept_from,
            ..self.person.target()
        }
    }

    /// `《离职证明》LZ2026-0001-ZM1`
    pub(crate) fn called(&self) -> String {
        format!("《{}》{}", self.document.title, self.document.number)
    }

    /// The seat of an employee.
    pub(super) fn seat_of(&self, employee: EmployeeId) -> Option<(usize, &Seat)> {
        let party = employee.to_string();
        let mut seats = self.head.terms.seats.iter().enumerate();
        seats.find(|(_, seat)| seat.party == party)
    }

    /// The company's seat whose turn it is.
    pub(super) fn company_seat(&self, at: kernel::Moment) -> Option<(usize, &Seat)> {
        let next = self.ceremony.next(at).into_iter();
        next.map(|number| (number, &self.head.terms.seats[number]))
            .find(|(_, seat)| seat.party.starts_with("entity/"))
    }

    /// The bytes that lie before whoever signs next, those their digest names.
    ///
    /// # Errors
    /// `signing.broken` when the kept bytes are others.
    pub(crate) async fn bytes(&self, books: &mut Reader<'_>) -> Result<Vec<u8>, Failure> {
        let current = self.ceremony.current();
        let bytes = match store::newest_file(books, self.head.id).await? {
            Some(kept) if current != self.head.terms.document => kept.bytes,
            _ => documents::bytes(books, self.document.id)
                .await?
                .unwrap_or_default(),
        };
        if Sha256Digest::of(&bytes) == current {
            Ok(bytes)
        } else {
            Err(broken(self.head.id, "bytes").into())
        }
    }

    /// The proof of something that happened here: its chain is the ceremony's; it names document,
    /// person, and what the document is about.
    pub(super) fn record(&self, zh: String, en: String) -> Record {
        Record::of(self.subject(), zh, en)
            .about(format!("document/{}", self.document.id))
            .about(format!("employee/{}", self.person.id))
            .about(self.document.subject.clone())
    }

    /// The proof of a step, with the digests it is bound to.
    pub(super) fn step_record(&self, step: &Step, zh: String, en: String) -> Record {
        let named = |name: &str, digest: Sha256Digest| Document {
            name: format!("{}{name}", self.document.id),
            sha256: FileDigest::from_bytes(digest.0),
            sm3: None,
        };
        let mut record = self.record(zh, en).document(named("", step.bound_to));
        if step.leaves != step.bound_to {
            record = record.document(named("/signed", step.leaves));
        }
        record.detail(serde_json::json!({
            "document": self.document.number,
            "no": self.ceremony.steps().len(),
            "step": serde_json::to_string(step).unwrap_or_default(),
        }))
    }
}
