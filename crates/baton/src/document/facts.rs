//! Reading what a document says 文书取数.

use ::document::{Content, Kind, Letterhead, Template};
use kernel::{DepartureId, DocumentId, Moment, Refusal};
use spine::{Denied, Failure, Reader};

use super::press::Sheet;
use super::store::{self, DocumentLine};
use super::{contents, rules};
use crate::departure::store::{self as departures, Found};
use crate::people::store::{self as people, Employee};

/// What is printed, and what decides whether it may be.
pub struct Facts {
    pub(crate) found: Found,
    pub(crate) sheet: Sheet,
    /// The newest of this kind for the same departure.
    pub(crate) earlier: Option<DocumentLine>,
    pub(crate) kind: Kind,
}

impl Facts {
    /// Whether it may be issued now.
    pub(crate) fn may_issue(&self, because: &str) -> Result<(), Refusal> {
        rules::fits(self.kind, &self.found.departure, self.found.today)?;
        let earlier = self.earlier.as_ref().map(|one| one.number.as_str());
        rules::once_more(earlier, because)
    }
}

/// Reads everything for one kind of document about a departure.
pub(crate) async fn gather(
    books: &mut Reader<'_>,
    kind: Kind,
    departure: DepartureId,
) -> Result<Facts, Failure> {
    let found = departures::found(books, departure).await?;
    let subject = found.subject();
    let earlier = store::newest(books, kind, &subject).await?;
    let issued = store::count(books, kind, &subject).await?;
    let number = format!(
        "{}-{}{}",
        found.departure.number,
        kind.manifest().code,
        issued + 1
    );
    let content = match kind {
        Kind::LeavingCertificate => contents::certificate(&found),
        Kind::ResignationNotice => contents::notice(&found),
        Kind::HandoverList => contents::handover_list(books, &found).await?,
        Kind::CommissionStatement => return Err(rules::elsewhere(kind).into()),
    };
    let sheet = Sheet {
        id: DocumentId::mint(books.at(), books.dice()),
        number,
        letterhead: letterhead(books, &found.person).await?,
        at: second(books.at()),
        zone: books.zone().clone(),
        template: template(books, kind).await?,
        content,
    };
    Ok(Facts {
        found,
        sheet,
        earlier,
        kind,
    })
}

/// A sheet of a kind that is not about a departure, from facts another slice has read.
pub(crate) async fn sheet_of(
    books: &mut Reader<'_>,
    (kind, number): (Kind, String),
    person: &Employee,
    content: Content,
) -> Result<Sheet, Failure> {
    Ok(Sheet {
        id: DocumentId::mint(books.at(), books.dice()),
        number,
        letterhead: letterhead(books, person).await?,
        at: second(books.at()),
        zone: books.zone().clone(),
        template: template(books, kind).await?,
        content,
    })
}

/// A PDF's date has no fractions of a second.
fn second(at: Moment) -> Moment {
    Moment(at.unix_seconds().saturating_mul(1_000))
}

async fn template(books: &mut Reader<'_>, kind: Kind) -> Result<Template, Failure> {
    let known = store::template(books, kind).await?;
    Ok(match known {
        Some(known) if known.own => Template::own(kind, known.source),
        _ => Template::shipped(kind),
    })
}

/// The legal entity that employs the person stands on the paper, not the group.
async fn letterhead(books: &mut Reader<'_>, person: &Employee) -> Result<Letterhead, Failure> {
    let entities = people::entities(books).await?;
    let entity = entities.into_iter().find(|one| one.id == person.entity);
    let entity = entity.ok_or_else(|| Denied::absent("entity"))?;
    Ok(Letterhead {
        company: entity.name,
        credit_code: entity.credit_code.filter(|code| !code.is_empty()),
    })
}
