//! Documents issued: printed once, kept for ever, committed to in the evidence 文书.
//!
//! Tables: `document` and `document_template`, both append-only.
//!
//! A document is printed from facts that are read in the same transaction ([`facts`]), with the
//! template that is in force, which stands in the books too. Its bytes are kept and never printed
//! again; a mistake is corrected by another document that says why ([`acts::issue`]). The
//! company's own templates and fonts lie in the folders `templates` and `fonts` of the data folder
//! and are read when the house opens ([`open`]).

pub mod about;
pub mod acts;
pub mod api;
mod api_plan;
mod contents;
pub(crate) mod facts;
mod folder;
pub(crate) mod press;
mod rules;
pub(crate) mod store;
mod view;

pub(crate) use folder::open;

use access::RowFilter;
use kernel::{Day, Moment};
use spine::{Failure, Fault, Reader};

use crate::people::store::{self as people, Employee};

/// The font in which something is drawn beside a document's text; empty when there is none.
pub(crate) fn font() -> &'static [u8] {
    press::press().fonts().first_file().unwrap_or_default()
}

/// Who receives what a document about a plan speaks of, as the plan stands.
pub(crate) async fn receiver_of(
    books: &mut Reader<'_>,
    line: &store::DocumentLine,
) -> Result<Option<Employee>, Failure> {
    let receiver = match (line.plan, line.part.parse(), line.part.parse()) {
        (Some(plan), Ok(customer), _) => {
            let found = about::line_of(books, plan, customer).await?;
            found
                .and_then(|line| line.choice)
                .map(|choice| choice.successor)
        }
        (_, _, Ok(receiver)) => Some(receiver),
        _ => None,
    };
    Ok(match receiver {
        Some(receiver) => people::find_employee(books, receiver).await?,
        None => None,
    })
}

/// When the leaving certificate that states this last day was issued. One that states another day
/// does not count: it has to be issued again.
pub(crate) async fn certificate_issued(
    books: &mut Reader<'_>,
    departure: kernel::DepartureId,
    ended_on: Day,
) -> Result<Option<Moment>, Fault> {
    let subject = format!("departure/{departure}");
    let kind = ::document::Kind::LeavingCertificate;
    let newest = store::newest(books, kind, (&subject, "")).await?;
    let stands = newest.filter(|one| one.fields["ended_on"] == ended_on.to_string());
    Ok(stands.map(|one| one.issued_at))
}

/// Whether what is due at the end of this kind stands on a paper of its own.
pub(crate) fn has_reckoning(kind: ::departure::kind::DepartureKind) -> bool {
    rules::reckons_apart(kind)
}

/// Whether what is due at the end was reckoned on paper.
pub(crate) async fn compensation_reckoned(
    books: &mut Reader<'_>,
    departure: kernel::DepartureId,
) -> Result<bool, Fault> {
    let subject = format!("departure/{departure}");
    let kind = ::document::Kind::CompensationReckoning;
    Ok(store::newest(books, kind, (&subject, "")).await?.is_some())
}

/// Notices of one departure that are looked at.
const MOST_NOTICES: i64 = 1_000;

/// The notices with which the employer ends this departure's employment, the oldest first: number
/// and day of issue.
pub(crate) async fn notices_issued(
    books: &mut Reader<'_>,
    departure: kernel::DepartureId,
) -> Result<Vec<(String, Day)>, Fault> {
    let filter = store::DocumentFilter {
        kind: Some(::document::Kind::TerminationNotice),
        subject: Some(format!("departure/{departure}")),
        ..store::DocumentFilter::default()
    };
    let issued = store::list(books, &RowFilter::Everything, &filter, MOST_NOTICES).await?;
    let zone = books.zone();
    let each = issued.into_iter().rev();
    Ok(each
        .map(|one| (one.number, one.issued_at.day_in(zone)))
        .collect())
}
