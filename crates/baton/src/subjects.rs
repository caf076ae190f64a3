//! The things that evidence speaks of, and who may read about them 存证主体.
//!
//! A subject is `<kind>/<id>`. Whoever may read the thing may read its history.

use access::{Need, Permission};
use kernel::{CustomerId, DepartureId, DocumentId, EmployeeId};
use spine::{Failure, Reader};

use crate::bundle::store::Statement;
use crate::evidence::store as log;
use crate::receivable::store::Kind;
use crate::{
    bundle, commission, customer, departure, document, handover, people, permissions, receivable,
    signing,
};

/// The permission by which pages keep what is said of such a subject from some who may read the
/// log; nothing where the log shows it to all of them.
pub(crate) fn kept_by(subject: &str) -> Option<Permission> {
    match subject.split_once('/')?.0 {
        "commission"
        | "commission_crediting"
        | "commission_period"
        | "commission_plan"
        | "objection"
        | "payment" => Some(permissions::COMMISSION_READ),
        "contract" | "invoice" | "order" | "receipt" | "reversal" => {
            Some(permissions::RECEIVABLE_READ)
        }
        _ => None,
    }
}

/// What one must hold to read about this subject; `None` when there is no such thing.
///
/// # Errors
/// [`Failure`] when the books cannot be read.
pub(crate) async fn reading(
    books: &mut Reader<'_>,
    subject: &str,
) -> Result<Option<Need>, Failure> {
    let Some((kind, id)) = subject.split_once('/') else {
        return Ok(None);
    };
    let Some(need) = known(books, kind, id).await? else {
        return Ok(None);
    };
    Ok(Some(need.kept_from(kept_from(books, subject).await?)))
}

/// For whom the subject is not there, whatever he may read: a dismissal, its case, its plans,
/// papers and bundles are kept from the person until it is served.
///
/// # Errors
/// [`Failure`] when the books cannot be read.
pub(crate) async fn kept_from(
    books: &mut Reader<'_>,
    subject: &str,
) -> Result<Option<EmployeeId>, Failure> {
    let mut next = Some(subject.to_owned());
    while let Some(subject) = next {
        if let Some(id) = subject.strip_prefix("departure/") {
            let Ok(id) = id.parse() else { return Ok(None) };
            return Ok(departure::store::unaware_of(books, id).await?);
        }
        next = belongs_to(books, &subject).await?;
    }
    Ok(None)
}

/// What a case, a plan, a signing, a document or a bundle belongs to, if to anything.
async fn belongs_to(books: &mut Reader<'_>, subject: &str) -> Result<Option<String>, Failure> {
    let Some((kind, id)) = subject.split_once('/') else {
        return Ok(None);
    };
    Ok(match kind {
        "case" => {
            let Ok(id) = id.parse() else { return Ok(None) };
            let case = crate::approval::store::find_case(books, id).await?;
            case.map(|case| case.subject)
        }
        "plan" => {
            let Ok(id) = id.parse() else { return Ok(None) };
            let plan = handover::store::find(books, id).await?;
            let of = plan.and_then(|plan| plan.departure);
            of.map(departure::process::subject)
        }
        "signing" => {
            let Ok(id) = id.parse() else { return Ok(None) };
            let found = signing::store::find(books, id).await?;
            found.map(|found| format!("document/{}", found.document))
        }
        "document" => {
            let Ok(id) = id.parse() else { return Ok(None) };
            let found = document::store::find(books, id).await?;
            found.map(|found| found.subject)
        }
        "bundle" => {
            let Ok(id) = id.parse() else { return Ok(None) };
            let found = bundle::store::find::<DepartureId>(books, id).await?;
            found.map(|found| departure::process::subject(found.about))
        }
        _ => None,
    })
}

async fn known(books: &mut Reader<'_>, kind: &str, id: &str) -> Result<Option<Need>, Failure> {
    let whole = |permission| Ok(Some(Need::on_everything(permission)));
    match kind {
        "customer" => {
            let Ok(id) = id.parse() else { return Ok(None) };
            let found = customer::store::find_customer(books, id).await?;
            Ok(found.map(|row| Need::on(permissions::CUSTOMER_READ, row.target())))
        }
        "invoice" => {
            let Ok(id) = id.parse() else { return Ok(None) };
            let found = receivable::store::find_invoice(books, id).await?;
            let target = |row| receivable::store::invoice_target(&row, Vec::new());
            Ok(found.map(|row| Need::on(permissions::RECEIVABLE_READ, target(row))))
        }
        "contract" | "order" | "receipt" | "reversal" => {
            let Some(customer) = paper_of(books, kind, id).await? else {
                return Ok(None);
            };
            let found = customer::store::find_customer(books, customer).await?;
            Ok(found.map(|row| Need::on(permissions::RECEIVABLE_READ, row.target())))
        }
        "departure" => leaving(books, id).await,
        "plan" => planned(books, id).await,
        "document" => {
            let Ok(id) = id.parse() else { return Ok(None) };
            paper(books, id).await
        }
        "signing" => {
            let Ok(id) = id.parse() else { return Ok(None) };
            let found = signing::store::find(books, id).await?;
            let Some(found) = found else { return Ok(None) };
            paper(books, found.document).await
        }
        "bundle" => bundled(books, id).await,
        "commission" => {
            let Ok(id) = id.parse() else { return Ok(None) };
            owned_by(books, permissions::COMMISSION_READ, id).await
        }
        "objection" => {
            let found = commission::objection::payee(books, id).await?;
            let Some(found) = found else { return Ok(None) };
            owned_by(books, permissions::COMMISSION_READ, found).await
        }
        "commission_plan" => whole(permissions::COMMISSION_PLAN),
        "commission_period" => whole(permissions::COMMISSION_RUN),
        "payment" => whole(permissions::COMMISSION_PAY),
        "rules_table" => whole(permissions::RULES_WRITE),
        "employee" => whole(permissions::PEOPLE_WRITE),
        "case" => match id.parse() {
            Ok(id) => crate::approval::reading(books, id).await,
            Err(_) => Ok(None),
        },
        "login" => whole(permissions::LOGIN_MANAGE),
        "alert" => whole(permissions::ALERT_READ),
        "job" => whole(permissions::SYSTEM_MANAGE),
        _ => whole(permissions::EVIDENCE_READ),
    }
}

