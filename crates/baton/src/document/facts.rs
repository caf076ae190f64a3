//! Reading what a document says 文书取数.

use ::document::{Content, Kind, Letterhead, Template};
use kernel::{DocumentId, Moment, Refusal};
use spine::{Denied, Failure, Reader};

use super::about::{Source, Wish, source};
use super::press::Sheet;
use super::store::{self, DocumentLine};
use super::{contents, rules};
use crate::people::store::{self as people, Employee};
use crate::rehearsal;

/// What is printed, and what decides whether it may be.
pub struct Facts {
    pub(crate) source: Source,
    /// What would be printed, or why that cannot be said.
    sheet: Result<Sheet, Refusal>,
    /// The newest of this kind about the same.
    pub(crate) earlier: Option<DocumentLine>,
    pub(crate) kind: Kind,
}

impl Facts {
    /// Whether it may be issued now.
    pub(crate) fn may_issue(&self, because: &str) -> Result<(), Refusal> {
        rules::fits(self.kind, &self.source)?;
        let earlier = self.earlier.as_ref().map(|one| one.number.as_str());
        rules::once_more(earlier, because)
    }

    /// What is printed.
    ///
    /// # Errors
    /// `document.typed` where something is filled in wrongly, or what the contents refuse.
    pub(crate) fn sheet(&self) -> Result<&Sheet, Refusal> {
        self.sheet.as_ref().map_err(Clone::clone)
    }

    /// The same, taken out.
    pub(crate) fn into_sheet(self) -> Result<Sheet, Refusal> {
        self.sheet
    }
}

/// Reads everything for one document.
pub(crate) async fn gather(books: &mut Reader<'_>, wish: &Wish) -> Result<Facts, Failure> {
    let kind = wish.kind;
    let source = source(books, wish.about).await?;
    let (subject, part) = (source.subject(), wish.about.part());
    let earlier = store::newest(books, kind, (&subject, &part)).await?;
    let issued = store::count(books, kind, &subject).await?;
    let number = number(&source, kind, issued);
    let sheet = match content(books, wish, &source).await {
        Ok(content) => Ok(sheet_of(books, (kind, number), &source.person, content).await?),
        // Whoever may not issue it learns nothing of what is wrong with it: the act says so later.
        Err(Failure::Refused(no)) => Err(no),
        Err(failure) => return Err(failure),
    };
    Ok(Facts {
        source,
        sheet,
        earlier,
        kind,
    })
}

/// The number of the next one: `LZ2026-0001-ZM1`.
pub(crate) fn number(source: &Source, kind: Kind, issued: i64) -> String {
    format!("{}-{}{}", source.number(), kind.manifest().code, issued + 1)
}

async fn content(books: &mut Reader<'_>, wish: &Wish, source: &Source) -> Result<Content, Failure> {
    if wish.kind.about() != wish.about.word() {
        return Err(rules::elsewhere(wish.kind).into());
    }
    let typed = wish.kind.manifest().read(&wish.typed);
    let typed = typed.map_err(|wrong| rules::filled_in_wrongly(&wrong))?;
    rules::no_penalty(wish.kind, &typed)?;
    contents::of(books, wish.kind, source, typed).await
}

/// A sheet of this kind, from facts that have been read.
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
        rehearsal: rehearsal::ends(books).await?.declared,
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