/// The customer of a contract, an order, a receipt or a refund; of one that was taken back, the
/// customer of whom its entries speak.
async fn paper_of(
    books: &mut Reader<'_>,
    kind: &str,
    id: &str,
) -> Result<Option<CustomerId>, Failure> {
    let paper = match kind {
        "contract" => Kind::Contract,
        "order" => Kind::Order,
        "receipt" => Kind::Receipt,
        "reversal" => Kind::Reversal,
        _ => return Ok(None),
    };
    match receivable::store::customer_of(books, paper, id).await? {
        Some(customer) => Ok(Some(customer)),
        None => Ok(log::customer_beside(books, &format!("{kind}/{id}")).await?),
    }
}

/// The customer that a subject is, or whose paper it is.
///
/// # Errors
/// [`Failure`] when the books cannot be read.
pub(crate) async fn customer_of(
    books: &mut Reader<'_>,
    subject: &str,
) -> Result<Option<CustomerId>, Failure> {
    match subject.split_once('/') {
        Some(("customer", id)) => Ok(id.parse().ok()),
        Some(("invoice", id)) => {
            let Ok(id) = id.parse() else { return Ok(None) };
            let found = receivable::store::find_invoice(books, id).await?;
            Ok(found.map(|row| row.customer))
        }
        Some((kind, id)) => paper_of(books, kind, id).await,
        None => Ok(None),
    }
}

/// A departure is read by whom it is about.
async fn leaving(books: &mut Reader<'_>, id: &str) -> Result<Option<Need>, Failure> {
    let Ok(id) = id.parse() else { return Ok(None) };
    let found = departure::store::find(books, id).await?;
    let Some(found) = found else { return Ok(None) };
    owned_by(books, permissions::DEPARTURE_READ, found.employee).await
}

/// A document is read by whom it is about; one that says what somebody is paid by whoever may read
/// that.
async fn paper(books: &mut Reader<'_>, id: DocumentId) -> Result<Option<Need>, Failure> {
    let Some(found) = document::store::find(books, id).await? else {
        return Ok(None);
    };
    owned_by(books, found.right(), found.employee).await
}

/// A plan is read by the person it is about once it is submitted. A draft is read as its page is,
/// by whoever reads plans of others: it may still give to others.
async fn planned(books: &mut Reader<'_>, id: &str) -> Result<Option<Need>, Failure> {
    let Ok(id) = id.parse() else { return Ok(None) };
    let found = handover::store::find(books, id).await?;
    let Some(found) = found else { return Ok(None) };
    let person = people::store::find_employee(books, found.from).await?;
    let Some(person) = person else {
        return Ok(None);
    };
    let mut target = person.target();
    if found.private {
        target.owner = None;
    }
    Ok(Some(Need::on(permissions::HANDOVER_READ, target)))
}

/// A bundle is read by whoever may read what it is about.
async fn bundled(books: &mut Reader<'_>, id: &str) -> Result<Option<Need>, Failure> {
    let Ok(id) = id.parse() else { return Ok(None) };
    if let Some(found) = bundle::store::find::<Statement>(books, id).await? {
        return owned_by(books, permissions::COMMISSION_READ, found.about.payee).await;
    }
    let found = bundle::store::find::<DepartureId>(books, id).await?;
    let Some(found) = found else { return Ok(None) };
    let found = departure::store::find(books, found.about).await?;
    let Some(found) = found else { return Ok(None) };
    owned_by(books, permissions::BUNDLE_EXPORT, found.employee).await
}

/// What belongs to a person is read by whoever reaches the person.
async fn owned_by(
    books: &mut Reader<'_>,
    permission: Permission,
    owner: EmployeeId,
) -> Result<Option<Need>, Failure> {
    let person = people::store::find_employee(books, owner).await?;
    Ok(person.map(|person| Need::on(permission, person.target())))
}
